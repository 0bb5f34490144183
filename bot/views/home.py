"""The App Home: one's own page."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.conversation.posts import Advised, Question, posts_of
from bot.conversation.replies import WorkspaceSettings
from bot.decision_log.records import Consultation, Decision
from bot.views import ids
from bot.views.document import (
    Button,
    Buttons,
    Channel,
    Day,
    Heading,
    Home,
    Parts,
    Rule,
    Said,
    Small,
    Strong,
    Text,
    Words,
)
from bot.views.house import settings_section
from bot.views.phrases import STATUS, headline, thread
from bot.views.usage import ABOUT, ways

MOST = 10


class HeldUp(NamedTuple):
    """Why a thread does not show the newest of its consultation: Slack's word, and whether it passes by itself."""

    word: str
    passes: bool


def home(
    user: str,
    consultations: Sequence[Consultation],
    decisions: Sequence[Decision],
    settings: WorkspaceSettings,
    day: datetime.date,
    held_up: Mapping[str, HeldUp] | None = None,
) -> Home:
    """Start, one's open consultations, decisions one took part in, the workspace's settings, and what the app does."""
    held = held_up or {}
    return Home(
        (
            Heading("Fine-tune a model, or write a good prompt?"),
            Text(ABOUT),
            Buttons((Button("Start a decision", ids.HOME_START, primary=True),)),
            Small("You choose the channel. What is asked and answered there can be seen by everyone in it."),
            Rule(),
            Heading("Your open consultations"),
            *(part for one in consultations[:MOST] for part in _consultation(one, held.get(one.id))),
            None if consultations else Text("Nothing is open. What you start or answer appears here."),
            Rule(),
            Heading("Decisions you took part in"),
            *(part for one in decisions[:MOST] for part in _decision(one)),
            None if decisions else Text("None yet."),
            Rule(),
            *settings_section(settings, user, day),
            Rule(),
            Heading("Help"),
            Text(ways()),
            Small("In a thread, say “help” to me to see what can be said there."),
        )
    )


def _consultation(one: Consultation, held_up: HeldUp | None) -> Parts:
    last = next((p.about for p in reversed(posts_of(one)) if isinstance(p.about, Question | Advised)), None)
    waiting = "Advised, not decided yet" if isinstance(last, Advised) else "Open"
    state = "Set aside" if one.status == "set_aside" else waiting
    since = (f"{state}, since ", Day(one.created_at), " · ")
    return (Text(Said(one.task, 600)), Small((*since, _where(one, "Not posted yet"), _waits(held_up))))


def _where(one: Consultation | Decision, nowhere: str) -> Words:
    return thread(one.channel, one.root_ts, "Open the thread") if one.root_ts else nowhere


def _waits(held_up: HeldUp | None) -> Words:
    if held_up is None:
        return ""
    if held_up.passes:
        return " · Slack is slow; the newest comes as soon as it can"
    return (" · Slack does not take the newest of it (", Said(held_up.word, 80), "); I keep trying")


def _decision(one: Decision) -> Parts:
    status = STATUS.get(one.status, one.status)
    facts = (
        Strong(headline(one.chosen)),
        f", {status} · ",
        Channel(one.channel),
        " · ",
        Day(one.at),
        " · ",
        _where(one, "no thread"),
    )
    return (Text(Said(f"#{one.number} {one.task}", 600)), Small(facts))
