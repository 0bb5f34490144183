"""Two evaluations of the same cases: how much better one is, whether that is chance, and what would settle it.

Only cases on which the two differ say anything. Whether there is a difference: McNemar, Q. (1947), Psychometrika 12,
153-157, by the exact binomial. Its interval: Newcombe, R. G. (1998), Improved confidence intervals for the difference
between binomial proportions based on paired data, Statistics in Medicine 17, 2635-2650, method 10.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import TypeVar

from core.chances import beta_at_most
from core.evaluation import MOST_CASES, at_rate

Key = TypeVar("Key")
"""What a case is known by."""

CHANCE = 0.05
"""A difference that chance alone makes this seldom, or more seldom, is there."""


@dataclass(frozen=True, slots=True)
class Paired:
    """Cases by what both evaluations say of them; counts of 0 or more."""

    both: int
    only_before: int
    only_after: int
    neither: int

    @property
    def cases(self) -> int:
        return self.both + self.only_before + self.only_after + self.neither

    @property
    def before(self) -> int:
        """How many were right in the first evaluation."""
        return self.both + self.only_before

    @property
    def after(self) -> int:
        """How many were right in the second."""
        return self.both + self.only_after

    @property
    def difference(self) -> float:
        """How much larger the share of right ones is in the second, -1 to 1."""
        return (self.only_after - self.only_before) / self.cases


@dataclass(frozen=True, slots=True)
class Compared:
    """What two evaluations of the same cases show. Shares are from -1 to 1, the interval is of 95%.

    chance: how often chance alone would make them differ as much. more_needed: how many more cases, with the same
    shares, would settle that they differ; 0 where it is settled, ``None`` where none do.
    """

    difference: float
    low: float
    high: float
    chance: float
    more_needed: int | None

    @property
    def is_there(self) -> bool:
        """Whether the difference is more than chance."""
        return self.chance <= CHANCE


def paired(before: Mapping[Key, bool], after: Mapping[Key, bool]) -> Paired:
    """What two evaluations say of the cases that are in both, each by its key. There may be none."""
    said = [(before[key], after[key]) for key in before.keys() & after.keys()]
    return Paired(
        *(said.count(pair) for pair in ((True, True), (True, False), (False, True), (False, False)))
    )


def compared(of: Paired) -> Compared:
    """The difference between two evaluations. Raises ``ValueError`` where they share no case."""
    if of.cases < 1:
        raise ValueError("no case is in both evaluations")
    shares = tuple(count / of.cases for count in (of.both, of.only_before, of.only_after, of.neither))
    low, high = _interval(shares, of.cases)
    chance = _by_chance(of.only_before, of.only_after)
    return Compared(of.difference, low, high, chance, _more_needed(of))


def _by_chance(fewer: float, more: float) -> float:
    """Two-sided; of counts that are no whole numbers as the beta function continues it."""
    fewer, more = min(fewer, more), max(fewer, more)
    return 1.0 if fewer == more else min(1.0, 2 * beta_at_most(0.5, more, fewer + 1))


def _more_needed(of: Paired) -> int | None:
    def settles(cases: int) -> bool:
        scale = cases / of.cases
        return _by_chance(of.only_before * scale, of.only_after * scale) <= CHANCE

    few, enough = of.cases - 1, max(MOST_CASES, of.cases)
    if not settles(enough):
        return None
    while enough - few > 1:
        middle = (few + enough) // 2
        few, enough = (few, middle) if settles(middle) else (middle, enough)
    return enough - of.cases


def _interval(shares: tuple[float, ...], cases: int) -> tuple[float, float]:
    both, only_before, only_after, neither = shares
    after, before = both + only_after, both + only_before
    one, other = at_rate(min(1.0, after), cases), at_rate(min(1.0, before), cases)
    alike = _alike(both, only_after, only_before, neither, cases)
    down, up = after - one.low, one.high - after
    down_other, up_other = before - other.low, other.high - before
    difference = after - before
    below = sqrt(max(0.0, down**2 - 2 * alike * down * up_other + up_other**2))
    above = sqrt(max(0.0, up**2 - 2 * alike * up * down_other + down_other**2))
    return max(-1.0, difference - below), min(1.0, difference + above)


def _alike(both: float, only_one: float, only_other: float, neither: float, cases: int) -> float:
    """How much the two go together, with Newcombe's correction where they do."""
    spread = (both + only_one) * (only_other + neither) * (both + only_other) * (only_one + neither)
    if spread <= 0:
        return 0.0
    together = both * neither - only_one * only_other
    corrected = max(0.0, together - 0.5 / cases) if together > 0 else together
    return corrected / sqrt(spread)
