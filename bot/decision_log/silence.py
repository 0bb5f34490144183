"""Who may have to be nudged: ids and moments, so that nobody has to look through what all workspaces say.

A row stands for each consultation that may be silent. It is looked at when it may be, in its own workspace: what was
touched since is looked at later, and what is over not any more.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, insert, select, update

from bot.decision_log.reading import Reading
from bot.decision_log.records import Consultation
from bot.decision_log.tables import nudges
from bot.decision_log.transaction import Transaction

LOOKED_AT_AGAIN = timedelta(days=1)
"""What waits for no answer now may do so later."""


def begin(tx: Transaction, workspace: str, consultation: str, now: datetime) -> None:
    """A consultation is open from now on."""
    tx._connection.execute(_NEW, {"workspace_id": workspace, "consultation_id": consultation, "since": now})


def end(tx: Transaction, workspace: str, consultations: Collection[str]) -> None:
    """Nobody is to be nudged about these any more."""
    tx._connection.execute(_END, {"whose": workspace, "ids": list(consultations)})


def may_be_silent(tx: Reading, before: datetime, limit: int) -> Mapping[str, list[str]]:
    """The consultations of each workspace that were not touched since then, as far as is noted here, longest first."""
    found: dict[str, list[str]] = {}
    for row in tx._connection.execute(_SILENT, {"before": before, "most": limit}):
        found.setdefault(row.workspace_id, []).append(row.consultation_id)
    return found


def is_silent(one: Consultation, before: datetime) -> bool:
    """Whether its asker is to be nudged."""
    return one.status == "open" and not one.nudged and one.touched_at < before


def note(
    tx: Transaction, workspace: str, ids: Collection[str], there: Collection[Consultation], before: datetime
) -> None:
    """Of these, which are not silent: when each may be. ``there``: those of them that there are."""
    waiting = {one.id: one for one in there if one.status not in ("decided", "void") and not one.nudged}
    end(tx, workspace, set(ids) - set(waiting))
    for id_, one in waiting.items():
        since = one.touched_at if one.touched_at >= before else before + LOOKED_AT_AGAIN
        tx._connection.execute(_LATER, {"whose": workspace, "which": id_, "later": since})


_NEW = insert(nudges)
_WHOSE = nudges.c.workspace_id == bindparam("whose")
_END = delete(nudges).where(_WHOSE, nudges.c.consultation_id.in_(bindparam("ids", expanding=True)))
_LATER = (
    update(nudges)
    .where(_WHOSE, nudges.c.consultation_id == bindparam("which"))
    .values(since=bindparam("later"))
)
_SILENT = (
    select(nudges.c.workspace_id, nudges.c.consultation_id)
    .where(nudges.c.since < bindparam("before", type_=nudges.c.since.type))
    .order_by(nudges.c.since)
    .limit(bindparam("most"))
)
