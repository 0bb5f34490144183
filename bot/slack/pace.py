"""The pace at which Slack may be told things: about one new message a second and channel, with small bursts.

Nobody sleeps here: what comes too early is told when its turn is, and whoever sends does something else until then.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.slack.refusals import RATE_LIMIT
from bot.slack.web_api import Wait

BURST = 4
"""Messages that one channel may get at once before the pace holds. Slack: about 1 a second, short bursts allowed."""
A_SECOND = 1.0
KEPT = 10_000
"""Channels that are remembered before those are forgotten whose burst has filled up again."""

Channel = tuple[str, str]
"""A workspace and a channel in it."""


class NotItsTurn(Exception):
    """The channel has had its messages for now; its next turn is in ``seconds``."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"the channel's next turn is in {seconds:.2f} s")
        self.seconds = seconds


@dataclass
class Pace:
    """Turns for new messages per channel, and the waits that Slack asked for per workspace and method.

    between: seconds from one new message of a channel to the next; 0: no pace.
    """

    between: float = A_SECOND
    clock: Callable[[], float] = time.monotonic
    _held: dict[tuple[str, str], float] = field(default_factory=dict)
    _next: dict[Channel, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def turn(self, workspace: str, channel: str, method: str) -> Iterator[None]:
        """Take a turn and call Slack inside. A :class:`Wait` that Slack asked for holds the method for everybody.

        Without a call it raises :class:`NotItsTurn` before the channel's turn, :class:`Wait` while the method is held.
        """
        held = self._held.get((workspace, method), 0.0) - self.clock()
        if held > 0:
            raise Wait(held, RATE_LIMIT, is_told=True)
        if method == "chat.postMessage":
            self._take_turn((workspace, channel))
        try:
            yield
        except Wait as wait:
            if wait.because == RATE_LIMIT:
                self._held[workspace, method] = self.clock() + wait.seconds
            raise

    def _take_turn(self, channel: Channel) -> None:
        """Each message takes its time of the channel's; a channel that was quiet has saved up a few."""
        with self._lock:
            now = self.clock()
            saved = (BURST - 1) * self.between
            turn = max(self._next.get(channel, 0.0), now - saved)
            if turn > now:
                raise NotItsTurn(turn - now)
            self._next[channel] = turn + self.between
            if len(self._next) > KEPT:
                self._next = {one: at for one, at in self._next.items() if at > now - saved}
