"""The Events API: which events the app hears, and how often Slack tries again when it does not answer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bot.sandbox import payloads
from bot.sandbox.socket_mode import Transport
from bot.sandbox.typed import mentions
from bot.sandbox.workspace import Delivery, Json, Message, Workspace

NEEDS = {
    "app_mention": "app_mentions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
}
"""Subscription -> the scope without which nothing comes."""

MESSAGES_OF = {"channel": "message.channels", "group": "message.groups", "im": "message.im"}
"""Channel type -> the subscription under which its messages come."""


@dataclass(slots=True)
class Again:
    """An event that was not acknowledged, and when Slack sends it next."""

    payload: Json
    attempt: int
    reason: str
    due_at: float


class Events:
    """Tells the app what happens. Everything runs on the workspace's loop."""

    def __init__(self, workspace: Workspace, transport: Transport) -> None:
        self.workspace = workspace
        self.transport = transport
        self.again: list[Again] = []
        self._under_way: set[asyncio.Task[None]] = set()
        workspace.on_message(self._app_wrote)

    def hears(self, subscription: str) -> bool:
        """Whether the app subscribed to this and holds the scope for it."""
        needed = NEEDS.get(subscription)
        granted = needed is None or needed in self.workspace.settings.scopes
        return granted and subscription in self.workspace.app.events

    def hears_messages_in(self, channel_id: str) -> bool:
        channel = self.workspace.channels[channel_id]
        return channel.bot_is_member and self.hears(MESSAGES_OF[payloads.channel_type(channel)])

    async def send(self, event: Json) -> None:
        """Send an event and wait for the acknowledgement of the first try."""
        await self._try(payloads.event_callback(self.workspace, event), 0, "")

    def send_aside(self, event: Json) -> None:
        """Send an event without waiting."""
        self._aside(payloads.event_callback(self.workspace, event), 0, "")

    def send_due(self) -> None:
        """Send again what is due by now."""
        now = self.workspace.clock()
        for one in [one for one in self.again if one.due_at <= now]:
            self.again.remove(one)
            self._aside(one.payload, one.attempt, one.reason)

    def _aside(self, payload: Json, attempt: int, reason: str) -> None:
        task = asyncio.create_task(self._try(payload, attempt, reason))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _try(self, payload: Json, attempt: int, reason: str) -> None:
        delivery = await self.transport.deliver(
            "events_api", payload, retry_attempt=attempt, retry_reason=reason
        )
        pauses = self.workspace.settings.retry_events_after
        if delivery.acked or attempt >= len(pauses):
            return
        due_at = self.workspace.clock() + pauses[attempt]
        self.again.append(Again(payload, attempt + 1, _reason(delivery), due_at))
        if pauses[attempt] == 0 and delivery.error == "timeout":
            self.send_due()

    def _app_wrote(self, message: Message, what: str, before: Message) -> None:
        """The app hears of its own messages too, and of every edit; Bolt ignores those of its own.

        A mention whose text a person edits comes as a mention once more, whatever the app hears besides.
        """
        place = self.workspace.channels[message.channel]
        is_typed_anew = what == "changed" and not message.bot_id and place.bot_is_member
        is_mention = not place.is_direct and mentions(message.text, self.workspace.bot_user)
        if is_typed_anew and is_mention and self.hears("app_mention"):
            self.send_aside(payloads.mention_event(self.workspace, message))
        if not self.hears_messages_in(message.channel):
            return
        if what == "posted" and message.bot_id:
            self.send_aside(payloads.message_event(self.workspace, message))
        elif what != "posted":
            event_ts = self.workspace.next_ts()
            self.send_aside(payloads.change_event(self.workspace, message, what, event_ts, before))


def _reason(delivery: Delivery) -> str:
    if delivery.error == "timeout":
        return "timeout"
    return "http_error" if (delivery.error or "").startswith("http_status") else "connection_failed"
