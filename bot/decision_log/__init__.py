"""The decision log: what was asked, answered, advised and decided, and what Slack must still be told.

Start reading in :mod:`bot.decision_log.log`; what comes out of it is in :mod:`bot.decision_log.records`, and
who may see what is in :mod:`bot.decision_log.scope`. Rows never leave this package.
"""

from __future__ import annotations

from bot.decision_log.engine import open_engine, schema_is_current, schema_serves
from bot.decision_log.failures import AlreadyDecided, CannotOpen, CouldNotRead, CouldNotSave, NotInScope
from bot.decision_log.log import Log
from bot.decision_log.reading import Reading
from bot.decision_log.records import (
    TAKEN_BACK,
    Advice,
    AnswerRecord,
    Backlog,
    CheckInDate,
    Consultation,
    Decision,
    Hold,
    Link,
    Outcome,
    Outgoing,
    Place,
    PostRecord,
    Recorded,
    Review,
    Setting,
    Withdrawal,
)
from bot.decision_log.scope import Scope
from bot.decision_log.wanted import Sought, Wanted
from bot.decision_log.writing import Writing

__all__ = [
    "TAKEN_BACK",
    "Advice",
    "AlreadyDecided",
    "AnswerRecord",
    "Backlog",
    "CannotOpen",
    "CheckInDate",
    "Consultation",
    "CouldNotRead",
    "CouldNotSave",
    "Decision",
    "Hold",
    "Link",
    "Log",
    "NotInScope",
    "Outcome",
    "Outgoing",
    "Place",
    "PostRecord",
    "Reading",
    "Recorded",
    "Review",
    "Scope",
    "Setting",
    "Sought",
    "Wanted",
    "Withdrawal",
    "Writing",
    "open_engine",
    "schema_is_current",
    "schema_serves",
]
