"""The figures behind one ledger: each assumption's value, whether it is a default, and where it comes from."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from core.answers import Answers, Between
from core.costs import bases
from core.costs.arithmetic import EXACT, Arithmetic, Number, Tiers, as_floats
from core.costs.bases import Tunable
from core.costs.cost import base_of, cost
from core.costs.lines import Base
from core.costs.sources import (
    KINDS,
    OUR_TABLE,
    RATIO,
    THE_HOUSE,
    THE_TEAM,
    Removed,
    Sourced,
    is_listed,
    library_prices,
    library_ratios,
    scaled,
)
from core.costs.world import MOST_EXAMPLES, SHORTEST_CACHED, World
from core.facts import ANSWERS_ONLY, ASSUMPTIONS, with_house
from core.once import once
from core.policy import Policy
from core.prices.calling import calling_price, shortest_cached_prefix, smaller_model
from core.prices.catalogue import gpu_price, serving, training
from core.prices.names import model_name
from core.wording import counted

ZERO = Decimal(0)
FIXED = {key: fact.fixed for key, fact in ASSUMPTIONS.items() if isinstance(fact.fixed, Decimal)}
FIXED_FLOATS = {key: float(value) for key, value in FIXED.items()}
MAY_NOT_TRAIN = "The data may not be used to train a provider's model."


@dataclass(frozen=True)
class Figures:
    """Everything that the lines need, from the answers, the policy and the prices of a day.

    Looking up a price raises :class:`CaseError` when a model, base or provider is unknown and was given no prices.
    """

    answers: Answers
    on: datetime.date
    policy: Policy
    stated: Mapping[str, Decimal | str] = field(init=False)

    def __post_init__(self) -> None:
        stated = with_house(self.answers.assumptions, self.answers.house)
        object.__setattr__(self, "stated", stated)

    def naming(self, key: str, name: str) -> Figures:
        """The same with another model, or another base: nothing but what can be tuned follows a base.

        What own servers cost follows neither.
        """
        found = Figures(self.answers.with_assumption(key, name), self.on, self.policy)
        vars(found).update(own=self.own)
        if key == "base":
            vars(found).update(calling=self.calling, cheaper=self.cheaper, floats=self.floats)
        return found

    def without_training(self) -> Figures:
        """The same where the data may not train a provider's model: nothing but what can be tuned follows that."""
        found = Figures(self.answers.with_answer("data_may_leave", ANSWERS_ONLY), self.on, self.policy)
        vars(found).update(own=self.own, calling=self.calling, cheaper=self.cheaper, floats=self.floats)
        return found

    def whose(self, key: str) -> str:
        """The source of a figure that was stated: here, or in the workspace's settings."""
        return THE_TEAM if key in self.answers.assumptions else THE_HOUSE

    def given(self, key: str) -> Decimal | None:
        """A number that the team stated, else ``None``."""
        value = self.stated.get(key)
        return value if isinstance(value, Decimal) else None

    def number(self, key: str) -> Decimal:
        """A number that the team stated, else its fixed default."""
        value = self.stated.get(key, ASSUMPTIONS[key].fixed)
        assert isinstance(value, Decimal), key
        return value

    def name(self, key: str) -> str | None:
        """A name that the team stated, else its fixed default, if it has one."""
        value = self.stated.get(key, ASSUMPTIONS[key].fixed)
        return value if isinstance(value, str) else None

    @once
    def horizon(self) -> Decimal:
        """The months within which tuning must pay back."""
        stated = self.given("horizon_months")
        return self.policy.horizon_months if stated is None else stated

    @once
    def labelled(self) -> Decimal:
        """The examples there are: the point estimate; none when nothing is known of them."""
        return self.answers.number("labelled_examples") or ZERO

    @once
    def data_may_leave(self) -> bool:
        """Whether a provider may see the data, as far as is known."""
        return self.answers.of("data_may_leave") is not False

    @property
    def may_not_train(self) -> bool:
        """Whether the data may be sent to be answered, but not to train a provider's model."""
        return self.answers.of("data_may_leave") == ANSWERS_ONLY

    @once
    def prompt_is_built(self) -> bool:
        """Whether all that the answers allow for is a prompt with enough examples."""
        examples = self.answers.of("prompt_examples")
        fewest = examples.low if isinstance(examples, Between) else examples
        return isinstance(fewest, Decimal) and fewest >= self.policy.enough_examples

    @once
    def latency_is_a_reason(self) -> bool:
        """Whether latency is among the reasons and is not fast enough already."""
        reasons = self.answers.of("reasons")
        if not isinstance(reasons, frozenset) or "latency" not in reasons:
            return False
        now, wanted = self.answers.of("latency_now_ms"), self.answers.of("latency_ms")
        return not (isinstance(now, Decimal) and isinstance(wanted, Decimal) and now <= wanted)

    # Models

    @once
    def model(self) -> str:
        """The full name of today's model."""
        return self._listed_as(self.name("model") or "")

    @once
    def cheaper(self) -> str | Removed:
        """The full name of the cheaper model, or why there is none."""
        named = self.name("cheaper_model")
        priced = all(self.given(f"cheaper_price_{way}") is not None for way in ("in", "out"))
        smaller = smaller_model(self.model, on=self.on) if named is None else None
        source = (
            self.whose("cheaper_model") if named is not None else smaller.source if smaller else OUR_TABLE
        )
        model = self._listed_as(named or (smaller.model if smaller else "the cheaper model"))
        if named is None and priced and model == self.model:
            return "the cheaper model"
        if model == self.model:
            because = f"{model_name(str(model))} is the provider's smaller current model already."
            return Removed("cheaper_model", because, source)
        if named is None and smaller is None and not priced:
            provider = self.model.partition(":")[0]
            because = f"No smaller current model of {provider} is in our table."
            return Removed("cheaper_model", because, source)
        return model

    def _listed_as(self, model: str) -> str:
        """A model's full name, as the library lists it; one that is not in it by the name it was given."""
        return calling_price(model, on=self.on).model if is_listed(model, self.on) else model

    @once
    def calling(self) -> Mapping[str, Sourced]:
        """The prices of calling today's model and the cheaper one, each by its key, as far as there are any."""
        found = self._prices_of(self.name("model") or "", "")
        if not isinstance(self.cheaper, Removed):
            found |= self._prices_of(self.cheaper, "cheaper_")
        return found

    def _prices_of(self, model: str, who: str) -> dict[str, Sourced]:
        """Prices as stated, else of the library. Raises :class:`CaseError` when neither has both in and out."""
        own = {kind: self.given(f"{who}price_{kind}") for kind in KINDS}
        listed: Mapping[str, Sourced] = {}
        if is_listed(model, self.on):
            listed = library_prices(model, self.on)
        elif own["in"] is None or own["out"] is None:
            calling_price(model, on=self.on, key=f"assumptions.{who}model")  # says why it cannot
        found = {}
        for kind in KINDS:
            key, stated = f"{who}price_{kind}", own[kind]
            if stated is not None:
                found[key] = Sourced(stated, self.whose(key))
            elif kind in listed and own["in"] is not None:
                found[key] = scaled(listed[kind], listed["in"], own["in"], f"{who}price_in")
            elif kind in listed:
                found[key] = listed[kind]
        return found

    @once
    def _ratios(self) -> Mapping[str, Decimal | Tiers]:
        """How many times the price of prompt tokens each other price is that would be scaled with it."""
        found = {}
        for who, model in (("", self.name("model") or ""), ("cheaper_", self.cheaper)):
            if isinstance(model, Removed) or not is_listed(model, self.on):
                continue
            for kind, share in library_ratios(model, self.on).items():
                if f"{who}price_{kind}" not in self.stated:
                    found[RATIO.format(f"{who}price_{kind}")] = share
        return found

    def why_not_cached(self, who: str) -> str | None:
        """Why nothing of the prompt can be read from a cache, in a sentence; ``None`` when it can."""
        model = self.cheaper if who else self.model
        if f"{who}price_cached" not in self.calling:
            return f"No price for reading {model_name(str(model))} from a cache is known."
        world = self.exact(ZERO)
        if not world.is_long_enough(who):
            long, shortest = counted(_count(world.fixed), "tokens"), _count(world.shortest_cached(who))
            return f"The fixed part of the prompt has {long}; it is cached from {shortest} on."
        return None

    @once
    def has_cheaper(self) -> bool:
        """Whether there is a cheaper model to compare with."""
        return self.data_may_leave and not isinstance(self.cheaper, Removed)

    @once
    def baselines(self) -> tuple[str, ...]:
        """What tuning is compared with; the cached prompt also where it is too short for that: it costs the same."""
        if not self.data_may_leave:
            return ("self_hosted_prompted",)
        return ("prompt", "prompt_cached") if "price_cached" in self.calling else ("prompt",)

    # Tuning

    @once
    def most_examples(self) -> Decimal:
        """The most labelled examples that make a difference."""
        return max(Decimal(MOST_EXAMPLES), self.given("training_examples") or ZERO)

    @once
    def tunable(self) -> tuple[Tunable, ...] | Removed:
        """The bases that may be picked on the day, or why there is none."""
        found = bases.tunable(self.stated, self.whose, self.on)
        return Removed("hosted", MAY_NOT_TRAIN, "your own answer") if self.may_not_train else found

    @once
    def worth_tuning(self) -> tuple[Tunable, ...]:
        """The bases of which the first year decides; those with an unknown price only where all have one."""
        if isinstance(self.tunable, Removed) or not self.data_may_leave:
            return ()
        return bases.worth_tuning(self.tunable)

    # Own servers

    @once
    def own(self) -> Mapping[str, Sourced]:
        """What own servers cost and do: as stated, else as measured for the size and the GPU."""
        size, gpu = self.name("model_size") or "", self.name("gpu") or ""
        each = int(self.number("gpus_per_replica"))
        price = gpu_price(gpu, on=self.on)
        served, trained = serving(size, gpu, each, on=self.on), training(size, gpu, on=self.on)
        unmeasured = "nobody we know measured"
        found = {
            "gpu_per_hour": Sourced(price.per_hour, price.source, price.as_of)
            if price
            else Sourced(None, f"no price of a {gpu} is in our catalogue"),
            "decode_tokens_per_second": Sourced(served.tokens_per_second, served.source, served.as_of)
            if served
            else Sourced(None, f"{unmeasured} {size} on {each} x {gpu}"),
            "train_tokens_per_second": Sourced(trained.tokens_per_second, trained.source, trained.as_of)
            if trained
            else Sourced(None, f"{unmeasured} training {size} on {gpu}"),
        }
        for key, listed in found.items():
            stated = self.given(key)
            if stated is not None:
                found[key] = Sourced(stated, self.whose(key))
            elif listed.value is None:
                found[key] = Sourced(None, f"{listed.source}; give {key}")
        return found

    @once
    def fewest_replicas(self) -> Decimal:
        """The servers that always run."""
        stated = self.given("min_replicas")
        return Decimal(2 if self.latency_is_a_reason else 1) if stated is None else stated

    def look_up(self) -> None:
        """Look up all that was named; what is unknown raises :class:`CaseError`."""
        _ = self.calling, self.tunable

    # For the lines

    def sourced(self, key: str, base: Tunable | None = None) -> Sourced | None:
        """Where a figure with a price or a measurement behind it is from; ``None`` for any other."""
        if base is not None and key in base.prices:
            return base.prices[key]
        return self.calling.get(key) or self.own.get(key)

    @once
    def _numbers(self) -> Mapping[str, Decimal | Tiers | None]:
        """Every number by its key: as stated, listed or by a fixed default; what follows from others is left out."""
        return {**FIXED, **self._known}

    @once
    def _known(self) -> Mapping[str, Decimal | Tiers | None]:
        """Those of them that are no fixed default."""
        found: dict[str, Any] = {k: value for k, value in self.stated.items() if isinstance(value, Decimal)}
        found |= {key: sourced.value for key, sourced in self.own.items()}
        found |= {"horizon_months": self.horizon, "min_replicas": self.fewest_replicas}
        if self.data_may_leave:
            found |= {key: price.value for key, price in self.calling.items()}
            found |= self._ratios
        for who, model in (("", self.model), ("cheaper_", self.cheaper)):
            found[SHORTEST_CACHED.format(who)] = shortest_cached_prefix(str(model))
        return found

    @once
    def floats(self) -> Mapping[str, Any]:
        """The same as floats."""
        return {**FIXED_FLOATS, **{key: as_floats(value) for key, value in self._known.items()}}

    def exact(self, calls: Decimal, labelled: Decimal | None = None, *, built: bool = True) -> World:
        """The one world of the ledger, in decimals."""
        return World(EXACT, self._numbers, calls, self.labelled if labelled is None else labelled, built)

    def world(self, m: Arithmetic, calls: Number, labelled: Number, *, built: bool = True) -> World:
        """The same in floats, at one place or at many."""
        return World(m, self.floats, calls, labelled, built)

    @once
    def float_bases(self) -> tuple[Base, ...]:
        """What is worth tuning, in floats."""
        return tuple(base.floats for base in self.worth_tuning)

    @once
    def exact_bases(self) -> tuple[Base, ...]:
        """The same in decimals."""
        return tuple(base.exact for base in self.worth_tuning)

    def pick(self, calls: Decimal) -> Tunable | None:
        """What is tuned at a provider at so many calls a month; ``None`` where nothing can be."""
        if calls not in self._picked:
            world = self.exact(calls)
            found = [cost(world, "hosted", base) for base in self.exact_bases]
            self._picked[calls] = self.worth_tuning[found.index(base_of(EXACT, found))] if found else None
        return self._picked[calls]

    @once
    def _picked(self) -> dict[Decimal, Tunable | None]:
        return {}

    @property
    def own_provider_is_closed(self) -> str | None:
        """Why the provider of today's model offers no base, where it has some and the team named none."""
        if self.name("base") is not None or self.name("provider") is not None:
            return None
        return bases.why_a_provider_is_closed(self.model.partition(":")[0], self.on)


def _count(number: Decimal) -> str:
    return f"{number:,.0f}" if number == number.to_integral_value() else f"{number:,f}"
