"""How the lines are worked out: in decimals, exactly, or in floats."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_CEILING, Decimal
from typing import Any, NamedTuple

Number = Any
"""A decimal, a float, or an array of floats."""

HAIR = 1e-12
"""Rounding errors of floats: what lies so little beyond a step has not reached it."""


class Arithmetic(NamedTuple):
    """How a formula is worked out.

    ``saturating``: 1 - exp(-x). ``tier``: the price that goes with so many tokens. ``total``: the sum of amounts.
    """

    number: Callable[[Any], Number]
    most: Callable[[Number, Number], Number]
    least: Callable[[Number, Number], Number]
    whole: Callable[[Number], Number]
    saturating: Callable[[Number], Number]
    where: Callable[[Any, Number, Number], Number]
    reaches: Callable[[Number, Number], Any]
    is_nothing: Callable[[Number], bool]
    infinity: Number
    total: Callable[[list[Number]], Number]
    tier: Callable[[Number, Tiers], Number]


class Tiers(NamedTuple):
    """A price by the length of the prompt: each of ``prices`` but the first holds from beyond one of ``starts``."""

    starts: tuple[Number, ...]
    prices: tuple[Number, ...]

    def at(self, tokens: Number) -> Number:
        """The price of a token of a prompt of so many."""
        return self.prices[sum(tokens > start for start in self.starts)]


def as_floats(value: Any) -> Any:
    """A number, or the prices of tiers, as floats."""
    if isinstance(value, Tiers):
        return Tiers(tuple(map(float, value.starts)), tuple(map(float, value.prices)))
    return value if value is None else float(value)


def _either(condition: Any, one: Number, other: Number) -> Number:
    return one if condition else other


EXACT = Arithmetic(
    number=Decimal,
    most=max,
    least=min,
    whole=lambda x: x.to_integral_value(ROUND_CEILING),
    saturating=lambda x: 1 - (-x).exp(),
    where=_either,
    reaches=lambda x, least: x >= least,
    is_nothing=lambda x: not x,
    infinity=Decimal("Infinity"),
    total=lambda amounts: sum(amounts, Decimal(0)),
    tier=lambda tokens, tiers: tiers.at(tokens),
)
QUICK = Arithmetic(
    number=float,
    most=max,
    least=min,
    whole=lambda x: float(math.ceil(x * (1 - HAIR))),
    saturating=lambda x: -math.expm1(-x),
    where=_either,
    reaches=lambda x, least: x >= least * (1 - HAIR),
    is_nothing=lambda x: not x,
    infinity=math.inf,
    total=sum,
    tier=lambda tokens, tiers: tiers.at(tokens),
)
"""The same in floats, for one world: where the outcome is no close call, that is all that is needed."""


def plain(number: Decimal) -> int | float:
    """A quantity as a JSON number."""
    return int(number) if number == number.to_integral_value() else float(number)
