"""A number that holds only later, only for a part, only for one month, or is only wished for: it is asked about."""
# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from core.facts import THINGS
from core.reading.amounts import word_at
from core.reading.cleaning import BLANK
from core.reading.other_clauses import tells_now
from core.reading.parts import part_of
from core.reading.quantity import Quantity
from core.reading.reply import Reply
from core.reading.rule import Rule

_LATER = Rule(
    r"(?<![^ ])(?:by (?:the )?(?:end|time|summer|winter|spring|fall|autumn|christmas|easter|then|next|year|new year|§)|eventually|some ?day|one day|in (?:the )?(?:future|a year|time)|down the (?:road|line))(?![^ ])"
)
"""What is true only later is not true now."""


_WISHED = Rule(
    r"(?<![^ ])would (?:be|suit) (?:\w+ )?(?:nice|great|ideal|good|enough|fine|better|best|awesome|perfect|a dream|us)(?![^ ])"
)
_ONE_TIME = Rule(rf"(?<![^ ])(?:in|during|for) {BLANK}(?![^ ])")
_IN_PART = Rule(
    r"(?<![^ ])(?:for (?:the |our )?\w+(?: \w+)? (?:only|alone)|(?:only|just) (?:for|in|on|from) (?:the |our |one )?\w+|excluding|excl|without|not (?:counting|including)|(?:only|just|about|roughly) (?:a )?(?:half|third|quarter|fifth|tenth)|every (?:second|other|third|fourth|fifth|tenth) (?!day|week|month|hour|minute|year)\w+)(?![^ ])"
)
_ON_ONE_DAY = Rule(
    r"(?<![^ ])(?:on|every|each) (?:a )?(?:mon|tues|wednes|thurs|fri|satur|sun)days?(?= [,.]|$)"
)
_NEEDED = Rule(r"(?<![^ ])(?:we|i|you|they) (?:would |will )?(?:need|want|require)(?= |$)")
_NUMBERS = frozenset(("calls_per_month", "quality_now", *THINGS))


def doubt_what_is_not_so_now(reply: Reply) -> None:
    """A number that holds only later, only for a part, only for one month, or is only wished for."""
    if reply.question != "can_wait" and _is_about_later(reply):
        reply.doubt("that may be about later")
    if reply.mode != "answer" or not _NUMBERS & reply.values.keys():
        return
    if "quality_target" in reply.values and _HAS_MOVED.search(reply.line) and not _WISHES.search(reply.line):
        reply.doubt("that may be how it was and how it is")
    if _WISHED.search(reply.line) and "quality_target" not in reply.values:
        reply.doubt("that may be a wish")
    of_things = reply.asked in THINGS and "quality_target" not in reply.values
    if of_things and _NEEDED.search(reply.line):
        reply.doubt("that may be how many there should be")
    if set(reply.values) & set(_COUNTED) and _takes_a_share(reply):
        reply.doubt("that may be a part of it")
        reply.values.pop("quality_now", None)
    if "calls_per_month" in reply.values and (
        (_ON_ONE_DAY.search(reply.line) and not _is_a_week(reply))
        or _ONE_TIME.search(reply.line)
        or _IN_PART.search(reply.line)
    ):
        reply.doubt("that may be a part of it")


def _is_a_week(reply: Reply) -> bool:
    """Whether the number is one of a week, so that a day beside it only says when they come."""
    return all(q.period == "week" for q in reply.quantities if reply.is_used(q))


def _is_about_later(reply: Reply) -> bool:
    """Whether something is true only later; not of "3,600 in a year", nor where a number is told of today."""
    later = _LATER.search(reply.line)
    if later is None or reply.asked != "calls_per_month":
        return later is not None
    if later[0] == "in a year":
        return not any(
            reply.is_used(q) and q.period == "year" for q in reply.quantities
        ) and not _A_YEAR.search(reply.line)
    return not any(tells_now(reply, q) for q in reply.quantities if reply.is_used(q))


_A_YEAR = Rule(
    r"(?:^|, |it is )in a year (?:we|i|they|it|there)\b(?! (?:will|would|should|might|may|expect|hope|plan|want|shall|could))|in a year ?,? (?:so|which|that)\b"
)
_COUNTED = ("calls_per_month", *THINGS)


def _takes_a_share(reply: Reply) -> bool:
    """Whether a share below one stands beside what was counted, so that only a part of it may be meant."""
    if reply.asked not in _COUNTED or reply.asked == "prompt_examples":
        return False
    if len(reply.values) > 1:
        return any(q.kind == "share" and q.high < 1 and _is_of_it(reply, q) for q in reply.quantities)
    return (
        any(q.kind == "share" and q.high < 1 for q in reply.quantities) or part_of(reply.tokens) is not None
    )


def _is_of_it(reply: Reply, share: Quantity) -> bool:
    """Whether a share is of what was counted: "only ten percent of them"."""
    return word_at(reply, share.end) == "of" or word_at(reply, share.start - 1) in ("only", "just")


_HAS_MOVED = Rule(
    r"(?<![^ ])(?:went|gone|rose|risen|climbed|improved|dropped|fell|moved|jumped)(?: up| down)? from(?![^ ])"
)
_WISHES = Rule(
    r"(?<![^ ])(?:want|wants|need|needs|must|should|target|goal|would|bar|aim|has to|have to)(?![^ ])"
)
