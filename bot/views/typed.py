"""One number, as it is typed into a field of a form."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from core.questions import Number
from core.reading import read
from core.reading.cleaning import clean
from core.reading.lexer import tokens_of
from core.reading.numbers import number_at

ONE_NUMBER = "Please write one number, for instance {example}."
EXAMPLES = {"calls": "80000 or 80k", "%": "86%", "ms": "800 or 0.8 s"}
SECONDS = frozenset({"s", "sec", "secs", "second", "seconds"})
ABOUT = frozenset({"about", "around", "~"})
A_MONTH = tuple(
    tuple(words.split())
    for words in (
        "calls",
        "a month",
        "per month",
        "/ month",
        "/ mo",
        "monthly",
        "calls a month",
        "calls per month",
    )
)
ALONE: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "%": (("%",), ("percent",)),
    "ms": (("ms",), ("milliseconds",), *((word,) for word in sorted(SECONDS))),
    "calls": A_MONTH,
    "examples": (("examples",), ("example",)),
    "cases": (("cases",), ("case",)),
}
"""What may follow a number in a field of this unit; anything else is left to the reader of typed replies."""


class TypedWrong(Exception):
    """Fields that could not be read: a sentence by block id."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = errors
        super().__init__("; ".join(errors.values()))


def read_number(text: str, number: Number, question: str) -> Any:
    """The number in JSON form; a percentage as a fraction from 0 to 1. Raises ``ValueError`` with a sentence."""
    cleaned = clean(text)
    tokens = tokens_of(cleaned.text) if cleaned else []
    if tokens and tokens[0].text in ABOUT:
        tokens = tokens[1:]
    found = number_at(tokens, 0) if tokens else None
    if found is None or found.vague or found.broken:
        return _as_a_reply(text, number, question)
    if found.ambiguous:
        raise ValueError(
            "That dot can be read in two ways. Please write the number without it, or with a comma."
        )
    rest = tuple(token.text for token in tokens[found.end :])
    if rest and rest not in ALONE.get(number.unit, ()):
        return _as_a_reply(text, number, question)
    return _checked(_in_unit(found.low, rest, number), number)


def _in_unit(value: Decimal, rest: tuple[str, ...], number: Number) -> Decimal:
    if number.percent:
        if not rest and value == 1:
            raise ValueError("Is that 1% or 100%? Please write it with a % sign.")
        return value if not rest and 0 < value < 1 else value / 100
    return value * 1000 if number.unit == "ms" and rest and rest[0] in SECONDS else value


def _checked(value: Decimal, number: Number) -> int | float:
    if number.percent and value > 1:
        raise ValueError("A share is at most 100%.")
    if number.whole and value != value.to_integral_value():
        raise ValueError("Please write a whole number.")
    return int(value) if value == value.to_integral_value() else float(value)


def _as_a_reply(text: str, number: Number, question: str) -> Any:
    """What the reader of typed replies makes of it: rates such as 3 per second, and ranges."""
    reading = read(text, question)
    if reading.intent == "answer" and not reading.doubtful and tuple(reading.values) == (number.key,):
        return reading.values[number.key]
    raise ValueError(ONE_NUMBER.format(example=EXAMPLES.get(number.unit, "12")))
