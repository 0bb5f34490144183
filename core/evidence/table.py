"""A table of results: which column says what was right, and what else is in it."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from core.evidence import opposites
from core.evidence.columns import (
    COMPARISONS,
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
from core.evidence.suites import read_suites
from core.evidence.totals import Cases, noted_totals
from core.evidence.verdicts import Mark, mark_of

Row = Mapping[str, Any]
Rows = Callable[[], Iterator[Row]]
"""A table, from its beginning each time it is called."""

NO_COLUMN = (
    "I found no column that says which answers were right. Name one `correct`, with yes/no or 1/0 in it."
)
NO_GRADES = "None of its scores says whether an answer was right."
NO_MEASURE = (
    "{named} measures something else than whether an answer was right. "
    "Add a column `correct`, with yes/no or 1/0 in it."
)
LESS_IS_BETTER = (
    "In {named} less is better, so no score in it is right from there on. "
    "Add a column `correct`, with yes/no or 1/0 in it."
)
NAMED = 3
"""So many columns are named in a sentence at most."""
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
    cases = Cases(rows)
    columns = survey(cases())
    summed = read_suites(rows, columns, use) if among is None else None
    return summed or noted_totals(_counted(cases, columns, use, what, among), cases)


def _counted(
    rows: Rows, columns: Mapping[str, Column], use: Use, what: str, among: Sequence[str] | None
) -> Found:
    chosen = _among(columns, among, use) if among is not None else _chosen(rows, columns, use)
    if not isinstance(chosen, str):
        return chosen
    use = replace(use, column=chosen)
    unmarked = _pass_mark(rows, columns.get(chosen), use)
    if unmarked is not None:
        return unmarked
    return count_cases(_cases(rows, columns, use), use, _shown(columns, chosen, what))


def _shown(columns: Mapping[str, Column], chosen: str, what: str) -> str:
    """What is counted, as a sentence begins."""
    name = chosen if chosen in columns else chosen.removeprefix(opposites.NOT)
    shown = f"{what}, column `{name}`" if what else f"Column `{name}`"
    return shown if name == chosen else f"{shown}, in which no is right"


def _among(columns: Mapping[str, Column], names: Sequence[str], use: Use) -> str | Doubt | Unreadable:
    if use.column is not None:
        return _named(columns, use.column)
    known = [columns[name] for name in names if name in columns]
    grades = [c for c in known if (c.says_yes_and_no or c.is_score) and not measures(c.name)]
    plain_ones = [c.name for c in grades if not opposites.turns_round(c)]
    found = _one_of(plain_ones, use) or _opposite({c.name: c for c in grades}, use)
    return found or Unreadable(no_measure(columns) or NO_GRADES)


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
        or _one_of(_beside_words(rows, columns, _grades(columns)), use)
        or _wrong(columns)
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
    both = [
        c.name
        for c in columns.values()
        if c.right and c.wrong and c.right + c.wrong == c.filled and not measures(c.name)
        if not opposites.turns_round(c)
    ]
    [only, *more] = columns.values() or [Column("")]
    if not more and only.says_yes_and_no and not opposites.turns_round(only):
        return only.name
    said = [*((name, name) for name in both[:FEW]), *opposites.ways(columns)]
    if pair is not None and (alike or is_plain):
        label, _, prediction = pair.partition(EQUALS)
        rest = "" if alike else f": 0 of {seen:,}"
        said.append((f"Right where {prediction} is the same as {label}{rest}", pair))
    if not said:
        return Unreadable((no_measure(columns) or NO_COLUMN) if pair is None else _never_alike(pair))
    asks = "No column has a name such as `correct`. What says whether an answer was right?"
    return Doubt(asks, "column", choices(use, "column", *said))


def _named(columns: Mapping[str, Column], wanted: str) -> str | Unreadable:
    found = opposites.by_name(columns, wanted)
    if found is not None:
        return found
    by_name = {name.casefold(): name for name in columns}
    parts = [by_name.get(part.strip().casefold()) for part in wanted.split(EQUALS)]
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
        if not (column.is_state or measures(column.name) or denies(column.name) or _is_opposite(column))
    ]
    named = [column for column in known if column.is_named(names)]
    ending = [column for column in known if not names.isdisjoint(last_words(column.name))]
    said = _not_of_parts([column.name for column in named if column.says_yes_and_no])
    if said and names is WEAKER:
        return said + [c.name for c in ending if c.says_yes_and_no and c not in named]
    return (
        said
        or [column.name for column in ending if column.says_yes_and_no]
        or [column.name for column in named if column.is_score]
    )


def _weaker(columns: Mapping[str, Column]) -> list[str]:
    """Names that may hold a verdict: not a label that is a number, or beside which something is predicted."""
    is_predicted = first_named(columns.values(), PREDICTIONS) is not None
    return [
        name
        for name in _by_name(columns, WEAKER)
        if "label" not in last_words(name) or not (is_predicted or columns[name].numbers)
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
    said = [c for c in graded if (c.is_score or c.says_yes_and_no) and not measures(c.name)]
    return [c.name for c in said if not _is_opposite(c)]


def _is_opposite(column: Column) -> bool:
    """Whether more, or yes, in a column is worse."""
    return opposites.is_opposite(column.name) and not opposites.says_itself(column)


def _beside_words(rows: Rows, columns: Mapping[str, Column], grades: list[str]) -> list[str]:
    """The grades; and beside a single one of 0 and 1 a label that says yes or no in words, where it contradicts."""
    label = first_named(columns.values(), ("label", "verdict"))
    if len(grades) != 1 or label in (None, *grades) or not columns[grades[0]].says_yes_and_no:
        return grades
    assert label is not None
    if not columns[label].says_yes_and_no or columns[label].numbers:
        return grades
    first = itertools.islice(rows(), SURVEYED)
    alike = all(mark_of(row.get(label)) is mark_of(row.get(grades[0])) for row in first)
    return grades if alike else [label, *grades]


def _wrong(columns: Mapping[str, Column]) -> str | None:
    """The column, turned round, that says beyond doubt which answers were wrong, where it is the only one."""
    turned = [c.name for c in columns.values() if opposites.turns_round(c)]
    return f"{opposites.NOT}{turned[0]}" if len(turned) == 1 and opposites.is_wrong(turned[0]) else None


def _opposite(columns: Mapping[str, Column], use: Use) -> str | Doubt | None:
    """The same where the file says which columns are grades; else the question."""
    said = list(opposites.ways(columns))
    asks = "What says whether an answer was right?"
    return _wrong(columns) or (Doubt(asks, "column", choices(use, "column", *said)) if said else None)


def no_measure(columns: Mapping[str, Column]) -> str | None:
    """Why there is nothing to count, where the numbers that are there say something else."""
    measured = [c.name for c in columns.values() if c.numbers and measures(c.name)]
    worse = [c.name for c in columns.values() if c.is_score and opposites.is_opposite(c.name)]
    if measured:
        return NO_MEASURE.format(named=listed(measured))
    return LESS_IS_BETTER.format(named=listed(worse)) if worse else None


def listed(names: Sequence[str]) -> str:
    """Names of columns in a sentence."""
    shown = [f"`{name}`" for name in names[:NAMED]]
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


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
    if column is not None and measures(column.name) and not column.says_yes_and_no:
        return Unreadable(NO_MEASURE.format(named=listed([column.name])))
    if column is None or not column.is_score or use.pass_mark is not None:
        return None
    if _is_opposite(column):
        return Unreadable(LESS_IS_BETTER.format(named=listed([column.name])))
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
    is_turned = use.column not in columns and use.column.startswith(opposites.NOT)
    column = use.column.removeprefix(opposites.NOT) if is_turned else use.column
    label, _, prediction = column.partition(EQUALS) if column not in columns else (column, "", "")
    for row in rows():
        cell = row.get(label)
        mark = _same(cell, row.get(prediction)) if prediction else mark_of(cell, use.pass_mark)
        mark = opposites.turned(mark) if is_turned else mark
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
