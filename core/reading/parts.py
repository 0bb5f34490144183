"""A part of all that is told in words: "half of our 40,000", "two thirds go through it", "one in six", "every fourth one"."""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.reading.lexer import Token, line_of
from core.reading.numbers import number_at
from core.reading.rule import Rule

_FRACTION = Rule(
    r"(?<![^ ])(?:(?P<one>half|third|quarter|fifth|tenth) of|every (?P<every>second|other|third|fourth|fifth|tenth)(?! (?:day|week|month|hour|year|minute|second|shift|night|quarter))"
    r"|(?P<some>half|a third|a quarter|a fifth|a tenth)(?= (?:would|will|go|goes|are|is|were|need|needs|pass|passes|get|gets|come|comes|can|could|end|ends|make|makes)(?![^ ]))"
    r"|(?:only|about|roughly|just|maybe|perhaps|of which|around) (?P<about>half|a third|a quarter|a fifth|a tenth)(?! (?:a|an|more|less|hour|million|dozen))"
    r"|(?P<many>two|three|four|nine) (?:- )?(?P<parts>thirds|quarters|fifths|tenths))(?![^ ])"
)
_ONE_IN = {"half": 2, "second": 2, "other": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "tenth": 10}
_MANY = {"two": 2, "three": 3, "four": 4, "nine": 9}
_MOST = 100
_NOT_THESE = frozenset(
    "rubbish junk spam duplicates duplicate wrong useless not never unusable broken excluded without nonsense garbage bad ignored skipped dropped".split()
)
"""Words beside which the part is what does not count."""


@dataclass(frozen=True, slots=True)
class Part:
    """A share of all, of which the text speaks from token ``start`` up to ``end``."""

    share: Decimal
    start: int
    end: int


def part_of(tokens: Sequence[Token]) -> Part | None:
    """The part that is told, or what is left beside it where it is said not to count; ``None`` where none is."""
    part = _in_numbers(tokens) or _in_words(tokens)
    if part is None or _NOT_THESE.isdisjoint(token.text for token in tokens):
        return part
    return Part(1 - part.share, part.start, part.end)


def _in_numbers(tokens: Sequence[Token]) -> Part | None:
    """One in six, seven out of ten."""
    for at in range(len(tokens)):
        some = number_at(tokens, at)
        if some is None:
            continue
        after = some.end
        if after < len(tokens) and tokens[after].text == "out":
            after += 1
        if (
            after + 1 >= len(tokens)
            or tokens[after].text not in ("in", "of")
            or (after == some.end) is (tokens[after].text == "of")
        ):
            continue
        after += tokens[after + 1].text == "every"
        total = number_at(tokens, after + 1)
        if total is not None and 0 < some.low == some.high < total.low == total.high <= _MOST:
            return Part(some.low / total.low, at, total.end)
    return None


def _in_words(tokens: Sequence[Token]) -> Part | None:
    found = _FRACTION.search(line_of(list(tokens)))
    if found is None:
        return None
    of = [at for at, token in enumerate(tokens) if found.start() <= token.start < found.end()]
    if found["many"]:
        share = Decimal(_MANY[found["many"]]) / _ONE_IN[found["parts"].removesuffix("s")]
        return Part(share, of[0], of[-1] + 1) if share < 1 else None
    word = found["one"] or found["some"] or found["every"] or found["about"]
    return Part(1 / Decimal(_ONE_IN[word.removeprefix("a ")]), of[0], of[-1] + 1)
