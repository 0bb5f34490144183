"""Tokens that go in and come out."""

from __future__ import annotations

from collections.abc import Sequence

from core.reading.amounts import note_doubts, strange_noun, value_of, whole, word_at
from core.reading.cues import TOKEN_CUES, sides_of
from core.reading.quantity import Quantity
from core.reading.reply import Reply
from core.reading.units import ADVERBS


def fill_tokens(reply: Reply) -> None:
    """Fill the tokens of one call that go in and come out."""
    asked = reply.question == "tokens"
    candidates = [
        q for q in reply.quantities
        if not reply.is_used(q) and (q.kind == "tokens" or (q.kind == "bare" and (asked or _beside_way(reply, q))))
    ]  # fmt: skip
    if not candidates:
        return
    if any(q.kind == "tokens" and _over_time(reply, q) for q in candidates):
        reply.ask = "Those are tokens over time; I need calls a month, or the tokens of one call."
        return
    unit = asked or any(q.kind == "tokens" for q in candidates)
    sides, _, claimed = sides_of(reply.tokens, reply.quantities, TOKEN_CUES)
    by_id = {id(q): side for q, side in zip(reply.quantities, sides, strict=True)}
    pair = {by_id[id(q)] for q in candidates} >= {"in", "out"}
    if not unit and not pair:
        return
    named = _ways(reply, candidates, [q.side or by_id[id(q)] for q in candidates])
    if named is None:
        return
    for quantity, side in zip(candidates, named, strict=True):
        if not side:
            continue
        note_doubts(reply, quantity)
        if strange_noun(reply, quantity) and quantity.kind == "bare":
            reply.ask = "I can only count tokens; how many are they?"
            continue
        reply.put("prompt_tokens" if side == "in" else "output_tokens", value_of(quantity, whole))
        reply.use(quantity)
    for at in claimed:
        reply.explain(at, at + 1)


def _ways(reply: Reply, candidates: list[Quantity], named: list[str]) -> list[str] | None:
    """Which go in and which come out, where the words leave it open; ``None``: that has to be asked."""
    two = len(candidates) == 2
    if reply.question == "tokens" and two and not any(named) and _slash_between(reply, candidates):
        named = ["in", "out"]
    elif two and sorted(named) in (["", "in"], ["", "out"]):
        other = "out" if "in" in named else "in"
        named = [side or other for side in named]
    if reply.words() & {"total", "window"} or len(candidates) > 2:
        reply.ask = "How many tokens go in, and how many come out?"
        return None
    if any(named):
        return named
    if two:
        reply.ask = "Which of the two is the input, and which the output?"
        return None
    reply.doubt("it is not said whether the tokens go in or come out")
    return ["in"]


def _over_time(reply: Reply, quantity: Quantity) -> bool:
    after = word_at(reply, quantity.end)
    return after in ("per", "/", "a", "each") or after in ADVERBS


def _beside_way(reply: Reply, quantity: Quantity) -> bool:
    return word_at(reply, quantity.end) in ("in", "out", "output", "input") or word_at(
        reply, quantity.start - 1
    ) in ("in", "out", "output", "input", "prompt")


def _slash_between(reply: Reply, pair: Sequence[Quantity]) -> bool:
    between = [word_at(reply, i) for i in range(pair[0].end, pair[1].start)]
    return between in (["/"], ["→"], ["-"], ["and"], [","], ["+"])
