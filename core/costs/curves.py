"""The picture's figures: what each option costs a month as the calls grow, where two cost the same, and the finding.

Every month is the ledger's own: the same formula at another number of calls, with the base that the ledger picked for
the team's volume. Volumes are calls a month, amounts are dollars a month.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import log10
from typing import Literal

from core.answers import Answers, Between
from core.costs.options import BASELINES, Estimate, Option, estimate, runnings
from core.costs.running import Running, cheaper_of
from core.policy import Policy
from core.wording import OPTION_NAMES, count, money, months

Band = Mapping[str, tuple[Decimal, Decimal]]
"""By option, the 10th and the 90th percentile of its month at one volume."""

Bands = Callable[[Decimal], Band]
"""The bands at a volume; options that it leaves out have none."""

TUNED = ("hosted", "self_hosted")
SAMPLES = 121
BAND_SAMPLES = 9
DECADE = Decimal(10)
FARTHEST = Decimal(10) ** 12
"""Calls a month beyond which a crossover is told but not drawn."""
STEPS_DRAWN = 60
JUST = Decimal("1e-9")
SAME_COST_AT_ONCE = Decimal(1)
"""A crossover at or below so many calls a month is none that anybody would meet."""

Kind = Literal["same cost", "pays back"]


@dataclass(frozen=True, slots=True)
class Series:
    """One line. ``months``, ``low`` and ``high`` (10th and 90th percentile) go with the volumes of the curves.

    ``option``: for the baseline, the one that is cheapest at the team's volume; its months are those of the cheapest
    baseline at each volume. ``own``: the month at the team's volume. ``at_least``: something in it is unknown.
    """

    option: str
    model: str
    is_baseline: bool
    months: tuple[Decimal, ...]
    low: tuple[Decimal, ...]
    high: tuple[Decimal, ...]
    own: Decimal | None
    at_least: bool
    steps: bool

    @property
    def label(self) -> str:
        """The option as people see it."""
        return OPTION_NAMES[self.option]

    @property
    def own_in_words(self) -> str:
        """Its month at the team's volume: "$118", "at least $118"; "" without a volume."""
        if self.own is None:
            return ""
        return f"at least {money(self.own)}" if self.at_least else money(self.own)


@dataclass(frozen=True, slots=True)
class Crossing:
    """A volume from which an option costs no more than the baseline, or pays back within ``months``."""

    option: str
    kind: Kind
    calls: Decimal
    month: Decimal
    months: Decimal


@dataclass(frozen=True, slots=True)
class Curves:
    """Everything that is drawn. ``own``: the team's volume; ``own_low`` and ``own_high``: its ends where it is a range.

    ``title``: the finding.
    """

    on: datetime.date
    volumes: tuple[Decimal, ...]
    series: tuple[Series, ...]
    crossings: tuple[Crossing, ...]
    own: Decimal | None
    own_low: Decimal | None
    own_high: Decimal | None
    title: str

    @property
    def has_bands(self) -> bool:
        """Whether any line has its uncertainty around it."""
        return any(series.low for series in self.series)

    @property
    def in_words(self) -> str:
        """What the picture shows, with its figures, in a few sentences."""
        said = [f"Cost a month by calls a month. {self.title}."]
        if self.own is not None:
            figures = [f"{one.label} {one.own_in_words}{self._spread(one)}" for one in self.series]
            said.append(f"At {count(self.own)} calls a month: {', '.join(figures)}.")
        else:
            low, high = self.volumes[0], self.volumes[-1]
            figures = [
                f"{one.label} {money(one.months[0])} to {money(one.months[-1])}" for one in self.series
            ]
            said.append(f"From {count(low)} to {count(high)} calls a month: {', '.join(figures)}.")
        said += [self._crossing_in_words(one) for one in self.crossings]
        return " ".join(said)

    def _spread(self, one: Series) -> str:
        if not one.low or self.own is None:
            return ""
        place = min(bisect_right(self.volumes, self.own), len(self.volumes)) - 1
        return f" ({money(one.low[place])} to {money(one.high[place])} in 8 of 10 cases)"

    def _crossing_in_words(self, one: Crossing) -> str:
        name, at = OPTION_NAMES[one.option], count(one.calls)
        if one.kind == "same cost":
            return f"{name} costs as much as the baseline at {at} calls a month ({money(one.month)})."
        return f"{name} pays back within {months(one.months)} from {at} calls a month."


def curves(
    answers: Answers,
    *,
    on: datetime.date,
    policy: Policy,
    ledger: Estimate | None = None,
    left_out: Collection[str] = (),
    bands: Bands | None = None,
) -> Curves | None:
    """The curves of a case; ``None`` when there is nothing to compare costs at: no calls, or no option left.

    ``ledger``: the estimate on these answers where it is there already. ``left_out``: options that are not to be
    shown. Raises :class:`core.answers.CaseError` as :func:`core.costs.options.estimate` does.
    """
    found = ledger or estimate(answers, on=on, policy=policy)
    if found.calls == 0:
        return None
    drawn = _Drawn.of(found, answers, policy, frozenset(left_out))
    return drawn.curves(bands) if drawn.baselines else None


@dataclass(frozen=True)
class _Drawn:
    """What is drawn, before it is sampled. ``options``: as the ledger has them at ``at`` calls a month."""

    ledger: Estimate
    answers: Answers
    options: tuple[Option, ...]
    running: Mapping[str, Running]
    baselines: Mapping[str, Running]

    @staticmethod
    def of(ledger: Estimate, answers: Answers, policy: Policy, left_out: frozenset[str]) -> _Drawn:
        # Without a volume, the base is the one that is picked where tuning has the best chance.
        scenario = ledger.scenarios[-1] if ledger.calls is None else None
        calls = scenario.calls if scenario is not None else ledger.calls
        assert calls is not None
        options = scenario.options if scenario is not None else ledger.options
        shown = tuple(option for option in options if option.option not in left_out)
        running = runnings(answers, on=ledger.as_of, policy=policy, calls=calls)
        kept = {option.option: running[option.option] for option in shown}
        baselines = {name: one for name, one in kept.items() if name in BASELINES}
        return _Drawn(ledger, answers, shown, kept, baselines)

    def curves(self, bands: Bands | None) -> Curves:
        crossings = tuple(self._crossings())
        volumes = self._volumes(crossings)
        months_of = {name: self._month_at(name) for name in self.running}
        spread = _Spread.over(volumes, bands, months_of) if bands is not None else None
        series = tuple(self._series(option, volumes, spread) for option in self._worth_showing())
        low, high = self._own_range()
        return Curves(
            on=self.ledger.as_of,
            volumes=volumes,
            series=series,
            crossings=tuple(one for one in crossings if volumes[0] <= one.calls <= volumes[-1]),
            own=self.ledger.calls,
            own_low=low,
            own_high=high,
            title=self._title(series, volumes),
        )

    def _worth_showing(self) -> tuple[Option, ...]:
        """The baseline first, as one line; then all that is compared with it."""
        at = self.ledger.calls if self.ledger.calls is not None else self.ledger.scenarios[-1].calls
        chosen = cheaper_of(tuple(self.baselines.values()), at)
        name = next(name for name, running in self.baselines.items() if running is chosen)
        baseline = next(option for option in self.options if option.option == name)
        return (baseline, *(option for option in self.options if option.option not in self.baselines))

    def _month_at(self, name: str) -> Callable[[Decimal], Decimal]:
        """A line's month at a volume: for a baseline, the month of the cheapest one there."""
        if name not in self.baselines:
            return self.running[name].month
        return lambda calls: min(running.month(calls) for running in self.baselines.values())

    def _series(self, option: Option, volumes: Sequence[Decimal], spread: _Spread | None) -> Series:
        name, is_baseline = option.option, option.option in self.baselines
        running, own = self.running[name], self.ledger.calls
        month = self._month_at(name)
        months_at = tuple(month(calls) for calls in volumes)
        low, high = spread.around(name, volumes, months_at) if spread is not None else ((), ())
        return Series(
            option=name,
            model=option.model,
            is_baseline=is_baseline,
            months=months_at,
            low=low,
            high=high,
            own=None if own is None else month(own),
            at_least=option.month.at_least,
            steps=bool(running.replicas.per_call and running.replicas.month),
        )

    def _crossings(self) -> Iterator[Crossing]:
        for option in self.options:
            if option.option not in TUNED:
                continue
            crossover, within = option.crossover_calls, option.crossover_within_horizon_calls
            if crossover is not None and crossover > SAME_COST_AT_ONCE:
                yield self._crossing(option.option, "same cost", crossover)
            if within is not None and within > max(crossover or 0, SAME_COST_AT_ONCE):
                yield self._crossing(option.option, "pays back", within)

    def _crossing(self, option: str, kind: Kind, calls: Decimal) -> Crossing:
        running = self.running[option]
        return Crossing(option, kind, calls, running.month(calls), running.limit)

    def _volumes(self, crossings: Sequence[Crossing]) -> tuple[Decimal, ...]:
        """Evenly spread over the logarithm; and every place at which a line bends or is marked."""
        same = [one.calls for one in crossings if one.kind == "same cost" and one.calls <= FARTHEST]
        points = [*same, *([self.ledger.calls] if self.ledger.calls is not None else [])]
        points += [scenario.calls for scenario in self.ledger.scenarios]
        low, high = max(Decimal(1), min(points) / DECADE), max(points) * DECADE
        high = max(high, low * DECADE**3)
        marked = [*points, *(one.calls for one in crossings), low, high, *self._steps(low, high)]
        marked += _round_numbers(low, high)
        return tuple(sorted({*_spread_evenly(low, high, SAMPLES), *(v for v in marked if low <= v <= high)}))

    def _steps(self, low: Decimal, high: Decimal) -> Iterator[Decimal]:
        """Where a server is added, just before and just after."""
        for running in self.running.values():
            servers = running.replicas
            if not (servers.per_call and servers.month):
                continue
            first = max(servers.fewest, servers.at(low))
            for number in range(int(first), int(first) + STEPS_DRAWN):
                step = number / servers.per_call
                if step > high:
                    break
                yield from (step * (1 - JUST), step * (1 + JUST))

    def _own_range(self) -> tuple[Decimal | None, Decimal | None]:
        answer = self.answers.of("calls_per_month")
        return (answer.low or None, answer.high) if isinstance(answer, Between) else (None, None)

    # The finding

    def _title(self, series: Sequence[Series], volumes: Sequence[Decimal]) -> str:
        tuned = [option for option in self.options if option.option in TUNED]
        if not tuned:
            return self._title_of_the_baseline(series[0])
        known = [option for option in tuned if option.crossover_calls is not None]
        if not known:
            return self._title_of_never(series, volumes)
        best = min(known, key=lambda option: option.crossover_calls or Decimal(0))
        crossover = best.crossover_calls
        assert crossover is not None
        if crossover <= SAME_COST_AT_ONCE:
            return "Fine-tuning costs less a month at any number of calls"
        if _dips(series, volumes[: bisect_left(volumes, crossover)]):
            return f"From {count(crossover)} calls a month on, fine-tuning stays cheaper"
        if self.ledger.calls is not None and self.ledger.calls >= crossover:
            return f"Above {count(crossover)} calls a month, fine-tuning is cheaper{self._than(series)}"
        return f"Below {count(crossover)} calls a month, {self._prompting} is cheaper"

    @staticmethod
    def _than(series: Sequence[Series]) -> str:
        """What it is cheaper than, where a third option is cheaper still."""
        tuned = min(one.own or Decimal(0) for one in series if one.option in TUNED and not one.at_least)
        cheapest = min(one.own or Decimal(0) for one in series)
        return " than today's prompt" if cheapest < tuned else ""

    @property
    def _prompting(self) -> str:
        return "prompting the open model" if "self_hosted_prompted" in self.baselines else "prompting"

    def _title_of_the_baseline(self, baseline: Series) -> str:
        subject = self._prompting[0].upper() + self._prompting[1:]
        if self.ledger.calls is None:
            return f"{subject} is the only option left to compare"
        return f"{subject} costs {baseline.own_in_words} a month at {count(self.ledger.calls)} calls"

    def _title_of_never(self, series: Sequence[Series], volumes: Sequence[Decimal]) -> str:
        if any(one.at_least for one in series if one.option in TUNED):
            return "What fine-tuning costs is not all known"
        if _dips(series, volumes):
            return "Fine-tuning does not stay cheaper at any number of calls"
        subject = self._prompting[0].upper() + self._prompting[1:]
        return f"{subject} is cheaper at any number of calls"


def _dips(series: Sequence[Series], volumes: Sequence[Decimal]) -> bool:
    """Whether a tuned option costs less than the baseline at one of the first volumes: servers come in steps."""
    baseline = series[0]
    return any(
        one.months[place] < baseline.months[place]
        for one in series
        if one.option in TUNED and not one.at_least
        for place in range(len(volumes))
    )


def _round_numbers(low: Decimal, high: Decimal) -> Iterator[Decimal]:
    """1, 2, 5, 10, 20, 50, ... within two volumes."""
    for power in range(low.adjusted(), high.adjusted() + 1):
        yield from (digit * Decimal(10) ** power for digit in (1, 2, 5))


def _spread_evenly(low: Decimal, high: Decimal, samples: int) -> Iterator[Decimal]:
    first, last = log10(float(low)), log10(float(high))
    for place in range(1, samples - 1):
        share = 10 ** (first + (last - first) * place / (samples - 1))
        yield Decimal(f"{share:.6g}")


@dataclass(frozen=True, slots=True)
class _Spread:
    """How wide the bands are as a share of the month, worked out at a few volumes and in straight lines between."""

    places: tuple[float, ...]
    shares: Mapping[str, tuple[tuple[Decimal, Decimal], ...]]

    @staticmethod
    def over(
        volumes: Sequence[Decimal], bands: Bands, months: Mapping[str, Callable[[Decimal], Decimal]]
    ) -> _Spread:
        last = len(volumes) - 1
        tried = [volumes[round(last * place / (BAND_SAMPLES - 1))] for place in range(BAND_SAMPLES)]
        found = [bands(calls) for calls in tried]
        return _Spread(
            tuple(log10(float(calls)) for calls in tried),
            {
                name: tuple(
                    _shares(band[name], month(calls)) for band, calls in zip(found, tried, strict=True)
                )
                for name, month in months.items()
                if all(name in band for band in found)
            },
        )

    def around(
        self, option: str, volumes: Sequence[Decimal], months: Sequence[Decimal]
    ) -> tuple[tuple[Decimal, ...], tuple[Decimal, ...]]:
        """The low and the high edge around a line; nothing where no band is known."""
        if option not in self.shares:
            return (), ()
        shares = [self._at(option, calls) for calls in volumes]
        low = tuple(month * below for month, (below, _) in zip(months, shares, strict=True))
        high = tuple(month * above for month, (_, above) in zip(months, shares, strict=True))
        return low, high

    def _at(self, option: str, calls: Decimal) -> tuple[Decimal, Decimal]:
        at, shares = log10(float(calls)), self.shares[option]
        place = min(max(bisect_right(self.places, at) - 1, 0), len(self.places) - 2)
        start, end = self.places[place], self.places[place + 1]
        part = Decimal((at - start) / (end - start))
        (low, high), (next_low, next_high) = shares[place], shares[place + 1]
        return low + (next_low - low) * part, high + (next_high - high) * part


def _shares(band: tuple[Decimal, Decimal], month: Decimal) -> tuple[Decimal, Decimal]:
    """A band as shares of the likely month, which it always holds."""
    if month <= 0:
        return Decimal(1), Decimal(1)
    return min(band[0] / month, Decimal(1)), max(band[1] / month, Decimal(1))
