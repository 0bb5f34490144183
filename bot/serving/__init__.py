"""How Slack reaches the application: over Socket Mode or over HTTP, both serving the same application."""

from __future__ import annotations

import gc
import logging
import os
import signal
import threading
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, NoReturn, Protocol

from slack_bolt import App, BoltRequest, BoltResponse

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


def dispatched(
    bolt: App, fields: dict[str, Any] | None, headers: dict[str, str | Sequence[str]]
) -> BoltResponse:
    """Bolt's answer to a payload that was read; an empty one where there is nothing to do, or nobody who does it.

    As it comes over Socket Mode: whoever calls this knows that it is from Slack.
    """
    if fields is None:
        return BoltResponse(status=HTTPStatus.OK, body="")
    answer = bolt.dispatch(BoltRequest(body=fields, headers=headers, mode="socket_mode"))
    return BoltResponse(status=HTTPStatus.OK, body="") if answer.status == HTTPStatus.NOT_FOUND else answer


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


def keep_what_is_loaded() -> None:
    """What is loaded by now stays for good, and garbage collection need not look through it ever again.

    With all of it a collection holds up every thread for 100 ms, whoever asks whether we live among them.
    """
    gc.collect()
    gc.freeze()


def end_unfinished() -> NoReturn:
    """End the process although threads hang, which would otherwise keep it alive."""
    logging.shutdown()
    os._exit(1)
