"""By which request a consultation was touched, so that what is sent for it later is told as of the same.

Kept by the process that took the request, in memory: another that sends in its place knows of none.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from bot.decision_log.records import Outgoing
from bot.logs import REQUEST
from bot.telemetry import traces

if TYPE_CHECKING:
    from opentelemetry.trace import SpanContext

KEPT = 5_000
"""Consultations of which it is known; of more than these the oldest are forgotten."""

Touched = Mapping[tuple[str, str], datetime]
"""Workspace and id of consultations, each with the time of its touch."""


class Origin(NamedTuple):
    """A request: its id, and where there are traces its own."""

    request: str = ""
    trace: SpanContext | None = None


NONE = Origin()


class Origins:
    """The newest request of each consultation. Safe to share between threads."""

    def __init__(self) -> None:
        self._newest: OrderedDict[tuple[str, str], tuple[datetime, Origin]] = OrderedDict()
        self._lock = threading.Lock()

    def note(self, touched: Touched) -> None:
        """These are touched by the request that is worked on in this context; outside of any, by none."""
        origin = Origin(REQUEST.get(), traces.begun_by())
        with self._lock:
            for consultation, at in touched.items():
                self._newest.pop(consultation, None)
                if origin.request:
                    self._newest[consultation] = at, origin
            while len(self._newest) > KEPT:
                self._newest.popitem(last=False)

    def of(self, outgoing: Outgoing) -> Origin:
        """The newest request that a row of the outbox is about; :data:`NONE` where none is known.

        A row that came up after all that is known here is another process's.
        """
        with self._lock:
            at, origin = self._newest.get((outgoing.workspace, outgoing.consultation), (None, NONE))
        return origin if at is not None and outgoing.since <= at else NONE
