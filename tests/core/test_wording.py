from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.case import read_case
from core.policy import policy_on
from core.questions import QUESTIONS
from core.tree import Verdict
from core.wording import HEADLINES, answer_in_words, count, from_calls, money, months, percent

DAY = datetime.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("0", "0"),
        ("1", "1"),
        ("0.5", "0.5"),
        ("49.4974", "49.5"),
        ("950", "950"),
        ("999", "999"),
        ("999.6", "1,000"),
        ("1000", "1,000"),
        ("12500", "12,500"),
        ("99999", "99,999"),
        ("99999.7", "100k"),
        ("100000", "100k"),
        ("250000", "250k"),
        ("999499", "999k"),
        ("999500", "1M"),
        ("1460000", "1.46M"),
        ("7600000", "7.6M"),
        ("999999999", "1B"),
        ("2100000000", "2.1B"),
        ("1000000000000", "1,000B"),
        ("1e15", "1,000,000B"),
    ],
)
def test_counts_are_short_and_exact_where_it_matters(number: str, words: str) -> None:
    assert count(Decimal(number)) == words


@pytest.mark.parametrize(
    ("calls", "words"),
    [
        ("1286825.1", "1.29M"),
        ("1284100", "1.29M"),
        ("1280000.01", "1.29M"),
        ("1280000", "1.28M"),
        ("99.2", "100"),
        ("0", "0"),
    ],
)
def test_a_crossover_is_rounded_up_so_that_it_holds_there(calls: str, words: str) -> None:
    assert from_calls(Decimal(calls)) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "$0"),
        ("0.47", "$0.47"),
        ("0.005", "$0.005"),
        ("0.00030649", "$0.000306"),
        ("0.0099999", "$0.01"),
        ("1.5", "$1.50"),
        ("99.99", "$99.99"),
        ("99.996", "$100"),
        ("118.4", "$118"),
        ("12300", "$12,300"),
        ("999999.4", "$999,999"),
        ("999999.6", "$1M"),
        ("1460000", "$1.46M"),
        ("-5", "-$5.00"),
        ("-2500000", "-$2.5M"),
    ],
)
def test_money_is_rounded_for_people(amount: str, words: str) -> None:
    assert money(Decimal(amount)) == words


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (Decimal("0.86"), "86%"),
        (Decimal("0.995"), "99.5%"),
        (Decimal(0), "0%"),
        (Decimal(1), "100%"),
        (Fraction(43, 50), "86%"),
        (Fraction(2, 3), "66.7%"),
        (0.85, "85%"),
        (0.07, "7%"),
        (Decimal("0.9996"), "99.96%"),
        (Decimal("0.99999"), "99.999%"),
        (Decimal("0.0004"), "0.04%"),
    ],
)
def test_a_share_is_a_percentage_and_never_rounded_to_all_or_nothing(share: Any, words: str) -> None:
    assert percent(share) == words


DAY = datetime.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("1", "1 month"),
        ("3.24", "3.2 months"),
        ("14.4", "14 months"),
        ("0", "0 months"),
        ("0.97", "1 month"),
        ("9.97", "10 months"),
    ],
)
def test_months_are_counted(number: str, words: str) -> None:
    assert months(Decimal(number)) == words


@given(st.decimals(0, 10**15, allow_nan=False, places=3))
def test_a_count_of_any_size_is_said_within_half_a_percent(number: Decimal) -> None:
    words = count(number)
    size = {"k": 10**3, "M": 10**6, "B": 10**9}.get(words[-1], 1)
    said = Decimal(words.rstrip("kMB").replace(",", "")) * size
    assert "E" not in words
    assert abs(said - number) <= number / 200


@given(st.decimals(-(10**13), 10**13, allow_nan=False, places=6))
def test_money_of_any_size_is_said_within_one_percent(amount: Decimal) -> None:
    words = money(amount)
    size = {"k": 10**3, "M": 10**6, "B": 10**9}.get(words[-1], 1)
    said = Decimal(words.rstrip("kMB").replace(",", "").replace("$", "")) * size
    assert "E" not in words
    assert abs(said - amount) <= max(abs(amount) / 100, Decimal("0.005"))


@pytest.mark.parametrize(
    ("question", "case", "words"),
    [
        ("data_may_leave", {"data_may_leave": True}, "Yes"),
        ("data_may_leave", {"data_may_leave": None}, "not sure"),
        ("data_may_leave", {}, "not asked"),
        ("prompt_examples", {"prompt_examples": [0, 4]}, "0 to 4 examples"),
        ("prompt_examples", {"prompt_examples": [5, None]}, "at least 5 examples"),
        ("prompt_examples", {"prompt_examples": 12}, "12 examples"),
        ("prompt_examples", {"prompt_examples": 1}, "1 example"),
        ("calls_per_month", {"calls_per_month": 80_000}, "80,000"),
        ("calls_per_month", {"calls_per_month": [None, 99_999]}, "at most 99,999"),
        ("calls_per_month", {"calls_per_month": [100_000, 1_000_000]}, "100k to 1M"),
        ("misses", {"misses": "labels"}, "It does not know our labels or format"),
        ("reasons", {"reasons": []}, "No reason"),
        ("reasons", {"reasons": ["latency", "cost"]}, "Lower cost, Faster answers"),
        ("per_request_instructions", {"per_request_instructions": False}, "No, always the same"),
        ("quality", {}, "not asked"),
        ("quality", {"quality_now": 0.8, "quality_target": 0.95}, "now 80%, target 95%"),
        ("quality", {"quality_now": 0.8}, "now 80%, target not asked"),
        ("quality", {"quality_target": [0.9, None]}, "now not asked, target at least 90%"),
        ("quality", {"quality_now": None, "quality_target": None}, "not sure"),
        (
            "quality",
            {"eval_correct": 43, "eval_total": 50, "quality_now": 0.1, "quality_target": 0.95},
            "now 43 of 50, 86% [74%, 93%], target 95%",
        ),
        (
            "quality",
            {"eval_correct": None, "eval_total": None, "quality_target": 0.9},
            "now not sure, target 90%",
        ),
        (
            "quality",
            {"eval_correct": 4300, "eval_total": 5000},
            "now 4,300 of 5,000, 86% [85%, 87%], target not asked",
        ),
        ("latency", {}, "not asked"),
        (
            "latency",
            {"latency_now_ms": 1800, "latency_ms": [500, 800]},
            "now 1,800 ms, wanted 500 ms to 800 ms",
        ),
    ],
)
def test_answers_are_said_in_the_words_of_the_buttons(
    question: str, case: dict[str, Any], words: str
) -> None:
    assert answer_in_words(question, read_case(case)) == words


def test_every_usual_answer_has_words() -> None:
    for question in QUESTIONS:
        for choice in question.under(policy_on(DAY)).choices:
            words = answer_in_words(question.name, read_case(choice.values))
            assert words not in ("", "not sure", "not asked", "No reason")


def test_every_verdict_has_a_headline() -> None:
    assert set(HEADLINES) == set(Verdict)
    assert all(not headline.endswith((".", "!")) for headline in HEADLINES.values())
