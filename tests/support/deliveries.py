"""Slack's deliveries over HTTP, signed as Slack signs them."""

from __future__ import annotations

import hashlib
import hmac
import io
import itertools
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.slack.seal import carried_in, sealed

TOKEN = "xoxb-sandbox"
TEAM = "TSANDBOX"
CHANNEL = "CMLPLAT"
ANA, BEN, BOT = "UANA", "UBEN", "UTUNE"

Answer = tuple[int, str]
Post = Callable[[bytes, Mapping[str, str]], Answer]

_counter = itertools.count(1)


def unique(prefix: str) -> str:
    """An id that no other delivery has."""
    return f"{prefix}{time.time_ns()}{next(_counter)}"


def signed(body: bytes, secret: str, at: float) -> dict[str, str]:
    """The two headers with which Slack signs a body."""
    base = b"v0:" + str(int(at)).encode() + b":" + body
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(int(at)), "X-Slack-Signature": f"v0={digest}"}


def by_http(url: str) -> Post:
    """Post to a server."""

    def post(body: bytes, headers: Mapping[str, str]) -> Answer:
        request = urllib.request.Request(url, data=body, headers=dict(headers), method="POST")
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()

    return post


def by_wsgi(application: Any) -> Post:
    """Post to a WSGI application in this process."""

    def post(body: bytes, headers: Mapping[str, str]) -> Answer:
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": "/slack/events",
            "QUERY_STRING": "",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
        }
        for name, value in headers.items():
            key = name.upper().replace("-", "_")
            environ[key if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
        told: list[str] = []
        chunks = application(environ, lambda status, headers: told.append(status))
        return int(told[0].split()[0]), b"".join(chunks).decode()

    return post


@dataclass
class Deliveries:
    """What Slack would deliver. ``url`` is where a response_url leads."""

    post: Post
    secret: str
    url: str = "http://127.0.0.1:1/response/none"
    channel: str = CHANNEL
    sent: list[tuple[bytes, dict[str, str]]] = field(default_factory=list)

    def deliver(self, body: bytes, content_type: str, *, at: float | None = None, **more: str) -> Answer:
        """Sign and post a body; it is remembered in ``sent``, so that it can be repeated."""
        headers = signed(body, self.secret, time.time() if at is None else at)
        headers |= {"Content-Type": content_type} | {k.replace("_", "-"): v for k, v in more.items()}
        self.sent.append((body, headers))
        return self.post(body, headers)

    def again(self, **more: str) -> Answer:
        """The last delivery once more, byte for byte."""
        body, headers = self.sent[-1]
        return self.post(body, headers | {k.replace("_", "-"): v for k, v in more.items()})

    def form(self, fields: Mapping[str, str], **more: Any) -> Answer:
        body = urllib.parse.urlencode(fields).encode()
        return self.deliver(body, "application/x-www-form-urlencoded", **more)

    def interaction(self, payload: Mapping[str, Any], **more: Any) -> Answer:
        return self.form({"payload": json.dumps(payload)}, **more)

    def command(self, text: str, *, user: str = ANA, team: str = TEAM, **more: str) -> Answer:
        """/tune-or-prompt TEXT"""
        fields = {
            "token": "unused",
            "team_id": team,
            "team_domain": "acme",
            "channel_id": self.channel,
            "channel_name": "ml-platform",
            "user_id": user,
            "user_name": "ana",
            "command": "/tune-or-prompt",
            "text": text,
            "api_app_id": "ATUNE",
            "is_enterprise_install": "false",
            "response_url": self.url,
            "trigger_id": unique("trigger."),
        }
        return self.form(fields | more)

    def click(
        self,
        message: Mapping[str, Any],
        action: Mapping[str, Any],
        *,
        user: str = ANA,
        state: Mapping[str, Any] | None = None,
        channel: str | None = None,
    ) -> Answer:
        """A button on a message, both as the sandbox's state holds them."""
        at = channel or self.channel
        container = {"type": "message", "message_ts": message["ts"], "channel_id": at, "is_ephemeral": False}
        if message.get("thread_ts"):
            container["thread_ts"] = message["thread_ts"]
        return self.interaction(
            {
                "type": "block_actions",
                "user": {"id": user, "username": "ana", "name": "ana", "team_id": TEAM},
                "api_app_id": "ATUNE",
                "token": "unused",
                "container": container,
                "trigger_id": unique("trigger."),
                "team": {"id": TEAM, "domain": "acme"},
                "enterprise": None,
                "is_enterprise_install": False,
                "channel": {"id": at, "name": "ml-platform"},
                "message": dict(message),
                "state": {"values": dict(state or {})},
                "response_url": self.url,
                "actions": [{**action, "action_ts": f"{time.time():.6f}"}],
            }
        )

    def event(self, event: Mapping[str, Any], *, event_id: str | None = None, **more: Any) -> Answer:
        """One event of the Events API."""
        payload = {
            "token": "unused",
            "team_id": TEAM,
            "api_app_id": "ATUNE",
            "event": dict(event),
            "type": "event_callback",
            "event_id": event_id or unique("Ev"),
            "event_time": int(time.time()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": TEAM,
                    "user_id": BOT,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
        }
        return self.deliver(json.dumps(payload).encode(), "application/json", **more)

    def say(
        self, text: str, thread_ts: str, *, user: str = ANA, ts: str | None = None, kind: str = "message"
    ) -> Answer:
        """A text typed in a thread, as one of the events that Slack sends for it."""
        event = {
            "type": kind,
            "user": user,
            "text": text,
            "ts": ts or f"{time.time():.6f}",
            "channel": self.channel,
            "channel_type": "channel",
            "thread_ts": thread_ts,
        }
        return self.event({k: v for k, v in event.items() if v})


def of_ours(carried: Mapping[str, Any]) -> str:
    """What a form carries, as the app writes it in the sandbox."""
    return sealed(json.dumps(carried), TOKEN)


def carried_by(view: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a form of the app carries."""
    return carried_in(view["private_metadata"], TOKEN)


def buttons_of(message: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The buttons of a message, each with its block id, as a click reports them."""
    found = []
    for block in message.get("blocks") or ():
        elements = [*(block.get("elements") or ()), *filter(None, [block.get("accessory")])]
        found += [
            {**element, "block_id": block.get("block_id", "")}
            for element in elements
            if isinstance(element, dict) and element.get("type") == "button"
        ]
    return found


def button(message: Mapping[str, Any], label: str) -> dict[str, Any]:
    """The one button with this label."""
    return next(b for b in buttons_of(message) if b["text"]["text"] == label)
