"""What was expected of a decision when it was made: kept beside it, to be held against what came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.decision_log.records import Recorded
from core.forecasts import Forecast
from core.told import Told
from core.told.ledger import Option, Scenario
from core.tree import TUNING, Verdict

HOURS: Mapping[str, str] = {
    Verdict.PROMPT_FIRST: "prompt_hours",
    Verdict.KEEP_PROMPTING: "prompt_hours",
    **dict.fromkeys(TUNING, "tuning_hours"),
}
"""Which guess of hours a verdict's work was reckoned with."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Dollars a month, hours, months; ``None`` where nobody could say, or where it does not arise.

    month: of the chosen option. hours: guessed by the team itself, of the assumption ``hours_of``. pays_back: the
    chance that tuning pays back within ``horizon`` months, its ``up_front`` dollars out of a bill of ``before``.
    """

    month: tuple[float, float, float] | None = None
    hours: float | None = None
    hours_of: str | None = None
    pays_back: float | None = None
    horizon: float | None = None
    before: float | None = None
    up_front: float | None = None

    @property
    def bill(self) -> Forecast | None:
        """The band of the monthly bill."""
        return None if self.month is None else Forecast(*self.month)

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {key: value for key, value in asdict(self).items() if value is not None}

    @staticmethod
    def from_json(told: Mapping[str, Any]) -> Expected:
        """The inverse."""
        month = told.get("month")
        return Expected(**{**told, "month": None if month is None else tuple(month)})


def expected(recorded: Recorded) -> Expected:
    """What the advice that was kept let a team expect of what it chose."""
    if recorded.advice is None:
        return Expected()
    chosen, ledger = recorded.decision.chosen, Told.from_json(recorded.advice).ledger
    key = HOURS.get(chosen)
    guessed = None if key is None else ledger.assumed(key)
    hours = guessed.number if guessed is not None and (guessed.setting or not guessed.default) else None
    scenario = ledger.scenarios()[0]
    option = None if ledger.examples else option_of(scenario, chosen)
    if option is None:
        return Expected(hours=_float(hours) or None, hours_of=None if not hours else key)
    horizon, baseline = ledger.assumed("horizon_months").number, scenario.baseline
    is_tuned = chosen in TUNING and baseline is not None
    return Expected(
        month=_band(option),
        hours=_float(hours) or None,
        hours_of=None if not hours else key,
        pays_back=option.probability_pays_back if is_tuned else None,
        horizon=_float(horizon),
        before=_float(baseline.month) if baseline is not None and is_tuned else None,
        up_front=_float(option.up_front) if is_tuned else None,
    )


def option_of(scenario: Scenario, chosen: str) -> Option | None:
    """The priced option that a verdict comes to."""
    if chosen == Verdict.SELF_HOST:
        return next((one for one in scenario.options if one.name == "self_hosted_prompted"), None)
    return scenario.best_tuned if chosen in TUNING else scenario.baseline


def _band(option: Option) -> tuple[float, float, float] | None:
    low, middle, high = option.month_p10, option.month_p50, option.month_p90
    if low is None or middle is None or high is None or low <= 0:
        return None
    return float(low), float(middle), float(high)


def _float(number: Any | None) -> float | None:
    return None if number is None else float(number)
