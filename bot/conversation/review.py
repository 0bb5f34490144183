"""Standing decisions worked out again with the policy and the prices of today; those that moved are told once."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.conversation import posts
from bot.conversation.adding import tell
from bot.conversation.conversation import Conversation
from bot.conversation.standing import Standing, standing_of
from bot.decision_log.export import every
from bot.decision_log.log import Log
from bot.decision_log.records import Decision, Place, Recorded, Review, Setting
from bot.decision_log.scope import Scope
from bot.decision_log.wanted import STANDING, Wanted
from core.answers import CaseError
from core.costs.sources import Removed
from core.house import in_words
from core.inputs import title
from core.policy import Policy, thresholds
from core.told import Told
from core.told.ledger import Line
from core.wording import OPTION_NAMES, counted, money

MOST_NAMED = 4
"""Things that moved a decision, the largest first."""
OF_THE_PROGRAM = "The way it is worked out has changed with this version of the app."


@dataclass(frozen=True, slots=True)
class Moved:
    """A decision that would be advised otherwise today."""

    decision: Decision
    review: Review


def review(
    conversation: Conversation, workspace: str, now: datetime.datetime, *, dry_run: bool = False
) -> Iterator[Moved | None]:
    """Work out all standing decisions of a workspace again: each that moved since that was last told, else ``None``.

    It is told in its thread when it comes, unless it is a ``dry_run``. Two who do this at once tell each one once.
    """
    for place in _places(conversation.log, workspace):
        with conversation.log.reading(workspace) as tx:
            found = tx.decision(Scope.of_workspace(workspace), place.number, place.channel)
            house = tx.settings(Scope.of_workspace(workspace))
        moved = None if found is None else moved_to(found, house, now)
        if moved is None or found is None or not (dry_run or _tell(conversation, found, moved, now)):
            yield None
        else:
            yield Moved(found.decision, moved)


def _places(log: Log, workspace: str) -> list[Place]:
    with log.reading(workspace) as tx:
        standing = every(tx, Scope.of_workspace(workspace), Wanted(statuses=STANDING))
        return [one.place for one in standing]


def _tell(conversation: Conversation, found: Recorded, moved: Review, now: datetime.datetime) -> bool:
    """Record it and say so in the thread; ``False`` if somebody else did, or it fell meanwhile."""
    decision = found.decision
    scope = Scope.of_workspace(decision.workspace)
    with conversation.log.writing(decision.workspace) as tx:
        tx.consultation(scope, decision.consultation)  # which also holds it
        current = tx.decision(scope, decision.number, decision.channel)
        if current is None or current.decision.status not in STANDING or current.reviews != found.reviews:
            return False
        tx.add_review(scope, decision.place, moved)
        note = posts.Moved(decision.number, moved.was, moved.verdict, moved.because)
        tell(tx, decision, note, now)
    conversation.wake()
    return True


def moved_to(found: Recorded, house: tuple[Setting, ...], now: datetime.datetime) -> Review | None:
    """What would be advised now, if that is not what was told last; ``None`` also where too little is known."""
    was = found.reviews[-1].verdict if found.reviews else found.decision.recommended
    if not was or found.advice is None:
        return None
    try:
        today = standing_of(replace(found.consultation, house=house), now)
    except CaseError:  # answers that this program no longer takes
        return None
    verdict = today.advice.verdict
    if verdict is None or str(verdict) == was:
        return None
    since = found.reviews[-1].at if found.reviews else found.decision.at
    then = standing_of(found.consultation, since)
    because = tuple(_because(Told.from_json(found.advice), then, today))[:MOST_NAMED]
    return Review(now, was, str(verdict), because or (OF_THE_PROGRAM,))


def _because(kept: Told, then: Standing, today: Standing) -> Iterator[str]:
    """What moved it: what can be had no more, thresholds, prices."""
    yield from _retired(kept.removed, today.told.removed)
    yield from _thresholds(then.advice.policy, today.advice.policy)
    yield from _prices(kept, today.told)


def _retired(before: tuple[Removed, ...], after: tuple[Removed, ...]) -> Iterator[str]:
    known = {(one.option, one.because) for one in before}
    for one in after:
        if (one.option, one.because) not in known:
            yield f"{OPTION_NAMES.get(one.option, one.option)} is out now: {one.because}"


def _thresholds(before: Policy, after: Policy) -> Iterator[str]:
    for key in thresholds():
        old, new = getattr(before, key), getattr(after, key)
        if old != new:
            yield f"The threshold “{title(key)}” was {in_words(key, old)} and is {in_words(key, new)} now."


def _prices(before: Told, after: Told) -> Iterator[str]:
    """The unit prices that changed, those that changed most first."""
    old, new = dict(_lines(before)), dict(_lines(after))
    changed = [
        (label, old[option, label].unit_price, line.unit_price, line.unit)
        for (option, label), line in new.items()
        if (option, label) in old and old[option, label].unit_price != line.unit_price
    ]
    once: dict[tuple[Decimal, Decimal, str], list[str]] = {}
    for label, was, now, unit in changed:
        if was and now:
            once.setdefault((was, now, unit), []).append(label)
    for (was, now, unit), labels in sorted(once.items(), key=_by_how_much):
        where = (
            f"{labels[0]} and {counted(len(set(labels)) - 1, 'other lines')}"
            if len(set(labels)) > 1
            else labels[0]
        )
        yield f"{where}: the price of {unit} was {money(was)} and is {money(now)}."


def _by_how_much(change: tuple[tuple[Decimal, Decimal, str], list[str]]) -> Decimal:
    (was, now, _), _ = change
    return -max(was / now, now / was)


def _lines(told: Told) -> Iterator[tuple[tuple[str, str], Line]]:
    for scenario in told.ledger.scenarios():
        for option in scenario.options:
            for line in option.lines:
                yield (option.name, line.label), line
