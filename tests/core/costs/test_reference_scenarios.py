"""The two scenarios of tests/vectors/reference_scenarios.md, as they are worked there by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.support.worked import option, priced

D = Decimal

GPT_4O_MINI: dict[str, Any] = {
    "price_in": 0.15,
    "price_cached": 0.075,
    "price_out": 0.60,
    "tuned_price_in": 0.30,
    "tuned_price_out": 1.20,
    "train_price": 3,
}
TICKETS = GPT_4O_MINI | {
    "prompt_tokens": 1800,
    "fixed_share": 0.8333333333333333333,
    "output_tokens": 60,
    "training_examples": 600,
    "epochs": 3,
}


def test_tickets_cost_the_same_per_month_as_by_hand() -> None:
    tickets = TICKETS | {"cache_hit_rate": 1}
    made = priced(80_000, answers={"labelled_examples": 600}, **tickets)
    assert round(option(made, "prompt").month.amount, 6) == D("24.48")
    assert round(option(made, "prompt_cached").month.amount, 6) == D("15.48")
    assert round(option(made, "hosted").month.amount, 6) == D("12.96")
    assert round(option(made, "hosted").up_front.amount, 6) == D("1.944")


@pytest.mark.parametrize(
    ("cached", "labour", "months"),
    [(0, 0, 1.944 / 11.52), (0, 3000, 3001.944 / 11.52), (1, 3000, 3001.944 / 2.52)],
)
def test_tickets_pay_back_as_by_hand(cached: int, labour: int, months: float) -> None:
    stated = TICKETS | {
        "cache_hit_rate": cached,
        "engineer_per_hour": 1,
        "tuning_hours": labour,
        "upkeep_hours": 0,
    }
    made = priced(80_000, answers={"labelled_examples": 600}, **stated)
    found = option(made, "hosted").payback_months
    assert found is not None
    assert float(found) == pytest.approx(months)
    assert float(found) == pytest.approx({0: 0.169, 3000: 260.6}[labour] if not cached else 1191, rel=0.002)


RECORDS = GPT_4O_MINI | {"prompt_tokens": 4000, "output_tokens": 400}


def test_records_at_a_provider_cost_what_they_do_by_hand() -> None:
    made = priced(2_500_000, **RECORDS)
    assert option(made, "prompt").month.amount == 2100
    tuned = RECORDS | {"fixed_share": 0.375}
    assert option(priced(2_500_000, **tuned), "hosted").month.amount == 3075


def test_records_that_may_not_leave_leave_only_what_runs_in_the_house() -> None:
    made = priced(2_500_000, answers={"data_may_leave": False}, **RECORDS)
    assert [o.option for o in made.options] == ["self_hosted", "self_hosted_prompted"]
    assert [r.option for r in made.removed] == ["prompt", "prompt_cached", "cheaper_model", "hosted"]
    assert all("may not leave" in r.because for r in made.removed)
    assert made.baseline == "self_hosted_prompted"


@pytest.mark.parametrize(("prefill_weight", "output", "a_second"), [(1, 0, 3806), (0, 400, 381)])
def test_records_load_the_servers_as_by_hand(prefill_weight: int, output: int, a_second: int) -> None:
    """2.5M / (730 x 3,600) = 0.951 calls a second: 3,805.2 prompt and 380.5 output tokens, one a second and replica."""
    stated = RECORDS | {
        "output_tokens": output,
        "prefill_weight": prefill_weight,
        "decode_tokens_per_second": 1,
        "utilisation": 1,
        "peak_factor": 1,
        "gpu_per_hour": 1,
    }
    made = priced(2_500_000, answers={"data_may_leave": False}, **stated)
    assert option(made, "self_hosted_prompted").month.amount == a_second * 730
