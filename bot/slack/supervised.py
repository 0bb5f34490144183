"""Threads that go on: whatever their work raises is logged, waited out, and gone on with."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.decision_log.failures import IN_WORDS, CouldNotRead, CouldNotSave

log = logging.getLogger(__name__)

FIRST_WAIT_SECONDS = 0.25
LONGEST_WAIT_SECONDS = 5.0
"""How long a failing thread waits before its next round: what failed may be well again."""
LATE_SECONDS = 30.0
"""A thread whose round takes longer than this, its own waiting apart, hangs somewhere."""


@dataclass
class Supervised:
    """A thread that does ``round`` after round until it is stopped. Each waits by itself for there to be work.

    late_after: seconds that a round may take, its waiting included.
    """

    name: str
    round: Callable[[], None]
    late_after: float = LATE_SECONDS
    _stopping: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None
    _begun: float = 0.0
    _failures: int = 0
    _failed_with: str = ""

    def start(self) -> None:
        """Begin, or begin again after a stop."""
        self._stopping.clear()
        self._begun = time.monotonic()
        self._thread = threading.Thread(target=self._run, name=self.name, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Let the present round be the last."""
        self._stopping.set()

    def join(self, seconds: float) -> None:
        """Wait for the last round to end."""
        if self._thread is not None:
            self._thread.join(max(0.0, seconds))

    def wait(self, seconds: float) -> None:
        """For a round that has nothing to do for so long; ends at once when the thread is stopped."""
        self._stopping.wait(max(0.0, seconds))

    @property
    def is_stopping(self) -> bool:
        """Whether this is the last round."""
        return self._stopping.is_set()

    @property
    def is_running(self) -> bool:
        """Whether it was started and not stopped."""
        return self._thread is not None and not self._stopping.is_set()

    def trouble(self) -> str | None:
        """What is the matter with the thread, in a few words; ``None`` when nothing is, or it was not started."""
        if self._thread is None or not self.is_running:
            return None
        if not self._thread.is_alive():
            return f"the {self.name} thread has ended"
        if self._failures:
            return f"the {self.name} thread fails ({self._failed_with})"
        seconds = time.monotonic() - self._begun
        return f"the {self.name} thread has hung for {int(seconds)} s" if seconds > self.late_after else None

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._begun = time.monotonic()
            try:
                self.round()
            except BaseException as failure:  # there is nobody above who could see it
                self._failed(failure)
            else:
                self._recovered()

    def _failed(self, failure: BaseException) -> None:
        self._failures += 1
        trace: BaseException | None = failure
        said = ""
        self._failed_with = type(failure).__name__
        if isinstance(failure, CouldNotRead | CouldNotSave):
            self._failed_with = IN_WORDS[failure.why]
            if failure.why != "failed":  # it is known well enough what that is
                trace, said = None, f" ({' '.join(str(failure).split())})"
        if self._failures & (self._failures - 1) == 0:  # the 1st, 2nd, 4th, 8th, ... time
            told = "the %s thread failed (%d in a row): %s%s"
            log.error(told, self.name, self._failures, self._failed_with, said, exc_info=trace)
        wait = min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** min(self._failures - 1, 10))
        self._stopping.wait(wait)

    def _recovered(self) -> None:
        if self._failures:
            log.info("the %s thread goes on after %d failures", self.name, self._failures)
        self._failures = 0
