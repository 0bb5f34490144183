"""What is typed without a mention, where the history scopes let the app hear it: in threads, in a direct message."""

from __future__ import annotations

from typing import Any

from slack_bolt import App

from bot.slack.listeners import incoming
from bot.slack.listeners.desk import Desk
from bot.slack.listeners.direct import answer_direct
from bot.slack.listeners.mentions import answer_mention


def register(app: App, desk: Desk) -> None:
    """Listen for messages."""

    @app.event("message")
    def message(ack: Any, body: dict[str, Any], workspace: str) -> None:
        said = incoming.said(body, workspace, desk.clock(), desk.bot_user())
        if said is not None and said.act.direct:
            answer_direct(desk, said)
        elif said is not None and said.mentioned:
            answer_mention(desk, said)
        elif said is not None and said.thread:
            desk.reply(said)
        ack()
