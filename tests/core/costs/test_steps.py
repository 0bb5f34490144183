"""Where a cost bends: a server more, the least fee of a run, the cache; all else asks the same function for each."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.case import read_case
from core.costs.arithmetic import QUICK
from core.costs.at_once import AT_ONCE
from core.costs.compare import Steps, steps_between
from core.costs.cost import cost
from core.costs.figures import Figures
from core.costs.lines import servers
from core.costs.ranges import around, knots_of
from core.costs.world import MOST_HITS, SATURATED
from tests.support.worked import DAY, POLICY

needs = st.one_of(st.integers(0, 40).map(float), st.floats(0, 40))


@given(needs, needs, st.integers(0, 5))
def test_the_steps_between_two_needs_are_the_whole_servers_that_are_all_in_use(
    one: float, other: float, fewest: int
) -> None:
    low, high = min(one, other), max(one, other)
    counted = [n for n in range(42) if low < n < high and n >= fewest]
    first, last = steps_between(QUICK, low, high, fewest)
    assert list(range(int(first), int(last) + 1)) == counted
    many = steps_between(AT_ONCE, np.array([low]), np.array([high]), fewest)
    assert [float(end[0]) for end in many] == [first, last]


@given(st.lists(st.floats(0, 1e9), min_size=1, max_size=9), st.floats(1e-7, 1e-3), st.integers(0, 4))
def test_both_sides_of_the_steps_next_to_every_volume_are_tried(
    volumes: list[float], per_call: float, fewest: int
) -> None:
    tried = np.sort(around(Steps(per_call, fewest), np.array(volumes)))
    inside = sorted(volumes)
    for low, high in pairwise(inside):
        first, last = steps_between(QUICK, low * per_call, high * per_call, fewest)
        for count in {first, last} if first <= last else ():
            sides = tried[np.abs(tried * per_call - count) <= 2e-11 * count]
            assert any(sides * per_call < count)
            assert any(sides * per_call > count)


@pytest.mark.parametrize("stated", [{}, {"min_replicas": 3}, {"utilisation": 0.1}])
def test_a_server_is_added_just_there(stated: dict[str, float]) -> None:
    figures = Figures(read_case({"assumptions": stated}), DAY, POLICY)
    steps = Steps.of(figures)

    def run(calls: float) -> float:
        return float(servers(figures.world(QUICK, calls, 0.0), tuned=True))

    counts = steps.between(1.0, 20 / steps.per_call)
    assert counts[0] == figures.fewest_replicas
    for count in counts:
        at = count / steps.per_call
        assert (run(at * (1 - 1e-9)), run(at * (1 + 1e-9))) == (count, count + 1)
    assert run(counts[0] / steps.per_call / 2) == counts[0]


def test_a_run_bends_where_its_tokens_come_to_the_least_fee() -> None:
    """Below it a run costs the fee whatever the examples; above it they are paid for by the token."""
    stated = {"minimum_training_fee": 40, "train_price": 10, "epochs": 3, "tokens_per_example": 1000}
    figures = Figures(read_case({"assumptions": {**stated, "labels_to_buy": 0}}), DAY, POLICY)
    knots = knots_of(figures, Decimal(0), Decimal(6000))
    assert 1333 in knots  # 1,333 x 3,000 tokens are 4M, at $10 per 1M
    (base, *_) = figures.float_bases

    def once(examples: float) -> float:
        return float(cost(figures.world(QUICK, 0.0, examples), "hosted", base).once)

    assert once(600) == pytest.approx(once(1333))
    assert once(1433) - once(1333) == pytest.approx(5 * 100 * 3000 * 10 / 1e6, rel=0.01)


def test_from_there_on_the_hit_rate_no_longer_grows() -> None:
    figures = Figures(read_case({}), DAY, POLICY)

    def hits(calls: float) -> float:
        return float(figures.world(QUICK, calls, 0.0).hits)

    assert hits(SATURATED * 0.999) < float(MOST_HITS) == hits(SATURATED * 1.001)


@pytest.mark.parametrize(("share", "why_not"), [("0.512", None), ("0.51", "has 1,020 tokens")])
def test_a_prompt_that_the_ledger_does_not_cache_is_told_to_be_too_short(
    share: str, why_not: str | None
) -> None:
    """2,000 tokens, cached from 1,024 on."""
    figures = Figures(read_case({"assumptions": {"fixed_share": Decimal(share)}}), DAY, POLICY)
    world = figures.exact(Decimal(1_000_000))
    is_cheaper = cost(world, "prompt_cached").month < cost(world, "prompt").month
    found = figures.why_not_cached("")
    assert is_cheaper == (found is None) == (why_not is None)
    assert (why_not or "") in (found or "")
