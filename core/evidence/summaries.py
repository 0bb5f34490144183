"""Summaries: how many passed and failed, with no row for a case. Only counts that stand in them are taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.evidence.found import Doubt, Evidence, Found, Unreadable, Use, choices
from core.nouns import with_nouns

MOST = 10**9
PASSED = ("passed", "successes", "num_passed", "testPassed")
FAILED = ("failed", "failures", "num_failed", "testFailed")
ERRORED = ("errored", "errors", "error", "num_errors")
TOTALS = ("total", "total_evaluations", "total_tests", "total_count", "num_total")
NO_CASES = "It is a summary: there are no cases in it. Give me the file with a row for each case."


def is_summary(document: Mapping[str, Any]) -> bool:
    """Whether it says in whole numbers how many passed and how many failed."""
    return _count(document, PASSED) is not None and _count(document, FAILED) is not None


def read_summary(document: Mapping[str, Any], use: Use, what: str = "A summary") -> Found:
    """The counts of a summary; those that ended in an error are asked about. ``what`` it is, as a sentence begins."""
    right, wrong = _count(document, PASSED), _count(document, FAILED)
    if right is None or wrong is None:
        return Unreadable(NO_CASES)
    errors, total = _count(document, ERRORED) or 0, _count(document, TOTALS)
    if total not in (None, right + wrong + errors) or not 0 < right + wrong < MOST:
        return Unreadable(
            f"It is a summary whose numbers do not add up: {right:,} passed, {wrong:,} failed"
            + (f", {errors:,} ended in an error" if errors else "")
            + (f", {total:,} in all." if total is not None else ".")
        )
    if errors and use.unclear is None:
        asks = f"{with_nouns(f'{errors:,}', 'cases')} ended in an error. What are they?"
        ran, every = right + wrong, right + wrong + errors
        said = ((f"Misses: {right:,} of {every:,}", "miss"), (f"Leave them out: {right:,} of {ran:,}", "out"))
        return Doubt(asks, "unclear", choices(use, "unclear", *said))
    read = f"{what}, without rows"
    if errors:
        how = "counted as misses" if use.unclear == "miss" else "left out"
        read += f"; {errors:,} that ended in an error {how}"
    missed = errors if use.unclear == "miss" else 0
    return Evidence(right, right + wrong + missed, None, None, None, f"{read}.")


def _count(document: Mapping[str, Any], names: tuple[str, ...]) -> int | None:
    found = (document[name] for name in names if name in document)
    return next((n for n in found if isinstance(n, int) and not isinstance(n, bool) and 0 <= n < MOST), None)
