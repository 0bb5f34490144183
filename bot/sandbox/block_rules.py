"""What Slack refuses in a block, by its type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot import limits
from bot.sandbox.element_rules import check_element, check_image
from bot.sandbox.problems import Check, texts_in
from bot.sandbox.workspace import Json

EVERYWHERE = {"section", "divider", "header", "image", "actions", "context", "rich_text", "video", "input"}
SURFACES = {
    "message": EVERYWHERE
    | {"card", "carousel", "container", "table", "data_table", "data_visualization"}
    | {"markdown", "plan", "task_card", "context_actions", "layout"},
    "modal": EVERYWHERE | {"alert"},
    "home": EVERYWHERE | {"card", "carousel", "container", "data_table", "data_visualization"},
}
"""Block types that each surface shows."""

IN_A_CONTAINER = {"actions", "context", "divider", "header", "image", "section", "table", "input", "video"}

FIELDS: dict[str, set[str]] = {
    "section": {"text", "fields", "accessory", "expand"},
    "divider": set(),
    "header": {"text", "level"},
    "image": {"alt_text", "image_url", "slack_file", "title"},
    "actions": {"elements"},
    "context": {"elements"},
    "context_actions": {"elements"},
    "input": {"label", "element", "dispatch_action", "hint", "optional"},
    "markdown": {"text"},
    "rich_text": {"elements"},
    "table": {"rows", "column_settings"},
    "alert": {"text", "level"},
    "card": {"icon", "slack_icon", "hero_image", "title", "subtitle", "body", "subtext", "actions"},
    "carousel": {"elements"},
    "container": {
        *("title", "rich_text_title", "subtitle", "child_blocks", "width", "icon"),
        *("is_collapsible", "default_collapsed", "has_header_divider"),
    },
    "data_visualization": {"title", "chart"},
    "data_table": {"caption", "rows", "page_size", "row_header_column_index", "column_settings"},
}
"""What may stand in a block besides type and block_id; types that are missing here are not checked for it."""


def check_block(check: Check, block: Any, path: str) -> None:
    if not isinstance(block, dict):
        return check.say("must provide an object", path)
    kind = block.get("type")
    if kind is None:
        return check.say("missing required field: type", path)
    if kind not in SURFACES[check.surface]:
        return check.say(f"unsupported type: {kind}", f"{path}/type")
    if kind in FIELDS:
        check.known_fields(block, FIELDS[kind], path)
    check.string(block, "block_id", path, limits.ID)
    rule = RULES.get(kind)
    return rule(check, block, path) if rule else None


def _section(check: Check, block: Json, path: str) -> None:
    if block.get("text") is None and block.get("fields") is None:
        check.say("missing required field: text or fields", path)
    check.text(block, "text", path, limits.SECTION, mrkdwn=True)
    for number, text in enumerate(check.items(block, "fields", path, limits.FIELDS, required=False)):
        check.text_object(text, f"{path}/fields/{number}", limits.FIELD, mrkdwn=True)
    if block.get("accessory") is not None:
        check_element(check, block["accessory"], f"{path}/accessory", "accessory")


def _header(check: Check, block: Json, path: str) -> None:
    check.text(block, "text", path, limits.HEADER, required=True)
    check.one_of(block, "level", path, (1, 2, 3, 4))


def _context(check: Check, block: Json, path: str) -> None:
    for number, element in enumerate(check.items(block, "elements", path, limits.CONTEXT_ELEMENTS)):
        here = f"{path}/elements/{number}"
        if isinstance(element, dict) and element.get("type") == "image":
            check_image(check, element, here)
        else:
            check.text_object(element, here, limits.CONTEXT, mrkdwn=True)


def _actions(check: Check, block: Json, path: str) -> None:
    for number, element in enumerate(check.items(block, "elements", path, limits.ACTION_ELEMENTS)):
        check_element(check, element, f"{path}/elements/{number}", "actions")


def _context_actions(check: Check, block: Json, path: str) -> None:
    for number, element in enumerate(check.items(block, "elements", path, 5)):
        check_element(check, element, f"{path}/elements/{number}", "context_actions")


def _input(check: Check, block: Json, path: str) -> None:
    check.text(block, "label", path, limits.LABEL, required=True)
    check.text(block, "hint", path, limits.LABEL)
    if block.get("element") is None:
        return check.say("missing required field: element", path)
    return check_element(check, block["element"], f"{path}/element", "input")


def _markdown(check: Check, block: Json, path: str) -> None:
    check.string(block, "text", path, limits.MARKDOWN, required=True)


def _rich_text(check: Check, block: Json, path: str) -> None:
    allowed = {"rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote"}
    for number, element in enumerate(check.items(block, "elements", path, 1000)):
        if not isinstance(element, dict) or element.get("type") not in allowed:
            kind = element.get("type") if isinstance(element, dict) else element
            check.say(f"unsupported type: {kind}", f"{path}/elements/{number}/type")


def _alert(check: Check, block: Json, path: str) -> None:
    check.text(block, "text", path, 200, required=True, mrkdwn=True)
    check.one_of(block, "level", path, ("default", "info", "warning", "error", "success"))


def _card(check: Check, block: Json, path: str) -> None:
    if not any(block.get(key) for key in ("hero_image", "title", "actions", "body")):
        check.say("must provide one of hero_image, title, actions and body", path)
    for key, limit in (("title", 150), ("subtitle", 150), ("body", 200), ("subtext", 200)):
        check.text(block, key, path, limit, mrkdwn=True)
    if block.get("icon") and block.get("slack_icon"):
        check.say("must provide no more than one of icon and slack_icon", path)
    for number, element in enumerate(check.items(block, "actions", path, 3, required=False)):
        check_element(check, element, f"{path}/actions/{number}", "card")


def _carousel(check: Check, block: Json, path: str) -> None:
    for number, card in enumerate(check.items(block, "elements", path, 10)):
        here = f"{path}/elements/{number}"
        if not isinstance(card, dict) or card.get("type") != "card":
            check.say("unsupported type", f"{here}/type")
        else:
            check_block(check, card, here)


def _container(check: Check, block: Json, path: str) -> None:
    if block.get("title") is None and block.get("rich_text_title") is None:
        check.say("missing required field: title", path)
    check.text(block, "title", path, 150, mrkdwn=True)
    check.text(block, "subtitle", path, 150, mrkdwn=True)
    check.one_of(block, "width", path, ("narrow", "standard", "wide", "full"))
    if block.get("is_collapsible") and block.get("has_header_divider"):
        check.say("has_header_divider cannot be set when is_collapsible is true", path)
    for number, child in enumerate(check.items(block, "child_blocks", path, 10)):
        here = f"{path}/child_blocks/{number}"
        kind = child.get("type") if isinstance(child, dict) else None
        if kind not in IN_A_CONTAINER:
            check.say(f"unsupported type: {kind}", f"{here}/type")
        else:
            check_block(check, child, here)


def _table(check: Check, block: Json, path: str) -> None:
    for number, setting in enumerate(
        check.items(block, "column_settings", path, limits.TABLE_CELLS, least=0, required=False)
    ):
        if isinstance(setting, dict):
            check.one_of(setting, "align", f"{path}/column_settings/{number}", ("left", "center", "right"))
            check.known_fields(setting, {"align", "is_wrapped"}, f"{path}/column_settings/{number}")
    rows = check.items(block, "rows", path, limits.TABLE_ROWS)
    for number, row in enumerate(rows):
        _row(check, row, f"{path}/rows/{number}")
    if sum(len(text) for text in texts_in(rows)) > limits.TABLE_TEXT:
        check.say(f"must be less than {limits.TABLE_TEXT + 1} characters", f"{path}/rows")


def _row(check: Check, row: Any, path: str) -> None:
    for number, cell in enumerate(check.items({"cells": row}, "cells", path, limits.TABLE_CELLS)):
        _cell(check, cell, f"{path}/{number}")


def _cell(check: Check, cell: Any, path: str) -> None:
    kind = cell.get("type") if isinstance(cell, dict) else None
    if kind == "rich_text":
        return _rich_text(check, cell, path)
    if kind not in ("raw_text", "raw_number"):
        return check.say(f"unsupported type: {kind}", f"{path}/type")
    if kind == "raw_number" and not isinstance(cell.get("value"), int | float):
        check.say("must provide a number", f"{path}/value")
    return check.string(cell, "text", path, limits.TABLE_TEXT, required=True)


def _data_table(check: Check, block: Json, path: str) -> None:
    check.string(block, "caption", path, 2000, required=True)
    check.number(block, "page_size", path, 1, 100)
    rows = check.items(block, "rows", path, 1 + limits.TABLE_ROWS, least=2)
    for number, row in enumerate(rows):
        _row(check, row, f"{path}/rows/{number}")
    if len({len(row) for row in rows if isinstance(row, list)}) > 1:
        check.say("all rows must have the same number of cells", f"{path}/rows")
    if rows and isinstance(rows[0], list):
        _header_cells(check, rows[0], f"{path}/rows/0")
    if sum(len(text) for text in texts_in(rows)) > limits.TABLE_TEXT:
        check.say(f"must be less than {limits.TABLE_TEXT + 1} characters", f"{path}/rows")


def _header_cells(check: Check, cells: list[Any], path: str) -> None:
    for number, cell in enumerate(cells):
        if isinstance(cell, dict) and cell.get("type") == "rich_text":
            check.say("unsupported type: rich_text", f"{path}/{number}/type")


def _data_visualization(check: Check, block: Json, path: str) -> None:
    check.string(block, "title", path, limits.CHART_TITLE, required=True)
    chart = block.get("chart")
    if not isinstance(chart, dict):
        return check.say("missing required field: chart", path)
    here = f"{path}/chart"
    if chart.get("type") == "pie":
        return _pie(check, chart, here)
    if chart.get("type") not in ("bar", "line", "area"):
        return check.say(f"unsupported type: {chart.get('type')}", f"{here}/type")
    return _chart(check, chart, here)


def _pie(check: Check, chart: Json, path: str) -> None:
    segments = check.items(chart, "segments", path, limits.CHART_LINES)
    for number, segment in enumerate(segments):
        check.string(segment, "label", f"{path}/segments/{number}", limits.CHART_NAME, required=True)
        if not isinstance(segment.get("value"), int | float) or segment["value"] <= 0:
            check.say("must be more than 0", f"{path}/segments/{number}/value")


def _chart(check: Check, chart: Json, path: str) -> None:
    axis = chart.get("axis_config")
    if not isinstance(axis, dict):
        return check.say("missing required field: axis_config", path)
    categories = check.items(axis, "categories", f"{path}/axis_config", limits.CHART_POINTS)
    for number, category in enumerate(categories):
        check.string(
            {"category": category}, "category", f"{path}/axis_config/categories/{number}", limits.CHART_NAME
        )
    if len(set(map(str, categories))) < len(categories):
        check.say("categories must be unique", f"{path}/axis_config/categories")
    for key in ("x_label", "y_label"):
        check.string(axis, key, f"{path}/axis_config", limits.CHART_AXIS)
    series = check.items(chart, "series", path, limits.CHART_LINES)
    for number, one in enumerate(series):
        _series(check, one, f"{path}/series/{number}", categories)
    names = [one.get("name") for one in series if isinstance(one, dict)]
    if len(set(map(str, names))) < len(names):
        check.say("series names must be unique", f"{path}/series")
    return None


def _series(check: Check, one: Any, path: str, categories: list[Any]) -> None:
    if not isinstance(one, dict):
        return check.say("must provide an object", path)
    check.string(one, "name", path, limits.CHART_NAME, required=True)
    points = check.items(one, "data", path, limits.CHART_POINTS)
    if [point.get("label") for point in points if isinstance(point, dict)] != categories:
        check.say("must have exactly one point per category", f"{path}/data")
    for number, point in enumerate(points):
        value = point.get("value") if isinstance(point, dict) else None
        if not isinstance(value, int | float) or isinstance(value, bool):
            check.say("must provide a number", f"{path}/data/{number}/value")
    return None


def _layout(check: Check, block: Json, path: str) -> None:
    check.string(block, "label", path, 150, required=True)
    check.items(block, "rows", path, 5)
    check.one_of(block, "grid_lines", path, ("none", "rows", "outer"))


def _plan(check: Check, block: Json, path: str) -> None:
    check.items(block, "tasks", path, 50, required=False, least=0)


RULES: dict[str, Callable[[Check, Json, str], None]] = {
    "section": _section,
    "header": _header,
    "image": check_image,
    "context": _context,
    "actions": _actions,
    "context_actions": _context_actions,
    "input": _input,
    "markdown": _markdown,
    "rich_text": _rich_text,
    "alert": _alert,
    "card": _card,
    "carousel": _carousel,
    "container": _container,
    "table": _table,
    "data_table": _data_table,
    "data_visualization": _data_visualization,
    "layout": _layout,
    "plan": _plan,
}
