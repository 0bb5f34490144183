"""What files of results say, for tests: as counts, as sentences, as choices."""

from __future__ import annotations

import json
from typing import Any

from core.evidence.found import Doubt, Evidence, Found, Unreadable, Use
from core.evidence.reader import read_evidence


def read(content: Any, **use: Any) -> Found:
    text = content if isinstance(content, str) else json.dumps(content)
    return read_evidence(text.encode(), Use(**use))


def counted(content: Any, **use: Any) -> tuple[int, int]:
    found = read(content, **use)
    assert isinstance(found, Evidence), found
    return found.correct, found.total


def said(content: Any, **use: Any) -> str:
    match read(content, **use):
        case Evidence(read=sentence) | Doubt(asks=sentence) | Unreadable(because=sentence):
            return sentence


def offered(content: Any, **use: Any) -> list[str]:
    found = read(content, **use)
    assert isinstance(found, Doubt), found
    return [choice.says for choice in found.choices]


def every(content: Any, use: Use | None = None) -> list[Found]:
    """What a file says, and what it says after each answer to each question that it leaves open."""
    found = read_evidence(content.encode(), use or Use())
    inner = (
        [one for choice in found.choices for one in every(content, choice.use)]
        if isinstance(found, Doubt)
        else []
    )
    return [found, *inner]
