"""Past decisions that are like a case, with what is alike and how they turned out."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from bot.decision_log.asking import Asking
from bot.decision_log.records import Decision, Place
from bot.decision_log.scope import Scope
from core.advice import Advice, advise
from core.answers import Answers
from core.policy import Policy
from core.similar import Likeness, Traits, likenesses, traits

MOST = 3


@dataclass(frozen=True, slots=True)
class Alike:
    """A decision that is like a case. ``similarity``: 0 to 1. ``because``: what is alike, in a few words each."""

    decision: Decision
    similarity: float
    because: tuple[str, ...]
    of_several_channels: bool = False

    def to_json(self) -> dict[str, Any]:
        """One object; its channel where the number alone does not say which."""
        where = {"channel": self.decision.channel} if self.of_several_channels else {}
        return {
            "number": self.decision.number,
            **where,
            "similarity": self.similarity,
            "because": list(self.because),
            "outcome": self.decision.outcome,
        }


def alike(
    tx: Asking,
    scope: Scope,
    answers: Answers,
    *,
    on: datetime.date,
    policy: Policy | None = None,
    ancestors: Collection[Place] = (),
) -> list[Alike]:
    """Up to three decisions of the newest 500 in the scope that are like this case, best first; none if none is.

    One that was superseded is shown through what superseded it. ``ancestors``: the line that the case itself comes
    from, which is left out, whatever superseded it.
    """
    return like(tx, scope, traits_of(answers, advise(answers, on=on, policy=policy)), ancestors)


def traits_of(answers: Answers, advice: Advice) -> Traits:
    """What a case is compared by, before it is decided."""
    return traits(answers, str(advice.verdict or advice.leaning))


def like(tx: Asking, scope: Scope, mine: Traits, ancestors: Collection[Place] = ()) -> list[Alike]:
    """The same by what a case is compared by."""
    newest = tx.compared(scope)
    after = {one.place: one.superseded_by for one in newest}
    own = {_newest_of(place, after) for place in ancestors}
    known = [(one.place, Traits.from_json(one.traits)) for one in newest if one.traits is not None]
    found = likenesses(mine, [theirs for _, theirs in known])
    best: dict[Place, Likeness] = {}
    for (place, _), likeness in zip(known, found, strict=True):
        stands = _newest_of(place, after)
        if likeness is None or stands in own or stands not in after:
            continue
        if stands not in best or likeness.similarity > best[stands].similarity:
            best[stands] = likeness
    places = sorted(best, key=lambda place: -best[place].similarity)[:MOST]
    decided = tx.at_places(scope, places)
    is_of_several = scope.channel is None
    return [Alike(decided[at], best[at].similarity, best[at].because, is_of_several) for at in places]


def _newest_of(place: Place, after: Mapping[Place, int | None]) -> Place:
    """What stands at the end of a decision's line. ``after``: the number of what superseded each."""
    while (number := after.get(place)) is not None:
        place = Place(place.channel, number)
    return place
