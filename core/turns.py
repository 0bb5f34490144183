"""The verdicts of one walk with other figures in its ledger: at many places at once, or exactly with one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from math import ceil
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.bits import VERDICTS, bits_of
from core.costs.arithmetic import Number
from core.costs.at_once import AT_ONCE, Flags, Floats
from core.costs.compare import (
    BACK,
    CHEAPER,
    EVERY_OUTCOME,
    NOT_BACK,
    OF_CODE,
    is_close,
    judged,
    steps_between,
)
from core.costs.cost import Pricing, cost
from core.costs.figures import Figures
from core.costs.lines import Base
from core.costs.payback import Payback
from core.costs.ranges import beside, knots_of
from core.costs.world import World
from core.facts import ANSWERS_ONLY, ASSUMPTIONS
from core.known import Facts, Span, cut, span_ends, with_answer, with_labels
from core.once import once
from core.walk import Walk

Bits = NDArray[np.int64]
"""The verdicts that are possible at each value, one bit for each of :class:`core.tree.Verdict`."""
Places = NDArray[np.int64]
Changed = Callable[[Bits], Any]

COST_KEYS = frozenset({"model", "prompt_tokens", "output_tokens"})
MOST_CALLS = MOST_LABELS = 10.0**15


class Seen(NamedTuple):
    """The verdicts of some worlds: see :class:`core.costs.compare.Judged`. ``silent``: where nothing is priced."""

    bits: Bits
    compared: tuple[tuple[Number, Number], ...]
    silent: Flags | bool

    def is_close(self, places: Places) -> Flags:
        """In which of some of these worlds a comparison is a close call."""
        found, is_priced = np.zeros(len(places), dtype=bool), np.logical_not(_at(self.silent, places))
        for one, other in self.compared:
            doubtful = np.asarray(is_close(_at(one, places), _at(other, places)) & is_priced)
            found |= doubtful.any(axis=tuple(range(doubtful.ndim - 1)))
        return found


def _at(amounts: Any, places: Places) -> Any:
    """Amounts at some places of the last axis; what is the same everywhere is so there."""
    return amounts[..., places] if np.ndim(amounts) and amounts.shape[-1] > 1 else amounts


@dataclass(frozen=True)
class Turns:
    """The verdicts of one walk, where its ledger is looked at, for other values of one number at a time."""

    walk: Walk
    facts: Facts

    @once
    def payback(self) -> Payback:
        return self.walk.paying

    @property
    def figures(self) -> Figures:
        return self.payback.figures

    @once
    def present(self) -> int:
        """The verdicts that are possible now."""
        return bits_of(self.walk.possible(self.facts))

    def changed(self, bits: Bits) -> Flags:
        """Where the verdict is another one: where it is settled now, other verdicts; else where one alone is left."""
        if self.present & (self.present - 1) == 0:
            return np.asarray(bits != self.present)
        return np.asarray((bits & (bits - 1)) == 0)

    @once
    def matters(self) -> bool:
        """Whether any outcome of the ledger changes the verdict."""
        parts = np.unique(self._are_enough(self.labels))
        return bool(self.changed(np.bitwise_or.reduce(self._verdicts[parts], axis=0)[[1, 2, 4]]).any())

    def _are_enough(self, labels: Number) -> Any:
        """Whether there are enough labelled examples, as a place among the verdicts."""
        return (np.asarray(labels) >= float(ceil(self.walk.policy.enough_labels))).astype(int)

    # The verdicts at many places

    @once
    def _verdicts(self) -> Bits:
        """The verdicts by the labelled examples, too few or enough, and the code of what the ledger says."""
        few = Span(Decimal(0), Decimal(ceil(self.walk.policy.enough_labels)) - 1)
        enough = Span(few.high + 1 if few.high is not None else Decimal(0), None)
        found = np.zeros((2, 8), dtype=np.int64)
        for part, labels in enumerate((few, enough)):
            facts = with_labels(self.facts, labels)
            reached = self.walk.whatever(facts)
            every = reached if len(reached) > 1 else reached * len(EVERY_OUTCOME)
            for code, bit in product(range(8), range(len(EVERY_OUTCOME))):
                found[part, code] |= every[bit] & VERDICTS if code >> bit & 1 else 0
        return found

    def seen(self, world: World, bases: Sequence[Base], silent: Flags | bool, cost: Pricing = cost) -> Seen:
        """The verdicts along the last axis of a world. ``silent``: where so few calls are not priced."""
        found = judged(world, self.figures, bases, cost, is_cheaper_asked=self.is_cheaper_asked)
        enough = self._are_enough(world.labelled)
        codes = found.code if silent is False else np.where(silent, NOT_BACK, found.code)
        bits = self._verdicts.ravel().take(enough * len(OF_CODE) + codes)
        every = np.bitwise_or.reduce(bits, axis=tuple(range(bits.ndim - 1)))
        return Seen(np.asarray(every), found.compared, silent)

    @once
    def is_cheaper_asked(self) -> bool:
        """Whether it makes a difference that a cheaper model costs less."""
        return bool((self._verdicts[:, BACK] != self._verdicts[:, CHEAPER]).any())

    def is_priced(self, key: str | None) -> bool:
        """Whether a low volume is priced, when ``key`` is stated too."""
        return {*self.walk.answers.assumptions, key} >= COST_KEYS

    def silent(self, calls: Floats | float) -> Flags | bool:
        return False if self.is_priced(None) else np.asarray(calls < float(self.walk.policy.low_volume))

    @once
    def calls(self) -> Floats:
        """The calls that there may be: the ends, and where they begin to be priced."""
        low, high = span_ends(self.facts.calls_per_month)
        ends = [float(low), MOST_CALLS if high is None else float(high)]
        limit = float(self.walk.policy.low_volume)
        return np.unique([*ends, *([limit] if ends[0] < limit < ends[1] else [])])

    @once
    def labels(self) -> Floats:
        """The labelled examples that there may be: the ends and kinks of those that are too few, and of the others."""
        limit = self.walk.policy.enough_labels
        parts = filter(None, cut(self.facts.labelled_examples, limit, whole=True))
        ends = [span_ends(part) for part in parts]
        closed = [(low, Decimal(MOST_LABELS) if high is None else high) for low, high in ends]
        return np.unique(np.concatenate([knots_of(self.figures, *end) for end in closed]))

    @once
    def usual_calls(self) -> Floats | float:
        """The calls that there may be, whatever own servers serve."""
        if self.is_point:
            return float(self.calls[0])
        return self.calls_of_servers(np.array([self.payback.steps.per_call]))

    @once
    def usual_labels(self) -> Floats | float:
        return float(self.labels[0]) if self.is_point else self.labels[:, None, None]

    @once
    def is_point(self) -> bool:
        return len(self.calls) == 1 and len(self.labels) == 1

    def calls_of_servers(self, needed: Floats) -> Floats:
        """The calls that there may be, with the places between them where own servers cost the most and the least.

        ``needed``: the servers that a call needs, for each of some worlds.
        """
        low, high = self.calls[0], self.calls[-1]
        with np.errstate(divide="ignore", invalid="ignore"):
            steps = beside(np.stack(steps_between(AT_ONCE, low * needed, high * needed)) / needed)
        steps = np.where((steps > low) & (steps < high), steps, low)
        ends = np.repeat(self.calls[:, None], len(needed), axis=1)
        return np.concatenate([ends, steps[(steps != low).any(axis=1)]])

    def exact_bits(self, key: str, value: Decimal) -> int:
        """The verdicts with another value, as the walk finds them."""
        if key in ASSUMPTIONS:
            answers = self.walk.answers.with_assumption(key, value)
            return self.bits_with(Walk(answers, self.walk.policy, self.walk.on), self.facts)
        span = Span(value, value)
        return self.bits_with(self.walk, with_answer(self.facts, key, span))

    def bits_with(self, walk: Walk, facts: Facts) -> int:
        """The verdicts where the same answers meet other figures, other calls or other labelled examples."""
        if len(facts.data_may_leave & {True, ANSWERS_ONLY}) > 1:
            return bits_of(walk.possible(facts))  # the ledger may say this on one path and that on another
        found = 0
        for labels, outcomes in walk.outcomes(facts):
            code = sum(1 << bit for bit, outcome in enumerate(EVERY_OUTCOME) if outcome in outcomes)
            found |= int(self._verdicts[int(self._are_enough(float(labels.low))), code])
        return found
