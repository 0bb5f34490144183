"""Forecast against actual: what was expected of decisions, and what became of it.

Of what may be seen from where somebody asks, and never of several workspaces together. The forecast is scored, nobody
who made it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.decision_log.asking import TurnedOut
from bot.decision_log.expected import Expected
from bot.decision_log.reading import Reading
from bot.decision_log.records import Outcome, Place
from bot.decision_log.scope import Scope
from core.facts import FACTS
from core.forecasts import ENOUGH, Band, Factor, Forecast, PaidBack, band, factor, paid_back
from core.house import check_setting
from core.scores import brier, calibration, weighted_interval_score

A_MONTH = timedelta(days=365.25 / 12)
HOURS = ("tuning_hours", "prompt_hours")
"""The assumptions that are guesses of hours."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A factor that the ledger may reckon with: the assumption of ``key`` is ``now``, and would be ``then`` hours.

    last: the number of the newest setting of it; see :mod:`bot.conversation.workspace_settings`.
    """

    key: str
    now: float
    then: float
    times: float
    last: int


@dataclass(frozen=True, slots=True)
class Against:
    """What was expected, beside what came.

    bills: how many actual bills fell inside our bands. paid: of those whose time to pay back has passed.
    never_shipped: of these, how many were never in use, and are not counted. guesses: how actual hours ran against what
    the team itself had guessed. offers: what follows from that for the ledger. scores: for us, of our own forecasts.
    """

    bills: Band
    paid: PaidBack
    never_shipped: int
    guesses: Factor | None
    offers: tuple[Offer, ...]
    scores: Mapping[str, float | None]

    def to_json(self) -> dict[str, Any]:
        """One object; of what there are too few, ``None``: ``enough`` are needed, and ``there`` are so many."""
        told_guesses = self.guesses is not None and self.guesses.is_told
        return {
            "bills": asdict(self.bills) | {"too_narrow": self.bills.is_too_narrow}
            if self.bills.is_told
            else None,
            "paid_back": asdict(self.paid) if self.paid.is_told else None,
            "enough": ENOUGH,
            "there": {
                "bills": self.bills.of,
                "paid_back": self.paid.of,
                "hours": self.guesses.of if self.guesses else 0,
            },
            "never_shipped": self.never_shipped,
            "hours": asdict(self.guesses) if told_guesses and self.guesses is not None else None,
            "offers": [{"key": one.key, "now": one.now, "then": one.then} for one in self.offers],
            "scores": dict(self.scores),
        }


def against(tx: Reading, scope: Scope, now: datetime) -> Against:
    """Forecast against actual of the newest decisions that can be seen and whose outcome was recorded."""
    found = list(_once_a_line(tx.turned_out(scope)))
    bills = [pair for one in found if (pair := _bill(one.expected, one.outcome))]
    due = [one for one in found if _can_have_paid_back(one, now)]
    paid = [(one.expected.pays_back or 0.0, came) for one in due if (came := _paid_back(one)) is not None]
    return Against(
        band(bills),
        paid_back(paid),
        sum(one.outcome.shipped is False for one in due),
        factor([_ratio(one) for one in found if _ratio(one)]),
        tuple(_offers(tx, scope, found)),
        _scores(bills, paid),
    )


def _once_a_line(found: Sequence[TurnedOut]) -> Iterator[TurnedOut]:
    """Of decisions that superseded each other the newest alone."""
    passed: set[Place] = set()
    for one in found:  # newest first
        if one.supersedes is not None:
            passed.add(Place(one.place.channel, one.supersedes))
        if one.place not in passed:
            yield one


def _bill(expected: Expected, outcome: Outcome) -> tuple[Forecast, float] | None:
    if expected.bill is None or not outcome.bill_per_month or outcome.shipped is False:
        return None
    return expected.bill, outcome.bill_per_month


def _can_have_paid_back(one: TurnedOut, now: datetime) -> bool:
    """Whether it was expected to, and all of its time for it has passed: some of those that do not are slow."""
    expected = one.expected
    if expected.pays_back is None or expected.horizon is None:
        return False
    return one.at + expected.horizon * A_MONTH <= now


def _paid_back(one: TurnedOut) -> bool | None:
    """Whether what was saved each month made up for what it cost up front; ``None``: nobody can say."""
    expected, bill = one.expected, one.outcome.bill_per_month
    if not one.outcome.shipped or bill is None or expected.before is None or expected.up_front is None:
        return None
    return (expected.before - bill) * (expected.horizon or 0.0) >= expected.up_front


def _ratio(one: TurnedOut) -> float:
    """Hours that it took against hours that the team had guessed; 0 where that says nothing.

    What is not in use yet may still take more, and is left out.
    """
    if not one.expected.hours or not one.outcome.hours or not one.outcome.shipped:
        return 0.0
    return one.outcome.hours / one.expected.hours


def _offers(tx: Reading, scope: Scope, found: Sequence[TurnedOut]) -> Iterator[Offer]:
    """A factor counts guesses made since the workspace last set those hours: else it would come on top of itself."""
    house = Scope.of_workspace(scope.workspace)
    present = {setting.key: setting for setting in tx.settings(house)}
    for key in HOURS:
        since = present[key].at if key in present else None
        mine = [one for one in found if one.expected.hours_of == key and (not since or one.at > since)]
        ran = factor([_ratio(one) for one in mine if _ratio(one)])
        if ran is None or not ran.is_offered:
            continue
        now = float(present[key].value if key in present else FACTS[key].fixed or 0)
        then = float(round(now * ran.shrunk))
        if then != now and then > 0:
            check_setting(key, then)
            yield Offer(key, now, then, ran.shrunk, tx.last_set(house, (key,)))


def _scores(
    bills: Sequence[tuple[Forecast, float]], paid: Sequence[tuple[float, bool]]
) -> dict[str, float | None]:
    enough = len(bills) >= ENOUGH
    score = sum(weighted_interval_score(*one) for one in bills) / len(bills) if enough else None
    return {
        "bills": score,
        "pays_back": brier(paid) if len(paid) >= ENOUGH else None,
        "calibration": calibration(paid) if len(paid) >= ENOUGH else None,
    }
