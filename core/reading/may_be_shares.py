"""What a doubtful reply about quality may be: k of n as two numbers may tell it, shares as now and as the target."""
# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import itertools
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from core.reading.k_and_n import LOOKED_AT
from core.reading.quantity import Quantity
from core.reading.reply import Reply, json_number
from core.reading.several import words_around
from core.reading.shares import FLIPS

COUNTING = ("bare", "count", "calls", "other")
"""Kinds of quantities that may count something."""
Values = dict[str, Any]
_SUFFICES = frozenset(["fine", "enough", "ok", "okay", "good", "satisfied", "happy", "needed", "suffices"])


def shares_meant(own: Values, reply: Reply, quantities: list[Quantity]) -> Iterator[Values]:
    """The ways in which shares may be meant, the likeliest first. own: what was read already."""
    yield from _counted_and_allowed(own, reply, quantities)
    plain = [q for q in quantities if q.kind == "share" or q.high > _SMALL] or quantities
    found = [share for q in plain if (share := _as_share(q)) is not None]
    found = [share for at, share in enumerate(found) if share not in found[:at]]
    if len(found) == 2 and max(found) <= 1 / 2 and FLIPS & reply.words():
        yield {"quality_now": _rest(max(found)), "quality_target": _rest(min(found))}
    yield from _completed(own, reply, quantities)
    ways = list(_counted_ways(reply, quantities))
    yield from ({**counted, "quality_target": rest[0]} for counted, rest in ways if len(rest) == 1)
    if ways and len(ways[0][1]) != 1:
        yield from (counted for counted, _ in ways)
    for one, other in itertools.combinations(found, 2):
        yield {"quality_now": min(one, other), "quality_target": max(one, other)}
    if len(found) == 2:
        yield {"quality_now": max(found), "quality_target": min(found)}
    if len(found) == 1 and reply.words() & (_SUFFICES | {"all"}):
        yield {"quality_now": found[0], "quality_target": found[0]}
    for share in found:
        yield {"quality_now": share}
        yield {"quality_target": share}


def _rest(share: float) -> int | float:
    return json_number(1 - Decimal(str(share)), 4)


def _counted_and_allowed(own: Values, reply: Reply, quantities: list[Quantity]) -> Iterator[Values]:
    """Of "of 250 sampled 31 were sent back, 10 would be ok" both in cases; fewer that are allowed than there are were wrong."""
    counted = sorted((q for q in quantities if q.k_of_n is not None), key=lambda q: q.high)
    if len(counted) == 2 and "proportion" not in counted[0].notes and counted[0].high < counted[1].high:
        k, n = counted[0].k_of_n or (0, 1)
        yield {**_evaluation(k, n), "quality_target": json_number(counted[1].high, 4)}
    for way, _ in _counted_ways(reply, quantities):
        k, n = way["eval_correct"], way["eval_total"]
        if own.get("eval_total", n) != n:
            continue
        rest = [q for q in quantities if q.kind == "bare" and q.low == q.high == q.high.to_integral_value()]
        rest = [q for q in rest if 0 < q.high <= n and q.high not in (k, n - k)]
        cases = next((q for q in rest if q.high == n and not counted), None)
        rest = [q for q in rest if q is not cases]
        if len(rest) != 1 or any(q.kind == "share" and q.k_of_n is None for q in quantities) or n == 100:
            continue
        allowed, wrong = int(rest[0].high), min(k, n - k)
        if allowed < wrong:
            yield {**_evaluation(n - wrong, n), "quality_target": json_number(Decimal(n - allowed) / n, 4)}
        elif allowed > k:
            yield {**way, "quality_target": json_number(Decimal(allowed) / n, 4)}


def _completed(own: Values, reply: Reply, quantities: list[Quantity]) -> Iterator[Values]:
    """What was read, with what it lacks: how many may be wrong as how many must be right, the other side from the rest."""
    if (
        "eval_total" in own
        and 2 * own["eval_correct"] < own["eval_total"]
        and own.get("quality_target", 1) > 1 / 2
    ):
        yield {**own, "eval_correct": own["eval_total"] - own["eval_correct"]}
    target = own.get("quality_target")
    if isinstance(target, int | float) and 0 < target < _MAY_BE_WRONG:
        right = json_number(1 - Decimal(str(target)), 4)
        if "eval_total" in own and 2 * own["eval_correct"] < own["eval_total"]:
            yield {**own, "quality_target": right, "eval_correct": own["eval_total"] - own["eval_correct"]}
        yield {**own, "quality_target": right}
    open_end = isinstance(own.get("quality_now"), list) and None in own["quality_now"]
    if ("quality_now" in own and not open_end) or "eval_total" in own or not isinstance(target, int | float):
        return
    for way, rest in _counted_ways(reply, quantities):
        if rest:
            yield {**way, "quality_target": target if target in rest else rest[-1]}
    shares = [
        share
        for q in quantities
        if (q.kind == "share" or q.high > _SMALL) and (share := _as_share(q)) is not None
    ]
    for share in reversed(shares):
        if share != target:
            yield {"quality_now": min(share, target), "quality_target": max(share, target)}


_MAY_BE_WRONG = 0.3


def _counted_ways(reply: Reply, quantities: list[Quantity]) -> Iterator[tuple[Values, list[int | float]]]:
    """Right answers of cases as two numbers side by side may tell them, each with the other shares of the text."""
    for quantity in quantities:
        if quantity.k_of_n is not None and "proportion" not in quantity.notes:
            k, n = quantity.k_of_n
            yield _evaluation(k, n), _others(quantities, quantity)
            if 2 * k < n:
                yield _evaluation(n - k, n), _others(quantities, quantity)
    if any(quantity.k_of_n is not None for quantity in quantities):
        return
    for one, other in itertools.pairwise(quantities):
        some, total = sorted((one, other), key=lambda q: q.high)
        whole = all(
            q.low == q.high == q.high.to_integral_value() and q.kind in COUNTING for q in (one, other)
        )
        if whole and some.high < total.high > 1 and (total.high > 100 or _looked_at(reply, one, other)):
            right = total.high - some.high if FLIPS & words_around(reply, some) else some.high
            yield _evaluation(int(right), int(total.high)), _others(quantities, one, other)


_OF_CASES = LOOKED_AT | {"of", "from", "on", "per", "every", "each", "out"}


def _looked_at(reply: Reply, *told: Quantity) -> bool:
    """Whether the words by two numbers say that so many were looked at, or that one is of the other."""
    return any(words_around(reply, quantity) & _OF_CASES for quantity in told)


def _evaluation(right: int, cases: int) -> Values:
    return {"eval_correct": right, "eval_total": cases}


def _others(quantities: list[Quantity], *told: Quantity) -> list[int | float]:
    rest = [_as_share(q) for q in quantities if not any(q is one for one in told)]
    return [share for share in rest if share is not None]


_SMALL = 10
"""Percent; beside larger ones a bare number below it is no share of right answers."""


def make_tenths(quantities: list[Quantity]) -> None:
    """Beside "seven in ten" the nine and a half of "it should be nine and a half" is one of ten as well, in place."""
    if not any(q.k_of_n is not None and q.k_of_n[1] == _SMALL for q in quantities):
        return
    for quantity in quantities:
        if quantity.kind == "bare" and 1 < quantity.high <= _SMALL:
            quantity.times(Decimal(1) / _SMALL)
            quantity.kind = "share"


def _as_share(quantity: Quantity) -> int | float | None:
    if quantity.kind not in ("share", "bare") or quantity.low != quantity.high:
        return None
    value = quantity.low if quantity.kind == "share" or quantity.low <= 1 else quantity.low / 100
    return json_number(value, 4) if 0 < value <= 1 else None
