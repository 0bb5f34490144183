"""The outbox: what Slack must still be told, once, in order, and by one sender at a time."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.decision_log import Backlog, Log, Scope

LEASE = timedelta(seconds=30)
SECOND = timedelta(seconds=1)


@pytest.fixture
def id_(log: Log, team: Scope, now: datetime) -> str:
    with log.writing() as tx:
        return tx.open_consultation(team, task="t", asker="U1", now=now).id


def touch(log: Log, id_: str, due_at: datetime, workspace: str = "T1") -> None:
    with log.writing() as tx:
        tx.touch(workspace, id_, due_at)


def test_an_empty_outbox_has_nothing_due(log: Log, now: datetime) -> None:
    assert log.claim(now, LEASE, 10) == []
    assert log.next_due() is None
    assert log.backlog(now) == Backlog(0, timedelta(0))


def test_several_edits_become_one_and_the_earliest_time_counts(log: Log, id_: str, now: datetime) -> None:
    for due_at in (now + SECOND, now, now + 2 * SECOND):
        touch(log, id_, due_at)
    assert log.next_due() == now
    (outgoing,) = log.claim(now, LEASE, 10)
    assert (outgoing.workspace, outgoing.consultation, outgoing.due_at) == ("T1", id_, now)
    assert (outgoing.attempts, outgoing.generation, outgoing.lease_until) == (0, 3, now + LEASE)


def test_what_is_not_due_yet_is_left_alone(log: Log, id_: str, now: datetime) -> None:
    touch(log, id_, now + SECOND)
    assert log.claim(now, LEASE, 10) == []
    assert log.next_due() == now + SECOND
    assert log.backlog(now) == Backlog(1, timedelta(0))
    assert len(log.claim(now + SECOND, LEASE, 10)) == 1


def test_a_claim_keeps_others_away_until_its_lease_ends(log: Log, id_: str, now: datetime) -> None:
    touch(log, id_, now)
    assert len(log.claim(now, LEASE, 10)) == 1
    assert log.claim(now + LEASE - SECOND, LEASE, 10) == []
    assert log.next_due() == now + LEASE
    assert len(log.claim(now + LEASE, LEASE, 10)) == 1


def test_what_was_sent_is_gone(log: Log, id_: str, now: datetime) -> None:
    touch(log, id_, now)
    (outgoing,) = log.claim(now, LEASE, 10)
    assert log.settled(outgoing)
    assert log.backlog(now).waiting == 0


def test_an_edit_while_sending_is_sent_next_and_not_alongside(log: Log, id_: str, now: datetime) -> None:
    touch(log, id_, now)
    (outgoing,) = log.claim(now, LEASE, 10)
    touch(log, id_, now)
    assert log.claim(now, LEASE, 10) == []
    assert not log.settled(outgoing, outgoing.generation)
    (again,) = log.claim(now, LEASE, 10)
    assert again.generation == 2
    assert log.settled(again, again.generation)


def test_the_edit_that_was_sent_along_need_not_be_sent_again(log: Log, id_: str, now: datetime) -> None:
    touch(log, id_, now)
    (outgoing,) = log.claim(now, LEASE, 10)
    touch(log, id_, now)
    assert log.settled(outgoing, generation=2)
    assert log.backlog(now).waiting == 0


def test_what_failed_waits_and_counts_its_attempts(log: Log, id_: str, now: datetime) -> None:
    touch(log, id_, now)
    (outgoing,) = log.claim(now, LEASE, 10)
    log.postpone(outgoing, now + 5 * SECOND, outgoing.attempts + 1)
    assert log.claim(now + 4 * SECOND, LEASE, 10) == []
    assert log.next_due() == now + 5 * SECOND
    (again,) = log.claim(now + 5 * SECOND, LEASE, 10)
    assert again.attempts == 1


def test_a_new_edit_gives_what_failed_a_fresh_start(log: Log, id_: str, now: datetime) -> None:
    touch(log, id_, now)
    (outgoing,) = log.claim(now, LEASE, 10)
    log.postpone(outgoing, now + timedelta(hours=1), 7)
    touch(log, id_, now + SECOND)
    (again,) = log.claim(now + SECOND, LEASE, 10)
    assert again.attempts == 0


def test_a_sender_whose_lease_ran_out_does_not_disturb_the_next(log: Log, id_: str, now: datetime) -> None:
    touch(log, id_, now)
    (slow,) = log.claim(now, LEASE, 10)
    touch(log, id_, now)
    (quick,) = log.claim(now + LEASE, LEASE, 10)
    log.postpone(slow, now, 9)
    assert not log.settled(slow)
    assert log.claim(now + LEASE, LEASE, 10) == []
    assert log.settled(quick)


def test_settling_twice_does_no_harm(log: Log, id_: str, now: datetime) -> None:
    touch(log, id_, now)
    (outgoing,) = log.claim(now, LEASE, 10)
    assert log.settled(outgoing)
    log.settled(outgoing)
    log.postpone(outgoing, now, 1)
    assert log.backlog(now).waiting == 0


def test_the_most_overdue_come_first(log: Log, team: Scope, now: datetime) -> None:
    with log.writing() as tx:
        ids = [tx.open_consultation(team, task="t", asker="U1", now=now).id for _ in range(5)]
        for age, id_ in enumerate(ids):
            tx.touch("T1", id_, now - age * SECOND)
    assert [o.consultation for o in log.claim(now, LEASE, 2)] == [ids[4], ids[3]]
    assert [o.consultation for o in log.claim(now, LEASE, 9)] == [ids[2], ids[1], ids[0]]


def test_only_the_wanted_workspaces_are_claimed(log: Log, id_: str, now: datetime) -> None:
    there = Scope.of_channel("T2", "C1")
    with log.writing() as tx:
        other = tx.open_consultation(there, task="t", asker="U1", now=now).id
        tx.touch("T2", other, now)
        tx.touch("T1", id_, now + SECOND)
    assert log.claim(now + SECOND, LEASE, 10, workspaces=[]) == []
    assert log.next_due(["T1"]) == now + SECOND
    assert log.next_due(["T9"]) is None
    assert [o.workspace for o in log.claim(now + SECOND, LEASE, 10, workspaces=["T1", "T9"])] == ["T1"]
    assert [o.workspace for o in log.claim(now + SECOND, LEASE, 10)] == ["T2"]


def test_the_backlog_tells_how_long_the_oldest_has_waited(log: Log, id_: str, now: datetime) -> None:
    touch(log, id_, now)
    touch(log, id_, now + 5 * SECOND)
    (outgoing,) = log.claim(now, LEASE, 10)
    log.postpone(outgoing, now + timedelta(hours=1), 1)
    assert log.backlog(now + 20 * SECOND) == Backlog(1, 20 * SECOND)


def test_what_a_killed_process_had_claimed_is_free_at_once_on_sqlite(
    log: Log, id_: str, now: datetime
) -> None:
    touch(log, id_, now)
    assert len(log.claim(now, LEASE, 10)) == 1
    log.release_leases()
    alone = log._engine.dialect.name == "sqlite"
    assert len(log.claim(now, LEASE, 10)) == (1 if alone else 0)
