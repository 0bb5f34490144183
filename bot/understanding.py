"""What a text typed in a thread asks for: core reads it, and here it becomes something to do. Pure.

Nothing that is doubtful is ever taken: it is shown, to be confirmed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.decision_log.records import TAKEN_BACK, Consultation, ConsultationStatus
from bot.replies import Message
from bot.standing import ASSUMED, ORDER, Standing, answers_of, belongs
from core.answers import NOT_ASKED, CaseError
from core.case import read_answer
from core.costs.assumptions import check_assumption
from core.prices.calling import with_provider
from core.questions import LATENCY, question_of
from core.reading.outcome import Reading
from core.reading.reader import read

EVALUATION = ("eval_correct", "eval_total")

STOP = re.compile(
    r"\s*(please\s+)?(stop|cancel|quit|not now)(\s+(please|here|for now))?\s*[.!]*\s*", re.IGNORECASE
)
"""A reply that says to stop. Nothing is lost: the consultation can be taken up again."""

ORDERED = re.compile(r"\s*(please\s+)?(change|update|correct|set)\s+\S+.*\bto\b", re.IGNORECASE)
"""A reply that orders a change, of whatever: it is meant for the app even where it cannot be read."""

UNUSED = "I understood that, but nothing here is worked out from it"

Note = Mapping[str, Any]
"""What a note in the thread is about: its name under ``note``, and what its view needs."""

Values = Mapping[str, Any]
"""Answers to add, by key, in the JSON form of a case; or :data:`TAKEN_BACK`."""


@dataclass(frozen=True, slots=True)
class ToDo:
    """What a text leads to. ``status`` is the consultation's after it; ``None`` when nothing but a note follows."""

    note: Note | None = None
    values: Values = field(default_factory=dict)
    status: ConsultationStatus | None = None

    @property
    def only_says(self) -> bool:
        """Whether the log stays as it is: something is said, and nothing can come of it."""
        return self.status is None and (self.note is None or self.note["note"] != "doubtful")


def understand(standing: Standing, message: Message) -> ToDo | None:
    """What to do about a typed text; ``None`` for what is not meant for the app."""
    user = message.act.user
    if STOP.fullmatch(message.text):
        return ToDo({"note": "set_aside", "by": user}, status="set_aside")
    asked = standing.asked_when(message.ts)
    reading = read(message.text, _name_for_reading(asked))
    match reading.intent:
        case "answer" | "change":
            return _answered(standing, message, reading)
        case "unsure" | "skip" if asked is not None:
            return ToDo(values=not_sure(standing.consultation, asked), status="open")
        case "back":
            return _taken_back(standing, user)
        case "restart":
            return start_over(standing.consultation, user)
        case "why" | "why_question" | "explain" | "summary" | "help":
            return ToDo({"note": reading.intent, "question": asked})
        case "whatif":
            return ToDo({"note": "whatif", "values": dict(reading.values), "echo": reading.echo})
        case _:
            return _unread(standing, message, reading)


def _name_for_reading(asked: str | None) -> str | None:
    return "latency_ms" if asked == LATENCY.name else asked


def _answered(standing: Standing, message: Message, reading: Reading) -> ToDo:
    try:
        values = _case_values(reading)
        check(values)
    except CaseError as wrong:
        return ToDo({"note": "not_understood", "because": sentence(wrong), "question": None})
    if not values:
        because = f"{UNUSED} ({reading.echo})" if reading.echo else reading.because
        return ToDo({"note": "not_understood", "because": because, "question": None})
    about = {
        "echo": reading.echo,
        "by": message.act.user,
        "questions": sorted({q.name for key in values if (q := question_of(key))}, key=ORDER.index),
    }
    if reading.doubtful:
        return ToDo(about | {"note": "doubtful", "values": values, "state": "asked"})
    return ToDo(about | {"note": "echo"}, values, "open")


def _taken_back(standing: Standing, user: str) -> ToDo:
    given = max(standing.given, key=lambda g: g.seq, default=None)
    if given is None:
        return ToDo({"note": "nothing_to_take_back"})
    keys = {r.key for r in standing.consultation.answers if belongs(r.key, given.question)}
    note = {"note": "taken_back", "by": user, "question": given.question}
    return ToDo(note, dict.fromkeys(sorted(keys), TAKEN_BACK), "open")


def _unread(standing: Standing, message: Message, reading: Reading) -> ToDo | None:
    """A text that is no answer to what is asked: perhaps to what was asked before it, perhaps small talk."""
    asked = standing.asked_when(message.ts)
    before = standing.taken_before(message.ts, message.act.user)
    if before is not None and read(message.text, _name_for_reading(before)).intent == "answer":
        return ToDo({"note": "late", "question": before})
    addressed = message.mentioned or ORDERED.match(message.text) is not None
    if not addressed and (asked is None or reading.intent in ("chatter", "unsure", "skip")):
        return None
    return ToDo({"note": "not_understood", "because": reading.because, "question": asked})


def start_over(consultation: Consultation, user: str) -> ToDo:
    """Take every answer back. They stay in the log."""
    keys = sorted({record.key for record in consultation.answers})
    return ToDo({"note": "started_over", "by": user}, dict.fromkeys(keys, TAKEN_BACK), "open")


def not_sure(consultation: Consultation, question: str) -> dict[str, Any]:
    """The values that say "not sure" to a question, leaving alone what is known of it."""
    if question not in ("quality", LATENCY.name):
        return {question: None}
    answers = answers_of(consultation)
    keys = LATENCY.keys if question == LATENCY.name else ("quality_now", "quality_target")
    known = {"quality_now"} if answers.of("eval_correct") is not NOT_ASKED else set()
    return {key: None for key in keys if answers.of(key) is NOT_ASKED and key not in known}


def check(values: Values) -> None:
    """Raises :class:`core.answers.CaseError` for a value that cannot be."""
    for key, value in values.items():
        if value == TAKEN_BACK:
            continue
        if key.startswith(ASSUMED):
            check_assumption(key.removeprefix(ASSUMED), value)
        else:
            read_answer(key, value)


def sentence(wrong: CaseError) -> str:
    """What is wrong, for people."""
    return f"“{wrong.value}” is not {wrong.expected}."


def _case_values(reading: Reading) -> dict[str, Any]:
    """What a reading fills, in the keys of a case."""
    values: dict[str, Any] = {}
    for key, value in reading.values.items():
        if question_of(key):
            values[key] = value
        elif key == "model":
            named = with_provider(value)
            if named is None:
                raise CaseError(key, value, "a model whose price I know. Name it as provider:model")
            values[ASSUMED + key] = named
        elif key in ("prompt_tokens", "output_tokens") and not isinstance(value, list):
            values[ASSUMED + key] = value
    if reading.evaluation is not None and "quality_now" in values:
        del values["quality_now"]
        values["eval_correct"], values["eval_total"] = reading.evaluation
    return values
