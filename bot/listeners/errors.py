"""The one place where failures end up.

What could not be saved is told so: an event gets a 503, so that Slack sends it again; a click or a command, which Slack
does not repeat, gets a sentence. Anything else is a bug: the person gets an id by which the operator finds it.
"""

from __future__ import annotations

import logging
import secrets
from typing import Any

from slack_bolt import App, BoltResponse

from bot.decision_log.log import CouldNotRead, CouldNotSave
from bot.listeners.desk import Desk
from bot.listeners.incoming import first_field_of, response_url_of
from bot.sending import TooLate, Wait
from bot.views import usage
from bot.views.message import Message

log = logging.getLogger(__name__)


def register(app: App, desk: Desk) -> None:
    """Catch everything that a listener raises."""

    @app.error
    def failed(error: Exception, body: dict[str, Any]) -> BoltResponse:
        if isinstance(error, CouldNotSave | CouldNotRead):
            log.error("%s: %s", type(error).__name__, error)
            told = usage.could_not_save()
        elif isinstance(error, TooLate | Wait):
            log.warning("a form could not be opened: %s", type(error).__name__)
            told = usage.too_late()
        else:
            reference = secrets.token_hex(3)
            log.error("error %s in a listener", reference, exc_info=error)
            told = usage.failed(reference)
        if body.get("type") == "event_callback":
            return BoltResponse(
                status=503 if isinstance(error, CouldNotSave | CouldNotRead) else 200, body=""
            )
        if body.get("type") == "view_submission":
            return beside_the_form(body, told)
        tell(desk, body, told)
        return BoltResponse(status=200, body="")


def beside_the_form(body: dict[str, Any], told: Message) -> BoltResponse:
    """Leave the form open with the sentence at its first field, so that nothing typed is lost."""
    errors = {first_field_of(body): told.text}
    return BoltResponse(status=200, body={"response_action": "errors", "errors": errors})


def tell(desk: Desk, body: dict[str, Any], told: Message) -> None:
    """Tell the person behind a payload, if there is a way to."""
    url = response_url_of(body)
    if url is None:
        return
    try:
        desk.slack.respond(url, told)
    except Exception:
        log.warning("the person could not be told")
