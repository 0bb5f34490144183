"""Where the verdict turns along a number that the ledger prices: calls, labelled examples, any assumption.

All values are tried at once, on a grid of at least 241 that has every named kink, and what lies between the last that
leaves the verdict and the first that changes it is looked into again, until they are neighbours: one unit apart, or
one in the third digit. The formulas are the ledger's own lines. What is too close for floats is left to decimals.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from math import ceil
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core import lattice
from core.costs.arithmetic import Number
from core.costs.at_once import AT_ONCE, ON_SERVERS, Flags, Floats, Stating, looked_at
from core.costs.compare import BACK, CHEAPER, EVERY_OUTCOME, NOT_BACK, is_close, judged
from core.costs.cost import Cost, cost
from core.costs.figures import Figures
from core.costs.kinks import DEPENDED_ON, kinks_along, steps_along
from core.costs.lines import Base, World, servers_per_call
from core.costs.payback import Payback
from core.costs.ranges import Steps, knots_of, volumes_between
from core.facts import ASSUMPTIONS
from core.known import Facts, Span, cut, span_ends
from core.narrowing import NOTHING, WAYS_IN, Tried, narrowed, searches
from core.tree import Verdict
from core.walk import Walk

Bits = NDArray[np.int64]
"""The verdicts that are possible at each value, one bit for each of :class:`core.tree.Verdict`."""
Changed = Callable[[Bits], Any]

EVERY_VERDICT = tuple(Verdict)
COST_KEYS = frozenset({"model", "prompt_tokens", "output_tokens"})
MOST_CALLS = MOST_LABELS = 10.0**15
STEP_TRIES = 4
A_FEW = 4000
"""So few worlds are worked out in one go."""


class Way(NamedTuple):
    """From one number of calls or of labelled examples to another, the first left out."""

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


def verdicts_of(bits: int) -> frozenset[Verdict]:
    """The verdicts of some bits."""
    return frozenset(verdict for place, verdict in enumerate(EVERY_VERDICT) if bits >> place & 1)


def bits_of(verdicts: frozenset[Verdict]) -> int:
    """The bits of some verdicts."""
    return sum(1 << place for place, verdict in enumerate(EVERY_VERDICT) if verdict in verdicts)


@dataclass(frozen=True)
class Turns:
    """The verdicts of one walk, where its ledger is looked at, for other values of one number at a time."""

    walk: Walk
    facts: Facts

    @cached_property
    def payback(self) -> Payback:
        return self.walk.paying

    @property
    def figures(self) -> Figures:
        return self.payback.figures

    @cached_property
    def present(self) -> int:
        """The verdicts that are possible now."""
        return bits_of(self.walk.possible(self.facts))

    def changed(self, bits: Bits) -> Flags:
        """Where the verdict is another one: where it is settled now, other verdicts; else where one alone is left."""
        if self.present & (self.present - 1) == 0:
            return np.asarray(bits != self.present)
        return np.asarray((bits & (bits - 1)) == 0)

    @cached_property
    def matters(self) -> bool:
        """Whether any outcome of the ledger changes the verdict."""
        parts = np.unique(self._are_enough(self._labels))
        return bool(self.changed(np.bitwise_or.reduce(self._verdicts[parts], axis=0)[[1, 2, 4]]).any())

    def _are_enough(self, labels: Number) -> Any:
        """Whether there are enough labelled examples, as a place among the verdicts."""
        return (np.asarray(labels) >= float(ceil(self.walk.policy.enough_labels))).astype(int)

    # The verdicts at many places

    @cached_property
    def _verdicts(self) -> Bits:
        """The verdicts by the labelled examples, too few or enough, and the code of what the ledger says."""
        few = Span(Decimal(0), Decimal(ceil(self.walk.policy.enough_labels)) - 1)
        enough = Span(few.high + 1 if few.high is not None else Decimal(0), None)
        found = np.zeros((2, 8), dtype=np.int64)
        for part, labels in enumerate((few, enough)):
            facts = replace(self.facts, labelled_examples=labels)
            for bit, outcome in enumerate(EVERY_OUTCOME):
                reached = bits_of(replace(self.walk, told=outcome).possible(facts))
                for code in range(8):
                    found[part, code] |= reached if code >> bit & 1 else 0
        return found

    def _bits(
        self, world: World, bases: Sequence[Base], silent: Flags | bool, close: Flags | None = None
    ) -> Bits:
        """The verdicts along the first axis of a world.

        ``silent``: where so few calls are not priced. ``close``: will be set where a comparison is a close call.
        """
        found = judged(world, self.figures, bases, self._cost, is_cheaper_asked=self._is_cheaper_asked)
        enough = self._are_enough(world.labelled)
        codes = found.code if silent is False else np.where(silent, NOT_BACK, found.code)
        bits = self._verdicts[np.broadcast_arrays(enough, codes)[0], codes]
        if close is not None:
            for pair in found.compared:
                doubtful = np.asarray(is_close(*pair)) & np.logical_not(silent)
                close |= doubtful.any(axis=tuple(range(1, doubtful.ndim)))
        return np.asarray(np.bitwise_or.reduce(bits, axis=tuple(range(1, bits.ndim))))

    @cached_property
    def _is_cheaper_asked(self) -> bool:
        """Whether it makes a difference that a cheaper model costs less."""
        return bool((self._verdicts[:, BACK] != self._verdicts[:, CHEAPER]).any())

    def is_priced(self, key: str | None) -> bool:
        """Whether a low volume is priced, when ``key`` is stated too."""
        return {*self.walk.answers.assumptions, key} >= COST_KEYS

    def _silent(self, calls: Floats | float, key: str | None = None) -> Flags | bool:
        return False if self.is_priced(key) else np.asarray(calls < float(self.walk.policy.low_volume))

    @cached_property
    def _calls(self) -> Floats:
        """The calls that there may be: the ends, and where they begin to be priced."""
        low, high = span_ends(self.facts.calls_per_month)
        ends = [float(low), MOST_CALLS if high is None else float(high)]
        limit = float(self.walk.policy.low_volume)
        return np.unique([*ends, *([limit] if ends[0] < limit < ends[1] else [])])

    @cached_property
    def _labels(self) -> Floats:
        """The labelled examples that there may be: the ends and kinks of those that are too few, and of the others."""
        limit = self.walk.policy.enough_labels
        parts = filter(None, cut(self.facts.labelled_examples, limit, whole=True))
        ends = [span_ends(part) for part in parts]
        closed = [(low, Decimal(MOST_LABELS) if high is None else high) for low, high in ends]
        return np.unique(np.concatenate([knots_of(self.figures, *end) for end in closed]))

    # Calls and labelled examples

    def along(self, ways: Sequence[Way], changed: Changed) -> list[Turn | None]:
        """On each way, the first calls or labelled examples with which the verdict is changed."""
        turns: list[Turn | None] = [None] * len(ways)
        last, first = [float(way.start) for way in ways], [np.nan] * len(ways)
        points = {n: found for n, way in enumerate(ways) if len(found := self._whole(way))}
        while points:
            every = self._at_each([ways[n].key for n in points], list(points.values()))
            further = {}
            for (n, met), bits in zip(points.items(), every, strict=True):
                flags = changed(bits)
                place = int(np.argmax(flags))
                if flags[place]:
                    last[n], first[n] = float(met[place - 1]) if place else last[n], float(met[place])
                elif np.isnan(first[n]):
                    continue
                else:
                    last[n] = float(met[-1])
                inside = self._inside(ways[n], last[n], first[n])
                if len(inside):
                    further[n] = inside
            points = further
        for n, way in enumerate(ways):
            if not np.isnan(first[n]):
                turn = Turn(Decimal(repr(last[n])), Decimal(int(first[n])), 0)
                turns[n] = self._exactly(way.key, turn, changed, up=way.up)
        return turns

    def _whole(self, way: Way) -> Floats:
        """Whole values on a way, in the order in which they are met."""
        start = float(way.start)
        low, high = sorted((start, float(way.end)))
        if way.key == "calls_per_month":
            limit = float(ceil(self.walk.policy.low_volume))
            tried = np.concatenate([volumes_between(low, high, Steps.of(self.figures)), [limit - 1, limit]])
        else:
            limit = float(ceil(self.walk.policy.enough_labels))
            knots = knots_of(self.figures, Decimal(0), Decimal(int(max(high, 0))))
            even = [np.linspace(a, b, 49) for a, b in pairwise(knots)]
            tried = np.concatenate([knots, *even, [limit - 1, limit]])
        found = _ordered(np.concatenate([np.floor(tried), np.ceil(tried)]), low, high, up=way.up)
        return np.asarray(found[found != start])

    def _inside(self, way: Way, last: float, first: float) -> Floats:
        """Whole values between the last that leaves the verdict and the first that changes it."""
        low, high = sorted((last, first))
        if high - low <= 1:
            return np.empty(0)
        tried = np.linspace(low, high, 2 * WAYS_IN)
        if way.key == "calls_per_month":
            tried = np.concatenate([tried, Steps.of(self.figures).around(tried)])
        found = _ordered(np.concatenate([np.floor(tried), np.ceil(tried)]), low, high, up=way.up)
        return np.asarray(found[(found != last) & (found != first)])

    def _at_each(self, keys: Sequence[str], values: Sequence[Floats]) -> Sequence[Bits]:
        """The verdicts with other calls or other labelled examples: where both are known, all at once."""
        if not self._is_point:
            return [self._at(key, each) for key, each in zip(keys, values, strict=True)]
        of_calls = np.repeat([key == "calls_per_month" for key in keys], [len(each) for each in values])
        rows = np.concatenate(values)
        calls, labels = np.where(of_calls, rows, self._usual_calls), np.where(of_calls, self._usual_labels, rows)
        world = self.figures.world(AT_ONCE, calls, labels)
        bits = self._bits(world, self.figures.float_bases, self._silent(calls))
        return np.split(bits, np.cumsum([len(each) for each in values])[:-1])

    def _at(self, key: str, values: Floats) -> Bits:
        rows = values[:, None, None]
        calls, labels = (self._usual_calls, rows) if key == "labelled_examples" else (rows, self._usual_labels)
        world = self.figures.world(AT_ONCE, calls, labels)
        return self._bits(world, self.figures.float_bases, self._silent(calls))

    def _calls_of_servers(self, per_call: Floats | float | None, rows: int) -> Floats:
        """The calls that there may be, with the places between them where own servers cost the most and the least."""
        ends = np.broadcast_to(self._calls, (rows, len(self._calls)))
        if per_call is None:
            per_call = self.payback.servers_per_call
        needed = np.broadcast_to(np.asarray(per_call, dtype=float).reshape(-1, 1), (rows, 1))
        low, high = self._calls[0], self._calls[-1]
        if low == high or not needed.any():
            return np.asarray(ends[:, :, None])
        with np.errstate(divide="ignore", invalid="ignore"):
            counts = np.concatenate([np.floor(low * needed) + 1, np.ceil(high * needed) - 1], axis=1)
            steps = np.concatenate([counts / needed * (1 - 1e-11), counts / needed * (1 + 1e-11)], axis=1)
        steps = np.where((steps > low) & (steps < high), steps, low)
        steps = steps[:, (steps != low).any(axis=0)]
        return np.asarray(np.concatenate([ends, steps], axis=1)[:, :, None])

    # Assumptions

    def of_assumptions(self, present: Mapping[str, Decimal]) -> dict[tuple[str, bool], Turn | None]:
        """The turn of each assumption, below and above its present value; those are left out that are not looked at."""
        keys = [key for key in DEPENDED_ON if key in present and self._is_looked_at(key, present[key])]
        grids = {key: self._grid(key, present[key]) for key in keys}
        here = {key: float(present[key]) for key in keys}
        every = list(searches(grids, here, self._stating(keys, list(grids.values()))))
        turns: dict[tuple[str, bool], Turn | None] = {(one.key, one.up): None for one in every}
        for one in narrowed([one for one in every if one.first == one.first], self._surely):
            now = present[one.key]
            last = now if one.last == float(now) else lattice.exact(one.key, one.last)
            turn = Turn(last, lattice.exact(one.key, one.first), one.bits)
            turns[one.key, one.up] = self._exactly(one.key, turn, self.changed, up=one.up) if one.close else turn
        return turns

    def _surely(self, keys: Sequence[str], values: Sequence[Floats]) -> list[Tried]:
        return self._stating(keys, values, surely=True)

    def _grid(self, key: str, present: Decimal) -> Floats:
        """The values that are tried first, the present one among them, from the least on."""
        fact, tried = ASSUMPTIONS[key], lattice.grid(key)
        kinks = kinks_along(key, self.figures, self._calls, self._labels)
        steps = steps_along(key, self.figures, tried, self._calls)
        if len(kinks) or len(steps):
            tried = np.unique(np.concatenate([tried, lattice.beside(key, np.concatenate([kinks, steps]))]))
            low, high = float(max(fact.low, Decimal(0))), float(fact.high)
            tried = tried[(tried > low if fact.above_low else tried >= low) & (tried <= high)]
        now = float(present)
        place = int(np.searchsorted(tried, now))
        is_there = place < len(tried) and tried[place] == now
        return tried if is_there else np.concatenate([tried[:place], [now], tried[place:]])

    def _is_looked_at(self, key: str, value: Decimal) -> bool:
        is_priced = self._calls[-1] >= float(self.walk.policy.low_volume) or self.is_priced(key)
        return is_priced and ASSUMPTIONS[key].spans(value)

    def _bases(self, key: str) -> tuple[Base, ...]:
        """What can be tuned when an assumption is stated: a price may be all that a base lacks."""
        if key not in ("train_price", "tuned_price_in", "tuned_price_out", "base_life_months"):
            return self.figures.float_bases
        if key not in self._bases_stating:
            stated = self.walk.answers.with_assumption(key, Decimal(1))
            figures = Figures(stated, self.walk.on, self.walk.policy)
            bases, usual = tuple(base.floats for base in figures.worth_tuning), self.figures.float_bases
            alike = [base.name for base in bases] == [base.name for base in usual]
            self._bases_stating[key] = usual if alike else bases
        return self._bases_stating[key]

    @cached_property
    def _bases_stating(self) -> dict[str, tuple[Base, ...]]:
        return {}

    def _stating(
        self, keys: Sequence[str], values: Sequence[Floats], *, surely: bool = False
    ) -> list[Tried]:
        """What there is with each assumption at each of its values; ``surely``: and whether that is a close call."""
        are_many = sum(map(len, values)) > A_FEW
        alike: dict[Any, list[int]] = {}
        for place, key in enumerate(keys):
            payers, bases = self._payers(key) if are_many else None, self._bases(key)
            alike.setdefault((payers, "" if bases is self.figures.float_bases else key), []).append(place)
        found: list[Tried] = [NOTHING] * len(keys)
        for places in alike.values():
            tried = [values[n] for n in places]
            ends = np.cumsum([len(each) for each in tried]).tolist()
            close = np.zeros(ends[-1], dtype=bool)
            bits = self._of_alike([keys[n] for n in places], tried, close if surely else None)
            bits = np.broadcast_to(bits, close.shape)
            flags = self.changed(bits)
            for n, start, end in zip(places, [0, *ends], ends, strict=False):
                found[n] = Tried(flags[start:end], bits[start:end], close[start:end])
        return found

    def _payers(self, key: str) -> frozenset[str]:
        """The kinds of options whose cost an assumption is part of; and whether own servers follow it."""
        kinds = (kind for kind, looked_at in self._looked_at.items() if key in looked_at)
        return frozenset([*kinds, *(["calls"] if key in ON_SERVERS and not self._is_point else [])])

    @cached_property
    def _looked_at(self) -> Mapping[str, frozenset[str]]:
        """By the kind of option, the figures that its costs look at."""
        nothing = frozenset[str]()
        return {
            "prompted": nothing.union(*map(self._figures_of, (*self.figures.baselines, "cheaper_model"))),
            "hosted": nothing.union(*(self._figures_of("hosted", base) for base in self.figures.float_bases)),
            "self_hosted": self._figures_of("self_hosted"),
        }

    def _figures_of(self, option: str, base: Base | None = None) -> frozenset[str]:
        if (option, id(base)) not in self._noted:
            self._noted[option, id(base)] = looked_at(self.figures.floats, option, base)
        return self._noted[option, id(base)]

    @cached_property
    def _noted(self) -> dict[tuple[str, int], frozenset[str]]:
        return {}

    def _cost(self, w: World, option: str, base: Base | None = None) -> Cost:
        """What an option costs: worked out once where it looks at none of the assumptions that are stated anew."""
        if not isinstance(w, Stating) or w.calls is not self._usual_calls:
            return cost(w, option, base)
        if not self._figures_of(option, base).isdisjoint(w.keys):
            return cost(w, option, base)
        if (option, id(base)) not in self._usual_costs:
            self._usual_costs[option, id(base)] = cost(w, option, base)
        return self._usual_costs[option, id(base)]

    @cached_property
    def _usual_costs(self) -> dict[tuple[str, int], Cost]:
        return {}

    @cached_property
    def _usual_calls(self) -> Floats | float:
        """The calls that there may be, whatever own servers serve."""
        return float(self._calls[0]) if self._is_point else self._calls_of_servers(None, 1)

    @cached_property
    def _usual_labels(self) -> Floats | float:
        return float(self._labels[0]) if self._is_point else self._labels[None, None, :]

    @cached_property
    def _is_point(self) -> bool:
        return len(self._calls) == 1 and len(self._labels) == 1

    def _of_alike(self, keys: Sequence[str], values: Sequence[Floats], close: Flags | None) -> Bits:
        """The verdicts where the same bases can be tuned: with each assumption at each of its values in turn."""
        floats, calls = self.figures.floats, self._usual_calls
        if not self.facts.calls_per_month.is_point and not ON_SERVERS.isdisjoint(keys):
            rows = sum(len(each) for each in values)
            flat = Stating(AT_ONCE, floats, 0.0, 0.0, keys=keys, values=values)
            needed = np.broadcast_to(servers_per_call(flat, tuned=True), (rows,))
            calls = self._calls_of_servers(needed, rows)
        world = Stating(AT_ONCE, floats, calls, self._usual_labels, keys=keys, values=values)
        silent = self._silent(calls)
        if not isinstance(silent, bool) and silent.any():
            would_do = np.repeat([self.is_priced(key) for key in keys], [len(each) for each in values])
            silent = silent & ~would_do.reshape(-1, *[1] * (np.ndim(calls) - 1))
        return self._bits(world, self._bases(keys[0]), silent, close)

    def _exactly(self, key: str, turn: Turn, changed: Changed, *, up: bool) -> Turn | None:
        """The turn by decimals, where floats may have been out by one."""
        before, after = turn.before, turn.after
        step = lattice.step_of(key, up=up)
        for _ in range(STEP_TRIES):
            if changed(np.array([self.exact_bits(key, after)]))[0]:
                break
            before, after = after, step(after)
        else:
            return None
        while (
            before != after and changed(np.array([self.exact_bits(key, before)]))[0] and step(before) == after
        ):
            after, before = before, lattice.step_of(key, up=not up)(before)
        return Turn(before, after, self.exact_bits(key, after))

    def exact_bits(self, key: str, value: Decimal) -> int:
        """The verdicts with another value, as the walk finds them."""
        if key in ASSUMPTIONS:
            figures = Figures(self.walk.answers.with_assumption(key, value), self.walk.on, self.walk.policy)
            walk = Walk(figures.answers, self.walk.policy, self.walk.on, payback=Payback(figures))
            return bits_of(walk.possible(self.facts))
        span = Span(value, value)
        facts = (
            replace(self.facts, calls_per_month=span)
            if key == "calls_per_month"
            else replace(self.facts, labelled_examples=span)
        )
        return bits_of(self.walk.possible(facts))


def _ordered(values: Floats, low: float, high: float, *, up: bool) -> Floats:
    found = np.unique(values[(values >= low) & (values <= high)])
    return found if up else found[::-1]
