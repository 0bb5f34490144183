"""The ways in which a database does not do what is asked of it. Callers meet these, and never the driver's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

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


class CouldNotSave(Exception):
    """The database would not take it: full, read-only, locked, gone. Nothing was stored; try again."""


class CouldNotRead(Exception):
    """The database could not be read. Try again."""


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
