"""How sure a verdict is, and the case against it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.advice import Advice, advise
from core.against import CaseAgainst
from core.case import read_case
from core.confidence import Confidence, confidence
from core.flips import Flip
from core.told import told
from core.tree import Verdict
from tests.support import by_the_page as page
from tests.support.cases import TO_THE_END, known_cases, partial_cases
from tests.support.examples import examples


def advice_on(case: dict[str, Any]) -> Advice:
    return advise(read_case(case), on=page.DAY)


def flip(present: str, to: str | None) -> Flip:
    side = "above" if to is None or Decimal(to) > Decimal(present) else "below"
    found = None if to is None else Decimal(to)
    return Flip("calls_per_month", Decimal(present), found, to and Verdict.FINE_TUNE, side)


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        (None, "high"),
        ("150", "high"),
        ("149", "medium"),
        ("110", "medium"),
        ("109", "low"),
        ("66.6", "high"),
        ("66.7", "medium"),
        ("91", "low"),
        ("90.9", "medium"),
        ("0", "high"),
    ],
)
def test_confidence_is_how_far_the_nearest_flip_is(to: str | None, expected: str) -> None:
    assert confidence([flip("100", to)], known=4, unknown=0, rests_on_a_default=False) == expected


def test_what_is_unknown_keeps_confidence_from_being_high() -> None:
    assert confidence([], known=4, unknown=1, rests_on_a_default=False) == "medium"
    assert confidence([flip("100", "109")], known=4, unknown=1, rests_on_a_default=False) == "low"


def test_where_more_is_unknown_than_known_confidence_is_low() -> None:
    for known, unknown, expected in ((0, 4, "low"), (1, 2, "low"), (2, 2, "medium"), (4, 1, "medium")):
        assert confidence([], known=known, unknown=unknown, rests_on_a_default=False) == expected


def test_when_everything_is_not_sure_confidence_is_low() -> None:
    advice = advice_on(dict.fromkeys(TO_THE_END))
    assert advice.verdict == Verdict.MEASURE_FIRST
    assert advice.confidence is Confidence.LOW


def test_defaults_and_a_close_probability_take_one_step_in_all() -> None:
    far = [flip("100", "900")]
    assert confidence(far, known=4, unknown=0, rests_on_a_default=True) == "medium"
    both = confidence(far, known=4, unknown=0, rests_on_a_default=True, probability_pays_back=0.5)
    assert both == "medium"
    for probability, expected in ((0.29, "high"), (0.3, "medium"), (0.7, "medium"), (0.71, "high")):
        told = confidence(
            far, known=4, unknown=0, rests_on_a_default=False, probability_pays_back=probability
        )
        assert told == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"quality_now": 0.6, "misses": "facts"}, "high"),  # the target is 1.5 times as much
        ({"data_may_leave": False}, "high"),
        ({"prompt_examples": 4}, "medium"),  # 5 is 1.25 times as many
        ({"prompt_examples": 2}, "high"),
    ],
)
def test_confidence_of_whole_cases(changes: dict[str, Any], expected: str) -> None:
    advice = advice_on(TO_THE_END | changes)
    assert advice.confidence == expected


def test_a_quality_that_was_evaluated_is_known_without_an_estimate() -> None:
    case = {key: value for key, value in TO_THE_END.items() if key != "quality_now"}
    advice = advice_on(case | {"misses": "facts", "eval_correct": 450, "eval_total": 1000})
    assert advice.verdict == Verdict.ADD_RETRIEVAL
    assert advice.confidence is Confidence.HIGH


def test_a_verdict_that_a_default_price_decides_is_a_step_less_sure() -> None:
    advice = advice_on(TO_THE_END | {"reasons": ["cost"], "calls_per_month": 3_000_000})
    assert min(f.factor for f in advice.flips if f.factor) >= Decimal("1.5")
    assert advice.confidence is Confidence.MEDIUM


COST_ALONE = TO_THE_END | {"reasons": ["cost"], "quality_now": 0.96, "quality_target": 0.95}


def test_a_close_probability_counts_only_where_the_verdict_rests_on_paying_back() -> None:
    """At 1.2M calls tuning does not pay back in the likely case, and in about 4 worlds of 10 it does."""
    case = COST_ALONE | {"calls_per_month": 1_200_000}
    close = advice_on(case)
    assert close.verdict == Verdict.KEEP_PROMPTING
    told = close.ledger.uncertainty.tuning_pays_back
    assert told is not None
    assert 0.3 <= told <= 0.7
    assert close.rests_on_probability == told
    assert advice_on(case | {"reasons": ["latency", "cost"]}).rests_on_probability is None
    assert advice_on(case | {"calls_per_month": 90_000}).rests_on_probability is None, (
        "the volume alone decides"
    )


@examples(10, 60)
@given(st.one_of(partial_cases(), known_cases()))
def test_advice_with_everything_around_it_holds_together(case: dict[str, Any]) -> None:
    advice = advice_on(case)
    shown = told(advice).to_json()
    if advice.verdict is None:
        assert (shown["confidence"], shown["flips"], shown["against"]) == (None, [], [])
        return
    assert shown["confidence"] in ("high", "medium", "low")
    assert all(set(f) == {"input", "from", "to", "verdict", "side"} for f in shown["flips"])
    assert shown == told(advice_on(case)).to_json()
    for point in advice.against:
        assert point.says.endswith(".")
        assert len(point.says) < 300
        assert point.rests_on


def test_the_case_against_tuning_names_its_costs_and_the_flip() -> None:
    advice = advice_on(TO_THE_END | {"reasons": ["cost"], "calls_per_month": 3_000_000})
    says = " ".join(point.says for point in advice.against)
    hosted = advice.ledger.option("hosted")
    assert hosted is not None
    assert f"${hosted.up_front.amount:,.0f}" in says
    assert "At no more than 1.28M calls a month instead of 3M: keep prompting." in says
    assert "2 to 4 weeks" in says
    assert re.search(r"18 months", says)


def test_the_case_against_prompting_names_the_gap_and_the_bill() -> None:
    advice = advice_on(TO_THE_END | {"reasons": ["cost"], "calls_per_month": 300_000})
    says = [point.says for point in advice.against]
    assert says[0] == "It is right 80% of the time and should be 90%: 30,000 wrong answers too many a month."
    assert "At 1.29M calls a month instead of 300k: fine-tune." in says


def test_a_prompt_at_its_target_has_no_wrong_answers_too_many() -> None:
    advice = advice_on(COST_ALONE | {"quality_now": 0.95, "calls_per_month": 300_000})
    assert advice.verdict == Verdict.KEEP_PROMPTING
    assert advice.against
    assert not [point for point in advice.against if "wrong answers" in point.says]


def test_the_case_against_tuning_is_made_with_an_option_that_pays_back() -> None:
    """With two months of life left the cheaper of the two, at a provider, does not."""
    advice = advice_on(COST_ALONE | {"calls_per_month": 6_000_000, "assumptions": {"base_life_months": 2}})
    hosted, own = advice.ledger.option("hosted"), advice.ledger.option("self_hosted")
    assert hosted is not None
    assert own is not None
    assert hosted.first_year.amount < own.first_year.amount
    assert (hosted.pays_back, own.pays_back) == (False, True)
    assert advice.verdict == Verdict.FINE_TUNE
    assert advice.against[0].rests_on[0] == "self_hosted"


def test_the_case_against_says_a_share_of_the_prompt_in_percent() -> None:
    advice = advice_on(TO_THE_END | {"reasons": ["cost"], "calls_per_month": 300_000})
    flip = Flip("fixed_share", Decimal("0.8"), Decimal("0.511"), Verdict.FINE_TUNE, "below")
    assert advice.verdict is not None
    case = CaseAgainst(advice.answers, advice.policy, advice.verdict, advice.leaning, (flip,), advice.ledger)
    assert case.points()[-1].says == (
        "Nearest to changing it: the fixed share of the prompt, 51.1% instead of 80%: fine-tune."
    )


def test_every_point_of_a_flip_is_a_flip() -> None:
    advice = advice_on(TO_THE_END | {"reasons": ["cost"], "calls_per_month": 300_000})
    flips = {found.input for found in advice.flips if found.to is not None}
    options = {option.option for option in advice.ledger.options}
    for point in advice.against:
        assert set(point.rests_on) <= flips | options | {"quality_now", "quality_target"}
