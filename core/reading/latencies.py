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


def fill_latency(reply: Reply) -> None:  # noqa: PLR0912
    """Fill how long a call takes, and how long it may take, in milliseconds."""
    asked = reply.question in LATENCY_QUESTIONS
    candidates = [q for q in unused(reply, "duration") if q.noun != "every"]
    if not asked:
        candidates = [q for q in candidates if max(q.low, q.high) < 1000 * 600 and _is_latency(reply, q)]
    elif not candidates:
        candidates = [
            q
            for q in unused(reply, "bare")
            if not strange_noun(reply, q) and not (q.scaled and q.suffix == "m")
        ]
        for quantity in candidates:
            if quantity.high < 20:
                quantity.times(Decimal(1000))
                reply.doubt("it is not said whether that is seconds or milliseconds")
    if asked and any(max(q.low, q.high) > 1000 * 3600 for q in candidates):
        reply.ask = "How many milliseconds may one call take?"
        return
    if not candidates:
        return
    sides, _, claimed = sides_of(reply.tokens, reply.quantities, LATENCY_CUES)
    by_id = {id(q): side for q, side in zip(reply.quantities, sides, strict=True)}
    named = [by_id[id(q)] for q in candidates]
    if reply.question == "latency" and len(named) == 2 and len(set(named)) == 1:
        named = [NOW, TARGET]
        reply.doubt("it is not said which of the two is the limit")
    elif reply.question == "latency" and len(named) == 1 and not named[0] and not candidates[0].bound:
        reply.doubt("it is not said whether that is now or the limit")
        named = [NOW]
    elif len(named) == 2 and "" in named and any(named):
        named[named.index("")] = NOW if TARGET in named else TARGET
    if len(named) > 1 and len(set(named)) < len(named) and len({q.low for q in candidates}) > 1:
        reply.ask = "I see more than one time; how long may a call take?"
        return
    for quantity, side in zip(candidates, named, strict=True):
        key = (
            "latency_now_ms"
            if (reply.question == "latency_now_ms" and side != TARGET)
            or (side == NOW and reply.question in ("latency", None))
            else "latency_ms"
        )
        if reply.question == "latency_ms" and side == NOW and len(named) > 1:
            key = "latency_now_ms"
        note_doubts(reply, quantity)
        if key == "latency_ms" and quantity.bound == "low":
            reply.doubt("a limit on latency is usually an upper one")
        reply.put(
            key, limit_of(quantity, json_number) if key == "latency_ms" else value_of(quantity, json_number)
        )
        reply.use(quantity)
    for at in claimed:
        reply.explain(at, at + 1)


def _is_latency(reply: Reply, quantity: Quantity) -> bool:
    words = reply.words()
    named = words & {"latency", "p95", "p99", "p50", "p90", "response", "slow", "fast"}
    unit = any(MILLISECONDS.get(word_at(reply, i)) == 1 for i in range(quantity.start, quantity.end))
    return bool(named) or unit
