"""Calls a month, out of any period, out of products and averages."""
# ruff: noqa: SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from decimal import Decimal

from core.reading.amounts import is_a_time, loose_period, note_doubts, strange_noun, unused, value_of, word_at
from core.reading.forms import calls_number, short
from core.reading.products import fill_product
from core.reading.quantity import Quantity
from core.reading.reply import Reply
from core.reading.units import (
    A_MONTH,
    IN_OFFICE_HOURS,
    MILLISECONDS,
    ON_WEEKDAYS,
)

VOLUME = frozenset("volume traffic load calls requests queries throughput usage".split())


def fill_calls(reply: Reply) -> None:
    asked = reply.question == "calls_per_month"
    if fill_product(reply) or (asked and _figures(reply)):
        return
    candidates = [q for q in unused(reply, "calls") if q.noun or reply.question != "money"]
    counts = [q for q in unused(reply, "count") if q.noun == "calls" or (q.noun == "handled" and asked)]
    bare = [
        q
        for q in unused(reply, "bare")
        if (asked and not strange_noun(reply, q) and not is_a_time(reply, q)) or _after_volume(reply, q)
    ]
    candidates += counts if not candidates or len(counts) == 0 else [q for q in counts if q.noun == "calls"]
    if not candidates:
        candidates = bare
    elif reply.words() & _AVERAGE:
        candidates = _averaged(reply, candidates, bare)
    elif bare and asked:
        candidates += bare
    if not candidates and asked:
        candidates = [q for q in unused(reply, "duration") if q.noun == "every"]
    if not candidates:
        if (
            asked
            and not reply.values
            and (unused(reply, "relative", "factor", "share") or reply.words() & _RELATIVE)
        ):
            reply.ask = "That is relative; how many calls a month is it?"
        return
    if len(candidates) > 1:
        reply.ask = "I see more than one number; how many calls a month is it in all?"
        return
    _put_calls(reply, candidates[0])


_RELATIVE = frozenset("double twice triple half halve tenfold more less fewer same".split())


def _figures(reply: Reply) -> bool:
    """ "Six figures", "tens of thousands": an order of magnitude, not a number."""
    words = reply.words()
    if words & {"figures", "figure", "digits"} or (
        words & {"hundreds", "thousands", "millions", "billions", "dozens", "tens"}
        and not any(q.scaled for q in reply.quantities)
    ):
        reply.ask = "Roughly how many calls a month is that, as a number?"
        return True
    return False


def _after_volume(reply: Reply, quantity: Quantity) -> bool:
    at = quantity.start - 1
    while at >= 0 and word_at(reply, at) in ("is", "of", ":", "=", "about", "was", "at", "around", "to", "-"):
        at -= 1
    return word_at(reply, at) in VOLUME and not strange_noun(reply, quantity)


_AVERAGE = frozenset(
    "avg average averages averaging averaged sustained mean typical typically normally usually".split()
)
_PEAK = frozenset("peak peaks peaking spike spikes burst bursts bursting".split())
_WINDOW = frozenset(("over", "last", "past", "previous", "trailing"))
_BETWEEN = frozenset(
    "is it more like of at about the around closer to we are : = - , nearer roughly on day in over".split()
)


def _averaged(reply: Reply, candidates: list[Quantity], bare: list[Quantity]) -> list[Quantity]:
    """Of "100 qps peak, 30 avg" the average counts; it borrows the other's unit when it has none."""
    chosen = [q for q in (*candidates, *bare) if _is_average(reply, q)]
    if len(chosen) != 1:
        return candidates
    if chosen[0].kind == "bare":
        chosen[0].kind, chosen[0].period = "calls", candidates[0].period
    for quantity in candidates:
        if quantity is not chosen[0]:
            reply.use(quantity)
    if len(candidates) > 1 or chosen[0] not in candidates:
        reply.explain_words(_PEAK | {"but"})
    reply.explain_words(_AVERAGE)
    return chosen


def _is_average(reply: Reply, quantity: Quantity) -> bool:
    if any(word_at(reply, i) in _AVERAGE for i in (quantity.end, quantity.end + 1)):
        return True
    at = quantity.start - 1
    while at >= 0 and word_at(reply, at) in _BETWEEN:
        at -= 1
    return word_at(reply, at) in _AVERAGE


def _is_peak(reply: Reply) -> bool:
    return any(token.text in _PEAK and not reply.explained[i] for i, token in enumerate(reply.tokens))


def _put_calls(reply: Reply, quantity: Quantity) -> None:
    words = reply.words()
    if quantity.kind == "duration":
        if quantity.low != quantity.high or quantity.low <= 0:
            reply.ask = "How many calls a month is that?"
            return
        reply.doubt("it is said how often, not how many")
        every = Decimal(MILLISECONDS["month"]) / quantity.low
        reply.put("calls_per_month", calls_number(every))
        reply.use(quantity)
        return
    if _is_peak(reply):
        reply.ask = "A peak says little about a month; how many calls is it on average?"
        return
    if quantity.notes & {"per entity", "entities"}:
        reply.ask = "That is for each of several; how many calls a month is it in all?"
        return
    period = quantity.period or loose_period(reply, quantity) or "month"
    weekdays = bool(words & {"weekdays", "weekday"}) and period != "working day"
    table, hours = A_MONTH, ""
    if "officehours" in words or ({"business", "hours"} <= words):
        table, hours = IN_OFFICE_HOURS, "8 h on 21.74 days"
        reply.explain_words(("officehours", "business", "hours", "during", "working"))
    elif weekdays:
        table, hours = ON_WEEKDAYS, "21.74 days"
        reply.explain_words(("weekdays", "weekday"))
    if (
        not quantity.period
        and not quantity.scaled
        and quantity.kind == "bare"
        and quantity.high < 100
        and not quantity.bound
    ):
        reply.doubt("that is very few calls for a month")
    given = f"{_number_text(quantity)} {_article(period)} {period}" if period != "month" else ""
    quantity.times(table[period])
    note_doubts(reply, quantity)
    if "from_to" in quantity.notes and reply.mode != "answer":
        quantity.low = quantity.high  # where it goes, not where it comes from
    elif "from_to" in quantity.notes:
        reply.doubt("from one number to another can be a range or a change")
    value = value_of(quantity, calls_number)
    reply.put("calls_per_month", value, given)
    if given:
        reply.given_as["hours"] = hours or (
            ""
            if period in ("year", "quarter")
            else "months of 30.4375 days"
            if period != "working day"
            else "21.74 days"
        )
    reply.use(quantity)
    for window in unused(reply, "duration"):
        if {word_at(reply, window.start - 1), word_at(reply, window.start)} & _WINDOW:
            reply.use(window)
    reply.explain_words(("nonstop",))


def _article(period: str) -> str:
    return "an" if period[0] == "h" else "a"


def _number_text(quantity: Quantity) -> str:
    if quantity.low != quantity.high:
        return f"{short(min(quantity.low, quantity.high))} to {short(max(quantity.low, quantity.high))}"
    before = {"low": "at least ", "high": "at most "}.get(quantity.bound, "")
    return before + short(quantity.low)
