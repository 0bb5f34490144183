"""The shortcuts: one that opens the form from anywhere, one that takes a message as the task."""

from __future__ import annotations

from typing import Any

from slack_bolt import App

from bot.conversation.workspace_settings import policy_of
from bot.slack.listeners import incoming
from bot.slack.listeners.desk import Desk, only_for_you
from bot.views import forms, ids


def register(app: App, desk: Desk) -> None:
    """Listen for both shortcuts."""

    @app.global_shortcut(ids.START_DECISION)
    def start_decision(ack: Any, body: dict[str, Any], workspace: str) -> None:
        asked = incoming.shortcut(body, workspace, desk.clock())
        policy = policy_of(desk.conversation, asked.act.workspace, asked.act.now)
        desk.slack.open_view(asked.trigger_id, forms.start_form(policy, channel=None))
        ack()

    @app.message_shortcut(ids.DECIDE_IN_THREAD)
    def decide_in_thread(ack: Any, body: dict[str, Any], workspace: str) -> None:
        asked = incoming.shortcut(body, workspace, desk.clock(), desk.bot_user())
        act, thread = asked.act, asked.thread
        if asked.under_us and not desk.conversation.is_in(act.workspace, act.channel, thread):
            desk.tell(asked.response_url, desk.old_copy(act, thread))
            ack()
            return
        reply = desk.conversation.start(
            act, asked.message_text, root_ts=thread, unreachable=asked.response_url, heard=asked.message_ts
        )
        desk.tell(asked.response_url, only_for_you(reply))
        ack()
