"""The form of the assumptions within Slack's limits, whatever a team has stated."""

from __future__ import annotations

from typing import Any

import pytest

from bot.conversation.what_if import defaults_of
from bot.decision_log.said import ASSUMED
from bot.slack import blocks
from bot.slack.checks import check_view
from bot.views.assumptions import SECTIONS, applies, assumptions_form
from core.facts import ASSUMPTIONS
from tests.support.consulted import CASES, LONG_ID, NOW, standing

STATED: dict[str, Any] = {
    key: {"model": "anthropic:claude-haiku-4-5", "name": None, "size": "70B", "share": 0.123456}.get(
        one.kind, 123456
    )
    for key, one in ASSUMPTIONS.items()
} | {"gpu": "H100", "hours_per_month": 700, "base_life_months": 11.5, "epochs": 3.25, "horizon_months": 7}
STATED |= {"peak_factor": 9, "retry_rate": 0.5, "prefill_weight": 0.3, "serving_overhead": 0.75}
STATED |= {"retrains_per_year": 12}
STATED = {ASSUMED + key: value for key, value in STATED.items() if value is not None}


def test_every_assumption_stands_in_one_section() -> None:
    keys = [key for section in SECTIONS for key in section.keys]
    assert sorted(keys) == sorted(ASSUMPTIONS)


@pytest.mark.parametrize("name", list(CASES))
def test_it_keeps_within_slack_s_limits(name: str) -> None:
    for case in (CASES[name], {**CASES[name], **STATED}):
        stands = standing(case, by=LONG_ID)
        view = blocks.view(
            assumptions_form(stands, defaults_of(stands, NOW), {"channel": "C" * 20, "c": "x" * 20})
        )
        check_view(view)
        fields = {b["block_id"] for b in view["blocks"] if b["type"] == "input"}
        assert len(fields) == sum(applies(stands, key) for key in ASSUMPTIONS)
