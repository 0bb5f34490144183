"""Decisions put into the log of an office, and its log asked as people do: by command, mention, button and form."""

from __future__ import annotations

import datetime
import json
import time
from collections.abc import Mapping
from typing import Any

from bot.app import utc_now
from bot.conversation.conversation import Conversation
from bot.conversation.replies import Act
from bot.decision_log import Decision, Outcome, Scope
from tests.support import decided
from tests.support.deliveries import ANA, BOT, CHANNEL, TEAM, button, buttons_of, unique
from tests.support.office import Office, Talk
from tests.support.sandbox_client import everything_in
from tests.support.settled import advice_of, settled_talk

Message = dict[str, Any]


def decide(
    office: Office,
    task: str,
    *,
    by: str = ANA,
    channel: str = CHANNEL,
    days_ago: float = 0,
    outcome: bool | None = None,
    **more: Any,
) -> Decision:
    """A decision of a channel; ``outcome``: whether it was shipped, where that is recorded."""
    log, at = office.application.record, utc_now() - datetime.timedelta(days=days_ago)
    scope = Scope.of_channel(TEAM, channel)
    made = decided.decide(log, scope, at, task=task, by=by, **more)
    if outcome is None:
        return made
    with log.writing(TEAM) as tx:
        return tx.add_outcome(scope, made.place, Outcome(by, utc_now(), shipped=outcome))


def answered(office: Office, typed: str, **who: Any) -> Message:
    """What the command answers, at once or beside."""
    before = len(office.ear.told)
    status, body = office.slack.command(typed, **who)
    assert status == 200
    if body:
        return dict(json.loads(body))
    assert len(office.ear.told) > before, "nothing was answered"
    return office.ear.told[-1]


def mentioned(office: Office, words: str, *, user: str = ANA, channel: str = CHANNEL) -> Message:
    """What a mention is answered, for one person alone."""
    before = len(office.sandbox.messages(channel))
    event = {"type": "app_mention", "user": user, "text": f"<@{BOT}> {words}", "ts": f"{time.time():.6f}"}
    assert office.slack.event(event | {"channel": channel})[0] == 200
    [answer] = office.sandbox.messages(channel)[before:]
    assert answer["ephemeral_to"] == user
    return dict(answer)


def press(
    office: Office,
    message: Mapping[str, Any],
    label: str,
    *,
    user: str = ANA,
    channel: str = CHANNEL,
    is_ephemeral: bool = True,
) -> Message | None:
    """Press a button of what one person sees; what they are told then, if anything."""
    [action] = [one for one in buttons_of(message) if one["text"]["text"] == label]
    return pressed(
        office, action["action_id"], action["value"], user=user, channel=channel, is_ephemeral=is_ephemeral
    )


def pressed(
    office: Office,
    action: str,
    value: str = "{}",
    *,
    user: str = ANA,
    channel: str = CHANNEL,
    is_ephemeral: bool = True,
) -> Message | None:
    """The same by the button's id and value, wherever they are from."""
    before = len(office.ear.told)
    body = {
        "type": "block_actions",
        "user": {"id": user, "team_id": TEAM},
        "team": {"id": TEAM},
        "channel": {"id": channel, "name": "a-channel"},
        "container": {
            "type": "message",
            "message_ts": "1.2",
            "channel_id": channel,
            "is_ephemeral": is_ephemeral,
        },
        "trigger_id": unique("trigger."),
        "response_url": office.ear.url,
        "actions": [{"type": "button", "action_id": action, "value": value, "action_ts": unique("")}],
    }
    assert office.slack.interaction(body)[0] == 200
    return office.ear.told[-1] if len(office.ear.told) > before else None


def pressed_in_view(
    office: Office, action: str, value: str = "{}", *, user: str = ANA, kind: str = "home"
) -> None:
    """Press something on App Home, or on a page (``kind``: modal)."""
    body = {
        "type": "block_actions",
        "user": {"id": user, "team_id": TEAM},
        "team": {"id": TEAM},
        "container": {"type": "view", "view_id": "V0VIEW"},
        "view": {"id": "V0VIEW", "type": kind, "app_installed_team_id": TEAM},
        "trigger_id": unique("trigger."),
        "actions": [{"type": "button", "action_id": action, "value": value, "action_ts": unique("")}],
    }
    assert office.slack.interaction(body)[0] == 200


def opened(office: Office) -> dict[str, Any]:
    """The form or page that was opened last, as Slack would send it."""
    view = office.sandbox.calls("views.open")[-1]["args"]["view"]
    return dict(view) | {"id": unique("V"), "hash": unique("h")}


def sent(
    office: Office, view: Mapping[str, Any], values: Mapping[str, str], user: str = ANA
) -> dict[str, str]:
    """Send a form; the sentences beside its fields ({}: it closed)."""
    state = {block: {"value": {"value": text}} for block, text in values.items()}
    body = {
        "type": "view_submission",
        "team": {"id": TEAM},
        "user": {"id": user, "team_id": TEAM},
        "view": dict(view) | {"state": {"values": state}},
    }
    status, answer = office.slack.interaction(body)
    assert status == 200
    return dict(json.loads(answer)["errors"]) if answer else {}


def home(office: Office, user: str = ANA) -> dict[str, Any]:
    """A person's App Home, as they open it."""
    event = {"type": "app_home_opened", "user": user, "channel": "D0HOME", "tab": "home", "event_ts": "1.1"}
    assert office.slack.event(event)[0] == 200
    return shown_home(office, user)


def shown_home(office: Office, user: str = ANA) -> dict[str, Any]:
    """The same as it was shown last."""
    found = office.sandbox.home(user)
    assert found is not None
    return found


def consult(
    office: Office, task: str, values: Mapping[str, Any], *, user: str = ANA, channel: str = CHANNEL
) -> str:
    """Start a consultation with these answers, and wait until all of it is shown; its id."""
    conversation: Conversation = office.application.outbox.conversation
    act = Act(TEAM, channel, user, unique("key"), utc_now())
    started = conversation.start(act, task, values=values)
    office.quiet()
    return str(getattr(started, "consultation", ""))


def words(message: dict[str, Any] | None) -> str:
    """All that a message says, without the marks that keep people's words apart."""
    assert message is not None
    told = everything_in({"text": message.get("text", ""), "blocks": message.get("blocks", [])})
    return told.replace("\u2068", "").replace("\u2069", "").replace("*", "")


def accepted(office: Office, **changes: Any) -> Talk:
    """A consultation that was advised and accepted."""
    talk = settled_talk(office, **changes)
    advice = advice_of(talk)
    assert office.slack.click(advice, button(advice, "Accept"))[0] == 200
    office.quiet()
    return talk
