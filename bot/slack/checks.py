"""What no drawing of a part can know, checked before anything leaves: how many there are, and how much in all.

Each text is cut to its own limit where it is drawn (:mod:`bot.slack.blocks`).
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot import limits
from bot.slack.blocks import Block, Message, message
from bot.slack.mrkdwn import size
from bot.views.document import Document

log = logging.getLogger(__name__)


_HOLDERS = (dict, list, tuple)
"""What blocks are made of. To ask for any mapping would take ten times as long."""


class TooLong(ValueError):
    """A message or view that Slack would refuse: what is too long or too many, and how many there may be."""

    def __init__(self, what: str, limit: int) -> None:
        self.what, self.limit = what, limit
        super().__init__(f"{what}: more than {limit:,}")


def leaving(document: Document, drawn: Message | None = None) -> Message:
    """A document as it is sent: as a message, or its text as a single block when Slack would refuse the others.

    ``drawn``: that message, where it is at hand.
    """
    drawn = drawn or message(document)
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
    _most("tables", sum(block["type"] == "table" for block in blocks), limits.TABLES)
    _most("text of all blocks", _check_blocks(blocks), limits.ALL_BLOCK_TEXT)


def check_view(view: Mapping[str, Any]) -> None:
    """Raises :class:`TooLong` when Slack would refuse the form or Home page."""
    _most("blocks of the view", len(view["blocks"]), limits.VIEW_BLOCKS)
    _most("private_metadata", size(view.get("private_metadata", "")), limits.METADATA)
    _check_blocks(view["blocks"])
    _most("bytes of the view", len(json.dumps(view)), limits.VIEW_BYTES)


def texts(part: Any) -> Iterator[str]:
    """Every text in some blocks, as it is drawn."""
    if isinstance(part, dict) and part.get("type") in ("mrkdwn", "plain_text", "raw_text", "text"):
        yield part["text"]
        return
    for inner in part.values() if isinstance(part, dict) else part:
        if isinstance(inner, _HOLDERS):
            yield from texts(inner)


def _most(what: str, number: int, limit: int) -> None:
    if number > limit:
        raise TooLong(what, limit)


def _check_blocks(blocks: Sequence[Block]) -> int:
    """How long the texts of all blocks are together."""
    _unique("block_id", [block["block_id"] for block in blocks if "block_id" in block])
    placed = [(block, one) for block in blocks for one in _elements(block)]
    _unique("action_id", [one["action_id"] for block, one in placed if block["type"] != "input"])
    for _, one in placed:
        _most("action_id", size(one["action_id"]), limits.ID)
        _most("value of a button", size(one.get("value", "")), limits.BUTTON_VALUE)
        for option in one.get("options", ()):
            _most("value of an option", size(option["value"]), limits.OPTION_VALUE)
    in_all = 0
    for block in blocks:
        _most("block_id", size(block.get("block_id", "")), limits.ID)
        sizes = [size(text) for text in texts(block)]
        _most("texts that are empty", sizes.count(0), 0)
        in_all += sum(sizes)
        if block["type"] == "table":
            _most("text of a table", sum(sizes), limits.TABLE_TEXT)
        if block["type"] == "data_visualization":
            _check_chart(block["chart"])
    return in_all


def _elements(block: Block) -> list[dict[str, Any]]:
    if block["type"] == "actions":
        return list(block["elements"])
    return [block[part] for part in ("accessory", "element") if part in block]


def _unique(what: str, named: Sequence[str]) -> None:
    for name, used in Counter(named).items():
        _most(f"{what} {name!r} used", used, 1)


def _check_chart(chart: Mapping[str, Any]) -> None:
    points, lines = chart["axis_config"]["categories"], [line["name"] for line in chart["series"]]
    _most("lines of a chart", len(lines), limits.CHART_LINES)
    _most("points of a chart", len(points), limits.CHART_POINTS)
    for name in (*lines, *points):
        _most("name in a chart", size(name), limits.CHART_NAME)
    _unique("line of a chart", lines)
    _unique("point of a chart", points)
