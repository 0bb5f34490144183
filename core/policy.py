"""The thresholds of the tree: read from policy.toml, dated, each with its unit and its source."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel, model_validator

from core.facts import THRESHOLDS
from core.tree import Verdict


class Strict(BaseModel):
    """A record of a data file: unknown keys are refused, and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Amount = Annotated[Decimal, Field(ge=0, allow_inf_nan=False)]
"""What a threshold may be: a finite number of 0 or more."""


class Dated(Strict):
    """A value of a threshold and the day from which it holds. Older ones stay, so that past advice can be replayed."""

    since: datetime.date
    value: Amount


class Threshold(Strict):
    """What one threshold means. ``source`` is the title and link behind its newest value."""

    description: str
    unit: str
    source: str
    values: tuple[Dated, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> Threshold:
        days = [dated.since for dated in self.values]
        if days != sorted(set(days)):
            raise ValueError("values must be in the order of their dates, each date once")
        return self

    def on(self, day: datetime.date) -> Decimal:
        """The value in force on ``day``; before the first one, the first one."""
        in_force = [dated.value for dated in self.values if dated.since <= day]
        return in_force[-1] if in_force else self.values[0].value


class Thresholds(RootModel[dict[str, Threshold]]):
    """The file policy.toml: every threshold that has a row in :mod:`core.facts`, and no other."""

    @model_validator(mode="after")
    def _each_has_its_row(self) -> Thresholds:
        for key in self.root.keys() ^ THRESHOLDS.keys():
            raise ValueError(f"{key} must have both its values in policy.toml and its row in core/facts.py")
        return self


class CheckIn(Strict):
    """When a decision's outcome can be known: weeks after it, by the verdict that was decided."""

    description: str
    source: str
    weeks: dict[Verdict, int]


class Similar(Strict):
    """What makes two decisions alike: see :mod:`core.similar`. ``widths``: of each number's bell, on its own scale.

    ``even``: how alike, 0 to 1, two are in something that speaks neither for nor against them. ``least_text``: of the
    task's likeness, 0 to 1, without which nothing else makes two decisions alike.
    """

    description: str
    source: str
    weights: dict[Literal["numbers", "categories"], float]
    even: dict[Literal["numbers", "categories"], float]
    widths: dict[Literal["volume", "tokens", "labels", "quality"], float]
    shown_from: float
    least_text: float


class Policy(Strict):
    """The thresholds in force on one day, with a workspace's own values in place of ours where it has set them.

    ``overridden`` names those that the workspace set.
    """

    enough_examples: Amount
    closable_gap: Amount
    redefine_at: Amount
    low_volume: Amount
    high_volume: Amount
    iteration_weeks_low: Amount
    iteration_weeks_high: Amount
    prompt_week: Amount
    enough_labels: Amount
    horizon_months: Amount
    on: datetime.date
    overridden: frozenset[str] = frozenset()


@cache
def _file() -> Mapping[str, Any]:
    text = files("core").joinpath("policy.toml").read_text(encoding="utf-8")
    return tomllib.loads(text, parse_float=Decimal)


@cache
def thresholds() -> Mapping[str, Threshold]:
    """Every threshold with all its dated values. Raises ``pydantic.ValidationError`` when policy.toml is malformed."""
    others = ("check_in", "similar")
    return Thresholds.model_validate({key: told for key, told in _file().items() if key not in others}).root


@cache
def check_in() -> CheckIn:
    """When to ask how a decision turned out."""
    return CheckIn.model_validate(_file()["check_in"])


@cache
def similar() -> Similar:
    """What makes two decisions alike."""
    return Similar.model_validate(_file()["similar"])


def policy_on(day: datetime.date, overrides: Mapping[str, Decimal] | None = None) -> Policy:
    """The policy of a day. ``overrides`` are a workspace's own values; an unknown threshold, or a
    value that is no finite number of 0 or more, is a ``ValueError``."""
    own = dict(overrides or {})
    unknown = own.keys() - thresholds().keys()
    if unknown:
        raise ValueError(f"no threshold is called {', '.join(sorted(unknown))}")
    values = {name: threshold.on(day) for name, threshold in thresholds().items()}
    return Policy(**(values | own), on=day, overridden=frozenset(own))
