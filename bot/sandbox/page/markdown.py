"""The `markdown` block: standard Markdown as safe HTML. Raw HTML is shown as text, images as their description."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from bot.sandbox.page.html import Html, safe_url
from bot.sandbox.page.mrkdwn import encode, mention, plain
from bot.sandbox.page.scene import Scene

PARSER = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")
MENTION = re.compile(r"<@([UW][A-Z0-9]+)>")


def markdown(text: str, scene: Scene) -> Html:
    """The text as Slack would show it; emoji and mentions are drawn as well."""
    tokens = PARSER.parse(text)
    _prepare(tokens)
    return Html(_Renderer(scene).render(tokens, PARSER.options, {}))


class _Renderer(RendererHTML):
    """markdown-it's own renderer, which escapes; only words are drawn our way."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(PARSER)
        self.scene = scene

    def text(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Words: escaped, with emoji and mentions drawn."""
        pieces = MENTION.split(tokens[idx].content)
        return "".join(
            str(mention(piece, self.scene) if index % 2 else plain(encode(piece)))
            for index, piece in enumerate(pieces)
        )


def _prepare(tokens: Sequence[Token]) -> None:
    """Links open in a new tab and only where they may; a column's side becomes a class."""
    for token in tokens:
        if token.type == "link_open":
            address = safe_url(token.attrGet("href"))
            token.attrs = (
                {"target": "_blank", "rel": "noopener noreferrer", "href": address} if address else {}
            )
        side = str(token.attrs.pop("style", "")).rpartition(":")[2]
        if side in {"right", "center"}:
            token.attrSet("class", f"to-{side}")
        _prepare(token.children or [])
