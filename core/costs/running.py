"""What each option costs a month as a function of calls: the formulas, without the lines that explain them.

    month(N) = fixed + N (call - saved h(N)) + replicas(N) x replica

``h`` is the cache hit rate, ``replicas`` a number of servers that steps up with N.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from functools import cached_property

BASELINES = ("prompt", "prompt_cached", "self_hosted_prompted")
"""The options that tune nothing: what tuning is compared with."""
CALLS_A_LIFE = Decimal(43_830) / 5
"""43,830 minutes a month / the 5 minutes that a cached prefix lives: at so many calls one is expected in a life."""

MOST_HITS = Decimal("0.9")

ZERO, ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True)
class HitRate:
    """How often a fixed prefix is found in the cache: as stated, else by how many calls come within its life."""

    stated: Decimal | None

    def at(self, calls: Decimal) -> Decimal:
        """The share of calls, 0 to 1."""
        if self.stated is not None:
            return self.stated
        if calls >= self.saturated_from:
            return MOST_HITS
        return min(MOST_HITS, 1 - (-calls / CALLS_A_LIFE).exp())

    @cached_property
    def saturated_from(self) -> Decimal:
        """The calls a month from which it no longer changes."""
        return ZERO if self.stated is not None else _SATURATED


_SATURATED = -CALLS_A_LIFE * (1 - MOST_HITS).ln()


@dataclass(frozen=True, slots=True)
class Replicas:
    """Servers: dollars a month for one, how many a call a month needs, and how few may run."""

    month: Decimal
    per_call: Decimal
    fewest: Decimal

    def at(self, calls: Decimal) -> Decimal:
        """How many run: a part of one is a whole one."""
        needed = (calls * self.per_call).to_integral_value(ROUND_CEILING)
        return max(self.fewest, needed)


NO_REPLICAS = Replicas(ZERO, ZERO, ZERO)


@dataclass(frozen=True, slots=True)
class Running:
    """One option's costs in dollars. ``open_ended``: something in it is unknown, so that these are the least.

    ``limit``: the months within which it must pay back.
    """

    fixed: Decimal
    call: Decimal
    saved: Decimal
    hits: HitRate
    up_front: Decimal
    limit: Decimal
    replicas: Replicas = NO_REPLICAS
    open_ended: bool = False

    def month(self, calls: Decimal) -> Decimal:
        """Dollars a month at so many calls."""
        rate = self.call - self.saved * self.hits.at(calls) if self.saved else self.call
        return self.fixed + calls * rate + self.replicas.at(calls) * self.replicas.month

    def first_year(self, calls: Decimal) -> Decimal:
        """Dollars: up front and twelve months."""
        return self.up_front + 12 * self.month(calls)


def cheaper_of(options: tuple[Running, ...], calls: Decimal) -> Running:
    """The one with the lower month; of equal ones the first."""
    return min(options, key=lambda option: option.month(calls))


def pays_back(option: Running, baseline: Running, calls: Decimal) -> bool | None:
    """Whether an option pays back in time; ``None`` when what is unknown may turn it either way."""
    if baseline.open_ended:
        return None
    saved = baseline.month(calls) - option.month(calls)
    invested = max(ZERO, option.up_front - baseline.up_front)
    if saved <= 0 or option.limit <= 0 or invested > saved * option.limit:
        return False
    return None if option.open_ended else True


def payback_months(option: Running, baseline: Running, calls: Decimal) -> Decimal | None:
    """Months until the savings have paid what it took; ``None`` for never."""
    saved = baseline.month(calls) - option.month(calls)
    if saved <= 0:
        return None
    return max(ZERO, option.up_front - baseline.up_front) / saved
