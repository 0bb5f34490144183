"""What is to be done later: a consultation of which Slack must be told something, and whom to ask how it turned out."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Insert, bindparam, case, literal, select
from sqlalchemy.sql.dml import ReturningInsert

from bot.decision_log.tables import check_ins, consultations, outbox, reviewed
from bot.decision_log.transaction import upsert


@cache
def touched(dialect: str) -> Insert:
    """Adds or touches the row of one consultation."""
    channel = select(consultations.c.channel_id).where(
        consultations.c.workspace_id == bindparam("new_workspace"),
        consultations.c.id == bindparam("new_consultation"),
    )
    row = upsert(dialect)(outbox).values(
        workspace_id=bindparam("new_workspace"),
        consultation_id=bindparam("new_consultation"),
        channel_id=channel.scalar_subquery(),
        due_at=bindparam("new_due_at"),
        since=bindparam("new_due_at"),
        attempts=0,
        lease_until=None,
        generation=1,
    )
    return _or_again(row)


@cache
def undecided_touched(dialect: str) -> ReturningInsert[Any]:
    """Adds or touches the rows of all consultations of a workspace that are not decided; which ones."""
    due_at = bindparam("new_due_at", type_=outbox.c.due_at.type)
    undecided = select(
        consultations.c.workspace_id,
        consultations.c.id,
        consultations.c.channel_id,
        due_at,
        due_at,
        literal(0),
        literal(1),
    ).where(
        consultations.c.workspace_id == bindparam("scope_workspace"),
        consultations.c.status.in_(("open", "advised", "set_aside")),
    )
    columns = ["workspace_id", "consultation_id", "channel_id", "due_at", "since", "attempts", "generation"]
    again = _or_again(upsert(dialect)(outbox).from_select(columns, undecided))
    which: ReturningInsert[Any] = again.returning(outbox.c.consultation_id)
    return which


@cache
def asked_at(dialect: str) -> Insert:
    """Asks how a decision turned out at this time, in place of any other."""
    row = upsert(dialect)(check_ins).values(
        workspace_id=bindparam("ask_workspace"),
        consultation_id=bindparam("ask_consultation"),
        due_at=bindparam("ask_at"),
    )
    asked: Insert = row.on_conflict_do_update(
        index_elements=["workspace_id", "consultation_id"], set_={"due_at": row.excluded.due_at}
    )
    return asked


@cache
def has_decisions(dialect: str) -> Insert:
    """Notes that a workspace has decisions, none of which was looked at again yet."""
    row = upsert(dialect)(reviewed).values(
        workspace_id=bindparam("whose"), versions="", at=bindparam("new_at")
    )
    noted: Insert = row.on_conflict_do_nothing(index_elements=["workspace_id"])
    return noted


def _or_again(row: Any) -> Insert:
    """The same row of the outbox, added or touched once more."""
    earliest = case((outbox.c.due_at < row.excluded.due_at, outbox.c.due_at), else_=row.excluded.due_at)
    again: Insert = row.on_conflict_do_update(
        index_elements=["workspace_id", "consultation_id"],
        # The lease stays: one consultation is sent by one sender at a time. What failed before may well work
        # for the new edit, so the attempts begin anew.
        set_={"due_at": earliest, "attempts": 0, "generation": outbox.c.generation + 1},
    )
    return again
