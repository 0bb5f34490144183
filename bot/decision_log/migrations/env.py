"""How Alembic runs the migrations: on the connection it is given, in its one transaction, under a lock."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, text

from bot.decision_log.tables import metadata

_LOCK = 0x746F70_6C6F67
"""Any number that everybody who migrates this log agrees on."""


def _take_turns(connection: Connection) -> None:
    # Several processes may start at once. On SQLite the transaction began as a writer's: that is a lock.
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL statement_timeout = '10min'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        # Whoever waits for a table keeps everybody behind them waiting: rather give up, and try again. And a deadlock
        # would end one of two at random after a second.
        connection.execute(text("SET LOCAL lock_timeout = '500ms'"))


def _run(connection: Connection) -> None:
    _take_turns(connection)
    context.configure(
        connection=connection,
        target_metadata=metadata,
        compare_type=True,
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


_run(context.config.attributes["connection"])
