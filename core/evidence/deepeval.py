"""Test runs of DeepEval: ``.latest_test_run.json``, and an ``EvaluationResult`` as JSON.

A case is right when it passed every metric, which DeepEval says as ``success``, https://deepeval.com/docs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from core.evidence.counting import Case, count_cases
from core.evidence.found import Found, Use
from core.evidence.verdicts import Mark

METRICS = ("metricsData", "metrics_data")


def is_test_case(row: Any) -> bool:
    """Whether this is one of its cases."""
    return isinstance(row, Mapping) and "success" in row and any(name in row for name in METRICS)


def read_test_cases(rows: Callable[[], Iterator[Any]], use: Use) -> Found:
    """Count the cases that passed."""
    return count_cases((_case(row) for row in rows() if isinstance(row, Mapping)), use, "DeepEval test run")


def _case(row: Mapping[str, Any]) -> Case:
    passed = row.get("success")
    if not isinstance(passed, bool):
        return Case(Mark.BLANK)
    return Case(Mark.RIGHT if passed else Mark.WRONG)
