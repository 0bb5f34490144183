"""Many worlds at once: the arithmetic of arrays, and worlds in which one figure after the other is stated anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from math import prod
from operator import add
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.costs.arithmetic import HAIR, QUICK, Arithmetic, Number, Tiers
from core.costs.cost import cost
from core.costs.lines import Base
from core.costs.sources import RATIO
from core.costs.world import Prices, World

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

INVERSE = frozenset({"decode_tokens_per_second", "utilisation", "hours_per_month"})
MOVES_SERVERS = INVERSE | {
    *("prompt_tokens", "fixed_share", "output_tokens", "tuned_fixed_tokens", "tuned_output_tokens"),
    *("prefill_weight", "peak_factor"),
}
"""What the number of own servers follows; for the inverse ones, what one divided by it."""


def _is_one(value: Number) -> bool:
    """Whether it is the same everywhere: numpy is slow with single numbers."""
    return not isinstance(value, np.ndarray)


def each_once(values: Floats) -> Floats:
    """The values in their order, each once; there is one at least."""
    found = np.sort(values)
    is_new = np.empty(len(found), dtype=bool)
    is_new[0] = True
    np.not_equal(found[1:], found[:-1], out=is_new[1:])
    return found[is_new]


def _tier(tokens: Number, tiers: Tiers) -> Number:
    if _is_one(tokens):
        return tiers.at(tokens)
    return np.asarray(tiers.prices)[np.searchsorted(tiers.starts, tokens)]


def _total(amounts: list[Number]) -> Number:
    """The sum: first of what has the same shape, so that few sums are over all places."""
    single, by_shape = 0.0, dict[tuple[int, ...], list[Number]]()
    for amount in amounts:
        if _is_one(amount):
            single += amount
        else:
            by_shape.setdefault(amount.shape, []).append(amount)
    return reduce(add, (_sum(by_shape[shape]) for shape in sorted(by_shape, key=prod)), single)


def _sum(amounts: list[Number]) -> Number:
    """The sum of amounts of one shape, in one new array."""
    if len(amounts) == 1:
        return amounts[0]
    found = amounts[0] + amounts[1]
    for amount in amounts[2:]:
        found += amount
    return found


def _where(condition: Any, one: Number, other: Number) -> Number:
    """One where the condition holds, else the other; a single number where both are the same."""
    if _is_one(condition):
        return one if condition else other
    return one if _is_one(one) and _is_one(other) and one == other else np.where(condition, one, other)


AT_ONCE = Arithmetic(
    number=float,
    most=lambda one, other: max(one, other) if _is_one(one) and _is_one(other) else np.maximum(one, other),
    least=lambda one, other: min(one, other) if _is_one(one) and _is_one(other) else np.minimum(one, other),
    whole=lambda x: np.ceil(x * (1 - HAIR)),
    saturating=lambda x: -np.expm1(-x),
    where=_where,
    reaches=lambda x, least: x >= least * (1 - HAIR),
    is_nothing=lambda x: not x if _is_one(x) else not x.any(),
    infinity=np.inf,
    total=_total,
    tier=_tier,
)


@dataclass
class Stating(World):
    """Worlds in a row, in each of which one figure is stated anew: the first of ``keys`` in as many as it has values.

    The calls and the labelled examples are figures like others here, by the keys of their answers.
    They are the last axis of every array: numpy is fast along the last.
    """

    keys: Sequence[str] = ()
    values: Sequence[Floats] = ()
    _places: dict[str, list[tuple[slice, Floats]]] = field(default_factory=dict)
    _count: int = 0

    def __post_init__(self) -> None:
        start = 0
        for key, values in zip(self.keys, self.values, strict=True):
            self._places.setdefault(key, []).append((slice(start, start + len(values)), values))
            start += len(values)
        self._count = start
        known = {key: self.known.get(key) for key in self._places}
        self.known = {**self.known, **{k: self._with(k, v) for k, v in known.items() if isinstance(v, float)}}
        self._scales = {who for who in ("", "cheaper_", "tuned_") if f"{who}price_in" in self._places}
        self.calls = self._with("calls_per_month", self.calls)
        self.labelled = self._with("labelled_examples", self.labelled)

    def of(self, key: str, default: Callable[[], Number] | None = None) -> Number:
        found = self.known.get(key)
        if found is not None:
            return found
        found = None if default is None else default()
        return self._with(key, found)

    def price(self, key: str, tokens: Number, listed: Prices | None = None) -> Number | None:
        """A price; where that of prompt tokens is stated anew and this one by nobody, it is scaled with it."""
        value = super().price(key, tokens, listed)
        if value is None or value is not self.known.get(key):
            value = self._with(key, value)
        who = key.partition("price_")[0] if self._scales else None
        if who not in self._scales or value is None:
            return value
        ratio = self.known.get(RATIO.format(key), (listed or {}).get(RATIO.format(key)))
        if ratio is None:
            return value
        shape = np.broadcast_shapes(np.shape(value), (self._count,))
        shares = np.broadcast_to(self.m.tier(tokens, ratio) if isinstance(ratio, Tiers) else ratio, shape)
        found: Any = np.array(np.broadcast_to(value, shape))
        for where, values in self._places[f"{who}price_in"]:
            found[..., where] = shares[..., where] * values
        return found

    def _with(self, key: str, value: Number) -> Number:
        """A figure as it is where nobody states it anew, and as it is stated elsewhere."""
        if key not in self._places:
            return value
        shape = (self._count,)
        if value is not None and not _is_one(value):
            shape = np.broadcast_shapes(value.shape, shape)
        stated: Any = np.empty(shape)
        stated[...] = 0.0 if value is None else value
        for where, values in self._places[key]:
            stated[..., where] = values
        return stated


@dataclass
class _Noting(World):
    """Notes which figures a line looks at."""

    looked_at: set[str] = field(default_factory=set)

    def of(self, key: str, default: Callable[[], Number] | None = None) -> Number:
        self.looked_at.add(key)
        return super().of(key, default)

    def price(self, key: str, tokens: Number, listed: Prices | None = None) -> Number | None:
        self.looked_at.add(key)
        return super().price(key, tokens, listed)


def looked_at(known: Prices, option: str, base: Base | None = None) -> frozenset[str]:
    """The figures that the cost of an option looks at."""
    noting = _Noting(QUICK, known, 1.0, 1.0)
    cost(noting, option, base)
    return frozenset(noting.looked_at)
