"""The named kinks: values of an assumption at which a cost bends or jumps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from core.costs.arithmetic import QUICK
from core.costs.at_once import AT_ONCE, INVERSE, MOVES_SERVERS, Floats, Stating
from core.costs.figures import Figures
from core.costs.lines import servers_per_call
from core.costs.world import FEWEST_EXAMPLES, MILLION, MOST_EXAMPLES
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
OF_A_RUN = (
    "training_examples",
    "tokens_per_example",
    "epochs",
    "prompt_tokens",
    "fixed_share",
    "output_tokens",
)


def kinks_along(key: str, figures: Figures, calls: Floats, labels: Floats) -> Floats:
    """Where the cache begins, tiers, the least fee of a run, the horizon, and the servers that run anyhow."""
    return np.array([float(kink) for kink in _kinks(key, figures, calls, labels)])


def _kinks(key: str, figures: Figures, calls: Floats, labels: Floats) -> Iterator[float]:
    world = figures.world(QUICK, float(calls[0]), float(labels[0]))
    tokens, share = world.of("prompt_tokens"), world.of("fixed_share")
    if key in ("prompt_tokens", "fixed_share") and figures.data_may_leave:
        other = share if key == "prompt_tokens" else tokens
        for who in ("", "cheaper_") if figures.has_cheaper else ("",):
            if other:
                yield figures.floats[f"{who}shortest_cached"] / other
    if key == "prompt_tokens":
        yield from map(float, tier_starts(figures.model, on=figures.on))
    if key in (*OF_A_RUN, "train_price", "minimum_training_fee"):
        yield from _fee_kinks(key, figures, labels)
    match key:
        case "training_examples":
            yield from (float(FEWEST_EXAMPLES), float(MOST_EXAMPLES), *map(float, labels))
        case "horizon_months":
            yield from (base.life_months / 2 for base in figures.float_bases)
        case "base_life_months":
            yield from (0.0, 2 * float(figures.horizon))
        case "min_replicas":
            yield from (float(np.ceil(volume * servers_per_call(world, tuned=True))) for volume in calls)


def _fee_kinks(key: str, figures: Figures, labels: Floats) -> Iterator[float]:
    """Where a training run begins to cost more than the least that is billed for one."""
    for labelled in labels:
        world = figures.world(QUICK, 0.0, float(labelled))
        run = world.tokens_a_run
        for base in figures.float_bases:
            price, fee = base.listed["train_price"], base.listed["minimum_training_fee"]
            if key == "minimum_training_fee" and price:
                yield run * price / MILLION
            elif key == "train_price" and run:
                yield (fee or 0.0) * MILLION / run
            elif price and fee and run:
                times = fee * MILLION / (price * run)
                if key in ("training_examples", "tokens_per_example", "epochs"):
                    now = {
                        "training_examples": world.examples,
                        "tokens_per_example": world.tokens_per_example,
                    }
                    yield times * now.get(key, world.of("epochs"))


def steps_along(grids: Mapping[str, Floats], figures: Figures, calls: Floats) -> dict[str, Floats]:
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
    counts = np.stack([np.floor(low) + 1, np.ceil(high) - 1])
    within = (counts > low) & (counts < high) & (counts >= fewest) & (owner[:-1] == owner[1:])
    gaps = np.nonzero(within)[1]
    share = (counts[within] - one[gaps]) / (other[gaps] - one[gaps])
    return owner[gaps], axis[gaps] + (axis[gaps + 1] - axis[gaps]) * share
