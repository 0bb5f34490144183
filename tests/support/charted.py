"""Cases whose costs are drawn: every shape that a chart can take."""

from __future__ import annotations

import datetime
from typing import Any

from core.case import read_case
from core.costs.curves import Curves, curves
from core.costs.estimate import estimate
from core.policy import policy_on

DAY = datetime.date(2026, 11, 23)

DEAR_TUNING = {"tuned_price_in": 4, "tuned_price_out": 9, "hosting_per_hour": 0, "gpu_per_hour": 95}
TUNED = ("hosted", "self_hosted")
SCENARIOS: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "never": (
        {"calls_per_month": 80_000, "assumptions": {"model": "openai:gpt-6-luna"} | DEAR_TUNING},
        (),
    ),
    "far": (
        {"calls_per_month": 400, "assumptions": {"prompt_tokens": 300, "output_tokens": 20}},
        ("self_hosted",),
    ),
    "near": ({"calls_per_month": 250_000}, ("self_hosted",)),
    "two crossovers": ({"calls_per_month": 900_000}, ()),
    "self-hosted steps": ({"calls_per_month": 8_000_000, "data_may_leave": False}, ()),
    "one option only": ({"calls_per_month": 80_000}, (*TUNED, "cheaper_model")),
    # Beyond the six:
    "a range": ({"calls_per_month": [50_000, 400_000]}, ()),
    "an open range": ({"calls_per_month": [1_000_000, None]}, ()),
    "no volume": ({}, ()),
    "a part unknown": ({"calls_per_month": 80_000, "assumptions": {"model_size": "9B"}}, ()),
    "no costs at all": (
        {"calls_per_month": 5, "assumptions": {"price_in": 0, "price_out": 0, "engineer_per_hour": 0}},
        (),
    ),
}


def curves_of(name: str) -> Curves:
    case, left_out = SCENARIOS[name]
    found = curves(estimate(read_case(case), on=DAY, policy=policy_on(DAY)), left_out=left_out)
    assert found is not None
    return found
