"""How Slack writes the words of a document, and the one place where people's own are made safe for it.

People's words are shown as they were typed: they ping nobody, link nowhere, style nothing, and a right-to-left mark in
them cannot reorder ours. Where a whole block is somebody's words, they go into a plain_text object with :func:`plain`,
which styles nothing by itself; :func:`escape` is for words amid our own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from bot.views.document import Channel, Day, Link, Person, Said, Strong, Typed, Words, day

ELLIPSIS = "…"
_BEGIN, _END = "\u2068", "\u2069"
_OPENS = frozenset("\u2066\u2067\u2068")
_HAIR = "\u200a"
_LINES = re.compile("\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_STYLE = re.compile(r"(?<![A-Za-z0-9])[*_~](?=\S)")
_MARKS = re.compile("[`*_~:]")
_EMOJI = re.compile(r"(?<![A-Za-z0-9]):(?=[a-z0-9_+\-]+:)")
_ID = re.compile(r"[A-Z0-9]{1,32}\Z")
ALOUD = 1_000
"""Characters of somebody's words in the plain text of a message, where there is less room."""


def size(text: str) -> int:
    """How long a text is to Slack: in UTF-16 units, the stricter of the two ways in which it may count."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


_WIDTHS = {char: size(written) for char, written in {"&": "&amp;", "<": "&lt;", ">": "&gt;"}.items()}
"""How long what has another name in mrkdwn is."""


def _entities(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def written(words: Words) -> str:
    """Words as mrkdwn."""
    match words:
        case str():
            return _entities(words)
        case tuple():
            return "".join([_entities(one) if isinstance(one, str) else written(one) for one in words])
        case Strong(inner):
            return f"*{written(inner)}*"
        case Said(said, most):
            return escape(said, most)
        case Person(id) | Channel(id):
            sign = "@" if isinstance(words, Person) else "#"
            return f"<{sign}{id}>" if _ID.match(id) else escape(id, 60)
        case Link(label, address):
            return f"<{_entities(address)}|{_entities(label)}>"
        case Day(moment, ago):
            token, said = ("ago", "just now") if ago else ("date_short", day(moment))
            return f"<!date^{int(moment.timestamp())}^{{{token}}}|{said}>"
        case Typed(typed):
            return f"`{_entities(typed)}`"


def unstyled(words: Words) -> str:
    """Words for a message's text, which is read aloud: people and channels by their names, nothing else marked."""
    match words:
        case str():
            return _entities(words)
        case tuple():
            return "".join([_entities(one) if isinstance(one, str) else unstyled(one) for one in words])
        case Strong(inner):
            return unstyled(inner)
        case Said(said, most):
            return escape(said, min(most, ALOUD))
        case Link(said, _) | Typed(said):
            return _entities(said)
        case Day(moment, ago=False):
            return day(moment)
        case _:
            return written(words)


def escape(text: str, most: int = 2_000) -> str:
    """Somebody's words amid our own in mrkdwn; at most ``most`` characters of it, else cut with an ellipsis.

    A backtick becomes its look-alike and a mark that would style what follows gets a hair space: mrkdwn has no other
    way to write them.
    """
    return _shown(text, most, _without_style)


def plain(text: str, most: int = 2_000) -> str:
    """Somebody's words for a plain_text object; at most ``most`` characters, else cut with an ellipsis."""
    return _shown(text, most, lambda line: line)


def _without_style(line: str) -> str:
    if not _MARKS.search(line):
        return line
    line = line.replace("`", "ˋ")
    return _EMOJI.sub(":" + _HAIR, _STYLE.sub(lambda mark: mark[0] + _HAIR, line))


def _shown(text: str, most: int, styled: Callable[[str], str]) -> str:
    lines = [styled(clean) for line in _LINES.split(text) if (clean := _clean(line))] or ["(empty)"]
    shown: list[str] = []
    left = most
    for place, line in enumerate(lines, 1):
        written, whole = _written(line, left - 3)
        left -= size(written) + 3
        if whole and left < 12 and place < len(lines):
            written, whole = _written(line, size(written) - 1)
        shown.append(_BEGIN + written + _END)
        if not whole:
            break
    return "\n".join(shown)


def _clean(line: str) -> str:
    """One line without what cannot be shown, its isolates closed within it."""
    if line.isprintable():  # no control, no isolate
        return line.strip()
    kept: list[str] = []
    depth = 0
    for char in line:
        if char == _END:
            if depth == 0:
                continue
            depth -= 1
        depth += char in _OPENS
        if char == "\t":
            kept.append(" ")
        elif unicodedata.category(char) not in ("Cc", "Cs") and ord(char) & 0xFFFE != 0xFFFE:
            kept.append(char)
    return ("".join(kept) + _END * depth).strip()


def _written(line: str, most: int) -> tuple[str, bool]:
    """The line with Slack's entities, cut between characters; and whether it is whole."""
    whole = _entities(line)
    if size(whole) <= most:
        return whole, True
    kept: list[str] = []
    left, depth = most - 1, 0
    for char in line:
        left -= _WIDTHS.get(char) or (2 if char > "\uffff" else 1)
        left -= char in _OPENS
        if left < depth:
            break
        depth += (char in _OPENS) - (char == _END)
        kept.append(char)
    while kept and (kept[-1] in "\u200d\u200a " or unicodedata.category(kept[-1]) == "Mn"):
        kept.pop()
    return _entities("".join(kept)) + ELLIPSIS + _END * depth, False


def cut(text: str, most: int) -> str:
    """Our own text, cut at the end of a line or word, never inside a link or an entity."""
    if size(text) <= most:
        return text
    end = most - 1
    while size(text[:end]) > most - 1:
        end -= 1
    kept = text[:end]
    line, word = kept.rfind("\n"), kept.rfind(" ")
    kept = kept[: line if line > end // 2 else word if word > 0 else end]
    opened = kept.rfind("<")
    if opened > kept.rfind(">"):
        kept = kept[:opened]
    missing = kept.count(_BEGIN) - kept.count(_END)
    return kept.rstrip() + ELLIPSIS + _END * max(0, missing)
