"""Slack's deliveries over HTTP: a small WSGI application, worked on by threads.

Not on an ASGI server: Bolt's adapters run a synchronous app on the event loop, one delivery after another.
"""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from slack_bolt import BoltResponse
from slack_sdk.signature import SignatureVerifier

from bot.serving import (
    DRAIN_SECONDS,
    Served,
    dispatched,
    end_unfinished,
    keep_what_is_loaded,
    oauth,
    stop_on_signals,
)
from bot.serving.connections import PATIENCE_SECONDS, Server, listen
from bot.settings import Settings
from bot.slack import payloads

log = logging.getLogger(__name__)

PATH = "/slack/events"
LIVE, READY = HEALTH = ("/livez", "/readyz")
LARGEST_BODY = 2_000_000
"""Bytes; Slack's deliveries stay far below."""

Environ = dict[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], object]


class Doors:
    """The WSGI application: Slack's deliveries, being installed, whether the process lives, and whether it is ready.

    Without a signing secret nothing is taken as a delivery: over Socket Mode they come another way. ``is_ending``: set
    when the process is about to end, from when on it is not ready.
    """

    def __init__(self, application: Served, signing_secret: str | None) -> None:
        self.is_ending = False
        self._application = application
        self._verifier = None if signing_secret is None else SignatureVerifier(signing_secret)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        answer = self._answer(environ)
        body = (answer.body or "").encode()
        headers = list(answer.first_headers_without_set_cookie().items())
        headers += [("set-cookie", cookie) for cookie in answer.headers.get("set-cookie", ())]
        status = HTTPStatus(answer.status)
        start_response(f"{status.value} {status.phrase}", [*headers, ("Content-Length", str(len(body)))])
        return [b""] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _answer(self, environ: Environ) -> BoltResponse:
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
        if method == "POST" and path == PATH and self._verifier is not None:
            return self._deliver(environ, self._verifier)
        if method in ("GET", "HEAD") and path == LIVE:
            return _says(HTTPStatus.OK, "alive")
        if method in ("GET", "HEAD") and path == READY:
            return self._readiness()
        installing = self._application.installing
        if installing is not None and method in ("GET", "HEAD") and path in oauth.PATHS:
            return installing.answer(path, environ.get("QUERY_STRING", ""), environ.get("HTTP_COOKIE", ""))
        return _says(HTTPStatus.NOT_FOUND, "not found")

    def _deliver(self, environ: Environ, verifier: SignatureVerifier) -> BoltResponse:
        raw = environ["wsgi.input"].read(LARGEST_BODY + 1)
        if len(raw) > LARGEST_BODY:
            return _says(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too large")
        # What is not UTF-8 cannot be what Slack signed; replaced, it fails the check instead of the decoding.
        body = raw.decode("utf-8", errors="replace")
        if not _is_from_slack(verifier, environ, body):
            return _says(HTTPStatus.UNAUTHORIZED, "the signature does not fit")
        try:
            fields = payloads.from_body(body, environ.get("CONTENT_TYPE", ""))
        except payloads.Malformed as malformed:
            log.warning("a delivery was refused, since it is not what Slack sends: %s", malformed)
            return _says(HTTPStatus.BAD_REQUEST, "not a delivery")
        return dispatched(self._application.bolt, fields, _headers(environ))

    def _readiness(self) -> BoltResponse:
        if self.is_ending:
            return _says(HTTPStatus.SERVICE_UNAVAILABLE, "about to end")
        try:
            ready, reason = self._application.ready()
        except Exception:
            log.exception("could not find out whether we are ready")
            return _says(HTTPStatus.SERVICE_UNAVAILABLE, "cannot tell; the log has the reason")
        return _says(HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE, reason)


def run_http(build: Callable[[], Served], settings: Settings, host: str, port: int) -> None:
    """Serve over HTTP until SIGTERM or SIGINT. Call it in the main thread; see :func:`serve`.

    Raises :class:`CannotStart` when the port is taken, or when ``build`` does: the port comes first.
    """
    stop = stop_on_signals()
    with listen(host, port) as door:
        application = build()
        keep_what_is_loaded()
        address = f"[{host}]" if ":" in host else host
        listening = f"Listening for Slack on http://{address}:{door.getsockname()[1]}{PATH}"
        if not serve(application, settings, door, stop, lambda: print(listening, flush=True)):
            end_unfinished()


def serve(
    application: Served,
    settings: Settings,
    door: socket.socket,
    stop: threading.Event,
    announce: Callable[[], None] = lambda: None,
    *,
    patience: float = PATIENCE_SECONDS,
    drain_seconds: float = DRAIN_SECONDS,
) -> bool:
    """Serve what comes to ``door`` until ``stop`` is set; then deliveries under way and the outbox are finished.

    ``announce`` is called once deliveries are taken. ``patience``: the seconds that somebody may take to send a
    request, or to read its answer. Returns whether everything under way was finished.
    """
    secret = settings.for_http().slack_signing_secret
    assert secret is not None
    doors = Doors(application, secret.get_secret_value())
    server = Server(
        doors, door, threads=settings.threads, apart=HEALTH, largest_body=LARGEST_BODY, patience=patience
    )
    application.outbox.start()
    announce()
    server.serve(stop)
    doors.is_ending = True
    if settings.unready_seconds:
        server.serve(_after(settings.unready_seconds))
    return _drain(application, server, time.monotonic() + drain_seconds)


def _after(seconds: float) -> threading.Event:
    """What is set then."""
    late = threading.Event()
    timer = threading.Timer(seconds, late.set)
    timer.daemon = True
    timer.start()
    return late


@contextmanager
def pages_at(application: Served, settings: Settings, host: str, port: int) -> Iterator[None]:
    """While the block lasts, the pages by which the app is installed are there, and its health, for an app whose
    deliveries come over Socket Mode. Where it is not installed that way, nothing is.

    Raises :class:`CannotStart` when the port is taken.
    """
    if application.installing is None:
        yield
        return
    stop = threading.Event()
    with listen(host, port) as door:
        server = Server(Doors(application, None), door, threads=2, apart=HEALTH, largest_body=LARGEST_BODY)
        serving = threading.Thread(target=server.serve, args=(stop,), name="pages")
        serving.start()
        try:
            yield
        finally:
            stop.set()
            serving.join()
            server.close()


def _is_from_slack(verifier: SignatureVerifier, environ: Environ, body: str) -> bool:
    """Checked before anything is parsed, and so that no header, however odd, ends in an error."""
    timestamp = environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", "")
    signature = environ.get("HTTP_X_SLACK_SIGNATURE", "")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 20 and signature.isascii()):
        return False
    return verifier.is_valid(body, timestamp, signature)


def _drain(application: Served, server: Server, until: float) -> bool:
    finished = server.drain(until)
    application.outbox.stop(max(0.5, until - time.monotonic()))
    server.close()
    application.close()
    if not finished:
        log.error("some deliveries were still under way at the end")
    return finished


def _headers(environ: Environ) -> dict[str, str | Sequence[str]]:
    headers: dict[str, str | Sequence[str]] = {
        name.removeprefix("HTTP_").replace("_", "-").lower(): value
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
    return headers | {"content-type": environ.get("CONTENT_TYPE", "")}


def _says(status: HTTPStatus, text: str) -> BoltResponse:
    return BoltResponse(
        status=status, body=text + "\n", headers={"content-type": "text/plain; charset=utf-8"}
    )
