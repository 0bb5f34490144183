from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from core import inputs
from core.answers import NOT_ASKED, NOT_SURE, Between


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("calls_per_month", Decimal(1_740_000), "1.74M"),
        ("calls_per_month", Between(Decimal(80_000), Decimal(120_000)), "80,000 to 120k"),
        ("calls_per_month", [None, 99_999], "at most 99,999"),
        ("prompt_examples", Between(Decimal(5), None), "at least 5"),
        ("quality_target", 0.9996, "99.96%"),
        ("fixed_share", Decimal("0.511"), "51.1%"),
        ("cache_hit_rate", Decimal("0.45039481"), "45%"),
        ("cache_hit_rate", 1, "100%"),
        ("latency_ms", Decimal(1800), "1,800 ms"),
        ("latency_ms", Decimal("1799.6"), "1,800 ms"),
        ("engineer_per_hour", Decimal(136), "$136"),
        ("engineer_per_hour", Decimal("1234.5"), "$1,234.50"),
        ("price_in", Decimal("0.035"), "$0.035"),
        ("base_life_months", Decimal("14.290418"), "14.3"),
        ("prompt_tokens", 2000, "2,000"),
        ("model", "openai:gpt-6.1-terra", "openai:gpt-6.1-terra"),
        ("misses", "facts", "it lacks facts it was not given"),
        ("reasons", frozenset({"latency", "cost"}), "cost and latency"),
        ("reasons", [], "none"),
        ("can_wait", False, "no"),
        ("can_wait", None, "not sure"),
        ("quality_now", NOT_SURE, "not sure"),
        ("quality_now", NOT_ASKED, "not asked"),
    ],
)
def test_a_value_is_said_as_people_write_it(key: str, value: Any, words: str) -> None:
    assert inputs.shown(key, value) == words


@pytest.mark.parametrize(
    ("key", "number", "up", "words"),
    [
        ("calls_per_month", "1285001", True, "1.29M"),
        ("calls_per_month", "1285001", False, "1.28M"),
        ("fixed_share", "0.5110341", True, "51.10341%"),
        ("engineer_per_hour", "136.5", True, "$136.50"),
    ],
)
def test_where_a_verdict_changes_is_never_rounded_towards_the_present(
    key: str, number: str, up: bool, words: str
) -> None:
    assert inputs.turning(key, Decimal(number), up=up) == words


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("gpus_per_replica", "1", "1 GPU a replica"),
        ("gpus_per_replica", "2", "2 GPUs a replica"),
        ("min_replicas", "at most 1", "at most 1 replica always running"),
        ("calls_per_month", "1", "1 call a month"),
        ("calls_per_month", "between 0 and 1", "between 0 and 1 calls a month"),
        ("calls_per_month", "1.2M", "1.2M calls a month"),
        ("horizon_months", "1", "1 month to pay back in"),
        ("epochs", "1", "1 pass over the examples"),
        ("runs", "1", "1 training run"),
        ("eval_correct", "1", "1 right answer"),
        ("hours_per_month", "1", "1 billed hour a month"),
        ("peak_factor", "1", "busiest hours of 1 times the average"),
        ("engineer_per_hour", "$1", "$1 for an hour of engineering"),
        ("fixed_share", "1%", "1% of the prompt the same in every call"),
    ],
)
def test_one_of_a_thing_is_said_in_the_singular(key: str, value: str, words: str) -> None:
    assert inputs.phrase(key, value) == words
