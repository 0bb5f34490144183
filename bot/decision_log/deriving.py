"""What follows from a decision's record, brought up to date beside it, to be listed and filtered by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, bindparam, func, select, update

from bot.decision_log import derived
from bot.decision_log.expected import expected
from bot.decision_log.failures import NotInScope
from bot.decision_log.places import by_channel, is_it, key_of, one_of
from bot.decision_log.reading import Reading
from bot.decision_log.records import Place, Recorded
from bot.decision_log.scope import Scope
from bot.decision_log.search import Entry, note_words, search_text
from bot.decision_log.tables import decision_words, decisions, withdrawals

AT_ONCE = 500
"""So many decisions are looked at before the next are."""


class Deriving(Reading):
    """The part of a writing transaction that works out what follows from what was recorded."""

    def derive(self, workspace: str, place: Place) -> Recorded:
        """Bring what follows from a decision's record up to date: call it whenever something was added to that."""
        found = self.derive_all(workspace, [place])
        if not found:
            raise NotInScope(f"no decision {place} in this workspace")
        return found[0]

    def derive_all(self, workspace: str, places: Sequence[Place]) -> list[Recorded]:
        """The same for several, in a few statements for many of them; those of them that there are."""
        derived_ones: list[Recorded] = []
        for at in range(0, len(places), AT_ONCE):
            derived_ones += self._derive_some(workspace, places[at : at + AT_ONCE])
        return derived_ones

    def derive_missing(self, workspace: str) -> int:
        """Do so for all decisions of a workspace of which something is not derived yet; how many."""
        done = 0
        while rows := self._connection.execute(_UNDERIVED, {"whose": workspace}).all():
            self.derive_all(workspace, [Place(row.channel_id, row.number) for row in rows])
            done += len(rows)
        return done

    def _derive_some(self, workspace: str, places: Sequence[Place]) -> list[Recorded]:
        for its in by_channel(places):
            self._derive_status(workspace, its)
        scope = Scope.of_workspace(workspace)
        found = self.whole(scope, places)
        if not found:
            return []
        follows = [
            key_of(workspace, one.decision.place)
            | {
                "new_outcome": derived.outcome_key(one.outcomes, derived.target_of(one.consultation)),
                "new_cost": derived.cost(one.advice, one.decision.chosen),
                "new_due_at": derived.ask_at(one.dates, one.decision.chosen, one.decision.at),
            }
            for one in found
        ]
        self._connection.execute(_DERIVE, follows)
        note_words(self._connection, workspace, [_entry(one) for one in found])
        now = self.at_places(scope, places)
        return [one._replace(decision=now[one.decision.place]) for one in found]

    def _derive_status(self, workspace: str, its: Mapping[str, Any]) -> None:
        """How decisions of a channel stand."""
        wanted = {"the_workspace": workspace, **its}
        gone = {row.number: row for row in self._connection.execute(_WITHDRAWN, wanted)}  # the first is last
        stands = [
            key_of(workspace, Place(its["the_channel"], row.number))
            | {
                "new_status": derived.status(
                    row.decided, is_withdrawn=row.number in gone, superseded_by=row.following
                ),
                "new_superseded_by": row.following,
                **_withdrawal(gone.get(row.number)),
            }
            for row in self._connection.execute(_STANDS, wanted)
        ]
        if stands:
            self._connection.execute(_SET_STATUS, stands)


def _entry(found: Recorded) -> Entry:
    """What a decision is found by and compared by."""
    return Entry(
        found.decision.place,
        found.decision.at,
        search_text(derived.decision_words(found)),
        derived.traits_of(found).to_json(),
        expected(found).to_json(),
    )


def _withdrawal(gone: Any) -> dict[str, Any]:
    return {
        "gone_by": gone and gone.by_id,
        "gone_at": gone and gone.at,
        "gone_why": gone and gone.why,
    }


_IT = is_it(decisions)
_later = decisions.alias("later")
_OF_WORKSPACE: BindParameter[Any] = bindparam("the_workspace")
_STANDS = select(
    decisions.c.number,
    decisions.c.decided,
    select(func.min(_later.c.number))
    .where(
        _later.c.workspace_id == bindparam("the_workspace"),
        _later.c.channel_id == bindparam("the_channel"),
        _later.c.supersedes == decisions.c.number,
    )
    .scalar_subquery()
    .label("following"),
).where(decisions.c.workspace_id == _OF_WORKSPACE, *one_of(decisions))
_WITHDRAWN = (
    select(withdrawals.c.number, withdrawals.c.by_id, withdrawals.c.at, withdrawals.c.why)
    .where(withdrawals.c.workspace_id == _OF_WORKSPACE, *one_of(withdrawals))
    .order_by(withdrawals.c.seq.desc())
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
