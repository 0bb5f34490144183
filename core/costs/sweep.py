"""Where, in a range of calls and of labelled examples, the answers to node 5 of the tree may change.

All that is compared there is a sum of a constant, a multiple of the calls N, a multiple of N times the cache hit rate,
and whole servers; the constants change in straight lines with the labelled examples between a few knots. So the places
where two options cost the same are found directly, and between two such places next to each other nothing changes: a
point in each gap is enough. The hit rate bends the curves below about 20,000 calls a month; there the places are looked
for on a grid first.

Binary floating point is enough here, as no point that is tried lies on a boundary; the ends of the ranges are priced
exactly elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, expm1

import numpy as np
from numpy.typing import NDArray

from core.costs.running import CALLS_A_LIFE, MOST_HITS, Running

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

GRID = 257
STEPS_TRIED = 48
SHARES = np.linspace(0, 1, STEPS_TRIED)
FARTHEST = 1e18


@dataclass(frozen=True, slots=True)
class Curve:
    """What an option costs: per month ``fixed + N (call - saved h(N)) + replicas(N) replica``, and ``up_front``.

    ``fixed`` and ``up_front`` at each knot of the labelled examples.
    """

    fixed: Floats
    up_front: Floats
    call: float
    saved: float
    limit: float
    replica: float
    open_ended: bool

    @staticmethod
    def of(at_knots: Sequence[Running]) -> Curve:
        """The curve of one option, given at each knot."""
        first = at_knots[0]
        return Curve(
            fixed=np.array([float(running.fixed) for running in at_knots]),
            up_front=np.array([float(running.up_front) for running in at_knots]),
            call=float(first.call),
            saved=float(first.saved),
            limit=float(first.limit),
            replica=float(first.replicas.month),
            open_ended=first.open_ended,
        )

    def never_dearer(self, other: Curve) -> bool:
        """Whether its first year is at most the other's, whatever the calls and the labelled examples."""
        fixed, once = bool((self.fixed <= other.fixed).all()), bool((self.up_front <= other.up_front).all())
        return fixed and once and self.call <= other.call


@dataclass(frozen=True, slots=True)
class Condition:
    """Something whose sign matters: ``constant + slope N + cached N h(N) - servers replicas(N)``.

    ``constant`` at each knot of the labelled examples.
    """

    constant: Floats
    slope: float
    cached: float
    servers: float


@dataclass(frozen=True)
class Sweep:
    """The options of node 5 over a range. ``stated_hits`` is the hit rate where the team stated it."""

    knots: Floats
    baselines: tuple[Curve, ...]
    cheaper: Curve | None
    hosted: tuple[Curve, ...]
    own: Curve
    per_call: float
    fewest: float
    stated_hits: float | None

    @staticmethod
    def over(
        *,
        knots: Sequence[Decimal],
        baselines: Sequence[Running],
        cheaper: Running | None,
        hosted: Sequence[Sequence[Running]],
        own: Sequence[Running],
        stated_hits: float | None,
    ) -> Sweep:
        """A sweep of options that were worked out at each knot of the labelled examples."""
        return Sweep(
            knots=np.array([float(knot) for knot in knots]),
            baselines=tuple(Curve.of([baseline] * len(knots)) for baseline in baselines),
            cheaper=None if cheaper is None else Curve.of([cheaper] * len(knots)),
            hosted=_undominated([Curve.of(at_knots) for at_knots in zip(*hosted, strict=True)]),
            own=Curve.of(own),
            per_call=float(own[0].replicas.per_call),
            fewest=float(own[0].replicas.fewest),
            stated_hits=stated_hits,
        )

    def telling_volumes(self, low: float, high: float | None) -> list[float]:
        """One volume for every set of outcomes that the labelled examples then leave."""
        tried = list(self.points(low, high))
        volumes = np.unique(np.concatenate([there for _, there in tried]))
        outcomes: dict[tuple[bool, bool], Flags] = {}
        for labelled, _ in tried:
            for told, where in self.told(labelled, volumes).items():
                outcomes[told] = outcomes.get(told, np.zeros(len(volumes), bool)) | where
        codes = sum(where.astype(int) << index for index, where in enumerate(outcomes.values()))
        _, firsts = np.unique(codes, return_index=True)
        return [float(volumes[first]) for first in sorted(firsts)]

    def points(self, low: float, high: float | None) -> Iterator[tuple[float, Floats]]:
        """Numbers of labelled examples, each with volumes of which one lies in every gap between two changes."""
        for labelled in self._labels(low, high):
            yield labelled, self._volumes(labelled, low, high)

    def holds(self, labelled: float, calls: Floats) -> set[tuple[bool, bool]]:
        """The outcomes at these volumes, as (pays back, cheaper costs less)."""
        return {outcome for outcome, where in self.told(labelled, calls).items() if where.any()}

    def told(self, labelled: float, calls: Floats) -> dict[tuple[bool, bool], Flags]:
        """At which of these volumes each outcome may be; at one volume several only where something is unknown."""
        hits = self._hits(calls)
        baseline = np.min([self._month(b, labelled, calls, hits) for b in self.baselines], axis=0)
        cheaper = np.full_like(calls, np.inf)
        if self.cheaper is not None:
            cheaper = 12 * self._month(self.cheaper, labelled, calls, hits) + self._once(
                self.cheaper, labelled
            )
        surely, perhaps = np.full_like(calls, np.inf), []
        for back, first_year, open_ended in self._tuned(labelled, calls, hits, baseline):
            least = np.where(back, first_year, np.inf)
            if open_ended:
                perhaps.append(least)
            else:
                surely = np.minimum(surely, least)
        return _told(cheaper, surely, perhaps)

    def _tuned(
        self, labelled: float, calls: Floats, hits: Floats, baseline: Floats
    ) -> Iterator[tuple[Flags, Floats, bool]]:
        """Per tuned option: where it pays back as far as is known, its first year, whether something is unknown."""
        if self.hosted:
            months = np.array([self._month(h, labelled, calls, hits) for h in self.hosted])
            once = np.array([self._once(h, labelled) for h in self.hosted])
            limits = np.array([h.limit for h in self.hosted])
            first_years = once[:, None] + 12 * months
            picked = np.argmin(first_years, axis=0)
            each = np.arange(len(calls))
            back = _back(baseline - months[picked, each], once[picked], limits[picked])
            yield back, first_years[picked, each], self.hosted[0].open_ended
        month, own_once = self._month(self.own, labelled, calls, hits), self._once(self.own, labelled)
        own_limit = np.full_like(calls, self.own.limit)
        yield (
            _back(baseline - month, np.full_like(calls, own_once), own_limit),
            own_once + 12 * month,
            self.own.open_ended,
        )

    def _hits(self, calls: Floats) -> Floats:
        if self.stated_hits is not None:
            return np.full_like(calls, self.stated_hits)
        return np.minimum(float(MOST_HITS), -np.expm1(-calls / float(CALLS_A_LIFE)))

    @property
    def _final_hits(self) -> float:
        return float(MOST_HITS) if self.stated_hits is None else self.stated_hits

    @property
    def _bends_until(self) -> float:
        """The calls from which the hit rate no longer changes, where it matters."""
        cached = any(curve.saved for curve in (*self.baselines, *((self.cheaper,) if self.cheaper else ())))
        if self.stated_hits is not None or not cached:
            return 0.0
        return float(-np.log1p(-float(MOST_HITS)) * float(CALLS_A_LIFE))

    def _replicas(self, calls: Floats) -> Floats:
        return np.maximum(self.fewest, np.ceil(calls * self.per_call))

    def _month(self, curve: Curve, labelled: float, calls: Floats, hits: Floats) -> Floats:
        fixed = np.interp(labelled, self.knots, curve.fixed)
        servers = curve.replica * self._replicas(calls) if curve.replica else 0.0
        return np.asarray(fixed + calls * (curve.call - curve.saved * hits) + servers)

    def _once(self, curve: Curve, labelled: float) -> float:
        return float(np.interp(labelled, self.knots, curve.up_front))

    def _conditions(self) -> list[Condition]:
        """Everything whose sign makes an outcome."""
        found = []
        for tuned in (*self.hosted, self.own):
            for base in self.baselines:
                found.append(_pays(tuned, base))
            if self.cheaper is not None:
                found.append(_first_years(self.cheaper, tuned))
        for index, one in enumerate(self.hosted):
            found += [_first_years(one, other) for other in self.hosted[index + 1 :]]
        if len(self.baselines) > 1:
            found.append(_first_years(*self.baselines[:2]))
        return found

    @property
    def _steps(self) -> bool:
        return self.per_call > 0 and self.own.replica > 0

    # Volumes

    def _volumes(self, labelled: float, low: float, high: float | None) -> Floats:
        if high == low:
            return np.array([low])
        conditions = self._conditions()
        constants = [float(np.interp(labelled, self.knots, c.constant)) for c in conditions]
        places = [low, *self._smooth_places(conditions, constants)]
        if high is not None:
            places.append(high)
        places += self._bent_places(conditions, constants, low, high)
        far = high if high is not None else 4 * max(p for p in [*places, 1e6] if p < FARTHEST)
        if self._steps:
            far = far if high is not None else far + 8 / self.per_call
            places += self._stepped_places(conditions, constants, [*places, far])
        inside = np.unique(np.array([p for p in [*places, far] if low <= p <= far]))
        return (inside[1:] + inside[:-1]) / 2 if len(inside) > 1 else inside

    def _smooth_places(self, conditions: list[Condition], constants: list[float]) -> list[float]:
        """The zeros where the hit rate stands: with the fewest servers, and between the envelopes of their steps."""
        places = [self._bends_until]
        for condition, constant in zip(conditions, constants, strict=True):
            slope = condition.slope + condition.cached * self._final_hits
            places += [_zero(constant - condition.servers * self.fewest, slope)]
            if condition.servers and self._steps:
                tilted = slope - condition.servers * self.per_call
                places += [_zero(constant, tilted), _zero(constant - condition.servers, tilted)]
        if self._steps:
            places.append(self.fewest / self.per_call)
        return [place for place in places if 0 < place < FARTHEST]

    def _bent_places(
        self, conditions: list[Condition], constants: list[float], low: float, high: float | None
    ) -> list[float]:
        """The zeros where the hit rate still changes."""
        end = self._bends_until if high is None else min(high, self._bends_until)
        if end <= low:
            return []
        grid = np.unique(np.concatenate([np.linspace(low, end, GRID), self._first_steps(low, end)]))
        places = []
        for condition, constant in zip(conditions, constants, strict=True):
            signs = np.sign(self._value(condition, constant, grid))
            for index in np.nonzero(signs[1:] != signs[:-1])[0]:
                places.append(self._halved(condition, constant, float(grid[index]), float(grid[index + 1])))
        return places

    def _first_steps(self, low: float, end: float) -> Floats:
        if not self._steps:
            return np.array([])
        counts = np.arange(max(self.fewest, np.ceil(low * self.per_call)), np.ceil(end * self.per_call) + 1)[
            :GRID
        ]
        ends = counts / self.per_call
        return np.concatenate([ends, ends * (1 + 1e-12)])[np.concatenate([ends, ends]) < end]

    def _value(self, condition: Condition, constant: float, calls: Floats) -> Floats:
        servers = condition.servers * self._replicas(calls) if condition.servers else 0.0
        return np.asarray(
            constant + calls * (condition.slope + condition.cached * self._hits(calls)) - servers
        )

    def _halved(self, condition: Condition, constant: float, left: float, right: float) -> float:
        """Where the sign changes between two volumes. In plain numbers: arrays of one are slow."""

        def below(calls: float) -> bool:
            hits = self.stated_hits
            if hits is None:
                hits = min(float(MOST_HITS), -expm1(-calls / float(CALLS_A_LIFE)))
            servers = max(self.fewest, ceil(calls * self.per_call)) if condition.servers else 0.0
            return (
                constant + calls * (condition.slope + condition.cached * hits) - condition.servers * servers
                < 0
            )

        at_left = below(left)
        for _ in range(60):
            middle = (left + right) / 2
            left, right = (middle, right) if below(middle) == at_left else (left, middle)
        return right

    def _stepped_places(
        self, conditions: list[Condition], constants: list[float], around: list[float]
    ) -> list[float]:
        """The steps near every other place, and within each of them the zeros with its number of servers."""
        near = np.sort(np.ceil(np.array([place for place in around if place < FARTHEST]) * self.per_call))
        spread = (near[:-1, None] + np.diff(near)[:, None] * SHARES).round().ravel()
        counts = np.unique(np.concatenate([*(near + shift for shift in (-2, -1, 0, 1, 2)), spread]))
        counts = counts[counts >= self.fewest]
        starts, ends = (counts - 1) / self.per_call, counts / self.per_call
        places = [starts, ends]
        for condition, constant in zip(conditions, constants, strict=True):
            slope = condition.slope + condition.cached * self._final_hits
            if condition.servers and slope:
                zeros = (condition.servers * counts - constant) / slope
                places.append(zeros[(zeros > starts) & (zeros < ends)])
        return [float(place) for place in np.concatenate(places)]

    # Labelled examples

    def _labels(self, low: float, high: float | None) -> Iterator[float]:
        """The ends first, then one number between every two changes."""
        yield from (float(knot) for knot in self.knots)
        for start, end in zip(self.knots[:-1], self.knots[1:], strict=True):
            changes = self._label_changes(float(start), float(end), low, high)
            tried = np.unique(np.concatenate([changes, np.linspace(start, end, 6)]))
            middles = np.unique(np.round((tried[1:] + tried[:-1]) / 2))
            yield from (float(middle) for middle in middles if start < middle < end)

    def _label_changes(self, start: float, end: float, low: float, high: float | None) -> Floats:
        """Where the order of the places along the calls changes: two of them meet, or one meets an end."""
        crossing = []
        for condition in self._conditions():
            ends = np.interp([start, end], self.knots, condition.constant)
            slope = condition.slope + condition.cached * self._final_hits
            crossing += [_zeros(ends - condition.servers * self.fewest, slope)]
            if condition.servers and self._steps:
                tilted = slope - condition.servers * self.per_call
                crossing += [_zeros(ends, tilted), _zeros(ends - condition.servers, tilted)]
        crossing += [
            np.array([place, place]) for place in (low, high, self._bends_until) if place is not None
        ]
        if self._steps:
            crossing.append(np.full(2, self.fewest / self.per_call))
        if high == low:
            return self._label_changes_at(start, end, low)
        paths = np.array(crossing)
        at_start = paths[:, None, 0] - paths[None, :, 0]
        at_end = paths[:, None, 1] - paths[None, :, 1]
        return _meets(at_start.ravel(), at_end.ravel(), start, end)

    def _label_changes_at(self, start: float, end: float, calls: float) -> Floats:
        """Where a sign changes along the labelled examples at one volume."""
        conditions, one = self._conditions(), np.array([calls])
        values = np.array(
            [
                [
                    self._value(c, float(np.interp(edge, self.knots, c.constant)), one)[0]
                    for edge in (start, end)
                ]
                for c in conditions
            ]
        )
        return _meets(values[:, 0], values[:, 1], start, end)


def _meets(at_start: Floats, at_end: Floats, start: float, end: float) -> Floats:
    """Where straight lines that begin and end at these values are zero."""
    turns = (at_start * at_end < 0) & np.isfinite(at_start) & np.isfinite(at_end)
    share = at_start[turns] / (at_start[turns] - at_end[turns])
    return np.asarray(np.unique(np.concatenate([[start, end], start + share * (end - start)])))


def _pays(tuned: Curve, base: Curve) -> Condition:
    """Not negative where a tuned option has paid back within its limit."""
    return Condition(
        constant=tuned.limit * (base.fixed - tuned.fixed) - tuned.up_front,
        slope=tuned.limit * (base.call - tuned.call),
        cached=-tuned.limit * base.saved,
        servers=tuned.limit * (tuned.replica - base.replica),
    )


def _first_years(one: Curve, other: Curve) -> Condition:
    """What one costs more than another in its first year."""
    return Condition(
        constant=one.up_front - other.up_front + 12 * (one.fixed - other.fixed),
        slope=12 * (one.call - other.call),
        cached=-12 * (one.saved - other.saved),
        servers=12 * (other.replica - one.replica),
    )


def _back(saved: Floats, once: Floats, limit: Floats) -> Flags:
    return np.asarray((saved > 0) & (limit > 0) & (once <= saved * limit))


def _zero(constant: float, slope: float) -> float:
    return -constant / slope if slope else -1.0


def _zeros(constants: Floats, slope: float) -> Floats:
    return np.asarray(-constants / slope) if slope else np.array([np.nan, np.nan])


def _told(cheaper: Floats, surely: Floats, perhaps: list[Floats]) -> dict[tuple[bool, bool], Flags]:
    """Where each outcome occurs; an infinite first year stands for an option that does not pay back."""
    sure = np.isfinite(surely)
    need_not, costs_less = sure & (cheaper >= surely), sure & (cheaper < surely)
    for least in perhaps:
        maybe = np.isfinite(least)
        need_not = need_not | (maybe & (cheaper >= np.minimum(least, surely)))
        costs_less = costs_less | (maybe & (cheaper < surely))
    return {(False, False): ~sure, (True, False): need_not, (True, True): costs_less}


def _undominated(curves: list[Curve]) -> tuple[Curve, ...]:
    """Those that can be the cheapest somewhere; of equal ones the first."""
    kept: list[Curve] = []
    for curve in curves:
        if not any(other.never_dearer(curve) for other in kept):
            kept = [other for other in kept if not curve.never_dearer(other)] + [curve]
    return tuple(kept)
