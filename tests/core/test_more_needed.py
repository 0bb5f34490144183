"""The interval of an evaluation, and how many more cases would settle a verdict."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.advice import Advice, advise
from core.case import read_case
from core.evaluation import MOST_CASES, Interval, at_rate, more_needed, wilson
from core.told import told
from tests.support import by_the_page as page
from tests.support.cases import TO_THE_END
from tests.support.examples import examples

EVALUATED = {key: value for key, value in TO_THE_END.items() if key != "quality_now"}


def advice_on(case: dict[str, Any]) -> Advice:
    return advise(read_case(case), on=page.DAY)


@pytest.mark.parametrize("total", [10, 20, 50, 100, 500])
def test_the_interval_covers_the_truth_as_often_as_it_says(total: int) -> None:
    chance = np.random.default_rng(20261123 + total)
    rates = chance.uniform(0, 1, 10_000)
    seen = chance.binomial(total, rates)
    intervals = [wilson(correct, total) for correct in range(total + 1)]
    lows, highs = (np.array([getattr(i, end) for i in intervals]) for end in ("low", "high"))
    covered = ((lows[seen] <= rates) & (rates <= highs[seen])).mean()
    assert 0.94 <= covered <= 0.965


def possible_at(case: dict[str, Any], rate: Fraction, total: int) -> set[str]:
    """What the page makes of so many cases at exactly this rate, from the two ends of their interval."""
    z, p = 1.959963984540054, float(rate)
    centre, half = p + z * z / (2 * total), z * sqrt(p * (1 - p) / total + z * z / (4 * total * total))
    low, high = (centre - half) / (1 + z * z / total), (centre + half) / (1 + z * z / total)
    ends = [0 if rate == 0 else low, 1 if rate == 1 else high]
    return set(page.reached({**case, "quality_now": ends}))


@examples(15, 100)
@given(
    st.integers(5, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.sampled_from([0.8, 0.9, 0.95, 1]),
    st.sampled_from(["behaviour", "labels", "facts", "disagreement"]),
    st.lists(st.integers(1, MOST_CASES), min_size=3, max_size=3),
)
def test_more_needed_is_the_least_and_every_larger_number_settles_it_too(
    evaluation: tuple[int, int], target: float, misses: str, others: list[int]
) -> None:
    correct, total = evaluation
    base = EVALUATED | {"quality_target": target, "misses": misses}
    advice = advice_on(base | {"eval_correct": correct, "eval_total": total})
    rate, more = Fraction(correct, total), advice.more_needed
    if more is None:
        assert len(possible_at(base, rate, MOST_CASES)) > 1
        return
    if more == 0:
        assert len(advice.possible) == 1
        return
    least = total + more
    assert len(possible_at(base, rate, least)) == 1
    assert len(possible_at(base, rate, least - 1)) > 1
    for larger in (least + 1, MOST_CASES, *(n for n in others if n > least)):
        assert len(possible_at(base, rate, larger)) == 1


def ends_at(rate: float, totals: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The interval at one rate of each of many numbers of cases."""
    z = 1.959963984540054
    half = z * np.sqrt(rate * (1 - rate) / totals + z * z / (4 * totals**2))
    centre, scale = rate + z * z / (2 * totals), 1 + z * z / totals
    return (centre - half) / scale, (centre + half) / scale


@pytest.mark.parametrize(
    ("correct", "total", "target", "misses"),
    [
        (40, 50, 0.9, "behaviour"),
        (40, 50, 0.9, "labels"),
        (9, 10, 0.95, "facts"),
        (77, 100, 0.9, "behaviour"),  # 85.6% of the target: it takes thousands
        (153, 200, 0.9, "behaviour"),  # 85% of the target, exactly: no number does
        (37, 100, 0.9, "behaviour"),
        (3, 20, 0.8, "behaviour"),
        (14, 15, 0.9, "disagreement"),
    ],
)
def test_every_larger_number_of_cases_settles_it_and_the_one_before_does_not(
    correct: int, total: int, target: float, misses: str
) -> None:
    """Each number up to 100,000, by the sides of the thresholds on which the two ends of its interval lie."""
    base = EVALUATED | {"quality_target": target, "misses": misses}
    more = advice_on(base | {"eval_correct": correct, "eval_total": total}).more_needed
    rate, totals = Fraction(correct, total), np.arange(1, MOST_CASES + 1)
    limits = [share * target for share in (1, 0.85, 0.4)]
    sides = np.array([end >= limit for end in ends_at(float(rate), totals) for limit in limits])
    alike, where = np.unique(sides, axis=1, return_inverse=True)
    firsts = [int(totals[where == index][0]) for index in range(alike.shape[1])]
    settles = np.array([len(possible_at(base, rate, first)) == 1 for first in firsts])[where]
    unsettled = totals[~settles]
    if more is None:
        assert unsettled[-1] == MOST_CASES
    else:
        assert max(total, unsettled[-1] + 1) == total + more


def test_forty_of_fifty_against_ninety_percent() -> None:
    """80% is 89% of the target: settled once the low end of the interval is over 76.5%, which is 85% of it."""
    advice = advice_on(EVALUATED | {"eval_correct": 40, "eval_total": 50})
    assert advice.verdict == "measure_first"
    assert advice.more_needed is not None
    needed = 50 + advice.more_needed
    assert at_rate(0.8, needed).low >= 0.765 > at_rate(0.8, needed - 1).low
    shown = told(advice).to_json()["quality"]
    assert shown["more_needed"] == advice.more_needed


def test_what_other_cases_cannot_settle_needs_no_more_of_them() -> None:
    advice = advice_on(EVALUATED | {"eval_correct": 40, "eval_total": 50, "can_wait": None})
    assert advice.more_needed is None
    assert advice_on(TO_THE_END).more_needed is None


def test_what_is_settled_needs_no_more_cases() -> None:
    assert (
        advice_on(
            EVALUATED | {"eval_correct": 48, "eval_total": 50, "misses": "facts", "quality_target": 0.5}
        ).more_needed
        == 0
    )


@given(st.floats(0, 1), st.integers(1, 10**5), st.integers(1, 10**5))
def test_at_one_rate_more_cases_lie_inside_fewer(rate: float, one: int, other: int) -> None:
    few, many = at_rate(rate, min(one, other)), at_rate(rate, max(one, other))
    assert few.low <= many.low + 1e-12
    assert many.high <= few.high + 1e-12


def test_no_number_up_to_the_most_is_none() -> None:
    def settles(interval: Interval) -> bool:
        return interval.low > 0.5

    assert more_needed(5, 10, settles) is None
    assert more_needed(10, 10, settles) == 0
