"""One decision as a condition of SQL: its workspace, channel and number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Table, and_, bindparam

from bot.decision_log.records import Place


def key_of(workspace: str, place: Place) -> dict[str, Any]:
    """The values of the parameters of :func:`is_it`."""
    return {"the_workspace": workspace, "the_channel": place.channel, "the_number": place.number}


def is_it(table: Table) -> tuple[ColumnElement[bool], ...]:
    """That a row is the decision's of :func:`key_of`."""
    return (
        table.c.workspace_id == bindparam("the_workspace"),
        table.c.channel_id == bindparam("the_channel"),
        table.c.number == bindparam("the_number"),
    )


def same_place(one: FromClause, other: FromClause) -> ColumnElement[bool]:
    """That two rows are of the same decision."""
    return and_(*(one.c[key] == other.c[key] for key in ("workspace_id", "channel_id", "number")))


def one_of(table: Table) -> tuple[ColumnElement[bool], ...]:
    """That a row is of one of the decisions of a channel that :func:`by_channel` names."""
    return (
        table.c.channel_id == bindparam("the_channel"),
        table.c.number.in_(bindparam("the_numbers", expanding=True)),
    )


def by_channel(places: Iterable[Place]) -> Iterator[dict[str, Any]]:
    """The values of the parameters of :func:`one_of`, a channel after the other.

    SQLite looks up no rows by pairs of a channel and a number.
    """
    numbers: dict[str, list[int]] = {}
    for place in places:
        numbers.setdefault(place.channel, []).append(place.number)
    for channel, theirs in numbers.items():
        yield {"the_channel": channel, "the_numbers": theirs}


def row_of(workspace: str, place: Place) -> dict[str, Any]:
    """The same as columns of a new row."""
    return {"workspace_id": workspace, "channel_id": place.channel, "number": place.number}
