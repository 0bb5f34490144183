"""A file of results -> evidence. What kind of file it is, is told by what is in it, whatever its name ends in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

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
from core.evidence.columns import NAMES_OF_SCORES, VALUES_OF_SCORES, VERDICTS, plain
from core.evidence.found import MOST_BYTES, CannotRead, Found, Unreadable, Use, noted, short
from core.evidence.pages import page_told
from core.evidence.promptfoo import Rows
from core.evidence.table import read_table
from core.evidence.text import ARCHIVE, OLD_EXCEL, TOO_LARGE, text_of

DEEP = 5
"""How deep a row's own values may lie: "scores.grading.result.correct" is a column of four."""
WIDE = 200
MOST_SCORES = 20
"""Scores of a row that are read of a list of them."""
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
INSIDE = ("results", "testRunData", "result", "run", "data", "response")
"""Under which keys a JSON document holds the one that has the rows."""
NO_ROWS = "It is JSON, but has no list of results in it. Give me one object for each case, as JSONL."
NO_RESULTS = "It is an archive without results that I know. Give me what is in it, as CSV, JSON or JSONL."

NOTHING_SAID = Use()
Document = Mapping[str, Any]
Of = Literal["document", "row", "cells"]


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
            return Unreadable(excel.TOO_LARGE)
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
    found = _known("document", lambda: iter((document,)), use)
    if found is not None:
        return found
    inner = next((document[key] for key in INSIDE if isinstance(document.get(key), Mapping)), document)
    rows = next((inner[key] for key in WHERE if isinstance(inner.get(key), list)), None)
    if rows is not None:
        told = page_told(document, len(rows)) or page_told(inner, len(rows))
        found = _read_rows(lambda: iter(rows), use)
        return noted(found, told) if told else found
    return _read_summary(document, inner, use)


def _read_summary(document: Document, inner: Document, use: Use) -> Found:
    """A JSON object without rows."""
    if promptfoo.is_stats(inner):
        return promptfoo.read_stats(inner, use)
    for counts in (document, inner, document.get("summary")):
        if isinstance(counts, Mapping) and summaries.is_summary(counts):
            return summaries.read_summary(counts, use)
    # A single row. Only by a verdict of its own: anything else would be of a whole run, whose size it does not tell.
    if any(isinstance(value, bool) and plain(key) in VERDICTS for key, value in document.items()):
        return _read_rows(lambda: iter((document,)), use)
    return Unreadable(summaries.NO_CASES if summaries.tells_a_share(document) else NO_ROWS)


def _read_rows(rows: Rows, use: Use) -> Found:
    found = _known("row", rows, use)
    return found if found is not None else _read_table(lambda: (_flat(row) for row in rows()), use)


def _read_table(rows: Rows, use: Use) -> Found:
    found = _known("cells", rows, use)
    return found if found is not None else read_table(rows, use)


def _known(of: Of, rows: Rows, use: Use) -> Found | None:
    """What a format says that knows the first of the rows; ``None`` where none does."""
    first = next(rows(), None)
    if first is None and of == "row":
        return Unreadable(NO_ROWS)
    if not isinstance(first, Mapping):
        return None
    return next((read(rows, use) for one, knows, read in FORMATS if of in one and knows(first)), None)


def _whole(read: Callable[[Document, Use], Found]) -> Callable[[Rows, Use], Found]:
    """A reader of rows from one of a document, which is the only row."""
    return lambda rows, use: read(next(rows()), use)


FORMATS: tuple[tuple[tuple[Of, ...], Callable[[Any], bool], Callable[[Rows, Use], Found]], ...] = (
    (("document",), inspect_log.is_log, _whole(inspect_log.read_log)),
    (("document",), lm_eval.is_results, _whole(lm_eval.read_results)),
    (("document",), mlflow_table.is_split, _whole(mlflow_table.read_split)),
    (("document", "row"), openai_evals.is_run, openai_evals.read_runs),
    (("row",), openai_evals.is_log, openai_evals.read_log),
    (("row",), openai_evals.is_item, openai_evals.read_items),
    (("row",), deepeval.is_test_case, deepeval.read_test_cases),
    (("row",), lm_eval.is_sample, lm_eval.read_samples),
    (("row",), promptfoo.is_result, promptfoo.read_results),
    (("cells",), inspect_log.is_table, inspect_log.read_rows),
)
"""The formats that are known: of what (a JSON document, a row of JSON, a row of cells), by what, and how it is read.

The first that knows a row reads it.
"""


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
        elif isinstance(value, list):
            yield from _scores(value, name)
        else:
            yield short(name), value


def _scores(values: list[Any], prefix: str) -> Iterator[tuple[str, Any]]:
    """A list of scores as columns: [{"metricName": "Accuracy", "result": 1}] is the column "scores.Accuracy"."""
    for one in values[:MOST_SCORES]:
        if not isinstance(one, Mapping):
            return
        name = next((one[key] for key in NAMES_OF_SCORES if isinstance(one.get(key), str)), None)
        value = next((one[key] for key in VALUES_OF_SCORES if isinstance(one.get(key), int | float)), None)
        if name is not None and value is not None:
            yield short(f"{prefix}.{name}"), value
