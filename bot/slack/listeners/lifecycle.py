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
    """Listen for the end: tokens are deleted at once. One from the environment only whoever runs the app can delete."""

    @app.event(ids.CHANNEL_ID_CHANGED)
    def moved(ack: Any, body: dict[str, Any], workspace: str) -> None:
        old, new = incoming.channel_moved(body)
        desk.conversation.channel_moved(workspace, old, new)
        ack()

    @app.event(ids.APP_UNINSTALLED)
    @app.event(ids.TOKENS_REVOKED)
    def gone(ack: Any, body: dict[str, Any], workspace: str) -> None:
        at = incoming.taken_away(body)
        if at is not None:
            desk.taken_away(workspace, at)
            log.warning("the app was removed from workspace %s, or its tokens were revoked", workspace)
        ack()
