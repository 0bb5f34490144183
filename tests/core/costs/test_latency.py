"""How long a call takes, where that is a reason and somebody measured it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from core.case import read_case
from core.costs.estimate import estimate
from core.costs.ledger import Estimate
from core.told import told_ledger
from tests.support.worked import DAY, POLICY, option


def ledger(case: dict[str, Any] | None = None, **stated: Any) -> Estimate:
    asked = {"calls_per_month": 1_000_000, "reasons": ["latency"]} | (case or {}) | {"assumptions": stated}
    return estimate(read_case(asked), on=DAY, policy=POLICY)


def latency(made: Estimate, name: str) -> Any:
    shown = next(o for o in told_ledger(made).to_json()["options"] if o["option"] == name)
    json.dumps(shown, allow_nan=False)
    return shown["latency"]


@pytest.mark.parametrize("reasons", [["cost"], [], None])
def test_where_latency_is_no_reason_nothing_is_said_of_it(reasons: Any) -> None:
    made = ledger({"reasons": reasons})
    assert all("latency" not in shown for shown in told_ledger(made).to_json()["options"])
    assert all("faster" not in note for each in made.options for note in each.notes)


def test_the_prompt_takes_as_long_as_the_team_says() -> None:
    told = latency(ledger({"latency_now_ms": 900}), "prompt")
    assert (told["first_token_ms"], told["total_ms"]) == (None, 900)
    assert "the team's own figure" in told["because"]


@pytest.mark.parametrize("name", ["prompt", "prompt_cached", "cheaper_model", "self_hosted"])
def test_what_nobody_measured_is_unknown_and_says_so(name: str) -> None:
    told = latency(ledger(), name)
    assert (told["first_token_ms"], told["total_ms"]) == (None, None)
    assert told["because"].endswith(".")


def test_a_tuned_model_is_as_fast_as_it_was_measured() -> None:
    """380 ms, then 150 tokens at 183 a second: 380 + 819.7."""
    told = latency(ledger(base="aws:nova-micro"), "hosted")
    assert (told["first_token_ms"], told["total_ms"]) == (380, 1199.7)
    assert latency(ledger(base="azure:gpt-4.1-mini"), "hosted")["total_ms"] is None


def test_own_servers_read_the_prompt_at_the_measured_pace() -> None:
    """70B on 2 H100: 47.8 ms for 500 tokens, 406.8 ms for 5,000: 359 / 4,500 ms a token more. A tuned prompt of 2,350
    tokens takes 47.8 + 1,850 x 359 / 4,500 = 195.4 ms; 150 output tokens at 18.9 ms each are 2,835 ms."""
    made = ledger(model_size="70B", gpus_per_replica=2, prompt_tokens=4500, fixed_share=0.5)
    told = latency(made, "self_hosted")
    assert (told["first_token_ms"], told["total_ms"]) == (195.4, 3030.4)
    inside = ledger({"data_may_leave": False}, model_size="70B", gpus_per_replica=2, prompt_tokens=5000)
    assert latency(inside, "self_hosted_prompted")["first_token_ms"] == 406.8
    assert latency(inside, "self_hosted")["first_token_ms"] < 406.8


def test_measured_on_other_gpus_is_not_measured() -> None:
    assert latency(ledger(model_size="70B", gpus_per_replica=1), "self_hosted")["total_ms"] is None


def test_tuning_is_not_assumed_to_be_faster_and_the_ledger_says_so() -> None:
    made = ledger()
    for name in ("hosted", "self_hosted"):
        notes = " ".join(option(made, name).notes)
        assert "not assumed to make a call faster" in notes
        assert "+7% time to first token" in notes
    assert "faster" not in " ".join(option(made, "prompt").notes)
