"""A case: the JSON form of answers, as the command line takes it and as the log keeps it.

A key that is absent was not asked; ``null`` means "not sure"; a number may be a range ``[low, high]`` in which one end
may be null. Whatever cannot be true is refused with the key, the value and what was expected.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

from core.answers import NOT_SURE, Answer, Answers, AssumptionValue, Between, CaseError, Given, Missing
from core.fact import LONGEST_NAME, Fact
from core.facts import ANSWERS, ASSUMPTIONS

CASE_KEYS = ("task", *ANSWERS, "assumptions")

SMALLEST = Decimal(10) ** -15
"""No number but 0 below this is believed: exact arithmetic with thousands of decimals takes minutes."""


def read_case(case: Mapping[str, Any]) -> Answers:
    """Answers from a case. Raises :class:`CaseError` for an unknown key, a wrong type, or an impossible value."""
    task = case.get("task", "")
    if not isinstance(task, str):
        raise CaseError("task", task, "text")
    given: dict[str, Given | Missing] = {}
    for key, value in case.items():
        if key not in CASE_KEYS:
            raise CaseError(key, value, f"a known key; the keys are {', '.join(CASE_KEYS)}")
        if key not in ("task", "assumptions"):
            given[key] = read_answer(key, value)
    _check_evaluation(given)
    return Answers(
        task, MappingProxyType(given), MappingProxyType(_read_assumptions(case.get("assumptions")))
    )


def read_answer(key: str, value: Any) -> Given | Missing:
    """One answer from its JSON form; ``None`` is "not sure". Raises :class:`CaseError`."""
    if value is None:
        return NOT_SURE
    fact = ANSWERS.get(key)
    if fact is None:
        raise CaseError(key, value, f"an answer; the questions' keys are {', '.join(ANSWERS)}")
    match fact.kind:
        case "yes or no":
            fits = isinstance(value, bool)
        case "choice":
            fits = isinstance(value, bool | str) and value in fact.choices
        case "choices":
            fits = isinstance(value, list) and all(isinstance(v, str) and v in fact.choices for v in value)
        case _:
            return _read_number(fact, value)
    if not fits:
        raise CaseError(key, value, fact.expected)
    chosen: bool | str | frozenset[str] = frozenset(value) if isinstance(value, list) else value
    return chosen


def check_assumption(key: str, value: Any) -> AssumptionValue:
    """One stated assumption, as the ledger takes it: a decimal, or a name.

    Raises :class:`CaseError` naming ``assumptions.<key>``, the value and what was expected.
    """
    fact = ASSUMPTIONS.get(key)
    if fact is None:
        raise CaseError(f"assumptions.{key}", value, f"a known assumption; they are {', '.join(ASSUMPTIONS)}")
    found = _name(fact, value) if fact.is_named else to_decimal(value)
    if found is None or (isinstance(found, Decimal) and not fact.fits(found)):
        raise CaseError(f"assumptions.{key}", value, fact.expected)
    return found


_NAMES = {"model": r"[^\s:]+:\S+", "name": r"\S(.*\S)?", "size": r"\d+(\.\d+)?[BbMm]"}


def _name(fact: Fact, value: Any) -> str | None:
    text = value.strip() if isinstance(value, str) else ""
    if len(text) > LONGEST_NAME or not text.isprintable() or not re.fullmatch(_NAMES[fact.kind], text):
        return None
    return text.upper() if fact.kind == "size" else text


def write_answer(answer: Answer) -> Any:
    """The JSON form of one answer, as :func:`read_answer` takes it."""
    if isinstance(answer, Between):
        return [plain(answer.low), plain(answer.high)]
    if isinstance(answer, Decimal):
        return plain(answer)
    if isinstance(answer, frozenset):
        return [reason for reason in ANSWERS["reasons"].choices if reason in answer]
    return None if isinstance(answer, Missing) else answer


def write_case(answers: Answers) -> dict[str, Any]:
    """The case of these answers: ``read_case(write_case(a)) == a``."""
    case: dict[str, Any] = {"task": answers.task} if answers.task else {}
    case |= {key: write_answer(answers.given[key]) for key in CASE_KEYS if key in answers.given}
    if answers.assumptions:
        case["assumptions"] = {
            key: plain(value) if isinstance(value, Decimal) else value
            for key, value in answers.assumptions.items()
        }
    return case


def _read_assumptions(value: Any) -> dict[str, AssumptionValue]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise CaseError("assumptions", value, "a mapping of assumptions to their values")
    return {key: check_assumption(key, stated) for key, stated in value.items() if stated is not None}


def _read_number(fact: Fact, value: Any) -> Decimal | Between | Missing:
    if not isinstance(value, list):
        return _one_number(fact, value)
    if fact.single:
        raise CaseError(fact.key, value, "a whole number, not a range")
    if len(value) != 2:
        raise CaseError(fact.key, value, "a number or a range [low, high]")
    low, high = (None if end is None else _one_number(fact, end) for end in value)
    if low is None and high is None:
        return NOT_SURE
    if low is not None and high is not None and low > high:
        raise CaseError(fact.key, value, "a range with its lower end first")
    return low if low is not None and low == high else Between(low, high)


def _one_number(fact: Fact, value: Any) -> Decimal:
    number = to_decimal(value)
    if number is not None and fact.kind != "share" and number > fact.high:
        raise CaseError(fact.key, value, f"believable: at most {fact.high:.0e}")
    if number is None or not fact.fits(number):
        raise CaseError(fact.key, value, fact.expected)
    if 0 < number < SMALLEST:
        raise CaseError(fact.key, value, f"believable: at least {SMALLEST:.0e}, or 0")
    return number or Decimal(0)


def to_decimal(value: Any) -> Decimal | None:
    """A JSON number as the decimal that was typed; ``None`` for anything that is no finite number (or is a bool)."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    try:
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def plain(number: Decimal | None) -> int | float | None:
    """A number as JSON holds it: a whole one without a point."""
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def _check_evaluation(given: Mapping[str, Answer]) -> None:
    correct, total = given.get("eval_correct"), given.get("eval_total")
    if (correct is None) != (total is None):
        missing, there = ("eval_total", "eval_correct") if total is None else ("eval_correct", "eval_total")
        raise CaseError(missing, None, f"a whole number; an evaluation needs it beside {there}")
    if total == 0:
        raise CaseError("eval_total", 0, "a whole number of 1 or more")
    if isinstance(correct, Decimal) and isinstance(total, Decimal) and correct > total:
        raise CaseError("eval_correct", int(correct), f"at most eval_total, which is {int(total)}")
