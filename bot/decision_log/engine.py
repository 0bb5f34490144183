"""How each database is set up: SQLite for one process on one machine, PostgreSQL for more."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
import time
from collections.abc import Sequence
from contextlib import nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DisconnectionError, OperationalError, ProgrammingError
from sqlalchemy.pool import ConnectionPoolEntry

from bot.decision_log.failures import (
    UNDEFINED_TABLE,
    CannotOpen,
    CouldNotRead,
    instead_of_database_errors,
    sqlstate,
)
from bot.decision_log.tables import OLDEST_SCHEMA, SCHEMA

__all__ = [
    "BUSY_SECONDS",
    "CannotOpen",
    "Engine",
    "missing_file",
    "open_engine",
    "schema_is_current",
    "schema_serves",
    "schema_trouble",
    "schema_version",
]

BUSY_SECONDS = 2.0
"""How long a writer waits for the database to come free: Slack waits three seconds for us."""
CACHE_KIBIBYTES = 16_384
"""The most that each connection to a SQLite file keeps of it in memory."""
SERVER_SECONDS = 5.0
"""How long a statement may take on a server."""


_to_json = partial(json.dumps, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def open_engine(url: str, *, connections: int = 20) -> Engine:
    """An engine for ``sqlite:///path`` or ``postgresql://...``; connects on first use.

    ``connections``: the most that are open at once; as many as there are threads. Raises :class:`CannotOpen`.
    """
    address = _address(url)
    common: dict[str, Any] = {
        "json_serializer": _to_json,
        "pool_size": connections,
        "max_overflow": 0,
        "pool_timeout": BUSY_SECONDS,
        # Neither in logs nor in exceptions: they are what people said.
        "hide_parameters": True,
    }
    if address.get_backend_name() == "sqlite":
        return _sqlite(address, common)
    return _postgresql(address, common)


def missing_file(url: str) -> Path | None:
    """The file of a database that is not there; ``None``: it is, or it is on a server. Raises :class:`CannotOpen`."""
    address = _address(url)
    if address.get_backend_name() != "sqlite" or not address.database or address.database.startswith("file:"):
        return None
    path = Path(address.database).absolute()
    return None if path.exists() else path


def schema_is_current(engine: Engine) -> bool:
    """Whether the database has exactly the tables that this program expects. Quick: reads one row.

    Raises :class:`CouldNotRead`.
    """
    return schema_version(engine) == SCHEMA


def schema_serves(database: Engine | Connection) -> bool:
    """Whether this program can work on the tables that the database has.

    On a server also on those of the release before, and one migration newer than its own, so that an update rolls: the
    tables are changed while replicas of the release before are at work. Raises :class:`CouldNotRead`.
    """
    version = schema_version(database)
    if database.dialect.name == "sqlite" or version is None or not version.isdecimal():
        return version == SCHEMA
    return int(OLDEST_SCHEMA) <= int(version) <= int(SCHEMA) + 1


def schema_trouble(engine: Engine) -> str | None:
    """Why this program cannot work on the tables that the database has, and what to do; ``None``: it can.

    Raises :class:`CouldNotRead`.
    """
    if schema_serves(engine):
        return None
    version = schema_version(engine)
    if version is not None and (not version.isdecimal() or int(version) > int(SCHEMA)):
        return f"the database is at {version}, and this release knows {SCHEMA}: start the newer release"
    return "the database needs `tune-or-prompt db upgrade`"


def schema_version(database: Engine | Connection) -> str | None:
    """The migration that the database is at; ``None`` when there is none yet."""
    with instead_of_database_errors(CouldNotRead):
        try:
            with database.connect() if isinstance(database, Engine) else nullcontext(database) as connection:
                return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        except (OperationalError, ProgrammingError) as error:
            if sqlstate(error) == UNDEFINED_TABLE or "no such table" in str(error.orig):
                return None
            raise


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise CannotOpen("The database address is not an address; try sqlite:///decisions.db.") from None
    if address.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        return address.set(drivername="postgresql+psycopg")
    if address.drivername not in ("sqlite", "sqlite+pysqlite"):
        raise CannotOpen(f"The database is {address.drivername}; it can be sqlite or postgresql.")
    if not address.database or address.database == ":memory:":
        raise CannotOpen("The database has no file; try sqlite:///decisions.db.")
    return address


def _sqlite(address: URL, common: dict[str, Any]) -> Engine:
    assert address.database is not None
    if address.database.startswith("file:"):
        engine = create_engine(address, connect_args={"timeout": BUSY_SECONDS}, **common)
    else:
        file = _File(Path(address.database).absolute())
        engine = create_engine(address, creator=file.connect, **common)
        event.listen(engine, "connect", file.note)
        event.listen(engine, "checkout", file.check)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


Place = tuple[int, int]
"""Which file it is, whatever it is called: its device and inode."""


class _File:
    """The file of a database, which somebody may move away, put back or replace while it is in use."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known: Place | None = None
        self._lock = threading.Lock()
        self._make()

    def _make(self) -> None:
        """Make it and its directory where there is none, to be read by nobody else: it holds what people said."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            why = f"The directory {self.path.parent} for the database cannot be made: {error.strerror}."
            raise CannotOpen(why) from error
        # Where it cannot be made, connecting says why.
        with suppress(OSError):
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))

    def connect(self) -> sqlite3.Connection:
        """A connection to the file, if it is there. SQLite would make a new one in place of one that is not."""
        with self._lock:
            here = self.place()
            if here is not None and self._known not in (None, here):
                self._part_with_old_log()
            self._known = here or self._known
        address = f"{self.path.as_uri()}?mode=rw"
        return sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, check_same_thread=False)

    def _part_with_old_log(self) -> None:
        """The file is another one now, such as a backup: the write-ahead log beside it must not be applied to it."""
        for ending in ("-wal", "-shm"):
            old = self.path.with_name(self.path.name + ending)
            with suppress(FileNotFoundError):
                old.rename(old.with_name(f"{old.name}-of-the-file-before"))

    def place(self) -> Place | None:
        """Which file is there; ``None``: none."""
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def note(self, _connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
        """Remember which file a connection was made to."""
        record.info["file"], record.info["place"] = self, self.place()

    def check(self, _connection: object, record: ConnectionPoolEntry, _proxy: object) -> None:
        """A connection to a file that was moved away or replaced writes to where nobody looks: connect anew."""
        if record.info["place"] is None or record.info["place"] != self.place():
            raise DisconnectionError("the file of the database is another one now")


def is_its_file(connection: Connection) -> bool:
    """Whether the file that a connection writes to is still the one at its path. Always so on a server."""
    info = connection.info
    return "file" not in info or info["place"] == info["file"].place()


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver's own idea of when a transaction begins leaves the first SELECT out; see _begin_sqlite.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=ON")
    _write_ahead(connection)
    # An answer that Slack saw acknowledged survives a power cut; NORMAL could lose the last few.
    connection.execute("PRAGMA synchronous=FULL")
    # Counting a large log reads more than the 2 MB that SQLite keeps of a file by default.
    connection.execute(f"PRAGMA cache_size=-{CACHE_KIBIBYTES}")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Turn the write-ahead log on. SQLite does not wait for its turn here, so we do."""
    if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
        return
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and then writes may find its snapshot overtaken, and fails at once with
    # "database is locked"; one that says at the start that it will write waits for its turn.
    # All of it is told to the driver itself, which takes a third of the time.
    options = connection.get_execution_options()
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    if options.get("writes", False):
        patience = max(0.0, options.get("patience", BUSY_SECONDS))
        _tell(driver, f"PRAGMA busy_timeout={int(patience * 1000)}")
        _tell(driver, "BEGIN IMMEDIATE")
    else:
        _tell(driver, "BEGIN")


def _tell(driver: sqlite3.Connection, statement: str) -> None:
    """Raises :class:`OperationalError`, as for any other statement."""
    try:
        driver.execute(statement).close()
    except sqlite3.OperationalError as error:
        raise OperationalError(statement, None, error) from error


def _postgresql(address: URL, common: dict[str, Any]) -> Engine:
    # Nothing stays in a session of the server: a pooler (PgBouncer) gives each transaction to another. Statements that
    # are prepared would save about a tenth of the time of a transaction that writes.
    connect_args = {
        "connect_timeout": 3,
        "application_name": "tune-or-prompt",
        "prepare_threshold": None,
    }
    engine = create_engine(
        address,
        pool_pre_ping=True,
        pool_recycle=1800,
        connect_args=connect_args | _ALIVE,
        use_native_hstore=False,  # there is none, and each first connection would look for it
        **common,
    )
    event.listen(engine, "do_connect", _connect_patiently)
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _begin_postgresql(connection: Connection) -> None:
    """Say whose transaction it is and how long it may take: for it alone, since a pooler gives each to any session.

    What Slack saw acknowledged is on disk, whatever the server's own settings say.
    """
    whose = connection.get_execution_options().get("workspace") or ""
    connection.exec_driver_sql(_BEGINS, {"workspace": whose})


_MILLISECONDS = int(SERVER_SECONDS * 1000)
_BEGINS = (
    "SELECT set_config('app.workspace', %(workspace)s, true), set_config('synchronous_commit', 'on', true),"
    f" set_config('statement_timeout', '{_MILLISECONDS}', true),"
    f" set_config('idle_in_transaction_session_timeout', '{3 * _MILLISECONDS}', true)"
)


_ALIVE = {"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3, "tcp_user_timeout": 6_000}
"""For the kernel: a host that does not answer is gone after seconds, not hours."""


def _connect_patiently(
    _dialect: object, _record: object, arguments: Sequence[Any], named: dict[str, Any]
) -> object:
    """Connections that give up on a server which says nothing; imported here, since SQLite needs none of it."""
    from bot.decision_log.patience import PatientConnection

    return PatientConnection.connect(*arguments, **named)


def for_writing(engine: Engine) -> Engine:
    """The same engine, its transactions begun as those of a writer."""
    return engine.execution_options(writes=True)


def for_reading(engine: Engine) -> Engine:
    """The same engine, its transactions seeing the database as it was at one moment."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return engine
