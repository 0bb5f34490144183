"""Past decisions that are like a case: through what stands, never the case's own line, and counted only where seen."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.decision_log import Log, Outcome, Place, Scope, Wanted
from bot.decision_log.alike import alike
from bot.decision_log.stats import stats
from core.case import read_case
from tests.support.decided import decide

ANSWERS = {"calls_per_month": 80_000, "misses": "labels"}
CASE = read_case({"task": "classify support tickets", **ANSWERS})


def numbers(log: Log, scope: Scope, now: datetime, ancestors: Collection[Place] = ()) -> list[int]:
    with log.reading("T1") as tx:
        return [one.decision.number for one in alike(tx, scope, CASE, on=now.date(), ancestors=ancestors)]


def test_the_three_most_alike_come_best_first(log: Log, team: Scope, now: datetime) -> None:
    for task in (
        "classify tickets",
        "translate menus",
        "classify support tickets",
        "sort support tickets",
        "rank ads",
    ):
        decide(log, team, now, task=task, answers=ANSWERS if "tickets" in task else None)
    found = numbers(log, team, now)
    assert found[0] == 3
    assert set(found) == {1, 3, 4}


def test_one_that_was_superseded_is_shown_through_what_superseded_it(
    log: Log, team: Scope, now: datetime
) -> None:
    decide(log, team, now, answers=ANSWERS)
    decide(log, team, now, task="something else altogether", reopened_from=1)
    assert numbers(log, team, now) == [2]


def test_a_case_is_not_like_those_that_it_comes_from(log: Log, team: Scope, now: datetime) -> None:
    decide(log, team, now, answers=ANSWERS)
    decide(log, team, now, answers=ANSWERS, reopened_from=1)
    decide(log, team, now, answers=ANSWERS)
    assert numbers(log, team, now, ancestors=[Place("C1", 1)]) == [3]


def test_what_stands_elsewhere_is_not_shown_for_what_it_superseded(
    log: Log, team: Scope, now: datetime
) -> None:
    """Ben took part in the first alone: the second, which superseded it, is nothing to him."""
    decide(log, team, now, by="U2", answers=ANSWERS)
    decide(log, team, now, by="U3", answers=ANSWERS, reopened_from=1)
    assert numbers(log, Scope.of_person("T1", "U2"), now) == []
    assert numbers(log, Scope.of_person("T1", "U3"), now) == [2]


def test_counts_by_verdict_status_and_outcome(log: Log, team: Scope, now: datetime) -> None:
    long_ago = now - timedelta(weeks=20)
    for chosen in ("fine_tune", "fine_tune", "keep_prompting"):
        decide(log, team, long_ago, chosen=chosen)
    decide(log, team, now, chosen="hybrid")
    decide(log, Scope.of_channel("T1", "C2"), long_ago)
    with log.writing("T1") as tx:
        tx.add_outcome(team, Place("C1", 1), Outcome("U1", now, shipped=False))
        tx.withdraw(team, 3, "U1", "no", now)
    with log.reading("T1") as tx:
        found = stats(tx, team, Wanted(), now)
        tuned = stats(tx, team, Wanted(verdicts=("fine_tune",)), now)
    assert found.by_verdict == {"fine_tune": 2, "hybrid": 1, "keep_prompting": 1}
    assert found.by_status == {"accepted": 3, "withdrawn": 1}
    assert (found.decisions, found.overridden, found.overridden_share) == (4, 0, 0.0)
    assert found.outcomes == {"fine_tune": {"missed": 1}}
    assert (found.due, found.recorded) == (2, 1)
    assert (tuned.decisions, tuned.due) == (2, 2)
