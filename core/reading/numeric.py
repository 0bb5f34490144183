"""Quantities into the answers that they carry the unit of."""

from __future__ import annotations

from core.reading.amounts import QUALITY_QUESTIONS, alike, word_at
from core.reading.counts import fill_counts
from core.reading.latencies import fill_latency
from core.reading.payments import fill_money
from core.reading.quantity import Quantity
from core.reading.reply import Reply
from core.reading.shares import fill_quality
from core.reading.tokencounts import fill_tokens
from core.reading.volumes import fill_calls


def fill_numbers(reply: Reply) -> None:
    """Fill every answer whose unit a quantity of the reply carries."""
    for quantity in reply.quantities:
        _refuse_impossible(reply, quantity)
    if reply.invalid:
        return
    _set_rejected_aside(reply)
    _ask_for_what_is_denied(reply)
    fill_money(reply)
    fill_tokens(reply)
    fill_quality(reply)
    fill_latency(reply)
    fill_counts(reply)
    fill_calls(reply)


def _refuse_impossible(reply: Reply, quantity: Quantity) -> None:
    notes = quantity.notes
    if "negative" in notes and quantity.kind != "relative":
        reply.invalid = "A number below zero cannot be right here."
    elif "broken" in notes and (quantity.low == 0 or quantity.high > 10**15):
        reply.invalid = "I cannot read that number."
    elif "impossible" in notes and (reply.asked in QUALITY_QUESTIONS or reply.asked is None):
        reply.invalid = "There cannot be more right answers than cases, and there must be at least one case."
    elif quantity.kind == "share" and quantity.high > 1 and (reply.question in QUALITY_QUESTIONS):
        reply.invalid = "A share can be 100% at most."


def _set_rejected_aside(reply: Reply) -> None:
    """Of "50k not 500k" and "not 2 but 12" the negated number says what was wrong, not what is right."""
    free = reply.quantities
    for n, quantity in enumerate(free):
        at = quantity.start - 1
        while at >= 0 and word_at(reply, at) in ("a", "about", "the", "is", "just", "like"):
            at -= 1
        instead = at >= 1 and (word_at(reply, at - 1), word_at(reply, at)) in (
            ("instead", "of"),
            ("rather", "than"),
        )
        if n and instead and alike(free[n - 1], quantity):
            reply.use(quantity)
            reply.explain(at - 1, quantity.end)
            continue
        if "negated" not in quantity.notes or at < 0:
            continue
        before = free[n - 1] if n else None
        after = free[n + 1] if n + 1 < len(free) else None
        if before is not None and _gap_is_plain(reply, before.end, at) and alike(before, quantity):
            reply.use(quantity)
            reply.explain(at, quantity.end)
        elif (
            after is not None
            and "but" in (words := [word_at(reply, i) for i in range(quantity.end, after.start)])
            and len(words) <= 3
            and alike(after, quantity)
        ):
            reply.use(quantity)
            reply.explain(at, after.start)


def _ask_for_what_is_denied(reply: Reply) -> None:
    """Of "not 100k" nothing is known but that it is not that."""
    free = [q for q in reply.quantities if not reply.is_used(q)]
    if (
        len(free) == 1
        and not (free[0].noun == "examples" and free[0].high <= 1)
        and "negated" in free[0].notes
        and not free[0].bound
        and free[0].kind != "duration"
        and reply.mode == "answer"
    ):
        reply.ask = "What is it, then?"
        reply.use(free[0])


def _gap_is_plain(reply: Reply, start: int, end: int) -> bool:
    return end - start <= 3 and all(
        word_at(reply, i) in (",", "and", ".", "-", "examples", "calls") for i in range(start, end)
    )
