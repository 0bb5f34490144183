"""Calls a month, out of any period, out of products and averages."""
# ruff: noqa: SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from decimal import Decimal

from core.facts import THINGS
from core.reading.amounts import (
    is_a_time,
    is_of_the_task,
    loose_period,
    note_doubts,
    strange_noun,
    unused,
    value_of,
    word_at,
)
from core.reading.forms import calls_number, short
from core.reading.opening import ALL_DAYS, SIX_DAYS
from core.reading.products import fill_product
from core.reading.quantity import Quantity
from core.reading.rates import differ_in_time, joined_over_the_year, settle_rates
from core.reading.reply import Reply
from core.reading.several import a_month, settle_several
from core.reading.units import MILLISECONDS, PERIODS
from core.reading.working_time import working_time

VOLUME = frozenset("volume traffic load calls requests queries throughput usage".split())


_NOW = frozenset("now currently today nowadays total altogether together all so".split())
_WITH_A_NOUN = ("money", "labelled_examples")
"""Where these were asked for, "1,000 a week" need not be calls."""


def fill_calls(reply: Reply) -> None:
    """Fill the calls a month, or ask when they cannot be made out of what is said."""
    asked = reply.question == "calls_per_month"
    if reply.asked in ("reasons", "misses") and reply.mode == "answer":
        _set_things_aside(reply, "thing", "")
    if reply.asked in THINGS and reply.mode == "answer":
        _set_things_aside(reply, "thing")
        if str(reply.asked) in reply.values:
            _put_calls_by_name(reply)
            return
    if asked and reply.mode == "answer":
        _join_bounds(reply)
        settle_rates(reply)
    if fill_product(reply) or (asked and _figures(reply)):
        return
    candidates = _candidates(reply, asked=asked)
    if not candidates:
        if (
            asked
            and not reply.values
            and (unused(reply, "relative", "factor", "share") or reply.words() & _RELATIVE)
        ):
            reply.ask = "That is relative; how many calls a month is it?"
        return
    candidates = _once_each(reply, candidates)
    tells = asked and reply.mode == "answer"
    if len(candidates) == 1 and tells and candidates[0].period:
        _set_the_same_number_aside(reply, candidates[0])
        others = [q for q in unused(reply, "bare", "count") if q is not candidates[0]]
        kept, _ = settle_several(reply, [*candidates, *others], a_month) if others else (candidates, None)
        candidates = kept if len(kept) == 1 else candidates
    if len(candidates) > 1 and tells and not (differ_in_time(reply) and not reply.words() & _NOW):
        candidates, why = settle_several(reply, _not_one_each(reply, candidates), a_month)
        if why:
            reply.doubt(why)
    candidates = joined_over_the_year(reply, candidates) if tells else candidates
    if tells and len(candidates) == 1:
        _lend_a_period(reply, candidates[0])
    if len(candidates) > 1:
        reply.ask = "I see more than one number; how many calls a month is it in all?"
        return
    _put_calls(reply, candidates[0])


def _set_the_same_number_aside(reply: Reply, rate: Quantity) -> None:
    """Of "35 deeds a week, so 35 summaries" the second says the same again, and of no other period."""
    for other in unused(reply, "count", "bare"):
        if other is not rate and (other.low, other.high) == (rate.low, rate.high) and other.start > rate.end:
            reply.use(other)
            reply.explain(rate.end, other.end)


def _set_things_aside(reply: Reply, *nouns: str) -> None:
    """Of "I graded 28 essays a week" nothing is said of calls where examples were asked for."""
    for other in unused(reply, "calls"):
        if other.noun in nouns:
            reply.use(other)


def _join_bounds(reply: Reply) -> None:
    """Make one range of "at most 3,000 a month, and never less than 2,000"."""
    free = unused(reply, "bare", "count", "calls")
    if sorted(q.bound for q in free) != ["high", "low"]:
        return
    high, low = sorted(free, key=lambda q: q.bound)
    if low.high < high.low and (low.period or high.period) == (high.period or low.period):
        high.kind = "calls" if "calls" in (low.kind, high.kind) else high.kind
        high.period, high.low, high.bound = low.period or high.period, low.low, ""
        reply.use(low)


def _lend_a_period(reply: Reply, quantity: Quantity) -> None:
    """Give the 600 of "it was 200 a week, now it is 600" the week."""
    others = {q.period for q in reply.quantities if q is not quantity and q.kind == "calls" and q.period}
    if not quantity.period and quantity.kind == "bare" and len(others) == 1:
        quantity.kind, quantity.period = "calls", others.pop()


def _put_calls_by_name(reply: Reply) -> None:
    """The "250k calls a month" beside a number of examples that was asked for; what comes in is no rival."""
    rates = [q for q in unused(reply, "calls") if q.noun == "calls"]
    if len(rates) == 1 and not rates[0].notes & {"per entity", "entities"}:
        _put_calls(reply, rates[0])
    for other in unused(reply, "calls"):
        if other.noun in ("handled", "thing"):
            reply.use(other)


def _candidates(reply: Reply, *, asked: bool) -> list[Quantity]:
    """The numbers that may be the volume, those with a period first."""
    candidates = [q for q in unused(reply, "calls") if q.noun or reply.question not in _WITH_A_NOUN]
    for quantity in unused(reply, "other") if asked else ():
        if is_of_the_task(reply, quantity):
            quantity.kind, quantity.noun = "count", "thing"
    counts = [
        q for q in unused(reply, "count") if q.noun == "calls" or (q.noun in ("handled", "thing") and asked)
    ]
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
    return candidates


def _not_one_each(reply: Reply, candidates: list[Quantity]) -> list[Quantity]:
    """Without the one of "50 patients a day, one summary each", which multiplies by nothing."""
    for quantity in candidates:
        near = {word_at(reply, at) for at in range(quantity.end - 1, quantity.end + 3)}
        if (
            quantity.low == quantity.high == 1
            and near & {"each", "per", "every", "apiece"}
            and len(candidates) > 1
        ):
            reply.use(quantity)
            reply.explain(quantity.start, quantity.end + 3)
            return [q for q in candidates if q is not quantity]
    return candidates


_RELATIVE = frozenset("double twice triple half halve tenfold more less fewer same".split())


def _once_each(reply: Reply, candidates: list[Quantity]) -> list[Quantity]:
    """Without numbers that are said twice: "100k (one hundred thousand) a month"."""
    if len(candidates) != 2 or {(q.low, q.high) for q in candidates} != {
        (candidates[0].low, candidates[0].high)
    }:
        return candidates
    first, last = sorted(candidates, key=lambda q: q.start)
    between = {word_at(reply, i) for i in range(first.end, last.start)}
    if between - {"(", ",", "=", "-", "or", "ie", "that", "is", "so"} and not between & {
        "take",
        "call",
        "say",
    }:
        return candidates
    kept, repeated = sorted(candidates, key=lambda q: not q.period)
    if repeated.period:
        return candidates
    reply.use(repeated)
    return [kept]


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
_PEAK = frozenset("busiest peak peaks peaking spike spikes burst bursts bursting".split())
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
    following = word_at(reply, quantity.end)
    if following in _AVERAGE or (
        following not in (",", ".", ";", "but", "and") and word_at(reply, quantity.end + 1) in _AVERAGE
    ):
        return True
    at = quantity.start - 1
    while at >= 0 and word_at(reply, at) in _BETWEEN:
        at -= 1
    return word_at(reply, at) in _AVERAGE


def _names_a_period(reply: Reply) -> bool:
    """Whether a day or a week is mentioned that the number is not clearly per: "80k on a good day"."""
    return any(
        PERIODS.get(token.text, "month") != "month" and not reply.explained[i]
        for i, token in enumerate(reply.tokens)
    ) or bool(reply.words() & {"weekdays", "weekday", "officehours", SIX_DAYS, ALL_DAYS})


def _is_peak(reply: Reply) -> bool:
    return any(token.text in _PEAK and not reply.explained[i] for i, token in enumerate(reply.tokens))


def _put_calls(reply: Reply, quantity: Quantity) -> None:
    if quantity.kind == "duration":
        _put_how_often(reply, quantity)
        return
    if _is_peak(reply):
        reply.ask = "A peak says little about a month; how many calls is it on average?"
        return
    if is_of_the_task(reply, quantity):
        quantity.notes.discard("entities")
    if quantity.notes & {"per entity", "entities"}:
        reply.ask = "That is for each of several; how many calls a month is it in all?"
        return
    said = quantity.period or loose_period(reply, quantity)
    period = said or "month"
    table, hours = working_time(reply, period)
    _doubt_beside_another(reply, quantity)
    _doubt_the_rate(reply, quantity, said)
    given = f"{_number_text(quantity)} {_article(period)} {period}" if period != "month" else ""
    quantity.times(table[period])
    note_doubts(reply, quantity)
    if quantity.noun == "thing" and not said and not is_of_the_task(reply, quantity):
        reply.doubt("it is not said that they are calls, or per what")
    if "from_to" in quantity.notes and reply.mode != "answer":
        quantity.low = quantity.high  # where it goes, not where it comes from
    reply.put("calls_per_month", value_of(quantity, calls_number), given)
    if given:
        reply.given_as["hours"] = hours or _ASSUMED_TIME.get(period, "months of 30.4375 days")
    reply.use(quantity)
    _use_windows(reply)
    reply.explain_words(("nonstop",))


def _doubt_beside_another(reply: Reply, quantity: Quantity) -> None:
    """Doubt a number beside another that it may have to be taken times: "nine a day. There are two of us"."""
    if (
        reply.asked != "calls_per_month"
        or reply.mode != "answer"
        or quantity.bound
        or quantity.kind == "duration"
    ):
        return
    before = {word_at(reply, at) for at in range(quantity.start - _NEAR, quantity.start)}
    if reply.values.keys() & {"prompt_tokens", "output_tokens"}:
        return
    if _CONCLUDES & before or differ_in_time(reply) or (_OTHER_TIMES | _TOGETHER) & reply.words():
        return
    for other in reply.quantities:
        plain = other.kind in ("bare", "count", "calls", "other") and not other.notes & {"vague", "broken"}
        plain = plain and other.noun not in ("examples", "labelled") and other.high <= _MOST_PEOPLE
        if plain and other.high > 1 and not other.bound and not _is_the_same_again(other, quantity):
            reply.doubt("there is a number that I cannot place")


def _is_the_same_again(other: Quantity, quantity: Quantity) -> bool:
    """Whether both say the same, each in its own period."""
    apart = abs(a_month(other) - a_month(quantity))
    return (other.low, other.high) == (quantity.low, quantity.high) or apart <= a_month(quantity) / 20


_NEAR = 4
_CONCLUDES = frozenset("so makes hence therefore total altogether = which is that".split())
_MOST_PEOPLE = 60
_TOGETHER = frozenset("together altogether total overall combined across between".split())
_OTHER_TIMES = frozenset("now currently today was were last before earlier ago used".split())
_ASSUMED_TIME = {"year": "", "quarter": "", "working day": "21.74 days"}
"""What the echo says of a period; of all others that months have 30.4375 days."""


def _put_how_often(reply: Reply, quantity: Quantity) -> None:
    """ "Every 5 seconds": shown to be confirmed, because it is not said how many each time."""
    if quantity.low != quantity.high or quantity.low <= 0:
        reply.ask = "How many calls a month is that?"
        return
    reply.doubt("it is said how often, not how many")
    reply.put("calls_per_month", calls_number(Decimal(MILLISECONDS["month"]) / quantity.low))
    reply.use(quantity)


def _doubt_the_rate(reply: Reply, quantity: Quantity, said: str) -> None:
    period = said or "month"
    few = (
        quantity.kind == "bare"
        and not said
        and quantity.high < 100
        and not quantity.scaled
        and not quantity.bound
    )
    if few and not quantity.period:
        reply.doubt("that is very few calls for a month")
    if not quantity.period and period == "month" and _names_a_period(reply):
        reply.doubt("it is not said per what")
    if reply.mode == "answer" and "from_to" in quantity.notes:
        reply.doubt("from one number to another can be a range or a change")
    elif reply.mode == "answer" and "from" in quantity.notes and quantity.low == quantity.high:
        reply.doubt("there is a 'from' before the number")


def _use_windows(reply: Reply) -> None:
    """Of "7 a second, averaged over 30 days" the days say when it was measured."""
    for window in unused(reply, "duration"):
        if {word_at(reply, window.start - 1), word_at(reply, window.start)} & _WINDOW:
            reply.use(window)
            reply.explain(window.start - 3, window.start)


def _article(period: str) -> str:
    return "an" if period[0] == "h" else "a"


def _number_text(quantity: Quantity) -> str:
    if quantity.low != quantity.high:
        return f"{short(min(quantity.low, quantity.high))} to {short(max(quantity.low, quantity.high))}"
    before = {"low": "at least ", "high": "at most "}.get(quantity.bound, "")
    return before + short(quantity.low)
