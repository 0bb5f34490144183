"""What Slack delivers, honestly and otherwise: signatures, repetitions, two people at once, a database that is full."""

from __future__ import annotations

import json
import threading
import time
import urllib.parse
from typing import Any

import pytest

from tests.support.deliveries import ANA, BEN, BOT, CHANNEL, button, signed, unique
from tests.support.office import SECRET, Office


def raw_command(task: str) -> bytes:
    fields = {
        "team_id": "TSANDBOX",
        "channel_id": CHANNEL,
        "user_id": ANA,
        "command": "/tune-or-prompt",
        "text": task,
    }
    more = {"trigger_id": unique("t"), "response_url": "http://127.0.0.1:1/none"}
    return urllib.parse.urlencode(fields | more).encode()


def flipped(body: bytes) -> bytes:
    return bytes([body[0] ^ 1]) + body[1:]


@pytest.mark.parametrize(
    ("sent", "headers"),
    [
        pytest.param(lambda b: b, lambda b: signed(b, "another secret", time.time()), id="wrong secret"),
        pytest.param(flipped, lambda b: signed(b, SECRET, time.time()), id="flipped body"),
        pytest.param(lambda b: b, lambda b: signed(b, SECRET, time.time() - 301), id="301 s old"),
        pytest.param(lambda b: b, lambda b: signed(b, SECRET, time.time() + 302), id="from the future"),
        pytest.param(lambda b: b, lambda b: {}, id="no headers"),
        pytest.param(
            lambda b: b,
            lambda b: {k: v for k, v in signed(b, SECRET, time.time()).items() if k.endswith("Signature")},
            id="no timestamp",
        ),
    ],
)
def test_a_delivery_that_slack_did_not_sign_is_refused_and_stores_nothing(
    office: Office, sent: Any, headers: Any
) -> None:
    body = raw_command("classify forged tickets")
    status, _ = office.slack.post(
        sent(body), headers(body) | {"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert status == 401
    assert office.consultations() == []


def test_the_same_command_delivered_three_times_starts_one_consultation(office: Office) -> None:
    office.slack.command("sort invoices thrice")
    assert [office.slack.again(X_Slack_Retry_Num=n)[0] for n in "12"] == [200, 200]
    office.quiet()
    assert len(office.consultations()) == 1
    assert len([m for m in office.sandbox.messages(CHANNEL) if "sort invoices thrice" in m["text"]]) == 1


def test_the_same_click_delivered_twice_is_one_answer(office: Office) -> None:
    talk = office.start("tag bug reports")
    assert talk.press("Yes") == (200, "")
    assert office.slack.again() == (200, "")
    office.quiet()
    assert talk.answers("data_may_leave") == [True]
    assert office.ear.told == []


def test_the_same_event_delivered_three_times_with_retry_headers_is_one_answer(office: Office) -> None:
    talk = office.start("route emails")
    talk.say("yes, it may")
    for number in "12":
        assert office.slack.again(X_Slack_Retry_Num=number, X_Slack_Retry_Reason="http_timeout")[0] == 200
    office.quiet()
    assert talk.answers("data_may_leave") == [True]


def test_a_mention_that_arrives_as_both_of_its_events_starts_one_consultation(office: Office) -> None:
    ts = office.sandbox.say(ANA, CHANNEL, "@Tune or Prompt grade essays")["ts"]
    event = {"user": ANA, "text": f"<@{BOT}> grade essays", "ts": ts, "channel": CHANNEL}
    office.slack.event({**event, "type": "message", "channel_type": "channel"})
    office.slack.event({**event, "type": "app_mention"})
    office.quiet()
    assert [c.task for c in office.consultations()] == ["grade essays"]
    assert len(office.sandbox.calls("chat.postMessage")) > 0
    cards = [c for c in office.sandbox.calls("chat.postMessage") if "grade essays" in str(c)]
    assert len(cards) == 1


def test_an_answer_by_mention_that_arrives_as_both_of_its_events_is_one_answer(office: Office) -> None:
    talk = office.start("write release notes")
    office.quiet()
    ts = f"{time.time():.6f}"
    for kind in ("app_mention", "message"):
        office.slack.say(f"<@{BOT}> yes, it may", talk.root, ts=ts, kind=kind)
    office.quiet()
    assert talk.answers("data_may_leave") == [True]


def test_of_two_clicks_at_once_one_is_kept_and_the_other_person_is_told(office: Office) -> None:
    talk = office.start("summarise calls")
    asked = talk.question()
    both = threading.Barrier(2)

    def click(label: str, user: str) -> None:
        both.wait()
        office.slack.click(asked, button(asked, label), user=user)

    people = [threading.Thread(target=click, args=pair) for pair in (("Yes", ANA), ("No", BEN))]
    for person in people:
        person.start()
    for person in people:
        person.join()
    office.quiet()
    assert len(talk.answers("data_may_leave")) == 1
    [told] = office.ear.told
    assert "answered this" in told["text"]
    assert told["response_type"] == "ephemeral"


def test_a_click_on_a_stale_message_is_told_what_the_answer_is_now(office: Office) -> None:
    talk = office.start("label photos")
    stale = talk.question()
    talk.press("Yes", user=BEN)
    office.quiet()
    office.slack.click(stale, button(stale, "No"))
    assert "Yes" in office.ear.told[-1]["text"]
    assert f"<@{BEN}>" in office.ear.told[-1]["text"]
    assert talk.answers("data_may_leave") == [True]


def test_a_button_of_another_channels_consultation_does_nothing(office: Office) -> None:
    talk = office.start("rank leads")
    asked = talk.question()
    office.slack.click(asked, button(asked, "Yes"), channel="CSUPPORT")
    assert talk.answers("data_may_leave") == []
    assert office.ear.told


def test_a_command_from_a_workspace_without_the_app_gets_a_sentence(office: Office) -> None:
    status, body = office.slack.command("classify tickets", team="TOTHER")
    assert status == 200
    assert "not installed" in json.loads(body)["text"]
    assert office.consultations() == []


def test_a_command_in_a_thread_gets_a_sentence(office: Office) -> None:
    status, body = office.slack.command("classify tickets", thread_ts="1700000000.000100")
    assert status == 200
    assert "thread" in json.loads(body)["text"]
    assert office.consultations() == []


def test_a_channel_without_the_app_gets_an_invitation_and_no_consultation(office: Office) -> None:
    office.slack.command("classify strange tickets", channel_id="CGENERAL")
    told = office.eventually(lambda: office.ear.told, "being told")
    assert "/invite" in told[0]["text"]
    office.quiet()
    assert office.consultations() == []
    assert office.slack.command("log", channel_id="CGENERAL")[1].count("strange") == 0


@pytest.mark.parametrize("word", ["logs", "hlep", "tickets"])
def test_a_single_word_gets_usage_with_a_button_to_start_with_it(office: Office, word: str) -> None:
    _, body = office.slack.command(word)
    assert "Start with this task" in body
    assert office.consultations() == []


def test_a_task_of_3000_characters_is_kept_to_300_and_the_thread_says_so(office: Office) -> None:
    office.slack.command("sort " + "very " * 599 + "odd tickets")
    office.quiet()
    [consultation] = office.consultations()
    assert 290 < len(consultation.task) <= 300
    assert consultation.root_ts is not None
    thread = office.sandbox.messages(CHANNEL, consultation.root_ts)
    assert any("300 characters" in message["text"] for message in thread)


@pytest.mark.parametrize(
    "task",
    [
        "<!channel> sort <@UBEN|ben> mail",
        "`code` *bold* <https://x.example|click> text",
        "abc \u202etxet desrever one two",
    ],
)
def test_markup_in_a_task_is_shown_as_typed_and_pings_nobody(office: Office, task: str) -> None:
    office.slack.command(f"task: {task}")
    office.quiet()
    shown = json.dumps([m for m in office.sandbox.messages(CHANNEL) if m.get("blocks")][-1])
    assert "<!channel>" not in shown
    assert "<https://x.example" not in shown
    assert "<@UBEN" not in shown


def test_when_the_database_is_full_a_click_is_told_to_press_again_and_nothing_is_stored(
    office: Office,
) -> None:
    talk = office.start("translate menus")
    asked = talk.question()
    engine = office.application._engine
    office.application.outbox.stop()
    engine.dispose()
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only=ON")
    from sqlalchemy import event

    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA query_only=ON"))
    engine.dispose()
    assert office.slack.click(asked, button(asked, "Yes"))[0] == 200
    assert "could not" in office.ear.told[-1]["text"].lower()
    assert office.slack.say("yes", talk.root)[0] == 503
    assert talk.answers("data_may_leave") == []


def test_an_edit_or_a_message_of_another_app_is_no_answer(office: Office) -> None:
    talk = office.start("score reviews")
    office.quiet()
    base = {
        "type": "message",
        "channel": CHANNEL,
        "channel_type": "channel",
        "thread_ts": talk.root,
        "text": "yes",
    }
    office.slack.event({**base, "ts": f"{time.time():.6f}", "user": ANA, "subtype": "message_changed"})
    office.slack.event({**base, "ts": f"{time.time():.6f}", "user": "UOTHER", "bot_id": "BOTHER"})
    office.quiet()
    assert talk.answers("data_may_leave") == []


def test_a_button_that_is_pressed_again_later_counts_again(office: Office) -> None:
    talk = office.start("score reviews now and then")
    talk.until_advised("No", "Skip the rest")
    statuses = []
    for label in ("Not now", "Take it up again", "Not now"):
        office.quiet()
        card = talk.messages()[0]
        assert office.slack.click(card, button(card, label)) == (200, "")
        statuses.append(talk.consultation.status)
    assert statuses == ["set_aside", "open", "set_aside"]
