"""How many of how many, told apart: "we checked 120 letters and 96 were correct", "of 80 reports 6 had an error"."""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import itertools

from core.reading.amounts import word_at
from core.reading.quantity import Quantity
from core.reading.reply import Reply

LOOKED_AT = frozenset(
    "counted checked tested looked reviewed evaluated ran sampled tried went compared sample samples set cases examined measured graded scored judged rated took assessed inspected audited validated batch check test look review evaluate run try compare examine measure rate score judge assess inspect audit sent asked gave put fed read".split()
)
RIGHT = frozenset(
    "right correct correctly passed pass passes fine good ok okay accepted accept usable agreed agree agrees matched match approved acceptable perfect like successes successful useful true as clean spotless flawless liked like same identical kept used untouched unchanged content satisfied happy agreeing".split()
)
_WRONG = frozenset(
    "changed corrected edited rewrote fixed redone wrong error errors failed fail fails failure failures mistake mistakes misses missed bad rejected incorrect false off unusable problems problem faulty returned complaints rewritten rewrite redo binned mistake differ differs differed disagree disagreed discarded unusable useless rejected".split()
)
_BETWEEN = frozenset("every each the our all those these a about around last first over some roughly".split())
_NEAR = 5
_MEASURES = frozenset(
    "rate share accuracy score quality level target goal precision recall f1 value minimum maximum".split()
)
"""Of "an error rate of 15" the number is no number of cases."""


def join_k_and_n(reply: Reply) -> None:
    """Make one share of a number of cases and a later number of those that were right, or wrong."""
    free = [q for q in reply.quantities if not reply.is_used(q) and _is_whole(q)]
    shared = any(q.kind == "share" for q in reply.quantities)
    for total, some in itertools.pairwise(free):
        if some.low > total.low or total.low < 2 or not _belongs(reply, total, some, shared=shared):
            continue
        share = Quantity("share", some.low / total.low, some.low / total.low, total.start, some.end)
        share.notes.add("counted")
        share.k_of_n = (int(some.low), int(total.low))
        reply.explain(total.start, some.end)
        reply.explain_words(LOOKED_AT | RIGHT | {"were", "was", "had"})
        at = reply.quantities.index(total)
        reply.quantities[at : reply.quantities.index(some) + 1] = [share]
        return


def _is_whole(quantity: Quantity) -> bool:
    return (
        quantity.kind in ("bare", "count", "other")
        and quantity.low == quantity.high
        and quantity.low == quantity.low.to_integral_value()
        and not quantity.notes & {"broken", "vague", "negative"}
    )


def _belongs(reply: Reply, total: Quantity, some: Quantity, *, shared: bool) -> bool:
    """Whether one is of the other. shared: whether a share stands beside them, so that they must be said to be right or wrong."""
    judged = _says(reply, some, RIGHT | _WRONG)
    picked = [word_at(reply, some.end), word_at(reply, some.end + 1)] in (["of", "them"], ["of", "those"])
    judged = judged or picked
    plain = not shared or total.start <= 1 or word_at(reply, total.start - 2) == "out"
    return (_is_of(reply, total) and (judged or plain)) or (
        judged
        and (_says(reply, total, LOOKED_AT) or _counts_cases(reply, total, some))
        and not _says(reply, total, _WRONG)
    )


def _counts_cases(reply: Reply, total: Quantity, some: Quantity) -> bool:
    """Whether a noun follows the number of cases, and nothing but it lies before the other: "50 dishes, 44 correct"."""
    between = [word_at(reply, at) for at in range(total.end, some.start)]
    joint = [word for word in between if word in _JOINS]
    return (
        0 < len(between) - len(joint) <= _NOUN
        and bool(joint)
        and between[0] not in _JOINS | RIGHT | _WRONG
        and all(word.isalpha() or word in _JOINS for word in between)
        and _NO_CASES.isdisjoint(between)
        and not (total.bound or some.bound)
    )


_NOUN = 3
"""Words of a noun with its adjectives."""
_JOINS = frozenset(", ; : - . and of which were was is are".split())
_NO_CASES = frozenset(
    "percent target goal need needs want wants must should would now today points weeks days people colleagues".split()
)


def _is_of(reply: Reply, total: Quantity) -> bool:
    """Whether "of" or "out of" stands before the number of cases."""
    if "from" in total.notes and word_at(reply, total.start - 1) in ("", "now", "today"):
        return True
    at = total.start - 1
    while at > 0 and word_at(reply, at) in _BETWEEN:
        at -= 1
    if word_at(reply, at - 1) in _MEASURES:
        return False
    return word_at(reply, at) == "of" or (
        word_at(reply, at) in ("in", "among", "from")
        and word_at(reply, at - 1) in ("", "now", "today", ",", ".")
    )


def _says(reply: Reply, quantity: Quantity, words: frozenset[str]) -> bool:
    """Whether one of the words stands in the clause of a number, close to it."""
    for steps in (
        range(quantity.start, quantity.start - _NEAR, -1),
        range(
            quantity.start,
            quantity.end + _NEAR + 3 * (word_at(reply, quantity.end) in ("was", "were", "are", "is")),
        ),
    ):
        for at in steps:
            word = word_at(reply, at)
            if word in words:
                return True
            if word in (",", ".", ";", ":", "(", ")") or (at >= quantity.end and word in ("and", "but")):
                break
    return False
