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
from core.facts import ANSWERS_ONLY


@dataclass(frozen=True, slots=True)
class Supposed:
    """A what-if: the key of a case, and its value, or by how many times the present one is larger."""

    key: str
    value: object = None
    times: Decimal | None = None


IF = re.compile(
    r"\b(?:if|what happens when|suppos\w+|assum\w+|once(?! more| again| in)|imagine|pretend|hypothetically|in case|lets say|say the|say we)\b"
    r"|\bchange (?:anything|something)\b"
)
_IF_FIRST = re.compile(
    r"(?:(?:and|so|but|ok|okay|then|now|well|hm+|just) )*(?:what |how about |what about )?(?:if|suppose|supposing|imagine|assum\w+|say(?! (?:it|that|this|in|like))|lets say|pretend|what happens when)\b"
)
_AND_WITH = re.compile(
    r"(?:(?:and|so|but|ok|okay|then|now|well|hm+) )*(?:what about|how about|and with|and at|with|at|would|and)(?: (?:a|an|only|just|about|say|our|the|next year|target of))* \d"
)
_PUT_RIGHT = re.compile(
    r"\b(?:put (?:it|that|this) right|(?:please|can you|could you) (?:correct|fix|change) (?:it|that|this|my|the)|i (?:typed|entered|mistyped)\b.*\b(?:real|true|actual|right|should|instead|not)\b)"
)
_TIMES = re.compile(
    r"\b(?:(?P<n>\d{1,3}) ?(?:x|times)|factor of (?P<factor>\d{1,3}|two|three|four|five|ten)|(?P<fold>two|three|four|five|ten) ?-?fold|"
    r"(?P<words>two|three|four|five|ten|twenty|hundred) times|(?P<word>doubl\w+|twice|tripl\w+|quadrupl\w+|halv\w+|half (?:as|the|our)))\b(?! an? (?:year|month|week|day))"
)
_SHARE = re.compile(r"(?P<to>\bto )?\b(?P<n>\d{1,3}(?:[.,]\d)?) ?(?:%|per ?cent\b)")
_UP = re.compile(r"\b(?:more|grow\w*|rise\w*|increase\w*|up by|higher|additional|extra|plus|larger)\b")
_DOWN = re.compile(
    r"\b(?:less|fewer|drop\w*|fall\w*|shrink\w*|decrease\w*|reduc\w+|lose|lower|down by|smaller|decline\w*|cut)\b"
)
_UP_OR_DOWN = re.compile(f"{_UP.pattern}|{_DOWN.pattern}")
_PART = re.compile(
    r"(?<!for )(?<!next )(?<!in )\b(?:a|by a|one|by|only|just|by one|to a|only a) (?P<part>half|third|quarter|fifth|tenth)\b(?! (?:a |of a )?year)"
)
_PARTS = {
    "half": Decimal("0.5"), "third": Decimal(1) / 3, "quarter": Decimal("0.25"), "fifth": Decimal("0.2"),
    "tenth": Decimal("0.1"),
}  # fmt: skip
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "ten": 10, "twenty": 20, "hundred": 100}
_FACTORS = {"d": "2", "tw": "2", "tr": "3", "q": "4", "h": "0.5"}
_SCALED = (
    ("prompt_examples", r"\bexamples? in the prompt\b"),
    ("labelled_examples", r"\b(?:examples?|labelled|labeled|reviewed|annotated|checked)\b"),
    ("", r"\b(?:prices?|cost|costs|tokens?|budget|quality|target|salar\w+|engineer\w*)\b"),
)
"""What is multiplied other than the calls; "" for what the reader knows by itself."""
_GUARDS = r"(?:compliance|legal|lawyers?|privacy|security|the regulator|the auditors?|data protection|dpo|the (?:data|works council))"
_LEAVES = (
    r"(?:(?:go|goes|going|gone|get|gets|sent?|send|ship\w*|shar\w+|given?|upload\w*)(?: \w+){0,3} (?:out|outside|away|abroad|to (?:an? |the )?(?:provider|cloud|vendor|third part\w+|api)|data)"
    r"|(?:data|texts?|records|files|documents|letters|everything|nothing|anything|it|they)(?: \w+){0,3} (?:leaves?|be sent|sent)|leave (?:the|our) (?:house|building|country|premises|network|company|hospital|bank)|(?:the |any |a )?(?:cloud|external(?:ly)?(?: processing)?|third part(?:y|ies)|outside (?:provider|service|api)s?))"
)
"""That data goes to a provider."""
_REFUSED = re.compile(
    rf"\b{_GUARDS}\b(?: \w+){{0,4}}? (?:no|not|never|forbids?|forbade|refuses?|refused|vetoes|objects?|blocks?|stops?)\b"
    rf"|\b(?:not|nothing|never|cannot|cant|mustnt|no longer|forbid\w*|forbade|refus\w*|prohibit\w*|bans?|banned)\b(?: \w+){{0,5}}? {_LEAVES}\b"
    r"|\b(?:data|nothing|everything)\b(?: \w+){0,3} (?:stay|stays|not|never|cant|cannot|leaves?)\b(?! out)|\b(?:not|nothing|never|cannot)\b(?: \w+){0,3} (?:leave|sent out|go(?:es)? out|send it out)\b|\b(?:wont|will not|doesnt|does not|not|never) (?:let|allow)\w*\b.*\b(?:leave|out|outside|cloud)\b|\bstays? (?:inside|in ?-?house|in the (?:house|building))\b"
)
_ALLOWED = re.compile(
    rf"\b{_GUARDS}\b(?: \w+){{0,4}}? (?:yes|ok|okay|fine|allows?|lets?|approves?|agrees?|agreed|approved|allowed|blessing|permits?|go ahead|green light)\b"
    rf"|\b(?:allow\w*|lets?|permit\w*|approv\w+|agree\w*|may|can|could|signed|ok|okay|fine|yes)\b(?: \w+){{0,8}}? {_LEAVES}\b"
    r"|\bdata\b.*\b(?:go(?:es)? out|may leave|can leave|be sent|is allowed|allowed)\b"
)
_NO_WAITING = re.compile(
    r"\b(?:cannot|cant|could not|couldnt|wont|not|no|never|nobody)\b(?: \w+){0,3} wait\w*"
)
_WAITING = re.compile(
    r"\b(?:can|could|yes|would|able|agree\w*|ok|fine|accept\w*|allowed|time)\b(?: \w+){0,5} wait\w*|\b(?:months?|weeks?) (?:per|for each|for a|a) (?:change|round|iteration)\b.*\b(?:ok|fine|no (?:drama|problem|issue)|works|possible)\b|\b(?:live|cope) with (?:\w+ ){0,2}?(?:months?|weeks?)\b(?: \w+){0,3} (?:per|a|each|for|until|till|change|round|delay|wait|waiting|turn ?around)|\b(?:wait(?:ing)?|(?:weeks?|months?) (?:of )?(?:delay|waiting)) (?:is|was|were|would be) (?:ok|fine|possible|acceptable|no problem)"
)
_NO_CHEAPER = re.compile(
    r"\b(?:cheaper|smaller|small|mini|little) (?:model|one)\b(?: \w+){0,3} (?:not (?:good|enough|reach)|fails|too bad|isnt good)"
)
_CHEAPER = re.compile(
    r"\b(?:cheaper|smaller|small|mini|little) (?:model|one)\b(?: \w+){0,3} (?:good enough|enough|reach(?:es|ed)?|suffic\w*|passes|makes it|does it)\b"
)
NOT_TO_TRAIN = re.compile(
    r"\b(?:not|never|nobody|dont|doesnt|wont|without|mustnt|no)\b(?:[ -]\w+){0,6}?[ -]train\w*"
    r"|\b(?:prohibit\w*|forbid\w*|ban(?:s|ned)?|exclud\w*|rul(?:es?|ed|ing) out)\b(?: \w+){0,3} train\w*"
    r"|\btrain\w*(?: \w+){0,2} (?:no|not|never|forbidden|prohibited|excluded)\b|\banswers? only\b"
)
"""That data may be sent to be answered, and no provider's model may learn from it."""
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


def supposes(text: str) -> bool:
    """Whether a text supposes something: by a word that says so, or by a bare "and with 3M calls?"."""
    plain = plain_words(text)
    return IF.search(plain) is not None or _AND_WITH.match(plain) is not None


def corrects(text: str) -> bool:
    """Whether somebody asks that an answer be put right."""
    return _PUT_RIGHT.search(plain_words(text)) is not None


def opens_supposing(text: str) -> bool:
    """Whether a text begins by supposing something."""
    plain = plain_words(text)
    return _AND_WITH.match(plain) is not None or _IF_FIRST.match(plain) is not None


def supposition(text: str) -> Supposed | None:
    """What a text supposes; ``None`` where it supposes nothing, or nothing that is known here."""
    plain = plain_words(text)
    if not IF.search(plain):
        return None
    if (scaled := times_in(plain)) is not None:
        key, times = scaled
        return Supposed(key, times=times) if key else None
    if (choice := choice_in(plain)) is not None:
        return Supposed(*choice)
    if _EXAMPLES.search(plain) and (many := _many(plain)) is not None:
        return Supposed("labelled_examples", many)
    return None


def is_of_ours(text: str) -> bool:
    """Whether a supposition names what an advice is made of."""
    return _OURS.search(plain_words(text)) is not None


def choice_in(plain: str) -> tuple[str, Answer] | None:
    """The choice that a text makes, by its key in a case; ``None`` where it makes none."""
    found = next(((key, value) for pattern, key, value in _CHOICES if pattern.search(plain)), None)
    is_for_answers = found == ("data_may_leave", True) and NOT_TO_TRAIN.search(plain)
    return ("data_may_leave", ANSWERS_ONLY) if is_for_answers else found


def times_in(plain: str) -> tuple[str, Decimal] | None:
    """What a text multiplies, by its key in a case ("" for what is none), and by how much; ``None`` for nothing."""
    times = _times(plain)
    if times is None:
        return None
    return next((key for key, words in _SCALED if re.search(words, plain)), "calls_per_month"), times


def has_factor(text: str) -> bool:
    """Whether a text multiplies something, whatever that is."""
    return _times(plain_words(text)) is not None


def _times(plain: str) -> Decimal | None:
    """By how much: "doubled", "four times", "30% more", "a tenth of", "drops by half"."""
    if (share := _SHARE.search(plain)) is not None and _UP_OR_DOWN.search(plain):
        part = Decimal(share["n"].replace(",", ".")) / 100
        if share["to"]:
            return part
        return 1 - part if _DOWN.search(plain) and part < 1 else 1 + part
    if (part_of := _PART.search(plain)) is not None:
        part = _PARTS[part_of["part"]]
        return 1 - part if _DOWN.search(plain) else 1 + part if _UP.search(plain) else part
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


_TENS = {
    "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_ONES = {
    "a": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
}
_IN_WORDS = re.compile(
    rf"\b(?:(?P<ones>{'|'.join(_ONES)}) (?P<unit>hundred|thousand|dozen)|(?P<tens>{'|'.join(_TENS)})(?: (?P<more>thousand|hundred))?)\b(?! ?%)"
)
_UNIT = {"hundred": 100, "thousand": 1000, "dozen": 12, None: 1}


def in_digits(plain: str) -> str:
    """The same with round numbers that are written out as digits: "sixty", "two hundred", "ten thousand"."""

    def digits(found: re.Match[str]) -> str:
        if found["ones"]:
            return str(_ONES[found["ones"]] * _UNIT[found["unit"]])
        return str(_TENS[found["tens"]] * _UNIT[found["more"]])

    return _IN_WORDS.sub(digits, plain)


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


LEAST_SHARE = Decimal("0.2")
"""A smaller share is read only with its sign: "the meeting is at 9, not at 10"."""


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
    new = next((value for value in values if value != old or len(values) == 1), None)
    if new is None:
        return {}
    if is_share:
        least = 0 if "%" in plain or "percent" in plain else LEAST_SHARE
        return {key: float(new)} if least < new <= 1 else {}
    return {key: int(new)} if new == int(new) else {}


def _old_of(values: list[Decimal], answered: Answer, plain: str) -> Decimal:
    """Which of two numbers is the old one."""
    known = [value for value in values if value == answered]
    if len(known) == 1:
        return known[0]
    return values[-1] if re.search(r"\b(?:not|instead of|rather than) (?:the )?\d", plain) else values[0]
