"""What is known of a consultation: immutable answers, each a value, a range, "not sure", or not asked.

Numbers are ``Decimal``, made from the digits that somebody typed, so that 0.765 of 0.9 is 0.85 and not a hair less.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import Enum
from types import MappingProxyType


class Missing(Enum):
    """The two ways of not knowing. They differ: what was not asked may still be asked."""

    NOT_ASKED = "not asked"
    NOT_SURE = "not sure"

    def __str__(self) -> str:
        return self.value


NOT_ASKED = Missing.NOT_ASKED
NOT_SURE = Missing.NOT_SURE


@dataclass(frozen=True, slots=True)
class Between:
    """A number known as a range, both ends included; an end that is ``None`` is open.

    Never both: a range that is open at both ends is :data:`NOT_SURE`.
    """

    low: Decimal | None
    high: Decimal | None

    @property
    def middle(self) -> Decimal:
        """The point estimate: the geometric middle; arithmetic when the low end is 0; the closed one of two ends."""
        if self.low is None or self.high is None:
            closed = self.high if self.low is None else self.low
            assert closed is not None
            return closed
        if self.low == 0:
            return self.high / 2
        return (self.low * self.high).sqrt()


Given = bool | Decimal | Between | str | frozenset[str]
Answer = Given | Missing
AssumptionValue = Decimal | str


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything that core knows about one consultation.

    ``given`` maps a case key (``prompt_examples``, ``quality_now``, ...) to what was answered; a key that is not in it
    was not asked. ``assumptions`` holds only those that the team stated: every other one has a default, see
    :mod:`core.facts`. ``house`` are the assumptions that the workspace set for all of its consultations:
    they stand in for our defaults, count as nothing that was stated here, and are no part of a case.
    Build one from JSON with :func:`core.case.read_case`.
    """

    task: str = ""
    given: Mapping[str, Given | Missing] = field(default_factory=lambda: MappingProxyType({}))
    assumptions: Mapping[str, AssumptionValue] = field(default_factory=lambda: MappingProxyType({}))
    house: Mapping[str, AssumptionValue] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, key: str) -> Answer:
        """What was answered to ``key``, or :data:`NOT_ASKED`."""
        return self.given.get(key, NOT_ASKED)

    def number(self, key: str) -> Decimal | None:
        """The point estimate of a number: itself, the middle of its range, or ``None`` when nothing is known of it."""
        answer = self.of(key)
        if isinstance(answer, Between):
            return answer.middle
        return answer if isinstance(answer, Decimal) else None

    def with_answer(self, key: str, answer: Answer) -> Answers:
        """These answers with one of them set anew; :data:`NOT_ASKED` takes it back."""
        given = {k: v for k, v in self.given.items() if k != key}
        if answer is not NOT_ASKED:
            given[key] = answer
        return replace(self, given=MappingProxyType(given))

    def with_assumption(self, key: str, value: AssumptionValue) -> Answers:
        """These answers with one assumption stated by the team."""
        return replace(self, assumptions=MappingProxyType({**self.assumptions, key: value}))


class CaseError(ValueError):
    """A case that cannot be read: which key, what stood there, and what was expected instead."""

    def __init__(self, key: str, value: object, expected: str) -> None:
        self.key, self.value, self.expected = key, value, expected
        super().__init__(f"{key}: {_shown(value)} is not {expected}")


def _shown(value: object) -> str:
    """A value as a refusal quotes it, shortened: it may be of any length."""
    if isinstance(value, int) and abs(value) > 10**40:
        return "so large a number"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = str(value) if isinstance(value, Decimal) else repr(value)
    return text if len(text) <= 100 else f"{text[:97]}..."
