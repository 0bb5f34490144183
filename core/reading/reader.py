"""Typed text in, a reading out."""

from __future__ import annotations

from core.reading.outcome import Reading

LONGEST = 1_500
"""Characters; a longer reply is refused."""


def read(text: str, question: str | None = None) -> Reading:
    """Read one reply to ``question`` (its name; ``None`` when nothing was asked). Never raises."""
    if len(text) > LONGEST:
        return Reading("invalid", echo=f"That is too long to read: please keep it under {LONGEST:,} characters.")
    return Reading("clarify", echo="", because="I did not understand that.")
