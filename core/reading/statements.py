"""What people say in words: that data may leave, that they can wait, what the misses look like, what tuning is for.

Each topic has phrases that say yes and phrases that say no; a negation in front turns a phrase around, two of them make it
doubtful. ``~`` stands for a space or a hyphen.
"""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from core.reading.phrases import MISSES, REASONS, STRONG, WEAK_NO, YES_NO


@dataclass(frozen=True, slots=True)
class Said:
    """One phrase: what it says, where it stands in the line, and whether to be sure of it."""

    value: object
    start: int
    end: int
    doubtful: bool = False
    weak: bool = False


_NEGATIONS = frozenset("not no never none nothing without neither nor hardly nobody isnt".split())


_CLAUSE_ENDS = frozenset(", . ; : ! ? but and because so ( )".split())


_BEFORE = {"format": 24, "data_may_leave": 5}
"""Characters before a phrase where the word may stand that makes it strong: "the data can go out"."""
_REACH = 4


def said_about(topic: str, line: str, *, asked: bool, since: int = 0) -> list[Said]:
    """All phrases about a yes-or-no topic. ``asked``: also those that mean something only as an answer to it.

    since: the character after a yes or no that opens the reply, and denies nothing of what follows.
    """
    if not asked and not _strong(topic).search(line):
        return []
    yes_no = _yes_no(topic)
    found: list[Said] = []
    for match in yes_no.finditer(line):
        begin = match.start() - _BEFORE.get(topic, 0)  # "the output is" stands before "json"
        if not asked and not _strong(topic).search(line, max(0, begin), match.end()):
            continue
        value: bool = match.lastgroup == "yes"
        start, negations = negations_before(line, match.start(), since)
        if negations % 2:
            value = not value
        found.append(
            Said(
                value,
                start if negations else match.start(),
                match.end(),
                negations > 1,
                match.lastgroup == "weak",
            )
        )
    if any(not said.weak for said in found):
        return [said for said in found if not said.weak or (said.value is False and _agrees(found, said))]
    return found


def _agrees(found: list[Said], weak: Said) -> bool:
    return all(said.value == weak.value for said in found)


def choices_said(topic: str, line: str) -> list[Said]:
    """The misses or the reasons that are named; a negated one has the value ``(name, False)``."""
    found: list[Said] = []
    for match in _choice(topic).finditer(line):
        name = match.lastgroup
        start, negations = negations_before(line, match.start())
        after = line[match.end() : match.end() + 24]
        denied = re.match(r" (?:(?:is|are|does|do|was|were|has) )?(?:not|never)\b", after) is not None
        if name is None:
            continue
        end = match.end() + len(after.split(" not")[0]) + 4 if denied and " not" in after else match.end()
        if negations or denied:
            found.append(Said((name, False), start, end, negations + denied > 1))
        else:
            found.append(Said(name, match.start(), match.end()))
    return found


def negations_before(line: str, start: int, since: int = 0) -> tuple[int, int]:
    """Where the first of the negations after ``since`` stands that reach the word at ``start``, and how many they are."""
    at, count, words, first = start - 1, 0, 0, start
    while at > since and words < _REACH:
        begin = line.rfind(" ", 0, at) + 1
        word = line[begin:at]
        if word in _CLAUSE_ENDS or (word == "no" and _opens_a_sentence(line, at)):
            break
        if word in _NEGATIONS:
            count, first = count + 1, begin
        at, words = begin - 1, words + 1
    return first, count


_SUBJECTS = ("we ", "i ", "it ", "they ", "the ", "our ", "that ", "this ", "you ", "there ")


def _opens_a_sentence(line: str, at: int) -> bool:
    """Whether the "no" that ends at ``at`` answers, and denies nothing of what follows: "no we can wait"."""
    return line.startswith(_SUBJECTS, at + 1)


def _compiled(groups: dict[str, str]) -> re.Pattern[str]:
    joined = "|".join(f"(?P<{name}>{pattern})" for name, pattern in groups.items())
    return re.compile(rf"(?<![^ ])(?:{joined})(?![^ ])".replace("~?", "(?: -)? ?").replace("~", "(?: -)? "))


@lru_cache(maxsize=16)
def _yes_no(topic: str) -> re.Pattern[str]:
    yes, no = YES_NO[topic]
    groups = {"no": no, "yes": yes}
    if topic in WEAK_NO:
        groups["weak"] = WEAK_NO[topic]
    return _compiled(groups)


@lru_cache(maxsize=4)
def _choice(topic: str) -> re.Pattern[str]:
    return _compiled(MISSES if topic == "misses" else REASONS)


@lru_cache(maxsize=8)
def _strong(topic: str) -> re.Pattern[str]:
    return re.compile(STRONG.get(topic, r"(?!)"))


YES_NO_TOPICS = tuple(YES_NO)


ANYWHERE = ("data_may_leave", "can_wait", "voice", "format")
"""Topics that may be answered in a reply to another question."""
