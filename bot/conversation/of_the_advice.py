"""What a question about the advice leads to where it was not put in one of the reader's short forms. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.conversation import posts
from bot.conversation.asked import is_question, what_is_asked
from bot.conversation.by_kind import Question as AboutIt
from bot.conversation.replies import TypedText
from bot.conversation.standing import Standing
from bot.conversation.supposing import Supposed, correction
from bot.conversation.todo import ToDo, check, sentence
from bot.conversation.what_if import NotKnown, scaled, what_if
from core import inputs
from core.answers import CaseError
from core.questions import question_of
from core.reading.echo import say_value
from core.reading.outcome import Reading
from core.reading.reader import read
from core.tree import Verdict
from core.wording import HEADLINES, percent

WIDE = ("flips", "why", "explain")
NARROW = (
    "payback", "extremes", "weighed", "unknowns", "steps", "retrieval", "risk", "both", "quality", "parts", "prices",
    "upkeep", "monthly", "elsewhere", "disagreement", "data", "correction", "short",
)  # fmt: skip
"""Subjects that are told apart from those of the reader, which takes "when does it ..." for what would change it."""

_ASKS_BACK = re.compile(r"\?|\b(?:does|do) (?:it|that|this) (?:matter|change|make)|\bany difference\b")
_OPENS = re.compile(
    r"^.*?\b(?:what if|suppos(?:e|ing)|assum(?:e|ing)|imagine|pretend|hypothetically|let(?: us|'?s) say|in case|if)\b",
    re.IGNORECASE | re.DOTALL,
)


def of_the_advice(standing: Standing, message: TypedText, reading: Reading) -> ToDo | None:
    """What shows the answer to a question about the advice that was not put in one of the short forms."""
    if not standing.is_advised:
        return None
    to_the_app = message.mentioned or message.act.direct
    found = what_is_asked(message.text, to_the_app=to_the_app)
    if not (_is_narrower(found, reading) or _may_ask(reading) or _tells_while_asking(message, reading)):
        return None
    match found:
        case AboutIt("suppose"):
            return _read_as_supposed(standing, message)
        case AboutIt("correction"):
            values = reading.values if reading.intent in ("answer", "change") else None
            return _tried(standing, values or correction(standing, message.text), message.act.now)
        case AboutIt(asked, of):
            return ToDo(posts.OfAdvice(asked, of))
        case Supposed() as one:
            return _as_supposed(standing, one, message.act.now)
        case None:
            return _told_in_a_question(standing, message, reading)


def _is_narrower(found: object, reading: Reading) -> bool:
    """Whether what is asked is told apart better than by the reader's short forms."""
    if isinstance(found, Supposed):
        return reading.intent in WIDE
    is_narrower = isinstance(found, AboutIt) and (
        found.asked in NARROW or (found.asked == "why" and found.of)
    )
    return bool(is_narrower) and reading.intent in WIDE


def _tells_while_asking(message: TypedText, reading: Reading) -> bool:
    """Whether what was read for an answer stands in a question: it is never taken then, only tried."""
    is_told = reading.intent in ("answer", "change") and not reading.doubtful
    return is_told and _ASKS_BACK.search(message.text.lower()) is not None


def _told_in_a_question(standing: Standing, message: TypedText, reading: Reading) -> ToDo | None:
    if not _tells_while_asking(message, reading) or not reading.values:
        return None
    return _tried(standing, reading.values, message.act.now)


def _tried(standing: Standing, values: Mapping[str, Any], now: datetime) -> ToDo | None:
    """What these values would change; ``None`` where there are none that a case can hold."""
    kept = {key: value for key, value in values.items() if question_of(key)}
    if not kept:
        return None
    try:
        check(kept)
    except CaseError as wrong:
        return ToDo(posts.WhatIfUnread(sentence(wrong)))
    echo = "; ".join(say_value(key, value) for key, value in kept.items())
    shown = what_if(standing, kept, echo, None, now)
    return ToDo(replace(shown, says=(*shown.says, *_from_the_target(standing, kept))))


def _from_the_target(standing: Standing, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """How far another quality is from the target, or the quality from another target."""
    advice = standing.advice
    now = values.get("quality_now", advice.quality and advice.quality.point)
    target = values.get("quality_target", advice.answers.number("quality_target"))
    if (
        not {"quality_now", "quality_target"} & values.keys()
        or isinstance(now, list)
        or isinstance(target, list)
    ):
        return []
    if now is None or target is None:
        return []
    points = round(100 * (float(target) - float(now)))
    said = f"That is {points} points below the target" if points > 0 else "That reaches the target"
    return [("quality", f"{said} of {percent(target)}.")]


def _read_as_supposed(standing: Standing, message: TypedText) -> ToDo | None:
    """A supposition that the reader can read once it begins as one."""
    said = _OPENS.sub("", message.text)
    reading = read(f"what if {said}", None, standing.consultation.task)
    if reading.intent != "whatif":
        return None
    return _tried(standing, reading.values, message.act.now)


def _may_ask(reading: Reading) -> bool:
    """Whether a text may be a question although the reader found none: it found nothing, or was in doubt."""
    match reading.intent:
        case "clarify" | "chatter" | "unsure" | "skip" | "compare":
            return True
        case "answer" | "change":
            return reading.doubtful
        case "whatif":
            return reading.because is not None
        case _:
            return False


def _as_supposed(standing: Standing, one: Supposed, now: datetime) -> ToDo:
    """What a supposition would change."""
    try:
        value = one.value if one.times is None else scaled(standing, one.key, f"x{one.times}")
        values = {one.key: value}
        check(values)
        shown = what_if(standing, values, say_value(one.key, value), None, now)
        return ToDo(replace(shown, says=(*shown.says, *_where_it_turns(standing, one.key))))
    except CaseError as wrong:
        return ToDo(posts.WhatIfUnread(sentence(wrong)))
    except NotKnown as unknown:
        return ToDo(posts.WhatIfUnread(str(unknown)))


def _where_it_turns(standing: Standing, key: str) -> list[tuple[str, str]]:
    """At which number the verdict is another: a supposition about one asks for that as well."""
    found = next((one for one in standing.told.inputs if one.key == key and one.is_number), None)
    if found is None or standing.told.verdict is None:
        return []
    turns = [(found.below, False), (found.above, True)]
    said = [
        f"{inputs.at(key, turn.number, up=up)}: {HEADLINES[Verdict(turn.verdict)]}."
        for turn, up in turns
        if turn is not None and turn.verdict is not None
    ]
    return [("flip", one) for one in said] or [
        ("flip", f"No number of {inputs.name(key)} changes the verdict.")
    ]


def is_between_people(standing: Standing, message: TypedText, reading: Reading) -> bool:
    """Whether a question in whose words an answer was found, though not for sure, is meant for somebody else."""
    is_doubt = reading.intent in ("answer", "change") and reading.doubtful
    return standing.is_advised and is_doubt and is_question(message.text)
