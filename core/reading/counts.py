"""Numbers of examples: in the prompt, and reviewed ones."""

from __future__ import annotations

from core.reading.amounts import is_a_time, note_doubts, strange_noun, unused, value_of, whole, word_at
from core.reading.quantity import Quantity
from core.reading.reply import Reply
from core.reading.units import (
    MILLISECONDS,
)


def fill_counts(reply: Reply) -> None:
    for question, nouns in (
        ("prompt_examples", ("examples",)),
        ("labelled_examples", ("examples", "labelled", "handled")),
    ):
        asked = reply.question == question
        if asked:
            candidates = [q for q in unused(reply, "count") if q.noun in nouns] or [
                q
                for q in unused(reply, "bare")
                if not strange_noun(reply, q) and not _is_duration_like(reply, q) and not is_a_time(reply, q)
            ]
        elif question == "prompt_examples":
            candidates = (
                [q for q in unused(reply, "count") if q.noun == "examples"]
                if reply.question != "labelled_examples"
                else []
            )
        else:
            candidates = [q for q in unused(reply, "count") if q.noun == "labelled"]
        candidates = _merge_equal(candidates)
        if len(candidates) > 1:
            reply.ask = "I see more than one number; which one is it?"
            continue
        for quantity in candidates:
            _put_count(reply, quantity, question)


def _merge_equal(candidates: list[Quantity]) -> list[Quantity]:
    return candidates[:1] if len({(q.low, q.high) for q in candidates}) == 1 else candidates


def _is_duration_like(reply: Reply, quantity: Quantity) -> bool:
    return word_at(reply, quantity.end) in MILLISECONDS or "product" in quantity.notes


def _put_count(reply: Reply, quantity: Quantity, question: str) -> None:
    if quantity.low != quantity.low.to_integral_value() or quantity.high != quantity.high.to_integral_value():
        reply.ask = "That should be a whole number."
        return
    note_doubts(reply, quantity)
    if question == "prompt_examples" and quantity.high > 500:
        reply.doubt("that is a lot of examples for one prompt")
    value = value_of(quantity, whole, whole=True)
    reply.put(question, value)
    reply.use(quantity)
