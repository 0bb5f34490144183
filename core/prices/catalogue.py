"""What tuning at a provider and own GPUs cost: the dated entries of tuning.toml and gpus.toml, looked up by day.

The newest entry not after the day counts; before the first one, the first one, as nothing older is known.
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Sequence
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, Protocol, TypeVar

from pydantic import Field, model_validator

from core.policy import Strict

HowSure = Literal["high", "medium", "low", "none"]
Price = Literal["train", "price_in", "price_cached", "price_out", "hosting_per_hour", "storage_per_month"]


class Dated(Strict):
    """Where a fact is from and how old it is. ``confidence`` high: a vendor's page, or two sources that agree."""

    as_of: datetime.date
    source: str = Field(min_length=1)
    confidence: HowSure
    note: str = ""


class BasePrices(Dated):
    """What tuning a base and calling the result cost. Token prices in dollars per 1M tokens.

    ``calling_as`` names the model whose price a tuned one is billed at. ``unknown`` names the prices that exist
    but were not found. A price that is neither there nor unknown does not apply.
    """

    train: Decimal | None = Field(default=None, ge=0)
    train_per_hour: Decimal | None = Field(default=None, ge=0)
    price_in: Decimal | None = Field(default=None, ge=0)
    price_cached: Decimal | None = Field(default=None, ge=0)
    price_out: Decimal | None = Field(default=None, ge=0)
    calling_as: str | None = None
    minimum_training_fee: Decimal = Field(default=Decimal(0), ge=0)
    hosting_per_hour: Decimal | None = Field(default=None, ge=0)
    storage_per_month: Decimal | None = Field(default=None, ge=0)
    unknown: tuple[Price, ...] = ()

    @model_validator(mode="after")
    def _each_price_is_there_or_unknown(self) -> BasePrices:
        for name in self.unknown:
            if getattr(self, name) is not None:
                raise ValueError(f"{name} is given and unknown at once")
        called = self.calling_as is not None
        for name in ("train", "price_in", "price_out"):
            there = getattr(self, name) is not None or (called and name != "train")
            if not there and name not in self.unknown:
                raise ValueError(f"{name} is neither given nor named in unknown")
        return self


class Base(Strict):
    """A model that a provider tunes, and how long it does.

    ``tunable_until`` and ``newcomers_until`` are the last days for anybody and for teams that never tuned there;
    ``retires_on`` the day from which it no longer answers; ``only_when_named`` why it is never picked on its own.
    """

    provider: str
    model: str
    aliases: tuple[str, ...] = ()
    method: Literal["supervised", "by grader"] = "supervised"
    tunable_until: datetime.date | None = None
    newcomers_until: datetime.date | None = None
    retires_on: datetime.date | None = None
    only_when_named: str | None = None
    prices: tuple[BasePrices, ...] = Field(min_length=1)

    @property
    def name(self) -> str:
        """The full name: provider:model."""
        return f"{self.provider}:{self.model}"

    def is_called(self, name: str) -> bool:
        """Whether a name means this base, with or without its provider."""
        plain = name.lower().removeprefix(f"{self.provider}:")
        return plain in (self.model.lower(), *(alias.lower() for alias in self.aliases))

    def prices_on(self, day: datetime.date) -> BasePrices:
        """The prices in force on a day."""
        return newest(self.prices, day)


class TuningProvider(Dated):
    """A provider that tunes, or did, and what holds for all of its bases."""

    id: str
    tunable_until: datetime.date | None = None
    newcomers_until: datetime.date | None = None


class TunedLatency(Dated):
    """How fast a tuned model answered, and how that compares with its base, in words."""

    base: str
    first_token_ms: Decimal = Field(gt=0)
    tokens_per_second: Decimal = Field(gt=0)
    against_its_base: str


class Tuning(Strict):
    """The file tuning.toml."""

    provider: tuple[TuningProvider, ...]
    base: tuple[Base, ...]
    latency: tuple[TunedLatency, ...] = ()

    @model_validator(mode="after")
    def _every_provider_is_described_once(self) -> Tuning:
        described = [provider.id for provider in self.provider]
        if len(described) != len(set(described)):
            raise ValueError("a provider is described twice")
        strays = {base.provider for base in self.base} - set(described)
        if strays:
            raise ValueError(f"no provider is called {', '.join(sorted(strays))}")
        names = [base.name for base in self.base]
        if len(names) != len(set(names)):
            raise ValueError("a base is listed twice")
        unknown = {entry.base for entry in self.latency} - set(names)
        if unknown:
            raise ValueError(f"no base is called {', '.join(sorted(unknown))}")
        return self

    def of(self, provider: str) -> TuningProvider:
        """The provider with that id, which must be one."""
        return next(entry for entry in self.provider if entry.id == provider)


class GpuPrice(Dated):
    """An hour of one GPU at one market. ``usual`` marks the market that is assumed."""

    gpu: str
    market: str
    per_hour: Decimal = Field(gt=0)
    usual: bool = False


class Training(Dated):
    """Tokens a second that each of ``gpus`` GPUs trains on."""

    size: str
    method: str
    gpu: str
    gpus: int = Field(ge=1)
    tokens_per_second: Decimal = Field(gt=0)


class Serving(Dated):
    """Output tokens a second of one replica on ``gpus`` GPUs, batched."""

    size: str
    gpu: str
    gpus: int = Field(ge=1)
    tokens_per_second: Decimal = Field(gt=0)
    measured: str


class MeasuredLatency(Dated):
    """How long one call alone took: to its first token, and between two tokens."""

    size: str
    gpu: str
    gpus: int = Field(ge=1)
    tokens_in: Decimal
    tokens_out: Decimal
    first_token_ms: Decimal
    next_token_ms: Decimal


class Gpus(Strict):
    """The file gpus.toml."""

    price: tuple[GpuPrice, ...]
    training: tuple[Training, ...]
    serving: tuple[Serving, ...]
    latency: tuple[MeasuredLatency, ...]


class _HasADate(Protocol):
    @property
    def as_of(self) -> datetime.date: ...


AnyDated = TypeVar("AnyDated", bound=_HasADate)


def newest(entries: Sequence[AnyDated], day: datetime.date) -> AnyDated:
    """The newest entry not after a day, else the oldest. There must be one; of equally old ones the first counts."""
    in_force = [entry for entry in entries if entry.as_of <= day]
    if in_force:
        return max(in_force, key=lambda entry: entry.as_of)
    return min(entries, key=lambda entry: entry.as_of)


@cache
def tuning() -> Tuning:
    """Every base. Raises ``pydantic.ValidationError`` when tuning.toml is malformed."""
    return Tuning.model_validate(_read("tuning.toml"))


@cache
def gpus() -> Gpus:
    """Every GPU price and throughput. Raises ``pydantic.ValidationError`` when gpus.toml is malformed."""
    return Gpus.model_validate(_read("gpus.toml"))


def _read(name: str) -> dict[str, object]:
    text = files("core.prices").joinpath(name).read_text(encoding="utf-8")
    return tomllib.loads(text, parse_float=Decimal)


def why_not_tunable(base: Base, *, on: datetime.date, named: bool) -> str | None:
    """Why a base cannot be tuned on a day, in words that follow its name; ``None`` when it can.

    ``named``: the team named the base or its provider, so it may have an access that is closed to newcomers.
    """
    provider = tuning().of(base.provider)
    if base.retires_on is not None and base.retires_on <= on:
        return f"retired on {base.retires_on}"
    until = _earliest(base.tunable_until, provider.tunable_until)
    if until is not None and until < on:
        return f"could be tuned until {until} only"
    newcomers = _earliest(base.newcomers_until, provider.newcomers_until)
    if newcomers is not None and newcomers < on and not named:
        return f"takes no new teams since {newcomers + datetime.timedelta(days=1)}; name it if you still have access"
    if base.only_when_named is not None and not named:
        return f"is offered only when you name it: {base.only_when_named}"
    return None


def _earliest(*days: datetime.date | None) -> datetime.date | None:
    return min((day for day in days if day is not None), default=None)


@lru_cache(maxsize=1024)
def gpu_price(gpu: str, *, on: datetime.date) -> GpuPrice | None:
    """The usual price of a GPU on a day; ``None`` when the catalogue has none."""
    entries = [entry for entry in gpus().price if entry.usual and entry.gpu.lower() == gpu.lower()]
    return newest(entries, on) if entries else None


@lru_cache(maxsize=1024)
def serving(size: str, gpu: str, gpus_per_replica: int, *, on: datetime.date) -> Serving | None:
    """What one replica of a model of that size writes on such GPUs; ``None`` when nobody measured it.

    Measured on as many GPUs where that was done; else on the number that it was done on, which claims no speed-up.
    """
    entries = [e for e in gpus().serving if (e.size.lower(), e.gpu.lower()) == (size.lower(), gpu.lower())]
    alike = [e for e in entries if e.gpus == gpus_per_replica]
    return newest(alike or entries, on) if entries else None


@lru_cache(maxsize=1024)
def training(size: str, gpu: str, *, on: datetime.date) -> Training | None:
    """What one GPU trains on with LoRA, supervised; ``None`` when nobody measured it."""
    wanted = (size.lower(), gpu.lower(), "lora")
    entries = [e for e in gpus().training if (e.size.lower(), e.gpu.lower(), e.method) == wanted]
    return newest(entries, on) if entries else None


@lru_cache(maxsize=1024)
def latencies(
    size: str, gpu: str, gpus_per_replica: int, *, on: datetime.date
) -> tuple[MeasuredLatency, ...]:
    """How long single calls to a model of that size took on so many of such GPUs: one entry for each length of prompt.

    From the shortest prompt to the longest; empty when nobody measured it.
    """
    by_length: dict[Decimal, list[MeasuredLatency]] = {}
    for entry in gpus().latency:
        if (entry.size.lower(), entry.gpu.lower(), entry.gpus) == (
            size.lower(),
            gpu.lower(),
            gpus_per_replica,
        ):
            by_length.setdefault(entry.tokens_in, []).append(entry)
    return tuple(newest(by_length[length], on) for length in sorted(by_length))
