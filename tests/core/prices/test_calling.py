"""Calling prices: by exact name and date, never guessed."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from genai_prices import Usage, calc_price

from core.answers import CaseError
from core.prices.calling import beside_the_library, calling_price, shortest_cached_prefix, smaller_model

DAY = datetime.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("model", "price_in", "cached", "out"),
    [
        ("openai:gpt-6-luna", "0.10", "0.01", "0.50"),
        ("openai:gpt-6.1-terra", "1.00", "0.05", "5.00"),
        ("openai:gpt-6.1-sol", "2.00", "0.10", "10.00"),
        ("anthropic:claude-haiku-5-5", "0.10", "0.01", "0.50"),
        ("anthropic:claude-sonnet-5-5", "2.00", "0.10", "10.00"),
        ("anthropic:claude-opus-5-5", "4.00", "0.20", "20.00"),
        ("google:gemini-3.5-flash-lite", "0.30", "0.03", "2.50"),
        ("google:gemini-3.5-flash", "1.50", "0.15", "9.00"),
        ("aws:amazon.nova-micro", "0.035", "0.00875", "0.14"),
        ("aws:amazon.nova-lite", "0.06", "0.015", "0.24"),
        ("mistral:ministral-8b-2512", "0.15", "0.015", "0.15"),
    ],
)
def test_the_prices_are_those_that_were_read_by_hand(
    model: str, price_in: str, cached: str, out: str
) -> None:
    price = calling_price(model, on=DAY)
    assert (price.price_in, price.price_cached, price.price_out) == (
        Decimal(price_in),
        Decimal(cached),
        Decimal(out),
    )
    assert price.as_of is not None


@pytest.mark.parametrize(
    "model", ["openai:gpt-4.1-mini", "anthropic:claude-haiku-5-5", "openai:gpt-6.1-terra"]
)
@pytest.mark.parametrize("tokens", [3000, 300_000])
def test_a_call_costs_what_the_library_says(model: str, tokens: int) -> None:
    price = calling_price(model, on=DAY, prompt_tokens=Decimal(tokens))
    assert price.price_cached is not None
    ours = (price.price_in * (tokens - 2000) + price.price_cached * 2000 + price.price_out * 500) / 1_000_000
    provider, _, name = model.partition(":")
    usage = Usage(input_tokens=tokens, cache_read_tokens=2000, output_tokens=500)
    noon = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
    assert ours == calc_price(usage, name, provider_id=provider, genai_request_timestamp=noon).total_price


def test_the_price_is_that_of_the_day() -> None:
    before, after = datetime.date(2026, 7, 29), datetime.date(2026, 7, 30)
    assert calling_price("openai:gpt-5.6-luna", on=before).price_in == 1
    assert calling_price("openai:gpt-5.6-luna", on=after).price_in == Decimal("0.2")


def test_a_price_that_is_lower_at_night_counts_as_by_day() -> None:
    assert calling_price("deepseek:deepseek-chat", on=DAY).price_in == Decimal("0.27")


def test_past_a_tier_every_token_costs_the_tiers_price() -> None:
    at = {
        n: calling_price("openai:gpt-6-luna", on=DAY, prompt_tokens=Decimal(n)).price_in
        for n in (272_000, 272_001)
    }
    assert at == {272_000: Decimal("0.1"), 272_001: Decimal("0.2")}


@pytest.mark.parametrize(
    ("alias", "model"),
    [
        ("openai:gpt-4o-mini-2024-07-18", "openai:gpt-4o-mini"),
        ("openai:GPT-6.1-Terra", "openai:gpt-6.1-terra"),
        ("anthropic:claude-sonnet-5-5-20260901", "anthropic:claude-sonnet-5-5"),
        ("aws:us.amazon.nova-micro-v1:0", "aws:amazon.nova-micro-v1:0"),
    ],
)
def test_an_alias_is_its_model(alias: str, model: str) -> None:
    assert calling_price(alias, on=DAY).model == model


@pytest.mark.parametrize(
    "model",
    [
        "openai:gpt-6.1-tera",
        "openai:ft:gpt-4.1",
        "google:gemini-3.5-flash-liteish",
        "aws:my-amazon.nova-micro-thing",
        "anthropic:claude-sonnet-5-50",
        "openai:",
        "nobody:gpt-4o",
        ":",
    ],
)
def test_an_unknown_model_is_refused(model: str) -> None:
    with pytest.raises(CaseError, match="is not a model with a known price"):
        calling_price(model, on=DAY)


def test_a_refusal_names_the_nearest() -> None:
    with pytest.raises(CaseError, match=r"the nearest are openai:gpt-6\.1-terra"):
        calling_price("openai:gpt-6.1-tera", on=DAY)
    with pytest.raises(
        CaseError, match=r"the provider 'opnai' is not known, the nearest are openai.*openai:gpt-4o"
    ):
        calling_price("opnai:gpt-4o", on=DAY)


def test_every_smaller_model_has_a_price() -> None:
    for entry in beside_the_library().smaller:
        assert calling_price(entry.model, on=DAY).price_in > 0
        found = smaller_model(f"{entry.provider}:anything", on=DAY)
        assert found is not None
        assert found.model == entry.model


def test_a_provider_without_a_smaller_model_has_none() -> None:
    assert smaller_model("x-ai:grok-4", on=DAY) is None


def test_a_prefix_is_cached_from_1024_tokens_where_nothing_else_is_known() -> None:
    assert shortest_cached_prefix("nobody:anything") == 1024
