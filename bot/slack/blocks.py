"""Documents as Slack shows them: a message's blocks and its text, forms, App Home. Nothing here raises.

What is too long is cut with an ellipsis: in a message to what one block holds, on a page over several blocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from bot import limits
from bot.slack import mrkdwn
from bot.views import document as doc
from bot.views import ids
from bot.views.document import Bullets, Document, Form, Home, Parts, Text, Words, joined

Block = dict[str, Any]
TEXT = 3_900
"""Characters of a message's text, less than may be edited."""
LEAST_LEFT = 200
"""Of a line that does not fit whole, a part is shown only where there is more room than this."""
PART = 2_800
"""Characters of points in a block before the next one is begun."""


@dataclass(frozen=True)
class Message:
    """A message as Slack takes it.

    text: the whole of it in plain words, figures included: what notifications show and screen readers read.
    blocks: plain dicts (slack_sdk's models turn block types that they lack into None).
    """

    text: str
    blocks: tuple[Block, ...]


def message(document: Document) -> Message:
    """A document as a message; where it is drawn again and again its blocks have new ids each time."""
    blocks = _blocks(document.parts)
    if document.what:  # Slack keeps what was typed by block id
        for place, block in enumerate(blocks):
            block["block_id"] = f"{document.what}:{document.version}:{place}"
    return Message(text(document), tuple(blocks))


def text(document: Document) -> str:
    """What is read aloud, within the limit of a message's text: whole lines, as many as fit."""
    kept: list[str] = []
    left = TEXT - 20
    for line in filter(None, map(mrkdwn.unstyled, doc.aloud(document.parts))):
        if mrkdwn.size(line) + 1 > left:
            kept.append(mrkdwn.cut(line, left) if left > LEAST_LEFT else mrkdwn.ELLIPSIS)
            break
        kept.append(line)
        left -= mrkdwn.size(line) + 1
    return "\n".join(kept)


def without_table(document: Document) -> Document:
    """The same document with its table in sentences, for where Slack refuses table blocks."""
    parts = (Text("\n".join(one.aloud)) if isinstance(one, doc.Table) else one for one in document.parts)
    return replace(document, parts=tuple(parts))


def has_chart(document: Document) -> bool:
    """Whether Slack need not take it as it is."""
    return any(isinstance(one, doc.Chart) for one in document.parts)


def without_chart(document: Document) -> Document:
    """The same document without its chart, for where Slack refuses charts."""
    return replace(document, parts=tuple(one for one in document.parts if not isinstance(one, doc.Chart)))


def view(form: Form | Home) -> dict[str, Any]:
    """A form or a page as a modal, or somebody's App Home."""
    if isinstance(form, Home):
        # The ids stay the same, so that a press counts that comes while the page is drawn anew.
        blocks = [{**one, "block_id": f"{ids.HOME}:{place}"} for place, one in enumerate(_long(form.parts))]
        return {"type": "home", "callback_id": ids.HOME, "blocks": blocks}
    shown: dict[str, Any] = {
        "type": "modal",
        "title": _plain(form.title, limits.VIEW_TITLE),
        "close": _plain("Cancel" if form.submit else "Close", limits.VIEW_TITLE),
        "private_metadata": form.carries,
        "blocks": _long(form.parts)[: limits.VIEW_BLOCKS],
    }
    if form.submit:
        shown |= {"callback_id": form.name, "submit": _plain(form.submit, limits.VIEW_TITLE)}
    return shown


def _blocks(parts: Parts) -> list[Block]:
    return [block for part in parts if part and doc.says_something(part) for block in _drawn(part)]


def _long(parts: Parts) -> list[Block]:
    """The blocks where there is room for many: points that one block does not hold go on in the next."""
    pages = (_spread(part) if isinstance(part, Bullets) else (part,) for part in parts)
    return _blocks(tuple(part for page in pages for part in page))


def _spread(bullets: Bullets) -> Iterator[Bullets]:
    lead: Words = bullets.lead
    points: list[Words | Bullets] = []
    used = mrkdwn.size(mrkdwn.written(lead))
    for item in bullets.items:
        needs = mrkdwn.size(_points(Bullets((item,))))
        if points and used + needs > PART:
            yield Bullets(tuple(points), lead)
            lead, points, used = "", [], 0
        points.append(item)
        used += needs + 1
    yield Bullets(tuple(points), lead)


def _drawn(part: doc.Part) -> Iterator[Block]:
    match part:
        case doc.Heading(words):
            yield {"type": "header", "text": _plain(words, limits.HEADER)}
        case Text():
            yield _section(part)
        case Bullets():
            yield _paragraph(_points(part))
        case doc.Small(words):
            yield {"type": "context", "elements": [_mrkdwn(mrkdwn.written(words), limits.CONTEXT)]}
        case doc.Rule():
            yield {"type": "divider"}
        case doc.Table():
            yield _table(part)
        case doc.Picture(file, words):
            alt = mrkdwn.cut(words, limits.ALT_TEXT)
            yield {"type": "image", "slack_file": {"id": file}, "alt_text": alt}
        case doc.Chart():
            if part.title:
                yield _paragraph(mrkdwn.written(doc.Strong(part.title)))
            yield chart(part)
        case doc.Verbatim(text):
            yield verbatim(text)
        case doc.Buttons(elements):
            drawn = [_element(one) for one in elements[: limits.ACTION_ELEMENTS]]
            yield {"type": "actions", "elements": drawn}
        case doc.Field():
            yield _field(part)


def _mrkdwn(text: str, most: int) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": mrkdwn.cut(text, most), "verbatim": True}


def _plain(words: str, most: int) -> dict[str, Any]:
    return _unmarked(mrkdwn.written(words), most)


def _unmarked(text: str, most: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": mrkdwn.cut(text, most), "emoji": False}


def _paragraph(text: str) -> Block:
    return {"type": "section", "text": _mrkdwn(text, limits.SECTION)}


def _section(part: Text) -> Block:
    """A paragraph; one that is nothing but somebody's words is drawn without any markup."""
    if isinstance(part.words, doc.Said) and not part.title:
        said = mrkdwn.plain(part.words.words, part.words.most)
        block = {"type": "section", "text": _unmarked(said, limits.SECTION)}
    else:
        title = doc.Strong(part.title) if part.title else ""
        block = _paragraph(mrkdwn.written(joined("\n", (title, part.words))))
    return block | ({"accessory": _element(part.button)} if part.button else {})


def _points(bullets: Bullets) -> str:
    lead = [mrkdwn.written(bullets.lead)] if bullets.lead else []
    points = [
        _points(one) if isinstance(one, Bullets) else f"{number or '• '}{mrkdwn.written(one)}"
        for number, one in bullets.points
    ]
    return "\n".join([*lead, *points])


def _table(part: doc.Table) -> Block:
    """A table whose first row is its header."""
    lines = [part.columns, *part.rows[: limits.TABLE_ROWS - 1]]
    return {
        "type": "table",
        "column_settings": [
            {"align": "left" if place < part.worded else "right", "is_wrapped": True}
            for place in range(len(part.columns))
        ],
        "rows": [
            [{"type": "raw_text", "text": cell or "-"} for cell in line[: limits.TABLE_CELLS]]
            for line in lines
        ],
    }


def verbatim(text: str) -> Block:
    """A text that nothing styles, and that is copied as it is."""
    inside = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [inside]}


def chart(part: doc.Chart) -> Block:
    """Slack's own chart, whose scales are even."""
    series = [
        {"name": name, "data": [{"label": at, "value": y} for at, y in zip(part.points, ys, strict=True)]}
        for name, ys in part.lines.items()
    ]
    axes = {"categories": list(part.points), "x_label": part.x_label, "y_label": part.y_label}
    drawn = {"type": "bar" if part.bars else "line", "series": series, "axis_config": axes}
    return {"type": "data_visualization", "title": mrkdwn.cut(part.name, limits.CHART_TITLE), "chart": drawn}


def _field(part: doc.Field) -> Block:
    block = {
        "type": "input",
        "block_id": part.id,
        "label": _plain(part.label, limits.LABEL),
        "element": _element(part.entry),
        "optional": part.optional,
    }
    return block | ({"hint": _plain(part.hint, limits.LABEL)} if part.hint else {})


def _element(one: doc.Button | doc.Entry | doc.Choice | doc.ChannelPicker) -> dict[str, Any]:
    match one:
        case doc.Button():
            return _button(one)
        case doc.Entry():
            return _entry(one)
        case doc.ChannelPicker():
            return {
                "type": "conversations_select",
                "action_id": ids.VALUE,
                "default_to_current_conversation": True,
                "response_url_enabled": True,
                "filter": {"include": ["public", "private"], "exclude_bot_users": True},
            }
        case doc.Choice():
            return _choice(one)


def _button(one: doc.Button) -> dict[str, Any]:
    element: dict[str, Any] = {
        "type": "button",
        "text": _unmarked(_label(one.label), limits.BUTTON_TEXT),
        "action_id": one.action,
        "value": str(one.press),
    }
    if one.primary:
        element["style"] = "primary"
    if one.spoken:
        element["accessibility_label"] = mrkdwn.cut(one.spoken, limits.BUTTON_TEXT)
    return element


def _label(label: str | doc.Said) -> str:
    """What a button says: with a name out of a file in it, it may hold anything."""
    if isinstance(label, str):
        return mrkdwn.written(label)
    is_harmless = label.words.isascii() and not set(label.words) & set("<>&")
    return label.words if is_harmless else mrkdwn.plain(label.words, limits.BUTTON_TEXT)


def _entry(one: doc.Entry) -> dict[str, Any]:
    """A field for text; what stands in it at first is as typed, since fields draw no markup."""
    element: dict[str, Any] = {
        "type": "plain_text_input",
        "action_id": ids.VALUE,
        "multiline": one.several_lines,
        "max_length": one.most,
    }
    if one.placeholder:
        element["placeholder"] = _plain(one.placeholder, limits.PLACEHOLDER)
    first = one.value[: one.most]
    while mrkdwn.size(first) > one.most:
        first = first[:-1]
    return element | ({"initial_value": first} if first else {})


CHOICES = {
    "menu": ("static_select", limits.SELECT_OPTIONS),
    "one": ("radio_buttons", limits.CHOICES),
    "any": ("checkboxes", limits.CHOICES),
}
"""What Slack calls each way to choose, and of how many."""


def _choice(one: doc.Choice) -> dict[str, Any]:
    kind, most = CHOICES[one.how]
    options = [_option(option) for option in one.options[:most]]
    element: Block = {"type": kind, "action_id": one.action, "options": options}
    if one.how == "menu":
        element["placeholder"] = _plain(one.placeholder, limits.PLACEHOLDER)
    first = [option for option in options if option["value"] in one.chosen]
    if first:
        element |= {"initial_options": first} if one.how == "any" else {"initial_option": first[0]}
    return element


def _option(one: doc.Option) -> dict[str, Any]:
    return {"text": _plain(one.label, limits.OPTION_TEXT), "value": one.value}
