"""The migrations make exactly the tables that the program uses, there and back, however many start at once."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, inspect
from sqlalchemy.exc import IntegrityError

from bot.decision_log import (
    CannotOpen,
    CouldNotRead,
    CouldNotSave,
    Log,
    Scope,
    Sought,
    Wanted,
    open_engine,
    schema_is_current,
)
from bot.decision_log.create import create
from bot.decision_log.engine import schema_version
from bot.decision_log.importing import read_log
from bot.decision_log.keeping import keep_log
from bot.decision_log.tables import SCHEMA, WORDS_INDEX, metadata
from bot.decision_log.upgrade import MIGRATIONS, downgrade, upgrade
from tests.support.decided import decide
from tests.support.postgres import OWNER, as_role


def tables(url: str) -> set[str]:
    engine = open_engine(url)
    names = set(inspect(engine).get_table_names())
    engine.dispose()
    return {name for name in names if is_ours(name)}


def is_ours(name: str | None, *_about: object) -> bool:
    """Not what full-text search keeps for itself, which no table of ours describes."""
    return not str(name).startswith(WORDS_INDEX)


def test_the_schema_that_the_program_expects_is_the_newest_migration() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [SCHEMA]


def test_an_upgraded_database_has_the_tables_that_the_program_uses(empty_database: str) -> None:
    upgrade(empty_database)
    engine = open_engine(empty_database)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True, "include_name": is_ours}
        )
        others = () if engine.dialect.name == "postgresql" else ("ix_decisions_number",)
        missing = [found for found in compare_metadata(context, metadata) if found[1].name not in others]
        assert missing == []
    assert tables(empty_database) == {*metadata.tables, "alembic_version"}
    engine.dispose()


def test_every_key_begins_with_the_workspace(empty_database: str) -> None:
    upgrade(empty_database)
    engine = open_engine(empty_database)
    keys = {name: inspect(engine).get_pk_constraint(name)["constrained_columns"] for name in metadata.tables}
    assert {name for name, columns in keys.items() if columns[0] != "workspace_id"} == set()
    engine.dispose()


def test_the_migrations_go_up_down_and_up_again(empty_database: str) -> None:
    engine = open_engine(empty_database)
    assert not schema_is_current(engine)
    assert schema_version(engine) is None
    upgrade(engine)
    assert schema_is_current(engine)
    upgrade(engine)
    assert schema_is_current(engine)
    downgrade(engine, "base")
    assert not schema_is_current(engine)
    assert tables(empty_database) == {"alembic_version"}
    upgrade(engine)
    assert schema_is_current(engine)
    engine.dispose()


def test_an_upgrade_keeps_the_records(database: str, team: Scope, now: datetime) -> None:
    log = Log(open_engine(database))
    with log.writing("T1") as tx:
        consultation = tx.open_consultation(team, task="t", asker="U1", now=now)
    upgrade(as_role(database, OWNER))
    with log.reading("T1") as tx:
        assert tx.consultation(team, consultation.id) == consultation
    log.close()


def test_a_database_of_another_version_is_not_current(database: str) -> None:
    engine = open_engine(as_role(database, OWNER))
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'from the future'")
    assert not schema_is_current(engine)
    with pytest.raises(CannotOpen, match="from the future"):
        upgrade(engine)
    engine.dispose()


def test_a_database_that_cannot_be_reached_is_neither_current_nor_old(tmp_path: Path) -> None:
    (tmp_path / "log.db").write_bytes(b"minutes of the meeting" * 100)
    address = f"sqlite:///{tmp_path / 'log.db'}"
    with pytest.raises(CouldNotRead):
        schema_is_current(open_engine(address))
    with pytest.raises(CouldNotSave):
        upgrade(address)


def test_the_app_finds_whom_to_nudge_by_its_index(database: str, now: datetime) -> None:
    engine, asked = open_engine(database), list[tuple[str, object]]()
    event.listen(engine, "before_cursor_execute", lambda *args: asked.append((args[2], args[3])))
    Log(engine).silent_since(now)
    statement, parameters = asked[-1]
    assert "FROM nudges" in statement
    with engine.connect() as connection:
        explain = "EXPLAIN QUERY PLAN " if engine.dialect.name == "sqlite" else "EXPLAIN "
        if engine.dialect.name == "postgresql":  # which would rather read a table as small as this one whole
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        plan = str(connection.exec_driver_sql(explain + statement, parameters).all())
    assert "ix_nudges_since" in plan
    engine.dispose()


@pytest.mark.parametrize("many", [2, pytest.param(8, marks=pytest.mark.long("a process each, all at once"))])
def test_processes_upgrade_at_once(empty_database: str, many: int) -> None:
    program = "import sys; from bot.decision_log.upgrade import upgrade; upgrade(sys.argv[1])"
    processes = [
        subprocess.Popen([sys.executable, "-c", program, empty_database], stderr=subprocess.PIPE)
        for _ in range(many)
    ]
    outcomes = [(process.communicate(timeout=120)[1][-800:], process.returncode) for process in processes]
    assert outcomes == [(b"", 0)] * many
    engine = open_engine(empty_database)
    assert schema_is_current(engine)
    engine.dispose()


def test_tables_made_at_once_are_the_very_ones_that_the_migrations_make(tmp_path: Path) -> None:
    def made(engine: Engine) -> dict[str, list[str]]:
        looked = inspect(engine)
        return {
            name: [
                *map(str, looked.get_columns(name)),
                str(looked.get_pk_constraint(name)),
                *map(str, looked.get_foreign_keys(name)),
                *sorted(map(str, looked.get_unique_constraints(name))),
                *sorted(map(str, looked.get_indexes(name))),
            ]
            for name in looked.get_table_names()
        }

    at_once = open_engine(f"sqlite:///{tmp_path / 'at-once.db'}")
    migrated = open_engine(f"sqlite:///{tmp_path / 'migrated.db'}")
    assert create(at_once)
    upgrade(migrated)
    assert made(at_once) == made(migrated)
    assert schema_is_current(at_once)
    assert not create(at_once)
    at_once.dispose()
    migrated.dispose()


def test_what_waited_before_the_outbox_knew_its_channel_still_waits(
    empty_database: str, now: datetime
) -> None:
    upgrade(empty_database)
    log = Log(open_engine(empty_database))
    with log.writing("T1") as tx:
        waiting = tx.open_consultation(Scope.of_channel("T1", "C7"), task="t", asker="U1", now=now)
        tx.touch("T1", waiting.id, now)
    log.close()
    engine = open_engine(empty_database)
    downgrade(engine, "0002")
    upgrade(engine)
    [outgoing] = Log(engine).claim(now, timedelta(seconds=30), 9)
    assert (outgoing.consultation, outgoing.channel, outgoing.because) == (waiting.id, "C7", None)
    engine.dispose()


def test_decisions_keep_the_numbers_of_old_and_are_found_by_their_words(
    empty_database: str, team: Scope, now: datetime
) -> None:
    """A workspace numbered them all in one row; each channel goes on from its own highest."""
    upgrade(empty_database)
    log, other = Log(open_engine(empty_database)), Scope.of_channel("T1", "C2")
    decide(log, team, now, task="sort mail")
    record = {"number": 2, "channel": "C2", "task": "sort parcels", "chosen": "hybrid", "status": "accepted"}
    with log.writing("T1") as tx:
        given = record | {"by": "U1", "at": "2026-06-15T12:00:00Z"}
        keep_log(tx, read_log({"version": 1, "workspace": "T1", "decisions": [given]}))
    with log.reading("T1") as tx:
        before = [*tx.decisions(team), *tx.decisions(other)]
    log.close()
    engine = open_engine(empty_database)
    downgrade(engine, "0003")
    upgrade(engine)
    log = Log(engine)
    with log.reading("T1") as tx:
        assert [*tx.decisions(team), *tx.decisions(other)] == before
        assert tx.decisions(other, wanted=Wanted(Sought((("parcels",),)))) == before[1:]
    assert [decide(log, scope, now).number for scope in (team, other)] == [2, 3]
    log.close()


def test_numbers_of_two_channels_that_are_the_same_are_not_taken_back(
    empty_database: str, team: Scope, now: datetime
) -> None:
    upgrade(empty_database)
    log = Log(open_engine(empty_database))
    for scope in (team, Scope.of_channel("T1", "C2")):
        decide(log, scope, now)
    log.close()
    engine = open_engine(empty_database)
    with pytest.raises(IntegrityError):
        downgrade(engine, "0003")
    assert schema_is_current(engine)
    with Log(engine).reading("T1") as tx:
        assert len(tx.decisions(Scope.of_workspace("T1"))) == 2
    engine.dispose()
