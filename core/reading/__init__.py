"""Typed replies become an intent and values, or a question back; never a guess. Start at :mod:`core.reading.reader`."""

from core.reading.outcome import Intent, Reading
from core.reading.reader import read

__all__ = ["Intent", "Reading", "read"]
