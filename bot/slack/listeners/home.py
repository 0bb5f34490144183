"""App Home."""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt import App

from bot.conversation.alone import FOR_GOOD
from bot.conversation.filters import BadFilter
from bot.conversation.inquiry import Page
from bot.conversation.outcomes import awaited
from bot.conversation.replies import Act
from bot.conversation.workspace_settings import settings_of
from bot.decision_log.records import UNSAID, Place
from bot.slack.listeners import incoming
from bot.slack.listeners.desk import Desk
from bot.slack.refusals import kind_of
from bot.views import ids, usage
from bot.views.home import HeldUp, home
from bot.views.outcomes import awaiting_outcome, what_moved

log = logging.getLogger(__name__)


def register(app: App, desk: Desk) -> None:
    """Draw somebody's App Home whenever they open it; under Messages say, once, if nothing typed there is heard."""

    @app.event(ids.APP_HOME_OPENED)
    def opened(ack: Any, body: dict[str, Any], workspace: str) -> None:
        user = incoming.home_opened(body)
        if user is not None:
            show_home(desk, workspace, user)
        elif (messages := incoming.messages_opened(body)) is not None:
            _say_if_deaf(desk, workspace, *messages)
        ack()


def _say_if_deaf(desk: Desk, workspace: str, user: str, channel: str) -> None:
    if desk.hears_alone:
        return
    with desk.conversation.answering(Act(workspace, channel, user, f"deaf:{user}", FOR_GOOD)) as is_new:
        if is_new:
            desk.slack.post(channel, usage.HEARS_NOTHING_HERE)


def refresh_home(desk: Desk, workspace: str, user: str) -> None:
    """The same after something was saved: that stays so even if the page cannot be drawn now."""
    try:
        show_home(desk, workspace, user)
    except Exception:
        log.warning("App Home could not be drawn anew", exc_info=True)


def show_home(
    desk: Desk,
    workspace: str,
    user: str,
    query: str = "",
    before: Place | None = None,
    way: tuple[Place | None, ...] = (),
) -> None:
    """Draw somebody's App Home as things stand now, with this page of the decisions in which they took part."""
    own, now = desk.conversation.own(workspace, user), desk.clock()
    page = desk.inquiry.page(Act(workspace, "", user, "", now), query, before)
    if isinstance(page, BadFilter):  # it was good when its button was made
        page, way = Page((), of_person=True), ()
    settings = settings_of(desk.conversation, workspace)
    held_up = {
        id_: HeldUp(word, kind_of(word) == "moment", word == UNSAID) for id_, word in own.held_up.items()
    }
    waiting = awaited(desk.conversation.log, workspace, user, now)
    drawn = home(
        user,
        own.consultations,
        page,
        settings,
        now.date(),
        held_up,
        way=way,
        hears_alone=desk.hears_alone,
        awaiting_outcome=awaiting_outcome(waiting.decisions, waiting.held_up),
        what_moved=what_moved(waiting.moved),
    )
    desk.slack.publish_home(user, drawn)
