"""What stands after a number and says what it measures: a unit, a percent sign, "of 50", "10x"."""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from core.reading.counted import period_at, read_noun
from core.reading.lexer import Token, stands
from core.reading.numbers import Number, number_at
from core.reading.priced import read_price
from core.reading.quantity import QUALITY, Quantity
from core.reading.units import (
    CENTS,
    CURRENCIES,
    MILLISECONDS,
    RATES,
    UNCLEAR_CURRENCIES,
)


def read_unit(quantity: Quantity, tokens: Sequence[Token], question: str | None) -> None:
    """Read what follows a number into its quantity."""
    at = quantity.end
    word = tokens[at].text if at < len(tokens) else ""
    if quantity.currency or word in CURRENCIES or word in CENTS or word in UNCLEAR_CURRENCIES:
        read_price(quantity, tokens)
    elif word in ("%", "percent", "pct", "percentage", "prozent") or (
        word == "per" and stands(tokens, at + 1, "cent")
    ):
        _percent(quantity, tokens)
    elif word == "times" and question == "calls_per_month" and period_at(tokens, at + 1) is not None:
        quantity.end = at + 1
        read_noun(quantity, tokens, question)
        quantity.noun = "times"
    elif (
        (word == "times" and question in QUALITY and _k_of_n(quantity, tokens, question))
        or (word in ("x", "×", "*", "times", "fold", "-") and _factor(quantity, tokens))
        or _k_of_n(quantity, tokens, question)
    ):
        return
    elif word in RATES:
        quantity.kind, quantity.period, quantity.end = "calls", RATES[word], at + 1
    elif word in MILLISECONDS and not (
        word in ("s", "h", "d")
        and not tokens[at].glued
        and question not in ("latency_ms", "latency_now_ms", "latency", "can_wait")
    ):
        _duration(quantity, tokens)
    else:
        read_noun(quantity, tokens, question)


def _percent(quantity: Quantity, tokens: Sequence[Token]) -> None:
    at = quantity.end
    quantity.end = at + (2 if tokens[at].text == "per" else 1)
    quantity.kind = "share"
    quantity.times(Decimal("0.01"))
    if (
        stands(tokens, quantity.end, "points", "point", "pts")
        or tokens[at].text == "percentage"
        or stands(tokens, quantity.end, *_COMPARED)
    ):
        quantity.kind = "relative"
        quantity.end += 1


_COMPARED = frozenset(
    "better worse higher lower faster slower cheaper smaller larger bigger faster off".split()
)


def _factor(quantity: Quantity, tokens: Sequence[Token]) -> bool:
    """10x, 10 times, 3-fold; but "500 × 20" is a product."""
    at = quantity.end
    word = tokens[at].text
    if word == "-":
        if not stands(tokens, at + 1, "fold"):
            return False
        quantity.end = at + 2
    elif (
        at + 1 < len(tokens)
        and number_at(tokens, at + 1) is not None
        and tokens[at + 1].text not in ("a", "an", "couple", "few")
    ):
        quantity.notes.add("product")
        return False
    elif word == "times" and period_at(tokens, at + 1) is not None:
        read_noun(quantity, tokens, None)
        return True
    else:
        quantity.end = at + 1
    quantity.kind = "factor"
    if stands(
        tokens,
        quantity.end,
        "more",
        "that",
        "as",
        "the",
        "higher",
        "bigger",
        "larger",
        "less",
        "fewer",
        "faster",
    ):
        if stands(tokens, quantity.end, "less", "fewer"):
            quantity.notes.add("ambiguous")
        quantity.end += 1
        if stands(tokens, quantity.end, "much", "many"):
            quantity.end += 1
    return True


_BETWEEN_K_AND_N = frozenset(
    "correct right error errors mistake mistakes miss misses failure failures cases case wrong good passed pass passing incorrect failed ok fine examples tickets times".split()
)


_BEFORE_N = frozenset("our the all those my these a each every total last first past recent".split())


_MOST_WORDS = 6
"""Between how many were right and "out of" all: "129 without any mistake at all out of 150"."""
_ROUND = ("10", "ten", "20", "twenty", "50", "fifty", "100", "200", "500", "1000")
"""What a share is often taken "from" or "on"."""


_NOUN = 3
"""Words of a noun with its adjectives."""
_NO_NOUN = frozenset(
    "and but or to is are was were be we i you they it he she now today target goal need needs want wants must should percent points than then so because if when while that which per a".split()
)


def _words_before_out(tokens: Sequence[Token], at: int) -> int:
    """How many words stand before the "out of" of "129 without any mistake at all out of 150"."""
    for words in range(2, _MOST_WORDS):
        if stands(tokens, at + words, "out") and stands(tokens, at + words + 1, "of"):
            return words if all(token.text.isalpha() for token in tokens[at : at + words]) else 0
    return 0


def _things_before_n(tokens: Sequence[Token], at: int, quantity: Quantity) -> int:
    """How many words name the things between how many were right and all of them: "seven sheets in ten", "310 reports on 400"."""
    for words in range(1, _NOUN + 1):
        total = number_at(tokens, at + words + 1) if at + words + 1 < len(tokens) else None
        if not stands(tokens, at + words, "in", "of", "on", "from", "out") or total is None:
            continue
        named = [token.text for token in tokens[at : at + words]]
        plain = all(word.isalpha() for word in named) and _NO_NOUN.isdisjoint(named)
        in_time = total.end < len(tokens) and tokens[total.end].text in {
            *MILLISECONDS,
            "%",
            "percent",
            "to",
            "-",
        }
        whole = (
            quantity.low == quantity.low.to_integral_value() and total.low == total.low.to_integral_value()
        )
        return words if plain and whole and not in_time and quantity.high < total.low > 1 else 0
    return 0


def _k_of_n(quantity: Quantity, tokens: Sequence[Token], question: str | None) -> bool:
    """43 of 50, 43 right out of 50, 88/100, 3 in 4; where tokens were asked for, 2000/200 is two numbers."""
    at, said = _after_k(quantity, tokens, question)
    word = tokens[at].text if at < len(tokens) else ""
    joined = _joins(word, said, tokens, at, question, is_apart=at > quantity.end)
    if not joined:
        return False
    at += joined
    while (
        at < len(tokens) - 1
        and tokens[at].text in (_BEFORE_N if word != "in" else ("every", "each"))
        and not tokens[at].number
    ):
        if number_at(tokens, at) is not None and tokens[at].text == "a":
            break
        at += 1
    total = number_at(tokens, at) if at < len(tokens) else None
    if total is None or quantity.low != quantity.high or total.low != total.high or total.vague:
        return False
    if word == "in" and (stands(tokens, total.end, "out") or total.low < quantity.low):
        return False
    quantity.noun = said
    _be_share(quantity, total, word)
    return True


def _after_k(quantity: Quantity, tokens: Sequence[Token], question: str | None) -> tuple[int, str]:
    """Where what joins k to n may stand, and what is said of k before it: "43 right", "43 letters"."""
    at = quantity.end
    if at < len(tokens) and tokens[at].text in _BETWEEN_K_AND_N:
        said, at = tokens[at].text, at + 1
        return at + (_things_before_n(tokens, at, quantity) if question in QUALITY else 0), said
    if (
        question in QUALITY
        and at + 1 < len(tokens)
        and tokens[at].text.isalpha()
        and len(tokens[at].text) > 3
    ):
        at += (
            _things_before_n(tokens, at, quantity)
            or _words_before_out(tokens, at)
            or stands(tokens, at + 1, "in", "out", "of")
        )
    return at, ""


def _joins(
    word: str, said: str, tokens: Sequence[Token], at: int, question: str | None, *, is_apart: bool
) -> int:
    """How many words join k to n here; 0: none do."""
    if word == "out" and stands(tokens, at + 1, "of"):
        return 2
    is_slash = word == "/" and not said and question not in ("tokens", "calls_per_month")
    is_from = (
        word in ("from", "on")
        and question in QUALITY
        and (stands(tokens, at + 1, *_ROUND) or is_apart)
        and not stands(tokens, at + 2, "%", "percent", "to", "days", "mondays")
    )
    return int(word == "of" or is_slash or (word == "in" and question in QUALITY) or is_from)


_ROUND_TOTALS = frozenset((20, 50, 100, 1000))
"""Of so many people say in words how often something is so, without having counted."""


def _be_share(quantity: Quantity, total: Number, word: str) -> None:
    k, n = quantity.low, total.low
    quantity.end, quantity.kind = total.end, "share"
    if k != k.to_integral_value() or n != n.to_integral_value() or total.broken or "broken" in quantity.notes:
        quantity.notes.add("rating")
    elif n == 0 or k > n or "negative" in quantity.notes:
        quantity.notes.add("impossible")
    else:
        quantity.k_of_n = (int(k), int(n))
        is_round = n <= 10 or n in _ROUND_TOTALS
        if word == "in" or (quantity.in_words and is_round) or (n <= 10 and word != "of"):
            quantity.notes.add("proportion")
    quantity.low = quantity.high = k / n if n else Decimal(0)


def _duration(quantity: Quantity, tokens: Sequence[Token]) -> None:
    at = quantity.end
    quantity.kind, quantity.end = "duration", at + 1
    length = MILLISECONDS[tokens[at].text]
    quantity.times(Decimal(length))
    if tokens[at].text == "s" and "ambiguous" in quantity.notes:  # 1.250 s: a dot in seconds is a decimal one
        quantity.times(Decimal("0.001"))
        quantity.notes.discard("ambiguous")
    if "every" in quantity.notes:
        quantity.noun = "every"
