"""What Slack refuses: shapes of blocks, messages and views, and what is beyond a limit of :mod:`bot.limits`.

Each function returns the problems as Slack words them, "must be less than 3001 characters
[json-pointer:/blocks/0/text/text]"; an empty list means that Slack would take it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot import limits
from bot.sandbox.elements import every_element
from bot.sandbox.workspace import Json, nested_in

BLOCKS = {"message": limits.MESSAGE_BLOCKS, "modal": limits.VIEW_BLOCKS, "home": limits.VIEW_BLOCKS}
"""Blocks that a surface takes, those inside containers and cards included."""

EVERYWHERE = {"section", "divider", "header", "image", "actions", "context", "rich_text", "video", "input"}
SURFACES = {
    "message": EVERYWHERE
    | {"card", "carousel", "container", "table", "data_table", "data_visualization"}
    | {"markdown", "plan", "task_card", "context_actions", "layout"},
    "modal": EVERYWHERE | {"alert"},
    "home": EVERYWHERE | {"card", "carousel", "container", "data_table", "data_visualization"},
}
"""Block types that each surface shows."""

ELEMENT_SURFACES = {
    "number_input": {"modal"},
    "email_text_input": {"modal"},
    "url_text_input": {"modal"},
    "file_input": {"modal"},
    "rich_text_input": {"modal", "home"},
    "datetimepicker": {"message", "modal"},
    "workflow_button": {"message"},
}
"""Element types that some surfaces do not take."""

SELECTS = {"static_select", "external_select", "users_select", "conversations_select", "channels_select"}
MULTI_SELECTS = {f"multi_{kind}" for kind in SELECTS}
PICKERS = {"datepicker", "timepicker"}
CHOICES = {"radio_buttons", "checkboxes"}
TYPED = {"plain_text_input", "number_input", "email_text_input", "url_text_input", "rich_text_input"}
FITS = {
    "accessory": {"button", "image", "overflow", "workflow_button"}
    | SELECTS
    | MULTI_SELECTS
    | PICKERS
    | CHOICES,
    "actions": {"button", "overflow", "workflow_button", "datetimepicker"} | SELECTS | PICKERS | CHOICES,
    "input": {"datetimepicker", "file_input"} | SELECTS | MULTI_SELECTS | PICKERS | CHOICES | TYPED,
    "context_actions": {"feedback_buttons", "icon_button"},
    "card": {"button"},
}
"""Element types that each kind of place takes."""

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

ELEMENT_FIELDS: dict[str, set[str]] = {
    "button": {"text", "url", "value", "style", "confirm", "accessibility_label", "agent_prompt"},
    "overflow": {"options", "confirm"},
    "static_select": {
        "options",
        "option_groups",
        "initial_option",
        "placeholder",
        "confirm",
        "focus_on_load",
    },
    "multi_static_select": {
        *("options", "option_groups", "initial_options", "placeholder"),
        *("confirm", "focus_on_load", "max_selected_items"),
    },
    "radio_buttons": {"options", "initial_option", "confirm", "focus_on_load"},
    "checkboxes": {"options", "initial_options", "confirm", "focus_on_load"},
    "plain_text_input": {
        *("placeholder", "initial_value", "multiline", "min_length", "max_length"),
        *("dispatch_action_config", "focus_on_load"),
    },
    "number_input": {
        *("is_decimal_allowed", "initial_value", "min_value", "max_value", "placeholder"),
        *("dispatch_action_config", "focus_on_load"),
    },
    "conversations_select": {
        *("initial_conversation", "default_to_current_conversation", "response_url_enabled", "filter"),
        *("placeholder", "confirm", "focus_on_load"),
    },
    "channels_select": {"initial_channel", "response_url_enabled", "placeholder", "confirm", "focus_on_load"},
    "users_select": {"initial_user", "placeholder", "confirm", "focus_on_load"},
}
"""What may stand in an element besides type and action_id; types that are missing here are not checked for it."""


@dataclass(slots=True)
class Check:
    """One reading of one set of blocks: where the reading is (`surface`) and what it found."""

    surface: str
    problems: list[str] = field(default_factory=list)

    def say(self, problem: str, path: str) -> None:
        self.problems.append(f"{problem} [json-pointer:{path}]")

    def known_fields(self, thing: Json, allowed: Iterable[str], path: str) -> None:
        for key in sorted(set(thing) - set(allowed) - {"type", "block_id", "action_id"}):
            self.say(f"invalid additional property: {key}", path)

    def string(self, thing: Json, key: str, path: str, limit: int, *, required: bool = False) -> None:
        value = thing.get(key)
        if value is None:
            if required:
                self.say(f"missing required field: {key}", path)
        elif not isinstance(value, str):
            self.say("must provide a string", f"{path}/{key}")
        elif required and not value:
            self.say("must be more than 0 characters", f"{path}/{key}")
        elif len(value) > limit:
            self.say(f"must be less than {limit + 1} characters", f"{path}/{key}")

    def text(
        self, thing: Json, key: str, path: str, limit: int, *, required: bool = False, mrkdwn: bool = False
    ) -> None:
        """A text object under `key`; `mrkdwn` says that it need not be plain."""
        value = thing.get(key)
        if value is None:
            if required:
                self.say(f"missing required field: {key}", path)
            return
        self.text_object(value, f"{path}/{key}", limit, mrkdwn=mrkdwn)

    def text_object(self, value: Any, path: str, limit: int, *, mrkdwn: bool) -> None:
        if not isinstance(value, dict):
            return self.say("must provide an object", path)
        kinds = ("plain_text", "mrkdwn") if mrkdwn else ("plain_text",)
        if value.get("type") not in kinds:
            self.say(f"unsupported type: {value.get('type')}", f"{path}/type")
        extra = {"verbatim"} if value.get("type") == "mrkdwn" else {"emoji"}
        self.known_fields(value, {"text"} | extra, path)
        return self.string(value, "text", path, limit, required=True)

    def items(
        self, thing: Json, key: str, path: str, most: int, *, least: int = 1, required: bool = True
    ) -> list[Any]:
        """The list under `key`, empty if it is none."""
        value = thing.get(key)
        if value is None:
            if required:
                self.say(f"missing required field: {key}", path)
            return []
        if not isinstance(value, list):
            self.say("must provide an array", f"{path}/{key}")
            return []
        if len(value) > most:
            self.say(f"no more than {most} items allowed", f"{path}/{key}")
        if len(value) < least:
            self.say(f"no fewer than {least} items allowed", f"{path}/{key}")
        return value

    def one_of(self, thing: Json, key: str, path: str, allowed: Sequence[Any]) -> None:
        if key in thing and thing[key] not in allowed:
            self.say(f"must be one of {', '.join(map(str, allowed))}", f"{path}/{key}")

    def number(self, thing: Json, key: str, path: str, low: int, high: int) -> None:
        value = thing.get(key)
        if value is not None and (not isinstance(value, int) or not low <= value <= high):
            self.say(f"must be a number between {low} and {high}", f"{path}/{key}")


def block_problems(blocks: Any, surface: str, at: str = "/blocks") -> list[str]:
    """What Slack would refuse in these blocks on this surface ("message", "modal" or "home")."""
    if not isinstance(blocks, list):
        return [f"must provide an array [json-pointer:{at}]"]
    check = Check(surface)
    if _count(blocks) > BLOCKS[surface]:
        check.say(f"no more than {BLOCKS[surface]} items allowed", at)
    for number, block in enumerate(blocks):
        _block(check, block, f"{at}/{number}")
    if not check.problems:
        _whole(check, blocks, at)
    return check.problems


def view_problems(view: Any) -> list[str]:
    """What Slack would refuse in this view, size apart (see `view_is_too_large`)."""
    if not isinstance(view, dict):
        return ["must provide an object [json-pointer:/view]"]
    kind = view.get("type")
    if kind not in ("modal", "home"):
        return [f"unsupported type: {kind} [json-pointer:/view/type]"]
    check = Check(str(kind))
    plain = {"type", "blocks", "callback_id", "external_id", "private_metadata"}
    modal = {"title", "submit", "close", "clear_on_close", "notify_on_close", "submit_disabled"}
    check.known_fields(view, plain | modal if kind == "modal" else plain, "/view")
    check.string(view, "callback_id", "/view", limits.ID)
    check.string(view, "external_id", "/view", limits.ID)
    check.string(view, "private_metadata", "/view", limits.METADATA)
    if kind == "modal":
        check.text(view, "title", "/view", limits.VIEW_TITLE, required=True)
        check.text(view, "submit", "/view", limits.VIEW_TITLE)
        check.text(view, "close", "/view", limits.VIEW_TITLE)
    blocks = view.get("blocks")
    if blocks is None:
        check.say("missing required field: blocks", "/view")
        return check.problems
    check.problems += block_problems(blocks, str(kind), "/view/blocks")
    has_input = isinstance(blocks, list) and any(
        isinstance(b, dict) and b.get("type") == "input" for b in blocks
    )
    if kind == "modal" and has_input and not view.get("submit"):
        check.say("missing required field: submit", "/view")
    return check.problems


def view_is_too_large(view: Any) -> bool:
    return len(json.dumps(view, ensure_ascii=False).encode()) > limits.VIEW_BYTES


def characters_in(blocks: Sequence[Json]) -> int:
    """Characters of all texts in the blocks, nested ones included."""
    return sum(len(text) for text in _texts(blocks))


def _texts(thing: Any) -> Iterable[str]:
    if isinstance(thing, list):
        for part in thing:
            yield from _texts(part)
    elif isinstance(thing, dict):
        for key, value in thing.items():
            if key == "text" and isinstance(value, str):
                yield value
            else:
                yield from _texts(value)


def _count(blocks: list[Any]) -> int:
    nested = [block[place] for block in blocks if isinstance(block, dict) for place in nested_in(block)]
    return len(blocks) + sum(_count(inner) for inner in nested)


def _whole(check: Check, blocks: list[Json], at: str) -> None:
    """What can only be said of all blocks together: ids that are used twice, and what may be there once."""
    flat = list(_flat(blocks))
    for name, times in Counter(str(block["block_id"]) for block in flat if block.get("block_id")).items():
        if times > 1:
            check.say(f"`block_id` {name} already exists for another block", at)
    for block in flat:
        used = Counter(placed.action_id for placed in every_element([block]) if placed.action_id)
        if nested_in(block):
            continue
        for name, times in used.items():
            if times > 1:
                check.say(f"`action_id` {name} already exists for another element", at)
    if check.surface == "message":
        _message_totals(check, flat, at)
    _focus(check, flat, at)


def _message_totals(check: Check, flat: list[Json], at: str) -> None:
    kinds = Counter(block["type"] for block in flat)
    if kinds["table"] > limits.TABLES:
        check.say("only_one_table_allowed", at)
    if kinds["data_visualization"] > limits.CHARTS:
        check.say(f"no more than {limits.CHARTS} data_visualization blocks allowed", at)
    markdown = sum(len(block["text"]) for block in flat if block["type"] == "markdown")
    if markdown > limits.MARKDOWN:
        check.say(f"must be less than {limits.MARKDOWN + 1} characters", at)


def _focus(check: Check, flat: list[Json], at: str) -> None:
    if sum(bool(placed.element.get("focus_on_load")) for placed in every_element(flat)) > 1:
        check.say("only one element may have focus_on_load", at)


def _flat(blocks: Sequence[Json]) -> Iterable[Json]:
    for block in blocks:
        yield block
        for place in nested_in(block):
            yield from _flat(block[place])


def _block(check: Check, block: Any, path: str) -> None:
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
        _element(check, block["accessory"], f"{path}/accessory", "accessory")


def _header(check: Check, block: Json, path: str) -> None:
    check.text(block, "text", path, limits.HEADER, required=True)
    check.one_of(block, "level", path, (1, 2, 3, 4))


def _image(check: Check, block: Json, path: str) -> None:
    check.string(block, "alt_text", path, limits.ALT_TEXT, required=True)
    check.string(block, "image_url", path, limits.URL)
    if isinstance(block.get("title"), dict):
        check.text(block, "title", path, 2000)
    if bool(block.get("image_url")) == bool(block.get("slack_file")):
        check.say("must provide exactly one of image_url and slack_file", path)


def _context(check: Check, block: Json, path: str) -> None:
    for number, element in enumerate(check.items(block, "elements", path, limits.CONTEXT_ELEMENTS)):
        here = f"{path}/elements/{number}"
        if isinstance(element, dict) and element.get("type") == "image":
            _image(check, element, here)
        else:
            check.text_object(element, here, limits.CONTEXT, mrkdwn=True)


def _actions(check: Check, block: Json, path: str) -> None:
    for number, element in enumerate(check.items(block, "elements", path, limits.ACTION_ELEMENTS)):
        _element(check, element, f"{path}/elements/{number}", "actions")


def _context_actions(check: Check, block: Json, path: str) -> None:
    for number, element in enumerate(check.items(block, "elements", path, 5)):
        _element(check, element, f"{path}/elements/{number}", "context_actions")


def _input(check: Check, block: Json, path: str) -> None:
    check.text(block, "label", path, limits.LABEL, required=True)
    check.text(block, "hint", path, limits.LABEL)
    if block.get("element") is None:
        return check.say("missing required field: element", path)
    return _element(check, block["element"], f"{path}/element", "input")


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
        _element(check, element, f"{path}/actions/{number}", "card")


def _carousel(check: Check, block: Json, path: str) -> None:
    for number, card in enumerate(check.items(block, "elements", path, 10)):
        here = f"{path}/elements/{number}"
        if not isinstance(card, dict) or card.get("type") != "card":
            check.say("unsupported type", f"{here}/type")
        else:
            _block(check, card, here)


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
            _block(check, child, here)


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
    if sum(len(text) for text in _texts(rows)) > limits.TABLE_TEXT:
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
    if sum(len(text) for text in _texts(rows)) > limits.TABLE_TEXT:
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
    "image": _image,
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


def _element(check: Check, element: Any, path: str, place: str) -> None:
    if not isinstance(element, dict):
        return check.say("must provide an object", path)
    kind = str(element.get("type"))
    if kind not in FITS[place] or check.surface not in ELEMENT_SURFACES.get(kind, {check.surface}):
        return check.say(f"unsupported type: {kind}", f"{path}/type")
    if kind == "image":
        return _image(check, element, path)
    if kind in ELEMENT_FIELDS:
        check.known_fields(element, ELEMENT_FIELDS[kind], path)
    check.string(element, "action_id", path, limits.ID)
    check.text(element, "placeholder", path, limits.PLACEHOLDER)
    if element.get("confirm") is not None:
        _confirm(check, element["confirm"], f"{path}/confirm")
    rule = ELEMENT_RULES.get(kind)
    return rule(check, element, path) if rule else None


def _confirm(check: Check, confirm: Any, path: str) -> None:
    if not isinstance(confirm, dict):
        return check.say("must provide an object", path)
    check.text(confirm, "title", path, 100)
    check.text(confirm, "text", path, 300, required=True, mrkdwn=True)
    check.text(confirm, "confirm", path, 30)
    check.text(confirm, "deny", path, 30)
    return check.one_of(confirm, "style", path, ("primary", "danger"))


def _button(check: Check, element: Json, path: str) -> None:
    check.text(element, "text", path, limits.BUTTON_TEXT, required=True)
    check.string(element, "value", path, limits.BUTTON_VALUE)
    check.string(element, "url", path, limits.URL)
    check.string(element, "accessibility_label", path, limits.BUTTON_TEXT)
    check.string(element, "agent_prompt", path, 4000)
    check.one_of(element, "style", path, ("primary", "danger"))


def _options(check: Check, element: Json, path: str, most: int, *, mrkdwn: bool = False) -> None:
    for number, option in enumerate(check.items(element, "options", path, most)):
        _option(check, option, f"{path}/options/{number}", mrkdwn=mrkdwn)
    _initial(check, element, path)


def _option(check: Check, option: Any, path: str, *, mrkdwn: bool) -> None:
    if not isinstance(option, dict):
        return check.say("must provide an object", path)
    check.known_fields(option, {"text", "value", "description", "url"}, path)
    check.text(option, "text", path, limits.OPTION_TEXT, required=True, mrkdwn=mrkdwn)
    check.string(option, "value", path, limits.OPTION_VALUE, required=True)
    check.text(option, "description", path, limits.OPTION_TEXT, mrkdwn=mrkdwn)
    return check.string(option, "url", path, limits.URL)


def _initial(check: Check, element: Json, path: str) -> None:
    """What is chosen beforehand has to be one of the options, word for word."""
    options = list(element.get("options") or ())
    for group in element.get("option_groups") or ():
        options += group.get("options") or ()
    one = element.get("initial_option")
    if one is not None and one not in options:
        check.say("initial_option must be one of the options", f"{path}/initial_option")
    several = element.get("initial_options")
    if several is not None and (not several or any(option not in options for option in several)):
        check.say("initial_options must be one or more of the options", f"{path}/initial_options")


def _choices(check: Check, element: Json, path: str) -> None:
    _options(check, element, path, limits.CHOICES, mrkdwn=True)


def _overflow(check: Check, element: Json, path: str) -> None:
    _options(check, element, path, 5)


def _static_select(check: Check, element: Json, path: str) -> None:
    groups = element.get("option_groups")
    if groups is None:
        return _options(check, element, path, limits.SELECT_OPTIONS)
    for number, group in enumerate(check.items(element, "option_groups", path, limits.SELECT_OPTIONS)):
        here = f"{path}/option_groups/{number}"
        check.text(group, "label", here, limits.OPTION_TEXT, required=True)
        _options(check, group, here, limits.SELECT_OPTIONS)
    return _initial(check, element, path)


def _plain_text_input(check: Check, element: Json, path: str) -> None:
    check.number(element, "min_length", path, 0, limits.INPUT_LENGTH)
    check.number(element, "max_length", path, 1, limits.INPUT_LENGTH)
    check.string(element, "initial_value", path, int(element.get("max_length") or limits.INPUT_LENGTH))


def _number_input(check: Check, element: Json, path: str) -> None:
    if not isinstance(element.get("is_decimal_allowed"), bool):
        check.say("missing required field: is_decimal_allowed", path)
    for key in ("initial_value", "min_value", "max_value"):
        check.string(element, key, path, 64)


ELEMENT_RULES: dict[str, Callable[[Check, Json, str], None]] = {
    "button": _button,
    "radio_buttons": _choices,
    "checkboxes": _choices,
    "overflow": _overflow,
    "static_select": _static_select,
    "multi_static_select": _static_select,
    "plain_text_input": _plain_text_input,
    "number_input": _number_input,
}
