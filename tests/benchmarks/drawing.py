"""How long the picture of the costs takes: the first one, and those after it."""

from __future__ import annotations

import datetime
import subprocess
import sys
import time
from typing import Any

from bot.views.pictures import draw, warm
from core.case import read_case
from core.costs.curves import Curves, curves
from core.costs.estimate import estimate
from core.policy import policy_on
from tests.benchmarks.table import milliseconds, percentile, show

ON = datetime.date(2026, 11, 23)
CASES: dict[str, dict[str, Any]] = {
    "four lines, two crossovers": {"calls_per_month": 900_000},
    "two lines, servers in steps": {"calls_per_month": 8_000_000, "data_may_leave": False},
}
FIRST = "from tests.benchmarks.drawing import first; print(first())"


def run(times: int) -> None:
    """The picture from answers to PNG, and its two halves."""
    cold = sorted(float(_told(FIRST)) for _ in range(max(1, times // 10)))
    rows = [["first picture, cold", milliseconds(percentile(cold, 0.5)), milliseconds(cold[-1])]]
    warm()
    _curves(CASES["two lines, servers in steps"])  # as the advice before it would have
    for name, case in CASES.items():
        figures, drawings = [], []
        for _ in range(times):
            begun = time.perf_counter()
            found = _curves(case)
            halfway = time.perf_counter()
            draw(found)
            figures.append(halfway - begun)
            drawings.append(time.perf_counter() - halfway)
        whole = [one + other for one, other in zip(figures, drawings, strict=True)]
        for what, took in (("picture, warm", whole), ("its figures", figures), ("its drawing", drawings)):
            rows.append(
                [f"{name}: {what}", milliseconds(percentile(sorted(took), 0.5)), milliseconds(max(took))]
            )
    show("The picture (target: at most 150 ms warm)", ["", "p50", "most"], rows)


def first() -> float:
    """Seconds of the first picture of a process that has imported nothing of it."""
    begun = time.perf_counter()
    draw(_curves(CASES["four lines, two crossovers"]))
    return time.perf_counter() - begun


def _curves(case: dict[str, Any]) -> Curves:
    found = curves(estimate(read_case(case), on=ON, policy=policy_on(ON)))
    assert found is not None
    return found


def _told(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()
