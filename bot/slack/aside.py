"""What takes long, on threads of its own: files that were dropped, and replies that a language model is asked about.

Nothing of it is remembered here: a note in the log says that it is still to be done, and whoever sends begins it again
until it is. What comes of it is a change of the consultation like any other.
"""

from __future__ import annotations

import datetime
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from contextvars import copy_context
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from bot.conversation import read_later
from bot.conversation.conversation import Conversation
from bot.conversation.posts import FileRead, FileToRead, PutOff
from bot.conversation.second_reading import Ask, put_to_model
from bot.conversation.standing import Standing
from bot.decision_log.log import CouldNotRead, CouldNotSave
from bot.slack.evidence import BROKEN, UNREACHABLE_FILE, Reader, compare_files, is_small, read_file
from bot.slack.web_api import Slack, Wait
from core.evidence.found import Evidence, Found

log = logging.getLogger(__name__)

SMALL_AT_ONCE = 2
LARGE_AT_ONCE = 1
"""Reading one may take much memory, and seconds; small ones do not wait for it."""
ASKED_AT_ONCE = 2
TRIES = 5
"""How often a file is fetched before its note says that it cannot be had."""
AGAIN_SECONDS = 1.0


class Job(NamedTuple):
    """One note whose file is to be read, or whose reply a model is to be asked about."""

    workspace: str
    consultation: str
    post: int


def earlier_results(standing: Standing) -> FileRead | None:
    """The file that said last how good the prompt is."""
    read = (post.about for post in reversed(standing.posts) if isinstance(post.about, FileRead))
    return next(read, None)


@dataclass
class Aside:
    """Begins what notes are waiting for, each once at a time, and has the consultation shown again when it is done."""

    slack: Slack
    conversation: Conversation
    clock: Callable[[], datetime.datetime]
    ask: Ask | None = None
    """Asks a language model about a reply that was not understood; ``None``: the app asks back instead."""
    reader: Reader = field(default_factory=Reader)
    working_for: Callable[[str], AbstractContextManager[None]] = lambda _: nullcontext()
    """In it, what is asked of Slack is asked of a workspace's."""
    _running: dict[Job, Future[None]] = field(default_factory=dict)
    _failed: dict[Job, int] = field(default_factory=dict)
    _not_before: dict[Job, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _small: ThreadPoolExecutor | None = None
    _large: ThreadPoolExecutor | None = None
    _asking: ThreadPoolExecutor | None = None

    def start(self) -> None:
        """Make ready to work."""
        self.reader = Reader(self.reader.seconds, self.reader.memory)
        self._small = ThreadPoolExecutor(SMALL_AT_ONCE, "small files")
        self._large = ThreadPoolExecutor(LARGE_AT_ONCE, "large files")
        self._asking = ThreadPoolExecutor(ASKED_AT_ONCE, "asking")

    def stop(self) -> None:
        """Begin nothing more. What is under way ends by itself, or is begun again after the next start."""
        for pool in (self._small, self._large, self._asking):
            if pool is not None:
                pool.shutdown(wait=False, cancel_futures=True)
        self.reader.stop()
        self._small = self._large = self._asking = None
        self._running.clear()

    def begin(self, standing: Standing) -> list[Future[None]]:
        """Begin what the consultation's notes wait for, and return what is under way for files."""
        consultation = standing.consultation
        files = []
        for post in standing.posts:
            job = Job(consultation.workspace, consultation.id, post.id)
            if isinstance(post.about, FileToRead):
                pool = self._small if is_small(post.about) else self._large
                before = earlier_results(standing) if post.about.of_outcome else None
                files.append(self._begun(job, pool, partial(self._read, job, post.about, before)))
            elif isinstance(post.about, PutOff):
                self._begun(job, self._asking, partial(self._ask, job, post.about))
        return [future for future in files if future is not None]

    def look_again(self, standing: Standing) -> float | None:
        """In how many seconds to look whether a note of the consultation still waits; ``None``: none does."""
        found = standing.consultation
        waiting = [post for post in standing.posts if isinstance(post.about, FileToRead | PutOff)]
        if not waiting:
            return None
        jobs = (Job(found.workspace, found.id, post.id) for post in waiting)
        with self._lock:
            until = min(self._not_before.get(job, 0.0) for job in jobs)
        return max(AGAIN_SECONDS, until - time.monotonic())

    def _begun(
        self, job: Job, pool: ThreadPoolExecutor | None, work: Callable[[], None]
    ) -> Future[None] | None:
        with self._lock:
            if job in self._running:
                return self._running[job]
            if pool is None or time.monotonic() < self._not_before.get(job, 0.0):
                return None
            # As the request for which it is done: so is what the consultation then shows.
            self._running[job] = pool.submit(copy_context().run, self._work, job, work)
            return self._running[job]

    def _work(self, job: Job, work: Callable[[], None]) -> None:
        again: float | None = None
        try:
            with self.working_for(job.workspace):
                work()
        except Wait as wait:
            again = wait.seconds
        except (CouldNotRead, CouldNotSave):
            again = AGAIN_SECONDS
        except BaseException:  # there is nobody above who could see it
            log.exception("what a note of consultation %s waits for failed", job.consultation)
            again = AGAIN_SECONDS * 2 ** self._count(job)
        with self._lock:
            self._running.pop(job, None)
            if again is None:
                self._failed.pop(job, None)
                self._not_before.pop(job, None)
            else:
                self._not_before[job] = time.monotonic() + again

    def _count(self, job: Job) -> int:
        with self._lock:
            self._failed[job] = self._failed.get(job, 0) + 1
            return self._failed[job]

    def _read(self, job: Job, note: FileToRead, before: FileRead | None) -> None:
        """Read a file that was dropped, beside an earlier one if there is one, and note what it says."""
        found = self._found(job, note)
        beside = None
        if before is not None and isinstance(found, Evidence):
            beside = (before.name, compare_files(self.slack, self.reader, before, note))
        read_later.evidence_read(
            self.conversation.log,
            job.workspace,
            job.consultation,
            job.post,
            note.use,
            found,
            self.clock(),
            beside,
        )
        self.conversation.wake()

    def _found(self, job: Job, note: FileToRead) -> Found:
        if self._failed.get(job, 0) >= TRIES:
            return BROKEN
        try:
            return read_file(self.slack, self.reader, note)
        except Wait as wait:
            if wait.is_told:
                raise
            tries = self._count(job)
            if tries < TRIES:
                raise Wait(wait.seconds * 2 ** (tries - 1), wait.because) from None
            return UNREACHABLE_FILE

    def _ask(self, job: Job, note: PutOff) -> None:
        """Ask the model about a reply, and note what it says."""
        is_hopeless = self.ask is None or self._failed.get(job, 0) >= TRIES
        pointed = None if self.ask is None or is_hopeless else self.ask(put_to_model(note))
        read_later.read_again(
            self.conversation.log, job.workspace, job.consultation, job.post, pointed, self.clock()
        )
        self.conversation.wake()
