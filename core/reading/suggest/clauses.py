"""Reasons clause by clause, so that of two that are given none is passed over in silence."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection

from core.reading.suggest.cues import named, sets_aside
from core.reading.suggest.features import words_of
from core.reading.suggest.weights import probabilities

REASONS = ("quality", "cost", "latency", "format", "voice")
_CLAUSES = re.compile(r" ?[,;.:] ?(?:and |but |plus )?| (?:and(?: also| then)?|plus|also|as well as|but) ")
_JOINED_BY = re.compile(r"(?:and|plus|also|as well as)")
_A_CLAUSE = 4
"""Words of a clause that may hold a reason of its own."""
MAY_BE_ONE = 0.3
"""How likely a reason must be in a clause of which nothing was read, for the clause not to be passed over."""
IS_ONE = 0.6
"""The same where nothing joins it to the reason before, as it mostly says why."""


def passed_over_in(line: str, read: Collection[str]) -> str | None:
    """The reason that a clause most likely gives of which no rule read any; "" where it is joined and gives none."""
    if not read:
        return None
    for before, clause in _clauses(line):
        words = words_of(clause)
        if len(words) < _A_CLAUSE or sets_aside("reasons", clause) or named("reasons", clause).options:
            continue
        likely = probabilities("reasons", words)
        reason = max((r for r in REASONS if r not in read), key=lambda r: likely[r], default="")
        joined = _JOINED_BY.search(before)
        if reason and likely[reason] >= (MAY_BE_ONE if joined else IS_ONE):
            return reason
        if joined and not any(likely[r] >= MAY_BE_ONE for r in read):
            return ""
    return None


def each_clause_agrees(line: str, read: Collection[str]) -> bool:
    """Whether rules and classifier say the same of each clause by itself."""
    for _, clause in _clauses(line):
        if sets_aside("reasons", clause):
            continue
        likely = probabilities("reasons", words_of(clause))
        cues = named("reasons", clause).options
        meant = {reason for reason in REASONS if likely[reason] > 0.5}
        if (cues and meant != set(cues)) or not meant <= set(read):
            return False
    return True


def _clauses(line: str) -> list[tuple[str, str]]:
    """The clauses of a line, each with what joins it to the one before."""
    ends = [(0, 0), *[match.span() for match in _CLAUSES.finditer(line)], (len(line), len(line))]
    return [
        (line[start:end], line[end:until].strip()) for (start, end), (until, _) in itertools.pairwise(ends)
    ]
