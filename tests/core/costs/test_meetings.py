"""Where any two options change places, held against their exact months on both sides."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.answers import Answers
from core.case import read_case
from core.costs.cost import cost
from core.costs.crossing import Meetings
from core.costs.estimate import estimate
from core.costs.ledger import Estimate
from core.costs.lines import ON_SERVERS, OPTIONS
from tests.support.cases import known_cases
from tests.support.examples import examples
from tests.support.worked import DAY, POLICY

D = Decimal
HALVED = 90


def made(case: dict[str, Any] | Answers) -> Estimate:
    answers = read_case(case) if isinstance(case, dict) else case
    return estimate(answers, on=DAY, policy=POLICY)


def saved_by(ledger: Estimate, one: str, other: str) -> Callable[[D], D]:
    """What the second of two options saves a month beside the first at a volume, in decimals."""
    base = ledger.volumes[-1].base

    def month(name: str, calls: D) -> D:
        tuned = base.exact if name == "hosted" and base is not None else None
        return D(cost(ledger.figures.exact(calls), name, tuned).month)

    return lambda calls: month(one, calls) - month(other, calls)


def bisected(saved: Callable[[D], D], low: D, high: D) -> D:
    """Where the sign of what is saved changes, between two volumes where it differs."""
    is_saved = saved(high) > 0
    assert is_saved != (saved(low) > 0)
    for _ in range(HALVED):
        middle = (low + high) / 2
        low, high = (low, middle) if (saved(middle) > 0) == is_saved else (middle, high)
    return high


STATED: dict[str, st.SearchStrategy[Any]] = {
    "model": st.sampled_from(
        ["openai:gpt-6.1-terra", "anthropic:claude-opus-5-5", "google:gemini-3.5-flash"]
    ),
    "batch_share": st.sampled_from([0.3, 1]),
    "retry_rate": st.sampled_from([0.02, 0.5]),
    "retrain_hours": st.integers(0, 60),
    "prompt_tokens": st.integers(200, 20_000),
    "fixed_share": st.sampled_from([0, 0.5, 0.99]),
    "cache_hit_rate": st.sampled_from([0.2, 0.95]),
    "min_replicas": st.integers(1, 3),
    "cheaper_price_in": st.floats(0.01, 3).map(lambda price: round(price, 3)),
    "decode_tokens_per_second": st.integers(50, 20_000),
}
cases = st.tuples(known_cases(), st.fixed_dictionaries({}, optional=STATED)).map(
    lambda both: both[0] | {"assumptions": both[0].get("assumptions", {}) | both[1]}
)


@pytest.mark.parametrize(
    ("assumed", "calls", "one", "calls_alike"),
    [
        ({}, 80_000, "cheaper_model", 3_625_677),
        ({"batch_share": 0.5}, 1_000_000, "prompt", 197_720),
        ({"batch_share": 0.5}, 1_000_000, "prompt_cached", 387_508),
        ({"batch_share": 0.5}, 1_000_000, "cheaper_model", 4_834_236),
    ],
)
def test_two_options_cost_the_same_where_the_ledger_says_so(
    assumed: dict[str, float], calls: int, one: str, calls_alike: int
) -> None:
    """Batches, training anew and the hit rate that grows with the calls are all in it: the first whole call above."""
    ledger = made({"calls_per_month": calls, "assumptions": assumed})
    for names in ((one, "hosted"), ("hosted", one)):
        met = ledger.meetings(*names)
        (place,) = met.places
        assert (met.at_first, place.cheaper, place.jumps) == (one, "hosted", False)
        assert place.calls < calls_alike < place.calls + 1

    def dearer(volume: int) -> bool:
        there = estimate(
            read_case({"calls_per_month": calls, "assumptions": assumed}),
            on=DAY,
            policy=POLICY,
            calls=D(volume),
        )
        months = {option.option: option.month.amount for option in there.options}
        return months["hosted"] > months[one]

    assert dearer(calls_alike - 1)
    assert not dearer(calls_alike)


def holds(ledger: Estimate, one: str, other: str, met: Meetings, volume: D) -> None:
    """At this volume the option costs less that the places below it say."""
    saved = saved_by(ledger, one, other)
    below = [place for place in met.places if place.calls <= volume]
    cheaper = below[-1].cheaper if below else met.at_first
    amount = saved(volume) if cheaper == other else -saved(volume)
    if cheaper is None:
        amount = -abs(amount)
    total = sum(abs(cost_of) for cost_of in (saved(volume), saved(D(0)))) + D(1)
    assert amount >= -total * D("1e-9"), (one, other, volume, met)


@examples(40, 200)
@given(cases, st.lists(st.floats(0, 11).map(lambda x: D(repr(10**x))), min_size=6, max_size=6))
def test_at_every_volume_the_option_costs_less_that_is_said_to(
    case: dict[str, Any], volumes: list[D]
) -> None:
    ledger = made(case)
    names = [option.option for option in ledger.volumes[-1].options]
    for one, other in combinations(names, 2):
        met = ledger.meetings(one, other)
        on_servers = {one, other} & set(ON_SERVERS)
        for volume in volumes:
            # Between two volumes of the grid servers may come and go; from the last place on nothing does.
            if not on_servers or not met.places or volume > met.places[-1].calls * D("1.000001"):
                holds(ledger, one, other, met, volume)


@examples(40, 200)
@given(cases)
def test_bisection_finds_the_same_place(case: dict[str, Any]) -> None:
    ledger = made(case)
    names = [option.option for option in ledger.volumes[-1].options]
    tried = 0
    for one, other in combinations(names, 2):
        places = ledger.meetings(one, other).places
        for place in places:
            others = [p.calls for p in places if p is not place]
            low, high = place.calls * D("0.9995"), place.calls * D("1.0005")
            is_alone = not any(low <= calls <= high for calls in others)
            if not is_alone or place.jumps or place.calls < 1 or {one, other} & set(ON_SERVERS):
                continue
            saved = saved_by(ledger, one, other)
            found = bisected(saved, low, high)
            # Where two months part slowly, floats find the place less sharply than dollars.
            assert abs(found - place.calls) <= max(D("1e-6"), found * D("1e-9")) or abs(
                saved(place.calls)
            ) < D("1e-8")
            tried += 1
    assume(tried)


def test_what_costs_the_same_everywhere_and_what_does_so_nowhere() -> None:
    alike = {
        "cheaper_price_in": 3,
        "cheaper_price_out": 9,
        "price_in": 3,
        "price_out": 9,
        "cache_hit_rate": 0,
    }
    ledger = made({"calls_per_month": 50_000, "assumptions": alike})
    assert ledger.meetings("prompt", "cheaper_model") == Meetings(None, ())
    usual = made({"calls_per_month": 50_000})
    assert usual.meetings("prompt", "cheaper_model") == Meetings("cheaper_model", ())
    assert usual.meetings("cheaper_model", "prompt").at_last == "cheaper_model"


def test_where_servers_are_added_two_options_change_places_again_and_again() -> None:
    """The shorter prompt of a tuned model needs a second server later, and both need two at 21.9M calls."""
    ledger = made({"calls_per_month": 1_000_000, "data_may_leave": False})
    met = ledger.meetings("self_hosted", "self_hosted_prompted")
    assert [(round(p.calls), p.cheaper, p.jumps) for p in met.places] == [
        (12_514_286, "self_hosted", True),
        (21_900_000, "self_hosted_prompted", True),
        (25_028_571, "self_hosted", True),
    ]
    saved = saved_by(ledger, "self_hosted_prompted", "self_hosted")
    for place in met.places:
        sides = [saved(place.calls * (1 + side)) for side in (D("-1e-9"), D("1e-9"))]
        assert sides[0] * sides[1] < 0
        assert (sides[1] > 0) == (place.cheaper == "self_hosted")


def test_every_pair_of_options_can_be_asked() -> None:
    for leaves in (True, False):
        ledger = made({"calls_per_month": 1_000_000, "data_may_leave": leaves})
        there = [name for name in OPTIONS if ledger.option(name) is not None]
        for one, other in combinations(there, 2):
            assert ledger.meetings(one, other).at_last == ledger.meetings(other, one).at_last
