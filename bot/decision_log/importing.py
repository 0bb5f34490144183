"""A log from JSON: an export, or decisions that a team wrote down by hand. All of it fits, or none is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from bot.decision_log.records import TAKEN_BACK, How
from bot.decision_log.said import ASSUMED
from core.answers import CaseError
from core.case import check_assumption, read_answer
from core.facts import ANSWERS, ASSUMPTIONS
from core.told import Told
from core.tree import Verdict

HIGHEST = 2**31 - 1
LONGEST = 10_000
"""Characters of a text."""


class DoesNotFit(ValueError):
    """What of it is no log, and why, in one sentence."""


def _utc(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _written(at: Any) -> Any:
    if not isinstance(at, str):
        raise ValueError("a time is written as 2026-06-15T12:00:00Z")
    return at


def _in_words(text: str) -> str:
    if not text.strip() or len(text) > LONGEST:
        raise ValueError(f"a text of 1 to {LONGEST:,} characters is needed")
    return text


def _verdict(text: str) -> str:
    if text not in set(Verdict):
        raise ValueError(f"it is none of {', '.join(Verdict)}")
    return text


def _advice(told: dict[str, Any]) -> dict[str, Any]:
    try:
        Told.from_json(told)
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError):
        raise ValueError("it is no advice as this app keeps it") from None
    return told


Said = Annotated[str, AfterValidator(_in_words)]
Moment = Annotated[datetime, BeforeValidator(_written), AfterValidator(_utc)]
Decided = Annotated[str, AfterValidator(_verdict)]
Number = Annotated[int, Field(ge=1, le=HIGHEST, strict=True)]
Amount = Annotated[float, Field(ge=0, le=1e15, allow_inf_nan=False, strict=True)]
Truth = Annotated[bool, Field(strict=True)]
Cases = Annotated[int, Field(ge=0, le=HIGHEST, strict=True)]


class _Strict(BaseModel):
    """Unknown keys are refused, and nothing is taken for what it is not; a time is written as text."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class GivenAnswer(_Strict):
    """One answer of a record."""

    key: str
    value: Any = None
    author: Said | None = None
    how: How = "typed"
    at: Moment | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        try:
            key = self.key.removeprefix(ASSUMED)
            if key not in (ASSUMPTIONS if self.key.startswith(ASSUMED) else ANSWERS):
                raise CaseError(
                    self.key, self.value, f"an answer; the questions' keys are {', '.join(ANSWERS)}"
                )
            if self.value == TAKEN_BACK:
                return self
            if self.key.startswith(ASSUMED):
                check_assumption(key, self.value)
            else:
                read_answer(self.key, self.value)
        except CaseError as wrong:
            raise ValueError(str(wrong)) from None
        return self


class GivenOutcome(_Strict):
    """One outcome of a record."""

    by: Said
    at: Moment
    shipped: Truth | None = None
    eval_correct: Cases | None = None
    eval_total: Annotated[int, Field(ge=1, le=HIGHEST, strict=True)] | None = None
    bill_per_month: Amount | None = None
    hours: Amount | None = None
    again: Truth | None = None
    cannot_tell: Truth | None = None
    taken_back: Truth | None = None

    @model_validator(mode="after")
    def _counted(self) -> Self:
        if (self.eval_correct is None) != (self.eval_total is None):
            raise ValueError("eval_correct and eval_total go together")
        if (
            self.eval_correct is not None
            and self.eval_total is not None
            and self.eval_correct > self.eval_total
        ):
            raise ValueError(f"eval_correct is {self.eval_correct}, more than eval_total, {self.eval_total}")
        return self


class GivenLink(_Strict):
    """One link of a record."""

    url: Annotated[Said, Field(pattern=r"^https?://\S+$")]
    note: str | None = None
    by: Said
    at: Moment


class GivenCheckIn(_Strict):
    """When somebody wanted to be asked how it turned out; ``None``: not at all."""

    by: Said
    at: Moment
    ask_at: Moment | None = None


class GivenReview(_Strict):
    """That policy and prices of a later day advised something else than what was told before."""

    at: Moment
    was: Decided
    verdict: Decided
    because: tuple[Said, ...]


class GivenWithdrawal(_Strict):
    """Who took a decision back, and why."""

    by: Said
    at: Moment
    why: Said


class GivenDecision(_Strict):
    """One record."""

    number: Number
    channel: Said
    task: Said
    chosen: Decided
    status: Literal["recommended", "accepted", "overridden", "withdrawn", "superseded"]
    by: Said
    at: Moment
    thread: str | None = None
    recommended: Decided | None = None
    why: str | None = None
    supersedes: Number | None = None
    superseded_by: Number | None = None
    withdrawn: GivenWithdrawal | None = None
    answers: tuple[GivenAnswer, ...] | None = None
    advice: Annotated[dict[str, Any], AfterValidator(_advice)] | None = None
    outcomes: tuple[GivenOutcome, ...] | None = None
    links: tuple[GivenLink, ...] | None = None
    check_ins: tuple[GivenCheckIn, ...] | None = None
    reviews: tuple[GivenReview, ...] | None = None
    outcome: Literal["met", "missed", "cannot_tell"] | None = None
    """As lists show it; it follows from the outcomes."""


class GivenLog(_Strict):
    """A whole file."""

    version: Literal[1]
    workspace: Said
    decisions: tuple[GivenDecision, ...]


def read_log(told: Any) -> GivenLog:
    """The log in a JSON value. Raises :class:`DoesNotFit`, naming the record and what is wrong with it."""
    try:
        found = GivenLog.model_validate(told)
    except ValidationError as wrong:
        raise DoesNotFit(_first(wrong, told)) from None
    for reason in _contradictions(found):
        raise DoesNotFit(reason)
    return found


def _first(wrong: ValidationError, told: Any) -> str:
    """The first of what is wrong: which record, which of its fields, and why."""
    error = wrong.errors(include_url=False, include_input=False)[0]
    where = [str(part) for part in error["loc"]]
    why = error["msg"].removeprefix("Value error, ")
    if where[:1] == ["decisions"] and len(where) > 1:
        return f"Record {int(where[1]) + 1} ({_named(told, int(where[1]))}): {'.'.join(where[2:])}: {why}."
    return f"{'.'.join(where) or 'The file'}: {why}."


def _named(told: Mapping[str, Any], at: int) -> str:
    record = told["decisions"][at]
    if not isinstance(record, dict):
        return "no object"
    return f"#{str(record.get('number', '?'))[:20]} in {str(record.get('channel', '?'))[:40]}"


def _contradictions(log: GivenLog) -> Iterator[str]:
    """What no single record shows: a number that is there twice, and links between decisions that do not meet."""
    known: dict[tuple[str, int], GivenDecision] = {}
    for at, one in enumerate(log.decisions, 1):
        if (one.channel, one.number) in known:
            yield f"Record {at} (#{one.number} in {one.channel}): this number is there twice."
        known[one.channel, one.number] = one
    for at, one in enumerate(log.decisions, 1):
        for field, back in (("supersedes", "superseded_by"), ("superseded_by", "supersedes")):
            other = getattr(one, field)
            there = known.get((one.channel, other)) if other is not None else None
            if other is not None and (there is None or getattr(there, back) not in (None, one.number)):
                yield (
                    f"Record {at} (#{one.number} in {one.channel}): {field} is {other},"
                    f" but #{other} {'is not in the file' if there is None else f'says another number in {back}'}."
                )
        if one.withdrawn is not None and one.status != "withdrawn":
            yield f"Record {at} (#{one.number} in {one.channel}): it was withdrawn, but its status is {one.status}."
