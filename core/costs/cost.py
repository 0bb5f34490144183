"""What one option costs in all, the sums of its lines; and beside others: what it saves, and which costs the least."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from core.costs.arithmetic import Arithmetic, Number
from core.costs.kinds import BILLED
from core.costs.lines import Base, lines_of
from core.costs.world import World


class Cost(NamedTuple):
    """One option: dollars a month and up front, and the months within which it must pay back.

    ``billed``: the part of a month that a provider bills for calls. ``month_is_open``, ``once_is_open``: part of it is
    unknown, so that this is the least.
    """

    month: Number
    once: Number
    limit: Number
    billed: Number
    month_is_open: bool = False
    once_is_open: bool = False

    @property
    def is_open(self) -> bool:
        """Whether anything in it is unknown."""
        return self.month_is_open or self.once_is_open

    @property
    def first_year(self) -> Number:
        """Dollars: up front and twelve months."""
        return self.once + 12 * self.month


def cost(w: World, option: str, base: Base | None = None) -> Cost:
    """What one option costs; ``base``: what is tuned, of the hosted one."""
    month: list[Number] = []
    once: list[Number] = []
    billed: list[Number] = []
    unknown = set()
    for part in lines_of(w, option, base):
        if part.price is None:
            unknown.add(part.per)
        elif part.per == "up front":
            once.append(part.quantity * part.price)
        else:
            (billed if part.kind in BILLED else month).append(part.quantity * part.price)
    total, bill = w.m.total, w.m.total(billed)
    is_open = ("month" in unknown, "up front" in unknown)
    return Cost(total([*month, bill]), total(once), limit_of(w, base), bill, *is_open)


def limit_of(w: World, base: Base | None) -> Number:
    """The months within which an option must pay back: the horizon, or half of the life of what is tuned."""
    horizon = w.of("horizon_months")
    if base is None:
        return horizon
    return w.m.least(horizon, w.of("base_life_months", lambda: base.life_months) / 2)


Pricing = Callable[..., Cost]
"""How an option is priced: as :func:`cost` does, or as it was before."""


def costs(w: World, options: Mapping[str, Base | None]) -> dict[str, Cost]:
    """What each of some options costs, with what is tuned of the hosted one."""
    return {name: cost(w, name, base) for name, base in options.items()}


class Savings(NamedTuple):
    """What an option saves a month beside the baseline, what it takes more up front, and the months that it has.

    Dollars; at one place or at many.
    """

    a_month: Number
    invested: Number
    limit: Number

    @staticmethod
    def of(m: Arithmetic, option: Cost, month: Number, once: Number) -> Savings:
        """Beside a baseline with this month and this up front."""
        return Savings(month - option.month, m.most(m.number(0), option.once - once), option.limit)

    @property
    def earned(self) -> Number:
        """What is saved in the months that it has."""
        return self.a_month * self.limit

    def pays_back(self, earned: Number) -> Any:
        """Whether what is earned in time is what it took."""
        return (self.a_month > 0) & (self.limit > 0) & (self.invested <= earned)

    @property
    def months(self) -> Number:
        """Until it is paid back, where anything is saved."""
        return self.invested / self.a_month

    @property
    def needed(self) -> Number:
        """What it has to save a month to pay back in time, where it has any."""
        return self.invested / self.limit


def lowest(
    m: Arithmetic,
    costs: Sequence[Cost],
    amount: Callable[[Cost], Number],
    compared: list[tuple[Number, Number]] | None = None,
) -> Cost:
    """The one with the lowest amount, of equal ones the first: in each world another one may be.

    ``compared`` is added to: the pairs of amounts that were compared.
    """
    best, *others = costs
    for other in others:
        one, two = amount(best), amount(other)
        if compared is not None:
            compared.append((one, two))
        less = two < one
        if not m.is_nothing(less):
            chosen = [
                new if new is old else m.where(less, new, old) for old, new in zip(best, other, strict=True)
            ]
            best = Cost(*chosen)
    return best


def baseline_of(m: Arithmetic, costs: Sequence[Cost]) -> Cost:
    """What an option is compared with: the baseline with the lowest month."""
    return lowest(m, costs, lambda cost: cost.month)


def base_of(
    m: Arithmetic, costs: Sequence[Cost], compared: list[tuple[Number, Number]] | None = None
) -> Cost:
    """What is tuned at a provider: the base with the lowest first year."""
    return lowest(m, costs, lambda cost: cost.first_year, compared)
