"""Slack's text as somebody typed it."""

from __future__ import annotations

import re

_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_MARKUP = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")


def plain(text: str, *, keep_links: bool = False, keep_people: bool = False) -> str:
    """Slack's text as it was typed: ``<!channel>`` is @channel again, a link its address, ``&lt;`` a ``<``.

    ``keep_links``: one that somebody gave words stays as Slack has it, ``<address|words>``. ``keep_people``: so does
    a person, ``<@U0ANA>``, who is else called as Slack calls them.
    """
    shown = _MARKUP.sub(lambda markup: _as_typed(markup, keep_links, keep_people), text)
    for entity, character in _ENTITIES:
        shown = shown.replace(entity, character)
    return shown.strip()


def _as_typed(markup: re.Match[str], keep_links: bool, keep_people: bool) -> str:
    kind, target, label = markup.groups()
    if kind == "@" and keep_people:
        return f"<@{target}>"
    if kind == "@":
        return f"@{label or target}"
    if kind == "#":
        return f"#{label or target}"
    if kind == "!":
        return label or f"@{target.split('^')[0]}"
    if label is None or label == target.removeprefix("mailto:") or target.endswith(label):
        return target.removeprefix("mailto:")
    if keep_links:
        return f"<{target}|{re.sub('&[lg]t;', ' ', label)}>"
    return f"{label} ({target})"
