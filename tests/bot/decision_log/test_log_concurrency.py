"""Many at once: threads of one process, and on both databases several logs on the same tables."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import TypeVar

import pytest

from bot.decision_log import Consultation, Log, Scope, open_engine
from bot.decision_log.engine import BUSY_SECONDS
from bot.decision_log.log import CouldNotSave

T = TypeVar("T")


@pytest.fixture
def logs(database: str) -> Iterator[list[Log]]:
    """Two on the same database, as two processes have it: no lock of ours between them."""
    both = [Log(open_engine(database)) for _ in range(2)]
    yield both
    for log in both:
        log.close()


def at_once(count: int, work: Callable[[int], T]) -> list[T]:
    """What ``work(0)`` ... ``work(count - 1)`` return, each in a thread of its own, begun together."""
    ready, results, failures = threading.Barrier(count), dict[int, T](), list[BaseException]()

    def run(index: int) -> None:
        try:
            ready.wait(10)
            results[index] = work(index)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=(index,)) for index in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    if failures:
        raise failures[0]
    return [results[index] for index in range(count)]


def opened(log: Log, scope: Scope, now: datetime, **more: int) -> Consultation:
    with log.writing("T1") as tx:
        return tx.open_consultation(scope, task="t", asker="U1", now=now, **more)


def test_numbers_have_no_gap_when_eight_decide_at_once(logs: list[Log], team: Scope, now: datetime) -> None:
    def decide(index: int) -> list[int]:
        log, numbers = logs[index % 2], []
        for _ in range(6):
            id_ = opened(log, team, now).id
            with log.writing("T1") as tx:
                numbers.append(
                    tx.decide(
                        team, id_, recommended="a", chosen="a", status="accepted", by="U1", why=None, now=now
                    ).number
                )
        return numbers

    taken = [number for numbers in at_once(8, decide) for number in numbers]
    assert sorted(taken) == list(range(1, 49))


def test_of_two_who_click_at_once_one_is_kept_and_the_other_is_told(
    logs: list[Log], team: Scope, now: datetime
) -> None:
    for _ in range(10):
        id_ = opened(logs[0], team, now).id

        def click(index: int, id_: str = id_) -> bool:
            with logs[index].reading("T1") as tx:
                shown = tx.consultation(team, id_)
            assert shown is not None
            with logs[index].writing("T1") as tx:
                if not tx.advance(team, id_, from_version=1, now=now):
                    return False
                tx.add_answers(team, id_, [("misses", index, "button")], f"U{index}", now)
                return True

        kept = at_once(2, click)
        with logs[0].reading("T1") as tx:
            consultation = tx.consultation(team, id_)
        assert consultation is not None
        assert sorted(kept) == [False, True]
        assert [answer.value for answer in consultation.answers] == [kept.index(True)]
        assert consultation.version == 2


def test_whoever_waits_sees_what_the_quicker_one_wrote(logs: list[Log], team: Scope, now: datetime) -> None:
    id_ = opened(logs[0], team, now).id

    def answer(index: int) -> bool:
        with logs[index % 2].writing("T1") as tx:
            consultation = tx.consultation(team, id_)
            assert consultation is not None
            advanced = tx.advance(team, id_, from_version=consultation.version, now=now)
            tx.add_answers(team, id_, [("misses", index, "button")], "U1", now)
            tx.add_post(team, id_, "question")
            tx.touch("T1", id_, now)
            return advanced

    assert all(at_once(8, answer))
    with logs[0].reading("T1") as tx:
        consultation = tx.consultation(team, id_)
    assert consultation is not None
    assert [a.seq for a in consultation.answers] == [p.id for p in consultation.posts] == list(range(1, 9))
    assert consultation.version == 9
    assert logs[0].backlog(now).waiting == 1


def test_a_delivery_is_first_seen_by_one_of_eight(logs: list[Log], now: datetime) -> None:
    def see(index: int) -> list[bool]:
        seen = []
        for event in range(10):
            with logs[index % 2].writing("T1") as tx:
                seen.append(tx.first_sight("T1", f"Ev{event}", now))
        return seen

    assert [sum(first) for first in zip(*at_once(8, see), strict=True)] == [1] * 10


def test_a_delivery_whose_first_sight_failed_is_first_seen_again(logs: list[Log], now: datetime) -> None:
    with pytest.raises(ZeroDivisionError), logs[0].writing("T1") as tx:
        assert tx.first_sight("T1", "Ev1", now)
        raise ZeroDivisionError
    with logs[1].writing("T1") as tx:
        assert tx.first_sight("T1", "Ev1", now)


def test_two_reopenings_decided_at_once_make_one_line(logs: list[Log], team: Scope, now: datetime) -> None:
    def decide(log: Log, id_: str) -> int | None:
        with log.writing("T1") as tx:
            return tx.decide(
                team, id_, recommended="a", chosen="a", status="accepted", by="U1", why=None, now=now
            ).supersedes

    decide(logs[0], opened(logs[0], team, now).id)
    again = [opened(logs[0], team, now, reopened_from=1).id for _ in range(4)]
    superseded = at_once(4, lambda index: decide(logs[index % 2], again[index]))
    assert sorted(number or 0 for number in superseded) == [1, 2, 3, 4]


def test_what_is_due_is_claimed_by_one_sender_only(logs: list[Log], now: datetime) -> None:
    ids = {opened(logs[0], Scope.of_channel("T1", f"C{n}"), now).id for n in range(24)}
    with logs[0].writing("T1") as tx:
        for id_ in ids:
            tx.touch("T1", id_, now)

    def claim(index: int) -> list[str]:
        mine = []
        for _ in range(6):
            mine += [o.consultation for o in logs[index % 2].claim(now, timedelta(seconds=30), 24)]
        return mine

    claimed = [id_ for mine in at_once(8, claim) for id_ in mine]
    assert len(claimed) == 24
    assert set(claimed) == ids


def test_a_reader_sees_one_moment(logs: list[Log], team: Scope, now: datetime) -> None:
    id_ = opened(logs[0], team, now).id
    with logs[0].reading("T1") as tx:
        before = tx.consultation(team, id_)
        with logs[1].writing("T1") as other:
            other.advance(team, id_, from_version=1, now=now)
            other.add_answers(team, id_, [("misses", None, "button")], "U1", now)
        assert tx.consultation(team, id_) == before
    with logs[0].reading("T1") as tx:
        assert tx.consultation(team, id_) != before


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
def test_a_claim_does_not_wait_for_a_writer(logs: list[Log], now: datetime) -> None:
    held, free = (opened(logs[0], Scope.of_channel("T1", channel), now).id for channel in ("C1", "C2"))
    with logs[0].writing("T1") as tx:
        tx.touch("T1", held, now)
        tx.touch("T1", free, now)
    with logs[0].writing("T1") as tx:
        tx.touch("T1", held, now)
        assert [o.consultation for o in logs[1].claim(now, timedelta(seconds=30), 5)] == [free]


@pytest.mark.parametrize("dialect", ["sqlite"])
def test_while_the_file_is_locked_many_writers_wait_no_longer_than_one(
    database: str, logs: list[Log], team: Scope, now: datetime
) -> None:
    log, other = logs[0], sqlite3.connect(database.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    def waited(_index: int) -> float:
        begun = time.monotonic()
        for _ in range(3):  # as in a thread with which others queue
            with pytest.raises(CouldNotSave), log.writing("T1") as tx:
                tx.first_sight("T1", "key", now)
        return time.monotonic() - begun

    try:
        assert max(at_once(8, waited)) < 2 * BUSY_SECONDS
    finally:
        other.execute("ROLLBACK")
        other.close()
