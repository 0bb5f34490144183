"""What a doubtful number may be: each number of the text with its period, their product, their range, their sum.

Never a number that does not follow from what is written.
"""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import math
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
from core.reading.rates import differ_in_time
from core.reading.reply import Reply, json_number
from core.reading.rule import Rule
from core.reading.several import is_of_the_reviewed
from core.reading.units import A_MONTH, MILLISECONDS, PERIODS
from core.reading.working_time import working_time

ASKED = frozenset(("calls_per_month", "labelled_examples", "prompt_examples", "quality"))
MOST_APART = 20
"""How many times the lower end of a range the upper may be."""
MOST = 2
"""Suggestions, with the reading itself where there is one."""
_SUFFICES = frozenset(["fine", "enough", "ok", "okay", "good", "satisfied", "happy", "needed", "suffices"])
_EACH = frozenset(("each", "every", "everyone", "everybody", "per", "times", "×", "apiece"))
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
    elif len(counts) == 1:
        yield from ({question: value} for value in _some_or_so_many_times(reply, quantities, counts[0]))
    of = _calls(reply) if question == "calls_per_month" else _whole
    for value in of_counts(counts, reply, of):
        yield {question: value}


def _of_a_share_or_a_while(
    reply: Reply, quantities: list[Quantity], counts: list[Quantity]
) -> Iterator[int | float]:
    """A share of what was counted, or all of it over so many months: "36,000 to be done in one year"."""
    if len(counts) != 1:
        return
    if share := _fraction(reply.line):
        period = counts[0].period or loose_period(reply, counts[0]) or _named_anywhere(reply) or "month"
        yield calls_number(counts[0].high * share * Decimal(A_MONTH[period]))
    days = {word[:3] for word in reply.words() if word.removesuffix("s") in _DAYS}
    if days and not counts[0].period:
        yield calls_number(counts[0].high * len(days) * Decimal(A_MONTH["week"]))
    for other in quantities:
        if other.kind == "share" and other.high < 1:
            period = counts[0].period or loose_period(reply, counts[0]) or _named_anywhere(reply) or "month"
            yield calls_number(counts[0].high * other.high * Decimal(A_MONTH[period]))
        months = other.high / MILLISECONDS["month"]
        if other.kind == "duration" and not counts[0].period and months >= 1:
            yield calls_number(counts[0].high / months)


def _some_or_so_many_times(
    reply: Reply, quantities: list[Quantity], counted: Quantity
) -> Iterator[int | float]:
    """A part of what was counted, or what came together in so many weeks: "28 a week for 10 weeks"."""
    shares = [q.high for q in quantities if q.kind == "share" and q.high < 1]
    if part := _fraction(reply.line) or (shares[0] if len(shares) == 1 else None):
        yield round(counted.high * part)
    for other in quantities:
        if other.kind == "duration" and counted.period:
            yield round(counted.high * other.high / MILLISECONDS["month"] * Decimal(A_MONTH[counted.period]))


_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_FRACTION = Rule(
    r"(?<![^ ])(?:(half|third|quarter|fifth|tenth) of|every (second|other|third|fourth|fifth|tenth)|(?:only|about|roughly|just) (half|a third|a quarter|a fifth|a tenth))(?![^ ])"
)
_ONE_IN = {"half": 2, "second": 2, "other": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "tenth": 10}


def _fraction(line: str) -> Decimal | None:
    """The part of all that is meant, in words: "half of our 40,000", "every fourth one"."""
    found = _FRACTION.search(line)
    word = next((word for word in found.groups() if word), "") if found else ""
    return 1 / Decimal(_ONE_IN[word.removeprefix("a ")]) if word else None


def of_counts(counts: list[Quantity], reply: Reply, of: Any) -> Iterator[Any]:
    """What counts come to, the likeliest first. of: what an amount of something, per a period, is worth."""
    order = sorted(
        counts,
        key=lambda q: (not _is_all_that(reply, q), not q.period, not is_of_the_reviewed(reply, q), -q.high),
    )
    counts = _without_headings(counts)
    pair = counts if len(counts) == 2 else []
    if pair and _are_added(reply, *pair):
        yield from _sum(pair, of)
    if len(counts) == 3 and _tells_of_each(reply) and len({q.period for q in counts} - {""}) < 2:
        yield from of(math.prod(q.low for q in counts), "".join(q.period for q in counts))
    if pair and differ_in_time(reply):
        yield from _range(pair, of)
    if pair and _multiply(reply, *pair):
        period = pair[0].period or pair[1].period or _named_anywhere(reply)
        yield from _ends(
            *(list(of(a * b, period)) for a, b in zip(*((q.low, q.high) for q in pair), strict=True))
        )
    if pair and pair[0].period and pair[0].period == pair[1].period:
        yield from of(pair[0].high + pair[1].high, pair[0].period)
    if len(counts) > 2 and not _tells_of_each(reply):
        yield from _sum(counts, of)
    for quantity in order[:1]:
        yield from of(quantity.high, quantity.period)
    if pair:
        yield from _range(pair, of)
    for quantity in order[1:]:
        yield from of(quantity.high, quantity.period)
    if pair and not pair[0].period and not pair[1].period:
        yield from _sum(pair, of)


def _is_all_that(reply: Reply, quantity: Quantity) -> bool:
    """Whether "only" stands before a number: of "10,000 come in but only the 4,000 in English go through" it is meant."""
    return not {"only", "just"}.isdisjoint(
        word_at(reply, at) for at in range(quantity.start - 3, quantity.start)
    )


def _tells_of_each(reply: Reply) -> bool:
    """Whether something is said of each of several, and not only of each month."""
    return any(
        token.text in _EACH and word_at(reply, at + 1) not in PERIODS for at, token in enumerate(reply.tokens)
    )


def _without_headings(counts: list[Quantity]) -> list[Quantity]:
    """The numbers without the first, where it says only how many follow: "two rounds, 280 and 320 forms"."""
    if len(counts) < 3 or counts[0].period:
        return counts
    first, *rest = counts
    return rest if first.high == len(rest) and all(q.low > len(rest) for q in rest) else counts


_AT_OTHER_TIMES = frozenset("last before previous previously ago earlier then was now".split())
_ADDED = frozenset("plus and another + additionally".split())


def _are_added(reply: Reply, one: Quantity, other: Quantity) -> bool:
    """Whether the second comes on top of the first: "100 a day by mail, plus thirty by phone"."""
    joint = {word_at(reply, at) for at in range(one.end - 1, other.start)}
    if reply.question == "calls_per_month" and not _AT_OTHER_TIMES.isdisjoint(reply.words()):
        return False
    exact = one.low == one.high and other.low == other.high
    return exact and bool(joint & _ADDED) and not joint & (_TIMES - {"of", "with", "by"})


def _sum(parts: list[Quantity], of: Any) -> Iterator[int | float]:
    """All together, each in its own period; one that has none is told in that of the others."""
    said = {q.period for q in parts if q.period}
    lent = said.pop() if len(said) == 1 else ""
    worth = [list(of(q.high, q.period or lent)) for q in parts]
    if all(worth):
        yield sum(values[0] for values in worth)


def _ends(low: list[Any], high: list[Any]) -> Iterator[Any]:
    for least, most in zip(low, high, strict=False):
        yield least if least == most else [least, most]


def _multiply(reply: Reply, one: Quantity, other: Quantity) -> bool:
    """Whether two numbers may be how many there are and how much of each."""
    joint = {word_at(reply, at) for at in range(one.end, other.start)}
    joint |= {word_at(reply, at) for at in (other.end - 1, other.end)} & {"each", "apiece"}
    of_one = bool(one.period) != bool(other.period) and "thing" in (one.noun, other.noun)
    if differ_in_time(reply) or one.low == other.low:
        return False
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
    return _named_anywhere(reply) if differ_in_time(reply) else ""


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
