"""What replies say of the ledger's assumptions, and of models by their family."""

from __future__ import annotations

import pytest

from core.case import check_assumption
from core.reading import read


@pytest.mark.parametrize(
    ("text", "assumed"),
    [
        ("what if labour was $150 an hour", {"engineer_per_hour": 150}),
        ("our developers cost us $90/h", {"engineer_per_hour": 90}),
        ("change engineering to $120 per hour", {"engineer_per_hour": 120}),
        ("an engineer costs $1,200 a day", {"engineer_per_hour": 150}),
        ("salaries are $174k a year", {"engineer_per_hour": 83.4}),
        ("what if H100s were $2.50 an hour", {"gpu_per_hour": 2.5}),
        ("what if a gpu was $1460 a month", {"gpu_per_hour": 2}),
        ("what if labels cost 50 cents each", {"price_per_label": 0.5}),
        ("what if it cost $3 per 1M input tokens", {"price_in": 3}),
        ("what if it cost $3 per 1M output tokens", {"price_out": 3}),
        ("what if half of it can be batched", {"batch_share": 0.5}),
        ("what if 80% could be batched", {"batch_share": 0.8}),
        ("what if the cache hit rate was 50%", {"cache_hit_rate": 0.5}),
        ("set the retry rate to 5%", {"retry_rate": 0.05}),
        ("what if retraining was needed monthly", {"retrains_per_year": 12}),
        ("what if we retrain every 2 months", {"retrains_per_year": 6}),
        ("what if we retrain 4 times a year", {"retrains_per_year": 4}),
        ("what if it must pay back within 6 months", {"horizon_months": 6}),
        ("change the horizon to 2 years", {"horizon_months": 24}),
        ("what if the budget was $500 a month", {}),
        ("what if an engineer was 60 euros an hour", {}),
        ("what if 2M calls", {}),
        ("what if quality was 80%", {}),
    ],
)
def test_what_is_said_of_an_assumption_is_read(text: str, assumed: dict[str, float]) -> None:
    reading = read(text)
    assert dict(reading.assumed) == assumed
    for key, value in assumed.items():
        check_assumption(key, value)


def test_money_stays_among_the_values_as_it_was_said() -> None:
    assert dict(read("salaries are $174k a year").values) == {"money": [174_000, "USD", "year"]}


def test_money_by_nothing_is_by_the_hour_and_doubtful() -> None:
    reading = read("what if labour was $150")
    assert reading.doubtful
    assert dict(reading.assumed) == {"engineer_per_hour": 150}


def test_a_share_answers_the_question_that_is_asked() -> None:
    assert not read("80% of the batch is right", "quality").assumed


@pytest.mark.parametrize(
    ("text", "family", "mode"),
    [
        ("what if we used Claude Haiku?", "claude haiku", "whatif"),
        ("what about gemini flash", "gemini flash", "whatif"),
        ("change the model to sonnet", "sonnet", "change"),
        ("we use claude haiku", "claude haiku", "answer"),
        ("what if we used gpt-5-mini", "", "whatif"),
    ],
)
def test_a_family_of_models_is_named_but_never_a_value(text: str, family: str, mode: str) -> None:
    reading = read(text)
    assert (reading.family, reading.mode) == (family, mode)
    assert bool(reading.values) == (not family)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("what if cost was the only reason", {"reasons": ["cost"]}),
        ("what if prompts were twice as long", {"prompt_tokens": "x2"}),
        ("what if answers were half as long", {"output_tokens": "x0.5"}),
        ("what if twice as many calls", {"calls_per_month": "x2"}),
        ("what if we switched to gpt-5-mini", {"model": "gpt-5-mini"}),
    ],
)
def test_what_ifs_name_what_they_change(text: str, values: dict[str, object]) -> None:
    reading = read(text)
    assert (reading.intent, dict(reading.values), reading.doubtful) == ("whatif", values, False)


def test_a_price_that_halves_is_a_price_and_not_a_length():
    reading = read("what if the price of output halves?", None)
    assert (dict(reading.values), dict(reading.assumed)) == ({}, {"price_out": "x0.5"})


@pytest.mark.parametrize(
    ("asked", "intent", "of"),
    [
        ("what about self-hosting?", "compare", "self_hosted"),
        ("why not a cheaper model?", "compare", "cheaper"),
        ("what would it take to switch to fine-tuning?", "flips", "fine_tune"),
        ("explain measure first", "explain", "measure_first"),
        ("what speaks against it?", "against", ""),
        ("how sure are you?", "confidence", ""),
        ("show the chart", "chart", ""),
        ("what did we decide before?", "similar", ""),
        ("what about gemini flash", "clarify", ""),
    ],
)
def test_a_question_about_the_advice_is_told_from_a_what_if(asked, intent, of):
    reading = read(asked, None)
    assert (reading.intent, reading.of, dict(reading.values)) == (intent, of, {})
