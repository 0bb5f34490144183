"""What would change the verdict: every flip is tried, and so is what lies before it."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.advice import Advice, advise
from core.answers import Answers, Between
from core.case import read_case
from core.fact import LARGEST_ANSWER
from core.facts import ANSWERS, ASSUMPTIONS
from core.flips import Flip
from core.known import facts_of
from core.policy import policy_on
from core.told.flips import Flip as ToldFlip
from core.walk import Walk
from tests.support import by_the_page as page
from tests.support.cases import ASSUMED, STATED, TO_THE_END, known_cases, partial_cases
from tests.support.examples import examples

DAY = page.DAY
POLICY = policy_on(DAY)
COST = TO_THE_END | {"reasons": ["cost"], "calls_per_month": 3_000_000}
COUNTS = ("prompt_examples", "eval_correct", "calls_per_month", "labelled_examples")
SHARES = ("quality_now", "quality_target")


def advice_on(case: dict[str, Any]) -> Advice:
    return advise(read_case(case), on=DAY, policy=POLICY)


def setting(answers: Answers, key: str, value: Any) -> Answers:
    return answers.with_assumption(key, value) if key in ASSUMPTIONS else answers.with_answer(key, value)


def verdict_with(answers: Answers, key: str, value: Any) -> Any:
    changed = setting(answers, key, value)
    return Walk(changed, POLICY, DAY).verdict(facts_of(changed))


def is_whole(key: str) -> bool:
    if key in ASSUMPTIONS:
        units = ("examples", "tokens", "tokens a call")
        return ASSUMPTIONS[key].kind == "whole number" or ASSUMPTIONS[key].unit in units
    return key in COUNTS


def one_nearer(flip: Flip) -> Decimal:
    """The next value towards the present one: one less, or one less in the last of its digits."""
    assert isinstance(flip.to, Decimal)
    if is_whole(flip.input):
        return flip.to + (1 if flip.side == "below" else -1)
    digits = max(3, len(flip.to.normalize().as_tuple().digits))
    up = flip.side == "below"
    context = Context(prec=digits, rounding=ROUND_CEILING if up else ROUND_FLOOR)
    if flip.to == 0:
        return Decimal("1e-9")
    return flip.to.next_plus(context) if up else flip.to.next_minus(context)


def end(flip: Flip) -> Decimal:
    if isinstance(flip.present, Between):
        found = flip.present.low if flip.side == "below" else flip.present.high
        assert found is not None
        return found
    assert isinstance(flip.present, Decimal)
    return flip.present


def domain(flip: Flip, answers: Answers) -> Decimal:
    """As far as a number can go in the direction of a flip."""
    if flip.input in ASSUMPTIONS:
        assumption = ASSUMPTIONS[flip.input]
        hair = Decimal("1e-9") if assumption.above_low else Decimal(0)
        return assumption.low + hair if flip.side == "below" else assumption.high
    if flip.side == "below":
        return Decimal(0)
    total = answers.of("eval_total")
    ends = {"eval_correct": total, "quality_now": Decimal(1), "quality_target": Decimal(1)}
    found = ends.get(flip.input, LARGEST_ANSWER)
    assert isinstance(found, Decimal)
    return found


def somewhere(near: Decimal, far: Decimal, chance: random.Random, *, whole: bool) -> Decimal:
    """A value between two: at any distance from the first, from the second, or at any order of magnitude."""
    hair = 10 ** (-9 * chance.random())
    share = chance.choice((chance.random(), hair, 1 - hair))
    value = near + (far - near) * Decimal(repr(share))
    if chance.random() < 0.4 and near >= 0:
        low, high = sorted((float(max(near, Decimal("1e-9"))), float(max(far, Decimal("1e-9")))))
        value = Decimal(repr(low * (high / low) ** chance.random()))
        value = min(max(value, min(near, far)), max(near, far))
    return value.to_integral_value() if whole else value


def lies_inside(flip: Flip) -> bool:
    """Whether a range is so wide that a part of it gives a verdict of its own."""
    if not isinstance(flip.present, Between) or not isinstance(flip.to, Decimal):
        return False
    return flip.to > end(flip) if flip.side == "below" else flip.to < end(flip)


def check(case: dict[str, Any], chance: random.Random, tries: int = 4) -> None:
    advice = advice_on(case)
    answers, verdict = advice.answers, advice.verdict
    for flip in advice.flips:
        if flip.to is not None:
            assert flip.verdict != verdict, flip
            assert verdict_with(answers, flip.input, flip.to) == flip.verdict, flip
        if flip.side is None:
            continue
        if lies_inside(flip):
            assert isinstance(flip.to, Decimal)
            step = 1 if flip.side == "below" else -1
            assert verdict_with(answers, flip.input, flip.to + step) != flip.verdict, flip
            continue
        near, far = end(flip), domain(flip, answers) if flip.to is None else flip.to
        assert isinstance(far, Decimal)
        if flip.to is not None:
            before = one_nearer(flip)
            if (before >= near) if flip.side == "above" else (before <= near):
                assert verdict_with(answers, flip.input, before) == verdict, (flip, before)
        for _ in range(tries):
            value = somewhere(near, far, chance, whole=is_whole(flip.input))
            if value == flip.to or (flip.to is not None and abs(value - near) > abs(one_nearer(flip) - near)):
                continue
            assert verdict_with(answers, flip.input, value) == verdict, (flip, value)

    named = {(flip.input, str(flip.to)) for flip in advice.flips if flip.side is None}
    for key, values in CHOICES.items():
        for value in values if key in case and advice.flips else ():
            if (key, str(value)) not in named:
                assert verdict_with(answers, key, value) == verdict, (key, value)


CHOICES: dict[str, tuple[Any, ...]] = {
    **{key: tuple(fact.choices) for key, fact in ANSWERS.items() if fact.is_chosen},
    "reasons": tuple(frozenset({reason}) for reason in ANSWERS["reasons"].choices),
}


@examples(15, 100)
@given(known_cases(), st.randoms(use_true_random=False))
def test_a_flip_changes_the_verdict_and_nothing_before_it_does(
    case: dict[str, Any], chance: random.Random
) -> None:
    check(case, chance)


def test_one_reason_more_or_less_is_tried_beside_those_that_there_are() -> None:
    """At the target quality is no reason; without speed cost alone is left, which too few calls do not pay back."""
    case = COST | {"quality_now": 0.95, "calls_per_month": 30_000}
    case |= {"reasons": ["quality", "cost", "latency"], "latency_now_ms": 1200, "latency_ms": 800}
    found = {flip.to: flip.verdict for flip in advice_on(case).flips if flip.input == "reasons"}
    assert found[frozenset({"quality", "cost"})] == "keep_prompting"
    assert frozenset({"quality", "latency"}) not in found


RANGES = st.fixed_dictionaries(
    {
        "calls_per_month": st.tuples(
            st.sampled_from([100_000, 800_000, 4_000_000, 36_000_000]), st.sampled_from([1, 1.3, 3.9])
        ).map(lambda calls: [calls[0], int(calls[0] * calls[1])]),
        "labelled_examples": st.tuples(st.sampled_from([60, 400, 3000]), st.sampled_from([0, 50, 3000])).map(
            lambda labels: [labels[0], sum(labels)]
        ),
        "cheaper_model_enough": st.booleans(),
        "assumptions": ASSUMED,
    }
)


def test_from_a_range_the_last_value_that_leaves_the_verdict_is_next_to_the_first_that_changes_it() -> None:
    """At 374,960 tokens an example every volume in the range has one verdict; at 374,959 some have another."""
    case = COST | {"calls_per_month": [4_000_000, 15_600_000], "labelled_examples": [60, 3060]}
    case |= {"cheaper_model_enough": True, "assumptions": {}}
    flips = {flip.side: flip for flip in advice_on(case).flips if flip.input == "tokens_per_example"}
    assert (flips["above"].to, flips["above"].verdict) == (374_960, "keep_prompting")
    answers = read_case(case)
    assert verdict_with(answers, "tokens_per_example", Decimal(374_959)) == "measure_first"
    assert verdict_with(answers, "tokens_per_example", Decimal(374_960)) == "keep_prompting"


@examples(3, 10)
@given(RANGES, st.randoms(use_true_random=False))
def test_from_a_range_a_flip_changes_the_verdict_and_nothing_before_it_does(
    case: dict[str, Any], chance: random.Random
) -> None:
    check(COST | case, chance, tries=1)


PLAIN = {
    "data_may_leave": True,
    "prompt_examples": 6,
    "quality_now": 0.85,
    "quality_target": 0.9,
    "misses": "behaviour",
    "reasons": ["quality"],
    "calls_per_month": 500_000,
    "can_wait": True,
    "labelled_examples": 400,
    "per_request_instructions": False,
}


@pytest.mark.parametrize(
    ("case", "key", "below", "above"),
    [
        ({"labelled_examples": [40, 100]}, "labelled_examples", "49 collect_examples", "50 fine_tune"),
        ({"labelled_examples": [40, None]}, "labelled_examples", "49 collect_examples", "50 fine_tune"),
        ({"prompt_examples": [3, 8]}, "prompt_examples", "4 prompt_first", "5 fine_tune"),
        ({"prompt_examples": [None, 8]}, "prompt_examples", "4 prompt_first", "5 fine_tune"),
        ({"prompt_examples": [5, 8]}, "prompt_examples", "4 prompt_first", None),
        ({"quality_now": [0.7, 0.88]}, "quality_now", "0.764 keep_prompting", "0.765 fine_tune"),
        ({"quality_now": [0.8, 0.95]}, "quality_now", "0.899 fine_tune", "0.9 keep_prompting"),
        ({"quality_now": [0.7, 0.95]}, "quality_now", "0.764 keep_prompting", "0.9 keep_prompting"),
        ({"quality_target": [0.8, 0.9]}, "quality_target", "0.85 keep_prompting", "0.851 fine_tune"),
        (
            {"reasons": ["latency"], "latency_ms": 300, "latency_now_ms": [200, 900]},
            "latency_now_ms",
            "300 keep_prompting",
            None,
        ),
        (
            {"reasons": ["latency"], "latency_ms": [200, 900], "latency_now_ms": 300},
            "latency_ms",
            None,
            "300 keep_prompting",
        ),
    ],
)
def test_a_range_over_a_threshold_names_the_values_on_both_sides_of_it(
    case: dict[str, Any], key: str, below: str | None, above: str | None
) -> None:
    flips = {flip.side: flip for flip in advice_on(PLAIN | case).flips if flip.input == key}
    told = {
        side: None if flip.to is None else f"{flip.to.normalize():f} {flip.verdict}"
        for side, flip in flips.items()
        if not isinstance(flip.to, str | bool | frozenset | Between)
    }
    assert told == {"below": below, "above": above}


def ranges(values: list[float]) -> st.SearchStrategy[list[float | None]]:
    ends = st.tuples(st.sampled_from(values), st.sampled_from(values)).map(sorted)
    return st.tuples(ends, st.sampled_from([0, 0, 0, 1, 2])).map(
        lambda drawn: [None if drawn[1] == 1 else drawn[0][0], None if drawn[1] == 2 else drawn[0][1]]
    )


WIDE = st.one_of(
    ranges([0, 3, 4, 5, 8]).map(lambda told: {"prompt_examples": told}),
    ranges([0.2, 0.36, 0.361, 0.7, 0.765, 0.8, 0.88, 0.9, 0.95, 1]).map(lambda told: {"quality_now": told}),
    ranges([0.1, 0.85, 0.9, 0.93, 0.9999, 1]).map(lambda told: {"quality_target": told}),
    ranges([0, 30, 49, 50, 51, 400]).map(lambda told: {"labelled_examples": told}),
    ranges([0, 50_000, 100_000, 2_000_000]).map(lambda told: {"calls_per_month": told}),
    ranges([100, 300, 301, 900]).map(lambda told: {"latency_now_ms": told, "latency_ms": 300}),
    ranges([100, 300, 301, 900]).map(lambda told: {"latency_ms": told, "latency_now_ms": 300.5}),
)


@examples(50, 500)
@given(WIDE, st.sampled_from([["quality"], ["latency"], ["cost"], ["quality", "cost"]]), st.data())
def test_inside_a_range_of_any_number_a_flip_is_the_edge(
    wide: dict[str, Any], reasons: list[str], data: st.DataObject
) -> None:
    misses = data.draw(st.sampled_from(["behaviour", "labels", "facts", None]))
    case = PLAIN | {"reasons": reasons, "misses": misses} | wide
    advice = advice_on(case)
    for flip in advice.flips:
        if not isinstance(flip.present, Between):
            continue
        low = Decimal(0) if flip.present.low is None else flip.present.low
        high = (
            domain(replace(flip, side="above"), advice.answers)
            if flip.present.high is None
            else flip.present.high
        )
        start = low if flip.side == "below" else high
        first = verdict_with(advice.answers, flip.input, start)
        if first == advice.verdict:
            continue
        assert isinstance(flip.to, Decimal), flip
        assert low <= flip.to <= high, flip
        assert flip.verdict == first, flip
        beyond = one_nearer(flip)
        if low <= beyond <= high and flip.to != start:
            assert verdict_with(advice.answers, flip.input, beyond) != first, (flip, beyond)
        for share in (Decimal("0.1"), Decimal("0.5"), Decimal("0.9")):
            between = start + (flip.to - start) * share
            value = between.to_integral_value() if is_whole(flip.input) else between
            assert verdict_with(advice.answers, flip.input, value) == first, (flip, value)


def test_inside_a_range_both_sides_of_where_it_turns_are_named() -> None:
    case = COST | {"calls_per_month": [500_000, 3_000_000]}
    below, above = (flip for flip in advice_on(case).flips if flip.input == "calls_per_month")
    assert (below.verdict, above.verdict) == ("keep_prompting", "fine_tune")
    assert isinstance(below.to, Decimal)
    assert above.to == below.to + 1


@pytest.mark.parametrize("calls", [100_000, 300_000, 1_286_825, 1_286_826, 3_000_000, 10**8])
@pytest.mark.parametrize("cheaper", [True, False])
def test_where_cost_decides_every_assumption_that_can_is_tried(calls: int, cheaper: bool) -> None:
    check(COST | {"calls_per_month": calls, "cheaper_model_enough": cheaper}, random.Random(calls), tries=2)


@examples(15, 100)
@given(partial_cases())
def test_every_value_that_is_named_gives_the_verdict_beside_it(case: dict[str, Any]) -> None:
    advice = advice_on(case)
    assert advice.verdict is not None or not advice.flips
    for flip in advice.flips:
        if flip.to is not None:
            assert flip.verdict != advice.verdict
            assert verdict_with(advice.answers, flip.input, flip.to) == flip.verdict, flip


def found(case: dict[str, Any]) -> dict[tuple[str, str | None], tuple[Any, Any]]:
    """The numbers that change a verdict, by input and side."""
    return {
        (flip.input, flip.side): (str(flip.to), flip.verdict)
        for flip in advice_on(case).flips
        if flip.to is not None and flip.side
    }


def test_flips_of_quality_have_three_digits_and_the_new_verdict() -> None:
    quality = found(TO_THE_END | {"quality_target": 0.93})
    assert quality["quality_now", "below"] == ("0.79", "keep_prompting")  # 85% of 0.93 is 0.7905
    assert quality["quality_now", "above"] == ("0.93", "keep_prompting")
    assert quality["quality_target", "above"] == ("0.942", "keep_prompting")  # 0.8 / 0.85 is 0.9412
    assert quality["quality_target", "below"] == ("0.8", "keep_prompting")


def test_flips_of_counts_are_exact_to_the_unit() -> None:
    counts = found(COST | {"prompt_examples": 12, "labelled_examples": 400})
    assert counts["prompt_examples", "below"] == ("4", "prompt_first")
    assert counts["labelled_examples", "below"] == ("49", "collect_examples")
    calls = int(counts["calls_per_month", "below"][0])
    assert advice_on(COST | {"calls_per_month": calls}).verdict == "keep_prompting"
    assert advice_on(COST | {"calls_per_month": calls + 1}).verdict == "fine_tune"


def test_an_evaluation_is_flipped_by_its_right_answers() -> None:
    case = {key: value for key, value in TO_THE_END.items() if key != "quality_now"}
    case |= {"eval_correct": 430, "eval_total": 500}
    advice = advice_on(case)
    assert advice.verdict == "fine_tune"
    flips = {(f.input, f.side): f for f in advice.flips}
    assert ("quality_now", "below") not in flips
    for side, step in (("below", 1), ("above", -1)):
        there = flips["eval_correct", side].to
        assert isinstance(there, Decimal)
        assert advice_on(case | {"eval_correct": int(there)}).verdict != "fine_tune"
        assert advice_on(case | {"eval_correct": int(there) + step}).verdict == "fine_tune"


def test_what_no_value_changes_is_said() -> None:
    flips = [
        ToldFlip.of(f).to_json() for f in advice_on({"data_may_leave": False, "calls_per_month": 5000}).flips
    ]
    nothing = {"input": "calls_per_month", "from": 5000, "to": None, "verdict": None}
    assert flips == [
        {
            "input": "data_may_leave",
            "from": False,
            "to": True,
            "verdict": None,
            "side": None,
        },
        {
            "input": "data_may_leave",
            "from": False,
            "to": "answers_only",
            "verdict": None,
            "side": None,
        },
        nothing | {"side": "below"},
        nothing | {"side": "above"},
    ]


def test_assumptions_are_left_out_where_the_ledger_decides_nothing() -> None:
    inputs = {flip.input for flip in advice_on(TO_THE_END).flips}
    assert not inputs & ASSUMPTIONS.keys()


def test_latency_is_flipped_where_it_is_met() -> None:
    case = TO_THE_END | {"reasons": ["latency"], "latency_now_ms": 1200, "latency_ms": 800}
    flips = found(case)
    assert flips["latency_now_ms", "below"] == ("8E+2", "keep_prompting")
    assert flips["latency_ms", "above"] == ("1.2E+3", "keep_prompting")
    met = found(case | {"latency_now_ms": 800})
    assert met["latency_now_ms", "above"] == ("801", "fine_tune")
    assert met["latency_ms", "below"] == ("799", "fine_tune")


def test_labels_beyond_those_that_are_trained_on_are_not_bought() -> None:
    """With 2,000 to train on, each of the first 2,000 examples saves its price; that bends the cost at 2,000."""
    case = COST | {"labelled_examples": 60, "calls_per_month": 1_500_000}
    for price in (1, 4, 8, 20, 40):
        stated = {"training_examples": 2000, "price_per_label": price}
        check(case | {"assumptions": stated}, random.Random(price), tries=3)


@pytest.mark.parametrize("calls", [2_000, 12_000, 30_000])
def test_few_calls_are_exact_where_the_cache_bends_the_costs(calls: int) -> None:
    stated = STATED | {"prompt_tokens": 60_000, "labels_to_buy": 0, "tuning_hours": 10, "retrain_hours": 0}
    case = COST | {"calls_per_month": calls, "assumptions": stated}
    check(case, random.Random(calls), tries=3)
    below, above = (f for f in advice_on(case).flips if f.input == "calls_per_month")
    assert below.to is not None or above.to is not None


@pytest.mark.parametrize(
    "changes",
    [
        {"labelled_examples": [40, 100]},
        {"labelled_examples": None},
        {"labelled_examples": [40, 100], "calls_per_month": [176_900, 7_356_000], "assumptions": STATED},
        *(
            pytest.param(changes, marks=pytest.mark.long("the same for other ranges, a second each"))
            for changes in (
                {"labelled_examples": 400, "calls_per_month": [500_000, 20_000_000]},
                {"labelled_examples": [60, 400], "calls_per_month": [900_000, 1_800_000], "misses": "labels"},
                {"labelled_examples": [400, 3000], "calls_per_month": [50_000, 3_000_000]},
                {
                    "labelled_examples": 100,
                    "calls_per_month": [200_000, 3_000_000],
                    "assumptions": {"price_in": 3},
                },
            )
        ),
    ],
)
def test_where_ranges_leave_it_open_every_assumption_that_can_settle_it_is_named(
    changes: dict[str, Any],
) -> None:
    case = COST | {"quality_now": 0.93, "quality_target": 0.56, "calls_per_month": 21_690_000} | changes
    case |= {"cheaper_model_enough": False, "can_wait": True, "per_request_instructions": True}
    advice = advice_on(case)
    assert advice.verdict == "measure_first"
    assumed = [flip for flip in advice.flips if flip.input in ASSUMPTIONS and flip.side is not None]
    assert {flip.side for flip in assumed} == {"below", "above"}
    assert any(flip.to is not None for flip in assumed)
    check(case, random.Random(7), tries=1)
