"""What an option saves against a baseline as calls grow, and from how many calls on it saves enough."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from math import exp

from core.costs.running import CALLS_A_LIFE, ZERO, Running


def crossover(option: Running, baselines: tuple[Running, ...]) -> Decimal | None:
    """The calls a month from which an option's month stays at or below every baseline's; ``None`` for never."""
    return _from(option, baselines, ZERO)


def crossover_within(option: Running, baselines: tuple[Running, ...]) -> Decimal | None:
    """The calls a month from which an option pays back within its limit of months; ``None`` for never."""
    if option.limit <= 0:
        return None
    invested = max(ZERO, option.up_front - baselines[0].up_front)
    return _from(option, baselines, invested / option.limit)


def _from(option: Running, baselines: tuple[Running, ...], needed: Decimal) -> Decimal | None:
    """The calls from which the option stays cheaper than every baseline by what is needed a month."""
    last = ZERO
    for baseline in baselines:
        short = _Saving.of(option, baseline, needed).last_short()
        if short is None:
            return None
        last = max(last, short)
    return last


@dataclass(frozen=True, slots=True)
class _Saving:
    """What an option saves against one baseline beyond what is needed, as a function of N calls a month:

    constant + slope N + cached N h(N) - replica x replicas(N), where h is the hit rate that both share.
    """

    option: Running
    baseline: Running
    constant: Decimal
    slope: Decimal
    cached: Decimal
    saturated_from: Decimal

    @staticmethod
    def of(option: Running, baseline: Running, needed: Decimal) -> _Saving:
        hits = baseline.hits if baseline.saved else option.hits
        return _Saving(
            option=option,
            baseline=baseline,
            constant=baseline.fixed - option.fixed - needed,
            slope=baseline.call - option.call,
            cached=option.saved - baseline.saved,
            saturated_from=hits.saturated_from if baseline.saved or option.saved else ZERO,
        )

    def at(self, calls: Decimal, replicas: Decimal) -> Decimal:
        """Dollars a month with so many replicas of the option."""
        hits = (
            (self.baseline.hits if self.baseline.saved else self.option.hits).at(calls)
            if self.cached
            else ZERO
        )
        earned = self.constant + calls * (self.slope + self.cached * hits)
        return earned - replicas * self.option.replicas.month

    @property
    def final_slope(self) -> Decimal:
        """The slope once the hit rate no longer changes."""
        hits = self.baseline.hits if self.baseline.saved else self.option.hits
        return self.slope + self.cached * hits.at(self.saturated_from) if self.cached else self.slope

    def last_short(self) -> Decimal | None:
        """Where it is last below zero: 0 when nowhere, ``None`` when without end."""
        servers, others = self.option.replicas, self.baseline.replicas
        if others.per_call or others.month:
            return self._last_short_of_servers()
        if not servers.per_call or not servers.month:
            return self._last_short_smooth(servers.fewest)
        return self._last_short_stepped()

    def _last_short_smooth(self, replicas: Decimal) -> Decimal | None:
        constant = self.constant - replicas * self.option.replicas.month
        slope = self.final_slope
        if slope < 0 or (slope == 0 and constant < 0):
            return None
        root = -constant / slope if slope > 0 else ZERO
        if root > self.saturated_from:
            return root
        return self._last_short_in(ZERO, self.saturated_from, replicas) or ZERO

    def _last_short_stepped(self) -> Decimal | None:
        """With servers: between two steps the saving grows, at a step it drops by a server."""
        servers, slope = self.option.replicas, self.final_slope
        each = slope / servers.per_call
        if each < servers.month or (each == servers.month and self.constant < servers.month):
            return None
        if each > servers.month:
            bound = (each - self.constant) / (each - servers.month)
            last = max(bound.to_integral_value(ROUND_CEILING) - 1, servers.fewest)
        else:
            last = servers.fewest
        root = (last * servers.month - self.constant) / slope
        if root > self.saturated_from:
            return min(root, last / servers.per_call)
        return self._last_short_among_steps()

    def _last_short_among_steps(self) -> Decimal:
        servers, top = self.option.replicas, self.saturated_from
        count = servers.at(top)
        while count > servers.fewest:
            low, high = (count - 1) / servers.per_call, min(top, count / servers.per_call)
            found = self._last_short_in(low, high, count)
            if found is not None:
                return found
            count = max(servers.fewest, min(count - 1, self._last_step_that_may_be_short(low)))
        return self._last_short_in(ZERO, min(top, count / servers.per_call), count) or ZERO

    def _last_step_that_may_be_short(self, top: Decimal) -> Decimal:
        """The servers from which on, up to a volume, nothing is short even where a step has just been taken.

        There may be millions of steps; with a server more than its share at every volume the saving has none.
        """
        servers = self.option.replicas
        least = replace(
            self,
            constant=self.constant - servers.month,
            slope=self.slope - servers.month * servers.per_call,
        )
        short = least._last_short_in(ZERO, top, ZERO)
        return ZERO if short is None else (short * servers.per_call).to_integral_value(ROUND_CEILING) + 1

    def _last_short_in(self, low: Decimal, high: Decimal, replicas: Decimal) -> Decimal | None:
        """The same within an interval where the number of servers stands; ``None`` when nowhere."""
        if high <= low:
            return None
        ends = [low, *(turn for turn in self._turns() if low < turn < high), high]
        if self.at(high, replicas) < 0:
            return high
        for left, right in zip(reversed(ends[:-1]), reversed(ends[1:]), strict=True):
            if self.at(left, replicas) < 0:
                return self._root(left, right, replicas)
        return None

    def _turns(self) -> tuple[Decimal, ...]:
        """Where the saving stops growing or falling, between 0 and the saturation of the hit rate."""
        a, c, k = float(self.slope + self.cached), float(self.cached), 1 / float(CALLS_A_LIFE)
        if not c:
            return ()

        def rising(calls: float) -> bool:
            return a - c * exp(-calls * k) * (1 - calls * k) > 0

        turns = []
        for low, high in ((0.0, 2 / k), (2 / k, float(self.saturated_from))):
            left, right = low, high
            if left < right and rising(left) != rising(right):
                while right - left > 1e-9 * right:
                    middle = (left + right) / 2
                    left, right = (middle, right) if rising(middle) == rising(low) else (left, middle)
                turns.append(Decimal(right))
        return tuple(turns)

    def _root(self, short: Decimal, enough: Decimal, replicas: Decimal) -> Decimal:
        while enough - short > Decimal("1e-12") * max(Decimal(1), enough):
            middle = (short + enough) / 2
            short, enough = (middle, enough) if self.at(middle, replicas) < 0 else (short, middle)
        return enough

    def _last_short_of_servers(self) -> Decimal | None:
        """Both on servers of the same price: how many fewer the option needs is what counts."""
        ours, theirs = self.option.replicas, self.baseline.replicas
        if not theirs.month:
            return None if self.constant < 0 else ZERO
        fewer = (-self.constant / theirs.month).to_integral_value(ROUND_CEILING)
        if fewer <= 0 and theirs.per_call >= ours.per_call:
            return ZERO
        if theirs.per_call <= ours.per_call:
            return None
        from_here = (fewer + 1) / (theirs.per_call - ours.per_call)
        most = (max(from_here * theirs.per_call, fewer + ours.fewest)).to_integral_value(ROUND_CEILING)
        # How many fewer the option needs never falls as the count grows, so that it can be halved in between.
        least = theirs.fewest - 1
        while most > least:
            count = ((most + least) / 2).to_integral_value(ROUND_CEILING)
            if count - ours.at(count / theirs.per_call) < fewer:
                least = count
            else:
                most = count - 1
        return ZERO if least < theirs.fewest else least / theirs.per_call
