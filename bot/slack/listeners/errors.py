"""The one place where failures end up.

What passes (a database that cannot be written, a Slack that asks to wait) is told so: an event gets a 503, so that
Slack sends it again; a click or a command, which Slack does not repeat, gets a sentence. For anything else, a refusal
or a bug, the person gets an id by which the operator finds it.
"""

from __future__ import annotations

import logging
import secrets
import traceback
from typing import Any

from slack_bolt import App, BoltResponse

from bot.conversation.conversation import UnderWay
from bot.decision_log.log import CouldNotRead, CouldNotSave
from bot.slack.listeners.desk import Desk, beside
from bot.slack.listeners.incoming import first_field_of, response_url_of
from bot.slack.refusals import SlackRefuses
from bot.slack.seal import NotOurs
from bot.slack.web_api import Gone, TooLate, Wait
from bot.views import usage
from bot.views.document import Document

log = logging.getLogger(__name__)

PASSING = (CouldNotSave, CouldNotRead, UnderWay, Wait)
"""What passes by itself: Slack sends an event again for which it gets a 503."""


def register(app: App, desk: Desk) -> None:
    """Catch everything that a listener raises."""

    @app.error
    def failed(error: Exception, body: dict[str, Any]) -> BoltResponse:
        told = _told(error)
        if body.get("type") == "event_callback":
            return BoltResponse(status=503 if isinstance(error, PASSING) else 200, body="")
        if body.get("type") == "view_submission":
            return beside_the_form(body, told)
        tell(desk, body, told)
        return BoltResponse(status=200, body="")


def _told(error: Exception) -> Document:
    """What the person is told of a failure, which is noted for the operator."""
    if isinstance(error, CouldNotSave | CouldNotRead):
        log.error("%s: %s", type(error).__name__, error)
        return usage.COULD_NOT_SAVE
    if isinstance(error, NotOurs):
        log.warning("a form carried what we did not write")
        return usage.CANNOT_SEE
    if isinstance(error, UnderWay):
        log.info("it is being answered already")
        return usage.STILL_AT_IT
    if isinstance(error, TooLate):
        log.warning("Slack did not open a form in time: %s", error)
        return usage.TOO_LATE
    if isinstance(error, Wait):
        log.warning("Slack could not be told at once: %s", error)
        return usage.NOT_TOLD_IN_TIME
    reference = secrets.token_hex(3)
    if isinstance(error, SlackRefuses | Gone):
        log.error("error %s: Slack refused an answer: %s", reference, error)
    else:
        log.error("error %s in a listener: %s", reference, trace_of(error))
    return usage.failed(reference)


def trace_of(error: BaseException) -> str:
    """Where it happened, without its message, which may quote what somebody wrote."""
    told = [type(error).__name__, *traceback.format_tb(error.__traceback__)]
    cause = error.__cause__ or error.__context__
    return "\n".join([*told, *(["because of " + trace_of(cause)] if cause is not None else [])])


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
