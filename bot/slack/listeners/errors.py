"""The one place where failures end up.

What passes (a database that cannot be written, a Slack that asks to wait) is told so: an event gets a 503, so that
Slack sends it again; a click or a command, which Slack does not repeat, gets a sentence. For anything else, a refusal
or a bug, the person gets an id by which the operator finds it.
"""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt import App, BoltResponse

from bot.conversation.opened import UnderWay
from bot.decision_log.log import CouldNotRead, CouldNotSave
from bot.slack.listeners.desk import Desk, beside
from bot.slack.listeners.failing import told_of
from bot.slack.listeners.incoming import first_field_of, response_url_of
from bot.slack.web_api import Wait
from bot.views.document import Document

log = logging.getLogger(__name__)

PASSING = (CouldNotSave, CouldNotRead, UnderWay, Wait)
"""What passes by itself: Slack sends an event again for which it gets a 503."""


def register(app: App, desk: Desk) -> None:
    """Catch everything that a listener raises."""

    @app.error
    def failed(error: Exception, body: dict[str, Any]) -> BoltResponse:
        told = told_of(error)
        if body.get("type") == "event_callback":
            return BoltResponse(status=503 if isinstance(error, PASSING) else 200, body="")
        if body.get("type") == "view_submission":
            return beside_the_form(body, told)
        tell(desk, body, told)
        return BoltResponse(status=200, body="")


def beside_the_form(body: dict[str, Any], told: Document) -> BoltResponse:
    """Leave the form open with the sentence at its first field, so that nothing typed is lost."""
    return BoltResponse(status=200, body=beside(first_field_of(body), told))


def tell(desk: Desk, body: dict[str, Any], told: Document) -> None:
    """Tell the person behind a payload, if there is a way to."""
    url = response_url_of(body)
    if url is None:
        return
    try:
        desk.slack.respond(url, told)
    except Exception:
        log.warning("the person could not be told")
