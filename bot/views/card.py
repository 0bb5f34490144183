"""The card: the root message of a consultation, edited in place."""

from __future__ import annotations

from bot.standing import Standing
from bot.views.message import Message


def card(standing: Standing) -> Message:
    """The card as it stands: open, advised, decided, set aside or void."""
    raise NotImplementedError
