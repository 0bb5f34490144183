"""OpenAI's two: the log that its evals library writes, and the output items of its Evals API.

The log (evals/record.py): a line with the ``spec``, one for each event (``match`` with ``data.correct``, ``sampling``
with ``data.usage``, ``metrics``, ``error``), and a ``final_report``. The API: eval.run.output_item with
``results[].passed`` and ``sample.usage``, https://platform.openai.com/docs/api-reference/evals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from core.evidence.counting import MOST_COMPARED, Case, count_cases
from core.evidence.found import Doubt, Evidence, Found, Unreadable, Use, choices, short
from core.evidence.summaries import MOST, read_summary
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


def is_run(row: Any) -> bool:
    """Whether this is a run of the API, which has counts and no cases."""
    return isinstance(row, Mapping) and row.get("object") == "eval.run"


def read_runs(rows: Rows, use: Use) -> Found:
    """The counts of a run; of several one has to be named."""
    runs = {_run_name(run): run for run in rows() if is_run(run)}
    if use.provider is None and len(runs) > MOST_COMPARED:
        return Unreadable(f"It has more than {MOST_COMPARED} runs in it. Give me the one that counts.")
    if use.provider is None and len(runs) > 1:
        asks = f"It has {len(runs)} runs in it. Which one counts?"
        return Doubt(asks, "provider", choices(use, "provider", *((name, name) for name in runs)))
    name = use.provider or next(iter(runs))
    if name not in runs:
        return Unreadable(f"It has no run of {short(name)}.")
    counts = runs[name].get("result_counts")
    found = read_summary(
        counts if isinstance(counts, Mapping) else {}, use, "OpenAI evaluation run, without rows"
    )
    return _with_usage(found, runs[name]) if isinstance(found, Evidence) else found


def _run_name(run: Mapping[str, Any]) -> str:
    named = next((run[key] for key in ("name", "model", "id") if isinstance(run.get(key), str)), "run")
    return short(
        f"{named}, {run['model']}" if isinstance(run.get("model"), str) and named != run["model"] else named
    )


def _with_usage(found: Evidence, run: Mapping[str, Any]) -> Evidence:
    """With the mean tokens of a call, where the run used a single model."""
    models = run.get("per_model_usage")
    [usage] = models if isinstance(models, list) and len(models) == 1 else [None]
    calls = usage.get("invocation_count") if isinstance(usage, Mapping) else None
    if not isinstance(usage, Mapping) or not isinstance(calls, int) or not 0 < calls < MOST:
        return found
    sums = [usage.get(key) for key in ("prompt_tokens", "completion_tokens")]
    prompt, output = (
        round(n / calls) or None if isinstance(n, int) and 0 < n < 10**12 else None for n in sums
    )
    return replace(found, prompt_tokens=prompt, output_tokens=output)


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
