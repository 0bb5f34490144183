"""The log asked in a direct message: the decisions in which this person took part, from whatever channel."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from bot.app import utc_now
from bot.decision_log.scope import Scope
from tests.support.deliveries import ANA, BEN, BOT, CHANNEL, TEAM, unique
from tests.support.office import Office

DIRECT = {"channel_id": "D0ANA", "channel_name": "directmessage"}


def decide(office: Office, task: str, *, by: str = ANA, channel: str = CHANNEL) -> int:
    """A decision of a channel; its number."""
    scope = Scope.of_channel(TEAM, channel)
    with office.application.record.writing(TEAM) as tx:
        opened = tx.open_consultation(scope, task=task, asker=by, now=utc_now(), root_ts="1700000000.000100")
        made = tx.decide(
            scope,
            opened.id,
            recommended="keep_prompting",
            chosen="keep_prompting",
            status="accepted",
            by=by,
            why=None,
            now=utc_now(),
        )
    return made.number


def told(answer: tuple[int, str]) -> dict[str, Any]:
    assert answer[0] == 200
    message: dict[str, Any] = json.loads(answer[1])
    return message


def turn(
    office: Office, label: str, carried: str, *, user: str = ANA, channel: str = "D0ANA"
) -> dict[str, Any]:
    """Press a button of the list that only one person sees; what it shows then."""
    body = {
        "type": "block_actions",
        "user": {"id": user, "team_id": TEAM},
        "team": {"id": TEAM},
        "channel": {"id": channel, "name": "directmessage"},
        "container": {"type": "message", "message_ts": "1.2", "channel_id": channel, "is_ephemeral": True},
        "trigger_id": unique("trigger."),
        "response_url": office.ear.url,
        "actions": [{"type": "button", "action_id": label, "value": carried, "action_ts": unique("")}],
    }
    assert office.slack.interaction(body)[0] == 200
    return office.ear.told[-1]


def test_the_log_in_a_direct_message_lists_what_this_person_took_part_in(office: Office) -> None:
    decide(office, "sort Ana's mail")
    decide(office, "sort Ana's parcels", channel="CSUPPORT")
    decide(office, "sort Ben's mail", by=BEN)
    listed = told(office.slack.command("log", **DIRECT))
    assert "Decisions you took part in" in listed["text"]
    assert "Ana's mail" in listed["text"]
    assert "Ana's parcels" in listed["text"]
    assert "Ben's mail" not in str(listed)
    assert f"<#{CHANNEL}>" in listed["text"]
    assert "<#CSUPPORT>" in str(listed["blocks"])
    assert "https://slack.com/archives/CSUPPORT/p1700000000000100" in str(listed["blocks"])
    of_ben = told(office.slack.command("log", user=BEN, channel_id="D0BEN"))
    assert "Ben's mail" in of_ben["text"]
    assert "Ana's" not in str(of_ben)


def test_an_answer_is_taking_part(office: Office) -> None:
    scope = Scope.of_channel(TEAM, CHANNEL)
    number = decide(office, "sort Ben's parcels", by=BEN)
    with office.application.record.writing(TEAM) as tx:
        found = tx.decision(scope, number)
        assert found is not None
        tx.add_answers(scope, found.consultation.id, [("can_wait", True, "typed")], ANA, utc_now())
    assert "Ben's parcels" in told(office.slack.command("log", **DIRECT))["text"]


def test_somebody_who_took_part_in_nothing_is_told_so(office: Office) -> None:
    decide(office, "sort mail", by=BEN)
    listed = told(office.slack.command("log", **DIRECT))
    assert "You have not taken part in a decision yet" in listed["text"]
    assert "home_start" in str(listed["blocks"])


def test_pages_are_turned_within_what_this_person_took_part_in(office: Office) -> None:
    numbers = [decide(office, f"sort mail {n}", by=ANA if n % 2 else BEN) for n in range(24)]
    first = told(office.slack.command("log", **DIRECT))
    assert first["text"].count("open the thread") == 10
    older = next(
        b
        for block in first["blocks"]
        for b in block.get("elements", ())
        if b.get("action_id") == "log_page:older"
    )
    second = turn(office, "log_page:older", older["value"])
    assert second["text"].count("open the thread") == 2
    assert "Decisions you took part in" in second["text"]
    assert f"#{numbers[1]} sort mail 1" in second["text"]
    assert f"#{numbers[0]} sort mail 0" not in second["text"]


def test_a_button_of_somebody_else_s_list_shows_one_s_own(office: Office) -> None:
    """What a button carries says which page, and never whose."""
    for n in range(12):
        decide(office, f"sort mail {n}", by=BEN)
    carried = json.dumps({"b": 5, "c": "CMLPLAT", "p": BEN, "w": [None]})
    shown = turn(office, "log_page:older", carried)
    assert "sort mail" not in str(shown)


def test_show_in_a_direct_message_shows_what_this_person_took_part_in(office: Office) -> None:
    decide(office, "sort Ben's parcels", by=BEN)
    mine, other = (
        decide(office, "sort Ana's mail", channel="CSUPPORT"),
        decide(office, "sort Ben's mail", by=BEN),
    )
    shown = told(office.slack.command(f"show {mine}", **DIRECT))
    assert "Ana's mail" in shown["text"]
    assert "<#CSUPPORT>" in shown["text"]
    assert "You took part in no decision" in told(office.slack.command(f"show {other}", **DIRECT))["text"]
    assert "Ben's mail" not in str(turn(office, f"show:{other}", "{}"))
    assert "Ana's mail" in str(turn(office, f"show:{mine}", "{}"))


def test_a_channel_s_list_stays_the_channel_s(office: Office) -> None:
    decide(office, "sort Ana's parcels", channel="CSUPPORT")
    decide(office, "sort Ben's mail", by=BEN)
    listed = told(office.slack.command("log"))
    assert "Ben's mail" in listed["text"]
    assert "Ana's parcels" not in str(listed)


@pytest.mark.parametrize("words", ["log", "what did we decide about mail?", f"<@{BOT}> log", "show 1"])
def test_the_log_is_asked_in_words_too(office: Office, words: str) -> None:
    decide(office, "sort Ana's mail")
    decide(office, "sort Ben's mail", by=BEN)
    direct = direct_message(office)
    event = {"type": "message", "channel_type": "im", "user": ANA, "text": words, "ts": f"{time.time():.6f}"}
    before = len(office.sandbox.messages(direct))
    assert office.slack.event(event | {"channel": direct})[0] == 200
    [answer] = office.sandbox.messages(direct)[before:]
    assert "Ana's mail" in answer["text"]
    assert "Ben's mail" not in str(answer)


def direct_message(office: Office) -> str:
    """Ana's direct message with the app."""
    office.sandbox.open_home(ANA)
    return next(c["id"] for c in office.sandbox.state("channels")["channels"] if c["person"] == ANA)


def test_small_talk_in_a_direct_message_starts_nothing(office: Office) -> None:
    direct = direct_message(office)
    event = {
        "type": "message",
        "channel_type": "im",
        "user": ANA,
        "text": "good morning",
        "ts": f"{time.time():.6f}",
    }
    assert office.slack.event(event | {"channel": direct})[0] == 200
    office.quiet()
    assert "Tell me in a few words what the model" in office.sandbox.messages(direct)[-1]["text"]
    assert office.consultations() == []
