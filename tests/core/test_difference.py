"""The difference between two advices, in figures and in words."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.advice import advise
from core.case import read_case
from core.difference import Difference, difference
from tests.support.examples import examples

ON = datetime.date(2026, 11, 23)
BEFORE: dict[str, Any] = {
    "data_may_leave": True,
    "prompt_examples": 12,
    "quality_now": 0.86,
    "quality_target": 0.95,
    "misses": "behaviour",
    "reasons": ["cost"],
    "calls_per_month": 250_000,
    "cheaper_model_enough": False,
    "can_wait": True,
    "labelled_examples": 400,
    "per_request_instructions": False,
}


def changed(
    without: tuple[str, ...] = (), before: dict[str, Any] | None = None, **changes: Any
) -> Difference:
    was = BEFORE if before is None else before
    now = {key: value for key, value in {**was, **changes}.items() if key not in without}
    return difference(advise(read_case(was), on=ON), advise(read_case(now), on=ON))


def says(found: Difference) -> list[str]:
    return [sentence.says for sentence in found.sentences()]


def test_a_change_that_turns_the_verdict_says_both_sides_of_everything_that_moves() -> None:
    found = changed(calls_per_month=2_000_000)
    assert says(found) == [
        "“Keep prompting” → “Fine-tune”.",
        "Prompt, cached: $556 → $3,044 a month.",
        "Fine-tune, hosted: $612 → $679 a month.",
        "Fine-tuning pays back: never → after 5.2 months.",
        "Flips back with calls a month at 1.28M or less.",
        "Flips back with the price of an hour of engineering at $157 or more.",
        "Flips back with output tokens a call at 48 or less.",
    ]


def test_the_same_answers_differ_in_nothing_and_say_so() -> None:
    found = changed(calls_per_month=250_000)
    assert says(found) == [
        "The verdict stays “Keep prompting”.",
        "The costs, the crossover and what would flip it stay the same.",
    ]


def test_a_price_that_moves_the_crossover_says_from_where_to_where() -> None:
    said = says(changed(assumptions={"prompt_tokens": 5000}))
    assert said[0] == "The verdict stays “Keep prompting”."
    assert "A month costs the same at 291k → 170k calls a month." in said
    assert "Fine-tuning pays back in time from 1.29M → 752k calls a month." in said
    assert "Flips with calls a month at 1.29M or more → at 752k or more." in said


@pytest.mark.parametrize(
    ("after", "words"), [("47.4", "47 months"), ("48", "4 years"), ("54", "4 years"), ("66.1", "6 years")]
)
def test_a_payback_is_said_in_years_from_four_of_them_on(after: str, words: str) -> None:
    found = changed(calls_per_month=2_000_000)
    volume = found.after.volumes[0]
    assert volume.tuned is not None
    later = replace(volume, tuned=replace(volume.tuned, payback_months=Decimal(after)))
    found = replace(found, after=replace(found.after, volumes=(later,)))
    assert f"Fine-tuning pays back: never → after {words}." in says(found)


def test_a_verdict_that_opens_a_question_says_which() -> None:
    found = changed(without=("misses",))
    assert found.after.verdict is None
    assert says(found) == [
        "“Keep prompting” → not settled. Possible then: “Re-examine the task”, “Keep prompting” or "
        "“Add retrieval, not training”. Asked next: What do the misses look like?"
    ]


def test_an_answer_that_settles_it_says_what_it_comes_to() -> None:
    said = says(changed(before={}, data_may_leave=False))
    assert said[0].startswith("Not settled → “Keep it in-house")
    assert any(line.startswith("At 100k calls a month, an example:") for line in said)


def test_while_both_are_open_it_says_how_many_verdicts_are_left() -> None:
    assert says(changed(before={}, data_may_leave=True))[0] == (
        "Still not settled. Verdicts possible: 8 → 7. "
        "Asked next: Have you tried a thorough prompt, and with how many examples?"
    )


def test_options_that_come_and_go_are_named() -> None:
    said = says(changed(data_may_leave=False))
    assert said[1].startswith("Prompt, cached, $556 a month and $0 up front → Open model, prompted, ")


def test_volumes_that_cannot_be_compared_are_stated_alone() -> None:
    said = says(changed(without=("calls_per_month",)))
    assert "At 100k calls a month, an example: Prompt, cached: $342 a month." in said
    assert not any("$556" in line for line in said)


def test_confidence_is_said_when_it_moves() -> None:
    assert says(changed(reasons=["quality"]))[-1] == "Confidence: medium → low."


@pytest.mark.parametrize("calls", [1_286_826, 1_286_825])
def test_flips_of_what_was_changed_lie_on_the_other_side(calls: int) -> None:
    found = changed(calls_per_month=calls)
    assert (found.after.verdict == "fine_tune") == (calls == 1_286_826)


@examples(10, 50)
@given(
    calls=st.sampled_from([None, 10_000, 900_000, 3_000_000, [50_000, 2_000_000]]),
    reasons=st.sampled_from([["cost"], ["quality"], [], None]),
    leaves=st.booleans(),
    labels=st.sampled_from([0, 49, 50, 5000, None]),
)
def test_it_is_the_same_every_time_and_nothing_only_where_nothing_is(
    calls: Any, reasons: Any, leaves: bool, labels: Any
) -> None:
    case = {
        "calls_per_month": calls,
        "reasons": reasons,
        "data_may_leave": leaves,
        "labelled_examples": labels,
    }
    found, again = changed(**case), changed(**case)
    assert found.sentences() == again.sentences()
    assert all(sentence.says and "  " not in sentence.says for sentence in found.sentences())
    *_, last = changed(before={**BEFORE, **case}).sentences()
    assert last.says == "The costs, the crossover and what would flip it stay the same."
