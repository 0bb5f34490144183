"""What can be added about decisions, within one transaction. None of what was recorded is written over."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from functools import cache
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Insert,
    Select,
    Table,
    Update,
    bindparam,
    case,
    delete,
    func,
    insert,
    select,
    update,
)

from bot.decision_log import derived
from bot.decision_log.asking import as_decision
from bot.decision_log.conditions import DECISION
from bot.decision_log.failures import AlreadyDecided, NotInScope
from bot.decision_log.reading import Reading
from bot.decision_log.records import Decision, Link, Outcome, Place, Recorded
from bot.decision_log.scope import Kind, Scope, within
from bot.decision_log.search import forget_words, note_words, search_text
from bot.decision_log.tables import consultations, decision_words, decisions, links, numbering, outcomes
from bot.decision_log.transaction import upsert
from bot.decision_log.wanted import STANDING

AT_ONCE = 500
"""So many decisions are looked at before the next are."""


class Deciding(Reading):
    """The part of a writing transaction that decides, and adds to what was decided."""

    def decide(
        self,
        scope: Scope,
        id_: str,
        *,
        recommended: str,
        chosen: str,
        status: Literal["recommended", "accepted", "overridden"],
        by: str,
        why: str | None,
        now: datetime,
    ) -> Decision:
        """Record what was decided under the channel's next number.

        A consultation that was reopened from a decision supersedes it; if that one is superseded already, the
        newest in its line. Raises :class:`NotInScope`, or :class:`AlreadyDecided`.
        """
        held = self._connection.execute(
            _decided(scope.kind), scope.parameters | {"wanted_id": id_}
        ).one_or_none()
        if held is None:
            raise NotInScope(f"no consultation {id_} in this scope")
        wanted = {"scope_workspace": scope.workspace, "wanted_id": id_}
        if self._connection.execute(_DECISION_OF, wanted).first() is not None:
            raise AlreadyDecided(f"consultation {id_} is decided")
        # First: it also holds the channel's other deciders, so that a line that is superseded twice stays one.
        number = self._next_number(scope.workspace, held.channel_id)
        supersedes = self._newest_after(scope.workspace, held.channel_id, held.reopened_from)
        values = {
            "workspace_id": scope.workspace,
            "number": number,
            "consultation_id": id_,
            "recommended": recommended,
            "chosen": chosen,
            "status": status,
            "by_id": by,
            "at": now,
            "why": why,
            "supersedes": supersedes,
            "due_at": derived.due_at(chosen, now),
        }
        copied = {name: getattr(held, name) for name in ("channel_id", "root_ts", "task")}
        made = as_decision(self._connection.execute(_NEW_DECISION, values | copied).one())
        if supersedes is not None:
            old = _key(scope.workspace, Place(made.channel, supersedes)) | {"new_number": made.number}
            self._connection.execute(_SUPERSEDE, old)
        return self.derive(scope.workspace, made.place).decision

    def withdraw(
        self, scope: Scope, number: int, by: str, why: str, now: datetime, channel: str | None = None
    ) -> Decision | None:
        """Take a decision back. ``None`` when there is none in the scope that still stands.

        ``channel``: whose number it is, where the scope is not a channel's own.
        """
        found = self.decision(scope, number, channel)
        if found is None:
            return None
        values = {"new_by": by, "new_at": now, "new_why": why}
        wanted = _key(scope.workspace, found.decision.place) | values
        if self._connection.execute(_WITHDRAW, wanted).rowcount != 1:
            return None
        return self.derive(scope.workspace, found.decision.place).decision

    def add_outcome(self, scope: Scope, place: Place, outcome: Outcome) -> Decision:
        """Record how a decision turned out, or that what was recorded counts no more. Earlier ones stay.

        Raises :class:`NotInScope`.
        """
        return self._add(scope, place, outcomes, outcome)

    def add_link(self, scope: Scope, place: Place, link: Link) -> Decision:
        """Record what came of a decision. Raises :class:`NotInScope`."""
        return self._add(scope, place, links, link)

    def derive(self, workspace: str, place: Place) -> Recorded:
        """Bring what follows from a decision's record up to date: call it whenever something was added to that."""
        scope = Scope.of_workspace(workspace)
        found = self.decision(scope, place.number, place.channel)
        if found is None:
            raise NotInScope(f"no decision {place} in this workspace")
        decision = found.decision
        follows = {
            "new_outcome": derived.outcome_key(found.outcomes, derived.target_of(found.consultation)),
            "new_cost": derived.cost(found.advice, decision.chosen),
        }
        row = self._connection.execute(_DERIVE, _key(workspace, place) | follows).one()
        text, traits = search_text(derived.decision_words(found)), derived.traits_of(found).to_json()
        note_words(self._connection, workspace, place, text, traits)
        return found._replace(decision=as_decision(row))

    def derive_missing(self) -> int:
        """Do so for all decisions, of all workspaces, that come from a time when nothing was derived; how many."""
        done = 0
        while rows := self._connection.execute(_UNDERIVED).all():
            for row in rows:
                place = Place(row.channel_id, row.number)
                due = {"new_due_at": derived.due_at(row.chosen, row.at)}
                self._connection.execute(_SET_DUE, _key(row.workspace_id, place) | due)
                self.derive(row.workspace_id, place)
            done += len(rows)
        return done

    def move_decisions(self, scope: Scope, new: str) -> None:
        """The decisions of the scope's channel are those of the channel ``new``, before their consultations are.

        They keep their numbers if the other has given out none; else they go on from its last.
        """
        assert scope.channel is not None
        moved = {"the_workspace": scope.workspace, "the_channel": scope.channel}
        last = {row.channel_id: row.last for row in self._connection.execute(_LAST, moved | {"other": new})}
        if scope.channel not in last:
            return
        by = last.get(new, 0)
        places = [Place(*row) for row in self._connection.execute(_PLACES, moved)]
        for place in places:
            forget_words(self._connection, scope.workspace, place)
        self._connection.execute(_REOPENED, moved | {"by": by})
        self._connection.execute(_MOVE, moved | {"new_channel": new, "by": by})
        self._connection.execute(_FORGET_LAST, moved | {"other": new})
        new_last = {"workspace_id": scope.workspace, "channel_id": new, "last": by + last[scope.channel]}
        self._connection.execute(_NEW_LAST, new_last)
        for place in places:
            self.derive(scope.workspace, Place(new, place.number + by))

    def _add(self, scope: Scope, place: Place, table: Table, added: Outcome | Link) -> Decision:
        if self.decision(scope, place.number, place.channel) is None:
            raise NotInScope(f"no decision {place} in this scope")
        key = _key(scope.workspace, place)
        # Locked, so that two who add at once are numbered one after the other.
        self._connection.execute(_HELD, key)
        last = int(self._connection.execute(_last_added(table), key).scalar() or 0)
        row = {"workspace_id": scope.workspace, "channel_id": place.channel, "number": place.number}
        values = asdict(added)
        values["by_id"] = values.pop("by")
        self._connection.execute(_new(table), row | values | {"seq": last + 1})
        return self.derive(scope.workspace, place).decision

    def _next_number(self, workspace: str, channel: str) -> int:
        values = {"new_workspace": workspace, "new_channel": channel}
        return int(self._connection.execute(_next_number(self._dialect), values).scalar_one())

    def _newest_after(self, workspace: str, channel: str, number: int | None) -> int | None:
        """The newest decision in the line that begins with ``number``."""
        while number is not None:
            wanted = _key(workspace, Place(channel, number))
            following: int | None = self._connection.execute(_FOLLOWING, wanted).scalar_one()
            if following is None:
                break
            number = following
        return number


def _key(workspace: str, place: Place) -> dict[str, Any]:
    """The values of the parameters of :func:`_it`."""
    return {"the_workspace": workspace, "the_channel": place.channel, "the_number": place.number}


def _it(table: Table) -> tuple[ColumnElement[bool], ...]:
    """That a row is the decision's of :func:`_key`."""
    return (
        table.c.workspace_id == bindparam("the_workspace"),
        table.c.channel_id == bindparam("the_channel"),
        table.c.number == bindparam("the_number"),
    )


_IT = _it(decisions)
_NEW_DECISION = insert(decisions).returning(*DECISION)
_DECISION_OF = select(decisions.c.number).where(
    decisions.c.workspace_id == bindparam("scope_workspace"),
    decisions.c.consultation_id == bindparam("wanted_id"),
)
_FOLLOWING = select(decisions.c.superseded_by).where(*_IT)
_HELD = select(decisions.c.number).where(*_IT).with_for_update()
_SUPERSEDE = (
    update(decisions)
    .where(*_IT)
    .values(
        superseded_by=bindparam("new_number"),
        # One that was withdrawn stays so; the link tells what came after it.
        status=case((decisions.c.status == "withdrawn", "withdrawn"), else_="superseded"),
    )
)
_WITHDRAW = (
    update(decisions)
    .where(*_IT, decisions.c.status.in_(STANDING))
    .values(
        status="withdrawn",
        withdrawn_by_id=bindparam("new_by"),
        withdrawn_at=bindparam("new_at"),
        withdrawn_why=bindparam("new_why"),
    )
)
_DERIVE = (
    update(decisions)
    .where(*_IT)
    .values(outcome=bindparam("new_outcome"), cost=bindparam("new_cost"))
    .returning(*DECISION)
)
_OF_CHANNEL = _IT[:2]
_OF_EITHER = (
    numbering.c.workspace_id == bindparam("the_workspace"),
    numbering.c.channel_id.in_((bindparam("the_channel"), bindparam("other"))),
)
_LAST = select(numbering.c.channel_id, numbering.c.last).where(*_OF_EITHER)
_FORGET_LAST = delete(numbering).where(*_OF_EITHER)
_NEW_LAST = insert(numbering)
_PLACES = select(decisions.c.channel_id, decisions.c.number).where(*_OF_CHANNEL)
_MOVE = (
    update(decisions)
    .where(*_OF_CHANNEL)
    .values(
        channel_id=bindparam("new_channel"),
        number=decisions.c.number + bindparam("by"),
        supersedes=decisions.c.supersedes + bindparam("by"),
        superseded_by=decisions.c.superseded_by + bindparam("by"),
    )
)
_REOPENED = (
    update(consultations)
    .where(
        consultations.c.workspace_id == bindparam("the_workspace"),
        consultations.c.channel_id == bindparam("the_channel"),
    )
    .values(reopened_from=consultations.c.reopened_from + bindparam("by"))
)
_SET_DUE = update(decisions).where(*_IT).values(due_at=bindparam("new_due_at"))
_UNDERIVED = (
    select(
        decisions.c.workspace_id,
        decisions.c.channel_id,
        decisions.c.number,
        decisions.c.chosen,
        decisions.c.at,
    )
    .outerjoin(
        decision_words,
        (decision_words.c.workspace_id == decisions.c.workspace_id)
        & (decision_words.c.channel_id == decisions.c.channel_id)
        & (decision_words.c.number == decisions.c.number),
    )
    .where(decision_words.c.number.is_(None))
    .limit(AT_ONCE)
)


@cache
def _new(table: Table) -> Insert:
    return insert(table)


@cache
def _last_added(table: Table) -> Select[Any]:
    return select(func.max(table.c.seq)).where(*_it(table))


@cache
def _next_number(dialect: str) -> Insert:
    following: Insert = (
        upsert(dialect)(numbering)
        .values(workspace_id=bindparam("new_workspace"), channel_id=bindparam("new_channel"), last=1)
        .on_conflict_do_update(
            index_elements=["workspace_id", "channel_id"], set_={"last": numbering.c.last + 1}
        )
        .returning(numbering.c.last)
    )
    return following


@cache
def _decided(kind: Kind) -> Update:
    """Marks the consultation as decided, which also holds it, and returns what its decision copies."""
    return (
        update(consultations)
        .where(
            within(kind, consultations),
            consultations.c.id == bindparam("wanted_id"),
            consultations.c.status != "void",
        )
        .values(status="decided")
        .returning(
            consultations.c.channel_id,
            consultations.c.root_ts,
            consultations.c.task,
            consultations.c.reopened_from,
        )
    )
