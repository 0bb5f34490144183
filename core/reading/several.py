"""Which of several numbers is meant: the present one, not an earlier or a later one; the total, not its parts."""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from decimal import Decimal

from core.reading.amounts import word_at
from core.reading.quantity import Quantity
from core.reading.reply import Reply
from core.reading.rule import Rule
from core.reading.units import A_MONTH

_EARLIER = frozenset(
    "was were had used earlier before previously initially originally formerly ago first started began yesterday last past then back once".split()
)
_NOW = frozenset(
    "now currently today nowadays presently meanwhile these recently this present closer".split()
)
_LATER = frozenset(
    "expect expects expected expecting plan plans planned planning will next soon later hope hopes forecast eventually growing grow become becomes add adds adding more extra".split()
)
_TOTAL = frozenset(
    "all total altogether together overall sum combined totals totalling so makes make equals = comes i hence therefore say".split()
)
_FEW = 10
"""Sums of smaller numbers come about by chance: "1, 2, 3"."""
_SPLITS = frozenset((",", ".", ";", ":", "but", "and", "(", ")", "!", "-", "so"))
REVIEWED = frozenset(
    "reviewed checked verified annotated labelled approved graded corrected signed confirmed validated revised commented comments inspected double proofread vetted approves accepted tagged confirmed marked rated scored coded translated audited sorted correction corrections evaluated assessed signs edits edited rewrote rewritten passed proofed polished reworked judged improved proofread listened okayed booked entered typed marks grades seen read ruled decided assigned classified compared filled validated keyed routed picked transcribed stickered".split()
)
"""Words that say that somebody looked at something and judged it."""


def settle_several(
    reply: Reply, candidates: Sequence[Quantity], of: Callable[[Quantity], Decimal] | None = None
) -> tuple[list[Quantity], str | None]:
    """The candidates without those that are set aside for another, and why to ask whether that is right.

    ``None``: there is no doubt. of: what a candidate is worth, in the same unit for all of them.
    """
    worth = of or (lambda quantity: quantity.high)
    left = _without(reply, candidates, _in_time(reply, candidates))
    if len(left) > 1 and (total := _total(reply, left, worth)) is not None:
        left, why = [total[0]], total[1]
        _set_aside(reply, candidates, left)
        return left, why
    if len(left) == 1 and len(candidates) > 1:
        why = _may_be_the_last(reply, candidates, left[0])
        _set_aside(reply, candidates, left)
        return left, why
    return list(candidates), None


def _may_be_the_last(reply: Reply, candidates: Sequence[Quantity], kept: Quantity) -> str | None:
    """Why to ask whether the number kept still holds: of "four, later six" the six may be what it is now."""
    others = [words_around(reply, q) for q in candidates if q is not kept]
    last = any("later" in words and not words & _PLANNED for words in others)
    return "there are two numbers in it" if last and not words_around(reply, kept) & _NOW else None


_PLANNED = frozenset("will expect expected plan plan planned next hope hopes maybe should would".split())


def a_month(quantity: Quantity) -> Decimal:
    """What a number of calls is worth in a month; the upper end of a range."""
    return quantity.high * Decimal(A_MONTH.get(quantity.period or "month", 1))


def _in_time(reply: Reply, candidates: Sequence[Quantity]) -> list[str]:
    """Whether each is said of the present, of before, or of later."""
    found: list[str] = []
    for quantity in candidates:
        words = words_around(reply, quantity)
        first = _first_of(reply, quantity)
        if words & _NOW and first not in _EARLIER:
            found.append("now")
        elif words & _LATER:
            found.append("later")
        elif words & _EARLIER:
            found.append("earlier")
        else:
            found.append("")
    return found


def _first_of(reply: Reply, quantity: Quantity) -> str:
    """The nearest word before a number that says when."""
    for at in range(quantity.start - 1, max(quantity.start - 5, -1), -1):
        word = word_at(reply, at)
        if word in _SPLITS:
            return ""
        if word in _EARLIER or word in _NOW:
            return word
    return ""


def words_around(reply: Reply, quantity: Quantity) -> set[str]:
    """The words of its clause, up to the numbers beside it."""
    others = [q for q in reply.quantities if q is not quantity]
    start = max([q.end for q in others if q.end <= quantity.start], default=0)
    end = min([q.start for q in others if q.start >= quantity.end], default=len(reply.tokens))
    for at in range(quantity.start - 1, start - 1, -1):
        if word_at(reply, at) in _SPLITS:
            start = at
            break
    for at in range(quantity.end, end):
        if word_at(reply, at) in _SPLITS:
            end = at
            break
    return {word_at(reply, at) for at in (*range(start, quantity.start), *range(quantity.end, end))}


def _without(reply: Reply, candidates: Sequence[Quantity], when: Sequence[str]) -> list[Quantity]:
    if "now" in when:
        return [q for q, said in zip(candidates, when, strict=True) if said == "now"]
    rest = [q for q, said in zip(candidates, when, strict=True) if not said]
    return rest if rest and len(rest) < len(candidates) else list(candidates)


def _total(
    reply: Reply, left: Sequence[Quantity], worth: Callable[[Quantity], Decimal]
) -> tuple[Quantity, str | None] | None:
    """The one that sums the others up, in numbers or in words; with why that is doubtful, if it is."""
    values = [worth(q) for q in left]
    for at, quantity in enumerate(left):
        others = values[:at] + values[at + 1 :]
        if values[at] < _FEW:
            continue
        if (len(others) > 1 and _close(values[at], sum(others, Decimal(0)))) or (
            len(others) == 2 and _close(values[at], others[0] * others[1])
        ):
            return quantity, None
        if all(_close(values[at], other) for other in others) and len({q.period for q in left}) > 1:
            return next((q for q in left if q.period == "month"), quantity), None
    said = [
        q
        for q in left
        if words_around(reply, q) & _TOTAL or word_at(reply, q.end) in ("altogether", "together")
    ]
    if len(said) == 1 and worth(said[0]) >= max(values):
        plain = len(left) > 2 or _is_called_the_total(reply, said[0])
        return said[0], None if plain else "there are two numbers in it"
    return None


def _is_called_the_total(reply: Reply, quantity: Quantity) -> bool:
    after = [word_at(reply, at) for at in range(quantity.end, quantity.end + 4)]
    return any(pair in (("in", "total"), ("in", "all")) for pair in itertools.pairwise(after)) or not {
        *after
    }.isdisjoint(("altogether", "overall"))


def _close(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= Decimal("0.03") * max(one, other)


def _set_aside(reply: Reply, candidates: Sequence[Quantity], kept: Sequence[Quantity]) -> None:
    """What is said of the others is understood, and fills nothing."""
    for quantity in candidates:
        if not any(quantity is one for one in kept):
            reply.use(quantity)
    reply.explain_words(_EARLIER | _NOW | _LATER | _TOTAL | {"but", "used", "year", "month"})


_GONE_OVER = Rule(
    r"(?<!not )(?<!never )(?<!nobody )(?<![^ ])(?:went|gone|go|goes|going|been) (?:over|through)|(?<!not )(?<!nobody )(?<!never )looked at|by hand|cross - checked|signed off"
)


def speaks_of_review(reply: Reply) -> bool:
    """Whether a reply says anywhere, and does not deny, that somebody reviewed what it counts."""
    if _GONE_OVER.search(reply.line):
        return True
    words = [token.text for token in reply.tokens]
    at = next((at for at, word in enumerate(words) if word in REVIEWED), -1)
    return at >= 0 and {*words[max(0, at - 4) : at]}.isdisjoint(("not", "never", "nobody", "none", "un"))


def is_of_the_reviewed(reply: Reply, quantity: Quantity) -> bool:
    """Whether the clause of a number says that somebody reviewed what it counts."""
    return bool(words_around(reply, quantity) & REVIEWED)
