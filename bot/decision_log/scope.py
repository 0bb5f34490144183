"""Who is asking. Every query takes a scope first, and this is the one place that turns a scope into SQL."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, FromClause, Select, bindparam, select, union

from bot.decision_log.columns import one_of_these
from bot.decision_log.tables import answers, consultations, decisions

Kind = Literal["workspace", "channel", "person"]


@dataclass(frozen=True, slots=True)
class Scope:
    """What may be seen: one channel's records, or those in which one person took part.

    Build it with :meth:`of_channel` or :meth:`of_person`. :meth:`of_workspace` sees a whole workspace and is
    for the outbox and the serving edge alone, which act for the app and not for somebody who asks.
    """

    workspace: str
    channel: str | None = None
    person: str | None = None

    def __post_init__(self) -> None:
        if not self.workspace:
            raise ValueError("a scope needs a workspace")
        if self.channel == "" or self.person == "":
            raise ValueError("a scope's channel or person cannot be empty")
        if self.channel is not None and self.person is not None:
            raise ValueError("a scope is of a channel or of a person, not of both")

    @classmethod
    def of_channel(cls, workspace: str, channel: str) -> Scope:
        """What everybody in this channel may see."""
        if not channel:
            raise ValueError("this scope needs a channel")
        return cls(workspace, channel=channel)

    @classmethod
    def of_person(cls, workspace: str, person: str) -> Scope:
        """The consultations in which this person took part: asked, answered, or decided."""
        if not person:
            raise ValueError("this scope needs a person")
        return cls(workspace, person=person)

    @classmethod
    def of_workspace(cls, workspace: str) -> Scope:
        """Everything in a workspace. For the outbox and the serving edge; never for an answer to somebody."""
        return cls(workspace)

    @property
    def kind(self) -> Kind:
        if self.channel is not None:
            return "channel"
        return "person" if self.person is not None else "workspace"

    @property
    def parameters(self) -> dict[str, str]:
        """The values of the parameters that :func:`within` puts into a statement."""
        if self.channel is not None:
            return {"scope_workspace": self.workspace, "scope_channel": self.channel}
        if self.person is not None:
            return {"scope_workspace": self.workspace, "scope_person": self.person}
        return {"scope_workspace": self.workspace}


def _as_it_is(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return column


def within(
    kind: Kind,
    table: FromClause,
    spelled: Callable[[ColumnElement[Any]], ColumnElement[Any]] = _as_it_is,
) -> ColumnElement[bool]:
    """The condition that a row of consultations or decisions is inside a scope of this kind.

    ``spelled``: how a column is written in it, for a database that would look rows up by it where it should not.

    PostgreSQL's row-level security enforces the workspace a second time: see :mod:`bot.decision_log.guards`.
    """
    inside: ColumnElement[bool] = spelled(table.c.workspace_id) == bindparam("scope_workspace")
    if kind == "channel":
        return inside & (spelled(table.c.channel_id) == bindparam("scope_channel"))
    if kind == "person":
        id_ = table.c.id if table is consultations else table.c.consultation_id
        return inside & one_of_these(spelled(id_), _took_part().scalar_subquery())
    return inside


def _took_part() -> Select[tuple[str]]:
    """The ids of the consultations in which the scope's person asked, answered or decided."""
    whose: Mapping[ColumnElement[str], ColumnElement[str]] = {
        consultations.c.id: consultations.c.asker_id,
        answers.c.consultation_id: answers.c.author_id,
        decisions.c.consultation_id: decisions.c.by_id,
    }
    part = union(
        *(
            select(id_.label("id")).where(
                id_.table.c.workspace_id == bindparam("scope_workspace"), who == bindparam("scope_person")
            )
            for id_, who in whose.items()
        )
    ).subquery("took_part")
    return select(part.c.id)
