"""What is wanted of decisions as conditions of SQL, each built once and kept; the values come as parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    FromClause,
    Integer,
    Row,
    Select,
    UnaryExpression,
    and_,
    bindparam,
    cast,
    exists,
    func,
    literal_column,
    or_,
    select,
    tuple_,
)
from sqlalchemy.sql.operators import custom_op

from bot.decision_log import search
from bot.decision_log.columns import day_of
from bot.decision_log.places import one_of, same_place
from bot.decision_log.records import Consultation, Decision, Place
from bot.decision_log.rows import BEFORE, columns
from bot.decision_log.scope import Kind, Scope, within
from bot.decision_log.tables import (
    advice,
    check_in_dates,
    consultations,
    cost_of,
    decision_words,
    decisions,
    links,
    outcomes,
    reviews,
    settings,
)
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
assert [column.name for column in DECISION] == [
    *(field.name for field in fields(Decision)[:BEFORE]),
    *("outcome", "due_at", "cost", "withdrawn_by_id", "withdrawn_at", "withdrawn_why"),
]
CONSULTATION = columns(Consultation, consultations)
Order = Literal["day", "newest", "cost"]
"""``day``: of a channel, the newest day first and of a day the last number; ``newest``: of several, by the moment."""


def parts(order: Order, table: FromClause = decisions) -> tuple[ColumnElement[Any], ...]:
    """What is sorted by, all of it downwards; together they tell any two decisions apart."""
    if order == "day":
        return (table.c.day, table.c.number)
    newest = (table.c.at, table.c.channel_id, table.c.number)
    return newest if order == "newest" else (cost_of(table), *newest)


def parameters(scope: Scope, wanted: Wanted, dialect: str, channels: Sequence[str]) -> dict[str, Any]:
    """The values of what is wanted; their names tell which conditions there are.

    ``channels``: all those in the scope, if words are looked for by an index.
    """
    told = [one for one in wanted.outcomes if one != "none"]
    is_any = len(told) < len(wanted.outcomes)
    each = (
        *(("verdicts", wanted.verdicts), ("statuses", wanted.statuses), ("by", wanted.by)),
        ("outcomes", () if is_any else told),
    )
    named: dict[str, Any] = {
        f"{name}_{at}": value for name, values in each if values for at, value in enumerate(values)
    }
    if is_any:
        named["or_none"] = told
    if wanted.since:
        named["since"] = wanted.since
    if wanted.until:
        named["until"] = wanted.until
    if wanted.due is not None:
        named["due" if wanted.due else "not_due"] = wanted.now
    if wanted.sought is not None:
        named |= search.match(dialect, scope, wanted.sought, channels) | search.literally(wanted.sought)
    return named


def shape_of(named: Mapping[str, Any]) -> Shape:
    return frozenset(named)


def after(place: Place, order: Order) -> dict[str, Any]:
    """The value of a page's beginning: what comes after this place in the order."""
    number = max(0, min(place.number, HIGHEST_NUMBER))
    return {"before": number} | ({} if order == "day" else {"before_channel": place.channel})


def unindexed(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The column so that SQLite looks up no rows by it."""
    return UnaryExpression(column, operator=custom_op("+"), type_=column.type)


def _one_of(names: Sequence[str], column: ColumnElement[Any], *, looks_up: bool) -> ColumnElement[bool]:
    asked = column if looks_up else unindexed(column)
    values = [bindparam(name, type_=column.type) for name in names]
    return asked.in_(values) if len(values) > 1 else asked == values[0]


def _moment(name: str) -> Any:
    return bindparam(name, type_=decisions.c.at.type)


def _is_due(name: str) -> ColumnElement[bool]:
    due: ColumnElement[bool] = decisions.c.due_at <= _moment(name)
    return due & decisions.c.outcome.is_(None) & decisions.c.status.in_(STANDING)


def _is_not_due(name: str) -> ColumnElement[bool]:
    later = or_(decisions.c.due_at.is_(None), decisions.c.due_at > _moment(name))
    return or_(later, decisions.c.outcome.is_not(None), decisions.c.status.not_in(STANDING))


_COLUMNS: Mapping[str, ColumnElement[Any]] = MappingProxyType(
    {
        "by": decisions.c.by_id,
        "outcomes": decisions.c.asked,
        "verdicts": decisions.c.chosen,
        "statuses": decisions.c.status,
    }
)
_CONDITIONS: Mapping[str, Callable[[str], ColumnElement[bool]]] = MappingProxyType(
    {
        "or_none": lambda name: or_(
            decisions.c.outcome.is_(None), decisions.c.asked.in_(bindparam(name, expanding=True))
        ),
        "due": _is_due,
        "not_due": _is_not_due,
    }
)


def conditions(shape: Shape, dialect: str) -> list[ColumnElement[bool]]:
    """All conditions of a shape but those that are words. SQLite would look up by time what is read in its order."""
    found = [condition(name) for name, condition in _CONDITIONS.items() if name in shape]
    at = unindexed(decisions.c.at) if dialect == "sqlite" else decisions.c.at
    day = decisions.c.day  # by which a channel's are looked up
    found += [day >= day_of(_moment("since")), at >= _moment("since")] if "since" in shape else []
    found += [day <= day_of(_moment("until")), at < _moment("until")] if "until" in shape else []
    # By one value rows are looked up in their order; of several, SQLite would sort all that there are. And it does
    # not know which of two filters leaves less: the first of these.
    named = {name: sorted(key for key in shape if key.startswith(f"{name}_")) for name in _COLUMNS}
    looked_up = next((keys for keys in named.values() if len(keys) == 1), None)
    for name, keys in named.items():
        looks_up = dialect != "sqlite" or keys is looked_up
        found += [_one_of(keys, _COLUMNS[name], looks_up=looks_up)] if keys else []
    return found


def where(kind: Kind, shape: Shape, dialect: str) -> ColumnElement[bool]:
    """The scope and all conditions of a shape."""
    inside = and_(within(kind, decisions), *conditions(shape, dialect))
    if "match" not in shape:
        return inside
    if kind == "person":  # who took part in some hundreds
        says = select(search.has_words(literal_names(shape), dialect))
        said: ColumnElement[bool] = says.where(same_place(decision_words, decisions)).scalar_subquery()
        return inside & said
    place = tuple_(decisions.c.workspace_id, decisions.c.channel_id, decisions.c.number)
    return inside & place.in_(search.found(dialect))


def literal_names(shape: Shape) -> list[str]:
    """The names of the words of :func:`~bot.decision_log.search.literally` in a shape."""
    return [name for name in shape if name.startswith((search.HAS, search.LACKS))]


@cache
def listed(kind: Kind, shape: Shape, order: Order, dialect: str) -> Select[Columns]:
    """A page of decisions in an order, words aside; of one that begins somewhere, what comes after that place."""
    inside = [where(kind, shape, dialect)]
    if "before" in shape:
        inside.append(comes_after(kind, order))
    statement = select(*DECISION).where(*inside).order_by(*downwards(kind, order, dialect))
    return statement.limit(bindparam("most"))


@cache
def recorded(kind: Kind) -> Select[Columns]:
    """Decisions of a channel, their consultations with the newest advice, and whether anything was added to them."""
    mine: BindParameter[str] = bindparam("scope_workspace")
    its = (consultations.c.workspace_id == mine) & (consultations.c.id == decisions.c.consultation_id)
    newest = and_(
        advice.c.workspace_id == mine,
        advice.c.consultation_id == consultations.c.id,
        advice.c.seq == consultations.c.advice_given,
    )
    has_any = [exists().where(settings.c.workspace_id == mine).label("has_settings")]
    for table in (outcomes, links, check_in_dates, reviews):
        has_any.append(exists().where(same_place(table, decisions)).label(f"has_{table.name}"))
    statement = (
        select(*DECISION, *CONSULTATION, advice.c.advice, *has_any)
        .join(consultations, its)
        .outerjoin(advice, newest)
        .where(within(kind, decisions), *one_of(decisions))
    )
    return statement if kind == "workspace" else statement.where(consultations.c.status != "void")


def consultation_in(row: Row[Columns]) -> Mapping[str, Any]:
    """The consultation in a row of :func:`recorded`."""
    names = [column.name for column in CONSULTATION]
    return dict(zip(names, row[len(DECISION) :], strict=False))


@cache
def grouped(kind: Kind, shape: Shape, dialect: str) -> Select[Columns]:
    """How many decisions there are of each kind, for :class:`~bot.decision_log.records.Group`."""
    kinds = (decisions.c.recommended, decisions.c.chosen, decisions.c.status, decisions.c.outcome)
    is_theirs = dialect == "sqlite" and kind == "person"  # as in downwards()
    by = tuple(unindexed(column) for column in kinds) if is_theirs else kinds
    come = func.count().filter(decisions.c.due_at <= _moment("due_by"))
    counts = select(*kinds, func.count(), come).where(where(kind, shape, dialect))
    return counts.group_by(*by).order_by(*by)


@cache
def monthly(kind: Kind, shape: Shape, dialect: str) -> Select[Columns]:
    """How many decisions were made in each month (of UTC) for each verdict, from an index alone."""
    each: Any = decisions.c
    inside = where(kind, shape, dialect)
    if dialect == "sqlite":
        # Moments are kept as text; strftime takes ten times as long.
        month = func.substr(each.at, 1, 7).label("month")
        counts = select(month, each.chosen, func.count().label("number")).where(inside)
    else:  # by the day first, in the order in which an index has a channel's
        kinds = (each.chosen, each.day)
        each = select(*kinds, func.count().label("number")).where(inside).group_by(*kinds).subquery().c
        month = func.to_char(each.day, "YYYY-MM").label("month")
        counts = select(month, each.chosen, cast(func.sum(each.number), Integer).label("number"))
    kinds = (literal_column("month"), each.chosen)
    return counts.group_by(*kinds).order_by(*kinds)


def downwards(kind: Kind, order: Order, dialect: str) -> list[ColumnElement[Any]]:
    """The order of a page. Of a person both databases would go through everybody's decisions that are sorted so."""
    if kind != "person":
        return [part.desc() for part in parts(order)]
    if dialect == "sqlite":
        return [unindexed(part).desc() for part in parts(order)]
    return [func.coalesce(part, part).desc() for part in parts(order)]


def comes_after(kind: Kind, order: Order) -> ColumnElement[bool]:
    """That a decision comes after the place of :func:`after`; in a channel after that number, if it is gone."""
    there = decisions.alias("there")
    if order == "day":
        upto = within(kind, there) & (there.c.number <= bindparam("before"))
        its_day = select(there.c.day).where(upto).order_by(there.c.number.desc()).limit(1)
        day = its_day.scalar_subquery()
        is_later: ColumnElement[bool] = tuple_(*parts(order)) < tuple_(day, bindparam("before"))
        return and_(parts(order)[0] <= day, is_later)  # by the first SQLite looks rows up
    begin = select(*parts(order, there)).where(
        within(kind, there),
        there.c.channel_id == bindparam("before_channel"),
        there.c.number == bindparam("before"),
    )
    comes_after: ColumnElement[bool] = tuple_(*parts(order)) < begin.scalar_subquery()
    return comes_after
