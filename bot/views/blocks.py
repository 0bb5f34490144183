"""Block Kit, as plain dicts. Texts that are too long are cut with an ellipsis; nothing here raises.

A text given as ``str`` is our own and may hold mrkdwn; people's words go in with :func:`words`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bot.views import ids, mrkdwn
from bot.views.message import Block, Message

Element = dict[str, Any]
TextObject = dict[str, Any]

SECTION = 3_000
FIELD = 2_000
HEADER = 150
BUTTON = 75
OPTION = 75
TITLE = 24
PLACEHOLDER = 150
LABEL = 2_000
PAGE_BLOCKS = 100
ALT_TEXT = 2_000
CHART_TITLE = 50
FALLBACK = 3_900
"""Characters of a message's text; Slack takes 4,000 when it is edited."""


def _mrkdwn(text: str, most: int = SECTION) -> TextObject:
    return {"type": "mrkdwn", "text": mrkdwn.cut(text, most), "verbatim": True}


def _plain(text: str, most: int) -> TextObject:
    return {"type": "plain_text", "text": mrkdwn.cut(text, most), "emoji": False}


def words(text: str, most: int = SECTION) -> TextObject:
    """Somebody's own words, shown as typed."""
    return {"type": "plain_text", "text": mrkdwn.plain(text, most), "emoji": False}


def header(text: str) -> Block:
    return {"type": "header", "text": _plain(text, HEADER)}


def section(
    text: str | TextObject, *, accessory: Element | None = None, fields: Sequence[str | TextObject] = ()
) -> Block:
    block: Block = {"type": "section", "text": _mrkdwn(text) if isinstance(text, str) else text}
    if fields:
        block["fields"] = [_mrkdwn(f, FIELD) if isinstance(f, str) else f for f in fields[:10]]
    if accessory is not None:
        block["accessory"] = accessory
    return block


def context(*texts: str | TextObject) -> Block:
    elements = [_mrkdwn(text, FIELD) if isinstance(text, str) else text for text in texts[:10]]
    return {"type": "context", "elements": elements}


def image(file: str, alt_text: str) -> Block:
    """A picture that was uploaded to Slack, by the id of its file."""
    return {"type": "image", "slack_file": {"id": file}, "alt_text": mrkdwn.cut(alt_text, ALT_TEXT)}


def line_chart(
    title: str, categories: Sequence[str], lines: Mapping[str, Sequence[float]], *, x_label: str, y_label: str
) -> Block:
    """Slack's own chart: at most 20 categories and 6 lines, names of at most 20 characters, all of them unique."""
    series = [
        {
            "name": name,
            "data": [{"label": at, "value": value} for at, value in zip(categories, values, strict=True)],
        }
        for name, values in lines.items()
    ]
    axes = {"categories": list(categories), "x_label": x_label, "y_label": y_label}
    chart = {"type": "line", "series": series, "axis_config": axes}
    return {"type": "data_visualization", "title": mrkdwn.cut(title, CHART_TITLE), "chart": chart}


def divider() -> Block:
    return {"type": "divider"}


def actions(*elements: Element) -> Block:
    return {"type": "actions", "elements": list(elements[:25])}


def button(
    text: str, action: str, value: object = "{}", *, primary: bool = False, spoken: str | None = None
) -> Element:
    """A button. ``spoken`` is what a screen reader says where the label alone would not do."""
    element: Element = {
        "type": "button",
        "text": _plain(text, BUTTON),
        "action_id": action,
        "value": str(value),
    }
    if primary:
        element["style"] = "primary"
    if spoken:
        element["accessibility_label"] = mrkdwn.cut(spoken, BUTTON)
    return element


def option(text: str, value: str) -> Element:
    return {"text": _plain(text, OPTION), "value": value}


def checkboxes(action: str, options: Sequence[Element], chosen: Sequence[str] = ()) -> Element:
    element: Element = {"type": "checkboxes", "action_id": action, "options": list(options[:10])}
    picked = [one for one in element["options"] if one["value"] in chosen]
    return element | ({"initial_options": picked} if picked else {})


def radio(action: str, options: Sequence[Element], chosen: str | None = None) -> Element:
    element: Element = {"type": "radio_buttons", "action_id": action, "options": list(options[:10])}
    return element | _initial(element["options"], chosen)


def select(action: str, options: Sequence[Element], placeholder: str, chosen: str | None = None) -> Element:
    element: Element = {
        "type": "static_select",
        "action_id": action,
        "options": list(options[:100]),
        "placeholder": _plain(placeholder, PLACEHOLDER),
    }
    return element | _initial(element["options"], chosen)


def _initial(options: Sequence[Element], chosen: str | None) -> Element:
    picked = next((one for one in options if one["value"] == chosen), None)
    return {"initial_option": picked} if picked else {}


def text_input(
    action: str,
    *,
    multiline: bool = False,
    most: int | None = None,
    least: int | None = None,
    placeholder: str = "",
    value: str = "",
) -> Element:
    """A field for text. ``value`` is what stands in it at first: as typed, since fields draw no markup."""
    element: Element = {"type": "plain_text_input", "action_id": action, "multiline": multiline}
    if placeholder:
        element["placeholder"] = _plain(placeholder, PLACEHOLDER)
    if value:
        element["initial_value"] = _first(value, most) if most is not None else value
    if most is not None:
        element["max_length"] = most
    if least is not None:
        element["min_length"] = least
    return element


def _first(value: str, most: int) -> str:
    """The first characters of a text, as many as Slack counts as ``most``."""
    value = value[:most]
    while mrkdwn.size(value) > most:
        value = value[:-1]
    return value


def channel_picker(action: str) -> Element:
    """Any conversation in which the app may post; with an address to answer its person at."""
    return {
        "type": "conversations_select",
        "action_id": action,
        "default_to_current_conversation": True,
        "response_url_enabled": True,
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }


def field(block_id: str, label: str, element: Element, *, hint: str = "", optional: bool = True) -> Block:
    """An input block: one field of a form."""
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": _plain(label, LABEL),
        "element": element,
        "optional": optional,
    }
    if hint:
        block["hint"] = _plain(hint, LABEL)
    return block


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    title: str
    align: Literal["left", "right"] = "right"


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> Block:
    """A table block; its first row is the header. At most 100 rows of 20 cells."""
    lines = [[column.title for column in columns], *rows[:99]]
    return {
        "type": "table",
        "column_settings": [{"align": column.align, "is_wrapped": True} for column in columns],
        "rows": [[{"type": "raw_text", "text": cell or "-"} for cell in line[:20]] for line in lines],
    }


def form(callback_id: str, title: str, submit: str, blocks: Sequence[Block], metadata: str) -> dict[str, Any]:
    """A modal."""
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": _plain(title, TITLE),
        "submit": _plain(submit, TITLE),
        "close": _plain("Cancel", TITLE),
        "private_metadata": metadata,
        "blocks": list(blocks),
    }


def page(title: str, blocks: Sequence[Block], metadata: str) -> dict[str, Any]:
    """A modal that is only read."""
    return {
        "type": "modal",
        "title": _plain(title, TITLE),
        "close": _plain("Close", TITLE),
        "private_metadata": metadata,
        "blocks": list(blocks[:PAGE_BLOCKS]),
    }


def message(lines: Sequence[str], blocks: Sequence[Block], *, what: str = "", version: int = 0) -> Message:
    """A message. ``lines`` are its plain text, the most important first: what does not fit is left out, and says so.

    ``what`` and ``version`` give its blocks new ids with each version; without them Slack numbers the blocks.
    """
    numbered = [
        {**block, "block_id": ids.message_block(what, version, place)}
        if what and "block_id" not in block
        else block
        for place, block in enumerate(blocks)
    ]
    return Message(fallback(lines), tuple(numbered))


def fallback(lines: Sequence[str]) -> str:
    """The plain text of a message within its limit: whole lines, as many as fit."""
    kept: list[str] = []
    left = FALLBACK - 20
    for line in filter(None, lines):
        if mrkdwn.size(line) + 1 > left:
            kept.append(mrkdwn.cut(line, left) if left > 200 else mrkdwn.ELLIPSIS)
            break
        kept.append(line)
        left -= mrkdwn.size(line) + 1
    return "\n".join(kept)


def without_table(message: Message) -> Message:
    """The same message with its table written out as text, for where Slack refuses table blocks."""
    return Message(message.text, tuple(_as_text(b) if b["type"] == "table" else b for b in message.blocks))


def _as_text(block: Mapping[str, Any]) -> Block:
    first, *rows = [[cell["text"] for cell in row] for row in block["rows"]]
    lines = [
        f"{row[0]}: " + ", ".join(f"{n}: {c}" for n, c in zip(first[1:], row[1:], strict=True))
        for row in rows
    ]
    kept = {"block_id": block["block_id"]} if "block_id" in block else {}
    return {**section("\n".join(lines)), **kept}
