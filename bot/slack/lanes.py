"""Which channels and workspaces are not to be sent to just now: one sender serves a channel, in its own time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from bot.slack.pace import Channel

FIRST_STOP_SECONDS = 15.0
LONGEST_STOP_SECONDS = 15 * 60.0
FORGOTTEN_SECONDS = 60.0
"""After its time a stop is not told of for longer than this: where something waits it was tried and renewed by then."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A workspace whose token Slack refuses. ``word`` is Slack's; it is tried again at ``until`` (monotonic)."""

    word: str
    until: float
    seconds: float


@dataclass
class Lanes:
    """What keeps away from whom. Nothing of it outlives the process: after a restart everything is tried at once."""

    clock: Callable[[], float] = time.monotonic
    _busy: dict[Channel, threading.Event] = field(default_factory=dict)
    _resting: dict[Channel, float] = field(default_factory=dict)
    _stops: dict[str, Stop] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, channel: Channel, done: threading.Event) -> None:
        """A sender is at work in this channel, until it is done."""
        with self._lock:
            self._busy[channel] = done

    @property
    def busy(self) -> int:
        """How many senders are at work."""
        with self._lock:
            return len(self._still_busy())

    def rest(self, channel: Channel, seconds: float) -> None:
        """The channel has had its messages for now."""
        with self._lock:
            self._resting[channel] = self.clock() + seconds

    def stop(self, workspace: str, word: str) -> bool:
        """Slack refuses the token: nothing of the workspace is sent for a while, ever longer. ``False``: known."""
        with self._lock:
            known = self._stops.get(workspace)
            if known is not None and self.clock() < known.until:
                return False
            seconds = FIRST_STOP_SECONDS if known is None else min(LONGEST_STOP_SECONDS, 2 * known.seconds)
            self._stops[workspace] = Stop(word, self.clock() + seconds, seconds)
            return known is None or known.word != word

    def go_on(self, workspace: str) -> bool:
        """Slack takes something of the workspace again. ``False``: it was never stopped."""
        with self._lock:
            return self._stops.pop(workspace, None) is not None

    def stopped(self) -> dict[str, str]:
        """The workspaces of which nothing is sent, and Slack's word for why; no more, once nothing is tried again."""
        with self._lock:
            now = self.clock()
            return {w: stop.word for w, stop in self._stops.items() if now < stop.until + FORGOTTEN_SECONDS}

    def waiting(self) -> tuple[list[str], list[Channel]]:
        """The workspaces and the channels that have to wait now."""
        with self._lock:
            now = self.clock()
            self._resting = {channel: until for channel, until in self._resting.items() if until > now}
            workspaces = [workspace for workspace, stop in self._stops.items() if stop.until > now]
            return workspaces, list(self._still_busy() | self._resting.keys())

    def _still_busy(self) -> set[Channel]:
        self._busy = {channel: done for channel, done in self._busy.items() if not done.is_set()}
        return set(self._busy)

    def next_change(self) -> float | None:
        """In how many seconds the first of them need not wait any more; ``None``: that takes a sender to end."""
        with self._lock:
            times: Iterable[float] = (*self._resting.values(), *(stop.until for stop in self._stops.values()))
            ahead = [until - self.clock() for until in times]
        return min((seconds for seconds in ahead if seconds > 0), default=None)
