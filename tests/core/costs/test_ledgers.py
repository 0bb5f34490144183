"""Ledgers worked out by hand, to the cent."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from core.answers import CaseError
from core.case import read_case
from core.costs.estimate import estimate
from core.told import told_ledger
from tests.support.worked import DAY, POLICY, option, priced

D = Decimal


def case(given: dict[str, Any]) -> Any:
    return estimate(read_case(given), on=DAY, policy=POLICY)


PROMPT = {
    "price_in": 2,
    "price_cached": 0.2,
    "price_write": 2.5,
    "price_out": 8,
    "prompt_tokens": 3000,
    "output_tokens": 500,
}


def test_a_plain_prompt_costs_its_tokens() -> None:
    """100,000 x (3,000 x $2 + 500 x $8) / 1M = $1,000."""
    made = priced(100_000, **PROMPT)
    assert option(made, "prompt").month.amount == 1000
    assert str(option(made, "prompt").per_1000_calls) == "$10"


def test_a_cached_prompt_pays_for_reading_and_for_writing_the_cache() -> None:
    """2,000 tokens are fixed: three quarters are read at $0.20 ($0.0003 a call), one written at $2.50 ($0.00125).
    2,000 changing tokens $0.004, 500 output tokens $0.004. 100,000 x $0.00955 = $955, uncached $1,200."""
    made = priced(100_000, **PROMPT | {"prompt_tokens": 4000, "fixed_share": 0.5, "cache_hit_rate": 0.75})
    lines = {line.label: line.amount for line in option(made, "prompt_cached").lines}
    assert lines["Fixed prompt tokens read from the cache"] == D("30")
    assert lines["Fixed prompt tokens not in the cache"] == D("125")
    assert lines["Changing prompt tokens"] == 400
    assert lines["Output tokens"] == 400
    assert option(made, "prompt_cached").month.amount == 955
    assert option(made, "prompt").month.amount == 1200


def test_a_cache_that_is_never_hit_costs_nothing_to_write() -> None:
    made = priced(100_000, **PROMPT | {"fixed_share": 0.5, "cache_hit_rate": 0})
    assert option(made, "prompt_cached").month == option(made, "prompt").month


def test_the_hit_rate_rises_with_the_calls_and_stops_at_nine_of_ten() -> None:
    """At 8,766 calls a month one is expected in each 5 minutes: 1 - 1/e = 0.632121."""
    hit = {calls: priced(calls, **PROMPT).assumptions["cache_hit_rate"].value for calls in (8766, 1_000_000)}
    assert hit == {8766: None, 1_000_000: None}, "nothing fixed, nothing cached"
    stated = PROMPT | {"fixed_share": 0.5}
    hit = {calls: priced(calls, **stated).assumptions["cache_hit_rate"].value for calls in (8766, 1_000_000)}
    assert hit == {8766: D("0.632121"), 1_000_000: D("0.9")}


def test_a_short_fixed_part_is_not_cached() -> None:
    made = priced(100_000, **PROMPT | {"fixed_share": 0.341, "cache_hit_rate": 0.9})
    assert made.option("prompt_cached") is None
    assert [r.because for r in made.removed if r.option == "prompt_cached"] == [
        "The fixed part of the prompt has 1,023 tokens; it is cached from 1,024 on."
    ]


def test_batches_and_retries_count_on_every_call() -> None:
    """$1,000 x 1.2 repeats = $1,200; half of them in batches at half price takes off a quarter: $900."""
    made = priced(100_000, **PROMPT | {"retry_rate": 0.2, "batch_share": 0.5})
    assert option(made, "prompt").month.amount == 900


HOSTED: dict[str, Any] = {
    "tuned_price_in": 1,
    "tuned_price_out": 4,
    "train_price": 20,
    "training_examples": 1000,
    "tokens_per_example": 800,
    "epochs": 3,
    "runs": 5,
    "price_per_label": 4,
    "engineer_per_hour": 100,
    "tuning_hours": 120,
    "upkeep_hours": 2,
    "retrains_per_year": 2,
    "retrain_hours": 24,
    "hosting_per_hour": 1.7,
    "storage_per_month": 1.95,
}


def test_a_hosted_model_costs_training_labels_hosting_and_retraining() -> None:
    """One run: 1,000 x 800 x 3 = 2.4M tokens x $20 = $48; five: $240. 400 labels x $4 = $1,600. 120 h x $100 = $12,000.
    A month: 10,000 x (3,000 x $1 + 500 x $4) / 1M = $50; 730 h x $1.70 = $1,241; storage $1.95; upkeep $200;
    a sixth of a retraining of $48 + $2,400: $408."""
    made = priced(10_000, answers={"labelled_examples": 600}, **PROMPT | HOSTED)
    hosted = option(made, "hosted")
    assert hosted.up_front.amount == 240 + 1600 + 12_000
    assert hosted.month.amount == D("50") + D("1241") + D("1.95") + 200 + 408
    assert hosted.first_year.amount == 13_840 + 12 * D("1900.95")


def test_a_run_costs_at_least_the_minimum_fee() -> None:
    """One run would be $48: with a fee of $60, five are $300, and a sixth of one is $10."""
    made = priced(
        10_000, **PROMPT | HOSTED | {"minimum_training_fee": 60, "engineer_per_hour": 0, "price_per_label": 0}
    )
    lines = {line.label: line.amount for line in option(made, "hosted").lines}
    assert lines["Training your tuned model, at the minimum fee"] == 300
    assert lines["Training your tuned model anew, at the minimum fee"] == 10


@pytest.mark.parametrize(
    ("labelled", "examples", "to_buy"),
    [(None, 500, 500), (0, 500, 500), (499, 500, 1), (2000, 2000, 0), (9000, 5000, 0)],
)
def test_labels_are_bought_up_to_five_hundred_and_used_up_to_five_thousand(
    labelled: Any, examples: int, to_buy: int
) -> None:
    made = priced(1, answers={"labelled_examples": labelled})
    assert made.assumptions["training_examples"].value == examples
    assert made.assumptions["labels_to_buy"].value == to_buy


OWN: dict[str, Any] = {
    "prompt_tokens": 1000,
    "output_tokens": 200,
    "prefill_weight": 0.1,
    "peak_factor": 3,
    "utilisation": 0.5,
    "decode_tokens_per_second": 1000,
    "gpu_per_hour": 2,
    "gpus_per_replica": 2,
    "serving_overhead": 0.25,
    "engineer_per_hour": 100,
    "on_call_hours": 10,
    "upkeep_hours": 2,
    "tuning_hours": 0,
    "training_examples": 3600,
    "tokens_per_example": 1000,
    "epochs": 1,
    "runs": 2,
    "train_tokens_per_second": 1000,
    "train_derate": 0.5,
}


@pytest.mark.parametrize(
    ("calls", "replicas"), [(0, 1), (1_460_000, 1), (1_460_001, 2), (2_920_000, 2), (2_920_001, 3)]
)
def test_servers_come_whole(calls: int, replicas: int) -> None:
    """(200 + 0.1 x 1,000) x 3 = 900 tokens a call at peak, 500 usable a second: 500 x 730 x 3,600 / 900 = 1,460,000.
    One replica: 2 GPUs x $2 x 730 h x 1.25 = $3,650; on call and upkeep 12 h = $1,200.
    Training: 3.6M tokens at 500 a second are 2 h: $4 a run, two runs $8."""
    own = option(priced(calls, **OWN), "self_hosted")
    assert own.month.amount == replicas * 3650 + 1200
    assert own.up_front.amount == 8
    assert ("One replica, so no failover" in own.notes) == (replicas == 1)


@pytest.mark.parametrize(
    ("answers", "replicas"),
    [
        ({"reasons": ["latency"]}, 2),
        ({"reasons": ["latency"], "latency_now_ms": 900, "latency_ms": 500}, 2),
        ({"reasons": ["latency"], "latency_now_ms": 400, "latency_ms": 500}, 1),
        ({"reasons": ["latency"], "latency_now_ms": [300, 400], "latency_ms": 500}, 2),
        ({"reasons": ["cost"]}, 1),
        ({}, 1),
    ],
)
def test_two_replicas_where_latency_is_a_reason(answers: dict[str, Any], replicas: int) -> None:
    assert option(priced(0, answers=answers, **OWN), "self_hosted").month.amount == replicas * 3650 + 1200


def test_what_nobody_measured_is_unknown_and_the_total_says_at_least() -> None:
    made = case({"calls_per_month": 2_000_000, "assumptions": {"model_size": "3B"}})
    own = option(made, "self_hosted")
    assert [unknown.label for unknown in own.unknown] == [
        "GPUs for training",
        "GPUs for training anew",
        "More replicas",
    ]
    assert own.month.at_least
    assert str(own.month).startswith("at least $")
    assert own.payback_months is None
    assert own.crossover_calls is None


def test_something_unknown_may_pay_back_unless_what_is_known_fails_already() -> None:
    def at(calls: int) -> bool | None:
        made = case(
            {
                "calls_per_month": calls,
                "assumptions": {"model_size": "3B", "model": "anthropic:claude-opus-5-5"},
            }
        )
        return option(made, "self_hosted").pays_back

    assert at(10_000_000) is None
    assert at(10_000) is False


def test_a_base_that_is_only_partly_priced_is_shown_when_it_is_named() -> None:
    made = case({"calls_per_month": 100_000, "assumptions": {"base": "gemini-3.5-flash"}})
    because = {unknown.because for unknown in option(made, "hosted").unknown}
    assert because == {"no price for training Gemini 3.5 Flash was found"}


def test_a_never_has_its_reason_among_the_lines() -> None:
    made = priced(1000, tuned_price_in=5, price_in=1, prompt_tokens=1000, output_tokens=0)
    shown = next(o for o in told_ledger(made).to_json()["options"] if o["option"] == "hosted")
    assert shown["payback_months"] is None
    assert shown["crossover_calls"] is None
    assert "Never pays back: a month costs $4.00 more than the prompt" in [
        line["label"] for line in shown["lines"]
    ]


def test_the_prompt_costs_its_building_until_it_is_built() -> None:
    def up_front(examples: Any) -> D:
        return D(option(case({"calls_per_month": 1, "prompt_examples": examples}), "prompt").up_front.amount)

    assert [up_front(n) for n in (None, 0, 4, [4, 9])] == [4000] * 4
    assert [up_front(n) for n in (5, [5, None], 12)] == [0] * 3


def test_tuning_must_pay_back_within_half_of_what_is_left_of_its_base() -> None:
    """Retiring on 2027-01-14: 52 days = 1.7084 months, so 0.8542. It costs $8,000 and saves $9,000 a month: 0.8889."""
    stated = {
        "price_in": 10,
        "prompt_tokens": 1000,
        "output_tokens": 0,
        "engineer_per_hour": 100,
        "tuning_hours": 80,
        "upkeep_hours": 0,
    }
    late = priced(900_000, base="gpt-4.1-mini", provider="openai", **stated)
    assert option(late, "hosted").payback_months == pytest.approx(D("0.8889"), abs=D("0.0001"))
    assert option(late, "hosted").pays_back is False
    assert option(priced(900_000, base_life_months=2, **stated), "hosted").pays_back is True


def test_a_base_that_is_gone_is_not_offered() -> None:
    made = priced(1000, base_life_months=0)
    assert [r.because for r in made.removed if r.option == "hosted"] == [
        "your tuned model has no months left in which it could be used."
    ]
    named = case({"calls_per_month": 1, "assumptions": {"base": "gpt-4.1-nano", "provider": "openai"}})
    assert "retired on 2026-10-23" in next(r.because for r in named.removed if r.option == "hosted")


def test_a_base_that_takes_no_new_teams_is_offered_only_to_those_who_name_it() -> None:
    assert option(case({"calls_per_month": 10_000}), "hosted").model == "aws:amazon.nova-micro"
    named = case({"calls_per_month": 10_000, "assumptions": {"provider": "openai"}})
    assert option(named, "hosted").model == "openai:gpt-4o-mini-2024-07-18"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("model", "openai:gpt-9-nova"),
        ("model", "nobody:gpt-4o"),
        ("cheaper_model", "openai:nano"),
        ("base", "gpt-9"),
        ("provider", "nobody"),
    ],
)
def test_what_is_unknown_is_refused_by_name_and_never_priced(key: str, value: str) -> None:
    with pytest.raises(CaseError, match=rf"assumptions\.{key}: '{value}' is not"):
        case({"calls_per_month": 1, "assumptions": {key: value}})


def test_an_unknown_model_can_be_priced_by_the_team() -> None:
    made = priced(1_000_000, model="our:own", price_in=1, prompt_tokens=1000, output_tokens=0)
    assert option(made, "prompt").month.amount == 1000
    assert option(made, "prompt").model == "our:own"


def test_accuracy_stands_on_a_line_of_its_own_and_in_no_total() -> None:
    """From 80% to 90% at $2 for a right and $3 for a wrong answer: $0.50 a call, $5,000 for 10,000."""
    answers = {"eval_correct": 80, "eval_total": 100, "quality_target": 0.9}
    made = priced(10_000, answers=answers, value_per_correct=2, cost_per_error=3)
    hosted = option(made, "hosted")
    worth = next(line for line in hosted.lines if line.per == "call")
    assert worth.amount == D("0.5")
    assert hosted.month.amount == 0
    assert any("$5,000 a month" in note for note in hosted.notes)


def test_without_calls_two_example_volumes_stand_side_by_side() -> None:
    made = case({})
    assert [scenario.calls for scenario in made.scenarios] == [100_000, 1_000_000]
    shown = told_ledger(made).to_json()
    assert [s["calls_per_month"] for s in shown["scenarios"]] == [100_000, 1_000_000]
    assert "options" not in shown


def test_the_output_has_the_agreed_shape() -> None:
    shown = told_ledger(case({"calls_per_month": 1_000_000})).to_json()
    json.dumps(shown, allow_nan=False)
    assert shown.keys() == {"options", "removed", "assumptions", "driver", "as_of"}
    assert [o["option"] for o in shown["options"]] == [
        "prompt",
        "prompt_cached",
        "cheaper_model",
        "hosted",
        "self_hosted",
    ]
    assert shown["options"][0].keys() == {
        "option",
        "model",
        "up_front",
        "month",
        "first_year",
        "per_1000_calls",
        "payback_months",
        "pays_back",
        "crossover_calls",
        "crossover_within_horizon_calls",
        "month_p10",
        "month_p50",
        "month_p90",
        "probability_pays_back",
        "lines",
        "unknown",
    }
    assert shown["options"][0]["lines"][0].keys() == {
        "label",
        "quantity",
        "unit",
        "unit_price",
        "amount",
        "per",
        "source",
        "as_of",
    }
    assert shown["assumptions"]["prompt_tokens"] == {"value": 2000, "default": True}
    assert shown["as_of"] == "2026-11-23"


def test_nothing_is_charged_per_thousand_of_no_calls() -> None:
    assert option(case({"calls_per_month": 0}), "prompt").per_1000_calls is None
