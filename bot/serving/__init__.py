"""How Slack reaches the application: over Socket Mode or over HTTP, both serving the same application."""

from __future__ import annotations

import gc
import logging
import os
import secrets
import signal
import threading
import time
from collections.abc import Sequence
from contextvars import copy_context
from http import HTTPStatus
from typing import Any, NoReturn, Protocol

from slack_bolt import App, BoltRequest, BoltResponse

from bot.logs import REQUEST
from bot.telemetry import traces
from bot.telemetry.measured import ACKNOWLEDGED

log = logging.getLogger(__name__)

DRAIN_SECONDS = 10.0
"""How long a stop waits for what is under way; whatever stops the process should grant a little more."""


class Sending(Protocol):
    """What sends in the background."""

    def start(self) -> None: ...

    def stop(self, drain_seconds: float) -> None: ...


class Pages(Protocol):
    """The pages by which the app is installed: see :mod:`bot.serving.oauth`."""

    def answer(self, path: str, query: str, cookies: str) -> BoltResponse: ...


class Served(Protocol):
    """What is served. ``ready`` says whether deliveries can be taken, and in words what there is to say about it.

    ``installing``: ``None`` where the one installation is that of a token in the settings.
    """

    @property
    def installing(self) -> Pages | None: ...

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
    request = BoltRequest(body=fields, headers=headers, mode="socket_mode")
    # In a context of its own, so that nothing of this request is left to the next one of the same thread.
    answer = copy_context().run(_in_its_context, bolt, request)
    return BoltResponse(status=HTTPStatus.OK, body="") if answer.status == HTTPStatus.NOT_FOUND else answer


def _in_its_context(bolt: App, request: BoltRequest) -> BoltResponse:
    id_ = secrets.token_hex(6)
    REQUEST.set(id_)
    began = time.monotonic()
    with traces.delivery(request=id_):
        answer = bolt.dispatch(request)
        traces.tell(status=answer.status)
    seconds = time.monotonic() - began
    ACKNOWLEDGED.labels(str(answer.status)).observe(seconds)
    log.debug("a delivery was answered %d after %.0f ms", answer.status, seconds * 1000)
    return answer


def stop_on_signals() -> threading.Event:
    """What is set at the first SIGTERM or SIGINT; a second one ends the process at once. For the main thread."""
    stop = threading.Event()

    def stopped(_signal: int, _frame: object) -> None:
        stop.set()
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, signal.SIG_DFL)

    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, stopped)
    # Not in the signal's handler, which may come while a line is being written.
    threading.Thread(target=_say_that_it_stops, args=(stop,), name="stop", daemon=True).start()
    return stop


def _say_that_it_stops(stop: threading.Event) -> None:
    stop.wait()
    log.info("told to stop")


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
