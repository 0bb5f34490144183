"""What came of a decision."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CheckIn:
    """The one question how a decision turned out."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeNoted:
    """How the decision turned out, as it was recorded; see :class:`~bot.decision_log.records.Outcome`.

    file: the results that say so, if there was a file. cells: of cases that are in an earlier file too, how many were
    right in both, in the earlier one alone, in this one alone, and in neither; ``against`` is that file. unread: parts
    of what was typed that say nothing of it.
    """

    number: int
    by: str
    shipped: bool | None = None
    eval_correct: int | None = None
    eval_total: int | None = None
    bill_per_month: float | None = None
    hours: float | None = None
    again: bool | None = None
    cannot_tell: bool | None = None
    file: str | None = None
    against: str | None = None
    cells: tuple[int, int, int, int] | None = None
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutcomeTakenBack:
    """What was recorded of how it turned out counts no more."""

    number: int
    by: str


@dataclass(frozen=True, slots=True)
class OutcomeRefused:
    """What was typed of how it turned out cannot be, and why."""

    because: str


@dataclass(frozen=True, slots=True)
class AskedLater:
    """Somebody said when to ask how it turned out: a day, or ``None`` for not at all."""

    number: int
    by: str
    ask_on: str | None


@dataclass(frozen=True, slots=True)
class Linked:
    """What came of the decision, elsewhere: an address, and what is there in somebody's words."""

    number: int
    by: str
    url: str
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """Today's policy and prices would advise something else than was told before. ``because``: what moved it."""

    number: int
    was: str
    verdict: str
    because: tuple[str, ...]
