"""A question in the thread, and what its message turns into once it is answered."""

from __future__ import annotations

from bot.standing import Standing
from bot.views.message import Message


def question(standing: Standing, name: str) -> Message:
    """The question with its usual answers as buttons."""
    raise NotImplementedError


def answered(standing: Standing, name: str) -> Message:
    """The same message once it needs no answer: the answer and a Change button, or that it is no longer needed."""
    raise NotImplementedError
