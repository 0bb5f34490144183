"""The ledger: every amount as quantity times unit price, with the source and the date of its price.

What is not known is :class:`Unknown`, never zero; a total that contains one says "at least".
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from core.answers import AssumptionValue
from core.costs.figures import Figures
from core.costs.latency import Latency
from core.costs.lines import Per
from core.costs.shown import Shown
from core.costs.sources import Removed
from core.once import once

if TYPE_CHECKING:  # numpy
    from core.costs.worlds import Band, Uncertainty


@dataclass(frozen=True, slots=True)
class Line:
    """One amount in dollars. ``per`` call: it says what one call is worth, and is in no total.

    ``as_of`` is the age of the unit price; ``None`` where it has none, as for the team's own figures.
    """

    label: str
    quantity: Decimal
    unit: str
    unit_price: Decimal
    per: Per
    source: str
    as_of: datetime.date | None = None

    @property
    def amount(self) -> Decimal:
        """Dollars: quantity times unit price."""
        return self.quantity * self.unit_price


@dataclass(frozen=True, slots=True)
class Unknown:
    """An amount that belongs here but that nobody could say, and why."""

    label: str
    because: str
    per: Per


Entry = Line | Unknown


@dataclass(frozen=True, slots=True)
class Total:
    """A sum in dollars; ``at_least`` when something in it is unknown."""

    amount: Decimal
    at_least: bool = False

    def __str__(self) -> str:
        return f"{'at least ' if self.at_least else ''}${money(self.amount)}"


def total(entries: Iterable[Entry], per: Per) -> Total:
    """The sum of the entries of one kind."""
    amount, at_least = Decimal(0), False
    for entry in entries:
        if entry.per != per:
            continue
        if isinstance(entry, Unknown):
            at_least = True
        else:
            amount += entry.amount
    return Total(amount, at_least)


def money(amount: Decimal) -> str:
    """Dollars as a decimal string, exact to a ten-billionth, without an exponent."""
    rounded = amount.quantize(Decimal("1e-10")) if abs(amount) < Decimal("1e16") else amount
    text = f"{rounded:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


@dataclass(frozen=True, slots=True)
class Option:
    """One option at one volume.

    ``model``: what is called, or what is tuned. ``pays_back``: ``None`` when something unknown may turn it either way.
    ``payback_months``, ``crossover_calls``, ``crossover_within_horizon_calls``: ``None`` for never, for a baseline, and
    where part of the cost is unknown.
    ``notes`` say what the figures leave unsaid, the reason of a never among them. ``retires_on``: the day from which a
    tuned base no longer answers, where that is announced. ``latency``: how long a call takes, where that is a reason.
    """

    option: str
    model: str
    entries: tuple[Entry, ...]
    calls: Decimal
    payback_months: Decimal | None
    pays_back: bool | None
    crossover_calls: Decimal | None
    crossover_within_horizon_calls: Decimal | None
    notes: tuple[str, ...] = ()
    retires_on: datetime.date | None = None
    latency: Latency | None = None

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every amount that is known."""
        return tuple(entry for entry in self.entries if isinstance(entry, Line))

    @property
    def unknown(self) -> tuple[Unknown, ...]:
        """Every amount that is not."""
        return tuple(entry for entry in self.entries if isinstance(entry, Unknown))

    @property
    def month(self) -> Total:
        """Dollars a month."""
        return total(self.entries, "month")

    @property
    def up_front(self) -> Total:
        """Dollars once."""
        return total(self.entries, "up front")

    @property
    def first_year(self) -> Total:
        """Dollars: up front and twelve months."""
        month, once = self.month, self.up_front
        return Total(once.amount + 12 * month.amount, month.at_least or once.at_least)

    @property
    def per_1000_calls(self) -> Total | None:
        """Dollars a month for each 1,000 calls; ``None`` without calls."""
        if self.calls == 0:
            return None
        return Total(1000 * self.month.amount / self.calls, self.month.at_least)


@dataclass(frozen=True, slots=True)
class Scenario:
    """The options at a volume that is an example. ``baseline`` is what the others are compared with."""

    calls: Decimal
    options: tuple[Option, ...]
    baseline: str

    def shown(self, *, is_exact: bool) -> Shown:
        """What is drawn for it. ``is_exact``: nobody answered the volume."""
        hosted = next((option.model for option in self.options if option.option == "hosted"), None)
        return Shown(self.calls, tuple(option.option for option in self.options), hosted, is_exact)


@dataclass(frozen=True, slots=True)
class Assumed:
    """One assumption as it was used. ``value`` is ``None`` where it is unknown, or differs between scenarios."""

    key: str
    value: AssumptionValue | None
    default: bool
    source: str


@dataclass(frozen=True)
class Estimate:
    """The ledger of a consultation: its options, or scenarios where the calls a month are not known.

    ``volume_is_given``: the calls stand in for an answer, so that they have no spread.
    """

    calls: Decimal | None
    options: tuple[Option, ...]
    baseline: str | None
    scenarios: tuple[Scenario, ...]
    removed: tuple[Removed, ...]
    assumptions: Mapping[str, Assumed]
    as_of: datetime.date
    figures: Figures = field(repr=False, compare=False)
    prompt_is_built: bool = False
    volume_is_given: bool = False

    @once
    def uncertainty(self) -> Uncertainty:
        """How far each month may be off, how likely each option is to pay back, and what drives it.

        Computed when it is first looked at; at each volume that is shown, in their order.
        """
        from core.costs.worlds import uncertainty

        is_exact = self.volume_is_given or self.calls is None
        shown = [volume.shown(is_exact=is_exact) for volume in self.volumes]
        return uncertainty(self.figures, shown, built=self.prompt_is_built)

    @property
    def volumes(self) -> tuple[Scenario, ...]:
        """The volumes that are shown: the scenarios, or the one that is known."""
        return self.scenarios or (Scenario(self.calls or Decimal(0), self.options, self.baseline or ""),)

    def bands_at(self, calls: Decimal) -> Mapping[str, tuple[Decimal, Decimal]]:
        """The ends of each option's band, p10 and p90 in dollars a month, at another volume that is taken as exact.

        The options and the base that is tuned are those of the first volume that is shown.
        """
        from core.costs.worlds import bands_at

        return bands_at(self.figures, replace(self.volumes[0], calls=calls).shown(is_exact=True))

    def band(self, name: str) -> Band | None:
        """The band of one option by its name; ``None`` when it was removed, and for scenarios."""
        return None if self.scenarios else self.uncertainty.bands[0].get(name)

    def option(self, name: str) -> Option | None:
        """One option by its name; ``None`` when it was removed."""
        return next((option for option in self.options if option.option == name), None)
