"""What can be asked about decisions, within one transaction. The scope comes first, always."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

from pydantic_core import from_json
from sqlalchemy import (
    JSON,
    ColumnElement,
    FromClause,
    Select,
    Table,
    Text,
    bindparam,
    cast,
    func,
    select,
    type_coerce,
)

from bot.decision_log.conditions import (
    DECISION,
    HIGHEST_NUMBER,
    Columns,
    Order,
    Shape,
    after,
    downwards,
    grouped,
    listed,
    monthly,
    parameters,
    parts,
    shape_of,
    where,
)
from bot.decision_log.expected import Expected
from bot.decision_log.finding import (
    ALL_OF_A_PERSON,
    LOOKED_AT,
    among_newest,
    by_index,
    in_index_order,
    of_channel,
)
from bot.decision_log.places import by_channel, one_of, same_place
from bot.decision_log.records import (
    Decision,
    Group,
    InMonth,
    Outcome,
    Place,
    Review,
)
from bot.decision_log.rows import Record, as_decision, by, columns, its_place
from bot.decision_log.scope import Kind, Scope, within
from bot.decision_log.search import channels_of, position, spelled
from bot.decision_log.tables import decision_words, decisions, outcomes, reviews
from bot.decision_log.transaction import Transaction
from bot.decision_log.wanted import ANY, STANDING, Sought, Wanted
from core.words import Texts

MOST_AT_ONCE = 100
"""No list is longer than this; the next page begins after the last one's end."""

SCORED = 200
"""So many of the newest decisions whose outcome is known are held against what was expected of them."""

WEIGHED = 500
"""So many of the newest hits are put in the order of relevance."""


def within_reason(limit: int) -> int:
    """The limit, from 0 to :data:`MOST_AT_ONCE`. (Below 0 is no limit at all to SQLite, and an error elsewhere.)"""
    return max(0, min(limit, MOST_AT_ONCE))


class Compared(NamedTuple):
    """What a decision is compared by (``None``: nothing is known of it), and what superseded it."""

    place: Place
    superseded_by: int | None
    traits: Mapping[str, Any] | None


class Asking(Transaction):
    """The part of a transaction that asks about decisions."""

    def decisions(
        self, scope: Scope, before: Place | None = None, limit: int = 10, wanted: Wanted = ANY
    ) -> list[Decision]:
        """A page of the decisions that are wanted, those that come after ``before`` in their order.

        Newest first: a channel's by day and number, others by the moment. An order by relevance takes the newest
        :data:`WEIGHED`.
        """
        if wanted.sought is not None and wanted.sought.is_empty:
            return []
        if wanted.sort == "relevance" and wanted.sought is not None:
            return self._relevant(scope, before, within_reason(limit), wanted.sought, wanted)
        order: Order = "cost" if wanted.sort == "cost" else "day" if scope.channel else "newest"
        return self._page(scope, before, within_reason(limit), wanted, order)

    def numbered(self, scope: Scope, number: int) -> list[Decision]:
        """The decisions of this number in the scope: at most one in a channel, elsewhere one of each channel."""
        if not 0 < number <= HIGHEST_NUMBER:
            return []
        found = self._connection.execute(_numbered(scope.kind), scope.parameters | {"wanted_number": number})
        return [as_decision(row) for row in found]

    def grouped(self, scope: Scope, wanted: Wanted = ANY, due_by: datetime | None = None) -> list[Group]:
        """How many of the decisions that are wanted there are of each kind. ``due_by``: ``None``: none has come."""
        if wanted.sought is not None and wanted.sought.is_empty:
            return []
        named = self._named(scope, wanted)
        statement = grouped(scope.kind, shape_of(named), self._dialect)
        rows = self._connection.execute(statement, scope.parameters | named | {"due_by": due_by or _NEVER})
        return [Group._make(row) for row in rows]

    def compared(self, scope: Scope) -> list[Compared]:
        """The newest :data:`WEIGHED` decisions of the scope with what they are compared by, newest first."""
        rows: Sequence[Any] = self._connection.execute(
            _compared(scope.kind, self._dialect), scope.parameters
        ).all()
        # All at once, which takes a fifth of the time.
        traits = from_json(f"[{','.join(told or 'null' for *_, told in rows)}]")
        return [
            Compared(Place(channel, number), superseded_by, told)
            for (channel, number, superseded_by, _), told in zip(rows, traits, strict=True)
        ]

    def by_month(self, scope: Scope, wanted: Wanted = ANY) -> list[InMonth]:
        """How many of the decisions that are wanted were made in each month for each verdict, oldest first."""
        if wanted.sought is not None and wanted.sought.is_empty:
            return []
        named = self._named(scope, wanted)
        statement = monthly(scope.kind, shape_of(named), self._dialect)
        rows = self._connection.execute(statement, scope.parameters | named)
        return [InMonth._make(row) for row in rows]

    def at_places(self, scope: Scope, places: Sequence[Place]) -> dict[Place, Decision]:
        """The decisions at these places, as far as they are in the scope."""
        named = (scope.parameters | its for its in by_channel(places))
        found = (one for values in named for one in self._decisions(_at_places(scope.kind), values))
        return {one.place: one for one in found}

    def moved(self, scope: Scope, limit: int = 10) -> list[tuple[Decision, Review]]:
        """Standing decisions of the scope that would be advised otherwise by now, as was last told, newest first."""
        rows = self._connection.execute(_moved(scope.kind), scope.parameters | {"most": within_reason(limit)})
        return [
            (
                as_decision(row),
                Review(row.review_at, row.review_was, row.review_verdict, tuple(row.review_because)),
            )
            for row in rows.all()
        ]

    def turned_out(self, scope: Scope) -> list[TurnedOut]:
        """The newest :data:`SCORED` decisions of the scope of which somebody could tell, newest first."""
        known = parameters(scope, replace(ANY, outcomes=("met", "missed")), self._dialect, ())
        statement = _turned_out(scope.kind, shape_of(known), self._dialect)
        rows: Sequence[Any] = self._connection.execute(
            statement, scope.parameters | known | {"most": SCORED}
        ).all()
        return [
            TurnedOut(Place(*row[:2]), row[2], row[3], Expected.from_json(row[4]), Outcome(*row[5:]))
            for row in rows
        ]

    def outcomes_of(self, scope: Scope, place: Place) -> tuple[Outcome, ...]:
        """How a decision turned out, as often as it was recorded, oldest first."""
        return tuple(self.added_to(scope, [place], Outcome, outcomes).get(place, ()))

    def added_to(
        self, scope: Scope, places: Sequence[Place], record: type[Record], table: Table
    ) -> Mapping[Place, list[Record]]:
        """What was added to these decisions, as far as they are in the scope, in its order."""
        of: Any = record
        found: dict[Place, list[Record]] = {}
        for its in by_channel(places):
            result = self._connection.execute(_added(scope.kind, of, table), scope.parameters | its)
            found |= by(its_place, record, result)
        return found

    def _named(self, scope: Scope, wanted: Wanted) -> dict[str, Any]:
        channels = [scope.channel] if scope.channel else []
        if not channels and wanted.sought is not None and self._dialect == "sqlite":
            channels = channels_of(self._connection, scope.workspace)
        return parameters(scope, wanted, self._dialect, channels)

    def _page(
        self, scope: Scope, before: Place | None, limit: int, wanted: Wanted, order: Order
    ) -> list[Decision]:
        named = self._named(scope, wanted) | (after(before, order) if before else {})
        values = scope.parameters | named | {"most": limit}
        shape = shape_of(named)
        if "match" not in shape:
            return self._decisions(listed(scope.kind, shape, order, self._dialect), values)
        if order == "day" and self._dialect == "sqlite":
            return self._decisions(in_index_order(scope.kind, shape), values | self._before_id(scope, before))
        looked_at = values | {"looked_at": ALL_OF_A_PERSON if scope.person else LOOKED_AT}
        if scope.channel and before is None:
            return self._decisions(of_channel(shape, order, self._dialect), looked_at)
        found = self._decisions(among_newest(scope.kind, shape, order, self._dialect), looked_at)
        if len(found) == limit or scope.person is not None:
            return found
        return self._decisions(by_index(scope.kind, shape, order, self._dialect), values)

    def _before_id(self, scope: Scope, before: Place | None) -> dict[str, int]:
        """Where in SQLite's index that ends which comes after this place."""
        if before is None:
            return {}
        at = self._connection.execute(_MOMENT, scope.parameters | after(before, "day")).scalar()
        return {"before_id": -(2**63) if at is None else position(at, min(before.number, HIGHEST_NUMBER))}

    def _decisions(self, statement: Select[Columns], values: Mapping[str, Any]) -> list[Decision]:
        return [as_decision(row) for row in self._connection.execute(statement, values).all()]

    def _relevant(
        self, scope: Scope, before: Place | None, limit: int, sought: Sought, wanted: Wanted
    ) -> list[Decision]:
        order: Order = "day" if scope.channel else "newest"
        named = self._named(scope, wanted)
        shape = shape_of(named)
        statement = (
            in_index_order(scope.kind, shape, with_text=True)
            if order == "day" and self._dialect == "sqlite"
            else by_index(scope.kind, shape, order, self._dialect, with_text=True)
        )
        rows = self._connection.execute(statement, scope.parameters | named | {"most": WEIGHED}).all()
        query = [spelled(word) for phrase in sought.phrases for word in phrase]
        scores = Texts([row.search_text.split() for row in rows]).scores(query, spelled(sought.prefix))
        ranked = [rows[at] for at in sorted(range(len(rows)), key=lambda at: -scores[at])]
        places = [Place(row.channel, row.number) for row in ranked]
        if before is not None:
            ranked = ranked[places.index(before) + 1 :] if before in places else []
        return [as_decision(row) for row in ranked[:limit]]


class TurnedOut(NamedTuple):
    """A decision whose outcome is known, what it superseded, when it was made, what was expected, and what came."""

    place: Place
    supersedes: int | None
    at: datetime
    expected: Expected
    outcome: Outcome


def as_review(review: Review) -> Review:
    """The review as it was before it was kept as JSON."""
    return replace(review, because=tuple(review.because))


@cache
def _numbered(kind: Kind) -> Select[Columns]:
    inside = within(kind, decisions) & (decisions.c.number == bindparam("wanted_number"))
    newest_first = (decisions.c.at.desc(), decisions.c.channel_id.desc())
    return select(*DECISION).where(inside).order_by(*newest_first).limit(MOST_AT_ONCE)


@cache
def _added(kind: Kind, record: type[Any], table: Table) -> Select[Columns]:
    """What was added to decisions of the scope, in its order."""
    mine = table.c.workspace_id == bindparam("scope_workspace")
    return (
        select(table.c.channel_id, table.c.number, *columns(record, table))
        .join(decisions, same_place(table, decisions))
        .where(within(kind, decisions), mine, *one_of(table))
        .order_by(table.c.channel_id, table.c.number, table.c.seq)
    )


def _as_text(column: ColumnElement[Any]) -> ColumnElement[str]:
    """JSON as it is kept, unread."""
    return cast(type_coerce(column, JSON), Text)


@cache
def _compared(kind: Kind, dialect: str) -> Select[Columns]:
    order = downwards(kind, "day" if kind == "channel" else "newest", dialect)
    its = ("workspace_id", "channel_id", "number", "superseded_by", "at", "day")
    inside = select(*(decisions.c[name] for name in its)).where(within(kind, decisions))
    newest = inside.order_by(*order).limit(WEIGHED).subquery("newest")
    there = parts("day" if kind == "channel" else "newest", newest)
    return (
        select(
            newest.c.channel_id, newest.c.number, newest.c.superseded_by, _as_text(decision_words.c.traits)
        )
        .outerjoin(decision_words, same_place(decision_words, newest))
        .order_by(*(part.desc() for part in there))
    )


@cache
def _at_places(kind: Kind) -> Select[Columns]:
    return select(*DECISION).where(within(kind, decisions), *one_of(decisions))


_NEVER = datetime.min.replace(tzinfo=UTC)
_MOMENT = (
    select(decisions.c.at)
    .where(within("channel", decisions), decisions.c.number <= bindparam("before"))
    .order_by(decisions.c.number.desc())
    .limit(1)
)


@cache
def _turned_out(kind: Kind, shape: Shape, dialect: str) -> Select[Columns]:
    """The newest decisions of an outcome, with what was expected, and with what was recorded last."""
    order: Order = "day" if kind == "channel" else "newest"
    its = ("channel_id", "number", "supersedes", "at", "day", "workspace_id")
    wanted = select(*(decisions.c[name] for name in its)).where(where(kind, shape, dialect))
    newest = wanted.order_by(*downwards(kind, order, dialect)).limit(bindparam("most")).subquery("newest")
    return (
        select(*(newest.c[name] for name in its[:4]), decision_words.c.forecast, *columns(Outcome, outcomes))
        .select_from(newest)
        .join(decision_words, same_place(decision_words, newest))
        .join(outcomes, _last_of(outcomes, newest))
        .order_by(*(part.desc() for part in parts(order, newest)))
    )


_REVIEW = ("at", "was", "verdict", "because")


def _last_of(table: Table, of: FromClause) -> ColumnElement[bool]:
    """That a row is what was added last to a decision."""
    later = table.alias("later")
    newest = select(func.max(later.c.seq)).where(same_place(later, of))
    return same_place(table, of) & (table.c.seq == newest.scalar_subquery())


@cache
def _moved(kind: Kind) -> Select[Columns]:
    """The last review of each decision that stands, where it did not lead back to what was advised."""
    return (
        select(*DECISION, *(reviews.c[name].label(f"review_{name}") for name in _REVIEW))
        .select_from(decisions)
        .join(reviews, _last_of(reviews, decisions))
        .where(
            within(kind, decisions),
            reviews.c.workspace_id == bindparam("scope_workspace"),
            reviews.c.verdict != decisions.c.recommended,
            decisions.c.status.in_(STANDING),
        )
        .order_by(reviews.c.at.desc(), decisions.c.channel_id, decisions.c.number.desc())
        .limit(bindparam("most"))
    )
