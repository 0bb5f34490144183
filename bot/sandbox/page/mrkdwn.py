"""Slack's mrkdwn as safe HTML.

Text on the wire has three entities (`&amp;` `&lt;` `&gt;`) and angle brackets only for links, mentions and dates.
The order here: code fences, then lines (quotes, lists), then what stands inside a line. Every piece of text is decoded
once and escaped once; markup comes only from `html.tag`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from bot.sandbox.page import dates
from bot.sandbox.page.emoji import EMOJI
from bot.sandbox.page.html import Html, div, join, link, safe_url, span, tag
from bot.sandbox.page.scene import Scene

FENCE = re.compile(r"```(.+?)```", re.DOTALL)
# The inside of *bold*, _italic_, ~strike~ may hold code and links, which are taken whole. Possessive, so that a
# long line of stray marks cannot take quadratic or worse time.
_INSIDE = r"((?:`[^`\n]*`|<[^<>\n]*>|[^{mark}\n])++)"
ATOM = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|<(?P<angle>[^<>\n]+)>"
    r"|(?<![A-Za-z0-9]):(?P<emoji>[a-z0-9_+\-]+):(?::skin-tone-[2-6]:)?"
    r"|(?<![A-Za-z0-9*])\*(?=\S)(?P<bold>" + _INSIDE.format(mark="*") + r")(?<=\S)\*(?![A-Za-z0-9*])"
    r"|(?<![A-Za-z0-9_])_(?=\S)(?P<italic>" + _INSIDE.format(mark="_") + r")(?<=\S)_(?![A-Za-z0-9_])"
    r"|(?<![A-Za-z0-9~])~(?=\S)(?P<strike>" + _INSIDE.format(mark="~") + r")(?<=\S)~(?![A-Za-z0-9~])"
)  # fmt: skip
BARE_URL = re.compile(r"https?://[^\s<>\"'`]*[^\s<>\"'`.,;:!?)\]}]")
QUOTE = re.compile(r"^(?:>|&gt;) ?")
ITEM = re.compile(r"^(\s*)([•◦▪‣*-]|\d{1,3}[.)])\s+")
STYLES = {"bold": "strong", "italic": "em", "strike": "s"}
EVERYBODY = {"here", "channel", "everyone"}


def mrkdwn(text: str, scene: Scene) -> Html:
    """The text as Slack would show it."""
    parts: list[Html] = []
    for index, piece in enumerate(FENCE.split(text)):
        if index % 2:
            parts.append(tag("pre", _code_text(piece.strip("\n")), class_="code-block"))
        elif piece.strip("\n") or len(text) == len(piece):
            parts.append(_lines(piece.strip("\n") if parts or "```" in text else piece, scene))
    return join(parts)


def plain(text: str, *, emoji: bool = True) -> Html:
    """A plain_text object: no markup but emoji, line breaks kept."""
    if not emoji:
        return _with_breaks(decode(text))
    parts = re.split(r"(:[a-z0-9_+\-]+:)", text)
    return join(
        _emoji(part[1:-1], part) if i % 2 else _with_breaks(decode(part)) for i, part in enumerate(parts)
    )


def decode(text: str) -> str:
    """Slack's three entities back to the characters they stand for."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def encode(text: str) -> str:
    """The three characters Slack sends as entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _lines(text: str, scene: Scene) -> Html:
    if text.startswith((">>>", "&gt;&gt;&gt;")):
        rest = text.removeprefix(">>>").removeprefix("&gt;&gt;&gt;").strip()
        return tag("blockquote", _paragraphs(rest.split("\n"), scene))
    parts = []
    for quoted, lines in groupby(text.split("\n"), key=lambda line: bool(QUOTE.match(line))):
        if quoted:
            parts.append(tag("blockquote", _paragraphs([QUOTE.sub("", line) for line in lines], scene)))
        else:
            parts.append(_paragraphs(list(lines), scene))
    return join(parts)


def _paragraphs(lines: list[str], scene: Scene) -> Html:
    return join(_line(line, scene) for line in lines)


def _line(line: str, scene: Scene) -> Html:
    item = ITEM.match(line)
    if item and not (item[2] == "*" and line.count("*") > 1):
        marker = span("item-marker", "•" if item[2] == "*" else item[2])
        depth = min(len(item[1]) // 2, 4)
        return div(f"line item depth-{depth}", marker, span("item-text", *_inline(line[item.end() :], scene)))
    return div("line", *_inline(line, scene)) if line.strip() else div("line empty")


def _inline(text: str, scene: Scene) -> Iterator[Html]:
    position = 0
    for found in ATOM.finditer(text):
        atom = _atom(found, scene)
        if atom is None:
            continue
        yield _text(text[position : found.start()])
        yield atom
        position = found.end()
    yield _text(text[position:])


def _atom(found: re.Match[str], scene: Scene) -> Html | None:
    kind = found.lastgroup or ""
    inside = found[kind] if kind else ""
    if kind == "code":
        return tag("code", _code_text(inside))
    if kind == "angle":
        return _angle(inside, scene)
    if kind == "emoji":
        return _emoji(inside, found[0]) if inside in EMOJI else None
    return tag(STYLES[kind], *_inline(inside, scene))


def _angle(inside: str, scene: Scene) -> Html:
    target, _, label = inside.partition("|")
    if target.startswith("@"):
        return mention(target[1:], scene, decode(label))
    if target.startswith("#"):
        return channel(target[1:], scene, decode(label))
    if target.startswith("!"):
        return _special(target[1:], decode(label), scene)
    return link(decode(target), decode(label) or decode(target).removeprefix("mailto:"))


def mention(user: str, scene: Scene, label: str = "") -> Html:
    """@Ana, marked when it is the person who looks."""
    name = scene.users.get(user) or label.removeprefix("@") or user
    return span("mention me" if user == scene.viewer else "mention", f"@{name}", data_user=user)


def channel(channel_id: str, scene: Scene, label: str = "") -> Html:
    """#ml-platform, which opens the channel."""
    name = scene.channels.get(channel_id) or label.removeprefix("#") or channel_id
    known = channel_id if channel_id in scene.channels else None
    return span("mention channel-link", f"#{name}", data_open_channel=known)


def _special(target: str, label: str, scene: Scene) -> Html:
    name, *rest = target.split("^")
    if name == "date":
        return date_text(rest, label, scene)
    if name in EVERYBODY:
        return span("mention everybody", f"@{name}")
    return span("mention", label or f"@{name}")


def date_text(parts: list[str], fallback: str, scene: Scene) -> Html:
    """`<!date^seconds^format^link|fallback>`: the format filled in, the fallback when it cannot be."""
    if len(parts) < 2 or not re.fullmatch(r"\d{1,11}", parts[0]):
        return span("date", fallback or "a date")
    moment = dates.at(int(parts[0]), scene.now)
    words = dates.written(decode(parts[1]), moment, scene.now)
    shown = tag("time", words, title=dates.full(moment))
    return link(decode(parts[2]), shown) if len(parts) > 2 and safe_url(decode(parts[2])) else shown


def _emoji(name: str, typed: str) -> Html:
    letter = EMOJI.get(name)
    return span("emoji", letter, title=f":{name}:", role="img") if letter else _text(typed)


def _text(text: str) -> Html:
    """Text between the marks; bare web addresses become links."""
    words = decode(text)
    parts, position = [], 0
    for found in BARE_URL.finditer(words):
        parts += [join([words[position : found.start()]]), link(found[0], found[0])]
        position = found.end()
    return join([*parts, words[position:]])


def _code_text(text: str) -> str:
    """Inside code nothing is markup; a link Slack made of an address shows as the address."""
    return decode(re.sub(r"<((?:https?|mailto):[^<>|\n]*)(?:\|[^<>\n]*)?>", r"\1", text))


def _with_breaks(text: str) -> Html:
    return join(text.split("\n"), "\n") if "\n" not in text else join(_broken(text))


def _broken(text: str) -> Iterator[Html | str]:
    for index, line in enumerate(text.split("\n")):
        if index:
            yield tag("br")
        yield line
