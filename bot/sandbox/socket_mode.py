"""Socket Mode: the websocket through which the app hears what people do.

The app asks `apps.connections.open` for an address, connects, gets a hello, then envelopes, and acknowledges each by
its envelope_id. Several connections may be open; each envelope goes to one of them.
"""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from dataclasses import dataclass, field
from typing import Protocol

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from bot.sandbox import tokens
from bot.sandbox.workspace import Delivery, Json, Workspace

TICKET_LIFE = 30.0
"""Seconds within which an address from apps.connections.open has to be used; it works once."""
CONNECTIONS = 10
"""Open connections that Slack allows an app."""
CONNECTION_SECONDS = 18_060
"""What Slack says in its hello about how long it keeps a connection."""
LEAVES_AFTER = 1.0
"""Seconds between a disconnect frame and the end of that connection."""


class Transport(Protocol):
    """A way to the app: Socket Mode, or signed HTTP."""

    @property
    def connected(self) -> bool:
        """Whether there is an app to deliver to, as far as one can know beforehand."""

    async def deliver(
        self, type: str, payload: Json, *, retry_attempt: int = 0, retry_reason: str = ""
    ) -> Delivery:
        """Send one thing and wait for its acknowledgement, at most `Settings.ack_within` seconds.

        `type` is Slack's name of the envelope: "slash_commands", "interactive" or "events_api".
        """


@dataclass(slots=True, eq=False)
class Link:
    """One open connection."""

    websocket: WebSocket
    leaving: bool = False
    waiting: dict[str, tuple[Delivery, asyncio.Future[Json], float]] = field(default_factory=dict)
    """envelope_id -> what was sent, who waits for its acknowledgement, and when it was sent (monotonic)."""


class SocketMode:
    """All connections of the app, and the envelopes on them. `beside`: another workspace's, which has the same ones."""

    def __init__(self, workspace: Workspace, beside: SocketMode | None = None) -> None:
        self.workspace = workspace
        self.links: list[Link] = [] if beside is None else beside.links
        self._told: list[Workspace] = [] if beside is None else beside._told
        self._told.append(workspace)
        self._tickets: dict[str, float] = {}
        self._turn = 0
        self._goodbyes: set[asyncio.Task[None]] = set()

    @property
    def connected(self) -> bool:
        return any(not link.leaving for link in self.links)

    def new_address(self) -> str | None:
        """What apps.connections.open answers; None when too many connections are open."""
        if len(self.links) >= CONNECTIONS:
            return None
        ticket = str(uuid.uuid4())
        self._tickets[ticket] = time.monotonic() + TICKET_LIFE
        address = self.workspace.base_url.replace("http", "ws", 1)
        return f"{address}/link/?ticket={ticket}&app_id={tokens.APP_ID}"

    async def link(self, websocket: WebSocket) -> None:
        """Serve one connection until it ends."""
        ticket = websocket.query_params.get("ticket", "")
        if self._tickets.pop(ticket, 0.0) < time.monotonic():
            await websocket.close(1008)
            return
        await websocket.accept()
        link = Link(websocket)
        self.links.append(link)
        self._say_connected()
        try:
            await websocket.send_text(json.dumps(self._hello()))
            while True:
                self._acknowledge(link, await websocket.receive_text())
        except (WebSocketDisconnect, RuntimeError):
            pass  # the app left; what it had not acknowledged is lost to it, and retried if it is an event
        finally:
            self._forget(link)

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.links),
            "connection_info": {"app_id": tokens.APP_ID},
            "debug_info": {
                "host": "applink-sandbox",
                "build_number": 1,
                "approximate_connection_time": CONNECTION_SECONDS,
            },
        }

    def _forget(self, link: Link) -> None:
        if link in self.links:
            self.links.remove(link)
        for delivery, waiting, _ in link.waiting.values():
            if not waiting.done():
                delivery.error = "connection_closed"
                waiting.cancel()
        self._say_connected()

    def _say_connected(self) -> None:
        for workspace in self._told:
            if workspace.app_is_connected != self.connected:
                workspace.app_is_connected = self.connected
                workspace.changed()

    def _acknowledge(self, link: Link, text: str) -> None:
        try:
            frame = json.loads(text)
        except ValueError:
            return
        found = link.waiting.pop(frame.get("envelope_id", ""), None) if isinstance(frame, dict) else None
        if found is None:
            return
        delivery, waiting, sent = found
        delivery.ack_ms = (time.monotonic() - sent) * 1000
        payload = frame.get("payload")
        delivery.ack = payload if isinstance(payload, dict) else {}
        if not waiting.done():
            delivery.acked = True
            waiting.set_result(delivery.ack)

    async def deliver(
        self, type: str, payload: Json, *, retry_attempt: int = 0, retry_reason: str = ""
    ) -> Delivery:
        delivery = Delivery(
            str(uuid.uuid4()), type, payload, self.workspace.clock(), retry_attempt, retry_reason
        )
        self.workspace.deliveries.append(delivery)
        self.workspace.noted()
        link = self._next_link()
        if link is None:
            delivery.error = "not_connected"
            return delivery
        waiting: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        link.waiting[delivery.envelope_id] = (delivery, waiting, time.monotonic())
        try:
            await link.websocket.send_text(json.dumps(_envelope(delivery), ensure_ascii=False))
            await asyncio.wait_for(waiting, self.workspace.settings.ack_within)
        except TimeoutError:
            delivery.error = "timeout"
        except (RuntimeError, WebSocketDisconnect):
            delivery.error = "connection_closed"
        except asyncio.CancelledError:
            if delivery.error != "connection_closed":
                raise
        self.workspace.noted()
        return delivery

    def _next_link(self) -> Link | None:
        """Connections take turns; Slack picks one at random."""
        open_links = [link for link in self.links if not link.leaving]
        if not open_links:
            return None
        self._turn += 1
        return open_links[self._turn % len(open_links)]

    async def disconnect(self, reason: str) -> None:
        """End all connections: with a frame that says why ("warning", "refresh_requested", "link_disabled"),
        or without a word ("drop").
        """
        for link in list(self.links):
            link.leaving = True
            if reason == "drop":
                await _close(link, 1011)
                continue
            frame = {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-sandbox"}}
            await link.websocket.send_text(json.dumps(frame))
            goodbye = asyncio.create_task(_close_later(link))
            self._goodbyes.add(goodbye)
            goodbye.add_done_callback(self._goodbyes.discard)
        self._say_connected()


def _envelope(delivery: Delivery) -> Json:
    envelope: Json = {
        "envelope_id": delivery.envelope_id,
        "type": delivery.type,
        "accepts_response_payload": delivery.type != "events_api",
        "payload": delivery.payload,
    }
    if delivery.type == "events_api":
        envelope |= {"retry_attempt": delivery.retry_attempt, "retry_reason": delivery.retry_reason}
    return envelope


async def _close_later(link: Link) -> None:
    await asyncio.sleep(LEAVES_AFTER)
    await _close(link, 1000)


async def _close(link: Link, code: int) -> None:
    if link.websocket.application_state is WebSocketState.CONNECTED:
        await link.websocket.close(code)
