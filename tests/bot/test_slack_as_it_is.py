"""What real workspaces send beside what we asked for: workflows, channels with a new id, buttons without a message."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.decision_log.scope import Scope
from bot.views import ids
from tests.support.deliveries import ANA, CHANNEL, TEAM, Answer, of_ours, unique
from tests.support.office import Office, Talk


def mention(office: Office, text: str, thread: str | None = None, **more: Any) -> tuple[Answer, str]:
    """Somebody mentions the app; the answer, and the message's ts."""
    said = (
        office.sandbox.say(ANA, CHANNEL, text, thread) if thread else office.sandbox.say(ANA, CHANNEL, text)
    )
    event = {"type": "app_mention", "user": ANA, "text": text, "ts": said["ts"], "channel": CHANNEL} | more
    if thread:
        event["thread_ts"] = thread
    return office.slack.event(event), said["ts"]


def test_the_name_in_a_mention_is_no_part_of_the_task(office: Office) -> None:
    _, ts = mention(office, "<@UTUNE|tune or prompt> sort the post")
    office.quiet()
    assert Talk(office, ts).consultation.task == "sort the post"


@pytest.mark.parametrize("asked", ["summary", "explain the cost", "why?", "start over", "back"])
def test_a_word_about_a_consultation_in_a_thread_without_one_says_that_there_is_none(
    office: Office, asked: str
) -> None:
    root = office.sandbox.say(ANA, CHANNEL, f"lunch? {asked}")["ts"]
    before = len(office.consultations())
    assert mention(office, f"<@UTUNE> {asked}", root)[0] == (200, "")
    office.quiet()
    assert len(office.consultations()) == before
    whispered = office.sandbox.calls("chat.postEphemeral")[-1]
    assert "no consultation of mine here" in str(whispered)


def test_a_workflow_that_mentions_the_app_is_told_once(office: Office) -> None:
    bot = unique("B")
    for _ in range(3):
        root = office.sandbox.say(ANA, CHANNEL, "a form was filled in")["ts"]
        event = {"type": "app_mention", "bot_id": bot, "subtype": "bot_message", "text": "<@UTUNE> sort",
                 "ts": root, "channel": CHANNEL}  # fmt: skip
        assert office.slack.event(event) == (200, "")
    said = [m for m in office.sandbox.messages(CHANNEL) if "I answer people" in m["text"]]
    threads = [m for m in office.sandbox.calls("chat.postMessage") if "I answer people" in str(m)]
    assert len(threads) == 1
    assert len(said) <= 1


def test_what_we_posted_ourselves_gets_no_hint(office: Office) -> None:
    before = len(office.sandbox.calls("chat.postMessage"))
    own = office.application.installation.bot
    event = {"type": "app_mention", "bot_id": own, "text": "<@UTUNE> x", "ts": "1.000001", "channel": CHANNEL}
    assert office.slack.event(event) == (200, "")
    assert len(office.sandbox.calls("chat.postMessage")) == before


def test_a_channel_that_gets_another_id_takes_its_log_along(office: Office) -> None:
    """In a workspace of its own making: rows of the channel, and of another that stays."""
    record, now = office.application.record, office.application.outbox.clock()
    with record.writing(TEAM) as tx:
        moved = tx.open_consultation(
            Scope.of_channel(TEAM, "GOLD"), task="a", asker=ANA, now=now, root_ts="1.1"
        )
        stays = tx.open_consultation(
            Scope.of_channel(TEAM, "GELSE"), task="b", asker=ANA, now=now, root_ts="2.1"
        )
    with record.writing("TFOREIGN") as tx:
        other = tx.open_consultation(
            Scope.of_channel("TFOREIGN", "GOLD"), task="c", asker=ANA, now=now, root_ts="1.1"
        )
    event = {
        "type": "channel_id_changed",
        "old_channel_id": "GOLD",
        "new_channel_id": "CNEW",
        "event_ts": "1.000001",
    }
    assert office.slack.event(event) == (200, "")
    assert office.slack.event(event) == (200, "")
    with record.reading(TEAM) as tx:
        assert tx.consultation(Scope.of_channel(TEAM, "CNEW"), moved.id) is not None
        assert tx.consultation(Scope.of_channel(TEAM, "GOLD"), moved.id) is None
        assert tx.consultation(Scope.of_channel(TEAM, "GELSE"), stays.id) is not None
    with record.reading("TFOREIGN") as tx:
        assert tx.consultation(Scope.of_channel("TFOREIGN", "GOLD"), other.id) is not None


@pytest.mark.parametrize(
    "action", ["accept", "not_sure:data_may_leave", "costs", "form:quality", "show:1", "log_page"]
)
def test_a_button_without_its_message_does_nothing(office: Office, action: str) -> None:
    pressed = {
        "type": "block_actions",
        "user": {"id": ANA, "team_id": TEAM},
        "team": {"id": TEAM},
        "container": {"type": "view", "view_id": "VHOME"},
        "trigger_id": unique("trigger."),
        "actions": [{"type": "button", "action_id": action, "value": "{}", "action_ts": unique("")}],
    }
    assert office.slack.interaction(pressed) == (200, "")


def costs_page(talk: Talk, carried: str) -> dict[str, Any]:
    """Another option is chosen on the page of the costs, which carries this."""
    return {
        "type": "block_actions",
        "user": {"id": ANA, "team_id": TEAM},
        "team": {"id": TEAM},
        "container": {"type": "view", "view_id": "VPAGE"},
        "view": {"id": "VPAGE", "type": "modal", "private_metadata": carried, "state": {"values": {}}},
        "trigger_id": unique("trigger."),
        "actions": [{"type": "static_select", "action_id": ids.COSTS_OF, "action_ts": "1.2",
                     "selected_option": {"value": "prompt_api"}}],
    }  # fmt: skip


def test_what_a_form_carries_is_believed_only_under_our_seal(office: Office) -> None:
    talk = office.start("keep costs to the channel")
    about = {"channel": CHANNEL, "c": talk.consultation.id}
    before = len(office.sandbox.calls("views.update"))
    for forged in (
        json.dumps(about),
        "0" * 32 + json.dumps(about),
        of_ours(about)[:-3] + 'X"}',
        "",
        "é" * 40,
    ):
        assert office.slack.interaction(costs_page(talk, forged)) == (200, "")
        assert len(office.sandbox.calls("views.update")) == before
    assert office.slack.interaction(costs_page(talk, of_ours(about))) == (200, "")
    assert len(office.sandbox.calls("views.update")) == before + 1
