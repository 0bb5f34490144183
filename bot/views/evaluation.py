"""What an evaluation says, how many more cases would settle it, and what they would cost."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from core.answers import Answers
from core.facts import ASSUMPTIONS, MINUTES_PER_LABEL
from core.inputs import exact
from core.told import Ledger, Told
from core.wording import count, counted, money, percent

FIRST_CASES = 100
"""So many cases pin a quality down to about 10 points either way, wherever it is: half of them leave 14."""


def evaluation_line(found: Told, answers: Answers, *, cost: bool = False) -> str:
    """40 of 50 were right, 80%; the true rate may be 67% to 89%. The target is 85%. "" without an evaluation.

    ``cost``: whether to say what those cost, where no plan does.
    """
    correct, total = (answers.number(key) for key in ("eval_correct", "eval_total"))
    quality = found.quality
    if correct is None or not total or not quality:
        return ""
    low, high = (f"{100 * end:.0f}%" for end in (quality.low, quality.high))
    target = answers.number("quality_target")
    aim = f" The target is {percent(target)}." if target is not None else ""
    rate = f"{percent(correct / total)}; the true rate may be {low} to {high}"
    were = "was" if correct == 1 else "were"
    said = f"{count(correct)} of {count(total)} {were} right, {rate}.{aim}"
    return f"{said} {_settled(found, cost=cost)}".strip()


def _settled(found: Told, *, cost: bool) -> str:
    more = found.more_needed
    if more:
        costs = f": {cost_of_cases(more, found.ledger)}" if cost else ""
        return f"Measure {more:,} more first{costs}."
    if more == 0:
        return "That is enough: the verdict is the same anywhere between them."
    if "quality" in found.deciding:
        return "No number of further cases at this rate would settle it."
    return ""


def cost_of_cases(number: int, ledger: Ledger) -> str:
    """What it costs to review so many cases: "about 6 hours of work, $584"."""
    told = ledger.assumed("price_per_label")
    price = told.number if told.number is not None else Decimal(str(ASSUMPTIONS["price_per_label"].fixed))
    if not told.default:  # the team has its own way to label, and its own pace
        return f"about {money(number * price)} at {exact('price_per_label', price)} each"
    return f"about {_time(number * MINUTES_PER_LABEL)} of work, {money(number * price)}"


def _time(minutes: Decimal) -> str:
    hours = (minutes / 60).quantize(Decimal(1), ROUND_HALF_UP)
    return (
        counted(hours, "hours") if hours else counted(minutes.quantize(Decimal(1), ROUND_HALF_UP), "minutes")
    )
