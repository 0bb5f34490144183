"""A table of results: which column says what was right, and what else is in it."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from core.evidence.columns import (
    COMPARISONS,
    ERRORS,
    FEW,
    GRADED,
    GRADES,
    GROUPS,
    KEYS,
    LABELS,
    METRICS,
    MODELS,
    OUTPUT_TOKENS,
    PLAIN_LABELS,
    PLAIN_PREDICTIONS,
    PREDICTIONS,
    PROMPT_TOKENS,
    SURVEYED,
    VERDICTS,
    WEAKER,
    Column,
    denies,
    first_named,
    last_words,
    measures,
    survey,
)
from core.evidence.counting import Case, count_cases
from core.evidence.found import Doubt, Found, Unreadable, Use, choices, short
from core.evidence.summaries import NO_CASES
from core.evidence.verdicts import Mark, mark_of

Row = Mapping[str, Any]
Rows = Callable[[], Iterator[Row]]
"""A table, from its beginning each time it is called."""

NO_COLUMN = (
    "I found no column that says which answers were right. Name one `correct`, with yes/no or 1/0 in it."
)
NO_GRADES = "None of its scores says whether an answer was right."
VALUES = frozenset(("name", "value"))
"""The columns of a table with a row for each score, which has one case several times."""
EQUALS = " = "
NO_ERROR = (Mark.BLANK, Mark.WRONG)
"""What a column of errors says where there was none: nothing, or "false"."""
MARKS = ((1, ("0.5", "0.7", "0.8", "0.9", "1")), (5, ("3", "4", "5")), (10, ("5", "6", "7", "8", "9")),
         (100, ("50", "70", "80", "90")))  # fmt: skip
"""Pass marks that are offered, by the highest score on the scale."""


def read_table(rows: Rows, use: Use, what: str = "", among: Sequence[str] | None = None) -> Found:
    """Read a table.

    what: it is, where that is known: "OpenAI evals log". among: the columns that may say what was right, where that is
    known; else their names tell.
    """
    columns = survey(rows())
    if _is_summary(columns):
        return Unreadable(NO_CASES)
    chosen = _among(columns, among, use) if among is not None else _chosen(rows, columns, use)
    if not isinstance(chosen, str):
        return chosen
    use = replace(use, column=chosen)
    unmarked = _pass_mark(rows, columns.get(chosen), use)
    if unmarked is not None:
        return unmarked
    shown = f"{what}, column `{chosen}`" if what else f"Column `{chosen}`"
    return count_cases(_cases(rows, columns, use), use, shown)


def _is_summary(columns: Mapping[str, Column]) -> bool:
    """Whether there is a row for each metric or for each model, and none for a case."""
    name = first_named(columns.values(), METRICS) or first_named(columns.values(), MODELS)
    if name is None or first_named(columns.values(), KEYS) is not None:
        return False
    values, filled = len(columns[name].values), columns[name].filled
    return 1 < filled == values <= FEW and bool(_grades(columns))


def _among(columns: Mapping[str, Column], names: Sequence[str], use: Use) -> str | Doubt | Unreadable:
    if use.column is not None:
        return _named(columns, use.column)
    known = [columns[name] for name in names if name in columns]
    return _one_of([c.name for c in known if c.says_yes_and_no or c.is_score], use) or Unreadable(NO_GRADES)


def _one_of(candidates: Sequence[str], use: Use) -> str | Doubt | None:
    """The only one, or the question which it is."""
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    asks = "Which column says whether an answer was right?"
    return Doubt(asks, "column", choices(use, "column", *((name, name) for name in candidates[:FEW])))


def _chosen(rows: Rows, columns: Mapping[str, Column], use: Use) -> str | Doubt | Unreadable:
    """The column that says what was right, or two as "label = prediction"."""
    if use.column is not None:
        return _named(columns, use.column)
    return (
        _one_of(_marked(columns), use)
        or _one_of(_contested(columns, _by_name(columns, VERDICTS)), use)
        or _one_of(_weaker(columns), use)
        or _one_of(_grades(columns), use)
        or _unnamed(rows, columns, use)
    )


def _contested(columns: Mapping[str, Column], candidates: list[str]) -> list[str]:
    """The candidates, and the scores beside one that may mean something else: texts compared, or nothing but misses."""
    if len(candidates) != 1:
        return candidates
    column = columns[candidates[0]]
    is_strict = column.is_named(COMPARISONS) or not column.right
    scores = [
        name
        for name in _grades(columns)
        if columns[name].is_score and not 2 * columns[name].highest < _scale(columns[name])
    ]
    return candidates + [name for name in scores if name not in candidates] if is_strict else candidates


def _unnamed(rows: Rows, columns: Mapping[str, Column], use: Use) -> str | Doubt | Unreadable:
    pair, is_plain = _pair(columns)
    alike, seen = _alike(rows, pair)
    if pair is not None and is_plain and alike:
        return pair
    both = [c.name for c in columns.values() if c.right and c.wrong and c.right + c.wrong == c.filled]
    if len(columns) == 1 and next(iter(columns.values())).says_yes_and_no:
        return next(iter(columns))
    said: list[tuple[str, str]] = [(name, name) for name in both[:FEW]]
    if pair is not None and (alike or is_plain):
        label, _, prediction = pair.partition(EQUALS)
        rest = "" if alike else f": 0 of {seen:,}"
        said.append((f"Right where {prediction} is the same as {label}{rest}", pair))
    if not said:
        return Unreadable(NO_COLUMN if pair is None else _never_alike(pair))
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


def _alike(rows: Rows, pair: str | None) -> tuple[int, int]:
    """In how many of the first rows the two columns of a pair say the same, and of how many."""
    if pair is None:
        return 0, 0
    label, _, prediction = pair.partition(EQUALS)
    first = itertools.islice(rows(), SURVEYED)
    marks = Counter(_same(row.get(label), row.get(prediction)) for row in first)
    return marks[Mark.RIGHT], marks[Mark.RIGHT] + marks[Mark.WRONG]


def _never_alike(pair: str) -> str:
    label, _, prediction = pair.partition(EQUALS)
    return (
        f"No column says which answers were right, and `{prediction}` is never the same as `{label}`. "
        "Add a column `correct`, with yes/no or 1/0 in it."
    )


def _marked(columns: Mapping[str, Column]) -> list[str]:
    return [column.name for column in columns.values() if column.marked]


def _by_name(columns: Mapping[str, Column], names: frozenset[str]) -> list[str]:
    known = [
        column
        for column in columns.values()
        if not (column.is_state or measures(column.name) or denies(column.name))
    ]
    named = [column for column in known if column.is_named(names)]
    ending = [column for column in known if not names.isdisjoint(last_words(column.name))]
    return (
        _not_of_parts([column.name for column in named if column.says_yes_and_no])
        or [column.name for column in ending if column.says_yes_and_no]
        or [column.name for column in named if column.is_score]
    )


def _weaker(columns: Mapping[str, Column]) -> list[str]:
    """Names that may hold a verdict: not a label that is a number, or beside which something is predicted."""
    is_predicted = first_named(columns.values(), PREDICTIONS) is not None
    return [
        name
        for name in _by_name(columns, WEAKER)
        if not columns[name].is_named(("label",)) or not (is_predicted or columns[name].numbers)
    ]


def _not_of_parts(names: list[str]) -> list[str]:
    """Without "setup.outcome" where there is "outcome": what is said of a part of the case."""
    return [name for name in names if name.rpartition(".")[2] == name or name.rpartition(".")[2] not in names]


def _grades(columns: Mapping[str, Column]) -> list[str]:
    graded = [
        column
        for column in columns.values()
        if column.is_named(GRADES)
        or column.name.startswith(GRADED)
        or not GRADES.isdisjoint(last_words(column.name))
    ]
    return [c.name for c in graded if (c.is_score or c.says_yes_and_no) and not measures(c.name)]


def _pair(columns: Mapping[str, Column]) -> tuple[str | None, bool]:
    """The columns "label = prediction", and whether both are labels beyond doubt: plainly named, and few."""
    label = first_named(columns.values(), LABELS)
    prediction = first_named(columns.values(), PREDICTIONS)
    if label is None or prediction is None or label == prediction:
        return None, False
    few = len(columns[label].values) <= FEW or columns[label].filled > 4 * len(columns[label].values)
    is_plain = columns[label].is_named(PLAIN_LABELS) and columns[prediction].is_named(PLAIN_PREDICTIONS)
    return f"{label}{EQUALS}{prediction}", few and is_plain


def _scale(column: Column) -> float:
    """The highest score of the scale; infinite beyond 100."""
    return next((float(highest) for highest, _ in MARKS if column.highest <= highest), math.inf)


def _pass_mark(rows: Rows, column: Column | None, use: Use) -> Doubt | Unreadable | None:
    if column is None or not column.is_score or use.pass_mark is not None:
        return None
    offered = next((marks for highest, marks in MARKS if column.highest <= highest), None)
    if offered is None:
        return Unreadable(
            f"The numbers in `{column.name}` go beyond 100, so I cannot tell which of them are right. "
            "Add a column `correct`, with yes/no or 1/0 in it."
        )
    highest = f"{column.highest:g}"
    every = sum(1 for _ in rows())
    ungraded = (
        f"; {every - column.filled:,} of {every:,} rows have none"
        if column.filled < every <= SURVEYED
        else ""
    )
    asks = f"Column `{column.name}` has scores up to {highest}{ungraded}. From which score on is an answer right?"
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
    for name in (*GROUPS, *(("name",) if columns.keys() >= VALUES else ())):
        found = first_named(columns.values(), (name,))
        if found is not None and len(columns[found].values) <= FEW:
            few = columns[found].filled >= 2 * len(columns[found].values)
            return found if few or len(columns[found].values) == 1 else None
    return None


def _same(label: Any, prediction: Any) -> Mark:
    if label in (None, ""):
        return Mark.BLANK
    return Mark.RIGHT if _folded(label) == _folded(prediction) else Mark.WRONG


def _folded(cell: Any) -> str:
    return " ".join(str(cell).split()).casefold()
