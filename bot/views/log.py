"""The decision log as people see it: a page of it, and one decision whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.decision_log.records import Consultation, Decision
from bot.views.message import Message

PAGE = 10


def log_list(
    decisions: Sequence[Decision], *, has_older: bool, before: int | None = None, way: tuple[int | None, ...] = ()
) -> Message:
    """One page, newest first. ``before``: the cursor of this page; ``way``: the cursors of the pages before it.

    Older's press carries the next page's ``before`` and ``way``, Newer's those of the page it came from.
    """
    raise NotImplementedError


def shown(decision: Decision, consultation: Consultation, advice: Mapping[str, Any] | None) -> Message:
    """One decision whole. ``advice``: the JSON that was kept when it was given."""
    raise NotImplementedError


def not_found(number: int) -> Message:
    """No such decision in this channel."""
    raise NotImplementedError
