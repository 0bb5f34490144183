"""How many times a second core gives its advice."""

from __future__ import annotations

import datetime
import time
from typing import Any

from core.advice import advise
from core.case import read_case
from tests.benchmarks.table import milliseconds, percentile, show

ON = datetime.date(2026, 11, 23)
ASKED = {"data_may_leave": True, "prompt_examples": 12, "quality_now": 0.86, "quality_target": 0.95}
CASES: dict[str, dict[str, Any]] = {
    "nothing known": {},
    "half way": ASKED,
    "cost decides, volume open": ASKED | {"quality_now": 0.96, "reasons": ["cost"]},
    "settled": ASKED
    | {"misses": "behaviour", "reasons": ["quality"], "calls_per_month": 250_000, "can_wait": True}
    | {"labelled_examples": 400, "per_request_instructions": False},
}


def run(seconds: float) -> None:
    """Each case for its share of the time, without and with its ledger."""
    rows = []
    for name, case in CASES.items():
        answers = read_case(case)
        for what, with_ledger in (("verdict and next question", False), ("and the ledger", True)):
            took = _times(answers, with_ledger, seconds / len(CASES) / 2)
            middle = percentile(took, 0.5)
            rows.append(
                [
                    f"{name}: {what}",
                    f"{1 / middle:,.0f}",
                    milliseconds(middle),
                    milliseconds(percentile(took, 0.99)),
                ]
            )
    show("Advice in one process", ["", "a second", "p50", "p99"], rows)


def _times(answers: Any, with_ledger: bool, seconds: float) -> list[float]:
    took = []
    until = time.perf_counter() + seconds
    advise(answers, on=ON)
    while time.perf_counter() < until or len(took) < 3:
        begun = time.perf_counter()
        advice = advise(answers, on=ON)
        if with_ledger:
            advice.ledger.to_json()
        took.append(time.perf_counter() - begun)
    return sorted(took)
