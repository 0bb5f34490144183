"""Whether the app can work: what is dead, full, read-only, refused or late, in words for whoever runs it."""

from __future__ import annotations

import datetime
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.decision_log.failures import IN_WORDS, CouldNotRead, CouldNotSave
from bot.decision_log.log import Log
from bot.slack.installation import AtHand, Installation
from bot.slack.outbox import Outbox

LATE = datetime.timedelta(minutes=10)
"""A Slack that cannot be reached for longer than this is a trouble."""
PROBE_SECONDS = 1.0
"""The database is not probed more often, however often somebody asks."""
READY = "ready"
CANNOT_TELL = (False, "cannot tell; the log has the reason")


@dataclass
class Health:
    """Looks whenever somebody asks, so that it is well again as soon as everything is."""

    record: Log
    outbox: Outbox
    installation: AtHand
    schema_trouble: Callable[[], str | None]
    clock: Callable[[], datetime.datetime]
    not_bound: str | None = None
    """What of row-level security does not hold as the database's role."""
    _known: tuple[bool, str] = (False, "not looked yet")
    _looked_at: float | None = None
    _looking: threading.Lock = field(default_factory=threading.Lock)

    def ready(self) -> tuple[bool, str]:
        """Whether requests can be taken, and if not, why not; what waits for Slack stands on lines of its own.

        While somebody else is looking, what they find is waited for by nobody: the last finding is told.
        """
        if not self._looking.acquire(blocking=False):
            return self._last()
        try:
            if self._looked_at is None or time.monotonic() - self._looked_at > PROBE_SECONDS:
                self._looked_at, self._known = time.monotonic(), CANNOT_TELL
                self._known = self._look()
            return self._known
        finally:
            self._looking.release()

    def _last(self) -> tuple[bool, str]:
        seconds = time.monotonic() - (self._looked_at or time.monotonic())
        if seconds > 5:
            return False, f"the database has not answered for {int(seconds)} s"
        return self._known

    def _look(self) -> tuple[bool, str]:
        try:
            trouble = self._trouble()
            if trouble is not None:
                return False, trouble
            waiting = [_waits(word, count) for word, count in self.outbox.refused().items()]
            waiting += self._other_tokens()
            waiting += [self.not_bound] if self.not_bound is not None else []
        except (CouldNotRead, CouldNotSave) as error:
            return False, IN_WORDS[error.why]
        return True, "\n".join([READY, *waiting])

    def _trouble(self) -> str | None:
        if (tables := self.schema_trouble()) is not None:
            return tables
        self.record.probe(self.clock())
        trouble = self.outbox.trouble() or self.installation.trouble()
        if trouble is not None:
            return trouble
        if isinstance(self.installation, Installation) and (stopped := self._stopped()):
            return f"Slack refuses the token ({stopped}); whatever is to be sent waits"
        away = self.outbox.away()
        if away > LATE:
            return f"Slack has been out of reach for {int(away.total_seconds() // 60)} minutes"
        return None

    def _stopped(self) -> str:
        stopped = self.outbox.lanes.stopped()
        return ", ".join(f"{workspace}: {word}" for workspace, word in sorted(stopped.items()))

    def _other_tokens(self) -> list[str]:
        """Of several installations one may be refused, and the others go on."""
        stopped = self._stopped()
        return [*([f"Slack refuses the tokens of {stopped}"] if stopped else []), *self.installation.asides()]


def _waits(word: str, count: int) -> str:
    return f"{count} {'consultation waits' if count == 1 else 'consultations wait'} for Slack: {word}"
