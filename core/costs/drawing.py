"""What each uncertain figure is in each of the worlds of :mod:`core.costs.worlds`."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from zlib import crc32

import numpy as np

from core.answers import Between
from core.costs.at_once import AT_ONCE, Floats
from core.costs.figures import Figures
from core.costs.shown import Shown
from core.costs.spreads import PriceDecline, Spread, price_decline_on, spreads_on
from core.facts import ASSUMPTIONS

WORLDS = 2000
SEED = 20_261_123
DECLINE = "price_decline"


@dataclass(frozen=True, slots=True)
class Drawn:
    """The figures of every world. ``values``: assumptions by key. ``life``: how often its likely life a base lasts.

    ``decline``: the share that a year takes off the price of today's model. ``size``: how many worlds.
    """

    values: Mapping[str, Floats | float]
    calls: Floats | float
    labelled: Floats | float
    life: Floats | float
    decline: Floats | float
    size: int


def every_step(on: datetime.date) -> Mapping[str, Floats]:
    """Where each figure stands between its ends, 0 to 1, in every world."""
    return {key: _steps(key) for key in (*spreads_on(on), DECLINE)}


@cache
def _steps(key: str) -> Floats:
    """The middle of each of the equally likely steps once, in an order of the figure's own."""
    # The older generator, as numpy promises never to change its numbers; they are not meant to be secret.
    numbers = np.random.RandomState((SEED + crc32(key.encode())) % 2**32).random_sample(WORLDS)
    return np.asarray((np.argsort(numbers, kind="stable") + 0.5) / WORLDS)


def drawn(figures: Figures, shown: Shown, at: Mapping[str, Floats]) -> Drawn:
    """Every figure, drawn where it has a spread and stands somewhere between its ends."""
    spreads, likely = spreads_on(figures.on), figures.floats
    values: dict[str, Floats | float] = {}
    for key, spread in spreads.items():
        if isinstance(likely.get(key), float) and key not in ("cache_hit_rate", "base_life_months"):
            values[key] = _spread_out(figures, key, spread, likely[key], at.get(key))
    calls: Floats | float = float(shown.calls)
    if not shown.is_exact:
        calls = _drawn_answer(figures, "calls_per_month", float(shown.calls), at)
    labelled = _drawn_answer(figures, "labelled_examples", float(figures.labelled), at)
    if figures.given("cache_hit_rate") != 0:
        values["cache_hit_rate"] = _hits(figures, calls, spreads["cache_hit_rate"], at)
    stated = figures.given("base_life_months")
    life = _around(
        "base_life_months",
        at.get("base_life_months"),
        1.0,
        spreads["base_life_months"].ends(stated=stated is not None),
    )
    if stated is not None:
        values["base_life_months"] = float(stated) * life
    return Drawn(
        values=values,
        calls=calls,
        labelled=np.rint(labelled) if isinstance(labelled, np.ndarray) else labelled,
        life=life,
        decline=_decline(at.get(DECLINE), price_decline_on(figures.on)),
        size=max((len(there) for there in at.values()), default=1),
    )


def _between(at: Floats, low: Floats | float, high: Floats | float) -> Floats:
    """Where between two ends around 0 a share of what is drawn lies below: half of it on either side of 0."""
    below = low * (1 - np.sqrt(2 * np.minimum(at, 0.5)))
    above = high * (1 - np.sqrt(2 * np.minimum(1 - at, 0.5)))
    return np.asarray(below + above)


@lru_cache(maxsize=256)
def _factors(key: str, low: float, high: float) -> Floats:
    """What a likely value is multiplied by in every world; ``low`` and ``high``: logarithms of the ends."""
    found = np.exp(_between(_steps(key), low, high))
    found.setflags(write=False)
    return found


def _around(
    key: str,
    at: Floats | None,
    likely: Floats | float,
    ends: tuple[float, float],
    allowed: tuple[float, float] = (0.0, np.inf),
) -> Floats | float:
    """Values around a likely one; ends that are not allowed are drawn in. A share of nan takes the likely value."""
    if at is None or ends == (1.0, 1.0):
        return likely
    with np.errstate(divide="ignore", invalid="ignore"):
        least, most = np.asarray(allowed[0]) / likely, np.asarray(allowed[1]) / likely
    low = np.log(np.minimum(np.fmax(ends[0], least), 1.0))
    high = np.log(np.maximum(np.fmin(ends[1], most), 1.0))
    if at is _steps(key) and np.ndim(low) == 0:
        return np.asarray(likely * _factors(key, float(low), float(high)))
    factor = np.exp(_between(at, low, high))
    return np.asarray(np.where(np.isnan(at), likely, likely * factor))


def _drawn_answer(figures: Figures, key: str, likely: float, every: Mapping[str, Floats]) -> Floats | float:
    """The values of an answer: between the ends of its range, else around the figure itself."""
    at, answer, spread = every.get(key), figures.answers.of(key), spreads_on(figures.on)[key]
    if at is None:
        return likely
    if not isinstance(answer, Between):
        return _around(key, at, likely, spread.ends(stated=True))
    if answer.low == 0 and answer.high is not None:
        values = likely + _between(at, -likely, float(answer.high) - likely)
        return np.asarray(np.where(np.isnan(at), likely, values))
    low, high = spread.ends(stated=False)
    # An open end has the usual spread; where only the high end is given it is the likely value, and so the other way.
    if answer.low is not None:
        low = float(answer.low) / likely if likely else 1.0
    if answer.high is not None:
        high = float(answer.high) / likely if likely else 1.0
    return _around(key, at, likely, (low, high))


def _spread_out(
    figures: Figures, key: str, spread: Spread, likely: float, at: Floats | None
) -> Floats | float:
    assumption = ASSUMPTIONS[key]
    allowed = (float(assumption.low), float(assumption.high))
    values = _around(key, at, likely, spread.ends(stated=key in figures.stated), allowed)
    return np.rint(values) if spread.whole and isinstance(values, np.ndarray) else values


def _hits(
    figures: Figures, calls: Floats | float, spread: Spread, at: Mapping[str, Floats]
) -> Floats | float:
    """The share of fixed prompts that are read from the cache, where they can be."""
    stated = figures.given("cache_hit_rate")
    likely = np.asarray(figures.world(AT_ONCE, calls, 0.0).hits)
    return _around(
        "cache_hit_rate", at.get("cache_hit_rate"), likely, spread.ends(stated=stated is not None), (0.0, 1.0)
    )


def _decline(at: Floats | None, decline: PriceDecline) -> Floats | float:
    """The share that a year takes off the price of today's model; it stands in the likely case."""
    return 0.0 if at is None else float(decline.most) * (1 - np.sqrt(1 - at))
