"""One decision as a condition of SQL: its workspace, channel and number."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Table, bindparam

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


def row_of(workspace: str, place: Place) -> dict[str, Any]:
    """The same as columns of a new row."""
    return {"workspace_id": workspace, "channel_id": place.channel, "number": place.number}
