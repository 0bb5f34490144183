"""Databases to test on: SQLite files, and a PostgreSQL server of our own that needs no installation."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import psycopg
import pytest

from bot.decision_log import Log, Scope, open_engine
from bot.decision_log.tables import SCHEMA, metadata
from tests.support.postgres import APP, OWNER, Postgres
from tests.support.tables import with_tables


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def team() -> Scope:
    return Scope.of_channel("T1", "C1")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A server for all of these tests."""
    try:
        server = Postgres.made()
        server.start()
    except (ImportError, OSError, subprocess.SubprocessError) as error:
        pytest.skip(f"PostgreSQL could not be started here, so the log is tested on SQLite alone: {error}")
    yield server
    server.remove()


@pytest.fixture(scope="session")
def postgres_template(postgres: Postgres) -> str:
    postgres.with_tables("log_template")
    return "log_template"


@pytest.fixture(scope="session")
def spare() -> list[str]:
    """The database on the server that the last test used."""
    return []


def _emptied(postgres: Postgres, name: str) -> bool:
    """Take everything out, which is much quicker than to make a new one. ``False``: it is not as it was made."""
    rows = "; ".join(f"DELETE FROM {table.name}" for table in reversed(metadata.sorted_tables))
    try:
        with postgres.connect(name) as connection:
            connection.execute("SET lock_timeout = '1s'")
            connection.execute(rows)
            for (counter,) in connection.execute(COUNTERS).fetchall():
                connection.execute(f"ALTER SEQUENCE {counter} RESTART")
            return connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(SCHEMA,)]
    except psycopg.Error:
        return False


COUNTERS = "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'S'"
_numbers = count()


@pytest.fixture(params=["sqlite", "postgresql"])
def dialect(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def empty_database(dialect: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables, for its owner."""
    if dialect == "sqlite":
        return f"sqlite:///{tmp_path / 'new' / 'log.db'}"
    return str(request.getfixturevalue("postgres").create(f"log_{next(_numbers)}", owner=OWNER))


@pytest.fixture
def database(dialect: str, request: pytest.FixtureRequest, tmp_path: Path, spare: list[str]) -> str:
    """The address of a database with the tables of today and nothing in them: on PostgreSQL, for the app's role."""
    if dialect == "sqlite":
        return with_tables(f"sqlite:///{tmp_path / 'log.db'}")
    template, postgres = request.getfixturevalue("postgres_template"), request.getfixturevalue("postgres")
    if not (spare and _emptied(postgres, spare[0])):
        spare[:] = [f"log_{next(_numbers)}"]
        postgres.copied(spare[0], template)
    return str(postgres.url(spare[0], APP))


@pytest.fixture
def log(database: str) -> Iterator[Log]:
    opened = Log(open_engine(database))
    yield opened
    opened.close()
