"""Why the program cannot start, apart from the settings so that a command that needs none stays quick."""

from __future__ import annotations


class CannotStart(Exception):
    """Something that whoever runs the program can put right; its text is the one sentence that they see."""
