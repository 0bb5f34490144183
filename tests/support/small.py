"""A small Bolt app to serve, with an outbox that has nothing to send, and HTTP to ask it by."""

from __future__ import annotations

import contextlib
import http.client
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.serving import http as over_http
from bot.serving.connections import PATIENCE_SECONDS, listen
from bot.settings import Settings
from tests.support.deliveries import signed

SECRET = "a-signing-secret"


class Quiet:
    """An outbox that has nothing to send, and remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def start(self) -> None:
        self.told.append("start")

    def stop(self, drain_seconds: float) -> None:
        self.told.append("stop")

    def age(self) -> timedelta:
        return timedelta(0)


@dataclass
class Small:
    """An application that notes every command it hears."""

    api_url: str = "http://127.0.0.1:9/api/"
    seconds: float = 0.0
    reason: str | None = None
    installing: None = None
    outbox: Quiet = field(default_factory=Quiet)
    heard: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.bolt = App(
            client=WebClient("xoxb-1", base_url=self.api_url),
            signing_secret=SECRET,
            process_before_response=True,
            authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1"),
        )
        self.bolt.command("/tune-or-prompt")(self.hear)

    def hear(self, ack: Any, command: dict[str, Any]) -> None:
        time.sleep(self.seconds)
        self.heard.append(command["text"])
        ack(f"heard {command['text']}")

    def ready(self) -> tuple[bool, str]:
        return self.reason is None, self.reason or "ready"

    def close(self) -> None:
        self.outbox.told.append("close")


@dataclass
class Served:
    """A server in a thread of this process."""

    port: int
    stop: threading.Event
    thread: threading.Thread
    finished: list[bool]

    def end(self) -> bool:
        """Stop it; whether it finished what was under way."""
        self.stop.set()
        self.thread.join(20)
        return self.finished == [True]


@contextlib.contextmanager
def served(
    small: Small,
    *,
    threads: int = 16,
    patience: float = PATIENCE_SECONDS,
    drain_seconds: float = 5.0,
    unready_seconds: int = 0,
) -> Iterator[Served]:
    """The application over HTTP, until the block ends."""
    settings = Settings(
        slack_bot_token="xoxb-1",
        slack_signing_secret=SECRET,
        threads=threads,
        unready_seconds=unready_seconds,
    )
    stop, announced, finished = threading.Event(), threading.Event(), list[bool]()
    with listen("127.0.0.1", 0) as door:

        def run() -> None:
            finished.append(
                over_http.serve(
                    small,
                    settings,
                    door,
                    stop,
                    announced.set,
                    patience=patience,
                    drain_seconds=drain_seconds,
                )
            )

        thread = threading.Thread(target=run)
        found = Served(door.getsockname()[1], stop, thread, finished)
        thread.start()
        try:
            assert announced.wait(5)
            yield found
        finally:
            found.end()


def get(port: int, path: str, seconds: float = 5.0) -> tuple[int, str]:
    """The status and the text of an answer."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        link.request("GET", path)
        answer = link.getresponse()
        return answer.status, answer.read().decode()
    finally:
        link.close()


def command(text: str) -> bytes:
    """A signed command as it goes over the wire."""
    body = (
        f"command=%2Ftune-or-prompt&text={text}&team_id=T1&user_id=U1&channel_id=C1&trigger_id=1.2".encode()
    )
    headers = signed(body, SECRET, time.time()) | {
        "Host": "localhost",
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": str(len(body)),
    }
    lines = ["POST /slack/events HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body
