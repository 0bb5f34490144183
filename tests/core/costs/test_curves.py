"""The figures of the chart are the ledger's own, at every volume, and its title says what they say."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from core.case import read_case
from core.costs.curves import Curves, can_be_drawn, curves
from core.costs.estimate import estimate
from core.costs.ledger import Estimate
from core.policy import policy_on

DAY = datetime.date(2026, 11, 23)
POLICY = policy_on(DAY)
CENT = Decimal("0.01")

SMALLEST = {"model": "openai:gpt-6-luna"}
DEAR_TUNING = {"tuned_price_in": 4, "tuned_price_out": 9, "hosting_per_hour": 0, "gpu_per_hour": 95}
CASES: dict[str, dict[str, Any]] = {
    "usual": {"calls_per_month": 80_000},
    "cached at an extra charge": {
        "calls_per_month": 2_000,
        "assumptions": {"model": "anthropic:claude-sonnet-4-5"},
    },
    "in-house": {"calls_per_month": 8_000_000, "data_may_leave": False},
    "a range": {"calls_per_month": [50_000, 400_000]},
    "no volume": {},
}


def ledger(case: dict[str, Any]) -> Estimate:
    return estimate(read_case(case), on=DAY, policy=POLICY)


def drawn(case: dict[str, Any], **how: Any) -> Curves:
    found = curves(ledger(case), **how)
    assert found is not None
    return found


@pytest.mark.parametrize("name", CASES)
def test_every_month_on_a_line_is_the_ledgers_at_that_volume(name: str) -> None:
    found = drawn(CASES[name], with_bands=False)
    for place in range(0, len(found.volumes), 9):
        there = estimate(read_case(CASES[name]), on=DAY, policy=POLICY, calls=found.volumes[place])
        for line in found.series:
            option = there.option(str(there.baseline) if line.is_baseline else line.option)
            assert option is not None
            assert abs(line.months[place] - option.month.amount) < CENT, (line.option, found.volumes[place])


@pytest.mark.parametrize("name", ["usual", "cached at an extra charge", "in-house", "a range"])
def test_crossings_and_the_own_volume_are_those_of_the_ledger(name: str) -> None:
    made, found = ledger(CASES[name]), drawn(CASES[name], with_bands=False)
    assert found.own == made.calls
    for line in found.series:
        option = made.option(line.option)
        assert option is not None
        assert line.own is not None
        assert abs(line.own - option.month.amount) < CENT
        for crossing in (one for one in found.crossings if one.option == line.option):
            late = crossing.kind == "pays back"
            assert crossing.calls == (
                option.crossover_within_horizon_calls if late else option.crossover_calls
            )
            place = found.volumes.index(crossing.calls)
            baseline = found.series[0].months
            assert line.months[place] == crossing.month
            if crossing.kind == "same cost":
                assert abs(baseline[place] - crossing.month) < CENT
            if crossing.kind == "cheaper from":
                assert baseline[place] < crossing.month == line.months[place + 1] < baseline[place + 1]


@pytest.mark.parametrize("name", CASES)
def test_the_volumes_hold_a_decade_around_all_that_is_marked(name: str) -> None:
    found = drawn(CASES[name], with_bands=False)
    same = [one.calls for one in found.crossings if one.kind != "pays back"]
    marked = [*same, *([found.own] if found.own else [])]
    assert list(found.volumes) == sorted(set(found.volumes))
    assert found.volumes[0] <= min(marked) / 10
    assert found.volumes[-1] >= max(marked) * 10


@pytest.mark.parametrize("name", CASES)
def test_every_line_lies_within_its_band(name: str) -> None:
    found = drawn(CASES[name])
    for line in found.series:
        assert len(line.low) == len(line.months) == len(line.high) == len(found.volumes)
        edges = zip(line.low, line.months, line.high, strict=True)
        assert all(0 < low <= month <= high for low, month, high in edges)


def test_a_band_is_that_of_the_uncertainty_at_the_same_volume() -> None:
    from core.costs.worlds import uncertainty

    made, found = ledger(CASES["usual"]), drawn(CASES["usual"])
    last = len(found.volumes) - 1
    for place in (0, last):
        shown = made.volumes[0].shown(is_exact=True)._replace(calls=found.volumes[place])
        (there,) = uncertainty(made.figures, [shown], built=made.prompt_is_built).bands
        for line in found.series:
            band = there[line.option]
            # A chart shows no more digits than that.
            assert float(line.low[place]) == pytest.approx(float(band.month_p10), rel=1e-5)
            assert float(line.high[place]) == pytest.approx(float(band.month_p90), rel=1e-5)


@pytest.mark.parametrize(
    ("case", "title"),
    [
        ({"calls_per_month": 80_000}, "Below 291k calls a month, prompting is cheaper"),
        (
            {"calls_per_month": 900_000},
            "Above 291k calls a month, fine-tuning is cheaper than today's prompt",
        ),
        (
            {"calls_per_month": 30_000_000},
            "Above 291k calls a month, fine-tuning is cheaper",
        ),
        (
            {"calls_per_month": 80_000, "assumptions": SMALLEST | DEAR_TUNING},
            "Prompting is cheaper at any number of calls",
        ),
        (
            {"calls_per_month": 80_000, "data_may_leave": False},
            "From 25.1M calls a month on, fine-tuning stays cheaper",
        ),
        ({}, "Below 291k calls a month, prompting is cheaper"),
    ],
)
def test_the_title_is_the_finding(case: dict[str, Any], title: str) -> None:
    assert drawn(case, with_bands=False).title == title


def test_a_tuned_option_of_unknown_cost_is_neither_cheaper_nor_dearer() -> None:
    unknown = {"calls_per_month": 80_000, "assumptions": {"model_size": "9B"}}
    found = drawn(unknown, left_out=("hosted",))
    assert found.title == "What fine-tuning costs is not all known"
    assert found.series[-1].own_in_words.startswith("at least $")


def test_what_is_left_out_is_not_drawn_and_not_spoken_of() -> None:
    found = drawn({"calls_per_month": 80_000}, left_out=("hosted", "self_hosted"))
    assert [line.option for line in found.series] == ["prompt_cached", "cheaper_model"]
    assert found.crossings == ()
    assert found.title == "Prompting costs $314 a month at 80,000 calls"
    assert "une" not in found.in_words


def test_without_calls_there_is_nothing_to_draw() -> None:
    none = ledger({"calls_per_month": 0})
    assert not can_be_drawn(none)
    assert curves(none) is None


def test_the_words_hold_every_figure_that_is_marked() -> None:
    said = drawn({"calls_per_month": 80_000}).in_words
    for figure in ("$314", "$212", "$605", "$5,269", "291k", "1.1M", "3.57M", "9 months", "8 of 10"):
        assert figure in said, figure
    assert len(said) < 1_000
