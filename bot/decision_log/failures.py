"""The ways in which a database does not do what is asked of it. Callers meet these, and never the driver's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Literal

from sqlalchemy.exc import (
    DatabaseError,
    DataError,
    IntegrityError,
    InterfaceError,
    NotSupportedError,
    ProgrammingError,
)
from sqlalchemy.exc import TimeoutError as NoConnectionFree

UNDEFINED_TABLE = "42P01"
"""PostgreSQL's code for a table that is not there."""

_INSUFFICIENT_PRIVILEGE = "42501"


class CannotOpen(Exception):
    """There is no such database for this program; the message is one sentence for whoever runs it."""


Why = Literal["full", "read_only", "locked", "gone", "busy", "unreachable", "failed"]
"""What is the matter with a database. ``gone``: its file is not there. ``busy``: no connection is free."""

IN_WORDS: Mapping[Why, str] = {
    "full": "the database cannot be written: its disk is full",
    "read_only": "the database cannot be written: it is read-only",
    "locked": "the database is locked by another process",
    "gone": "the file of the database cannot be opened: put it back if it was moved",
    "busy": "the database has no connection free",
    "unreachable": "the database cannot be reached",
    "failed": "the database fails; the log has the reason",
}
"""What is the matter, for whoever runs the app."""

_SAID: Mapping[Why, tuple[str, ...]] = {
    "busy": ("too many clients", "remaining connection slots", "too many connections", "queuepool limit"),
    "unreachable": (
        "connection to server", "connection is bad", "connection refused", "server closed", "connection is lost",
        "failed to resolve host", "name or service not known", "no route to host", "network is unreachable",
        "shutting down", "starting up", "terminating connection", "timeout expired", "connection is closed",
    ),
    "full": ("disk is full", "no space left", "could not extend file"),
    "read_only": ("readonly", "read-only", "permission denied"),
    "locked": ("is locked", "lock timeout"),
    "gone": ("unable to open database file", "file of the database is gone"),
}  # fmt: skip
"""What the drivers say, the more telling words first."""


class _Failed(Exception):
    """The database failed; ``why`` is in what way."""

    def __init__(self, said: str, why: Why | None = None) -> None:
        super().__init__(said)
        self.why: Why = why or _why(said)


class CouldNotSave(_Failed):
    """The database would not take it: full, read-only, locked, gone. Nothing was stored; try again."""


class CouldNotRead(_Failed):
    """The database could not be read. Try again."""


def _why(said: str) -> Why:
    text = said.casefold()
    return next((why for why, signs in _SAID.items() if any(sign in text for sign in signs)), "failed")


@contextmanager
def instead_of_database_errors(told: type[CouldNotSave] | type[CouldNotRead]) -> Iterator[None]:
    """Raises ``told`` where the database failed us. Where we failed it, that is a bug and goes through."""
    try:
        yield
    except (DatabaseError, InterfaceError, NoConnectionFree) as error:
        if _is_our_mistake(error):
            raise
        raise told(str(getattr(error, "orig", None) or error)) from error


def _is_our_mistake(error: Exception) -> bool:
    if sqlstate(error) in (_INSUFFICIENT_PRIVILEGE, UNDEFINED_TABLE):
        return False  # the driver calls them programming errors, but somebody set the database up like that
    return isinstance(error, IntegrityError | ProgrammingError | DataError | NotSupportedError)


def sqlstate(error: Exception) -> str | None:
    """The code that PostgreSQL gave an error, if it did."""
    code = getattr(getattr(error, "orig", None), "sqlstate", None)
    return code if isinstance(code, str) else None


class NotInScope(LookupError):
    """Something was to be written to what is not there for this scope. Look it up first: this is a bug."""


class AlreadyDecided(ValueError):
    """A consultation is decided once. :meth:`Writing.advance` tells who was quicker; not asking is a bug."""
