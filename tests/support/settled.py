"""A consultation whose verdict stands from the start, and the few things that tests do with it."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from bot.conversation.replies import Act
from tests.support.deliveries import ANA, CHANNEL, TEAM, buttons_of
from tests.support.office import Office, Talk

SETTLED: dict[str, Any] = {
    "data_may_leave": True,
    "prompt_examples": 12,
    "quality_now": 0.86,
    "quality_target": 0.95,
    "misses": "behaviour",
    "reasons": ["cost"],
    "calls_per_month": 250_000,
    "cheaper_model_enough": False,
    "can_wait": True,
    "labelled_examples": 400,
    "per_request_instructions": False,
}
"""Cost is the only reason, and the volume is too low for it: the verdict is to keep prompting."""


def settled_talk(office: Office, **changes: Any) -> Talk:
    """A consultation with these answers in place of those."""
    return talk_about(office, SETTLED | changes)


def talk_about(office: Office, values: Mapping[str, Any]) -> Talk:
    """A consultation with these answers alone."""
    act = Act(TEAM, CHANNEL, ANA, f"started {uuid.uuid4()}", datetime.datetime.now(datetime.UTC))
    task = f"cluster tickets {uuid.uuid4()}"
    office.application.outbox.conversation.start(act, task, values=values)
    card = office.eventually(lambda: office.card(task), "the card")
    office.quiet()
    return Talk(office, card["ts"])


def last(talk: Talk) -> dict[str, Any]:
    """The thread's newest message, once everything has been shown."""
    talk.office.quiet()
    return talk.messages()[-1]


def labels(message: dict[str, Any]) -> list[str]:
    """What the buttons of a message say."""
    return [b["text"]["text"] for b in buttons_of(message)]


def advice_of(talk: Talk) -> dict[str, Any]:
    """The message with the advice that stands."""
    talk.office.quiet()
    return next(m for m in talk.messages()[1:] if "Accept" in labels(m))
