"""Workspaces that took the app away: their records are kept for a while, in case it comes back."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from bot.decision_log.reading import Reading
from bot.decision_log.tables import departures
from bot.decision_log.transaction import upsert
from bot.decision_log.writing import Writing

KEPT_FOR = timedelta(days=30)
"""How long the records of a workspace stay after the app was taken away."""


def note_departure(tx: Writing, workspace: str, now: datetime) -> None:
    """The app was taken away. The first time counts, however often that is said."""
    row = upsert(tx._dialect)(departures).values(workspace_id=workspace, at=now)
    tx._connection.execute(row.on_conflict_do_nothing())


def note_return(tx: Writing, workspace: str) -> bool:
    """The app is there; whether it had been taken away."""
    gone = delete(departures).where(departures.c.workspace_id == workspace)
    return tx._connection.execute(gone).rowcount == 1


def departed_by(tx: Reading, moment: datetime) -> list[str]:
    """The workspaces that took the app away until this moment. For the app's own rounds."""
    gone = select(departures.c.workspace_id).where(departures.c.at <= moment)
    return list(tx._connection.execute(gone.order_by(departures.c.workspace_id)).scalars())
