"""An amount of money and what it is paid for: "$3.50 an hour", "$0.60 per million output tokens"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from core.reading.counted import period_at
from core.reading.lexer import Token, stands
from core.reading.numbers import number_at
from core.reading.quantity import Quantity
from core.reading.units import (
    CALLS,
    CENTS,
    CURRENCIES,
    ENTITIES,
    TOKEN_WORDS,
    UNCLEAR_CURRENCIES,
    WAYS_IN,
    WAYS_OUT,
)


def read_price(quantity: Quantity, tokens: Sequence[Token]) -> None:
    """Read the currency after a number, and what it is paid for."""
    at = quantity.end
    word = tokens[at].text if at < len(tokens) else ""
    quantity.kind = "money"
    if not quantity.currency:
        if word in CENTS:
            quantity.currency = CENTS[word]
            quantity.times(Decimal("0.01"))
        elif word in UNCLEAR_CURRENCIES:
            quantity.notes.add("currency")
        else:
            quantity.currency = CURRENCIES[word]
            if word == "us" or stands(tokens, at + 1, "us"):
                at += 1
        at += 1
    elif word in CURRENCIES and CURRENCIES[word] == quantity.currency:
        at += 1
    quantity.end = at
    for skipped in range(2):
        if _price_of(quantity, tokens, at + skipped):
            return
        if not stands(tokens, at + skipped, "total", "budget", "each"):
            return


def _price_of(quantity: Quantity, tokens: Sequence[Token], at: int) -> bool:
    per = period_at(tokens, at)
    if per is not None:
        name, many, quantity.end = per
        quantity.period = name
        quantity.times(1 / many)
        if stands(tokens, quantity.end, "per") and stands(tokens, quantity.end + 1, *ENTITIES):
            quantity.notes.add("per entity")
        return True
    if not stands(tokens, at, "per", "/", "a", "each", "for"):
        return False
    start = at + 1
    number = number_at(tokens, start) if start < len(tokens) else None
    many, start = (number.low, number.end) if number else (Decimal(1), start)
    word = tokens[start].text if start < len(tokens) else ""
    if number is None and word in ("mtok", "mtoks", "mtokens", "m"):
        many, start = Decimal(10) ** 6, start + 1
    side = ""
    for _ in range(2):
        if stands(tokens, start, *WAYS_IN, *WAYS_OUT):
            side, start = ("in" if tokens[start].text in WAYS_IN else "out"), start + 1
        elif stands(tokens, start, *TOKEN_WORDS):
            start += 1
    tokens_meant = start > at + 1 and (
        tokens[start - 1].text in TOKEN_WORDS or tokens[start - 1].text.startswith("mtok") or side
    )
    if tokens_meant and many > 0:
        quantity.times(Decimal(10) ** 6 / many)
        quantity.period, quantity.end = "1M_tokens" + (f"_{side}" if side else ""), start
        return True
    if word in CALLS:
        quantity.period, quantity.end = "call", start + 1
        if many > 0:
            quantity.times(1 / many)
        return True
    return False
