"""The named kinks: values of an assumption at which a cost jumps. Where one only bends, no verdict turns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from core.costs.arithmetic import QUICK
from core.costs.at_once import AT_ONCE, INVERSE, MOVES_SERVERS, Floats, Stating
from core.costs.compare import steps_between
from core.costs.figures import Figures
from core.costs.lines import servers_per_call
from core.costs.world import World
from core.facts import ASSUMPTIONS
from core.prices.calling import tier_starts

Places = NDArray[np.int64]

UNTOUCHED = frozenset(
    {
        "prompt_hours",
        "gpus_per_replica",
        "tuned_price_cached",
        "tuned_quality",
        "value_per_correct",
        "cost_per_error",
    }
)
"""Numbers that node 5 of the tree does not look at; with more GPUs a replica, its throughput is another one."""
DEPENDED_ON = tuple(
    key for key, assumption in ASSUMPTIONS.items() if assumption.is_number and key not in UNTOUCHED
)
"""The assumptions that node 5 can depend on."""


def jumps_along(grids: Mapping[str, Floats], figures: Figures, calls: Floats) -> dict[str, Floats]:
    """Where the cache, a tier or one more server begins, for each number where one does."""
    found = _steps_along(grids, figures, calls)
    for key in ("prompt_tokens", "fixed_share"):
        jumps = list(_lengths(key, figures)) if key in grids else []
        if jumps:
            found[key] = np.concatenate([jumps, found.get(key, ())])
    return found


def _lengths(key: str, figures: Figures) -> Iterator[float]:
    """Where the cache and each tier begin."""
    if figures.data_may_leave:
        world = World(QUICK, {**figures.floats, key: 1.0}, 0.0, 0.0)
        for who in ("", "cheaper_") if figures.has_cheaper else ("",):
            if world.fixed:
                yield world.shortest_cached(who) / world.fixed
    if key == "prompt_tokens":
        yield from map(float, tier_starts(figures.model, on=figures.on))


def _steps_along(grids: Mapping[str, Floats], figures: Figures, calls: Floats) -> dict[str, Floats]:
    """Where a server is added, for each number that servers follow: the first and the last step in each gap."""
    followed = {
        key: grid[grid > 0] if key in INVERSE else grid for key, grid in grids.items() if key in MOVES_SERVERS
    }
    if not figures.floats["gpu_per_hour"] or not followed:
        return {}
    tried = list(followed.values())
    world = Stating(AT_ONCE, figures.floats, 0.0, 0.0, keys=list(followed), values=tried)
    axis = np.concatenate([1 / grid if key in INVERSE else grid for key, grid in followed.items()])
    per_call = np.broadcast_to(servers_per_call(world, tuned=True), axis.shape)
    owner = np.repeat(np.arange(len(tried)), [len(grid) for grid in tried])
    fewest = float(figures.fewest_replicas)
    steps = [_steps(axis, volume * per_call, owner, fewest) for volume in calls]
    owners, places = (np.concatenate(found) for found in zip(*steps, strict=True))
    found = {key: places[owners == place] for place, key in enumerate(followed)}
    return {key: 1 / places if key in INVERSE else places for key, places in found.items()}


def _steps(axis: Floats, needed: Floats, owner: Places, fewest: float) -> tuple[Places, Floats]:
    """The places on axes where the servers needed, in straight lines between points, are a whole number.

    ``owner``: which axis each point is on. Beside each place stands its own.
    """
    one, other = needed[:-1], needed[1:]
    low, high = np.minimum(one, other), np.maximum(one, other)
    first, last = steps_between(AT_ONCE, low, high, fewest)
    gaps = np.nonzero((first <= last) & (owner[:-1] == owner[1:]))[0]
    counts, gaps = np.concatenate([first[gaps], last[gaps]]), np.tile(gaps, 2)
    share = (counts - one[gaps]) / (other[gaps] - one[gaps])
    return owner[gaps], axis[gaps] + (axis[gaps + 1] - axis[gaps]) * share
