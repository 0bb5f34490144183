"""How decisions turned out and what came of them: added, never written over, and the newest counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.decision_log import Decision, Link, Log, NotInScope, Outcome, Place, Scope, Wanted
from bot.decision_log.derived import due_at
from tests.support.decided import decide

TARGET: Mapping[str, Any] = {"quality_target": 0.9}


def test_the_newest_outcome_counts_and_all_are_kept(log: Log, team: Scope, now: datetime) -> None:
    made = decide(log, team, now, answers=TARGET)
    said = [
        Outcome("U1", now, shipped=False),
        Outcome(
            "U2",
            now,
            shipped=True,
            eval_correct=47,
            eval_total=50,
            bill_per_month=900.5,
            hours=60,
            again=True,
        ),
        Outcome("U1", now, taken_back=True),
        Outcome("U1", now, cannot_tell=True),
    ]
    keys = []
    for one in said:
        with log.writing("T1") as tx:
            keys.append(tx.add_outcome(team, made.place, one).outcome)
    assert keys == ["missed", "met", None, "cannot_tell"]
    with log.reading("T1") as tx:
        found = tx.decision(team, made.number)
    assert found is not None
    assert found.outcomes == tuple(said)


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        ({"shipped": True, "eval_correct": 45, "eval_total": 50}, "met"),
        ({"shipped": True, "eval_correct": 44, "eval_total": 50}, "missed"),
        ({"shipped": False, "eval_correct": 50, "eval_total": 50}, "missed"),
        ({"shipped": True}, "missed"),
        ({"shipped": True, "eval_correct": 50, "eval_total": 50, "cannot_tell": True}, "cannot_tell"),
    ],
)
def test_met_is_shipped_with_the_quality_that_was_wanted(
    log: Log, team: Scope, now: datetime, outcome: dict[str, Any], expected: str
) -> None:
    made = decide(log, team, now, answers=TARGET)
    with log.writing("T1") as tx:
        assert tx.add_outcome(team, made.place, Outcome("U1", now, **outcome)).outcome == expected


def test_decisions_are_found_by_outcome_and_by_what_is_due(log: Log, team: Scope, now: datetime) -> None:
    long_ago = now - timedelta(weeks=13)
    for at in (long_ago, long_ago, long_ago, now):
        decide(log, team, at, chosen="fine_tune", answers=TARGET)
    with log.writing("T1") as tx:
        tx.add_outcome(team, Place("C1", 1), Outcome("U1", now, shipped=False))
        tx.withdraw(team, 2, "U1", "no budget", now)

    def numbers(**wanted: Any) -> list[int]:
        with log.reading("T1") as tx:
            return [one.number for one in tx.decisions(team, wanted=Wanted(**wanted))]

    assert numbers(outcomes=("missed",)) == [1]
    assert numbers(outcomes=("missed", "none")) == [4, 3, 2, 1]
    assert numbers(outcomes=("none",)) == [4, 3, 2]
    assert numbers(due=True, now=now) == [3]
    assert numbers(due=False, now=now) == [4, 2, 1]
    assert numbers(since=now) == [4]
    assert numbers(until=now) == [3, 2, 1]


@pytest.mark.parametrize(("verdict", "weeks"), [("prompt_first", 2), ("keep_prompting", 6), ("hybrid", 12)])
def test_an_outcome_is_due_some_weeks_later(verdict: str, weeks: int, now: datetime) -> None:
    assert due_at(verdict, now) == now + timedelta(weeks=weeks)


def test_links_stay_and_their_notes_are_found(log: Log, team: Scope, now: datetime) -> None:
    made = decide(log, team, now)
    link = Link("https://example.com/pull/7", "the distilled classifier", "U2", now)
    with log.writing("T1") as tx:
        tx.add_link(team, made.place, link)
        tx.add_link(team, made.place, link)
    with log.reading("T1") as tx:
        found = tx.decision(team, 1)
    assert found is not None
    assert found.links == (link, link)


@pytest.mark.parametrize(
    "elsewhere", [Scope.of_channel("T1", "C2"), Scope.of_person("T1", "U9"), Scope.of_channel("T2", "C1")]
)
def test_nothing_is_added_from_outside_the_scope(
    log: Log, team: Scope, now: datetime, elsewhere: Scope
) -> None:
    made = decide(log, team, now)
    decide(log, Scope.of_channel("T1", "C2"), now)
    with pytest.raises(NotInScope), log.writing("T1") as tx:
        tx.add_outcome(elsewhere, made.place, Outcome("U9", now, shipped=True))
    with pytest.raises(NotInScope), log.writing("T1") as tx:
        tx.add_link(elsewhere, made.place, Link("https://example.com", None, "U9", now))
    with log.reading("T1") as tx:
        assert tx.outcomes_of(elsewhere, made.place) == ()


@pytest.mark.parametrize("already", [0, 2])
def test_a_channel_that_gets_another_id_takes_its_log_along(
    log: Log, team: Scope, now: datetime, already: int
) -> None:
    new = Scope.of_channel("T1", "C9")
    for _ in range(already):
        decide(log, new, now, task="an older one")
    made = decide(log, team, now, task="sort mail")
    with log.writing("T1") as tx:
        tx.add_outcome(team, made.place, Outcome("U1", now, cannot_tell=True))
        again = tx.open_consultation(team, task="sort mail again", asker="U1", now=now, reopened_from=1).id
        tx.move_channel(team, "C9")
    with log.reading("T1") as tx:
        assert tx.decisions(team) == []
        moved: Decision = tx.decisions(new)[0]
        assert (moved.number, moved.task, moved.outcome) == (already + 1, "sort mail", "cannot_tell")
        assert len(tx.outcomes_of(new, moved.place)) == 1
    with log.writing("T1") as tx:
        after = tx.decide(
            new, again, recommended="a", chosen="a", status="accepted", by="U1", why=None, now=now
        )
    assert (after.number, after.supersedes) == (already + 2, already + 1)
