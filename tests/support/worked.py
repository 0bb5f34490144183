"""Cases for the ledger that are worked out by hand: what nobody mentions costs nothing."""

from __future__ import annotations

import datetime
from typing import Any

from core.case import read_case
from core.costs.estimate import estimate
from core.costs.ledger import Estimate, Option
from core.policy import policy_on

DAY = datetime.date(2026, 11, 23)
POLICY = policy_on(DAY)

NOTHING: dict[str, Any] = {
    "engineer_per_hour": 0,
    "price_per_label": 0,
    "retrains_per_year": 0,
    "serving_overhead": 0,
    "epochs": 1,
    "runs": 1,
    "fixed_share": 0,
    "tuned_fixed_tokens": 0,
    "tuned_price_in": 0,
    "tuned_price_out": 0,
    "train_price": 0,
    "price_in": 0,
    "price_out": 0,
}


def priced(
    calls: Any, *, without: tuple[str, ...] = (), answers: dict[str, Any] | None = None, **stated: Any
) -> Estimate:
    """The estimate of a case in which only what is stated costs anything. ``without``: keys left to their defaults."""
    assumptions = {key: value for key, value in {**NOTHING, **stated}.items() if key not in without}
    case = {"calls_per_month": calls, **(answers or {}), "assumptions": assumptions}
    return estimate(read_case(case), on=DAY, policy=POLICY, prompt_is_built=True)


def option(made: Estimate, name: str) -> Option:
    """One option, which must be there."""
    found = made.option(name)
    assert found is not None, made.removed
    return found
