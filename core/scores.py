"""Scores of forecasts, to hold two versions of our own model against the same outcomes. Not shown to people.

Smaller is better. Money is scored on the scale of its logarithm, so that a task of $20 counts like one of $20,000:
Bosse et al. (2023), PLOS Computational Biology, 10.1371/journal.pcbi.1011393.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import fmean

from core.forecasts import Forecast

OUTSIDE = 0.2
"""The share that a band from p10 to p90 leaves outside."""


def pinball(point: float, quantile: float, actual: float) -> float:
    """The pinball loss of one quantile, on the log scale. All amounts are over 0."""
    over = math.log(actual) - math.log(point)
    return over * quantile if over >= 0 else -over * (1 - quantile)


def interval_score(forecast: Forecast, actual: float) -> float:
    """The width of the band, and what it costs that the actual value lies outside (Gneiting and Raftery 2007)."""
    low, high, came = math.log(forecast.p10), math.log(forecast.p90), math.log(actual)
    return (high - low) + 2 / OUTSIDE * (max(0.0, low - came) + max(0.0, came - high))


def weighted_interval_score(forecast: Forecast, actual: float) -> float:
    """Both ends and the middle together (Bracher et al. 2021, one interval)."""
    off = abs(math.log(actual) - math.log(forecast.p50))
    return (off / 2 + OUTSIDE / 2 * interval_score(forecast, actual)) / 1.5


def brier(forecasts: Sequence[tuple[float, bool]]) -> float:
    """The mean squared distance of chances, 0 to 1, from what came. Raises ``ValueError`` of none."""
    return fmean((chance - came) ** 2 for chance, came in forecasts)


def calibration(forecasts: Sequence[tuple[float, bool]]) -> float | None:
    """Spiegelhalter's Z: beyond 2 either way the chances do not fit what came. ``None`` where all of them are 1/2."""
    spread = math.fsum((1 - 2 * p) ** 2 * p * (1 - p) for p, _ in forecasts)
    off = math.fsum((came - p) * (1 - 2 * p) for p, came in forecasts)
    return off / math.sqrt(spread) if spread > 0 else None
