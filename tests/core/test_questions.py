from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.answers import NOT_SURE
from core.case import read_case
from core.costs.world import FEWEST_EXAMPLES
from core.facts import ANSWERS
from core.policy import policy_on
from core.questions import BY_NAME, LATENCY, MANY_LABELS, QUESTIONS, Question, question_of
from core.tree import TREE

NAMES = [
    "data_may_leave",
    "prompt_examples",
    "quality",
    "misses",
    "reasons",
    "calls_per_month",
    "cheaper_model_enough",
    "can_wait",
    "labelled_examples",
    "per_request_instructions",
]
EVERY = (*QUESTIONS, LATENCY)
DAY = datetime.date(2026, 11, 23)
OURS = policy_on(DAY)


def test_there_are_ten_questions_in_the_order_of_the_tree() -> None:
    assert [question.name for question in QUESTIONS] == NAMES
    assert {node.asks for node in TREE.values()} == set(NAMES)
    order = list(dict.fromkeys(node.asks for node in TREE.values()))
    assert order == NAMES


def test_every_key_of_a_case_belongs_to_one_question() -> None:
    keys = [key for question in EVERY for key in question.keys]
    assert sorted(keys) == sorted(ANSWERS)
    assert all(question_of(key) is question for question in EVERY for key in question.keys)
    assert question_of("task") is None


@pytest.mark.parametrize("question", EVERY, ids=lambda question: question.name)
def test_every_question_is_short_whole_and_answerable(question: Question) -> None:
    assert question.asks.endswith("?")
    assert question.why.endswith(".")
    assert len(question.short) <= 24
    assert len(question.asks) <= 90
    assert len(question.why) <= 100
    assert question.example
    assert "!" not in question.asks + question.why + question.also
    usual = question.under(OURS).choices
    assert usual or question.numbers
    assert len({choice.id for choice in usual}) == len(usual)
    assert all(len(choice.label) <= 40 for choice in usual)


@pytest.mark.parametrize("question", EVERY, ids=lambda question: question.name)
def test_every_usual_answer_is_a_case(question: Question) -> None:
    for choice in question.under(OURS).choices:
        answers = read_case(choice.values)
        assert set(choice.values) <= set(question.keys)
        assert all(answers.of(key) is not NOT_SURE for key in choice.values)


def test_every_kind_of_miss_and_every_reason_can_be_chosen() -> None:
    assert [choice.values["misses"] for choice in BY_NAME["misses"].choices] == list(
        ANSWERS["misses"].choices
    )
    assert [choice.values["reasons"] for choice in BY_NAME["reasons"].choices] == [
        [reason] for reason in ANSWERS["reasons"].choices
    ]
    assert [question.name for question in QUESTIONS if question.several] == ["reasons"]


@pytest.mark.parametrize(
    ("name", "own", "usual"),
    [
        (
            "prompt_examples",
            {},
            {"No": [0, 4], "Yes, with 1 to 4": [1, 4], "Yes, with 5 or more": [5, None]},
        ),
        (
            "prompt_examples",
            {"enough_examples": 8},
            {"No": [0, 7], "Yes, with 1 to 7": [1, 7], "Yes, with 8 or more": [8, None]},
        ),
        (
            "prompt_examples",
            {"enough_examples": 2},
            {"No": [0, 1], "Yes, with 1": 1, "Yes, with 2 or more": [2, None]},
        ),
        ("prompt_examples", {"enough_examples": 1}, {"No": 0, "Yes, with 1 or more": [1, None]}),
        (
            "calls_per_month",
            {},
            {
                "Under 100,000": [0, 99_999],
                "100,000 to 1 million": [100_000, 1_000_000],
                "Over 1 million": [1_000_000, None],
            },
        ),
        (
            "calls_per_month",
            {"low_volume": 2500, "high_volume": 2_500_000},
            {
                "Under 2,500": [0, 2499],
                "2,500 to 2.5 million": [2500, 2_500_000],
                "Over 2.5 million": [2_500_000, None],
            },
        ),
        (
            "calls_per_month",
            {"low_volume": 1_000_000},
            {"Under 1 million": [0, 999_999], "1 million or more": [1_000_000, None]},
        ),
        ("calls_per_month", {"low_volume": 0, "high_volume": 0}, {"1 or more": [1, None]}),
        (
            "labelled_examples",
            {},
            {"None yet": 0, "Fewer than 50": [0, 49], "50 to 500": [50, 500], "More than 500": [500, None]},
        ),
        (
            "labelled_examples",
            {"enough_labels": 2000},
            {"None yet": 0, "Fewer than 2,000": [0, 1999], "2,000 or more": [2000, None]},
        ),
        (
            "labelled_examples",
            {"enough_labels": 1},
            {"None yet": 0, "1 to 500": [1, 500], "More than 500": [500, None]},
        ),
    ],
)
def test_the_usual_answers_end_where_the_policy_divides(
    name: str, own: dict[str, int], usual: dict[str, Any]
) -> None:
    policy = policy_on(DAY, {key: Decimal(value) for key, value in own.items()})
    assert {choice.label: choice.values[name] for choice in BY_NAME[name].under(policy).choices} == usual


def test_examples_that_are_many_are_those_from_which_none_are_bought() -> None:
    assert MANY_LABELS == FEWEST_EXAMPLES


THRESHOLDS = st.fixed_dictionaries(
    {
        "enough_examples": st.integers(1, 1000),
        "enough_labels": st.integers(1, 1_000_000),
        "low_volume": st.decimals(0, 10**6, places=1),
        "high_volume": st.decimals(10**6, 10**12, places=1),
    }
)


@given(THRESHOLDS)
def test_under_any_policy_no_usual_answer_lies_on_both_sides_of_a_threshold(own: dict[str, Any]) -> None:
    policy = policy_on(DAY, {key: Decimal(value) for key, value in own.items()})
    divided = {
        "prompt_examples": policy.enough_examples,
        "calls_per_month": policy.low_volume,
        "labelled_examples": policy.enough_labels,
    }
    for name, threshold in divided.items():
        choices = BY_NAME[name].under(policy).choices
        assert all(len(choice.label) <= 75 for choice in choices)
        assert len({choice.id for choice in choices}) == len(choices) >= 2
        for choice in choices:
            read_case(choice.values)
            value = choice.values[name]
            low, high = value if isinstance(value, list) else (value, value)
            assert low >= threshold or (high is not None and high < max(threshold, 1))


@pytest.mark.parametrize("question", [q for q in EVERY if q.numbers], ids=lambda question: question.name)
def test_every_number_that_can_be_entered_has_a_key_and_a_hint(question: Question) -> None:
    for number in question.numbers:
        assert number.key in question.keys
        assert number.hint
        assert number.percent == number.key.startswith("quality")
        assert number.whole == (not number.percent and number.unit != "ms")
