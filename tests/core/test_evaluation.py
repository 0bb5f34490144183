from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.evaluation import wilson


@pytest.mark.parametrize(
    ("correct", "total", "low", "high"),
    [
        # Newcombe (1998), Two-sided confidence intervals for the single proportion, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        # The same counted from the other side.
        (182, 263, 0.6338, 0.7447),
        (20, 20, 0.8389, 1.0),
        # 40 of 50 is 80%, from 67% to 89%.
        (40, 50, 0.6696, 0.8876),
        (43, 50, 0.7381, 0.9305),
        (0, 1, 0.0, 0.7935),
        (1, 1, 0.2065, 1.0),
        (500_000, 1_000_000, 0.4990, 0.5010),
    ],
)
def test_the_interval_is_the_published_one(correct: int, total: int, low: float, high: float) -> None:
    interval = wilson(correct, total)
    assert interval.low == pytest.approx(low, abs=6e-5)
    assert interval.high == pytest.approx(high, abs=6e-5)
    assert interval.point == correct / total


EVALUATIONS = st.integers(1, 10**9).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(EVALUATIONS)
def test_the_rate_itself_lies_inside_and_all_of_it_between_0_and_1(evaluation: tuple[int, int]) -> None:
    interval = wilson(*evaluation)
    assert 0 <= interval.low <= interval.point <= interval.high <= 1


@given(EVALUATIONS)
def test_misses_counted_as_hits_give_the_mirror_image(evaluation: tuple[int, int]) -> None:
    correct, total = evaluation
    here, there = wilson(correct, total), wilson(total - correct, total)
    assert here.low == pytest.approx(1 - there.high, abs=1e-9)
    assert here.high == pytest.approx(1 - there.low, abs=1e-9)


@given(st.integers(1, 1000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.integers(2, 50))
def test_more_cases_at_the_same_rate_narrow_it(evaluation: tuple[int, int], times: int) -> None:
    correct, total = evaluation
    few, many = wilson(correct, total), wilson(correct * times, total * times)
    assert many.high - many.low < few.high - few.low


@pytest.mark.parametrize(("correct", "total"), [(1, 0), (0, 0), (-1, 5), (6, 5)])
def test_what_is_no_evaluation_is_refused(correct: int, total: int) -> None:
    with pytest.raises(ValueError, match="is no evaluation"):
        wilson(correct, total)
