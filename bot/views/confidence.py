"""How sure an advice is, and what keeps it from being surer."""

from __future__ import annotations

from collections.abc import Iterator

from bot.views.document import Strong, Words, joined
from bot.views.phrases import listed, short
from core import inputs
from core.answers import Between
from core.confidence import FAR, TOO_CLOSE
from core.told import Told
from core.told.flips import Flip, Input, Value
from core.tree import Verdict
from core.wording import percent

UNKNOWN = ("not sure", "not asked")
DEFAULTS_TOLD = 2
EVERY = 9
"""Causes: all of them."""


def confidence_line(
    found: Told, causes: int = 1, *, turns_beside: bool = False, brief: bool = False
) -> Words:
    """**Confidence: medium.** The nearest change: 300k calls a month; now it is 250k. "" while it is open.

    ``causes``: how many sentences may say what keeps it from being higher, the weightiest first.
    ``turns_beside``: what would change it stands beside, so that the nearest change need not be said. ``brief``: nor
    are the defaults named, nor what is not known where the verdict itself says so.
    """
    level = found.confidence
    if not level:
        return ""
    because = list(_because(found, turns_beside=turns_beside, brief=brief))[:causes]
    if not because and _nearest(found) is None and any(one.is_number and one.changes for one in found.inputs):
        because = [f"Every number is at least {FAR} times away from changing it."]
    return joined(" ", [Strong(f"Confidence: {level}."), *because])


def _because(found: Told, *, turns_beside: bool, brief: bool) -> Iterator[str]:
    """What lowers the confidence, a sentence each."""
    unknown = [
        short(reason.question) for reason in found.reasons if any(word in reason.answer for word in UNKNOWN)
    ]
    if unknown and not (brief and found.verdict == Verdict.MEASURE_FIRST):
        yield f"Not known: {listed(unknown)}."
    near = _nearest(found)
    if near is not None and not turns_beside:
        yield f"The nearest change: {_change(*near, found)}."
    assumed = [one for one in found.inputs if one.is_assumed and one.changes and _is_default(found, one.key)]
    if assumed:
        first = sorted(assumed, key=lambda one: one.distance)
        named = [inputs.name(one.key) for one in first[:DEFAULTS_TOLD]]
        yield (
            "Some figures are assumed." if brief else f"It rests on what we assume, such as {listed(named)}."
        )
    chance = _chance(found)
    if chance is not None:
        yield f"Whether tuning pays back is open: the chance is {percent(chance)}."


def _nearest(found: Told) -> tuple[Input, Flip] | None:
    """The change that is nearest, where it is too near for a high confidence."""
    every = [
        (max(times, 1 / times), one, turn)
        for one in found.inputs
        if not one.lies_inside
        for turn in (one.below, one.above)
        if turn is not None and (times := turn.times) is not None and max(times, 1 / times) < FAR
    ]
    found_nearest = min(every, key=lambda change: change[0], default=None)
    return None if found_nearest is None else found_nearest[1:]


def _change(one: Input, turn: Flip, found: Told) -> str:
    value = inputs.near(one.key, turn.number, up=turn is one.above)
    now = "assumed" if one.is_assumed and _is_default(found, one.key) else "now it is"
    return f"{value}; {now} {inputs.shown(one.key, _end(one, turn))}"


def _end(one: Input, turn: Flip) -> Value:
    """The present value, or the end of the range from which the change is so many times away."""
    if not isinstance(one.present, Between):
        return one.present
    return one.present.low if turn is one.below else one.present.high


def _is_default(found: Told, key: str) -> bool:
    used = found.ledger.assumptions.get(key)
    return used is not None and used.default


def _chance(found: Told) -> float | None:
    """The probability of paying back, where it says neither yes nor no."""
    low, high = TOO_CLOSE
    best = found.ledger.scenarios()[0].best_tuned
    chance = None if best is None else best.probability_pays_back
    return chance if chance is not None and low <= chance <= high else None
