"""How a decision turned out, by button and form; and the one question about it, asked when it is due.

Whose decision it is follows from where somebody acts, as in :mod:`bot.conversation.inquiry`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from bot.conversation import posts, results
from bot.conversation.adding import tell
from bot.conversation.conversation import Conversation
from bot.conversation.inquiry import seen_from
from bot.conversation.replies import Act, Done, NotAnOutcome, Nothing, Refused, Reply
from bot.decision_log.log import Log
from bot.decision_log.records import Decision, Outcome, Place, Recorded, Review
from bot.decision_log.scope import Scope
from bot.decision_log.wanted import STANDING, Wanted
from bot.decision_log.writing import Writing
from core.reading.results import Results, counts_are_wrong

MOST_AWAITED = 20


def record(conversation: Conversation, act: Act, place: Place, said: Results) -> Reply:
    """Record how a decision turned out, as a form says it: the whole of it counts from now on."""
    wrong = mistakes(said)
    if wrong:
        return NotAnOutcome(wrong)

    def add(tx: Writing, decision: Decision) -> None:
        outcome = Outcome(
            act.user,
            act.now,
            shipped=said.shipped,
            eval_correct=said.correct,
            eval_total=said.total,
            bill_per_month=said.bill,
            hours=said.hours,
            again=said.again,
            cannot_tell=said.cannot_tell,
        )
        results.record(tx, act, decision, outcome)

    return _about(conversation, act, place, add)


def mistakes(said: Results) -> dict[str, str]:
    """What cannot be, by field."""
    if (said.correct is None) != (said.total is None):
        missing = "total" if said.total is None else "correct"
        return {
            missing: "Out of how many cases?" if missing == "total" else "And how many of those were right?"
        }
    wrong: dict[str, str] = {}
    if said.correct is not None and said.total is not None:
        sentence = counts_are_wrong(said.correct, said.total)
        if sentence:
            wrong["total" if said.total < 1 else "correct"] = sentence
    if said.bill is not None and said.bill < 0:
        wrong["bill"] = "A bill cannot be negative."
    if said.hours is not None and said.hours < 0:
        wrong["hours"] = "Hours of work cannot be negative."
    return wrong


def take_back(conversation: Conversation, act: Act, place: Place) -> Reply:
    """What was recorded counts no more."""
    return _about(conversation, act, place, lambda tx, decision: results.take_back(tx, act, decision))


def ask_on(conversation: Conversation, act: Act, place: Place, on: datetime.date | None) -> Reply:
    """Ask how it turned out on this day, or not at all."""
    return _about(conversation, act, place, lambda tx, decision: results.ask_on(tx, act, decision, on))


def link(conversation: Conversation, act: Act, place: Place, url: str, note: str) -> Reply:
    """Record what came of it elsewhere."""
    read = results.link_of(url, note)
    if isinstance(read, results.Wrong):
        return NotAnOutcome({"url": read.because})
    return _about(
        conversation, act, place, lambda tx, decision: results.link(tx, act, decision, read.url, read.note)
    )


def _about(
    conversation: Conversation, act: Act, place: Place, add: Callable[[Writing, Decision], None]
) -> Reply:
    with conversation.once(act) as tx:
        if tx is None:
            return Nothing()
        found = tx.decision(seen_from(act), place.number, place.channel)
        if found is None:
            return Refused("not_here")
        add(tx, found.decision)
        return Done(found.consultation.id)


def ask(conversation: Conversation, workspace: str, consultation: str, now: datetime.datetime) -> bool:
    """Ask in its thread how a decision turned out, if that is still to be asked; whether it is asked now.

    For the app's own rounds. However many try, one asks: who takes the row in the outbox wants the message, in one
    transaction.
    """
    scope = Scope.of_workspace(workspace)
    with conversation.log.writing(workspace) as tx:
        current = tx.consultation(scope, consultation)
        if not tx.take_check_in(workspace, consultation, now):
            return False
        decision = None if current is None else current.decision
        found = None if decision is None else tx.decision(scope, decision.number, decision.channel)
        if (
            decision is None
            or found is None
            or not found.consultation.has_thread
            or not is_to_be_asked(found)
        ):
            return False
        tell(tx, decision, posts.CheckIn(decision.number), now)
    conversation.wake()
    return True


def is_to_be_asked(found: Recorded) -> bool:
    """Whether it stands, and nobody has said how it turned out, or could not tell and wanted to be asked again."""
    decision = found.decision
    if decision.status not in STANDING:
        return False
    if decision.outcome == "cannot_tell" and found.dates:
        return found.dates[-1].at > found.outcomes[-1].at
    return decision.outcome is None


@dataclass(frozen=True, slots=True)
class Awaited:
    """Decisions in which somebody took part and whose outcome is due.

    held_up: by consultation why its thread does not show the question. moved: those that would be advised otherwise.
    """

    decisions: tuple[Decision, ...]
    held_up: dict[str, str]
    moved: tuple[tuple[Decision, Review], ...] = ()


def awaited(log: Log, workspace: str, person: str, now: datetime.datetime) -> Awaited:
    """For somebody's App Home: what waits for a word from their teams."""
    scope = Scope.of_person(workspace, person)
    with log.reading(workspace) as tx:
        found = tx.decisions(scope, limit=MOST_AWAITED, wanted=Wanted(due=True, now=now))
        held_up = dict(tx.held_up(scope, [one.consultation for one in found]))
        return Awaited(tuple(found), held_up, tuple(tx.moved(scope)))
