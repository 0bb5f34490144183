"""A table of results: which column says what was right, and what else is in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from core.evidence.columns import (
    ERRORS,
    FEW,
    GRADED,
    GRADES,
    GROUPS,
    KEYS,
    LABELS,
    MODELS,
    OUTPUT_TOKENS,
    PLAIN_LABELS,
    PLAIN_PREDICTIONS,
    PREDICTIONS,
    PROMPT_TOKENS,
    VERDICTS,
    WEAKER,
    Column,
    first_named,
    survey,
)
from core.evidence.counting import Case, count_cases
from core.evidence.found import Doubt, Found, Unreadable, Use, choices, short
from core.evidence.verdicts import Mark, mark_of

Row = Mapping[str, Any]
Rows = Callable[[], Iterator[Row]]
"""A table, from its beginning each time it is called."""

NO_COLUMN = (
    "I found no column that says which answers were right. Name one `correct`, with yes/no or 1/0 in it."
)
EQUALS = " = "
NO_ERROR = (Mark.BLANK, Mark.WRONG)
"""What a column of errors says where there was none: nothing, or "false"."""
MARKS = ((1, ("0.5", "0.7", "0.8", "0.9", "1")), (5, ("3", "4", "5")), (10, ("5", "6", "7", "8", "9")),
         (100, ("50", "70", "80", "90")))  # fmt: skip
"""Pass marks that are offered, by the highest score on the scale."""


def read_table(rows: Rows, use: Use, what: str = "") -> Found:
    """Read a table. ``what`` it is, where that is known: "OpenAI evals log"."""
    columns = survey(rows())
    chosen = _chosen(columns, use)
    if not isinstance(chosen, str):
        return chosen
    use = replace(use, column=chosen)
    unmarked = _pass_mark(columns.get(chosen), use)
    if unmarked is not None:
        return unmarked
    shown = f"column `{chosen}`"
    return count_cases(_cases(rows, columns, use), use, f"{what}, {shown}" if what else shown.capitalize())


def _chosen(columns: Mapping[str, Column], use: Use) -> str | Doubt | Unreadable:
    """The column that says what was right, or two as "label = prediction"."""
    if use.column is not None:
        return _named(columns, use.column)
    for candidates in (
        _marked(columns),
        _by_name(columns, VERDICTS),
        _by_name(columns, WEAKER),
        _grades(columns),
    ):
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            asks = "Which column says whether an answer was right?"
            return Doubt(asks, "column", choices(use, "column", *((f"{n}", n) for n in candidates[:FEW])))
    return _unnamed(columns, use)


def _unnamed(columns: Mapping[str, Column], use: Use) -> str | Doubt | Unreadable:
    pair, is_plain = _pair(columns)
    if pair is not None and is_plain:
        return pair
    both = [c.name for c in columns.values() if c.right and c.wrong and c.right + c.wrong == c.filled]
    if len(columns) == 1 and next(iter(columns.values())).says_yes_and_no:
        return next(iter(columns))
    said: list[tuple[str, str]] = [(name, name) for name in both[:FEW]]
    if pair is not None:
        label, _, prediction = pair.partition(EQUALS)
        said.append((f"Right where {prediction} is the same as {label}", pair))
    if not said:
        return Unreadable(NO_COLUMN)
    asks = "No column has a name such as `correct`. What says whether an answer was right?"
    return Doubt(asks, "column", choices(use, "column", *said))


def _named(columns: Mapping[str, Column], wanted: str) -> str | Unreadable:
    by_name = {name.casefold(): name for name in columns}
    parts = [by_name.get(part.strip().casefold()) for part in wanted.split(EQUALS)]
    if by_name.get(wanted.casefold()):
        return by_name[wanted.casefold()]
    if len(parts) == 2 and parts[0] and parts[1]:
        return EQUALS.join(part for part in parts if part)
    known = ", ".join(f"`{name}`" for name in list(columns)[:FEW])
    return Unreadable(f"There is no column `{short(wanted)}`. There are: {known}.")


def _marked(columns: Mapping[str, Column]) -> list[str]:
    return [column.name for column in columns.values() if column.marked]


def _by_name(columns: Mapping[str, Column], names: frozenset[str]) -> list[str]:
    named = [column for column in columns.values() if column.is_named(names)]
    told = [column.name for column in named if column.says_yes_and_no]
    return told or [column.name for column in named if column.is_score]


def _grades(columns: Mapping[str, Column]) -> list[str]:
    graded = [c for c in columns.values() if c.is_named(GRADES) or c.name.startswith(GRADED)]
    return [column.name for column in graded if column.is_score or column.says_yes_and_no]


def _pair(columns: Mapping[str, Column]) -> tuple[str | None, bool]:
    """The columns "label = prediction", and whether both are labels beyond doubt: plainly named, and few."""
    label = first_named(columns.values(), LABELS)
    prediction = first_named(columns.values(), PREDICTIONS)
    if label is None or prediction is None or label == prediction:
        return None, False
    few = len(columns[label].values) <= FEW or columns[label].filled > 4 * len(columns[label].values)
    is_plain = columns[label].is_named(PLAIN_LABELS) and columns[prediction].is_named(PLAIN_PREDICTIONS)
    return f"{label}{EQUALS}{prediction}", few and is_plain


def _pass_mark(column: Column | None, use: Use) -> Doubt | Unreadable | None:
    if column is None or not column.is_score or use.pass_mark is not None:
        return None
    offered = next((marks for highest, marks in MARKS if column.highest <= highest), None)
    if offered is None:
        return Unreadable(
            f"The numbers in `{column.name}` go beyond 100, so I cannot tell which of them are right. "
            "Add a column `correct`, with yes/no or 1/0 in it."
        )
    highest = f"{column.highest:g}"
    asks = f"Column `{column.name}` has scores up to {highest}. From which score on is an answer right?"
    said = ((f"{mark} or more" if mark != "1" else "1, nothing less", Decimal(mark)) for mark in offered)
    return Doubt(asks, "pass_mark", choices(use, "pass_mark", *said))


def _cases(rows: Rows, columns: Mapping[str, Column], use: Use) -> Iterator[Case]:
    known = list(columns.values())
    key, model = first_named(known, KEYS), first_named(known, MODELS)
    prompt, output = first_named(known, PROMPT_TOKENS), first_named(known, OUTPUT_TOKENS)
    error, group = first_named(known, ERRORS), _group(columns)
    assert use.column is not None
    label, _, prediction = use.column.partition(EQUALS) if use.column not in columns else (use.column, "", "")
    for row in rows():
        cell = row.get(label)
        mark = _same(cell, row.get(prediction)) if prediction else mark_of(cell, use.pass_mark)
        if mark is Mark.BLANK and error is not None and mark_of(row.get(error)) not in NO_ERROR:
            mark = Mark.UNCLEAR
        yield Case(
            mark,
            key=None if key is None or row.get(key) in (None, "") else str(row[key]),
            group=short(str(row[group])) if group is not None and row.get(group) not in (None, "") else None,
            prompt=row.get(prompt) if prompt else None,
            output=row.get(output) if output else None,
            model=row.get(model) if model else None,
        )


def _group(columns: Mapping[str, Column]) -> str | None:
    """The column that says what was compared: one with few values, each in several rows."""
    for name in GROUPS:
        found = first_named(columns.values(), (name,))
        if found is not None and len(columns[found].values) <= FEW:
            few = columns[found].filled > 2 * len(columns[found].values)
            return found if few or len(columns[found].values) == 1 else None
    return None


def _same(label: Any, prediction: Any) -> Mark:
    if label in (None, ""):
        return Mark.BLANK
    return Mark.RIGHT if _folded(label) == _folded(prediction) else Mark.WRONG


def _folded(cell: Any) -> str:
    return " ".join(str(cell).split()).casefold()
