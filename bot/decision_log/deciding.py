"""What can be added about decisions, within one transaction. None of what was recorded is written over."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any, Literal

from sqlalchemy import Insert, Row, Update, bindparam, delete, insert, select, update

from bot.decision_log import derived
from bot.decision_log.conditions import DECISION
from bot.decision_log.deriving import Deriving
from bot.decision_log.failures import AlreadyDecided, NotInScope
from bot.decision_log.places import is_it, key_of, row_of
from bot.decision_log.records import Decision, Place
from bot.decision_log.rows import as_decision
from bot.decision_log.scope import Kind, Scope, within
from bot.decision_log.search import forget_words
from bot.decision_log.tables import consultations, decisions, numbering, withdrawals
from bot.decision_log.touching import asked_at, has_decisions
from bot.decision_log.transaction import upsert
from bot.decision_log.wanted import STANDING


class Deciding(Deriving):
    """The part of a writing transaction that decides, and takes decisions back."""

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
        held = self._undecided(scope, id_)
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
            "decided": status,
            "by_id": by,
            "at": now,
            "why": why,
            "supersedes": supersedes,
            "due_at": derived.due_at(chosen, now),
        }
        copied = {name: getattr(held, name) for name in ("channel_id", "root_ts", "task")}
        made = as_decision(self._connection.execute(_NEW_DECISION, values | copied).one())
        self._connection.execute(has_decisions(self._dialect), {"whose": scope.workspace, "new_at": now})
        if supersedes is not None:
            self.derive(scope.workspace, Place(made.channel, supersedes))
        if made.due_at is not None:
            mine = {"ask_workspace": scope.workspace, "ask_consultation": id_, "ask_at": made.due_at}
            self._connection.execute(asked_at(self._dialect), mine)
        return self.derive(scope.workspace, made.place).decision

    def _undecided(self, scope: Scope, id_: str) -> Row[Any]:
        found = _decided(scope.kind), scope.parameters | {"wanted_id": id_}
        held = self._connection.execute(*found).one_or_none()
        if held is None:
            raise NotInScope(f"no consultation {id_} in this scope")
        wanted = {"scope_workspace": scope.workspace, "wanted_id": id_}
        if self._connection.execute(_DECISION_OF, wanted).first() is not None:
            raise AlreadyDecided(f"consultation {id_} is decided")
        return held

    def withdraw(
        self, scope: Scope, number: int, by: str, why: str, now: datetime, channel: str | None = None
    ) -> Decision | None:
        """Take a decision back. ``None`` when there is none in the scope that still stands.

        ``channel``: whose number it is, where the scope is not a channel's own.
        """
        found = self.decision(scope, number, channel)
        if found is None:
            return None
        place = found.decision.place
        status = self._connection.execute(_HELD, key_of(scope.workspace, place)).scalar_one()
        if status not in STANDING:
            return None
        gone = {"seq": 1, "by_id": by, "at": now, "why": why}
        self._connection.execute(_NEW_WITHDRAWAL, row_of(scope.workspace, place) | gone)
        return self.derive(scope.workspace, found.decision.place).decision

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
        self.derive_all(scope.workspace, [Place(new, place.number + by) for place in places])

    def _next_number(self, workspace: str, channel: str) -> int:
        values = {"new_workspace": workspace, "new_channel": channel}
        return int(self._connection.execute(_next_number(self._dialect), values).scalar_one())

    def _newest_after(self, workspace: str, channel: str, number: int | None) -> int | None:
        """The newest decision in the line that begins with ``number``."""
        while number is not None:
            wanted = key_of(workspace, Place(channel, number))
            following: int | None = self._connection.execute(_FOLLOWING, wanted).scalar_one()
            if following is None:
                break
            number = following
        return number


_IT = is_it(decisions)
_NEW_DECISION = insert(decisions).returning(*DECISION)
_DECISION_OF = select(decisions.c.number).where(
    decisions.c.workspace_id == bindparam("scope_workspace"),
    decisions.c.consultation_id == bindparam("wanted_id"),
)
_FOLLOWING = select(decisions.c.superseded_by).where(*_IT)
_HELD = select(decisions.c.status).where(*_IT).with_for_update()
_NEW_WITHDRAWAL = insert(withdrawals)
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
