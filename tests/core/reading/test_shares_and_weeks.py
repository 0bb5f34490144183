"""Shares on a round number, targets in other words, whole weeks, and what is told of other times."""

from __future__ import annotations

import pytest

from core.reading import read


@pytest.mark.parametrize(
    ("text", "now", "target"),
    [
        ("it gets 8 times on 10, we need 9 on 10", 0.8, 0.9),
        ("70% now, 88 % is good enough", 0.7, 0.88),
        ("we reach 66% today and dream of 85", 0.66, 0.85),
        ("0.81 today, we stay away unless it gets to 0.9", 0.81, 0.9),
        ("73% right now, it must be 95 or the customers run", 0.73, 0.95),
        ("64% now, once it is at 85 we launch", 0.64, 0.85),
        ("we are at 91 %, one wants 98,5 % because an error costs us a client", 0.91, 0.985),
    ],
)
def test_now_and_target_are_told_apart(text, now, target):
    reading = read(text, "quality")
    assert (dict(reading.values), reading.doubtful) == (
        {"quality_now": now, "quality_target": target},
        False,
    )


@pytest.mark.parametrize(
    ("text", "right", "total"),
    [
        ("72 correct from 100, I need 95% or more", 72, 100),
        ("they passed 40 out of 60, we want 57 in every 60", 40, 60),
    ],
)
def test_a_count_beside_a_target_is_an_evaluation(text, right, total):
    reading = read(text, "quality")
    assert reading.evaluation == (right, total)
    assert (reading.values["quality_target"], reading.doubtful) == (0.95, False)


def test_fifty_fifty_is_a_half_to_be_confirmed():
    reading = read("about 50/50 now, 85% would do", "quality")
    assert (dict(reading.values), reading.doubtful) == ({"quality_now": 0.5, "quality_target": 0.85}, True)


def test_once_in_a_while_is_no_target():
    assert "quality_target" not in read("85% right once a month", "quality").values


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("80 a day, weekends and all", 2435),
        ("120 calls a day, seven days", 3652),
        ("900 a week, nearly double in December", 3913),
        ("70 a week, before Christmas more", 304),
    ],
)
def test_a_single_stated_volume_is_not_doubted(text, calls):
    reading = read(text, "calls_per_month")
    assert reading.values["calls_per_month"] == pytest.approx(calls, abs=1)
    assert not reading.doubtful


@pytest.mark.parametrize("text", ["70 a week, double since May", "500 letters a week, half of them spam"])
def test_what_changes_the_volume_is_asked_about(text):
    assert read(text, "calls_per_month").doubtful


def test_a_part_of_what_comes_in_is_suggested_per_its_own_period():
    reading = read("3000 emails a day, but we only handle 10 percent of them", "calls_per_month")
    offered = [one.values["calls_per_month"] for one in reading.suggestions]
    assert reading.doubtful
    assert any(abs(number - 9131) <= 1 for number in offered)
