"""What is typed without a mention, where the history scopes let the app hear it: in threads, in a direct message."""

from __future__ import annotations

from typing import Any

from slack_bolt import App

from bot.conversation import edits
from bot.slack.listeners import incoming
from bot.slack.listeners.desk import Desk
from bot.slack.listeners.direct import answer_direct, heard_alone
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
        elif said is not None:
            if said.thread:
                desk.reply(said)
        else:
            changed(desk, body, workspace)
        ack()


def changed(desk: Desk, body: dict[str, Any], workspace: str) -> None:
    """Deal with a message that was edited or deleted, if this is one."""
    edit = incoming.edited(body, workspace, desk.clock(), desk.bot_user())
    gone = incoming.deleted(body, workspace, desk.clock()) if edit is None else None
    if edit is not None:
        desk.waits(edit.act, edits.edited(desk.conversation, heard_alone(edit) if edit.act.direct else edit))
    elif gone is not None:
        desk.waits(gone.act, edits.deleted(desk.conversation, gone))
