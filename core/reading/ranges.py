"""Two numbers that are one range: "5-10k", "between 5 and 10", "500 ms to 1 s"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from core.reading.lexer import Token
from core.reading.numbers import SCALES, Number, number_at
from core.reading.quantity import HEDGES_BEFORE, SEPARATORS, Quantity
from core.reading.units import (
    CURRENCIES,
)


def note_number(quantity: Quantity, number: Number) -> None:
    """Carry over what makes a number doubtful."""
    for note in ("vague", "ambiguous", "broken"):
        if getattr(number, note):
            quantity.notes.add(note)


def skip_ish(quantity: Quantity, tokens: Sequence[Token]) -> None:
    """Take in "-ish" and "or so" after a number."""
    end = quantity.end
    if (
        end < len(tokens)
        and tokens[end].text == "-"
        and end + 1 < len(tokens)
        and tokens[end + 1].text == "ish"
    ):
        quantity.end = end + 2
    elif end < len(tokens) and tokens[end].text == "ish":
        quantity.end = end + 1
    elif [token.text for token in tokens[end : end + 2]] in (["or", "so"], ["or", "thereabouts"]):
        quantity.end = end + 2


def range_of_numbers(quantity: Quantity, tokens: Sequence[Token], question: str | None) -> None:
    """The second number of "5-10k" or "between 5 and 10", which lends the first its scale."""
    at = quantity.end
    if (
        _separates(quantity, tokens, at + 1)
        and tokens[at].text in (",", "or")
        and tokens[at + 1].text in _MAYBE
    ):
        at += 1
    if at + 1 >= len(tokens) or not _separates(quantity, tokens, at):
        return
    after = at + 1
    while after < len(tokens) - 1 and (
        tokens[after].text in HEDGES_BEFORE or tokens[after].text in CURRENCIES
    ):
        after += 1
    other = number_at(tokens, after, grouped=question != "tokens")
    if other is None or other.single:
        return
    lends = other.scaled or (quantity.in_words and quantity.low < _DIGITS and other.low % 100 == 0)
    lends = lends and not quantity.scaled and quantity.low != 0 and quantity.low < other.low / _scale(other)
    reach = other.high / _scale(other) if lends and not other.scaled else other.high
    if tokens[at].text not in _TIGHT and not quantity.low < reach <= 3 * quantity.low + 1:
        return
    if lends:
        quantity.times(_scale(other))
        quantity.notes.discard("ambiguous")
    _join(quantity, other.low, other.high, other.end, tokens[at].text)
    quantity.scaled, quantity.suffix = quantity.scaled or other.scaled, other.suffix
    note_number(quantity, other)
    skip_ish(quantity, tokens)


_DIGITS = 10
"""Of "five or six hundred" the first is told in hundreds too."""
_MAYBE = ("maybe", "perhaps", "possibly")
_TIGHT = frozenset(("-", "to", "→", "bis", "through", "...", "and"))
"""What stands between the ends of a range, however far they are apart; "60, maybe 70" lie close together."""


def _scale(number: Number) -> Decimal:

    return Decimal(SCALES[number.suffix]) if number.suffix in SCALES else _worded_scale(number.low)


def _worded_scale(value: Decimal) -> Decimal:
    return next((Decimal(scale) for scale in (10**9, 10**6, 10**5, 1000, 100) if value >= scale), Decimal(1))


def _separates(quantity: Quantity, tokens: Sequence[Token], at: int) -> bool:
    if at + 1 >= len(tokens):
        return False
    word = tokens[at].text
    if word in _MAYBE:
        return True
    if word == "-" and not tokens[at].glued and tokens[at + 1].glued:
        return False  # a minus sign
    return word in SEPARATORS or (word == "and" and "between" in quantity.notes)


def _join(quantity: Quantity, low: Decimal, high: Decimal, end: int, separator: str) -> None:
    if separator == "→" or ("from" in quantity.notes and separator in ("to", "bis")):
        quantity.notes.add("from_to")
    if quantity.bound or quantity.low != quantity.high:
        quantity.notes.add("contradiction")
    if low < quantity.low:
        quantity.notes.add("falling")
    quantity.high, quantity.end = high, end


def _is_its_upper_end(last: Quantity, quantity: Quantity, tokens: Sequence[Token]) -> bool:
    """Whether a bare number only widens a rate: "70 a week, maybe 80"."""
    between = [token.text for token in tokens[last.end : quantity.start]]
    return (
        last.kind == "calls"
        and quantity.kind == "bare"
        and last.low == last.high < quantity.low == quantity.high <= 2 * last.low
        and not (last.bound or quantity.bound)
        and between
        in (
            [",", "maybe"],
            [",", "perhaps"],
            ["or", "maybe"],
            ["maybe"],
            ["perhaps"],
            ["or"],
            [",", "sometimes"],
        )
    )


def append_or_join(found: list[Quantity], quantity: Quantity, tokens: Sequence[Token]) -> None:
    """Append, or make one range of it and the one before: "70% to 75%", "500 ms to 1 s"."""
    last = found[-1] if found else None
    if (
        last is not None
        and last.kind == quantity.kind
        and last.low == last.high
        and not quantity.bound
        and last.kind not in ("bare", "factor")
    ):
        between = [t.text for t in tokens[last.end : quantity.start] if t.text not in HEDGES_BEFORE]
        joined = len(between) == 1 and (
            between[0] in SEPARATORS or (between[0] == "and" and "between" in last.notes)
        )
        same = (
            last.side == quantity.side
            and last.period == quantity.period
            and last.noun == quantity.noun
            and last.currency == quantity.currency
        )
        if joined and same and last.k_of_n is None:
            _join(last, quantity.low, quantity.high, quantity.end, between[0])
            last.notes |= quantity.notes
            return
    if last is not None and _is_its_upper_end(last, quantity, tokens):
        _join(last, quantity.low, quantity.high, quantity.end, "to")
        return
    found.append(quantity)
