"""Which decisions are wanted, and in which order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.decision_log.records import DecisionStatus, OutcomeKey

Sort = Literal["newest", "relevance", "cost"]


@dataclass(frozen=True, slots=True)
class Sought:
    """Words to be found, as :func:`core.words.words` makes them. At least one is wanted, or it finds nothing.

    ``phrases``: each a word, or words that follow each other. ``prefix``: the beginning of a word, or "".
    ``without``: phrases that must not stand there.
    """

    phrases: tuple[tuple[str, ...], ...] = ()
    prefix: str = ""
    without: tuple[tuple[str, ...], ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.phrases and not self.prefix


@dataclass(frozen=True, slots=True)
class Wanted:
    """All of it must hold; an empty part asks for nothing.

    ``verdicts``: those that were chosen. ``since`` is the first moment, ``until`` the first that is too late.
    ``due``: whether an outcome is due at ``now`` and not recorded yet; a decision that fell is not asked about.
    """

    sought: Sought | None = None
    verdicts: tuple[str, ...] = ()
    statuses: tuple[DecisionStatus, ...] = ()
    by: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    outcomes: tuple[OutcomeKey | Literal["none"], ...] = ()
    due: bool | None = None
    now: datetime | None = None
    sort: Sort = "newest"


ANY = Wanted()
STANDING: tuple[DecisionStatus, ...] = ("recommended", "accepted", "overridden")
"""What a decision is until it is withdrawn or superseded."""
