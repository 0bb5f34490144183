"""What stands around a number and limits it: "at least", "no more than", "or more", a minus sign, a currency sign."""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from core.reading.lexer import Token, stands
from core.reading.numbers import number_at
from core.reading.quantity import HEDGES_BEFORE, Quantity
from core.reading.units import (
    CALLS,
    COUNTED,
    CURRENCIES,
    HANDLED,
    UNCLEAR_CURRENCIES,
)

_BOUNDS: tuple[tuple[tuple[str, ...], str, bool], ...] = tuple(
    (tuple(words.split()), bound, strict)
    for group, bound, strict in (
        ("at least|no less than|not less than|no fewer than|not fewer than|not under|not below|never under|never below|never less than|never fewer than|no lower than"
         "|not lower than|minimum|minimum of|min|min of|≥|upwards of|no worse than|not worse than", "low", False),
        ("at most|no more than|not more than|not over|not above|never over|never above|not exceed|never exceed|not exceeding|no longer than|not longer than"
         "|no higher than|not higher than|no greater than|not greater than|max|max of|maximum|maximum of|≤|up to|as much as|not beyond|no slower than"
         "|not slower than|never more than|not much more than|no over|no above|upto", "high", False),
        ("more than|greater than|higher than|better than|longer than|over|above|beyond|exceeding|north of|>|well over|slower than|upward of", "low", True),
        ("less than|fewer than|lower than|shorter than|faster than|quicker than|under|below|sub|sub -|within|<|south of|worse than|short of"
         "|never less than it", "high", True),
    )
    for words in group.split("|")
)  # fmt: skip


_MOVED = frozenset(
    "go goes going went gone rise rises raise raises raised move moves moved jump jumps bump bumped".split()
)


_BOUND_ENDS = frozenset(words[-1] for words, _, _ in _BOUNDS)


_PARTS = frozenset(
    "half third quarter fifth tenth thirds quarters most some part fraction majority % percent rest".split()
)


def look_before(quantity: Quantity, tokens: Sequence[Token]) -> None:
    """Currency signs, bounds, minus signs and negations that stand before a number."""
    at = quantity.start
    at = _currency_before(quantity, tokens, at)
    at = _minus(quantity, tokens, at)
    at = _currency_before(quantity, tokens, at)
    back = at
    while back and tokens[back - 1].text in HEDGES_BEFORE:
        back -= 1
    for end in dict.fromkeys((at, back)):
        if end and tokens[end - 1].text in _BOUND_ENDS and (bound := _bound_before(tokens, end)) is not None:
            _, _, start = bound
            back = start
            moved = {tokens[i].text for i in range(max(0, start - 2), start)} & _MOVED
            if not (moved and tokens[end - 1].text == "to"):  # "goes up to 99%" is where it goes
                quantity.bound, quantity.strict, at = bound
            break
    if quantity.bound and (denied := _denied_from_afar(tokens, at)) is not None:
        quantity.bound, quantity.strict = ("high" if quantity.bound == "low" else "low"), False
        quantity.start = denied
        return
    if back >= 2 and tokens[back - 1].text == "of" and tokens[back - 2].text in _PARTS:
        quantity.notes.add("part")
    if back and tokens[back - 1].text in ("not", "never", "without", "no"):
        quantity.notes.add("negated")
    if back and tokens[back - 1].text in ("from", "between"):
        if (
            tokens[back - 1].text == "between"
            or back < 2
            or tokens[back - 2].text not in ("somewhere", "anywhere", "ranges", "ranging", "varies", "range")
        ):
            quantity.notes.add(tokens[back - 1].text)
        at = back - 1
    if (back and tokens[back - 1].text in ("every", "each")) or (at and tokens[at - 1].text == "every"):
        quantity.notes.add("every")
    quantity.start = at


_MAY_LIE_BETWEEN = frozenset(
    "be been go goes going get gets drop drops dip dips fall falls sink sinks rise rises climb climbs accept accepts sign signs off ship ships launch launches take takes "
    "allow allows allowed tolerate tolerates live work ever really usually normally anything much with at to for out even have want wants come comes stay stays run runs "
    "settle settles do look looks bother use release approve approves pass passes it".split()
)


def _denied_from_afar(tokens: Sequence[Token], bound_at: int) -> int | None:
    """Where the "not" of "will not go below 90%" stands, when it reaches the bound at token ``bound_at``."""
    for at in range(bound_at - 1, max(bound_at - 6, -1), -1):
        if tokens[at].text in ("not", "never", "nobody", "nothing"):
            return at if at < bound_at - 1 or tokens[at].text in ("nobody", "nothing") else None
        if tokens[at].text not in _MAY_LIE_BETWEEN:
            return None
    return None


def _currency_before(quantity: Quantity, tokens: Sequence[Token], at: int) -> int:
    if at and tokens[at - 1].text in CURRENCIES and not quantity.currency:
        quantity.kind, quantity.currency, at = "money", CURRENCIES[tokens[at - 1].text], at - 1
        if (
            at
            and tokens[at - 1].text in ("us", "a", "c", "au", "ca", "r", "nz", "s", "hk", "mx")
            and tokens[at].glued
            and tokens[at].text == "$"
        ):
            quantity.currency = {
                "us": "USD",
                "a": "AUD",
                "au": "AUD",
                "r": "BRL",
                "nz": "NZD",
                "s": "SGD",
                "hk": "HKD",
                "mx": "MXN",
            }.get(tokens[at - 1].text, "CAD")
            at -= 1
    elif at and tokens[at - 1].text in UNCLEAR_CURRENCIES:
        quantity.notes.add("currency")
        quantity.kind, at = "money", at - 1
    return at


def _minus(quantity: Quantity, tokens: Sequence[Token], at: int) -> int:
    if not at or tokens[at - 1].text not in ("-", "minus", "negative"):
        return at
    before = tokens[at - 2] if at >= 2 else None
    sign = tokens[at - 1].text != "-" or (
        tokens[at].glued and (before is None or not tokens[at - 1].glued) and not (before and before.number)
    )
    if not sign:
        return at
    quantity.notes.add("negative")
    return at - 1


def _bound_before(tokens: Sequence[Token], end: int) -> tuple[Literal["low", "high"], bool, int] | None:
    best: tuple[Literal["low", "high"], bool, int] | None = None
    for words, bound, strict in _BOUNDS:
        start = end - len(words)
        if (
            start >= 0
            and all(tokens[start + i].text == word for i, word in enumerate(words))
            and (best is None or start < best[2])
        ):
            best = ("low" if bound == "low" else "high", strict, start)
    return best


_AFTER_BOUNDS: tuple[tuple[tuple[str, ...], str], ...] = tuple(
    (tuple(words.split()), bound)
    for group, bound in (
        ("+|or more|or above|or higher|or up|or better|or over|and up|and above|and more|and over|minimum|at least|plus|at minimum|at a minimum", "low"),
        ("or less|or fewer|or below|or under|or lower|max|maximum|tops|at most|at max|or faster|and below|and under|top|at the most", "high"),
    )
    for words in group.split("|")
)  # fmt: skip
_AFTER_A_PAUSE = ("tops", "max", "maximum", "minimum", "at")
_AFTER_STARTS = frozenset(words[0] for words, _ in _AFTER_BOUNDS)


def _joins_a_word(tokens: Sequence[Token], at: int) -> bool:
    """Whether a plus sign between spaces stands for an "and": "8 examples + schema", not "8+ examples"."""
    after = at + 1
    return (
        not tokens[at].glued
        and after < len(tokens)
        and not tokens[after].glued
        and tokens[after].text.isalpha()
        and tokens[after].text not in COUNTED | CALLS | HANDLED
    )


def apply_suffix_bound(quantity: Quantity, tokens: Sequence[Token]) -> None:
    """Take in the words after a number that bound it: "or more", ", tops"."""
    at = quantity.end + (
        stands(tokens, quantity.end, ",") and stands(tokens, quantity.end + 1, *_AFTER_A_PAUSE)
    )
    if not stands(tokens, at, *_AFTER_STARTS):
        return
    for words, bound in _AFTER_BOUNDS:
        end = at + len(words)
        if end <= len(tokens) and all(tokens[at + i].text == word for i, word in enumerate(words)):
            if (
                words in (("+",), ("plus",))
                and end < len(tokens)
                and (tokens[end].number or number_at(tokens, end))
            ):
                return
            if words == ("plus",) and end < len(tokens) and tokens[end].text.isalpha():
                return
            if words == ("+",) and _joins_a_word(tokens, at):
                return
            if quantity.bound and quantity.bound != bound:
                quantity.notes.add("contradiction")
            quantity.bound, quantity.end = ("low" if bound == "low" else "high"), end
            return
