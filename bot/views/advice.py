"""The advice in the thread: verdict, reasons, what to do, what it costs, and what to decide."""

from __future__ import annotations

from bot.standing import Standing
from bot.views.message import Message


def advice(standing: Standing) -> Message:
    """The advice; once decided, without the buttons and with the decision in their place."""
    raise NotImplementedError


def superseded_advice(standing: Standing) -> Message:
    """What the advice's message turns into when an answer has changed and questions are open again."""
    raise NotImplementedError
