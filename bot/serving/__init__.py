"""How Slack reaches the application: over Socket Mode or over HTTP, both serving the same application."""

from __future__ import annotations

import logging
import os
import signal
import threading
from typing import NoReturn, Protocol

from slack_bolt import App

DRAIN_SECONDS = 10.0
"""How long a stop waits for what is under way; whatever stops the process should grant a little more."""


class Sending(Protocol):
    """What sends in the background."""

    def start(self) -> None: ...

    def stop(self, drain_seconds: float) -> None: ...


class Served(Protocol):
    """What is served. ``ready`` says whether deliveries can be taken, and in words what there is to say about it."""

    @property
    def bolt(self) -> App: ...

    @property
    def outbox(self) -> Sending: ...

    def ready(self) -> tuple[bool, str]: ...

    def close(self) -> None: ...


def stop_on_signals() -> threading.Event:
    """What is set at the first SIGTERM or SIGINT; a second one ends the process at once. For the main thread."""
    stop = threading.Event()

    def stopped(_signal: int, _frame: object) -> None:
        stop.set()
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, signal.SIG_DFL)

    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, stopped)
    return stop


def end_unfinished() -> NoReturn:
    """End the process although threads hang, which would otherwise keep it alive."""
    logging.shutdown()
    os._exit(1)
