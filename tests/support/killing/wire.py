"""The wire between Slack and the app: passes every delivery on, and remembers what was answered.

What comes back without an answer (the app was killed, or is not there) is passed on as that: no answer.
"""

from __future__ import annotations

import contextlib
import http.client
import itertools
import json
import threading
import time
import urllib.parse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.support.deliveries import signed, unique

SECRET = "sandbox-signing-secret"
SLACK_WAITS_SECONDS = 3.0


@dataclass
class Delivery:
    """One delivery: what was in it, and the status that came back; ``None`` when nothing did."""

    kind: str
    payload: dict[str, Any]
    status: int | None = None


@dataclass
class Wire:
    """Where Slack delivers to, and everything that was delivered."""

    app_ports: Sequence[int]
    delivered: list[Delivery] = field(default_factory=list)
    port: int = 0
    on_its_way: threading.Event = field(default_factory=threading.Event)
    """Set when something that a person pressed or sent goes to the app."""
    _turns: Iterator[int] = field(default_factory=itertools.count)

    @property
    def url(self) -> str:
        """The request URL that Slack knows."""
        return f"http://127.0.0.1:{self.port}/slack/events"

    def last(self, user: str) -> Delivery:
        """What this person's last action delivered."""
        return next(one for one in reversed(self.delivered) if _user(one) == user)

    def event_answered(self, ts: str) -> bool:
        """Whether an event about this message got its 200."""
        return any(
            one.kind == "event" and one.status == 200 and one.payload["event"].get("ts") == ts
            for one in self.delivered
        )

    def click_again(self, click: Delivery) -> bool:
        """The same button once more, as Slack delivers a second press of it; whether there was an answer."""
        payload = json.loads(json.dumps(click.payload))
        payload["trigger_id"] = unique("trigger.")
        payload["actions"][0]["action_ts"] = f"{time.time():.6f}"
        body = urllib.parse.urlencode({"payload": json.dumps(payload)}).encode()
        headers = signed(body, SECRET, time.time()) | {"Content-Type": "application/x-www-form-urlencoded"}
        again = Delivery("block_actions", payload)
        self.pass_on(again, body, headers)
        return again.status == 200

    def pass_on(self, delivery: Delivery, body: bytes, headers: dict[str, str]) -> tuple[str, bytes]:
        """Deliver; the answer's content type and body. Without an answer ``delivery.status`` stays ``None``."""
        answer, kind = b"", ""
        if delivery.kind != "event":
            self.on_its_way.set()
        connection = self._connection()
        try:
            connection.request("POST", "/slack/events", body, headers | {"Connection": "close"})
            response = connection.getresponse()
            answer, kind = response.read(), response.headers.get("Content-Type", "")
            delivery.status = response.status
        except (OSError, http.client.HTTPException):
            pass
        finally:
            connection.close()
        self.delivered.append(delivery)
        return kind, answer

    def _connection(self) -> http.client.HTTPConnection:
        """To the replica whose turn it is, or to another where that one is not there: as what balances load does."""
        turn = next(self._turns)
        for at in range(len(self.app_ports)):
            port = self.app_ports[(turn + at) % len(self.app_ports)]
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SLACK_WAITS_SECONDS)
            with contextlib.suppress(OSError):
                connection.connect()
                break
        return connection


@contextmanager
def wire_to(*app_ports: int) -> Iterator[Wire]:
    """A wire on a port of its own."""
    wire = Wire(app_ports)

    class PassesOn(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            delivery = _read(body, self.headers.get("Content-Type", ""))
            kept = ("Content-Type", "X-Slack-Request-Timestamp", "X-Slack-Signature", "X-Slack-Retry-Num")
            kind, answer = wire.pass_on(delivery, body, {k: v for k in kept if (v := self.headers.get(k))})
            if delivery.status is None:
                self.close_connection = True
                return
            self.send_response(delivery.status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), PassesOn)
    server.daemon_threads = True
    wire.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield wire
    server.shutdown()
    server.server_close()


def _read(body: bytes, content_type: str) -> Delivery:
    if content_type.startswith("application/json"):
        return Delivery("event", json.loads(body))
    fields = dict(urllib.parse.parse_qsl(body.decode()))
    if "payload" in fields:
        payload = json.loads(fields["payload"])
        return Delivery(payload["type"], payload)
    return Delivery("command", fields)


def _user(delivery: Delivery) -> str | None:
    if delivery.kind == "event":
        found = delivery.payload["event"].get("user")
    elif delivery.kind == "command":
        found = delivery.payload["user_id"]
    else:
        found = delivery.payload["user"]["id"]
    return None if found is None else str(found)
