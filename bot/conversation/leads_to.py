"""What a typed message leads to: what its text says, and what its file does."""

from __future__ import annotations

from bot.conversation import dropped, posts, second_reading
from bot.conversation.opened import closed
from bot.conversation.replies import TypedText
from bot.conversation.standing import standing_of
from bot.conversation.todo import ToDo
from bot.conversation.understanding import outcome_of, understand
from bot.decision_log.records import Consultation
from bot.telemetry.measured import READ

ASKING_BACK = (posts.NotUnderstood, posts.WhatIfUnread, posts.Called, posts.WhyQuestion)
"""Notes that ask for an answer, which is not given here any more once it goes on elsewhere."""


def todos_of(consultation: Consultation, message: TypedText, *, asks_model: bool) -> list[ToDo]:
    """What a message leads to: what its text says, and what its file does. Small talk beside a file is left alone."""
    told = _todo(consultation, message) if message.text or not message.files else None
    is_unread = told is None or isinstance(
        told.note, posts.NotUnderstood | posts.Suggested | posts.HelpHere | posts.Called
    )
    found = [file for file in message.files if dropped.is_readable(file)]
    if not found and message.mentioned and is_unread:
        found = list(message.files[:1])
    if not found and told is not None and asks_model:
        told = second_reading.put_off(told, message, consultation)
    if not found:
        return [] if told is None else [told]
    if consultation.status == "moved":
        return [ToDo(posts.GoesOnThere())]
    is_decided = consultation.status == "decided"
    dealt = ToDo(dropped.note_on(found, message.act.user, of_outcome=is_decided))
    return [dealt] if told is None or is_unread or is_decided else [dealt, told]


def _todo(consultation: Consultation, message: TypedText) -> ToDo | None:
    """What a typed text leads to. What is decided, or goes on elsewhere, changes no more, and says so when asked."""
    todo = understand(standing_of(consultation, message.act.now), message)
    if todo is not None:
        READ.labels(outcome_of(todo)).inc()
    over = closed(consultation)
    if todo is None or over is None:
        return todo
    asks_on = consultation.status == "moved" and isinstance(todo.note, ASKING_BACK)
    return ToDo(over) if asks_on or not todo.only_says else todo
