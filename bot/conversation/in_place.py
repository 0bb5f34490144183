"""A number that is told in words for one that was answered: "85 is good too instead of 90", "she labels another 200". Pure."""

# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.conversation.standing import PRICING, Standing
from bot.conversation.supposing import numbers_in

PERIODS: Mapping[str, Decimal] = {
    "month": Decimal(1), "day": Decimal("30.4375"), "week": Decimal("4.348"), "year": Decimal(1) / 12,
}  # fmt: skip
"""How often a month something comes that comes once in each of these."""
NEAR = Decimal("0.02")
"""The part by which the old number may differ: people round."""
_TIMES = {"million": 1_000_000, "mio": 1_000_000, "m": 1_000_000, "thousand": 1_000, "hundred": 100}
_UNIT = re.compile(r"\b(\d[\d.,]*) ?(million|mio|m|thousand|hundred)\b")
_N = r"\d[\d.,]*k?(?: ?%| per ?cent)?"
_INSTEAD = re.compile(
    rf"(?P<new>{_N})\b[^?;]*?\b(?:instead of|rather than|in place of|not|and not|no longer|where (?:we|i|you) (?:have|had|said|wrote|put))\b(?: \w+){{0,2}}? (?P<old>{_N})"
    rf"|\b(?:from|was|were|said|wrote|put|had) (?P<old2>{_N})(?: \w+){{0,5}}? (?:to|but|now|is|it is|we have) (?:\w+ )?(?P<new2>{_N})"
    rf"|\binstead of (?:the )?(?P<old3>{_N})\b[^?;]*? (?P<new3>{_N})"
)
"""One number in place of another."""
_ENOUGH = re.compile(
    rf"\b(?P<n>{_N})(?! ?(?:\w+ )?(?:a|per|each|every) )(?: \w+){{0,3}}? (?:is|are|was|were|be|counts as|does|would do|suffices)(?: \w+){{0,3}}? (?:good|fine|enough|ok|okay|acceptable|alright|plenty|sufficient|tolerable)\b"
    rf"|\b(?:accept\w*|live with|happy with|content with|settle for|satisfied with|ok with|okay with|fine with|be enough with|asks? for|wants?|demands?|insists? on|expects?|requires?)(?: \w+){{0,3}}? (?P<n2>{_N})(?! ?(?:\w+ )?(?:a|per|each|every|calls|requests|examples|cases|more|weeks?|days|months?|hours)\b)"
)
"""What somebody is content with, or wants."""
_GOOD = re.compile(
    r"\b(?:quality|target|goal|score|accura\w+|per ?cent|correct|right|directors?|boss|customers?|clients?|management|board|auditors?|good enough|instead)\b|%"
)
_LABELS = re.compile(
    r"\b(?:labels?|labell?ed|labell?ing|reviews?|reviewed|reviewing|checks?|checked|checking|annotat\w+|tags?|tagged|tagging|corrects?|corrected|correcting|marks?|marked|marking|grades?|graded|grading|codes?|coded|curat\w+|verif\w+|proof ?-?reads?|goes? through|went through|works? through|sign(?:s|ed)? off)\b"
)
LEAST_SHARE = 50
"""No quality that is asked for is smaller: "20 is enough" is said of something else."""


def labels_in(plain: str) -> bool:
    """Whether somebody does to cases what makes examples of them: "Denise labels another 2000"."""
    return _LABELS.search(plain) is not None


def put_in_place(standing: Standing, plain: str) -> Mapping[str, Any]:
    """The answer for which another number is told, by its key in a case; empty where there is none."""
    return replaced(standing, plain) or _content_with(standing, plain)


def replaced(standing: Standing, plain: str) -> Mapping[str, Any]:
    """The answer whose number is named beside the one that takes its place; empty where none is."""
    found = _INSTEAD.search(_UNIT.sub(_whole, plain))
    if found is None:
        return {}
    new, old = (
        _number(found[side] or found[f"{side}2"] or found[f"{side}3"] or "") for side in ("new", "old")
    )
    return _instead(standing, new, old) if new is not None and old is not None else {}


def _whole(found: re.Match[str]) -> str:
    number = _number(found[1])
    return found[0] if number is None else f"{number * _TIMES[found[2]]:f}"


def _number(said: str) -> Decimal | None:
    found = numbers_in(said.replace("%", "").replace("percent", "").replace("per cent", "").strip())
    return found[0] if len(found) == 1 else None


def _instead(standing: Standing, new: Decimal, old: Decimal) -> Mapping[str, Any]:
    """The answer that is the old number: a share first, then a count, then the calls of any period."""
    answers = standing.advice.answers
    for key in ("quality_target", "quality_now"):
        known = answers.number(key)
        share = Decimal(100) if old > 1 else Decimal(1)
        if known is not None and _near(Decimal(str(known)) * share, old) and 0 < new <= share:
            return {key: float(new / share)}
    for key in ("labelled_examples", "prompt_examples"):
        known = answers.number(key)
        if known and _near(Decimal(str(known)), old):
            return {key: int(new)}
    calls = answers.number(PRICING)
    for often in PERIODS.values():
        if calls and _near(Decimal(str(calls)) / often, old):
            return {PRICING: int(new * often)}
    return {}


def _near(known: Decimal, said: Decimal) -> bool:
    return abs(known - said) <= NEAR * known


def _content_with(standing: Standing, plain: str) -> Mapping[str, Any]:
    """Another target, where somebody is content with a share, or asks for one, and a target was answered."""
    target = standing.advice.answers.number("quality_target")
    found = _ENOUGH.search(plain)
    if (
        found is None
        or target is None
        or not (_GOOD.search(plain) or re.search(r"\b(?:also|too|already|only|just)\b", plain))
    ):
        return {}
    number = _number(found["n"] or found["n2"])
    if number is None or not LEAST_SHARE <= number <= 100:
        return {}
    return {"quality_target": float(number / 100)}
