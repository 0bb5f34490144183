"""Everything the ledger assumes: which keys there are, what each may be, and what stands in for it when nobody says.

A team may state any of them; whatever it does not state has a default that is shown as one. How a default that depends
on prices or answers is found is the work of :mod:`core.costs.options`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any, Literal

from core.answers import CaseError

Kind = Literal["model", "name", "size", "number", "whole number", "share", "money"]

LARGEST = Decimal(10) ** 12
"""No quantity or price above this is believed."""

LONGEST_NAME = 120

MINUTES_PER_LABEL = Decimal("2.5")
"""What a reviewed example takes; the default of ``price_per_label`` rests on it."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """One thing that the ledger assumes.

    ``low`` and ``high`` are what it may be, both included unless ``above_low`` says that it must exceed ``low``.
    ``default`` is said in words, for people; ``fixed`` is the value itself where it depends on nothing.
    """

    key: str
    kind: Kind
    unit: str
    description: str
    default: str
    fixed: Decimal | str | None = None
    low: Decimal = Decimal(0)
    high: Decimal = LARGEST
    above_low: bool = False

    @property
    def expected(self) -> str:
        """What a value must be, in words."""
        if self.kind == "model":
            return "a model as provider:model, such as openai:gpt-6.1-terra"
        if self.kind == "size":
            return "a model size such as 8B"
        if self.kind == "name":
            return f"a name of at most {LONGEST_NAME} characters"
        what = {"whole number": "a whole number", "share": "a fraction", "money": "an amount in dollars"}
        start = f"{what.get(self.kind, 'a number')} {'over' if self.above_low else 'from'} {self.low:f}"
        return f"{start} to {self.high:f} ({self.unit})"


def _number(
    key: str,
    unit: str,
    description: str,
    default: str | int,
    *,
    low: str = "0",
    high: str | None = None,
    above: bool = False,
) -> Assumption:
    return _made("number", key, unit, description, default, low=low, high=high, above=above)


def _whole(key: str, unit: str, description: str, default: str | int, *, low: str = "0") -> Assumption:
    return _made("whole number", key, unit, description, default, low=low, high="1e9")


def _share(key: str, unit: str, description: str, default: str, *, above: bool = False) -> Assumption:
    return _made("share", key, unit, description, default, high="1", above=above)


def _money(key: str, unit: str, description: str, default: str | int) -> Assumption:
    return _made("money", key, unit, description, default)


def _made(
    kind: Kind,
    key: str,
    unit: str,
    description: str,
    default: str | int,
    *,
    low: str = "0",
    high: str | None = None,
    above: bool = False,
) -> Assumption:
    fixed = Decimal(default) if re.fullmatch(r"[0-9.]+", str(default)) else None
    top = LARGEST if high is None else Decimal(high)
    return Assumption(key, kind, unit, description, str(default), fixed, Decimal(low), top, above)


MODEL = "openai:gpt-6.1-terra"
_PER_MILLION = "$ per 1M tokens"
_LIBRARY = "the price of the day in genai-prices"
_TUNING = "the tuning catalogue's price for the base"

ASSUMPTIONS: Mapping[str, Assumption] = MappingProxyType(
    {
        assumption.key: assumption
        for assumption in (
            Assumption("model", "model", "", "The model of today", MODEL, MODEL),
            Assumption(
                "cheaper_model",
                "model",
                "",
                "A smaller model",
                "the provider's smaller current model, from our dated table",
            ),
            Assumption(
                "base",
                "name",
                "",
                "The model that would be tuned at a provider",
                "the base with the lowest first year",
            ),
            Assumption(
                "provider", "name", "", "Where a model would be tuned", "any provider in our tuning catalogue"
            ),
            _number("prompt_tokens", "tokens a call", "The length of the prompt", 2000),
            _share(
                "fixed_share",
                "of the prompt",
                "The share of the prompt that is the same on every call",
                "0.8",
            ),
            _number("output_tokens", "tokens a call", "The length of the answer, reasoning included", 150),
            _share(
                "cache_hit_rate",
                "of calls",
                "How often the fixed part is found in the provider's cache",
                "min(0.9, 1 - exp(-5 N / 43,830)): another call came in the last 5 minutes",
            ),
            _share("batch_share", "of calls", "The share of calls that can wait for a batch", "0"),
            _share("batch_discount", "of the price", "The discount on a batched call", "0.5"),
            _number("retry_rate", "of calls", "Calls repeated after failed validation", 0, high="10"),
            _number("prompt_hours", "hours", "Engineering for a prompt", 40, high="1e6"),
            _number("upkeep_hours", "hours a month", "Engineering to keep it working", 2, high="1e6"),
            _money("engineer_per_hour", "$ an hour", "An hour of engineering", 100),
            _number(
                "horizon_months",
                "months",
                "Tuning must pay back within this time",
                "the policy's horizon",
                high="600",
                above=True,
            ),
            _number(
                "tuned_fixed_tokens",
                "tokens a call",
                "What is left of the fixed part once it is in the weights",
                100,
            ),
            _number(
                "tuned_output_tokens",
                "tokens a call",
                "The length of the tuned model's answer",
                "as output_tokens",
            ),
            _number(
                "training_examples",
                "examples",
                "Examples to train on",
                "max(500, min(labelled_examples, 5,000))",
            ),
            _number(
                "tokens_per_example",
                "tokens",
                "The length of one example",
                "dynamic prompt tokens + output tokens",
            ),
            _number("epochs", "passes", "Passes over the examples in one run", 3, high="1000", above=True),
            _whole("runs", "runs", "Runs until one is good enough", 5, low="1"),
            _money(
                "price_per_label", "$ an example", "One reviewed example: 2.5 minutes of an engineer", "4"
            ),
            _number(
                "labels_to_buy",
                "examples",
                "Examples that still have to be made",
                "training_examples - labelled_examples",
            ),
            _number("tuning_hours", "hours", "Engineering for the first tuned model", 120, high="1e6"),
            _number("retrain_hours", "hours", "Engineering for each retraining", 24, high="1e6"),
            _number("retrains_per_year", "a year", "How often it is trained anew", 2, high="1000"),
            Assumption("gpu", "name", "", "The GPU to serve on", "H100", "H100"),
            _money("gpu_per_hour", "$ an hour", "One GPU for an hour", "the GPU catalogue's price"),
            _whole("gpus_per_replica", "GPUs", "GPUs that one copy of the model needs", 1, low="1"),
            Assumption("model_size", "size", "", "The size of the open-weight model", "8B", "8B"),
            _number(
                "decode_tokens_per_second",
                "tokens a second",
                "What one replica writes, batched",
                "the catalogue's measurement for the size and the GPU",
                above=True,
            ),
            _number(
                "prefill_weight",
                "output tokens",
                "What reading a prompt token costs of writing one",
                "0.1",
                high="100",
            ),
            _share(
                "utilisation",
                "of the throughput",
                "How much of a replica's throughput can be used",
                "0.4",
                above=True,
            ),
            _number(
                "peak_factor",
                "times the average",
                "The busiest hours against the average",
                3,
                low="1",
                high="10000",
            ),
            _whole(
                "min_replicas",
                "replicas",
                "Replicas that always run",
                "1, or 2 when latency is a reason",
                low="1",
            ),
            _number(
                "serving_overhead",
                "of the GPU price",
                "Disks, network and monitoring beyond the GPU",
                "0.4",
                high="100",
            ),
            _number("on_call_hours", "hours a month", "Engineering on call for own servers", 10, high="1e6"),
            _money("price_in", _PER_MILLION, "Prompt tokens of the model", _LIBRARY),
            _money("price_cached", _PER_MILLION, "Prompt tokens read from the cache", _LIBRARY),
            _money("price_write", _PER_MILLION, "Prompt tokens written to the cache", _LIBRARY),
            _money("price_out", _PER_MILLION, "Output tokens of the model", _LIBRARY),
            _money("cheaper_price_in", _PER_MILLION, "Prompt tokens of the cheaper model", _LIBRARY),
            _money(
                "cheaper_price_cached",
                _PER_MILLION,
                "Prompt tokens of the cheaper model, read from the cache",
                _LIBRARY,
            ),
            _money(
                "cheaper_price_write",
                _PER_MILLION,
                "Prompt tokens of the cheaper model, written to the cache",
                _LIBRARY,
            ),
            _money("cheaper_price_out", _PER_MILLION, "Output tokens of the cheaper model", _LIBRARY),
            _money("tuned_price_in", _PER_MILLION, "Prompt tokens of the tuned model", _TUNING),
            _money(
                "tuned_price_cached",
                _PER_MILLION,
                "Prompt tokens of the tuned model, read from the cache",
                _TUNING,
            ),
            _money("tuned_price_out", _PER_MILLION, "Output tokens of the tuned model", _TUNING),
            _money("train_price", _PER_MILLION, "Tokens to train on", _TUNING),
            _money("minimum_training_fee", "$ a run", "The least that one run is billed", _TUNING),
            _money("hosting_per_hour", "$ an hour", "Keeping the tuned model deployed", _TUNING),
            _money("storage_per_month", "$ a month", "Keeping the tuned model stored", _TUNING),
            _number(
                "hours_per_month", "hours", "Hours that a month is billed as", 730, high="744", above=True
            ),
            _number(
                "base_life_months",
                "months",
                "How long the base can still be used; 0 or less: it no longer can",
                "until it retires; 18 where no date is announced",
                low="-1200",
                high="1200",
            ),
            _number(
                "train_tokens_per_second",
                "tokens a second",
                "What one GPU trains on",
                "the catalogue's measurement for the size and the GPU",
                above=True,
            ),
            _share(
                "train_derate",
                "of the throughput",
                "What padding and evaluation leave of it",
                "0.6",
                above=True,
            ),
            _share("tuned_quality", "of answers", "How good the tuned model would be", "the quality target"),
            _money("value_per_correct", "$ an answer", "What a right answer is worth", "unknown"),
            _money("cost_per_error", "$ an answer", "What a wrong answer costs", "unknown"),
        )
    }
)


_KINDS = ("in", "cached", "write", "out")
_AT_A_PROVIDER = ("tuned_price_in", "tuned_price_cached", "tuned_price_out", "train_price")
_OF_A_BASE = (
    *_AT_A_PROVIDER,
    "minimum_training_fee",
    "hosting_per_hour",
    "storage_per_month",
    "base_life_months",
)

HOLDS_FOR: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **{f"price_{kind}": ("model",) for kind in _KINDS},
        "cheaper_model": ("model",),
        **{f"cheaper_price_{kind}": ("model", "cheaper_model") for kind in _KINDS},
        "base": ("provider",),
        "provider": ("base",),
        **dict.fromkeys(_OF_A_BASE, ("base", "provider")),
        "gpu_per_hour": ("gpu",),
        "decode_tokens_per_second": ("model_size", "gpu", "gpus_per_replica"),
        "train_tokens_per_second": ("model_size", "gpu"),
    }
)
"""What a workspace's setting was meant for: a price for its model says nothing about the price of another one."""


def with_house(
    stated: Mapping[str, Decimal | str], house: Mapping[str, Decimal | str]
) -> Mapping[str, Decimal | str]:
    """What a consultation states, and beneath it the workspace's own assumptions.

    One of these is left out where the consultation states another model, base or GPU than the one it holds for.
    """
    if not house:
        return stated
    meant = {key: value for key, value in house.items() if _is_meant(key, stated, house)}
    return MappingProxyType({**meant, **stated})


def _is_meant(key: str, stated: Mapping[str, Decimal | str], house: Mapping[str, Decimal | str]) -> bool:
    return all(
        _plain_name(stated[other]) == _plain_name(house.get(other, ASSUMPTIONS[other].fixed))
        for other in HOLDS_FOR.get(key, ())
        if other in stated
    )


def _plain_name(value: Decimal | str | None) -> Decimal | str | None:
    return value.lower() if isinstance(value, str) else value


def check_assumption(key: str, value: Any) -> Decimal | str:
    """One stated assumption, as the ledger takes it: a decimal, or a name.

    Raises :class:`CaseError` naming ``assumptions.<key>``, the value and what was expected.
    """
    assumption = ASSUMPTIONS.get(key)
    if assumption is None:
        raise CaseError(f"assumptions.{key}", value, f"a known assumption; they are {', '.join(ASSUMPTIONS)}")
    if assumption.kind in ("model", "name", "size"):
        return _checked_name(assumption, value)
    number = _decimal(value)
    if number is None or not _fits(assumption, number):
        raise CaseError(f"assumptions.{key}", value, assumption.expected)
    return number


_NAMES = {"model": r"[^\s:]+:\S+", "name": r"\S(.*\S)?", "size": r"\d+(\.\d+)?[BbMm]"}


def _checked_name(assumption: Assumption, value: Any) -> str:
    text = value.strip() if isinstance(value, str) else ""
    if len(text) > LONGEST_NAME or not text.isprintable() or not re.fullmatch(_NAMES[assumption.kind], text):
        raise CaseError(f"assumptions.{assumption.key}", value, assumption.expected)
    return text.upper() if assumption.kind == "size" else text


def _fits(assumption: Assumption, number: Decimal) -> bool:
    if assumption.kind == "whole number" and number != number.to_integral_value():
        return False
    above = number > assumption.low if assumption.above_low else number >= assumption.low
    return above and number <= assumption.high


def _decimal(value: Any) -> Decimal | None:
    """A number as the decimal that was typed; ``None`` for what is no finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    try:
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
