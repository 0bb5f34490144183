"""What a question about the advice leads to where it was not put in one of the reader's short forms. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.conversation import posts
from bot.conversation.asked import Costs, Supposed, is_question, what_is_asked
from bot.conversation.asked import Question as AboutIt
from bot.conversation.replies import TypedText
from bot.conversation.standing import Standing
from bot.conversation.todo import ToDo, check, sentence
from bot.conversation.what_if import NotKnown, scaled, what_if
from core import inputs
from core.answers import CaseError
from core.reading.echo import say_value
from core.reading.outcome import Reading
from core.tree import Verdict
from core.wording import HEADLINES

WIDE = ("flips", "why", "explain")
NARROW = ("payback", "extremes", "weighed", "unknowns", "steps", "retrieval", "risk", "both", "quality")
"""Subjects that are told apart from those of the reader, which takes "when does it ..." for what would change it."""


def of_the_advice(standing: Standing, message: TypedText, reading: Reading) -> ToDo | None:
    """What shows the answer to a question about the advice that was not put in one of the short forms."""
    if not standing.is_advised:
        return None
    found = what_is_asked(message.text)
    is_narrower = isinstance(found, AboutIt) and found.asked in NARROW and reading.intent in WIDE
    if not (is_narrower or _may_ask(reading)):
        return None
    match found:
        case AboutIt(asked, of):
            return ToDo(posts.OfAdvice(asked, of))
        case Costs():
            return ToDo(posts.Explain(None))
        case Supposed() as one:
            return _as_supposed(standing, one, message.act.now)
        case None:
            return None


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
