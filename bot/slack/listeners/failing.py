"""What somebody is told of a failure, and what is noted of it for the operator."""

from __future__ import annotations

import logging
import secrets
import traceback

from bot.conversation.opened import UnderWay
from bot.decision_log.log import CouldNotRead, CouldNotSave
from bot.slack.refusals import SlackRefuses
from bot.slack.seal import NotOurs
from bot.slack.web_api import Gone, TooLate, Wait
from bot.views import usage
from bot.views.document import Document

log = logging.getLogger(__name__)


def told_of(error: Exception) -> Document:
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
