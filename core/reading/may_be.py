"""What a doubtful number may be: each number of the text with its period, their product, their range, their sum.

Never a number that does not follow from what is written.
"""
# ruff: noqa: SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from core.facts import THINGS
from core.reading.amounts import loose_period, word_at
from core.reading.echo import say_values
from core.reading.forms import calls_number
from core.reading.may_be_counts import monthly, named_anywhere, of_counts, whole
from core.reading.may_be_shares import COUNTING, Values, make_tenths, shares_meant
from core.reading.outcome import Reading, Suggestion
from core.reading.parts import part_of
from core.reading.quantities import quantities_of
from core.reading.quantity import Quantity
from core.reading.reply import Reply
from core.reading.units import A_MONTH, MILLISECONDS

ASKED = frozenset(("calls_per_month", "quality", *THINGS))
MOST = 3
"""Suggestions, with the reading itself where there is one."""


def with_what_it_may_be(reading: Reading, question: str, reply: Reply) -> Reading:
    """The reading of a reply to a question for a number, with what else it may mean where it is not plain."""
    if reading.mode != "answer" or reading.assumed or not _is_open(reading, reply):
        return reading
    fresh = [
        q
        for q in quantities_of(reply.tokens, question)
        if not _is_nothing(q) and _FIGURES.isdisjoint(word_at(reply, at) for at in range(q.start, q.end + 1))
    ]
    if question == "quality":
        make_tenths(fresh)
    own = [_of_the_question(reading.counted(), question)] if reading.values else []
    found: list[Values] = own
    for values in (
        *_meant(question, own[0] if own else {}, reply, fresh),
        *(dict(one.values) for one in reading.suggestions),
    ):
        if values not in found:
            found = [*found, values]
    if len(found) == len(own):
        return reading
    kept = found[:MOST]
    if reading.intent == "invalid":
        reading = Reading("clarify", because=reading.because)
    return replace(
        reading,
        suggestions=tuple(
            Suggestion(MappingProxyType(v), say_values(v), 1 / (len(kept) + at)) for at, v in enumerate(kept)
        ),
    )


_FIGURES = frozenset(("figures", "figure", "digits"))
"""Of "five figures a year" the five counts digits."""


def _of_the_question(values: Values, question: str) -> Values:
    """What answers the question that was asked, where it is one for a number of its own."""
    return {question: values[question]} if question in values else values


def _is_open(reading: Reading, reply: Reply) -> bool:
    """Whether it is to be asked what was meant; of a share over 100% only where it stands beside another number."""
    refused = reading.intent == "invalid" and len(reply.quantities) > 1
    return reading.doubtful or reading.intent == "clarify" or refused


def _is_nothing(quantity: Quantity) -> bool:
    return bool(quantity.notes & {"broken", "negative", "impossible", "rating"}) or quantity.high <= 0


def _meant(question: str, own: Values, reply: Reply, quantities: list[Quantity]) -> Iterator[Values]:
    if question == "quality":
        yield from shares_meant(own, reply, quantities)
        return
    part = part_of(reply.tokens)
    counts = [q for q in quantities if q.kind in COUNTING and not (part and part.start <= q.start < part.end)]
    if question == "calls_per_month":
        yield from ({question: value} for value in _of_a_share_or_a_while(reply, quantities, counts))
    elif len(counts) == 1:
        yield from ({question: value} for value in _some_or_so_many_times(reply, quantities, counts[0]))
    of = monthly(reply) if question == "calls_per_month" else whole
    for value in of_counts(counts, reply, of):
        yield {question: value}


def _of_a_share_or_a_while(
    reply: Reply, quantities: list[Quantity], counts: list[Quantity]
) -> Iterator[int | float]:
    """A share of what was counted, or all of it over so many months: "36,000 to be done in one year"."""
    if len(counts) != 1:
        return
    if part := part_of(reply.tokens):
        share = part.share
        period = counts[0].period or loose_period(reply, counts[0]) or named_anywhere(reply) or "month"
        yield calls_number(counts[0].high * share * Decimal(A_MONTH[period]))
    days = {word[:3] for word in reply.words() if word.removesuffix("s") in _DAYS}
    if days and not counts[0].period:
        yield calls_number(counts[0].high * len(days) * Decimal(A_MONTH["week"]))
    for other in quantities:
        if other.kind == "share" and other.high < 1:
            period = counts[0].period or loose_period(reply, counts[0]) or named_anywhere(reply) or "month"
            yield calls_number(counts[0].high * other.high * Decimal(A_MONTH[period]))
        months = other.high / MILLISECONDS["month"]
        if other.kind == "duration" and not counts[0].period and months >= 1:
            yield calls_number(counts[0].high / months)


def _some_or_so_many_times(
    reply: Reply, quantities: list[Quantity], counted: Quantity
) -> Iterator[int | float]:
    """A part of what was counted, or what came together in so many weeks: "28 a week for 10 weeks"."""
    shares = [q.high for q in quantities if q.kind == "share" and q.high < 1]
    told = part_of(reply.tokens)
    if part := told.share if told else shares[0] if len(shares) == 1 else None:
        yield round(counted.high * part)
    for other in quantities:
        if other.kind == "duration" and counted.period:
            yield round(counted.high * other.high / MILLISECONDS["month"] * Decimal(A_MONTH[counted.period]))


_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
