"""App Home."""

from __future__ import annotations

from typing import Any

from slack_bolt import App

from bot.listeners import incoming
from bot.listeners.desk import Desk
from bot.views import ids
from bot.views.home import home


def register(app: App, desk: Desk) -> None:
    """Draw somebody's App Home whenever they open it."""

    @app.event(ids.APP_HOME_OPENED)
    def opened(ack: Any, body: dict[str, Any]) -> None:
        who = incoming.home_opened(body)
        if who is not None:
            workspace, user = who
            consultations, decisions = desk.conversation.home(workspace, user)
            desk.slack.publish_home(user, home(user, consultations, decisions))
        ack()
