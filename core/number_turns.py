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
from core.costs.compare import Steps
from core.costs.cost import Cost, cost
from core.costs.figures import Figures
from core.costs.kinks import DEPENDED_ON, jumps_along
from core.costs.lines import ON_SERVERS, TUNED, Base, servers_per_call
from core.costs.ranges import around, knots_of, volumes_between
from core.facts import ASSUMPTIONS
from core.once import once
from core.turns import Bits, Changed, Places, Seen, Turns

PRICED = ("calls_per_month", "labelled_examples")
"""The answers that the ledger prices."""
A_FEW = 3000
"""So few worlds join others."""
WAYS_IN, WAYS_FURTHER_IN = 161, 1288
"""Values that are tried between two, of many numbers at first, and then of the few that are left."""
EVEN_EXAMPLES = 49
NOWHERE = np.zeros((1, 1))
"""Calls, or labelled examples, that are all stated anew."""
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


class _First(NamedTuple):
    """The first value in a row that changes the verdict, by its place; ``None`` where none does.

    ``bits``: the verdicts there. ``is_last_close``, ``is_first_close``: whether what floats say of the value before it
    (else the last one), or of itself, is a close call.
    """

    at: int | None
    bits: int
    is_last_close: bool
    is_first_close: bool


class _Gap(NamedTuple):
    """Two values on a way, of which the first leaves the verdict and the second changes it; see :class:`_First`."""

    way: Way
    last: float
    first: float
    bits: int
    is_last_close: bool
    is_first_close: bool

    def closer(self, values: Floats, turn: _First) -> _Gap:
        """What is left of the gap when these values in it were tried."""
        found = self
        if turn.at != 0:
            last = float(values[-1 if turn.at is None else turn.at - 1])
            found = found._replace(last=last, is_last_close=turn.is_last_close)
        if turn.at is not None:
            first = float(values[turn.at])
            found = found._replace(first=first, bits=turn.bits, is_first_close=turn.is_first_close)
        return found


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
        if not ways:
            return found
        met = self._met(ways)
        gaps: list[_Gap] = []
        for way, values, turn in zip(
            ways, met, self._first([w.key for w in ways], met, changed), strict=True
        ):
            if turn.at is None:
                found[way] = None
            elif turn.at > 0:
                ends = float(values[turn.at - 1]), float(values[turn.at])
                gaps.append(_Gap(way, *ends, turn.bits, turn.is_last_close, turn.is_first_close))
        for gap in self._narrowed(gaps, changed):
            found[gap.way] = self._turn(gap, changed)
        return found

    def _narrowed(self, gaps: list[_Gap], changed: Changed) -> Iterator[_Gap]:
        """Each gap until its two values are neighbours among those that can be named."""
        most = WAYS_IN
        while gaps:
            inside = self._between(gaps, most)
            yield from (gap for gap, values in zip(gaps, inside, strict=True) if not len(values))
            wide = [(gap, values) for gap, values in zip(gaps, inside, strict=True) if len(values)]
            if not wide:
                return
            keys, tried = [gap.way.key for gap, _ in wide], [values for _, values in wide]
            turns = self._first(keys, tried, changed, is_inside=True)
            gaps = []
            for (gap, values), turn in zip(wide, turns, strict=True):
                closer = gap.closer(values, turn)
                if len(values) < most:  # all that lie between were tried
                    yield closer
                else:
                    gaps.append(closer)
            most = WAYS_FURTHER_IN

    def _turn(self, gap: _Gap, changed: Changed) -> Turn | None:
        """What is between neighbours; a matter of decimals where floats may have been out by one."""
        way = gap.way
        before = way.start if gap.last == float(way.start) else lattice.exact(way.key, gap.last)
        turn = Turn(before, lattice.exact(way.key, gap.first), gap.bits)
        steps = (gap.last, gap.first) if way.key == "calls_per_month" else ()
        is_close = gap.is_last_close or gap.is_first_close or any(map(self._steps.is_next_to, steps))
        return self._exactly(way, turn, changed) if is_close else turn

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

    @property
    def _steps(self) -> Steps:
        return self.turns.payback.steps

    def _between(self, gaps: Sequence[_Gap], most: int) -> list[Floats]:
        """Values inside each gap, in the order in which they are met."""
        if not gaps:
            return []
        keys, lasts, firsts = ([g.way.key for g in gaps], [g.last for g in gaps], [g.first for g in gaps])
        found = []
        for gap, even in zip(gaps, lattice.between(keys, lasts, firsts, most), strict=True):
            values = even
            if gap.way.key == "calls_per_month" and len(even):
                steps = around(self._steps, np.array([*even, gap.last, gap.first]))
                values = each_once(np.concatenate([even, np.floor(steps), np.ceil(steps)]))
                values = values[(values > min(gap.last, gap.first)) & (values < max(gap.last, gap.first))]
            found.append(values if gap.way.up else values[::-1])
        return found

    def _grids(self, keys: Sequence[str]) -> dict[str, Floats]:
        """The values of each assumption that are tried first."""
        grids = {key: lattice.grid(key) for key in keys}
        jumps = jumps_along(grids, self.turns.figures, self.turns.calls)
        beside = lattice.beside(list(jumps), list(jumps.values()))
        return grids | {key: _with_more(key, more) for key, more in zip(jumps, beside, strict=True)}

    # What there is at them

    def _first(
        self, keys: Sequence[str], values: Sequence[Floats], changed: Changed, *, is_inside: bool = False
    ) -> list[_First]:
        """Where each number, at its values in turn, first changes the verdict. ``is_inside``: in a gap that has one."""
        bits, looks = self._look(keys, values)
        ends = np.cumsum([len(each) for each in values])
        starts = ends - [len(each) for each in values]
        hits = np.append(np.flatnonzero(changed(bits)), len(bits))
        firsts = hits[hits.searchsorted(starts)]
        is_met = firsts < ends
        firsts = np.where(is_met, firsts, ends - 1)
        lasts = np.where(is_met, np.maximum(firsts - 1, starts), firsts)
        asked = is_met | is_inside
        close = np.zeros(len(bits), dtype=bool)
        wanted = np.unique(np.concatenate([lasts[asked], firsts[asked]]))
        for rows, seen in looks:
            here = rows.searchsorted(wanted)
            here = here[rows[np.minimum(here, len(rows) - 1)] == wanted]
            if len(here):
                close[rows[here]] = seen.is_close(here)
        ats = np.where(is_met, firsts - starts, -1).tolist()
        found = zip(ats, bits[firsts].tolist(), close[lasts].tolist(), close[firsts].tolist(), strict=True)
        return [_First(None if at < 0 else at, *rest) for at, *rest in found]

    def _look(
        self, keys: Sequence[str], values: Sequence[Floats]
    ) -> tuple[Bits, Sequence[tuple[Places, Seen]]]:
        """The verdicts at each value of each number, in a row; and which rows were seen together."""
        starts = np.cumsum([0, *map(len, values)]).tolist()
        found, looks = np.empty(starts[-1], dtype=np.int64), []
        for places in self._together(keys, np.diff(starts).tolist()):
            rows = np.concatenate([np.arange(starts[place], starts[place + 1]) for place in places])
            world = self._world([keys[place] for place in places], [values[place] for place in places])
            seen = self.turns.seen(world, self._bases(world.keys[0]), self._silent(world), self._cost)
            found[rows] = seen.bits
            looks.append((rows, seen))
        return found, looks

    def _together(self, keys: Sequence[str], counts: Sequence[int]) -> Iterator[list[int]]:
        """The places of those that are tried together: the same options pay for them, and the same can be tuned.

        A few join others that more options pay for: some worlds more are worked out sooner than one look more.
        """
        corners = np.size(self.turns.usual_calls) * np.size(self.turns.usual_labels)
        alike: dict[Any, dict[frozenset[str], list[int]]] = {}
        for place, key in enumerate(keys):
            if key not in self._kinds:
                self._kinds[key] = self._kind(key)
            kind, payers = self._kinds[key]
            alike.setdefault(kind, {}).setdefault(payers, []).append(place)
        for by_payers in alike.values():
            for payers in sorted(by_payers, key=len):
                wider = [other for other in by_payers if other > payers]
                if wider and sum(counts[place] for place in by_payers[payers]) * corners < A_FEW:
                    by_payers[min(wider, key=len)] += by_payers.pop(payers)
            yield from map(sorted, by_payers.values())

    def _kind(self, key: str) -> tuple[Any, frozenset[str]]:
        """What must be the same of numbers that are tried together; and what pays for one."""
        if key in PRICED and not self.turns.is_point:
            return key, frozenset()
        bases = "" if self._bases(key) is self.turns.figures.float_bases else key
        return (self._moves_calls(key), bases), self._payers(key)

    @once
    def _kinds(self) -> dict[str, tuple[Any, frozenset[str]]]:
        return {}

    def _moves_calls(self, key: str) -> bool:
        """Whether the calls that are looked at follow a number: where they are a range, so that servers step in it."""
        return key in MOVES_SERVERS and not self.turns.facts.calls_per_month.is_point

    def _world(self, keys: Sequence[str], values: Sequence[Floats]) -> Stating:
        """With each number at each of its values in turn."""
        turns, floats = self.turns, self.turns.figures.floats
        calls, labels = turns.usual_calls, turns.usual_labels
        if not turns.is_point and keys[0] in PRICED:
            calls, labels = (NOWHERE, labels) if keys[0] == "calls_per_month" else (calls, NOWHERE)
        elif self._moves_calls(keys[0]):
            flat = Stating(AT_ONCE, floats, 0.0, 0.0, keys=keys, values=values)
            needed = np.broadcast_to(servers_per_call(flat, tuned=True), sum(map(len, values)))
            calls = turns.calls_of_servers(needed)
        return Stating(AT_ONCE, floats, calls, labels, keys=keys, values=values)

    def _silent(self, world: Stating) -> Flags | bool:
        """Where so few calls are not priced."""
        silent = self.turns.silent(world.calls)
        if isinstance(silent, bool) or not silent.any():
            return silent
        lengths = [len(each) for each in world.values]
        would_do = np.repeat([self.turns.is_priced(key) for key in world.keys], lengths)
        return np.asarray(silent & ~would_do)

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

    def _cost(self, w: Stating, option: str, base: Base | None = None) -> Cost:
        """What an option costs: worked out once where it looks at none of the assumptions that are stated anew."""
        is_usual = w.calls is self.turns.usual_calls and w.labelled is self.turns.usual_labels
        if not is_usual or not self._figures_of([(option, base)]).isdisjoint(w.keys):
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
    low, high = float(max(fact.low, Decimal(0))), float(fact.high)
    more = more[(more > low if fact.above_low else more >= low) & (more <= high)]
    return each_once(np.concatenate([tried, more]))
