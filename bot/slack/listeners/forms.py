"""Forms that were sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import App

from bot.conversation.replies import Refused, Reply
from bot.conversation.workspace_settings import change_settings, settings_of
from bot.decision_log.said import ASSUMED
from bot.slack.listeners import incoming, log, outcomes, taking
from bot.slack.listeners.buttons import QUESTIONS
from bot.slack.listeners.desk import Desk, beside, only_for_you
from bot.slack.listeners.home import refresh_home
from bot.views import forms, house, ids, usage
from bot.views.assumptions import read_assumptions_form
from core.house import GROUP

About = Mapping[str, Any]
"""What a form carries."""
Answer = dict[str, Any] | None
"""What Slack is answered; ``None`` closes the form."""


def register(app: App, desk: Desk) -> None:
    """Listen for each form."""
    for name, submitted in FORMS.items():
        _listen(app, desk, name, submitted)


def _listen(app: App, desk: Desk, name: str, submitted: Submitted) -> None:
    @app.view(name)
    def form(ack: Any, body: dict[str, Any], workspace: str) -> None:
        sent = incoming.submission(body, workspace, desk.clock())
        answer = submitted(desk, sent, desk.slack.carried(sent.metadata))
        if answer is None:
            ack()
        else:
            ack(answer)


def _start(desk: Desk, sent: incoming.Submission, about: About) -> Answer:
    read = forms.read_start_form(sent.state, forms.policy_of(about, sent.now.date()))
    if isinstance(read, forms.Mistakes):
        return _mistaken(read.errors)
    channel = read.channel or str(about.get("channel", ""))
    tell = sent.answer_at.get(channel) or str(about.get("tell", "")) or None
    reply = desk.conversation.start(sent.act_in(channel), read.task, values=read.values, unreachable=tell)
    if isinstance(reply, Refused):
        return beside(ids.TASK, only_for_you(reply) or usage.CANNOT_SEE)
    return None


def _question(desk: Desk, sent: incoming.Submission, about: About) -> Answer:
    asked = QUESTIONS[about["q"]].under(forms.policy_of(about, sent.now.date()))
    read = forms.read_form(sent.state, [asked])
    if isinstance(read, forms.Mistakes):
        return _mistaken(read.errors)
    reply = desk.conversation.answer(
        sent.act_in(about["channel"]), about["c"], asked.name, read.values, seen=about["s"], how="form"
    )
    desk.waits(sent.act_in(about["channel"]), reply, str(about.get("tell", "")))
    return _closing(reply, next(iter(sent.state), ""))


def _override(desk: Desk, sent: incoming.Submission, about: About) -> Answer:
    read = forms.read_override_form(sent.state)
    if isinstance(read, forms.Mistakes):
        return _mistaken(read.errors)
    act = sent.act_in(about["channel"])
    reply = desk.conversation.decide_otherwise(act, about["c"], read.verdict, read.why)
    desk.waits(act, reply, str(about.get("tell", "")))
    return _closing(reply, ids.WHY)


def _settings(desk: Desk, sent: incoming.Submission, about: About) -> Answer:
    group = GROUP[about["g"]]
    read = house.read_settings_form(sent.state, group, sent.now.date())
    if isinstance(read, forms.Mistakes):
        return _mistaken(read.errors)
    reply = change_settings(desk.conversation, sent.act_in(""), read.values, seen=about["s"])
    errors = house.not_saved(reply, group, settings_of(desk.conversation, sent.workspace))
    if errors is not None:
        return _mistaken(errors)
    refresh_home(desk, sent.workspace, sent.user)
    return None


def _assumptions(desk: Desk, sent: incoming.Submission, about: About) -> Answer:
    read = read_assumptions_form(sent.state, sent.shown, sent.now.date())
    if isinstance(read, forms.Mistakes):
        return _mistaken(read.errors)
    reply = desk.conversation.assume(sent.act_in(about["channel"]), about["c"], read.values)
    desk.waits(sent.act_in(about["channel"]), reply)
    at_fault = reply.field.removeprefix(ASSUMED) if isinstance(reply, Refused) else ""
    block = ids.assumption_block(at_fault)
    return _closing(reply, block if block in sent.state else next(iter(sent.state), ""))


def _mistaken(errors: Mapping[str, str]) -> Answer:
    return {"response_action": "errors", "errors": dict(errors)}


def _closing(reply: Reply, block: str) -> Answer:
    """Close the form; or leave it open with a sentence when what it says could not be taken."""
    told = only_for_you(reply)
    return None if told is None else beside(block, told)


Submitted = Callable[[Desk, incoming.Submission, About], Answer]
FORMS: Mapping[str, Submitted] = {
    ids.START_FORM: _start,
    ids.QUESTION_FORM: _question,
    ids.OVERRIDE_FORM: _override,
    ids.SETTINGS_FORM: _settings,
    ids.ASSUMPTIONS_FORM: _assumptions,
    ids.WITHDRAW_FORM: log.withdrawn,
    ids.SEARCH_FORM: log.searched,
    ids.TAKE_FORM: taking.submitted,
    ids.OUTCOME_FORM: outcomes.recorded,
    ids.ASK_LATER_FORM: outcomes.put_off,
    ids.LINK_FORM: outcomes.linked,
}
