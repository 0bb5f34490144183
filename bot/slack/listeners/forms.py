"""Forms that were sent."""

from __future__ import annotations

from typing import Any

from slack_bolt import App

from bot.conversation.replies import Refused, Reply
from bot.conversation.standing import ASSUMED
from bot.slack.listeners import incoming
from bot.slack.listeners.buttons import QUESTIONS
from bot.slack.listeners.desk import Desk, only_for_you
from bot.slack.listeners.home import refresh_home
from bot.views import forms, house, ids
from bot.views.assumptions import read_assumptions_form
from core.house import GROUP


def register(app: App, desk: Desk) -> None:
    """Listen for each form."""
    _listen_for_assumptions(app, desk)

    @app.view(ids.START_FORM)
    def start(ack: Any, body: dict[str, Any], workspace: str) -> None:
        sent = incoming.submission(body, workspace, desk.clock())
        read = forms.read_start_form(
            sent.state, forms.policy_of(desk.slack.carried(sent.metadata), sent.now.date())
        )
        if isinstance(read, forms.Mistakes):
            ack(response_action="errors", errors=dict(read.errors))
            return
        about = desk.slack.carried(sent.metadata)
        channel = read.channel or str(about.get("channel", ""))
        tell = sent.answer_at.get(channel) or str(about.get("tell", "")) or None
        reply = desk.conversation.start(sent.act_in(channel), read.task, values=read.values, unreachable=tell)
        if isinstance(reply, Refused):
            ack(forms.refused(ids.TASK, _sentence(reply)))
            return
        ack()

    @app.view(ids.QUESTION_FORM)
    def question(ack: Any, body: dict[str, Any], workspace: str) -> None:
        sent = incoming.submission(body, workspace, desk.clock())
        about = desk.slack.carried(sent.metadata)
        asked = QUESTIONS[about["q"]].under(forms.policy_of(about, sent.now.date()))
        read = forms.read_form(sent.state, [asked])
        if isinstance(read, forms.Mistakes):
            ack(response_action="errors", errors=dict(read.errors))
            return
        reply = desk.conversation.answer(
            sent.act_in(about["channel"]), about["c"], asked.name, read.values, seen=about["s"], how="form"
        )
        _close(ack, desk, reply, next(iter(sent.state), ""))

    @app.view(ids.OVERRIDE_FORM)
    def override(ack: Any, body: dict[str, Any], workspace: str) -> None:
        sent = incoming.submission(body, workspace, desk.clock())
        read = forms.read_override_form(sent.state)
        if isinstance(read, forms.Mistakes):
            ack(response_action="errors", errors=dict(read.errors))
            return
        about = desk.slack.carried(sent.metadata)
        act = sent.act_in(about["channel"])
        reply = desk.conversation.decide_otherwise(act, about["c"], read.verdict, read.why)
        _close(ack, desk, reply, ids.WHY)

    @app.view(ids.SETTINGS_FORM)
    def settings(ack: Any, body: dict[str, Any], workspace: str) -> None:
        sent = incoming.submission(body, workspace, desk.clock())
        about = desk.slack.carried(sent.metadata)
        group = GROUP[about["g"]]
        read = house.read_settings_form(sent.state, group, sent.now.date())
        if isinstance(read, forms.Mistakes):
            ack(response_action="errors", errors=dict(read.errors))
            return
        reply = desk.conversation.change_settings(sent.act_in(""), read.values, seen=about["s"])
        errors = house.not_saved(reply, group, desk.conversation.settings(sent.workspace))
        if errors is not None:
            ack(response_action="errors", errors=dict(errors))
            return
        refresh_home(desk, sent.workspace, sent.user)
        ack()


def _listen_for_assumptions(app: App, desk: Desk) -> None:
    @app.view(ids.ASSUMPTIONS_FORM)
    def assumptions(ack: Any, body: dict[str, Any], workspace: str) -> None:
        sent = incoming.submission(body, workspace, desk.clock())
        read = read_assumptions_form(sent.state, sent.shown, sent.now.date())
        if isinstance(read, forms.Mistakes):
            ack(response_action="errors", errors=dict(read.errors))
            return
        about = desk.slack.carried(sent.metadata)
        reply = desk.conversation.assume(sent.act_in(about["channel"]), about["c"], read.values)
        at_fault = reply.field.removeprefix(ASSUMED) if isinstance(reply, Refused) else ""
        block = ids.assumption_block(at_fault)
        _close(ack, desk, reply, block if block in sent.state else next(iter(sent.state), ""))


def _close(ack: Any, desk: Desk, reply: Reply, block: str) -> None:
    """Close the form; or leave it open with a sentence when what it says could not be taken."""
    told = only_for_you(reply)
    if told is None:
        ack()
    else:
        ack(forms.refused(block, told.text))


def _sentence(reply: Reply) -> str:
    told = only_for_you(reply)
    return told.text if told else ""
