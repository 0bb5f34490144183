"""The App Home: one's own page."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.conversation.inquiry import Page
from bot.conversation.posts import Advised, Question, posts_of
from bot.conversation.replies import WorkspaceSettings
from bot.decision_log.records import Consultation, Place
from bot.views import ids, log
from bot.views.document import (
    Button,
    Buttons,
    Day,
    Heading,
    Home,
    Parts,
    Rule,
    Said,
    Small,
    Text,
    Words,
)
from bot.views.house import settings_section
from bot.views.phrases import thread
from bot.views.press import Press
from bot.views.usage import ABOUT, ways

MOST = 10


class HeldUp(NamedTuple):
    """Why a thread does not show the newest of its consultation: Slack's word, and whether it passes by itself.

    ``may_be_there``: it was sent, and Slack did not say whether it took it.
    """

    word: str
    passes: bool
    may_be_there: bool = False


def home(
    user: str,
    consultations: Sequence[Consultation],
    page: Page,
    settings: WorkspaceSettings,
    day: datetime.date,
    held_up: Mapping[str, HeldUp] | None = None,
    *,
    way: tuple[Place | None, ...] = (),
    hears_alone: bool = True,
    awaiting_outcome: Parts = (),
    what_moved: Parts = (),
) -> Home:
    """Start, one's open consultations, decisions one took part in, the workspace's settings, and what the app does.

    ``page``, ``way``: of those decisions, as in a list of the log. ``hears_alone``: whether what somebody types under
    Messages reaches us. ``awaiting_outcome``: of which decisions it is to be said how they turned out. ``what_moved``:
    those on which the advice of today is another. Each with its heading.
    """
    held = held_up or {}
    return Home(
        (
            Heading("Fine-tune a model, or write a good prompt?"),
            Text(ABOUT),
            Buttons((Button("Start a decision", ids.HOME_START, primary=True),)),
            Small("You choose the channel. What is asked and answered there can be seen by everyone in it."),
            Small(
                "To think alone first, write to me under Messages: only you see that." if hears_alone else ""
            ),
            Rule(),
            Heading("Your open consultations"),
            *(part for one in consultations[:MOST] for part in _consultation(one, held.get(one.id))),
            None if consultations else Text("Nothing is open. What you start or answer appears here."),
            *_apart(awaiting_outcome),
            *_apart(what_moved),
            Rule(),
            *_decisions(page, way),
            Rule(),
            *settings_section(settings, user, day),
            Rule(),
            Heading("Help"),
            Text(ways()),
            Small("In a thread, say “help” to me to see what can be said there."),
        )
    )


def _apart(parts: Parts) -> Parts:
    return (Rule(), *parts) if parts else ()


def _decisions(page: Page, way: tuple[Place | None, ...]) -> Parts:
    """A page of them, and the ways to the others."""
    any_at_all = bool(page.decisions or page.query or page.before)
    search = Button("Search…", ids.HOME_SEARCH, Press(query=page.query))
    every = Button("All decisions", ids.action_id(ids.HOME_PAGE, ids.EVERY))
    turns = log.turning(page, way, ids.HOME_PAGE) if page.decisions or page.before else ()
    buttons = (*turns, search, *((every,) if page.query else ()))
    return (
        Heading(log.OF_PERSON.title),
        log.looked_for(page),
        *(part for decision in page.decisions for part in log.row(decision, own=True)),
        None if page.decisions else Text(log.nothing_found(page) if any_at_all else "None yet."),
        Buttons(buttons) if any_at_all else None,
    )


def _consultation(one: Consultation, held_up: HeldUp | None) -> Parts:
    last = next((p.about for p in reversed(posts_of(one)) if isinstance(p.about, Question | Advised)), None)
    waiting = "Advised, not decided yet" if isinstance(last, Advised) else "Open"
    state = "Set aside" if one.status == "set_aside" else waiting
    since = (f"{state}, since ", Day(one.created_at), " · ")
    return (Text(Said(one.task, 600)), Small((*since, _where(one, "Not posted yet"), _waits(held_up))))


def _where(one: Consultation, nowhere: str) -> Words:
    return thread(one.channel, one.root_ts, "Open the thread") if one.root_ts else nowhere


def _waits(held_up: HeldUp | None) -> Words:
    if held_up is None:
        return ""
    if held_up.passes:
        return " · Slack is slow; the newest comes as soon as it can"
    if held_up.may_be_there:
        return " · Slack did not say whether it took the newest of it; if it is not there, it comes"
    return (" · Slack does not take the newest of it (", Said(held_up.word, 80), "); I keep trying")
