"""A file of results -> evidence. What kind of file it is, is told by what is in it, whatever its name ends in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from core.evidence import csv_text, json_text, openai_evals, promptfoo
from core.evidence.found import CannotRead, Evidence, Found, Unreadable, Use, short
from core.evidence.promptfoo import Rows
from core.evidence.table import read_table
from core.evidence.text import text_of

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
    "records",
    "outputs",
    "tests",
    "evals",
)
"""Under which keys a JSON document holds its rows; the first one there counts."""
NO_ROWS = "It is JSON, but has no list of results in it. Give me one object for each case, as JSONL."

_IS_JSON = re.compile(r'\{|\[\s*(?:[\[{"\]]|-?\d|(?:true|false|null)\b)')
NOTHING_SAID = Use()


def read_evidence(content: bytes, use: Use = NOTHING_SAID) -> Found:
    """What a file of results says. ``use``: how to read it, where that was asked before. Raises nothing."""
    try:
        return _read(text_of(content), use)
    except CannotRead as refused:
        return Unreadable(str(refused.args[0]))


def _read(text: str, use: Use) -> Found:
    at = json_text.start_of(text)
    if not _IS_JSON.match(text, at):
        return read_table(csv_text.rows_of(text), use)
    if text[at] == "[":
        return _read_rows(lambda: json_text.elements(text, at), use)
    places, end = json_text.members(text, at)
    if json_text.start_of(text, end) < len(text):
        return _read_rows(lambda: json_text.lines(text), use)
    return _read_document(text, places, use)


def _read_document(text: str, places: Mapping[str, int], use: Use) -> Found:
    """A JSON object: its rows are in a list in it, or in a list in its ``results``."""
    inside = places.get("results")
    if inside is not None and text[inside] == "{":
        places, _ = json_text.members(text, inside)
    lists = [places[key] for key in WHERE if key in places and text[places[key]] == "["]
    if lists:
        return _read_rows(lambda: json_text.elements(text, lists[0]), use)
    if "stats" in places:
        begin = places["stats"]
        return promptfoo.read_stats(json_text.value_of(text[begin : json_text.end_of(text, begin)]))
    if len(text) > json_text.LONGEST_ROW:
        return Unreadable(NO_ROWS)
    lone = json_text.value_of(text)
    found = _read_rows(lambda: iter((lone,)), use)
    # A single row. A score alone would be that of a whole evaluation, whose size it does not tell.
    has_verdict = any(isinstance(value, bool) for value in _flat(lone).values())
    return found if isinstance(found, Evidence) and has_verdict else Unreadable(NO_ROWS)


def _read_rows(rows: Rows, use: Use) -> Found:
    first = next(rows(), None)
    if first is None:
        return Unreadable(NO_ROWS)
    if openai_evals.is_log(first):
        return openai_evals.read_log(rows, use)
    if openai_evals.is_item(first):
        return openai_evals.read_items(rows, use)
    if promptfoo.is_result(first):
        return promptfoo.read_results(rows, use)
    return read_table(lambda: (_flat(row) for row in rows()), use)


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
