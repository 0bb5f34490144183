"""What is answered at once, to a command or a mention alike: help, the log, and what is not understood."""

from __future__ import annotations

from bot.conversation.grammar import Asked, Help, ListLog, NotYet, ShowDecision, Unclear
from bot.conversation.replies import Act
from bot.slack.listeners.desk import Desk
from bot.views import log as log_views
from bot.views import usage
from bot.views.document import Document
from bot.views.press import Press
from core.told import Told


def answered(desk: Desk, act: Act, asked: Asked) -> Document:
    """The answer, for the one who asked. In a direct message the log is of those decisions in which they took part."""
    match asked:
        case Help():
            return usage.help_message()
        case ListLog(words):
            return log_page(desk, act, Press(), words)
        case ShowDecision(number):
            return show_decision(desk, act, number)
        case NotYet(name):
            return usage.not_yet(name)
        case Unclear(word):
            return usage.usage(word)


def log_page(desk: Desk, act: Act, press: Press, about: str = "") -> Document:
    """A page of the log. A button says which one, and never whose."""
    found = desk.conversation.decisions(act, press.before)
    return log_views.log_list(
        found[:10],
        before=press.before,
        way=press.way,
        has_older=len(found) > 10,
        about=about,
        own=act.direct,
    )


def show_decision(desk: Desk, act: Act, number: int | None, channel: str = "") -> Document:
    """One of these decisions, or that there is none of this number; which one, where several channels have it.

    ``channel``: whose number it is, where that was said.
    """
    if number is None:
        return usage.WHICH_ONE
    found = desk.conversation.numbered(act, number)
    if channel:
        found = [one for one in found if one.channel == channel]
    if len(found) > 1:
        return log_views.which(found)
    record = desk.conversation.decision(act, found[0].place) if found else None
    if record is None:
        return log_views.not_found(number, own=act.direct)
    kept = Told.from_json(record.advice) if record.advice else None
    return log_views.shown(record.decision, record.consultation, kept, own=act.direct)
