"""The terms of one ledger: each assumption's value, whether it is a default, and where it comes from."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from core.answers import Answers, Between, CaseError
from core.costs.running import ZERO, HitRate, Replicas, Running
from core.facts import ASSUMPTIONS, with_house
from core.policy import Policy
from core.prices.calling import (
    CallingPrice,
    calling_price,
    shortest_cached_prefix,
    smaller_model,
    tier_starts,
)
from core.prices.catalogue import Base, BasePrices, gpu_price, serving, training, tuning, why_not_tunable
from core.wording import counted

MILLION = Decimal(1_000_000)
TUNED = ("hosted", "self_hosted")
DAYS_A_MONTH = Decimal("30.4375")
USUAL_LIFE = Decimal(18)
"""Months that a base can be expected to last where no end is announced."""
FEWEST_EXAMPLES, MOST_EXAMPLES = Decimal(500), Decimal(5000)
THE_TEAM = "the team's own figure"
THE_HOUSE = "your workspace's setting"
"""The source of a figure that the workspace set for all of its consultations."""
OUR_TABLE = "our dated table of smaller models"


@dataclass(frozen=True, slots=True)
class Sourced:
    """A price and where it is from. ``value`` is ``None`` when it is unknown, and ``source`` then says why."""

    value: Decimal | None
    source: str
    as_of: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Called:
    """What calling one model costs, in dollars per 1M tokens; ``cached`` is ``None`` where nothing is cached."""

    model: str
    price_in: Sourced
    cached: Sourced | None
    write: Sourced | None
    price_out: Sourced


@dataclass(frozen=True, slots=True)
class TunedAt:
    """A base at a provider with its prices, and the months that it lasts; ``retires_on`` where that is announced."""

    base: str
    called: Called
    train: Sourced
    minimum_fee: Sourced
    hosting: Sourced
    storage: Sourced
    life_months: Decimal
    retires_on: datetime.date | None

    @property
    def unknown(self) -> frozenset[str]:
        """The assumptions that would give a price to what matters most and has none: training it and calling it."""
        vital = {"train_price": self.train, "tuned_price_in": self.called.price_in}
        vital["tuned_price_out"] = self.called.price_out
        return frozenset(key for key, price in vital.items() if price.value is None)

    def priced(self, key: str, price: Sourced) -> TunedAt:
        """The same with the price that an assumption states."""
        changed: dict[str, Any] = {_PRICE_OF_A_BASE[key]: price}
        if key.startswith("tuned_"):
            return replace(self, called=replace(self.called, **changed))
        return replace(self, **changed)

    @property
    def is_open_ended(self) -> bool:
        """Whether any price is unknown."""
        every = (self.train, self.called.price_in, self.called.price_out, self.hosting, self.storage)
        return any(price.value is None for price in every)

    @property
    def prices(self) -> tuple[Decimal, ...]:
        """Everything that its costs are made of; what is unknown counts as nothing."""
        prices = (self.called.price_in, self.called.price_out, self.train)
        monthly = (self.minimum_fee, self.hosting, self.storage)
        return tuple(price.value or ZERO for price in (*prices, *monthly))

    def never_costs_more(self, other: TunedAt) -> bool:
        """Whether it lasts as long as another base and no price of it is higher."""
        no_higher = all(one <= two for one, two in zip(self.prices, other.prices, strict=True))
        return self.life_months == other.life_months and no_higher


@dataclass(frozen=True)
class Removed:
    """An option that is not among those compared, or is no choice, and why."""

    option: str
    because: str
    source: str | None = None


@dataclass(frozen=True)
class Terms:
    """Everything that the formulas need, from the answers, the policy and the prices of a day."""

    answers: Answers
    on: datetime.date
    policy: Policy
    stated: Mapping[str, Decimal | str] = field(init=False)

    def __post_init__(self) -> None:
        stated = with_house(self.answers.assumptions, self.answers.house)
        object.__setattr__(self, "stated", stated)

    def whose(self, key: str) -> str:
        """The source of a figure that was stated: here, or in the workspace's settings."""
        return THE_TEAM if key in self.answers.assumptions else THE_HOUSE

    def with_assumption(self, key: str, value: Decimal) -> Terms:
        """These terms with one number stated; what was looked up already and does not depend on it is kept."""
        other = Terms(self.answers.with_assumption(key, value), self.on, self.policy)
        for name, worked_out in self.__dict__.items():
            if name in _DEPENDS_ON and key not in _DEPENDS_ON[name]:
                other.__dict__[name] = worked_out
        bases = self.__dict__.get("worth_tuning")
        if bases and key in self.stated and key in _PRICE_OF_A_BASE:
            other.__dict__["worth_tuning"] = tuple(
                base.priced(key, Sourced(value, THE_TEAM)) for base in bases
            )
        elif bases and key in self.stated and key == "base_life_months" and value > 0:
            other.__dict__["worth_tuning"] = tuple(replace(base, life_months=value) for base in bases)
        elif bases is not None and key in _TOKENS and self._tier == other._tier:
            other.__dict__["worth_tuning"] = bases
        return other

    def with_reasons(self, answers: Answers) -> Terms:
        """These terms with other reasons or latencies in the answers: only the fewest servers depend on them."""
        other = Terms(answers, self.on, self.policy)
        for name, worked_out in self.__dict__.items():
            if name in _DEPENDS_ON and name != "fewest_replicas":
                other.__dict__[name] = worked_out
        return other

    @property
    def _tier(self) -> Decimal:
        """Where the tier of prices starts that the prompt of a tuned model falls in: beyond so many tokens."""
        tokens = self.tuned_fixed_tokens + self.dynamic_tokens
        starts = tiers_of_the_bases(self.on)
        return max((start for start in starts if tokens > start), default=NO_TIER)

    def number(self, key: str) -> Decimal:
        """A number that the team stated, else its fixed default."""
        value = self.stated.get(key, ASSUMPTIONS[key].fixed)
        assert isinstance(value, Decimal), key
        return value

    def given(self, key: str) -> Decimal | None:
        """A number that the team stated, else ``None``."""
        value = self.stated.get(key)
        return value if isinstance(value, Decimal) else None

    def name(self, key: str) -> str | None:
        """A name that the team stated, else its fixed default, if it has one."""
        value = self.stated.get(key, ASSUMPTIONS[key].fixed)
        return value if isinstance(value, str) else None

    def or_else(self, key: str, default: Decimal) -> Decimal:
        """A number that the team stated, else a default that depends on other things."""
        value = self.given(key)
        return default if value is None else value

    # Tokens

    @cached_property
    def fixed_tokens(self) -> Decimal:
        return self.number("prompt_tokens") * self.number("fixed_share")

    @cached_property
    def dynamic_tokens(self) -> Decimal:
        return self.number("prompt_tokens") - self.fixed_tokens

    @cached_property
    def output_tokens(self) -> Decimal:
        return self.number("output_tokens")

    @cached_property
    def tuned_fixed_tokens(self) -> Decimal:
        return self.number("tuned_fixed_tokens")

    @cached_property
    def tuned_output_tokens(self) -> Decimal:
        return self.or_else("tuned_output_tokens", self.output_tokens)

    @cached_property
    def repeats(self) -> Decimal:
        """How often a call is made until its answer is valid."""
        return 1 + self.number("retry_rate")

    @cached_property
    def batched_off(self) -> Decimal:
        """The share of the price that batching takes off."""
        return self.number("batch_share") * self.number("batch_discount")

    @cached_property
    def _often(self) -> Decimal:
        """How often a token of a call is paid, batching taken off, per 1M tokens."""
        return self.repeats * (1 - self.batched_off) / MILLION

    # Money and months

    @cached_property
    def per_hour(self) -> Decimal:
        return self.number("engineer_per_hour")

    @cached_property
    def horizon(self) -> Decimal:
        return self.or_else("horizon_months", self.policy.horizon_months)

    @cached_property
    def prompt_is_built(self) -> bool:
        """Whether all that the answers allow for is a prompt with enough examples."""
        examples = self.answers.of("prompt_examples")
        fewest = examples.low if isinstance(examples, Between) else examples
        return isinstance(fewest, Decimal) and fewest >= self.policy.enough_examples

    # Models

    @cached_property
    def model(self) -> Called:
        return self._called(self.name("model") or "", "")

    @cached_property
    def cheaper_model(self) -> Called | Removed:
        """The cheaper model, or why there is none."""
        named = self.name("cheaper_model")
        priced = self.given("cheaper_price_in") is not None and self.given("cheaper_price_out") is not None
        source = OUR_TABLE if named is None else self.whose("cheaper_model")
        if named is None and not priced:
            smaller = smaller_model(self.model.model, on=self.on)
            if smaller is None:
                return Removed(
                    "cheaper_model",
                    f"No smaller current model of {self.model.model.partition(':')[0]} is in our table.",
                    source,
                )
            named, source = smaller.model, smaller.source
        called = self._called(named or "the cheaper model", "cheaper_")
        if called.model == self.model.model:
            return Removed(
                "cheaper_model",
                f"{called.model} is the provider's smaller current model already.",
                source,
            )
        return called

    def _called(self, model: str, prefix: str) -> Called:
        """Prices as stated, else of the library. Raises :class:`CaseError` when neither has both in and out."""
        own = {kind: self.given(f"{prefix}price_{kind}") for kind in ("in", "cached", "write", "out")}
        listed = self._listed(
            model, f"assumptions.{prefix}model", needed=own["in"] is None or own["out"] is None
        )

        def price(kind: str, value: Decimal | None) -> Sourced | None:
            if own[kind] is not None:
                return Sourced(own[kind], self.whose(f"{prefix}price_{kind}"))
            return None if listed is None or value is None else Sourced(value, listed.source, listed.as_of)

        price_in = price("in", listed.price_in if listed else None)
        price_out = price("out", listed.price_out if listed else None)
        assert price_in is not None
        assert price_out is not None
        return Called(
            listed.model if listed else model,
            price_in,
            price("cached", listed.price_cached if listed else None),
            price("write", listed.price_write if listed else None),
            price_out,
        )

    def _listed(self, model: str, key: str, *, needed: bool) -> CallingPrice | None:
        try:
            return calling_price(model, on=self.on, prompt_tokens=self.number("prompt_tokens"), key=key)
        except CaseError:
            if needed:
                raise
            return None

    def hits(self, called: Called) -> HitRate | None:
        """How often the fixed part is read from the cache; ``None`` where it cannot be."""
        if self.why_not_cached(called) is not None:
            return None
        return HitRate(self.given("cache_hit_rate"))

    def why_not_cached(self, called: Called) -> str | None:
        """Why nothing of the prompt can be read from a cache, in a sentence; ``None`` when it can."""
        if called.cached is None:
            return f"No price for reading {called.model} from a cache is known."
        shortest = shortest_cached_prefix(called.model)
        if self.fixed_tokens < shortest:
            return (
                f"The fixed part of the prompt has {counted(_count(self.fixed_tokens), 'tokens')}; "
                f"it is cached from {_count(shortest)} on."
            )
        return None

    # Tuning

    def examples(self, labelled: Decimal) -> Decimal:
        """How many examples are trained on, when so many are labelled."""
        return self.or_else("training_examples", max(FEWEST_EXAMPLES, min(labelled, MOST_EXAMPLES)))

    @cached_property
    def most_examples(self) -> Decimal:
        """The most labelled examples that make a difference."""
        return max(MOST_EXAMPLES, self.given("training_examples") or ZERO)

    def labels_to_buy(self, labelled: Decimal) -> Decimal:
        """How many examples still have to be made."""
        return self.or_else("labels_to_buy", max(ZERO, self.examples(labelled) - labelled))

    @cached_property
    def tokens_per_example(self) -> Decimal:
        return self.or_else("tokens_per_example", self.dynamic_tokens + self.output_tokens)

    @cached_property
    def labelled(self) -> Decimal:
        """The examples there are: the point estimate; none when nothing is known of them."""
        return self.answers.number("labelled_examples") or ZERO

    @cached_property
    def tuned_at(self) -> tuple[TunedAt, ...] | Removed:
        """The bases that may be picked on the day, or why there is none.

        Raises :class:`CaseError` for a base or provider that is unknown and that the team gave no prices for.
        """
        priced = all(
            self.given(key) is not None for key in ("train_price", "tuned_price_in", "tuned_price_out")
        )
        base, provider = self.name("base"), self.name("provider")
        bases = self._bases(base, provider, priced=priced)
        if not bases:
            if priced:
                own = self._own_base(base or "your tuned model")
                return (own,) if own.life_months > 0 else self._outlived(own)
            return self._not_in_the_catalogue(base, provider or "")
        known = tuple(tuned for tuned in self._known(bases) if tuned.life_months > 0)
        if known:
            return known
        named = base is not None or provider is not None
        reasons = {b: why_not_tunable(b, on=self.on, named=named) for b in bases}
        if base is not None and self.given("base_life_months") is not None:
            reasons = {b: None if why and why.startswith("retired") else why for b, why in reasons.items()}
        offered = [
            self._as_stated(_in_the_catalogue(b, self.on, self._tier)) for b in bases if reasons[b] is None
        ]
        alive = [tuned for tuned in offered if tuned.life_months > 0]
        if alive and base is not None:
            return tuple(alive)
        return self._why_nothing_is_tuned(bases, reasons, offered, alive)

    @cached_property
    def worth_tuning(self) -> tuple[TunedAt, ...]:
        """The bases of which the first year decides; those with an unknown price only where all have one.

        Without those that another with the same life never costs more than: that one is picked whatever the volume.
        """
        if isinstance(self.tuned_at, Removed):
            return ()
        known = [tuned for tuned in self.tuned_at if not tuned.is_open_ended]
        kept: list[TunedAt] = []
        for tuned in known:
            if not any(other.never_costs_more(tuned) for other in kept):
                kept = [other for other in kept if not tuned.never_costs_more(other)] + [tuned]
        return tuple(kept) or self.tuned_at

    def _known(self, bases: list[Base]) -> Iterator[TunedAt]:
        """Those that can be tuned, and whose prices are known as far as they matter most."""
        named = self.name("base") is not None or self.name("provider") is not None
        is_aged = self.name("base") is not None and self.given("base_life_months") is not None
        wanted = {id(base) for base in bases}
        for offer in _offers(self.on, named, self._tier):
            is_known = not offer.unknown or offer.unknown <= self.stated.keys()
            can_be_tuned = offer.why_not is None or (is_aged and offer.why_not.startswith("retired"))
            if is_known and can_be_tuned and id(offer.base) in wanted:
                yield self._as_stated(offer.tuned)

    @cached_property
    def _prices_of_a_base(self) -> Mapping[str, Sourced]:
        """The prices for tuning and for what was tuned that the team gave."""
        return {
            key: Sourced(own, self.whose(key))
            for key in _PRICE_OF_A_BASE
            if (own := self.given(key)) is not None
        }

    def _not_in_the_catalogue(self, base: str | None, provider: str) -> Removed:
        described = tuning().of(provider.lower())
        if base is not None:
            return Removed("hosted", f"Our catalogue has no {base} at {provider}.", described.source)
        return Removed("hosted", f"No base of {provider} can be tuned: {described.note}", described.source)

    @cached_property
    def own_provider_is_closed(self) -> str | None:
        """Why the provider of today's model offers no base, where it has some and the team named none."""
        provider = self.model.model.partition(":")[0]
        if self.name("base") is not None or self.name("provider") is not None:
            return None
        reasons = [
            why_not_tunable(b, on=self.on, named=False) for b in tuning().base if b.provider == provider
        ]
        if not reasons or None in reasons:
            return None
        return f"today's provider ({provider}) is left out because a base there {reasons[0]}"

    def _bases(self, base: str | None, provider: str | None, *, priced: bool) -> list[Base]:
        if base is None and provider is None and priced:
            return []
        every = list(tuning().base)
        providers = [entry.id for entry in tuning().provider]
        if provider is not None and provider.lower() not in providers and not priced:
            raise CaseError(
                "assumptions.provider",
                provider,
                f"a provider that we know to tune; they are {', '.join(providers)}",
            )
        matching = [b for b in every if base is None or b.is_called(base)]
        if base is not None and not matching and not priced:
            names = [b.name for b in every]
            from rapidfuzz import process

            close = ", ".join(match for match, _, _ in process.extract(base, names, limit=5))
            raise CaseError(
                "assumptions.base",
                base,
                f"a base in our tuning catalogue; the nearest are {close}; "
                "for another one give train_price, tuned_price_in and tuned_price_out",
            )
        return [b for b in matching if provider is None or b.provider == provider.lower()]

    def _why_nothing_is_tuned(
        self,
        bases: list[Base],
        reasons: Mapping[Base, str | None],
        offered: list[TunedAt],
        alive: list[TunedAt],
    ) -> Removed:
        if alive:
            names = ", ".join(tuned.base for tuned in alive)
            because = (
                f"No training and calling prices are known for {names}; "
                "give train_price, tuned_price_in and tuned_price_out."
            )
            return Removed("hosted", because, tuning().of(bases[0].provider).source)
        if offered:
            return self._outlived(offered[0])
        because = (
            "; ".join(f"{b.name} {reasons[b]}" for b in bases) if bases else "it tunes none that we know"
        )
        provider = tuning().of(bases[0].provider) if bases else None
        return Removed("hosted", f"No base can be tuned: {because}.", provider.source if provider else None)

    def _outlived(self, tuned: TunedAt) -> Removed:
        """A base that the team says cannot be used any longer; one that has retired is told apart before."""
        because = f"{tuned.base} has no months left in which it could be used."
        return Removed("hosted", because, self.whose("base_life_months"))

    def _as_stated(self, tuned: TunedAt) -> TunedAt:
        """A base with the prices that the team gave in place of the catalogue's."""
        for key, own in self._prices_of_a_base.items():
            tuned = tuned.priced(key, own)
        life = self.given("base_life_months")
        return tuned if life is None else replace(tuned, life_months=life, retires_on=None)

    def _own_base(self, name: str) -> TunedAt:
        """A base that only the team's figures describe."""

        def own(key: str) -> Sourced:
            return Sourced(self.or_else(key, ZERO), self.whose(key) if key in self.stated else THE_TEAM)

        called = Called(name, own("tuned_price_in"), own("tuned_price_cached"), None, own("tuned_price_out"))
        return TunedAt(
            base=name,
            called=called,
            train=own("train_price"),
            minimum_fee=own("minimum_training_fee"),
            hosting=own("hosting_per_hour"),
            storage=own("storage_per_month"),
            life_months=self.or_else("base_life_months", USUAL_LIFE),
            retires_on=None,
        )

    # Own servers

    @cached_property
    def gpu(self) -> Sourced:
        own = self.given("gpu_per_hour")
        if own is not None:
            return Sourced(own, self.whose("gpu_per_hour"))
        name = self.name("gpu") or ""
        listed = gpu_price(name, on=self.on)
        if listed is None:
            return Sourced(None, f"no price of a {name} is in our catalogue; give gpu_per_hour")
        return Sourced(listed.per_hour, listed.source, listed.as_of)

    @cached_property
    def throughput(self) -> Sourced:
        """Output tokens a second of one replica."""
        own = self.given("decode_tokens_per_second")
        if own is not None:
            return Sourced(own, self.whose("decode_tokens_per_second"))
        size, gpu, each = (
            self.name("model_size") or "",
            self.name("gpu") or "",
            int(self.number("gpus_per_replica")),
        )
        listed = serving(size, gpu, each, on=self.on)
        if listed is None:
            on_what = f"{each} x {gpu}"
            return Sourced(
                None, f"nobody we know measured {size} on {on_what}; give decode_tokens_per_second"
            )
        return Sourced(listed.tokens_per_second, listed.source, listed.as_of)

    @cached_property
    def training_throughput(self) -> Sourced:
        """Tokens a second that one GPU trains on, at its best."""
        own = self.given("train_tokens_per_second")
        if own is not None:
            return Sourced(own, self.whose("train_tokens_per_second"))
        size, gpu = self.name("model_size") or "", self.name("gpu") or ""
        listed = training(size, gpu, on=self.on)
        if listed is None:
            return Sourced(
                None, f"nobody we know measured training {size} on {gpu}; give train_tokens_per_second"
            )
        return Sourced(listed.tokens_per_second, listed.source, listed.as_of)

    @cached_property
    def fewest_replicas(self) -> Decimal:
        return self.or_else("min_replicas", Decimal(2 if self.latency_is_a_reason else 1))

    @cached_property
    def latency_is_a_reason(self) -> bool:
        """Whether latency is among the reasons and is not fast enough already."""
        reasons = self.answers.of("reasons")
        if not isinstance(reasons, frozenset) or "latency" not in reasons:
            return False
        now, wanted = self.answers.of("latency_now_ms"), self.answers.of("latency_ms")
        return not (isinstance(now, Decimal) and isinstance(wanted, Decimal) and now <= wanted)

    def replicas(self, *, tuned: bool) -> Replicas:
        """The servers for the open-weight model; where its throughput is unknown, the fewest that may run."""
        output = self.tuned_output_tokens if tuned else self.output_tokens
        prompt = self.dynamic_tokens + (self.tuned_fixed_tokens if tuned else self.fixed_tokens)
        load = (output + self.number("prefill_weight") * prompt) * self.number("peak_factor")
        per_call = ZERO
        if self.throughput.value is not None:
            usable = self.throughput.value * self.number("utilisation")
            per_call = load / (self.number("hours_per_month") * 3600) / usable
        return Replicas(self.replica_month, per_call, self.fewest_replicas)

    @cached_property
    def replica_hours(self) -> Decimal:
        """GPU hours a month of one replica, its overhead counted as hours."""
        return (
            self.number("gpus_per_replica")
            * self.number("hours_per_month")
            * (1 + self.number("serving_overhead"))
        )

    @cached_property
    def replica_month(self) -> Decimal:
        return self.replica_hours * (self.gpu.value or ZERO)

    # The formulas

    def call(
        self, called: Called, *, fixed: Decimal, output: Decimal, hits: HitRate | None
    ) -> tuple[Decimal, Decimal]:
        """Dollars of one call with nothing cached, and what a cached prefix takes off it."""
        price_in, price_out = called.price_in.value or ZERO, called.price_out.value or ZERO
        write, cached = price_in, price_in
        if hits is not None and hits.stated != 0:
            assert called.cached is not None
            write = price_in if called.write is None else called.write.value or ZERO
            cached = called.cached.value or ZERO
        often = self._often
        full = often * (fixed * write + self.dynamic_tokens * price_in + output * price_out)
        return full, often * fixed * (write - cached)

    def prompted(self, called: Called, hits: HitRate | None, *, built: bool) -> Running:
        """A prompt on a hosted model."""
        call, saved = self.call(called, fixed=self.fixed_tokens, output=self.output_tokens, hits=hits)
        return Running(
            fixed=self.upkeep,
            call=call,
            saved=saved,
            hits=hits or NO_HITS,
            up_front=ZERO if built else self.number("prompt_hours") * self.per_hour,
            limit=self.horizon,
        )

    def one_run(self, tuned: TunedAt, labelled: Decimal) -> Decimal:
        """Dollars of one training run at a provider."""
        return max(
            self._tokens_a_run(labelled) * (tuned.train.value or ZERO) / MILLION,
            tuned.minimum_fee.value or ZERO,
        )

    def _tokens_a_run(self, labelled: Decimal) -> Decimal:
        """Tokens that one run trains on."""
        if labelled not in self._worked_out:
            self._worked_out[labelled] = (
                self.examples(labelled) * self.tokens_per_example * self.number("epochs"),
                self.labels_to_buy(labelled) * self.number("price_per_label")
                + self.number("tuning_hours") * self.per_hour,
            )
        return self._worked_out[labelled][0]

    def _work_up_front(self, labelled: Decimal) -> Decimal:
        """Dollars for the labels and the engineering of the first tuned model."""
        self._tokens_a_run(labelled)
        return self._worked_out[labelled][1]

    @cached_property
    def _worked_out(self) -> dict[Decimal, tuple[Decimal, Decimal]]:
        """Per number of labelled examples, what every base has in common."""
        return {}

    def one_own_run(self, labelled: Decimal) -> Decimal:
        """Dollars of one training run on GPUs of one's own; 0 where it is unknown."""
        if self.training_throughput.value is None or self.gpu.value is None:
            return ZERO
        return self.own_run_hours(labelled) * self.gpu.value

    def own_run_hours(self, labelled: Decimal) -> Decimal:
        """GPU hours of one training run; the throughput must be known."""
        assert self.training_throughput.value is not None
        return (
            self._tokens_a_run(labelled)
            / (self.training_throughput.value * self.number("train_derate"))
            / 3600
        )

    def _tuned_up_front(self, one_run: Decimal, labelled: Decimal) -> Decimal:
        return self._runs * one_run + self._work_up_front(labelled)

    @cached_property
    def _runs(self) -> Decimal:
        return self.number("runs")

    def _retraining(self, one_run: Decimal) -> Decimal:
        a_month, work = self._retrained
        return a_month * (one_run + work)

    @cached_property
    def _retrained(self) -> tuple[Decimal, Decimal]:
        """How often a month it is trained anew, and the dollars of engineering for it."""
        return self.number("retrains_per_year") / 12, self.number("retrain_hours") * self.per_hour

    @cached_property
    def _hours(self) -> Decimal:
        return self.number("hours_per_month")

    @cached_property
    def upkeep(self) -> Decimal:
        """Dollars a month for keeping a model working."""
        return self.number("upkeep_hours") * self.per_hour

    def hosted(self, tuned: TunedAt, labelled: Decimal) -> Running:
        """A tuned model at a provider."""
        call, _ = self.call(
            tuned.called, fixed=self.tuned_fixed_tokens, output=self.tuned_output_tokens, hits=None
        )
        one_run = self.one_run(tuned, labelled)
        return Running(
            fixed=(tuned.hosting.value or ZERO) * self._hours
            + (tuned.storage.value or ZERO)
            + self.upkeep
            + self._retraining(one_run),
            call=call,
            saved=ZERO,
            hits=NO_HITS,
            up_front=self._tuned_up_front(one_run, labelled),
            limit=min(self.horizon, tuned.life_months / 2),
            open_ended=tuned.is_open_ended,
        )

    def self_hosted(self, labelled: Decimal) -> Running:
        """An open-weight model, tuned and served on own GPUs."""
        one_run = self.one_own_run(labelled)
        return Running(
            fixed=self._own_upkeep + self._retraining(one_run),
            call=ZERO,
            saved=ZERO,
            hits=NO_HITS,
            up_front=self._tuned_up_front(one_run, labelled),
            limit=self.horizon,
            replicas=self.replicas(tuned=True),
            open_ended=any(
                price.value is None for price in (self.gpu, self.throughput, self.training_throughput)
            ),
        )

    def self_hosted_prompted(self, *, built: bool) -> Running:
        """The same open-weight model, only prompted."""
        return Running(
            fixed=self._own_upkeep,
            call=ZERO,
            saved=ZERO,
            hits=NO_HITS,
            up_front=ZERO if built else self.number("prompt_hours") * self.per_hour,
            limit=self.horizon,
            replicas=self.replicas(tuned=False),
            open_ended=any(price.value is None for price in (self.gpu, self.throughput)),
        )

    @cached_property
    def _own_upkeep(self) -> Decimal:
        return (self.number("on_call_hours") + self.number("upkeep_hours")) * self.per_hour

    def pick(self, labelled: Decimal, calls: Decimal) -> TunedAt:
        """The base with the lowest first year; one with an unknown price only where all have one."""
        assert not isinstance(self.tuned_at, Removed)
        return min(self.tuned_at, key=lambda t: (t.is_open_ended, self.hosted(t, labelled).first_year(calls)))


NO_HITS = HitRate(ZERO)

_PRICES = ("in", "cached", "write", "out")
_PROMPT = frozenset({"prompt_tokens", "fixed_share"})
_EXAMPLE = _PROMPT | {"tokens_per_example", "output_tokens"}
_OFTEN = frozenset({"retry_rate", "batch_share", "batch_discount"})
_CALLED = frozenset({"prompt_tokens", *(f"price_{kind}" for kind in _PRICES)})
_HOUR = frozenset({"engineer_per_hour"})
_SERVER = frozenset({"gpus_per_replica", "hours_per_month", "serving_overhead"})

_BASES = (
    _PROMPT
    | {"tuned_fixed_tokens", "tuned_price_in", "tuned_price_cached", "tuned_price_out", "train_price"}
    | {"minimum_training_fee", "hosting_per_hour", "storage_per_month", "base_life_months"}
)

_DEPENDS_ON: Mapping[str, frozenset[str]] = {
    "fixed_tokens": _PROMPT,
    "dynamic_tokens": _PROMPT,
    "output_tokens": frozenset({"output_tokens"}),
    "tuned_fixed_tokens": frozenset({"tuned_fixed_tokens"}),
    "tuned_output_tokens": frozenset({"tuned_output_tokens", "output_tokens"}),
    "tokens_per_example": _EXAMPLE,
    "repeats": _OFTEN,
    "batched_off": _OFTEN,
    "_often": _OFTEN,
    "per_hour": _HOUR,
    "horizon": frozenset({"horizon_months"}),
    "upkeep": _HOUR | {"upkeep_hours"},
    "labelled": frozenset(),
    "model": _CALLED,
    "cheaper_model": _CALLED | {f"cheaper_price_{kind}" for kind in _PRICES},
    "tuned_at": _BASES,
    "worth_tuning": _BASES,
    "gpu": frozenset({"gpu_per_hour"}),
    "throughput": frozenset({"decode_tokens_per_second", "gpus_per_replica"}),
    "training_throughput": frozenset({"train_tokens_per_second"}),
    "fewest_replicas": frozenset({"min_replicas"}),
    "replica_hours": _SERVER,
    "replica_month": _SERVER | {"gpu_per_hour"},
    "_own_upkeep": _HOUR | {"on_call_hours", "upkeep_hours"},
    "_runs": frozenset({"runs"}),
    "_retrained": _HOUR | {"retrains_per_year", "retrain_hours"},
    "_hours": frozenset({"hours_per_month"}),
    "_worked_out": _EXAMPLE
    | _HOUR
    | {"training_examples", "labels_to_buy", "epochs", "price_per_label", "tuning_hours"},
}
"""What is worked out once, and the numbers that each of them depends on."""

_TOKENS = frozenset({"prompt_tokens", "fixed_share", "tuned_fixed_tokens"})

_PRICE_OF_A_BASE: Mapping[str, str] = {
    "tuned_price_in": "price_in",
    "tuned_price_cached": "cached",
    "tuned_price_out": "price_out",
    "train_price": "train",
    "minimum_training_fee": "minimum_fee",
    "hosting_per_hour": "hosting",
    "storage_per_month": "storage",
}


@lru_cache(maxsize=64)
def tiers_of_the_bases(on: datetime.date) -> tuple[Decimal, ...]:
    """The lengths of a prompt beyond which calling a tuned base costs another price."""
    called = {base.prices_on(on).calling_as for base in tuning().base}
    return tuple(start for model in called if model is not None for start in tier_starts(model, on=on))


NO_TIER = Decimal(-1)


@lru_cache(maxsize=1024)
def _in_the_catalogue(base: Base, on: datetime.date, tier: Decimal) -> TunedAt:
    """A base with the prices that the catalogue has for it on a day, for prompts of more tokens than ``tier``."""
    prices = base.prices_on(on)
    months = USUAL_LIFE if base.retires_on is None else Decimal((base.retires_on - on).days) / DAYS_A_MONTH

    def price(value: Decimal | None, what: str) -> Sourced:
        if value is None:
            return Sourced(None, f"no price for {what} {base.name} was found")
        return Sourced(value, prices.source, prices.as_of)

    def monthly(key: str, value: Decimal | None, what: str) -> Sourced:
        """A price that need not apply: absent is none, unknown is unknown."""
        return price(ZERO if value is None and key not in prices.unknown else value, f"{what} of")

    return TunedAt(
        base=base.name,
        called=_catalogued_calls(base, prices, on, tier),
        train=price(prices.train, "training"),
        minimum_fee=price(prices.minimum_training_fee, "a run"),
        hosting=monthly("hosting_per_hour", prices.hosting_per_hour, "hosting"),
        storage=monthly("storage_per_month", prices.storage_per_month, "storage"),
        life_months=months,
        retires_on=base.retires_on,
    )


def _catalogued_calls(base: Base, prices: BasePrices, on: datetime.date, tier: Decimal) -> Called:
    price_in, price_out, cached = prices.price_in, prices.price_out, prices.price_cached
    source, as_of = prices.source, prices.as_of
    if prices.calling_as is not None:
        listed = calling_price(prices.calling_as, on=on, prompt_tokens=tier + 1, key="assumptions.base")
        price_in, price_out, cached = listed.price_in, listed.price_out, listed.price_cached
        source, as_of = f"billed as {prices.calling_as}: {listed.source}", listed.as_of or prices.as_of

    def price(value: Decimal | None) -> Sourced:
        if value is None:
            return Sourced(None, f"no price for calling a tuned {base.name} was found")
        return Sourced(value, source, as_of)

    return Called(base.name, price(price_in), price(cached), None, price(price_out))


@dataclass(frozen=True, slots=True)
class _Offer:
    """A base with its prices of a day, the assumptions that would price it, and why it cannot be tuned then."""

    base: Base
    tuned: TunedAt
    unknown: frozenset[str]
    why_not: str | None


@lru_cache(maxsize=64)
def _offers(on: datetime.date, named: bool, tier: Decimal) -> tuple[_Offer, ...]:
    """Every base on a day."""
    priced = [(base, _in_the_catalogue(base, on, tier)) for base in tuning().base]
    return tuple(
        _Offer(base, tuned, tuned.unknown, why_not_tunable(base, on=on, named=named))
        for base, tuned in priced
    )


def _count(number: Decimal) -> str:
    return f"{number:,.0f}" if number == number.to_integral_value() else f"{number:,f}"
