"""One rate among other numbers: what it is told beside, what repeats it in another period, what is usual and what is not."""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from decimal import Decimal

from core.reading.amounts import is_of_the_task
from core.reading.quantity import Quantity
from core.reading.reply import Reply
from core.reading.several import a_month, words_around
from core.reading.units import PERIODS

_EACH = frozenset("each every per apiece everyone everybody times × x * by".split())
_MORE = frozenset("plus more another additional extra also top addition else other".split())
_TOGETHER = frozenset("together total altogether combined all overall".split())
_USUAL = frozenset(
    "normal normally usual usually typical typically ordinary regular average whole mostly".split()
)
_UNUSUAL = frozenset(
    """
    peak peaks peaking spike spikes burst bursts rush busy busier busiest season seasonal holidays christmas easter weekend weekends exam exams
    january february march april may june july august september october november december summer winter spring autumn
    """.split()
)
_TIMES_OF_A_YEAR = _UNUSUAL - {"may"} | frozenset(
    """
        quiet slow off calm low high normal normally otherwise usually term terms semester harvest fall xmas ramadan diwali holiday vacation vacations
        storm storms storming rest deadline elections election fair fairs match matches
        """.split()
)


def differ_in_time(reply: Reply) -> bool:
    """Whether two numbers may be those of slow and of busy times: "in August 900, in January 100"."""
    return not _TIMES_OF_A_YEAR.isdisjoint(reply.words()) or " in may " in f" {reply.line} "


_QUIET_OR_BUSY = _TIMES_OF_A_YEAR - _USUAL - frozenset(
    ("weekend", "weekends", "peak", "peaks", "peaking")
) | frozenset(("bad", "good", "rest", "other"))
"""Of times that differ; beside what is usual, and beside a peak, something else may be meant."""
_MOST_APART = 20
"""How many times the number of a quiet time that of a busy one may be."""


_MONTHS = "january february march april may june july august september october november december".split()
_A_SEASON = 3
"""Months; two numbers of months that are closer may be how it grows."""


def _follow(one: set[str], other: set[str]) -> bool:
    """Whether two months are named that are close to each other."""
    months = [_MONTHS.index(word) for word in (*one, *other) if word in _MONTHS]
    return len(months) == 2 and min(abs(months[0] - months[1]), 12 - abs(months[0] - months[1])) < _A_SEASON


def joined_over_the_year(reply: Reply, candidates: list[Quantity]) -> list[Quantity]:
    """One range out of "in August 900, in January 100": two numbers of one period, each told of its own time of the year."""
    if len(candidates) != 2 or reply.words() & {"depends", "varies"}:
        return candidates
    low, high = sorted(candidates, key=lambda q: q.high)
    times = [words_around(reply, q) & _QUIET_OR_BUSY for q in (low, high)]
    exact = low.low == low.high and high.low == high.high and not low.bound and high.bound != "low"
    odd = (low.notes | high.notes) - {"entities"}
    if (
        not exact
        or odd
        or not all(times)
        or times[0] == times[1]
        or _follow(*times)
        or len({low.period, high.period} - {""}) > 1
    ):
        return candidates
    if not 0 < low.high < high.high <= _MOST_APART * low.high:
        return candidates
    reply.explain_words(times[0] | times[1] | {"other", "but"})
    around = words_around(reply, low) | words_around(reply, high)
    named = {PERIODS[word] for word in around if word in PERIODS}
    high.period = high.period or low.period or (named.pop() if len(named) == 1 else "")
    high.low, high.bound = low.low, ""
    reply.use(low)
    return [high]


_CLOSE = Decimal("0.15")
"""How far the same rate in another period may be rounded."""


def settle_rates(reply: Reply) -> None:
    """Set aside the numbers beside a rate that do not change it. What is left over is doubted as before."""
    free = [
        q for q in reply.quantities if q.kind in ("bare", "count", "calls", "other") and not reply.is_used(q)
    ]
    if len(free) < 2:
        return
    kept = _usual(reply, free) or _said_twice(reply, free) or _beside_counts(reply, free)
    if kept is None:
        return
    for quantity in free:
        if quantity is not kept:
            reply.use(quantity)


def _usual(reply: Reply, free: list[Quantity]) -> Quantity | None:
    """Of "in a normal month 22,000, in January rather 30,000" the first."""
    usual = [q for q in free if words_around(reply, q) & _USUAL]
    rest = [q for q in free if not any(q is one for one in usual)]
    if (
        len(usual) != 1
        or (any(q.period for q in rest) and not usual[0].period)
        or not all(words_around(reply, q) & _UNUSUAL for q in rest)
    ):
        return None
    reply.explain_words(_USUAL | _UNUSUAL | {"but", "rather", "even", "only", "during"})
    return usual[0]


def _said_twice(reply: Reply, free: list[Quantity]) -> Quantity | None:
    """Of "14,000 a year, so a bit over a thousand a month" the first, which the second only puts otherwise."""
    if len(free) != 2:
        return None
    one, other = free
    if (
        not (one.period and other.period)
        or one.period == other.period
        or "per entity" in one.notes | other.notes
    ):
        return None
    if one.low != one.high or abs(a_month(one) - a_month(other)) > _CLOSE * a_month(one):
        return None
    reply.explain(one.end, other.start)
    return one


def _beside_counts(reply: Reply, free: list[Quantity]) -> Quantity | None:
    """Of "we look after 2,300 flats and get 400 messages a month" the rate."""
    rates = [q for q in free if q.period]
    words = reply.words()
    if (
        len(rates) != 1
        or rates[0].noun == "times"
        or not words.isdisjoint(_EACH | _MORE)
        or rates[0].notes & {"per entity", "entities"}
    ):
        return None
    for count in free:
        if count is rates[0]:
            continue
        people = count.noun == "entities"
        if people and words.isdisjoint(_TOGETHER):
            return None
        if not people and (count.noun in ("", "calls", "handled") or is_of_the_task(reply, count)):
            return None
        if words_around(reply, count) & _UNUSUAL:
            return None
    reply.explain_words(_TOGETHER)
    return rates[0]
