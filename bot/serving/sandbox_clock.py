"""The time of an app that works in a sandbox on this machine: there people may let time pass.

Anywhere else it is the time, and nobody is asked.
"""

from __future__ import annotations

import datetime
import json
import threading
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.settings import Settings

Clock = Callable[[], datetime.datetime]

LOOPBACK = ("127.0.0.1", "::1", "localhost")
ASKED_EVERY_SECONDS = 0.25
TIMEOUT_SECONDS = 1.0
API, HEALTH = "/api/", "/sandbox/health"


def clock_for(settings: Settings, real: Clock) -> Clock:
    """The clock of an app with these settings: the real one, or in a sandbox on this machine that sandbox's."""
    address = urlsplit(settings.slack_api_url)
    if address.scheme != "http" or address.hostname not in LOOPBACK or address.path != API:
        return real
    clock = SandboxClock(f"http://{address.netloc}{HEALTH}", real)
    clock.start()
    return clock


@dataclass
class SandboxClock:
    """The real time, and what was let pass in the sandbox at ``address``; whatever does not answer like one is none."""

    address: str
    real: Clock
    _passed: datetime.timedelta = field(default_factory=datetime.timedelta)

    def __call__(self) -> datetime.datetime:
        return self.real() + self._passed

    def start(self) -> None:
        """Ask at once, and from then on every now and then, as long as this process lives."""
        self.look()
        threading.Thread(target=self._keep_looking, name="sandbox-clock", daemon=True).start()

    def look(self) -> bool:
        """Ask once; ``False``: what answers is no sandbox."""
        # Never through a proxy: it is on this machine.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(self.address, timeout=TIMEOUT_SECONDS) as answer:
                told = json.load(answer)
            self._passed = datetime.timedelta(seconds=max(0.0, float(told["passed"])))
        except OSError as error:
            return not hasattr(error, "code")  # it may be starting; but a refusal is an answer
        except (ValueError, TypeError, KeyError, OverflowError):
            return False
        return True

    def _keep_looking(self) -> None:
        pause = threading.Event()
        while self.look():
            pause.wait(ASKED_EVERY_SECONDS)
