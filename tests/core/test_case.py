from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.answers import NOT_ASKED, NOT_SURE, Answers, Between, CaseError
from core.case import CASE_KEYS, read_case, write_case
from core.facts import ANSWERS

REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"colour": "red"}, "colour", "known key"),
    ({"quality": 0.9}, "quality", "known key"),
    ({"task": 3}, "task", "text"),
    ({"task": None}, "task", "text"),
    ({"data_may_leave": "yes"}, "data_may_leave", "one of true, answers_only, false"),
    ({"data_may_leave": 1}, "data_may_leave", "one of true, answers_only, false"),
    ({"can_wait": []}, "can_wait", "true or false"),
    ({"can_wait": "answers_only"}, "can_wait", "true or false"),
    ({"misses": "typos"}, "misses", "facts, behaviour, labels, disagreement"),
    ({"misses": ["facts"]}, "misses", "one of"),
    ({"misses": True}, "misses", "one of"),
    ({"reasons": "cost"}, "reasons", "a list of any of"),
    ({"reasons": ["cost", "fun"]}, "reasons", "a list of any of"),
    ({"reasons": [["cost"]]}, "reasons", "a list of any of"),
    ({"reasons": {"cost": True}}, "reasons", "a list of any of"),
    ({"prompt_examples": -1}, "prompt_examples", "whole number of 0 or more"),
    ({"prompt_examples": 2.5}, "prompt_examples", "whole number of 0 or more"),
    ({"prompt_examples": True}, "prompt_examples", "whole number of 0 or more"),
    ({"prompt_examples": "5"}, "prompt_examples", "whole number of 0 or more"),
    ({"prompt_examples": [5, 0]}, "prompt_examples", "lower end first"),
    ({"prompt_examples": [5]}, "prompt_examples", "a range [low, high]"),
    ({"prompt_examples": [1, 2, 3]}, "prompt_examples", "a range [low, high]"),
    ({"prompt_examples": []}, "prompt_examples", "a range [low, high]"),
    ({"prompt_examples": [0, [1, 2]]}, "prompt_examples", "whole number"),
    ({"labelled_examples": {"low": 1}}, "labelled_examples", "whole number"),
    ({"labelled_examples": 10**16}, "labelled_examples", "believable"),
    ({"labelled_examples": 10**5000}, "labelled_examples", "believable"),
    ({"quality_now": 1.01}, "quality_now", "fraction from 0 to 1"),
    ({"quality_now": 86}, "quality_now", "fraction from 0 to 1"),
    ({"quality_now": -0.1}, "quality_now", "fraction from 0 to 1"),
    ({"quality_now": float("nan")}, "quality_now", "fraction from 0 to 1"),
    ({"quality_now": float("inf")}, "quality_now", "fraction from 0 to 1"),
    ({"quality_now": Decimal("NaN")}, "quality_now", "fraction from 0 to 1"),
    ({"quality_now": Decimal("sNaN")}, "quality_now", "fraction from 0 to 1"),
    ({"quality_now": Decimal("1e-999999")}, "quality_now", "believable"),
    ({"quality_target": [0.5, 1.5]}, "quality_target", "fraction from 0 to 1"),
    ({"quality_target": [float("nan"), 1]}, "quality_target", "fraction from 0 to 1"),
    ({"calls_per_month": -5}, "calls_per_month", "number of 0 or more"),
    ({"calls_per_month": float("inf")}, "calls_per_month", "number of 0 or more"),
    ({"calls_per_month": 1e308}, "calls_per_month", "believable"),
    ({"calls_per_month": "80k"}, "calls_per_month", "number of 0 or more"),
    ({"latency_ms": -1}, "latency_ms", "number of 0 or more"),
    ({"eval_correct": 43}, "eval_total", "beside eval_correct"),
    ({"eval_total": 50}, "eval_correct", "beside eval_total"),
    ({"eval_correct": 51, "eval_total": 50}, "eval_correct", "at most eval_total"),
    ({"eval_correct": 0, "eval_total": 0}, "eval_total", "1 or more"),
    ({"eval_correct": None, "eval_total": 0}, "eval_total", "1 or more"),
    ({"eval_correct": [1, 2], "eval_total": 50}, "eval_correct", "not a range"),
    ({"eval_correct": 1.5, "eval_total": 50}, "eval_correct", "whole number"),
    ({"assumptions": ["model"]}, "assumptions", "a mapping"),
    ({"assumptions": {"magic": 1}}, "assumptions.magic", "known assumption"),
    ({"assumptions": {"prompt_tokens": -1}}, "assumptions.prompt_tokens", "a number from 0"),
    ({"assumptions": {"prompt_tokens": float("nan")}}, "assumptions.prompt_tokens", "a number"),
    ({"assumptions": {"fixed_share": 1.5}}, "assumptions.fixed_share", "a fraction from 0 to 1"),
]


@pytest.mark.parametrize(("case", "key", "expected"), REFUSED)
def test_what_cannot_be_is_refused_with_its_key_and_what_was_expected(
    case: dict[str, Any], key: str, expected: str
) -> None:
    with pytest.raises(CaseError) as refused:
        read_case(case)
    assert refused.value.key == key
    assert expected in str(refused.value)
    assert str(refused.value).startswith(f"{key}: ")
    assert len(str(refused.value)) < 2000


def test_a_refusal_shows_the_value_shortened() -> None:
    with pytest.raises(CaseError) as refused:
        read_case({"misses": "x" * 100_000})
    assert "xxx" in str(refused.value)
    assert len(str(refused.value)) < 500


@pytest.mark.parametrize(
    ("case", "key", "answer"),
    [
        ({}, "quality_now", NOT_ASKED),
        ({"quality_now": None}, "quality_now", NOT_SURE),
        ({"quality_now": [None, None]}, "quality_now", NOT_SURE),
        ({"quality_now": 0.765}, "quality_now", Decimal("0.765")),
        ({"quality_now": [0.5, 0.5]}, "quality_now", Decimal("0.5")),
        ({"quality_now": [0.5, None]}, "quality_now", Between(Decimal("0.5"), None)),
        ({"prompt_examples": [None, 4]}, "prompt_examples", Between(None, Decimal(4))),
        ({"prompt_examples": 5.0}, "prompt_examples", Decimal(5)),
        ({"calls_per_month": 1e6}, "calls_per_month", Decimal(1_000_000)),
        ({"reasons": []}, "reasons", frozenset()),
        ({"reasons": ["cost", "cost"]}, "reasons", frozenset({"cost"})),
        ({"can_wait": False}, "can_wait", False),
        ({"eval_correct": None, "eval_total": None}, "eval_total", NOT_SURE),
        ({"eval_correct": 43, "eval_total": 50}, "eval_correct", Decimal(43)),
    ],
)
def test_what_can_be_is_read_as_it_was_meant(case: dict[str, Any], key: str, answer: Any) -> None:
    assert read_case(case).of(key) == answer


def test_null_assumptions_are_as_if_never_stated() -> None:
    assert (
        read_case({"assumptions": None})
        == read_case({"assumptions": {"prompt_tokens": None}})
        == read_case({})
    )


def test_taking_an_answer_back_leaves_it_unasked() -> None:
    answers = read_case({"can_wait": True})
    assert answers.with_answer("can_wait", NOT_ASKED) == read_case({})
    assert answers.of("can_wait") is True


def of_number(one: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    pair = st.tuples(one, one).map(sorted).filter(lambda ends: ends[0] != ends[1])
    half = st.one_of(one.map(lambda n: [n, None]), one.map(lambda n: [None, n]))
    return st.one_of(one, pair, half, st.none())


WHOLE = st.integers(0, 10**12)
REASONS = ["quality", "cost", "latency", "format", "voice"]
OF_KIND: dict[str, st.SearchStrategy[Any]] = {
    "yes or no": st.one_of(st.booleans(), st.none()),
    "whole number": of_number(WHOLE),
    "share": of_number(st.floats(0, 1).filter(lambda n: n == 0 or n > 1e-15)),
    "number": of_number(st.one_of(WHOLE, st.floats(0, 1e12).filter(lambda n: n == 0 or n > 1e-15))),
    "choices": st.none()
    | st.sets(st.sampled_from(REASONS)).map(lambda some: sorted(some, key=REASONS.index)),
}
OF_KIND["time"] = OF_KIND["number"]
VALUES = {
    key: st.sampled_from([*fact.choices, None]) if fact.kind == "choice" else OF_KIND[fact.kind]
    for key, fact in ANSWERS.items()
}
ASSUMED = st.fixed_dictionaries(
    {}, optional={"model": st.just("openai:gpt-4o"), "prompt_tokens": WHOLE, "fixed_share": st.floats(0, 1)}
)
CASES = st.fixed_dictionaries(
    {}, optional={k: v for k, v in VALUES.items() if not k.startswith("eval")} | {"task": st.text(min_size=1)}
).flatmap(
    lambda case: st.tuples(
        st.just(case), ASSUMED, st.none() | st.tuples(st.integers(0, 90), st.integers(90, 10**6))
    )
)


@given(CASES)
def test_a_case_that_is_written_reads_back_the_same(drawn: Any) -> None:
    case, assumptions, evaluation = drawn
    if assumptions:
        case = case | {"assumptions": assumptions}
    if evaluation:
        case = case | {"eval_correct": evaluation[0], "eval_total": evaluation[1]}
    answers = read_case(case)
    written = json.loads(json.dumps(write_case(answers)))
    assert read_case(written) == answers
    assert written == case
    assert set(written) <= set(CASE_KEYS)


@given(st.dictionaries(st.sampled_from(CASE_KEYS), st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)))  # fmt: skip
def test_any_json_is_either_read_or_refused(case: dict[str, Any]) -> None:
    try:
        answers = read_case(case)
    except CaseError as refused:
        key = refused.key.split(".")[0]
    else:
        assert isinstance(answers, Answers)
        return
    assert key in case or key in ("eval_correct", "eval_total")
