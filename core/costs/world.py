"""The figures that a ledger's lines look at, and what follows from them, at one volume or in many worlds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.costs.arithmetic import EXACT, Arithmetic, Number, Tiers, plain
from core.once import once

MILLION = 1_000_000
CALLS_A_LIFE = 8766
"""43,830 minutes a month / the 5 minutes that a cached prefix lives: at so many calls one is expected in a life."""
MOST_HITS = Decimal("0.9")
"""However many calls there are, not more of them find their prefix in the cache."""
SATURATED = float(-CALLS_A_LIFE * (1 - MOST_HITS).ln())
"""The calls a month from which so many do: the hit rate no longer grows."""
SHORTEST_CACHED = "{}shortest_cached"
"""The key of the fewest tokens that a provider caches; of the cheaper model with "cheaper_" before it."""
FEWEST_EXAMPLES, MOST_EXAMPLES = 500, 5000

Prices = Mapping[str, Any]


@dataclass
class World:
    """Every figure by its key, at one volume or many. ``known``: what is stated or listed; other defaults follow it.

    ``m``: how it is worked out, in decimals or in arrays. ``calls`` a month; ``labelled`` examples that there are;
    ``built``: whether the prompt costs nothing up front any more.
    """

    m: Arithmetic
    known: Prices
    calls: Number
    labelled: Number
    built: bool = True

    def of(self, key: str, default: Callable[[], Number] | None = None) -> Number:
        """A figure, or what follows where nothing is known of it; ``None`` where nothing does."""
        found = self.known.get(key)
        return default() if found is None and default is not None else found

    def price(self, key: str, tokens: Number, listed: Prices | None = None) -> Number | None:
        """A price in the tier of so many tokens: as stated, else as ``listed`` for a base."""
        found = self.known.get(key)
        if found is None and listed is not None:
            found = listed[key]
        return self.m.tier(tokens, found) if isinstance(found, Tiers) else found

    # What follows from other figures

    @once
    def fixed(self) -> Number:
        """Tokens of a prompt that are the same on every call."""
        return self.of("prompt_tokens") * self.of("fixed_share")

    @once
    def dynamic(self) -> Number:
        """Tokens of a prompt that change with the call."""
        return self.of("prompt_tokens") - self.fixed

    @once
    def tuned_prompt(self) -> Number:
        """Tokens of a tuned model's prompt."""
        return self.of("tuned_fixed_tokens") + self.dynamic

    @once
    def tuned_output(self) -> Number:
        """Tokens of a tuned model's answer."""
        return self.of("tuned_output_tokens", lambda: self.of("output_tokens"))

    @once
    def made(self) -> Number:
        """Calls a month, repeated ones counted as often as they are made."""
        return self.calls * (1 + self.of("retry_rate"))

    # Of a month, in 1M tokens: what the lines multiply with a price

    @once
    def unchanging(self) -> Number:
        """What stays the same in the prompts of a month, in 1M tokens."""
        return self.made * self.fixed / MILLION

    @once
    def changing(self) -> Number:
        """What changes in the prompts of a month, in 1M tokens."""
        return self.made * self.dynamic / MILLION

    @once
    def answered(self) -> Number:
        """What is answered in a month, in 1M tokens."""
        return self.made * self.of("output_tokens") / MILLION

    @once
    def tuned_unchanging(self) -> Number:
        """What stays the same in the prompts of a tuned model in a month, in 1M tokens."""
        return self.made * self.of("tuned_fixed_tokens") / MILLION

    @once
    def tuned_answered(self) -> Number:
        """What a tuned model answers in a month, in 1M tokens."""
        return self.made * self.tuned_output / MILLION

    # What follows from other figures, the calls among them

    def shortest_cached(self, who: str) -> Number:
        """The fewest fixed tokens that are read from a cache; ``who``: "cheaper_", or "" for today's model."""
        return self.of(SHORTEST_CACHED.format(who))

    def is_long_enough(self, who: str) -> Any:
        """Whether the fixed part of the prompt is read from a cache, where that has a price."""
        return self.m.reaches(self.fixed, self.shortest_cached(who))

    @once
    def hits(self) -> Number:
        """The share of calls that find the fixed part in the cache: another one came within its life."""
        m = self.m
        return self.of(
            "cache_hit_rate", lambda: m.least(m.number(MOST_HITS), m.saturating(self.calls / CALLS_A_LIFE))
        )

    @once
    def examples(self) -> Number:
        """Examples that are trained on."""
        m = self.m
        few, many = m.number(FEWEST_EXAMPLES), m.number(MOST_EXAMPLES)
        return self.of("training_examples", lambda: m.most(few, m.least(self.labelled, many)))

    @once
    def labels_to_buy(self) -> Number:
        """Examples that still have to be made."""
        return self.of("labels_to_buy", lambda: self.m.most(self.m.number(0), self.examples - self.labelled))

    @once
    def tokens_per_example(self) -> Number:
        """Tokens of one example."""
        return self.of("tokens_per_example", lambda: self.dynamic + self.of("output_tokens"))

    @once
    def tokens_a_run(self) -> Number:
        """Tokens that one training run goes over."""
        return self.examples * self.tokens_per_example * self.of("epochs")

    @once
    def trained(self) -> Number:
        """The same in 1M tokens."""
        return self.tokens_a_run / MILLION

    @once
    def retrained(self) -> Number:
        """How often a month it is trained anew."""
        return self.of("retrains_per_year") / 12

    @once
    def first_runs(self) -> Number:
        """Training runs before the first answer, of every model that is trained."""
        return self.of("runs") * self.of("adapters")

    @once
    def runs_a_month(self) -> Number:
        """Training runs a month, of every model that is trained anew."""
        return self.retrained * self.of("adapters")

    @once
    def is_exact(self) -> bool:
        """Whether the parts will be shown, so that their labels have to say everything."""
        return self.m is EXACT

    @once
    def times_each(self) -> str:
        """Behind the label of what is paid for by the call, where calls are repeated."""
        repeated = self.is_exact and self.of("retry_rate") != 0
        return f", {plain(1 + self.of('retry_rate'))} times each" if repeated else ""
