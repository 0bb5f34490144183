"""Advice that was kept long ago is shown as it was on its day."""

from __future__ import annotations

import json

import pytest

from tests.support.kept import SHOWN, Kept, kept, shown

EVERY = kept()
WORDS = json.loads(SHOWN.read_text(encoding="utf-8"))


@pytest.mark.parametrize("one", EVERY, ids=[one.name for one in EVERY])
def test_kept_advice_is_shown_word_for_word_as_before(one: Kept) -> None:
    assert shown(one) == WORDS[one.name]


def test_every_kind_of_verdict_and_of_cost_is_among_them() -> None:
    verdicts = {one.advice["verdict"] for one in EVERY}
    assert {None, "keep_prompting", "fine_tune", "measure_first", "self_host", "prompt_first"} <= verdicts
    ledgers = [one.advice["ledger"] for one in EVERY]
    assert any("scenarios" in ledger for ledger in ledgers)
    assert any(option["unknown"] for ledger in ledgers for option in ledger.get("options", ()))
    assert any(option.get("latency") for ledger in ledgers for option in ledger.get("options", ()))
    assert any("settings" in one.advice for one in EVERY)
    assert any("flips" not in one.advice for one in EVERY)
    assert any("side" not in flip for one in EVERY for flip in one.advice.get("flips", ()))
    assert any("month_p10" not in option for ledger in ledgers for option in ledger.get("options", ()))
