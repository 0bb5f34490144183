"""Rates for each of several: "500 users × 20 calls a day", "3 per user per day, 2000 users", "5 per class, 8 classes".

The product is worked out; it is shown to be confirmed unless "each" or "per" and one period say plainly what multiplies what.
"""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import itertools
from decimal import Decimal

from core.reading.amounts import loose_period, word_at
from core.reading.forms import calls_number, short
from core.reading.introductions import LOADED
from core.reading.quantity import Quantity
from core.reading.reply import Reply
from core.reading.working_time import working_time

_EXAMPLES = ("prompt_examples", "labelled_examples")
MOST_FACTORS = 5
_TOTAL = frozenset(["so", "is", "makes", "make", "=", "equals", "that", "total", "gives", "comes", "means"])
_TIMES = frozenset(("×", "x", "*", "times"))


def fill_product(reply: Reply) -> bool:
    """Fill the product of two numbers that belong together. Returns whether the reply is about a product at all."""
    if reply.question not in ("calls_per_month", *_EXAMPLES, None):
        return False
    free = [q for q in reply.quantities if not reply.is_used(q)]
    if reply.question is not None and _is_worked_out(reply, free):
        return False
    free = _with_groups_as_one(reply, free)
    for one, other in itertools.pairwise(free):
        if not {word_at(reply, i) for i in range(one.end, other.start)} & _TIMES:
            continue
        if len(free) == 2 and _multiply(one, other) and reply.question in ("calls_per_month", None):
            _put(reply, one, other)
        else:
            reply.ask = "How many calls a month is that in all?"
        return True
    if len(free) == 2 and reply.question is not None:
        one, other = free
        if reply.question == "calls_per_month" and (parts := _parts_of_each(reply, one, other)):
            _put(reply, *parts)
            return True
        if _is_rate(one) and _is_how_many(other):
            _put(reply, other, one)
            return True
        if (_is_how_many(one) or _are_things(one)) and _is_rate(other):
            _put(reply, one, other)
            return True
        if (pair := _of_each(reply, one, other)) is not None:
            _put(reply, *pair)
            return True
    return False


def _with_groups_as_one(reply: Reply, free: list[Quantity]) -> list[Quantity]:
    """The numbers with "four groups of 26" as the 104 that they are, where a rate of each follows."""
    if len(free) != 3 or not free[2].period or reply.question != "calls_per_month":
        return free
    groups, size, _ = free
    between = [word_at(reply, at) for at in range(groups.end, size.start)]
    if (
        between != ["of"]
        or groups.period
        or size.period
        or groups.low != groups.high
        or size.low != size.high
    ):
        return free
    size.low = size.high = groups.low * size.low
    size.kind, size.noun = "other", "entities"
    reply.use(groups)
    reply.explain(groups.start, size.end)
    return free[1:]


def set_factors_aside(reply: Reply) -> None:
    """Of "three classes of 30, all graded, so 90" the 90 alone is left."""
    _is_worked_out(reply, [q for q in reply.quantities if not reply.is_used(q)])


def _is_worked_out(reply: Reply, free: list[Quantity]) -> bool:
    """Whether the last of several numbers is the product of two others, as the person says; these are set aside."""
    if not 3 <= len(free) <= MOST_FACTORS or any(q.low != q.high or q.bound for q in free):
        return False
    *factors, product = free
    if product.kind not in ("bare", "count", "calls"):
        return False
    pairs = [
        (one, other)
        for one, other in itertools.combinations(factors, 2)
        if one.low * other.low == product.low
    ]
    if not pairs or (
        len(free) > 3 and not _TOTAL & {word_at(reply, at) for at in range(product.start - 4, product.start)}
    ):
        return False
    product.period = product.period or next((q.period for q in pairs[0] if q.period), "")
    if product.kind == "bare" and product.period:
        product.kind = "calls"
    for quantity in factors:
        reply.use(quantity)
    reply.explain(pairs[0][0].start, product.start)
    return True


def _parts_of_each(reply: Reply, one: Quantity, other: Quantity) -> tuple[Quantity, Quantity] | None:
    """How many there are, and how much in each: in whatever order, or as "50 shoots a year with 200 pictures each"."""
    if _is_part_of_each(reply, one, other):
        return other, one
    if _is_part_of_each(reply, other, one):
        return one, other
    reach = other.end + (1 if word_at(reply, other.end) in ("and", ",", ".", ";") else 2)
    each = {word_at(reply, at) for at in range(other.end - 1, reach)} & {"each", "apiece"}
    plain = one.low == one.high and other.low == other.high and not (one.bound or other.bound or other.period)
    return (one, other) if each and plain and one.period and not one.notes & {"per entity"} else None


def _is_part_of_each(reply: Reply, part: Quantity, whole: Quantity) -> bool:
    """Whether one says how many there are in each of the other: "each book has 90 pages, 8 books a month"."""
    if "duration" in (part.kind, whole.kind):
        return False
    counted = {word_at(reply, at).removesuffix("s") for at in range(whole.start, whole.end)}
    before = [word_at(reply, at) for at in range(part.start - 3, part.start)]
    return (
        before[0] in ("each", "every", "an", "a", "one")
        and before[1].removesuffix("s") in counted
        and before[2] in ("has", "have", "holds", "contains", "is", "gets", "makes", "gives", "needs")
        and part.low == part.high
        and whole.low == whole.high
        and not (part.period or part.bound or whole.bound)
    )


_EACH = frozenset(("each", "every", "per", "apiece", "everyone", "everybody"))


def _of_each(reply: Reply, one: Quantity, other: Quantity) -> tuple[Quantity, Quantity] | None:
    """How many there are and how much of each: "12 clerks, each of them 40 letters a day", "40 batches of 500"."""
    if one.low != one.high or other.low != other.high or one.bound or other.bound:
        return None
    between = {word_at(reply, at) for at in range(one.end, other.start)}
    if one.noun in ("entities", "thing") and between == {"of"} and not one.period:
        return one, other
    each = (_EACH | {"they", "all"}) & {token.text for token in reply.tokens}
    if reply.question in _EXAMPLES:
        return (other, one) if _EACH & between and not other.period else _told_of_one(reply, one, other)
    if each and _is_how_many(one) and other.period:
        return one, other
    if (
        between & {"each", "everyone", "everybody"}
        and one.noun == "thing"
        and other.period
        and not one.period
    ):
        return one, other
    if "times" in (one.noun, other.noun) and "" in (one.period, other.period):
        return (other, one) if one.noun == "times" else (one, other)
    if (many := _told_of_one(reply, one, other)) is not None:
        return many
    if each and _is_how_many(other) and one.period and _EACH & between:
        return other, one
    if _is_rate(one) and other.period and other.noun in ("thing", "handled"):
        return other, one
    return None


def _told_of_one(reply: Reply, one: Quantity, other: Quantity) -> tuple[Quantity, Quantity] | None:
    """How many there are, where a rate is told of one of them: "one clerk does 5 a week and we have 12 clerks"."""
    for rate, many in ((one, other), (other, one)):
        led = [word_at(reply, at) for at in range(many.start - 3, many.start)]
        if reply.question in _EXAMPLES and ("each", "of") in itertools.pairwise(led):
            return many, rate
        nouns = {word_at(reply, at).removesuffix("s") for at in range(many.start, many.end)}
        before = [word_at(reply, at) for at in range(rate.start)]
        if (
            (rate.period or reply.question in _EXAMPLES)
            and not many.period
            and any(
                first in ("one", "each", "every", "a", "an", "per") and second.removesuffix("s") in nouns
                for first, second in itertools.pairwise(before)
            )
        ):
            return many, rate
    return None


def _multiply(one: Quantity, other: Quantity) -> bool:
    return one.kind in ("other", "count", "bare") and other.kind in ("calls", "count", "bare")


def _is_rate(quantity: Quantity) -> bool:
    return quantity.low == quantity.high and not quantity.bound and "per entity" in quantity.notes


def _is_how_many(quantity: Quantity) -> bool:
    return (
        quantity.kind == "other"
        and quantity.low == quantity.high
        and not quantity.bound
        and not quantity.notes & {"per entity", "entities"}
    )


def _are_things(quantity: Quantity) -> bool:
    """Whether things are counted, such as the residents of "46 residents, three notes a day each"."""
    plain = quantity.low == quantity.high and not (quantity.bound or quantity.period or quantity.notes)
    return plain and quantity.kind == "count" and quantity.noun == "thing"


def _put(reply: Reply, many: Quantity, each: Quantity) -> None:
    product = many.low * each.low
    if reply.question in _EXAMPLES:
        if each.kind not in ("bare", "count") or many.kind == "duration":
            reply.ask = "How many examples is that in all?"
            return
        reply.put(str(reply.question), int(product), f"{short(many.low)} × {short(each.low)}")
    else:
        period = each.period or many.period or loose_period(reply, each) or "month"
        table, days = working_time(reply, period)
        shown = f"{short(many.low)} × {short(each.low)} {'an' if period[0] == 'h' else 'a'} {period}"
        reply.put("calls_per_month", calls_number(product * Decimal(table[period])), shown)
        if days:
            reply.given_as["hours"] = days
    first, last = sorted((many, each), key=lambda q: q.start)
    if not _is_plainly_told(reply, first, last):
        reply.doubt("it is a product")
    reply.use(first)
    reply.use(last)
    reply.explain(first.end, last.start)


_EXACT = frozenset(("vague", "negated", "part", "ambiguous", "broken", "from", "from_to"))
_ONE_BY_ONE = _EACH | {"×", "times", "everyone", "they", "multiply"}


def _is_plainly_told(reply: Reply, first: Quantity, last: Quantity) -> bool:
    """Whether nothing else can be meant: two exact numbers, one period, and a word that says that it is so for each."""
    if reply.question != "calls_per_month" or reply.mode != "answer" or "times" in (first.noun, last.noun):
        return False
    if any(q.kind == "duration" or q.bound or q.notes & _EXACT or q.low < 1 for q in (first, last)):
        return False
    told = [word_at(reply, at) for at in range(last.end, last.end + _OF_THEM)]
    between = [word_at(reply, at) for at in range(first.end, last.start)]
    if bool(first.period) == bool(last.period) or ("of", "them") in itertools.pairwise(told):
        return False
    if {first.period, last.period} & {"second", "minute", "hour"}:
        return False  # nobody works around the clock
    if not _ONE_BY_ONE & reply.words() or _ELSE & {*between}:
        return False
    for at in range(len(reply.tokens)):
        if word_at(reply, at) in _EACH and word_at(reply, at + 1) not in LOADED:
            reply.explain(at, at + 2)
    reply.explain_words(_ONE_BY_ONE | {"so"})
    return True


_OF_THEM = 3
_ELSE = frozenset("but only except not never or if plus".split())
"""Words between two numbers that set one against the other."""
