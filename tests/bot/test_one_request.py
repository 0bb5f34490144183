"""A request is followed by its id: from its delivery to whatever is sent for it later, on other threads."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.app import utc_now
from bot.conversation import catching_up
from bot.decision_log.origins import KEPT, Origins
from bot.decision_log.records import Outgoing
from bot.decision_log.scope import Scope
from bot.logs import AsJson, Redacting, working_on
from tests.support.deliveries import BEN, CHANNEL, TEAM
from tests.support.office import Office

DELIVERED, POSTED, EDITED = "a delivery was answered 200", "chat.postMessage: ok", "chat.update: ok"


class Lines:
    """What is logged from debug on, in lines of JSON and of text."""

    def __init__(self) -> None:
        self.json, self.text = io.StringIO(), io.StringIO()

    def told(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.json.getvalue().splitlines()]

    def requests(self, said: str) -> list[str]:
        """The requests of all lines that begin like this, in their order; "" where a line has none."""
        return [line.get("request", "") for line in self.told() if line["said"].startswith(said)]


@pytest.fixture
def lines() -> Iterator[Lines]:
    heard, logger = Lines(), logging.getLogger("bot")
    handlers = [logging.StreamHandler(heard.json), logging.StreamHandler(heard.text)]
    handlers[0].setFormatter(AsJson())
    handlers[1].setFormatter(Redacting())
    before = logger.level
    logger.setLevel(logging.DEBUG)
    for handler in handlers:
        logger.addHandler(handler)
    yield heard
    for handler in handlers:
        logger.removeHandler(handler)
    logger.setLevel(before)


def test_what_is_sent_for_a_delivery_is_logged_under_its_id(office: Office, lines: Lines) -> None:
    talk = office.start("sort tickets")
    office.quiet()
    [command] = lines.requests(DELIVERED)
    assert command
    assert set(lines.requests(POSTED)) == {command}
    talk.press("Yes", user=BEN)
    office.quiet()
    [_, click] = lines.requests(DELIVERED)
    assert click != command
    assert set(lines.requests(EDITED)) == {click}
    assert lines.requests(POSTED)[-1] == click
    assert f"bot.serving [{click}]: a delivery was answered" in lines.text.getvalue()
    assert f"bot.slack.web_api [{click}]: chat.postMessage: ok" in lines.text.getvalue()


def test_of_several_that_wait_as_one_the_newest_is_named(office: Office, lines: Lines) -> None:
    talk = office.start("sort letters")
    office.quiet()
    office.sandbox.fail("chat.postMessage", error="is_archived", times=99)
    for words in ("yes", "about 40k a month"):
        office.slack.say(words, talk.root)
        [*_, request] = lines.requests(DELIVERED)
        office.eventually(lambda wanted=request: wanted in lines.requests("chat.postMessage: channel"))
    office.eventually(lambda: not office.application.outbox.lanes.busy, "what waits is put off")
    office.sandbox.mend()
    before = len(lines.requests(POSTED))
    office.application.record.hurry(TEAM, ["is_archived"], utc_now())
    office.application.outbox.wake()
    office.quiet()
    [_, first, second] = lines.requests(DELIVERED)
    assert first != second
    assert set(lines.requests(POSTED)[before:]) == {second}


def test_what_comes_of_a_file_is_logged_under_the_id_of_whoever_dropped_it(
    office: Office, lines: Lines
) -> None:
    talk = office.start("tag tickets from a file")
    office.quiet()
    message = office.sandbox.drop(BEN, CHANNEL, "results.csv", b"id,correct\n1,yes\n2,no\n", talk.root)
    before = len(lines.requests(EDITED))
    office.slack.event(message | {"type": "message", "channel": CHANNEL, "channel_type": "channel"})
    office.quiet()
    assert "1 of 2 right" in str(talk.messages())
    [_, dropped] = lines.requests(DELIVERED)
    assert set(lines.requests("files.info: ok")) == {dropped}
    assert set(lines.requests(EDITED)[before:]) == {dropped}


def test_a_setting_that_changes_all_of_them_is_named_for_each(office: Office) -> None:
    talks = [office.start(task) for task in ("sort parcels", "sort stamps")]
    office.quiet()
    log = office.application.record
    with working_on("abc123"), log.writing(TEAM) as tx:
        tx.touch_undecided(Scope.of_workspace(TEAM), utc_now() + timedelta(hours=1))
    waiting = [waits(talk.consultation.id) for talk in talks]
    assert [log.origins.of(row).request for row in waiting] == ["abc123", "abc123"]


def test_what_nobody_asked_for_is_of_no_request(office: Office, lines: Lines) -> None:
    talk = office.start("sort parcels")
    office.quiet()
    [silent] = office.application.record.silent_since(utc_now() + timedelta(minutes=1))
    before = len(lines.requests(POSTED))
    catching_up.nudge(office.application.record, silent, utc_now())
    office.application.outbox.wake()
    office.quiet()
    assert set(lines.requests(POSTED)[before:]) == {""}
    assert talk.consultation.nudged


def test_what_another_process_was_asked_for_is_of_no_request_that_is_known_here() -> None:
    """It has the same row again, for a later request, of which nothing is known here."""
    origins, at = Origins(), utc_now()
    with working_on("abc123"):
        origins.note({(TEAM, "c1"): at})
    assert origins.of(waits("c1", since=at)).request == "abc123"
    assert origins.of(waits("c1", since=at - timedelta(hours=1))).request == "abc123", (
        "one that was there before"
    )
    assert origins.of(waits("c1", since=at + timedelta(seconds=1))).request == ""
    assert origins.of(waits("c2", since=at)).request == ""


def test_what_was_not_kept_is_of_no_request(office: Office) -> None:
    log = office.application.record
    talk = office.start("sort coins")
    office.quiet()
    consultation = talk.consultation.id
    with pytest.raises(ZeroDivisionError), working_on("abc123"), log.writing(TEAM) as tx:
        tx.touch(TEAM, consultation, utc_now())
        raise ZeroDivisionError
    assert log.origins.of(waits(consultation)).request != "abc123"


def test_only_so_many_are_remembered() -> None:
    origins, at = Origins(), utc_now()
    with working_on("abc123"):
        origins.note({(TEAM, f"c{n}"): at for n in range(KEPT + 1)})
    assert [origins.of(waits(f"c{n}", since=at)).request for n in (0, 1, KEPT)] == ["", "abc123", "abc123"]


def waits(consultation: str, since: datetime = datetime(2026, 1, 1, tzinfo=UTC)) -> Outgoing:
    """A row of the outbox."""
    return Outgoing(TEAM, consultation, since, 0, None, 1, CHANNEL, None, since)
