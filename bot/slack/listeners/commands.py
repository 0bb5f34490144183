"""The slash command."""

from __future__ import annotations

from typing import Any

from slack_bolt import App

from bot.conversation.grammar import Asked, OpenForm, Task, understand_command
from bot.conversation.workspace_settings import policy_of
from bot.slack.blocks import has_chart, without_chart
from bot.slack.checks import leaving
from bot.slack.listeners import incoming
from bot.slack.listeners.answers import answered
from bot.slack.listeners.desk import Desk, only_for_you
from bot.views import forms, ids, usage
from bot.views.document import Document


def register(app: App, desk: Desk) -> None:
    """Listen for the command."""

    @app.command(ids.COMMAND)
    def command(ack: Any, body: dict[str, Any], workspace: str) -> None:
        asked = incoming.command(body, workspace, desk.clock())
        answer = _answer(desk, asked)
        if answer is None or (has_chart(answer) and desk.shows_chart(asked.response_url, answer)):
            ack()
        else:
            shown = leaving(without_chart(answer))
            ack(text=shown.text, blocks=list(shown.blocks), response_type="ephemeral")


def _answer(desk: Desk, asked: incoming.Command) -> Document | None:
    if asked.in_thread:
        return usage.IN_THREAD
    match understand_command(asked.text):
        case OpenForm():
            policy = policy_of(desk.conversation, asked.act.workspace, asked.act.now)
            metadata = {"channel": asked.act.channel, "tell": asked.response_url}
            form = forms.start_form(policy, channel=asked.act.channel, metadata=metadata)
            desk.slack.open_view(asked.trigger_id, form)
            return None
        case Task(text):
            return only_for_you(desk.conversation.start(asked.act, text, unreachable=asked.response_url))
        case asked_for:
            by_id = understand_command(asked.question)
            return answered(desk, asked.act, by_id if isinstance(by_id, Asked) else asked_for)
