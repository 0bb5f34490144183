"""What was recorded is never changed and never goes: not by any method, but for forgetting and retention."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, Table, select, text
from sqlalchemy.exc import DatabaseError, IntegrityError

from bot.decision_log import CheckInDate, CouldNotSave, Link, Log, Outcome, Place, Review, Scope, open_engine
from bot.decision_log.forgetting import delete_workspace, forget_person
from bot.decision_log.reading import Reading
from bot.decision_log.records import TAKEN_BACK
from bot.decision_log.tables import (
    advice,
    answers,
    check_in_dates,
    consultations,
    decisions,
    links,
    metadata,
    outcomes,
    reviews,
    settings,
    withdrawals,
)
from bot.decision_log.writing import Writing
from tests.support.decided import decide

TEAM = Scope.of_channel("T1", "C1")
PLACE = Place("C1", 1)

RECORDS: dict[Table, set[str]] = {
    **{
        table: {column.name for column in table.columns} - {"workspace_id", "channel_id", "number"}
        for table in (answers, advice, outcomes, links, withdrawals, check_in_dates, reviews, settings)
    },
    decisions: {"recommended", "chosen", "decided", "by_id", "at", "why", "task", "consultation_id"},
    consultations: {"task", "asker_id", "created_at", "in_thread"},
}
"""What is recorded, by its columns. A channel that gets another id takes its records along: their place may change."""
NOT_RECORDS = {
    "posts",
    "numbering",
    "outbox",
    "seen",
    "decision_words",
    "check_ins",
    "reviewed",
    "departures",
    "nudges",
    "installations",
}
"""What Slack shows or must be told, what is derived, counts, and where the app is installed."""

Call = Callable[[Writing, str, datetime], object]
CALLS: dict[str, Call] = {
    "add_answers": lambda tx, id_, now: tx.add_answers(
        TEAM, id_, [("quality_now", 0.7, "typed"), ("misses", TAKEN_BACK, "typed")], "U1", now
    ),
    "add_link": lambda tx, id_, now: tx.add_link(TEAM, PLACE, Link("https://x.example", None, "U2", now)),
    "add_outcome": lambda tx, id_, now: tx.add_outcome(TEAM, PLACE, Outcome("U2", now, taken_back=True)),
    "add_post": lambda tx, id_, now: tx.add_post(TEAM, id_, "note", {"note": "nudge"}),
    "add_review": lambda tx, id_, now: tx.add_review(TEAM, PLACE, Review(now, "a", "b", ("c",))),
    "add_settings": lambda tx, id_, now: tx.add_settings(TEAM, {"low_volume": None}, "U2", now),
    "advance": lambda tx, id_, now: tx.advance(TEAM, id_, from_version=1, now=now, status="open"),
    "change_post": lambda tx, id_, now: tx.change_post(TEAM, id_, 1, about={"note": "help"}, closed=True),
    "decide": lambda tx, id_, now: _decided_again(tx, now),
    "derive": lambda tx, id_, now: tx.derive("T1", PLACE),
    "derive_all": lambda tx, id_, now: tx.derive_all("T1", [PLACE]),
    "derive_missing": lambda tx, id_, now: tx.derive_missing("T1"),
    "first_sight": lambda tx, id_, now: tx.first_sight("T1", "Ev9", now),
    "forget_seen": lambda tx, id_, now: tx.forget_seen(now + timedelta(days=9)),
    "forget_sight": lambda tx, id_, now: tx.forget_sight("T1", "Ev1"),
    "hold_settings": lambda tx, id_, now: tx.hold_settings(TEAM),
    "keep_advice": lambda tx, id_, now: tx.keep_advice(TEAM, id_, {"verdict": "b"}, "p2", "q2", now),
    "move_channel": lambda tx, id_, now: tx.move_channel(TEAM, "C9"),
    "move_decisions": lambda tx, id_, now: tx.move_decisions(TEAM, "C8"),
    "note_probe": lambda tx, id_, now: tx.note_probe(now),
    "note_reviewed": lambda tx, id_, now: tx.note_reviewed("T1", "later", now),
    "open_consultation": lambda tx, id_, now: tx.open_consultation(TEAM, task="t", asker="U2", now=now),
    "set_check_in": lambda tx, id_, now: tx.set_check_in(TEAM, PLACE, CheckInDate(None, "U2", now)),
    "set_nudged": lambda tx, id_, now: tx.set_nudged(TEAM, id_),
    "set_root": lambda tx, id_, now: tx.set_root(TEAM, id_, "7.7"),
    "take_check_in": lambda tx, id_, now: tx.take_check_in("T1", id_, now + timedelta(weeks=99)),
    "touch": lambda tx, id_, now: tx.touch("T1", id_, now),
    "touch_undecided": lambda tx, id_, now: tx.touch_undecided(TEAM, now),
    "void": lambda tx, id_, now: tx.void(TEAM, id_),
    "withdraw": lambda tx, id_, now: tx.withdraw(TEAM, 1, "U2", "no budget", now),
}
"""A call of every method that writes, with which it changes as much as it can."""


def _decided_again(tx: Writing, now: datetime) -> None:
    """A decision that supersedes the first one."""
    opened = tx.open_consultation(TEAM, task="t", asker="U2", now=now, reopened_from=1)
    tx.decide(TEAM, opened.id, recommended="a", chosen="b", status="overridden", by="U2", why="w", now=now)


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    opened = open_engine(database)
    yield opened
    opened.dispose()


@pytest.fixture
def dialect() -> str:
    return "sqlite"


@pytest.fixture
def guarded(log: Log, engine: Engine, now: datetime) -> str:
    """A decision with everything that can be recorded of it, in a log that refuses to change any of it; its id."""
    made = decide(log, TEAM, now, answers={"quality_now": 0.8}, advice={"verdict": "a"}, why="it is cheap")
    with log.writing("T1") as tx:
        tx.first_sight("T1", "Ev1", now)
        tx.add_post(TEAM, made.consultation, "note", {"note": "nudge"})
        tx.add_outcome(TEAM, PLACE, Outcome("U1", now, shipped=True))
        tx.add_link(TEAM, PLACE, Link("https://x.example", "the results", "U1", now))
        tx.set_check_in(TEAM, PLACE, CheckInDate(now, "U1", now))
        tx.add_review(TEAM, PLACE, Review(now, "a", "b", ("a price fell",)))
        tx.add_settings(TEAM, {"low_volume": 50_000}, "U1", now)
        other = tx.open_consultation(TEAM, task="t", asker="U1", now=now)
        gone = tx.decide(
            TEAM, other.id, recommended="a", chosen="a", status="accepted", by="U1", why=None, now=now
        )
        tx.withdraw(TEAM, gone.number, "U1", "no budget", now)
    with engine.begin() as connection:
        for table, columns in RECORDS.items():
            refuse = f"BEGIN SELECT RAISE(ABORT, '{table.name} are history'); END"
            connection.execute(
                text(
                    f"CREATE TRIGGER no_change_{table.name} BEFORE UPDATE OF {','.join(sorted(columns))}"
                    f" ON {table.name} {refuse}"
                )
            )
            connection.execute(
                text(f"CREATE TRIGGER no_loss_{table.name} BEFORE DELETE ON {table.name} {refuse}")
            )
    return made.consultation


def history(engine: Engine) -> dict[str, list[Any]]:
    with engine.connect() as connection:
        return {
            table.name: list(map(tuple, connection.execute(select(*(table.c[c] for c in sorted(columns))))))
            for table, columns in RECORDS.items()
        }


def test_every_table_is_history_or_known_not_to_be() -> None:
    assert {table.name for table in RECORDS} | NOT_RECORDS == set(metadata.tables)


def test_every_method_that_writes_is_tried() -> None:
    public = {name for name, method in inspect.getmembers(Writing, callable) if not name.startswith("_")}
    reads = {name for name, _ in inspect.getmembers(Reading, callable)}
    assert public - reads == set(CALLS)


@pytest.mark.parametrize("method", CALLS)
def test_no_method_changes_or_takes_what_was_recorded(
    log: Log, engine: Engine, guarded: str, now: datetime, method: str
) -> None:
    before = history(engine)
    with log.writing("T1") as tx:
        CALLS[method](tx, guarded, now + timedelta(hours=1))
    after = history(engine)
    assert {name: [row for row in rows if row not in after[name]] for name, rows in before.items()} == {
        name: [] for name in before
    }


@pytest.mark.parametrize("table", RECORDS, ids=lambda table: table.name)
def test_the_guard_of_this_test_refuses(engine: Engine, guarded: str, table: Table) -> None:
    column = sorted(RECORDS[table])[0]
    for change in (f"UPDATE {table.name} SET {column} = {column}", f"DELETE FROM {table.name}"):
        with pytest.raises(IntegrityError, match="history"), engine.begin() as connection:
            connection.execute(text(change))


@pytest.mark.parametrize(
    "erase", [lambda tx: forget_person(tx, "T1", "U1"), lambda tx: delete_workspace(tx, "T1")]
)
def test_forgetting_and_retention_are_the_ways_out(
    log: Log, guarded: str, erase: Callable[[Writing], int]
) -> None:
    with pytest.raises((CouldNotSave, DatabaseError), match="history"), log.writing("T1") as tx:
        erase(tx)


def test_what_is_derived_follows_from_what_was_recorded(log: Log, engine: Engine, now: datetime) -> None:
    """Taken away and worked out again it is the same: status, what superseded it, withdrawal, outcome and dates."""
    for _ in range(3):
        decide(log, TEAM, now, chosen="fine_tune", answers={"quality_target": 0.9})
    with log.writing("T1") as tx:
        tx.withdraw(TEAM, 2, "U1", "no budget", now)
        tx.add_outcome(TEAM, PLACE, Outcome("U1", now, shipped=True, eval_correct=95, eval_total=100))
        tx.set_check_in(TEAM, Place("C1", 3), CheckInDate(now + timedelta(days=9), "U1", now))
    decide(log, TEAM, now, reopened_from=1)
    decide(log, TEAM, now, reopened_from=2)
    with engine.connect() as connection:
        before = connection.execute(select(decisions).order_by(decisions.c.number)).all()
    assert [row.status for row in before] == ["superseded", "withdrawn", "accepted", "accepted", "accepted"]
    assert [row.superseded_by for row in before] == [4, 5, None, None, None]
    with engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE decisions SET status = 'accepted', superseded_by = NULL, withdrawn_by_id = NULL,"
                " withdrawn_at = NULL, withdrawn_why = NULL, outcome = NULL, due_at = NULL, cost = NULL"
            )
        )
    with log.writing("T1") as tx:
        for row in before:
            tx.derive("T1", Place("C1", row.number))
    with engine.connect() as connection:
        assert connection.execute(select(decisions).order_by(decisions.c.number)).all() == before
