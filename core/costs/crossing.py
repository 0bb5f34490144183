"""From how many calls a month on an option stays no dearer than the baseline, or pays back; where two change places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import partial
from typing import NamedTuple

import numpy as np

from core.costs.arithmetic import HAIR
from core.costs.at_once import AT_ONCE, Floats
from core.costs.compare import Steps
from core.costs.cost import Cost, Savings, baseline_of, costs
from core.costs.figures import Figures
from core.costs.lines import BASELINES, ON_SERVERS, TUNED, Base, servers_per_call
from core.costs.ranges import around, volumes_between
from core.costs.world import SATURATED
from core.once import once

FARTHEST = 1e18
"""Calls a month beyond which nothing is looked for."""
POINTS = 385
NEAR_ENOUGH = 1e-13
NEXT_TO = 2e-12
PLACES = 6
LOOKS = 8
"""Each leaves a 64th of where an end may lie: to the last call of any volume."""
NOISE = 1e-13
"""A saving that is so small a share of what is compared is none, nor a loss."""


class Meeting(NamedTuple):
    """A volume at which two options change places: from there on ``cheaper`` costs no more.

    ``jumps``: they do as a server is added there, so that they cost the same at no volume near it.
    """

    calls: Decimal
    cheaper: str
    jumps: bool


class Meetings(NamedTuple):
    """Where two options change places, the fewest calls first.

    ``at_first``: the one that costs less below the first of them; ``None`` where both cost the same at any volume.
    """

    at_first: str | None
    places: tuple[Meeting, ...]

    @property
    def at_last(self) -> str | None:
        """The one that costs less above the last of them."""
        return self.places[-1].cheaper if self.places else self.at_first


class _Gap(NamedTuple):
    """Two volumes next to each other, and what is saved at each: a loss at the lower one, as a rule."""

    low: float
    high: float
    at_low: float
    at_high: float

    @staticmethod
    def after(place: int, tried: Floats, saved: Floats) -> _Gap:
        """Between one of some volumes and the next."""
        following = min(place + 1, len(tried) - 1)
        return _Gap(*(float(each[at]) for each in (tried, saved) for at in (place, following)))

    @property
    def at_nothing(self) -> float:
        """Where nothing is saved, on a straight line between."""
        return self.low + (self.high - self.low) * (self.at_low / (self.at_low - self.at_high))


@dataclass(frozen=True)
class Crossings:
    """The crossovers of some options, each with what it tunes. ``built``: whether the prompt costs nothing up front."""

    figures: Figures
    options: Mapping[str, Base | None]
    built: bool

    def crossover(self, option: str) -> Decimal | None:
        """The calls from which its month stays at or below every baseline's; ``None`` for never."""
        return self._from(option, 0.0)

    def within(self, option: str) -> Decimal | None:
        """The calls from which it pays back within its limit of months; ``None`` for never."""
        needed = self._needed(option)
        return None if needed is None else self._from(option, needed)

    def window(self, option: str) -> tuple[Decimal, Decimal] | None:
        """The calls between which it pays back as well, below those from which it does for good.

        Where servers step, the other may need one more for a while. Of several such ranges the last one; each end lies
        inside.
        """
        needed = self._needed(option)
        if needed is None:
            return None
        pays = self._saved(option, needed, self._on_the_grid) >= 0
        short = np.nonzero(~pays)[0]
        inside = np.nonzero(pays[: short[-1]])[0] if len(short) else short
        if not len(inside) or short[-1] == len(self._grid) - 1:
            return None
        last = int(inside[-1])
        before = np.nonzero(~pays[:last])[0]
        first = int(before[-1]) + 1 if len(before) else 0
        low = self._edge(option, needed, first, first - 1) if first else float(self._grid[0])
        return _inside(low), _inside(self._edge(option, needed, last, last + 1), up=False)

    def _edge(self, option: str, needed: float, inside: int, outside: int) -> float:
        """The last volume that pays back, from one of the grid that does towards its neighbour that does not."""
        pays, fails = float(self._grid[inside]), float(self._grid[outside])
        names = [*self._baselines, option]
        for _ in range(LOOKS):
            between = np.linspace(pays, fails, 65)
            is_paid = self._saved(option, needed, self._costs(between, names)) >= 0
            last = max(int(np.argmin(is_paid)) - 1, 0)
            pays, fails = float(between[last]), float(between[last + 1])
        return pays

    def _needed(self, option: str) -> float | None:
        """Dollars a month that it has to save to pay back in time; ``None`` where it has no time."""
        savings = self._savings(option, self._on_the_grid)
        return float(savings.needed) if savings.limit > 0 else None

    @once
    def _steps(self) -> tuple[Steps, ...]:
        return tuple(Steps.of(self.figures, tuned=name in TUNED) for name in self._on_servers)

    @property
    def _on_servers(self) -> list[str]:
        return [name for name in self.options if name in ON_SERVERS]

    @property
    def _baselines(self) -> list[str]:
        return [name for name in BASELINES if name in self.options]

    @once
    def _grid(self) -> Floats:
        return volumes_between(0.0, FARTHEST, *self._steps, points=POINTS)

    @once
    def _on_the_grid(self) -> Mapping[str, Cost]:
        return self._costs(self._grid, self.options)

    def _costs(self, volumes: Floats, names: Iterable[str]) -> Mapping[str, Cost]:
        world = self.figures.world(AT_ONCE, volumes, float(self.figures.labelled), built=self.built)
        return costs(world, {name: self.options[name] for name in names})

    def _savings(self, option: str, there: Mapping[str, Cost]) -> Savings:
        lowest = baseline_of(AT_ONCE, [there[name] for name in self._baselines])
        return Savings.of(AT_ONCE, there[option], lowest.month, lowest.once)

    def _saved(self, option: str, needed: float, there: Mapping[str, Cost]) -> Floats:
        """What it saves a month beyond what is needed; what is only noise is nothing."""
        saved, month = self._savings(option, there).a_month, there[option].month
        beyond = saved - needed
        return np.where(np.abs(beyond) <= NOISE * (saved + 2 * month + needed), 0.0, beyond)

    def _from(self, option: str, needed: float) -> Decimal | None:
        if (option, needed) not in self._found:
            self._found[option, needed] = self._searched(option, needed)
        return self._found[option, needed]

    @once
    def _found(self) -> dict[tuple[str, float], Decimal | None]:
        return {}

    def _searched(self, option: str, needed: float) -> Decimal | None:
        names = [*self._baselines, option]
        saved = self._saved(option, needed, self._on_the_grid)
        short = np.nonzero(saved < 0)[0]
        if not len(short):
            return Decimal(0)
        if saved[-1] < 0:
            return None
        place, tried = int(short[-1]), self._grid
        return self._narrowed(
            names, lambda there: self._saved(option, needed, there), _Gap.after(place, tried, saved)
        )

    def _narrowed(
        self, names: Sequence[str], saved: Callable[[Mapping[str, Cost]], Floats], gap: _Gap
    ) -> Decimal:
        """The last volume in a gap from which on what is saved there is nothing or more; ``names``: by whom."""
        while gap.high - gap.low > NEAR_ENOUGH * gap.high:
            if self._on_a_straight_line(names, gap.low, gap.high):
                gap = gap._replace(high=gap.at_nothing)
                break
            tried = self._between(gap.low, gap.high)
            found = saved(self._costs(tried, names))
            short = np.nonzero(found < 0)[0]
            gap = _Gap.after(int(short[-1]) if len(short) else 0, tried, found)
        return self._step_at(gap.high, names) or round(Decimal(repr(gap.high)), PLACES)

    def _step_at(self, volume: float, names: Sequence[str]) -> Decimal | None:
        """The step that floats came next to, exactly; ``None`` where there is none."""
        for name, step in self._steps_of(names):
            count = step.at(volume, NEXT_TO)
            if count is not None:
                per_call = servers_per_call(self.figures.exact(Decimal(0)), tuned=name in TUNED)
                return Decimal(count / per_call)
        return None

    def _between(self, low: float, high: float) -> Floats:
        even = np.linspace(low, high, 34)
        steps = np.concatenate([even, *(around(step, even) for step in self._steps)])
        return np.unique(steps[(steps >= low) & (steps <= high)])

    def _steps_of(self, names: Sequence[str]) -> Iterator[tuple[str, Steps]]:
        every = zip(self._on_servers, self._steps, strict=True)
        return ((name, step) for name, step in every if name in names)

    def _on_a_straight_line(self, names: Sequence[str], low: float, high: float) -> bool:
        """Whether nothing bends between two volumes: neither a growing hit rate nor a step of servers."""
        if low < SATURATED and self.figures.data_may_leave:
            return False
        inside = (step.between(low * (1 + HAIR), high * (1 - HAIR)) for _, step in self._steps_of(names))
        return not any(inside)

    # Any two options

    def meetings(self, one: str, other: str) -> Meetings:
        """Where two options change places, at any number of calls a month."""
        names = [one, other]

        def beside(way: float, there: Mapping[str, Cost]) -> Floats:
            """What the second saves beside the first; what is only noise is nothing. ``way``: -1 for the reverse."""
            first, second = there[one].month, there[other].month
            less = first - second
            return np.where(np.abs(less) <= NOISE * (first + second), 0.0, way * less)

        found = np.broadcast_to(beside(1, self._on_the_grid), self._grid.shape)
        told = np.nonzero(found)[0]
        if not len(told):
            return Meetings(None, ())
        changes = told[:-1][np.sign(found[told[:-1]]) != np.sign(found[told[1:]])]
        met = []
        for place in changes:
            way = -np.sign(found[place])
            gap = _Gap.after(int(place), self._grid, way * found)
            calls = self._narrowed(names, partial(beside, way), gap)
            jumps = self._step_at(float(calls), names) is not None
            met.append(Meeting(calls, other if way > 0 else one, jumps))
        return Meetings(other if found[told[0]] > 0 else one, tuple(met))


def _inside(volume: float, *, up: bool = True) -> Decimal:
    """A whole number of calls that lies inside a range, next to its end."""
    return Decimal(repr(volume)).to_integral_value(ROUND_CEILING if up else ROUND_FLOOR)
