"""What an evaluation says, how many more cases would settle it, and what they would cost."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from bot.views.costs import Ledger
from bot.views.flips import Found
from core.answers import Answers
from core.facts import ASSUMPTIONS, MINUTES_PER_LABEL
from core.inputs import exact
from core.wording import count, counted, money, percent

FIRST_CASES = 100
"""So many cases pin a quality down to about 10 points either way, wherever it is: half of them leave 14."""


def evaluation_line(found: Found, answers: Answers, *, cost: bool = False) -> str:
    """40 of 50 is 80% [67%, 89%], against a target of 85%. Measure about 146 more first. "" without an evaluation.

    ``cost``: whether to say what those cost, where no plan does.
    """
    correct, total = (answers.number(key) for key in ("eval_correct", "eval_total"))
    quality = found.get("quality")
    if correct is None or not total or not quality:
        return ""
    low, high = (f"{100 * quality[end]:.0f}%" for end in ("low", "high"))
    target = answers.number("quality_target")
    aim = f", against a target of {percent(target)}" if target is not None else ""
    said = f"{count(correct)} of {count(total)} is {percent(quality['point'])} [{low}, {high}]{aim}."
    return f"{said} {_settled(found, quality, cost=cost)}".strip()


def _settled(found: Found, quality: Mapping[str, Any], *, cost: bool) -> str:
    more = quality.get("more_needed")
    if more:
        costs = f": {cost_of_cases(int(more), found.get('ledger') or {})}" if cost else ""
        return f"Measure about {int(more):,} more first{costs}. The brackets hold what the true rate may be."
    if more == 0:
        return "That is enough: the verdict is the same anywhere in the brackets."
    if "quality" in (found.get("deciding") or ()):
        return "No number of further cases at this rate would settle it."
    return ""


def cost_of_cases(number: int, ledger: Ledger) -> str:
    """What it costs to review so many cases: "at $4 each about $584, or about 6 hours at 2.5 minutes each"."""
    told = (ledger.get("assumptions") or {}).get("price_per_label") or {}
    price = Decimal(str(told.get("value", ASSUMPTIONS["price_per_label"].fixed)))
    said = f"at {exact('price_per_label', price)} each about {money(number * price)}"
    if told.get("default") is False:
        return said  # the team has its own way to label, and its own pace
    return f"{said}, or about {_time(number * MINUTES_PER_LABEL)} at {MINUTES_PER_LABEL} minutes each"


def _time(minutes: Decimal) -> str:
    hours = (minutes / 60).quantize(Decimal(1), ROUND_HALF_UP)
    return (
        counted(hours, "hours") if hours else counted(minutes.quantize(Decimal(1), ROUND_HALF_UP), "minutes")
    )
