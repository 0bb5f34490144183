"""The outbox: what Slack must still be told, once, in order, and by one sender at a time."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.decision_log import Backlog, Hold, Log, Scope

LEASE = timedelta(seconds=30)
SECOND = timedelta(seconds=1)


@pytest.fixture
def id_(log: Log, team: Scope, now: datetime) -> str:
    with log.writing("T1") as tx:
        return tx.open_consultation(team, task="t", asker="U1", now=now).id


def touch(log: Log, id_: str, due_at: datetime, workspace: str = "T1") -> None:
    with log.writing(workspace) as tx:
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
    assert not log.settled(outgoing)
    (again,) = log.claim(now, LEASE, 10)
    assert again.generation == 2
    assert log.settled(again)


def test_what_edited_messages_look_like_is_noted_with_the_end_of_their_row(
    log: Log, team: Scope, id_: str, now: datetime
) -> None:
    def looks() -> list[tuple[str | None, str | None]]:
        with log.reading("T1") as tx:
            found = tx.consultation(team, id_)
        assert found is not None
        return [(post.shown, post.refused) for post in found.posts]

    with log.writing("T1") as tx:
        card, question, other = (tx.add_post(team, id_, what).id for what in ("card", "question", "note"))
        tx.change_post(team, id_, question, refused="msg_too_long")
        tx.touch("T1", id_, now)
    (outgoing,) = log.claim(now, LEASE, 10)
    touch(log, id_, now)
    assert not log.settled(outgoing, {card: "one", question: "two"})
    assert looks() == [("one", None), ("two", None), (None, None)]
    (outgoing,) = log.claim(now, LEASE, 10)
    assert log.settled(outgoing, {other: "three"})
    assert looks() == [("one", None), ("two", None), ("three", None)]


def test_an_edit_while_sending_is_due_at_once_although_the_sending_failed(
    log: Log, id_: str, now: datetime
) -> None:
    touch(log, id_, now)
    (outgoing,) = log.claim(now, LEASE, 10)
    touch(log, id_, now + SECOND)
    log.postpone(outgoing, now + timedelta(hours=1), 3, "is_archived")
    (again,) = log.claim(now + SECOND, LEASE, 10)
    assert (again.attempts, again.because) == (0, "is_archived")


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


def opened_in(log: Log, channel: str, due_at: datetime, workspace: str = "T1") -> str:
    """A consultation of this channel that falls due then."""
    with log.writing(workspace) as tx:
        scope = Scope.of_channel(workspace, channel)
        id_ = tx.open_consultation(scope, task="t", asker="U1", now=due_at).id
        tx.touch(workspace, id_, due_at)
    return id_


def test_the_most_overdue_come_first(log: Log, now: datetime) -> None:
    ids = [opened_in(log, f"C{age}", now - age * SECOND) for age in range(5)]
    assert [o.consultation for o in log.claim(now, LEASE, 2)] == [ids[4], ids[3]]
    assert [o.consultation for o in log.claim(now, LEASE, 9)] == [ids[2], ids[1], ids[0]]


def test_one_consultation_of_a_channel_is_claimed_at_a_time_and_the_others_in_turn(
    log: Log, now: datetime
) -> None:
    busy = [opened_in(log, "C1", now - age * SECOND) for age in (9, 8, 7)]
    quiet, elsewhere = opened_in(log, "C2", now), opened_in(log, "C1", now - SECOND, "T2")
    claimed = log.claim(now, LEASE, 10)
    assert [o.consultation for o in claimed] == [busy[0], elsewhere, quiet]
    assert [o.channel for o in claimed] == ["C1", "C1", "C2"]
    assert log.settled(claimed[0])
    assert [o.consultation for o in log.claim(now, LEASE, 10)] == [busy[1]]


def test_what_has_to_wait_is_not_claimed(log: Log, now: datetime) -> None:
    here, there = opened_in(log, "C1", now), opened_in(log, "C2", now + SECOND)
    other = opened_in(log, "C1", now + 2 * SECOND, "T2")
    later = now + 9 * SECOND
    assert log.next_due(not_in=[("T1", "C1")]) == now + SECOND
    assert log.next_due(only=["T2"]) == now + 2 * SECOND
    assert log.next_due(only=["T3"]) is None
    assert log.claim(later, LEASE, 10, only=["T3"]) == []
    assert [o.consultation for o in log.claim(later, LEASE, 9, not_in=[("T1", "C1"), ("T2", "C1")])] == [
        there
    ]
    assert [o.consultation for o in log.claim(later, LEASE, 9, only=["T2"])] == [other]
    assert [o.consultation for o in log.claim(later, LEASE, 9)] == [here]


def test_what_waits_is_counted_by_its_reason_and_due_at_once_when_the_reason_is_gone(
    log: Log, now: datetime
) -> None:
    for channel in ("C1", "C2", "C3"):
        opened_in(log, channel, now)
    for outgoing, because in zip(log.claim(now, LEASE, 9), ("is_archived", "away", "away"), strict=True):
        log.postpone(outgoing, now + timedelta(hours=1), 3, because)
    assert log.holds(now + SECOND) == [Hold("away", 2, SECOND), Hold("is_archived", 1, SECOND)]
    assert log.backlog(now + SECOND) == Backlog(3, SECOND)
    log.hurry("T2", ["away"], now)
    assert log.claim(now, LEASE, 9) == []
    log.hurry("T1", ["away"], now)
    assert [o.because for o in log.claim(now, LEASE, 9)] == ["away", "away"]


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
    log.begin_anew(now)
    alone = log._engine.dialect.name == "sqlite"
    assert len(log.claim(now, LEASE, 10)) == (1 if alone else 0)


def test_whatever_was_refused_is_due_after_a_restart(log: Log, id_: str, now: datetime) -> None:
    touch(log, id_, now)
    later = opened_in(log, "C2", now + SECOND)
    (outgoing,) = log.claim(now, LEASE, 10)
    log.postpone(outgoing, now + timedelta(hours=1), 9, "token_revoked")
    log.begin_anew(now)
    assert [o.consultation for o in log.claim(now, LEASE, 10)] == [id_]
    assert [o.consultation for o in log.claim(now + SECOND, LEASE, 10)] == [later]


def test_of_a_workspace_that_was_refused_only_what_was_not_tried_yet_is_claimed(
    log: Log, now: datetime
) -> None:
    tried, fresh = opened_in(log, "C1", now), opened_in(log, "C2", now + SECOND)
    (outgoing,) = log.claim(now, LEASE, 10)
    log.postpone(outgoing, now, 0, "token_revoked")
    assert log.next_due(not_of=["T1"]) == now + SECOND
    assert [o.consultation for o in log.claim(now + SECOND, LEASE, 9, not_of=["T1"])] == [fresh]
    assert [o.consultation for o in log.claim(now + SECOND, LEASE, 9)] == [tried]
