"""The newest decisions that have some words, found in one of several ways.

A word that many have is soon found by looking at the newest decisions one by one; a word that few have, by the index.
Neither way is quick for both, and PostgreSQL does not know beforehand which of them a word is. SQLite's index can be
read in the order of a channel, and is quick for both; only for other orders it is asked as PostgreSQL is.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, bindparam, func, select, union_all

from bot.decision_log import search
from bot.decision_log.columns import one_of_these
from bot.decision_log.conditions import (
    DECISION,
    Columns,
    Order,
    Shape,
    comes_after,
    conditions,
    downwards,
    literal_names,
    parts,
    unindexed,
)
from bot.decision_log.places import same_place
from bot.decision_log.scope import Kind, within
from bot.decision_log.tables import decision_words, decisions

LOOKED_AT = 400
"""So many of the newest decisions are looked at one by one before the index is asked."""
ALL_OF_A_PERSON = 100_000
"""More than one person takes part in; without a limit SQLite would begin with everybody's."""


@cache
def of_channel(shape: Shape, order: Order, dialect: str) -> Select[Columns]:
    """The first page of a channel: of the ``looked_at`` decisions that come first, or by the index.

    The index is asked if fewer of them have the words than a page takes.
    """
    inside = and_(within("channel", decisions), *conditions(shape, dialect))
    numbers = select(decisions.c.number).where(inside)
    newest = numbers.order_by(*downwards("channel", order, dialect)).limit(bindparam("looked_at"))
    theirs = within("channel", decision_words) & _among(decision_words, newest)
    says = search.has_words(literal_names(shape), dialect)
    near = select(decision_words.c.number).where(theirs, says).cte("near").prefix_with("MATERIALIZED")
    have = select(func.count()).select_from(near).scalar_subquery()
    hits = search.found(dialect).where(have < bindparam("most")).with_only_columns(_number(dialect))
    far = numbers.where(_among(decisions, hits)).order_by(*_sorted(order)).limit(bindparam("most")).subquery()
    either = union_all(select(near.c.number), select(far.c.number)).subquery()
    page = select(*DECISION).where(within("channel", decisions))
    page = page.where(_among(decisions, select(either.c.number)))
    return page.order_by(*_sorted(order)).limit(bindparam("most"))


@cache
def among_newest(kind: Kind, shape: Shape, order: Order, dialect: str) -> Select[Columns]:
    """Those of a page that are among the ``looked_at`` decisions that come first; if they fill it, the page.

    Of a person, who took part in some hundreds, all are looked at: each by itself, whatever the database expects.
    """
    place = (decisions.c.channel_id, decisions.c.number)
    sorted_by = [part.label(f"by_{at}") for at, part in enumerate(parts(order))]
    inside = and_(within(kind, decisions), *conditions(shape, dialect))
    first = select(*(column.label(f"its_{column.name}") for column in place), *sorted_by).where(inside)
    if "before" in shape:
        first = first.where(comes_after(kind, order))
    first = first.order_by(*downwards(kind, order, dialect))
    newest = first.limit(bindparam("looked_at")).subquery("newest")
    says = select(search.has_words(literal_names(shape), dialect)).where(_is_at(decision_words, newest.c))
    picked = (
        select(newest)
        .where(says.scalar_subquery())
        .order_by(*_downwards(newest.c))
        .limit(bindparam("most"))
        .subquery("picked")
    )
    return select(*DECISION).join(picked, _is_at(decisions, picked.c)).order_by(*_downwards(picked.c))


@cache
def by_index(
    kind: Kind, shape: Shape, order: Order, dialect: str, *, with_text: bool = False
) -> Select[Columns]:
    """A page by the index of words: all that have them are looked at. ``with_text``: with the words of each."""
    hits = search.found(dialect).cte("hits").prefix_with("MATERIALIZED")
    inside = within(kind, decisions, unindexed) if dialect == "sqlite" else within(kind, decisions)
    found = select(*DECISION).where(inside, *conditions(shape, dialect))
    if kind == "channel" and dialect == "postgresql":
        found = found.where(_among(decisions, select(hits.c.number)))
    else:
        found = found.select_from(hits).join(decisions, same_place(decisions, hits))
    statement = _with_text(found, with_text)
    if "before" in shape:
        statement = statement.where(comes_after(kind, order))
    return statement.order_by(*_sorted(order)).limit(bindparam("most"))


def _among(table: Table, hits: Select[Any]) -> ColumnElement[bool]:
    """That a row is of one of these numbers of its channel, which are looked up in the order of an index."""
    its_number: Any = one_of_these(table.c.number, hits.correlate(None).scalar_subquery())
    return its_number  # type: ignore[no-any-return]


def _number(dialect: str) -> ColumnElement[int]:
    number: ColumnElement[int] = search.places(dialect).number
    return number


def _sorted(order: Order) -> list[ColumnElement[Any]]:
    """What few decisions are to be sorted by: PostgreSQL would go through all that an index has in this order."""
    return [func.coalesce(part, part).desc() for part in parts(order)]


@cache
def in_index_order(kind: Kind, shape: Shape, *, with_text: bool = False) -> Select[Columns]:
    """A page of a channel by SQLite's index, read from its newest day on until the page is full."""
    index = search.index()
    statement = _with_text(
        select(*DECISION).select_from(index).join(decisions, same_place(decisions, index)), with_text
    )
    inside = within(kind, decisions, unindexed)
    statement = statement.where(*search.in_index(), inside, *conditions(shape, "sqlite"))
    if "before" in shape:
        statement = statement.where(index.c.rowid < bindparam("before_id"))
    return statement.order_by(index.c.rowid.desc()).limit(bindparam("most"))


def _with_text(statement: Select[Columns], with_text: bool) -> Select[Columns]:
    if not with_text:
        return statement
    return statement.join(decision_words, same_place(decision_words, decisions)).add_columns(
        decision_words.c.search_text
    )


def _is_at(table: Any, place: Any) -> ColumnElement[bool]:
    return and_(
        table.c.workspace_id == bindparam("scope_workspace"),
        table.c.channel_id == place.its_channel_id,
        table.c.number == place.its_number,
    )


def _downwards(columns: Any) -> list[ColumnElement[Any]]:
    return [column.desc() for column in columns if column.name.startswith("by_")]
