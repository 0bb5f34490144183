"""A database that will not take it: the caller is told, and nothing is half stored."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, event, select, text
from sqlalchemy.exc import IntegrityError

from bot.decision_log import (
    CheckInDate,
    CouldNotRead,
    CouldNotSave,
    Link,
    Log,
    Outcome,
    Review,
    Scope,
    open_engine,
)
from bot.decision_log.departures import note_departure
from bot.decision_log.tables import metadata
from bot.decision_log.writing import Writing
from tests.support.postgres import OWNER, SUPERUSER, as_role
from tests.support.tables import with_tables

NOBODY = 65534


def everything(engine: Engine) -> dict[str, list[Any]]:
    """All rows of all tables, as far as the workspace may see them."""
    with engine.connect() as plain:
        connection = plain.execution_options(workspace="T1")
        tables = {name: connection.execute(select(table)).all() for name, table in metadata.tables.items()}
    return {name: sorted(map(tuple, rows), key=repr) for name, rows in tables.items()}


def a_whole_round(tx: Writing, scope: Scope, now: datetime, key: str = "Ev2", size: int = 10) -> None:
    """A transaction that writes to every table."""
    assert tx.first_sight("T1", key, now)
    consultation = tx.open_consultation(scope, task="t" * size, asker="U1", now=now)
    assert tx.advance(scope, consultation.id, from_version=1, now=now)
    tx.add_answers(
        scope, consultation.id, [("misses", None, "form"), ("quality_now", 0.8, "form")], "U1", now
    )
    post = tx.add_post(scope, consultation.id, "question", {"key": "misses"})
    tx.change_post(scope, consultation.id, post.id, tried=True)
    tx.keep_advice(scope, consultation.id, {"verdict": "a"}, "p", "q", now)
    made = tx.decide(
        scope, consultation.id, recommended="a", chosen="a", status="accepted", by="U1", why=None, now=now
    )
    tx.add_outcome(scope, made.place, Outcome("U1", now, shipped=True))
    tx.add_link(scope, made.place, Link("https://example.com", "the pull request", "U1", now))
    other = tx.open_consultation(scope, task="t" * size, asker="U1", now=now)
    asked = tx.decide(
        scope, other.id, recommended="a", chosen="fine_tune", status="overridden", by="U1", why="w", now=now
    )
    tx.withdraw(scope, asked.number, "U1", "no budget", now)
    tx.set_check_in(scope, made.place, CheckInDate(now, "U1", now))
    tx.add_review(scope, made.place, Review(now, "a", "fine_tune", ("a price fell",)))
    tx.note_reviewed(key, "of today", now)
    note_departure(tx, key, now)
    tx.hold_settings(scope)
    tx.add_settings(scope, {"low_volume": 50_000, "model": None}, "U1", now)
    tx.touch("T1", consultation.id, now)


def driver_error(engine: Engine) -> Exception:
    if engine.dialect.name == "sqlite":
        return sqlite3.OperationalError("disk I/O error")
    return psycopg.errors.DiskFull("could not extend file")


@contextmanager
def failing_at(engine: Engine, nth: int) -> Iterator[list[str]]:
    """The n-th statement of the driver fails, after it was carried out; the value lists the statements."""
    carried_out: list[str] = []

    def fail(cursor: Any, statement: str, parameters: Any, context: Any) -> bool:
        carried_out.append(statement)
        many = isinstance(parameters, list)
        (cursor.executemany if many else cursor.execute)(statement, parameters)
        if len(carried_out) == nth:
            raise driver_error(engine)
        return True

    for name in ("do_execute", "do_executemany"):
        event.listen(engine, name, fail)
    try:
        yield carried_out
    finally:
        for name in ("do_execute", "do_executemany"):
            event.remove(engine, name, fail)


ELSEWHERE = ("numbering", "installations")
"""What counts in place, and what is written by a store of its own."""


@pytest.mark.parametrize(
    "apart", [6, pytest.param(1, marks=pytest.mark.long("a failure of each statement in turn"))]
)
def test_a_failure_of_any_statement_leaves_nothing_behind(
    database: str, team: Scope, now: datetime, apart: int
) -> None:
    engine = open_engine(database)
    log = Log(engine)
    with log.writing("T1") as tx:
        a_whole_round(tx, team, now, "Ev1")
    before, nth, saved = everything(engine), 0, False
    while not saved:
        nth += apart
        with failing_at(engine, nth):
            try:
                with log.writing("T1") as tx:
                    a_whole_round(tx, team, now)
                saved = True
            except CouldNotSave:
                assert everything(engine) == before, f"after a failure of statement {nth}"
    assert nth > 15
    after = everything(engine)
    assert all(len(after[name]) > len(before[name]) for name in after if name not in ELSEWHERE)
    assert after["numbering"] == [("T1", "C1", 4)]
    log.close()


def test_a_failing_commit_leaves_nothing_behind(
    database: str, team: Scope, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_engine(database)
    log = Log(engine)

    def refuse(_connection: object) -> None:
        raise driver_error(engine)

    before = everything(engine)
    with monkeypatch.context() as patch:
        patch.setattr(engine.dialect, "do_commit", refuse)
        with pytest.raises(CouldNotSave), log.writing("T1") as tx:
            a_whole_round(tx, team, now)
    assert everything(engine) == before
    with log.writing("T1") as tx:
        a_whole_round(tx, team, now)
    log.close()


def test_an_exception_in_the_block_goes_through_and_leaves_nothing_behind(
    database: str, team: Scope, now: datetime
) -> None:
    engine = open_engine(database)
    log = Log(engine)
    before = everything(engine)
    with pytest.raises(ZeroDivisionError), log.writing("T1") as tx:
        a_whole_round(tx, team, now)
        raise ZeroDivisionError
    assert everything(engine) == before
    log.close()


def test_a_mistake_of_ours_is_not_blamed_on_the_database(log: Log, now: datetime) -> None:
    with pytest.raises(IntegrityError), log.writing("T1") as tx:
        tx.touch("T1", "no such consultation", now)


def test_a_database_without_tables_takes_nothing(empty_database: str, now: datetime) -> None:
    log = Log(open_engine(empty_database))
    with pytest.raises(CouldNotSave, match="seen"), log.writing("T1") as tx:
        tx.first_sight("T1", "Ev1", now)
    log.close()


QUESTIONS: list[Callable[[Log, datetime], object]] = [
    lambda log, now: log.next_due(),
    lambda log, now: log.backlog(now),
    lambda log, now: log.silent_since(now),
]


@pytest.mark.parametrize("ask", QUESTIONS)
def test_a_database_that_is_not_one_cannot_be_read(
    tmp_path: Path, now: datetime, ask: Callable[[Log, datetime], object]
) -> None:
    (tmp_path / "log.db").write_bytes(b"minutes of the meeting" * 100)
    log = Log(open_engine(f"sqlite:///{tmp_path / 'log.db'}"))
    with pytest.raises(CouldNotRead):
        ask(log, now)
    with pytest.raises(CouldNotSave), log.writing("T1") as tx:
        tx.first_sight("T1", "Ev1", now)
    with pytest.raises(CouldNotSave):
        log.claim(now, timedelta(seconds=1), 5)
    log.close()


# SQLite


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_a_full_disk_keeps_what_was_there_and_nothing_of_the_new(
    database: str, team: Scope, now: datetime
) -> None:
    engine = open_engine(database)

    @event.listens_for(engine, "connect")
    def small(connection: sqlite3.Connection, _record: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages + 20}")

    log, kept = Log(engine), 0
    with pytest.raises(CouldNotSave, match="full"):
        for number in range(1000):
            before = everything(engine)
            with log.writing("T1") as tx:
                a_whole_round(tx, team, now, f"Ev{number}", size=2000)
            kept += 1
    assert kept > 0
    assert everything(engine) == before
    with log.reading("T1") as tx:
        assert [d.number for d in tx.decisions(team, limit=100)] == list(range(2 * kept, 0, -1))
    log.close()


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may write anything, whatever a file's mode says; nobody may not."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_read_only_file_in_a_read_only_directory_is_refused(now: datetime) -> None:
    home = Path(tempfile.mkdtemp(prefix="log-"))  # pytest's own directories hide from others
    with_tables(f"sqlite:///{home / 'log.db'}")
    (home / "log.db").chmod(0o444)
    home.chmod(0o555)
    log = Log(open_engine(f"sqlite:///{home / 'log.db'}"))
    with as_nobody(), pytest.raises(CouldNotSave), log.writing("T1") as tx:
        tx.first_sight("T1", "Ev1", now)
    log.close()
    home.chmod(0o755)
    (home / "log.db").chmod(0o644)
    with log.writing("T1") as tx:
        assert tx.first_sight("T1", "Ev1", now)
    log.close()
    shutil.rmtree(home)


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_a_connection_that_only_reads_is_refused(database: str, team: Scope, now: datetime) -> None:
    engine = open_engine(database)
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA query_only=ON"))
    log = Log(engine)
    with pytest.raises(CouldNotSave, match="readonly"), log.writing("T1") as tx:
        a_whole_round(tx, team, now)
    assert not any(everything(engine).values())
    log.close()


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_a_database_locked_by_somebody_else_is_refused_in_the_end(
    database: str, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.decision_log.engine.BUSY_SECONDS", 0.2)
    log = Log(open_engine(database))
    other = sqlite3.connect(database.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(CouldNotSave, match="locked"), log.writing("T1") as tx:
        tx.first_sight("T1", "Ev1", now)
    other.execute("ROLLBACK")
    with log.writing("T1") as tx:
        assert tx.first_sight("T1", "Ev1", now)
    other.close()
    log.close()


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_a_writer_inside_a_writer_is_refused_in_the_end(
    log: Log, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.decision_log.log.BUSY_SECONDS", 0.2)
    with log.writing("T1") as tx:
        assert tx.first_sight("T1", "Ev1", now)
        with pytest.raises(CouldNotSave, match="another writer"), log.writing("T1"):
            pass


# PostgreSQL


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
def test_a_read_only_server_is_refused(database: str, team: Scope, now: datetime) -> None:
    owner, engine = open_engine(as_role(database, OWNER)), open_engine(database)
    with owner.connect() as connection:
        name = connection.execute(text("SELECT current_database()")).scalar_one()
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    owner.dispose()
    log = Log(engine)
    with pytest.raises(CouldNotSave, match="read-only"), log.writing("T1") as tx:
        a_whole_round(tx, team, now)
    assert not any(everything(engine).values())
    log.close()


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
def test_a_user_who_may_only_read_is_refused(database: str, now: datetime) -> None:
    engine = open_engine(as_role(database, SUPERUSER))
    with engine.begin() as connection:
        connection.execute(text("DROP ROLE IF EXISTS reader"))
        connection.execute(text("CREATE ROLE reader LOGIN"))
    log = Log(open_engine(as_role(database, "reader")))
    with pytest.raises(CouldNotSave, match="permission denied"), log.writing("T1") as tx:
        tx.first_sight("T1", "Ev1", now)
    log.close()
    engine.dispose()


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
def test_a_connection_that_breaks_in_the_middle_is_told_and_replaced(
    database: str, team: Scope, now: datetime
) -> None:
    engine, other = open_engine(database), open_engine(database)
    log = Log(engine)
    with pytest.raises(CouldNotSave), log.writing("T1") as tx:
        a_whole_round(tx, team, now)
        pid = tx._connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with other.connect() as connection:
            connection.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
        tx.first_sight("T1", "Ev3", now)
    assert not any(everything(other).values())
    with log.writing("T1") as tx:
        a_whole_round(tx, team, now)
    other.dispose()
    log.close()


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
def test_a_server_that_is_not_there_is_told(database: str, now: datetime, tmp_path: Path) -> None:
    log = Log(open_engine(f"postgresql:///log?host={tmp_path}&user=postgres"))
    with pytest.raises(CouldNotSave), log.writing("T1") as tx:
        tx.first_sight("T1", "Ev1", now)
    with pytest.raises(CouldNotRead):
        log.backlog(now)
    log.close()
