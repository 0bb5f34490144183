"""lm-evaluation-harness: its samples (``--log_samples``), and its results, which are a summary.

https://github.com/EleutherAI/lm-evaluation-harness: a row of the samples is there once for each filter. In the results
a metric stands as "acc,none": its name and the filter's; ``higher_is_better`` only says which way it points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from core.evidence.found import Doubt, Evidence, Found, Unreadable, Use, choices, short
from core.evidence.summaries import whole_of
from core.evidence.table import read_table
from core.evidence.verdicts import number_of

Rows = Callable[[], Iterator[Any]]

NO_METRICS = frozenset(
    "doc_id doc target arguments resps filtered_resps filter metrics doc_hash prompt_hash target_hash".split()  # noqa: SIM905
)
RIGHT_OR_WRONG = ("acc", "acc_norm", "exact_match", "em", "pass@1")
"""Metrics that are the share of cases that are right; others are means of something else."""
SUMMARY = (
    "It is the summary of a run of lm-evaluation-harness, and says no number of right answers beyond doubt. "
    "Give me its samples: it writes them with `--log_samples`."
)


def is_sample(row: Any) -> bool:
    """Whether this is a line of its samples."""
    return isinstance(row, Mapping) and "doc_id" in row and not NO_METRICS.isdisjoint(row.keys() - {"doc_id"})


def read_samples(rows: Rows, use: Use) -> Found:
    """Read the metrics of the samples, of one filter."""
    metrics: dict[str, None] = {}
    for row in rows():
        if isinstance(row, Mapping):
            named = row.get("metrics")
            metrics |= dict.fromkeys(
                str(name) for name in (named if isinstance(named, list) else row.keys() - NO_METRICS)
            )
    return read_table(lambda: _flat(rows()), use, "lm-evaluation-harness samples", sorted(metrics))


def _flat(rows: Iterator[Any]) -> Iterator[Mapping[str, Any]]:
    for row in rows:
        if isinstance(row, Mapping):
            metrics = {short(str(key)): row[key] for key in row if key not in NO_METRICS}
            yield metrics | {"doc_id": row.get("doc_id"), "filter": row.get("filter")}


def is_results(document: Mapping[str, Any]) -> bool:
    """Whether this is what it writes at the end of a run."""
    marks = ("higher_is_better", "n-samples", "n-shot", "lm_eval_version", "config_general")
    return isinstance(document.get("results"), Mapping) and any(mark in document for mark in marks)


def read_results(document: Mapping[str, Any], use: Use) -> Found:
    """The right answers of a metric, where its share of the samples leaves a single number of them."""
    shares = dict(_shares(document))
    if not shares:
        return Unreadable(SUMMARY)
    if use.column is None and len(shares) > 1:
        asks = "It is a summary with several metrics. Which one says whether an answer was right?"
        return Doubt(asks, "column", choices(use, "column", *((name, name) for name in shares)))
    name = use.column or next(iter(shares))
    if name not in shares:
        return Unreadable(f"It has no metric {short(name)}. It has: {', '.join(shares)}.")
    share, samples = shares[name]
    right = whole_of(share, samples)
    if right is None:
        return Unreadable(SUMMARY)
    read = f"Summary of lm-evaluation-harness, without rows; `{name}` is {float(share):.2%} of {samples:,}."
    return Evidence(right, samples, None, None, None, read)


def _shares(document: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Decimal, int]]]:
    """Each metric that is a share, as it is named to people, with the number of samples."""
    tasks, counts = document["results"], document.get("n-samples")
    for task, metrics in list(tasks.items())[:20]:
        count = counts.get(task) if isinstance(counts, Mapping) else None
        samples = count.get("effective") if isinstance(count, Mapping) else None
        if not isinstance(metrics, Mapping) or not isinstance(samples, int) or not 0 < samples < 10**9:
            continue
        for key, value in metrics.items():
            name, _, by = str(key).partition(",")
            share = number_of(value)
            if name in RIGHT_OR_WRONG and share is not None and 0 <= share <= 1:
                named = name if by in ("", "none") else f"{name} ({by})"
                yield short(named if len(tasks) == 1 else f"{task}: {named}"), (share, samples)
