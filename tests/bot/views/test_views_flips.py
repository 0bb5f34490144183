"""What would change a verdict, how sure it is, and what an evaluation says, in sentences."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from bot.slack.blocks import text
from bot.slack.mrkdwn import written
from bot.views import flips
from bot.views.confidence import EVERY, confidence_line
from bot.views.document import Document
from bot.views.evaluation import cost_of_cases, evaluation_line
from bot.views.of_advice_money import prices
from core import inputs
from core.advice import Advice, advise
from core.answers import Answers
from core.case import read_case
from core.facts import ANSWERS, ASSUMPTIONS
from core.policy import policy_on
from core.told import Ledger, Told, told
from tests.support.asked import AFTER
from tests.support.cases import TO_THE_END
from tests.support.consulted import CASES, EVALUATED, FEW, MANY, NOW, standing


def found(*told: tuple[Any, ...], verdict: str = "keep_prompting", **more: Any) -> Told:
    """An advice as it is kept, with flips of (input, from, to, verdict)."""
    each = [dict(zip(("input", "from", "to", "verdict"), flip, strict=True)) for flip in told]
    return Told.from_json({"verdict": verdict, "flips": each, **more})


def turns(kept: Told) -> list[str]:
    return [written(turn) for turn in flips.turns(kept)]


def test_what_would_change_it_is_said_a_line_each_the_nearest_first() -> None:
    kept = found(
        ("calls_per_month", 250_000, None, None),
        ("calls_per_month", 250_000, 1_735_076, "fine_tune"),
        ("engineer_per_hour", 400, 136, "fine_tune"),
        ("engineer_per_hour", 400, None, None),
    )
    assert turns(kept) == [
        "At $136 for an hour of engineering or less (now $400): *Fine-tune*.",
        "At 1.74M calls a month or more (now 250k): *Fine-tune*.",
    ]


def test_flips_on_both_sides_of_a_number_have_a_line_each() -> None:
    kept = found(
        ("calls_per_month", 500_000, 310_999, "fine_tune"),
        ("calls_per_month", 500_000, 1_735_076, "fine_tune"),
        ("quality_target", 0.9, 0.45, None),
    )
    assert turns(kept) == [
        "At 310k calls a month or fewer (now 500k): *Fine-tune*.",
        "At 1.74M calls a month or more (now 500k): *Fine-tune*.",
        "At a target of 45% or less (now 90%): *another question decides*.",
    ]


def test_what_is_very_near_is_a_close_call_and_among_what_would_change_it() -> None:
    kept = found(("quality_target", 0.9, 0.94, None), ("calls_per_month", 250_000, 500_000, "fine_tune"))
    assert written(flips.close_call(kept)) == "*A close call:* a target of 94% in place of 90% changes it."
    assert turns(kept) == [
        "At a target of 94% or more (now 90%): *another question decides*.",
        "At 500k calls a month or more (now 250k): *Fine-tune*.",
    ]


def test_no_more_than_three_numbers_are_told_and_calls_a_month_is_among_them() -> None:
    near = [
        (key, 100, 120, "fine_tune") for key in ("prompt_tokens", "output_tokens", "tuning_hours", "runs")
    ]
    kept = found(*near, ("calls_per_month", 1_000, 50_000, "fine_tune"))
    assert [one.key for one in flips.nearest(kept)] == ["prompt_tokens", "output_tokens", "calls_per_month"]


def test_what_would_have_to_be_ten_times_larger_is_not_near() -> None:
    kept = found(("prompt_tokens", 2_000, 20_600, "fine_tune"))
    assert turns(kept) == []
    assert flips.none_near(kept) == "No number changes it unless it is over 10 times larger or smaller."
    kept = found(("prompt_tokens", 2_000, None, None), ("calls_per_month", 250_000, None, None))
    assert flips.none_near(kept) == "No number alone changes it."


def test_the_quality_and_its_target_are_told_once() -> None:
    kept = found(("quality_now", 0.8, 0.9, None), ("quality_target", 0.9, 0.79, None))
    assert turns(kept) == ["At a quality of 90% or more (now 80%): *another question decides*."]


def test_that_fewer_examples_than_were_tried_would_change_it_is_no_news() -> None:
    kept = found(
        ("prompt_examples", [5, None], 4, "prompt_first"), ("calls_per_month", 5_000, 8_000, "fine_tune")
    )
    assert turns(kept) == ["At 8,000 calls a month or more (now 5,000): *Fine-tune*."]


def test_choices_that_change_it_are_told_the_last_of_the_path_first() -> None:
    kept = found(
        ("data_may_leave", True, False, "self_host"),
        ("misses", "labels", "facts", "add_retrieval"),
        ("can_wait", True, False, "keep_prompting"),
        ("per_request_instructions", False, None, None),
        verdict="fine_tune",
    )
    assert tuple(map(written, flips.choices(kept))) == (
        "If you cannot wait weeks for a change: *Keep prompting*.",
        "If it lacks facts that it was not given: *Add retrieval, not training*.",
    )
    assert (
        flips.unmoved(kept)
        == "None of these alone changes it: whether the instructions change with each request."
    )


def test_what_no_value_changes_is_summed_up_in_a_line() -> None:
    kept = found(
        ("calls_per_month", 5_000, None, None),
        ("calls_per_month", 5_000, None, None),
        ("quality_target", 0.9, None, None),
        ("epochs", 3, None, None),
        ("runs", 5, None, None),
        ("data_may_leave", True, False, "self_host"),
    )
    assert (
        flips.unmoved(kept)
        == "None of these alone changes it: calls a month, the quality target and 2 assumptions."
    )


def test_what_decides_together_with_others_is_not_said_to_change_nothing() -> None:
    """Each of what nobody knows decides, and none of them alone."""
    kept = standing(dict.fromkeys(TO_THE_END)).advice
    assert {"misses", "can_wait"} <= set(kept.deciding)
    assert flips.unmoved(told(kept)).startswith("None of these alone changes it: the kind of misses, ")


def test_the_page_has_each_flip_to_its_last_digit() -> None:
    (one,) = found(
        ("calls_per_month", 250_000, None, None), ("calls_per_month", 250_000, 1_351_076, "fine_tune")
    ).inputs
    assert (
        written(flips.line(one))
        == "*Calls a month*, now 250k. 1,351,076 or more: Fine-tune. Nothing smaller changes it."
    )
    (price,) = found(("price_in", 1, 0.018, "fine_tune"), ("price_in", 1, None, None)).inputs
    assert written(flips.line(price)) == (
        "*Price of 1M prompt tokens*, now $1. $0.018 or less: Fine-tune. Nothing larger changes it."
    )
    (chosen,) = found(
        ("reasons", ["cost"], [], "keep_prompting"), ("reasons", ["cost"], ["voice"], "keep_prompting")
    ).inputs
    assert written(flips.line(chosen)) == (
        "*Reasons to tune*, now cost. If there is no reason to tune or the one reason is voice: Keep prompting."
    )


def test_nothing_is_said_while_questions_remain() -> None:
    kept = standing({}).told
    said = (flips.close_call(kept), flips.none_near(kept), flips.unmoved(kept), confidence_line(kept))
    assert said == ("", "", "", "")
    assert (flips.turns(kept), flips.choices(kept)) == ((), ())


@pytest.mark.parametrize("case", [FEW, MANY, EVALUATED, *CASES.values()])
def test_every_number_has_changed_the_verdict_as_it_is_said(case: dict[str, Any]) -> None:
    advice = standing(case).advice
    for one in told(advice).inputs:
        for turn in filter(None, (one.below, one.above)):
            said = inputs.near(one.key, turn.number, up=turn is one.above)
            assert with_value(advice, one.key, number_in(said)).verdict != advice.verdict, said


def number_in(said: str) -> Decimal:
    """The number that somebody reads in "at most $1.74M for an hour of engineering"."""
    word = next(word for word in said.split() if any(char.isdigit() for char in word))
    size = {"k": 3, "M": 6, "B": 9}.get(word[-1], 0)
    number = Decimal(word.strip("$%kMB").replace(",", "")).scaleb(size)
    return number / 100 if word.endswith("%") else number


def with_value(advice: Advice, key: str, value: Decimal) -> Advice:
    answers: Answers = advice.answers
    changed = answers.with_answer(key, value) if key in ANSWERS else answers.with_assumption(key, value)
    return advise(changed, on=NOW.date(), policy=advice.policy)


@pytest.mark.parametrize("key", ASSUMPTIONS)
def test_every_assumption_has_a_name_that_is_said_amid_a_sentence(key: str) -> None:
    named = inputs.name(key)
    assert inputs.phrase(key, "7").split().count("7") == 1
    assert named[0].islower() or named[0].isdigit() or named.startswith("GPU")


def test_the_confidence_says_what_keeps_it_from_being_higher() -> None:
    kept = standing(EVALUATED).told
    assert written(confidence_line(kept)) == (
        "*Confidence: medium.* The nearest change: 48 right answers; now it is 40."
    )
    assert written(confidence_line(standing(CASES["self_host"]).told)) == "*Confidence: high.*"
    unsure = written(confidence_line(standing(CASES["measure_first"]).told))
    assert unsure.startswith("*Confidence: low.* Not known: Data may leave, Thorough prompt, Quality")


def test_the_confidence_names_defaults_and_an_open_chance() -> None:
    defaulted = {"engineer_per_hour": {"value": 100, "default": True}}
    kept = found(
        ("engineer_per_hour", 100, 192, "keep_prompting"),
        confidence="low",
        reasons=[{"question": "calls_per_month", "answer": "2.5M"}],
        ledger={"assumptions": defaulted, "options": [{"option": "hosted", "probability_pays_back": 0.42}]},
    )
    assert written(confidence_line(kept, EVERY)) == (
        "*Confidence: low.* It rests on what we assume, such as the price of an hour of engineering. "
        "Whether tuning pays back is open: the chance is 42%."
    )
    assert written(confidence_line(kept)).endswith("an hour of engineering.")


def test_a_number_that_only_just_holds_is_said_so() -> None:
    kept = standing(FEW | {"quality_now": 0.9}).told
    assert "a target of 90.1%; now it is 90%" in written(confidence_line(kept))


def test_an_evaluation_says_its_interval_and_how_many_more_would_settle_it() -> None:
    advice = standing(EVALUATED).advice
    line = evaluation_line(told(advice), advice.answers)
    assert line == (
        "40 of 50 were right, 80%; the true rate may be 67% to 89%. The target is 85%. Measure 146 more first."
    )
    with_cost = evaluation_line(told(advice), advice.answers, cost=True)
    assert "Measure 146 more first: about 6 hours of work, $584." in with_cost


def test_an_evaluation_that_settles_it_says_so() -> None:
    advice = standing(CASES["fine_tune"]).advice
    line = evaluation_line(told(advice), advice.answers)
    assert line.endswith("That is enough: the verdict is the same anywhere between them.")


def test_without_an_evaluation_nothing_is_said_of_one() -> None:
    advice = standing(FEW).advice
    assert evaluation_line(told(advice), advice.answers) == ""


def test_a_team_with_its_own_price_for_a_label_has_its_own_pace() -> None:
    own = {"assumptions": {"price_per_label": {"value": 0.5, "default": False}}}
    assert cost_of_cases(100, Ledger.from_json(own)) == "about $50.00 at $0.50 each"
    assert cost_of_cases(6, Ledger()) == "about 15 minutes of work, $24.00"


def test_a_range_over_a_threshold_is_told_from_both_sides_and_called_neither_near_nor_harmless() -> None:
    case = {
        **{"data_may_leave": True, "prompt_examples": 6, "quality_now": 0.85, "quality_target": 0.9},
        **{"misses": "behaviour", "reasons": ["quality"], "can_wait": True, "calls_per_month": 500_000},
        **{"labelled_examples": [40, 100], "per_request_instructions": False},
    }
    found = advise(read_case(case), on=NOW.date(), policy=policy_on(NOW.date()))
    shown = told(found)
    labels = next(one for one in shown.inputs if one.key == "labelled_examples")
    said = written(flips.line(labels))
    assert "49 or less: Collect examples first." in said
    assert "50 or more: Fine-tune." in said
    assert labels not in flips.nearest(shown)
    assert "labelled" not in flips.unmoved(shown)


def test_where_a_price_of_tokens_turns_the_verdict_is_told() -> None:
    said = text(Document(prices(standing(AFTER["keep"]))))
    assert "Where a price turns the verdict" in said
    assert "Price of 1M prompt tokens, now $1. " in said
    assert "No price of tokens alone" in text(Document(prices(standing(CASES["add_retrieval"]))))
