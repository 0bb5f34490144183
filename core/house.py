"""What a workspace sets for all of its consultations: thresholds of its own, and assumptions in place of our defaults.

A setting is known by its key: the name of a threshold or of an assumption. What is not set stays as we have it.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

from core.answers import Answers, AssumptionValue, CaseError
from core.case import plain, to_decimal
from core.costs.assumptions import ASSUMPTIONS, Kind, check_assumption
from core.inputs import title
from core.policy import Policy, Thresholds, policy_on, thresholds

Values = Mapping[str, Any]
"""Settings by key, in their JSON form."""


class Group(NamedTuple):
    """Settings that are shown and changed together."""

    id: str
    title: str
    keys: tuple[str, ...]


_PRICES = ("in", "cached", "write", "out")

GROUPS = (
    Group("thresholds", "Thresholds", tuple(Thresholds.model_fields)),
    Group(
        "work",
        "Work and labels",
        (
            *("engineer_per_hour", "prompt_hours", "upkeep_hours", "tuning_hours", "retrain_hours"),
            *("retrains_per_year", "on_call_hours", "price_per_label", "training_examples", "labels_to_buy"),
            *("value_per_correct", "cost_per_error"),
        ),
    ),
    Group(
        "model",
        "Model and tokens",
        (
            *("model", "cheaper_model", "prompt_tokens", "fixed_share", "output_tokens", "cache_hit_rate"),
            *("batch_share", "batch_discount", "retry_rate"),
        ),
    ),
    Group(
        "prices",
        "Prices of calls",
        (*(f"price_{kind}" for kind in _PRICES), *(f"cheaper_price_{kind}" for kind in _PRICES)),
    ),
    Group(
        "tuning",
        "Tuning",
        (
            *("base", "provider", "train_price", "minimum_training_fee"),
            *("tuned_price_in", "tuned_price_cached", "tuned_price_out", "hosting_per_hour"),
            *("storage_per_month", "base_life_months", "epochs", "runs", "tokens_per_example"),
            *("tuned_fixed_tokens", "tuned_output_tokens", "tuned_quality"),
        ),
    ),
    Group(
        "servers",
        "Own servers",
        (
            *("gpu", "gpu_per_hour", "gpus_per_replica", "model_size", "decode_tokens_per_second"),
            *("prefill_weight", "utilisation", "peak_factor", "min_replicas", "serving_overhead"),
            *("hours_per_month", "train_tokens_per_second", "train_derate"),
        ),
    ),
)
"""Every setting, once. The horizon is a threshold and an assumption; it is set as the threshold."""

GROUP: Mapping[str, Group] = MappingProxyType({group.id: group for group in GROUPS})
KEYS = tuple(key for group in GROUPS for key in group.keys)


class Allowed(NamedTuple):
    """What a threshold may be set to: both ends included; whole where that is what is counted."""

    low: Decimal
    high: Decimal
    words: str = ""
    whole: bool = False

    def holds(self, value: Decimal) -> bool:
        return self.low <= value <= self.high and (not self.whole or value == value.to_integral_value())

    @property
    def expected(self) -> str:
        """What a value must be, in words."""
        return self.words or f"a {'whole ' if self.whole else ''}number from {self.low:,f} to {self.high:,f}"


_SHARE = Allowed(Decimal(0), Decimal(1), "a share from 0% to 100%")
_VOLUME = Allowed(Decimal(0), Decimal(10) ** 12)
_WEEKS = Allowed(Decimal("0.1"), Decimal(520))

ALLOWED: Mapping[str, Allowed] = MappingProxyType(
    {
        "enough_examples": Allowed(Decimal(1), Decimal(1000), whole=True),
        "closable_gap": _SHARE,
        "redefine_at": _SHARE,
        "low_volume": _VOLUME,
        "high_volume": _VOLUME,
        "iteration_weeks_low": _WEEKS,
        "iteration_weeks_high": _WEEKS,
        "prompt_week": _WEEKS,
        "enough_labels": Allowed(Decimal(1), Decimal(1_000_000), whole=True),
        "horizon_months": Allowed(Decimal("0.1"), Decimal(600)),
    }
)

IN_ORDER = (
    ("redefine_at", "closable_gap", False),
    ("low_volume", "high_volume", True),
    ("iteration_weeks_low", "iteration_weeks_high", True),
)
"""Thresholds of which the first must be below the second, or, where it says so, may be the same."""


@dataclass(frozen=True, slots=True)
class House:
    """A workspace's own thresholds and assumptions; empty where it set none."""

    thresholds: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({}))
    assumptions: Mapping[str, AssumptionValue] = field(default_factory=lambda: MappingProxyType({}))

    def policy_on(self, day: datetime.date) -> Policy:
        """The policy of a day, with the workspace's thresholds in place of ours."""
        return policy_on(day, self.thresholds)

    def to_json(self) -> dict[str, Any]:
        """Every setting by its key: ``house_of(house.to_json()) == house``."""
        both = {**self.thresholds, **self.assumptions}
        return {key: plain(value) if isinstance(value, Decimal) else value for key, value in both.items()}


def check_setting(key: str, value: Any) -> Decimal | str:
    """One setting as core takes it. Raises :class:`CaseError` with the key, the value and what was expected."""
    if key in ALLOWED:
        number = to_decimal(value)
        if number is None or not ALLOWED[key].holds(number):
            raise CaseError(key, value, ALLOWED[key].expected)
        return number
    if key not in KEYS:
        raise CaseError(key, value, "a setting that there is")
    try:
        return check_assumption(key, value)
    except CaseError as wrong:
        raise CaseError(key, wrong.value, _expected(key) or wrong.expected) from None


def _expected(key: str) -> str:
    """What shares and amounts must be, as people enter them; "" for the rest."""
    one = ASSUMPTIONS[key]
    if one.kind == "share":
        return "a share over 0%, up to 100%" if one.above_low else "a share from 0% to 100%"
    return "an amount in dollars, 0 or more" if one.kind == "money" else ""


def house_of(values: Values) -> House:
    """The settings of a workspace. Raises :class:`CaseError` for one that cannot be."""
    checked = {key: check_setting(key, value) for key, value in values.items()}
    own = {key: value for key, value in checked.items() if key in ALLOWED and isinstance(value, Decimal)}
    rest = {key: value for key, value in checked.items() if key not in ALLOWED}
    return House(MappingProxyType(own), MappingProxyType(rest))


def check_house(values: Values, *, on: datetime.date) -> House:
    """The same for settings that are about to be kept: they must also fit one another, and what they name be known.

    Raises :class:`CaseError` with the key of the setting that is at fault.
    """
    house = house_of(values)
    policy = house.policy_on(on)
    for lower, upper, may_be_equal in IN_ORDER:
        _check_order(policy, lower, upper, may_be_equal=may_be_equal)
    from core.costs.options import estimate

    try:
        estimate(Answers(house=house.assumptions), on=on, policy=policy, calls=policy.low_volume)
    except CaseError as wrong:
        key = wrong.key.removeprefix("assumptions.")
        raise CaseError(key if key in KEYS else "model", wrong.value, wrong.expected) from None
    return house


def _check_order(policy: Policy, lower: str, upper: str, *, may_be_equal: bool) -> None:
    low, high = getattr(policy, lower), getattr(policy, upper)
    if low < high or (may_be_equal and low == high):
        return
    if upper in policy.overridden:
        least = "at least" if may_be_equal else "over"
        raise CaseError(upper, high, f"{least} {in_words(lower, low)}, the value of “{NAMES[lower]}”")
    most = "at most" if may_be_equal else "under"
    raise CaseError(lower, low, f"{most} {in_words(upper, high)}, the value of “{NAMES[upper]}”")


def in_words(key: str, value: AssumptionValue) -> str:
    """The value of a setting with its unit, exact: 85% of the target, $120 an hour, 2,000 tokens a call."""
    if isinstance(value, str):
        return value
    kind, unit = _kind(key), _unit(key)
    if kind == "share":
        return f"{exact(value * 100)}% {unit}"
    if kind == "money":
        return f"${exact(value, money=True)} {unit.removeprefix('$ ')}"
    return f"{exact(value)} {unit}"


def exact(number: Decimal, *, money: bool = False) -> str:
    """A number with all of its digits and none too many: 100,000, 0.5, and 0.50 where it is money."""
    text = f"{number:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    whole, _, cents = text.partition(".")
    return f"{whole}.{cents.ljust(2, '0')}" if money and cents else text


def _kind(key: str) -> Kind:
    if key in ALLOWED:
        return "share" if ALLOWED[key] is _SHARE else "number"
    return ASSUMPTIONS[key].kind


def _unit(key: str) -> str:
    if key in ALLOWED:
        return "of the target" if ALLOWED[key] is _SHARE else str(getattr(thresholds(), key).unit)
    return ASSUMPTIONS[key].unit


NAMES: Mapping[str, str] = MappingProxyType(
    {
        "enough_examples": "Examples of a fair try",
        "closable_gap": "A gap that tuning can close, from",
        "redefine_at": "The task itself is in question, up to",
        "low_volume": "Low volume, below",
        "high_volume": "High volume, as an example",
        "iteration_weeks_low": "Shortest cycle of tuning",
        "iteration_weeks_high": "Longest cycle of tuning",
        "prompt_week": "Time for a fair try at a prompt",
        "enough_labels": "Reviewed examples that are enough",
        "horizon_months": title("horizon_months"),
    }
)
"""What the thresholds are called; assumptions are called as everywhere."""

DEFAULTS: Mapping[str, str] = MappingProxyType(
    {
        "training_examples": "as many as you have reviewed, from 500 to 5,000",
        "labels_to_buy": "what you lack of the examples to train on",
        "value_per_correct": "none: it is not counted",
        "cost_per_error": "none: it is not counted",
        "cache_hit_rate": "by the calls a month: how often another call came in the last 5 minutes, at most 90%",
        "tokens_per_example": "the changing part of the prompt, and the answer",
        "tuned_output_tokens": "as long as today's answers",
    }
)
"""A default in words, where its formula would not do."""


class Described(NamedTuple):
    """What a setting is, and what stands there where a workspace sets nothing.

    ``description``: what it means. ``kind``: as of assumptions. ``value``: the default
    of the day; ``None`` where it depends on the consultation, and ``words`` then say how. ``source``: the title and
    link behind the default; "" where it is our own judgement.
    """

    key: str
    kind: Kind
    name: str
    description: str
    unit: str
    value: AssumptionValue | None
    words: str
    source: str


def described(key: str, *, on: datetime.date) -> Described:
    """A setting with its default, as far as that depends on nothing. Cheap: no price is looked up."""
    if key in ALLOWED:
        threshold = getattr(thresholds(), key)
        said, value = threshold.description, threshold.on(on)
        return Described(key, _kind(key), NAMES[key], said, _unit(key), value, "", threshold.source)
    one = ASSUMPTIONS[key]
    words = "" if one.fixed is not None else DEFAULTS.get(key, one.default)
    return Described(key, one.kind, title(key), one.description, one.unit, one.fixed, words, "")


def priced(house: House, *, on: datetime.date) -> Mapping[str, Described]:
    """Every setting with its default of a day, prices and throughputs included, for the names that a workspace set."""
    from core.costs.options import estimate

    names = {key: value for key, value in house.assumptions.items() if isinstance(value, str)}
    every = {key: described(key, on=on) for key in KEYS}
    catalogued = _CATALOGUED | (_OF_A_BASE if "base" in names else frozenset())
    try:
        found = estimate(Answers(house=MappingProxyType(names)), on=on, policy=policy_on(on)).assumptions
    except CaseError:  # a model or base that only the workspace's own prices describe
        return every
    return every | {
        key: every[key]._replace(value=one.value, source=one.source.removeprefix("Default: "))
        for key, one in found.items()
        if key in catalogued and one.default and one.value is not None
    }


_CATALOGUED = frozenset(
    {
        *(f"{whose}price_{kind}" for whose in ("", "cheaper_") for kind in _PRICES),
        *("gpu_per_hour", "decode_tokens_per_second", "train_tokens_per_second", "cheaper_model"),
    }
)
"""Settings whose default is a dated entry of the catalogues."""

_OF_A_BASE = frozenset(
    {
        *("tuned_price_in", "tuned_price_cached", "tuned_price_out", "train_price", "minimum_training_fee"),
        *("hosting_per_hour", "storage_per_month"),
    }
)
"""The same, once a base is named: without one each consultation picks its own."""
