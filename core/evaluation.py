"""What k correct of n says about the true quality: the Wilson score interval.

Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference, JASA 22, 209-212.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

Z_95 = 1.959963984540054
"""The two-sided 95% point of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A quality as fractions from 0 to 1: the point estimate and the two ends of its 95% interval."""

    point: float
    low: float
    high: float


def wilson(correct: int, total: int) -> Interval:
    """The 95% Wilson interval of ``correct`` out of ``total`` cases.

    Raises ``ValueError`` unless 0 <= correct <= total and total >= 1.
    """
    if not (total >= 1 and 0 <= correct <= total):
        raise ValueError(f"{correct} of {total} is no evaluation")
    return at_rate(correct / total, total)


def at_rate(point: float, total: int) -> Interval:
    """The same of a rate from 0 to 1, whether or not so many cases can have exactly that rate."""
    spread = Z_95 * sqrt(point * (1 - point) / total + Z_95**2 / (4 * total**2))
    scale = 1 + Z_95**2 / total
    middle = point + Z_95**2 / (2 * total)
    low = 0.0 if point == 0 else (middle - spread) / scale
    high = 1.0 if point == 1 else (middle + spread) / scale
    return Interval(point, low, high)


MOST_CASES = 100_000
"""No evaluation with more cases is thought of."""


def more_needed(correct: int, total: int, settles: Callable[[Interval], bool]) -> int | None:
    """How many more cases, at the same rate, would leave one verdict; ``None`` when no 100,000 cases do.

    ``settles`` says whether an interval leaves one. At one rate the interval of more cases lies inside that of fewer,
    and an interval inside one that settles it settles it too: so the least number is found by halving, and every
    larger one settles it as well.
    """
    rate = correct / total
    few, enough = 0, max(MOST_CASES, total)
    if not settles(at_rate(rate, enough)):
        return None
    while enough - few > 1:
        middle = (few + enough) // 2
        few, enough = (few, middle) if settles(at_rate(rate, middle)) else (middle, enough)
    return max(0, enough - total)
