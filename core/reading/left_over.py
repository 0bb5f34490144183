"""A second look at a number that nobody would be asked about: another one beside it that it does not account for.

Rules take the number that stands where an answer stands; what is left over is mostly a detail ("signed off by two
clerks"), but not where it is the larger one ("for four operas, in sum 6,400 lines").
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from core.facts import THINGS
from core.reading.k_and_n import LOOKED_AT
from core.reading.may_be_shares import COUNTING
from core.reading.outcome import Reading
from core.reading.quantities import quantities_of
from core.reading.quantity import Quantity
from core.reading.reply import Reply
from core.reading.rule import Rule
from core.reading.units import A_MONTH

ANOTHER_NUMBER = "I am not sure: there is another number in it."
ANOTHER_COUNT = "I am not sure: you tell another number of reasons than I read."
_COUNTED = ("calls_per_month", *THINGS)
_NARROWED = frozenset("only but actually really just reviewed".split())  # noqa: SIM905
"""Words beside which the smaller of two numbers is meant."""
_YEARS = range(1900, 2101)
_FEW = 12
"""Up to so many are people, pages or rounds rather than what was asked for."""
_CLOSE = 0.02
LOWEST_TARGET = 0.5
"""Nobody wishes for less: a target under it was misread, or is the share of errors."""


_PERCENT = frozenset(("%", "percent", "pct", "per cent"))


def looked_over(reading: Reading, question: str | None, reply: Reply) -> Reading:
    """The reading to be confirmed, where a number of the reply may be the answer in place of what was read."""
    if reading.doubtful or reading.intent != "answer" or not reading.values or reading.assumed:
        return reading
    if question in _COUNTED:
        is_open = _answers_another(reading, question, reply) or _leaves_more(reading, question, reply)
    elif question == "reasons":
        is_open = _tells_another_number(reading.values, reply.line)
    else:
        is_open = question == "quality" and _leaves_k_of_n(reading.values, reply)
    because = ANOTHER_COUNT if question == "reasons" else ANOTHER_NUMBER
    return replace(reading, doubtful=True, because=because) if is_open else reading


_SO_MANY = Rule(
    r"(?<![^ ])(two|three|four|2|3|4) (?:things|reasons|points|goals|aims|wishes|motives)(?= ?[,:.;-])"
    r"|^(?:both|(two|three|four))(?= ?[,:.;-])"
)
_HOW_MANY = {"two": 2, "2": 2, "three": 3, "3": 3, "four": 4, "4": 4}


def _tells_another_number(values: Mapping[str, Any], line: str) -> bool:
    """Whether somebody says how many reasons there are, and not so many were read: "three things: ..."."""
    told = _SO_MANY.search(line)
    count = _HOW_MANY.get(told[1] or told[2] or "two", 2) if told else 0
    return bool(count) and len(values.get("reasons", ())) != count


def _answers_another(reading: Reading, question: str, reply: Reply) -> bool:
    """Whether a count without a period was taken for calls, though it was not asked for these."""
    periods = any(quantity.period for quantity in reply.quantities)
    return question not in reading.values and "calls_per_month" in reading.values and not periods


def _leaves_k_of_n(values: Mapping[str, Any], reply: Reply) -> bool:
    """Whether two counts are left where only a goal was read, or the goal is lower than anybody sets one."""
    free = [q for q in reply.quantities if q.kind in COUNTING and not reply.is_used(q)]
    goal = values.get("quality_target")
    low = isinstance(goal, int | float) and goal < LOWEST_TARGET and reply.words().isdisjoint(_PERCENT)
    if (
        low
        or ("quality_now" not in values and len(free) > 1)
        or (_is_above(values.get("quality_now"), goal) and not _says_which(reply))
    ):
        return True
    if "eval_total" not in values and free and LOOKED_AT & reply.words():
        return True  # "I went through fifty and it got thirty-eight"
    return goal is None and any(_GOAL <= q.high <= 100 for q in free)


def _says_which(reply: Reply) -> bool:
    """Whether a goal is named as one: "490 of 500, we need 80%"."""
    words = reply.words()
    return {"now", "target"} <= words or bool(_IS_GOAL & words and LOOKED_AT.isdisjoint(words))


def _is_above(now: Any, goal: Any) -> bool:
    """Whether it is better by far than anybody needs it, so that the two may be swapped."""
    return isinstance(now, int | float) and isinstance(goal, int | float) and now > goal + _SWAPPED


_SWAPPED = 0.03
_IS_GOAL = frozenset("need needs target required goal".split())  # noqa: SIM905
_GOAL = 60
"""Percent; from which on a number that is left may be what is needed."""


def _leaves_more(reading: Reading, question: str, reply: Reply) -> bool:
    """Whether a larger count is left, which nothing sets aside and the answer was not worked out from."""
    value = reading.values.get(question)
    given = [one for one in _plain(value) if one]
    is_bound = isinstance(value, list) and len(given) < len(value)
    if not given or _NARROWED & reply.words() or len(reading.values) > 1:
        return False
    every = quantities_of(reply.tokens, question)
    counts = [q for q in every if _may_answer(q, question)]
    worked_out = set(_used_in(given, counts))
    least = 0 if is_bound else given[0] * (1 - _CLOSE)
    if question == "calls_per_month" and any(float(counts[at].low) > _FEW for at in worked_out):
        return (
            False  # it has a period of its own, and what is left are the people or things that it comes from
        )
    return any(
        at not in worked_out and float(q.high) > least and q.high > _FEW for at, q in enumerate(counts)
    )


def _may_answer(quantity: Quantity, question: str) -> bool:
    """Whether a number counts something that may have been asked for."""
    is_year = quantity.kind == "bare" and quantity.high in _YEARS
    is_rate = bool(quantity.period) and question != "calls_per_month"
    return quantity.kind in COUNTING and not is_year and not is_rate


def _plain(value: Any) -> list[float]:
    values = value if isinstance(value, list) else [value]
    return [float(one) for one in values if isinstance(one, int | float) and not isinstance(one, bool)]


def _used_in(given: list[float], counts: list[Quantity]) -> Iterator[int]:
    """Which of the counts the answer is, in whatever period, or is the product or the sum of."""
    months = [float(factor) for factor in A_MONTH.values()]

    def is_given(*ways: Decimal) -> bool:
        return any(_alike(float(way) * month, value) for way in ways for month in months for value in given)

    for at, one in enumerate(counts):
        if is_given(one.low, one.high):
            yield at
    for (at, one), (to, other) in itertools.combinations(enumerate(counts), 2):
        if is_given(one.high * other.high, one.high + other.high):
            yield from (at, to)


def _alike(one: float, other: float) -> bool:
    return abs(one - other) <= max(_CLOSE * abs(other), 1)
