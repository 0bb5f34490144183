"""Why the program cannot start, apart from the settings so that a command that needs none stays quick."""

from __future__ import annotations

from bot.logs import redact


class CannotStart(Exception):
    """Something that whoever runs the program can put right: the one sentence that they see.

    A second argument, and each further one, is a line of its own below it.
    """


def on_one_line(error: Exception) -> str:
    """What somebody else's error says, for the middle of a sentence, without what it may hold of secrets."""
    return redact(" ".join(str(error).split()))
