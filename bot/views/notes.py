"""Short notes in the thread. Texts given in are people's own words unless said otherwise, and are escaped here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.standing import Given, Standing
from bot.views.message import Message


def echo(standing: Standing, understood: Sequence[str], questions: Sequence[str]) -> Message:
    """What was understood of typed text, a line each ("250k a day → 7.6M calls a month"), with a Change button each."""
    raise NotImplementedError


def doubtful(standing: Standing, understood: str, values: Mapping[str, Any], question: str | None) -> Message:
    """What was understood, to be confirmed: Right stores ``values`` (case keys, JSON form), Change asks again."""
    raise NotImplementedError


def confirmed(standing: Standing, understood: str, by: str) -> Message:
    """A doubtful note after Right."""
    raise NotImplementedError


def withdrawn(standing: Standing, understood: str, by: str | None) -> Message:
    """A doubtful note after Change (``by`` somebody), or after something newer made it idle (``None``)."""
    raise NotImplementedError


def why(standing: Standing) -> Message:
    """The path so far: each answer and what it means, with sources."""
    raise NotImplementedError


def why_question(standing: Standing) -> Message:
    """Why the present question is asked, and what it can change."""
    raise NotImplementedError


def explain(standing: Standing) -> Message:
    """The ledger line by line, with sources and ages of prices."""
    raise NotImplementedError


def summary(standing: Standing) -> Message:
    """Where things stand, in a few lines."""
    raise NotImplementedError


def help() -> Message:
    """What can be said in the thread."""
    raise NotImplementedError


def started_over(by: str) -> Message:
    """All answers were taken back."""
    raise NotImplementedError


def taken_back(by: str, question: str) -> Message:
    """One answer was taken back."""
    raise NotImplementedError


def nothing_to_take_back() -> Message:
    """"back" where nothing has been answered."""
    raise NotImplementedError


def not_understood(because: str, question: str | None) -> Message:
    """A reply that could not be read. ``because`` is our own sentence ("" for none)."""
    raise NotImplementedError


def too_long() -> Message:
    """A reply of over 1,500 characters."""
    raise NotImplementedError


def task_cut(limit: int) -> Message:
    """The task was longer than the ``limit`` characters that are kept."""
    raise NotImplementedError


def resumed(standing: Standing) -> Message:
    """A consultation that was set aside goes on."""
    raise NotImplementedError


def set_aside(by: str) -> Message:
    """Somebody said stop, or pressed Not now."""
    raise NotImplementedError


def skipped_rest(by: str) -> Message:
    """The questions that were open are left out."""
    raise NotImplementedError


def nudge(user: str, question: str | None) -> Message:
    """The one reminder to the asker after a day of silence."""
    raise NotImplementedError


def decided(standing: Standing) -> Message:
    """A decision was made: its number, who, what."""
    raise NotImplementedError


def already_decided(standing: Standing) -> Message:
    """Somebody answers or decides what is decided already."""
    raise NotImplementedError


def what_is_answered(given: Given) -> str:
    """For the second of two clickers: what the answer is now, and how to change it."""
    raise NotImplementedError
