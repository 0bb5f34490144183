"""The `rich_text` block: Slack's own tree of sections, lists, quotes and preformatted text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.page import dates
from bot.sandbox.page.emoji import EMOJI
from bot.sandbox.page.html import Html, div, join, link, span, tag
from bot.sandbox.page.mrkdwn import channel, mention
from bot.sandbox.page.scene import Scene

STYLES = (("code", "code"), ("bold", "strong"), ("italic", "em"), ("strike", "s"), ("underline", "u"))


def rich_text(block: Mapping[str, Any], scene: Scene) -> Html:
    """Every element of the block in turn."""
    return join(_part(part, scene) for part in block.get("elements", []))


def _part(part: Mapping[str, Any], scene: Scene) -> Html:
    kind = part.get("type")
    if kind == "rich_text_section":
        return div("line", *_run(part, scene))
    if kind == "rich_text_quote":
        return tag("blockquote", div("line", *_run(part, scene)))
    if kind == "rich_text_preformatted":
        return tag("pre", *_run(part, scene), class_="code-block")
    if kind == "rich_text_list":
        return _list(part, scene)
    return div(
        "unknown-block", f"A part of rich text this sandbox cannot draw: {kind}", data_testid="unknown-block"
    )


def _list(part: Mapping[str, Any], scene: Scene) -> Html:
    depth = min(int(part.get("indent", 0)), 4)
    ordered = part.get("style") == "ordered"
    items = [tag("li", *_run(item, scene)) for item in part.get("elements", [])]
    start = int(part.get("offset", 0)) + 1 if ordered else None
    return tag("ol" if ordered else "ul", *items, class_=f"depth-{depth}", start=start)


def _run(part: Mapping[str, Any], scene: Scene) -> Iterator[Html]:
    for leaf in part.get("elements", []):
        yield _styled(_leaf(leaf, scene), leaf.get("style") or {})


def _styled(inside: Html, style: Mapping[str, bool]) -> Html:
    for name, element in STYLES:
        if style.get(name):
            inside = tag(element, inside)
    return inside


def _leaf(leaf: Mapping[str, Any], scene: Scene) -> Html:
    kind = leaf.get("type")
    if kind == "text":
        return span("run", str(leaf.get("text", "")))
    if kind == "link":
        return link(leaf.get("url"), str(leaf.get("text") or leaf.get("url")))
    if kind == "emoji":
        name = str(leaf.get("name", ""))
        return span("emoji", EMOJI.get(name, f":{name}:"), title=f":{name}:", role="img")
    if kind == "user":
        return mention(str(leaf.get("user_id")), scene)
    if kind == "channel":
        return channel(str(leaf.get("channel_id")), scene)
    if kind == "broadcast":
        return span("mention everybody", f"@{leaf.get('range')}")
    if kind == "date":
        moment = dates.at(float(leaf.get("timestamp", 0)), scene.now)
        return tag("time", dates.written(str(leaf.get("format", "{date}")), moment, scene.now))
    return span("unknown-block", f"({kind})", data_testid="unknown-block")
