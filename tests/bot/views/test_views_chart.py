"""Slack's own chart, for where it takes no pictures: the same figures, within its limits."""

from __future__ import annotations

from itertools import pairwise

import pytest

from bot.slack.blocks import chart
from bot.slack.checks import check
from bot.views.chart import native, too_dear
from tests.support.charted import SCENARIOS, curves_of


@pytest.mark.parametrize("name", SCENARIOS)
def test_it_keeps_to_slacks_limits_and_shows_enough(name: str) -> None:
    block = chart(native(curves_of(name)))
    check("The costs", [block])
    assert 6 <= len(block["chart"]["axis_config"]["categories"]) <= 20


@pytest.mark.parametrize("name", ["near", "two crossovers", "self-hosted steps"])
def test_its_values_are_those_of_the_curves(name: str) -> None:
    found = curves_of(name)
    block = chart(native(found))
    lines = [line for line in found.series if line not in too_dear(found)]
    for drawn, line in zip(block["chart"]["series"], lines, strict=True):
        months = {round(float(month), 2) for month in line.months}
        assert {point["value"] for point in drawn["data"]} <= months


def test_its_calls_are_evenly_apart_and_go_beyond_the_first_crossover() -> None:
    found = curves_of("near")
    assert found.even[0] == 50_000
    assert {later - sooner for sooner, later in pairwise(found.even)} == {50_000}
    assert found.even[-1] >= 2 * found.crossings[0].calls
    categories = chart(native(found))["chart"]["axis_config"]["categories"]
    assert categories[:3] == ["50,000", "100k", "150k"]


def test_a_line_that_would_press_all_others_flat_is_left_out() -> None:
    assert [line.option for line in too_dear(curves_of("never"))] == ["self_hosted"]
    assert too_dear(curves_of("self-hosted steps")) == ()
    assert too_dear(curves_of("near")) == ()
