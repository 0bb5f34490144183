"""What a quantity is worth as an answer: one number, a range or a limit, and the doubts that it brings with it."""
# ruff: noqa: SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from core.reading.quantity import Quantity
from core.reading.reply import Reply, json_number
from core.reading.units import (
    ADVERBS,
    ENTITIES,
    PERIODS,
)
from core.reading.vocabulary import KNOWN

QUALITY_QUESTIONS = frozenset(("quality", "quality_now", "quality_target"))


LATENCY_QUESTIONS = frozenset(("latency", "latency_ms", "latency_now_ms"))


def unused(reply: Reply, *kinds: str) -> list[Quantity]:
    """The quantities of these kinds that no rule has taken yet."""
    return [q for q in reply.quantities if q.kind in kinds and not reply.is_used(q)]


def word_at(reply: Reply, at: int) -> str:
    """The word at a place of the reply; empty beyond its ends."""
    return reply.tokens[at].text if 0 <= at < len(reply.tokens) else ""


_OTHER_THINGS = frozenset(
    "models model projects products apps systems services providers vendors environments labels categories".split()
)


_VERBS = frozenset("means would will gets goes makes does can could might comes sits is and".split())


def strange_noun(reply: Reply, quantity: Quantity) -> bool:
    """Whether a bare number is followed by a noun that we do not know, and so counts something else."""
    word = word_at(reply, quantity.end)
    if word in _VERBS:
        return False
    return (word.isalpha() and word not in KNOWN) or word in ENTITIES or word in _OTHER_THINGS


def is_a_time(reply: Reply, quantity: Quantity) -> bool:
    """ "See you at 10": a small bare number after "at" is a time of day, not a count."""
    return (
        quantity.kind == "bare"
        and not quantity.scaled
        and quantity.high <= 24
        and word_at(reply, quantity.start - 1) in ("at", "till", "until", "@", "by")
    )


def is_of_the_task(reply: Reply, quantity: Quantity) -> bool:
    """Whether a quantity counts what the task is about: "3,200 claims" where claims are coded."""
    return any(word_at(reply, at) in reply.nouns for at in range(quantity.start, quantity.end))


def note_doubts(reply: Reply, quantity: Quantity) -> None:
    """The doubts that a quantity carries with it."""
    notes = quantity.notes
    if "negated" in notes:
        reply.doubt("there is a 'not' before the number")
    if "vague" in notes:
        reply.doubt("the number is a rough one")
    if "ambiguous" in notes:
        reply.doubt("the separator in the number can be read in two ways")
    if "falling" in notes or "contradiction" in notes:
        reply.doubt("the range can be read in two ways")
    if "per entity" in notes or "entities" in notes:
        reply.doubt("the number is for each of several")
    if "part" in notes:
        reply.doubt("that may be a part of the number")
    if "mil" in notes:
        reply.doubt("a mil may be a thousand or a million")
    if "broken" in notes:
        reply.doubt("the number can be read in two ways")


def alike(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities may be answers to the same question."""
    return one.kind == other.kind or "bare" in (one.kind, other.kind)


def value_of(quantity: Quantity, of: Callable[[Decimal], int | float], whole: bool = False) -> Any:
    """A single value, or ``[low, high]``; a bound leaves the other end open (or at 0)."""
    low, high = quantity.low, quantity.high
    step = 1 if whole and quantity.strict else 0
    if low != high:
        low, high = min(low, high), max(low, high)
        return [of(low), of(high)]
    if quantity.bound == "low":
        return [of(low + step), None]
    if quantity.bound == "high":
        return [0, of(max(high - step, Decimal(0)))]
    return of(low)


def limit_of(quantity: Quantity, of: Callable[[Decimal], int | float]) -> Any:
    """A limit: "under 300 ms" and "at least 95%" are the numbers themselves."""
    if quantity.low != quantity.high:
        return [of(min(quantity.low, quantity.high)), of(max(quantity.low, quantity.high))]
    return of(quantity.low)


def whole(value: Decimal) -> int | float:
    """The number as a value, whole where it is whole."""
    return json_number(value)


_A_SENTENCE = 6
"""Words that do more than name a number and a time."""
_GONE_BY = ("last", "past", "previous", "whole")
_GONE = frozenset(("week", "month", "quarter", "year"))
_AT_WORK = frozenset("business working work banking school office trading court opening".split())
_BEFORE_A_PERIOD = frozenset(("per", "a", "one", "each", "every", "/", "in", "by", "that"))
_USUAL = frozenset("normal typical usual average ordinary regular common standard given single whole".split())


def loose_period(reply: Reply, quantity: Quantity) -> str:
    """A period that stands elsewhere in the reply: "monthly volume is 80k", "last quarter we did 210"."""
    found = [
        named
        for at in range(len(reply.tokens))
        if not (quantity.start <= at < quantity.end or reply.explained[at])
        and (named := _period_at(reply, at)) is not None
    ]
    if len({period for period, _, _ in found}) != 1:
        if found:
            reply.doubt("two periods are mentioned")
        return ""
    for _, start, end in found[1:]:
        reply.explain(start, end)
    period, start, end = found[0]
    gone = word_at(reply, start) in (*_GONE_BY, "yesterday")
    if gone and period != "month" and len(reply.tokens) < _A_SENTENCE:
        reply.doubt("that may be about another time")
    reply.explain(start, end)
    return period


def _period_at(reply: Reply, at: int) -> tuple[str, int, int] | None:
    """The period that the word at a place names, and where the words begin and end that say so."""
    word, before = word_at(reply, at), word_at(reply, at - 1)
    if word in ADVERBS:
        return ADVERBS[word], at, at + 1
    if word in PERIODS and before in _BEFORE_A_PERIOD:
        return PERIODS[word], at - 1, at + 1
    if word in PERIODS and before in _USUAL:
        return PERIODS[word], at - 2, at + 1
    if word in ("day", "days") and before in _AT_WORK:
        return "working day", at - 2, at + 1
    if word in _GONE and before in _GONE_BY:
        return word, at - 1, at + 1
    return ("day", at, at + 1) if word == "yesterday" else None
