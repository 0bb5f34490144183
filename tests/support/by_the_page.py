"""The tree read once more from its description, by brute force: no spans, no cleverness, only values tried out.

A case is a plain dict in the JSON form. :func:`verdict_of` knows what to do with a case of which everything that it
looks at is one known value, and raises :class:`Unknown` otherwise; :func:`reached` then tries values for what was
unknown. Money comes from the ledger itself, at one volume and one number of labels at a time.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import sqrt
from typing import Any

from core.case import read_case
from core.costs.estimate import estimate
from core.policy import policy_on

DAY = datetime.date(2026, 11, 23)
Case = dict[str, Any]

QUESTIONS = (
    "data_may_leave",
    "prompt_examples",
    "quality",
    "misses",
    "reasons",
    "calls_per_month",
    "cheaper_model_enough",
    "can_wait",
    "labelled_examples",
    "per_request_instructions",
)

LEANING = (
    "keep_prompting",
    "prompt_first",
    "collect_examples",
    "redefine_task",
    "add_retrieval",
    "hybrid",
    "fine_tune",
    "self_host",
)

VOLUMES = tuple(
    sorted(
        {round(10 ** (3 + step / 6)) for step in range(43)} | {0, 99_999, 100_000, 1_000_000, 10**11, 10**13}
    )
)
LABELS = (0, 49, 50, 499, 500, 5000, 10**6)


class Unknown(Exception):
    """A question was met whose answer is not one known value."""

    def __init__(self, question: str) -> None:
        self.question = question


def exact(number: Any) -> Fraction:
    return Fraction(str(number))


def one(case: Case, key: str) -> Any:
    value = case.get(key)
    if value is None or (isinstance(value, list) and key != "reasons"):
        raise Unknown(key)
    return value


def quality_ends(case: Case) -> tuple[Fraction, Fraction]:
    """The least and the most that the quality now may be."""
    if case.get("eval_correct") is not None and case.get("eval_total") is not None:
        return wilson(case["eval_correct"], case["eval_total"])
    return ends(case, "quality_now", 0, 1)


def wilson(k: int, n: int) -> tuple[Fraction, Fraction]:
    z, p = 1.959963984540054, k / n
    centre, half = (p + z * z / (2 * n)), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    low, high = (centre - half) / (1 + z * z / n), (centre + half) / (1 + z * z / n)
    return Fraction(0 if k == 0 else low), Fraction(1 if k == n else high)


def ends(case: Case, key: str, lowest: int, highest: int) -> tuple[Fraction, Fraction]:
    value = case.get(key)
    low, high = value if isinstance(value, list) else (value, value)
    return Fraction(lowest) if low is None else exact(low), Fraction(highest) if high is None else exact(high)


def ratio(case: Case) -> Fraction:
    if "ratio" in case:  # a way in which the quality may turn out
        return Fraction(case["ratio"])
    low, high = quality_ends(case)
    target = case.get("quality_target")
    if low != high or target is None or isinstance(target, list):
        raise Unknown("quality")
    return low / exact(target)


def verdict_of(case: Case) -> str:
    """The verdict, read from the table row by row."""
    found = up_to_the_reasons(case)
    return found if isinstance(found, str) else from_the_reasons(found, case)


def up_to_the_reasons(case: Case) -> str | frozenset[str]:
    """Rows 1 to 4: the verdict, or the reasons that are left."""
    if not one(case, "data_may_leave"):
        return "self_host"
    if one(case, "prompt_examples") < 5:
        return "prompt_first"
    share = ratio(case)
    struck: set[str] = set()
    if share >= 1:
        struck = {"quality", "format", "voice"}
    elif share >= Fraction(85, 100):
        misses = one(case, "misses")
        if misses == "facts":
            return "add_retrieval"
        if misses == "disagreement":
            return "redefine_task"
    elif share > Fraction(40, 100):
        misses = one(case, "misses")
        if misses == "facts":
            return "add_retrieval"
        if misses == "disagreement":
            return "redefine_task"
        if misses == "behaviour":
            struck = {"quality"}
    else:
        misses = one(case, "misses")
        if misses == "facts":
            return "add_retrieval"
        if misses != "labels":
            return "redefine_task"
    left = set(one(case, "reasons")) - struck
    now, wanted = case.get("latency_now_ms"), case.get("latency_ms")
    if isinstance(now, int | float) and isinstance(wanted, int | float) and now <= wanted:
        left.discard("latency")
    return frozenset(left) or "keep_prompting"


def from_the_reasons(left: frozenset[str], case: Case) -> str:
    """The rows from 5 on."""
    if left == {"cost"}:
        pays_back, cheaper_costs_less = paying_back(case)
        if not pays_back:
            return "keep_prompting"
        if cheaper_costs_less and one(case, "cheaper_model_enough"):
            return "keep_prompting"
    if not one(case, "can_wait"):
        return "keep_prompting"
    if one(case, "labelled_examples") < 50:
        return "collect_examples"
    return "hybrid" if one(case, "per_request_instructions") else "fine_tune"


def paying_back(case: Case) -> tuple[bool, bool]:
    """Whether a tuned option pays back, and whether the cheaper model then costs less in its first year."""
    calls = one(case, "calls_per_month")
    stated = case.get("assumptions") or {}
    if calls < 100_000 and not {"model", "prompt_tokens", "output_tokens"} <= stated.keys():
        return False, False
    labels = one(case, "labelled_examples")
    reasons = [reason for reason in case["reasons"] if reason in ("cost", "latency")]
    return _paying_back(
        str(calls), str(labels), json.dumps([reasons, stated, case.get("data_may_leave", True)])
    )


@cache
def _paying_back(calls: str, labels: str, rest: str) -> tuple[bool, bool]:
    reasons, stated, leaves = json.loads(rest)
    case = {
        "data_may_leave": leaves,
        "prompt_examples": 9,
        "reasons": reasons,
        "calls_per_month": Decimal(calls),
        "assumptions": stated,
    }
    answers = read_case(case).with_answer(
        "labelled_examples", Decimal(labels)
    )  # the middle of a range is not whole
    ledger = estimate(answers, on=DAY, policy=policy_on(DAY))
    options = {option.option: option for option in ledger.options}
    tuned = [options[name] for name in ("hosted", "self_hosted") if name in options]
    assert all(option.pays_back is not None for option in tuned)
    years = [option.first_year.amount for option in tuned if option.pays_back]
    if not years:
        return False, False
    cheaper = options.get("cheaper_model")
    return True, cheaper is not None and cheaper.first_year.amount < min(years)


TRIED: dict[str, tuple[Any, ...]] = {
    "data_may_leave": (True, "answers_only", False),
    "prompt_examples": (0, 4, 5, 100),
    "misses": ("facts", "behaviour", "labels", "disagreement"),
    "reasons": ([], ["cost"], ["another"]),  # "none, only cost, or another"
    "calls_per_month": VOLUMES,
    "cheaper_model_enough": (True, False),
    "can_wait": (True, False),
    "labelled_examples": LABELS,
    "per_request_instructions": (True, False),
}


@contextmanager
def trying(question: str, more: Iterable[Any]) -> Iterator[None]:
    """More values of a question to try, for windows too narrow for the usual ones."""
    usual = TRIED[question]
    TRIED[question] = (*usual, *more)
    reached_from.cache_clear()
    yield
    TRIED[question] = usual
    reached_from.cache_clear()


def values_of(case: Case, question: str) -> Iterator[Case]:
    """The case with one question answered by one known value, for every value that may matter."""
    if question == "quality":
        yield from ({**case, "ratio": share} for share in ratios(case))
        return
    value = case.get(question)
    if value is not None and (question == "reasons" or not isinstance(value, list)):
        yield case
        return
    low, high = value if isinstance(value, list) else (None, None)
    tried = {repr(v): v for v in (*TRIED[question], *(v for v in (low, high) if v is not None))}
    for candidate in tried.values():
        if (low is None or candidate >= low) and (high is None or candidate <= high):
            yield {**case, question: candidate}


def ratios(case: Case) -> list[Fraction]:
    """Shares of the target that can be reached: the least, the most, and some at and around each threshold."""
    if "ratio" in case:
        return [case["ratio"]]
    (low, high), (least, most) = quality_ends(case), ends(case, "quality_target", 0, 1)
    bottom = low / most
    top = high / least if least else Fraction(10**6 if high else 0)
    marks = [Fraction(mark, 100) for mark in (20, 40, 60, 85, 93, 100)]
    hair = Fraction(1, 10**12)
    wanted = {bottom, top} | {mark + shift for mark in marks for shift in (-hair, 0, hair)}
    return sorted(share for share in wanted if bottom <= share <= top)


def reached(case: Case, met: set[str] | None = None) -> frozenset[str]:
    """Every verdict that some completion gives; the questions met on the way are added to ``met``."""
    met = set() if met is None else met
    try:
        found = up_to_the_reasons(case)
    except Unknown as unknown:
        met.add(unknown.question)
        return union(reached(fuller, met) for fuller in values_of(case, unknown.question))
    if isinstance(found, str):
        return frozenset({found})
    matters = {key: case[key] for key in FROM_THE_REASONS if key in case}
    stated = json.dumps(case.get("assumptions") or {})
    frozen = tuple((key, tuple(v) if isinstance(v, list) else v) for key, v in matters.items())
    verdicts, questions = reached_from(found, frozen, stated)
    met |= questions
    return verdicts


FROM_THE_REASONS = (
    "data_may_leave",
    "reasons",
    "calls_per_month",
    "cheaper_model_enough",
    "can_wait",
    "labelled_examples",
    "per_request_instructions",
)


@cache
def reached_from(
    left: frozenset[str], frozen: tuple[tuple[str, Any], ...], stated: str
) -> tuple[frozenset[str], frozenset[str]]:
    """The verdicts and the questions from row 5 on. Remembered, since many ways lead there."""
    case = {key: list(v) if isinstance(v, tuple) else v for key, v in frozen} | {
        "assumptions": json.loads(stated)
    }
    met: set[str] = set()

    def further(case: Case) -> frozenset[str]:
        try:
            return frozenset({from_the_reasons(left, case)})
        except Unknown as unknown:
            met.add(unknown.question)
            return union(further(fuller) for fuller in values_of(case, unknown.question))

    return further(case), frozenset(met)


def union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)


def was_asked(case: Case, question: str) -> bool:
    if question == "quality":
        now = "quality_now" in case or "eval_correct" in case
        return now and "quality_target" in case
    return question in case


def can_change(case: Case) -> tuple[list[str], list[str]]:
    """The questions on an open path whose answer alone leads to different sets; and those of them not yet asked."""
    met: set[str] = set()
    if len(reached(case, met)) == 1:
        return [], []
    deciding = [
        question
        for question in QUESTIONS
        if question in met and len({reached(fuller) for fuller in values_of(case, question)}) > 1
    ]
    return deciding, [question for question in deciding if not was_asked(case, question)]


def middle(value: list[Any]) -> Any:
    low, high = value
    if low is None or high is None:
        return high if low is None else low
    low, high = Decimal(str(low)), Decimal(str(high))
    return high / 2 if low == 0 else (low * high).sqrt()


def leaning_of(case: Case) -> str:
    ranged = {k: v for k, v in case.items() if isinstance(v, list) and k != "reasons" and "latency" not in k}
    point = {**case, **{key: middle(value) for key, value in ranged.items()}}
    if case.get("eval_correct") is not None and case.get("eval_total") is not None:
        target = point.get("quality_target")
        point.pop("eval_correct"), point.pop("eval_total")
        share = Fraction(case["eval_correct"], case["eval_total"])
        point["quality_now"] = f"{share}"
        if target is not None:
            point["ratio"] = share / exact(target)
    verdicts = reached(point)
    return next(verdict for verdict in LEANING if verdict in verdicts)
