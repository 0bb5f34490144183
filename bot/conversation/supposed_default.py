"""A default of the costs that a question supposes to be another: "if only half of the prompt is fixed". Tried, never stored."""

# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal

from bot.conversation import posts
from bot.conversation.standing import Standing
from bot.conversation.supposing import in_digits, plain_words
from bot.conversation.todo import ToDo, sentence
from bot.conversation.what_if import NotKnown, what_if
from bot.decision_log.said import ASSUMED
from core import inputs
from core.answers import CaseError

_SUPPOSED = re.compile(r"\b(?:if|suppose|supposing|imagine|lets say|what about|how about|pretend)\b")
_PARTS = {
    "half": Decimal("0.5"), "a third": Decimal("0.33"), "one third": Decimal("0.33"), "two thirds": Decimal("0.67"),
    "a quarter": Decimal("0.25"), "one quarter": Decimal("0.25"), "three quarters": Decimal("0.75"),
}  # fmt: skip
_SHARE = re.compile(
    rf"\b(?P<part>{'|'.join(_PARTS)}|\d{{1,2}} ?(?:%|per ?cent))(?: of)? (?:the |our |its |each |every |a )?(?:prompts?|instructions?)\b(?P<rest>[^?]*)"
)
_FIXED = re.compile(
    r"\b(?:fixed|the same|constant|identical|unchanged|stays?|cached|never changes|repeated)\b"
)
_CHANGING = re.compile(
    r"\b(?:changes?|changing|differs?|different|varies|variable|new each|not (?:fixed|the same))\b"
)
_AN_HOUR = (
    ("engineer_per_hour", re.compile(r"\b(?:engineer\w*|developers?|our people|an hour of (?:engineering|work))\b[^?]*?[$]? ?(?P<n>\d{2,3}) ?(?:dollars |usd |[$] )?(?:an|per|a|each) hour\b|\bhour of (?:an? )?engineer\w*\b[^?]*?[$]? ?(?P<n2>\d{2,3})\b")),
    ("gpu_per_hour", re.compile(r"\bgpus?\b[^?]*?[$]? ?(?P<n>\d{1,2}(?:\.\d+)?) ?(?:dollars |usd |[$] )?(?:an|per|a|each) hour\b")),
)  # fmt: skip


def supposed_default(standing: Standing, text: str, now: datetime) -> ToDo | None:
    """What another value of a default would change; ``None`` where a text supposes none."""
    plain = in_digits(plain_words(text))
    found = _named(plain) if _SUPPOSED.search(plain) else None
    if found is None:
        return None
    key, value = found
    try:
        echo = f"{inputs.name(key)}: {inputs.shown(key, value)}"
        return ToDo(what_if(standing, {f"{ASSUMED}{key}": float(value)}, echo, None, now))
    except CaseError as wrong:
        return ToDo(posts.WhatIfUnread(sentence(wrong)))
    except NotKnown as unknown:
        return ToDo(posts.WhatIfUnread(str(unknown)))


def _named(plain: str) -> tuple[str, Decimal] | None:
    """The default that is named, and the value that is supposed."""
    share = _SHARE.search(plain)
    if share is not None:
        said = share["part"]
        part = _PARTS.get(said) or Decimal(re.sub(r"\D", "", said)) / 100
        if _CHANGING.search(share["rest"]):
            return "fixed_share", 1 - part
        return ("fixed_share", part) if _FIXED.search(share["rest"]) else None
    for key, words in _AN_HOUR:
        if (rate := words.search(plain)) is not None:
            return key, Decimal(next(one for one in rate.groups() if one))
    return None
