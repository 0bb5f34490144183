"""Time that passes for those who send when a test says so."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from bot.app import utc_now
from bot.slack.outbox import WORKERS, Outbox
from tests.support.office import Office


class Passing:
    """The outbox of an office, whose own threads stand still: it sends while :meth:`seconds` go by."""

    def __init__(self, outbox: Outbox) -> None:
        self.outbox = outbox
        self.ahead = 0.0

    def now(self) -> datetime.datetime:
        return utc_now() + datetime.timedelta(seconds=self.ahead)

    def monotonic(self) -> float:
        return time.monotonic() + self.ahead

    def seconds(self, seconds: float) -> None:
        """So many seconds go by, in which is sent what falls due, when it does."""
        until = self.monotonic() + seconds
        while self.monotonic() < until:
            self.ahead += self.outbox.begin_due()
            while self.outbox.lanes.busy:
                time.sleep(0.001)


@contextmanager
def passing(office: Office) -> Iterator[Passing]:
    """From here on time passes when it is told to."""
    outbox = office.application.outbox
    outbox.stop()
    found = Passing(outbox)
    outbox.clock, outbox.lanes.clock, outbox.pace.clock = found.now, found.monotonic, found.monotonic
    outbox.aside.clock = found.now
    outbox.workers = ThreadPoolExecutor(WORKERS)
    outbox.aside.start()
    yield found
    outbox.stop()
