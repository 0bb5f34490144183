"""The column types: what every text, JSON value and time goes through on its way in and out."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Date, DateTime, Dialect, Integer, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateColumn
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""PostgreSQL refuses NUL; a surrogate without its other half is no character and has no UTF-8."""


def storable(text: str) -> str:
    """The text without what no database takes: NUL and lone surrogates."""
    return _UNSTORABLE.sub("", text)


def storable_json(value: Any) -> Any:
    """The JSON value with every text in it made :func:`storable`, keys included."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(key): storable_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable_json(item) for item in value]
    return value


class Words(TypeDecorator[str]):
    """Text of any length."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else storable(value)


class Json(TypeDecorator[Any]):
    """A JSON value, kept as it was: keys in their order, numbers as written. ``None`` is JSON's null."""

    impl = JSON
    cache_ok = True
    should_evaluate_none = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return storable_json(value)


class UtcTime(TypeDecorator[datetime]):
    """A moment, to the microsecond: aware in Python, ``timestamptz`` in PostgreSQL, UTC text in SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        """As the database told it, read in one step: a page of decisions has dozens."""
        if dialect.name == "sqlite":
            return lambda told: None if told is None else datetime.fromisoformat(f"{told}+00:00")
        return lambda told: None if told is None else told.astimezone(UTC)


Day = Text().with_variant(Date(), "postgresql")
"""A day (of UTC), to be sorted and compared by in the database alone."""


@compiles(CreateColumn, "sqlite")
def _worked_out_when_read(element: CreateColumn, compiler: Any, **how: Any) -> str:
    """SQLite adds no other computed columns to a table, and needs to keep none: it keeps the indexes on them."""
    written = str(compiler.visit_create_column(element, **how))
    return written.replace(" STORED", " VIRTUAL") if element.element.computed is not None else written


class day_of(FunctionElement[str]):  # noqa: N801 - it is written as a function is
    """The day of a moment (of UTC)."""

    name = "day_of"
    type = Text()
    inherit_cache = True


@compiles(day_of, "sqlite")
def _day_of_a_text(element: day_of, compiler: Any, **how: Any) -> str:
    return f"substr({compiler.process(element.clauses, **how)}, 1, 10)"


@compiles(day_of, "postgresql")
def _day_of_a_moment(element: day_of, compiler: Any, **how: Any) -> str:
    return f"CAST(timezone('UTC', {compiler.process(element.clauses, **how)}) AS DATE)"


class one_of_these(FunctionElement[int]):  # noqa: N801 - it is written as a function is
    """Whether a column's value is among those of a subquery, which are found first, however many are expected."""

    name = "one_of_these"
    type = Integer()  # of a truth SQLite would be asked whether it is 1, and look up no rows by it
    inherit_cache = True


@compiles(one_of_these, "sqlite")
def _in_a_list(element: one_of_these, compiler: Any, **how: Any) -> str:
    column, found = (compiler.process(one, **how) for one in element.clauses)
    return f"{column} IN {found}"


@compiles(one_of_these, "postgresql")
def _in_an_array(element: one_of_these, compiler: Any, **how: Any) -> str:
    column, found = (compiler.process(one, **how) for one in element.clauses)
    return f"{column} = ANY (ARRAY {found})"
