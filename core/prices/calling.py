"""What calling a model costs: the prices of genai-prices, which it carries with it; nothing is fetched.

A model is written ``provider:model``. It must be one that the library knows by that name or by an alias; the library's
own matching is looser than that (``gpt-4o-anything`` may match ``gpt-4o``), so names are matched strictly here.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from pydantic import Field

from core.answers import CaseError
from core.policy import Strict

if TYPE_CHECKING:
    from genai_prices.types import ModelInfo, Provider


SHORTEST_CACHED_PREFIX = Decimal(1024)
"""Tokens; where a provider's own figure is not known."""


@dataclass(frozen=True, slots=True)
class CallingPrice:
    """The prices of one model on one day, for prompts of one length, in dollars per 1M tokens.

    ``model`` is its full name. ``price_cached`` is ``None`` when nothing can be read from a cache, ``price_write`` when
    writing to it costs no more than reading a prompt. ``as_of`` is the age of the library's prices.
    """

    model: str
    price_in: Decimal
    price_cached: Decimal | None
    price_write: Decimal | None
    price_out: Decimal
    source: str
    as_of: datetime.date | None


class Library(Strict):
    """How old the prices of one version of the library are."""

    version: str
    as_of: datetime.date
    source: str


class Smaller(Strict):
    """The smaller current model of a provider, from ``as_of`` on."""

    provider: str
    model: str
    as_of: datetime.date
    source: str
    confidence: str


class ShortestCachedPrefix(Strict):
    """How many fixed tokens a prompt must begin with before a provider caches them."""

    provider: str
    tokens: Decimal
    as_of: datetime.date
    source: str
    confidence: str


class BesideTheLibrary(Strict):
    """The file calling.toml."""

    library: tuple[Library, ...]
    smaller: tuple[Smaller, ...]
    shortest_cached_prefix: tuple[ShortestCachedPrefix, ...] = Field(default=())


@cache
def beside_the_library() -> BesideTheLibrary:
    """What calling.toml says. Raises ``pydantic.ValidationError`` when it is malformed."""
    text = files("core.prices").joinpath("calling.toml").read_text(encoding="utf-8")
    return BesideTheLibrary.model_validate(tomllib.loads(text, parse_float=Decimal))


def smaller_model(model: str, *, on: datetime.date) -> Smaller | None:
    """The smaller current model of the provider of ``model``; ``None`` when our table names none."""
    provider = model.partition(":")[0]
    entries = sorted(
        (s for s in beside_the_library().smaller if s.provider == provider), key=lambda s: s.as_of
    )
    in_force = [entry for entry in entries if entry.as_of <= on] or entries[:1]
    return in_force[-1] if in_force else None


def shortest_cached_prefix(model: str) -> Decimal:
    """How many fixed tokens are needed before they are cached."""
    provider = model.partition(":")[0]
    known = [
        entry.tokens for entry in beside_the_library().shortest_cached_prefix if entry.provider == provider
    ]
    return known[-1] if known else SHORTEST_CACHED_PREFIX


def source_of_the_shortest_prefix(model: str) -> str:
    """Where the figure of :func:`shortest_cached_prefix` is from; for most providers it is that of another one."""
    provider, entries = model.partition(":")[0], beside_the_library().shortest_cached_prefix
    own = [entry.source for entry in entries if entry.provider == provider]
    return own[-1] if own else f"{entries[-1].source}; assumed of {provider} too"


@lru_cache(maxsize=4096)
def calling_price(
    model: str, *, on: datetime.date, prompt_tokens: Decimal = Decimal(0), key: str = "assumptions.model"
) -> CallingPrice:
    """The price of a model on a day, in the tier of a prompt of that length.

    Raises :class:`CaseError` for ``key`` when the provider or the model is unknown, naming the nearest ones, and when
    the library has no price for it.
    """
    found = _find(model.lower())
    if found is None:
        raise CaseError(key, model, f"a model with a known price; {_nearest(model)}")
    name, info = found
    prices = _in_force(info, on)
    values = {kind: _tier(getattr(prices, f"{kind}_mtok"), prompt_tokens) for kind in _KINDS}
    price_in, price_out = values["input"], values["output"]
    if price_in is None or price_out is None:
        raise CaseError(
            key, model, "a model with a known price: genai-prices lists it without one for its tokens"
        )
    library, as_of = _library()
    return CallingPrice(
        name, price_in, values["cache_read"], values["cache_write"], price_out, library, as_of
    )


_KINDS = ("input", "cache_read", "cache_write", "output")


@cache
def _library() -> tuple[str, datetime.date | None]:
    installed = version("genai-prices")
    for entry in beside_the_library().library:
        if entry.version == installed:
            return entry.source, entry.as_of
    return f"genai-prices {installed} (https://github.com/pydantic/genai-prices)", None


@cache
def _providers() -> tuple[Provider, ...]:
    # Here and not above: the library's prices take most of a second to read.
    from genai_prices.data import providers

    return tuple(providers)


@lru_cache(maxsize=4096)
def _find(model: str) -> tuple[str, ModelInfo] | None:
    provider_id, _, name = model.partition(":")
    provider = next((p for p in _providers() if p.id == provider_id), None)
    if provider is None:
        return None
    fallbacks = [p for p in _providers() if p.id in (provider.fallback_model_providers or ())]
    for candidate in (provider, *fallbacks):
        for info in candidate.models:
            if info.id.lower() == name:
                return f"{provider_id}:{info.id}", info
        for info in candidate.models:
            if any(_is_alias(clause, name) for clause in _clauses(info.match)):
                return f"{provider_id}:{info.id}", info
    return None


def _clauses(match: Any) -> Iterator[Any]:
    """The single rules of a rule; one that needs several at once is no alias."""
    if hasattr(match, "or_"):
        for clause in match.or_:
            yield from _clauses(clause)
    elif not hasattr(match, "and_"):
        yield match


@cache
def models_of(provider: str) -> tuple[str, ...]:
    """The names of all models that the library lists for a provider; none for one that it does not know."""
    return tuple(info.id for p in _providers() if p.id == provider for info in p.models)


_VERSION = re.compile(r"([-@:/]?(v?\d[\d.:@-]*|latest))*")
_REGION = re.compile(r"([a-z]{2,6}(-[a-z]{2,4})?\.)?")


def _is_alias(clause: Any, name: str) -> bool:
    """Whether a rule names this model: in full, or but for a version behind it or a region before it."""
    if hasattr(clause, "equals"):
        return bool(clause.equals.lower() == name)
    if hasattr(clause, "regex"):
        return bool(re.fullmatch(clause.regex, name))
    literal = str(
        getattr(clause, "starts_with", None)
        or getattr(clause, "contains", None)
        or getattr(clause, "ends_with", "")
    ).lower()
    before, found, after = name.partition(literal)
    return bool(found and literal and _REGION.fullmatch(before) and _VERSION.fullmatch(after))


def _in_force(info: ModelInfo, on: datetime.date) -> Any:
    # Noon, so that prices which are lower at night count as by day.
    return info.get_prices(datetime.datetime.combine(on, datetime.time(12), datetime.UTC))


def _tier(price: Any, prompt_tokens: Decimal) -> Decimal | None:
    """The price for a prompt of that length: past a tier's start all its tokens cost the tier's price."""
    if price is None or isinstance(price, Decimal):
        return price
    reached = [Decimal(tier.price) for tier in price.tiers if prompt_tokens > tier.start]
    return reached[-1] if reached else Decimal(price.base)


@lru_cache(maxsize=4096)
def tier_starts(model: str, *, on: datetime.date) -> tuple[Decimal, ...]:
    """The lengths of a prompt beyond which a model costs another price; none for a model that is unknown."""
    found = _find(model.lower())
    if found is None:
        return ()
    prices = _in_force(found[1], on)
    listed = [getattr(prices, f"{kind}_mtok") for kind in _KINDS]
    return tuple(sorted({Decimal(tier.start) for price in listed for tier in getattr(price, "tiers", ())}))


@cache
def _names() -> tuple[str, ...]:
    return tuple(f"{provider.id}:{info.id}" for provider in _providers() for info in provider.models)


@lru_cache(maxsize=256)
def _nearest(model: str) -> str:
    from rapidfuzz import fuzz, process

    provider, _, _ = model.lower().partition(":")
    known = [p.id for p in _providers()]
    if provider not in known:
        close = [match for match, _, _ in process.extract(provider, known, scorer=fuzz.WRatio, limit=3)]
        elsewhere = [
            match for match, _, _ in process.extract(model.lower(), _names(), scorer=fuzz.WRatio, limit=3)
        ]
        known_as = f"the nearest are {', '.join(close)} (such as {', '.join(elsewhere)})"
        return f"the provider {provider!r} is not known, {known_as}"
    own = [name for name in _names() if name.startswith(f"{provider}:")]
    close = [match for match, _, _ in process.extract(model.lower(), own, scorer=fuzz.WRatio, limit=5)]
    return f"the nearest are {', '.join(close)}"


MAKERS = (
    "openai",
    "anthropic",
    "google",
    "mistral",
    "x-ai",
    "deepseek",
    "cohere",
    "aws",
    "azure",
    "together",
    "groq",
)
"""Where a model is looked for when somebody names it without a provider: first at those who make it."""


@lru_cache(maxsize=4096)
def with_provider(name: str) -> str | None:
    """A model as ``provider:model`` when people gave its name alone; ``None`` when no provider is known to have it.

    "Claude Sonnet 4.5" is looked for as ``claude-sonnet-4-5`` too, since providers write versions with dashes.
    """
    typed = re.sub(r"\s+", "-", name.strip().lower())
    if ":" in typed:
        found = _find(typed)
        return found[0] if found else None
    for spelling in dict.fromkeys((typed, re.sub(r"(?<=\d)\.(?=\d)", "-", typed))):
        for maker in MAKERS:
            found = _find(f"{maker}:{spelling}")
            if found is not None:
                return found[0]
    return None
