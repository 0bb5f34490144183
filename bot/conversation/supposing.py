"""What somebody supposes in a question about an advice, or corrects in it: a value to be tried, never one to be stored."""

# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.conversation.standing import Standing
from core.answers import Answer


@dataclass(frozen=True, slots=True)
class Supposed:
    """A what-if: the key of a case, and its value, or by how many times the present one is larger."""

    key: str
    value: object = None
    times: Decimal | None = None


_IF = re.compile(
    r"\b(?:if|suppos\w+|assum\w+|once|imagine|pretend|hypothetically|in case|lets say|say the|say we)\b"
    r"|\bchange (?:anything|something)\b"
)
_TIMES = re.compile(
    r"\b(?:(?P<n>\d{1,3}) ?(?:x|times)|factor of (?P<factor>\d{1,3}|two|three|four|five|ten)|(?P<fold>two|three|four|five|ten) ?-?fold|"
    r"(?P<words>two|three|four|five|ten|twenty|hundred) times|(?P<word>doubl\w+|twice|tripl\w+|quadrupl\w+|halv\w+|half (?:as|the|our)))\b(?! an? (?:year|month|week|day))"
)
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "ten": 10, "twenty": 20, "hundred": 100}
_FACTORS = {"d": "2", "tw": "2", "tr": "3", "q": "4", "h": "0.5"}
_SCALED = (
    ("prompt_examples", r"\bexamples? in the prompt\b"),
    ("labelled_examples", r"\b(?:examples?|labelled|labeled|reviewed|annotated|checked)\b"),
    ("", r"\b(?:prices?|cost|costs|tokens?|budget|quality|target|salar\w+|engineer\w*)\b"),
)
"""What is multiplied other than the calls; "" for what the reader knows by itself."""
_GUARDS = r"(?:compliance|legal|lawyers?|privacy|security|the regulator|the auditors?|data protection|dpo|the (?:data|works council))"
_REFUSED = re.compile(
    rf"\b{_GUARDS}\b(?: \w+){{0,4}}? (?:no|not|never|forbids?|forbade|refuses?|refused|vetoes|objects?|blocks?|stops?)\b"
    r"|\bdata\b(?: \w+){0,3} (?:stay|stays|not|never)\b|\b(?:not|nothing|never|cannot)\b(?: \w+){0,3} (?:leave|sent out|go out|send it out)\b"
)
_ALLOWED = re.compile(
    rf"\b{_GUARDS}\b(?: \w+){{0,4}}? (?:yes|ok|okay|fine|allows?|approves?|agrees?|blessing|permits?|go ahead|green light)\b"
    r"|\bdata\b.*\b(?:go(?:es)? out|may leave|can leave|be sent|is allowed|allowed|leave)\b"
)
_NO_WAITING = re.compile(r"\b(?:cannot|cant|could not|couldnt|not|no|never)\b(?: \w+){0,3} wait\w*")
_WAITING = re.compile(
    r"\b(?:can|could|yes|would|able|agree\w*|ok|fine|accept\w*|allowed|time)\b.*\bwait\w*|\bwait(?:ing)? (?:is|was|were|would be) (?:ok|fine|possible)"
)
_NO_CHEAPER = re.compile(
    r"\b(?:cheaper|smaller|small|mini|little) (?:model|one)\b(?: \w+){0,3} (?:not (?:good|enough|reach)|fails|too bad|isnt good)"
)
_CHEAPER = re.compile(
    r"\b(?:cheaper|smaller|small|mini|little) (?:model|one)\b(?: \w+){0,3} (?:good enough|enough|reach(?:es|ed)?|suffic\w*)\b"
)
_CHOICES = (
    (_REFUSED, "data_may_leave", False),
    (_ALLOWED, "data_may_leave", True),
    (_NO_WAITING, "can_wait", False),
    (_WAITING, "can_wait", True),
    (_NO_CHEAPER, "cheaper_model_enough", False),
    (_CHEAPER, "cheaper_model_enough", True),
)
_MANY = re.compile(r"\b\d[\d ,.]*k?\b")
_OURS = re.compile(
    r"\b(?:calls|volume|requests?|traffic|load|examples?|labelled|labeled|reviewed|data|model|compliance|legal|target|quality)\b"
)
"""Words of which what is supposed is not about the weather."""
_EXAMPLES = re.compile(r"\b(?:examples?|reviewed|labelled|labeled|annotated)\b")


def plain_words(text: str) -> str:
    """A text in small letters, without the marks that make no difference, on one line."""
    small = re.sub(r"['’`]", "", text.lower())
    return " ".join(re.sub(r"[^\w?.,%+-]|[.,](?!\d)", " ", small).split())


def supposition(text: str) -> Supposed | None:
    """What a text supposes; ``None`` where it supposes nothing, or nothing that is known here."""
    plain = plain_words(text)
    if not _IF.search(plain):
        return None
    if (times := _times(plain)) is not None:
        key = next((key for key, words in _SCALED if re.search(words, plain)), "calls_per_month")
        return Supposed(key, times=times) if key else None
    for pattern, key, value in _CHOICES:
        if pattern.search(plain):
            return Supposed(key, value)
    if _EXAMPLES.search(plain) and (many := _many(plain)) is not None:
        return Supposed("labelled_examples", many)
    return None


def is_of_ours(text: str) -> bool:
    """Whether a supposition names what an advice is made of."""
    return _OURS.search(plain_words(text)) is not None


def _times(plain: str) -> Decimal | None:
    found = _TIMES.search(plain)
    if found is None:
        return None
    named = found["n"] or found["factor"] or found["fold"] or found["words"]
    if named:
        return Decimal(_COUNTS.get(named, named))
    return Decimal(next(times for start, times in _FACTORS.items() if found["word"].startswith(start)))


def _many(plain: str) -> int | None:
    """The one number that is named."""
    found = numbers_in(plain)
    return int(found[0]) if len(found) == 1 and found[0] == int(found[0]) else None


def numbers_in(plain: str) -> list[Decimal]:
    """The numbers of a text, in their order: 1,800 and 11.400 and 12k as whole ones, 0.88 as it is."""
    found = []
    for said in _MANY.findall(plain):
        one = said.strip(" ,.")
        digits = re.sub(r"[ ,.](?=\d{3}(?!\d))", "", one.removesuffix("k")).replace(",", ".").replace(" ", "")
        if re.fullmatch(r"\d+(?:\.\d+)?", digits):
            found.append(Decimal(digits) * (1000 if one.endswith("k") else 1))
    return found


_CORRECTED: Mapping[str, str] = {
    "quality_target": r"\b(?:target|goal|aim)\b",
    "labelled_examples": r"\b(?:examples?|reviewed|labelled|labeled|annotated|samples?)\b",
    "calls_per_month": r"\b(?:calls?|volume|requests?|traffic|messages|tickets)\b",
    "quality_now": r"%|\bper ?cent\w*\b|\b(?:quality|score|accuracy|right|count)\b",
}


def correction(standing: Standing, text: str) -> dict[str, Any]:
    """What a text puts in place of a number told before, by its key in a case; empty where that is not plain.

    Of two numbers the old one is that which was answered, or the first; after "not" stands the old one.
    """
    plain = plain_words(text)
    found = numbers_in(plain)
    key = next((key for key, words in _CORRECTED.items() if re.search(words, plain)), "quality_now")
    if not 1 <= len(found) <= 2:
        return {}
    is_share = key.startswith("quality")
    values = [number / 100 if is_share and number > 1 else number for number in found]
    old = _old_of(values, standing.advice.answers.of(key), plain) if len(values) == 2 else None
    new = next(value for value in values if value != old or len(values) == 1)
    if is_share:
        return {key: float(new)} if 0 < new <= 1 else {}
    return {key: int(new)} if new == int(new) else {}


def _old_of(values: list[Decimal], answered: Answer, plain: str) -> Decimal:
    """Which of two numbers is the old one."""
    known = [value for value in values if value == answered]
    if len(known) == 1:
        return known[0]
    return values[-1] if re.search(r"\b(?:not|instead of|rather than) (?:the )?\d", plain) else values[0]
