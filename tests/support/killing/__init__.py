"""Conversations with an app that is killed at random moments: the app, the wire to it, people, and what must hold."""
