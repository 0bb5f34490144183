"""`table` and `data_table`: cells of text, numbers and rich text; the second one sorts, filters and turns pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.sandbox.page.html import Html, div, span, tag
from bot.sandbox.page.mrkdwn import plain
from bot.sandbox.page.rich_text import rich_text
from bot.sandbox.page.scene import Scene

Cell = Mapping[str, Any]
SIDES = {"left", "center", "right"}


def table(block: Mapping[str, Any], scene: Scene) -> Html:
    """A `table` block. The first row is drawn as the header, as Slack does."""
    settings = block.get("column_settings") or []
    rows = [_row(row, settings, scene, "td" if number else "th") for number, row in enumerate(block["rows"])]
    inside = tag("table", tag("thead", *rows[:1]), tag("tbody", *rows[1:]), class_="table")
    return div("table-frame", inside, tabindex=0, role="region", aria_label="Table", data_testid="table")


def data_table(block: Mapping[str, Any], scene: Scene) -> Html:
    """A `data_table` block; the page's script sorts, filters and pages what is drawn here once."""
    header, *rows = block["rows"]
    named = int(block.get("row_header_column_index", 0))
    numbers = [all(row[i].get("type") == "raw_number" for row in rows) for i in range(len(header))]
    head = tag("tr", *[_sortable(cell, i, numbers[i], scene) for i, cell in enumerate(header)])
    body = [_data_row(row, numbers, named, scene) for row in rows]
    caption = str(block.get("caption", ""))
    inside = tag("table", tag("thead", head), tag("tbody", *body), class_="table", aria_label=caption)
    return div(
        "data-table",
        div(
            "data-table-top",
            span("data-table-caption", caption),
            tag(
                "input",
                type="search",
                placeholder="Filter",
                aria_label=f"Filter {caption}",
                class_="data-table-filter",
            ),
        ),
        div("table-frame", inside),
        div("data-table-foot", _turn("Previous", -1), span("data-table-place"), _turn("Next", 1)),
        data_testid="data-table",
        data_page_size=max(1, int(block.get("page_size", 5))),
    )


def _row(row: Sequence[Cell], settings: Sequence[Cell | None], scene: Scene, element: str) -> Html:
    cells = [_cell(cell, _classes(settings, index), scene, element) for index, cell in enumerate(row)]
    return tag("tr", *cells)


def _data_row(row: Sequence[Cell], numbers: Sequence[bool], named: int, scene: Scene) -> Html:
    cells = [
        _cell(cell, "to-right" if numbers[index] else "", scene, "th" if index == named else "td")
        for index, cell in enumerate(row)
    ]
    return tag("tr", *cells)


def _turn(label: str, step: int) -> Html:
    return tag("button", label, type="button", class_="button small", data_turn=step)


def _sortable(cell: Cell, index: int, number: bool, scene: Scene) -> Html:
    button = tag("button", _content(cell, scene), type="button", data_sort=index)
    return tag("th", button, class_="to-right" if number else None, scope="col", aria_sort="none")


def _cell(cell: Cell, classes: str, scene: Scene, element: str) -> Html:
    value = cell.get("value") if cell.get("type") == "raw_number" else None
    sort = value if isinstance(value, int | float) else None
    return tag(element, _content(cell, scene), class_=classes or None, data_value=sort)


def _content(cell: Cell, scene: Scene) -> Html:
    kind = cell.get("type")
    if kind == "rich_text":
        return rich_text(cell, scene)
    if kind in {"raw_text", "raw_number"}:
        text = cell.get("text")
        return plain(str(cell.get("value", "")) if text is None else str(text))
    return span("unknown-block", f"({kind})", data_testid="unknown-block")


def _classes(settings: Sequence[Cell | None], index: int) -> str:
    column = (settings[index] if index < len(settings) else None) or {}
    side = column.get("align", "left")
    parts = [f"to-{side}" if side in SIDES - {"left"} else "", "wrapped" if column.get("is_wrapped") else ""]
    return " ".join(part for part in parts if part)
