"""What Slack delivers when several workspaces and organisations are about: who acted, and where, is up to the test."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.views import ids
from tests.support.deliveries import ANA, BOT, CHANNEL, TEAM, Answer, Deliveries, of_ours, unique

APP = "ATUNE"
ORG = "EOURS"
"""The organisation of our workspace, where it has one."""
SISTER = "TSISTER"
"""Another workspace of that organisation."""
PARTNER, PARTNERS_ORG = "TPARTNER", "EPARTNER"
"""Another company, with which a channel is shared."""
STRANGER, STRANGERS_ORG = "TSTRANGER", "ESTRANGER"
"""Somebody who has nothing to do with us."""
PIA = "UPIA"
"""A person of the partner's."""


@dataclass(frozen=True)
class At:
    """A workspace, and its organisation if it has one."""

    team: str | None
    org: str | None = None

    @property
    def enterprise(self) -> dict[str, str] | None:
        return {"id": self.org, "name": "Org"} if self.org else None

    def authorization(self, *, org_wide: bool = False) -> dict[str, Any]:
        """The entry of an event's ``authorizations`` for an installation here."""
        where = {"enterprise_id": self.org, "team_id": self.team, "is_enterprise_install": org_wide}
        return {**where, "user_id": BOT, "is_bot": True}


@dataclass(frozen=True)
class Sent:
    """One delivery, ready to be sent any number of times."""

    payload: Mapping[str, Any]
    way: str = "interaction"

    def to(self, slack: Deliveries) -> Answer:
        if self.way == "event":
            return slack.deliver(json.dumps(self.payload).encode(), "application/json")
        if self.way == "command":
            return slack.form({**self.payload, "response_url": slack.url})
        answered = self.payload["type"] in ("block_actions", "message_action") and "view" not in self.payload
        return slack.interaction({**self.payload, **({"response_url": slack.url} if answered else {})})


def command(at: At, text: str, *, user: str = ANA, app: str = APP) -> Sent:
    """The slash command; its form names an organisation only where there is one."""
    fields = {
        "team_id": at.team or "",
        "channel_id": CHANNEL,
        "user_id": user,
        "api_app_id": app,
        "text": text,
    }
    fields |= {"command": ids.COMMAND, "trigger_id": unique("trigger."), "is_enterprise_install": "false"}
    return Sent(fields | ({"enterprise_id": at.org} if at.org else {}), "command")


def event(
    outer: At,
    what: Mapping[str, Any],
    authorizations: Sequence[Mapping[str, Any]] | None,
    *,
    app: str = APP,
) -> Sent:
    """An event; ``outer`` made the channel, ``authorizations`` say for which installations it is sent."""
    payload: dict[str, Any] = {"type": "event_callback", "api_app_id": app, "event_id": unique("Ev")}
    payload |= {"team_id": outer.team, "event": dict(what)} | (
        {"enterprise_id": outer.org} if outer.org else {}
    )
    return Sent(payload | ({} if authorizations is None else {"authorizations": authorizations}), "event")


def mention(text: str, *, user: str = ANA, home: str = TEAM, thread: str | None = None) -> dict[str, Any]:
    """Somebody mentions the app; ``home`` is the person's own workspace."""
    said = {"type": "app_mention", "user": user, "text": f"<@{BOT}> {text}", "ts": f"{time.time():.6f}"}
    said |= {"channel": CHANNEL, "team": home, "user_team": home, "source_team": home}
    return said | ({"thread_ts": thread} if thread else {})


def home_opened(user: str) -> dict[str, Any]:
    """Somebody opens App Home."""
    return {"type": "app_home_opened", "user": user, "channel": "DHOME", "tab": "home"}


def _interaction(kind: str, at: At, user: str, app: str) -> dict[str, Any]:
    return {
        "type": kind,
        "user": {"id": user, "username": "somebody", "team_id": at.team},
        "api_app_id": app,
        "trigger_id": unique("trigger."),
        "team": {"id": at.team, "domain": "somewhere"} if at.team else None,
        "enterprise": at.enterprise,
        "is_enterprise_install": at.team is None,
    }


def shortcut(at: At, *, user: str = ANA, app: str = APP) -> Sent:
    """The global shortcut."""
    return Sent(_interaction("shortcut", at, user, app) | {"callback_id": ids.START_DECISION})


def message_shortcut(at: At, text: str, *, user: str = ANA, app: str = APP) -> Sent:
    """The shortcut of a message."""
    place = {"channel": {"id": CHANNEL}, "message": {"text": text, "ts": f"{time.time():.6f}"}}
    return Sent(_interaction("message_action", at, user, app) | place | {"callback_id": ids.DECIDE_IN_THREAD})


def click_to_start(at: At, task: str, *, user: str = ANA, app: str = APP) -> Sent:
    """A press of "Start with this task", on a message of ours."""
    action = {"action_id": ids.START_TASK, "value": json.dumps({"t": task}), "type": "button"}
    return click(at, action, f"{unique('')[-12:]}.000001", user=user, app=app)


def click(
    at: At,
    action: Mapping[str, Any],
    ts: str,
    *,
    thread: str | None = None,
    user: str = ANA,
    app: str = APP,
) -> Sent:
    """A press of a button on a message."""
    container = {"type": "message", "message_ts": ts, "channel_id": CHANNEL, "is_ephemeral": False}
    place = {"container": container | ({"thread_ts": thread} if thread else {}), "channel": {"id": CHANNEL}}
    actions = [{**action, "action_ts": unique("17")}]
    return Sent(_interaction("block_actions", at, user, app) | place | {"actions": actions})


def click_at_home(at: At, installed: str, *, user: str = ANA) -> Sent:
    """A press of "Start" on App Home, which names the workspace of its installation."""
    container = {"type": "view", "view_id": "VHOME"}
    actions = [{"action_id": ids.HOME_START, "type": "button", "value": "{}", "action_ts": unique("17")}]
    view = {"id": "VHOME", "type": "home", "app_installed_team_id": installed, "private_metadata": ""}
    return Sent(
        _interaction("block_actions", at, user, APP)
        | {"container": container, "view": view, "actions": actions}
    )


def start_form(at: At, installed: str | None, task: str, *, bot: str | None = None, user: str = ANA) -> Sent:
    """The start form, sent; ``installed`` is where the installation is that opened it."""
    values = {
        ids.TASK: {ids.VALUE: {"type": "plain_text_input", "value": task}},
        ids.choice_block("data_may_leave"): {ids.VALUE: {"selected_option": {"value": "yes"}}},
    }
    return form(at, installed, ids.START_FORM, {"channel": CHANNEL}, values, bot=bot, user=user)


def form(
    at: At,
    installed: str | None,
    callback_id: str,
    metadata: Mapping[str, Any],
    values: Mapping[str, Any],
    *,
    bot: str | None = None,
    user: str = ANA,
) -> Sent:
    """A form, sent."""
    view = {
        "id": unique("V"),
        "hash": unique("h"),
        "type": "modal",
        "team_id": at.team,
        "callback_id": callback_id,
        "private_metadata": of_ours(metadata),
        "state": {"values": values},
        "blocks": [{"type": "input", "block_id": block} for block in values],
    }
    view |= {"app_installed_team_id": installed} if installed else {}
    view |= {"bot_id": bot} if bot else {}
    return Sent(_interaction("view_submission", at, user, APP) | {"view": view})
