"""A reply that was not understood, read a second time: what a language model may be told of it, and what it may say.

Pure. It may name what the person wants and point at parts of the reply, and nothing else: the parts are read here, by
the same rules as every reply, and what comes of them is stored only once somebody has confirmed it. So there is no
number that is not in the reply, and no text in a reply can give an order. Whatever does not fit is as if nobody had
been asked: the app asks back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

from bot.conversation import posts
from bot.conversation.replies import TypedText
from bot.conversation.standing import Standing, given_to
from bot.conversation.todo import ToDo
from bot.conversation.understanding import answered, name_for_reading, not_sure, supposed
from bot.conversation.what_if import is_present
from bot.decision_log.records import Consultation
from bot.telemetry.measured import READ
from core.questions import BY_NAME, LATENCY
from core.reading.cleaning import BLANK, LONGEST
from core.reading.outcome import Reading
from core.reading.reader import read
from core.reading.spans import stands_in

MOST_SPANS = 4
LONGEST_SPAN = 300

Wish = Literal[
    "answer", "change", "whatif", "unsure", "why", "why_question", "explain", "summary", "help", "clarify"
]
"""What a model may say that somebody wants.

The first four store nothing by themselves: they are shown, and wait for a click. The next five only show what anybody
can look up with one word. ``clarify`` is "I do not know either". Left out are those that change something or are done
by silence: back, start over, stop and skip take answers away or close the questions, deciding is not typed at all, and
small talk would leave somebody without the word that they were not understood.
"""
POINTED_AT = "A language model pointed at it."
"""Why such a reading is doubtful."""

BESIDES: Mapping[str, str] = {
    "model": "Which language model do you use?",
    "tokens": "How many tokens has the prompt, and how many the answer?",
}
"""What is not asked in the thread, but understood."""
SUBJECTS: tuple[str, ...] = (*BY_NAME, LATENCY.name, *BESIDES)
"""What a part of a reply may be about: every question, and what the costs are worked out from."""


class Span(BaseModel):
    """A part of the reply, copied character for character, and the question that it is about."""

    model_config = ConfigDict(extra="forbid", strict=True)

    question: str = Field(pattern=f"^({'|'.join(SUBJECTS)})$")
    text: str = Field(min_length=1, max_length=LONGEST_SPAN)


class Pointed(BaseModel):
    """What the person wants, and the parts of the reply that say so."""

    model_config = ConfigDict(extra="forbid", strict=True)

    intent: Wish
    spans: list[Span] = Field(default_factory=list, max_length=MOST_SPANS)


@dataclass(frozen=True, slots=True)
class PutToModel:
    """All that a model is told: the reply without names and links, and the name of the question that it followed."""

    text: str
    question: str | None


class Ask(Protocol):
    """Asks a model. Neither of these ever raises."""

    def __call__(self, asked: PutToModel) -> Pointed | None:
        """What it says; ``None`` whenever it gives no answer of the right form in time."""

    def warm(self) -> None:
        """Load ahead of time what the first question needs."""


_LEFT_OUT = re.compile(
    r"<[^<>\s][^<>\n]{0,1500}>"  # Slack's own marks for people, channels and links
    r"|\b(?:https?|mailto|ftp):\S+|\bwww\.\S+"
    r"|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"
    r"|(?<![\w.])[@#]\w[\w.\-’']{0,80}"
    r"|\b[UWCGDTB][A-Z0-9]{8,12}\b"  # ids of people, channels and workspaces
    r"|(?<!\w)\+\d[\d ()./-]{6,20}\d|\(\d{3}\) ?\d{3}[ -]\d{4}\b|\b\d{3}[ .-]\d{3}[ .-]\d{4}\b"
)


def sent(text: str) -> str:
    """A reply as it may leave: without mentions, ids, addresses and phone numbers."""
    return _LEFT_OUT.sub(BLANK, text).strip()


def asks(question: str) -> str:
    """A question in words."""
    if question == LATENCY.name:
        return LATENCY.asks
    return BESIDES[question] if question in BESIDES else BY_NAME[question].asks


def put_off(todo: ToDo, message: TypedText, consultation: Consultation) -> ToDo:
    """What to do about a reply while a model can be asked: note it for the outbox, if its words were not understood."""
    text = sent(message.text)
    note = todo.note
    if not todo.unclear or consultation.status == "decided" or len(text) > LONGEST:
        return todo
    if not isinstance(note, posts.NotUnderstood | posts.WhatIfUnread | posts.Suggested | posts.OfAdvice):
        return todo
    question = None if isinstance(note, posts.WhatIfUnread | posts.OfAdvice) else note.question
    return ToDo(posts.PutOff(text, question, _newest(consultation, question), message.act.user, note))


def put_to_model(note: posts.PutOff) -> PutToModel:
    """What of a note is told to the model."""
    return PutToModel(note.text, note.question)


def after_asking(
    standing: Standing, about: posts.PutOff, pointed: Pointed | None, now: datetime
) -> posts.Note | None:
    """What the note is about once a model was asked. The reply's text is not kept.

    ``None`` when there is nothing left to say: the question has been answered since, or it is what is known already.
    """
    found = _found(standing, about, pointed, now) if pointed is not None else None
    READ.labels("not suggested" if found is None else "suggested").inc()
    if found is None:
        is_settled = _newest(standing.consultation, about.question) != about.answered_by
        return None if is_settled else about.instead
    if not isinstance(found, posts.Doubtful):
        return found
    if all(is_present(standing, key, value) for key, value in found.values.items()):
        return None
    return posts.AlreadyDecided() if standing.consultation.status == "decided" else found


def _newest(consultation: Consultation, question: str | None) -> int:
    given = given_to(consultation, question) if question is not None else None
    return given.seq if given is not None else 0


def _found(standing: Standing, about: posts.PutOff, pointed: Pointed, now: datetime) -> posts.Note | None:
    """The note that comes of what a model said; ``None`` where nothing does."""
    if pointed.intent in posts.SHOWN_ON_A_WORD:
        return posts.SHOWN_ON_A_WORD[pointed.intent](standing.asking)
    if pointed.intent == "unsure":
        return _unsure(standing, about)
    if pointed.intent == "clarify":
        return None
    reading = _read(about.text, pointed)
    if reading is None:
        return None
    if pointed.intent == "whatif":
        found = supposed(standing, replace(reading, because=POINTED_AT), now)
    else:
        found = answered(standing, about.by, replace(reading, doubtful=True))
    if not isinstance(found.note, posts.Doubtful | posts.WhatIf | posts.WhatIfOffered):
        return None
    return replace(found.note, pointed=tuple(span.text for span in pointed.spans))


def _unsure(standing: Standing, about: posts.PutOff) -> posts.Doubtful | None:
    asked = about.question
    if asked is None or standing.asking != asked:
        return None
    return posts.Doubtful(
        echo=f"{asks(asked)} Not sure",
        by=about.by,
        questions=(asked,),
        values=not_sure(standing.consultation, asked),
        pointed=(),
    )


def _read(text: str, pointed: Pointed) -> Reading | None:
    """What our own reader makes of the parts, all taken together; ``None`` when one is no part, or they disagree."""
    readings = []
    for span in pointed.spans:
        question = name_for_reading(span.question)
        if not stands_in(span.text, text, question):
            return None
        reading = read(span.text, question)
        if _says_something(reading, pointed.intent):
            readings.append(reading)
    return _together(readings)


def _says_something(reading: Reading, intent: Wish) -> bool:
    if reading.intent == "whatif" and intent != "whatif":
        return False
    if reading.intent in ("answer", "change", "whatif"):
        return bool(reading.values)
    return reading.intent == "clarify" and bool(reading.assumed)


def _together(readings: Sequence[Reading]) -> Reading | None:
    values: dict[str, Any] = {}
    assumed: dict[str, Any] = {}
    for reading in readings:
        for found, into in ((reading.values, values), (reading.assumed, assumed)):
            if any(into.get(key, value) != value for key, value in found.items()):
                return None
            into.update(found)
    evaluations = {reading.evaluation for reading in readings if reading.evaluation is not None}
    if not (values or assumed) or len(evaluations) > 1:
        return None
    echo = "; ".join(dict.fromkeys(reading.echo for reading in readings if reading.echo))
    return Reading(
        "answer",
        MappingProxyType(values),
        doubtful=True,
        echo=echo,
        evaluation=next(iter(evaluations), None),
        assumed=MappingProxyType(assumed),
    )
