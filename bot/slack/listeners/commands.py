"""The slash command."""

from __future__ import annotations

from typing import Any

from slack_bolt import App

from bot.conversation.grammar import (
    Help,
    ListLog,
    NotYet,
    OpenForm,
    ShowDecision,
    Task,
    Unclear,
    understand_command,
)
from bot.conversation.replies import Act
from bot.slack.checks import leaving
from bot.slack.listeners import incoming
from bot.slack.listeners.desk import Desk, only_for_you
from bot.views import forms, ids, usage
from bot.views import log as log_views
from bot.views.document import Document
from bot.views.press import Press
from core.told import Told


def register(app: App, desk: Desk) -> None:
    """Listen for the command."""

    @app.command(ids.COMMAND)
    def command(ack: Any, body: dict[str, Any], workspace: str) -> None:
        answer = _answer(desk, incoming.command(body, workspace, desk.clock()))
        if answer is None:
            ack()
        else:
            shown = leaving(answer)
            ack(text=shown.text, blocks=list(shown.blocks), response_type="ephemeral")


def _answer(desk: Desk, asked: incoming.Command) -> Document | None:
    if asked.in_thread:
        return usage.IN_THREAD
    match understand_command(asked.text):
        case OpenForm():
            policy = desk.conversation.policy(asked.act.workspace, asked.act.now)
            metadata = {"channel": asked.act.channel, "tell": asked.response_url}
            form = forms.start_form(policy, channel=asked.act.channel, metadata=metadata)
            desk.slack.open_view(asked.trigger_id, form)
            return None
        case Help():
            return usage.help_message()
        case ListLog() as asked_log:
            return list_log(desk, asked.act, asked_log)
        case ShowDecision(number):
            return show_decision(desk, asked.act, number)
        case NotYet(name):
            return usage.not_yet(name)
        case Unclear(word):
            return usage.usage(word)
        case Task(text):
            return only_for_you(desk.conversation.start(asked.act, text, unreachable=asked.response_url))


def list_log(desk: Desk, act: Act, asked: ListLog) -> Document:
    """The first page of the channel's decisions; in a direct message, of those in which the person took part."""
    return log_page(desk, act, Press(), asked.words)


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


def show_decision(desk: Desk, act: Act, number: int | None) -> Document:
    """One of these decisions, or that there is none of this number."""
    if number is None:
        return usage.show_usage()
    record = desk.conversation.decision(act, number)
    if record is None:
        return log_views.not_found(number, own=act.direct)
    kept = Told.from_json(record.advice) if record.advice else None
    return log_views.shown(record.decision, record.consultation, kept, own=act.direct)
