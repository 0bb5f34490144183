"""The ledger in 2,000 worlds at once: every figure drawn from its spread, and the formulas over all of them.

Each world draws every uncertain figure of :mod:`core.costs.spreads` once, and all options live in the same worlds. The
formulas are those of :mod:`core.costs.terms` in binary floating point; with nothing drawn they give the ledger's own
months to a cent, and a drawn world that of a ledger with its figures stated: tests hold both. What is unknown is left
out, so that the months are those of the known part.

The worlds are the same for everybody. Each figure takes each of 2,000 equally likely steps exactly once (a Latin
hypercube, which leaves less to chance than drawing each on its own), in an order that only the seed and the figure's
name decide; the generator that draws it gives the same numbers on every platform and in every version.

A stated figure keeps a part of its spread (:class:`core.costs.spreads.Spread`); a range that was answered is its own
ends; a volume that stands in for an answer, as in scenarios and pictures, is exact. A default that follows another
figure follows it in every world: the cache hit rate the calls, the tuned model's output the prompt's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from core.answers import Between
from core.costs.running import CALLS_A_LIFE, MOST_HITS
from core.costs.spreads import PriceDecline, Spread, price_decline_on, spreads_on
from core.costs.terms import (
    FEWEST_EXAMPLES,
    MOST_EXAMPLES,
    Called,
    Removed,
    Terms,
    TunedAt,
    tiers_of_the_bases,
)
from core.facts import ASSUMPTIONS
from core.prices.calling import shortest_cached_prefix, tier_starts

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Values = Mapping[str, "Floats | float"]
"""What each figure is in every world."""

WORLDS = 2000
SEED = 20_261_123


class Shown(NamedTuple):
    """A volume and the options shown for it. ``is_exact``: nobody answered it, it stands in for an answer.

    ``base``: what is tuned at a provider; the likely case picks it, and it stays in every world.
    """

    calls: Decimal
    options: tuple[str, ...]
    base: str | None
    is_exact: bool


DECLINE = "price_decline"


def every_step(terms: Terms) -> Mapping[str, Floats]:
    """Where each figure stands between its ends, 0 to 1, in every world."""
    return {key: _steps(key) for key in (*spreads_on(terms.on), DECLINE)}


@cache
def _steps(key: str) -> Floats:
    """The middle of each of the equally likely steps once, in an order of the figure's own."""
    # The older generator, as numpy promises never to change its numbers; they are not meant to be secret.
    numbers = np.random.RandomState((SEED + crc32(key.encode())) % 2**32).random_sample(WORLDS)
    return np.asarray((np.argsort(numbers, kind="stable") + 0.5) / WORLDS)


def _between(at: Floats, low: Floats | float, high: Floats | float) -> Floats:
    """Where between two ends around 0 a share of what is drawn lies below: half of it on either side of 0."""
    below = low * (1 - np.sqrt(2 * np.minimum(at, 0.5)))
    above = high * (1 - np.sqrt(2 * np.minimum(1 - at, 0.5)))
    return np.asarray(below + above)


def _around(
    at: Floats | None,
    likely: Floats | float,
    ends: tuple[float, float],
    allowed: tuple[float, float] = (0.0, np.inf),
) -> Floats | float:
    """Values around a likely one; ends that are not allowed are drawn in. A share of nan takes the likely value."""
    if at is None or ends == (1.0, 1.0):
        return likely
    with np.errstate(divide="ignore", invalid="ignore"):
        least, most = np.asarray(allowed[0]) / likely, np.asarray(allowed[1]) / likely
    low = np.log(np.minimum(np.fmax(ends[0], least), 1.0))
    high = np.log(np.maximum(np.fmin(ends[1], most), 1.0))
    factor = np.exp(_between(at, low, high))
    return np.asarray(np.where(np.isnan(at), likely, likely * factor))


def _answered(at: Floats | None, answer: object, likely: float, spread: Spread) -> Floats | float:
    """The values of an answer: between the ends of its range, else around the figure itself."""
    if at is None:
        return likely
    if not isinstance(answer, Between):
        return _around(at, likely, spread.ends(stated=True))
    if answer.low == 0 and answer.high is not None:
        values = likely + _between(at, -likely, float(answer.high) - likely)
        return np.asarray(np.where(np.isnan(at), likely, values))
    low, high = spread.ends(stated=False)
    # An open end has the usual spread; where only the high end is given it is the likely value, and so the other way.
    if answer.low is not None:
        low = float(answer.low) / likely if likely else 1.0
    if answer.high is not None:
        high = float(answer.high) / likely if likely else 1.0
    return _around(at, likely, (low, high))


def drawn_values(terms: Terms, shown: Shown, at: Mapping[str, Floats]) -> Values:
    """Every number that the formulas use, drawn where it has a spread and stands somewhere between its ends."""
    numbers = [key for key, a in ASSUMPTIONS.items() if isinstance(a.fixed, Decimal)]
    values: dict[str, Floats | float] = {key: float(terms.number(key)) for key in numbers}
    values |= _followed(terms)
    spreads = spreads_on(terms.on)
    for key, spread in spreads.items():
        if key in values:
            values[key] = _spread_out(terms, key, spread, values[key], at.get(key))
    values["calls_per_month"] = float(shown.calls)
    if not shown.is_exact:
        values["calls_per_month"] = _answered(
            at.get("calls_per_month"),
            terms.answers.of("calls_per_month"),
            float(shown.calls),
            spreads["calls_per_month"],
        )
    labelled = _answered(
        at.get("labelled_examples"),
        terms.answers.of("labelled_examples"),
        float(terms.labelled),
        spreads["labelled_examples"],
    )
    values["labelled_examples"] = np.rint(labelled) if isinstance(labelled, np.ndarray) else labelled
    values["hits"] = _hits(terms, values["calls_per_month"], spreads["cache_hit_rate"], at)
    values["life"] = _life(terms, spreads["base_life_months"], at.get("base_life_months"))
    values[DECLINE] = _decline(at.get(DECLINE), price_decline_on(terms.on))
    return values


def _followed(terms: Terms) -> Mapping[str, float]:
    """Numbers without a fixed default that have a likely value all the same."""
    found = {
        "decode_tokens_per_second": terms.throughput.value,
        "tuned_output_tokens": terms.given("tuned_output_tokens"),
        "tokens_per_example": terms.given("tokens_per_example"),
    }
    return {key: float(value) for key, value in found.items() if value is not None}


def _spread_out(
    terms: Terms, key: str, spread: Spread, likely: Floats | float, at: Floats | None
) -> Floats | float:
    assumption = ASSUMPTIONS[key]
    allowed = (float(assumption.low), float(assumption.high))
    values = _around(at, likely, spread.ends(stated=key in terms.stated), allowed)
    return np.rint(values) if spread.whole and isinstance(values, np.ndarray) else values


def _hits(terms: Terms, calls: Floats | float, spread: Spread, at: Mapping[str, Floats]) -> Floats | float:
    """The share of fixed prompts that are read from the cache, where they can be."""
    stated = terms.given("cache_hit_rate")
    likely: Floats | float
    if stated is not None:
        likely = float(stated)
    else:
        likely = np.asarray(np.minimum(float(MOST_HITS), -np.expm1(-np.asarray(calls) / float(CALLS_A_LIFE))))
    return _around(at.get("cache_hit_rate"), likely, spread.ends(stated=stated is not None), (0.0, 1.0))


def _life(terms: Terms, spread: Spread, at: Floats | None) -> Floats | float:
    """How many times its likely life a base lasts whose end nobody announced."""
    return _around(at, 1.0, spread.ends(stated=terms.given("base_life_months") is not None))


def _decline(at: Floats | None, decline: PriceDecline) -> Floats | float:
    """The share that a year takes off a price; today's price stays in the likely case."""
    return 0.0 if at is None else float(decline.most) * (1 - np.sqrt(1 - at))


# The formulas


@dataclass(frozen=True, slots=True)
class Cost:
    """One option in every world, in dollars. ``billed``: the part of a month that today's provider bills for calls.

    ``limit``: the months within which it must pay back. ``open_ended``: part of it is unknown.
    """

    month: Floats
    once: Floats | float
    limit: Floats | float
    billed: Floats | float = 0.0
    open_ended: bool = False


@dataclass(frozen=True, slots=True)
class _Prices:
    """Dollars per 1M tokens, in every world where they differ by the length of the prompt."""

    fresh: Floats | float
    cached: Floats | float | None
    write: Floats | float
    out: Floats | float

    @staticmethod
    def of(called: Called) -> _Prices:
        fresh = float(called.price_in.value or 0)
        return _Prices(
            fresh,
            None if called.cached is None else float(called.cached.value or 0),
            fresh if called.write is None else float(called.write.value or 0),
            float(called.price_out.value or 0),
        )


class Formulas:
    """The formulas of :mod:`core.costs.terms`, over all worlds at once. ``size``: how many worlds."""

    def __init__(self, terms: Terms, values: Values, size: int, built: bool) -> None:
        self.terms, self.values, self.size = terms, values, size
        v = values
        self.calls = v["calls_per_month"]
        self.fixed = v["prompt_tokens"] * v["fixed_share"]
        self.dynamic = v["prompt_tokens"] - self.fixed
        self.tuned_output = v.get("tuned_output_tokens", v["output_tokens"])
        self.often = (1 + v["retry_rate"]) * (1 - v["batch_share"] * v["batch_discount"]) / 1e6
        self.upkeep = v["upkeep_hours"] * v["engineer_per_hour"]
        self.prompt_once = 0.0 if built else v["prompt_hours"] * v["engineer_per_hour"]
        self.horizon = float(terms.horizon)

    def costs(self, shown: Shown) -> Mapping[str, Cost]:
        """Each option that is shown, and the cached prompt wherever worlds with a longer prompt have one."""
        made: dict[str, Callable[[], Cost]] = {
            "prompt": lambda: self.prompted(self.terms.model, cached=False),
            "prompt_cached": lambda: self.prompted(self.terms.model, cached=True),
            "cheaper_model": self.cheaper,
            "hosted": lambda: self.hosted(shown.base),
            "self_hosted": self.self_hosted,
            "self_hosted_prompted": self.self_hosted_prompted,
        }
        names = dict.fromkeys(shown.options)
        if "prompt" in names and self.terms.model.cached is not None:
            names["prompt_cached"] = None
        return {name: made[name]() for name in names}

    def worlds(self, values: Floats | float) -> Floats:
        return np.broadcast_to(np.asarray(values, dtype=np.float64), (self.size,))

    # Calls

    def prompted(self, called: Called, *, cached: bool, key: str = "model") -> Cost:
        prices = self.by_tier(
            called,
            self.terms.number("prompt_tokens"),
            self.values["prompt_tokens"],
            tier_starts(called.model, on=self.terms.on),
            lambda tokens: getattr(self.terms.with_assumption("prompt_tokens", tokens), key),
        )
        bill = self.calls * self.call(
            prices, self.fixed, self.values["output_tokens"], called if cached else None
        )
        return Cost(self.worlds(bill + self.upkeep), self.prompt_once, self.horizon, billed=bill)

    def cheaper(self) -> Cost:
        called = self.terms.cheaper_model
        assert not isinstance(called, Removed)
        return self.prompted(called, cached=called.cached is not None, key="cheaper_model")

    def call(
        self, prices: _Prices, fixed: Floats | float, output: Floats | float, cached: Called | None
    ) -> Floats | float:
        """Dollars of one call. ``cached``: the model whose cache is read where the fixed part is long enough."""
        each = prices.fresh
        if cached is not None and prices.cached is not None and self.terms.given("cache_hit_rate") != 0:
            hits = self.values["hits"]
            read = hits * prices.cached + (1 - hits) * prices.write
            # A hair below the least counts as reached: the exact product of the likely values may be just that.
            is_long = np.asarray(fixed) >= float(shortest_cached_prefix(cached.model)) * (1 - 1e-12)
            each = np.where(is_long, read, prices.fresh)
        return self.often * (fixed * each + self.dynamic * prices.fresh + output * prices.out)

    def by_tier(
        self,
        called: Called,
        likely: Decimal,
        tokens: Floats | float,
        starts: Sequence[Decimal],
        priced: Callable[[Decimal], Called | Removed | None],
    ) -> _Prices:
        """The prices for prompts of these lengths; ``called`` are those for the likely length."""
        tier = np.atleast_1d(np.searchsorted([float(start) for start in starts], np.asarray(tokens)))
        of_the_likely = sum(likely > start for start in starts)
        if (tier == of_the_likely).all():
            return _Prices.of(called)
        each = {}
        for one in np.unique(tier):
            length = Decimal(repr(float(np.atleast_1d(tokens)[np.argmax(tier == one)])))
            there = called if one == of_the_likely else priced(length)
            each[int(one)] = _Prices.of(there if isinstance(there, Called) else called)
        conditions = [tier == one for one in each]

        def chosen(kind: str) -> Floats:
            return np.asarray(
                np.select(conditions, [getattr(prices, kind) or 0.0 for prices in each.values()])
            )

        cached = None if called.cached is None else chosen("cached")
        return _Prices(chosen("fresh"), cached, chosen("write"), chosen("out"))

    # Tuning

    @property
    def examples(self) -> Floats | float:
        stated = self.terms.given("training_examples")
        if stated is not None:
            return float(stated)
        labelled = self.values["labelled_examples"]
        return np.maximum(float(FEWEST_EXAMPLES), np.minimum(labelled, float(MOST_EXAMPLES)))

    @property
    def tokens_a_run(self) -> Floats | float:
        each = self.values.get("tokens_per_example", self.dynamic + self.values["output_tokens"])
        return self.examples * each * self.values["epochs"]

    def tuned_once(self, one_run: Floats | float) -> Floats | float:
        v, stated = self.values, self.terms.given("labels_to_buy")
        if stated is not None:
            labels: Floats | float = float(stated)
        else:
            labels = np.maximum(0.0, self.examples - v["labelled_examples"])
        return (
            v["runs"] * one_run + labels * v["price_per_label"] + v["tuning_hours"] * v["engineer_per_hour"]
        )

    def retraining(self, one_run: Floats | float) -> Floats | float:
        v = self.values
        return v["retrains_per_year"] / 12 * (one_run + v["retrain_hours"] * v["engineer_per_hour"])

    def hosted(self, base: str | None) -> Cost:
        v, bases = self.values, self.terms.tuned_at
        assert not isinstance(bases, Removed)
        tuned = next(one for one in bases if one.base == base)
        prices = self.by_tier(
            tuned.called,
            self.terms.tuned_fixed_tokens + self.terms.dynamic_tokens,
            v["tuned_fixed_tokens"] + self.dynamic,
            tiers_of_the_bases(self.terms.on),
            lambda tokens: self.called_at(tuned, tokens),
        )
        bill = self.calls * self.call(prices, v["tuned_fixed_tokens"], self.tuned_output, None)
        one_run = np.maximum(
            self.tokens_a_run * float(tuned.train.value or 0) / 1e6, float(tuned.minimum_fee.value or 0)
        )
        kept = float(tuned.hosting.value or 0) * v["hours_per_month"] + float(tuned.storage.value or 0)
        month = bill + kept + self.upkeep + self.retraining(one_run)
        life = float(tuned.life_months) * (v["life"] if tuned.retires_on is None else 1.0)
        limit = np.minimum(self.horizon, life / 2)
        return Cost(self.worlds(month), self.tuned_once(one_run), limit, open_ended=tuned.is_open_ended)

    def called_at(self, tuned: TunedAt, tokens: Decimal) -> Called | None:
        """What calling a base costs with a prompt of so many tokens."""
        other = self.terms.with_assumption("tuned_fixed_tokens", tokens - self.terms.dynamic_tokens).tuned_at
        if isinstance(other, Removed):
            return None
        return next((base.called for base in other if base.base == tuned.base), None)

    # Own servers

    def servers(self, tokens: Floats | float, output: Floats | float) -> Floats | float:
        """Dollars a month of the servers, and of keeping them; the fewest where their throughput is unknown."""
        v, terms = self.values, self.terms
        replicas: Floats | float = float(terms.fewest_replicas)
        if terms.throughput.value is not None:
            load = (output + v["prefill_weight"] * tokens) * v["peak_factor"] * self.calls
            seconds = v["hours_per_month"] * 3600
            needed = load / seconds / (v["decode_tokens_per_second"] * v["utilisation"])
            # Whole servers; what lies a rounding error above a whole one is that.
            replicas = np.maximum(replicas, np.ceil(needed * (1 - 1e-12)))
        each = float(terms.gpu.value or 0) * v["gpus_per_replica"] * v["hours_per_month"]
        people = (v["on_call_hours"] + v["upkeep_hours"]) * v["engineer_per_hour"]
        return replicas * each * (1 + v["serving_overhead"]) + people

    def self_hosted(self) -> Cost:
        terms, v = self.terms, self.values
        one_run: Floats | float = 0.0
        if terms.training_throughput.value is not None and terms.gpu.value is not None:
            speed = float(terms.training_throughput.value) * v["train_derate"]
            one_run = self.tokens_a_run / speed / 3600 * float(terms.gpu.value)
        month = self.servers(v["tuned_fixed_tokens"] + self.dynamic, self.tuned_output)
        unknown = any(p.value is None for p in (terms.gpu, terms.throughput, terms.training_throughput))
        return Cost(
            self.worlds(month + self.retraining(one_run)),
            self.tuned_once(one_run),
            self.horizon,
            open_ended=unknown,
        )

    def self_hosted_prompted(self) -> Cost:
        month = self.servers(self.fixed + self.dynamic, self.values["output_tokens"])
        unknown = any(p.value is None for p in (self.terms.gpu, self.terms.throughput))
        return Cost(self.worlds(month), self.prompt_once, self.horizon, open_ended=unknown)
