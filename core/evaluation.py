"""What k correct of n says about the true quality: the Wilson score interval.

Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference, JASA 22, 209-212.
"""

from __future__ import annotations

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
    point = correct / total
    spread = Z_95 * sqrt(point * (1 - point) / total + Z_95**2 / (4 * total**2))
    scale = 1 + Z_95**2 / total
    middle = point + Z_95**2 / (2 * total)
    low = 0.0 if correct == 0 else (middle - spread) / scale
    high = 1.0 if correct == total else (middle + spread) / scale
    return Interval(point, low, high)
