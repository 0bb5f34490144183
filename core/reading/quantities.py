"""Numbers with what they count: shares, rates, durations, tokens, money, counts, or nothing (a bare number)."""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from core.facts import THINGS
from core.reading.bounds import apply_suffix_bound, look_before
from core.reading.counted import counted_by, period_at
from core.reading.languages import IBERIAN
from core.reading.lexer import Token, is_continental, speaks, stands
from core.reading.measures import read_unit
from core.reading.numbers import number_at
from core.reading.quantity import QUALITY, Quantity
from core.reading.ranges import append_or_join, note_number, range_of_numbers, skip_ish
from core.reading.units import (
    CALLS,
    COUNTED,
    CURRENCIES,
    HANDLED,
    MILLISECONDS,
    PERIODS,
    TOKEN_WORDS,
)


def quantities_of(tokens: Sequence[Token], question: str | None) -> list[Quantity]:
    """All quantities, from left to right, ranges made one."""
    found: list[Quantity] = []
    i = 0
    while i < len(tokens):
        quantity = _share_in_words(tokens, i, question) or _quantity_at(tokens, i, question)
        if quantity is None:
            i += 1
            continue
        append_or_join(found, quantity, tokens)
        i = max(quantity.end, i + 1)
    for quantity in found:
        apply_suffix_bound(quantity, tokens)
        if "ambiguous" in quantity.notes or quantity.suffix == "mil":
            _settle_by_language(quantity, tokens, question)
    return found


_WHOLE_THINGS = frozenset(("tokens", *THINGS))


def _settle_by_language(quantity: Quantity, tokens: Sequence[Token], question: str | None) -> None:
    """What the words around a number say about "1.500" and about "40 mil"."""
    if quantity.suffix == "mil":
        if speaks(tokens, IBERIAN):
            quantity.times(Decimal("0.001"))
        elif quantity.low % 10**6 == 0:
            quantity.notes.add("mil")
        return
    counts = quantity.kind in ("calls", "count", "tokens", "money") or (
        quantity.kind == "bare" and (question in _WHOLE_THINGS or question in ("calls_per_month", "money"))
    )
    thousands = all(end % 1000 == 0 and "." not in str(end) for end in (quantity.low, quantity.high))
    a_count = question == "calls_per_month" and quantity.period in ("", "month", "quarter", "year")
    whole = question in _WHOLE_THINGS or thousands or a_count
    if counts and (whole or is_continental(tokens)):
        quantity.notes.discard("ambiguous")


def _quantity_at(tokens: Sequence[Token], i: int, question: str | None) -> Quantity | None:
    article = _article_duration(tokens, i, question)
    if article is not None:
        return article
    number = number_at(tokens, i, grouped=question != "tokens")
    if (
        number is None
        or _is_part_of_a_name(tokens, number.end)
        or (number.single and not _counts_something(tokens, number.end, question))
    ):
        return None
    quantity = Quantity(
        "bare", number.low, number.high, i, number.end, scaled=number.scaled, suffix=number.suffix
    )
    quantity.in_words = not tokens[i].number
    note_number(quantity, number)
    skip_ish(quantity, tokens)
    look_before(quantity, tokens)
    range_of_numbers(quantity, tokens, question)
    read_unit(quantity, tokens, question)
    return quantity


_MAY_FOLLOW = frozenset(
    "shot ish odd plus fold to or and bis through k m percent % point points something x half thousand million hundred".split()
) | {*MILLISECONDS, *PERIODS, *COUNTED, *TOKEN_WORDS, *CURRENCIES}


def _is_part_of_a_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether a hyphen ties the number before token ``at`` to a word that it only names: the "four-eyes team"."""
    return (
        stands(tokens, at, "-")
        and tokens[at].glued
        and at + 1 < len(tokens)
        and tokens[at + 1].glued
        and tokens[at + 1].text.isalpha()
        and tokens[at + 1].text not in _MAY_FOLLOW
    )


def _counts_something(tokens: Sequence[Token], i: int, question: str | None) -> bool:
    """Whether the "one" before token ``i`` is a number: a unit or a proportion follows, or nothing at all."""
    if i >= len(tokens):
        return i == 1
    word = tokens[i].text
    if question == "cheaper_model_enough" and word in CALLS:
        return False  # "the little one hits 93"
    if question in QUALITY and word.isalpha() and i + 1 < len(tokens) and tokens[i + 1].text in ("in", "out"):
        return True
    if question == "calls_per_month" and period_at(tokens, i) is not None:
        return True  # "one a day"
    if question == "calls_per_month" and i + 1 < len(tokens) and word.isalpha() and period_at(tokens, i + 1):
        return True
    return (
        word in MILLISECONDS or word in CALLS or bool(counted_by(word, question)) or word in TOKEN_WORDS or word in ("%", "percent", "-", "shot")
        or (word in ("in", "of", "out") and question in QUALITY) or word in ("or", "every") or (word in HANDLED and question == "calls_per_month")
    )  # fmt: skip


def _article_duration(tokens: Sequence[Token], i: int, question: str | None) -> Quantity | None:
    """A month, half a second: a duration without a number, where durations were asked for."""
    if question not in ("can_wait", "latency_ms", "latency_now_ms", "latency", None) or i + 1 >= len(tokens):
        return None
    part = _part_of_a_duration(tokens, i)
    if part is not None:
        look_before(part, tokens)
        return part
    at = i
    if (
        at + 1 >= len(tokens)
        or tokens[at].text not in ("a", "an", "one")
        or tokens[at + 1].text not in MILLISECONDS
    ):
        return None
    if i and (
        tokens[i - 1].number
        or tokens[i - 1].text in CALLS
        or tokens[i - 1].text in ("once", "twice", "every")
    ):
        return None
    length = Decimal(MILLISECONDS[tokens[at + 1].text])
    if [t.text for t in tokens[at + 2 : at + 5]] == ["and", "a", "half"]:
        quantity = Quantity("duration", length * Decimal("1.5"), length * Decimal("1.5"), i, at + 5)
    else:
        quantity = Quantity("duration", length, length, i, at + 2)
    look_before(quantity, tokens)
    return quantity


def _part_of_a_duration(tokens: Sequence[Token], i: int) -> Quantity | None:
    """Half a second, a quarter of a second, three quarters of an hour."""
    count, at = _COUNTS.get(tokens[i].text, 0), i + 1
    if not count and tokens[i].text in ("half", "quarter"):
        count, at = 1, i
    if not count or not (at < len(tokens) and tokens[at].text in _PARTS):
        return None
    part, after = Decimal(count) / _PARTS[tokens[at].text], at + 1
    after += stands(tokens, after, "of")
    if not stands(tokens, after, "a", "an", "one") and tokens[at].text not in ("half", "quarter"):
        return None
    after += stands(tokens, after, "a", "an", "one")
    if (
        after >= len(tokens)
        or tokens[after].text not in MILLISECONDS
        or tokens[after].text in ("quarter", "quarters")
    ):
        return None
    length = part * MILLISECONDS[tokens[after].text]
    return Quantity("duration", length, length, i, after + 1)


_PARTS = {
    "half": 2,
    "third": 3,
    "thirds": 3,
    "quarter": 4,
    "quarters": 4,
    "fifth": 5,
    "fifths": 5,
    "tenth": 10,
    "tenths": 10,
}


_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "nine": 9}


_ORDINALS = {
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "eighth": 8,
    "tenth": 10,
    "twentieth": 20,
    "hundredth": 100,
}
_A_TIME = frozenset("this next last the per each every our that coming current previous".split())
"""Words before a quarter of a year."""


def _share_in_words(tokens: Sequence[Token], i: int, question: str | None) -> Quantity | None:
    """Half of them, two thirds: where a share was asked for."""
    if question not in QUALITY:
        return None
    if tokens[i].text == "every" and i + 1 < len(tokens) and tokens[i + 1].text in _ORDINALS:
        share = 1 / Decimal(_ORDINALS[tokens[i + 1].text])
        every = Quantity("share", share, share, i, i + 2, in_words=True)
        every.notes.add("proportion")
        return every
    count, at = _COUNTS.get(tokens[i].text, 0), i + 1
    if not count and tokens[i].text in ("half", "quarter") and not (i and tokens[i - 1].text in _A_TIME):
        count, at = 1, i
    if at < len(tokens) and tokens[at].text == "-":
        at += 1
    if not count or at >= len(tokens) or tokens[at].text not in _PARTS:
        return None
    if at + 1 < len(tokens) and (
        tokens[at + 1].text in ("million", "thousand", "dozen", "a", "second")
        or tokens[at + 1].text in PERIODS
    ):
        return None
    share = Decimal(count) / _PARTS[tokens[at].text]
    if share > 1:
        return None
    quantity = Quantity("share", share, share, i, at + 1, in_words=True)
    quantity.notes.add("proportion")
    look_before(quantity, tokens)
    return quantity
