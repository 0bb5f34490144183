"""What becomes of the installation and its channels: the app is removed, or a channel gets another id."""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt import App

from bot.slack.listeners import incoming
from bot.slack.listeners.desk import Desk
from bot.views import ids

log = logging.getLogger(__name__)


def register(app: App, desk: Desk) -> None:
    """Listen for the end, and for channels that get another id."""

    @app.event(ids.CHANNEL_ID_CHANGED)
    def moved(ack: Any, body: dict[str, Any], workspace: str) -> None:
        old, new = incoming.channel_moved(body)
        desk.conversation.channel_moved(workspace, old, new)
        ack()

    @app.event(ids.APP_UNINSTALLED)
    def gone(ack: Any, body: dict[str, Any], workspace: str) -> None:
        depart(desk, body, workspace)
        ack()

    @app.event(ids.TOKENS_REVOKED)
    def revoked(ack: Any, body: dict[str, Any], workspace: str) -> None:
        if incoming.is_ours_revoked(body):  # tokens of people, of which the app has none, may be revoked too
            depart(desk, body, workspace)
        ack()


def depart(desk: Desk, body: dict[str, Any], workspace: str) -> None:
    """The app was taken away: its token goes at once, the records after a while, unless it comes back."""
    if desk.departed(workspace, incoming.happened_at(body, desk.clock())):
        log.warning(
            "the app was taken away from workspace %s: its token is deleted here, its records later",
            workspace,
        )
