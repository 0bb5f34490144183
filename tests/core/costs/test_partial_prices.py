"""A price of prompt tokens alone: the others keep the multiple of it that the catalogue has."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from core.case import read_case
from core.costs.estimate import estimate
from core.costs.ledger import Estimate
from tests.support.worked import DAY, POLICY, option

D = Decimal
LENGTHS = (200_000, 200_001)


def ledger(**stated: Any) -> Estimate:
    return estimate(read_case({"calls_per_month": 1_000_000, "assumptions": stated}), on=DAY, policy=POLICY)


def prices(made: Estimate, who: str = "") -> dict[str, Any]:
    kinds = ("in", "cached", "write", "out")
    return {kind: made.assumptions[f"{who}price_{kind}"].value for kind in kinds}


def test_a_price_of_prompt_tokens_alone_scales_the_others() -> None:
    """gpt-6.1-terra is listed at $1, $0.05 cached, $1.25 written and $5 out: at $0.10 that is a tenth of each."""
    assert prices(ledger()) == {"in": 1, "cached": D("0.05"), "write": D("1.25"), "out": 5}
    made = ledger(price_in=0.1)
    assert prices(made) == {"in": D("0.1"), "cached": D("0.005"), "write": D("0.125"), "out": D("0.5")}
    sources = {line.label: line.source for line in option(made, "prompt_cached").lines}
    for label in (
        "Fixed prompt tokens read from the cache",
        "Fixed prompt tokens not in the cache",
        "Output tokens",
    ):
        assert sources[label].startswith("scaled with price_in; genai-prices")
    assert sources["Changing prompt tokens"] == "the team's own figure"


def test_what_is_stated_beside_it_is_not_scaled() -> None:
    made = ledger(price_in=0.1, price_out=3, price_write=0.2)
    assert prices(made) == {"in": D("0.1"), "cached": D("0.005"), "write": D("0.2"), "out": 3}


def test_a_price_of_output_alone_scales_nothing() -> None:
    assert prices(ledger(price_out=3)) == {"in": 1, "cached": D("0.05"), "write": D("1.25"), "out": 3}


def test_the_cheaper_model_s_prices_are_scaled_alike_and_it_stays_the_one_of_our_table() -> None:
    """gpt-6-luna: $0.10, $0.01 cached, $0.125 written, $0.50 out."""
    made = ledger(cheaper_price_in=0.2, cheaper_price_out=0.4)
    assert made.assumptions["cheaper_model"].value == "openai:gpt-6-luna"
    assert prices(made, "cheaper_") == {
        "in": D("0.2"),
        "cached": D("0.02"),
        "write": D("0.25"),
        "out": D("0.4"),
    }


def test_a_tuned_model_s_output_is_scaled_as_its_base_lists_it() -> None:
    """A tuned Nova Micro is listed at $0.035 and $0.14, four times as much."""
    made = ledger(base="nova-micro", tuned_price_in=0.07)
    assert made.assumptions["tuned_price_out"].value == D("0.28")
    lines = {line.label: line.source for line in option(made, "hosted").lines}
    assert lines["Output tokens"].startswith("scaled with tuned_price_in; ")


def test_a_free_prompt_token_scales_the_others_to_nothing() -> None:
    assert prices(ledger(price_in=0)) == {"in": 0, "cached": 0, "write": 0, "out": 0}


def test_a_tier_begins_beyond_its_start() -> None:
    """gemini-2.5-pro is listed at $1.25 up to 200,000 tokens of a prompt, and at $2.50 beyond."""
    at = {tokens: prices(ledger(model="google:gemini-2.5-pro", prompt_tokens=tokens)) for tokens in LENGTHS}
    assert [one["in"] for one in at.values()] == [D("1.25"), D("2.5")]
    month = [option(ledger(model="google:gemini-2.5-pro", prompt_tokens=n), "prompt").month for n in LENGTHS]
    assert month[1].amount > D("1.4") * month[0].amount


@pytest.mark.parametrize("prompt", [1000, 250_000])
def test_in_each_tier_the_price_is_that_of_the_tier_times_the_same(prompt: int) -> None:
    listed = prices(ledger(model="google:gemini-2.5-pro", prompt_tokens=prompt))
    stated = prices(ledger(model="google:gemini-2.5-pro", prompt_tokens=prompt, price_in=listed["in"] * 2))
    assert stated["out"] == pytest.approx(listed["out"] * 2)
    assert stated["cached"] == pytest.approx(listed["cached"] * 2)
