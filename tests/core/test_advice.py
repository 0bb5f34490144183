"""What to ask next, when to stop, and what is leaned to: held against the brute force of :mod:`by_the_page`."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.advice import Advice, advise
from core.answers import CaseError
from core.case import read_case
from core.costs.payback import Payback
from core.policy import policy_on
from core.questions import BY_NAME
from tests.support import by_the_page as page
from tests.support.cases import CHOICES, STATED, TO_THE_END, partial_cases
from tests.support.examples import examples

DAY = page.DAY
POLICY = policy_on(DAY)


def advice_on(case: dict[str, Any]) -> Advice:
    return advise(read_case(case), on=DAY, policy=POLICY)


@examples(10, 40)
@given(partial_cases())
def test_the_next_question_is_the_first_unasked_one_that_can_change_the_verdict(case: dict[str, Any]) -> None:
    advice = advice_on(case)
    deciding, to_ask = page.can_change(case)
    assert list(advice.deciding) == deciding
    assert advice.next_question == (to_ask[0] if to_ask else None)


@examples(10, 40)
@given(partial_cases())
def test_measure_first_means_that_no_question_is_left_that_could_settle_it(case: dict[str, Any]) -> None:
    advice = advice_on(case)
    possible, (_, to_ask) = page.reached(case), page.can_change(case)
    if len(possible) == 1:
        assert {advice.verdict} == possible
    else:
        assert advice.verdict == (None if to_ask else "measure_first")


@examples(25, 100)
@given(partial_cases())
def test_the_leaning_is_the_verdict_at_the_point_estimates(case: dict[str, Any]) -> None:
    advice = advice_on(case)
    assert advice.leaning == page.leaning_of(case)
    assert advice.leaning in advice.possible
    assert advice.reasons[-1].says


@examples(25, 100)
@given(partial_cases())
def test_advice_holds_together(case: dict[str, Any]) -> None:
    advice = advice_on(case)
    asked = {question for question in page.QUESTIONS if page.was_asked(case, question)}
    assert (advice.next_question is None) == (advice.verdict is not None)
    assert advice.next_question not in asked
    assert advice.next_question not in advice.left_out
    assert not asked & set(advice.left_out)
    assert advice.next_question is None or advice.next_question in advice.deciding
    if advice.next_question is None:
        assert advice.at_most_to_go == 0
        assert set(advice.left_out) == set(page.QUESTIONS) - asked
    else:
        assert 1 <= advice.at_most_to_go == len(page.QUESTIONS) - len(asked) - len(advice.left_out)
    assert (len(advice.possible) == 1) == (advice.verdict in advice.possible)
    assert not (len(advice.possible) == 1 and advice.deciding)
    assert all(reason.source and reason.says and reason.question in BY_NAME for reason in advice.reasons)
    assert advice.reasons[0].question == "data_may_leave"


def answered(question: str, chance: random.Random) -> dict[str, Any]:
    """Something that somebody may answer: a value, a range, or "not sure"."""
    if question == "quality":
        target = chance.choice([0.8, 0.95, None, [0.9, 0.95]])
        if chance.random() < 0.5:
            correct, total = chance.choice([(43, 50), (40, 50), (990, 1000), (5, 5)])
            return {"eval_correct": correct, "eval_total": total, "quality_target": target}
        return {
            "quality_now": chance.choice([0.2, 0.5, 0.8, [0.6, 0.9], 0.97, None]),
            "quality_target": target,
        }
    usual = [choice.values[question] for choice in BY_NAME[question].under(policy_on(page.DAY)).choices]
    return {question: chance.choice([*usual, None])}


@pytest.mark.parametrize("seed", range(40))
def test_asking_until_done_ends_with_a_verdict_after_at_most_ten_questions(seed: int) -> None:
    chance = random.Random(seed)
    case: dict[str, Any] = {}
    before, order = None, []
    while (advice := advice_on(case)).next_question is not None:
        assert len(order) < 10
        assert before is None or advice.at_most_to_go < before.at_most_to_go
        before = advice
        order.append(advice.next_question)
        case |= answered(advice.next_question, chance)
    assert advice.verdict is not None
    assert len(set(order)) == len(order)


def test_with_nothing_known_the_first_question_is_asked_first() -> None:
    advice = advice_on({})
    assert advice.next_question == "data_may_leave"
    assert advice.verdict is None
    assert set(advice.possible) == set(page.LEANING)
    assert advice.at_most_to_go == 10
    assert advice.left_out == ()
    assert advice.leaning == "keep_prompting"


def test_not_sure_of_anything_is_to_measure_first() -> None:
    keys = [key for key in CHOICES if key != "reasons"]
    advice = advice_on({**dict.fromkeys(keys), "reasons": None})
    assert advice.verdict == "measure_first"
    assert "data_may_leave" in advice.deciding
    assert advice.next_question is None


def test_one_possible_verdict_is_the_verdict_whatever_is_unanswered() -> None:
    advice = advice_on({"data_may_leave": False})
    assert advice.verdict == "self_host"
    assert advice.next_question is None
    assert len(advice.left_out) == 9
    assert [reason.question for reason in advice.reasons] == ["data_may_leave"]


def test_a_choice_that_changes_nothing_is_not_asked_for() -> None:
    """People who know only that the misses are missing facts need no figures, unless the target may be reached."""
    known = {
        "data_may_leave": True,
        "prompt_examples": 9,
        "misses": "facts",
        "quality_target": 0.95,
        "quality_now": 0.7,
    }
    assert advice_on(known).verdict == "add_retrieval"
    assert "reasons" in advice_on(known).left_out


@pytest.mark.parametrize(
    ("case", "leaning"),
    [
        ({"prompt_examples": [4, 9]}, "fine_tune"),  # 6
        ({"prompt_examples": [0, 9]}, "prompt_first"),  # 4.5
        ({"prompt_examples": [0, 10]}, "fine_tune"),  # 5
        ({"prompt_examples": [4, None]}, "prompt_first"),
        ({"prompt_examples": [None, 5]}, "fine_tune"),
        ({"labelled_examples": [20, 120]}, "collect_examples"),  # 48.99
        ({"labelled_examples": [20, 125]}, "fine_tune"),  # 50
        ({"quality_now": [0.5, 0.98], "quality_target": 0.9, "misses": "behaviour"}, "keep_prompting"),  # 0.7
        ({"eval_correct": 40, "eval_total": 50, "quality_target": 0.9}, "fine_tune"),  # 0.8 of 0.9 is 0.889
        (
            {"eval_correct": 38, "eval_total": 50, "quality_target": 0.9},
            "keep_prompting",
        ),  # 0.76 of 0.9 is 0.844
        ({"eval_correct": 45, "eval_total": 50, "quality_target": 0.9}, "keep_prompting"),  # on the target
        ({"data_may_leave": None}, "fine_tune"),
        ({"misses": None}, "redefine_task"),
        ({"per_request_instructions": None}, "hybrid"),
        ({"can_wait": None}, "keep_prompting"),
        ({"prompt_examples": None}, "prompt_first"),
        ({"labelled_examples": None}, "collect_examples"),
    ],
)
def test_where_it_leans(case: dict[str, Any], leaning: str) -> None:
    advice = advice_on(TO_THE_END | case)
    assert advice.leaning == leaning
    assert len(advice.possible) > 1
    assert advice.verdict == "measure_first"


def test_a_range_of_latency_is_no_single_number_even_when_leaning() -> None:
    case = TO_THE_END | {"reasons": ["latency"], "latency_now_ms": [300, 400], "latency_ms": 500}
    assert advice_on(case).verdict == advice_on(case).leaning == "fine_tune"


def narrow_windows(case: dict[str, Any]) -> list[Decimal]:
    """Volumes where the ledger says that something turns; what it is worth there is for the brute force to say."""
    payback = Payback.of(read_case(case), DAY, POLICY)
    volumes, labels = span(case.get("calls_per_month")), span(case.get("labelled_examples"))
    ranges = [volumes]
    if volumes[0] < 100_000 and (volumes[1] is None or volumes[1] > 100_000):
        ranges = [(volumes[0], Decimal(100_000)), (Decimal(100_000), volumes[1])]
    parts = [labels]
    if labels[0] < 50 and (labels[1] is None or labels[1] >= 50):
        parts = [(labels[0], Decimal(49)), (Decimal(50), labels[1])]
    return [n for calls in ranges for n in payback.telling_calls(calls, parts)]


def span(value: Any) -> tuple[Decimal, Decimal | None]:
    low, high = value if isinstance(value, list) else (value, value)
    return Decimal(low or 0), None if high is None else Decimal(high)


@examples(8, 40)
@given(
    st.sampled_from(["calls_per_month", "labelled_examples"]),
    st.data(),
)
def test_what_the_ledger_decides_is_asked_for_when_and_only_when_it_decides(
    key: str, data: st.DataObject
) -> None:
    """The volume and the labels alone are open; everything that surrounds them is drawn."""
    case = {**TO_THE_END, "reasons": ["cost"], "assumptions": data.draw(ASSUMED)}
    other = "labelled_examples" if key == "calls_per_month" else "calls_per_month"
    case[other] = data.draw(CHOICES[other])
    case["cheaper_model_enough"] = data.draw(CHOICES["cheaper_model_enough"])
    del case[key]
    with page.trying("calls_per_month", narrow_windows(case)):
        (deciding, to_ask), reached = page.can_change(case), page.reached(case)
    advice = advice_on(case)
    assert set(advice.possible) == reached
    assert list(advice.deciding) == deciding
    assert advice.next_question == (to_ask[0] if to_ask else None)


ASSUMED = st.one_of(
    st.just({}),
    st.just(STATED),
    st.fixed_dictionaries(
        {
            "tuning_hours": st.sampled_from([10, 120, 2000]),
            "tuned_price_in": st.sampled_from([0.05, 2]),
            "base": st.just("b"),
        }
        | {"tuned_price_out": st.sampled_from([0.1, 8]), "train_price": st.sampled_from([1, 25])}
        | {"hosting_per_hour": st.sampled_from([0, 1.7]), "storage_per_month": st.just(0)}
        | {
            "model": st.just("openai:gpt-4o"),
            "prompt_tokens": st.sampled_from([500, 8000]),
            "output_tokens": st.just(100),
        }
        | {"price_per_label": st.sampled_from([0, 4, 40]), "minimum_training_fee": st.sampled_from([0, 400])}
    ),
)


def test_the_path_names_answers_and_thresholds() -> None:
    reasons = {reason.question: reason for reason in advice_on(TO_THE_END).reasons}
    assert list(reasons) == [
        "data_may_leave",
        "prompt_examples",
        "quality",
        "misses",
        "reasons",
        "can_wait",
        "labelled_examples",
        "per_request_instructions",
    ]
    assert reasons["prompt_examples"].threshold == "at least 5 examples in the prompt"
    assert reasons["quality"].answer == "now 80%, target 90%"
    assert reasons["quality"].threshold == "at least 85% of the target"
    assert reasons["labelled_examples"].threshold == "at least 50 reviewed examples"
    assert reasons["misses"].threshold is None


@pytest.mark.parametrize(
    ("now", "threshold"),
    [
        (0.9, "at least 100% of the target"),
        (0.8, "at least 85% of the target"),
        (0.5, "over 40% of the target"),
        (0.36, "at most 40% of the target"),
    ],
)
def test_the_threshold_that_decided_is_named(now: float, threshold: str) -> None:
    reasons = advice_on(TO_THE_END | {"quality_now": now, "misses": "labels"}).reasons
    assert next(reason.threshold for reason in reasons if reason.question == "quality") == threshold


def test_a_low_volume_is_told_as_such() -> None:
    case = TO_THE_END | {"reasons": ["cost"], "calls_per_month": 30_000}
    last = advice_on(case).reasons[-1]
    assert last.threshold == "below 100k calls a month"
    stated = advice_on(case | {"assumptions": STATED}).reasons[-1]
    half_a_life = "half of what is left of the base's life (self-hosted: 12 months)"
    assert stated.threshold == f"pays back within 9 months, {half_a_life}"
    assert "pay back" in stated.says
    assert "pay back" not in last.says
    own = advice_on(case | {"assumptions": STATED | {"horizon_months": 6}}).reasons[-1]
    assert own.threshold == "pays back within 6 months"


@pytest.mark.parametrize("unstated", ["model", "prompt_tokens", "output_tokens"])
def test_a_low_volume_is_priced_only_where_the_model_and_both_token_counts_are_stated(unstated: str) -> None:
    long = STATED | {"prompt_tokens": 60_000, "output_tokens": 2000}
    case = TO_THE_END | {"quality_now": 0.9, "reasons": ["cost"], "calls_per_month": 90_000}
    assert advice_on(case | {"assumptions": long}).verdict == "fine_tune"
    advice = advice_on(case | {"assumptions": {k: v for k, v in long.items() if k != unstated}})
    assert advice.verdict == "keep_prompting"
    assert advice.reasons[-1].threshold == "below 100k calls a month"


def test_a_step_that_is_not_settled_says_so() -> None:
    advice = advice_on(TO_THE_END | {"can_wait": None})
    assert advice.reasons[-1].says.startswith("Not settled. Leaning this way: a tuned model")
    assert advice.reasons[-1].answer == "not sure"
    assert not advice.reasons[0].says.startswith("Not settled")


def test_a_reason_that_was_struck_leaves_no_step_open() -> None:
    """At the target quality is no reason any more, so that cost alone is left for certain."""
    reached = {"quality_now": 0.96, "quality_target": 0.95, "calls_per_month": 3_000_000}
    advice = advice_on(TO_THE_END | reached | {"reasons": ["quality", "cost"]})
    says = {reason.question: reason.says for reason in advice.reasons}
    assert says["reasons"] == "Cost is the only reason left, so the figures decide."
    assert not [say for say in says.values() if say.startswith("Not ")]


@pytest.mark.parametrize(("case", "quality"), [
    ({}, None),
    ({"quality_target": 0.9}, None),
    ({"quality_now": 0.8}, (0.8, 0.8, 0.8)),
    ({"quality_now": [0.5, None]}, (0.5, 0.5, 1.0)),
    ({"quality_now": None}, (None, 0.0, 1.0)),
    ({"eval_correct": 40, "eval_total": 50, "quality_now": 0.1}, (0.8, 0.6696, 0.8876)),
    ({"eval_correct": None, "eval_total": 50, "quality_now": 0.7}, (0.7, 0.7, 0.7)),
])  # fmt: skip
def test_the_quality_is_told_with_its_interval(case: dict[str, Any], quality: Any) -> None:
    told = advice_on(case).quality
    if quality is None:
        assert told is None
    else:
        assert told is not None
        assert (told.point, told.low, told.high) == pytest.approx(quality, abs=1e-4)


def test_a_model_without_a_price_is_refused_by_name() -> None:
    case = TO_THE_END | {
        "reasons": ["cost"],
        "calls_per_month": 10**6,
        "assumptions": {"model": "openai:gpt-nonesuch"},
    }
    with pytest.raises(CaseError, match="gpt-nonesuch"):
        advice_on(case)


def test_a_workspace_s_threshold_shows_in_the_reasons() -> None:
    own = policy_on(DAY, {"enough_examples": Decimal(10)})
    advice = advise(read_case(TO_THE_END), on=DAY, policy=own)
    assert advice.reasons[1].threshold == "at least 10 examples in the prompt, your team's setting"


def test_an_evaluation_that_spans_a_threshold_decides_alone() -> None:
    case = {**TO_THE_END, "quality_target": 0.89}
    del case["quality_now"]
    advice = advice_on(case | dict(zip(("eval_correct", "eval_total"), (40, 50), strict=True)))
    assert advice.deciding == ("quality",)
    assert advice.verdict == "measure_first"


def test_a_step_of_servers_inside_a_range_of_calls_is_found() -> None:
    """At both ends tuning pays back; between them one more server is needed, and for a while it does not."""
    stated = STATED | {"decode_tokens_per_second": 462, "base_life_months": 0}  # hosted bases are gone
    case = TO_THE_END | {"reasons": ["cost"], "labelled_examples": 1000, "assumptions": stated}
    a_server = 730 * 3600 * 462 * 0.4 / (3 * (200 + 0.1 * (100 + 600)))  # calls a month: 599,573
    low, within, high = (
        round(10 * a_server - 5000),
        round(10 * a_server + 5000),
        round(11 * a_server - 5000),
    )
    told = [page.verdict_of(case | {"calls_per_month": calls}) for calls in (low, within, high)]
    assert told == ["fine_tune", "keep_prompting", "fine_tune"]
    advice = advice_on(case | {"calls_per_month": [low, high]})
    assert set(advice.possible) == {"keep_prompting", "fine_tune"}
    assert advice.deciding == ("calls_per_month",)
