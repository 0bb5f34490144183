from __future__ import annotations

from typing import Any

import pytest

from core.answers import NOT_SURE
from core.case import BOOLEANS, COUNTS, FRACTIONS, MISSES, NUMBERS, REASONS, read_case
from core.policy import policy_on
from core.questions import BY_NAME, LATENCY, QUESTIONS, Question, question_of
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


def test_there_are_ten_questions_in_the_order_of_the_tree() -> None:
    assert [question.name for question in QUESTIONS] == NAMES
    assert {node.asks for node in TREE.values()} == set(NAMES)
    order = list(dict.fromkeys(node.asks for node in TREE.values()))
    assert order == NAMES


def test_every_key_of_a_case_belongs_to_one_question() -> None:
    keys = [key for question in EVERY for key in question.keys]
    assert sorted(keys) == sorted((*BOOLEANS, *COUNTS, *FRACTIONS, *NUMBERS, "misses", "reasons"))
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
    assert question.choices or question.numbers
    assert len({choice.id for choice in question.choices}) == len(question.choices)
    assert all(len(choice.label) <= 40 for choice in question.choices)


@pytest.mark.parametrize("question", EVERY, ids=lambda question: question.name)
def test_every_usual_answer_is_a_case(question: Question) -> None:
    for choice in question.choices:
        answers = read_case(choice.values)
        assert set(choice.values) <= set(question.keys)
        assert all(answers.of(key) is not NOT_SURE for key in choice.values)


def test_every_kind_of_miss_and_every_reason_can_be_chosen() -> None:
    assert [choice.values["misses"] for choice in BY_NAME["misses"].choices] == list(MISSES)
    assert [choice.values["reasons"] for choice in BY_NAME["reasons"].choices] == [
        [reason] for reason in REASONS
    ]
    assert [question.name for question in QUESTIONS if question.several] == ["reasons"]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("prompt_examples", [[0, 4], [1, 4], [5, None]]),
        ("labelled_examples", [0, [0, 49], [50, 500], [500, None]]),
    ],
)
def test_the_usual_answers_end_where_the_policy_divides(name: str, values: list[Any]) -> None:
    assert [choice.values[name] for choice in BY_NAME[name].choices] == values


def test_the_usual_volumes_end_where_the_policy_divides() -> None:
    import datetime

    policy = policy_on(datetime.date(2026, 11, 23))
    ends = [choice.values["calls_per_month"] for choice in BY_NAME["calls_per_month"].choices]
    assert ends[0][1] < policy.low_volume == ends[1][0]
    assert ends[1][1] == policy.high_volume == ends[2][0]


@pytest.mark.parametrize("question", [q for q in EVERY if q.numbers], ids=lambda question: question.name)
def test_every_number_that_can_be_entered_has_a_key_and_a_hint(question: Question) -> None:
    for number in question.numbers:
        assert number.key in question.keys
        assert number.hint
        assert number.percent == (number.key in FRACTIONS)
        assert number.whole == (number.key in COUNTS or number.key == "calls_per_month")
