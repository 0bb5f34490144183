"""Where the verdict turns along each assumption: all are tried at once, those together that the same options pay for.

See :mod:`core.turns`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np

from core import lattice
from core.costs.at_once import AT_ONCE, ON_SERVERS, Flags, Floats, Stating, looked_at
from core.costs.cost import Cost, cost
from core.costs.figures import Figures
from core.costs.kinks import DEPENDED_ON, kinks_along, steps_along
from core.costs.lines import Base, World, servers_per_call
from core.facts import ASSUMPTIONS
from core.narrowing import NOTHING, Tried, narrowed, searches
from core.turns import Bits, Turn, Turns

A_FEW = 4000
"""So few worlds are worked out in one go."""


@dataclass(frozen=True)
class AssumptionTurns:
    """The turns of the assumptions of one walk."""

    turns: Turns

    def found(self, present: Mapping[str, Decimal]) -> dict[tuple[str, bool], Turn | None]:
        """The turn of each assumption, below and above its present value; those are left out that are not looked at."""
        looked_at = (key for key in DEPENDED_ON if key in present and self._is_looked_at(key, present[key]))
        here = {key: present[key] for key in looked_at}
        grids = self._grids(here)
        every = list(searches(grids, here, self._stating(list(grids), list(grids.values()))))
        turns: dict[tuple[str, bool], Turn | None] = {(one.key, one.up): None for one in every}
        for one in narrowed([one for one in every if one.first == one.first], self._surely):
            now = present[one.key]
            last = now if one.last == float(now) else lattice.exact(one.key, one.last)
            turn = Turn(last, lattice.exact(one.key, one.first), one.bits)
            turns[one.key, one.up] = (
                self.turns.exactly(one.key, turn, self.turns.changed, up=one.up) if one.close else turn
            )
        return turns

    def _surely(self, keys: Sequence[str], values: Sequence[Floats]) -> list[Tried]:
        return self._stating(keys, values, surely=True)

    def _grids(self, present: Mapping[str, Decimal]) -> dict[str, Floats]:
        """The values of each that are tried first, the present one among them, from the least on."""
        figures, calls = self.turns.figures, self.turns.calls
        steps = steps_along({key: lattice.grid(key) for key in present}, figures, calls)
        kinks = [kinks_along(key, figures, calls, self.turns.labels) for key in present]
        bends = [
            np.concatenate([each, steps[key]]) if key in steps else each
            for key, each in zip(present, kinks, strict=True)
        ]
        beside = lattice.beside(list(present), bends)
        return {
            key: _with_more(key, float(present[key]), more) for key, more in zip(present, beside, strict=True)
        }

    def _is_looked_at(self, key: str, value: Decimal) -> bool:
        is_priced = self.turns.calls[-1] >= float(self.turns.walk.policy.low_volume) or self.turns.is_priced(
            key
        )
        return is_priced and ASSUMPTIONS[key].spans(value)

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

    @cached_property
    def _bases_stating(self) -> dict[str, tuple[Base, ...]]:
        return {}

    def _stating(self, keys: Sequence[str], values: Sequence[Floats], *, surely: bool = False) -> list[Tried]:
        """What there is with each assumption at each of its values; ``surely``: and whether that is a close call."""
        are_many = sum(map(len, values)) > A_FEW
        alike: dict[Any, list[int]] = {}
        for place, key in enumerate(keys):
            payers, bases = self._payers(key) if are_many else None, self._bases(key)
            alike.setdefault((payers, "" if bases is self.turns.figures.float_bases else key), []).append(
                place
            )
        found: list[Tried] = [NOTHING] * len(keys)
        for places in alike.values():
            tried = [values[n] for n in places]
            ends = np.cumsum([len(each) for each in tried]).tolist()
            close = np.zeros(ends[-1], dtype=bool)
            bits = self._of_alike([keys[n] for n in places], tried, close if surely else None)
            bits = np.broadcast_to(bits, close.shape)
            flags = self.turns.changed(bits)
            for n, start, end in zip(places, [0, *ends], ends, strict=False):
                found[n] = Tried(flags[start:end], bits[start:end], close[start:end])
        return found

    def _payers(self, key: str) -> frozenset[str]:
        """The kinds of options whose cost an assumption is part of; and whether own servers follow it."""
        kinds = (kind for kind, looked_at in self._looked_at.items() if key in looked_at)
        return frozenset([*kinds, *(["calls"] if key in ON_SERVERS and not self.turns.is_point else [])])

    @cached_property
    def _looked_at(self) -> Mapping[str, frozenset[str]]:
        """By the kind of option, the figures that its costs look at."""
        nothing, cheaper = frozenset[str](), ["cheaper_model"] if self.turns.is_cheaper_asked else []
        return {
            "prompted": nothing.union(*map(self._figures_of, (*self.turns.figures.baselines, *cheaper))),
            "hosted": nothing.union(
                *(self._figures_of("hosted", base) for base in self.turns.figures.float_bases)
            ),
            "self_hosted": self._figures_of("self_hosted"),
        }

    def _figures_of(self, option: str, base: Base | None = None) -> frozenset[str]:
        if (option, id(base)) not in self._noted:
            self._noted[option, id(base)] = looked_at(self.turns.figures.floats, option, base)
        return self._noted[option, id(base)]

    @cached_property
    def _noted(self) -> dict[tuple[str, int], frozenset[str]]:
        return {}

    def _cost(self, w: World, option: str, base: Base | None = None) -> Cost:
        """What an option costs: worked out once where it looks at none of the assumptions that are stated anew."""
        if not isinstance(w, Stating) or w.calls is not self.turns.usual_calls:
            return cost(w, option, base)
        if not self._figures_of(option, base).isdisjoint(w.keys):
            return cost(w, option, base)
        if (option, id(base)) not in self._usual_costs:
            self._usual_costs[option, id(base)] = cost(w, option, base)
        return self._usual_costs[option, id(base)]

    @cached_property
    def _usual_costs(self) -> dict[tuple[str, int], Cost]:
        return {}

    def _of_alike(self, keys: Sequence[str], values: Sequence[Floats], close: Flags | None) -> Bits:
        """The verdicts where the same bases can be tuned: with each assumption at each of its values in turn."""
        floats, calls = self.turns.figures.floats, self.turns.usual_calls
        if not self.turns.facts.calls_per_month.is_point and not ON_SERVERS.isdisjoint(keys):
            rows = sum(len(each) for each in values)
            flat = Stating(AT_ONCE, floats, 0.0, 0.0, keys=keys, values=values)
            needed = np.broadcast_to(servers_per_call(flat, tuned=True), (rows,))
            calls = self.turns.calls_of_servers(needed, rows)
        world = Stating(AT_ONCE, floats, calls, self.turns.usual_labels, keys=keys, values=values)
        silent = self.turns.silent(calls)
        if not isinstance(silent, bool) and silent.any():
            would_do = np.repeat([self.turns.is_priced(key) for key in keys], [len(each) for each in values])
            silent = silent & ~would_do.reshape(-1, *[1] * (np.ndim(calls) - 1))
        return self.turns.bits(world, self._bases(keys[0]), silent, close, self._cost)


def _with_more(key: str, now: float, more: Floats) -> Floats:
    """The grid of a number with some more of its values and the present one."""
    fact, tried = ASSUMPTIONS[key], lattice.grid(key)
    if len(more):
        tried = np.unique(np.concatenate([tried, more]))
        low, high = float(max(fact.low, Decimal(0))), float(fact.high)
        tried = tried[(tried > low if fact.above_low else tried >= low) & (tried <= high)]
    place = int(np.searchsorted(tried, now))
    is_there = place < len(tried) and tried[place] == now
    return tried if is_there else np.concatenate([tried[:place], [now], tried[place:]])
