"""What a verdict depends on, as people name it: an answer or an assumption, and its values.

For the case against, the flips, what-ifs and forms; the words of each stand in its row, see :mod:`core.facts`. A value
is taken as core has it, or in the JSON form of a case, so that what was kept a year ago is said in the same words.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from core.answers import Between, Missing
from core.facts import ANSWERS, ASSUMPTIONS, FACTS
from core.prices.names import model_name
from core.questions import question_of
from core.wording import count, counted, listed, money, percent

FEW_DIGITS = 4
"""A number of no more digits is said as it is: somebody stated it, or it is short by itself."""


def is_number(key: str) -> bool:
    """Whether an input is a number or a name, and no choice among a few answers."""
    return key in ASSUMPTIONS or (key in ANSWERS and not ANSWERS[key].is_chosen)


def is_measured(key: str) -> bool:
    """Whether an input is a number, and neither a name nor a choice."""
    return is_number(key) and not (key in FACTS and FACTS[key].is_named)


def name(key: str) -> str:
    """An input amid a sentence: "calls a month", "the price of an hour of engineering"."""
    return FACTS[key].name if key in FACTS else key.replace("_", " ")


def title(key: str) -> str:
    """The same at the head of a line: "Calls a month", "Price of an hour of engineering"."""
    question = None if is_number(key) else question_of(key)
    named = question.short if question is not None else name(key).removeprefix("the ")
    return named[:1].upper() + named[1:]


def at(key: str, number: Decimal, *, up: bool) -> str:
    """From where on a number changes a verdict: "At 1.74M calls a month or more", "At a target of 91% or less"."""
    fewer = "fewer" if key in FACTS and FACTS[key].is_counted else "less"
    beyond = f"or {'more' if up else fewer}"
    if _kind(key) == "share" and not (FACTS[key].phrase or "").endswith("{}"):
        return f"With {phrase(key, f'{turning(key, number, up=up)} {beyond}')}"
    return f"At {near(key, number, up=up)} {beyond}"


def near(key: str, number: Decimal, *, up: bool) -> str:
    """A number that changes a verdict, amid a sentence: "1.74M calls a month", "$136 for an hour of engineering"."""
    return phrase(key, turning(key, number, up=up))


def phrase(key: str, value: str) -> str:
    """A value with what it is a value of: "250k calls a month"."""
    if not is_number(key):
        return f"{name(key)}: {value}"
    said = FACTS[key].phrase or f"{{}} {name(key)}"
    nouns = said.removeprefix("{} ")
    return said.format(value) if "{}" in nouns else counted(value, nouns)


def turning(key: str, number: Decimal, *, up: bool) -> str:
    """A number that changes a verdict, alone: "1.74M", "$136", "51.1%".

    Large counts are rounded away from the present value, so that the verdict has changed at what is said.
    """
    if _is_count(key) and number >= 1_000:
        return count(number, ROUND_CEILING if up else ROUND_FLOOR)
    return exact(key, number)


def exact(key: str, number: Decimal) -> str:
    """The same to its last digit: 1,351,076."""
    if _kind(key) == "share":
        return f"{_plain(number * 100)}%"
    if _kind(key) == "money":
        digits = _plain(number)
        cents = len(digits.partition(".")[2])
        return f"${number:,.2f}" if cents == 1 else f"${digits}"
    return f"{_plain(number)} ms" if _kind(key) == "time" else _plain(number)


def shown(key: str, value: Any) -> str:
    """A value alone: "250k", "$0.035", "86%", "80k to 120k", "yes", "people disagree about what is right"."""
    match value:
        case None:
            return str(Missing.NOT_SURE)
        case Missing():
            return str(value)
        case bool():
            return "yes" if value else "no"
        case Between():
            return _range(key, value.low, value.high)
        case [low, high] if is_number(key):
            return _range(key, low, high)
        case Decimal() | int() | float():
            return _number(key, value)
        case frozenset() | list() | tuple():
            return listed(_named_reasons(value)) if value else "none"
    return _label(key, str(value))


def chosen(key: str, value: Any) -> str:
    """A choice amid a sentence that begins with "if": "the data may not leave"."""
    if key == "reasons":
        return _reasons(value)
    if key in FACTS and FACTS[key].is_named:
        return f"{name(key)} is {model_name(str(value))}"
    if _kind(key) == "choice":
        return FACTS[key].choices.get(value, str(value))
    said = FACTS[key].choices.get(bool(value)) if key in FACTS else None
    return said or f"{name(key)}: {'yes' if value else 'no'}"


def _range(key: str, low: Any, high: Any) -> str:
    ends = [None if end is None else _number(key, end) for end in (low, high)]
    if None in ends:
        return f"at most {ends[1]}" if low is None else f"at least {ends[0]}"
    return f"{ends[0]} to {ends[1]}"


def _number(key: str, value: Decimal | float) -> str:
    """A number as somebody would write it; one that was worked out to many digits, with three of them."""
    number = Decimal(str(value))
    if _is_count(key) and number >= 1_000:
        return count(number)
    kind = _kind(key)
    cents = kind == "money" and number == round(number, 2)
    if cents or kind == "time" or len(number.normalize().as_tuple().digits) <= FEW_DIGITS:
        return exact(key, round(number, 0) if kind == "time" and number >= 100 else number)
    return {"share": percent, "money": money}.get(kind, count)(number)


def _label(key: str, value: str) -> str:
    """The words on the button of a choice; a name as it is."""
    question = question_of(key)
    labels = {choice.values.get(key): choice.label for choice in question.choices} if question else {}
    return _lower(labels[value]) if value in labels else value


def _named_reasons(reasons: Any) -> list[str]:
    return [str(reason) for reason in ANSWERS["reasons"].choices if reason in reasons]


def _reasons(reasons: Any) -> str:
    named = _named_reasons(reasons)
    if not named:
        return "there is no reason to tune"
    return f"the reasons are {listed(named)}" if len(named) > 1 else ANSWERS["reasons"].choices[named[0]]


def _kind(key: str) -> str:
    return FACTS[key].kind if key in FACTS else ""


def _is_count(key: str) -> bool:
    return _kind(key) not in ("share", "money", "time")


def _plain(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
