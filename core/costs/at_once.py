"""Many worlds at once: the arithmetic of arrays, and worlds in which one figure after the other is stated anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.costs.lines import HAIR, Arithmetic, Number, Tiers, World

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def _tier(tokens: Number, tiers: Tiers) -> Number:
    return np.asarray(tiers.prices)[np.searchsorted(tiers.starts, tokens)]


AT_ONCE = Arithmetic(
    number=float,
    most=np.maximum,
    least=np.minimum,
    whole=lambda x: np.ceil(x * (1 - HAIR)),
    saturating=lambda x: -np.expm1(-x),
    where=np.where,
    reaches=lambda x, least: np.asarray(x) >= least * (1 - HAIR),
    is_nothing=lambda x: not np.any(x),
    infinity=np.inf,
    tier=_tier,
)


@dataclass
class Stating(World):
    """Worlds in a row, in each of which one figure is stated anew: the first of ``keys`` in as many as it has values.

    The rows are the first axis of every array.
    """

    keys: Sequence[str] = ()
    values: Sequence[Floats] = ()
    _places: dict[str, tuple[slice, Floats]] = field(default_factory=dict)
    _axes: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        start = 0
        for key, values in zip(self.keys, self.values, strict=True):
            self._places[key] = slice(start, start + len(values)), values
            start += len(values)
        dimensions = max(np.ndim(self.calls), np.ndim(self.labelled), 1)
        self._axes = (start, *([1] * (dimensions - 1)))

    def stating(self, key: str, value: Number) -> Number:
        if key not in self._places:
            return value
        where, values = self._places[key]
        shape = np.broadcast_shapes(np.shape(value), self._axes)
        stated: Any = np.array(np.broadcast_to(0.0 if value is None else value, shape))
        stated[where] = values.reshape(-1, *self._axes[1:])
        return stated
