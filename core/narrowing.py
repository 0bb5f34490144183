"""Searches along many numbers at once: from a grid to neighbouring values, of which the second changes something."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core import lattice

Floats = NDArray[np.float64]
Changes = Callable[[Sequence[str], Sequence[Floats]], Any]
"""Whether there is a change with each number at each of its values, one number after the other."""

WAYS_IN = 161


class Search(NamedTuple):
    """Between the last value of a number that changes nothing and the first that does."""

    key: str
    up: bool
    last: float
    first: float


def searches(grids: Mapping[str, Floats], present: Mapping[str, float], changes: Changes) -> Iterator[Search]:
    """Where on its grid each number first changes something, below and above its present value, which is on it.

    ``first`` is nan where none does. A number that changes something where it is has no search: stating a default can
    be a change in itself.
    """
    keys, values = list(grids), list(grids.values())
    for key, grid, flags in zip(keys, values, split(changes(keys, values), values), strict=True):
        place = int(np.searchsorted(grid, present[key]))
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


def narrowed(found: Sequence[Search], changes: Changes) -> list[Search]:
    """The same searches, each until its two values are neighbours among those that can be named."""
    found = list(found)
    while found:
        keys, _, lasts, firsts = zip(*found, strict=True)
        between = lattice.between(keys, lasts, firsts, WAYS_IN)
        tried = {
            n: values if found[n].up else values[::-1] for n, values in enumerate(between) if len(values)
        }
        if not tried:
            break
        values = list(tried.values())
        every = split(changes([keys[n] for n in tried], values), values)
        for (n, inside), flags in zip(tried.items(), every, strict=True):
            met = [found[n].last, *inside.tolist(), found[n].first]
            at = int(np.argmax(flags)) + 1 if flags.any() else len(met) - 1
            found[n] = found[n]._replace(last=met[at - 1], first=met[at])
    return found


def split(rows: Any, values: Sequence[Floats]) -> list[Any]:
    """What belongs to each number."""
    return np.split(rows, np.cumsum([len(each) for each in values])[:-1])
