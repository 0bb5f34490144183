"""The ledger in 2,000 worlds at once: every figure drawn from its spread, and the same lines over all of them.

Each world draws every uncertain figure of :mod:`core.costs.spreads` once, and all options live in the same worlds. What
is unknown is left out, so that the months are those of the known part.

The worlds are the same for everybody. Each figure takes each of 2,000 equally likely steps exactly once (a Latin
hypercube, which leaves less to chance than drawing each on its own), in an order that only the seed and the figure's
name decide; the generator that draws it gives the same numbers on every platform and in every version. Money is rounded
to cents, so that the last bits of a platform's logarithm do not show.

A stated figure keeps a part of its spread (:class:`core.costs.spreads.Spread`); a range that was answered is its own
ends; a volume that stands in for an answer, as in scenarios and pictures, is exact. A default that follows another
figure follows it in every world: the cache hit rate the calls, the tuned model's output the prompt's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from core.costs.arithmetic import HAIR
from core.costs.at_once import AT_ONCE, Flags, Floats
from core.costs.cost import Cost, Savings, baseline_of, costs
from core.costs.drawing import Drawn, drawn, every_step
from core.costs.figures import Figures
from core.costs.lines import BASELINES, TUNED
from core.costs.shown import Shown
from core.costs.spreads import spreads_on
from core.costs.world import World

TAIL = 0.1
"""A band leaves out the lowest and the highest tenth."""


@dataclass(frozen=True, slots=True)
class Band:
    """What the month of one option may be, in dollars: one world in ten is below p10, one above p90.

    ``probability_pays_back``: 0 to 1; ``None`` for what the others are compared with, and where a cost is unknown.
    """

    month_p10: Decimal
    month_p50: Decimal
    month_p90: Decimal
    probability_pays_back: float | None


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """The bands of every volume that is shown, by the option's name.

    ``driver``: the figure that explains most of their width, an assumption or ``calls_per_month``; ``None`` where they
    have none. ``tuning_pays_back``: the probability that any tuned option does against a prompt that is built, at the
    first volume; ``None`` where no tuned option's cost is known.
    """

    bands: tuple[Mapping[str, Band], ...]
    driver: str | None
    tuning_pays_back: float | None


def uncertainty(figures: Figures, shown: Sequence[Shown], *, built: bool) -> Uncertainty:
    """The bands of the options at these volumes. ``built``: whether the prompt costs nothing up front any more."""
    every = worlds_at(figures, shown, built=built)
    return Uncertainty(
        bands=tuple(bands_of(worlds) for worlds in every),
        driver=_driver(figures, shown),
        tuning_pays_back=_share(every[0].tuning_pays_back()),
    )


def worlds_at(figures: Figures, shown: Sequence[Shown], *, built: bool) -> list[Worlds]:
    """The 2,000 worlds at each of these volumes."""
    return [
        Worlds.at(figures, volume, drawn(figures, volume, every_step(figures.on)), built=built)
        for volume in shown
    ]


def bands_of(worlds: Worlds) -> Mapping[str, Band]:
    """The band of each option that is shown."""
    bands = {}
    for name in worlds.shown.options:
        low, middle, high = np.quantile(worlds.months(name), [TAIL, 0.5, 1 - TAIL])
        bands[name] = Band(_dollars(low), _dollars(middle), _dollars(high), _share(worlds.pays_back(name)))
    return bands


def _dollars(amount: np.float64) -> Decimal:
    """To a cent; below a dollar to six digits."""
    return Decimal(f"{float(amount):.2f}" if amount >= 1 else f"{float(amount):.6g}")


def _share(worlds: Flags | None) -> float | None:
    return None if worlds is None else round(float(worlds.mean()), 4)


@dataclass(frozen=True, slots=True)
class Worlds:
    """Every option in every world."""

    shown: Shown
    drawn: Drawn
    costs: Mapping[str, Cost]

    @staticmethod
    def at(figures: Figures, shown: Shown, worlds: Drawn, *, built: bool) -> Worlds:
        """The worlds in which the figures have these values."""
        world = World(AT_ONCE, {**figures.floats, **worlds.values}, worlds.calls, worlds.labelled, built)
        options = dict(shown.options)
        if "prompt" in options and "price_cached" in figures.calling:
            options["prompt_cached"] = None  # worlds with a longer prompt may have one
        base = options.get("hosted")
        if base is not None and not shown.base_retires:  # a life that nobody announced is drawn
            options["hosted"] = replace(base, life_months=base.life_months * worlds.life)
        return Worlds(shown, worlds, costs(world, options))

    def months(self, name: str) -> Floats:
        """The months of an option."""
        return np.broadcast_to(np.asarray(self.costs[name].month, dtype=np.float64), (self.drawn.size,))

    @property
    def baselines(self) -> list[Cost]:
        return [self.costs[name] for name in BASELINES if name in self.costs]

    def pays_back(self, name: str) -> Flags | None:
        """In which worlds an option pays back; ``None`` for a baseline and where that is not known."""
        if name in BASELINES or self.costs[name].is_open or any(one.is_open for one in self.baselines):
            return None
        return self._pays_back(name, self.baselines[0].once)

    def tuning_pays_back(self) -> Flags | None:
        """In which worlds a tuned option whose cost is known does, measured against a prompt that is built."""
        if any(one.is_open for one in self.baselines):
            return None
        known = [name for name in self.shown.options if name in TUNED and not self.costs[name].is_open]
        if not known:
            return None
        return np.asarray(np.any([self._pays_back(name, 0.0) for name in known], axis=0))

    def _pays_back(self, name: str, once: Floats | float) -> Flags:
        """What is saved until the limit, or until the incumbent has become as cheap, against what it took.

        The baseline's bill for calls falls at a constant rate, and so does what a month saves:

            saved - billed (1 - e^(-rate t)), summed over the time
        """
        baseline = baseline_of(AT_ONCE, self.baselines)
        savings = Savings.of(AT_ONCE, self.costs[name], baseline.month, once)
        saved, billed = np.asarray(savings.a_month), np.asarray(baseline.billed)
        rate = -np.log1p(-np.asarray(self.drawn.decline)) / 12
        with np.errstate(divide="ignore", invalid="ignore"):
            until = np.where((saved < billed) & (rate > 0), -np.log1p(-saved / billed) / rate, np.inf)
            time = np.minimum(savings.limit, until)
            fallen = np.where(rate > 0, billed * (time + np.expm1(-rate * time) / rate), 0.0)
        back = savings.pays_back((saved * time - fallen) * (1 + HAIR))
        return np.broadcast_to(back, (self.drawn.size,))


def _driver(figures: Figures, shown: Sequence[Shown]) -> str | None:
    """The figure that explains most of the width: moved alone from its tenth to its ninetieth hundredth.

    Its share of an option's width is the square of what it moves the month by, over the sum of the squares. The shares
    of the options shown are added up, so that a dear option counts no more than a cheap one; of equal ones the first.
    """
    keys = list(spreads_on(figures.on))
    at = {}
    for index, key in enumerate(keys):
        alone = np.full(2 * len(keys), np.nan)
        alone[2 * index : 2 * index + 2] = TAIL, 1 - TAIL
        at[key] = alone
    shares = np.zeros(len(keys))
    for volume in shown:
        worlds = Worlds.at(figures, volume, drawn(figures, volume, at), built=True)
        for name in volume.options:
            months = worlds.months(name)
            moved = (months[1::2] - months[::2]) ** 2
            shares += moved / moved.sum() if moved.any() else 0.0
    told = [round(float(share), 8) for share in shares]
    if not any(told):
        return None
    key = keys[told.index(max(told))]
    # Labelled examples reach a month only through the examples that are trained on.
    return "training_examples" if key == "labelled_examples" else key
