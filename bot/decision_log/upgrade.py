"""Bring a database's tables up to date. Alembic is imported here, on use, and nowhere else."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from bot.decision_log.engine import for_writing, open_engine
from bot.decision_log.failures import CannotOpen, CouldNotSave, instead_of_database_errors
from bot.decision_log.log import Log

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

MIGRATIONS = Path(__file__).parent / "migrations"
TRIED_FOR_SECONDS = 60.0
"""For so long a change is tried again that has to wait for the app: it gives way, so that no request waits for it."""


def upgrade(target: Engine | str, revision: str = "head") -> None:
    """Apply the migrations that are missing, all or none; ``target`` is an engine or an address.

    Any number of processes may do so at once: one does the work, the others wait and find nothing left to do.
    Raises :class:`CannotOpen` for a database that a newer program made, and :class:`CouldNotSave`.
    """
    _migrate(target, "upgrade", revision)
    if revision == "head":
        _derive(target)


def migrations() -> list[str]:
    """The numbers of all migrations that this program knows, oldest first."""
    from alembic.script import ScriptDirectory

    return [script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()][::-1]


def downgrade(target: Engine | str, revision: str) -> None:
    """Take migrations back, down to ``revision`` (``base``: all of them, and all records with them)."""
    _migrate(target, "downgrade", revision)


def alembic_config(connection: Connection) -> Config:
    """Alembic's configuration for these migrations on this connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _derive(target: Engine | str) -> None:
    """Let decisions be found that come from a time before there were words to find them by."""
    engine = open_engine(target, connections=1) if isinstance(target, str) else target
    log = Log(engine)
    try:
        for workspace in log.workspaces():
            with log.writing(workspace) as tx:
                tx.derive_missing(workspace)
    finally:
        if isinstance(target, str):
            engine.dispose()


def _migrate(target: Engine | str, direction: str, revision: str) -> None:
    engine = open_engine(target, connections=1) if isinstance(target, str) else target
    until = time.monotonic() + TRIED_FOR_SECONDS
    try:
        while not _is_done(engine, direction, revision, is_last=time.monotonic() > until):
            time.sleep(1)
    finally:
        if isinstance(target, str):
            engine.dispose()


def _is_done(engine: Engine, direction: str, revision: str, *, is_last: bool) -> bool:
    """Migrate; ``False``: nothing was changed, since the app was using a table all the time."""
    from alembic import command
    from alembic.util import CommandError

    try:
        with instead_of_database_errors(CouldNotSave), for_writing(engine).begin() as connection:
            getattr(command, direction)(alembic_config(connection), revision)
    except CommandError as error:
        raise CannotOpen(
            f"The database is at a version that this program does not know ({error})."
        ) from error
    except CouldNotSave as failed:
        if failed.why != "locked" or engine.dialect.name != "postgresql" or is_last:
            raise
        return False
    return True
