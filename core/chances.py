"""Probabilities that the statistics of outcomes rest on: binomial, Poisson binomial and Student's t, by exact sums."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

STEPS = 300
"""Steps of a continued fraction; it settles in far fewer for every value that is asked for here."""
TINY = 1e-300
PRECISE = 1e-15


def binomial_at_most(k: int, n: int, p: float) -> float:
    """The chance of at most ``k`` of ``n``, each with the chance ``p``."""
    return math.fsum(math.comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(min(k, n) + 1))


def how_many_come_true(chances: Sequence[float]) -> list[float]:
    """The chance of each number of events, 0 to all of them, of independent ones with these chances."""
    found = [1.0]
    for chance in chances:
        found = [
            (found[i] if i < len(found) else 0.0) * (1 - chance) + (found[i - 1] * chance if i else 0.0)
            for i in range(len(found) + 1)
        ]
    return found


def beta_at_most(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function, of real ``a`` and ``b`` over 0 (Lentz's continued fraction)."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_at_most(1 - x, b, a)
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    return math.exp(front) / (a * _fraction(x, a, b))


def _fraction(x: float, a: float, b: float) -> float:
    found, upper, lower = 1.0, 1.0, 0.0
    for step in range(1, STEPS):
        m = step // 2
        if step % 2:
            part = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        else:
            part = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        lower = 1 / _not_zero(1 + part * lower)
        upper = _not_zero(1 + part / upper)
        found *= upper * lower
        if abs(upper * lower - 1) < PRECISE:
            break
    return found


def _not_zero(value: float) -> float:
    return value if abs(value) > TINY else TINY


def student_at_most(t: float, freedom: float) -> float:
    """The chance that Student's t with so many degrees of freedom is at most ``t``."""
    tail = beta_at_most(freedom / (freedom + t * t), freedom / 2, 0.5) / 2
    return 1 - tail if t > 0 else tail


def student_point(chance: float, freedom: float) -> float:
    """The point below which Student's t lies with this chance, 0.5 or more."""
    high = 1.0
    while student_at_most(high, freedom) < chance:
        high *= 2
    return halved(lambda t: student_at_most(t, freedom) >= chance, 0.0, high)


def halved(holds: Callable[[float], bool], low: float, high: float) -> float:
    """The least value between two for which something holds, which holds of all larger ones."""
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high
