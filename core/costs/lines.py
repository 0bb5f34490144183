"""Every formula of the ledger, once: what each option costs, as parts of quantity times price.

A month of an option is the sum of its parts per month, what it takes once the sum of those up front. What stands
elsewhere: what follows from other figures, the tokens of a month among them (:mod:`core.costs.world`); the sums, what
is saved beside a baseline, and whether that pays back (:mod:`core.costs.cost`); prices, and how an unstated one of the
cache, of writing to it or of output is scaled with a stated price_in (:mod:`core.costs.figures`); what right answers
are worth, which is in no sum (:mod:`core.costs.estimate`); defaults that follow nothing (:mod:`core.facts`).

With N calls a month, made N (1 + retry_rate) times, and every figure by its key:

    prompt           up front: prompt_hours, unless a prompt is built
                     a month: fixed, changing and output tokens of the calls made at their prices, less batch_share x
                     batch_discount of that; upkeep_hours
    prompt_cached    the same; of the fixed tokens the share cache_hit_rate at price_cached, the rest at price_write,
                     where writing has a price, else at price_in
    cheaper_model    as prompt_cached, at the prices of the cheaper model
    hosted           up front: runs x adapters x a run at train_price, or at minimum_training_fee where it would come
                     to less; labels_to_buy x price_per_label; tuning_hours
                     a month: its own fixed, changing and output tokens of the calls made, nothing cached, batches as
                     above; upkeep_hours; hosting and storage of one model; retrains_per_year / 12 times a run of each
                     of the adapters, and as often retrain_hours
    self_hosted      up front: as hosted, the training in hours of own GPUs
                     a month: whole servers for the busiest hours of N calls (``servers``: a repeated call is not
                     counted), min_replicas at least, and those alone where their throughput is unknown; the price of
                     their GPUs with serving_overhead, which nothing else has; on_call_hours; upkeep_hours; trained
                     anew as hosted
    self_hosted_prompted   up front as prompt; servers for the whole prompt, on_call_hours, upkeep_hours

Fixed tokens of a prompt are prompt_tokens x fixed_share, changing ones the rest; a tuned model has tuned_fixed_tokens
in place of the fixed ones, and tuned_output_tokens, else output_tokens. Nothing is cached where there is no
price_cached, where cache_hit_rate is 0, or with fewer fixed tokens than the provider caches; all of them cost
price_in then. A price that has tiers is that of the whole prompt's. A run goes over training_examples x
tokens_per_example x epochs. Examples, tuning_hours and retrain_hours are those of all adapters together. Hours are at
engineer_per_hour. Which options there are is settled in :mod:`core.costs.estimate`, and whether a prompt is built in
:mod:`core.costs.figures`: it has the examples of a fair try.

Servers are as many as carry N (output_tokens + prefill_weight x the prompt) x peak_factor tokens in the seconds of
hours_per_month at decode_tokens_per_second x utilisation, whole ones. Decoding is told of a replica, of
gpus_per_replica; training, train_tokens_per_second x train_derate, of one GPU.

The same code makes one exact ledger, in decimals, and thousands of worlds at once, in arrays: only the arithmetic and
the figures differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Literal, NamedTuple

from core.costs.arithmetic import Number, plain
from core.costs.kinds import Kind
from core.costs.world import Prices, World
from core.prices.names import model_name
from core.wording import counted

Per = Literal["month", "up front", "call"]

SECONDS_AN_HOUR = 3600
TOKENS: Mapping[Kind, str] = {
    Kind.FIXED_TOKENS: "Fixed prompt tokens",
    Kind.CACHED_TOKENS: "Fixed prompt tokens read from the cache",
    Kind.UNCACHED_TOKENS: "Fixed prompt tokens not in the cache",
    Kind.CHANGING_TOKENS: "Changing prompt tokens",
    Kind.OUTPUT_TOKENS: "Output tokens",
}
"""The labels of what calls read and write."""


class Part(NamedTuple):
    """Quantity times price, in dollars. ``price``: ``None`` where nobody knows it.

    ``keys``: the assumptions whose sources stand beside it, the price's first where it has a date. ``servers``: how
    many it is the price of, where it is of servers.
    """

    kind: Kind
    label: str
    quantity: Number
    unit: str
    price: Number | None
    per: Per
    keys: tuple[str, ...]
    servers: Number | None = None


def _hours(w: World, kind: Kind, label: str, per: Per = "month", often: Number = 1) -> Part:
    """People's work, of the kind that is named as the assumption of its hours."""
    price, key = w.of("engineer_per_hour"), kind.value
    return Part(kind, label, w.of(key) * often, "hours", price, per, (key, "engineer_per_hour"))


def _upkeep(w: World) -> Part:
    return _hours(w, Kind.UPKEEP_HOURS, "Upkeep")


# Calls


def _tokens(w: World, kind: Kind, tokens: Number, key: str, price: Number | None) -> Part:
    return Part(kind, TOKENS[kind] + w.times_each, tokens, "1M tokens", price, "month", (key,))


def _fixed_part(w: World, who: str, *, cached: bool) -> Iterator[Part]:
    """The fixed tokens of a month's calls: partly read from the cache where they are enough for it."""
    m, tokens = w.m, w.of("prompt_tokens")
    fresh, cheap = w.price(f"{who}price_in", tokens), w.price(f"{who}price_cached", tokens)
    hits: Number = m.number(0)
    if cached and cheap is not None:
        hits = m.where(w.is_long_enough(who), w.hits, m.number(0))
    if m.is_nothing(hits):
        yield _tokens(w, Kind.FIXED_TOKENS, w.unchanging, f"{who}price_in", fresh)
        return
    listed = w.price(f"{who}price_write", tokens)
    write = fresh if listed is None else m.where(hits > 0, listed, fresh)
    write_key = f"{who}price_in" if listed is None else f"{who}price_write"
    read, written = hits * w.unchanging, (1 - hits) * w.unchanging
    yield _tokens(w, Kind.CACHED_TOKENS, read, f"{who}price_cached", cheap)
    yield _tokens(w, Kind.UNCACHED_TOKENS, written, write_key, write)


def _batched(w: World, calls: tuple[Part, ...]) -> Iterator[Part]:
    """The calls, and what is taken off those of them that wait for a batch."""
    yield from calls
    share, discount = w.of("batch_share"), w.of("batch_discount")
    if not w.m.is_nothing(share * discount):
        bill = -sum(part.quantity * part.price for part in calls if part.price is not None) * share
        keys = ("batch_share", "batch_discount")
        label, unit = "Discount on calls in a batch", "$ of calls in a batch"
        yield Part(Kind.BATCH_DISCOUNT, label, bill, unit, discount, "month", keys)


def prompted(w: World, *, cached: bool, who: str = "") -> Iterator[Part]:
    """A prompted model. ``who``: what the keys of its prices begin with, "" for today's model, "cheaper_"."""
    tokens = w.of("prompt_tokens")
    price_in, price_out = w.price(f"{who}price_in", tokens), w.price(f"{who}price_out", tokens)
    calls = (
        *_fixed_part(w, who, cached=cached),
        _tokens(w, Kind.CHANGING_TOKENS, w.changing, f"{who}price_in", price_in),
        _tokens(w, Kind.OUTPUT_TOKENS, w.answered, f"{who}price_out", price_out),
    )
    yield from _engineering(w)
    yield from _batched(w, calls)
    yield _upkeep(w)


def _engineering(w: World) -> Iterator[Part]:
    """Writing the prompt, unless it is there."""
    if not w.built:
        yield _hours(w, Kind.PROMPT_HOURS, "Engineering for the prompt", "up front")


# Tuning


GPU_HOURS = "GPU hours"
ONCE_AND_ANEW = (
    (Kind.TRAINING, Kind.TRAINING_ANEW),
    (Kind.GPU_TRAINING, Kind.GPU_TRAINING_ANEW),
)
"""The first runs and those when it is trained anew: at a provider, and on own GPUs."""


def _runs(
    w: World, label: str, a_run: Number, unit: str, price: Number | None, keys: tuple[str, ...], how: str = ""
) -> Iterator[Part]:
    """Training runs of so many units each: the first ones, and those of a month when it is trained anew."""
    first, anew = ONCE_AND_ANEW[unit == GPU_HOURS]
    yield Part(first, f"{label}{how}", a_run * w.first_runs, unit, price, "up front", keys)
    yield Part(anew, f"{label} anew{how}", a_run * w.runs_a_month, unit, price, "month", keys)


class Run(NamedTuple):
    """One training run at a provider: so many 1M tokens at a price each, or the least fee where that is less."""

    tokens: Number
    price: Number
    fee: Number

    @property
    def by_the_token(self) -> Number:
        """Dollars for its tokens."""
        return self.tokens * self.price


def run_of(w: World, base: Base) -> Run | None:
    """A run on a base; ``None`` where nobody knows its price."""
    price = w.price("train_price", 0, base.listed)
    if price is None:
        return None
    return Run(w.trained, price, w.price("minimum_training_fee", 0, base.listed))


def _training(w: World, base: Base) -> Iterator[Part]:
    """Training at a provider: by the token, or by the run where that would come to less than its least fee."""
    m, run, label = w.m, run_of(w, base), f"Training {model_name(base.name)}"
    if run is None:
        return _runs(w, label, 0, "1M tokens", None, ("train_price",))
    at_the_fee = run.by_the_token < run.fee
    if m.is_nothing(at_the_fee):
        return _runs(w, label, run.tokens, "1M tokens", run.price, ("train_price",))
    a_run, paid = m.where(at_the_fee, m.number(1), run.tokens), m.where(at_the_fee, run.fee, run.price)
    if w.is_exact:
        return _runs(w, label, a_run, "runs", paid, ("minimum_training_fee",), ", at the minimum fee")
    return _runs(w, label, a_run, "1M tokens", paid, ("train_price",))


def _own_training(w: World) -> Iterator[Part]:
    """Training on own GPUs: as many hours of them as the tokens take."""
    gpu, throughput = w.of("gpu_per_hour"), w.of("train_tokens_per_second")
    if throughput is None or gpu is None:
        missing = "train_tokens_per_second" if throughput is None else "gpu_per_hour"
        return _runs(w, "GPUs for training", 0, GPU_HOURS, None, (missing,))
    hours = w.tokens_a_run / (throughput * w.of("train_derate")) / SECONDS_AN_HOUR
    return _runs(w, "GPUs for training", hours, GPU_HOURS, gpu, ("gpu_per_hour", "train_tokens_per_second"))


def _tuned(w: World, training: Iterator[Part]) -> Iterator[Part]:
    """The training, with its labels and its engineering, up front and again when it is trained anew."""
    runs, again = training
    label, keys = w.of("price_per_label"), ("labels_to_buy", "price_per_label")
    yield runs
    yield Part(Kind.LABELS, "Examples to make", w.labels_to_buy, "examples", label, "up front", keys)
    yield _hours(w, Kind.TUNING_HOURS, "Engineering for the first tuned model", "up front")
    yield again
    yield _hours(w, Kind.RETRAIN_HOURS, "Engineering for training anew", often=w.retrained)


# Own servers


def servers_per_call(w: World, *, tuned: bool) -> Number:
    """How many servers one call a month needs in the busiest hours; 0 where their throughput is unknown."""
    throughput = w.of("decode_tokens_per_second")
    if throughput is None:
        return w.m.number(0)
    prompt, output = (
        (w.tuned_prompt, w.tuned_output) if tuned else (w.dynamic + w.fixed, w.of("output_tokens"))
    )
    load = (output + w.of("prefill_weight") * prompt) * w.of("peak_factor")
    return load / (w.of("hours_per_month") * SECONDS_AN_HOUR) / (throughput * w.of("utilisation"))


def servers(w: World, *, tuned: bool) -> Number:
    """How many run: a part of one is a whole one."""
    return w.m.most(w.of("min_replicas"), w.m.whole(w.calls * servers_per_call(w, tuned=tuned)))


def _serving(w: World, *, tuned: bool) -> Iterator[Part]:
    """Own servers, and the people that they need."""
    gpu = w.of("gpu_per_hour")
    if gpu is None:
        yield Part(Kind.SERVERS, "GPUs for serving", 0, GPU_HOURS, None, "month", ("gpu_per_hour",))
    else:
        count = servers(w, tuned=tuned)
        each = w.of("gpus_per_replica") * w.of("hours_per_month") * (1 + w.of("serving_overhead"))
        said = counted(str(plain(count)), "replicas") if w.is_exact else ""
        label = f"GPUs for {said}, overhead included"
        yield Part(Kind.SERVERS, label, count * each, GPU_HOURS, gpu, "month", ("gpu_per_hour",), count)
        if w.of("decode_tokens_per_second") is None:
            yield Part(
                Kind.SERVERS, "More replicas", 0, GPU_HOURS, None, "month", ("decode_tokens_per_second",)
            )
    yield _hours(w, Kind.ON_CALL_HOURS, "On call")
    yield _upkeep(w)


# The options


@dataclass(frozen=True, slots=True)
class Base:
    """What is tuned at a provider: its prices by key, and the months that it lasts."""

    name: str
    listed: Prices
    life_months: Number


def hosted(w: World, base: Base) -> Iterator[Part]:
    """A tuned model at a provider."""
    tokens = w.tuned_prompt
    price_in, price_out = (w.price(f"tuned_price_{way}", tokens, base.listed) for way in ("in", "out"))
    yield from _tuned(w, _training(w, base))
    calls = (
        _tokens(w, Kind.FIXED_TOKENS, w.tuned_unchanging, "tuned_price_in", price_in),
        _tokens(w, Kind.CHANGING_TOKENS, w.changing, "tuned_price_in", price_in),
        _tokens(w, Kind.OUTPUT_TOKENS, w.tuned_answered, "tuned_price_out", price_out),
    )
    yield from _batched(w, calls)
    yield _upkeep(w)
    for kind, label, key, quantity, unit in (
        (Kind.HOSTING, "Hosting", "hosting_per_hour", w.of("hours_per_month"), "hours"),
        (Kind.STORAGE, "Storage", "storage_per_month", w.m.number(1), "months"),
    ):
        price = w.price(key, 0, base.listed)
        if price is None or not w.m.is_nothing(price):
            yield Part(kind, label, quantity, unit, price, "month", (key,))


def self_hosted(w: World) -> Iterator[Part]:
    """An open-weight model, tuned and served on own GPUs."""
    yield from _tuned(w, _own_training(w))
    yield from _serving(w, tuned=True)


def self_hosted_prompted(w: World) -> Iterator[Part]:
    """The same open-weight model, only prompted."""
    yield from _engineering(w)
    yield from _serving(w, tuned=False)


RunsOn = Literal["today's model", "the cheaper model", "a tuned base", "own servers"]


@dataclass(frozen=True, slots=True)
class Compared:
    """One of the options compared: the function of its lines, and what its calls run on.

    ``is_baseline``: it tunes nothing and keeps the model, so that others are compared with it.
    """

    lines: Callable[..., Iterator[Part]]
    runs_on: RunsOn
    is_tuned: bool = False
    is_baseline: bool = False


OPTIONS: Mapping[str, Compared] = MappingProxyType(
    {
        "prompt": Compared(partial(prompted, cached=False), "today's model", is_baseline=True),
        "prompt_cached": Compared(partial(prompted, cached=True), "today's model", is_baseline=True),
        "cheaper_model": Compared(partial(prompted, cached=True, who="cheaper_"), "the cheaper model"),
        "hosted": Compared(hosted, "a tuned base", is_tuned=True),
        "self_hosted": Compared(self_hosted, "own servers", is_tuned=True),
        "self_hosted_prompted": Compared(self_hosted_prompted, "own servers", is_baseline=True),
    }
)
"""In the order of every table."""
ON_SERVERS = tuple(name for name, one in OPTIONS.items() if one.runs_on == "own servers")
AT_A_PROVIDER = tuple(name for name in OPTIONS if name not in ON_SERVERS)
"""What sends the data away."""
BASELINES = tuple(name for name, one in OPTIONS.items() if one.is_baseline)
TUNED = tuple(name for name, one in OPTIONS.items() if one.is_tuned)


def with_base(options: Iterable[str], base: Base | None) -> dict[str, Base | None]:
    """Some options, each with what it tunes at a provider."""
    return {name: base if OPTIONS[name].runs_on == "a tuned base" else None for name in options}


def lines_of(w: World, option: str, base: Base | None = None) -> Iterator[Part]:
    """The lines of one option; ``base``: what is tuned, of the hosted one."""
    lines = OPTIONS[option].lines
    return lines(w) if base is None else lines(w, base)
