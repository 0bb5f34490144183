"""Durations, as an answer to whether two to four weeks are fine."""

from __future__ import annotations

from core.reading.reply import Reply
from core.reading.statements import Said, said_about
from core.reading.units import MILLISECONDS


def waits_said(reply: Reply) -> list[Said]:
    """Durations as an answer to whether two to four weeks are fine."""
    found: list[Said] = []
    two, four = MILLISECONDS["week"] * 2, MILLISECONDS["week"] * 4
    for quantity in reply.quantities:
        if quantity.kind != "duration" or reply.is_used(quantity):
            continue
        start = reply.tokens[quantity.start].start
        end = reply.tokens[quantity.end - 1].end
        if quantity.noun == "every" or (
            quantity.start and reply.tokens[quantity.start - 1].text in ("every", "each")
        ):
            continue
        if (
            max(quantity.low, quantity.high) < MILLISECONDS["h"]
        ):  # "back in 5 minutes" says nothing about weeks
            continue
        reply.use(quantity)
        low, high = min(quantity.low, quantity.high), max(quantity.low, quantity.high)
        if "negated" in quantity.notes:
            reply.doubt("there is a 'not' before the number")
        if quantity.bound == "high" and low >= two:
            if high < four:
                reply.doubt("that is part of the two to four weeks")
            found.append(Said(True, start, end))
        elif quantity.bound == "high" or high < two:
            found.append(Said(False, start, end))
        elif low >= two:
            found.append(Said(True, start, end))
        else:
            reply.doubt("that is part of the two to four weeks")
            found.append(Said(high >= four, start, end))
    negatives = any(
        s.value is False and not _overlaps(s, found) for s in said_about("can_wait", reply.line, asked=True)
    )
    if found and negatives:  # "we cannot wait 3 weeks": the duration is what is denied
        return [s for s in found if s.value is False]
    return found


def _overlaps(said: Said, others: list[Said]) -> bool:
    return any(said.start < other.end and other.start < said.end for other in others)
