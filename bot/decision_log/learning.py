"""What is added to a decision after it was made: how it turned out, what came of it, when to ask, what moved."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Insert, Select, Table, bindparam, delete, func, insert, select

from bot.decision_log.deciding import Deciding
from bot.decision_log.failures import NotInScope
from bot.decision_log.places import is_it, key_of, row_of
from bot.decision_log.records import CheckInDate, Decision, Link, Outcome, Place, Review
from bot.decision_log.scope import Scope
from bot.decision_log.tables import (
    check_in_dates,
    check_ins,
    decisions,
    links,
    outcomes,
    reviewed,
    reviews,
)
from bot.decision_log.touching import asked_at
from bot.decision_log.transaction import upsert


class Learning(Deciding):
    """The part of a writing transaction that adds to what was decided."""

    def add_outcome(self, scope: Scope, place: Place, outcome: Outcome) -> Decision:
        """Record how a decision turned out, or that what was recorded counts no more. Earlier ones stay.

        Raises :class:`NotInScope`.
        """
        return self._add(scope, place, outcomes, _row(outcome))

    def add_link(self, scope: Scope, place: Place, link: Link) -> Decision:
        """Record what came of a decision. Raises :class:`NotInScope`."""
        return self._add(scope, place, links, _row(link))

    def set_check_in(self, scope: Scope, place: Place, date: CheckInDate) -> Decision:
        """Record when to ask how a decision turned out, or not to; it is asked then. Raises :class:`NotInScope`."""
        decided = self._add(scope, place, check_in_dates, _row(date))
        mine = {"ask_workspace": scope.workspace, "ask_consultation": decided.consultation}
        if date.ask_at is None:
            self._connection.execute(_NOT_ASKED, mine)
        else:
            self._connection.execute(asked_at(self._dialect), mine | {"ask_at": date.ask_at})
        return decided

    def add_review(self, scope: Scope, place: Place, review: Review) -> Decision:
        """Record that a decision would be advised otherwise today. Raises :class:`NotInScope`."""
        return self._add(scope, place, reviews, _row(review) | {"because": list(review.because)})

    def take_check_in(self, workspace: str, consultation: str, now: datetime) -> bool:
        """Take the question how it turned out, if it is due; ``False``: it is not, or somebody else took it.

        It is taken once, however many try at the same time, and comes back if this transaction fails.
        """
        wanted = {"ask_workspace": workspace, "ask_consultation": consultation, "ask_by": now}
        return self._connection.execute(_TAKE, wanted).rowcount == 1

    def note_reviewed(self, workspace: str, versions: str, now: datetime) -> None:
        """A workspace's decisions were looked at with these versions of policy and prices."""
        values = {"workspace_id": workspace, "versions": versions, "at": now}
        row = upsert(self._dialect)(reviewed).values(**values)
        again = {"versions": row.excluded.versions, "at": row.excluded.at}
        self._connection.execute(row.on_conflict_do_update(index_elements=["workspace_id"], set_=again))

    def _add(self, scope: Scope, place: Place, table: Table, values: dict[str, Any]) -> Decision:
        if self.decision(scope, place.number, place.channel) is None:
            raise NotInScope(f"no decision {place} in this scope")
        key = key_of(scope.workspace, place)
        # Locked, so that two who add at once are numbered one after the other.
        self._connection.execute(_HELD, key)
        last = int(self._connection.execute(_last_added(table), key).scalar() or 0)
        row = row_of(scope.workspace, place) | values | {"seq": last + 1}
        self._connection.execute(_new(table), row)
        return self.derive(scope.workspace, place).decision


def _row(added: Outcome | Link | CheckInDate | Review) -> dict[str, Any]:
    values = asdict(added)
    if "by" in values:
        values["by_id"] = values.pop("by")
    return values


_HELD = select(decisions.c.number).where(*is_it(decisions)).with_for_update()
_MINE = (
    check_ins.c.workspace_id == bindparam("ask_workspace"),
    check_ins.c.consultation_id == bindparam("ask_consultation"),
)
_NOT_ASKED = delete(check_ins).where(*_MINE)
_TAKE = delete(check_ins).where(
    *_MINE, check_ins.c.due_at <= bindparam("ask_by", type_=check_ins.c.due_at.type)
)


@cache
def _new(table: Table) -> Insert:
    return insert(table)


@cache
def _last_added(table: Table) -> Select[Any]:
    return select(func.max(table.c.seq)).where(*is_it(table))
