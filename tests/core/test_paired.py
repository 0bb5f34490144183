"""Two evaluations of the same cases, against exact sums over all that could have come."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import comb, factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.paired import Paired, compared, paired

FEW = st.integers(0, 12)


def by_chance(one: int, other: int) -> Fraction:
    """How often tossing a coin for each case that differs is as lopsided: the exact test of McNemar, counted out."""
    n = one + other
    lopsided = [heads for heads in range(n + 1) if abs(2 * heads - n) >= abs(one - other)]
    return sum((Fraction(comb(n, heads), 2**n) for heads in lopsided), Fraction(0))


@given(both=FEW, one=FEW, other=FEW, neither=FEW)
def test_a_difference_is_there_when_tossing_a_coin_would_seldom_make_it(
    both: int, one: int, other: int, neither: int
) -> None:
    if both + one + other + neither == 0:
        return
    found = compared(Paired(both, one, other, neither))
    exact = by_chance(one, other)
    assert found.chance == pytest.approx(float(exact), abs=1e-9)
    assert found.is_there == (exact <= Fraction(1, 20))


def test_every_toss_counted_one_by_one_gives_the_same() -> None:
    for one, other in product(range(8), repeat=2):
        tosses = list(product((0, 1), repeat=one + other))
        lopsided = [t for t in tosses if abs(2 * sum(t) - len(t)) >= abs(one - other)]
        found = compared(Paired(1, one, other, 1))
        assert found.chance == pytest.approx(len(lopsided) / len(tosses))


@pytest.mark.parametrize(
    ("cells", "low", "high"),
    [
        # Newcombe's own examples for method 10: right in both, gained, lost, right in neither.
        ((36, 12, 2, 0), 0.0569, 0.3404),
        ((20, 12, 2, 16), 0.0562, 0.3292),
    ],
)
def test_the_interval_is_that_of_newcombes_tables(
    cells: tuple[int, int, int, int], low: float, high: float
) -> None:
    both, gained, lost, neither = cells
    found = compared(Paired(both, lost, gained, neither))
    assert (found.low, found.high) == pytest.approx((low, high), abs=1.5e-3)


@pytest.mark.parametrize(
    "chances", [(0.8, 0.02, 0.1, 0.08), (0.7, 0.1, 0.1, 0.1), (0.4, 0.05, 0.3, 0.25), (0.9, 0.02, 0.06, 0.02)]
)
def test_the_interval_holds_the_true_difference_nineteen_times_of_twenty(
    chances: tuple[float, float, float, float],
) -> None:
    """Summed exactly over everything that 40 cases can say."""
    cases, true, held = 40, chances[2] - chances[1], 0.0
    for both in range(cases + 1):
        for one in range(cases + 1 - both):
            for other in range(cases + 1 - both - one):
                counts = (both, one, other, cases - both - one - other)
                ways = factorial(cases)
                weight = 1.0
                for count, chance in zip(counts, chances, strict=True):
                    ways //= factorial(count)
                    weight *= chance**count
                if ways * weight < 1e-7:
                    continue
                found = compared(Paired(*counts))
                held += ways * weight * (found.low <= true <= found.high)
    assert 0.93 <= held <= 0.995


@given(both=FEW, one=FEW, other=FEW, neither=FEW)
def test_the_interval_holds_the_difference_and_turns_with_the_sides(
    both: int, one: int, other: int, neither: int
) -> None:
    if both + one + other + neither == 0:
        return
    found, turned = compared(Paired(both, one, other, neither)), compared(Paired(both, other, one, neither))
    assert -1 <= found.low <= found.difference <= found.high <= 1
    assert (-turned.high, -turned.low) == pytest.approx((found.low, found.high))
    assert turned.more_needed == found.more_needed


@given(both=FEW, one=FEW, other=FEW, neither=FEW, times=st.integers(2, 5))
def test_so_many_more_cases_settle_it_and_fewer_do_not(
    both: int, one: int, other: int, neither: int, times: int
) -> None:
    of = Paired(both, one, other, neither)
    if of.cases == 0:
        return
    more = compared(of).more_needed
    if one == other:
        assert more is None
    elif more is not None and times * of.cases >= of.cases + more:
        larger = Paired(both * times, one * times, other * times, neither * times)
        assert compared(larger).is_there
    elif more is not None:
        larger = Paired(both * times, one * times, other * times, neither * times)
        assert not compared(larger).is_there


def test_only_cases_that_are_in_both_are_compared() -> None:
    before = {"a": True, "b": True, "c": False, "d": False, "gone": True}
    after = {"a": True, "b": False, "c": True, "d": False, "new": False}
    found = paired(before, after)
    assert found == Paired(1, 1, 1, 1)
    assert (found.before, found.after, found.cases, found.difference) == (2, 2, 4, 0)


def test_what_shares_no_case_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="no case"):
        compared(paired({"a": True}, {"b": True}))
