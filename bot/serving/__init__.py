"""How Slack reaches the application: over Socket Mode or over HTTP, both serving the same application."""

from __future__ import annotations

import datetime
import socket
import time
from typing import Protocol

from slack_bolt import App

from bot.settings import CannotStart

DRAIN_SECONDS = 10.0
"""How long a stop waits for what is under way; whatever stops the process should grant a little more."""


class Outbox(Protocol):
    """What sends in the background; started where the application runs, never before a fork."""

    def start(self) -> None: ...

    def stop(self, drain_seconds: float) -> None: ...

    def age(self) -> datetime.timedelta: ...


class Application(Protocol):
    """What is served. ``ready`` says whether deliveries can be taken, and if not, why, in a few words."""

    @property
    def bolt(self) -> App: ...

    @property
    def outbox(self) -> Outbox: ...

    def ready(self) -> tuple[bool, str]: ...

    def close(self) -> None: ...


def wait_for_port(host: str, port: int, *, seconds: float = 3.0) -> None:
    """Wait until a port can be bound: after a crash the one before may hold it a moment longer.

    Raises :class:`CannotStart` when it stays taken, or when the host is not of this machine.
    """
    deadline = time.monotonic() + seconds
    while True:
        try:
            _bind(host, port)
            return
        except OSError as error:
            if (
                time.monotonic() > deadline
                or not isinstance(error.errno, int)
                or isinstance(error, socket.gaierror)
            ):
                raise CannotStart(
                    f"Cannot listen on {host} port {port}: {error.strerror or error}."
                ) from None
            time.sleep(0.1)


def _bind(host: str, port: int) -> None:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)
