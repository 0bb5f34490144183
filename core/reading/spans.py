"""Whether a part of a reply says by itself what it says there: for whoever points at parts instead of typing them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from core.reading.cleaning import clean
from core.reading.lexer import Token, tokens_of
from core.reading.quantities import quantities_of
from core.reading.quantity import Quantity

NEGATIONS = frozenset({"not", "no", "never", "without", "none", "neither", "nor", "hardly", "cannot"})
STOPS = frozenset({".", ",", ";", "!", "?", ":", "(", ")"})
REACH = 4
"""Words before a part in which a negation turns it into its opposite."""


def stands_in(span: str, text: str, question: str | None) -> bool:
    """Whether ``span`` is a verbatim part of ``text`` that leaves what it says of ``question`` whole.

    It begins and ends between words; every quantity in it is one of the text's, with the same ends, bound, period,
    currency and doubts, so that "80" is no part of "80k a day", nor is "80k"; and no negation stands just before it.
    """
    if not span or span not in text:
        return False
    part, whole = _tokens(span), _tokens(text)
    places = list(_places(part, whole))
    if not part or not places or any(_is_negated(whole, place) for place in places):
        return False
    said = [_said(quantity) for quantity in quantities_of(whole, question)]
    return all(_said(quantity) in said for quantity in quantities_of(part, question))


def _tokens(text: str) -> list[Token]:
    cleaned = clean(text)
    return [] if cleaned is None else tokens_of(cleaned.text)


def _places(part: Sequence[Token], whole: Sequence[Token]) -> Iterator[int]:
    words, among = [token.text for token in part], [token.text for token in whole]
    for place in range(len(among) - len(words) + 1):
        if among[place : place + len(words)] == words:
            yield place


def _is_negated(whole: Sequence[Token], place: int) -> bool:
    for token in reversed(whole[max(0, place - REACH) : place]):
        if token.text in STOPS:
            return False
        if token.text in NEGATIONS:
            return True
    return False


def _said(quantity: Quantity) -> tuple[Any, ...]:
    one = quantity
    return one.low, one.high, one.bound, one.period, one.currency, one.k_of_n, frozenset(one.notes)
