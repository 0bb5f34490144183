from __future__ import annotations

import datetime
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest
from pydantic import ValidationError

from core.policy import Policy, Threshold, Thresholds, policy_on, thresholds
from core.tree import AT_THE_TARGET, TREE

DAY = datetime.date(2026, 11, 23)
STATED = {
    "enough_examples": "5",
    "closable_gap": "0.85",
    "redefine_at": "0.40",
    "low_volume": "100000",
    "high_volume": "1000000",
    "iteration_weeks_low": "2",
    "iteration_weeks_high": "4",
    "prompt_week": "1",
    "enough_labels": "50",
    "horizon_months": "12",
}


@pytest.mark.parametrize(("name", "value"), STATED.items())
def test_today_s_thresholds_are_the_agreed_ones(name: str, value: str) -> None:
    assert getattr(policy_on(DAY), name) == Decimal(value)


def test_every_threshold_says_what_it_means_in_which_unit_and_why() -> None:
    assert set(thresholds()) == set(STATED)
    for threshold in thresholds().values():
        assert len(threshold.description) > 20
        assert threshold.unit
        assert len(threshold.source) > 10
        assert "http" in threshold.source or "udgement" in threshold.source or "example" in threshold.source


def test_the_tree_names_only_thresholds_that_the_policy_has() -> None:
    named = {
        getattr(branch.when, "threshold", AT_THE_TARGET) for node in TREE.values() for branch in node.branches
    }
    assert named - {AT_THE_TARGET} <= set(Policy.model_fields)


def threshold(*values: dict[str, Any], **others: Any) -> dict[str, Any]:
    return {"description": "d", "unit": "u", "source": "s", "values": list(values), **others}


FIRST = {"since": datetime.date(2026, 1, 1), "value": 5}
SECOND = {"since": datetime.date(2026, 6, 1), "value": Decimal("6.5")}


@pytest.mark.parametrize(
    ("day", "value"),
    [
        ("2020-01-01", "5"),
        ("2026-01-01", "5"),
        ("2026-05-31", "5"),
        ("2026-06-01", "6.5"),
        ("2030-01-01", "6.5"),
    ],
)
def test_a_threshold_holds_from_its_day_until_the_next(day: str, value: str) -> None:
    dated = Threshold.model_validate(threshold(FIRST, SECOND))
    assert dated.on(datetime.date.fromisoformat(day)) == Decimal(value)


@pytest.mark.parametrize(
    "malformed",
    [
        threshold(),
        threshold(SECOND, FIRST),
        threshold(FIRST, FIRST),
        threshold(FIRST, note="why not"),
        threshold({**FIRST, "until": datetime.date(2027, 1, 1)}),
        threshold({**FIRST, "value": "many"}),
        threshold({**FIRST, "value": Decimal("NaN")}),
        threshold({**FIRST, "value": Decimal("Infinity")}),
        threshold({**FIRST, "value": -1}),
        threshold({"value": 5}),
        {"description": "d", "unit": "u", "values": [FIRST]},
    ],
)
def test_a_malformed_threshold_is_refused(malformed: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Threshold.model_validate(malformed)


def test_the_file_may_hold_neither_more_nor_fewer_thresholds() -> None:
    every = {name: threshold(FIRST) for name in STATED}
    Thresholds.model_validate(every)
    with pytest.raises(ValidationError):
        Thresholds.model_validate(every | {"magic": threshold(FIRST)})
    with pytest.raises(ValidationError):
        Thresholds.model_validate({name: entry for name, entry in every.items() if name != "low_volume"})


def test_a_workspace_s_own_value_wins_and_is_marked() -> None:
    own = policy_on(DAY, {"low_volume": Decimal(50_000)})
    assert own.low_volume == 50_000
    assert own.overridden == {"low_volume"}
    assert own.closable_gap == policy_on(DAY).closable_gap
    assert policy_on(DAY).overridden == frozenset()


@pytest.mark.parametrize(
    "overrides",
    [{"magic": Decimal(1)}, {"on": Decimal(1)}, {"low_volume": Decimal(-1)}, {"low_volume": Decimal("NaN")}],
)
def test_an_override_that_cannot_be_is_refused(overrides: dict[str, Decimal]) -> None:
    with pytest.raises(ValueError, match=next(iter(overrides))):
        policy_on(DAY, overrides)


def test_a_policy_does_not_change_after_it_was_read() -> None:
    with pytest.raises(ValidationError):
        policy_on(DAY).low_volume = Decimal(1)  # type: ignore[misc]


def test_fractions_are_read_as_they_are_written() -> None:
    assert "value = 0.85" in files("core").joinpath("policy.toml").read_text(encoding="utf-8")
    assert str(policy_on(DAY).closable_gap) == "0.85"
