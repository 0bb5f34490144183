"""Words that change what is said in their own clause, where they stand in another one than the number that was asked for."""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from collections.abc import Mapping

from core.facts import THINGS
from core.reading.introductions import LOADED
from core.reading.quantity import Quantity
from core.reading.reply import Reply
from core.reading.several import words_around

NUMBERS: Mapping[str, tuple[str, ...]] = {
    "calls_per_month": ("calls_per_month",),
    **{key: (key,) for key in THINGS},
    "quality": ("quality_now", "quality_target"),
}
"""The questions for a number, with the keys that it fills."""
_ENDS = frozenset(", . ; : ! ? ( ) - but and because so since as while".split())
_FEWEST = 3
"""Words of a clause that says something of its own; fewer only add to the one beside it: ", planned"."""
_REFERS = frozenset(
    "them those these they it that this which of half most part calls requests messages examples example reviewed checked labelled verified prompt right wrong correct".split()
)
"""Words by which a later clause may speak of the number before it, or of what it counts."""
_NOW = frozenset("now currently today presently nowadays rn".split())
"""Words with a number, beside which what is told of later or of before is another matter."""
_NOT_KNOWN = frozenset("know known sure certain idea clue say tell".split())
_OF_ITS_OWN = frozenset(
    """
    limit limits refuse refuses reject rejects afterwards not no never none nothing nobody neither without some many few several other others another same equal similar different
    retry retries failed failure failures fit stop stops stopped second first best worst back cover covers covered
    allow allows allowed wrong weekend weekends holiday holidays season summer winter spring autumn busy quiet slow phone
    approved approval generated quoted paper papers blog members sold bought licence
    """.split()
)
"""Words that turn or bound what is said beside them, and nothing in another clause. Words of time and growth are not among them."""


def explain_other_clauses(reply: Reply) -> None:
    """Mark such words as understood in clauses that hold no number and do not speak of one."""
    keys = NUMBERS.get(reply.asked or "")
    if keys is None or reply.mode != "answer" or not reply.values or set(reply.values) - set(keys):
        return
    used = [q for q in reply.quantities if reply.is_used(q)]
    if not used:
        return
    said_now = any(tells_now(reply, quantity) for quantity in used)
    first = min(quantity.start for quantity in used)
    for start, end in _clauses(reply):
        words = [reply.tokens[at].text for at in range(start, end)]
        if any(q.start < end and q.end > start for q in reply.quantities) or len(words) < _FEWEST:
            continue
        if not _NOT_KNOWN.isdisjoint(words) or (
            start > first and not said_now and not _REFERS.isdisjoint(words)
        ):
            continue
        own = LOADED if said_now else _OF_ITS_OWN
        for at in range(start, end):
            if reply.tokens[at].text in own:
                reply.explain(at, at + 1)


def tells_now(reply: Reply, quantity: Quantity) -> bool:
    """Whether the clause of a number says that it is so today."""
    return bool(words_around(reply, quantity) & _NOW)


def _clauses(reply: Reply) -> list[tuple[int, int]]:
    """The clauses as spans of tokens, without what stands between them."""
    found, start = [], 0
    for at, token in enumerate(reply.tokens):
        if token.text in _ENDS:
            found.append((start, at))
            start = at + 1
    found.append((start, len(reply.tokens)))
    return [(begin, end) for begin, end in found if end > begin]
