"""How sure an advice is, and what keeps it from being surer; read from its JSON form."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from bot.views.flips import Found, Input, Turn, inputs_of
from bot.views.mrkdwn import bold
from bot.views.phrases import listed, short
from core import inputs
from core.confidence import FAR, TOO_CLOSE
from core.wording import percent

UNKNOWN = ("not sure", "not asked")
DEFAULTS_TOLD = 2
EVERY = 9
"""Causes: all of them."""
JUST = Decimal("1.05")
"""What is nearer than this is the same number to whoever estimated it."""


def confidence_line(found: Found, causes: int = 1) -> str:
    """*Confidence: medium.* The nearest change: 300k calls a month, 1.2 times the present 250k. "" while it is open.

    ``causes``: how many sentences may say what keeps it from being higher, the weightiest first.
    """
    level = found.get("confidence")
    if not level:
        return ""
    because = list(_because(found))[:causes]
    if not because and any(one.is_number and one.changes for one in inputs_of(found)):
        because = [f"Every number is at least {FAR} times away from changing it."]
    return " ".join([bold(f"Confidence: {level}."), *because])


def _because(found: Found) -> Iterator[str]:
    """What lowers the confidence, a sentence each."""
    unknown = [
        short(reason["question"])
        for reason in found.get("reasons") or ()
        if any(word in str(reason["answer"]) for word in UNKNOWN)
    ]
    if unknown:
        yield f"Not known: {listed(unknown)}."
    near = _nearest(found)
    if near is not None:
        yield f"The nearest change: {_change(*near, found)}."
    assumed = [
        one for one in inputs_of(found) if one.is_assumed and one.changes and _is_default(found, one.key)
    ]
    if assumed:
        first = sorted(assumed, key=lambda one: one.distance)
        named = [inputs.name(one.key) for one in first[:DEFAULTS_TOLD]]
        yield f"It rests on defaults, such as {listed(named)}."
    chance = _chance(found)
    if chance is not None:
        yield f"Whether tuning pays back is open: the chance is {percent(chance)}."


def _nearest(found: Found) -> tuple[Input, Turn, Decimal] | None:
    """The change that is nearest, where it is too near for a high confidence."""
    every = [
        (one, turn, times)
        for one in inputs_of(found)
        if not one.lies_inside
        for turn in (one.below, one.above)
        if turn is not None and (times := one.times(turn)) is not None and max(times, 1 / times) < FAR
    ]
    return min(every, key=lambda change: max(change[2], 1 / change[2]), default=None)


def _change(one: Input, turn: Turn, times: Decimal, found: Found) -> str:
    value = inputs.near(one.key, Decimal(str(turn.to)), up=turn is one.above)
    now = "assumed" if one.is_assumed and _is_default(found, one.key) else "present"
    beyond = "just beyond" if max(times, 1 / times) < JUST else f"{_multiple(times)} times"
    return f"{value}, {beyond} the {now} {inputs.shown(one.key, _end(one, turn))}"


def _end(one: Input, turn: Turn) -> object:
    """The present value, or the end of the range from which the change is so many times away."""
    if not isinstance(one.present, list):
        return one.present
    return one.present[0] if turn is one.below else one.present[1]


def _multiple(times: Decimal) -> str:
    """1.2, 0.8, 1.25."""
    return f"{times.quantize(Decimal('0.01'), ROUND_HALF_UP).normalize():f}"


def _is_default(found: Found, key: str) -> bool:
    ledger = found.get("ledger") or {}
    return bool((ledger.get("assumptions") or {}).get(key, {}).get("default"))


def _chance(found: Found) -> float | None:
    """The probability of paying back, where it says neither yes nor no."""
    low, high = TOO_CLOSE
    options = (found.get("ledger") or {}).get("options") or ()
    known = [one["probability_pays_back"] for one in options if one.get("probability_pays_back") is not None]
    close = [chance for chance in known if low <= chance <= high]
    return max(close, default=None)
