"""The app is removed from a workspace."""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt import App

from bot.views import ids

log = logging.getLogger(__name__)


def register(app: App) -> None:
    """Listen for the end. With tokens from the environment there are none to delete; the operator is told."""

    @app.event(ids.APP_UNINSTALLED)
    @app.event(ids.TOKENS_REVOKED)
    def gone(ack: Any, workspace: str) -> None:
        log.warning("the app was removed from workspace %s, or its tokens were revoked", workspace)
        ack()
