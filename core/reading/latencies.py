"""How long a call takes, and how long it may take."""

from __future__ import annotations

from decimal import Decimal

from core.reading.amounts import (
    LATENCY_QUESTIONS,
    limit_of,
    note_doubts,
    strange_noun,
    unused,
    value_of,
    word_at,
)
from core.reading.cues import LATENCY_CUES, NOW, TARGET, sides_of
from core.reading.quantity import Quantity
from core.reading.reply import Reply, json_number
from core.reading.units import (
    MILLISECONDS,
)


def fill_latency(reply: Reply) -> None:
    """Fill how long a call takes, and how long it may take, in milliseconds."""
    candidates = _candidates(reply)
    if reply.question in LATENCY_QUESTIONS and any(max(q.low, q.high) > 1000 * 3600 for q in candidates):
        reply.ask = "How many milliseconds may one call take?"
        return
    if not candidates:
        return
    sides, _, claimed = sides_of(reply.tokens, reply.quantities, LATENCY_CUES)
    by_id = {id(q): side for q, side in zip(reply.quantities, sides, strict=True)}
    named = _named(reply, candidates, [by_id[id(q)] for q in candidates])
    if len(named) > 1 and len(set(named)) < len(named) and len({q.low for q in candidates}) > 1:
        reply.ask = "I see more than one time; how long may a call take?"
        return
    for quantity, side in zip(candidates, named, strict=True):
        _put(reply, quantity, _key(reply.question, side, has_several=len(named) > 1))
    for at in claimed:
        reply.explain(at, at + 1)


def _candidates(reply: Reply) -> list[Quantity]:
    """The times that are one call's; where the question was asked, a number without a unit too."""
    candidates = [q for q in unused(reply, "duration") if q.noun != "every"]
    if reply.question not in LATENCY_QUESTIONS:
        return [q for q in candidates if max(q.low, q.high) < 1000 * 600 and _is_latency(reply, q)]
    if candidates:
        return candidates
    bare = [
        q for q in unused(reply, "bare") if not strange_noun(reply, q) and not (q.scaled and q.suffix == "m")
    ]
    for quantity in bare:
        if quantity.high < 20:
            quantity.times(Decimal(1000))
            reply.doubt("it is not said whether that is seconds or milliseconds")
    return bare


def _named(reply: Reply, candidates: list[Quantity], named: list[str]) -> list[str]:
    """Which of them is the present one and which the limit, where the words leave it open."""
    if reply.question == "latency" and len(named) == 2 and len(set(named)) == 1:
        reply.doubt("it is not said which of the two is the limit")
        return [NOW, TARGET]
    if reply.question == "latency" and len(named) == 1 and not named[0] and not candidates[0].bound:
        reply.doubt("it is not said whether that is now or the limit")
        return [NOW]
    if len(named) == 2 and "" in named and any(named):
        other = NOW if TARGET in named else TARGET
        return [side or other for side in named]
    return named


def _key(question: str | None, side: str, *, has_several: bool) -> str:
    is_now = (
        (question == "latency_now_ms" and side != TARGET)
        or (side == NOW and question in ("latency", None))
        or (side == NOW and question == "latency_ms" and has_several)
    )
    return "latency_now_ms" if is_now else "latency_ms"


def _put(reply: Reply, quantity: Quantity, key: str) -> None:
    note_doubts(reply, quantity)
    is_limit = key == "latency_ms"
    if is_limit and quantity.bound == "low":
        reply.doubt("a limit on latency is usually an upper one")
    reply.put(key, limit_of(quantity, json_number) if is_limit else value_of(quantity, json_number))
    reply.use(quantity)


def _is_latency(reply: Reply, quantity: Quantity) -> bool:
    words = reply.words()
    named = words & {"latency", "p95", "p99", "p50", "p90", "response", "slow", "fast"}
    unit = any(MILLISECONDS.get(word_at(reply, i)) == 1 for i in range(quantity.start, quantity.end))
    return bool(named) or unit
