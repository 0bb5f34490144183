"""Bands: what a month may be, how likely an option is to pay back, and what both depend on most."""

from __future__ import annotations

import json
import math
import os
import random
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from core.answers import Between
from core.case import read_case
from core.costs.drawing import Drawn, every_step
from core.costs.drawing import drawn as draw
from core.costs.estimate import estimate
from core.costs.ledger import Estimate
from core.costs.shown import Shown
from core.costs.spreads import Spread, price_decline_on, spreads, spreads_on
from core.costs.world import MOST_HITS
from core.costs.worlds import Worlds
from core.facts import ASSUMPTIONS
from core.told import told_ledger
from tests.support.worked import DAY, POLICY, option, priced

D = Decimal
SPREADS = spreads_on(DAY)


def ledger(case: Mapping[str, Any]) -> Estimate:
    return estimate(read_case(case), on=DAY, policy=POLICY)


CASES: dict[str, dict[str, Any]] = {
    "nothing but a volume": {"calls_per_month": 300_000},
    "a range of calls and of labels": {
        "calls_per_month": [500_000, 3_000_000],
        "labelled_examples": [100, 2000],
    },
    "calls from nothing on": {"calls_per_month": [0, 2_000_000]},
    "data stays in": {"data_may_leave": False, "calls_per_month": 20_000_000},
    "the edge of what is cached": {"calls_per_month": 800_000, "assumptions": {"prompt_tokens": 1300}},
    "no cheaper model, written cache": {
        "calls_per_month": 2_000_000,
        "assumptions": {"model": "anthropic:claude-haiku-5-5"},
    },
    "two tiers of prices": {
        "calls_per_month": 50_000,
        "assumptions": {"model": "anthropic:claude-sonnet-5-5", "prompt_tokens": 95_000, "fixed_share": 1},
    },
    "much is stated": {
        "calls_per_month": 2_000_000,
        "labelled_examples": 1200,
        "assumptions": {
            "base": "azure:gpt-4.1-mini",
            "batch_share": 0.9,
            "retry_rate": 0.1,
            "runs": 3,
            "cache_hit_rate": 0.97,
            "tuned_output_tokens": 60,
            "tokens_per_example": 900,
            "engineer_per_hour": 80,
        },
    },
    "own servers step up": {
        "calls_per_month": 40_000_000,
        "reasons": ["latency"],
        "assumptions": {"decode_tokens_per_second": 2500},
    },
}


def shown_in(made: Estimate) -> Shown:
    return made.volumes[0].shown(is_exact=False)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_with_nothing_drawn_the_worlds_are_the_ledger_to_a_cent(case: dict[str, Any]) -> None:
    made = ledger(case)
    shown = shown_in(made)
    costs = Worlds.at(made.figures, shown, draw(made.figures, shown, {}), built=False).costs
    for each in made.options:
        assert float(costs[each.option].month) == pytest.approx(float(each.month.amount), abs=0.005)
        assert float(costs[each.option].once) == pytest.approx(float(each.up_front.amount), abs=0.005)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_world_is_the_ledger_of_its_figures(case: dict[str, Any]) -> None:
    """Every formula, in worlds far from the likely one: months and what it takes, to a cent."""
    made = ledger(case)
    shown = shown_in(made)
    values = draw(made.figures, shown, every_step(DAY))
    worlds = Worlds.at(made.figures, shown, values, built=False)
    for world in (0, 7, 400, 1999):
        again = stated(made, in_one(values, world))
        for each in shown.options:
            months, once = worlds.months(each), worlds.costs[each].once
            expected = again.option(each) or option(again, "prompt")
            assert months[world] == pytest.approx(float(expected.month.amount), abs=0.005), each
            if each in ("hosted", "self_hosted"):
                took = once if isinstance(once, float) else once[world]
                assert float(took) == pytest.approx(float(expected.up_front.amount), abs=0.005), each


def in_one(drawn: Drawn, world: int) -> dict[str, float]:
    """Every figure as it is in one world."""
    every = {**drawn.values, "calls_per_month": drawn.calls, "labelled_examples": drawn.labelled}
    return {key: float(np.broadcast_to(value, 2000)[world]) for key, value in every.items()}


def stated(made: Estimate, there: Mapping[str, float]) -> Estimate:
    """The exact ledger of a case in which the team states every figure as it is in one world."""
    answers = made.figures.answers
    calls, labelled = D(repr(there["calls_per_month"])), D(repr(there["labelled_examples"]))
    answers = answers.with_answer("calls_per_month", calls)
    if answers.number("labelled_examples") is not None:
        answers = answers.with_answer("labelled_examples", labelled)
    for key, value in there.items():
        if key in ASSUMPTIONS:
            answers = answers.with_assumption(key, D(repr(value)))
    hosted = made.option("hosted")
    if hosted is not None:
        answers = answers.with_assumption("base", hosted.model)
    return estimate(answers, on=DAY, policy=POLICY)


# Truths drawn from the stated spreads, by another generator and priced by the exact ledger.


def drawn(
    rng: random.Random, likely: float, spread: Spread, *, is_stated: bool, most: float = math.inf
) -> float:
    """A figure drawn as spreads.toml says: half on either side, in a straight line on a logarithmic scale."""
    keeps = float(spread.stated) if is_stated else 1
    low, high = keeps * math.log(spread.low), keeps * math.log(spread.high)
    if likely and most < math.inf:
        high = min(high, math.log(most / likely))
    end = rng.choice((low, high))
    return likely * math.exp(end * (1 - math.sqrt(rng.random())))


def truth(made: Estimate, rng: random.Random) -> dict[str, float]:
    """One world, drawn figure by figure."""
    figures, found = made.figures, {}
    for key, spread in SPREADS.items():
        likely = figures.stated.get(key, ASSUMPTIONS[key].fixed if key in ASSUMPTIONS else None)
        if key == "decode_tokens_per_second":
            likely = figures.own[key].value  # type: ignore[assignment]
        if isinstance(likely, Decimal):
            most = float(ASSUMPTIONS[key].high)
            value = drawn(rng, float(likely), spread, is_stated=key in figures.stated, most=most)
            found[key] = float(round(value)) if spread.whole else value
    calls = figures.answers.of("calls_per_month")
    assert made.calls is not None
    if isinstance(calls, Between) and calls.low == 0:
        found["calls_per_month"] = rng.triangular(0, float(calls.high or 0), float(made.calls))
    elif isinstance(calls, Between):
        low, high = math.log(calls.low or 1), math.log(calls.high or 1)
        found["calls_per_month"] = math.exp(rng.triangular(low, high))
    else:
        found["calls_per_month"] = drawn(rng, float(made.calls), SPREADS["calls_per_month"], is_stated=True)
    labelled = figures.answers.of("labelled_examples")
    found["labelled_examples"] = float(figures.labelled)
    if isinstance(labelled, Between):
        low, high = math.log(labelled.low or 1), math.log(labelled.high or 1)
        found["labelled_examples"] = float(round(math.exp(rng.triangular(low, high))))
    told = figures.given("cache_hit_rate")
    usual = min(float(MOST_HITS), -math.expm1(-5 * found["calls_per_month"] / 43_830))
    hits = usual if told is None else float(told)
    found["cache_hit_rate"] = drawn(rng, hits, SPREADS["cache_hit_rate"], is_stated=told is not None, most=1)
    return found


def exact_months(made: Estimate, there: Mapping[str, float]) -> dict[str, Decimal]:
    """What each option costs in that world, by the exact formulas."""
    again = stated(made, there)
    return {o.option: (again.option(o.option) or option(again, "prompt")).month.amount for o in made.options}


@pytest.mark.parametrize(
    ("number", "within"),
    [
        (600, 0.04),
        pytest.param(4000, 0.02, marks=pytest.mark.long("thousands of worlds by the exact formulas")),
    ],
)
def test_truths_fall_inside_the_bands_in_about_80_of_100_cases(number: int, within: float) -> None:
    """So many truths for every option, spread over the cases: the sampling error of a share of 80% is 1.6% or 0.6%."""
    rng = random.Random(7)
    inside: dict[str, list[bool]] = {}
    told = [ledger(case) for case in CASES.values()]
    leaving, staying = [m for m in told if m.option("prompt")], [m for m in told if not m.option("prompt")]
    for each, truths in ((leaving, number), (staying, number)):
        for index in range(truths):
            made = each[index % len(each)]
            for name, month in exact_months(made, truth(made, rng)).items():
                band = made.band(name)
                assert band is not None
                inside.setdefault(name, []).append(band.month_p10 <= month <= band.month_p90)
    assert inside.keys() == {
        "prompt",
        "prompt_cached",
        "cheaper_model",
        "hosted",
        "self_hosted",
        "self_hosted_prompted",
    }
    shares = {name: sum(found) / len(found) for name, found in inside.items()}
    assert all(abs(share - 0.8) <= within for share in shares.values()), shares


# The same for everybody


def test_the_same_case_has_the_same_figures_in_another_process_and_in_another_order() -> None:
    case = CASES["much is stated"]
    turned = {key: case[key] for key in reversed(case)}
    turned["assumptions"] = dict(reversed(case["assumptions"].items()))
    script = (
        "import datetime, json, sys\n"
        "from core.case import read_case\nfrom core.costs.estimate import estimate\nfrom core.policy import policy_on\n"
        "from core.told import told_ledger\n"
        "on = datetime.date.fromisoformat(sys.argv[2])\n"
        "made = estimate(read_case(json.loads(sys.argv[1])), on=on, policy=policy_on(on))\n"
        "print(json.dumps(told_ledger(made).to_json()))\n"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", script, json.dumps(each), DAY.isoformat()],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for each, seed in ((case, "1"), (turned, "2"))
    ]
    here = told_ledger(ledger(case)).to_json()
    assert [json.loads(each) for each in told] == [here, here]


def test_the_figures_are_known_to_the_cent() -> None:
    """Whoever changes a spread, the seed or a formula sees it here."""
    made = ledger(CASES["nothing but a volume"])
    band = made.band("hosted")
    assert band is not None
    assert (band.month_p10, band.month_p50, band.month_p90) == (D("433.68"), D("639.76"), D("954.69"))


# What widens and narrows a band


def width(made: Estimate, name: str) -> Decimal:
    band = made.band(name)
    assert band is not None
    return band.month_p90 - band.month_p10


def test_what_the_team_states_narrows_the_band() -> None:
    guessed = ledger({"calls_per_month": [999_999, 1_000_001]})
    numbers = {"prompt_tokens": 2000, "output_tokens": 150, "fixed_share": 0.8, "upkeep_hours": 2}
    told = ledger({"calls_per_month": [999_999, 1_000_001], "assumptions": numbers})
    assert width(told, "prompt") < D("0.6") * width(guessed, "prompt")


def test_a_range_of_calls_is_its_own_ends() -> None:
    narrow = ledger({"calls_per_month": [990_000, 1_010_000]})
    single = ledger({"calls_per_month": 1_000_000})
    wide = ledger({"calls_per_month": [100_000, 10_000_000]})
    assert width(narrow, "prompt") < width(single, "prompt") < width(wide, "prompt")


@pytest.mark.parametrize(
    ("calls", "low", "high"),
    [
        (1_000_000, 500_000, 2_000_000),
        ([400_000, 2_500_000], 400_000, 2_500_000),
        ([0, 1_000_000], 0, 1_000_000),
        ([400_000, None], 400_000, 800_000),
        ([None, 400_000], 200_000, 400_000),
    ],
)
def test_calls_lie_between_their_ends_half_of_them_below_the_likely_volume(
    calls: Any, low: int, high: int
) -> None:
    made = ledger({"calls_per_month": calls})
    drawn_calls = draw(made.figures, shown_in(made), every_step(DAY)).calls
    assert not isinstance(drawn_calls, float)
    assert made.calls is not None
    assert low <= drawn_calls.min() <= drawn_calls.max() <= high
    below, above = (drawn_calls < float(made.calls)).mean(), (drawn_calls > float(made.calls)).mean()
    assert below == (0 if low == made.calls else 0.5)
    assert above == (0 if high == made.calls else 0.5)


def test_an_example_volume_has_no_spread_and_prices_have_none() -> None:
    made = ledger({"assumptions": {"upkeep_hours": 0, "prompt_tokens": 0, "output_tokens": 1000}})
    exact = ledger(
        {"assumptions": {"upkeep_hours": 0, "prompt_tokens": 0, "output_tokens": 0, "price_out": 5}}
    )
    for bands in exact.uncertainty.bands:
        assert bands["prompt"].month_p10 == bands["prompt"].month_p90 == 0
    for scenario, bands in zip(made.scenarios, made.uncertainty.bands, strict=True):
        # The output alone is uncertain: a stated one keeps half of the spread of 30%.
        month = scenario.options[0].month.amount
        assert month * D("0.7").sqrt() < bands["prompt"].month_p10 < bands["prompt"].month_p90
        assert bands["prompt"].month_p90 < month * D("1.3").sqrt()


def test_the_band_of_an_unknown_cost_is_that_of_its_known_part() -> None:
    made = ledger({"calls_per_month": 1_000_000, "assumptions": {"gpu": "A10G"}})
    own, band = option(made, "self_hosted"), made.band("self_hosted")
    assert own.month.at_least
    assert band is not None
    assert band.month_p10 < own.month.amount < band.month_p90
    assert band.probability_pays_back is None


def test_each_likely_month_lies_in_its_band() -> None:
    for case in (*CASES.values(), {}):
        made = ledger(case)
        for scenario, bands in zip(made.scenarios or [made], made.uncertainty.bands, strict=True):
            for each in scenario.options:
                band = bands[each.option]
                assert band.month_p10 <= round(each.month.amount, 2) <= band.month_p90, (case, each.option)


# Paying back


def test_only_what_is_compared_with_a_baseline_has_a_probability() -> None:
    bands = ledger({"calls_per_month": 1_000_000}).uncertainty.bands[0]
    without = {name for name, band in bands.items() if band.probability_pays_back is None}
    assert without == {"prompt", "prompt_cached"}


@pytest.mark.parametrize(("calls", "expected"), [(100_000, 0.0), (100_000_000, 1.0)])
def test_far_from_the_crossover_it_is_certain(calls: int, expected: float) -> None:
    made = ledger({"calls_per_month": calls})
    assert (option(made, "hosted").pays_back, made.uncertainty.tuning_pays_back) == (expected == 1, expected)
    band = made.band("hosted")
    assert band is not None
    assert band.probability_pays_back == expected


def test_with_nothing_uncertain_the_probability_is_the_ledgers_answer() -> None:
    """$1,000 of training against $100 a month saved: back after 10 months, at a falling price in fewer worlds."""
    stated: dict[str, Any] = {
        "train_price": 1, "training_examples": 1000, "tokens_per_example": 1_000_000, "labels_to_buy": 0,
        "price_out": 1, "output_tokens": 0, "price_in": 1, "prompt_tokens": 1000, "tuned_output_tokens": 0,
        "base_life_months": 100,
    }  # fmt: skip
    for horizon, expected in ((12, True), (9, False)):
        made = priced(100_000, **stated, horizon_months=horizon)
        assert option(made, "hosted").payback_months == 10
        assert option(made, "hosted").pays_back is expected
        values = draw(made.figures, shown_in(made), {})
        for decline, still in ((0.0, expected), (0.2, expected), (0.5, False)):
            worlds = Worlds.at(made.figures, shown_in(made), replace(values, decline=decline), built=True)
            assert worlds.pays_back("hosted") == [still], (horizon, decline)


def test_a_falling_price_of_the_incumbent_leaves_every_month_alone() -> None:
    made = ledger({"calls_per_month": 1_000_000})
    falling = draw(made.figures, shown_in(made), every_step(DAY))
    one = Worlds.at(made.figures, shown_in(made), falling, built=True)
    other = Worlds.at(made.figures, shown_in(made), replace(falling, decline=0.0), built=True)
    for name in one.costs:
        assert (one.months(name) == other.months(name)).all()
    fallen, stood = one.pays_back("hosted"), other.pays_back("hosted")
    assert fallen is not None
    assert stood is not None
    assert fallen.sum() < stood.sum()
    assert not (fallen & ~stood).any(), "a falling price never makes tuning pay back"


def test_a_small_fall_of_the_price_is_likelier_than_a_large_one() -> None:
    """From 0 to 70% a year, none the likeliest: in half of the worlds under 0.7 x (1 - the root of 1/2) = 20.5%."""
    made = ledger({"calls_per_month": 1_000_000})
    falls = np.sort(np.asarray(draw(made.figures, shown_in(made), every_step(DAY)).decline))
    assert 0 < falls[0] < 0.01
    assert 0.65 < falls[-1] < 0.7
    assert float(np.median(falls)) == pytest.approx(0.205, abs=0.001)


# What drives the width


@pytest.mark.parametrize(
    ("case", "driver"),
    [
        ({"calls_per_month": 1_000_000}, "calls_per_month"),
        (
            {"calls_per_month": [1_000_000, 1_000_001], "assumptions": {"upkeep_hours": 0, "price_out": 50}},
            "output_tokens",
        ),
        ({"calls_per_month": 0}, "upkeep_hours"),
        ({"data_may_leave": False, "calls_per_month": 1000}, "on_call_hours"),
    ],
)
def test_the_driver_is_what_moves_the_months_most(case: dict[str, Any], driver: str) -> None:
    made = ledger(case)
    assert made.uncertainty.driver == driver
    assert told_ledger(made).to_json()["driver"] == driver


def test_where_nothing_is_uncertain_nothing_drives() -> None:
    made = priced(0, serving_overhead=0, gpu_per_hour=0)
    assert made.uncertainty.driver is None


# The table of spreads


def test_every_spread_has_a_reason_and_a_source() -> None:
    for spread in spreads().spread:
        assert spread.reason
        assert spread.source
        assert spread.low <= 1 <= spread.high


def test_the_spreads_are_those_of_the_page() -> None:
    expected = {
        "prompt_tokens": ("0.8", "1.2"),
        "output_tokens": ("0.7", "1.3"),
        "calls_per_month": ("0.5", "2"),
        "tuning_hours": ("0.5", "2"),
        "upkeep_hours": ("0.5", "2"),
        "decode_tokens_per_second": ("0.4", "1"),
    }
    assert {key: (str(SPREADS[key].low), str(SPREADS[key].high)) for key in expected} == expected
    assert not any(key.endswith(("price_in", "price_out")) or key == "train_price" for key in SPREADS)
    assert price_decline_on(DAY).most == D("0.7")
