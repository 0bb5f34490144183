"""The pace at which Slack may be told things: about one new message a second and channel, with small bursts."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.sending import Wait

BURST = 4
"""Messages that one channel may get at once before the pace holds. Slack: about 1 a second, short bursts allowed."""

A_SECOND = 1.0


@dataclass
class Pace:
    """Turns for new messages per channel, and the waits that Slack asked for per workspace and method."""

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    between: float = A_SECOND
    """Seconds between two new messages of one channel; 0: no pace."""
    _held: dict[tuple[str, str], float] = field(default_factory=dict)
    _next: dict[tuple[str, str], float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def turn(self, workspace: str, channel: str, method: str) -> Iterator[None]:
        """Wait for one's turn, then call Slack inside. A :class:`Wait` from Slack holds the method for everybody.

        Raises :class:`Wait` at once, without a call, while the method is held.
        """
        held = self._held.get((workspace, method), 0.0) - self.clock()
        if held > 0:
            raise Wait(held, f"{method} is held back")
        if method == "chat.postMessage":
            self.sleep(self._until_turn(workspace, channel))
        try:
            yield
        except Wait as wait:
            if wait.because == "rate limit":
                self._held[workspace, method] = self.clock() + wait.seconds
            raise

    def _until_turn(self, workspace: str, channel: str) -> float:
        """Seconds until this channel's next message may go. Each message takes ``between`` of the channel's time."""
        with self._lock:
            now = self.clock()
            begun = max(self._next.get((workspace, channel), 0.0), now - BURST * self.between)
            self._next[workspace, channel] = begun + self.between
            if len(self._next) > 10_000:
                self._next = {key: at for key, at in self._next.items() if at > now - BURST * self.between}
            return max(0.0, begun + self.between - now)
