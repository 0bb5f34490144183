"""What may be assumed, and what is refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from core.answers import CaseError
from core.case import check_assumption
from core.facts import ASSUMPTIONS


@pytest.mark.parametrize(
    ("key", "value", "taken"),
    [
        ("prompt_tokens", 1800, Decimal(1800)),
        ("price_in", 0.15, Decimal("0.15")),
        ("fixed_share", 1, Decimal(1)),
        ("base_life_months", -3, Decimal(-3)),
        ("runs", 5.0, Decimal("5.0")),
        ("model", " openai:gpt-6-luna ", "openai:gpt-6-luna"),
        ("model_size", "70b", "70B"),
        ("base", "open model up to 16B", "open model up to 16B"),
    ],
)
def test_an_assumption_is_taken_as_it_was_typed(key: str, value: Any, taken: Decimal | str) -> None:
    assert check_assumption(key, value) == taken


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("prompt_tokens", -1, "a number from 0"),
        ("prompt_tokens", "2000", "a number from 0"),
        ("prompt_tokens", True, "a number from 0"),
        ("prompt_tokens", float("nan"), "a number from 0"),
        ("prompt_tokens", float("inf"), "a number from 0"),
        ("prompt_tokens", Decimal("sNaN"), "a number from 0"),
        ("prompt_tokens", 1e13, "a number from 0"),
        ("prompt_tokens", [1, 2], "a number from 0"),
        ("prompt_tokens", None, "a number from 0"),
        ("fixed_share", 1.01, "a fraction from 0 to 1"),
        ("utilisation", 0, "a fraction over 0 to 1"),
        ("runs", 1.5, "a whole number from 1"),
        ("runs", 0, "a whole number from 1"),
        ("price_in", -0.01, "an amount in dollars from 0"),
        ("hours_per_month", 745, "a number over 0 to 744"),
        ("model", "gpt-4o", "a model as provider:model"),
        ("model", "openai:", "a model as provider:model"),
        ("model", 4, "a model as provider:model"),
        ("model_size", "big", "a model size such as 8B"),
        ("base", "", "a name"),
        ("base", "x" * 121, "a name of at most 120 characters"),
        ("base", "a\nb", "a name"),
    ],
)
def test_what_cannot_be_is_refused_with_what_was_expected(key: str, value: Any, expected: str) -> None:
    with pytest.raises(CaseError) as refused:
        check_assumption(key, value)
    assert refused.value.key == f"assumptions.{key}"
    assert refused.value.expected.startswith(expected)


def test_an_unknown_assumption_is_refused_with_the_known_ones() -> None:
    with pytest.raises(CaseError, match=r"assumptions\.tokens.*they are model, cheaper_model, base"):
        check_assumption("tokens", 1)


@pytest.mark.parametrize(
    "key", [key for key, assumption in ASSUMPTIONS.items() if assumption.fixed is not None]
)
def test_every_fixed_default_may_be_stated(key: str) -> None:
    fixed = ASSUMPTIONS[key].fixed
    assert check_assumption(key, fixed) == fixed


def test_every_assumption_is_described() -> None:
    for assumption in ASSUMPTIONS.values():
        assert assumption.description
        assert assumption.default
        assert assumption.expected
