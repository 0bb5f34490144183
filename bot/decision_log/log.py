"""The log itself: transactions, and the outbox of what Slack must still be told.

    with log.writing(workspace) as tx:
        if tx.first_sight(workspace, key, now):
            consultation = tx.consultation(scope, id)
            ...

A block that ends without an exception is on disk. One that raises left nothing behind.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar

from sqlalchemy import (
    CTE,
    BindParameter,
    ColumnElement,
    Engine,
    Select,
    Update,
    bindparam,
    case,
    delete,
    func,
    literal,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate

from bot.decision_log import silence
from bot.decision_log.asking import within_reason
from bot.decision_log.engine import BUSY_SECONDS, for_reading, is_its_file
from bot.decision_log.failures import CouldNotRead, CouldNotSave, instead_of_database_errors
from bot.decision_log.forgetting import leave_no_trace
from bot.decision_log.origins import Origins
from bot.decision_log.reading import Reading
from bot.decision_log.records import Backlog, Consultation, Hold, Outgoing
from bot.decision_log.rows import columns, records
from bot.decision_log.scope import Scope
from bot.decision_log.tables import check_ins, outbox, posts, reviewed
from bot.decision_log.writing import Writing
from bot.telemetry import traces

__all__ = ["CouldNotRead", "CouldNotSave", "Log"]

SOON_SECONDS = 0.1
"""How long a writer waits where another has just waited in vain."""

NOTHING: Mapping[int, str] = MappingProxyType({})

Columns = TypeVar("Columns", bound=tuple[Any, ...])
Shape = frozenset[str]
"""Which conditions a statement of the outbox has."""


class Log:
    """The decision log on one database, whose tables must be there already. Safe to share between threads.

    Do not open a transaction inside another, nor call the outbox's methods inside one: on SQLite it would
    wait for itself, and fail after :data:`~bot.decision_log.engine.BUSY_SECONDS`.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reader = for_reading(engine)
        # SQLite lets one writer in at a time and does not queue the others fairly; a lock here does.
        self._turn = threading.Lock() if engine.dialect.name == "sqlite" else None
        self._in_vain_until = 0.0
        """While somebody has just waited in vain the others wait less: Slack gives all of them three seconds."""
        self.origins = Origins()

    @contextmanager
    def writing(self, workspace: str | None = None) -> Iterator[Writing]:
        """One transaction, committed at the end of the block; or :class:`CouldNotSave` and nothing stored.

        ``workspace``: whose records it is about. PostgreSQL shows and takes no others; without one, none but those
        tables that hold ids only: see :mod:`bot.decision_log.guards`.
        """
        patience = SOON_SECONDS if time.monotonic() < self._in_vain_until else BUSY_SECONDS
        until = time.monotonic() + patience
        try:
            with (
                traces.part("transaction", writes=True),
                instead_of_database_errors(CouldNotSave),
                self._my_turn(patience),
                self._engine.connect() as connection,
            ):
                waiting = connection.execution_options(
                    writes=True, patience=until - time.monotonic(), workspace=workspace
                )
                with waiting.begin():
                    writing = Writing(waiting)
                    yield writing
                    # Before it is on disk, since from then on anybody may send.
                    self.origins.note(writing.touched)
                if not is_its_file(waiting):
                    raise CouldNotSave("the file of the database is gone", "gone")
        except CouldNotSave as failed:
            if failed.why in ("locked", "busy"):
                self._in_vain_until = time.monotonic() + BUSY_SECONDS
            raise

    @contextmanager
    def reading(self, workspace: str | None = None) -> Iterator[Reading]:
        """One transaction that sees the log as it is at one moment. Raises :class:`CouldNotRead`.

        ``workspace``: as for :meth:`writing`.
        """
        with (
            traces.part("transaction", writes=False),
            instead_of_database_errors(CouldNotRead),
            self._reader.connect() as connection,
        ):
            bound = connection.execution_options(workspace=workspace)
            with bound.begin():
                yield Reading(bound)

    @contextmanager
    def _my_turn(self, patience: float) -> Iterator[None]:
        if self._turn is None:
            yield
            return
        if not self._turn.acquire(timeout=patience):
            raise CouldNotSave("another writer of this process did not finish in time", "busy")
        try:
            yield
        finally:
            self._turn.release()

    def probe(self, now: datetime) -> None:
        """Write a little, for whoever wants to know whether the database still takes anything.

        Raises :class:`CouldNotSave` with the reason in ``why``.
        """
        with self.writing() as tx:
            tx.note_probe(now)

    def leave_no_trace(self) -> bool:
        """Let what was taken out of the log leave its files too; ``False``: try again. See there."""
        with instead_of_database_errors(CouldNotSave):
            return leave_no_trace(self._engine)

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()

    # The outbox

    def claim(
        self,
        now: datetime,
        lease: timedelta,
        limit: int,
        *,
        only: Collection[str] | None = None,
        not_of: Collection[str] = (),
        not_in: Collection[tuple[str, str]] = (),
    ) -> list[Outgoing]:
        """Take what is due and nobody else is sending, the most overdue first; yours until the lease ends.

        At most one consultation of a channel, so that a channel that is slow, or has much to show, keeps no other
        waiting. ``only``: of these workspaces. ``not_in`` names channels that have to wait, ``not_of`` workspaces in
        which all has to wait that was tried before. On SQLite it keeps the writers waiting, so ask
        :meth:`next_due` first. Raises :class:`CouldNotSave`.
        """
        left = _Left.to(only, not_of, not_in)
        wanted = {"now": now, "lease_until": now + lease, "most": limit, **left.named}
        with self.writing() as tx:
            claimed = records(Outgoing, tx._connection.execute(_claim(left.shape), wanted))
        return sorted(claimed, key=lambda outgoing: outgoing.due_at)

    def settled(self, outgoing: Outgoing, looks: Mapping[int, str] = NOTHING) -> bool:
        """Slack has been told. ``False`` if the consultation was touched meanwhile: it is due again at once.

        ``looks``: what messages that were edited look like now, by the numbers of their posts. Raises
        :class:`CouldNotSave`.
        """
        its = {"its_workspace": outgoing.workspace, "its_id": outgoing.consultation}
        with self.writing(outgoing.workspace) as tx:
            if looks:
                edited = [its | {"its_post": post, "new_shown": shown} for post, shown in looks.items()]
                tx._connection.execute(_EDITED, edited)
            gone = its | {"its_generation": outgoing.generation}
            if tx._connection.execute(_GONE, gone).rowcount == 1:
                return True
            freed = _release(outgoing).values(since=outbox.c.due_at, because=None)
            tx._connection.execute(freed)
            return False

    def postpone(
        self, outgoing: Outgoing, due_at: datetime, attempts: int, because: str | None = None
    ) -> None:
        """It did not work, or was too early: try again at ``due_at``, or at once if it was touched meanwhile.

        ``because``: what stands in the way, if anything does. Raises :class:`CouldNotSave`.
        """
        is_untouched = outbox.c.generation == outgoing.generation
        again = case((is_untouched, literal(due_at, outbox.c.due_at.type)), else_=outbox.c.due_at)
        count = case((is_untouched, attempts), else_=0)
        with self.writing() as tx:
            tx._connection.execute(_release(outgoing).values(due_at=again, attempts=count, because=because))

    def hurry(self, workspace: str, reasons: Collection[str], now: datetime) -> None:
        """Whatever of a workspace waits for one of these reasons is due now: the reason is gone.

        Raises :class:`CouldNotSave`.
        """
        waiting = update(outbox).where(
            outbox.c.workspace_id == workspace, outbox.c.because.in_(reasons), outbox.c.due_at > now
        )
        with self.writing() as tx:
            tx._connection.execute(waiting.values(due_at=now))

    def release(self, leases: Collection[datetime]) -> None:
        """End the claims whose leases end then. Raises :class:`CouldNotSave`."""
        held = update(outbox).where(outbox.c.lease_until.in_(leases))
        with self.writing() as tx:
            tx._connection.execute(held.values(lease_until=None))

    def begin_anew(self, now: datetime) -> None:
        """For the start, before anything is claimed: whatever was refused may be taken now, and is due.

        On SQLite, whose one process is this one, the claims of a process that was killed end. On PostgreSQL another
        may be sending, and leases run out by themselves. Raises :class:`CouldNotSave`.
        """
        held = update(outbox).where(outbox.c.lease_until.is_not(None)).values(lease_until=None)
        refused = update(outbox).where(outbox.c.because.is_not(None), outbox.c.due_at > now)
        with self.writing() as tx:
            if self._turn is not None:
                tx._connection.execute(held)
            tx._connection.execute(refused.values(due_at=now))

    def next_due(
        self,
        *,
        only: Collection[str] | None = None,
        not_of: Collection[str] = (),
        not_in: Collection[tuple[str, str]] = (),
    ) -> datetime | None:
        """When something next falls due or its lease ends; ``None`` when nothing waits. See :meth:`claim`.

        Raises :class:`CouldNotRead`.
        """
        left = _Left.to(only, not_of, not_in)
        with self.reading() as tx:
            return tx._connection.execute(_soonest(left.shape), left.named).scalar()

    def backlog(self, now: datetime) -> Backlog:
        """How many consultations wait for Slack, and for how long the oldest has been due.

        Raises :class:`CouldNotRead`.
        """
        holds = self.holds(now)
        oldest = max((hold.oldest for hold in holds), default=timedelta(0))
        return Backlog(sum(hold.waiting for hold in holds), oldest)

    def holds(self, now: datetime, *, only: Collection[str] | None = None) -> list[Hold]:
        """The same by what stands in the way, most first; ``only``: of these workspaces.

        Raises :class:`CouldNotRead`.
        """
        statement = (
            select(outbox.c.because, func.count(), func.min(outbox.c.since, type_=outbox.c.since.type))
            .group_by(outbox.c.because)
            .order_by(func.count().desc(), outbox.c.because)
        )
        left = _Left.to(only)
        with self.reading() as tx:
            found = tx._connection.execute(_without(statement, left.shape), left.named).all()
        return [Hold(because, count, max(timedelta(0), now - since)) for because, count, since in found]

    def check_ins_due(self, now: datetime, limit: int = 100) -> list[tuple[str, str]]:
        """Workspace and consultation of decisions to ask about by now, in all workspaces, the most overdue first.

        For the app's own rounds. Raises :class:`CouldNotRead`.
        """
        due = select(check_ins.c.workspace_id, check_ins.c.consultation_id)
        statement = due.where(check_ins.c.due_at <= now).order_by(check_ins.c.due_at).limit(limit)
        with self.reading() as tx:
            return [(row.workspace_id, row.consultation_id) for row in tx._connection.execute(statement)]

    def unreviewed(self, versions: str) -> list[str]:
        """The workspaces with decisions that were not looked at yet with these versions of policy and prices.

        For the app's own rounds. Raises :class:`CouldNotRead`.
        """
        statement = select(reviewed.c.workspace_id).where(reviewed.c.versions != versions)
        with self.reading() as tx:
            return sorted(tx._connection.execute(statement).scalars())

    def workspaces(self) -> list[str]:
        """All workspaces with decisions. For the operator. Raises :class:`CouldNotRead`."""
        with self.reading() as tx:
            return sorted(tx._connection.execute(select(reviewed.c.workspace_id)).scalars())

    def silent_since(self, before: datetime, limit: int = 100) -> list[Consultation]:
        """Open consultations not touched since then whose asker was not nudged, in all workspaces.

        For the app's own rounds, never for an answer to somebody. Raises :class:`CouldNotRead`, or
        :class:`CouldNotSave`.
        """
        while True:
            with self.reading() as tx:
                waiting = silence.may_be_silent(tx, before, within_reason(limit))
            found = [self._silent(workspace, ids, before) for workspace, ids in waiting.items()]
            silent = [one for theirs in found for one in theirs]
            if len(silent) == sum(map(len, waiting.values())):
                return sorted(silent, key=lambda consultation: consultation.touched_at)

    def _silent(self, workspace: str, ids: Sequence[str], before: datetime) -> list[Consultation]:
        """Those of them that are silent; of the others it is noted when they may be."""
        with self.reading(workspace) as tx:
            found = tx.of_ids(Scope.of_workspace(workspace), ids)
        silent = [one for one in found if silence.is_silent(one, before)]
        if len(silent) < len(ids):
            others = [one for one in found if one not in silent]
            with self.writing(workspace) as writing:
                silence.note(writing, workspace, set(ids) - {one.id for one in silent}, others, before)
        return silent


@dataclass(frozen=True, slots=True)
class _Left:
    """What is left to us of the outbox, as values for a statement of this shape."""

    shape: Shape
    named: dict[str, Any]

    @classmethod
    def to(
        cls,
        only: Collection[str] | None,
        not_of: Collection[str] = (),
        not_in: Collection[tuple[str, str]] = (),
    ) -> _Left:
        given = {"only": only, "not_of": not_of or None, "not_in": not_in or None}
        named = {name: list(values) for name, values in given.items() if values is not None}
        return cls(frozenset(named), named)


def _without(statement: Select[Columns], shape: Shape) -> Select[Columns]:
    if "only" in shape:
        statement = statement.where(outbox.c.workspace_id.in_(_several("only")))
    if "not_of" in shape:
        is_let_off = outbox.c.workspace_id.not_in(_several("not_of"))
        statement = statement.where(is_let_off | outbox.c.because.is_(None))
    if "not_in" in shape:
        channel = tuple_(outbox.c.workspace_id, outbox.c.channel_id)
        statement = statement.where(channel.not_in(_several("not_in")))
    return statement


def _several(name: str) -> BindParameter[Any]:
    return bindparam(name, expanding=True)


# Statements are built once and kept, here too: the outbox asks at every word that anybody says.
@cache
def _soonest(shape: Shape) -> Select[datetime]:
    free_at = case((outbox.c.lease_until > outbox.c.due_at, outbox.c.lease_until), else_=outbox.c.due_at)
    return _without(select(func.min(free_at, type_=outbox.c.due_at.type)), shape)


@cache
def _claim(shape: Shape) -> ReturningUpdate[Any]:
    chosen = _first_of_each_channel(shape)
    return (
        update(outbox)
        .where(outbox.c.workspace_id == chosen.c.workspace_id)
        .where(outbox.c.consultation_id == chosen.c.consultation_id)
        .values(lease_until=bindparam("lease_until"))
        .returning(*columns(Outgoing, outbox))
    )


def _first_of_each_channel(shape: Shape) -> CTE:
    """The most overdue row of each channel, held so that no other process takes it too."""
    now = bindparam("now", type_=outbox.c.due_at.type)
    is_free = (outbox.c.due_at <= now) & or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= now)
    place = func.row_number().over(
        partition_by=(outbox.c.workspace_id, outbox.c.channel_id),
        order_by=(outbox.c.due_at, outbox.c.consultation_id),
    )
    due = select(outbox.c.workspace_id, outbox.c.consultation_id, outbox.c.due_at).where(is_free)
    ranked = _without(due, shape).add_columns(place.label("place")).cte("ranked")
    return (
        select(outbox.c.workspace_id, outbox.c.consultation_id)
        .join(
            ranked,
            (outbox.c.workspace_id == ranked.c.workspace_id)
            & (outbox.c.consultation_id == ranked.c.consultation_id),
        )
        .where(ranked.c.place == 1, is_free)
        .order_by(ranked.c.due_at)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True, of=outbox)
        .cte("chosen")
    )


_EDITED = (
    update(posts)
    .where(
        posts.c.workspace_id == bindparam("its_workspace"),
        posts.c.consultation_id == bindparam("its_id"),
        posts.c.id == bindparam("its_post"),
    )
    .values(shown=bindparam("new_shown"), refused=None)
)
_GONE = delete(outbox).where(
    outbox.c.workspace_id == bindparam("its_workspace"),
    outbox.c.consultation_id == bindparam("its_id"),
    outbox.c.generation == bindparam("its_generation"),
)


def _row(outgoing: Outgoing) -> ColumnElement[bool]:
    return (outbox.c.workspace_id == outgoing.workspace) & (outbox.c.consultation_id == outgoing.consultation)


def _release(outgoing: Outgoing) -> Update:
    """Ends the claim, unless it had run out and somebody else has claimed the row since."""
    return (
        update(outbox)
        .where(_row(outgoing), outbox.c.lease_until == outgoing.lease_until)
        .values(lease_until=None)
    )
