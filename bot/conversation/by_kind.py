"""What a question about an advice asks where no pattern is sure: told by the trained weights, if they are sure."""

# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation.posts import AboutAdvice
from bot.conversation.supposing import numbers_in, plain_words
from core.reading.asks.weights import NONE, kinds, likelihoods


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about, and the verdict, option, question, figure or objection that it is of, "" for none.

    For "which" the two likeliest kinds: "why flips".
    """

    asked: AboutAdvice
    of: str = ""


BY_KIND: Mapping[str, Question] = {
    "cheaper": Question("compare", "cheaper"),
    "hosting": Question("compare", "self_hosted"),
    "examples": Question("question", "labelled_examples"),
    "suppose": Question("suppose"),
    "correction": Question("correction"),
    **{
        kind: Question(kind)
        for kind in (
            "why", "flips", "against", "confidence", "chart", "similar", "elsewhere", "short", "weighed", "unknowns",
            "steps", "payback", "parts", "prices", "upkeep", "monthly", "retrieval", "disagreement", "data", "risk",
            "both", "extremes", "quality",
        )
    },
}  # fmt: skip
"""What each kind of the weights leads to."""
UNCLEAR = 0.5
"""From which probability of being talk on a text is left alone, even one that was said to the app."""
_OBJECTIONS = (
    ("retrieval", r"\b(?:retrieval|rag|look(?:ing)? (?:it|them|things|this) up|facts?|documents|handbook|database)\b"),
    ("disagreement", r"\b(?:disagree\w*|(?:not|dont|doesnt|cannot|cant) (?:\w+ )?(?:agree|rate)|differ(?:s|ently)? (?:on|about)|rate differently)\b"),
    ("budget", r"\b(?:budget|money (?:is|for|to)|have the (?:money|gpus?)|funding|can afford)\b"),
    ("examples", r"\b(?:examples?|data|reports|records|labelled|labeled|reviewed|annotated|thousands?|hundreds?)\b|\b(?:have|got|only) (?:only |just )?(?:\w+ ){0,2}\d[\d.,]*k?\b"),
    ("quality", r"\b(?:nearly|almost|good enough|close enough|works? (?:fine|alright|well|ok)|only (?:misses|fails|gets)|not (?:that|so) bad|right most)\b"),
)  # fmt: skip


def kind_of(text: str, *, named: bool, to_the_app: bool) -> Question | None:
    """The kind of question a text is; ``None`` where it asks nothing, or nobody can tell.

    named: whether it names the advice or was said to the app, so that less certainty is enough. to_the_app: whether
    somebody waits for an answer, so that in doubt the two likeliest kinds are named.
    """
    likely = likelihoods(text)
    best, second = sorted((kind for kind in likely if kind != NONE), key=lambda kind: -likely[kind])[:2]
    known = kinds()
    is_talk = likely[NONE] >= (UNCLEAR if named else likely[best])
    if not is_talk and likely[best] >= (known.told if named else known.sure):
        return _of(text, BY_KIND[best])
    if to_the_app and likely[NONE] < UNCLEAR:
        return Question("which", f"{best} {second}")
    return None


def _of(text: str, question: Question) -> Question:
    """The same with what a text names of it: a figure, or an objection."""
    match question.asked:
        case "why":
            return Question("why", objection_in(text))
        case "parts":
            return Question("parts", figure_in(text))
        case _:
            return question


def is_talk(text: str) -> bool:
    """Whether a text is more likely talk between people than any question about an advice."""
    return likelihoods(text)[NONE] >= UNCLEAR


def objection_in(text: str) -> str:
    """What a person who asks why brings up: "examples", "budget", "disagreement", "retrieval", "quality" or ""."""
    plain = plain_words(text)
    return next((name for name, words in _OBJECTIONS if re.search(words, plain)), "")


def figure_in(text: str) -> str:
    """The figure that a text asks about, as digits; "" where it names none, or several."""
    found = [number for number in numbers_in(plain_words(text)) if number >= 20]
    return f"{found[0]:f}" if len(found) == 1 else ""
