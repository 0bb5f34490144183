"""Forecast against actual: the vectors that were worked out by hand, and what the intervals hold in simulation."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest

from core.chances import beta_at_most, binomial_at_most, student_at_most, student_point
from core.forecasts import Band, Forecast, band, factor, paid_back
from core.scores import brier, calibration, interval_score, pinball, weighted_interval_score

BILL = Forecast(900, 1_400, 2_200)
CHANCES = (0.8, 0.7, 0.75, 0.6, 0.75)


def paired_with(came: Sequence[int]) -> list[tuple[float, bool]]:
    return [(chance, bool(did)) for chance, did in zip(CHANCES, came, strict=True)]


def test_a_bill_is_scored_on_the_scale_of_its_logarithm() -> None:
    points = [pinball(p, q, 2_520) for p, q in ((BILL.p10, 0.1), (BILL.p50, 0.5), (BILL.p90, 0.9))]
    assert points == pytest.approx([0.1030, 0.2939, 0.1222], abs=5e-5)
    assert interval_score(BILL, 2_520) == pytest.approx(2.2518, abs=5e-5)
    assert weighted_interval_score(BILL, 2_520) == pytest.approx(0.3461, abs=5e-5)
    assert weighted_interval_score(BILL, 2_520) == pytest.approx(2 * sum(points) / 3)


def test_a_bill_within_the_band_costs_no_more_than_the_width() -> None:
    assert interval_score(BILL, 1_000) == pytest.approx(math.log(2_200 / 900))
    assert interval_score(BILL, 450) == pytest.approx(math.log(2_200 / 900) + 10 * math.log(2))


@pytest.mark.parametrize(
    ("n", "most", "chance"),
    [(5, 2, 0.058), (8, 3, 0.010), (8, 4, 0.056), (10, 5, 0.033), (20, 12, 0.032)],
)
def test_so_few_within_a_band_of_eight_in_ten_are_unlikely(n: int, most: int, chance: float) -> None:
    assert binomial_at_most(most, n, 0.8) == pytest.approx(chance, abs=5e-4)


@pytest.mark.parametrize(("n", "most"), [(5, 2), (8, 4), (10, 5), (20, 12)])
def test_a_band_is_called_too_narrow_only_when_so_few_lie_inside(n: int, most: int) -> None:
    assert [k for k in range(n + 1) if Band(k, n, 2.0).is_too_narrow] == list(range(most + 1))


@pytest.mark.parametrize("n", range(5))
def test_nothing_is_said_of_fewer_than_five(n: int) -> None:
    assert not Band(0, n, 2.0).is_told
    assert not Band(0, n, 2.0).is_too_narrow
    assert not paid_back([(0.99, False)] * n).was_too_hopeful
    found = factor([3.0] * n)
    assert found is None or not found.is_offered


def test_a_band_that_holds_all_is_called_wide_only_from_ten_on() -> None:
    assert [n for n in range(5, 15) if Band(n, n, 4.0).held_all] == [10, 11, 12, 13, 14]
    assert not Band(9, 10, 4.0).held_all


def test_a_band_counts_what_lies_inside_its_ends_included() -> None:
    found = band([(BILL, 900), (BILL, 2_200), (BILL, 2_201), (BILL, 899)])
    assert (found.inside, found.of) == (2, 4)
    assert found.wide == pytest.approx(2_200 / 900)


def test_paying_back_is_counted_against_what_was_expected() -> None:
    at_most = [paid_back(paired_with([1] * k + [0] * (5 - k))).at_most for k in range(6)]
    assert at_most == pytest.approx([0.002, 0.022, 0.135, 0.431, 0.811, 1], abs=1e-3)
    assert [paid_back(paired_with([1] * k + [0] * (5 - k))).was_too_hopeful for k in range(6)] == [
        True, True, False, False, False, False,
    ]  # fmt: skip
    three = paid_back(paired_with([1, 1, 1, 0, 0]))
    assert (round(three.expected, 1), three.did, three.of) == (3.6, 3, 5)


def test_all_that_were_unlikely_to_pay_back_and_did_were_judged_too_cautiously() -> None:
    assert paid_back([(0.5, True)] * 5).was_too_cautious
    assert not paid_back([(0.6, True)] * 5).was_too_cautious


def test_chances_are_scored_against_what_came() -> None:
    came = paired_with([1, 1, 0, 0, 1])
    assert brier(came) == pytest.approx(0.223, abs=5e-4)
    assert sum(p * (1 - p) for p in CHANCES) / 5 == pytest.approx(0.197, abs=5e-4)
    assert calibration(came) == pytest.approx(0.29, abs=5e-3)
    assert calibration([(0.5, True)]) is None


@pytest.mark.parametrize(
    ("ratios", "plain", "shrunk", "within", "next_case", "over"),
    [
        ((1.5, 2.2, 1.1, 2.6, 1.9), 1.78, 1.51, (1.19, 1.92), (0.76, 3.0), 0.979),
        ((1.8,), 1.80, 1.22, (0.80, 1.86), (0.52, 2.8), 0.74),
        ((1.8,) * 5, 1.80, 1.52, (1.23, 1.88), (0.83, 2.8), 0.988),
        ((0.9, 1.1, 1.0, 1.2, 0.95), 1.02, 1.02, (0.85, 1.22), (0.61, 1.7), 0.55),
        ((1, 1, 1, 1, 8), 1.52, 1.35, (0.92, 1.96), (0.46, 3.9), 0.85),
    ],
)
def test_guesses_of_hours_have_a_factor_that_few_of_them_pull_less_far(
    ratios: tuple[float, ...],
    plain: float,
    shrunk: float,
    within: tuple[float, float],
    next_case: tuple[float, float],
    over: float,
) -> None:
    found = factor(ratios)
    assert found is not None
    assert (round(found.plain, 2), round(found.shrunk, 2)) == (plain, shrunk)
    assert (found.low, found.high) == pytest.approx(within, abs=6e-3)
    assert (found.next_low, found.next_high) == pytest.approx(next_case, abs=6e-2)
    assert found.over == pytest.approx(over, abs=6e-3)
    assert (found.least, found.most) == (pytest.approx(min(ratios)), pytest.approx(max(ratios)))
    assert found.is_offered == (len(ratios) >= 5 and over >= 0.9)


def test_guesses_that_run_under_are_offered_a_factor_too() -> None:
    found = factor([0.5] * 5)
    assert found is not None
    assert found.is_offered
    assert found.shrunk < 1


def test_the_newest_twenty_guesses_count() -> None:
    assert factor([2.0] * 20 + [50.0] * 30) == factor([2.0] * 20)


@pytest.mark.parametrize(
    ("rounds", "apart"),
    [(300, 0.07), pytest.param(3_000, 0.025, marks=pytest.mark.long("thousands of exact quantiles"))],
)
@pytest.mark.parametrize("n", [1, 5, 20])
def test_the_interval_of_the_factor_holds_it_eight_times_of_ten(n: int, rounds: int, apart: float) -> None:
    """Workspaces drawn from the prior itself, each with so many cases."""
    dice = np.random.default_rng(20_261_128 + n)
    held, next_held = 0, 0
    for _ in range(rounds):
        variance = 0.5 / dice.gamma(2.0)
        true = dice.normal(0, math.sqrt(variance / 2))
        *logs, another = dice.normal(true, math.sqrt(variance), n + 1)
        found = factor([math.exp(one) for one in logs])
        assert found is not None
        held += found.low <= math.exp(true) <= found.high
        next_held += found.next_low <= math.exp(another) <= found.next_high
    assert held / rounds == pytest.approx(0.8, abs=apart)
    assert next_held / rounds == pytest.approx(0.8, abs=apart)


@pytest.mark.parametrize(
    ("freedom", "point"), [(1, 3.0777), (2, 1.8856), (5, 1.4759), (9, 1.3830), (30, 1.3104), (1000, 1.2824)]
)
def test_the_points_of_students_t_are_those_of_the_tables(freedom: float, point: float) -> None:
    assert student_point(0.9, freedom) == pytest.approx(point, abs=5e-5)
    assert student_at_most(-point, freedom) == pytest.approx(0.1, abs=1e-5)


@pytest.mark.parametrize(("k", "n", "p"), [(0, 5, 0.2), (3, 9, 0.5), (12, 20, 0.8), (70, 100, 0.66)])
def test_the_beta_function_sums_the_binomial(k: int, n: int, p: float) -> None:
    assert 1 - beta_at_most(p, k + 1, n - k) == pytest.approx(binomial_at_most(k, n, p), abs=1e-12)
