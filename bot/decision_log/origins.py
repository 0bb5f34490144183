"""By which request a consultation was touched, so that what is sent for it later is told under the same id.

Kept by the process that took the request, in memory: another that sends in its place knows of none.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime

from bot.decision_log.records import Outgoing
from bot.logs import REQUEST

KEPT = 5_000
"""Consultations of which it is known; of more than these the oldest are forgotten."""

Touched = Mapping[tuple[str, str], datetime]
"""Workspace and id of consultations, each with the time of its touch."""


class Origins:
    """The newest request of each consultation. Safe to share between threads."""

    def __init__(self) -> None:
        self._newest: OrderedDict[tuple[str, str], tuple[datetime, str]] = OrderedDict()
        self._lock = threading.Lock()

    def note(self, touched: Touched) -> None:
        """These are touched by the request that is worked on in this context; outside of any, by none."""
        request = REQUEST.get()
        with self._lock:
            for consultation, at in touched.items():
                self._newest.pop(consultation, None)
                if request:
                    self._newest[consultation] = at, request
            while len(self._newest) > KEPT:
                self._newest.popitem(last=False)

    def of(self, outgoing: Outgoing) -> str:
        """The id of the newest request that a row of the outbox is about; empty where none is known.

        A row that came up after all that is known here is another process's.
        """
        with self._lock:
            at, request = self._newest.get((outgoing.workspace, outgoing.consultation), (None, ""))
        return request if at is not None and outgoing.since <= at else ""
