"""What may become of a decision: it is taken up again in a new consultation, or withdrawn. Nothing is written over."""

from __future__ import annotations

from itertools import groupby

from bot.conversation import posts
from bot.conversation.adding import add_post, tell
from bot.conversation.conversation import Conversation
from bot.conversation.inquiry import seen_from
from bot.conversation.opened import clean
from bot.conversation.replies import Act, Done, Fallen, Nothing, Refused, Reply, TakenUp
from bot.decision_log.records import TAKEN_BACK, AnswerRecord, Consultation, Place
from bot.decision_log.scope import Scope


def reopen(conversation: Conversation, act: Act, place: Place, *, unreachable: str | None = None) -> Reply:
    """Open a consultation in the decision's channel from the answers that led to it, each still its author's.

    It supersedes the decision when it is decided. ``unreachable``: as in :meth:`Conversation.start`.
    """
    with conversation.once(act) as tx:
        if tx is None:
            return Nothing()
        found = tx.decision(seen_from(act), place.number, place.channel)
        if found is None:
            return Refused("not_here")
        if found.decision.superseded_by is not None:
            return Fallen(found.decision)
        scope = Scope.of_channel(act.workspace, place.channel)
        there = tx.taking_up(scope, place.number)
        if there is not None:
            return TakenUp(there)
        opened = tx.open_consultation(
            scope, task=found.decision.task, asker=act.user, now=act.now, reopened_from=place.number
        )
        add_post(tx, scope, opened.id, posts.Card(unreachable or None))
        for author, records in groupby(standing_answers(found.consultation), key=lambda one: one.author):
            given = [(one.key, one.value, one.how) for one in records]
            tx.add_answers(scope, opened.id, given, author, act.now)
        tx.touch(act.workspace, opened.id, act.now)
        return Done(opened.id)


def standing_answers(consultation: Consultation) -> list[AnswerRecord]:
    """The answers that count: the newest of each key, in the order in which they were given."""
    newest = {record.key: record for record in consultation.answers}
    return sorted((one for one in newest.values() if one.value != TAKEN_BACK), key=lambda one: one.seq)


def withdraw(conversation: Conversation, act: Act, place: Place, why: str) -> Reply:
    """Take a decision back, with the reason. Of two who do at once one does, and the other is told."""
    reason = clean(why).strip()
    if not reason:
        return Refused("no_reason_given")
    with conversation.once(act) as tx:
        if tx is None:
            return Nothing()
        scope = seen_from(act)
        found = tx.decision(scope, place.number, place.channel)
        if found is None:
            return Refused("not_here")
        gone = tx.withdraw(scope, place.number, act.user, reason, act.now, place.channel)
        if gone is None:
            return Fallen(found.decision)
        tell(tx, gone, posts.Withdrawn(act.user, place.number, reason), act.now)
        return Done(gone.consultation)
