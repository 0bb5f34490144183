"""Where the classifier answers by itself: a whole sentence, about nothing else, of which it is as sure as it must be."""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from core.facts import ANSWERS_ONLY
from core.reading.coverage import sounds_like_talk
from core.reading.reply import Reply
from core.reading.suggest.clauses import REASONS
from core.reading.suggest.cues import YES_NO, cannot_answer, says_not_known
from core.reading.suggest.features import words_of
from core.reading.suggest.weights import NONE, NOTHING, UNSURE, heads, probabilities
from core.reading.wavering import is_of_two_minds, wavers

A_SENTENCE = 8
"""Words and signs from which on a reply says more than one word can turn around."""
FEWEST = 3
SURE_OF_FEW = 0.96
"""Words, and how sure it must be of fewer than a sentence."""
A_CLAUSE = 4
OTHERWISE = 0.6
"""Words of a part of a sentence that says something, and how sure it must be of it."""
_CLAUSES = re.compile(
    r" ?[,;.:!] ?|(?<= )(?:but|yet|though|although|while|whereas|and|so|because|since|except|only|then)(?= )"
)
A_LONG_ONE = 12
"""The same from which on a condition or a part that it mentions is told beside the answer."""
_NOT_MEANT = frozenset(
    "? except unless thought expected until wish hoped decided allegedly quasi semi pseudo supposedly yesterday originally formerly hypothetically theoretically brb afk ignore waited".split()
)
"""Words beside which what is said is not so, not now, or not meant."""

_EXCEPTS = frozenset("but except or nor neither".split())
"""Words beside which a part of the data, or of what is done with it, may be another matter."""

_THE_REST = frozenset("else rest others".split())


def sure_alone(
    question: str, reply: Reply, words: Sequence[str], likely: Mapping[str, float]
) -> tuple[str, ...]:
    """What the classifier says of a sentence, where it is so sure that nobody has to be asked; else nothing.

    words: those of the reply, as :func:`core.reading.suggest.features.words_of` cuts them.
    """
    head = heads()[question]
    said, sure = said_alone(likely, several=head.several)
    if (
        not said
        or sure < (head.alone if len(words) >= A_SENTENCE else SURE_OF_FEW)
        or not may_stand_alone(question, reply, words, said)
    ):
        return ()
    if reply.lead is not None and said[0] == str(not reply.lead).lower():
        return ()
    return () if _a_clause_says_otherwise(question, reply.line, said) else said


def _a_clause_says_otherwise(question: str, line: str, said: Sequence[str]) -> bool:
    """Whether a part of a sentence, looked at by itself, says another thing than the whole."""
    clauses = [words for part in _CLAUSES.split(line) if len(words := words_of(part)) >= A_CLAUSE]
    if len(clauses) < 2:
        return False
    several = heads()[question].several
    found: set[str] = set()
    for words in clauses:
        likely = probabilities(question, words)
        if several:
            found |= {r for r in REASONS if likely[r] > 1 / 2}
            continue
        best = max(likely, key=lambda option: likely[option])
        if best not in (said[0], UNSURE, NOTHING) and likely[best] >= OTHERWISE:
            return True
    return several and said[0] in REASONS and found != {*said}


def said_alone(likely: Mapping[str, float], *, several: bool) -> tuple[tuple[str, ...], float]:
    """The options that are likely, in order, and how likely it is that these are meant; none where nothing is said.

    several: whether any number of them may hold at once.
    """
    if several:
        own = [reason for reason in REASONS if reason in likely]
        if max(likely[UNSURE], likely[NOTHING]) > 1 / 2:
            return ((UNSURE,), likely[UNSURE]) if likely[UNSURE] > likely[NOTHING] else ((), 0.0)
        own.append(NONE)
        return tuple(r for r in own if likely[r] > 1 / 2), min(max(likely[r], 1 - likely[r]) for r in own)
    best = max(likely, key=lambda option: likely[option])
    return ((), 0.0) if best == NOTHING else ((best,), likely[best])


def may_stand_alone(question: str, reply: Reply, words: Sequence[str], said: Sequence[str]) -> bool:
    """Whether a reply is a sentence that means what it says, and not of two minds. said: the options that are likely."""
    line = reply.line
    is_a_number = len(words) <= A_CLAUSE and any(char.isdigit() for char in line)
    if (
        is_a_number
        or len(words) < (FEWEST if question in YES_NO else A_SENTENCE)
        or not _NOT_MEANT.isdisjoint(words)
        or sounds_like_talk(line)
    ):
        return False
    if {"yes", "no"} <= {*words} or (len(words) < A_SENTENCE and {"but", "not"} <= {*words}):
        return False
    if UNSURE not in said and (says_not_known(line) or cannot_answer(question, line)):
        return False
    if question == "data_may_leave":
        turned = _EXCEPTS - ({"but"} if tuple(said) == (ANSWERS_ONLY,) else set())
        return not wavers(reply, None) and turned.isdisjoint(words)
    if len(words) >= A_LONG_ONE:
        return not is_of_two_minds(line)
    return not wavers(reply, None) and _THE_REST.isdisjoint(words)
