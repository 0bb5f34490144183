"""What a crash between sending a message and noting it leaves behind: looked for, brought up to date, or closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.app import utc_now
from bot.decision_log.scope import Scope
from bot.sending import MESSAGES_A_PAGE
from bot.standing import READING_TIME, standing_of
from tests.support.deliveries import BEN, CHANNEL, TEAM, button, buttons_of
from tests.support.office import Office, Talk
from tests.support.sandbox_client import SandboxClient


def forget(talk: Talk, what: str) -> None:
    """As if the app had been killed before it noted that its newest message of a kind was sent."""
    posts = [p for p in talk.consultation.posts if p.what == what]
    with talk.office.application.record.writing() as tx:
        scope, id_ = Scope.of_workspace(TEAM), talk.consultation.id
        tx.change_post(scope, id_, posts[-1].id, ts=None, shown=None)
        tx.touch(TEAM, id_, utc_now())
    talk.office.application.outbox.wake()


@pytest.fixture
def history(sandbox: SandboxClient) -> Iterator[None]:
    """The app may read what was written."""
    granted = sandbox.scopes()
    sandbox.scopes(*granted, "channels:history", "groups:history")
    yield
    sandbox.scopes(*granted)


@pytest.fixture
def no_history(sandbox: SandboxClient) -> Iterator[None]:
    """The app may not read what was written."""
    granted = sandbox.scopes()
    sandbox.scopes(*(scope for scope in granted if not scope.endswith(":history")))
    yield
    sandbox.scopes(*granted)


def copies(talk: Talk, text: str) -> list[dict[str, Any]]:
    return [m for m in talk.messages() if text in m["text"]]


@pytest.mark.usefixtures("history")
def test_a_message_is_found_again_behind_more_than_a_page_of_others(office: Office) -> None:
    talk = office.start("sort mushrooms")
    for number in range(MESSAGES_A_PAGE + 5):
        office.sandbox.say(BEN, CHANNEL, f"chat {number}", talk.root)
    talk.press("Yes")
    office.quiet()
    forget(talk, "question")
    office.quiet()
    assert len(talk.open_questions()) == 1


@pytest.mark.usefixtures("history")
def test_a_message_that_is_found_again_shows_what_holds_now(office: Office) -> None:
    talk = office.start("sort ferns")
    asked = talk.question()
    office.application.outbox.stop()
    forget(talk, "question")
    office.slack.click(asked, button(asked, "Yes"))
    office.application.outbox.start()
    office.quiet()
    assert "answered by" in next(m["text"] for m in talk.messages() if m["ts"] == asked["ts"])
    assert len(talk.open_questions()) == 1


@pytest.mark.usefixtures("no_history")
def test_without_history_a_question_comes_twice_and_one_answer_closes_both(office: Office) -> None:
    talk = office.start("sort mosses")
    forget(talk, "question")
    office.quiet()
    first, second = talk.open_questions()
    assert buttons_of(first)[0]["value"] == buttons_of(second)[0]["value"]
    office.slack.click(first, button(first, "Yes"))
    office.quiet()
    assert talk.answers("data_may_leave") == [True]
    assert len(copies(talk, "came twice")) == 1
    assert len(talk.open_questions()) == 1


@pytest.mark.usefixtures("no_history")
def test_the_stale_copy_closes_when_it_is_pressed_after_the_answer(office: Office) -> None:
    talk = office.start("sort lichens")
    forget(talk, "question")
    office.quiet()
    stale, second = talk.open_questions()
    office.slack.click(second, button(second, "Yes"), user=BEN)
    office.quiet()
    office.slack.click(stale, button(stale, "No"))
    office.quiet()
    assert talk.answers("data_may_leave") == [True]
    assert f"<@{BEN}>" in office.ear.told[-1]["text"]
    assert [m["ts"] for m in copies(talk, "came twice")] == [stale["ts"]]


def test_a_reply_to_a_question_that_was_sent_but_not_noted_is_an_answer_to_it(office: Office) -> None:
    talk = office.start("sort barks")
    office.quiet()
    office.application.outbox.stop()
    forget(talk, "question")
    found = talk.consultation
    touched = found.touched_at
    soon, later = (touched + timedelta(seconds=s) for s in (0.5, float(READING_TIME) + 0.5))
    standing = standing_of(found, touched)
    assert standing.asked_when(f"{soon.timestamp():.6f}") is None
    assert standing.asked_when(f"{later.timestamp():.6f}") == "data_may_leave"
