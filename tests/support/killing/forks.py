"""The app over HTTP, in a process that can be killed and is quick to start again.

A parent process has imported everything. Each start is a fork of it that leads a session of its own and calls
``run_http``, the same as ``tune-or-prompt run --http`` once that has been imported.
"""

from __future__ import annotations

import datetime
import gc
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE_SECONDS = 15.0


class Forks:
    """Starts and kills the app. ``port`` is always the same."""

    def __init__(self, parent: subprocess.Popen[str], lease_seconds: float | None = None) -> None:
        self._parent = parent
        self._lease = lease_seconds
        self._group = 0
        self.port = _free_port()

    def start(self, settings: dict[str, Any], errors: Path) -> None:
        """Begin to start the app; what it says goes to the file ``errors``."""
        self._group = self._ask(
            {"start": settings, "port": self.port, "errors": str(errors), "lease": self._lease}
        )

    def ready(self) -> None:
        """Wait until the app can work."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
                connection.request("GET", "/readyz")
                if connection.getresponse().status == 200:
                    return
            except (OSError, http.client.HTTPException):
                pass
            time.sleep(0.01)
        raise AssertionError("the app did not start again")

    def kill(self) -> None:
        """kill -9, with whatever it has started; returns when all is gone. Nothing when it does not run."""
        if not self._group:
            return
        try:
            os.killpg(self._group, signal.SIGKILL)
        except ProcessLookupError:  # it has not come to lead a group yet
            os.kill(self._group, signal.SIGKILL)
        self._ask({"reap": self._group})
        self._group = 0

    def _ask(self, order: dict[str, Any]) -> int:
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        print(json.dumps(order), file=self._parent.stdin, flush=True)
        answer = self._parent.stdout.readline()
        assert answer, "the parent of the forks ended"
        return int(answer)


@contextmanager
def forks() -> Iterator[Forks]:
    """One app to be started and killed."""
    with several_forks(1) as [one]:
        yield one


@contextmanager
def several_forks(count: int, lease_seconds: float | None = None) -> Iterator[list[Forks]]:
    """So many, each at a port of its own, of a parent that waits for orders and is ended with all that it forked.

    ``lease_seconds``: for how long what is being sent is one's own, if not as long as usual.
    """
    parent = subprocess.Popen(
        [sys.executable, "-m", "tests.support.killing.forks"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    found = [Forks(parent, lease_seconds) for _ in range(count)]
    try:
        yield found
    finally:
        for one in found:
            one.kill()
        parent.kill()
        parent.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _obey() -> None:
    """The parent: one order a line, one number back."""
    _know_everything()
    gc.freeze()
    for line in sys.stdin:
        order = json.loads(line)
        print(_reap(order["reap"]) if "reap" in order else _fork(order), flush=True)


def _know_everything() -> None:
    """Import and read what the app would on first use; nothing that holds a thread or a connection."""
    import psycopg  # noqa: F401
    import sqlalchemy.dialects.postgresql.psycopg
    import sqlalchemy.dialects.sqlite  # noqa: F401
    from slack_sdk.webhook import client  # noqa: F401

    import bot.app
    import bot.serving.http
    import bot.views.pictures
    from core.advice import advise
    from core.answers import Answers
    from core.policy import policy_on
    from core.reading.reader import read
    from core.told import told

    today = bot.app.utc_now().date()
    told(advise(Answers("sort parcels"), on=today, policy=policy_on(today)))
    read("80k calls a month", None)
    bot.views.pictures.warm()


def _reap(child: int) -> int:
    return os.waitpid(child, 0)[0]


def _fork(order: dict[str, Any]) -> int:
    group = os.fork()
    if group:
        return group
    try:
        os.setsid()
        said = os.open(order["errors"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        silent = os.open(os.devnull, os.O_RDONLY)
        for ours, theirs in ((silent, 0), (said, 1), (said, 2)):
            os.dup2(ours, theirs)
        _serve(order)
    finally:
        os._exit(1)


def _serve(order: dict[str, Any]) -> None:
    from bot.app import build_app, utc_now
    from bot.logs import set_up_logging
    from bot.serving.http import run_http
    from bot.serving.sandbox_clock import clock_for
    from bot.settings import Settings
    from bot.slack import outbox

    if order["lease"] is not None:
        outbox.LEASE = datetime.timedelta(seconds=order["lease"])
        outbox.LAST_CALL = outbox.LEASE / 3
    set_up_logging("WARNING")
    sys.argv = ["tune-or-prompt"]
    settings = Settings(**order["start"])
    run_http(
        lambda: build_app(settings, clock=clock_for(settings, utc_now)), settings, "127.0.0.1", order["port"]
    )


if __name__ == "__main__":
    _obey()
