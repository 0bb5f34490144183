"""The model that a family's name stands for."""

from __future__ import annotations

import datetime

import pytest

from core.prices.calling import calling_price
from core.prices.families import MOST_CANDIDATES, newest_of


@pytest.mark.parametrize(
    ("family", "newest"),
    [
        ("claude haiku", "anthropic:claude-haiku-5-5"),
        ("haiku", "anthropic:claude-haiku-5-5"),
        ("gemini flash", "google:gemini-3.8-flash"),
        ("gpt terra", "openai:gpt-6.1-terra"),
        ("gpt mini", "openai:gpt-5.4-mini"),
        ("grok", "x-ai:grok-4.7"),
        ("mistral large", "mistral:mistral-large-4"),
    ],
)
def test_a_family_is_its_newest_model_with_a_price(family: str, newest: str) -> None:
    assert newest_of(family) == (newest,)
    assert calling_price(newest, on=datetime.date(2026, 11, 23)).price_in > 0


@pytest.mark.parametrize("family", ["claude", "gemini", "gpt", "llama"])
def test_a_maker_s_name_alone_is_several_models(family: str) -> None:
    assert 1 < len(newest_of(family)) <= MOST_CANDIDATES


@pytest.mark.parametrize("family", ["", "model", "nobody has this"])
def test_what_no_maker_has_is_none(family: str) -> None:
    assert newest_of(family) == ()
