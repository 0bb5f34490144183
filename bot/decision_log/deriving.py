"""What follows from a decision's record, brought up to date beside it, to be listed and filtered by."""

from __future__ import annotations

from sqlalchemy import bindparam, func, select, update

from bot.decision_log import derived
from bot.decision_log.asking import as_decision
from bot.decision_log.conditions import DECISION
from bot.decision_log.expected import expected
from bot.decision_log.failures import NotInScope
from bot.decision_log.places import is_it, key_of
from bot.decision_log.reading import Reading
from bot.decision_log.records import Place, Recorded
from bot.decision_log.scope import Scope
from bot.decision_log.search import note_words, search_text
from bot.decision_log.tables import decision_words, decisions, withdrawals

AT_ONCE = 500
"""So many decisions are looked at before the next are."""


class Deriving(Reading):
    """The part of a writing transaction that works out what follows from what was recorded."""

    def derive(self, workspace: str, place: Place) -> Recorded:
        """Bring what follows from a decision's record up to date: call it whenever something was added to that."""
        self._derive_status(workspace, place)
        found = self.decision(Scope.of_workspace(workspace), place.number, place.channel)
        if found is None:
            raise NotInScope(f"no decision {place} in this workspace")
        decision = found.decision
        follows = {
            "new_outcome": derived.outcome_key(found.outcomes, derived.target_of(found.consultation)),
            "new_cost": derived.cost(found.advice, decision.chosen),
            "new_due_at": derived.ask_at(found.dates, decision.chosen, decision.at),
        }
        row = self._connection.execute(_DERIVE, key_of(workspace, place) | follows).one()
        note_words(
            self._connection,
            workspace,
            place,
            search_text(derived.decision_words(found)),
            derived.traits_of(found).to_json(),
            expected(found).to_json(),
        )
        return found._replace(decision=as_decision(row))

    def derive_missing(self, workspace: str) -> int:
        """Do so for all decisions of a workspace of which something is not derived yet; how many."""
        done = 0
        while rows := self._connection.execute(_UNDERIVED, {"whose": workspace}).all():
            for row in rows:
                self.derive(workspace, Place(row.channel_id, row.number))
            done += len(rows)
        return done

    def _derive_status(self, workspace: str, place: Place) -> None:
        key = key_of(workspace, place)
        row = self._connection.execute(_STANDS, key).one_or_none()
        if row is None:
            return
        gone = self._connection.execute(_WITHDRAWN, key).first()
        stands = {
            "new_status": derived.status(
                row.decided, is_withdrawn=gone is not None, superseded_by=row.following
            ),
            "new_superseded_by": row.following,
            "gone_by": gone and gone.by_id,
            "gone_at": gone and gone.at,
            "gone_why": gone and gone.why,
        }
        self._connection.execute(_SET_STATUS, key | stands)


_IT = is_it(decisions)
_later = decisions.alias("later")
_STANDS = select(
    decisions.c.decided,
    select(func.min(_later.c.number))
    .where(
        _later.c.workspace_id == bindparam("the_workspace"),
        _later.c.channel_id == bindparam("the_channel"),
        _later.c.supersedes == bindparam("the_number"),
    )
    .scalar_subquery()
    .label("following"),
).where(*_IT)
_WITHDRAWN = (
    select(withdrawals.c.by_id, withdrawals.c.at, withdrawals.c.why)
    .where(*is_it(withdrawals))
    .order_by(withdrawals.c.seq)
    .limit(1)
)
_SET_STATUS = (
    update(decisions)
    .where(*_IT)
    .values(
        status=bindparam("new_status"),
        superseded_by=bindparam("new_superseded_by"),
        withdrawn_by_id=bindparam("gone_by"),
        withdrawn_at=bindparam("gone_at"),
        withdrawn_why=bindparam("gone_why"),
    )
)
_DERIVE = (
    update(decisions)
    .where(*_IT)
    .values(
        outcome=bindparam("new_outcome"),
        cost=bindparam("new_cost"),
        due_at=bindparam("new_due_at"),
    )
    .returning(*DECISION)
)
_UNDERIVED = (
    select(decisions.c.channel_id, decisions.c.number)
    .outerjoin(
        decision_words,
        (decision_words.c.workspace_id == decisions.c.workspace_id)
        & (decision_words.c.channel_id == decisions.c.channel_id)
        & (decision_words.c.number == decisions.c.number),
    )
    .where(decisions.c.workspace_id == bindparam("whose"), decision_words.c.number.is_(None))
    .limit(AT_ONCE)
)
