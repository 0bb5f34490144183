"""Where the verdict turns along the numbers that the ledger looks at: calls, labelled examples, every assumption.

All are tried at once, on a grid of at least 241 values each that has every named kink; those together that the same
options pay for. What lies between the last value that leaves the verdict and the first that changes it is looked into
again, until they are neighbours: one unit apart, or one in the third digit. The formulas are the ledger's own lines.
What is too close for floats is left to decimals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import ceil
from typing import Any, NamedTuple

import numpy as np

from core import lattice
from core.costs.at_once import AT_ONCE, MOVES_SERVERS, Flags, Floats, Stating, each_once, looked_at
from core.costs.cost import Cost, cost
from core.costs.figures import Figures
from core.costs.kinks import DEPENDED_ON, kinks_along, steps_along
from core.costs.lines import ON_SERVERS, TUNED, Base, World, servers_per_call
from core.costs.ranges import Steps, knots_of, volumes_between
from core.facts import ASSUMPTIONS
from core.once import once
from core.turns import Bits, Changed, Turns

PRICED = ("calls_per_month", "labelled_examples")
"""The answers that the ledger prices."""
A_FEW = 4000
"""So few worlds are worked out in one go."""
WAYS_IN, WAYS_FURTHER_IN = 161, 1288
"""Values that are tried between two, of many numbers at first, and then of the few that are left."""
EVEN_EXAMPLES = 49
NONE = np.empty(0)
NOWHERE = np.zeros((1, 1, 1))
"""Calls that are all stated anew."""
AS_FAR_AS_IT_GOES = (Decimal("-Infinity"), Decimal("Infinity"))
STEP_TRIES = 4


class Way(NamedTuple):
    """From one value of a number to another."""

    key: str
    start: Decimal
    end: Decimal

    @property
    def up(self) -> bool:
        return self.end > self.start


class Turn(NamedTuple):
    """The last value that leaves the verdict, the first that changes it, and the verdicts possible with that."""

    before: Decimal
    after: Decimal
    bits_after: int


class _Gap(NamedTuple):
    """Two values on a way, of which the first leaves the verdict and the second changes it."""

    way: Way
    last: float
    first: float


@dataclass(frozen=True)
class NumberTurns:
    """The turns along the numbers of one walk."""

    turns: Turns

    def ways(self, present: Mapping[str, Decimal]) -> Iterator[Way]:
        """Below and above the present value of each assumption that is looked at."""
        priced = self.turns.calls[-1] >= float(self.turns.walk.policy.low_volume)
        for key in DEPENDED_ON:
            is_looked_at = key in present and (priced or self.turns.is_priced(key))
            if is_looked_at and ASSUMPTIONS[key].spans(present[key]):
                yield from (Way(key, present[key], end) for end in AS_FAR_AS_IT_GOES)

    def along(self, ways: Sequence[Way], changed: Changed) -> dict[Way, Turn | None]:
        """The first value on each way with which the verdict is changed; ``None`` where none does.

        A number that changes something where it is has no turn: stating a default can be a change in itself.
        """
        found: dict[Way, Turn | None] = {}
        gaps, met = [], self._met(ways)
        flags, end = changed(self._bits([way.key for way in ways], met)), 0
        for way, values in zip(ways, met, strict=True):
            start, end = end, end + len(values)
            if not flags[start]:
                found[way] = None
                at = int(flags[start:end].argmax())
                gaps += [_Gap(way, float(values[at - 1]), float(values[at]))] if at else []
        found |= self._turns(list(self._narrowed(gaps, changed)), changed)
        return found

    def _narrowed(self, gaps: list[_Gap], changed: Changed) -> Iterator[_Gap]:
        """Each gap until its two values are neighbours among those that can be named."""
        most = WAYS_IN
        while gaps:
            inside = self._between(gaps, most)
            yield from (gap for gap, values in zip(gaps, inside, strict=True) if not len(values))
            wide = [(gap, values) for gap, values in zip(gaps, inside, strict=True) if len(values)]
            seen = self._bits([gap.way.key for gap, _ in wide], [values for _, values in wide])
            flags, end, gaps = changed(seen), 0, []
            for gap, values in wide:
                start, end = end, end + len(values)
                at = int(flags[start:end].argmax()) if flags[start:end].any() else len(values)
                last = float(values[at - 1]) if at else gap.last
                gaps.append(_Gap(gap.way, last, float(values[at]) if at < len(values) else gap.first))
            most = WAYS_FURTHER_IN

    def _turns(self, gaps: Sequence[_Gap], changed: Changed) -> Iterator[tuple[Way, Turn | None]]:
        """What is between neighbours; a matter of decimals where floats may have been out by one."""
        close = np.zeros(2 * len(gaps), dtype=bool)
        ends = [np.array([gap.last, gap.first]) for gap in gaps]
        seen = self._bits([gap.way.key for gap in gaps], ends, close)
        for (way, last, first), bits, doubt in zip(
            gaps, seen[1::2].tolist(), close.reshape(-1, 2), strict=True
        ):
            before = way.start if last == float(way.start) else lattice.exact(way.key, last)
            turn = Turn(before, lattice.exact(way.key, first), bits)
            steps = turn[:2] if way.key == "calls_per_month" else ()
            is_close = doubt.any() or any(map(self.turns.payback.is_on_a_step, steps))
            yield way, self._exactly(way, turn, changed) if is_close else turn

    def _exactly(self, way: Way, turn: Turn, changed: Changed) -> Turn | None:
        key, before, after = way.key, turn.before, turn.after
        step, back = lattice.step_of(key, up=way.up), lattice.step_of(key, up=not way.up)

        def changes(value: Decimal) -> bool:
            return bool(changed(np.array([self.turns.exact_bits(key, value)]))[0])

        for _ in range(STEP_TRIES):
            if changes(after):
                break
            before, after = after, step(after)
        else:
            return None
        while before != after and changes(before) and step(before) == after:
            after, before = before, back(before)
        return Turn(before, after, self.turns.exact_bits(key, after))

    # The values that are tried

    def _met(self, ways: Sequence[Way]) -> list[Floats]:
        """The values of each way that are tried first, in the order in which they are met, from its start on."""
        grids = self._grids([way.key for way in ways if way.key not in PRICED])
        met = []
        for way in ways:
            start = np.array([float(way.start)])
            grid = grids[way.key] if way.key in grids else self._whole(way)
            if way.up:
                further = grid[grid.searchsorted(start[0], side="right") :]
            else:
                further = grid[: grid.searchsorted(start[0])][::-1]
            met.append(np.concatenate([start, further]))
        return met

    def _whole(self, way: Way) -> Floats:
        """Whole calls or labelled examples between two numbers of them."""
        low, high = sorted((float(way.start), float(way.end)))
        if way.key == "calls_per_month":
            limit = float(ceil(self.turns.walk.policy.low_volume))
            tried = np.concatenate([volumes_between(low, high, self._steps), [limit - 1, limit]])
        else:
            limit = float(ceil(self.turns.walk.policy.enough_labels))
            knots = knots_of(self.turns.figures, Decimal(0), Decimal(int(high)))
            even = [np.linspace(a, b, EVEN_EXAMPLES) for a, b in pairwise(knots)]
            tried = np.concatenate([knots, *even, [limit - 1, limit]])
        found = each_once(np.concatenate([np.floor(tried), np.ceil(tried)]))
        return found[(found >= low) & (found <= high)]

    @once
    def _steps(self) -> Steps:
        return Steps.of(self.turns.figures)

    def _between(self, gaps: Sequence[_Gap], most: int) -> list[Floats]:
        """Values inside each gap, in the order in which they are met."""
        if not gaps:
            return []
        keys, lasts, firsts = ([g.way.key for g in gaps], [g.last for g in gaps], [g.first for g in gaps])
        found = []
        for gap, even in zip(gaps, lattice.between(keys, lasts, firsts, most), strict=True):
            values = even
            if gap.way.key == "calls_per_month" and len(even):
                steps = self._steps.around(np.array([*even, gap.last, gap.first]))
                values = each_once(np.concatenate([even, np.floor(steps), np.ceil(steps)]))
                values = values[(values > min(gap.last, gap.first)) & (values < max(gap.last, gap.first))]
            found.append(values if gap.way.up else values[::-1])
        return found

    def _grids(self, keys: Sequence[str]) -> dict[str, Floats]:
        """The values of each assumption that are tried first."""
        figures, calls, tried = self.turns.figures, self.turns.calls, list(dict.fromkeys(keys))
        steps = steps_along({key: lattice.grid(key) for key in tried}, figures, calls)
        bends = [
            np.concatenate([kinks_along(key, figures, calls, self.turns.labels), steps.get(key, NONE)])
            for key in tried
        ]
        beside = lattice.beside(tried, bends)
        return {key: _with_more(key, more) for key, more in zip(tried, beside, strict=True)}

    # What there is at them

    def _bits(self, keys: Sequence[str], values: Sequence[Floats], close: Flags | None = None) -> Bits:
        """The verdicts at each value of each number, in a row; ``close``: will be set where that is a close call."""
        starts = np.cumsum([0, *map(len, values)]).tolist()
        are_many = starts[-1] > A_FEW
        alike: dict[Any, list[int]] = {}
        for place, key in enumerate(keys):
            alike.setdefault(self._alike(key, are_many=are_many), []).append(place)
        found = np.empty(starts[-1], dtype=np.int64)
        for places in alike.values():
            world, bases, silent = self._world([keys[n] for n in places], [values[n] for n in places])
            rows = np.concatenate([np.arange(starts[n], starts[n + 1]) for n in places])
            doubtful = None if close is None else np.zeros(len(rows), dtype=bool)
            found[rows] = self.turns.bits(world, bases, silent, doubtful, self._cost)
            if close is not None:
                close[rows] = doubtful
        return found

    def _alike(self, key: str, *, are_many: bool) -> Any:
        """Numbers with the same are tried together: what pays for them, the calls, and what can be tuned."""
        if key in PRICED and not self.turns.is_point:
            return key
        if key not in self._kinds:
            bases = "" if self._bases(key) is self.turns.figures.float_bases else key
            self._kinds[key] = self._payers(key), self._moves_calls(key), bases
        return self._kinds[key][0 if are_many else 1 :]

    @once
    def _kinds(self) -> dict[str, tuple[frozenset[str], bool, str]]:
        return {}

    def _moves_calls(self, key: str) -> bool:
        """Whether the calls that are looked at follow a number: where they are a range, so that servers step in it."""
        return key in MOVES_SERVERS and not self.turns.facts.calls_per_month.is_point

    def _world(
        self, keys: Sequence[str], values: Sequence[Floats]
    ) -> tuple[World, Sequence[Base], Flags | bool]:
        """With each number at each of its values in turn; what can be tuned; and where so few calls are not priced."""
        floats, turns = self.turns.figures.floats, self.turns
        calls, labels = turns.usual_calls, turns.usual_labels
        if keys[0] == "calls_per_month" and not turns.is_point:
            calls = NOWHERE
        if not turns.facts.calls_per_month.is_point and not MOVES_SERVERS.isdisjoint(keys):
            count = sum(len(each) for each in values)
            flat = Stating(AT_ONCE, floats, 0.0, 0.0, keys=keys, values=values)
            needed = np.broadcast_to(servers_per_call(flat, tuned=True), (count,))
            calls = turns.calls_of_servers(needed, count)
        world = Stating(AT_ONCE, floats, calls, labels, keys=keys, values=values)
        silent = turns.silent(world.calls)
        if not isinstance(silent, bool) and silent.any():
            would_do = np.repeat([turns.is_priced(key) for key in keys], [len(each) for each in values])
            silent = silent & ~would_do.reshape(-1, *[1] * (np.ndim(silent) - 1))
        return world, self._bases(keys[0]), silent

    def _bases(self, key: str) -> tuple[Base, ...]:
        """What can be tuned when an assumption is stated: a price may be all that a base lacks."""
        if key not in ("train_price", "tuned_price_in", "tuned_price_out", "base_life_months"):
            return self.turns.figures.float_bases
        if key not in self._bases_stating:
            stated = self.turns.walk.answers.with_assumption(key, Decimal(1))
            figures = Figures(stated, self.turns.walk.on, self.turns.walk.policy)
            bases, usual = tuple(base.floats for base in figures.worth_tuning), self.turns.figures.float_bases
            alike = [base.name for base in bases] == [base.name for base in usual]
            self._bases_stating[key] = usual if alike else bases
        return self._bases_stating[key]

    @once
    def _bases_stating(self) -> dict[str, tuple[Base, ...]]:
        return {}

    # What an assumption is part of

    def _payers(self, key: str) -> frozenset[str]:
        """The kinds of options whose cost an assumption is part of."""
        kinds = (kind for kind, looked_at in self._looked_at.items() if key in looked_at or key in PRICED)
        return frozenset(kinds)

    @once
    def _looked_at(self) -> Mapping[str, frozenset[str]]:
        """By the kind of option, the figures that its costs look at."""
        cheaper = ["cheaper_model"] if self.turns.is_cheaper_asked else []
        prompted = [(option, None) for option in (*self.turns.figures.baselines, *cheaper)]
        hosted = [("hosted", base) for base in self.turns.figures.float_bases]
        return {
            "prompted": self._figures_of(prompted),
            "hosted": self._figures_of(hosted),
            "own": self._figures_of([(name, None) for name in TUNED if name in ON_SERVERS]),
        }

    def _figures_of(self, options: Iterable[tuple[str, Base | None]]) -> frozenset[str]:
        found = frozenset[str]()
        for option, base in options:
            if (option, id(base)) not in self._noted:
                self._noted[option, id(base)] = looked_at(self.turns.figures.floats, option, base)
            found |= self._noted[option, id(base)]
        return found

    @once
    def _noted(self) -> dict[tuple[str, int], frozenset[str]]:
        return {}

    def _cost(self, w: World, option: str, base: Base | None = None) -> Cost:
        """What an option costs: worked out once where it looks at none of the assumptions that are stated anew."""
        is_usual = w.calls is self.turns.usual_calls and w.labelled is self.turns.usual_labels
        if not isinstance(w, Stating) or not is_usual:
            return cost(w, option, base)
        if not self._figures_of([(option, base)]).isdisjoint(w.keys):
            return cost(w, option, base)
        if (option, id(base)) not in self._usual_costs:
            self._usual_costs[option, id(base)] = cost(w, option, base)
        return self._usual_costs[option, id(base)]

    @once
    def _usual_costs(self) -> dict[tuple[str, int], Cost]:
        return {}


def _with_more(key: str, more: Floats) -> Floats:
    """The grid of a number with some more of its values, as far as it may have them."""
    fact, tried = ASSUMPTIONS[key], lattice.grid(key)
    if not len(more):
        return tried
    low, high = float(max(fact.low, Decimal(0))), float(fact.high)
    more = more[(more > low if fact.above_low else more >= low) & (more <= high)]
    return each_once(np.concatenate([tried, more]))
