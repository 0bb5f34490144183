"""Statements compiled once for all databases of a process.

SQLAlchemy keeps what it compiled with each engine. The app has one; a test run has a thousand, and compiling the same
statements for each of them was a sixth of its time.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

DIALECTS = (SQLiteDialect_pysqlite, PGDialect_psycopg)
MOST = 4_000


def compile_once() -> None:
    """From here on, engines of one dialect share what was compiled."""
    shared: LRUCache[Any, Any] = LRUCache(MOST)

    @event.listens_for(Engine, "engine_connect")
    def connected(connection: Connection) -> None:
        if isinstance(connection.dialect, DIALECTS):
            connection.engine._compiled_cache = shared

    for dialect in DIALECTS:
        dialect.__eq__ = lambda one, other: type(one) is type(other)
        dialect.__hash__ = lambda one: hash(type(one))
