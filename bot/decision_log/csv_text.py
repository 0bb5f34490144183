"""The log as a table for spreadsheets: a row a decision. A cell that a person filled can be no formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from bot.decision_log.export import written
from bot.decision_log.records import Recorded

COLUMNS = (
    *("number", "channel", "thread", "task", "recommended", "chosen", "status", "by", "at", "why"),
    *("supersedes", "superseded_by", "withdrawn_by", "withdrawn_at", "withdrawn_why", "outcome"),
    *("shipped", "eval_correct", "eval_total", "bill_per_month", "hours", "again", "cannot_tell", "links"),
)
BYTE_ORDER_MARK = "\ufeff"
"""By which Excel knows that it is UTF-8."""

_FORMULA = re.compile(r"[\s\x00-\x1f]*[=+\-@＝＋－＠]|[\t\r\n]")


def csv_text(records: Iterable[Recorded]) -> str:
    """All cells quoted, lines ended by CR LF, with a byte order mark; of the outcomes the newest."""
    out = io.StringIO()
    out.write(BYTE_ORDER_MARK)
    rows = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for recorded in records:
        told = written(recorded)
        gone, outcomes = told["withdrawn"] or {}, told["outcomes"]
        newest = outcomes[-1] if outcomes and not outcomes[-1]["taken_back"] else {}
        withdrawn = {f"withdrawn_{key}": value for key, value in gone.items()}
        links = " ".join(link["url"] for link in told["links"])
        row = newest | told | withdrawn | {"outcome": recorded.decision.outcome, "links": links}
        rows.writerow([cell(row.get(column)) for column in COLUMNS])
    return out.getvalue()


def cell(value: str | float | bool | None) -> str:
    """A value as text: numbers as they are, a text that a spreadsheet could take for a formula behind an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, str):
        return str(value)
    text = value.replace("\0", "")
    return f"'{text}" if _FORMULA.match(text) else text
