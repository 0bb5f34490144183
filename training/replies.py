"""The training set: replies by question and by what they mean, and the variants that are made of each.

``replies/<question>.txt`` holds a heading for each meaning and one reply a line. ``{doc}`` and the like stand for words of
any trade. What is made of a reply stays with it: a test of the classifier never sees a variant of what it was trained on.
"""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from pathlib import Path

from core.reading.cleaning import clean
from core.reading.lexer import line_of, tokens_of
from core.reading.suggest.features import words_of

REPLIES = Path(__file__).parent / "replies"
VARIANTS = 3
"""How many variants of each reply are trained on, beside itself."""

_SLOTS = {
    "doc": "letters claims tickets referrals invoices contracts essays recipes orders reports permits leases lab-results".split(),
    "who": "doctors lawyers clerks teachers adjusters editors brokers nurses annotators planners chemists".split(),
    "small": [
        "the small one",
        "the mini",
        "haiku",
        "the cheaper model",
        "the mini model",
        "flash",
        "the smaller model",
        "nano",
        "the cheap one",
        "the light version",
        "the small model",
        "the budget model",
        "the little one",
    ],
    "who2": "managers auditors judges trainers buyers partners reviewers surgeons agents foremen".split(),
}
_BEFORE = (
    "well, ", "hi, ", "hmm, ", "i think ", "honestly, ", "to be honest ", "from our side: ", "as far as i know ", "in our case ",
    "ok so ", "i would say ", "for the claims desk ", "we are a small hospital lab and ", "speaking for the tax team, ",
    "i asked around: ", "good question, ", "for this project ", "sorry for the late answer, ", "in our office ", "from what i see ",
    "in the last test ", "my colleague says ", "for our library ", "at the moment ", "basically ",
)  # fmt: skip
_AFTER = (
    ", thanks", ", i think", " lol", " as far as i know", " at the moment", ", at least in our office", " in our department", " here",
    ", that is all", " really", ", to be honest", " for this kind of text", ", says our team lead", " in our experience", ", sorry",
    ", hope that helps", " these days", ", if that makes sense", " in the warehouse",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Labelled:
    """One reply to train on: its words, what it means, and the number of the line it was made of."""

    words: tuple[str, ...]
    means: str
    line: int


def questions() -> list[str]:
    """The questions that have replies to train on, in order."""
    return sorted(path.stem for path in REPLIES.glob("*.txt"))


def labelled(question: str) -> list[Labelled]:
    """Every reply to a question, with its variants; the same at every call."""
    chance = random.Random(question)  # noqa: S311  a repeatable choice of variants, no secret
    found: list[Labelled] = []
    written = _written(question)
    for number, (text, means) in enumerate(written):
        variants = dict.fromkeys([_filled(text, chance), *(_varied(text, chance) for _ in range(VARIANTS))])
        found += [Labelled(_words(variant), means, number) for variant in variants]
    return found


def _written(question: str) -> list[tuple[str, str]]:
    """The lines as they were written, each with the heading that it stands under."""
    found: list[tuple[str, str]] = []
    means = ""
    for line in (REPLIES / f"{question}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            means = line.removeprefix("# ").strip()
        elif line.strip():
            found.append((line.strip(), means))
    return found


def _varied(text: str, chance: random.Random) -> str:
    text = _filled(text, chance)
    if chance.random() < 0.6:
        text = chance.choice(_BEFORE) + text
    if chance.random() < 0.6:
        text += chance.choice(_AFTER)
    return text


def _filled(text: str, chance: random.Random) -> str:
    return re.sub(r"\{(\w+)\}", lambda slot: chance.choice(_SLOTS[slot[1]]), text)


def _words(text: str) -> tuple[str, ...]:
    cleaned = clean(text)
    assert cleaned is not None, text
    return tuple(words_of(line_of(tokens_of(cleaned.text))))
