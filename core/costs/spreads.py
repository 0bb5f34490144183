"""How far each figure of the ledger may lie from its likely value: the dated entries of spreads.toml.

Low and high are the ends: nothing lies outside them. The likely value is the middle one: as often below as above. On
either side of it, the further off the rarer, in a straight line to the end; on a logarithmic scale, on which half as
much is as far off as twice as much. For ends of x0.5 and x2 this is the triangular distribution of the logarithm;
where the ends are not alike, each side has its half all the same, so that the middle of a month stays close to the
month that the ledger shows. Straight lines rather than a lognormal curve because their ends can be said ("never under
half") and because there is no tail that a handful of samples would decide.
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

from pydantic import Field

from core.policy import Strict
from core.prices.catalogue import newest


class Spread(Strict):
    """The ends of one figure as factors of its likely value, and the share of the spread that a stated figure keeps.

    ``whole``: it is rounded to a whole number.
    """

    key: str
    low: Decimal = Field(gt=0, le=1)
    high: Decimal = Field(ge=1)
    stated: Decimal = Field(default=Decimal("0.5"), ge=0, le=1)
    whole: bool = False
    reason: str = Field(min_length=1)
    source: str = Field(min_length=1)
    as_of: datetime.date

    def ends(self, *, stated: bool) -> tuple[float, float]:
        """The factors between which it lies; of a stated figure, so much less of their logarithms."""
        keeps = float(self.stated) if stated else 1.0
        return float(self.low) ** keeps, float(self.high) ** keeps


class PriceDecline(Strict):
    """The most that a year takes off the price of today's model, as a share; only paying back looks at it.

    The decline is likeliest to be none and less likely the larger it is, in a straight line to the most.
    """

    most: Decimal = Field(ge=0, lt=1)
    reason: str = Field(min_length=1)
    source: str = Field(min_length=1)
    as_of: datetime.date


class Spreads(Strict):
    """The file spreads.toml. A number that is not in it has none, and says why in its row of :mod:`core.facts`."""

    spread: tuple[Spread, ...]
    price_decline: tuple[PriceDecline, ...] = Field(min_length=1)


@cache
def spreads() -> Spreads:
    """Every entry. Raises ``pydantic.ValidationError`` when spreads.toml is malformed."""
    text = files("core.costs").joinpath("spreads.toml").read_text(encoding="utf-8")
    return Spreads.model_validate(tomllib.loads(text, parse_float=Decimal))


@lru_cache(maxsize=64)
def spreads_on(day: datetime.date) -> Mapping[str, Spread]:
    """The spread of each figure in force on a day, in the order of the file."""
    by_key: dict[str, list[Spread]] = {}
    for entry in spreads().spread:
        by_key.setdefault(entry.key, []).append(entry)
    return MappingProxyType({key: newest(entries, day) for key, entries in by_key.items()})


def price_decline_on(day: datetime.date) -> PriceDecline:
    """What is believed on a day of how the price of today's model falls."""
    return newest(spreads().price_decline, day)
