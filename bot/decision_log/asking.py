"""What can be asked about decisions, within one transaction. The scope comes first, always."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, Table, and_, bindparam, select, tuple_

from bot.decision_log.conditions import (
    DECISION,
    HIGHEST_NUMBER,
    Columns,
    Order,
    after,
    grouped,
    listed,
    monthly,
    parameters,
    shape_of,
)
from bot.decision_log.records import Decision, Group, InMonth, Link, Outcome, Place, Withdrawal
from bot.decision_log.rows import columns, records
from bot.decision_log.scope import Kind, Scope, within
from bot.decision_log.search import spelled
from bot.decision_log.tables import decision_words, decisions, links, outcomes
from bot.decision_log.transaction import Transaction
from bot.decision_log.wanted import ANY, Sought, Wanted
from core.words import Texts

MOST_AT_ONCE = 100
"""No list is longer than this; the next page begins after the last one's end."""

WEIGHED = 500
"""So many of the newest hits are put in the order of relevance."""


def within_reason(limit: int) -> int:
    """The limit, from 0 to :data:`MOST_AT_ONCE`. (Below 0 is no limit at all to SQLite, and an error elsewhere.)"""
    return max(0, min(limit, MOST_AT_ONCE))


class Asking(Transaction):
    """The part of a transaction that asks about decisions."""

    def decisions(
        self, scope: Scope, before: Place | None = None, limit: int = 10, wanted: Wanted = ANY
    ) -> list[Decision]:
        """A page of the decisions that are wanted, those that come after ``before`` in their order.

        Newest first: a channel's by number, others by time. An order by relevance takes the newest :data:`WEIGHED`.
        """
        if wanted.sought is not None and wanted.sought.is_empty:
            return []
        if wanted.sort == "relevance" and wanted.sought is not None:
            return self._relevant(scope, before, within_reason(limit), wanted.sought, wanted)
        order: Order = "cost" if wanted.sort == "cost" else "number" if scope.channel else "newest"
        return self._page(scope, before, within_reason(limit), wanted, order)

    def numbered(self, scope: Scope, number: int) -> list[Decision]:
        """The decisions of this number in the scope: at most one in a channel, elsewhere one of each channel."""
        if not 0 < number <= HIGHEST_NUMBER:
            return []
        found = self._connection.execute(_numbered(scope.kind), scope.parameters | {"wanted_number": number})
        return [as_decision(row) for row in found]

    def grouped(self, scope: Scope, wanted: Wanted = ANY) -> list[Group]:
        """How many of the decisions that are wanted there are of each kind."""
        if wanted.sought is not None and wanted.sought.is_empty:
            return []
        named = parameters(scope, wanted, self._dialect)
        statement = grouped(scope.kind, shape_of(named), self._dialect)
        rows = self._connection.execute(statement, scope.parameters | named)
        return [Group._make(row) for row in rows]

    def by_month(self, scope: Scope, wanted: Wanted = ANY) -> list[InMonth]:
        """How many of the decisions that are wanted were made in each month for each verdict, oldest first."""
        if wanted.sought is not None and wanted.sought.is_empty:
            return []
        named = parameters(scope, wanted, self._dialect)
        statement = monthly(scope.kind, shape_of(named), self._dialect)
        rows = self._connection.execute(statement, scope.parameters | named)
        return [InMonth._make(row) for row in rows]

    def newest(self, scope: Scope) -> list[Decision]:
        """The newest :data:`WEIGHED` decisions of the scope."""
        return self._page(scope, None, WEIGHED, ANY, "number" if scope.channel else "newest")

    def traits_of(self, scope: Scope, places: Sequence[Place]) -> dict[Place, Any]:
        """What these decisions, which must be in the scope, are compared by (JSON)."""
        return {Place(row.channel_id, row.number): row.traits for row in self._beside(scope, places)}

    def outcomes_of(self, scope: Scope, place: Place) -> tuple[Outcome, ...]:
        """How a decision turned out, as often as it was recorded, oldest first."""
        return tuple(
            records(Outcome, self._connection.execute(_added(scope.kind, outcomes), _at(scope, place)))
        )

    def links_of(self, scope: Scope, place: Place) -> tuple[Link, ...]:
        """What came of a decision, oldest first."""
        return tuple(records(Link, self._connection.execute(_added(scope.kind, links), _at(scope, place))))

    def _page(
        self, scope: Scope, before: Place | None, limit: int, wanted: Wanted, order: Order
    ) -> list[Decision]:
        named = parameters(scope, wanted, self._dialect) | (after(before, order) if before else {})
        statement = listed(scope.kind, shape_of(named), order, self._dialect)
        rows = self._connection.execute(statement, scope.parameters | named | {"most": limit})
        return [as_decision(row) for row in rows]

    def _relevant(
        self, scope: Scope, before: Place | None, limit: int, sought: Sought, wanted: Wanted
    ) -> list[Decision]:
        order: Order = "number" if scope.channel else "newest"
        newest = self._page(scope, None, WEIGHED, wanted, order)
        texts = self._words_of(scope, [one.place for one in newest])
        query = [spelled(word) for phrase in sought.phrases for word in phrase]
        scores = Texts([texts[one.place] for one in newest]).scores(query, spelled(sought.prefix))
        ranked = [newest[at] for at in sorted(range(len(newest)), key=lambda at: -scores[at])]
        places = [one.place for one in ranked]
        if before is None:
            return ranked[:limit]
        return ranked[places.index(before) + 1 :][:limit] if before in places else []

    def _words_of(self, scope: Scope, places: Sequence[Place]) -> dict[Place, list[str]]:
        """The words that these decisions are found by, as they are kept."""
        rows = self._beside(scope, places)
        found = {Place(row.channel_id, row.number): row.search_text.split() for row in rows}
        return {place: found.get(place, []) for place in places}

    def _beside(self, scope: Scope, places: Sequence[Place]) -> Sequence[Row[Any, Any, Any, Any]]:
        """What is kept beside these decisions, which must be in the scope."""
        if not places:
            return ()
        wanted = {"scope_workspace": scope.workspace, "places": [tuple(place) for place in places]}
        return self._connection.execute(_BESIDE, wanted).all()


def as_decision(row: Row[*Columns]) -> Decision:
    """The decision in a row of :data:`~bot.decision_log.conditions.DECISION`'s columns."""
    found = dict(row._mapping)
    by, at, why = (found.pop(f"withdrawn_{name}") for name in ("by_id", "at", "why"))
    return Decision(**found, withdrawn=None if by is None else Withdrawal(by, at, why))


def _at(scope: Scope, place: Place) -> dict[str, Any]:
    return scope.parameters | {"wanted_channel": place.channel, "wanted_number": place.number}


@cache
def _numbered(kind: Kind) -> Select[Columns]:
    inside = within(kind, decisions) & (decisions.c.number == bindparam("wanted_number"))
    newest_first = (decisions.c.at.desc(), decisions.c.channel_id.desc())
    return select(*DECISION).where(inside).order_by(*newest_first).limit(MOST_AT_ONCE)


@cache
def _added(kind: Kind, table: Table) -> Select[Columns]:
    """What was added to a decision of the scope, in its order."""
    record = Outcome if table is outcomes else Link
    its = and_(*(table.c[key] == decisions.c[key] for key in ("workspace_id", "channel_id", "number")))
    return (
        select(*columns(record, table))
        .join(decisions, its)
        .where(
            within(kind, decisions),
            table.c.workspace_id == bindparam("scope_workspace"),
            table.c.channel_id == bindparam("wanted_channel"),
            table.c.number == bindparam("wanted_number"),
        )
        .order_by(table.c.seq)
    )


_BESIDE = select(
    decision_words.c.channel_id,
    decision_words.c.number,
    decision_words.c.search_text,
    decision_words.c.traits,
).where(
    decision_words.c.workspace_id == bindparam("scope_workspace"),
    tuple_(decision_words.c.channel_id, decision_words.c.number).in_(bindparam("places", expanding=True)),
)
