"""What the classifier sees of a reply: its words, their concepts, and what is denied, as numbered features.

The numbers come from a checksum, so that they are the same in every process and no table of them has to be kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from zlib import crc32

from core.reading.suggest.concepts import CONCEPTS

SIZE = 8192
"""How many features there are: a power of two. More of them would make the weights larger than 300 KB."""

MOST_WORDS = 120
"""A reply's first words; what comes after them adds little, and everything costs time."""

_DENYING = frozenset("not no never none nothing nobody without neither nor hardly barely".split())  # noqa: SIM905
_CLAUSE_ENDS = frozenset(", . ; : ! ? but and because so ( ) - although though".split())  # noqa: SIM905
_REACH = 5
_SKIPPED = frozenset(
    "a an the is are was were be been it its that this of to in on for at as we i they you".split()  # noqa: SIM905
)
TELLING = _DENYING | _CLAUSE_ENDS | _SKIPPED
"""Words that hold a reply together; what it is about lies in the others."""
_MOST_PAIRED = 14


def features_of(words: Sequence[str]) -> list[int]:
    """The features of a reply, each once, in rising order. ``words``: as :func:`words_of` cuts them."""
    words = words[:MOST_WORDS]
    found: set[str] = set()
    _add_words(found, words)
    _add_meaning(found, words)
    return sorted({crc32(name.encode()) & (SIZE - 1) for name in found})


_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+|[,.;:!?()]")


def words_of(line: str) -> list[str]:
    """The words and signs of a plain line of the lexer; every number is one and the same word."""
    return ["#" if word[0].isdigit() else word for word in _WORD.findall(line)]


def _add_words(found: set[str], words: Sequence[str]) -> None:
    """The words as they stand, two in a row, their beginnings, and those with which the reply opens and ends."""
    for one, other in zip(("^", *words), (*words, "$"), strict=True):
        found.add(f"{one} {other}")
    for word in words:
        found.add(word)
        if len(word) > 5:
            found.add(f"{word[:5]}-")
    found.add(f"length {min(len(words) // 4, 5)}")


def _add_meaning(found: set[str], words: Sequence[str]) -> None:
    """The concepts, denied where something before them in their clause denies, and what stands together."""
    clause: list[str] = []
    before = ["^"]
    denied = 0
    for word in (*words, "."):
        if word in _CLAUSE_ENDS:
            _pair(found, clause)
            clause, denied = [], 0
            before = ["|"]
            continue
        if word in _SKIPPED:
            continue
        concept = CONCEPTS.get(word, word[:5])
        meant = f"-{concept}" if denied and word not in _DENYING else concept
        denied = _REACH if word in _DENYING else max(0, denied - 1)
        found.add(f"={meant}")
        found.add(f"{before[-1]}>{meant}")
        if len(before) > 1:
            found.add(f"{before[-2]}>>{meant}")
            found.add(f"{before[-2]}>{before[-1]}>{meant}")
        before.append(meant)
        clause.append(meant)


def _pair(found: set[str], clause: Sequence[str]) -> None:
    """Every two concepts of one clause, in whatever order, so that words between them do not matter."""
    known = sorted({meant for meant in clause if meant.lstrip("-").isupper()})[:_MOST_PAIRED]
    for at, one in enumerate(known):
        for other in known[at + 1 :]:
            found.add(f"{one}&{other}")
