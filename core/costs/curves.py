"""The picture's figures: what each option costs a month as the calls grow, where two cost the same, and the finding.

Every month is the ledger's own: the same formula at another number of calls, with the base that the ledger picked for
the team's volume. Volumes are calls a month, amounts are dollars a month.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from math import log10
from typing import Literal

import numpy as np

from core.answers import Between
from core.costs.arithmetic import EXACT
from core.costs.at_once import AT_ONCE
from core.costs.compare import Steps
from core.costs.cost import baseline_of, costs
from core.costs.edges import Edges
from core.costs.ledger import Estimate, Option, Scenario
from core.costs.lines import BASELINES, ON_SERVERS, TUNED
from core.wording import OPTION_NAMES, band, count, counted, from_calls, money, months

SAMPLES, STEPS_DRAWN, MOST_EVEN = 121, 60, 12
DECADE = Decimal(10)
FARTHEST = Decimal(10) ** 12
"""Calls a month beyond which a crossover is told but not drawn."""
JUST = Decimal("1e-9")
A_CENT = Decimal("0.01")
ROUND_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
SAME_COST_AT_ONCE = Decimal(1)
"""A crossover at or below so many calls a month is none that anybody would meet."""

Kind = Literal["same cost", "cheaper from", "pays back"]
"""``cheaper from``: where the baseline jumps over the option, as a server is added to it; nowhere are they equal."""


@dataclass(frozen=True, slots=True)
class Series:
    """One line. ``months``, ``low`` and ``high`` (10th and 90th percentile) go with the volumes of the curves.

    ``option``: for the baseline, the one that is cheapest at the team's volume; its months are those of the cheapest
    baseline at each volume. ``own``: the month at the team's volume; ``own_band``: its band in the ledger, which knows
    that the volume is uncertain too. ``at_least``: something in it is unknown.
    """

    option: str
    model: str
    is_baseline: bool
    months: tuple[Decimal, ...]
    low: tuple[Decimal, ...]
    high: tuple[Decimal, ...]
    own: Decimal | None
    own_band: tuple[Decimal, Decimal] | None
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
    """A volume from which an option stays no dearer than the baseline, or pays back within ``months``."""

    option: str
    kind: Kind
    calls: Decimal
    month: Decimal
    months: Decimal

    @property
    def calls_in_words(self) -> str:
        """The calls as every text says them."""
        return from_calls(self.calls)


@dataclass(frozen=True, slots=True)
class Curves:
    """Everything that is drawn.

    ``even``: the volumes to show where scales are not logarithmic. ``own``: the team's volume; ``own_low`` and
    ``own_high``: its ends where it is a range. ``title``: the finding.
    """

    on: datetime.date
    volumes: tuple[Decimal, ...]
    even: tuple[Decimal, ...]
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
            figures = [f"{one.label} {one.own_in_words}{_band_in_words(one)}" for one in self.series]
            bands = " In brackets: 8 of 10 cases." if self.has_bands else ""
            said.append(f"At {counted(self.own, 'calls a month')}: {', '.join(figures)}.{bands}")
        else:
            low, high = self.volumes[0], self.volumes[-1]
            figures = [
                f"{one.label} {money(one.months[0])} to {money(one.months[-1])}" for one in self.series
            ]
            said.append(f"From {count(low)} to {counted(high, 'calls a month')}: {', '.join(figures)}.")
        said += [self._crossings_in_words(one) for one in self.series if self._crossings_of(one)]
        return " ".join(said)

    def _crossings_of(self, one: Series) -> list[Crossing]:
        return [crossing for crossing in self.crossings if crossing.option == one.option]

    def _crossings_in_words(self, one: Series) -> str:
        said = [self._crossing_in_words(at) for at in self._crossings_of(one)]
        return f"{one.label} {' and '.join(said)}."

    def _crossing_in_words(self, at: Crossing) -> str:
        calls, other = at.calls_in_words, self.series[0].label
        match at.kind:
            case "same cost":
                return f"costs as much as {other} at {counted(calls, 'calls a month')} ({money(at.month)})"
            case "cheaper from":
                return f"stays cheaper than {other} from {counted(calls, 'calls a month')} on"
            case "pays back":
                return f"pays back within {months(at.months)} from {calls} on"


def _band_in_words(one: Series) -> str:
    return "" if one.own_band is None else f" ({band(*one.own_band)})"


def can_be_drawn(ledger: Estimate, left_out: Collection[str] = ()) -> bool:
    """Whether there is anything to compare costs at: some calls, and an option to compare with."""
    options = ledger.volumes[-1].options
    return ledger.calls != 0 and any(o.option in BASELINES and o.option not in left_out for o in options)


def curves(ledger: Estimate, *, left_out: Collection[str] = (), with_bands: bool = True) -> Curves | None:
    """The curves of a ledger; ``None`` where :func:`can_be_drawn` says no.

    ``left_out``: options that are not to be shown. ``with_bands``: with the uncertainty around each line, which takes
    2,000 worlds at a few volumes.
    """
    if not can_be_drawn(ledger, left_out):
        return None
    return _Drawn.of(ledger, frozenset(left_out)).curves(with_bands=with_bands)


@dataclass(frozen=True)
class _Drawn:
    """What is drawn, before it is sampled. ``there``: the volume at which the ledger has the ``options``."""

    ledger: Estimate
    there: Scenario
    options: tuple[Option, ...]

    @staticmethod
    def of(ledger: Estimate, left_out: frozenset[str]) -> _Drawn:
        # Without a volume, the base is the one that is picked where tuning has the best chance.
        there = ledger.volumes[-1]
        return _Drawn(ledger, there, tuple(o for o in there.options if o.option not in left_out))

    @property
    def baselines(self) -> list[Option]:
        return [option for option in self.options if option.option in BASELINES]

    def curves(self, *, with_bands: bool) -> Curves:
        volumes = self._volumes()
        shown = self._worth_showing()
        tunes = {option.option: self.there.tunes[option.option] for option in shown}
        likely = self.there.shown(is_exact=True)._replace(options=tunes)
        spread = Edges.over(volumes, self.ledger, likely) if with_bands else None
        months = self._months(volumes)
        series = tuple(self._series(option, volumes, months, spread) for option in shown)
        crossings = tuple(self._crossings(volumes, months))
        low, high = self._own_range()
        return Curves(
            on=self.ledger.as_of,
            volumes=volumes,
            even=tuple(calls for calls in self._even_volumes if calls >= volumes[0]),
            series=series,
            crossings=crossings,
            own=self.ledger.calls,
            own_low=low,
            own_high=high,
            title=self._title(series, volumes),
        )

    def _worth_showing(self) -> tuple[Option, ...]:
        """The baseline first, as one line; then all that is compared with it."""
        lowest = baseline_of(EXACT, [option.cost for option in self.baselines])
        chosen = next(option for option in self.baselines if option.cost == lowest)
        return (chosen, *(option for option in self.options if option.option not in BASELINES))

    def _months(self, volumes: Sequence[Decimal]) -> Mapping[str, tuple[Decimal, ...]]:
        """Each line's months at these volumes: for a baseline, those of the cheapest one there."""
        world = self.ledger.figures.world(
            AT_ONCE, np.array(volumes, dtype=float), float(self.ledger.figures.labelled)
        )
        found = costs(world, {o.option: self.there.tunes[o.option] for o in self.options})
        lowest = baseline_of(AT_ONCE, [found[option.option] for option in self.baselines])
        found |= dict.fromkeys((option.option for option in self.baselines), lowest)
        months = {name: np.broadcast_to(one.month, len(volumes)).tolist() for name, one in found.items()}
        return {name: tuple(Decimal(repr(month)) for month in each) for name, each in months.items()}

    def _series(
        self,
        option: Option,
        volumes: Sequence[Decimal],
        months: Mapping[str, tuple[Decimal, ...]],
        spread: Edges | None,
    ) -> Series:
        name, own = option.option, self.ledger.calls
        low, high = spread.around(name, volumes, months[name]) if spread is not None else ((), ())
        found = self.ledger.band(name) if spread is not None else None
        return Series(
            option=name,
            model=option.model,
            is_baseline=name in BASELINES,
            months=months[name],
            low=low,
            high=high,
            own=None if own is None else option.month.amount,
            own_band=None if found is None else (found.month_p10, found.month_p90),
            at_least=option.month.at_least,
            steps=name in self._on_servers,
        )

    @property
    def _on_servers(self) -> Mapping[str, Steps]:
        """The options whose servers step up with the calls, where a server costs anything."""
        figures = self.ledger.figures
        names = [o.option for o in self.options if o.option in ON_SERVERS and figures.floats["gpu_per_hour"]]
        steps = {name: Steps.of(figures, tuned=name in TUNED) for name in names}
        return {name: step for name, step in steps.items() if step.per_call}

    def _crossings(
        self, volumes: Sequence[Decimal], months: Mapping[str, tuple[Decimal, ...]]
    ) -> Iterator[Crossing]:
        """Those that lie among the volumes."""
        baseline = self.baselines[0].option
        for option, kind, calls in self._marked:
            if not volumes[0] <= calls <= volumes[-1]:
                continue
            place = volumes.index(calls)
            month = months[option.option][place]
            jumps = kind == "same cost" and abs(month - months[baseline][place]) >= A_CENT
            said: Kind = "cheaper from" if jumps else kind
            yield Crossing(option.option, said, calls, month, option.cost.limit)

    @property
    def _marked(self) -> Iterator[tuple[Option, Kind, Decimal]]:
        for option in self.options:
            if option.option not in TUNED:
                continue
            crossover, within = option.crossover_calls, option.crossover_within_horizon_calls
            if crossover is not None and crossover > SAME_COST_AT_ONCE:
                yield option, "same cost", crossover
            if within is not None and within > max(crossover or 0, SAME_COST_AT_ONCE):
                yield option, "pays back", within

    def _volumes(self) -> tuple[Decimal, ...]:
        """Evenly spread over the logarithm; and every place at which a line bends or is marked."""
        same = [calls for _, kind, calls in self._marked if kind != "pays back" and calls <= FARTHEST]
        points = [*same, *([self.ledger.calls] if self.ledger.calls is not None else [])]
        points += [scenario.calls for scenario in self.ledger.scenarios]
        low, high = max(Decimal(1), min(points) / DECADE), max(points) * DECADE
        high = max(high, low * DECADE**3)
        marked = [*points, *(calls for _, _, calls in self._marked), low, high, *self._steps(low, high)]
        marked += self._even_volumes
        return tuple(sorted({*_spread_evenly(low, high, SAMPLES), *(v for v in marked if low <= v <= high)}))

    @property
    def _even_volumes(self) -> tuple[Decimal, ...]:
        """From nothing to twice what matters most: the team's volume and the first crossover."""
        same = [calls for _, kind, calls in self._marked if kind != "pays back" and calls <= FARTHEST]
        return _even_volumes(2 * max([self.there.calls, *([min(same)] if same else [])]))

    def _steps(self, low: Decimal, high: Decimal) -> Iterator[Decimal]:
        """Where a server is added, just before and just after."""
        for steps in self._on_servers.values():
            for number in steps.between(float(low * (1 - JUST)), float(high * (1 + JUST)))[:STEPS_DRAWN]:
                step = number / Decimal(repr(steps.per_call))
                yield from (step * (1 - JUST), step * (1 + JUST))

    def _own_range(self) -> tuple[Decimal | None, Decimal | None]:
        answer = self.ledger.figures.answers.of("calls_per_month")
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
            return f"From {counted(from_calls(crossover), 'calls a month')} on, fine-tuning stays cheaper"
        if self.ledger.calls is not None and self.ledger.calls >= crossover:
            above = counted(from_calls(crossover), "calls a month")
            return f"Above {above}, fine-tuning is cheaper{self._than(series)}"
        return f"Below {counted(from_calls(crossover), 'calls a month')}, {self._prompting} is cheaper"

    @staticmethod
    def _than(series: Sequence[Series]) -> str:
        """What it is cheaper than, where a third option is cheaper still."""
        tuned = min(one.own or Decimal(0) for one in series if one.option in TUNED and not one.at_least)
        cheapest = min(one.own or Decimal(0) for one in series)
        return " than today's prompt" if cheapest < tuned else ""

    @property
    def _prompting(self) -> str:
        is_own = any(one.option == "self_hosted_prompted" for one in self.baselines)
        return "prompting the open model" if is_own else "prompting"

    def _title_of_the_baseline(self, baseline: Series) -> str:
        subject = self._prompting[0].upper() + self._prompting[1:]
        if self.ledger.calls is None:
            return f"{subject} is the only option left to compare"
        return f"{subject} costs {baseline.own_in_words} a month at {counted(self.ledger.calls, 'calls')}"

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


def _even_volumes(high: Decimal) -> tuple[Decimal, ...]:
    """Up to twelve round numbers with the same distance, of which the last is the first at or above ``high``."""
    rough = high / MOST_EVEN
    size = Decimal(10) ** rough.adjusted()
    step = next(digits * size for digits in ROUND_STEPS if digits * size >= rough)
    return tuple(step * place for place in range(1, int((high / step).to_integral_value(ROUND_CEILING)) + 1))


def _spread_evenly(low: Decimal, high: Decimal, samples: int) -> Iterator[Decimal]:
    first, last = log10(float(low)), log10(float(high))
    for place in range(1, samples - 1):
        share = 10 ** (first + (last - first) * place / (samples - 1))
        yield Decimal(f"{share:.6g}")
