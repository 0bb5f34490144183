"""One process on one SQLite file: two would send everything twice. The operating system keeps the lock, and ends it."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.decision_log.failures import CannotOpen

WAIT_SECONDS = 3.0
"""How long the one before may take to end."""


@dataclass(frozen=True, slots=True)
class Alone:
    """The right to be the only process on a file, until it is released or the process ends, however it ends."""

    _lock: int

    def release(self) -> None:
        """Let another process begin. Doing so twice does no harm."""
        with contextlib.suppress(OSError):
            os.close(self._lock)


def only_process(url: str, *, seconds: float = WAIT_SECONDS) -> Alone | None:
    """Become the only process on the file of this database; ``None`` for a server, which any number may use.

    Raises :class:`CannotOpen` while another is.
    """
    file = _file(url)
    if file is None or sys.platform == "win32":
        return None
    try:
        lock = os.open(file.with_name(file.name + "-process"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:
        return None  # opening the database says better what is wrong there
    deadline = time.monotonic() + seconds
    while not _is_mine(lock):
        if time.monotonic() > deadline:
            other = os.read(lock, 20).decode("ascii", "replace").strip()
            os.close(lock)
            who = f" (process {other})" if other.isdigit() else ""
            raise CannotOpen(
                f"another tune-or-prompt{who} is at work on {file}. Stop it first, or use PostgreSQL for several."
            )
        time.sleep(0.05)
    os.ftruncate(lock, 0)
    os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)
    return Alone(lock)


def _is_mine(lock: int) -> bool:
    import fcntl

    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _file(url: str) -> Path | None:
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        return None
    if address.get_backend_name() != "sqlite" or not address.database or address.database.startswith("file:"):
        return None
    return Path(address.database).resolve()
