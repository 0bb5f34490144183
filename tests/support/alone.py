"""Somebody alone with the app in their direct message, as it looks in Slack."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.decision_log.records import Consultation
from bot.decision_log.scope import Scope
from bot.views import ids
from tests.support.deliveries import ANA, TEAM, button
from tests.support.logged import opened
from tests.support.office import Office
from tests.support.sandbox_client import everything_in

TASK = "sort the complaints"


@dataclass
class Alone:
    """What Ana says to the app in their direct message, and what stands there."""

    office: Office

    def __post_init__(self) -> None:
        self.office.sandbox.post("open_messages", user=ANA)
        self.channel = f"D{ANA[1:]}"

    def say(self, text: str, thread: str = "", **more: Any) -> None:
        event = {
            "type": "message",
            "user": ANA,
            "text": text,
            "ts": f"{time.time():.6f}",
            "channel": self.channel,
        }
        event |= {"channel_type": "im"} | ({"thread_ts": thread} if thread else {}) | more
        assert self.office.slack.event(event)[0] == 200
        self.office.quiet()

    def all(self) -> list[dict[str, Any]]:
        return self.office.sandbox.messages(self.channel)

    def told(self) -> str:
        """What she alone was told last."""
        return words([one for one in self.all() if one["ephemeral_to"] == ANA][-1])

    @property
    def card(self) -> dict[str, Any]:
        return next(
            one for one in reversed(self.all()) if TASK in one["text"] and one["ephemeral_to"] is None
        )

    def thread(self) -> list[dict[str, Any]]:
        return self.office.sandbox.messages(self.channel, self.card["ts"])

    @property
    def consultation(self) -> Consultation:
        with self.office.application.record.reading(TEAM) as tx:
            found = tx.in_thread(Scope.of_channel(TEAM, self.channel), self.card["ts"])
        assert found is not None
        return found

    def form(self) -> dict[str, Any]:
        self.press("Take it to a channel…")
        return opened(self.office)

    def press(self, label: str) -> None:
        card = self.card
        assert self.office.slack.click(card, button(card, label), channel=self.channel)[0] == 200

    def take_to(self, channel: str, user: str = ANA) -> dict[str, str]:
        """Send the form; the sentences beside its field."""
        return chosen(self.office, self.form(), channel, user)


def chosen(office: Office, view: Mapping[str, Any], channel: str, user: str = ANA) -> dict[str, str]:
    state = {ids.CHANNEL: {"value": {"type": "conversations_select", "selected_conversation": channel}}}
    body = {
        "type": "view_submission",
        "team": {"id": TEAM},
        "user": {"id": user, "team_id": TEAM},
        "view": dict(view) | {"state": {"values": state}},
    }
    status, answer = office.slack.interaction(body)
    assert status == 200
    office.quiet()
    return dict(json.loads(answer)["errors"]) if answer else {}


def words(message: Mapping[str, Any]) -> str:
    told = everything_in({"text": message.get("text", ""), "blocks": message.get("blocks", [])})
    return told.replace("\u2068", "").replace("\u2069", "").replace("*", "")
