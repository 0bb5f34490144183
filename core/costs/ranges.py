"""What a range of calls and of labelled examples holds: the outcomes on a grid that has every named kink.

Between two points next to each other the outcome may change unseen only where two comparisons turn there: such gaps are
looked into more closely.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.costs.arithmetic import HAIR, QUICK
from core.costs.at_once import AT_ONCE, Floats, each_once
from core.costs.compare import EVERYTHING, Range, Steps, is_close, judged, steps_between
from core.costs.cost import Pricing, cost
from core.costs.figures import Figures
from core.costs.lines import run_of
from core.costs.world import FEWEST_EXAMPLES, MOST_EXAMPLES, SATURATED
from core.once import once

Codes = NDArray[np.uint8]
Places = NDArray[np.int64]
Exactly = Callable[[Decimal, Decimal], int]
"""The code of so many calls and labelled examples, by decimals where floats cannot say it."""
POINTS, FEW_POINTS = 241, 33
BENT = 65
"""Points where the hit rate of the cache still grows with the calls."""
FARTHEST = 1e15
STEPS_TRIED = 256
BESIDE = 1e-11
"""As a part of it: so little before a step and after it."""
LOOKS_CLOSER = 2
GAPS = 48
INSIDE = np.linspace(0, 1, 18)[1:-1]


def beside(steps: Floats) -> Floats:
    """Just before these steps, and just after them."""
    return np.concatenate([steps * (1 - BESIDE), steps * (1 + BESIDE)])


def around(steps: Steps, volumes: Floats) -> Floats:
    """Both sides of the first and the last step in each gap between volumes; of every step where they are few."""
    if not steps.per_call:
        return np.empty(0)
    needed = np.sort(volumes) * steps.per_call
    before = np.concatenate([needed[:1], needed[:-1]])
    first, last = steps_between(AT_ONCE, before * (1 - HAIR), needed * (1 + HAIR), steps.fewest)
    if last[-1] - first[0] <= STEPS_TRIED:
        counts = np.arange(first[0], last[-1] + 1)
    else:
        counts = np.concatenate([first, last])[np.tile(first <= last, 2)]
    return beside(counts / steps.per_call)


def volumes_between(low: float, high: float, *steps: Steps, points: int = POINTS) -> Floats:
    """Volumes between two, both included: evenly over the orders of magnitude, and every kink."""
    even = _evenly(low, high, points)
    found = each_once(np.concatenate([even, *(around(step, even) for step in steps)]))
    return found[(found >= low) & (found <= high)]


@lru_cache(maxsize=256)
def _evenly(low: float, high: float, points: int) -> Floats:
    tried = [np.geomspace(max(low, min(1.0, high)), high, points), np.array([low, SATURATED])]
    if low < SATURATED:
        tried.append(np.linspace(low, min(high, SATURATED), BENT))
    even = each_once(np.concatenate(tried))
    even = even[(even >= low) & (even <= high)]
    even.setflags(write=False)
    return even


def knots_of(figures: Figures, low: Decimal, high: Decimal) -> list[float]:
    """The numbers of labelled examples between which every cost changes in a straight line, with both ends."""
    knots = {low, high, Decimal(FEWEST_EXAMPLES), Decimal(MOST_EXAMPLES), figures.most_examples}
    knots.add(figures.given("training_examples") or low)
    world = figures.world(QUICK, 0.0, 0.0)
    for base in figures.float_bases:
        run = run_of(world, base)
        if run is not None and run.fee and run.by_the_token:
            knots.add(Decimal(round(world.examples * run.fee / run.by_the_token)))
    return sorted(float(knot) for knot in knots if low <= knot <= high)


@dataclass(frozen=True)
class Swept:
    """The codes at every number of labelled examples (first axis) and volume that were looked at."""

    examples: Floats
    volumes: Floats
    codes: Codes

    def telling_calls(self) -> tuple[Decimal, ...]:
        """Numbers of calls, one for every set of outcomes that the examples leave."""
        return _one_of_each(self.volumes, np.bitwise_or.reduce(self.codes, axis=0))

    def telling_labels(self) -> tuple[Decimal, ...]:
        """Numbers of labelled examples, one for every set of outcomes that the calls leave."""
        return _one_of_each(self.examples, np.bitwise_or.reduce(self.codes, axis=1))


def _one_of_each(places: Floats, codes: Codes) -> tuple[Decimal, ...]:
    _, firsts = np.unique(codes, return_index=True)
    return tuple(Decimal(repr(float(places[first]))) for first in sorted(firsts))


@dataclass
class Sweep:
    """The outcomes in a range of calls and each of some ranges of labelled examples, all ends included.

    ``exactly``: by decimals, ``cost``: by floats. Nothing is looked at before it is asked for.
    """

    figures: Figures
    calls: Range
    labels: Sequence[tuple[Decimal, Decimal]]
    steps: Steps
    exactly: Exactly
    cost: Pricing = cost

    def codes(self) -> Iterator[list[int]]:
        """What one look after the other finds: the outcomes of each range of labelled examples."""
        yield from self._codes
        for look in self._further:
            self._looks.append(look)
            of_each = np.bitwise_or.reduce(look.codes, axis=1)
            self._codes.append(np.bitwise_or.reduceat(of_each, self._bounds[:-1]).tolist())
            yield self._codes[-1]

    def all(self) -> list[Swept]:
        """All that is found, for each range of labelled examples."""
        for _ in self.codes():
            pass
        volumes = np.concatenate([look.volumes for look in self._looks])
        codes = np.split(np.concatenate([look.codes for look in self._looks], axis=1), self._bounds[1:-1])
        return [Swept(part, volumes, code) for part, code in zip(self._parts, codes, strict=True)]

    @once
    def _looks(self) -> list[_Looked]:
        return []

    @once
    def _codes(self) -> list[list[int]]:
        return []

    @once
    def _further(self) -> Iterator[_Looked]:
        return self._look_closer()

    @once
    def _parts(self) -> list[Floats]:
        return [_examples(self.figures, part) for part in self.labels]

    @once
    def _bounds(self) -> Places:
        return np.cumsum([0, *map(len, self._parts)])

    def _look_closer(self) -> Iterator[_Looked]:
        low, calls = float(self.calls[0]), self.calls
        high = max(low * 1e4, FARTHEST) if calls[1] is None else float(calls[1])
        # From there on every amount changes in straight lines, but for the steps of servers.
        points = FEW_POINTS if low >= SATURATED else POINTS
        steps = self.steps
        volumes = volumes_between(low, high, steps, points=points) if low < high else np.array([low])
        examples = np.concatenate(self._parts)
        found = _look(self.figures, volumes, examples, self.cost)
        places = np.array([self._bounds[:-1], self._bounds[1:] - 1]).T.ravel()
        _at_the_ends(found, places, [end for part in self.labels for end in part], calls, steps, self.exactly)
        yield found
        for _ in range(LOOKS_CLOSER if low < high else 0):
            inside = _unseen(found, self._bounds[1:-1])
            if not len(inside):
                return
            found = _look(self.figures, inside, examples, self.cost)
            yield found


class _Looked(NamedTuple):
    """The codes at some volumes; and the amounts that are compared there, in pairs: those of one, and of the other."""

    volumes: Floats
    codes: Codes
    compared: Floats


def _look(figures: Figures, volumes: Floats, examples: Floats, cost: Pricing) -> _Looked:
    world = figures.world(AT_ONCE, volumes if len(volumes) > 1 else float(volumes[0]), examples[:, None])
    found = judged(world, figures, figures.float_bases, cost)
    shape = (len(examples), len(volumes))
    compared = np.empty((2, len(found.compared), *shape))
    for place, (one, other) in enumerate(found.compared):
        compared[0, place], compared[1, place] = one, other
    codes = np.empty(shape, dtype=np.uint8)
    codes[...] = found.code
    return _Looked(volumes, codes, compared)


def _at_the_ends(
    looked: _Looked, places: Places, labelled: Sequence[Decimal], calls: Range, steps: Steps, exactly: Exactly
) -> None:
    """Where ranges end, what floats cannot say is a matter of decimals."""
    close = is_close(*looked.compared[:, :, places][..., [0, -1]]).any(axis=0)
    for row, volume in zip((0, -1), calls, strict=True):
        if volume is None:
            continue
        is_on_one = steps.is_next_to(float(volume))
        for place, examples, is_near in zip(places, labelled, close[:, row], strict=True):
            if is_on_one or is_near:
                looked.codes[place, row] = exactly(volume, examples)


def _unseen(looked: _Looked, ends: Places) -> Floats:
    """Volumes inside the gaps in which two comparisons turn at once, where not every outcome was seen already."""
    volumes, signs = looked.volumes, np.greater(*looked.compared)
    turns = (signs[..., 1:] != signs[..., :-1]).sum(axis=0) > 1
    seen = np.bitwise_or.reduceat(np.bitwise_or.reduce(looked.codes, axis=1), [0, *ends]) == EVERYTHING
    turns[np.repeat(seen, np.diff([0, *ends, len(turns)]))] = False
    gaps = np.nonzero(turns.any(axis=0))[0][:GAPS]
    low, high = volumes[gaps], volumes[gaps + 1]
    return np.unique((low[:, None] + (high - low)[:, None] * INSIDE).ravel())


def _examples(figures: Figures, labels: tuple[Decimal, Decimal]) -> Floats:
    return _between(tuple(knots_of(figures, *labels)))


@lru_cache(maxsize=256)
def _between(knots: tuple[float, ...]) -> Floats:
    inside = [np.linspace(low, high, 7) for low, high in pairwise(knots)]
    found = each_once(np.round(np.concatenate([np.array(knots), *inside]), 0 if len(knots) > 1 else 12))
    found.setflags(write=False)
    return found
