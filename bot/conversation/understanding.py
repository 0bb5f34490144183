"""What a text typed in a thread asks for: core reads it, and here it becomes something to do. Pure.

Nothing that is doubtful is ever taken: it is shown, to be confirmed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.conversation import posts
from bot.conversation.agreed import agreed
from bot.conversation.of_the_advice import (
    as_far_as_named,
    at_a_loss,
    doubted_in_a_question,
    is_between_people,
    nearest,
    of_the_advice,
)
from bot.conversation.on_record import sought_in
from bot.conversation.posts import Values
from bot.conversation.replies import TypedText
from bot.conversation.standing import ORDER, Standing, belongs
from bot.conversation.supposing import has_factor
from bot.conversation.todo import ToDo, check, sentence
from bot.conversation.what_if import FACTOR, NotKnown, changes, scaled, what_if
from bot.decision_log.records import TAKEN_BACK, Consultation
from bot.decision_log.said import ASSUMED, answers_of
from core.answers import NOT_ASKED, CaseError
from core.prices.calling import with_provider
from core.prices.families import newest_of
from core.questions import BY_NAME, LATENCY, question_of
from core.reading.echo import say_value
from core.reading.model_named import WHICH_VERSION
from core.reading.outcome import Reading
from core.reading.reader import read
from core.wording import listed

EVALUATION = ("eval_correct", "eval_total")
TWO_PARTS = ("quality", LATENCY.name)
"""Questions that ask how it is and how it must be."""
TOKENS = ("prompt_tokens", "output_tokens")
STOP = re.compile(
    r"\s*(please\s+)?(stop|cancel|quit|not now)(\s+(please|here|for now))?\s*[.!]*\s*", re.IGNORECASE
)
"""A reply that says to stop. Nothing is lost: the consultation can be taken up again."""

ORDERED = re.compile(r"\s*(please\s+)?(change|update|correct|set)\s+\S+.*\bto\b", re.IGNORECASE)
"""A reply that orders a change, of whatever: it is meant for the app even where it cannot be read."""

OURS = re.compile(r"\s*(we|our|let'?s|use|using|switch|it('s| is| runs))\b", re.IGNORECASE)
"""How a statement of what the team uses begins, after the questions are over."""

UNUSED = "I understood that, but nothing here is worked out from it"


def understand(standing: Standing, message: TypedText) -> ToDo | None:
    """What to do about a typed text; ``None`` for what is not meant for the app."""
    if not has_words(message.text):
        return _called(standing) if message.mentioned else None
    if STOP.fullmatch(message.text):
        return ToDo(posts.SetAside(message.act.user), status="set_aside")
    asked = standing.asked_when(message.ts)
    if (todo := agreed(standing, message, asked)) is not None:
        return said_in(todo, asked, message.ts)
    reading = read(message.text, name_for_reading(asked), standing.consultation.task)
    if asked is not None and is_suggested(asked, reading):
        return suggested(standing, message, asked, reading)
    if asked is None:
        reading = as_far_as_named(standing, message, reading)
    if asked is None and (about := of_the_advice(standing, message, reading)) is not None:
        return about
    if asked is None:
        reading = doubted_in_a_question(standing, message, reading)
    if is_between_people(standing, message, reading) and not _is_ordered(message):
        return None
    todo = _as_read(standing, message, asked, reading)
    is_unread = (
        todo is not None and todo.unclear and (reading.because is None or not has_factor(message.text))
    )
    if asked is None and is_unread and not ORDERED.match(message.text):
        near = nearest(standing, message)
        todo = todo if near is None else replace(near, unclear=True)
    if todo is None and message.mentioned:
        todo = at_a_loss(standing, message)
    return None if todo is None else _part(standing, said_in(todo, asked, message.ts))


def _part(standing: Standing, todo: ToDo) -> ToDo:
    """The same, with what it leaves open of a question that has two parts."""
    note = todo.note
    if not isinstance(note, posts.Echo) or note.asked is None or note.asked not in note.questions:
        return todo
    parts = LATENCY.keys if note.asked == LATENCY.name else ("quality_now", "quality_target")
    after = answers_of(standing.consultation, extra=todo.values)
    left = tuple(key for key in parts if note.asked in TWO_PARTS and after.of(key) is NOT_ASKED)
    if "quality_now" in left and after.of("eval_correct") is not NOT_ASKED:
        left = tuple(key for key in left if key != "quality_now")
    return replace(todo, note=replace(note, open=left))


def said_in(todo: ToDo, asked: str | None, ts: str, edited: str = "") -> ToDo:
    """The same with the message in which it was said, by which an edit of it is recognised."""
    note = todo.note
    if isinstance(note, posts.Echo):
        note = replace(note, asked=asked, heard=ts, edited=edited, values=todo.values)
    elif isinstance(note, posts.Doubtful):
        note = replace(note, asked=asked, heard=ts, edited=edited)
    return replace(todo, note=note)


def _as_read(standing: Standing, message: TypedText, asked: str | None, reading: Reading) -> ToDo | None:
    """What a reading leads to that suggests nothing."""
    user = message.act.user
    match reading.intent:
        case "answer" | "change":
            return answered(standing, user, reading)
        case "unsure" | "skip" if asked is not None:
            return unsure(standing, user, asked)
        case "back":
            return _taken_back(standing, user)
        case "restart":
            return start_over(standing.consultation, user)
        case "flips" | "against" | "compare" | "confidence" | "chart" | "similar":
            of = sought_in(message.text) if reading.intent == "similar" else reading.of
            return ToDo(posts.OfAdvice(reading.intent, of))
        case "explain" if reading.of:
            return ToDo(posts.OfAdvice("verdict", reading.of))
        case "why" | "why_question" | "explain" | "summary" | "help":
            is_over = reading.intent == "why_question" and standing.is_advised
            return ToDo(posts.SHOWN_ON_A_WORD["why" if is_over else reading.intent](asked))
        case "whatif":
            return supposed(standing, reading, message.act.now)
        case "clarify" if reading.family:
            return _of_a_family(standing, message, reading)
        case "clarify" if reading.assumed:
            return _of_the_ledger(standing, message, reading)
        case "clarify" if reading.mode == "whatif":
            return ToDo(posts.WhatIfUnread(reading.because), unclear=True)
        case _:
            return _unread(standing, message, reading)


def unsure(standing: Standing, by: str, asked: str) -> ToDo:
    """ "Not sure" as the answer to a question."""
    note = posts.Echo("not sure", by, (asked,))
    return ToDo(note, not_sure(standing.consultation, asked), "open")


def is_suggested(asked: str, reading: Reading) -> bool:
    """Whether a reply to this question is doubted, and there are answers that it may mean."""
    about_it = all(question_of(key) is BY_NAME.get(asked) for key in reading.values)
    return bool(reading.suggestions) and about_it and reading.mode == "answer"


def suggested(standing: Standing, message: TypedText, asked: str, reading: Reading) -> ToDo:
    """What a reply may mean, as buttons right under it."""
    note = posts.Suggested(
        by=message.act.user,
        question=asked,
        answered_by=standing.seq_of(asked),
        meant=tuple(dict(one.values) for one in reading.suggestions),
        miss=_misses(standing) + 1,
    )
    return ToDo(note, unclear=reading.intent == "clarify")


def _misses(standing: Standing) -> int:
    """How many of the newest messages of the thread say that a reply was not plain."""
    count = 0
    for post in reversed(standing.posts):
        if not isinstance(post.about, posts.Suggested | posts.NotUnderstood | posts.Doubtful | posts.Denied):
            break
        count += 1
    return count


def outcome_of(todo: ToDo) -> str:
    """In one word, what came of reading a text: for counting."""
    if isinstance(todo.note, posts.Suggested):
        return "suggested"
    if todo.unclear or isinstance(todo.note, posts.NotUnderstood):
        return "not understood"
    return "doubted" if isinstance(todo.note, posts.Doubtful) else "taken"


def has_words(text: str) -> bool:
    """Whether there is anything in a text that somebody can see."""
    return any(char.isprintable() and not char.isspace() for char in text)


def _called(standing: Standing) -> ToDo:
    """The app was called by name and told nothing more: it says what it waits for, or what can be said to it."""
    if standing.asking is None or standing.consultation.status == "decided":
        return ToDo(posts.HelpHere(None))
    return ToDo(posts.Called(standing.asking))


def name_for_reading(asked: str | None) -> str | None:
    """What the reader calls a question."""
    return "latency_ms" if asked == LATENCY.name else asked


def answered(standing: Standing, by: str, reading: Reading) -> ToDo:
    """What comes of answers that were read: they are given, or shown to be confirmed if they are doubtful."""
    try:
        values = _case_values(standing, reading)
        check(values)
        echo = _in_words(standing, values, reading)
    except CaseError as wrong:
        return ToDo(posts.NotUnderstood(sentence(wrong), None))
    if not values:
        return ToDo(posts.NotUnderstood(_unused(reading) or reading.because, None))
    asked = tuple(sorted({q.name for key in values if (q := question_of(key))}, key=ORDER.index))
    if reading.doubtful:
        return ToDo(posts.Doubtful(echo=echo, by=by, questions=asked, values=values))
    return ToDo(posts.Echo(echo, by, asked), values, "open")


def _unused(reading: Reading) -> str:
    money = reading.values.get("money")
    if money is not None and money[1] != "USD":
        return f"I reckon in US dollars. Please say it in $ ({reading.echo})."
    return f"{UNUSED} ({reading.echo})" if reading.echo else ""


def supposed(standing: Standing, reading: Reading, now: datetime) -> ToDo:
    """What comes of a what-if that was read: the difference that it would make."""
    try:
        values = _case_values(standing, reading)
        check(values)
        if not values:
            return ToDo(posts.WhatIfUnread(_unused(reading) or reading.because))
        echo = _in_words(standing, values, reading)
        doubt = reading.because if reading.because != WHICH_VERSION else None
        return ToDo(what_if(standing, values, echo, doubt, now))
    except CaseError as wrong:
        return ToDo(posts.WhatIfUnread(sentence(wrong)))
    except NotKnown as unknown:
        return ToDo(posts.WhatIfUnread(str(unknown)))


def _of_the_ledger(standing: Standing, message: TypedText, reading: Reading) -> ToDo | None:
    """A reply that says nothing of the questions, but something of what the costs assume."""
    if reading.mode == "whatif":
        return supposed(standing, reading, message.act.now)
    if reading.because is not None and not _is_addressed(standing, message):
        return None
    return answered(standing, message.act.user, replace(reading, doubtful=reading.because is not None))


def _of_a_family(standing: Standing, message: TypedText, reading: Reading) -> ToDo | None:
    """A model that was named without its version: the newest one is meant, which is said; several are asked about."""
    if reading.mode == "answer" and not (_is_addressed(standing, message) or OURS.match(message.text)):
        return None
    newest = newest_of(reading.family)
    if len(newest) != 1:
        which = f"Did you mean {listed(newest, 'or')}?" if newest else reading.because
        return ToDo(
            posts.WhatIfUnread(which) if reading.mode == "whatif" else posts.NotUnderstood(which, None)
        )
    if reading.mode == "whatif":
        return supposed(standing, reading, message.act.now)
    return answered(standing, message.act.user, replace(reading, doubtful=True))


def _taken_back(standing: Standing, user: str) -> ToDo:
    given = max(standing.given, key=lambda g: g.seq, default=None)
    if given is None:
        return ToDo(posts.NothingToTakeBack())
    keys = {r.key for r in standing.consultation.answers if belongs(r.key, given.question)}
    return ToDo(posts.TakenBack(user, given.question), dict.fromkeys(sorted(keys), TAKEN_BACK), "open")


def _unread(standing: Standing, message: TypedText, reading: Reading) -> ToDo | None:
    """A text that is no answer to what is asked: perhaps to what was asked before it, perhaps small talk."""
    asked = standing.asked_when(message.ts)
    before = standing.taken_before(message.ts, message.act.user)
    if before is not None and _read(standing, message, before).intent == "answer":
        return ToDo(posts.TooLate(before))
    hasty = _hasty(standing, message)
    if hasty is not None:
        return hasty
    if not _is_ordered(message) and (asked is None or reading.intent in ("chatter", "unsure", "skip")):
        return None
    if asked is not None and reading.intent == "clarify":
        return suggested(standing, message, asked, reading)
    return ToDo(posts.NotUnderstood(reading.because, asked), unclear=reading.intent == "clarify")


def _read(standing: Standing, message: TypedText, question: str) -> Reading:
    return read(message.text, name_for_reading(question), standing.consultation.task)


def _hasty(standing: Standing, message: TypedText) -> ToDo | None:
    """An answer that came before its question could be seen. It may be meant for it, so it is shown to be confirmed."""
    if standing.asking is None or standing.asked_when(message.ts) is not None:
        return None
    if standing.consultation.status != "open":
        return None
    reading = _read(standing, message, standing.asking)
    if reading.intent != "answer":
        return None
    return answered(standing, message.act.user, replace(reading, doubtful=True))


def _is_ordered(message: TypedText) -> bool:
    return message.mentioned or ORDERED.match(message.text) is not None


def _is_addressed(standing: Standing, message: TypedText) -> bool:
    """Whether a text is said to the app: by name, as an order, or while a question stands there."""
    return _is_ordered(message) or standing.asked_when(message.ts) is not None


def start_over(consultation: Consultation, user: str) -> ToDo:
    """Take every answer back. They stay in the log."""
    keys = sorted({record.key for record in consultation.answers})
    return ToDo(posts.StartedOver(user), dict.fromkeys(keys, TAKEN_BACK), "open")


def not_sure(consultation: Consultation, question: str) -> dict[str, Any]:
    """The values that say "not sure" to a question, leaving alone what is known of it."""
    if question not in ("quality", LATENCY.name):
        return {question: None}
    answers = answers_of(consultation)
    keys = LATENCY.keys if question == LATENCY.name else ("quality_now", "quality_target")
    known = {"quality_now"} if answers.of("eval_correct") is not NOT_ASKED else set()
    return {key: None for key in keys if answers.of(key) is NOT_ASKED and key not in known}


def _case_values(standing: Standing, reading: Reading) -> dict[str, Any]:
    """What a reading fills, in the keys of a case."""
    values: dict[str, Any] = {}
    for key, value in reading.values.items():
        name = ASSUMED + key if key in TOKENS else key
        if isinstance(value, str) and FACTOR.fullmatch(value):
            values[name] = scaled(standing, name, value)
        elif question_of(key):
            values[key] = value
        elif key == "model":
            values[ASSUMED + key] = _model(value)
        elif key in TOKENS:
            values[name] = value
    for key, value in reading.assumed.items():
        name = ASSUMED + key
        is_factor = isinstance(value, str) and FACTOR.fullmatch(value)
        values[name] = scaled(standing, name, value) if is_factor else value
    if reading.family and (newest := newest_of(reading.family)):
        values[f"{ASSUMED}model"] = newest[0]
    if reading.evaluation is not None and "quality_now" in values:
        del values["quality_now"]
        values["eval_correct"], values["eval_total"] = reading.evaluation
    return values


def _model(named: str) -> str:
    found = with_provider(named)
    if found is None:
        raise CaseError("model", named, "a model whose price I know. Name it as provider:model")
    return found


def _in_words(standing: Standing, values: Values, reading: Reading) -> str:
    """What was understood, for people; an assumption beside its present value, a factor with what comes of it."""
    scaled_too = any(isinstance(value, str) and FACTOR.fullmatch(value) for value in reading.values.values())
    if not scaled_too and not any(key.startswith(ASSUMED) for key in values):
        return reading.echo
    said = [_value_in_words(standing, key, value) for key, value in values.items() if key not in EVALUATION]
    if reading.evaluation is not None:
        said.insert(0, "{} of {}".format(*reading.evaluation))
    if reading.family:
        said.append(f"that is the newest {reading.family.title()} with a known price")
    return "; ".join(said)


def _value_in_words(standing: Standing, key: str, value: Any) -> str:
    if not key.startswith(ASSUMED):
        return say_value(key, value)
    name, before, after = changes(standing, {key: value})[0]
    return f"{name}: {before} → {after}" if before != after else f"{name}: {after}"
