"""Where a figure is from, and why an option is not there."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

from core.answers import CaseError
from core.costs.arithmetic import Tiers
from core.prices.calling import calling_price, tier_starts

THE_TEAM = "the team's own figure"
THE_HOUSE = "your workspace's setting"
"""The source of a figure that the workspace set for all of its consultations."""
OUR_TABLE = "our dated table of smaller models"


@dataclass(frozen=True, slots=True)
class Sourced:
    """A figure and where it is from. ``value`` is ``None`` when it is unknown, and ``source`` then says why."""

    value: Decimal | Tiers | None
    source: str
    as_of: datetime.date | None = None


def at_tokens(sourced: Sourced, tokens: Decimal) -> Decimal | None:
    """A price in the tier of a prompt of so many tokens."""
    value = sourced.value
    return value.at(tokens) if isinstance(value, Tiers) else value


def share_of(price: Sourced, price_in: Sourced) -> Decimal | Tiers | None:
    """A price as a multiple of that of prompt tokens, in each tier; ``None`` where that cannot be said."""
    if price.value is None or price_in.value is None:
        return None
    starts = {s for one in (price, price_in) if isinstance(one.value, Tiers) for s in one.value.starts}
    lengths = [Decimal(0), *(start + 1 for start in sorted(starts))]
    pairs = [(at_tokens(price, tokens), at_tokens(price_in, tokens)) for tokens in lengths]
    if not all(one is not None and other for one, other in pairs):
        return None
    shares = tuple(one / other for one, other in pairs if one is not None and other)
    return Tiers(tuple(sorted(starts)), shares) if starts else shares[0]


def scaled(price: Sourced, price_in: Sourced, stated: Decimal, key: str) -> Sourced:
    """A price that nobody stated beside one of prompt tokens that somebody did: the same multiple of it as listed."""
    share = share_of(price, price_in)
    if share is None:
        return price
    value = (
        Tiers(share.starts, tuple(one * stated for one in share.prices))
        if isinstance(share, Tiers)
        else share * stated
    )
    return Sourced(value, f"scaled with {key}; {price.source}", price.as_of)


KINDS = ("in", "cached", "write", "out")
"""The four prices of calling a model."""


@lru_cache(maxsize=1024)
def library_prices(model: str, on: datetime.date) -> Mapping[str, Sourced]:
    """The library's prices of calling a model by kind, in every tier; only those that there are.

    Raises :class:`core.answers.CaseError` for a model that it does not know.
    """
    first, starts = calling_price(model, on=on), tier_starts(model, on=on)
    tiers = [first, *(calling_price(model, on=on, prompt_tokens=start + 1) for start in starts)]
    found = {}
    for kind in KINDS:
        prices = tuple(getattr(tier, f"price_{kind}") for tier in tiers)
        if prices[0] is not None:
            value = Tiers(starts, prices) if starts else prices[0]
            found[kind] = Sourced(value, first.source, first.as_of)
    return MappingProxyType(found)


@lru_cache(maxsize=1024)
def is_listed(model: str, on: datetime.date) -> bool:
    """Whether the library knows a model."""
    try:
        return bool(library_prices(model, on))
    except CaseError:
        return False


@lru_cache(maxsize=1024)
def library_ratios(model: str, on: datetime.date) -> Mapping[str, Decimal | Tiers]:
    """The same as multiples of the price of prompt tokens, where that can be said."""
    listed = library_prices(model, on)
    shares = {kind: share_of(listed[kind], listed["in"]) for kind in KINDS[1:] if kind in listed}
    return MappingProxyType({kind: share for kind, share in shares.items() if share is not None})


RATIO = "{}:ratio"
"""The key of the multiple of the price of prompt tokens that a price is, where nobody stated it."""


@dataclass(frozen=True)
class Removed:
    """An option that is not among those compared, or is no choice, and why."""

    option: str
    because: str
    source: str | None = None
