"""A copy of the log as it is at one moment, made while it is used."""

from __future__ import annotations

import os
import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from bot.decision_log.engine import BUSY_SECONDS
from bot.decision_log.failures import CannotOpen, CouldNotSave

SUPERUSER = "SUPERUSER"
"""Stands for a role that row-level security does not bind: neither the app's nor the owner's copies all rows."""


class NotOurs(Exception):
    """A server has a program of its own for that; ``args[0]`` is the command, without a password."""


def back_up(url: str, copy: Path) -> int:
    """Copy an SQLite log to a file that only its owner may read; its size in bytes.

    The copy is whole and needs no write-ahead log beside it. Raises :class:`NotOurs` for a server, :class:`CannotOpen`
    when there is no log or the copy is there already, and :class:`CouldNotSave`.
    """
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        named = address.set(drivername="postgresql", username=SUPERUSER)._replace(password=None)
        safe = named.render_as_string(hide_password=False)
        raise NotOurs(shlex.join(["pg_dump", "--format=custom", f"--file={copy}", safe]))
    log = Path(address.database or "").absolute()
    if not log.is_file():
        raise CannotOpen(f"there is no file {log}")
    if copy.exists():
        raise CannotOpen(f"{copy} is there already, and is left alone")
    try:
        with closing(
            sqlite3.connect(f"{log.as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)
        ) as connection:
            os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            connection.execute("VACUUM INTO ?", (str(copy),))
    except sqlite3.Error as error:
        copy.unlink(missing_ok=True)
        raise CouldNotSave(str(error)) from error
    return copy.stat().st_size
