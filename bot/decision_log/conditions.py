"""What is wanted of decisions as conditions of SQL, each built once and kept; the values come as parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from sqlalchemy import ColumnElement, FromClause, Select, bindparam, func, or_, select, tuple_

from bot.decision_log import search
from bot.decision_log.records import Decision, Place
from bot.decision_log.rows import columns
from bot.decision_log.scope import Kind, Scope, within
from bot.decision_log.tables import decisions
from bot.decision_log.wanted import STANDING, Wanted

HIGHEST_NUMBER = 2**31 - 1
"""No decision has a higher number: the column ends there."""

Columns = tuple[Any, ...]
Shape = frozenset[str]
"""Which conditions a statement has."""

DECISION = (
    *columns(Decision, decisions),
    decisions.c.withdrawn_by_id,
    decisions.c.withdrawn_at,
    decisions.c.withdrawn_why,
)
Order = Literal["number", "newest", "cost"]


def _parts(order: Order, table: FromClause = decisions) -> tuple[ColumnElement[Any], ...]:
    """What is sorted by, all of it downwards; together they tell any two decisions apart."""
    if order == "number":
        return (table.c.number,)
    newest = (table.c.at, table.c.channel_id, table.c.number)
    return newest if order == "newest" else (func.coalesce(table.c.cost, -1.0), *newest)


def parameters(scope: Scope, wanted: Wanted, dialect: str) -> dict[str, Any]:
    """The values of what is wanted; their names tell :func:`listed` which conditions there are."""
    given: dict[str, Any] = {
        "verdicts": list(wanted.verdicts),
        "statuses": list(wanted.statuses),
        "by": list(wanted.by),
        "outcomes": [one for one in wanted.outcomes if one != "none"],
        "since": wanted.since,
        "until": wanted.until,
    }
    named = {name: value for name, value in given.items() if value}
    if "none" in wanted.outcomes:
        named["or_none"] = named.pop("outcomes", [])
    if wanted.due is not None:
        named["due" if wanted.due else "not_due"] = wanted.now
    if wanted.sought is not None:
        named |= search.match(dialect, scope, wanted.sought)
    return named


def shape_of(named: Mapping[str, Any]) -> Shape:
    return frozenset(named)


def after(place: Place, order: Order) -> dict[str, Any]:
    """The value of a page's beginning: what comes after this place in the order."""
    number = max(0, min(place.number, HIGHEST_NUMBER))
    return {"before": number} | ({} if order == "number" else {"before_channel": place.channel})


def _several(name: str, column: ColumnElement[Any]) -> ColumnElement[bool]:
    return column.in_(bindparam(name, expanding=True))


def _moment(name: str) -> Any:
    return bindparam(name, type_=decisions.c.at.type)


def _is_due(name: str) -> ColumnElement[bool]:
    due: ColumnElement[bool] = decisions.c.due_at <= _moment(name)
    return due & decisions.c.outcome.is_(None) & decisions.c.status.in_(STANDING)


def _is_not_due(name: str) -> ColumnElement[bool]:
    later = or_(decisions.c.due_at.is_(None), decisions.c.due_at > _moment(name))
    return or_(later, decisions.c.outcome.is_not(None), decisions.c.status.not_in(STANDING))


_CONDITIONS: Mapping[str, Callable[[str], ColumnElement[bool]]] = MappingProxyType(
    {
        "verdicts": lambda name: _several(name, decisions.c.chosen),
        "statuses": lambda name: _several(name, decisions.c.status),
        "by": lambda name: _several(name, decisions.c.by_id),
        "outcomes": lambda name: _several(name, decisions.c.outcome),
        "or_none": lambda name: decisions.c.outcome.is_(None) | _several(name, decisions.c.outcome),
        "since": lambda name: decisions.c.at >= _moment(name),
        "until": lambda name: decisions.c.at < _moment(name),
        "due": _is_due,
        "not_due": _is_not_due,
    }
)


def where(kind: Kind, shape: Shape, dialect: str) -> ColumnElement[bool]:
    """The scope and all conditions of a shape."""
    inside = within(kind, decisions)
    for name, condition in _CONDITIONS.items():
        if name in shape:
            inside = inside & condition(name)
    if "match" in shape:
        inside &= tuple_(decisions.c.channel_id, decisions.c.number).in_(search.found(dialect))
    return inside


@cache
def listed(kind: Kind, shape: Shape, order: Order, dialect: str) -> Select[Columns]:
    """A page of decisions in an order; of a page that begins somewhere, what comes after that place."""
    statement = select(*DECISION).where(where(kind, shape, dialect))
    if "before" in shape:
        statement = statement.where(_comes_after(kind, order))
    return statement.order_by(*(part.desc() for part in _parts(order))).limit(bindparam("most"))


@cache
def grouped(kind: Kind, shape: Shape, dialect: str) -> Select[Columns]:
    """How many decisions there are of each kind, for :class:`~bot.decision_log.records.Group`."""
    kinds = (decisions.c.recommended, decisions.c.chosen, decisions.c.status, decisions.c.outcome)
    return select(*kinds, func.count()).where(where(kind, shape, dialect)).group_by(*kinds).order_by(*kinds)


@cache
def monthly(kind: Kind, shape: Shape, dialect: str) -> Select[Columns]:
    """How many decisions were made in each month (of UTC) for each verdict."""
    if dialect == "sqlite":
        month = func.strftime("%Y-%m", decisions.c.at)
    else:
        month = func.to_char(func.timezone("UTC", decisions.c.at), "YYYY-MM")
    kinds = (month.label("month"), decisions.c.chosen)
    counts = select(*kinds, func.count().label("number")).where(where(kind, shape, dialect))
    return counts.group_by(*kinds).order_by(*kinds)


def _comes_after(kind: Kind, order: Order) -> ColumnElement[bool]:
    if order == "number":
        return decisions.c.number < bindparam("before")
    there = decisions.alias("there")
    begin = select(*_parts(order, there)).where(
        within(kind, there),
        there.c.channel_id == bindparam("before_channel"),
        there.c.number == bindparam("before"),
    )
    comes_after: ColumnElement[bool] = tuple_(*_parts(order)) < begin.scalar_subquery()
    return comes_after
