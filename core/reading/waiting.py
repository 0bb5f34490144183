"""Durations, as an answer to whether two to four weeks are fine."""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from core.reading.quantity import Quantity
from core.reading.reply import Reply
from core.reading.rule import Rule
from core.reading.statements import Said, said_about
from core.reading.units import MILLISECONDS

_NO_TIME = Rule(
    r"(?<![^ ])(?:have not|has not|do not have|did not have|not got|have no|is not got|are not got|without|no one has|nobody has)(?: got)? (?:[^ ,.;:!?]+ ){0,6}to (?:spare|lose|waste|burn)(?![^ ])"
)
"""That so much time is not there: "we have not got four weeks to spare"."""


def waits_said(reply: Reply) -> list[Said]:
    """Durations as an answer to whether two to four weeks are fine."""
    found: list[Said] = []
    for quantity in reply.quantities:
        if quantity.kind != "duration" or reply.is_used(quantity):
            continue
        if quantity.end < len(reply.tokens) and reply.tokens[quantity.end].text == "?":
            reply.use(quantity)  # "4 weeks? no way" repeats the question
            continue
        no_time = _NO_TIME.search(reply.line)
        if no_time:
            reply.explain_words(no_time[0].split())
        value = False if no_time else _waits(reply, quantity)
        if value is not None:
            start, end = reply.tokens[quantity.start].start, reply.tokens[quantity.end - 1].end
            found.append(Said(value, start, end))
            reply.use(quantity)
    negatives = any(
        s.value is False and not _overlaps(s, found) for s in said_about("can_wait", reply.line, asked=True)
    )
    if found and negatives:  # "we cannot wait 3 weeks": the duration is what is denied
        return [s for s in found if s.value is False]
    return found


def _waits(reply: Reply, quantity: Quantity) -> bool | None:
    """Whether somebody who names this duration can wait two to four weeks; ``None`` when it says nothing about it."""
    two, four = MILLISECONDS["week"] * 2, MILLISECONDS["week"] * 4
    if quantity.noun == "every" or (
        quantity.start and reply.tokens[quantity.start - 1].text in ("every", "each")
    ):
        return _rhythm(reply, quantity)
    low, high = min(quantity.low, quantity.high), max(quantity.low, quantity.high)
    if high < MILLISECONDS["h"]:  # "back in 5 minutes" says nothing about weeks
        return None
    if "negated" in quantity.notes:
        reply.doubt("there is a 'not' before the number")
    if (quantity.bound == "high" and low >= two and high < four) or (
        quantity.bound != "high" and low < two <= high
    ):
        reply.doubt("that is part of the two to four weeks")
    if quantity.bound == "high":
        return low >= two
    return low >= two or high >= four


_CHANGE = frozenset(
    "change changes changing changed move moves shift shifts evolve evolves update updates updated rotate rotates new".split()
)
_RELEASE = frozenset(
    "release releases ship ships deploy deploys sprint sprints train cycle cycles iterate iterates launch launches".split()
)


def _rhythm(reply: Reply, quantity: Quantity) -> bool | None:
    """What "every 6 weeks" says: of releases that there is time, of what is right how soon it changes."""
    words = reply.words()
    if words & _CHANGE:
        return quantity.low > MILLISECONDS["month"]
    return quantity.low >= 2 * MILLISECONDS["week"] if words & _RELEASE else None


def _overlaps(said: Said, others: list[Said]) -> bool:
    return any(said.start < other.end and other.start < said.end for other in others)
