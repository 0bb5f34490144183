"""Searches along many numbers at once: from a grid to neighbouring values, of which the second changes something."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core import lattice

Floats = NDArray[np.float64]
WAYS_IN, WAYS_FURTHER_IN = 161, 1288
"""Values that are tried between two, of many numbers at first, and then of the few that are left."""


class Tried(NamedTuple):
    """What there is at each value of a number.

    ``changes``: whether it changes something. ``bits``: the verdicts possible. ``close``: whether floats cannot say it.
    """

    changes: Any
    bits: Any
    close: Any


NOTHING = Tried(np.empty(0), np.empty(0), np.empty(0))
Tries = Callable[[Sequence[str], Sequence[Floats]], Sequence[Tried]]
"""What there is with each number at each of its values."""


class Search(NamedTuple):
    """Between the last value of a number that changes nothing and the first that does."""

    key: str
    up: bool
    last: float
    first: float


class Found(NamedTuple):
    """The end of a search: two neighbours, what was found with the first that changes something, and how surely.

    ``bits``: the verdicts that are possible then. ``close``: whether floats cannot say it of one of the two.
    """

    key: str
    up: bool
    last: float
    first: float
    bits: int
    close: bool


def searches(
    grids: Mapping[str, Floats], present: Mapping[str, Decimal], tried: Sequence[Tried]
) -> Iterator[Search]:
    """Where on its grid each number first changes something, below and above its present value, which is on it.

    ``first`` is nan where none does. A number that changes something where it is has no search: stating a default can
    be a change in itself.
    """
    for (key, grid), (flags, *_) in zip(grids.items(), tried, strict=True):
        place = int(np.searchsorted(grid, float(present[key])))
        if flags[place]:
            continue
        for up in (False, True):
            way, met = (
                (flags[place:], grid[place:]) if up else (flags[: place + 1][::-1], grid[: place + 1][::-1])
            )
            at = int(np.argmax(way))
            yield (
                Search(key, up, float(met[at - 1]), float(met[at]))
                if way[at]
                else Search(key, up, np.nan, np.nan)
            )


def narrowed(found: Sequence[Search], tried: Tries) -> list[Found]:
    """Each search until its two values are neighbours among those that can be named."""
    done: list[Found] = []
    left: list[tuple[Search | Found, Floats]] = list(zip(found, _between(found, WAYS_IN), strict=True))
    while left:
        values = [np.concatenate([[one.last], inside, [one.first]]) for one, inside in left]
        seen = tried([one.key for one, _ in left], values)
        nearer = []
        for (one, _), met, (flags, bits, close) in zip(left, values, seen, strict=True):
            at = int(np.argmax(flags[1:-1])) + 1 if flags[1:-1].any() else len(met) - 1
            now = (float(met[at - 1]), float(met[at]))
            nearer.append(Found(one.key, one.up, *now, int(bits[at]), bool(close[at - 1] or close[at])))
        between = _between(nearer, WAYS_FURTHER_IN)
        done += [one for one, inside in zip(nearer, between, strict=True) if not len(inside)]
        left = [(one, inside) for one, inside in zip(nearer, between, strict=True) if len(inside)]
    return done


def _between(found: Sequence[Search | Found], most: int) -> list[Floats]:
    """Values between the two of each search, in the order in which they are met."""
    if not found:
        return []
    keys, ups, lasts, firsts, *_ = zip(*found, strict=True)
    between = lattice.between(keys, lasts, firsts, most)
    return [values if up else values[::-1] for up, values in zip(ups, between, strict=True)]
