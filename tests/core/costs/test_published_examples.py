"""Published worked examples, each put as a case of ours: the ledger must give the published figures."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.support.worked import option, priced

ROWS = {
    row["id"]: row for row in json.loads(Path("tests/vectors/cost_vectors.json").read_text(encoding="utf-8"))
}

CANNOT_BE_PUT = {
    "throughput-nemo-70b-lora": "derives a throughput from a step time; the ledger takes throughputs as given",
}


def training(row: Mapping[str, Any]) -> dict[str, float]:
    """One run over so many tokens at a price."""
    given = row["inputs"]
    tokens = given.get("training_tokens") or given["examples"] * given["tokens_per_example"]
    price = given.get("price_per_mtok") or given["price_per_1k"] * 1000
    made = priced(
        0, training_examples=1, tokens_per_example=tokens, epochs=given["epochs"], train_price=price
    )
    return {"training_cost_usd": float(option(made, "hosted").up_front.amount)}


def nova_training(row: Mapping[str, Any]) -> dict[str, float]:
    """The same, with the price of our own catalogue."""
    given = row["inputs"]
    made = priced(
        0,
        without=("train_price", "tuned_price_in", "tuned_price_out"),
        base="amazon.nova-micro",
        training_examples=given["examples"],
        tokens_per_example=given["tokens_per_example"],
        epochs=given["epochs"],
    )
    return {"training_cost_usd": float(option(made, "hosted").up_front.amount)}


def training_and_calls(row: Mapping[str, Any]) -> dict[str, float]:
    bill = row["expected"]["monthly_inputs"]
    made = priced(
        10_000,
        prompt_tokens=bill["in_mtok"] * 100,
        output_tokens=bill["out_mtok"] * 100,
        price_in=bill["in_price"],
        price_out=bill["out_price"],
    )
    return training(row) | {"monthly_inference_usd": float(option(made, "prompt").month.amount)}


def hosted_and_own_training(row: Mapping[str, Any]) -> dict[str, float]:
    given = row["inputs"]
    made = priced(
        0,
        training_examples=1,
        tokens_per_example=given["training_tokens"],
        train_price=given["price_per_mtok"],
        gpu_per_hour=given["self_gpu_hourly"],
        train_tokens_per_second=round(given["training_tokens"] / given["self_gpu_hours"] / 3600, 6),
        train_derate=1,
    )
    return {
        "hosted_training_usd": float(option(made, "hosted").up_front.amount),
        "self_training_usd": float(option(made, "self_hosted").up_front.amount),
    }


def nova_calls(row: Mapping[str, Any]) -> dict[str, float]:
    given = row["inputs"]
    made = priced(
        given["calls_per_month"],
        without=("train_price", "tuned_price_in", "tuned_price_out"),
        base="amazon.nova-micro",
        prompt_tokens=given["input_tokens"],
        output_tokens=given["output_tokens"],
    )
    lines = {line.label: float(line.amount) for line in option(made, "hosted").lines}
    assert lines["Storage"] == given["storage_per_month"]
    tokens_in, tokens_out = lines["Changing prompt tokens"], lines["Output tokens"]
    return {"input_usd": tokens_in, "output_usd": tokens_out, "inference_usd": tokens_in + tokens_out}


def two_bills(row: Mapping[str, Any]) -> dict[str, float]:
    given = row["inputs"]
    each = given["total_mtok"] * 1_000_000 / 10_000
    made = priced(
        10_000,
        prompt_tokens=each * given["input_share"],
        output_tokens=each * (1 - given["input_share"]),
        price_in=given["base_in"],
        price_out=given["base_out"],
        tuned_price_in=given["ft_in"],
        tuned_price_out=given["ft_out"],
    )
    base, tuned = option(made, "prompt").month.amount, option(made, "hosted").month.amount
    return {"base_usd": float(base), "ft_usd": float(tuned)}


def a_day_of_a_server(row: Mapping[str, Any]) -> dict[str, float]:
    """The "month" is a day of 24 hours; a call is 1,000 tokens."""
    given = row["inputs"]
    made = priced(
        given["tokens_per_day"] / 1000,
        prompt_tokens=1000,
        output_tokens=0,
        price_in=given["api_price_per_mtok"],
        gpu_per_hour=given["gpu_hourly"],
        hours_per_month=24,
        decode_tokens_per_second=1_000_000,
    )
    own, prompt = option(made, "self_hosted"), option(made, "prompt")
    assert own.crossover_calls is not None
    assert own.month.amount > prompt.month.amount
    return {
        "api_daily_usd": float(prompt.month.amount),
        "self_daily_usd": float(own.month.amount),
        "break_even_tokens_per_day_derived": float(own.crossover_calls) * 1000,
    }


def a_month_of_a_server(row: Mapping[str, Any]) -> dict[str, float]:
    given = row["inputs"]
    made = priced(
        1000,
        prompt_tokens=1000 * given["input_share"],
        output_tokens=1000 * (1 - given["input_share"]),
        price_in=given["in_price"],
        price_out=given["out_price"],
        gpu_per_hour=given["gpu_hourly"],
        hours_per_month=given["hours"],
        decode_tokens_per_second=1_000_000,
    )
    own, prompt = option(made, "self_hosted"), option(made, "prompt")
    assert own.crossover_calls is not None
    return {
        "self_monthly_usd": float(own.month.amount),
        "api_blended_per_mtok": float(prompt.month.amount),
        "break_even_mtok_per_month_derived": float(own.crossover_calls) * 1000 / 1_000_000,
    }


def hosting(row: Mapping[str, Any]) -> dict[str, float]:
    given = row["inputs"]
    made = priced(
        given["conversations"],
        prompt_tokens=given["in_mtok"] * 1_000_000 / given["conversations"],
        output_tokens=given["out_mtok"] * 1_000_000 / given["conversations"],
        tuned_price_in=given["in_price"],
        tuned_price_out=given["out_price"],
        hosting_per_hour=given["hosting_per_hour"],
        hours_per_month=given["hours"],
    )
    hosted = option(made, "hosted")
    hours = next(float(line.amount) for line in hosted.lines if line.label == "Hosting")
    whole = float(hosted.month.amount)
    return {"hosting_usd": hours, "tokens_usd": whole - hours, "total_usd": whole}


def a_full_server(row: Mapping[str, Any]) -> dict[str, float]:
    """One replica that writes all the time: 1,000 calls of 1,000 output tokens are 1M tokens."""
    given = row["inputs"]
    calls = given["tok_s"] * 3600 * 730 / 1000
    made = priced(
        calls,
        prompt_tokens=0,
        output_tokens=1000,
        gpu_per_hour=given["price_per_hour"],
        decode_tokens_per_second=given["tok_s"],
        utilisation=1,
        peak_factor=1,
    )
    per_1000 = option(made, "self_hosted").per_1000_calls
    assert per_1000 is not None
    return {"usd_per_mtok": float(per_1000.amount)}


def return_on_tuning(row: Mapping[str, Any]) -> dict[str, float]:
    given = row["inputs"]
    made = priced(
        given["calls_per_month"],
        prompt_tokens=given["in_tok"],
        output_tokens=given["out_tok"],
        price_in=given["base_in"],
        price_out=given["base_out"],
        tuned_price_in=given["ft_in"],
        tuned_price_out=given["ft_out"],
        minimum_training_fee=given["training"],
        engineer_per_hour=given["prep_rate"],
        tuning_hours=given["prep_hours"],
        upkeep_hours=0,
    )
    prompt, hosted = option(made, "prompt"), option(made, "hosted")
    assert hosted.payback_months is not None
    net = prompt.first_year.amount - hosted.first_year.amount
    return {
        "base_monthly_usd": float(prompt.month.amount),
        "ft_monthly_usd": float(hosted.month.amount),
        "upfront_usd": float(hosted.up_front.amount),
        "monthly_savings_usd": float(prompt.month.amount - hosted.month.amount),
        "payback_months": float(hosted.payback_months),
        "net_12m_usd": float(net),
        "roi_pct": float(100 * net / hosted.up_front.amount),
    }


def never(row: Mapping[str, Any]) -> dict[str, float]:
    given = row["inputs"]
    made = priced(
        1,
        prompt_tokens=given["overhead_tokens"] + given["core_in"],
        fixed_share=round(given["overhead_tokens"] / (given["overhead_tokens"] + given["core_in"]), 12),
        output_tokens=given["out"],
        price_in=given["base_in"],
        price_out=given["base_out"],
        tuned_price_in=given["base_in"] * given["ft_multiplier"],
        tuned_price_out=given["base_out"] * given["ft_multiplier"],
        minimum_training_fee=given["training_usd"],
    )
    prompt, hosted = option(made, "prompt"), option(made, "hosted")
    assert hosted.crossover_calls is None
    assert hosted.payback_months is None
    assert hosted.pays_back is False
    return {"prompt_per_call": float(prompt.month.amount), "ft_per_call": float(hosted.month.amount)}


def days_to_pay_back(row: Mapping[str, Any]) -> dict[str, float]:
    """The "month" is a day: one call of 1M tokens at what a day saves."""
    given = row["inputs"]
    made = priced(
        1,
        prompt_tokens=1_000_000,
        output_tokens=0,
        price_in=given["saving_per_day"],
        minimum_training_fee=given["upfront"],
    )
    days = option(made, "hosted").payback_months
    assert days is not None
    return {"payback_days": float(days)}


def first_year(row: Mapping[str, Any]) -> dict[str, float]:
    given = row["inputs"]
    price = given["monthly_inference_usd"] / given["inference_mtok"]
    tokens = given["inference_mtok"] * 1000
    made = priced(
        1000,
        prompt_tokens=tokens * given["input_share"],
        output_tokens=tokens * (1 - given["input_share"]),
        tuned_price_in=price,
        tuned_price_out=price,
        training_examples=1,
        tokens_per_example=given["corpus_tokens"],
        epochs=given["epochs"],
        train_price=given["training_usd"] * 1_000_000 / given["corpus_tokens"] / given["epochs"],
    )
    return {"year1_usd": float(option(made, "hosted").first_year.amount)}


PUT_AS: Mapping[str, Callable[[Mapping[str, Any]], dict[str, float]]] = {
    "train-openai-2023-gpt35": training,
    "train-azure-sft-gpt41": training,
    "train-aws-nova-micro": nova_training,
    "train-luckystrike": training_and_calls,
    "train-cloudatler": hosted_and_own_training,
    "infer-aws-nova-micro-ft": nova_calls,
    "infer-devtoolbox-10m": two_bills,
    "daily-cloudatler-low": a_day_of_a_server,
    "self-bytesprint": a_month_of_a_server,
    "host-azure-month": hosting,
    "gpu-cost-per-mtok-a100": a_full_server,
    "gpu-cost-per-mtok-h100": a_full_server,
    "roi-nova-1": return_on_tuning,
    "crossover-forg": never,
    "crossover-agentbeck-53128": days_to_pay_back,
    "year1-aitot-fireworks-llama4-8b": first_year,
    "year1-aitot-fireworks-llama4-70b": first_year,
}


@pytest.mark.parametrize("name", PUT_AS)
def test_the_ledger_gives_the_published_figures(name: str) -> None:
    row = ROWS[name]
    for figure, amount in PUT_AS[name](row).items():
        assert amount == pytest.approx(row["expected"][figure], rel=row["rel_tol"]), figure


def test_every_consistent_row_is_reproduced_or_has_a_reason_why_not() -> None:
    consistent = {name for name, row in ROWS.items() if row["internally_consistent"]}
    assert consistent == PUT_AS.keys() | CANNOT_BE_PUT.keys()


def test_a_part_of_a_server_is_paid_as_a_whole_one() -> None:
    """What the row about 0.7 instances should have said: one instance, 2 x 720."""
    given = ROWS["crossover-agentbeck-50785"]["inputs"]
    calls = given["instances"] * 1000 * 3600 * 720 / 1000
    made = priced(
        calls,
        prompt_tokens=0,
        output_tokens=1000,
        gpu_per_hour=given["gpu_hourly"],
        hours_per_month=given["hours"],
        decode_tokens_per_second=1000,
        utilisation=1,
        peak_factor=1,
    )
    assert option(made, "self_hosted").month.amount == 1440
