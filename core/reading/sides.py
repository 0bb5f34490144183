"""Which of two shares is how good it is now, and which is needed, where the words beside them leave it open."""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from core.reading.amounts import word_at
from core.reading.cues import NOW, QUALITY_CUES, TARGET
from core.reading.k_and_n import LOOKED_AT
from core.reading.quantity import Quantity
from core.reading.reply import Reply
from core.reading.rule import Rule
from core.reading.several import settle_several, words_around

WHICH = "it is not said which of the two is the target"


def settle_sides(reply: Reply, candidates: list[Quantity], sides: list[str], sure: list[bool]) -> None:
    """Give each share its side, in place; "" where it says nothing.

    sides: what the words beside each say. sure: whether they say it plainly.
    """
    _prefer_what_was_counted(reply, candidates, sides, sure)
    _keep_a_count_as_now(reply, candidates, sides)
    _prefer_now(reply, candidates, sides, sure)
    asked = reply.question
    if asked == "quality_now":
        sides[:] = [
            TARGET if side == TARGET and (certain or len(sides) > 1) else NOW
            for side, certain in zip(sides, sure, strict=True)
        ]
    elif asked == "quality_target":
        sides[:] = [
            NOW if side == NOW and certain else TARGET for side, certain in zip(sides, sure, strict=True)
        ]
    elif len(sides) == 2 and (asked == "quality" or any(sides)):
        _settle_two(reply, candidates, sides, sure)
    elif asked == "quality" and len(sides) == 1 and not sides[0]:
        sides[0] = NOW
        if candidates[0].k_of_n is None:
            reply.doubt("it is not said whether that is now or the target")
    if len(sides) == 2 and sides[0] == sides[1] and not sure[0] and asked == "quality":
        sides[:] = [NOW, TARGET] if sure[1] is False else sides
        _doubt_which(reply, candidates)
    _settle_in_time(reply, candidates, sides)
    for side in (NOW, TARGET):
        if sides.count(side) > 1:
            reply.doubt("there are two numbers for one question")
            reply.ask = "I see two numbers for the same thing; which one is it?"
            sides[:] = ["" if s == side else s for s in sides]


def _prefer_what_was_counted(
    reply: Reply, candidates: list[Quantity], sides: list[str], sure: list[bool]
) -> None:
    """Of "66 of 84 agreed, 90% and I am happy" the cases that were counted are how good it is, the other what is needed."""
    of_a_hundred = 0 if reply.words() & LOOKED_AT else 100  # "99 out of a hundred" was not counted
    counted = [
        q.k_of_n is not None and "proportion" not in q.notes and q.k_of_n[1] != of_a_hundred
        for q in candidates
    ]
    if len(sides) != 2 or sum(counted) != 1:
        return
    at = counted.index(True)
    if sides[at] == TARGET and sure[at] and "counted" not in candidates[at].notes:
        return
    if sides[1 - at] != NOW or not sure[1 - at]:
        sides[at], sides[1 - at], sure[:] = NOW, TARGET, [True, True]


def _keep_a_count_as_now(reply: Reply, candidates: list[Quantity], sides: list[str]) -> None:
    """Of "27 of 45 were acceptable. Nobody has set a target" the count is how good it is: no wish stands before it."""
    if reply.asked != "quality" or len(candidates) != 1 or sides != [TARGET]:
        return
    counted = candidates[0]
    if counted.k_of_n is None or "proportion" in counted.notes or counted.bound:
        return
    wished = any(
        QUALITY_CUES.get(word_at(reply, at)) == TARGET
        for at in range(max(0, counted.start - _CLAUSE), counted.start)
    )
    if not wished:
        sides[0] = NOW


_CLAUSE = 8
"""Words of a clause before a number."""


def _settle_two(reply: Reply, candidates: list[Quantity], sides: list[str], sure: list[bool]) -> None:
    if not any(sure) and sum(bool(q.bound) for q in candidates) == 1:
        sides[:] = [TARGET if q.bound else NOW for q in candidates]
    elif not any(sides) or (sides == ["", NOW] and not sure[1]):
        sides[:] = [NOW, TARGET]
        _doubt_which(reply, candidates)
    elif "" in sides:
        other = sides[1] if not sides[0] else sides[0]
        sides[sides.index("")] = NOW if other == TARGET else TARGET


def _doubt_which(reply: Reply, candidates: list[Quantity]) -> None:
    if (candidates[0].low, candidates[0].high) != (candidates[1].low, candidates[1].high):
        reply.doubt(WHICH)


_NOW_WORDS = frozenset("now currently today presently nowadays current atm".split())

_NEEDED = frozenset(
    "target goal need needs needed must want wants wanted like bar threshold contract expects expecting satisfied delighted happy".split()
)
"""Words that wish for a number, and do not only say that people accept what comes."""


def _prefer_now(reply: Reply, candidates: list[Quantity], sides: list[str], sure: list[bool]) -> None:
    """Of two that seem to be wished for, the one that is said of the present is how good it is."""
    if sides != [TARGET, TARGET]:
        return
    words = [words_around(reply, quantity) for quantity in candidates]
    present = [bool(near & _NOW_WORDS) for near in words]
    needed = [bool(near & _NEEDED) for near in words]
    if sum(present) == 1:
        at = present.index(True)
    elif sum(needed) == 1:
        at = needed.index(False)
    else:
        return
    sides[at], sure[at] = NOW, True


def _settle_in_time(reply: Reply, candidates: list[Quantity], sides: list[str]) -> None:
    """Of "was 60% in spring and is 78% now" the later one is how good it is."""
    for side in (NOW, TARGET):
        of_it = [q for q, said in zip(candidates, sides, strict=True) if said == side]
        if len(of_it) > 1:
            kept, _ = settle_several(reply, of_it)
            if len(kept) < len(of_it) and len(set(sides)) == 1:
                reply.doubt("there are two numbers for one question")
            for at, quantity in enumerate(candidates):
                if any(quantity is one for one in of_it) and not any(quantity is one for one in kept):
                    sides[at] = ""


_SAYS_NEEDED = Rule(
    r"(?<![^ ])(?:delighted|happy|happier|satisfied|content|pleased|please|glad|splendid|lovely|great|perfect|dream|ideal|nice|thrilled|trust|go live|going live|goes live|go out|roll it out|ship|sign off|release"
    r"|dangerous|useless|minimum|service level|says|said|owe|insists?|insisted|contract|limit|tolerates?|tolerated|live with|sleep|relax|at least|anything (?:below|under|less)|nothing (?:below|under|less)|should|ought|demands?|demanded|requires"
    r"|need(?:s|ed)?|wants?|wanted|must|has to|have to|accept|promised|asked|asks|goal|target|bar|aim(?:ed)?|enough|okay|ok|required?|expects?|hop(?:e|ing)|get it to|down to|aiming)(?![^ ])"
)


_A_LIMIT = 30
"""Percent; no bound on how good it must be is lower."""


def says_what_is_needed(reply: Reply, quantity: Quantity) -> bool:
    """Whether the clause around a bare number says that it is what is needed."""
    start, end = quantity.start, quantity.end
    while start > 0 and word_at(reply, start - 1) not in (",", ".", ";", "and", "but"):
        start -= 1
    while end < len(reply.tokens) and word_at(reply, end) not in (",", ".", ";", "and", "but"):
        end += 1
    clause = " ".join(word_at(reply, at) for at in range(start, end))
    if quantity.bound and _A_LIMIT <= quantity.high <= 100:
        return True
    return quantity.high > 1 and _SAYS_NEEDED.search(clause) is not None
