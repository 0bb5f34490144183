"""How models are called where people read."""

from __future__ import annotations

import pytest

from core.prices.calling import models_of
from core.prices.catalogue import tuning
from core.prices.names import model_name


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("openai:gpt-6.1-terra", "GPT-6.1 Terra"),
        ("openai:gpt-4.1-mini-2025-04-14", "GPT-4.1 mini"),
        ("openai:o4-mini", "o4-mini"),
        ("anthropic:claude-haiku-4-5", "Claude Haiku 4.5"),
        ("aws:amazon.nova-micro-v1:0", "Nova Micro on AWS"),
        ("azure:gpt-4.1", "GPT-4.1 on Azure"),
        ("google:gemini-3.5-flash-lite", "Gemini 3.5 Flash Lite"),
        ("google:llama-3.1-8b", "Llama 3.1 8B on Google"),
        ("together:meta-llama/Llama-3.3-70B-Instruct", "Llama 3.3 70B Instruct on Together"),
        ("together:open model up to 16B", "Open model up to 16B on Together"),
        ("our own model", "our own model"),
        (":", ":"),
        ("nobody:", "nobody:"),
    ],
)
def test_a_model_is_called_as_people_say_it(key: str, said: str) -> None:
    assert model_name(key) == said


def test_no_two_bases_that_can_be_tuned_have_the_same_name() -> None:
    names = [base.name for base in tuning().base]
    assert len({model_name(name) for name in names}) == len(names)


@pytest.mark.parametrize("provider", ["openai", "anthropic", "google", "mistral", "aws"])
def test_every_model_of_a_provider_has_a_name_without_its_key(provider: str) -> None:
    for model in models_of(provider):
        said = model_name(f"{provider}:{model}")
        assert said.strip()
        assert ":" not in said
