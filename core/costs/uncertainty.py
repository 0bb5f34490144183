"""How far the month of each option may be off, how likely each is to pay back, and what that depends on most.

The worlds are those of :mod:`core.costs.worlds`. Money is rounded to cents, so that the last bits of a platform's
logarithm do not show: the same seed and inputs give the same figures everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from core.costs.running import BASELINES
from core.costs.spreads import spreads_on
from core.costs.terms import TUNED, Terms
from core.costs.worlds import DECLINE, Cost, Flags, Floats, Formulas, Shown, Values, drawn_values, every_step

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


def uncertainty(terms: Terms, shown: Sequence[Shown], *, built: bool) -> Uncertainty:
    """The bands of the options at these volumes. ``built``: whether the prompt costs nothing up front any more."""
    drawn = [Worlds.of(terms, volume, every_step(terms), built=built) for volume in shown]
    return Uncertainty(
        bands=tuple(_bands(worlds) for worlds in drawn),
        driver=_driver(terms, shown),
        tuning_pays_back=_share(drawn[0].tuning_pays_back()),
    )


def bands_at(terms: Terms, shown: Shown) -> Mapping[str, tuple[Decimal, Decimal]]:
    """The ends of each band at one volume, p10 and p90, without the probabilities: for many volumes in a row."""
    worlds = Worlds.of(terms, shown, every_step(terms), built=True)
    found = {}
    for name in shown.options:
        low, high = np.quantile(worlds.costs[name].month, [TAIL, 1 - TAIL])
        found[name] = (_dollars(low), _dollars(high))
    return found


def _bands(worlds: Worlds) -> Mapping[str, Band]:
    bands = {}
    for name in worlds.shown.options:
        low, middle, high = np.quantile(worlds.costs[name].month, [TAIL, 0.5, 1 - TAIL])
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
    values: Values
    costs: Mapping[str, Cost]

    @staticmethod
    def of(terms: Terms, shown: Shown, at: Mapping[str, Floats], *, built: bool) -> Worlds:
        """The worlds in which each figure stands where ``at`` says, 0 to 1 between its ends."""
        size = max(len(there) for there in at.values())
        return Worlds.at(terms, shown, drawn_values(terms, shown, at), size=size, built=built)

    @staticmethod
    def at(terms: Terms, shown: Shown, values: Values, *, size: int, built: bool) -> Worlds:
        """The worlds in which each figure has these values."""
        return Worlds(shown, values, Formulas(terms, values, size, built).costs(shown))

    @property
    def baselines(self) -> tuple[Cost, ...]:
        return tuple(self.costs[name] for name in BASELINES if name in self.costs)

    def pays_back(self, name: str) -> Flags | None:
        """In which worlds an option pays back; ``None`` for a baseline and where that is not known."""
        option = self.costs[name]
        if name in BASELINES or option.open_ended or any(b.open_ended for b in self.baselines):
            return None
        return self._pays_back(option, self.baselines[0].once)

    def tuning_pays_back(self) -> Flags | None:
        """In which worlds a tuned option whose cost is known does, measured against a prompt that is built."""
        if any(baseline.open_ended for baseline in self.baselines):
            return None
        known = [name for name in self.shown.options if name in TUNED and not self.costs[name].open_ended]
        if not known:
            return None
        return np.asarray(np.any([self._pays_back(self.costs[name], 0.0) for name in known], axis=0))

    def _pays_back(self, option: Cost, once: Floats | float) -> Flags:
        """What is saved until the limit, or until the incumbent has become as cheap, against what it took.

        The baseline's bill for calls falls at a constant rate, and so does what a month saves:

            saved - billed (1 - e^(-rate t)), summed over the time
        """
        months = np.array([baseline.month for baseline in self.baselines])
        first = np.argmin(months, axis=0)
        worlds = np.arange(months.shape[1])
        bills = np.array([np.broadcast_to(b.billed, months.shape[1]) for b in self.baselines])
        billed = bills[first, worlds]
        saved, invested = months[first, worlds] - option.month, np.maximum(0, option.once - np.asarray(once))
        rate = -np.log1p(-np.asarray(self.values[DECLINE])) / 12
        with np.errstate(divide="ignore", invalid="ignore"):
            until = np.where((saved < billed) & (rate > 0), -np.log1p(-saved / billed) / rate, np.inf)
            time = np.minimum(option.limit, until)
            fallen = np.where(rate > 0, billed * (time + np.expm1(-rate * time) / rate), 0.0)
        back = saved * time - fallen >= invested * (1 - 1e-12)
        return np.asarray((saved > 0) & (np.asarray(option.limit) > 0) & back)


def _driver(terms: Terms, shown: Sequence[Shown]) -> str | None:
    """The figure that explains most of the width: moved alone from its tenth to its ninetieth hundredth.

    Its share of an option's width is the square of what it moves the month by, over the sum of the squares. The shares
    of the options shown are added up, so that a dear option counts no more than a cheap one; of equal ones the first.
    """
    keys = list(spreads_on(terms.on))
    at = {}
    for index, key in enumerate(keys):
        alone = np.full(2 * len(keys), np.nan)
        alone[2 * index : 2 * index + 2] = TAIL, 1 - TAIL
        at[key] = alone
    shares = np.zeros(len(keys))
    for volume in shown:
        worlds = Worlds.of(terms, volume, at, built=True)
        for name in volume.options:
            months = worlds.costs[name].month
            moved = (months[1::2] - months[::2]) ** 2
            shares += moved / moved.sum() if moved.any() else 0.0
    told = [round(float(share), 8) for share in shares]
    if not any(told):
        return None
    key = keys[told.index(max(told))]
    # Labelled examples reach a month only through the examples that are trained on.
    return "training_examples" if key == "labelled_examples" else key
