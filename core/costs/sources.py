"""Where a figure is from, and why an option is not there."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from core.costs.arithmetic import Tiers

THE_TEAM = "the team's own figure"
THE_HOUSE = "your workspace's setting"
"""The source of a figure that the workspace set for all of its consultations."""
OUR_TABLE = "our dated table of smaller models"


@dataclass(frozen=True, slots=True)
class Sourced:
    """A figure and where it is from. ``value`` is ``None`` when it is unknown, and ``source`` then says why."""

    value: Decimal | Tiers | None
    source: str
    as_of: datetime.date | None = None


def at_tokens(sourced: Sourced, tokens: Decimal) -> Decimal | None:
    """A price in the tier of a prompt of so many tokens."""
    value = sourced.value
    return value.at(tokens) if isinstance(value, Tiers) else value


@dataclass(frozen=True)
class Removed:
    """An option that is not among those compared, or is no choice, and why."""

    option: str
    because: str
    source: str | None = None
