"""What the outbox does when Slack is slow, refuses, or loses an answer."""

from __future__ import annotations

import time

from tests.support.deliveries import CHANNEL, button
from tests.support.office import Office


def cards(office: Office, task: str) -> list[str]:
    return [m["ts"] for m in office.sandbox.messages(CHANNEL) if task in m["text"] and m.get("blocks")]


def test_a_rate_limit_is_waited_for_and_the_card_comes_once(office: Office) -> None:
    office.sandbox.fail("chat.postMessage", status=429, retry_after=1, times=1)
    begun = time.monotonic()
    office.slack.command("weigh melons")
    office.quiet()
    assert time.monotonic() - begun >= 1
    assert len(cards(office, "weigh melons")) == 1


def test_a_server_error_of_slack_is_tried_again(office: Office) -> None:
    office.sandbox.fail("chat.postMessage", status=500, times=1)
    office.slack.command("count pears")
    office.quiet()
    assert len(cards(office, "count pears")) == 1


def test_a_message_whose_answer_got_lost_is_found_again_and_not_posted_twice(office: Office) -> None:
    office.sandbox.fail("chat.postMessage", status=500, times=1, after=True)
    office.slack.command("peel plums")
    office.quiet()
    [card] = cards(office, "peel plums")
    [consultation] = office.consultations()
    assert consultation.root_ts == card


def test_blocks_that_slack_refuses_are_sent_as_text(office: Office) -> None:
    talk = office.start("press grapes")
    office.sandbox.fail("chat.update", error="invalid_blocks", times=1)
    talk.press("Yes")
    assert "How good" in talk.question()["text"] or "thorough prompt" in talk.question()["text"]


def test_several_edits_of_one_card_become_one(office: Office) -> None:
    talk = office.start("crack nuts")
    asked = talk.question()
    office.application.outbox.stop()
    office.slack.click(asked, button(asked, "Yes"))
    office.slack.say("change data may leave to no", talk.root)
    office.slack.say("change data may leave to yes", talk.root)
    before = len([c for c in office.sandbox.calls("chat.update") if talk.root in str(c)])
    later = type(office.application.outbox)(
        office.application.record,
        office.application.outbox.conversation,
        office.application.outbox.slack,
        office.application.outbox.clock,
    )
    later.start()
    office.quiet()
    later.stop()
    edits = [c for c in office.sandbox.calls("chat.update") if talk.root in str(c)]
    assert len(edits) - before <= 2


def test_nothing_is_edited_that_looks_the_same(office: Office) -> None:
    talk = office.start("dry figs")
    talk.press("Yes")
    talk.question()
    before = len(office.sandbox.calls("chat.update"))
    with office.application.record.writing() as tx:
        tx.touch(talk.consultation.workspace, talk.consultation.id, office.application.outbox.clock())
    office.application.outbox.wake()
    office.quiet()
    assert len(office.sandbox.calls("chat.update")) == before
