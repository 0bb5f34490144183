"""The ledger: every amount as quantity times unit price, with the source and the date of its price.

What is not known is :class:`Unknown`, never zero; a total that contains one says "at least".
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol, TypeVar

from core.answers import AssumptionValue
from core.costs.bases import Tunable
from core.costs.cost import Cost
from core.costs.figures import Figures
from core.costs.kinds import Kind
from core.costs.latency import Latency
from core.costs.lines import TUNED, Base, Per, with_base
from core.costs.shown import Shown
from core.costs.sources import Removed
from core.once import once

if TYPE_CHECKING:  # numpy
    from core.costs.crossing import Meetings
    from core.costs.worlds import Band, Uncertainty


@dataclass(frozen=True, slots=True)
class Line:
    """One amount in dollars. ``per`` call: it says what one call is worth, and is in no total.

    ``as_of`` is the age of the unit price; ``None`` where it has none, as for the team's own figures. ``servers``: how
    many it is the price of, where it is of servers.
    """

    kind: Kind
    label: str
    quantity: Decimal
    unit: str
    unit_price: Decimal
    per: Per
    source: str
    as_of: datetime.date | None = None
    servers: Decimal | None = None

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


def money(amount: Decimal) -> str:
    """Dollars as a decimal string, exact to a ten-billionth, without an exponent."""
    rounded = amount.quantize(Decimal("1e-10")) if abs(amount) < Decimal("1e16") else amount
    text = f"{rounded:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


@dataclass(frozen=True, slots=True)
class Option:
    """One option at one volume.

    ``model``: what is called, or what is tuned. ``cost``: the sums of its entries, in decimals. ``pays_back``: ``None``
    when something unknown may turn it either way.
    ``payback_months``, ``crossover_calls``, ``crossover_within_horizon_calls``: ``None`` for never, for a baseline, and
    where part of the cost is unknown.
    ``notes`` say what the figures leave unsaid, the reason of a never among them. ``retires_on``: the day from which a
    tuned base no longer answers, where that is announced. ``latency``: how long a call takes, where that is a reason.
    """

    option: str
    model: str
    entries: tuple[Entry, ...]
    cost: Cost
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
        return Total(self.cost.month, self.cost.month_is_open)

    @property
    def up_front(self) -> Total:
        """Dollars once."""
        return Total(self.cost.once, self.cost.once_is_open)

    @property
    def first_year(self) -> Total:
        """Dollars: up front and twelve months."""
        return Total(self.cost.first_year, self.cost.is_open)

    @property
    def per_1000_calls(self) -> Total | None:
        """Dollars a month for each 1,000 calls; ``None`` without calls."""
        if self.calls == 0:
            return None
        return Total(1000 * self.month.amount / self.calls, self.month.at_least)


class PaysBack(Protocol):
    """What is known of a tuned option, reckoned or told."""

    @property
    def pays_back(self) -> bool | None:
        """Whether it pays back in time; ``None`` where that is not known."""


Tuned = TypeVar("Tuned", bound=PaysBack)


def best_tuned(tuned: Sequence[Tuned], first_year: Callable[[Tuned], Decimal]) -> Tuned | None:
    """The tuned option that counts, as in the tree: the lowest first year, of those that pay back where one does."""
    return min([option for option in tuned if option.pays_back] or tuned, key=first_year, default=None)


@dataclass(frozen=True, slots=True)
class Scenario:
    """The options at one volume.

    ``baseline``: what the others are compared with. ``base``: what the hosted one tunes.
    """

    calls: Decimal
    options: tuple[Option, ...]
    baseline: str
    base: Tunable | None

    def option(self, name: str) -> Option | None:
        """One option by its name; ``None`` when it was removed."""
        return next((option for option in self.options if option.option == name), None)

    @property
    def best_tuned(self) -> Option | None:
        """The tuned option that counts."""
        tuned = [option for option in self.options if option.option in TUNED]
        return best_tuned(tuned, lambda option: option.first_year.amount)

    @property
    def tunes(self) -> Mapping[str, Base | None]:
        """What each option tunes, in floats."""
        base = None if self.base is None else self.base.floats
        return with_base((option.option for option in self.options), base)

    def shown(self, *, is_exact: bool) -> Shown:
        """What is drawn for it. ``is_exact``: nobody answered the volume."""
        retires = self.base is not None and self.base.retires_on is not None
        return Shown(self.calls, self.tunes, retires, is_exact)


@dataclass(frozen=True, slots=True)
class Assumed:
    """One assumption as it was used. ``value`` is ``None`` where it is unknown, or differs between scenarios."""

    key: str
    value: AssumptionValue | None
    default: bool
    source: str


@dataclass(frozen=True)
class Estimate:
    """The ledger of a consultation. ``volumes``: the one that is known, or examples where ``calls`` a month are not.

    ``volume_is_given``: the calls stand in for an answer, so that they have no spread.
    """

    calls: Decimal | None
    volumes: tuple[Scenario, ...]
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

    def meetings(self, one: str, other: str) -> Meetings:
        """Where two options change places as the calls grow, with what is tuned at the volume that is known.

        Without one it is what is tuned at the larger example.
        """
        from core.costs.crossing import Crossings

        tunes = self.volumes[-1].tunes
        return Crossings(self.figures, tunes, self.prompt_is_built).meetings(one, other)

    @property
    def options(self) -> tuple[Option, ...]:
        """The options at the volume that is known."""
        return () if self.calls is None else self.volumes[0].options

    @property
    def baseline(self) -> str | None:
        """What they are compared with."""
        return None if self.calls is None else self.volumes[0].baseline

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The examples, where no volume is known."""
        return self.volumes if self.calls is None else ()

    def band(self, name: str) -> Band | None:
        """The band of one option by its name; ``None`` when it was removed, and for scenarios."""
        return None if self.scenarios else self.uncertainty.bands[0].get(name)

    def option(self, name: str) -> Option | None:
        """One option by its name; ``None`` when it was removed, and for scenarios."""
        return None if self.calls is None else self.volumes[0].option(name)
