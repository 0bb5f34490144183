"""Where, along one number, what node 5 of the tree asks of the ledger turns out otherwise.

At one volume and one number of labelled examples, every cost is a straight line along every single assumption, or along
one divided by it, between a few kinks; servers add steps. Two samples between two kinks give the lines, and the places
where two options cost the same follow. Binary floating point is enough to find them: whoever asks prices the places
found exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations, pairwise
from math import ceil, floor, inf

from core.costs.crossover import Outcome, Payback
from core.costs.running import Running
from core.costs.terms import FEWEST_EXAMPLES, MILLION, MOST_EXAMPLES, Called, Terms
from core.facts import ASSUMPTIONS
from core.prices.calling import shortest_cached_prefix, tier_starts

Values = list[float]
Outcomes = frozenset[Outcome]
Changed = Callable[[Outcomes], bool]
Window = tuple[float, float]
"""Two values of the number: from the first, the nearer one, to the second the outcome is another."""

NO_PAYBACK = frozenset({Outcome(False, False)})
MOST_CALLS = Decimal(10) ** 15
_PARTS = 6  # of the own servers: fixed, once, limit, a server, servers needed, fewest servers
_PRICES = ("in", "cached", "write", "out")
_PROMPTED = frozenset(
    {"prompt_tokens", "fixed_share", "output_tokens", "cache_hit_rate", "batch_share", "batch_discount"}
    | {"retry_rate", "upkeep_hours", "engineer_per_hour"}
)
_TRAINED = frozenset(
    {"training_examples", "tokens_per_example", "epochs", "prompt_tokens", "fixed_share"}
) | {"output_tokens"}
_TUNED = _TRAINED | {
    *("tuned_fixed_tokens", "tuned_output_tokens", "runs", "price_per_label", "labels_to_buy"),
    *("tuning_hours", "retrain_hours", "retrains_per_year", "engineer_per_hour", "upkeep_hours"),
    *("horizon_months", "hours_per_month"),
}
_BASELINE_KEYS = _PROMPTED | {f"price_{kind}" for kind in _PRICES}
_CHEAPER_KEYS = _BASELINE_KEYS | {f"cheaper_price_{kind}" for kind in _PRICES}
_HOSTED_KEYS = _TUNED | {
    *("tuned_price_in", "tuned_price_out", "train_price", "minimum_training_fee", "hosting_per_hour"),
    *("storage_per_month", "base_life_months", "batch_share", "batch_discount", "retry_rate"),
}
_OWN_KEYS = _TUNED | {
    *("gpu_per_hour", "decode_tokens_per_second", "prefill_weight", "utilisation", "peak_factor"),
    *("min_replicas", "serving_overhead", "on_call_hours", "train_tokens_per_second", "train_derate"),
}
CHEAPER_ALONE = frozenset(f"cheaper_price_{kind}" for kind in _PRICES)
"""What makes no difference to whether tuning pays back."""
_INVERSE = frozenset({"decode_tokens_per_second", "utilisation", "train_tokens_per_second", "train_derate"})

_OTHERWISE_STATED = frozenset(
    {f"{whose}price_{kind}" for whose in ("", "cheaper_", "tuned_") for kind in _PRICES}
    | {"train_price", "minimum_training_fee", "hosting_per_hour", "storage_per_month", "base_life_months"}
    | {"cache_hit_rate", "training_examples", "labels_to_buy"}
)
"""Assumptions that are not the same once they are stated as what they are assumed to be: a price holds for every base
then, a model that is not named has no cache, what is shown is rounded, and what depends on a range is shown for its
middle."""

DEPENDED_ON = tuple(
    key
    for key, assumption in ASSUMPTIONS.items()
    if key in _BASELINE_KEYS | _CHEAPER_KEYS | _HOSTED_KEYS | _OWN_KEYS
    and assumption.kind in ("number", "whole number", "share", "money")
)
"""The assumptions that node 5 can depend on. Not the GPUs of a replica: with another number of them its throughput is
another measurement."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """How the values of one place are laid out, and which of the options hold something unknown."""

    baselines: int
    cheaper: int
    hosted: int
    hosted_open: bool
    own_open: bool

    def outcome(self, values: Values, servers: float) -> Outcomes:
        """The outcomes at one place, the own option with so many servers' cost a month."""
        baseline = min(values[: self.baselines])
        at = self.baselines + self.cheaper
        cheaper = values[self.baselines] if self.cheaper else None
        surely: Values = []
        perhaps: Values = []
        month, once, limit = values[at] + servers, values[at + 1], values[at + 2]
        if _back(baseline - month, once, limit):
            (perhaps if self.own_open else surely).append(once + 12 * month)
        if self.hosted:
            first_year, month, once, limit = min(
                (values[i + 1] + 12 * values[i], values[i], values[i + 1], values[i + 2])
                for i in range(at + _PARTS, len(values), 3)
            )
            if _back(baseline - month, once, limit):
                (perhaps if self.hosted_open else surely).append(first_year)
        return _told(cheaper, surely, perhaps)


_TOLD = {
    told: frozenset({told}) for told in (Outcome(False, False), Outcome(True, False), Outcome(True, True))
}


_DEARER = (Outcome(True, False), Outcome(True, True), Outcome(False, False))
"""The order in which an outcome changes as own servers become dearer."""


def _between(few: Outcomes, many: Outcomes) -> tuple[Outcomes, ...]:
    """Every outcome that a number of servers between two can have."""
    if len(few) > 1 or len(many) > 1:
        return (few, many, *_TOLD.values())
    first, last = _DEARER.index(next(iter(few))), _DEARER.index(next(iter(many)))
    return tuple(_TOLD[told] for told in _DEARER[first : last + 1])


def _told(cheaper: float | None, surely: Values, perhaps: Values) -> Outcomes:
    if not perhaps:
        if not surely:
            return NO_PAYBACK
        return _TOLD[Outcome(True, cheaper is not None and cheaper < min(surely))]
    outcomes = set() if surely else {Outcome(False, False)}
    if surely:
        outcomes.add(Outcome(True, cheaper is not None and cheaper < min(surely)))
    for least in perhaps:
        if cheaper is None or cheaper >= min([least, *surely]):
            outcomes.add(Outcome(True, False))
        if cheaper is not None and (not surely or cheaper < min(surely)):
            outcomes.add(Outcome(True, True))
    return frozenset(outcomes)


def _back(saved: float, once: float, limit: float) -> bool:
    return saved > 0 and limit > 0 and once <= saved * limit


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What lies between two places: the values at its near and its far end, straight lines between them."""

    shape: _Shape
    near: Values
    far: Values

    def at(self, share: float) -> Values:
        return [a + (b - a) * share for a, b in zip(self.near, self.far, strict=True)]

    def windows(self, changed: Changed) -> Iterator[Window]:
        """Where the outcome is changed, as shares of the way, the nearest first."""
        at = self.shape.baselines + self.shape.cheaper + 3
        if self.near[at] == self.far[at] == 0:
            yield from self._smooth(0.0, 1.0, changed, (0.0, 0.0))
            return
        yield from self._stepped(changed, at)

    def _stepped(self, changed: Changed, at: int) -> Iterator[Window]:
        needed, fewest = (self.near[at + 1], self.far[at + 1]), self.near[at + 2]
        if fewest != self.far[at + 2]:
            counts = [max(ceil(needed[0] - 1e-9), some) for some in (fewest, self.far[at + 2])]
            servers = self._servers(at, (counts[0], counts[1]), 0.0, 1.0)
            yield from self._smooth(0.0, 1.0, changed, servers)
            return
        cuts = [0.0, 1.0]
        if needed[0] != needed[1]:
            turn = (fewest - needed[0]) / (needed[1] - needed[0])
            cuts = [0.0, turn, 1.0] if 0 < turn < 1 else cuts
        for start, end in pairwise(cuts):
            middle = needed[0] + (needed[1] - needed[0]) * (start + end) / 2
            if middle <= fewest:
                yield from self._smooth(start, end, changed, self._servers(at, (fewest, fewest), start, end))
            else:
                yield from self._among_steps(start, end, changed, at)

    def _servers(self, at: int, counts: tuple[float, float], start: float, end: float) -> tuple[float, float]:
        """The cost of servers at both ends of a part of the way."""
        one = [self.near[at] + (self.far[at] - self.near[at]) * share for share in (start, end)]
        return one[0] * counts[0], one[1] * counts[1]

    def _among_steps(self, start: float, end: float, changed: Changed, at: int) -> Iterator[Window]:
        first, last = self.near[at + 1], self.far[at + 1]
        ends = first + (last - first) * start, first + (last - first) * end
        low, high = min(ends), max(ends)
        steps = list(range(floor(low + 1e-9) + 1, ceil(high - 1e-9))) if high - low < 4 else None
        if steps is not None:
            cuts = sorted({start, end, *((step - first) / (last - first) for step in steps)})
            for left, right in pairwise(cuts):
                count = float(ceil(first + (last - first) * (left + right) / 2))
                yield from self._smooth(left, right, changed, self._servers(at, (count, count), left, right))
            return
        # The servers of a part cost at least those needed, and at most one more.
        least = self._servers(at, ends, start, end)
        most = self._servers(at, (ends[0] + 1, ends[1] + 1), start, end)
        part = _Stretch(self.shape, self.at(start), self.at(end))
        cuts = [0.0, *sorted(part._places(least) | part._places(most)), 1.0]
        for left, right in pairwise(cuts):
            share = (left + right) / 2
            values = part.at(share)
            few, many = (
                part.shape.outcome(values, servers[0] + (servers[1] - servers[0]) * share)
                for servers in (least, most)
            )
            near, far = start + (end - start) * left, start + (end - start) * right
            if not any(changed(told) for told in _between(few, many)):
                continue
            if few == many:
                yield near, far
            else:
                yield from self._between_steps(near, far, changed, at)

    def _between_steps(self, start: float, end: float, changed: Changed, at: int) -> Iterator[Window]:
        """The same of a part in which every step may matter: by halves, cut where servers step."""
        first, last = self.near[at + 1], self.far[at + 1]
        middle = (round(first + (last - first) * (start + end) / 2) - first) / (last - first)
        if start < middle < end:
            yield from self._among_steps(start, middle, changed, at)
            yield from self._among_steps(middle, end, changed, at)
            return
        count = float(ceil(first + (last - first) * (start + end) / 2))
        yield from self._smooth(start, end, changed, self._servers(at, (count, count), start, end))

    def _smooth(
        self, start: float, end: float, changed: Changed, servers: tuple[float, float]
    ) -> Iterator[Window]:
        """The windows of a part without steps: between two places next to each other nothing changes."""
        is_whole = (start, end) == (0, 1)
        part = self if is_whole else _Stretch(self.shape, self.at(start), self.at(end))
        places = [0.0, *sorted(part._places(servers)), 1.0]
        for left, right in pairwise(places):
            share = (left + right) / 2
            cost = servers[0] + (servers[1] - servers[0]) * share
            if right > left and changed(self.shape.outcome(part.at(share), cost)):
                yield start + (end - start) * left, start + (end - start) * right

    def _places(self, servers: tuple[float, float]) -> set[float]:
        """Where the sign of a comparison changes."""
        shape, near, far = self.shape, self.near, self.far
        at = shape.baselines + shape.cheaper
        own = (
            (near[at] + servers[0], near[at + 1], near[at + 2]),
            (far[at] + servers[1], far[at + 1], far[at + 2]),
        )
        tuned = [own, *self._cheapest(at + _PARTS)]
        lines = [(near[i] - near[j], far[i] - far[j]) for i, j in combinations(range(shape.baselines), 2)]
        years = [tuple(once + 12 * month for month, once, _ in ends) for ends in tuned]
        lines += [(one[0] - other[0], one[1] - other[1]) for one, other in combinations(years, 2)]
        if shape.cheaper:
            costs = near[shape.baselines], far[shape.baselines]
            lines += [(year[0] - costs[0], year[1] - costs[1]) for year in years]
        for (month, once, limit), (month_far, once_far, limit_far) in tuned:
            lines.append((limit, limit_far))
            for i in range(shape.baselines):
                saved, saved_far = near[i] - month, far[i] - month_far
                lines += [(saved, saved_far), (saved * limit - once, saved_far * limit_far - once_far)]
        return {a / (a - b) for a, b in lines if a * b < 0}

    def _cheapest(self, at: int) -> list[tuple[tuple[float, float, float], tuple[float, float, float]]]:
        """The hosted bases that can be the cheapest somewhere between the ends."""
        near, far = self.near, self.far
        first_years = sorted(
            (near[i + 1] + 12 * near[i], far[i + 1] + 12 * far[i], i) for i in range(at, len(near), 3)
        )
        kept, least = [], inf
        for _, there, i in first_years:
            if there < least:
                least = there
                kept.append(((near[i], near[i + 1], near[i + 2]), (far[i], far[i + 1], far[i + 2])))
        return kept


@dataclass(frozen=True)
class Turning:
    """The question of node 5 at one volume and one number of labelled examples."""

    payback: Payback
    calls: Decimal
    labelled: Decimal
    _stated: dict[str, Terms] = field(default_factory=dict)
    _present: dict[str, float] = field(default_factory=dict)
    _samples: dict[tuple[str, float], tuple[_Shape, Values]] = field(default_factory=dict)

    @property
    def terms(self) -> Terms:
        return self.payback.terms

    def along(self, key: str, present: Decimal, changed: Changed, *, up: bool) -> Iterator[Window]:
        """Where an assumption changes the outcome, from its present value up or down, the nearest first."""
        assumption = ASSUMPTIONS[key]
        low, high = float(assumption.low), float(assumption.high)
        kinks = [low, *sorted(kink for kink in set(self._kinks(key)) if low < kink < high), high]
        return self._windows(
            kinks,
            float(present),
            changed,
            up=up,
            sample=lambda x: self._sample(key, x),
            inverse=key in _INVERSE,
        )

    def along_calls(self, present: Decimal, low: Decimal, changed: Changed, *, up: bool) -> Iterator[Window]:
        """The same for the calls a month, where at least ``low`` are looked at."""
        cached = [r for r in (*self.payback.baselines, self.payback.cheaper) if r is not None and r.saved]
        bends = max((float(running.hits.saturated_from) for running in cached), default=0.0)
        grid = [bends * step / 128 for step in range(129)] if bends > float(low) else [0.0]
        kinks = sorted({float(low), *(at for at in grid if at > float(low)), float(MOST_CALLS)})
        return self._windows(
            kinks, float(present), changed, up=up, sample=lambda x: self._place(_exact(x), self.labelled)
        )

    def along_labels(
        self, present: Decimal, changed: Changed, low: Decimal, high: Decimal, *, up: bool
    ) -> Iterator[Window]:
        """The same for the labelled examples, from ``low`` to ``high``."""
        own = self.terms.given("training_examples") or Decimal(0)
        bends = {FEWEST_EXAMPLES, MOST_EXAMPLES, own, *self._fee_kinks("labels")}
        # With more examples than are trained on nothing changes.
        high = min(high, max(self.terms.most_examples, present))
        kinks = [float(low), *sorted(float(bend) for bend in bends if low < bend < high), float(high)]
        return self._windows(
            kinks, float(present), changed, up=up, sample=lambda x: self._place(self.calls, _exact(x))
        )

    def stated(self, key: str, present: Decimal) -> Outcomes:
        """What the ledger says when an assumption is stated as what it is assumed to be."""
        self._present[key] = float(present)
        shape, values = self._sample(key, float(present))
        at = shape.baselines + shape.cheaper + 3
        servers = values[at] * max(values[at + 2], ceil(values[at + 1] - 1e-9))
        return shape.outcome(values, servers)

    def _windows(
        self,
        kinks: Values,
        present: float,
        changed: Changed,
        *,
        up: bool,
        sample: Callable[[float], tuple[_Shape, Values]],
        inverse: bool = False,
    ) -> Iterator[Window]:
        stretches = list(pairwise(kinks))
        for low, high in stretches if up else reversed(stretches):
            near, far = (max(low, present), high) if up else (min(high, present), low)
            if (near >= far) if up else (near <= far):
                continue
            first, second = _two_inside(low, high, present if low <= present <= high else near)
            (shape, one), (other_shape, other) = sample(first), sample(second)
            if shape != other_shape:
                continue
            to_axis = _inverted if inverse else float
            a, b = to_axis(first), to_axis(second)
            ends = [
                [v + (w - v) * (to_axis(end) - a) / (b - a) for v, w in zip(one, other, strict=True)]
                for end in (near, far)
            ]
            for start, end in _Stretch(shape, ends[0], ends[1]).windows(changed):
                axis = to_axis(near), to_axis(far)
                places = [axis[0] + (axis[1] - axis[0]) * share for share in (start, end)]
                yield (to_axis(places[0]), to_axis(places[1])) if inverse else (places[0], places[1])

    def _sample(self, key: str, value: float) -> tuple[_Shape, Values]:
        """The costs with an assumption stated; what it cannot touch is not worked out again."""
        known = value == self._present.get(key) and key not in _OTHERWISE_STATED
        place = ("", 0.0) if known else (key, value)
        if place not in self._samples:
            stated = () if known else (key, _exact(value))
            self._samples[place] = self._place(self.calls, self.labelled, *stated)
        return self._samples[place]

    def priced(self, key: str, value: Decimal) -> Payback:
        """The same question with an assumption stated; what that cannot touch is not worked out again."""
        here, terms = self.payback, self._stated.get(key, self.payback.terms)
        other = Payback(terms.with_assumption(key, value))
        self._stated.setdefault(key, other.terms)
        if key not in _BASELINE_KEYS:
            other.__dict__["baselines"] = here.baselines
        if key not in _CHEAPER_KEYS:
            other.__dict__["cheaper"] = here.cheaper
        if key not in _HOSTED_KEYS:
            other.hosted_at[self.labelled] = here.hosted(self.labelled)
        if key not in _OWN_KEYS:
            other.own_at[self.labelled] = here.own(self.labelled)
        return other

    def outcomes_with(self, key: str, value: Decimal) -> Outcomes:
        """What the ledger says with an assumption stated, exactly."""
        return self.priced(key, value).outcomes_at(self.calls, self.labelled)

    def _place(
        self, calls: Decimal, labelled: Decimal, key: str | None = None, value: Decimal | None = None
    ) -> tuple[_Shape, Values]:
        here = self.payback if key is None or value is None else self.priced(key, value)
        baselines, cheaper, hosted = here.baselines, here.cheaper, here.hosted(labelled)
        own = here.own(labelled)
        shape = _Shape(
            len(baselines),
            0 if cheaper is None else 1,
            len(hosted),
            bool(hosted) and hosted[0].open_ended,
            own.open_ended,
        )
        values = [float(running.month(calls)) for running in baselines]
        if cheaper is not None:
            values.append(float(cheaper.first_year(calls)))
        servers = own.replicas
        values += [
            float(number)
            for number in (
                *(own.fixed, own.up_front, own.limit),
                *(servers.month, calls * servers.per_call, servers.fewest),
            )
        ]
        for running in hosted:
            values += _costs(running, calls)
        return shape, values

    # Kinks

    def _kinks(self, key: str) -> Iterator[float]:
        terms = self.terms
        if key in _TRAINED | {"train_price", "minimum_training_fee"}:
            yield from map(float, self._fee_kinks(key))
        if key in ("prompt_tokens", "fixed_share", "tuned_fixed_tokens"):
            yield from self._token_kinks(key)
        match key:
            case "training_examples":
                yield float(self.labelled)
            case "horizon_months":
                yield from (float(tuned.life_months / 2) for tuned in terms.worth_tuning)
            case "base_life_months":
                yield from (0.0, float(2 * terms.horizon))
            case "min_replicas":
                yield float(ceil(self.calls * terms.replicas(tuned=True).per_call))
            case "hours_per_month":
                needed = float(self.calls * terms.replicas(tuned=True).per_call)
                now = float(terms.number(key))
                first = max(1, floor(needed), int(terms.fewest_replicas))
                yield from (
                    10.0,
                    100.0,
                    *(now * needed / count for count in (first - 1, first, first + 1) if count),
                )

    def _token_kinks(self, key: str) -> Iterator[float]:
        """Where a prefix becomes long enough for the cache, and where another tier of prices begins."""
        terms = self.terms
        tokens, share = terms.number("prompt_tokens"), terms.number("fixed_share")
        cheaper = terms.cheaper_model
        for called in (terms.model, cheaper):
            if not isinstance(called, Called) or key == "tuned_fixed_tokens":
                continue
            if (share if key == "prompt_tokens" else tokens) > 0:
                shortest = shortest_cached_prefix(called.model)
                yield float(shortest / (share if key == "prompt_tokens" else tokens))
            if key == "prompt_tokens":
                yield from map(float, tier_starts(called.model, on=terms.on))

    def _fee_kinks(self, key: str) -> Iterator[Decimal]:
        """Where a training run begins to cost more than the least that is billed for one."""
        terms = self.terms
        examples = terms.examples(self.labelled)
        each = terms.tokens_per_example * terms.number("epochs")
        for tuned in terms.worth_tuning:
            price, fee = tuned.train.value, tuned.minimum_fee.value
            if key == "minimum_training_fee":
                yield examples * each * (price or 0) / MILLION
            elif key == "train_price":
                if fee and examples * each:
                    yield fee * MILLION / (examples * each)
            elif fee and price and each:
                yield from self._fee_kink(key, fee * MILLION / price, examples)

    def _fee_kink(self, key: str, tokens: Decimal, examples: Decimal) -> Iterator[Decimal]:
        terms = self.terms
        each, epochs = terms.tokens_per_example, terms.number("epochs")
        if key in ("labels", "training_examples"):
            yield tokens / (each * epochs)
        elif key == "epochs" and examples:
            yield tokens / (each * examples)
        elif examples and (key == "tokens_per_example" or terms.given("tokens_per_example") is None):
            wanted = tokens / (examples * epochs)
            changing, share = terms.number("prompt_tokens"), terms.number("fixed_share")
            if key == "tokens_per_example":
                yield wanted
            elif key == "output_tokens":
                yield wanted - terms.dynamic_tokens
            elif key == "prompt_tokens" and share < 1:
                yield (wanted - terms.output_tokens) / (1 - share)
            elif key == "fixed_share" and changing:
                yield 1 - (wanted - terms.output_tokens) / changing


def _costs(running: Running, calls: Decimal) -> Values:
    return [float(running.month(calls)), float(running.up_front), float(running.limit)]


def _two_inside(low: float, high: float, near: float) -> tuple[float, float]:
    """Two values between two kinks: the one given where it lies inside, and one close to it."""
    reach = max(abs(near), 1.0)
    if near < high and high - near >= near - low:
        width, way = min(high - near, reach), 1
    else:
        width, way = min(near - low, reach), -1
    return (near if low < near < high else near + way * width / 8), near + way * width / 2


def _inverted(value: float) -> float:
    return 1 / max(value, 1e-12)


def _exact(value: float) -> Decimal:
    return Decimal(repr(value))
