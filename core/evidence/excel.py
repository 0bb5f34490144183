"""Excel's workbooks: the cells as they were last saved, formulas by their values."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from core.evidence.columns import MOST_COLUMNS
from core.evidence.csv_text import LINES, TOO_WIDE, names_columns, unique
from core.evidence.found import MOST_ROWS, CannotRead, Doubt, Found, Unreadable, Use, choices, noted, short
from core.evidence.table import Rows, read_table

MOST_UNPACKED = 100 * 1024 * 1024
MOST_CELLS = 1_500_000
"""In all sheets together, empty ones too: more are not read within three seconds."""
CELLS_OF_SEVERAL = 400_000
"""With more cells it is asked which sheet counts, before each is looked through."""
TOO_LARGE = (
    f"Unpacked it is larger than {MOST_UNPACKED // 2**20} MB, which is the most I read. "
    "Save the sheet with the results as CSV, or give me a random sample: a few thousand rows say as much."
)
TOO_MANY_CELLS = (
    f"It has more than {MOST_CELLS:,} cells, which are the most I read. "
    "Save the sheet with the results as CSV, or leave out the columns that are not needed."
)
STRANGE = "It is a workbook that I cannot open. Save the table as CSV and give me that."
TOO_MANY = f"One of its sheets has more than {MOST_ROWS:,} rows. Give me a random sample: a few thousand say as much."
EMPTY = "Its sheets are empty."
Sheets = Mapping[str, Sequence[Sequence[Any]]]


def read_workbook(content: bytes, use: Use) -> Found:
    """Read the one sheet that has results in it; of several one has to be named."""
    sheets = {name: rows for name, rows in _sheets(content, use.sheet).items() if rows}
    if not sheets:
        return Unreadable(EMPTY)
    if use.sheet is not None:
        if use.sheet not in sheets:
            return Unreadable(f"There is no sheet `{short(use.sheet)}`. There are: {_listed(sheets)}.")
        return read_table(_table(sheets[use.sheet]), use)
    if len(sheets) > 1 and sum(len(rows) * len(rows[0]) for rows in sheets.values()) > CELLS_OF_SEVERAL:
        return _which(sheets, use)
    found = {name: read_table(_table(rows), use) for name, rows in sheets.items()}
    useful = {name: one for name, one in found.items() if not isinstance(one, Unreadable)}
    if len(useful) > 1:
        return _which(useful, use)
    for name, one in useful.items():
        return noted(one, f"Sheet `{name}`.") if len(sheets) > 1 else one
    return next(iter(found.values()))


def _which(sheets: Mapping[str, Any], use: Use) -> Doubt:
    asks = "It has several sheets. Which one counts?"
    return Doubt(asks, "sheet", choices(use, "sheet", *((name, name) for name in list(sheets)[:20])))


def _sheets(content: bytes, only: str | None) -> Sheets:
    """The rows of each sheet, by its name; of the one that is named where there is one of that name."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        found, cells = {}, 0
        names = workbook.sheet_names[:20]
        for name in [name for name in names if short(name) == only] or names:
            sheet = workbook.get_sheet_by_name(name)
            if sheet.height > MOST_ROWS:
                raise CannotRead(TOO_MANY)
            if sheet.width > MOST_COLUMNS:
                raise CannotRead(TOO_WIDE)
            cells += sheet.height * sheet.width
            if cells > MOST_CELLS:
                raise CannotRead(TOO_MANY_CELLS)
            rows = [[_cell(cell) for cell in row] for row in sheet.to_python()]
            found[short(name)] = [row for row in rows if any(cell not in (None, "") for cell in row)]
    except (CalamineError, OSError, ValueError):
        raise CannotRead(STRANGE) from None
    return found


def _cell(cell: Any) -> Any:
    return str(cell) if isinstance(cell, datetime.date | datetime.time | datetime.timedelta) else cell


def _table(sheet: Sequence[Sequence[Any]]) -> Rows:
    first = [[_as_typed(cell) for cell in row] for row in sheet[:LINES]]
    width = len(first[0])
    has_names = names_columns(first)
    names = unique(first[0], width) if has_names else [f"column {place}" for place in range(1, width + 1)]

    def rows() -> Iterator[Mapping[str, Any]]:
        for row in sheet[1:] if has_names else sheet:
            yield dict(zip(names, row, strict=False))

    return rows


def _as_typed(cell: Any) -> str:
    """A cell as a table in text would have it: whole numbers without their ".0"."""
    return f"{cell:g}" if isinstance(cell, float) and cell.is_integer() else str(cell)


def _listed(sheets: Sheets) -> str:
    return ", ".join(f"`{name}`" for name in sheets)
