"""One transaction, and what its database speaks."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from bot.decision_log.engine import schema_serves


class Transaction:
    """What reading and writing share. Get one from :class:`bot.decision_log.log.Log`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def finds_its_tables(self) -> bool:
        """Whether the database has the tables that this program can work on."""
        return schema_serves(self._connection)

    @property
    def _dialect(self) -> str:
        return self._connection.dialect.name


def upsert(dialect: str) -> Any:
    """``insert`` as the dialect has it, with ``on_conflict_do_update``; both spell it alike."""
    # Imported where it is used: the one that is not would cost the start some 50 ms.
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert
    from sqlalchemy.dialects import sqlite

    return sqlite.insert
