"""What is answered at once, to a command or a mention alike: help, the log, and what is not understood."""

from __future__ import annotations

from bot.conversation.filters import BadFilter
from bot.conversation.grammar import Asked, CountLog, ExportLog, Format, Help, ListLog, ShowDecision, Unclear
from bot.conversation.replies import Act
from bot.slack.listeners.desk import Desk
from bot.views import log as log_views
from bot.views import record, usage, written
from bot.views.counts import counted
from bot.views.document import Document, sentence
from bot.views.press import Press
from core.told import Told


def answered(desk: Desk, act: Act, asked: Asked) -> Document:
    """The answer, for the one who asked. In a direct message the log is of those decisions in which they took part."""
    match asked:
        case Help():
            return usage.help_message()
        case ListLog(query):
            return log_page(desk, act, Press(query=query))
        case ShowDecision(number):
            return show_decision(desk, act, number)
        case CountLog(query):
            found = desk.inquiry.counted(act, query)
            return sentence(found.sentence) if isinstance(found, BadFilter) else counted(found)
        case ExportLog(format, query):
            return written.WHICH_FORMAT if format is None else _offer(desk, act, format, query)
        case Unclear(word):
            return usage.usage(word)


def log_page(desk: Desk, act: Act, press: Press) -> Document:
    """A page of the log. A button says which one, and never whose."""
    found = desk.inquiry.page(act, press.query, press.before)
    return sentence(found.sentence) if isinstance(found, BadFilter) else log_views.log_list(found, press.way)


def _offer(desk: Desk, act: Act, format: Format, query: str) -> Document:
    found = desk.inquiry.counted(act, query)
    if isinstance(found, BadFilter):
        return sentence(found.sentence)
    if not found.stats.decisions:
        return sentence(log_views.nothing_here(found.of_person, query))
    return written.offer(
        found.stats.decisions, format, query, of_person=found.of_person, takes_files=desk.takes_files()
    )


def show_decision(desk: Desk, act: Act, number: int | None, channel: str = "") -> Document:
    """One of these decisions, or that there is none of this number; which one, where several channels have it.

    ``channel``: whose number it is, where that was said.
    """
    if number is None:
        return usage.WHICH_ONE
    found = desk.inquiry.numbered(act, number, channel)
    if len(found) > 1:
        return log_views.which(found)
    recorded = desk.inquiry.record(act, found[0].place) if found else None
    own = desk.is_elsewhere(act)
    if recorded is None:
        return log_views.not_found(number, own=own)
    kept = Told.from_json(recorded.advice) if recorded.advice else None
    return record.shown(recorded, kept, own=own)
