"""A workspace's settings: only ever added to, seen by the whole workspace and by no other, as of their day."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.conversation.conversation import Conversation
from bot.conversation.replies import Act, Refused
from bot.conversation.workspace_settings import change_settings
from bot.decision_log import Consultation, Log, Scope, open_engine

HOUR = timedelta(hours=1)


def set_to(log: Log, scope: Scope, at: datetime, by: str = "U1", **values: Any) -> None:
    with log.writing(scope.workspace) as tx:
        tx.hold_settings(scope)
        tx.add_settings(scope, values, by, at)


def values(log: Log, scope: Scope, until: datetime | None = None) -> dict[str, Any]:
    with log.reading(scope.workspace) as tx:
        return {setting.key: setting.value for setting in tx.settings(scope, until)}


def opened(log: Log, scope: Scope, now: datetime, *, decide_at: datetime | None = None) -> str:
    with log.writing(scope.workspace) as tx:
        id_ = tx.open_consultation(scope, task="t", asker="U1", now=now).id
        if decide_at is not None:
            assert tx.advance(scope, id_, from_version=1, now=decide_at, status="decided")
            tx.decide(
                scope, id_, recommended="a", chosen="a", status="accepted", by="U1", why=None, now=decide_at
            )
    return id_


def found(log: Log, scope: Scope, id_: str) -> Consultation:
    with log.reading(scope.workspace) as tx:
        consultation = tx.consultation(scope, id_)
    assert consultation is not None
    return consultation


def test_a_setting_comes_back_as_it_was_set_with_who_and_when(log: Log, team: Scope, now: datetime) -> None:
    set_to(log, team, now, by="U7", low_volume=50_000, closable_gap=0.9, model="openai:gpt-6.1-sol")
    with log.reading("T1") as tx:
        settings = tx.settings(team)
    assert [(s.key, s.value) for s in settings] == [
        ("closable_gap", 0.9),
        ("low_volume", 50_000),
        ("model", "openai:gpt-6.1-sol"),
    ]
    assert {(s.by, s.at) for s in settings} == {("U7", now)}
    assert {s.seq for s in settings} == {1, 2, 3}


def test_whoever_changes_settings_waits_for_who_is_changing_them(
    log: Log, database: str, team: Scope, now: datetime
) -> None:
    other = Log(open_engine(database))
    conversation = Conversation(other, admins=lambda _workspace: ("U2",))
    act = Act("T1", "C1", "U2", "a form", now)
    with ThreadPoolExecutor(1) as pool:
        with log.writing("T1") as tx:
            tx.hold_settings(team)
            late = pool.submit(change_settings, conversation, act, {"low_volume": 60_000}, seen=0)
            with pytest.raises(TimeoutError):
                late.result(0.3)
            tx.add_settings(team, {"low_volume": 50_000}, "U1", now)
        assert late.result(10) == Refused("set_meanwhile", "low_volume")
    assert values(log, team) == {"low_volume": 50_000}
    other.close()


def test_the_newest_counts_and_one_that_was_taken_back_is_gone(log: Log, team: Scope, now: datetime) -> None:
    set_to(log, team, now, low_volume=50_000, enough_labels=80)
    set_to(log, team, now + HOUR, low_volume=60_000, enough_labels=None)
    assert values(log, team) == {"low_volume": 60_000}
    with log.reading("T1") as tx:
        assert tx.last_set(team, ["low_volume"]) == 3
        assert tx.last_set(team, ["enough_labels"]) == 4
        assert tx.last_set(team, ["model"]) == 0


def test_the_settings_of_an_earlier_moment_can_still_be_read(log: Log, team: Scope, now: datetime) -> None:
    for hours, value in enumerate([50_000, None, 60_000]):
        set_to(log, team, now + hours * HOUR, low_volume=value)
    seen = [values(log, team, now + (hours - 0.5) * HOUR) for hours in range(4)]
    assert seen == [{}, {"low_volume": 50_000}, {}, {"low_volume": 60_000}]
    assert values(log, team, now) == {"low_volume": 50_000}


def test_no_workspace_sees_another_s_settings(log: Log, now: datetime) -> None:
    ours, theirs = Scope.of_channel("T1", "C1"), Scope.of_channel("T2", "C1")
    set_to(log, ours, now, low_volume=1)
    set_to(log, theirs, now, low_volume=2, model="a:b")
    assert values(log, ours) == {"low_volume": 1}
    assert values(log, theirs) == {"low_volume": 2, "model": "a:b"}
    with log.reading("T1") as tx:
        assert tx.last_set(ours, ["model"]) == 0
    assert found(log, ours, opened(log, ours, now)).house[0].value == 1


def test_every_channel_and_person_of_a_workspace_works_with_the_same(log: Log, now: datetime) -> None:
    set_to(log, Scope.of_workspace("T1"), now, low_volume=1)
    for scope in (Scope.of_channel("T1", "C2"), Scope.of_person("T1", "U9")):
        assert values(log, scope) == {"low_volume": 1}


def test_a_consultation_comes_with_the_settings_and_a_decided_one_with_those_of_its_day(
    log: Log, team: Scope, now: datetime
) -> None:
    set_to(log, team, now, low_volume=1, model="a:b")
    decided = opened(log, team, now, decide_at=now + HOUR)
    open_ = opened(log, team, now)
    set_to(log, team, now + 2 * HOUR, low_volume=2, model=None)
    assert [(s.key, s.value) for s in found(log, team, decided).house] == [
        ("low_volume", 1),
        ("model", "a:b"),
    ]
    assert [(s.key, s.value) for s in found(log, team, open_).house] == [("low_volume", 2)]
    with log.reading("T1") as tx:
        recorded = tx.decision(team, 1)
        assert recorded is not None
        assert recorded.consultation.house[0].value == 1


def test_what_is_not_decided_is_drawn_anew_and_nothing_else(log: Log, now: datetime) -> None:
    ours = Scope.of_channel("T1", "C1")
    open_, decided = opened(log, ours, now), opened(log, ours, now, decide_at=now)
    aside, void = opened(log, ours, now), opened(log, ours, now)
    elsewhere = opened(log, Scope.of_channel("T2", "C1"), now)
    with log.writing("T1") as tx:
        tx.advance(ours, aside, from_version=1, now=now, status="set_aside")
        tx.void(ours, void)
        tx.touch("T1", open_, now + HOUR)
        tx.touch_undecided(Scope.of_workspace("T1"), now)
    due = set()
    while claimed := log.claim(now, HOUR, 10):
        for outgoing in claimed:
            due.add(outgoing.consultation)
            log.settled(outgoing)
    assert due == {open_, aside}
    assert {decided, void, elsewhere} & due == set()


def test_settings_of_many_writers_at_once_are_all_kept(log: Log, team: Scope, now: datetime) -> None:
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda n: set_to(log, team, now, low_volume=n, high_volume=n), range(12)))
    with log.reading("T1") as tx:
        assert tx.last_set(team, ["low_volume", "high_volume"]) == 24
    assert values(log, team)["low_volume"] == values(log, team)["high_volume"]
