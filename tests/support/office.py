"""The whole app in this process, beside a sandbox in a process of its own; deliveries arrive as over HTTP."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar

from bot.app import Application, Clock, build_app, utc_now
from bot.decision_log.records import Consultation, Outgoing
from bot.decision_log.scope import Scope
from bot.serving.http import Doors
from bot.settings import Settings
from tests.support.deliveries import ANA, CHANNEL, TEAM, Answer, Deliveries, button, buttons_of, by_wsgi
from tests.support.sandbox_client import SandboxClient
from tests.support.tables import with_tables

SECRET = "sandbox-signing-secret"
PATIENCE_SECONDS = 8.0
LOOK_AGAIN_SECONDS = 0.02

Found = TypeVar("Found")


class Ear:
    """A response_url that remembers what it was sent. ``answer``: the status and the word it answers with."""

    def __init__(self) -> None:
        told: list[dict[str, Any]] = []
        ear = self

        class Listens(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                status, word = ear.answer
                self.send_response(status)
                self.end_headers()
                self.wfile.write(word.encode())

            def log_message(self, *_args: object) -> None:
                pass

        self.answer = (200, "ok")
        self.told = told
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Listens)
        self.url = f"http://127.0.0.1:{self.server.server_port}/response"


@dataclass
class Office:
    """The app at work, and the ways to see what it did."""

    application: Application
    sandbox: SandboxClient
    slack: Deliveries
    ear: Ear
    sent: threading.Event = field(default_factory=threading.Event)
    """Something was sent to Slack since it was looked at last."""

    def __post_init__(self) -> None:
        outbox = self.application.outbox
        send = outbox.send

        def rings(outgoing: Outgoing) -> None:
            try:
                send(outgoing)
            finally:
                self.sent.set()

        outbox.send = rings

    def eventually(self, look: Callable[[], Found], what: str = "it") -> Found:
        """What ``look`` finds, once it finds something."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            found = look()
            if found:
                return found
            self.sent.wait(LOOK_AGAIN_SECONDS)
            self.sent.clear()
        raise AssertionError(f"{what} did not happen")

    def card(self, task: str, channel: str = CHANNEL) -> dict[str, Any] | None:
        """The newest card of a consultation about a task."""
        said = reversed(self.sandbox.messages(channel))
        return next((m for m in said if task in m["text"] and m.get("blocks")), None)

    def start(self, task: str) -> Talk:
        """Start a consultation with the command and wait for its first question."""
        assert self.slack.command(task, response_url=self.ear.url) == (200, "")
        card = self.eventually(lambda: self.card(task), f"the card for {task!r}")
        talk = Talk(self, card["ts"])
        talk.question()
        return talk

    def consultations(self) -> list[Consultation]:
        """Every consultation in the log in which Ana took part."""
        with self.application.record.reading(TEAM) as tx:
            return list(tx.open_consultations(Scope.of_person(TEAM, ANA), limit=100))

    def settled(self) -> bool:
        """Whether Slack has been told everything."""
        backlog = self.application.record.backlog(self.application.outbox.clock())
        return backlog[0] == 0

    def quiet(self) -> None:
        """Wait until Slack has been told everything."""
        self.eventually(self.settled, "an empty outbox")


@dataclass
class Talk:
    """One consultation's thread, as it looks in Slack."""

    office: Office
    root: str

    @property
    def consultation(self) -> Consultation:
        """The same in the log."""
        with self.office.application.record.reading(TEAM) as tx:
            found = tx.in_thread(Scope.of_channel(TEAM, CHANNEL), self.root)
        assert found is not None
        return found

    def messages(self) -> list[dict[str, Any]]:
        """The thread, card first."""
        return self.office.sandbox.messages(CHANNEL, self.root)

    def open_questions(self) -> list[dict[str, Any]]:
        """The messages that ask something now."""
        return [
            m for m in self.messages() if any(b["action_id"].startswith("not_sure") for b in buttons_of(m))
        ]

    def question(self) -> dict[str, Any]:
        """The one message that asks something now, once everything has been shown."""
        self.office.quiet()
        asked = self.open_questions()
        assert len(asked) == 1, [m["text"] for m in asked]
        return asked[0]

    def press(self, label: str, user: str = ANA) -> Answer:
        """Press a button of the open question."""
        asked = self.question()
        return self.office.slack.click(asked, button(asked, label), user=user)

    def say(self, text: str, **how: Any) -> Answer:
        """Type something in the thread."""
        self.office.quiet()
        return self.office.slack.say(text, self.root, **how)

    def answers(self, key: str) -> list[Any]:
        """Every value ever given for a key, oldest first."""
        return [record.value for record in self.consultation.answers if record.key == key]

    def until_advised(self, *presses: str) -> dict[str, Any]:
        """Press one button after another, and return the advice's message."""
        for label in presses:
            assert self.press(label)[0] == 200
        self.office.quiet()
        return next(m for m in self.messages()[1:] if any(b["action_id"] == "accept" for b in buttons_of(m)))


def office_with(
    sandbox: SandboxClient, ear: Ear, database_url: str, *, clock: Clock = utc_now, **more: Any
) -> Office:
    """The app on a database, with ``more`` settings, in a Slack that takes any number of messages at once."""
    settings = Settings(
        slack_bot_token="xoxb-sandbox",
        slack_signing_secret=SECRET,
        slack_api_url=f"{sandbox.address}/api/",
        database_url=with_tables(database_url),
        admin_users=(ANA,),
        **more,
    )
    application = build_app(settings, clock=clock)
    application.outbox.pace.between = 0
    slack = Deliveries(by_wsgi(Doors(application, SECRET)), SECRET, url=ear.url)
    return Office(application, sandbox, slack, ear)
