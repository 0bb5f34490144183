"""Payloads of every kind, mangled in every way, and what must hold after them."""
