"""What a doubtful number may be: each number of the text with its period, their product, their range, their sum.

Never a number that does not follow from what is written.
"""
# ruff: noqa: SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from core.reading.amounts import loose_period, word_at
from core.reading.echo import say_value
from core.reading.forms import calls_number
from core.reading.outcome import Reading, Suggestion
from core.reading.quantities import quantities_of
from core.reading.quantity import Quantity
from core.reading.reply import Reply, json_number
from core.reading.several import is_of_the_reviewed
from core.reading.units import A_MONTH, MILLISECONDS, PERIODS
from core.reading.working_time import working_time

ASKED = frozenset(("calls_per_month", "labelled_examples", "prompt_examples", "quality"))
MOST_APART = 10
"""How many times the lower end of a range the upper may be."""
MOST = 2
"""Suggestions, with the reading itself where there is one."""
_SUFFICES = frozenset(["fine", "enough", "ok", "okay", "good", "satisfied", "happy", "needed", "suffices"])
_SLOW_OR_BUSY = frozenset(
    "busy quiet slow winter summer spring autumn season harvest peak off calm normal".split()
)
_TIMES = frozenset(("each", "every", "everyone", "everybody", "per", "by", "times", "×", "x", "of", "with"))
MOST_EXAMPLES = 10**7
_COUNTING = ("bare", "count", "calls", "other")
_Values = dict[str, Any]


def with_what_it_may_be(reading: Reading, question: str, reply: Reply) -> Reading:
    """The reading of a reply to a question for a number, with what else it may mean where it is not plain."""
    if reading.suggestions or reading.evaluation is not None or reading.mode != "answer":
        return reading
    if not (reading.doubtful or reading.intent == "clarify") or reading.assumed:
        return reading
    fresh = [q for q in quantities_of(reply.tokens, question) if not _is_nothing(q)]
    own = [dict(reading.values)] if reading.values else []
    found: list[_Values] = own
    for values in _meant(question, reply, fresh):
        if values not in found:
            found = [*found, values]
    if len(found) == len(own):
        return reading
    kept = found[:MOST]
    return replace(
        reading,
        suggestions=tuple(
            Suggestion(MappingProxyType(v), _said(v), 1 / (len(kept) + at)) for at, v in enumerate(kept)
        ),
    )


def _said(values: _Values) -> str:
    return "; ".join(say_value(key, value) for key, value in values.items())


def _is_nothing(quantity: Quantity) -> bool:
    return bool(quantity.notes & {"broken", "negative", "impossible", "rating"}) or quantity.high <= 0


def _meant(question: str, reply: Reply, quantities: list[Quantity]) -> Iterator[_Values]:
    if question == "quality":
        yield from _shares(reply, quantities)
        return
    counts = [q for q in quantities if q.kind in _COUNTING]
    if question == "calls_per_month":
        yield from ({question: value} for value in _of_a_share_or_a_while(reply, quantities, counts))
    of = _calls(reply) if question == "calls_per_month" else _whole
    for value in of_counts(counts, reply, of):
        yield {question: value}


def _of_a_share_or_a_while(
    reply: Reply, quantities: list[Quantity], counts: list[Quantity]
) -> Iterator[int | float]:
    """A share of what was counted, or all of it over so many months: "36,000 to be done in one year"."""
    if len(counts) != 1:
        return
    for other in quantities:
        if other.kind == "share" and other.high < 1:
            period = counts[0].period or loose_period(reply, counts[0]) or _named_anywhere(reply) or "month"
            yield calls_number(counts[0].high * other.high * Decimal(A_MONTH[period]))
        months = other.high / MILLISECONDS["month"]
        if other.kind == "duration" and not counts[0].period and months >= 1:
            yield calls_number(counts[0].high / months)


def of_counts(counts: list[Quantity], reply: Reply, of: Any) -> Iterator[Any]:
    """What counts come to, the likeliest first. of: what an amount of something, per a period, is worth."""
    order = sorted(counts, key=lambda q: (not q.period, not is_of_the_reviewed(reply, q), -q.high))
    pair = counts if len(counts) == 2 else []
    if pair and _differ_in_time(reply):
        yield from _range(pair, of)
    if pair and _multiply(reply, *pair):
        period = pair[0].period or pair[1].period or _named_anywhere(reply)
        yield from of(pair[0].low * pair[1].low, period)
    if pair and pair[0].period and pair[0].period == pair[1].period:
        yield from of(pair[0].high + pair[1].high, pair[0].period)
    for quantity in order[:1]:
        yield from of(quantity.high, quantity.period)
    if pair:
        yield from _range(pair, of)
    for quantity in order[1:]:
        yield from of(quantity.high, quantity.period)
    if len(counts) > 1 and len({q.period for q in counts}) == 1:
        yield from of(sum((q.high for q in counts), Decimal(0)), counts[0].period)


def _differ_in_time(reply: Reply) -> bool:
    return not _SLOW_OR_BUSY.isdisjoint(reply.words())


def _multiply(reply: Reply, one: Quantity, other: Quantity) -> bool:
    """Whether two numbers may be how many there are and how much of each."""
    joint = {word_at(reply, at) for at in range(one.end, other.start)}
    of_one = bool(one.period) != bool(other.period) and "thing" in (one.noun, other.noun)
    return "entities" in (one.noun, other.noun) or bool(joint & _TIMES) or of_one


def _range(pair: list[Quantity], of: Any) -> Iterator[list[Any]]:
    low, high = sorted(pair, key=lambda q: q.high)
    for least, most in zip(of(low.low, low.period), of(high.high, high.period), strict=False):
        if least < most <= MOST_APART * least:
            yield [least, most]


def _calls(reply: Reply) -> Any:
    def of(amount: Decimal, period: str) -> Iterator[int | float]:
        table, _ = working_time(reply, period or "month")
        own = (
            period
            or loose_period(reply, Quantity("bare", amount, amount, 0, 0))
            or _named_beside(reply)
            or "month"
        )
        yield calls_number(amount * Decimal(table[own]))

    return of


def _named_anywhere(reply: Reply) -> str:
    """The only period that a reply names."""
    named = {PERIODS[word] for word in reply.words() & PERIODS.keys()}
    return named.pop() if len(named) == 1 else ""


def _named_beside(reply: Reply) -> str:
    """The period of "on a quiet day 80, on a busy one 200"."""
    return _named_anywhere(reply) if _differ_in_time(reply) else ""


def _whole(amount: Decimal, period: str) -> Iterator[int]:
    if amount == amount.to_integral_value() and amount <= MOST_EXAMPLES:
        yield int(amount)


def _shares(reply: Reply, quantities: list[Quantity]) -> Iterator[_Values]:
    found = [share for q in quantities if (share := _as_share(q)) is not None]
    if len(found) == 2:
        yield {"quality_now": found[0], "quality_target": found[1]}
        yield {"quality_now": found[1], "quality_target": found[0]}
    if len(found) == 1 and reply.words() & _SUFFICES:
        yield {"quality_now": found[0], "quality_target": found[0]}
    for share in found:
        yield {"quality_now": share}
        yield {"quality_target": share}


def _as_share(quantity: Quantity) -> int | float | None:
    if quantity.kind not in ("share", "bare") or quantity.low != quantity.high:
        return None
    value = quantity.low if quantity.kind == "share" or quantity.low <= 1 else quantity.low / 100
    return json_number(value, 4) if 0 < value <= 1 else None
