"""Slack's limits, checked before anything leaves: what is drawn fits, and if it should not, its text alone is sent."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot import limits
from bot.slack.blocks import Block, Message, message
from bot.slack.mrkdwn import size
from bot.views.document import Document

log = logging.getLogger(__name__)


class TooLong(ValueError):
    """A message or view that Slack would refuse: what is too long or too many, and how many there may be."""

    def __init__(self, what: str, limit: int) -> None:
        self.what, self.limit = what, limit
        super().__init__(f"{what}: more than {limit:,}")


def leaving(document: Document) -> Message:
    """A document as it is sent: as a message, or its text as a single block when Slack would refuse the others."""
    drawn = message(document)
    try:
        check(drawn.text, drawn.blocks)
    except TooLong as broken:
        log.error("a message is beyond a limit of Slack (%s); sending its text alone", broken)
        return text_alone(drawn)
    return drawn


def text_alone(drawn: Message) -> Message:
    """A message's text as a single block."""
    said = {"type": "plain_text", "text": drawn.text[: limits.SECTION] or " "}
    return Message(drawn.text, ({"type": "section", "text": said},))


def check(text: str, blocks: Sequence[Block]) -> None:
    """Raises :class:`TooLong` when Slack would refuse the message."""
    _most("text", size(text), limits.EDITED_TEXT)
    _most("blocks", len(blocks), limits.MESSAGE_BLOCKS)
    _check_blocks(blocks)
    _most("text of all blocks", sum(size(words) for words in texts(blocks)), limits.ALL_BLOCK_TEXT)
    _most("tables", sum(block["type"] == "table" for block in blocks), limits.TABLES)


def check_view(view: Mapping[str, Any]) -> None:
    """Raises :class:`TooLong` when Slack would refuse the form or Home page."""
    _most("blocks of the view", len(view["blocks"]), limits.VIEW_BLOCKS)
    for part in ("title", "submit", "close"):
        if part in view:
            _text(part, view[part], limits.VIEW_TITLE)
    _most("private_metadata", size(view.get("private_metadata", "")), limits.METADATA)
    _most("callback_id", size(view.get("callback_id", "")), limits.ID)
    _check_blocks(view["blocks"])
    _most("bytes of the view", len(json.dumps(view)), limits.VIEW_BYTES)


def texts(part: Any) -> Iterator[str]:
    """Every text in some blocks, as it is drawn."""
    if isinstance(part, Mapping):
        if part.get("type") in ("mrkdwn", "plain_text", "raw_text", "text"):
            yield part["text"]
        else:
            for inner in part.values():
                yield from texts(inner)
    elif isinstance(part, list | tuple):
        for inner in part:
            yield from texts(inner)


def _most(what: str, number: int, limit: int) -> None:
    if number > limit:
        raise TooLong(what, limit)


def _text(what: str, text: Mapping[str, Any] | None, limit: int) -> None:
    if text is None:
        return
    _most(what, size(text["text"]), limit)
    if not text["text"]:
        raise TooLong(f"{what}, which is empty: characters", 0)


def _check_blocks(blocks: Sequence[Block]) -> None:
    named = [block["block_id"] for block in blocks if "block_id" in block]
    _unique("block_id", named)
    for block in blocks:
        _most("block_id", size(block.get("block_id", "")), limits.ID)
        match block["type"]:
            case "header":
                _text("header", block["text"], limits.HEADER)
            case "section":
                _check_section(block)
            case "context":
                _most("elements of a context", len(block["elements"]), limits.CONTEXT_ELEMENTS)
                for element in block["elements"]:
                    _text("context", element, limits.CONTEXT)
            case "actions":
                _most("elements of actions", len(block["elements"]), limits.ACTION_ELEMENTS)
                for element in block["elements"]:
                    _check_element(element)
            case "input":
                _text("label", block["label"], limits.LABEL)
                _text("hint", block.get("hint"), limits.LABEL)
                _check_element(block["element"])
            case "table":
                _check_table(block)
            case "image":
                _most("alt_text", size(block["alt_text"]), limits.ALT_TEXT)
            case "data_visualization":
                _check_chart(block)
    _unique(
        "action_id",
        [e["action_id"] for block in blocks for e in _elements(block) if block["type"] != "input"],
    )


def _elements(block: Block) -> list[dict[str, Any]]:
    if block["type"] == "actions":
        return list(block["elements"])
    return [block[part] for part in ("accessory", "element") if part in block]


def _unique(what: str, named: Sequence[str]) -> None:
    for name in set(named):
        _most(f"{what} {name!r} used", named.count(name), 1)


def _check_section(block: Block) -> None:
    _text("section", block.get("text"), limits.SECTION)
    _most("fields of a section", len(block.get("fields", ())), limits.FIELDS)
    for field in block.get("fields", ()):
        _text("field of a section", field, limits.FIELD)
    if "accessory" in block:
        _check_element(block["accessory"])


def _check_element(element: Mapping[str, Any]) -> None:
    _most("action_id", size(element.get("action_id", "")), limits.ID)
    _text("placeholder", element.get("placeholder"), limits.PLACEHOLDER)
    _most("max_length", element.get("max_length", 0), limits.INPUT_LENGTH)
    _most(
        "initial value",
        size(element.get("initial_value", "")),
        element.get("max_length", limits.INPUT_LENGTH),
    )
    if element["type"] == "button":
        _text("button", element["text"], limits.BUTTON_TEXT)
        _most("value of a button", size(element.get("value", "")), limits.BUTTON_VALUE)
        _most("spoken label of a button", size(element.get("accessibility_label", "")), limits.BUTTON_TEXT)
    options = element.get("options", ())
    _most(
        "options",
        len(options),
        limits.SELECT_OPTIONS if element["type"] == "static_select" else limits.CHOICES,
    )
    for option in options:
        _text("option", option["text"], limits.OPTION_TEXT)
        _most("value of an option", size(option["value"]), limits.OPTION_VALUE)


def _check_table(block: Block) -> None:
    _most("rows of a table", len(block["rows"]), limits.TABLE_ROWS)
    for row in block["rows"]:
        _most("cells of a row", len(row), limits.TABLE_CELLS)
    _most(
        "text of a table",
        sum(size(cell.get("text", "")) for row in block["rows"] for cell in row),
        limits.TABLE_TEXT,
    )


def _check_chart(block: Block) -> None:
    chart = block["chart"]
    categories = chart["axis_config"]["categories"]
    names = [line["name"] for line in chart["series"]]
    _most("title of a chart", size(block["title"]), limits.CHART_TITLE)
    _most("lines of a chart", len(names), limits.CHART_LINES)
    _most("points of a chart", len(categories), limits.CHART_POINTS)
    for name in (*names, *categories):
        _most("name in a chart", size(name), limits.CHART_NAME)
    _unique("line of a chart", names)
    _unique("point of a chart", categories)
