"""Slack's deliveries over Socket Mode: websockets that we open, so that no public address is needed.

Two connections, so that one may be renewed or lost unnoticed. A stop first lets no more in, then finishes
what is under way while it can still be acknowledged, and only then hangs up.
"""

from __future__ import annotations

import contextlib
import logging
import re
import socket
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import send_response
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.serving import (
    DRAIN_SECONDS,
    Served,
    dispatched,
    end_unfinished,
    keep_what_is_loaded,
    stop_on_signals,
)
from bot.settings import CannotStart, Settings
from bot.slack import payloads

log = logging.getLogger(__name__)

LINKS = 2
PING_SECONDS = 3.0
"""A connection that broke without a word is noticed after four of these."""
WORKERS = 10
WATCH_SECONDS = 5.0
SICK_SECONDS = 30.0
"""After this long without a sign of life a connection is replaced as a whole."""
LONGEST_RETRY_SECONDS = 30.0
PASSING = ("ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout")


class Link(SocketModeClient):
    """One connection. It can be drained: see :meth:`drain`."""

    def __init__(self, app: App, app_token: str) -> None:
        super().__init__(
            app_token=app_token,
            # Not a logger of ours: below INFO the library writes whole deliveries.
            logger=logging.getLogger("slack_sdk.socket_mode"),
            web_client=app.client,
            ping_interval=PING_SECONDS,
            concurrency=WORKERS,
        )
        self._app = app
        self._draining = False
        self._well_at = time.monotonic()
        self.socket_mode_request_listeners.append(self._deliver)

    def enqueue_message(self, message: str) -> None:
        if payloads.is_too_deep(message):
            log.warning("a delivery was left alone, since it is not what Slack sends: nested too deep")
        elif not self._draining:
            super().enqueue_message(message)

    def run_message_listeners(self, message: dict[str, Any], raw_message: str) -> None:
        """As the library does, which has no answer to a delivery whose payload is no object."""
        if "envelope_id" not in message or isinstance(message.get("payload"), dict):
            super().run_message_listeners(message, raw_message)
            return
        log.warning("a delivery was left alone, since it is not what Slack sends: not an object")
        self.send_socket_mode_response(SocketModeResponse(envelope_id=str(message["envelope_id"])))

    def _deliver(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        started = time.time()
        try:
            fields = payloads.read(request.payload)
        except payloads.Malformed as malformed:
            log.warning("a delivery was left alone, since it is not what Slack sends: %s", malformed)
            fields = None
        send_response(client, request, dispatched(self._app, fields, _headers(request)), started)

    def is_sick(self) -> bool:
        """Whether it gave no sign of life for so long that it will not recover by itself."""
        threads = (self.current_session_runner, self.message_processor, self.current_app_monitor)
        session = self.current_session
        last = (session.last_ping_pong_time or time.time()) if session is not None else 0.0
        if self.is_connected() and all(t.is_alive() for t in threads) and time.time() - last < SICK_SECONDS:
            self._well_at = time.monotonic()
        return time.monotonic() - self._well_at > SICK_SECONDS

    def take_no_more(self) -> None:
        """Leave unread what Slack sends from now on; unacknowledged, an event comes again later."""
        self._draining = True

    def drain(self, until: float) -> bool:
        """Finish and acknowledge what was taken; ``False`` when ``until`` (monotonic) came first."""
        self.take_no_more()
        while not self.message_queue.empty() and time.monotonic() < until:
            time.sleep(0.01)
        self.closed = True
        self.message_queue.put(None)  # wakes the thread that waits for the next one
        self.message_processor.shutdown()  # type: ignore[no-untyped-call]
        finishing = threading.Thread(target=self.message_workers.shutdown, daemon=True)
        finishing.start()
        finishing.join(max(0.0, until - time.monotonic()))
        return not finishing.is_alive()

    def hang_up(self) -> None:
        """Close the connection, without waiting for anything."""
        self.closed = True
        self.auto_reconnect_enabled = False
        self.current_session_state.terminated = True
        session = self.current_session
        if session is not None and session.sock is not None:
            with contextlib.suppress(OSError):  # wakes the reader, for which closing would otherwise wait 3 s
                session.sock.shutdown(socket.SHUT_RDWR)
        self.disconnect()


def _headers(request: SocketModeRequest) -> dict[str, str | Sequence[str]]:
    """Which repetition it is, as over HTTP."""
    told = {"x-slack-retry-num": request.retry_attempt, "x-slack-retry-reason": request.retry_reason}
    return {name: str(value) for name, value in told.items() if value is not None}


def run_socket_mode(
    application: Served, settings: Settings, announce: Callable[[], None] = lambda: None
) -> None:
    """Serve over Socket Mode until SIGTERM or SIGINT. Call it in the main thread; see :func:`serve`."""
    keep_what_is_loaded()
    if not serve(application, settings, stop_on_signals(), announce):
        end_unfinished()


def serve(
    application: Served,
    settings: Settings,
    stop: threading.Event,
    announce: Callable[[], None] = lambda: None,
    drain_seconds: float = DRAIN_SECONDS,
) -> bool:
    """Serve until ``stop`` is set; ``announce`` is called once deliveries are taken.

    Returns whether everything under way was finished. Raises :class:`CannotStart` when Slack refuses a token;
    while Slack cannot be reached it is tried again.
    """
    token = settings.for_socket_mode().slack_app_token
    assert token is not None
    links = []
    for _ in range(LINKS):
        link = Link(application.bolt, token.get_secret_value())
        links.append(link)
        _persist(link.connect, stop)
        while not link.is_connected() and not stop.wait(0.02):
            pass  # a first attempt that failed is repeated by the client itself
    application.outbox.start()
    if not stop.is_set():
        announce()
    while not stop.wait(WATCH_SECONDS):
        try:
            links = [_mended(link, application.bolt, token.get_secret_value()) for link in links]
        except Exception:
            log.exception("the connections to Slack could not be looked after; trying again")
    return _drain(application, links, time.monotonic() + drain_seconds)


def _drain(application: Served, links: list[Link], until: float) -> bool:
    for link in links:
        link.take_no_more()
    finished = [link.drain(until) for link in links]
    application.outbox.stop(max(0.5, until - time.monotonic()))
    for link in links:
        link.hang_up()
    application.close()
    if not all(finished):
        log.error("some deliveries were still under way at the end")
    return all(finished)


def _mended(link: Link, app: App, token: str) -> Link:
    """The link, or a new one in its place if it is beyond recovery."""
    if not link.is_sick():
        return link
    log.warning("a connection to Slack gave no sign of life; replacing it")
    successor = Link(app, token)
    try:
        successor.connect()
    except Exception as error:  # whatever it is, the other connection still works
        log.warning("could not connect to Slack (%s); trying again", type(error).__name__)
        successor.hang_up()
        return link
    link.hang_up()
    return successor


def _persist(attempt: Callable[[], object], stop: threading.Event) -> None:
    """Try until it works or ``stop`` is set, ever more slowly; a refusal by Slack is final."""
    seconds = 0.5
    while not stop.is_set():
        try:
            attempt()
            return
        except SlackApiError as error:
            _raise_if_refused(error)
        except Exception as error:  # a network, a proxy or a page in place of Slack: all of them pass
            log.warning("Slack cannot be reached (%s); trying again in %g s", type(error).__name__, seconds)
        stop.wait(seconds)
        seconds = min(LONGEST_RETRY_SECONDS, seconds * 2)


def _raise_if_refused(error: SlackApiError) -> None:
    said = error.response.get("error") or "no reason given"
    if (
        said in PASSING
        or not re.fullmatch(r"[a-z0-9_]{1,80}", said)
        or getattr(error.response, "status_code", 500) >= 500
    ):
        log.warning("Slack says %s; trying again", said)
        return
    hint = (
        "it needs the scope connections:write"
        if said == "missing_scope"
        else "copy it anew from the app's pages"
    )
    raise CannotStart(f"Slack does not accept SLACK_APP_TOKEN ({said}): {hint}.") from None
