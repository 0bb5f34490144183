"""What several counts may come to: each of them, their product, their range, their sum, what is left of them.

Never a number that does not follow from what is written.
"""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from core.reading.amounts import loose_period, word_at
from core.reading.forms import calls_number
from core.reading.quantity import Quantity
from core.reading.rates import differ_in_time
from core.reading.reply import Reply
from core.reading.rule import Rule
from core.reading.several import is_of_the_reviewed
from core.reading.units import PERIODS
from core.reading.working_time import working_time

MOST_APART = 20
"""How many times the lower end of a range the upper may be."""
MOST_EXAMPLES = 10**7
_EACH = frozenset(("each", "every", "everyone", "everybody", "per", "times", "×", "apiece"))
_TIMES = frozenset(("each", "every", "everyone", "everybody", "per", "by", "times", "×", "x", "of", "with"))


_JOINS = frozenset(("another", "plus", "then"))
"""Words beside which the same number twice is two of them."""


def of_counts(counts: list[Quantity], reply: Reply, of: Any) -> Iterator[Any]:
    """What counts come to, the likeliest first. of: what an amount of something, per a period, is worth."""
    said = [q.high for q in counts]
    joined = _JOINS & reply.words()
    counts = _without_headings(counts if joined else _each_once(counts))
    order = sorted(
        counts,
        key=lambda q: (
            -said.count(q.high),
            not _is_all_that(reply, q),
            not q.period,
            not is_of_the_reviewed(reply, q),
            -q.high,
        ),
    )
    yield from _what_is_left(counts, reply, of)
    for quantity in order[:1]:
        if len(counts) > 1 and _is_all_that(reply, quantity):
            yield from _alone(quantity, of)
    yield from _of_several(counts, reply, of)
    for quantity in order[:1]:
        yield from _alone(quantity, of)
    if len(counts) == 2 and _may_be_so_many(*counts):
        yield from _product(counts[0], counts[1], reply, of)
    pair = _of_one_kind(counts, reply)
    if len(pair) == 2:
        yield from _range(pair, of)
    for quantity in order[1:]:
        yield from _alone(quantity, of)
    if len(pair) == 2 and not pair[0].period and not pair[1].period:
        yield from _sum(pair, of)
    for one, other in itertools.combinations(counts if len(counts) > 2 else [], 2):
        yield from _product(one, other, reply, of)


_TAKEN_OUT = frozenset(
    "threw thrown removed minus dropped lost deleted binned discarded scrapped less".split()
)


def _what_is_left(counts: list[Quantity], reply: Reply, of: Any) -> Iterator[Any]:
    """What is left after some were taken out: "we started with 300, threw out 40"."""
    if len(counts) == 2 and reply.words() & _TAKEN_OUT and not (counts[0].period or counts[1].period):
        yield from of(abs(counts[0].high - counts[1].high), "")


def _of_several(counts: list[Quantity], reply: Reply, of: Any) -> Iterator[Any]:
    """What counts come to together: their sum, their product, or the range between quiet and busy times."""
    pair = counts if len(counts) == 2 else []
    if {quantity.bound for quantity in pair} == {"low", "high"}:
        yield from _range(pair, of)
    if pair and _are_added(reply, *pair):
        yield from _sum(pair, of)
    if len(counts) == 3 and _tells_of_each(reply) and len({q.period for q in counts} - {""}) < 2:
        yield from of(math.prod(q.low for q in counts), next((q.period for q in counts if q.period), ""))
    alike = _of_one_kind(counts, reply)
    if len(alike) == 2 and differ_in_time(reply):
        yield from _range(alike, of)
    if pair and not _are_added(reply, *pair) and _multiply(reply, *pair):
        yield from _product(pair[0], pair[1], reply, of)
    if pair and pair[0].period and pair[0].period == pair[1].period:
        yield from of(pair[0].high + pair[1].high, pair[0].period)
    if len(counts) > 2 and not _tells_of_each(reply):
        yield from _sum(alike, of)


def _alone(quantity: Quantity, of: Any) -> Iterator[Any]:
    yield from _ends(list(of(quantity.low, quantity.period)), list(of(quantity.high, quantity.period)))


MOST_PEOPLE = 60
_FAR_APART = 3


def _may_be_so_many(one: Quantity, other: Quantity) -> bool:
    """Whether a small number may say how many do what the other counts: "nine a day. There are two of us"."""
    few, many = sorted((one, other), key=lambda q: q.high)
    return few.high <= MOST_PEOPLE and many.high > _FAR_APART * few.high and not (one.period and other.period)


def _product(one: Quantity, other: Quantity, reply: Reply, of: Any) -> Iterator[Any]:
    spans = next((q for q in (one, other) if _counts_times(reply, q)), None)
    period = one.period or other.period or named_anywhere(reply)
    if spans is not None:
        period = spans.period or _period_behind(reply, spans) or period or _of_a_shift(reply)
    yield from _ends(
        *(list(of(a * b, period)) for a, b in zip(*((q.low, q.high) for q in (one, other)), strict=True))
    )


def _of_a_shift(reply: Reply) -> str:
    """Shifts are those of a day, where nothing else is said."""
    return "day" if reply.words() & {"shift", "shifts"} and "weekdays" not in reply.words() else ""


def _each_once(counts: list[Quantity]) -> list[Quantity]:
    """The counts without repetitions, and without rough words beside numbers: "a few, twenty or thirty"."""
    plain = [q for q in counts if "vague" not in q.notes and q.high != 1] or counts
    return [q for at, q in enumerate(plain) if all((q.low, q.high) != (p.low, p.high) for p in plain[:at])]


def _of_one_kind(counts: list[Quantity], reply: Reply) -> list[Quantity]:
    """The rates with the bare numbers behind them, which lend their period: "500 a week in summer, 700 in winter"."""
    rates = [q for q in counts if q.period]
    if not rates and (named := named_anywhere(reply)):
        return [replace(q, period=named) for q in counts]
    if len({q.period for q in rates}) != 1:
        return counts
    return [
        q if q.period else replace(q, period=rates[0].period)
        for q in counts
        if q.period or (q.kind == "bare" and q.start > rates[0].start)
    ]


_TIMES_WORKED = frozenset(
    "days weeks months nights shifts sessions terms evenings mornings afternoons weekends runs rounds batches times clinics meetings deliveries deadlines".split()
)


def _counts_times(reply: Reply, quantity: Quantity) -> bool:
    """Whether it says how often something happens: the eight of "8 experiment days in each month"."""
    near = [word_at(reply, at) for at in range(quantity.start, max(quantity.end, quantity.start + 3))]
    return not _TIMES_WORKED.isdisjoint(near)


def _period_behind(reply: Reply, quantity: Quantity) -> str:
    """The period that is named last right behind a number: the month of "8 experiment days in each month"."""
    near = [word_at(reply, at) for at in range(quantity.start + 2, quantity.end + 5)]
    return next(
        (PERIODS[word] for word in reversed(near) if word in PERIODS and not word.endswith("days")), ""
    )


_CHANGED = frozenset(
    "cut reduced went down up brought raised shrank grew trimmed extended lowered increased dropped".split()
)
_ALL_THAT = frozenset(
    "only just so therefore hence altogether total = otherwise normally usually typically".split()
)


def _is_all_that(reply: Reply, quantity: Quantity) -> bool:
    """Whether "only" stands before a number: of "10,000 come in but only the 4,000 in English go through" it is meant."""
    if word_at(reply, quantity.start - 1) == "to" and not _CHANGED.isdisjoint(reply.words()):
        return True  # "we cut it to five"
    near = range(quantity.start - 3, quantity.start)
    first = max((at + 1 for at in near if word_at(reply, at) in (",", ".", ";")), default=near.start)
    return not _ALL_THAT.isdisjoint(word_at(reply, at) for at in range(first, quantity.start))


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
_PARTS_OF_A_DAY = frozenset("morning mornings afternoon afternoons evening evenings night nights".split())
_ADDED = frozenset("plus and another other + additionally added adding further extra".split())


def _are_added(reply: Reply, one: Quantity, other: Quantity) -> bool:
    """Whether the second comes on top of the first: "100 a day by mail, plus thirty by phone"."""
    joint = {word_at(reply, at) for at in range(one.end - 1, other.start)}
    if "and" in joint and "and" not in {word_at(reply, at) for at in range(other.start - 2, other.start)}:
        joint.discard("and")
    if reply.question == "calls_per_month" and not _AT_OTHER_TIMES.isdisjoint(reply.words()):
        return False
    if len(reply.words() & _PARTS_OF_A_DAY) > 1:
        return True
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
    often = _counts_times(reply, one) != _counts_times(reply, other)
    return (
        "entities" in (one.noun, other.noun)
        or bool(joint & _TIMES)
        or of_one
        or often
        or _tells_of_each(reply)
    )


def _range(pair: list[Quantity], of: Any) -> Iterator[list[Any]]:
    low, high = sorted(pair, key=lambda q: q.high)
    for least, most in zip(of(low.low, low.period), of(high.high, high.period), strict=False):
        if least < most <= MOST_APART * least:
            yield [least, most]


def monthly(reply: Reply) -> Any:
    """What an amount of calls, per a period, comes to in a month."""
    beside = loose_period(reply, Quantity("bare", Decimal(0), Decimal(0), 0, 0)) or _named_beside(reply)

    def of(amount: Decimal, period: str) -> Iterator[int | float]:
        table, _ = working_time(reply, period or "month")
        own = period or beside or "month"
        yield calls_number(amount * Decimal(table[own]))

    return of


_AT_WORK = Rule(r"(?:a|per|each|every|one|in a|on a) (?:working|work|business|school|office) day(?![^ ])")


def named_anywhere(reply: Reply) -> str:
    """The only period that a reply names."""
    if _AT_WORK.search(reply.line):
        return "working day"
    named = {PERIODS[word] for word in reply.words() & PERIODS.keys()}
    return named.pop() if len(named) == 1 else ""


def _named_beside(reply: Reply) -> str:
    """The period of "on a quiet day 80, on a busy one 200"."""
    return named_anywhere(reply) if differ_in_time(reply) else ""


def whole(amount: Decimal, period: str) -> Iterator[int]:
    """An amount of examples; nothing where it is no whole number, or too large for one."""
    if amount == amount.to_integral_value() and amount <= MOST_EXAMPLES:
        yield int(amount)
