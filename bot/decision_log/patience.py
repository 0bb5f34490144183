"""Connections to PostgreSQL that give up on a server which says nothing any more.

The server's own limits do not help when it has vanished: somebody here has to look at the clock.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import Any, TypeVar

import psycopg

Done = TypeVar("Done")

SILENT_SECONDS = 6.0
"""After so long without an answer a server is taken for gone: a host that vanishes says nothing any more."""


class PatientConnection(psycopg.Connection[Any]):
    """As the driver's, but each step of a conversation with the server ends within :data:`SILENT_SECONDS`."""

    def wait(
        self, gen: Generator[Any, Any, Done], interval: float = 0.1, timeout: float | None = None
    ) -> Done:
        """Carry a step out. Raises :class:`psycopg.OperationalError` when the server does not answer in time."""
        return super().wait(self._within(gen, time.monotonic() + SILENT_SECONDS), interval, timeout)

    def _within(self, gen: Generator[Any, Any, Done], until: float) -> Generator[Any, Any, Done]:
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if not ready and time.monotonic() > until:
                    self.pgconn.finish()
                    raise psycopg.OperationalError("timeout expired: the server does not answer")
                wanted = gen.send(ready)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]
