"""Standing decisions worked out again: those that moved are told once, in their thread, with what moved them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.conversation.conversation import Conversation
from bot.conversation.posts import Moved, posts_of
from bot.conversation.review import review
from bot.decision_log import Decision, Log, Review, Scope, open_engine
from bot.decision_log.create import create
from bot.slack.rounds import Rounds
from core.advice import advise
from core.case import read_case
from core.in_force import in_force
from core.told import told
from tests.support.consulted import CASES, MANY
from tests.support.decided import decide

TEAM = Scope.of_channel("T1", "C1")
EXAMPLES = {"enough_examples": 50}
"""A threshold of the workspace with which five examples are no fair try any more."""


@pytest.fixture
def now() -> datetime.datetime:
    return datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    engine = open_engine(f"sqlite:///{tmp_path / 'log.db'}")
    create(engine)
    opened = Log(engine)
    yield opened
    opened.close()


def decided(log: Log, at: datetime.datetime, case: dict[str, Any], **more: Any) -> Decision:
    """A decision as it was advised on these answers."""
    found = told(advise(read_case(case), on=at.date()))
    assert found.verdict is not None
    given = {key: value for key, value in case.items() if key != "assumptions"}
    given |= {f"assumptions.{key}": value for key, value in case.get("assumptions", {}).items()}
    return decide(
        log, TEAM, at, chosen=found.verdict, answers=given, advice=found.kept(), has_card=True, **more
    )


def set_by_team(log: Log, now: datetime.datetime, values: dict[str, Any]) -> None:
    with log.writing() as tx:
        tx.add_settings(TEAM, values, "U1", now)


def moved(log: Log, now: datetime.datetime, *, dry_run: bool = False) -> list[tuple[int, Review]]:
    found = review(Conversation(log), "T1", now, dry_run=dry_run)
    return [(one.decision.number, one.review) for one in found if one is not None]


def told_in_thread(log: Log, decision: Decision) -> list[Moved]:
    with log.reading() as tx:
        found = tx.consultation(TEAM, decision.consultation)
    assert found is not None
    return [post.about for post in posts_of(found) if isinstance(post.about, Moved)]


def test_nothing_is_told_while_nothing_moved(log: Log, now: datetime.datetime) -> None:
    for case in CASES.values():
        decided(log, now, dict(case))
    assert moved(log, now) == []
    assert moved(log, now + datetime.timedelta(days=1)) == []


def test_a_threshold_that_moved_a_decision_is_named_once(log: Log, now: datetime.datetime) -> None:
    made, other = (
        decided(log, now, dict(CASES["keep_prompting"])),
        decided(log, now, dict(CASES["self_host"])),
    )
    set_by_team(log, now + datetime.timedelta(hours=1), EXAMPLES)
    later = now + datetime.timedelta(days=1)
    [(number, found)] = moved(log, later, dry_run=True)
    assert told_in_thread(log, made) == []
    assert moved(log, later) == [(number, found)]
    assert (number, found.was, found.verdict) == (made.number, "keep_prompting", "measure_first")
    assert any("was 5" in one and "50" in one for one in found.because)
    [note] = told_in_thread(log, made)
    assert (note.was, note.verdict, note.because) == (found.was, found.verdict, found.because)
    assert told_in_thread(log, other) == []
    assert moved(log, later) == []


def test_what_moves_back_is_told_too(log: Log, now: datetime.datetime) -> None:
    made = decided(log, now, dict(CASES["keep_prompting"]))
    hour = datetime.timedelta(hours=1)
    set_by_team(log, now + hour, EXAMPLES)
    assert [one.verdict for _, one in moved(log, now + 2 * hour)] == ["measure_first"]
    with log.reading() as tx:
        assert [(one.number, review_.verdict) for one, review_ in tx.moved(TEAM)] == [(1, "measure_first")]
    set_by_team(log, now + 3 * hour, {"enough_examples": None})
    assert [(one.was, one.verdict) for _, one in moved(log, now + 4 * hour)] == [
        ("measure_first", "keep_prompting")
    ]
    with log.reading() as tx:
        assert tx.moved(TEAM) == []
    assert len(told_in_thread(log, made)) == 2


def test_only_decisions_that_stand_are_looked_at(log: Log, now: datetime.datetime) -> None:
    gone, old = (
        decided(log, now, dict(CASES["keep_prompting"])),
        decided(log, now, dict(CASES["keep_prompting"])),
    )
    decided(log, now, dict(CASES["self_host"]), reopened_from=old.number)
    with log.writing() as tx:
        tx.withdraw(TEAM, gone.number, "U1", "no budget", now)
    set_by_team(log, now + datetime.timedelta(hours=1), EXAMPLES)
    assert moved(log, now + datetime.timedelta(days=1)) == []


def test_a_decision_written_down_by_hand_has_nothing_to_be_worked_out_from(
    log: Log, now: datetime.datetime
) -> None:
    decide(log, TEAM, now, chosen="fine_tune")
    assert moved(log, now) == []


def test_the_app_looks_after_each_change_and_once(log: Log, now: datetime.datetime) -> None:
    made = decided(log, now, dict(CASES["keep_prompting"]))
    set_by_team(log, now + datetime.timedelta(hours=1), EXAMPLES)
    woken: list[bool] = []
    rounds = Rounds(log, Conversation(log), lambda: woken.append(True), lambda: ("T1",))
    elsewhere = Rounds(log, Conversation(log), lambda: None, lambda: ("T2",))
    later = now + datetime.timedelta(hours=2)
    elsewhere.go(later)
    assert told_in_thread(log, made) == []
    assert log.unreviewed(in_force(later.date())) == ["T1"]
    for _ in range(3):
        rounds.go(later)
        Rounds(log, Conversation(log), lambda: None).go(later)  # as after a restart
    assert len(told_in_thread(log, made)) == 1
    assert log.unreviewed(in_force(later.date())) == []


def test_what_is_in_force_changes_with_the_dates_in_the_files() -> None:
    day = datetime.date(2027, 1, 13)
    assert in_force(day) == in_force(datetime.date(2027, 1, 12))
    assert in_force(day) != in_force(datetime.date(2027, 1, 14))  # a base retires


QUICKLY_BACK = {
    **MANY,
    "assumptions": {
        **{"base": "gpt-4o-mini", "provider": "openai"},
        **{"tuning_hours": 10, "retrain_hours": 1, "upkeep_hours": 0},
    },
}
"""Tuning at a provider pays back before its base retires in January; own servers never would."""


def test_a_base_that_retires_is_named(log: Log, now: datetime.datetime) -> None:
    made = decided(log, now, QUICKLY_BACK)
    [(number, found)] = moved(log, datetime.datetime(2027, 1, 15, tzinfo=datetime.UTC))
    assert (number, made.chosen, found.verdict) == (made.number, "fine_tune", "keep_prompting")
    assert "retired on 2027-01-14" in found.because[0]


def test_a_price_that_moved_a_decision_is_named(log: Log, now: datetime.datetime) -> None:
    decided(log, now, QUICKLY_BACK)
    hour = datetime.timedelta(hours=1)
    set_by_team(log, now + hour, {"price_in": 0.01, "price_out": 0.01, "price_cached": 0.001})
    [(_, found)] = moved(log, now + 2 * hour)
    assert found.verdict == "keep_prompting"
    assert any("and is $0.01" in one for one in found.because), found.because
    [dearest, *others] = (one for one in found.because if "the price of" in one)
    assert "was $5.00 and is $0.01" in dearest, "what changed most comes first"
    assert others
