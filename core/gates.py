"""What takes an option away before money is looked at, though its costs can be worked out.

The ledger leaves out what nobody could buy (:attr:`core.costs.ledger.Estimate.removed`). These are priced all the
same, so that a team can see what it would cost, but cannot be advised: a base that retires before the money is back,
and tuning with too few examples to tune and measure with.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal

from core.answers import Answers, Between
from core.costs.bases import DAYS_A_MONTH
from core.costs.ledger import Estimate, Option
from core.costs.lines import TUNED
from core.costs.sources import THE_HOUSE, Removed
from core.policy import Policy, thresholds
from core.prices.catalogue import tuning
from core.prices.names import model_name
from core.wording import count, counted, months


def closed(ledger: Estimate, answers: Answers, policy: Policy) -> tuple[Removed, ...]:
    """The options that are priced and yet no choice, each with its reason; one may be named for two reasons."""
    return (*_too_few_labels(ledger, answers, policy), *_retires_too_early(ledger))


def _too_few_labels(ledger: Estimate, answers: Answers, policy: Policy) -> Iterator[Removed]:
    labelled, needed = answers.of("labelled_examples"), policy.enough_labels
    most = labelled.high if isinstance(labelled, Between) else labelled
    if not isinstance(most, Decimal) or most >= needed:
        return
    known = f"at most {count(most)}" if isinstance(labelled, Between) else count(most) if most else "no"
    because = f"You have {counted(known, 'reviewed examples')}; tuning needs at least {count(needed)}."
    own = "enough_labels" in policy.overridden
    source = THE_HOUSE if own else thresholds()["enough_labels"].source
    yield from (Removed(name, because, source) for name in TUNED if _shown(ledger, name))


def _retires_too_early(ledger: Estimate) -> Iterator[Removed]:
    """A base that is no more when the money would be back; where several volumes are shown, at each of them."""
    shown = _shown(ledger, "hosted")
    found = [_why_too_early(hosted, ledger) for hosted in shown]
    if not found or None in found:
        return
    source = next((base.provider for base in tuning().base if base.name == shown[-1].model), None)
    # The last volume shown is the largest, where the money is back soonest.
    yield Removed("hosted", found[-1] or "", None if source is None else tuning().of(source).source)


def _why_too_early(hosted: Option, ledger: Estimate) -> str | None:
    """Why a base's announced end comes before the money is back; ``None`` when it does not, or is not known to."""
    if hosted.retires_on is None or hosted.pays_back is None:
        return None
    left = _months_until(hosted.retires_on, ledger.as_of)
    leaves = f"{model_name(hosted.model)} retires on {hosted.retires_on}, {_from_now(hosted.retires_on, ledger.as_of)}"
    if hosted.payback_months is not None:
        back = f"the money would be back after {months(hosted.payback_months)}"
        return f"{leaves}; {back}." if hosted.payback_months > left else None
    # Never is not late where there is time: who tunes for quality does not wait for the money.
    return f"{leaves}; the money would never be back." if left < ledger.figures.horizon else None


def _from_now(day: datetime.date, today: datetime.date) -> str:
    left = _months_until(day, today)
    days = (day - today).days
    return f"{months(left)} from now" if left >= 1 else f"{counted(days, 'days')} from now"


def _months_until(day: datetime.date, today: datetime.date) -> Decimal:
    return Decimal((day - today).days) / DAYS_A_MONTH


def _shown(ledger: Estimate, name: str) -> list[Option]:
    """An option at every volume that is shown."""
    volumes = [scenario.options for scenario in ledger.scenarios] or [ledger.options]
    return [option for options in volumes for option in options if option.option == name]
