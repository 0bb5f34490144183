"""The walk through what may be true, held against the brute force of :mod:`by_the_page`."""

from __future__ import annotations

import itertools
import random
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.advice import advise
from core.answers import Between
from core.case import read_case
from core.policy import policy_on
from tests.support import by_the_page as page
from tests.support.cases import STATED, TO_THE_END, partial_cases
from tests.support.examples import examples

DAY = page.DAY
POLICY = policy_on(DAY)

# One value a row on each side of each threshold, and on it.
GRID: dict[str, tuple[Any, ...]] = {
    "data_may_leave": (True, "answers_only", False),
    "prompt_examples": (0, 4, 5, 12),
    "quality_now": (0.2, 0.36, 0.3601, 0.5, 0.7649, 0.765, 0.8999, 0.9, 1),
    "quality_target": (0.9,),
    "misses": ("facts", "behaviour", "labels", "disagreement"),
    "reasons": (
        [],
        ["quality"],
        ["cost"],
        ["latency"],
        ["format"],
        ["voice"],
        ["quality", "cost"],
        ["cost", "latency"],
        ["quality", "format", "voice"],
    ),
    "calls_per_month": (0, 99_999, 100_000, 3_000_000, 100_000_000),
    "cheaper_model_enough": (True, False),
    "can_wait": (True, False),
    "labelled_examples": (0, 49, 50, 4000),
    "per_request_instructions": (True, False),
}


def possible(case: dict[str, Any]) -> set[str]:
    return {str(verdict) for verdict in advise(read_case(case), on=DAY, policy=POLICY).possible}


def every(*keys: str) -> list[dict[str, Any]]:
    return [
        dict(zip(keys, values, strict=True)) for values in itertools.product(*(GRID[key] for key in keys))
    ]


@pytest.mark.parametrize(
    "keys",
    [
        ("data_may_leave", "prompt_examples", "quality_now", "misses"),
        ("quality_now", "misses", "reasons"),
        ("can_wait", "labelled_examples", "per_request_instructions"),
        ("quality_now", "reasons", "can_wait", "labelled_examples"),
    ],
)
def test_every_known_case_gets_the_verdict_that_the_page_gives_it(keys: tuple[str, ...]) -> None:
    for varied in every(*keys):
        case = TO_THE_END | varied
        assert possible(case) == {page.verdict_of(case)}, case


@pytest.mark.parametrize(
    "assumptions", [{}, STATED, STATED | {"tuned_price_in": 0.01, "tuned_price_out": 0.01}]
)
def test_every_case_that_cost_decides_gets_the_verdict_that_the_page_gives_it(
    assumptions: dict[str, Any],
) -> None:
    for varied in every(
        "data_may_leave", "calls_per_month", "cheaper_model_enough", "labelled_examples", "can_wait"
    ):
        case = TO_THE_END | {"reasons": ["cost"], "assumptions": assumptions} | varied
        assert possible(case) == {page.verdict_of(case)}, case


def test_random_known_cases_get_the_verdict_that_the_page_gives_them() -> None:
    chance = random.Random(20261123)
    seen = set()
    for _ in range(1500):
        case = {key: chance.choice(values) for key, values in GRID.items()}
        case["prompt_examples"] = chance.choice((4, 5, 12))
        case["data_may_leave"] = chance.choice((True, True, True, "answers_only", "answers_only", False))
        verdict = page.verdict_of(case)
        seen.add(verdict)
        assert possible(case) == {verdict}, case
    assert seen == set(page.LEANING)


def completed(case: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """One way in which what is unknown may turn out."""
    filled = dict(case)
    for question in page.QUESTIONS:
        filled = chance.choice(list(page.values_of(filled, question)))
    return filled


@examples(25, 100)
@given(partial_cases())
def test_exactly_the_verdicts_that_some_completion_gives_are_possible(case: dict[str, Any]) -> None:
    assert possible(case) == page.reached(case)


@examples(25, 100)
@given(partial_cases(), st.randoms(use_true_random=False))
def test_whatever_turns_out_its_verdict_was_possible(case: dict[str, Any], chance: random.Random) -> None:
    before = possible(case)
    for _ in range(5):
        assert page.verdict_of(completed(case, chance)) in before


@examples(25, 100)
@given(partial_cases(), partial_cases())
def test_knowing_more_never_makes_more_possible(case: dict[str, Any], other: dict[str, Any]) -> None:
    # An evaluation replaces an estimate, and stated assumptions replace defaults: those are corrections.
    for key in page.QUESTIONS:
        if key in other and case.get(key) is None:
            assert possible(case | {key: other[key]}) <= possible(case), key
            case = case | {key: other[key]}
    if case.get("quality_target") is None and "quality_target" in other:
        assert possible(case | {"quality_target": other["quality_target"]}) <= possible(case)


def closer(value: Any, key: str, chance: random.Random) -> Any:
    """A range that is narrower, or a value that lies in it."""
    low, high = value
    low = 0 if low is None else low
    high = (1 if "quality" in key else max(low, 10**7)) if high is None else high
    ends = sorted(low + (high - low) * chance.choice((0, 1, chance.random(), chance.random())) for _ in "12")
    ends = [round(end, 9) if "quality" in key else int(end) for end in ends]
    return chance.choice((ends, ends[0], ends[1]))


@examples(25, 100)
@given(partial_cases(), st.randoms(use_true_random=False))
def test_knowing_a_number_closer_never_makes_more_possible(
    case: dict[str, Any], chance: random.Random
) -> None:
    for key in sorted(case):
        if isinstance(case[key], list) and key != "reasons" and "latency" not in key:
            known = case | {key: closer(case[key], key, chance)}
            assert possible(known) <= possible(case), (key, known[key])
            case = known


def test_a_target_that_may_be_nothing_may_be_reached_with_nothing() -> None:
    case = {
        "data_may_leave": True,
        "prompt_examples": 12,
        "quality_now": 0,
        "quality_target": [0, 0.8],
        "misses": "facts",
    }
    assert possible(case | {"quality_target": 0}) <= possible(case)


@examples(20, 80)
@given(partial_cases(), st.randoms(use_true_random=False))
def test_answers_in_any_order_give_the_same_advice(case: dict[str, Any], chance: random.Random) -> None:
    keys = list(case)
    chance.shuffle(keys)
    first = advise(read_case(case), on=DAY, policy=POLICY)
    again = advise(read_case({key: case[key] for key in keys}), on=DAY, policy=POLICY)
    assert (first.verdict, first.possible, first.leaning, first.deciding) == (
        again.verdict,
        again.possible,
        again.leaning,
        again.deciding,
    )
    assert (first.next_question, first.left_out, first.reasons) == (
        again.next_question,
        again.left_out,
        again.reasons,
    )


UP_TO_QUALITY = {"data_may_leave": True, "prompt_examples": 9}
ALL = {
    "keep_prompting",
    "collect_examples",
    "redefine_task",
    "add_retrieval",
    "hybrid",
    "fine_tune",
}


@pytest.mark.parametrize(
    ("quality", "misses", "expected"),
    [
        # 0.765 of 0.9 is 0.85, and not a hair less: behaviour is then a reason for tuning.
        ({"quality_now": 0.765, "quality_target": 0.9}, "behaviour", {"fine_tune"}),
        ({"quality_now": 0.7649999, "quality_target": 0.9}, "behaviour", {"keep_prompting"}),
        ({"quality_now": 0.36, "quality_target": 0.9}, "behaviour", {"redefine_task"}),
        ({"quality_now": 0.3600001, "quality_target": 0.9}, "behaviour", {"keep_prompting"}),
        ({"quality_now": 0.9, "quality_target": 0.9}, "disagreement", {"keep_prompting"}),
        ({"quality_now": 0.8999999, "quality_target": 0.9}, "disagreement", {"redefine_task"}),
        ({"quality_now": 0.07, "quality_target": 0.07}, "disagreement", {"keep_prompting"}),
        # One of the pair alone leaves the ratio open as far as it can reach.
        ({"quality_now": 0.9}, "behaviour", {"keep_prompting", "fine_tune"}),
        ({"quality_now": 0.9, "quality_target": None}, "disagreement", {"keep_prompting", "redefine_task"}),
        ({"quality_now": 0.3}, "behaviour", {"keep_prompting", "fine_tune", "redefine_task"}),
        ({"quality_target": 0.9}, "behaviour", {"keep_prompting", "fine_tune", "redefine_task"}),
        ({"quality_now": None, "quality_target": 0.9}, "labels", {"keep_prompting", "fine_tune"}),
        # A range takes every branch that it spans, and no other.
        ({"quality_now": [0.4, 0.7], "quality_target": 0.9}, "behaviour", {"keep_prompting"}),
        (
            {"quality_now": [0.36, 0.7], "quality_target": 0.9},
            "behaviour",
            {"keep_prompting", "redefine_task"},
        ),
        ({"quality_now": [0.8, None], "quality_target": 0.9}, "behaviour", {"keep_prompting", "fine_tune"}),
        ({"quality_now": [None, 0.3], "quality_target": 0.9}, "behaviour", {"redefine_task"}),
        ({"quality_now": 0.8, "quality_target": [0.85, 0.9]}, "behaviour", {"fine_tune"}),
        ({"quality_now": 0.8, "quality_target": [0.8, 0.9]}, "behaviour", {"fine_tune", "keep_prompting"}),
        # An evaluation replaces the estimate, by its interval.
        (
            {"eval_correct": 43, "eval_total": 50, "quality_now": 0.1, "quality_target": 0.95},
            "behaviour",
            ...,
        ),
    ],
)
def test_quality_takes_every_branch_that_it_may(quality: dict[str, Any], misses: str, expected: Any) -> None:
    case = TO_THE_END | {"misses": misses}
    del case["quality_now"], case["quality_target"]
    expected = {"keep_prompting", "fine_tune"} if expected is ... else expected
    assert possible(case | quality) == expected


@pytest.mark.parametrize(
    ("key", "answer", "expected"),
    [
        ("prompt_examples", [0, 4], {"prompt_first"}),
        ("prompt_examples", [4, 5], {"prompt_first", "fine_tune"}),
        ("prompt_examples", [5, None], {"fine_tune"}),
        ("prompt_examples", [None, 5], {"prompt_first", "fine_tune"}),
        ("prompt_examples", None, {"prompt_first", "fine_tune"}),
        ("labelled_examples", [0, 49], {"collect_examples"}),
        ("labelled_examples", [49, 50], {"collect_examples", "fine_tune"}),
        ("labelled_examples", [50, None], {"fine_tune"}),
        ("labelled_examples", None, {"collect_examples", "fine_tune"}),
        ("data_may_leave", None, {"self_host", "fine_tune"}),
        ("misses", None, {"add_retrieval", "redefine_task", "fine_tune"}),
        ("reasons", None, {"keep_prompting", "fine_tune"}),
        ("can_wait", None, {"keep_prompting", "fine_tune"}),
        ("per_request_instructions", None, {"hybrid", "fine_tune"}),
        ("calls_per_month", None, {"fine_tune"}),
    ],
)
def test_not_sure_and_ranges_take_every_branch_that_they_may(
    key: str, answer: Any, expected: set[str]
) -> None:
    assert possible(TO_THE_END | {key: answer}) == expected


@pytest.mark.parametrize(
    ("now", "wanted", "expected"),
    [
        (500, 500, {"keep_prompting"}),
        (501, 500, {"fine_tune"}),
        ([300, 400], 500, {"fine_tune"}),
        (300, [400, 500], {"fine_tune"}),
        (None, 500, {"fine_tune"}),
    ],
)
def test_latency_is_struck_only_when_both_figures_are_single_and_met(
    now: Any, wanted: Any, expected: set[str]
) -> None:
    case = TO_THE_END | {"reasons": ["latency"], "latency_now_ms": now, "latency_ms": wanted}
    advice = advise(read_case(case), on=DAY, policy=POLICY)
    assert {str(verdict) for verdict in advice.possible} == expected
    assert advice.leaning in advice.possible


def test_an_evaluation_stands_for_its_interval() -> None:
    case = {**TO_THE_END, "eval_correct": 40, "eval_total": 50, "quality_target": 0.85}
    assert possible(case) == {"keep_prompting", "fine_tune"}
    assert possible({**case, "quality_target": 0.89}) == {
        "keep_prompting",
        "fine_tune",
    }  # 67% is under 85% of it


def test_one_number_of_labels_holds_along_a_path() -> None:
    """Fewer than 50 labels may not price the tuning as if there were thousands, nor the other way round."""
    case = TO_THE_END | {"reasons": ["cost"], "calls_per_month": 10**8, "labelled_examples": None}
    assert possible(case) == page.reached(case)


@pytest.mark.parametrize("name", ["closable_gap", "redefine_at", "enough_examples", "enough_labels"])
def test_a_threshold_of_the_workspace_moves_the_branch(name: str) -> None:
    case, moved = {
        "closable_gap": (TO_THE_END, "0.95"),
        "redefine_at": (TO_THE_END | {"quality_now": 0.6}, "0.7"),
        "enough_examples": (TO_THE_END, "13"),
        "enough_labels": (TO_THE_END, "401"),
    }[name]
    own = policy_on(DAY, {name: Decimal(moved)})
    before = advise(read_case(case), on=DAY, policy=POLICY).verdict
    assert advise(read_case(case), on=DAY, policy=own).verdict != before


def test_the_middle_of_a_range_is_geometric() -> None:
    assert Between(Decimal(4), Decimal(9)).middle == 6
    assert Between(Decimal(0), Decimal(9)).middle == Decimal("4.5")
    assert Between(None, Decimal(9)).middle == 9
    assert Between(Decimal(4), None).middle == 4
