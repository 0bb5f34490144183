"""The log itself: transactions, and the outbox of what Slack must still be told.

    with log.writing() as tx:
        if tx.first_sight(workspace, key, now):
            consultation = tx.consultation(scope, id)
            ...

A block that ends without an exception is on disk. One that raises left nothing behind.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Engine, Select, Update, case, delete, false, func, or_, select, update

from bot.decision_log.engine import BUSY_SECONDS, for_reading, for_writing
from bot.decision_log.failures import CouldNotRead, CouldNotSave, instead_of_database_errors
from bot.decision_log.reading import _CONSULTATION, Reading, within_reason
from bot.decision_log.records import Backlog, Consultation, Outgoing
from bot.decision_log.tables import consultations, outbox
from bot.decision_log.writing import Writing

__all__ = ["CouldNotRead", "CouldNotSave", "Log"]


class Log:
    """The decision log on one database, whose tables must be there already. Safe to share between threads.

    Do not open a transaction inside another, nor call the outbox's methods inside one: on SQLite it would
    wait for itself, and fail after :data:`~bot.decision_log.engine.BUSY_SECONDS`.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reader = for_reading(engine)
        self._writer = for_writing(engine)
        # SQLite lets one writer in at a time and does not queue the others fairly; a lock here does.
        self._turn = threading.Lock() if engine.dialect.name == "sqlite" else None

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """One transaction, committed at the end of the block; or :class:`CouldNotSave` and nothing stored."""
        with instead_of_database_errors(CouldNotSave), self._my_turn(), self._writer.begin() as connection:
            yield Writing(connection)

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """One transaction that sees the log as it is at one moment. Raises :class:`CouldNotRead`."""
        with instead_of_database_errors(CouldNotRead), self._reader.begin() as connection:
            yield Reading(connection)

    @contextmanager
    def _my_turn(self) -> Iterator[None]:
        if self._turn is None:
            yield
            return
        if not self._turn.acquire(timeout=BUSY_SECONDS):
            raise CouldNotSave("another writer of this process did not finish in time")
        try:
            yield
        finally:
            self._turn.release()

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()

    # The outbox

    def claim(
        self, now: datetime, lease: timedelta, limit: int, workspaces: Collection[str] | None = None
    ) -> list[Outgoing]:
        """Take what is due and nobody else is sending, the most overdue first; yours until the lease ends.

        ``workspaces``: only of these. Raises :class:`CouldNotSave`.
        """
        if not self._anything_due(now, workspaces):
            return []  # Looking costs little; on SQLite, claiming keeps the writers waiting.
        chosen = _due(now, workspaces).limit(limit).with_for_update(skip_locked=True).cte("chosen")
        statement = (
            update(outbox)
            .where(outbox.c.workspace_id == chosen.c.workspace_id)
            .where(outbox.c.consultation_id == chosen.c.consultation_id)
            .values(lease_until=now + lease)
            .returning(*_OUTGOING)
        )
        with self.writing() as tx:
            claimed = [Outgoing(*row) for row in tx._connection.execute(statement)]
        return sorted(claimed, key=lambda outgoing: outgoing.due_at)

    def _anything_due(self, now: datetime, workspaces: Collection[str] | None) -> bool:
        with instead_of_database_errors(CouldNotSave), self._reader.begin() as connection:
            return connection.execute(_due(now, workspaces).limit(1)).first() is not None

    def settled(self, outgoing: Outgoing, generation: int | None = None) -> bool:
        """Slack has been told. ``False`` if the consultation was touched meanwhile: it is due again at once.

        ``generation``: the one that was sent, if newer than the claimed one. Raises :class:`CouldNotSave`.
        """
        sent = outgoing.generation if generation is None else generation
        gone = delete(outbox).where(_row(outgoing), outbox.c.generation == sent)
        freed = _release(outgoing).values(since=outbox.c.due_at)
        with self.writing() as tx:
            if tx._connection.execute(gone).rowcount == 1:
                return True
            tx._connection.execute(freed)
            return False

    def postpone(self, outgoing: Outgoing, due_at: datetime, attempts: int) -> None:
        """It did not work, or was too early: try again at ``due_at``. Raises :class:`CouldNotSave`."""
        with self.writing() as tx:
            tx._connection.execute(_release(outgoing).values(due_at=due_at, attempts=attempts))

    def release_leases(self) -> None:
        """End the claims of a process that was killed. For the start, before anything is claimed.

        Only on SQLite, whose one process is this one. On PostgreSQL another may be sending, and leases run out by
        themselves. Raises :class:`CouldNotSave`.
        """
        if self._turn is None:
            return
        held = update(outbox).where(outbox.c.lease_until.is_not(None)).values(lease_until=None)
        with self.writing() as tx:
            tx._connection.execute(held)

    def next_due(self, workspaces: Collection[str] | None = None) -> datetime | None:
        """When something next falls due or its lease ends; ``None`` when nothing waits.

        Raises :class:`CouldNotRead`.
        """
        free_at = case((outbox.c.lease_until > outbox.c.due_at, outbox.c.lease_until), else_=outbox.c.due_at)
        statement = select(func.min(free_at, type_=outbox.c.due_at.type))
        if workspaces is not None:
            statement = statement.where(outbox.c.workspace_id.in_(workspaces))
        with self.reading() as tx:
            return tx._connection.execute(statement).scalar()

    def backlog(self, now: datetime) -> Backlog:
        """How many consultations wait for Slack, and for how long the oldest has been due.

        Raises :class:`CouldNotRead`.
        """
        statement = select(func.count(), func.min(outbox.c.since, type_=outbox.c.since.type)).select_from(
            outbox
        )
        with self.reading() as tx:
            count, oldest = tx._connection.execute(statement).one()
        return Backlog(count, max(timedelta(0), now - oldest) if oldest else timedelta(0))

    def silent_since(self, before: datetime, limit: int = 100) -> list[Consultation]:
        """Open consultations not touched since then whose asker was not nudged, in all workspaces.

        For the app's own rounds, never for an answer to somebody. Raises :class:`CouldNotRead`.
        """
        statement = (
            select(*_CONSULTATION)
            .where(consultations.c.status == "open", consultations.c.nudged == false())
            .where(consultations.c.touched_at < before)
            .order_by(consultations.c.touched_at)
            .limit(within_reason(limit))
        )
        with self.reading() as tx:
            rows = tx._connection.execute(statement).all()
            by_workspace = {
                row.workspace_id: [r for r in rows if r.workspace_id == row.workspace_id] for row in rows
            }
            found = [one for workspace, mine in by_workspace.items() for one in tx._whole(workspace, mine)]
        return sorted(found, key=lambda consultation: consultation.touched_at)


# In the order of the fields of Outgoing.
_OUTGOING = (
    outbox.c.workspace_id,
    outbox.c.consultation_id,
    outbox.c.due_at,
    outbox.c.attempts,
    outbox.c.lease_until,
    outbox.c.generation,
)


def _due(now: datetime, workspaces: Collection[str] | None) -> Select[tuple[str, str]]:
    statement = (
        select(outbox.c.workspace_id, outbox.c.consultation_id)
        .where(outbox.c.due_at <= now)
        .where(or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= now))
        .order_by(outbox.c.due_at)
    )
    return statement if workspaces is None else statement.where(outbox.c.workspace_id.in_(workspaces))


def _row(outgoing: Outgoing) -> ColumnElement[bool]:
    return (outbox.c.workspace_id == outgoing.workspace) & (outbox.c.consultation_id == outgoing.consultation)


def _release(outgoing: Outgoing) -> Update:
    """Ends the claim, unless it had run out and somebody else has claimed the row since."""
    return (
        update(outbox)
        .where(_row(outgoing), outbox.c.lease_until == outgoing.lease_until)
        .values(lease_until=None)
    )
