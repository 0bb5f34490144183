"""Slack's limits, checked before a message leaves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.views.message import Block


class TooLong(ValueError):
    """A message or view that Slack would refuse: what is too long or too many, and how many there may be."""

    def __init__(self, what: str, limit: int) -> None:
        self.what, self.limit = what, limit
        super().__init__(f"{what}: more than {limit:,}")


def check(text: str, blocks: Sequence[Block]) -> None:
    """Raises :class:`TooLong` when Slack would refuse the message."""
    raise NotImplementedError


def check_view(view: dict[str, Any]) -> None:
    """Raises :class:`TooLong` when Slack would refuse the form or Home page."""
    raise NotImplementedError
