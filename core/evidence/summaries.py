"""Summaries: how many passed and failed, with no row for a case. Only counts that stand in them are taken."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from core.evidence.columns import GRADES, last_words, measures, names_of, plain
from core.evidence.found import Doubt, Evidence, Found, Unreadable, Use, choices
from core.nouns import with_nouns

MOST = 10**9
PASSED = (
    "passed", "successes", "successful", "succeeded", "numpassed", "numpassedtests", "testpassed", "correct",
    "numcorrect", "ncorrect",
)  # fmt: skip
FAILED = (
    "failed",
    "failures",
    "numfailed",
    "numfailedtests",
    "testfailed",
    "incorrect",
    "numincorrect",
    "wrong",
)
ERRORED = ("errored", "errors", "error", "numerrors")
TOTALS = (
    "total", "totalevaluations", "totaltests", "totalcount", "numtotal", "n", "totalquestions", "totalsamples",
    "totalcases", "totalexamples", "numsamples", "numcases", "numexamples", "numtotaltests",
)  # fmt: skip
COUNTED = frozenset(["resolvedinstances", "unresolvedinstances", "passrate", "mainscore", "metric"])
WIDE = 50
MOST_KEYS = 200
"""A summary has no more counts."""
NO_CASES = "It is a summary: there are no cases in it. Give me the file with a row for each case."


def is_summary(document: Mapping[str, Any]) -> bool:
    """Whether it says in whole numbers how many passed, and how many failed or there were."""
    total = _count(document, TOTALS)
    has_rest = _count(document, FAILED) is not None or (total is not None and total > 1)
    return _count(document, PASSED) is not None and has_rest


def read_summary(document: Mapping[str, Any], use: Use, what: str = "A summary, without rows") -> Found:
    """The counts of a summary; those that ended in an error are asked about. ``what`` it is, as a sentence begins."""
    right, wrong = _count(document, PASSED), _count(document, FAILED)
    errors, total = _count(document, ERRORED) or 0, _count(document, TOTALS)
    if wrong is None and right is not None and total is not None:
        wrong = max(0, total - right - errors)
    if right is None or wrong is None:
        return Unreadable(NO_CASES)
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
    read = what
    if errors:
        how = "counted as misses" if use.unclear == "miss" else "left out"
        read += f"; {errors:,} that ended in an error {how}"
    missed = errors if use.unclear == "miss" else 0
    return Evidence(right, right + wrong + missed, None, None, None, f"{read}.")


def whole_of(share: Decimal, total: int) -> int | None:
    """The whole number whose share of ``total`` it is, as precisely as it is written; ``None``: several would do."""
    exponent = share.as_tuple().exponent
    half = Decimal(5).scaleb((exponent if isinstance(exponent, int) else 0) - 1)
    lowest, highest = math.ceil((share - half) * total), math.floor((share + half) * total)
    return lowest if lowest == highest and 0 <= lowest <= total else None


def tells_a_share(document: Mapping[str, Any], levels: int = 5) -> bool:
    """Whether there is a grade or a metric somewhere in a document that has no rows: it is a summary then."""
    for key, value in itertools.islice(document.items(), WIDE):
        if isinstance(value, Mapping):
            if levels > 1 and tells_a_share(value, levels - 1):
                return True
        elif isinstance(value, list):
            inner = (one for one in value[:WIDE] if isinstance(one, Mapping))
            if levels > 1 and any(tells_a_share(one, levels - 1) for one in inner):
                return True
        elif isinstance(value, int | float) and not isinstance(value, bool) and _is_share(str(key)):
            return True
    return False


def _is_share(key: str) -> bool:
    names = (*names_of(key), *last_words(key))
    return not (GRADES | COUNTED).isdisjoint(names) and not measures(key)


def _count(document: Mapping[str, Any], names: tuple[str, ...]) -> int | None:
    told = {plain(str(key)): value for key, value in itertools.islice(document.items(), MOST_KEYS)}
    found = (told[name] for name in names if name in told)
    return next((n for n in found if isinstance(n, int) and not isinstance(n, bool) and 0 <= n < MOST), None)
