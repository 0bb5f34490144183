"""Numbers as people type them: digits with any separators, scales, words, and mixtures of them.

Measured against the libraries that promise this, a small reader of our own was right more often and never slow; what
matters most is that it says when a number is ambiguous, instead of choosing.
"""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.reading.lexer import Token
from core.reading.rule import Rule

UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fourty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
SCALES: dict[str, int] = {
    "hundred": 100, "dozen": 12, "thousand": 1_000, "k": 1_000, "grand": 1_000, "tsd": 1_000, "tausend": 1_000,
    "lakh": 100_000, "lakhs": 100_000, "lac": 100_000, "lacs": 100_000,
    "m": 1_000_000, "mm": 1_000_000, "mil": 1_000_000, "mln": 1_000_000, "mio": 1_000_000, "mill": 1_000_000, "million": 1_000_000,
    "millions": 1_000_000, "millionen": 1_000_000, "millones": 1_000_000, "milioni": 1_000_000, "milhões": 1_000_000,
    "crore": 10_000_000, "crores": 10_000_000, "b": 10**9, "bn": 10**9, "billion": 10**9, "billions": 10**9, "mrd": 10**9,
}  # fmt: skip
ONLY_GLUED = frozenset("m b mm".split())
"""Scales that mean something else when a space stands before them, unless the number is alone with them."""
BIG_WORDS = frozenset("mil mio thousand lakh million billion hundred dozen crore".split())
FRACTION_WORDS = {"half": Decimal("0.5"), "quarter": Decimal("0.25"), "third": Decimal(1) / 3}
VAGUE = {"few": (2, 5), "several": (3, 9), "handful": (3, 6)}

MOST_DIGITS = 15
_GROUPS = Rule(r"\d{1,3}(?:[.,']\d{3})+\Z")
_INDIAN = Rule(r"\d{1,2}(?:,\d{2})+,\d{3}\Z")


@dataclass(frozen=True, slots=True)
class Number:
    """A number, or a vague one as a range, that ends before token ``end``.

    scaled: it carries a scale (k, million). vague: "a few thousand". ambiguous: 1.200 may be either. broken: looks like a
    number and is none, or is past belief. single: a word such as "one" or "a" that need not be a number at all.
    """

    low: Decimal
    high: Decimal
    end: int
    scaled: bool = False
    vague: bool = False
    ambiguous: bool = False
    broken: bool = False
    single: bool = False
    suffix: str = ""


def number_at(tokens: Sequence[Token], i: int, *, grouped: bool = True) -> Number | None:
    """The number that begins at token ``i``. ``grouped``: "250 000" is one number."""
    token = tokens[i]
    if token.number:
        return _in_digits(tokens, i, grouped)
    if token.text in _STARTS:
        return _in_words(tokens, i)
    return None


_STARTS = (
    frozenset(UNITS)
    | frozenset(TENS)
    | frozenset(VAGUE)
    | {"a", "an", "half", "couple", "hundred", "thousand", "million", "dozen", "double"}
)


def read_digits(written: str) -> tuple[Decimal, str]:
    """The value of digits with separators, and "" · "ambiguous" · "broken"."""
    mantissa, _, exponent = written.replace("'", "'").partition("e")
    if (
        sum(c.isdigit() for c in mantissa) > MOST_DIGITS
        or len(exponent.lstrip("+-")) > 2
        or (exponent and abs(int(exponent)) > MOST_DIGITS)
    ):
        return Decimal(0), "broken"
    value, flag = _plain_digits(mantissa)
    if exponent and flag != "broken":
        value = value.scaleb(int(exponent))
    return value, flag


def _plain_digits(written: str) -> tuple[Decimal, str]:
    commas, dots = written.count(","), written.count(".")
    if written[0] in ".,":
        return (
            (Decimal(0), "broken")
            if commas + dots > 1 or "'" in written
            else (Decimal("0." + written[1:]), "")
        )
    if not commas and not dots and "'" not in written:
        odd = len(written) > 1 and written[0] == "0"
        return Decimal(written), "broken" if odd else ""
    if commas and dots:
        return _with_both(written)
    if written[0] == "0" and written[1:2].isdigit():
        return Decimal(0), "broken"
    mark = "," if commas else "." if dots else "'"
    if commas + dots == 1 and "'" in written:
        whole, _, part = written.partition(mark)
        grouped = _GROUPS.match(whole) and part.isdigit()
        return (Decimal(f"{whole.replace(chr(39), '')}.{part}"), "") if grouped else (Decimal(0), "broken")
    if commas + dots > 1 or mark == "'":
        grouped = (_GROUPS.match(written) or _INDIAN.match(written)) and written[0] != "0"
        return (Decimal(re.sub(r"[.,']", "", written)), "") if grouped else (Decimal(0), "broken")
    whole, _, part = written.partition(mark)
    if len(part) == 3 and 1 <= len(whole) <= 3 and whole != "0":
        return Decimal(whole + part), "ambiguous" if mark == "." else ""
    return Decimal(f"{whole}.{part}"), ""


def _with_both(written: str) -> tuple[Decimal, str]:
    mark = "," if written.rindex(",") > written.rindex(".") else "."
    whole, _, part = written.rpartition(mark)
    if (
        mark in whole
        or not (_GROUPS.match(whole) or _INDIAN.match(whole))
        or "'" in written
        or whole[0] == "0"
    ):
        return Decimal(0), "broken"
    return Decimal(f"{re.sub(r'[.,]', '', whole)}.{part}"), ""


def _in_digits(tokens: Sequence[Token], i: int, grouped: bool) -> Number:
    value, flag = read_digits(tokens[i].text)
    end = i + 1
    if grouped and tokens[i].text.isdigit() and len(tokens[i].text) <= 3 and tokens[i].text[0] != "0":
        while (
            end < len(tokens)
            and tokens[end].number
            and not tokens[end].glued
            and re.fullmatch(r"\d{3}", tokens[end].text)
        ):
            value, end = value * 1000 + int(tokens[end].text), end + 1
    if end < len(tokens) and tokens[end].text == "^":
        return Number(value, value, end + 1, broken=True)
    if (
        end + 2 < len(tokens)
        and tokens[end].text == "and"
        and tokens[end + 1].text == "a"
        and tokens[end + 2].text == "half"
    ) or (_is_half(tokens, end) and value == value.to_integral_value() and value > 0):
        value, end = value + Decimal("0.5"), end + 3
    scale, after, suffix = _scale_at(tokens, end)
    if (
        scale != 1
        and after < len(tokens)
        and tokens[after].text in SCALES
        and tokens[after].text != "m"
        and suffix not in BIG_WORDS
    ):
        return Number(value, value, after, broken=True)
    if (
        scale != 1 and flag == "ambiguous"
    ):  # nobody writes 1.200k for a million: here the dot is a decimal one
        value, flag = Decimal(tokens[i].text), ""
    value *= scale
    if value > 10**MOST_DIGITS:
        flag = "broken"
    return Number(
        value,
        value,
        after,
        scaled=scale != 1,
        ambiguous=flag == "ambiguous",
        broken=flag == "broken",
        suffix=suffix,
    )


def _is_half(tokens: Sequence[Token], i: int) -> bool:
    return (
        i + 2 < len(tokens) and [t.text for t in tokens[i : i + 3]] == ["1", "/", "2"] and not tokens[i].glued
    )


def _scale_at(tokens: Sequence[Token], i: int) -> tuple[int, int, str]:
    """The scale at token ``i``, what comes after it, and how it was written."""
    scale, suffix = 1, ""
    while i < len(tokens) and tokens[i].text in SCALES:
        word = tokens[i].text
        if scale != 1 and (word not in BIG_WORDS or suffix not in BIG_WORDS or SCALES[word] < SCALES[suffix]):
            break
        if word in ONLY_GLUED and not tokens[i].glued:
            break
        scale, suffix, i = scale * SCALES[word], word, i + 1
    return scale, i, suffix


def _in_words(tokens: Sequence[Token], i: int) -> Number | None:
    words = [t.text if not t.number else "0" for t in tokens[i : i + 14]]
    found = _vague(words) or _halves(words) or _cardinal(words)
    if found is None:
        return None
    low, high, used, scaled, single = found
    vague = low != high
    end = i + used
    if (
        end < len(tokens)
        and words[used - 1] not in BIG_WORDS
        and tokens[end].text in ("k", "m", "mil", "mio", "grand", "lakhs", "crores")
    ):
        scale = SCALES[tokens[end].text]
        low, high, end, scaled = low * scale, high * scale, end + 1, True
    return Number(low, high, end, scaled=scaled, vague=vague, broken=high > 10**MOST_DIGITS, single=single)


Found = tuple[Decimal, Decimal, int, bool, bool]


def _vague(words: list[str]) -> Found | None:
    """A couple of (exactly two), a few, several, a handful of: with or without a scale."""
    at = 1 if words[0] == "a" else 0
    if at >= len(words):
        return None
    word = words[at]
    if word == "couple":
        low, high = 2, 2
    elif word in VAGUE and not (word == "few" and {*words[at + 1 : at + 3]} & {"shot", "shots"}):
        low, high = VAGUE[word]
    else:
        return None
    used = at + 1
    if used < len(words) and words[used] == "of":
        used += 1
    scale, used = _word_scale(words, used)
    return Decimal(low) * scale, Decimal(high) * scale, used, scale != 1, False


def _halves(words: list[str]) -> Found | None:
    """Half a million, half a dozen, quarter of a million; a bare half is a share, and read elsewhere."""
    at = 1 if words[0] in ("a", "an") else 0
    if words[at : at + 1] not in (["half"], ["quarter"]):
        return None
    rest = words[at + 1 : at + 4]
    skip = 2 if rest[:2] in (["of", "a"], ["of", "one"]) else 1 if rest[:1] in (["a"], ["of"]) else 0
    scale, used = _word_scale(words, at + 1 + skip)
    if scale == 1:
        return None
    half = FRACTION_WORDS[words[at]] * scale
    return half, half, used, True, False


def _word_scale(words: list[str], used: int) -> tuple[int, int]:
    scale = 1
    while used < len(words) and words[used] in BIG_WORDS and (scale == 1 or scale < SCALES[words[used]]):
        scale, used = scale * SCALES[words[used]], used + 1
    return scale, used


def _cardinal(words: list[str]) -> Found | None:
    total, group, used, any_word, last_scale = Decimal(0), Decimal(0), 0, False, 10**18
    room = 10**18  # what may still be added to the group: after a ten a unit, after a unit nothing
    while used < len(words):
        word, after = words[used], words[used + 1] if used + 1 < len(words) else ""
        if word in ("a", "an") and not any_word and after in BIG_WORDS:
            group, used, any_word, room = Decimal(1), used + 1, True, 0
        elif word in UNITS and UNITS[word] < room:
            group, used, any_word, room = group + UNITS[word], used + 1, True, 0
        elif word in TENS and TENS[word] < room:
            group, used, any_word, room = group + TENS[word], used + 1, True, 10
        elif word == "hundred" and (any_word or used == 0) and group < 100:
            group, used, any_word, room = (group or Decimal(1)) * 100, used + 1, True, 100
        elif (
            word in BIG_WORDS and word != "hundred" and SCALES[word] < last_scale and (any_word or used == 0)
        ):
            last_scale = SCALES[word]
            total, group, used, any_word, room = (
                total + (group or Decimal(1)) * last_scale,
                Decimal(0),
                used + 1,
                True,
                1000,
            )
            if words[used : used + 3] == ["and", "a", "half"]:
                return (total + last_scale / Decimal(2),) * 2 + (used + 3, True, False)
        elif word == "point" and any_word and after in UNITS and UNITS[after] < 10:
            group, used = _after_point(words, used + 1, group)
            room = 0
        elif word == "and" and any_word and words[used + 1 : used + 3] == ["a", "half"]:
            group, used, room = group + Decimal("0.5"), used + 3, 0
        elif (
            word == "and"
            and any_word
            and (room == 100 or (room == 1000 and not _is_as_large(words[used + 1 : used + 5], last_scale)))
            and (after in UNITS or after in TENS)
        ) or (word == "-" and any_word and room == 10 and after in UNITS and 0 < UNITS[after] < 10):
            used += 1
        else:
            break
    if not any_word:
        return None
    value = total + group
    return value, value, used, last_scale < 10**18, used == 1 and words[0] == "one"


def _is_as_large(words: list[str], scale: int) -> bool:
    """Whether what follows an "and" is a number of its own: "ten thousand and twelve thousand"."""
    after = next((word for word in words if not (word in UNITS or word in TENS or word == "-")), "")
    return after in BIG_WORDS and SCALES[after] >= scale


def _after_point(words: list[str], used: int, whole: Decimal) -> tuple[Decimal, int]:
    digits = ""
    while used < len(words) and words[used] in UNITS and UNITS[words[used]] < 10:
        digits, used = digits + str(UNITS[words[used]]), used + 1
    return whole + Decimal(f"0.{digits}"), used
