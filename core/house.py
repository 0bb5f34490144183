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
from core.case import check_assumption, plain, to_decimal
from core.fact import Kind
from core.facts import FACTS, THRESHOLDS
from core.inputs import title
from core.policy import Policy, policy_on, thresholds

Values = Mapping[str, Any]
"""Settings by key, in their JSON form."""


class Group(NamedTuple):
    """Settings that are shown and changed together."""

    id: str
    title: str
    keys: tuple[str, ...]


def _group(id_: str, title_: str) -> Group:
    """The facts of a group, in their places."""
    return Group(id_, title_, tuple(sorted(_settings_of(id_), key=lambda key: FACTS[key].place)))


def _settings_of(group: str) -> list[str]:
    return [key for key, fact in FACTS.items() if fact.group == group]


GROUPS = (
    _group("thresholds", "Thresholds"),
    _group("work", "Work and labels"),
    _group("model", "Model and tokens"),
    _group("prices", "Prices of calls"),
    _group("tuning", "Tuning"),
    _group("servers", "Own servers"),
)
"""Every setting, once. The horizon is a threshold and an assumption; it is set as the threshold."""

GROUP: Mapping[str, Group] = MappingProxyType({group.id: group for group in GROUPS})
KEYS = tuple(key for group in GROUPS for key in group.keys)


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
    if key not in KEYS:
        raise CaseError(key, value, "a setting that there is")
    fact = FACTS[key]
    if key in THRESHOLDS:
        number = to_decimal(value)
        if number is None or number < (fact.least_set or fact.low) or not fact.fits(number):
            raise CaseError(key, value, fact.expected_set)
        return number
    try:
        return check_assumption(key, value)
    except CaseError as wrong:
        raise CaseError(key, wrong.value, fact.expected_set) from None


def house_of(values: Values) -> House:
    """The settings of a workspace. Raises :class:`CaseError` for one that cannot be."""
    checked = {key: check_setting(key, value) for key, value in values.items()}
    own = {key: value for key, value in checked.items() if key in THRESHOLDS and isinstance(value, Decimal)}
    rest = {key: value for key, value in checked.items() if key not in THRESHOLDS}
    return House(MappingProxyType(own), MappingProxyType(rest))


def check_house(values: Values, *, on: datetime.date) -> House:
    """The same for settings that are about to be kept: they must also fit one another, and what they name be known.

    Raises :class:`CaseError` with the key of the setting that is at fault.
    """
    house = house_of(values)
    policy = house.policy_on(on)
    for lower, upper, may_be_equal in IN_ORDER:
        _check_order(policy, lower, upper, may_be_equal=may_be_equal)
    from core.costs.estimate import estimate

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
        raise CaseError(upper, high, f"{least} {in_words(lower, low)}, the value of “{title(lower)}”")
    most = "at most" if may_be_equal else "under"
    raise CaseError(lower, low, f"{most} {in_words(upper, high)}, the value of “{title(upper)}”")


def in_words(key: str, value: AssumptionValue) -> str:
    """The value of a setting with its unit, exact: 85% of the target, $120 an hour, 2,000 tokens a call."""
    if isinstance(value, str):
        return value
    kind, unit = FACTS[key].kind, _unit(key)
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


def _unit(key: str) -> str:
    if key in THRESHOLDS:
        return "of the target" if FACTS[key].kind == "share" else thresholds()[key].unit
    return FACTS[key].unit


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
    fact = FACTS[key]
    if key in THRESHOLDS:
        threshold = thresholds()[key]
        said, value = threshold.description, threshold.on(on)
        return Described(key, fact.kind, title(key), said, _unit(key), value, "", threshold.source)
    words = "" if fact.fixed is not None else fact.in_forms or fact.default
    return Described(key, fact.kind, title(key), fact.description, fact.unit, fact.fixed, words, "")


def priced(house: House, *, on: datetime.date) -> Mapping[str, Described]:
    """Every setting with its default of a day, prices and throughputs included, for the names that a workspace set."""
    from core.costs.estimate import estimate

    names = {key: value for key, value in house.assumptions.items() if isinstance(value, str)}
    every = {key: described(key, on=on) for key in KEYS}
    dated = {"always", "named base"} if "base" in names else {"always"}
    try:
        found = estimate(Answers(house=MappingProxyType(names)), on=on, policy=policy_on(on)).assumptions
    except CaseError:  # a model or base that only the workspace's own prices describe
        return every
    return every | {
        key: every[key]._replace(value=one.value, source=one.source.removeprefix("Default: "))
        for key, one in found.items()
        if FACTS[key].catalogued in dated and one.default and one.value is not None
    }
