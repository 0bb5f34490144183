"""Tables as text: commas, semicolons, tabs or bars; with or without a line of names."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from core.evidence.columns import KNOWN, MOST_COLUMNS, names_of
from core.evidence.found import CannotRead, short
from core.evidence.opposites import PLAIN_WORDS, is_opposite
from core.evidence.promptfoo import name_of_prompt
from core.evidence.table import Rows
from core.evidence.verdicts import Mark, mark_of, number_of

DELIMITERS = ",;\t|"
LOOKED_AT = 64 * 1024
LINES = 200
LONG_CELL = (
    "One of its cells is longer than 131,072 characters. Perhaps a quotation mark is not closed; "
    "else leave the long texts out."
)
NO_TABLE = "It is text without a table in it. Give me the results as CSV, JSON, JSONL or Excel."
MARKED = ("[PASS]", "[FAIL]", "[ERROR]")
TOO_WIDE = f"It has more than {MOST_COLUMNS} columns. Leave out those that are not needed."

TOO_LONG = (
    "Row {number} has {cells} cells, but there are {columns} columns. "
    "Put texts that hold the separator in quotation marks, or leave them out."
)

_SEPARATOR = re.compile(r"sep=(.)\r?\n")
_PROVIDER = re.compile(r"\[([^\]]{1,60})\]")


def rows_of(text: str) -> Rows:
    """The table in a text, a mapping from column to cell for each row. Raises :class:`CannotRead`."""
    told = _SEPARATOR.match(text)
    begin = told.end() if told else 0
    delimiter = told[1] if told else _delimiter(text[:LOOKED_AT])
    if "\n" not in text[:LOOKED_AT] and text.count(delimiter, 0, LOOKED_AT) > 10 * MOST_COLUMNS:
        raise CannotRead(TOO_WIDE)
    first = list(itertools.islice(_read(text, delimiter, begin), LINES))
    width = max((len(row) for row in first), default=0)
    if width > MOST_COLUMNS:
        raise CannotRead(TOO_WIDE)
    has_names = bool(first) and names_columns(first)
    if not has_names and not _is_table(first):
        raise CannotRead(NO_TABLE)
    if has_names:
        width = len(first[0])
    names = unique(first[0], width) if has_names else [f"column {place}" for place in range(1, width + 1)]

    def rows() -> Iterator[dict[str, str]]:
        lines = _read(text, delimiter, begin)
        if has_names:
            next(lines)
        for number, row in enumerate(lines, 1 + has_names):
            if len(row) > len(names) and any(cell.strip() for cell in row[len(names) :]):
                raise CannotRead(TOO_LONG.format(number=number, cells=len(row), columns=len(names)))
            yield dict(zip(names, row, strict=False))

    return rows


def _read(text: str, delimiter: str, begin: int = 0) -> Iterator[list[str]]:
    """The rows that are not empty."""
    source = io.StringIO(text, newline="")
    source.seek(begin)
    try:
        for row in csv.reader(source, delimiter=delimiter, skipinitialspace=True):
            if any(cell.strip() for cell in row) and not (delimiter == "|" and _is_rule(row)):
                yield row
    except csv.Error:
        raise CannotRead(LONG_CELL) from None


def _is_rule(row: Sequence[str]) -> bool:
    """Whether a line is the one under the names of a table in Markdown: "|---|:-:|"."""
    return all(set(cell.strip()) <= {"-", ":"} for cell in row)


def _delimiter(sample: str) -> str:
    """The delimiter that gives most rows the same number of cells; a comma where all give one."""
    best = (0.0, 0, ",")
    for delimiter in DELIMITERS:
        try:
            rows = list(itertools.islice(_read(sample, delimiter), LINES))
        except CannotRead:
            continue
        widths = Counter(len(row) for row in rows[:-1] or rows)
        width, times = max(widths.items(), key=lambda one: (one[1], one[0]), default=(1, 0))
        if width > 1 and (times / widths.total(), width) > best[:2]:
            best = (times / widths.total(), width, delimiter)
    return best[2]


def names_columns(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the columns: it has a name that is known, or words where numbers follow."""
    first, rest = rows[0], rows[1:]
    columns = [[row[place] for row in rest if len(row) > place] for place in range(len(first))]
    pairs = list(zip(first, columns, strict=True))
    if any(not KNOWN.isdisjoint(names_of(name)) and not _recurs(name, cells) for name, cells in pairs):
        return True
    if any(is_opposite(name) and cells and all(_is_plain(cell) for cell in cells) for name, cells in pairs):
        return True
    unmarked = (name_of_prompt(name) for name in first if not name.startswith(MARKED))
    if any(_PROVIDER.match(name) for name in unmarked):
        return True
    if any(_is_value(cell) for cell in first):
        return False
    return any(name.strip() and cells and all(_is_value(c) for c in cells) for name, cells in pairs)


def _is_table(rows: Sequence[Sequence[str]]) -> bool:
    """Whether lines without names are rows at all: most have as many cells, or there is a verdict or number in each."""
    widths = Counter(len(row) for row in rows)
    width, times = max(widths.items(), key=lambda one: one[1], default=(0, 0))
    if width > 1:
        return 5 * times >= 4 * len(rows)
    return any(_is_value(cell) or cell.startswith(MARKED) for row in rows for cell in row)


def _recurs(name: str, cells: Sequence[str]) -> bool:
    return any(cell.strip().casefold() == name.strip().casefold() for cell in cells)


def _is_plain(cell: str) -> bool:
    return cell.strip().casefold() in PLAIN_WORDS or number_of(cell) is not None


def _is_value(cell: str) -> bool:
    return mark_of(cell) in (Mark.RIGHT, Mark.WRONG) or number_of(cell) is not None


def unique(row: Sequence[str], width: int) -> list[str]:
    """The columns' names; of several alike each is told apart by the column before it, or by a number."""
    row = [name_of_prompt(cell) for cell in row]
    names: list[str] = []
    provider = ""
    several = Counter(short(cell).casefold() for cell in row)
    for place in range(width):
        name = short(row[place]) if place < len(row) and row[place].strip() else ""
        named = _PROVIDER.match(name)
        provider = named[1] if named else provider
        if name and several[name.casefold()] > 1 and provider and not named:
            name = short(f"{name} ({provider})")
        name = name or f"column {place + 1}"
        taken = {one.casefold() for one in names}
        names.append(name if name.casefold() not in taken else f"{name} ({place + 1})")
    return names
