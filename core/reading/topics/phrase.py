"""How the phrases of a topic are written, and how they are looked for.

A phrase is one alternative a line. Brackets group; ``…`` stands for up to three words between, ``‥`` for one, none of which
denies or turns; a word that ends in ``*`` may go on. Signs stand apart, as in the lexer's line.
"""
# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.reading.rule import Rule

_WORD = r"(?:(?!not |never |no |but |nobody |nothing |only )[^ ,.;:!?()]+ )"


def compiled(lines: str, names: Mapping[str, str] | None = None) -> Rule:
    """The phrases as one pattern. ``names``: what words in capitals stand for."""
    alternatives = [line.strip(" …") for line in lines.strip().splitlines() if line.strip()]
    joined = "|".join(sorted(alternatives, key=len, reverse=True))
    for name, words in (names or {}).items():
        joined = joined.replace(name, f"({words})")
    joined = joined.replace("(", "(?:").replace("*", r"[^ ]*").replace(" … ", f" {_WORD}{{0,3}}?")
    return Rule(rf"(?<![^ ])(?:{joined.replace(' ‥ ', f' {_WORD}{{0,1}}?')})(?![^ ])")


@dataclass(frozen=True, slots=True)
class Cue:
    """One phrase that was found: what it says, whether something before it denies it, and where it stands."""

    says: object
    denied: bool
    start: int
    end: int


_ENDS = Rule(r" (?:[,.;:!?()]|but|and|because|so|since|although|though|while|whereas|as|if|which|yet) ")
_DENIES = Rule(r"(?<![^ ])(?:not|never|no|none|nothing|nobody|without|neither|nor|hardly|barely)(?![^ ])")
_REACH = 32
"""Characters before a phrase in which a word may deny it."""


def cues_in(line: str, patterns: Sequence[tuple[object, Rule]]) -> Iterator[Cue]:
    """The phrases in a line, those of an earlier pattern first; what one has taken no later one takes again."""
    taken: list[tuple[int, int]] = []
    for says, pattern in patterns:
        for match in pattern.finditer(line):
            start, end = match.span()
            if any(start < stop and begin < end for begin, stop in taken) or _turns(line, end):
                continue
            taken.append((start, end))
            yield Cue(says, _is_denied(line, start, taken), start, end)


_AUXILIARIES = (
    "does",
    "did",
    "do",
    "can",
    "is",
    "was",
    "will",
    "has",
    "could",
    "would",
    "are",
    "were",
    "have",
)


def _turns(line: str, end: int) -> bool:
    """Whether a phrase ends with a verb that a "not" behind it turns: "it does not"."""
    return line.startswith(" not", end) and line[:end].endswith(_AUXILIARIES)


def _is_denied(line: str, start: int, taken: list[tuple[int, int]]) -> bool:
    """Whether the clause denies what begins at ``start``: once, or three times."""
    begin = max(0, start - _REACH)
    for stop in _ENDS.finditer(line, begin, start):
        begin = stop.end() - 1
    denials = [
        match for match in _DENIES.finditer(line, begin, start)
        if not any(s <= match.start() < e for s, e in taken[:-1]) and not _answers(line, match)
    ]  # fmt: skip
    return len(denials) % 2 == 1


_AFTER_AN_ANSWER = (
    "we ",
    "i ",
    "it ",
    "they ",
    "the ",
    "our ",
    "that ",
    "this ",
    "you ",
    "there ",
    ", ",
    ". ",
    "! ",
    "- ",
)


def _answers(line: str, match: re.Match[str]) -> bool:
    """Whether a "no" is an answer and denies nothing of what follows it."""
    return match[0] == "no" and line.startswith(_AFTER_AN_ANSWER, match.end() + 1)
