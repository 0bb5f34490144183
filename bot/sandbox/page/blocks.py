"""Block Kit blocks as HTML. A block of a type not known here, or broken, is a visible box and never dropped."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bot.sandbox.page.charts import chart
from bot.sandbox.page.elements import element, image_address, local_or_web, text_object, unknown
from bot.sandbox.page.html import Html, div, join, link, span, tag
from bot.sandbox.page.markdown import markdown
from bot.sandbox.page.mrkdwn import decode
from bot.sandbox.page.rich_text import rich_text
from bot.sandbox.page.scene import Scene
from bot.sandbox.page.tables import data_table, table

Block = Mapping[str, Any]
LEVELS = {"info": "Note", "warning": "Warning", "error": "Error", "success": "Done"}
BROKEN = (KeyError, TypeError, ValueError, AttributeError, IndexError, ArithmeticError)
log = logging.getLogger(__name__)


def blocks(every: Iterable[Any], scene: Scene, errors: Mapping[str, str] | None = None) -> Html:
    """All blocks in turn. `errors` are the sentences under the inputs of a form, by block id."""
    return join(block(one, scene, (errors or {}).get(_id(one))) for one in every)


def block(one: Any, scene: Scene, error: str | None = None) -> Html:
    """One block in its frame, which carries the block id."""
    kind = one.get("type") if isinstance(one, Mapping) else None
    draw = DRAW.get(str(kind))
    if draw is None:
        return div("block", unknown("a block", str(kind), one))
    try:
        inside = draw(one, scene)
    except BROKEN:
        log.warning("a block of type %s could not be drawn", kind, exc_info=True)
        return div("block", unknown("this block", str(kind), one))
    sentence = div("field-error", error, role="alert", data_testid="field-error") if error else None
    classes = f"block block-{kind}" + (" has-error" if error else "")
    dispatch = bool(one.get("dispatch_action")) or kind != "input"
    optional = bool(one.get("optional")) or kind != "input"
    return div(
        classes, inside, sentence, data_block_id=_id(one), data_dispatch=dispatch, data_required=not optional
    )


def _id(one: Any) -> str:
    return str(one.get("block_id") or "") if isinstance(one, Mapping) else ""


def _header(one: Block, scene: Scene) -> Html:
    level = min(max(int(one.get("level", 1)), 1), 4)
    return div(f"header level-{level}", text_object(one["text"], scene), role="heading", aria_level=level + 1)


def _section(one: Block, scene: Scene) -> Html:
    fields = [div("section-field", text_object(field, scene)) for field in one.get("fields") or []]
    words = div(
        "section-words",
        div("section-text", text_object(one["text"], scene)) if one.get("text") else None,
        div("section-fields", *fields) if fields else None,
    )
    accessory = one.get("accessory")
    return div("section", words, div("accessory", element(accessory, scene, _id(one))) if accessory else None)


def _divider(one: Block, scene: Scene) -> Html:
    return div("divider", role="separator")


def _context(one: Block, scene: Scene) -> Html:
    parts = [
        element(part, scene, _id(one))
        if part.get("type") == "image"
        else span("context-text", text_object(part, scene))
        for part in one["elements"]
    ]
    return div("context", *parts)


def _actions(one: Block, scene: Scene) -> Html:
    return div("actions", *[element(part, scene, _id(one)) for part in one["elements"]])


def _input(one: Block, scene: Scene) -> Html:
    optional = span("optional", " (optional)") if one.get("optional") else None
    label = span("input-label", text_object(one["label"], scene), optional)
    hint = one.get("hint")
    inside = element(one["element"], scene, _id(one))
    grouped = one["element"].get("type") in {"radio_buttons", "checkboxes"} or "multi_" in one["element"].get(
        "type", ""
    )
    frame = "div" if grouped else "label"
    return join([
        tag(frame, label, inside, class_="input"),
        div("input-hint", text_object(hint, scene)) if hint else None,
    ])  # fmt: skip


def _image(one: Block, scene: Scene) -> Html:
    address = image_address(one, scene)
    alt = decode(str(one.get("alt_text", "")))
    title = one.get("title")
    picture = tag("img", src=address, alt=alt, class_="picture", data_testid="image")
    shown = picture if address else span("missing-picture", alt or "A picture that is not here")
    opened = tag("a", shown, href=address, target="_blank", rel="noopener noreferrer") if address else shown
    return tag(
        "figure", tag("figcaption", text_object(title, scene)) if title else None, opened, class_="image"
    )


def _rich_text(one: Block, scene: Scene) -> Html:
    return div("rich-text", rich_text(one, scene))


def _markdown(one: Block, scene: Scene) -> Html:
    return div("markdown", markdown(str(one["text"]), scene))


def _chart(one: Block, scene: Scene) -> Html:
    return chart(one)


def _container(one: Block, scene: Scene) -> Html:
    rich = one.get("rich_text_title")
    title = div("container-title", rich_text(rich, scene) if rich else text_object(one["title"], scene))
    subtitle = div("container-subtitle", text_object(one["subtitle"], scene)) if one.get("subtitle") else None
    icon = element(one["icon"], scene, _id(one)) if one.get("icon") else None
    head = join([icon, div("container-words", title, subtitle)])
    body = div("container-body", blocks(one["child_blocks"], scene))
    width = one.get("width") if one.get("width") in {"narrow", "wide", "full"} else "standard"
    divided = " divided" if one.get("has_header_divider") else ""
    classes = f"container width-{width}{divided}"
    if not one.get("is_collapsible"):
        return div(classes, div("container-head", head), body, data_testid="container")
    summary = tag("summary", span("chevron"), head, class_="container-head")
    return tag("details", summary, body, class_=classes, open=not one.get("default_collapsed"),
               data_testid="container", data_keep=f"container-{_id(one)}")  # fmt: skip


def _alert(one: Block, scene: Scene) -> Html:
    level = one.get("level") if one.get("level") in LEVELS else "default"
    word = LEVELS.get(str(level))
    said = tag("strong", word) if word else None
    return div(f"alert {level}", said, div("alert-text", text_object(one["text"], scene)), role="note")


def _video(one: Block, scene: Scene) -> Html:
    title = text_object(one["title"], scene)
    by = " · ".join(str(one[key]) for key in ("author_name", "provider_name") if one.get(key))
    return div(
        "video",
        div("video-title", link(one.get("title_url") or one.get("video_url"), title)),
        div("video-by", decode(by)) if by else None,
        div("video-text", text_object(one["description"], scene)) if one.get("description") else None,
    )


def _card(one: Block, scene: Scene) -> Html:
    hero = one.get("hero_image") or {}
    address = local_or_web(hero.get("image_url"))
    picture = (
        tag("img", src=address, alt=decode(str(hero.get("alt_text", ""))), class_="card-hero")
        if address
        else None
    )
    words = [
        div(f"card-{key}", text_object(one[key], scene))
        for key in ("title", "subtitle", "body")
        if one.get(key)
    ]
    pressed = [element(part, scene, _id(one)) for part in one.get("actions") or []]
    return div("card", picture, *words, div("actions", *pressed) if pressed else None)


DRAW: dict[str, Callable[[Block, Scene], Html]] = {
    "header": _header,
    "section": _section,
    "divider": _divider,
    "context": _context,
    "actions": _actions,
    "context_actions": _actions,
    "input": _input,
    "image": _image,
    "rich_text": _rich_text,
    "table": table,
    "data_table": data_table,
    "data_visualization": _chart,
    "container": _container,
    "markdown": _markdown,
    "alert": _alert,
    "video": _video,
    "card": _card,
}
