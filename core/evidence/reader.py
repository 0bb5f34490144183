"""A file of results -> evidence. What kind of file it is, is told by what is in it, whatever its name ends in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from core.evidence import (
    csv_text,
    deepeval,
    excel,
    inspect_log,
    json_text,
    lm_eval,
    mlflow_table,
    openai_evals,
    promptfoo,
    summaries,
)
from core.evidence.columns import VERDICTS, plain
from core.evidence.found import MOST_BYTES, CannotRead, Found, Unreadable, Use, noted, short
from core.evidence.promptfoo import Rows
from core.evidence.table import read_table
from core.evidence.text import ARCHIVE, OLD_EXCEL, TOO_LARGE, text_of

DEEP = 3
"""How deep a row's own values may lie: "grading.result.correct" is the column of three."""
WIDE = 200
WHERE = (
    "results",
    "data",
    "items",
    "rows",
    "samples",
    "examples",
    "cases",
    "testCases",
    "test_results",
    "records",
    "outputs",
    "tests",
    "evals",
)
"""Under which keys a JSON document holds its rows; the first one there counts."""
INSIDE = ("results", "testRunData", "result", "run")
"""Under which keys a JSON document holds the one that has the rows."""
NO_ROWS = "It is JSON, but has no list of results in it. Give me one object for each case, as JSONL."
ONE_PAGE = "This is one page of the run, not the whole run."
NO_RESULTS = "It is an archive without results that I know. Give me what is in it, as CSV, JSON or JSONL."

NOTHING_SAID = Use()
Document = Mapping[str, Any]


def read_evidence(content: bytes, use: Use = NOTHING_SAID) -> Found:
    """What a file of results says. ``use``: how to read it, where that was asked before. Raises nothing."""
    try:
        if len(content) > MOST_BYTES:
            return Unreadable(TOO_LARGE)
        if content.startswith(OLD_EXCEL):
            return excel.read_workbook(content, use)
        return _read_archive(content, use) if content.startswith(ARCHIVE) else _read(text_of(content), use)
    except CannotRead as refused:
        return Unreadable(str(refused.args[0]))


def _read_archive(content: bytes, use: Use) -> Found:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError):
        return Unreadable(NO_RESULTS)
    with archive:
        names = archive.namelist()
        if inspect_log.is_archive(archive):
            return inspect_log.read_archive(archive, use)
        if sum(one.file_size for one in archive.infolist()) > excel.MOST_UNPACKED:
            return Unreadable(TOO_LARGE)
    is_workbook = any(name.startswith("xl/") for name in names) or "content.xml" in names
    return excel.read_workbook(content, use) if is_workbook else Unreadable(NO_RESULTS)


def _read(text: str, use: Use) -> Found:
    if not json_text.is_json(text):
        return _read_table(csv_text.rows_of(text), use)
    values, in_lines = json_text.values_of(text)
    if in_lines:
        return _read_rows(lambda: iter(values), use)
    [value] = values
    return _read_document(value, use) if isinstance(value, Mapping) else _read_rows(lambda: iter(value), use)


def _read_document(document: Document, use: Use) -> Found:
    """A JSON object: it is known as a whole, or has its rows in a list, or is a summary of them."""
    if inspect_log.is_log(document):
        return inspect_log.read_log(document, use)
    if lm_eval.is_results(document):
        return lm_eval.read_results(document, use)
    if mlflow_table.is_split(document):
        return mlflow_table.read_split(document, use)
    if openai_evals.is_run(document):
        return openai_evals.read_runs(lambda: iter((document,)), use)
    inner = next((document[key] for key in INSIDE if isinstance(document.get(key), Mapping)), document)
    rows = next((inner[key] for key in WHERE if isinstance(inner.get(key), list)), None)
    if rows is not None:
        found = _read_rows(lambda: iter(rows), use)
        return noted(found, ONE_PAGE) if document.get("has_more") is True else found
    if promptfoo.is_stats(inner):
        return promptfoo.read_stats(inner, use)
    for counts in (document, inner, document.get("summary")):
        if isinstance(counts, Mapping) and summaries.is_summary(counts):
            return summaries.read_summary(counts, use)
    # A single row. Only by a verdict of its own: anything else would be of a whole run, whose size it does not tell.
    if any(isinstance(value, bool) and plain(key) in VERDICTS for key, value in document.items()):
        return _read_rows(lambda: iter((document,)), use)
    return Unreadable(NO_ROWS)


def _read_rows(rows: Rows, use: Use) -> Found:
    first = next(rows(), None)
    if first is None:
        return Unreadable(NO_ROWS)
    if openai_evals.is_log(first):
        return openai_evals.read_log(rows, use)
    if openai_evals.is_run(first):
        return openai_evals.read_runs(rows, use)
    if openai_evals.is_item(first):
        return openai_evals.read_items(rows, use)
    if deepeval.is_test_case(first):
        return deepeval.read_test_cases(rows, use)
    if lm_eval.is_sample(first):
        return lm_eval.read_samples(rows, use)
    if promptfoo.is_result(first):
        return promptfoo.read_results(rows, use)
    return _read_table(lambda: (_flat(row) for row in rows()), use)


def _read_table(rows: Rows, use: Use) -> Found:
    if inspect_log.is_table(next(rows(), None)):
        return inspect_log.read_rows(rows, use)
    return read_table(rows, use)


def _flat(row: Any) -> dict[str, Any]:
    """A row as columns; a bare value is a row of one."""
    if not isinstance(row, Mapping):
        return {"value": row}
    return dict(_leaves(row, "", DEEP))


def _leaves(row: Mapping[str, Any], prefix: str, levels: int) -> Iterator[tuple[str, Any]]:
    for number, (key, value) in enumerate(row.items()):
        if number >= WIDE:
            return
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            if levels > 1:
                yield from _leaves(value, f"{name}.", levels - 1)
        elif not isinstance(value, list):
            yield short(name), value
