"""What can be tuned at a provider on a day: each base with its prices and its life, or why there is none."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from core.answers import CaseError
from core.costs.arithmetic import Tiers, as_floats
from core.costs.lines import Base
from core.costs.sources import RATIO, THE_TEAM, Removed, Sourced, library_prices, scaled, share_of
from core.once import once
from core.prices import catalogue
from core.prices.catalogue import BasePrices, tuning, why_not_tunable
from core.prices.names import model_name

DAYS_A_MONTH = Decimal("30.4375")
USUAL_LIFE = Decimal(18)
"""Months that a base can be expected to last where no end is announced."""
VITAL = frozenset({"train_price", "tuned_price_in", "tuned_price_out"})
"""Without these nothing can be said of a base."""
MAY_BE_UNKNOWN = (*sorted(VITAL), "hosting_per_hour", "storage_per_month")
OF_A_BASE = (*MAY_BE_UNKNOWN, "tuned_price_cached", "minimum_training_fee")
"""The prices of a base, by the keys of the assumptions that state them."""

ASKED_OF = (*OF_A_BASE, "base", "provider", "base_life_months")
"""What is stated of a base."""

Stated = Mapping[str, Decimal | str]
Whose = Callable[[str], str]


@dataclass(frozen=True, eq=False)
class Tunable:
    """A base at a provider with its prices by key, and the months that it lasts; ``retires_on`` where announced."""

    name: str
    prices: Mapping[str, Sourced]
    life_months: Decimal
    retires_on: datetime.date | None
    out_is_stated: bool = False

    @once
    def unknown(self) -> frozenset[str]:
        """The assumptions that would give a price to what matters most and has none."""
        return frozenset(key for key in VITAL if self.prices[key].value is None)

    @once
    def is_open_ended(self) -> bool:
        """Whether any price is unknown."""
        return any(self.prices[key].value is None for key in MAY_BE_UNKNOWN)

    @once
    def exact(self) -> Base:
        """As the lines read it."""
        listed: dict[str, object] = {key: price.value for key, price in self.prices.items()}
        share = share_of(self.prices["tuned_price_out"], self.prices["tuned_price_in"])
        if share is not None and not self.out_is_stated:
            listed[RATIO.format("tuned_price_out")] = share
        return Base(self.name, listed, self.life_months)

    @once
    def floats(self) -> Base:
        """The same in floats."""
        listed = {key: as_floats(price) for key, price in self.exact.listed.items()}
        return Base(self.name, listed, float(self.life_months))

    def never_costs_more(self, other: Tunable) -> bool:
        """Whether it lasts as long as another base and no price of it is higher, whatever the prompt's length."""
        keys = (key for key in OF_A_BASE if key != "tuned_price_cached")
        no_higher = all(
            one <= two
            for key in keys
            for one, two in zip(*_in_each_tier(self.prices[key], other.prices[key]), strict=True)
        )
        return self.life_months == other.life_months and no_higher


def _in_each_tier(one: Sourced, other: Sourced) -> tuple[list[Decimal], list[Decimal]]:
    both = [price.value for price in (one, other)]
    starts = {start for value in both if isinstance(value, Tiers) for start in value.starts}
    lengths = [Decimal(0), *(start + 1 for start in sorted(starts))]
    first, second = (
        [(value.at(tokens) if isinstance(value, Tiers) else value) or Decimal(0) for tokens in lengths]
        for value in both
    )
    return first, second


@lru_cache(maxsize=256)
def worth_tuning(bases: tuple[Tunable, ...]) -> tuple[Tunable, ...]:
    """Those of which the first year decides; those with an unknown price only where all have one.

    Without those that another with the same life never costs more than: that one is picked whatever the volume.
    """
    kept: list[Tunable] = []
    for base in (base for base in bases if not base.is_open_ended):
        if not any(other.never_costs_more(base) for other in kept):
            kept = [other for other in kept if not base.never_costs_more(other)] + [base]
    return tuple(kept) or bases


def tunable(stated: Stated, whose: Whose, on: datetime.date) -> tuple[Tunable, ...] | Removed:
    """The bases that may be picked, with the prices that were stated in place of the catalogue's.

    Raises :class:`CaseError` for a base or provider that is unknown and that nobody gave prices for.
    """
    return _tunable(tuple((key, stated[key], whose(key)) for key in ASKED_OF if key in stated), on)


@lru_cache(maxsize=256)
def _tunable(
    stated: tuple[tuple[str, Decimal | str, str], ...], on: datetime.date
) -> tuple[Tunable, ...] | Removed:
    sources = {key: source for key, _, source in stated}
    return _Search({key: value for key, value, _ in stated}, sources.__getitem__, on).found()


def why_a_provider_is_closed(provider: str, on: datetime.date) -> str | None:
    """Why a provider that has bases offers none of them to whoever names none."""
    reasons = [why_not_tunable(b, on=on, named=False) for b in tuning().base if b.provider == provider]
    if not reasons or None in reasons:
        return None
    return f"today's provider ({provider}) is left out because a base there {reasons[0]}"


@dataclass(frozen=True)
class _Search:
    stated: Stated
    whose: Whose
    on: datetime.date

    @property
    def base(self) -> str | None:
        base = self.stated.get("base")
        return base if isinstance(base, str) else None

    @property
    def provider(self) -> str | None:
        provider = self.stated.get("provider")
        return provider if isinstance(provider, str) else None

    @property
    def is_named(self) -> bool:
        return self.base is not None or self.provider is not None

    @property
    def is_priced(self) -> bool:
        return self.stated.keys() >= VITAL

    @property
    def is_aged(self) -> bool:
        """Whether the team says how long the base that it names will last: then it has not retired."""
        return self.base is not None and "base_life_months" in self.stated

    def found(self) -> tuple[Tunable, ...] | Removed:
        matching = self.matching()
        if not matching:
            if self.is_priced:
                own = self._own(self.base or "your tuned model")
                return (own,) if own.life_months > 0 else self._outlived(own)
            return self._not_in_the_catalogue()
        known = tuple(base for base in self.known() if base.life_months > 0)
        if known:
            return known
        reasons = {b: why_not_tunable(b, on=self.on, named=self.is_named) for b in matching}
        if self.is_aged:
            reasons = {b: None if why and why.startswith("retired") else why for b, why in reasons.items()}
        offered = [self._as_stated(_listed(b, self.on)) for b in matching if reasons[b] is None]
        alive = [base for base in offered if base.life_months > 0]
        if alive and self.base is not None:
            return tuple(alive)
        return self._why_none(matching, reasons, offered, alive)

    def matching(self) -> list[catalogue.Base]:
        """The bases of the catalogue that what was named means."""
        if not self.is_named and self.is_priced:
            return []
        base, provider, every = self.base, self.provider, list(tuning().base)
        providers = [entry.id for entry in tuning().provider]
        if provider is not None and provider.lower() not in providers and not self.is_priced:
            expected = f"a provider that we know to tune; they are {', '.join(providers)}"
            raise CaseError("assumptions.provider", provider, expected)
        matching = [b for b in every if base is None or b.is_called(base)]
        if base is not None and not matching and not self.is_priced:
            raise CaseError("assumptions.base", base, _nearest(base))
        return [b for b in matching if provider is None or b.provider == provider.lower()]

    def known(self) -> Iterator[Tunable]:
        """Those that can be tuned, and whose prices are known as far as they matter most."""
        wanted = {id(base) for base in self.matching()}
        for base, listed, why_not in _offers(self.on, self.is_named):
            is_known = listed.unknown <= self.stated.keys()
            can_be_tuned = why_not is None or (self.is_aged and why_not.startswith("retired"))
            if is_known and can_be_tuned and id(base) in wanted:
                yield self._as_stated(listed)

    def _as_stated(self, base: Tunable) -> Tunable:
        own, life = dict(self._own_prices), self.stated.get("base_life_months")
        called, out = self.stated.get("tuned_price_in"), base.prices["tuned_price_out"]
        if isinstance(called, Decimal) and "tuned_price_out" not in own:
            own["tuned_price_out"] = scaled(out, base.prices["tuned_price_in"], called, "tuned_price_in")
        if own:
            base = replace(
                base, prices={**base.prices, **own}, out_is_stated="tuned_price_out" in self.stated
            )
        return replace(base, life_months=life, retires_on=None) if isinstance(life, Decimal) else base

    @once
    def _own_prices(self) -> Mapping[str, Sourced]:
        return {
            key: Sourced(value, self.whose(key))
            for key in OF_A_BASE
            if isinstance(value := self.stated.get(key), Decimal)
        }

    def _own(self, name: str) -> Tunable:
        """A base that only the team's figures describe."""
        nothing = {key: Sourced(Decimal(0), THE_TEAM) for key in OF_A_BASE}
        return self._as_stated(Tunable(name, nothing, USUAL_LIFE, None))

    def _not_in_the_catalogue(self) -> Removed:
        provider = self.provider or ""
        described = tuning().of(provider.lower())
        if self.base is not None:
            because = f"Our catalogue has no {self.base} at {provider}."
        else:
            because = f"No base of {provider} can be tuned: {described.note}"
        return Removed("hosted", because, described.source)

    def _why_none(
        self,
        matching: list[catalogue.Base],
        reasons: Mapping[catalogue.Base, str | None],
        offered: list[Tunable],
        alive: list[Tunable],
    ) -> Removed:
        source = tuning().of(matching[0].provider).source
        if alive:
            because = (
                f"No training and calling prices are known for {', '.join(model_name(base.name) for base in alive)}; "
                "give train_price, tuned_price_in and tuned_price_out."
            )
            return Removed("hosted", because, source)
        if offered:
            return self._outlived(offered[0])
        because = "; ".join(f"{b.name} {reasons[b]}" for b in matching)
        return Removed("hosted", f"No base can be tuned: {because}.", source)

    def _outlived(self, base: Tunable) -> Removed:
        """A base that the team says cannot be used any longer; one that has retired is told apart before."""
        because = f"{model_name(base.name)} has no months left in which it could be used."
        return Removed("hosted", because, self.whose("base_life_months"))


def _nearest(base: str) -> str:
    from rapidfuzz import process

    close = ", ".join(
        match for match, _, _ in process.extract(base, [b.name for b in tuning().base], limit=5)
    )
    return (
        f"a base in our tuning catalogue; the nearest are {close}; "
        "for another one give train_price, tuned_price_in and tuned_price_out"
    )


@lru_cache(maxsize=64)
def _offers(on: datetime.date, named: bool) -> tuple[tuple[catalogue.Base, Tunable, str | None], ...]:
    """Every base on a day, and why it cannot be tuned then."""
    return tuple((b, _listed(b, on), why_not_tunable(b, on=on, named=named)) for b in tuning().base)


@lru_cache(maxsize=1024)
def _listed(base: catalogue.Base, on: datetime.date) -> Tunable:
    """A base with the prices that the catalogue has for it on a day."""
    prices = base.prices_on(on)
    life = USUAL_LIFE if base.retires_on is None else Decimal((base.retires_on - on).days) / DAYS_A_MONTH

    def price(value: Decimal | None, what: str) -> Sourced:
        if value is None:
            return Sourced(None, f"no price for {what} {model_name(base.name)} was found")
        return Sourced(value, prices.source, prices.as_of)

    def monthly(key: str, value: Decimal | None, what: str) -> Sourced:
        """A price that need not apply: absent is none, unknown is unknown."""
        return price(Decimal(0) if value is None and key not in prices.unknown else value, f"{what} of")

    listed = {
        "train_price": price(prices.train, "training"),
        "minimum_training_fee": price(prices.minimum_training_fee, "a run"),
        "hosting_per_hour": monthly("hosting_per_hour", prices.hosting_per_hour, "hosting"),
        "storage_per_month": monthly("storage_per_month", prices.storage_per_month, "storage"),
        **dict(_calls(base, prices, on)),
    }
    return Tunable(base.name, listed, life, base.retires_on)


def _calls(base: catalogue.Base, prices: BasePrices, on: datetime.date) -> Iterator[tuple[str, Sourced]]:
    """The prices of calling what was tuned, in every tier of the model that it is billed as."""
    called = prices.calling_as
    for kind in ("in", "cached", "out"):
        found = Sourced(getattr(prices, f"price_{kind}"), prices.source, prices.as_of)
        if called is not None:
            listed = library_prices(called, on).get(kind, Sourced(None, ""))
            found = Sourced(
                listed.value, f"billed as {called}: {listed.source}", listed.as_of or prices.as_of
            )
        if found.value is None:
            found = Sourced(None, f"no price for calling a tuned {model_name(base.name)} was found")
        yield f"tuned_price_{kind}", found
