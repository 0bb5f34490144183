"""OpenAI's two: the log that its evals library writes, and the output items of its Evals API.

The log (evals/record.py): a line with the ``spec``, one for each event (``match`` with ``data.correct``, ``sampling``
with ``data.usage``, ``metrics``, ``error``), and a ``final_report``. The API: eval.run.output_item with
``results[].passed`` and ``sample.usage``, https://platform.openai.com/docs/api-reference/evals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from core.evidence.counting import Case, count_cases
from core.evidence.found import Found, Unreadable, Use, short
from core.evidence.table import read_table
from core.evidence.verdicts import Mark, mark_of

Rows = Callable[[], Iterator[Any]]

ONLY_A_REPORT = (
    "It has a final report, but no line for each case, so I cannot tell how many there were. "
    "Give me the whole log, or type it: 43 of 50."
)
LOG = "OpenAI evals log"


def is_log(row: Any) -> bool:
    """Whether this is a line of the library's log."""
    if not isinstance(row, Mapping):
        return False
    if isinstance(row.get("spec"), Mapping) or "final_report" in row:
        return True
    return isinstance(row.get("type"), str) and "data" in row and ("run_id" in row or "sample_id" in row)


def is_item(row: Any) -> bool:
    """Whether this is an output item of the API."""
    if not isinstance(row, Mapping):
        return False
    results = row.get("results")
    graded = isinstance(results, list) and bool(results) and all(isinstance(r, Mapping) for r in results)
    return row.get("object") == "eval.run.output_item" or (
        graded and all("passed" in r for r in results or ())
    )


def read_log(rows: Rows, use: Use) -> Found:
    """Count the matches; without any, read the metrics as a table."""
    types = {
        row.get("type") for row in rows() if isinstance(row, Mapping) and isinstance(row.get("type"), str)
    }
    if "match" in types:
        return count_cases(_matches(rows()), use, LOG)
    if "metrics" in types:
        return read_table(lambda: _metrics(rows()), use, LOG)
    return Unreadable(ONLY_A_REPORT)


def read_items(rows: Rows, use: Use) -> Found:
    """Count the output items: one is right when it passed every grader."""
    return count_cases(
        (_item(row) for row in rows() if isinstance(row, Mapping)), use, "OpenAI evaluation run"
    )


def _matches(rows: Iterator[Any]) -> Iterator[Case]:
    for row in rows:
        if not isinstance(row, Mapping):
            continue
        data = row.get("data")
        if isinstance(row.get("spec"), Mapping):
            yield Case(None, model=_spec_model(row["spec"]))
        elif not isinstance(data, Mapping):
            continue
        elif row.get("type") == "match":
            key = row.get("sample_id")
            yield Case(mark_of(data.get("correct")), key=None if key is None else str(key))
        elif row.get("type") == "sampling":
            usage = _usage(data)
            yield Case(None, prompt=usage.get("prompt_tokens"), output=usage.get("completion_tokens"))
        elif row.get("type") == "error":
            yield Case(Mark.UNCLEAR)


def _metrics(rows: Iterator[Any]) -> Iterator[Mapping[str, Any]]:
    for row in rows:
        if isinstance(row, Mapping) and row.get("type") == "metrics" and isinstance(row.get("data"), Mapping):
            yield {"sample_id": row.get("sample_id")} | {
                short(str(key)): value
                for key, value in row["data"].items()
                if value is None or isinstance(value, str | int | float)
            }


def _spec_model(spec: Mapping[str, Any]) -> str | None:
    functions = spec.get("completion_fns") or spec.get("model_name") or spec.get("model")
    if isinstance(functions, list) and len(functions) == 1:
        functions = functions[0]
    return functions if isinstance(functions, str) else None


def _item(row: Mapping[str, Any]) -> Case:
    sample = row.get("sample")
    sample = sample if isinstance(sample, Mapping) else {}
    usage, model, key = _usage(sample), sample.get("model"), row.get("datasource_item_id")
    return Case(
        _item_mark(row),
        key=None if key is None else str(key),
        group=short(model) if isinstance(model, str) and model else None,
        prompt=usage.get("prompt_tokens"),
        output=usage.get("completion_tokens"),
        model=model,
    )


def _item_mark(row: Mapping[str, Any]) -> Mark:
    status = row.get("status")
    if status in ("pass", "passed"):
        return Mark.RIGHT
    if status in ("fail", "failed"):
        return Mark.WRONG
    results = row.get("results")
    passed = [r.get("passed") for r in results if isinstance(r, Mapping)] if isinstance(results, list) else []
    if not passed or status in ("error", "errored"):
        return Mark.UNCLEAR
    if not all(isinstance(one, bool) for one in passed):
        return Mark.UNCLEAR
    return Mark.RIGHT if all(passed) else Mark.WRONG


def _usage(about: Mapping[str, Any]) -> Mapping[str, Any]:
    usage = about.get("usage")
    return usage if isinstance(usage, Mapping) else {}
