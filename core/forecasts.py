"""Forecast against actual: what a few outcomes say about our bands, our chances of paying back, and guesses of hours.

It is the forecast that is scored, never a person. Below :data:`ENOUGH` outcomes nothing is said. Sources: an exact
one-sided binomial for bands; the Poisson binomial for paying back; for guesses the conjugate normal with unknown mean
and spread (Gelman et al., Bayesian Data Analysis, 3.3), centred on "no bias" and worth two cases.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from core.chances import binomial_at_most, how_many_come_true, student_at_most, student_point

ENOUGH = 5
"""Outcomes from which on something is said."""
NEWEST = 20
"""So many of the newest guesses count."""
IN_BAND = 0.8
"""The share of actual values that belongs between p10 and p90."""
TOO_SELDOM = 0.06
"""A band is called too narrow if as few inside are so unlikely: 2 of 5, 4 of 8, 5 of 10, 12 of 20."""
SURPRISING = 0.05
WIDE_FROM = 10
"""Outcomes from which on a band that held all of them may be called wide."""
SURE_ENOUGH = 0.9
"""How sure it must be that guesses run over, or under, before a factor is offered."""
PRIOR_CASES, PRIOR_SHAPE, PRIOR_SPREAD = 2.0, 2.0, 0.5


@dataclass(frozen=True, slots=True)
class Band:
    """How many actual values fell inside the bands that were forecast for them. ``wide``: p90 over p10, on average."""

    inside: int
    of: int
    wide: float

    @property
    def is_told(self) -> bool:
        return self.of >= ENOUGH

    @property
    def is_too_narrow(self) -> bool:
        return self.is_told and binomial_at_most(self.inside, self.of, IN_BAND) <= TOO_SELDOM

    @property
    def held_all(self) -> bool:
        """Whether it held all of so many that it may be wider than need be."""
        return self.of >= WIDE_FROM and self.inside == self.of


@dataclass(frozen=True, slots=True)
class Forecast:
    """The points of a forecast of something over 0: 10%, 50% and 90% of what was thought possible lie below them."""

    p10: float
    p50: float
    p90: float


def band(forecasts: Sequence[tuple[Forecast, float]]) -> Band:
    """Forecasts with what became of them."""
    inside = sum(one.p10 <= actual <= one.p90 for one, actual in forecasts)
    wide = [math.log(one.p90 / one.p10) for one, _ in forecasts if one.p10 > 0]
    return Band(inside, len(forecasts), math.exp(fmean(wide)) if wide else 1.0)


@dataclass(frozen=True, slots=True)
class PaidBack:
    """How many were expected to pay back, and how many did; of those whose time for it has passed."""

    expected: float
    did: int
    of: int
    at_most: float
    """The chance of as few as did, or fewer."""
    at_least: float
    """The chance of as many as did, or more."""

    @property
    def is_told(self) -> bool:
        return self.of >= ENOUGH

    @property
    def was_too_hopeful(self) -> bool:
        return self.is_told and self.at_most < SURPRISING

    @property
    def was_too_cautious(self) -> bool:
        return self.is_told and self.at_least < SURPRISING


def paid_back(forecasts: Sequence[tuple[float, bool]]) -> PaidBack:
    """Chances of paying back, 0 to 1, with whether it did."""
    chances, did = [chance for chance, _ in forecasts], sum(came for _, came in forecasts)
    each = how_many_come_true(chances)
    return PaidBack(math.fsum(chances), did, len(chances), math.fsum(each[: did + 1]), math.fsum(each[did:]))


@dataclass(frozen=True, slots=True)
class Factor:
    """How actual values ran against guesses: 1.8 is 1.8 times as much.

    plain, least, most: their geometric mean and range, which are facts. shrunk: what to reckon with; it lies between
    ``low`` and ``high`` with 80% chance. next_low, next_high: the same of the next case. over: the chance that guesses
    run over at all.
    """

    of: int
    plain: float
    least: float
    most: float
    shrunk: float
    low: float
    high: float
    next_low: float
    next_high: float
    over: float

    @property
    def is_told(self) -> bool:
        return self.of >= ENOUGH

    @property
    def is_offered(self) -> bool:
        """Whether there are enough of them, and it is sure enough on which side they lie."""
        return self.is_told and max(self.over, 1 - self.over) >= SURE_ENOUGH


def factor(ratios: Sequence[float]) -> Factor | None:
    """The factor of ratios actual / guess over 0, newest first; ``None`` of none. Only the :data:`NEWEST` count."""
    logs = [math.log(ratio) for ratio in ratios[:NEWEST]]
    if not logs:
        return None
    n, mean = len(logs), fmean(logs)
    cases, shape = PRIOR_CASES + n, PRIOR_SHAPE + n / 2
    middle = n * mean / cases
    around = math.fsum((one - mean) ** 2 for one in logs) / 2
    spread = PRIOR_SPREAD + around + PRIOR_CASES * n * mean**2 / (2 * cases)
    scale, next_scale = math.sqrt(spread / (shape * cases)), math.sqrt(spread * (cases + 1) / (shape * cases))
    point = student_point(0.9, 2 * shape)
    return Factor(
        n,
        math.exp(mean),
        math.exp(min(logs)),
        math.exp(max(logs)),
        math.exp(middle),
        math.exp(middle - point * scale),
        math.exp(middle + point * scale),
        math.exp(middle - point * next_scale),
        math.exp(middle + point * next_scale),
        student_at_most(middle / scale, 2 * shape),
    )
