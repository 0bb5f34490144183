"""The noun that a number counts, and per what: "20,000 API requests a day"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from core.facts import THINGS
from core.reading.lexer import Token, stands
from core.reading.numbers import number_at
from core.reading.quantity import Quantity
from core.reading.things import NO_THINGS, thing_at
from core.reading.units import (
    ADJECTIVES,
    ADVERBS,
    CALLS,
    ENTITIES,
    FOREIGN,
    HANDLED,
    LABELLED,
    PERIODS,
    RECORDS,
    TOKEN_WORDS,
    WAYS_IN,
    WAYS_OUT,
)


def period_at(tokens: Sequence[Token], at: int) -> tuple[str, Decimal, int] | None:  # noqa: PLR0912
    """The period at token ``at`` ("per day", "/ 24h", "monthly"): its name, how many of it, and where it ends."""
    if at >= len(tokens):
        return None
    word = tokens[at].text
    if word in ADVERBS:
        return ADVERBS[word], Decimal(1), at + 1
    if word == "p" and [t.text for t in tokens[at + 1 : at + 3]] == [".", "a"]:
        return "year", Decimal(1), at + 3 + stands(tokens, at + 3, ".")
    if word in ("per", "/", "each", "every", "pro", "par", "por", "al", "im", "am", "je", "p"):
        at += 1
    elif word in ("a", "an"):
        at += 1
        if (
            at < len(tokens)
            and tokens[at].text not in PERIODS
            and tokens[at].text not in (*_AT_WORK, "calendar", "single")
        ):
            return None
    elif word == "pm" and at and not tokens[at - 1].number:
        return "month", Decimal(1), at + 1
    elif word == "the" or (word == "by" and stands(tokens, at + 1, "the")):
        at += 1 + (word == "by")
        return (PERIODS[tokens[at].text], Decimal(1), at + 1) if _is_whole_period(tokens, at) else None
    elif word in ("in", "over", "within", "during"):
        at += 1
        window = stands(tokens, at, "the", "our") and stands(tokens, at + 1, *_WINDOWS)
        if word == "over" and (stands(tokens, at, *_WINDOWS) or _is_window(tokens, at)):
            at += stands(tokens, at, *_WINDOWS)
        elif not stands(tokens, at, "a", "an", "one", "the"):
            return None
        else:
            at += 1 + window
    else:
        return None
    if stands(tokens, at, "the", "a", "one", "single", "calendar", "le", "la", "el", "every", "given"):
        at += 1
    many = Decimal(1)
    if at < len(tokens) and (tokens[at].number or _is_window(tokens, at)):
        number = number_at(tokens, at)
        if number is None or number.broken or number.low <= 0:
            return None
        many, at = number.low, number.end
    at += stands(tokens, at, *_AT_WORK) and stands(tokens, at + 1, *_AT_WORK)
    at += stands(tokens, at, *_YEARS) and stands(tokens, at + 1, "year")
    if stands(tokens, at, *_AT_WORK) and stands(tokens, at + 1, "day", "days"):
        return "working day", many, at + 2
    if at < len(tokens) and tokens[at].text in PERIODS:
        return PERIODS[tokens[at].text], many, at + 1
    return None


_AT_WORK = ("business", "working", "work", "banking", "school", "office", "trading", "court", "opening")
_YEARS = ("school", "academic", "fiscal", "financial", "calendar", "business", "full", "whole")
_WINDOWS = ("last", "past", "previous", "trailing")


def _is_window(tokens: Sequence[Token], at: int) -> bool:
    number = number_at(tokens, at) if at < len(tokens) else None
    return number is not None and stands(tokens, number.end, *PERIODS)


def _is_whole_period(tokens: Sequence[Token], at: int) -> bool:
    """Whether "the day" ends what is said, so that it means a day: not "the day before"."""
    return stands(tokens, at, "day", "week", "month", "hour", "year") and (
        at + 1 == len(tokens) or tokens[at + 1].text in (",", ".", "!", "and", ")", ";")
    )


_GOT = ("had", "get", "got", "collect", "collected", "bought", "made")
"""What is had may be examples; "our 14 labels" are a taxonomy."""


def read_noun(quantity: Quantity, tokens: Sequence[Token], question: str | None) -> None:
    """A noun with its adjectives, then a period: "20,000 API requests a day"."""
    at, kind, noun = quantity.end, "", ""
    adjectives: list[str] = []
    if stands(tokens, at, "-") and stands(tokens, at + 1, "shot"):
        quantity.kind, quantity.noun, quantity.end = "count", "examples", at + 2
        return
    for step in range(4):
        here = at + step
        word = tokens[here].text if here < len(tokens) else ""
        if word == "-" and stands(tokens, here + 1, "shot", "shots"):
            continue
        kind, noun = _class_of(word, adjectives, question)
        if word == "labels" and (
            question is None or (quantity.start > 0 and stands(tokens, quantity.start - 1, *_GOT))
        ):
            kind, noun = "count", "labelled"
        if kind:
            at = here + 1
            break
        if word not in ADJECTIVES or (
            word in ("prompt", "input", "output", "context", "response") and _ends_there(tokens, here + 1)
        ):
            break
        adjectives.append(word)
    if not kind and (thing := thing_at(tokens, quantity.end, question)) is not None:
        kind, noun, at = thing
    if kind == "tokens" and stands(tokens, at, "=", ":"):
        return  # "900 output_tokens=45": the noun is the next number's
    if kind:
        quantity.kind, quantity.noun, quantity.end = kind, noun, at  # type: ignore[assignment]
        if kind == "tokens":
            sides = {("in" if a in WAYS_IN else "out") for a in adjectives if a in WAYS_IN or a in WAYS_OUT}
            quantity.side = sides.pop() if len(sides) == 1 else ""
            return
        if kind == "count" and LABELLED & {*adjectives}:
            quantity.noun = "labelled"
    _period(quantity, tokens, question)


def _ends_there(tokens: Sequence[Token], at: int) -> bool:
    return at >= len(tokens) or (tokens[at].text not in TOKEN_WORDS and tokens[at].text not in ADJECTIVES)


def counted_by(word: str, question: str | None) -> str:
    """What the things that a word counts are called, whatever was asked or as it was asked; "" for any other word."""
    for key, things in THINGS.items():
        if word in things.words or (key == question and word in things.where_asked):
            return things.noun
    return ""


def _class_of(word: str, adjectives: Sequence[str], question: str | None) -> tuple[str, str]:
    if word in TOKEN_WORDS:
        return "tokens", "tokens"
    if noun := counted_by(word, question):
        return "count", noun
    if word in ("labels", "categories"):
        return "other", word
    if question == "tokens" and (word in WAYS_IN or word in WAYS_OUT):
        return "", ""
    if word in NO_THINGS and question in ("prompt_examples", "labelled_examples"):
        return "other", word
    if word in RECORDS or word in HANDLED:
        return (
            "count",
            "labelled" if LABELLED & {*adjectives} or question == "labelled_examples" else "handled",
        )
    if word in CALLS and not (question == "tokens" and word in WAYS_OUT):
        return "count", "calls"
    if word in ENTITIES and word not in ADJECTIVES:
        return "other", "entities"
    if word in _PIECES and question == "calls_per_month":
        return "count", "thing"
    return ("other", word) if word in FOREIGN else ("", "")


_PIECES = frozenset(("line", "lines", "page", "pages", "sentence", "sentences", "paragraph", "paragraphs"))
"""Of what a text consists, and what calls may be made for where calls are asked for."""


def _period(quantity: Quantity, tokens: Sequence[Token], question: str | None) -> None:
    at = quantity.end
    if stands(tokens, at, "each") and stands(tokens, at + 1, "a", "an", "per", "/", "every"):
        quantity.notes.add("per entity")
        at += 1
    while stands(tokens, at, "each", "total", "on", "in", "average", "combined") and not period_at(
        tokens, at
    ):
        if tokens[at].text == "each":
            quantity.notes.add("per entity")
        at += 1
    if (
        stands(tokens, at, "per", "/", "by", "each", "every", "a")
        and at + 1 < len(tokens)
        and period_at(tokens, at) is None
        and tokens[at].text != "a"
        and (tokens[at + 1].text in ENTITIES or (tokens[at].text == "per" and tokens[at + 1].text.isalpha()))
    ):
        quantity.notes.add("per entity")
        at += 2
    per = period_at(tokens, at)
    if per is None:
        if "per entity" in quantity.notes and at > quantity.end:
            quantity.end = at
        return
    name, many, end = per
    if quantity.kind == "other" and quantity.noun != "entities":
        return
    if quantity.kind == "other":
        quantity.notes.add("entities")
    quantity.kind, quantity.period, quantity.end = "calls", name, end
    quantity.times(1 / many)
    if (
        stands(tokens, end, "per", "/", "each", "and")
        and at + 1 < len(tokens)
        and end + 1 < len(tokens)
        and tokens[end + 1].text in ENTITIES
    ):
        quantity.notes.add("per entity")
        quantity.end = end + 2
    elif stands(tokens, end, *ENTITIES) or (
        stands(tokens, end, "active", "unique") and stands(tokens, end + 1, *ENTITIES)
    ):
        quantity.notes.add("entities")
    elif stands(tokens, end, "each"):
        quantity.notes.add("per entity")
        quantity.end = end + 1
