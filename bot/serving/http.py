"""Slack's deliveries over HTTP: a small WSGI application under gunicorn's threads.

Not on an ASGI server: Bolt's adapters run a synchronous app on the event loop, one delivery after another.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Sequence
from http import HTTPStatus
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.errors import AppImportError
from gunicorn.glogging import Logger
from slack_bolt import BoltRequest, BoltResponse
from slack_sdk.signature import SignatureVerifier

from bot.serving import DRAIN_SECONDS, Application, wait_for_port
from bot.settings import CannotStart, Settings

log = logging.getLogger(__name__)

PATH = "/slack/events"
LARGEST_BODY = 2_000_000
"""Bytes; Slack's deliveries stay far below."""

Environ = dict[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], object]


class Doors:
    """The WSGI application: Slack's deliveries, whether the process lives, and whether it is ready."""

    def __init__(self, application: Application, signing_secret: str) -> None:
        self._application = application
        self._verifier = SignatureVerifier(signing_secret)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        answer = self._answer(environ)
        body = (answer.body or "").encode()
        headers = list(answer.first_headers_without_set_cookie().items())
        status = HTTPStatus(answer.status)
        start_response(f"{status.value} {status.phrase}", [*headers, ("Content-Length", str(len(body)))])
        return [b""] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _answer(self, environ: Environ) -> BoltResponse:
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
        if method == "POST" and path == PATH:
            return self._deliver(environ)
        if method in ("GET", "HEAD") and path == "/livez":
            return _says(HTTPStatus.OK, "alive")
        if method in ("GET", "HEAD") and path == "/readyz":
            return self._readiness()
        return _says(HTTPStatus.NOT_FOUND, "not found")

    def _deliver(self, environ: Environ) -> BoltResponse:
        raw = environ["wsgi.input"].read(LARGEST_BODY + 1)
        if len(raw) > LARGEST_BODY:
            return _says(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too large")
        # What is not UTF-8 cannot be what Slack signed; replaced, it fails the check instead of the decoding.
        body = raw.decode("utf-8", errors="replace")
        if not self._is_from_slack(environ, body):
            return _says(HTTPStatus.UNAUTHORIZED, "the signature does not fit")
        try:
            request = BoltRequest(body=body, query=environ.get("QUERY_STRING"), headers=_headers(environ))
        except ValueError:
            return _says(HTTPStatus.BAD_REQUEST, "not a delivery")
        if not isinstance(request.body, dict):
            return _says(HTTPStatus.BAD_REQUEST, "not a delivery")
        return self._application.bolt.dispatch(request)

    def _is_from_slack(self, environ: Environ, body: str) -> bool:
        """Checked before anything is parsed, and so that no header, however odd, ends in an error."""
        timestamp = environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", "")
        signature = environ.get("HTTP_X_SLACK_SIGNATURE", "")
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 20 and signature.isascii()):
            return False
        return self._verifier.is_valid(body, timestamp, signature)

    def _readiness(self) -> BoltResponse:
        try:
            ready, reason = self._application.ready()
        except Exception:
            log.exception("could not find out whether we are ready")
            return _says(HTTPStatus.SERVICE_UNAVAILABLE, "cannot tell; the log has the reason")
        return _says(HTTPStatus.OK, "ready") if ready else _says(HTTPStatus.SERVICE_UNAVAILABLE, reason)


def run_http(build: Callable[[], Application], settings: Settings, host: str, port: int) -> None:
    """Serve over HTTP until SIGTERM or SIGINT; then deliveries under way and the outbox are finished.

    ``build`` is called in the worker process, after the fork: threads and connections do not survive one.
    Raises :class:`CannotStart` when the port is taken; ends the process with 2 when ``build`` raises it.
    """
    wait_for_port(host, port)
    server = os.getpid()
    try:
        _Gunicorn(build, settings, host, port).run()
    except SystemExit as ended:
        # A worker unwinds through here too, and the server has to see its code as it is.
        if os.getpid() == server and ended.code == Arbiter.APP_LOAD_ERROR:
            raise SystemExit(2) from None
        raise


class _Gunicorn(BaseApplication):  # type: ignore[misc]
    """gunicorn with its settings in code: one worker, since SQLite has one writer; more threads instead."""

    def __init__(self, build: Callable[[], Application], settings: Settings, host: str, port: int) -> None:
        self._build = build
        self._settings = settings
        self._bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        self._application: Application | None = None
        super().__init__()

    def load_config(self) -> None:
        chosen = {
            "bind": self._bind,
            "workers": 1,
            "worker_class": "gthread",
            "threads": self._settings.threads,
            "keepalive": 75,
            "graceful_timeout": int(2 * DRAIN_SECONDS),
            "loglevel": "warning",
            "logger_class": _Logger,
            "control_socket_disable": True,
            "worker_tmp_dir": "/dev/shm" if os.path.isdir("/dev/shm") else None,  # noqa: S108
            "post_worker_init": self._started,
            "worker_exit": self._ended,
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Doors:
        secret = self._settings.for_http().slack_signing_secret
        assert secret is not None
        try:
            self._application = self._build()
        except CannotStart as reason:
            raise AppImportError(str(reason)) from None
        return Doors(self._application, secret.get_secret_value())

    def _started(self, _worker: object) -> None:
        assert self._application is not None
        self._application.outbox.start()
        print(f"Listening for Slack on http://{self._bind}{PATH}", flush=True)

    def _ended(self, _server: object, _worker: object) -> None:
        if self._application is not None:
            self._application.outbox.stop(DRAIN_SECONDS)
            self._application.close()


class _Logger(Logger):  # type: ignore[misc]
    """gunicorn's messages through our own logging, which redacts."""

    def setup(self, cfg: object) -> None:
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True
        self.error_log.addFilter(_is_news)


def _is_news(record: logging.LogRecord) -> bool:
    """Whether gunicorn says something that the one sentence about an application not built does not."""
    text = record.getMessage()
    not_built = f"exited with code {Arbiter.APP_LOAD_ERROR}."
    return not (text.endswith(not_built) or text.startswith(("Shutting down: ", "Reason: App failed")))


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
