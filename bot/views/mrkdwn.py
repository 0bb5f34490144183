"""Slack's markup, and people's own words made safe for it.

People's words are shown as they were typed: they ping nobody, link nowhere, style nothing, and a right-to-left mark in
them cannot reorder ours. Where a whole block is somebody's words, put them into a plain_text object with
:func:`plain`, which styles nothing by itself; :func:`escape` is for words amid our own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import datetime

ELLIPSIS = "…"
_BEGIN, _END = "\u2068", "\u2069"
_OPENS = frozenset("\u2066\u2067\u2068")
_HAIR = "\u200a"
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_LINES = re.compile("\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_STYLE = re.compile(r"(?<![A-Za-z0-9])[*_~](?=\S)")
_EMOJI = re.compile(r"(?<![A-Za-z0-9]):(?=[a-z0-9_+\-]+:)")
_ID = re.compile(r"[A-Z0-9]{1,32}\Z")
_SOURCE = re.compile(
    r"(?P<title>.*?)\s*\((?P<address>https?://[^\s()<>|,]+)(?P<also>[^)]*)\)(?P<rest>.*)\Z", re.DOTALL
)
_BARE = re.compile(r"(?P<title>.*?)https?://(?P<address>[^\s()<>|,]+)(?P<rest>.*)\Z", re.DOTALL)
_ANGLE = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")


def size(text: str) -> int:
    """How long a text is to Slack: in UTF-16 units, the stricter of the two ways in which it may count."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


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
    whole = "".join(_ENTITIES.get(char, char) for char in line)
    if size(whole) <= most:
        return whole, True
    kept: list[str] = []
    left, depth = most - 1, 0
    for char in line:
        left -= size(_ENTITIES.get(char, char)) + (char in _OPENS)
        if left < depth:
            break
        depth += (char in _OPENS) - (char == _END)
        kept.append(char)
    while kept and (kept[-1] in "\u200d\u200a " or unicodedata.category(kept[-1]) == "Mn"):
        kept.pop()
    return "".join(_ENTITIES.get(char, char) for char in kept) + ELLIPSIS + _END * depth, False


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


def bold(text: str) -> str:
    """Our own words in bold."""
    return f"*{text}*"


def mention(user: str) -> str:
    """A person by their id, drawn with their name."""
    return f"<@{user}>" if _ID.match(user) else escape(user, 60)


def channel(id_: str) -> str:
    """A channel by its id, drawn with its name for those who may see it."""
    return f"<#{id_}>" if _ID.match(id_) else escape(id_, 60)


def link(address: str, label: str) -> str:
    """A link of our own."""
    return f"<{address}|{label}>"


def thread_link(channel: str, ts: str) -> str:
    """The address of a message; slack.com leads on to the right workspace."""
    return f"https://slack.com/archives/{channel}/p{ts.replace('.', '')}"


def date(moment: datetime) -> str:
    """A day, in the reader's own time zone."""
    return f"<!date^{int(moment.timestamp())}^{{date_short}}|{day(moment)}>"


def day(moment: datetime) -> str:
    """A day in plain words, for the text of a message: 23 Nov 2026."""
    return f"{moment.day} {moment:%b %Y}"


def source(reference: str) -> str:
    """A source of ours, "title (address)", as links."""
    return "; ".join(_linked(part) for part in reference.split("; "))


def _linked(part: str) -> str:
    found = _SOURCE.match(part)
    if found:
        return link(found["address"], _entities(found["title"])) + _entities(found["also"] + found["rest"])
    found = _BARE.match(part)
    if found:
        label = _entities(found["title"] + found["address"])
        return link(f"https://{found['address']}", label) + _entities(found["rest"])
    return _entities(part)


def source_title(reference: str) -> str:
    """The same without the addresses, to be read aloud."""
    return "; ".join(_titled(part) for part in reference.split("; "))


def _titled(part: str) -> str:
    found = _SOURCE.match(part)
    return _entities(
        found["title"] + found["also"] + found["rest"] if found else part.replace("https://", "")
    )


def _entities(text: str) -> str:
    return "".join(_ENTITIES.get(char, char) for char in text)


def spoken(text: str) -> str:
    """A message's text where Slack draws no markup: labels for links and dates, "somebody" for a mention."""
    shown = _ANGLE.sub(lambda angle: angle[2] or ("somebody" if angle[1].startswith("@") else ""), text)
    for char in "<>&":
        shown = shown.replace(_ENTITIES[char], char)
    return shown
