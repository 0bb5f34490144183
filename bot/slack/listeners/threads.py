"""What is typed in threads without a mention, where the history scope lets the app hear it."""

from __future__ import annotations

from typing import Any

from slack_bolt import App

from bot.slack.listeners import incoming
from bot.slack.listeners.desk import Desk
from bot.slack.listeners.mentions import answer_mention, asks_in_private


def register(app: App, desk: Desk) -> None:
    """Listen for messages."""

    @app.event("message")
    def message(ack: Any, body: dict[str, Any], workspace: str) -> None:
        said = incoming.said(body, workspace, desk.clock(), desk.bot_user())
        if said is not None and (said.mentioned or asks_in_private(said)):
            answer_mention(desk, said)
        elif said is not None and said.thread:
            desk.reply(said)
        ack()
