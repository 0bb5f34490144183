"""From rows to records: by name, so that neither the order of columns nor that of fields matters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import fields
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Result, Row, Table

from bot.decision_log.records import REACHED, Decision, Place, Withdrawal

Record = TypeVar("Record")
Key = TypeVar("Key")


def columns(record: type[Any], table: Table) -> tuple[ColumnElement[Any], ...]:
    """The columns of a table that fill a record, named as its fields are; that of ``by`` may be called ``by_id``.

    A field without a column has to be filled by hand.
    """
    found = (
        (field.name, table.c.get(field.name, table.c.get(f"{field.name}_id"))) for field in fields(record)
    )
    return tuple(column.label(name) for name, column in found if column is not None)


def records(record: type[Record], result: Result[*tuple[Any, ...]]) -> list[Record]:
    """A record of each row."""
    values = _by_name(record, result)
    return [record(*values(row)) for row in result]


def by(
    of: Callable[[Any], Key], record: type[Record], result: Result[*tuple[Any, ...]]
) -> Mapping[Key, list[Record]]:
    """A record of each row, under what it is of: :func:`its_consultation`, or :func:`its_place`."""
    values = _by_name(record, result)
    found: dict[Key, list[Record]] = defaultdict(list)
    for row in result:
        found[of(row)].append(record(*values(row)))
    return found


def its_consultation(row: Any) -> str:
    """The consultation that a row is of."""
    return str(row.consultation_id)


def its_place(row: Any) -> Place:
    """The decision that a row is of."""
    return Place(row.channel_id, row.number)


def _by_name(
    record: type[Any], result: Result[*tuple[Any, ...]]
) -> Callable[[Row[*tuple[Any, ...]]], tuple[Any, ...]]:
    """What takes a record's fields out of a row. Looked up once a result, since rows come by the hundred."""
    names = list(result.keys())
    return itemgetter(*(names.index(field.name) for field in fields(record)))


def as_decision(row: Row[*tuple[Any, ...]]) -> Decision:
    """The decision in a row that begins with :data:`~bot.decision_log.conditions.DECISION`'s columns."""
    outcome, due_at, cost, by, at, why = row[BEFORE : BEFORE + 6]
    gone = None if by is None else Withdrawal(by, at, why)
    is_reached = outcome == REACHED
    return _MADE(*row[:BEFORE], gone, "missed" if is_reached else outcome, due_at, cost, is_reached)


BEFORE = [field.name for field in fields(Decision)].index("withdrawn")
"""How many columns of a row are the fields of a decision as they are, in their order."""
_MADE: Callable[..., Decision] = Decision
