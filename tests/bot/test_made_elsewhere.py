"""A decision that was made elsewhere and read in: what was not kept of it stays so, whatever is done with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.app import utc_now
from bot.conversation import outcomes, reopening
from bot.conversation.conversation import Conversation
from bot.conversation.replies import Act
from bot.decision_log import CheckInDate, Place, Recorded, Scope
from bot.decision_log.adr import adr
from bot.decision_log.export import written
from bot.decision_log.importing import read_log
from bot.decision_log.keeping import keep_log
from core.reading.results import Results
from tests.support import logged
from tests.support.deliveries import ANA, CHANNEL, TEAM, unique
from tests.support.logged import answered, press, words
from tests.support.office import Office, Talk
from tests.support.settled import SETTLED

SCOPE = Scope.of_channel(TEAM, CHANNEL)
PLACE = Place(CHANNEL, 1)
THREAD = "1700000000.000100"
WHAT_CAN_BE_DONE: dict[str, Callable[[Conversation, Act], object]] = {
    "withdrawn": lambda talk, act: reopening.withdraw(talk, act, PLACE, "The vendor is gone."),
    "turned out": lambda talk, act: outcomes.record(talk, act, PLACE, Results(shipped=True)),
    "taken back": lambda talk, act: outcomes.take_back(talk, act, PLACE),
    "ask later": lambda talk, act: outcomes.ask_on(talk, act, PLACE, datetime(2099, 1, 1, tzinfo=UTC).date()),
    "linked": lambda talk, act: outcomes.link(talk, act, PLACE, "https://example.com/7", ""),
}


def read_in(office: Office, **more: Any) -> None:
    """One decision, as an export of something else has it."""
    answers = [{"key": key, "value": value} for key, value in SETTLED.items()]
    one = {
        "number": 1, "channel": CHANNEL, "thread": THREAD, "task": "sort the mail", "chosen": "keep_prompting",
        "status": "accepted", "by": ANA, "at": "2026-06-15T12:00:00Z", "answers": answers,
    }  # fmt: skip
    told = {"version": 1, "workspace": TEAM, "decisions": [one | more]}
    with office.application.record.writing(TEAM) as tx:
        keep_log(tx, read_log(told))


def kept(office: Office) -> Recorded:
    with office.application.record.reading(TEAM) as tx:
        found = tx.decision(SCOPE, 1)
    assert found is not None
    return found


def said_to_all(office: Office) -> list[str]:
    office.quiet()
    return [words(one) for one in office.sandbox.messages(CHANNEL) if not one["ephemeral_to"]]


@pytest.mark.parametrize("deed", WHAT_CAN_BE_DONE)
def test_nothing_is_made_up_or_posted_whatever_is_done_with_it(office: Office, deed: str) -> None:
    read_in(office)
    before = said_to_all(office)
    WHAT_CAN_BE_DONE[deed](
        office.application.outbox.conversation, Act(TEAM, CHANNEL, ANA, unique("key"), utc_now())
    )
    assert said_to_all(office) == before
    found = kept(office)
    assert written(found)["advice"] is None
    assert found.consultation.posts == ()
    assert "## Decision Drivers" not in adr(found)
    with office.application.record.reading(TEAM) as tx:
        assert tx.decision(SCOPE, 1) == found
    said = words(answered(office, "show 1"))
    assert "The advice behind it was not kept." in said
    assert "The reasons then" not in said


def test_what_is_done_with_it_counts_once_however_often_it_arrives(office: Office) -> None:
    read_in(office)
    act = Act(TEAM, CHANNEL, ANA, unique("key"), utc_now())
    for _ in range(2):
        outcomes.record(office.application.outbox.conversation, act, PLACE, Results(shipped=True))
    assert len(kept(office).outcomes) == 1


def test_its_thread_is_not_asked_when_the_outcome_is_due(office: Office) -> None:
    read_in(office)
    at = utc_now()
    with office.application.record.writing(TEAM) as tx:
        tx.set_check_in(SCOPE, PLACE, CheckInDate(at, ANA, at))
    before = said_to_all(office)
    assert not outcomes.ask(office.application.outbox.conversation, TEAM, kept(office).consultation.id, at)
    assert said_to_all(office) == before


def test_what_is_said_in_the_thread_where_it_was_made_is_not_taken_for_its_outcome(office: Office) -> None:
    read_in(office)
    before = said_to_all(office)
    talk = Talk(office, THREAD)
    talk.say("47 of 50, about $900 a month")
    assert said_to_all(office) == before
    assert talk.messages() == []
    assert kept(office).outcomes == ()
    assert kept(office).decision.root_ts == THREAD


def test_it_is_taken_up_again_in_a_thread_of_the_apps_own(office: Office) -> None:
    read_in(office)
    press(office, answered(office, "show 1"), "Re-open")
    said = "\n".join(said_to_all(office))
    assert "Takes up a decision again" in said
    assert "no longer stands" not in said
    assert logged.answered(office, "show 1")
    assert kept(office).advice is None
