"""What may be true, given some answers: every answer as the set of values that it may have.

A choice becomes the choices left, a number a span, "not sure" everything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any

from core.answers import NOT_ASKED, Answers, Between
from core.evaluation import Interval, wilson
from core.facts import ANSWERS
from core.once import once
from core.questions import LATENCY, QUESTIONS

ANOTHER = "another"
"""A reason that nobody named yet and that nothing strikes: one way in which unknown reasons may turn out."""

Number = Decimal | Fraction


@dataclass(frozen=True)
class Span:
    """The values that a number may have, both ends included; ``high`` None is without end."""

    low: Number
    high: Number | None

    def __hash__(self) -> int:
        return self._hash

    @once
    def _hash(self) -> int:
        """Kept, as what is known of facts is looked up by them again and again, and fractions take long."""
        return hash((self.low, self.high))

    def holds(self, value: Number) -> bool:
        return self.low <= value and (self.high is None or value <= self.high)

    @property
    def is_point(self) -> bool:
        return self.low == self.high


def _span(answer: object, lowest: int = 0, highest: int | None = None) -> Span:
    """The span of an answer that was given as a number, a range, or not at all."""
    top = None if highest is None else Decimal(highest)
    if isinstance(answer, Between):
        return Span(
            Decimal(lowest) if answer.low is None else answer.low, top if answer.high is None else answer.high
        )
    if isinstance(answer, Decimal):
        return Span(answer, answer)
    return Span(Decimal(lowest), top)


PLACES: Mapping[str, int] = {question.name: place for place, question in enumerate(QUESTIONS)}
"""Where the values of each question stand among the facts."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What may be true, per question: its values in the order of the questions, a span of numbers or a set of choices.

    ``asked`` are the questions that have been answered, if only by "not sure". The properties are those that the walk
    or the ledger looks at by name; every other question is looked at by the nodes that ask it.
    """

    values: tuple[Any, ...]
    asked: frozenset[str]

    def of(self, question: str) -> Any:
        """The values that the answer to one question may have."""
        return self.values[PLACES[question]]

    @property
    def data_may_leave(self) -> frozenset[bool | str]:
        found: frozenset[bool | str] = self.of("data_may_leave")
        return found

    @property
    def reasons(self) -> frozenset[frozenset[str]]:
        found: frozenset[frozenset[str]] = self.of("reasons")
        return found

    @property
    def calls_per_month(self) -> Span:
        found: Span = self.of("calls_per_month")
        return found

    @property
    def labelled_examples(self) -> Span:
        found: Span = self.of("labelled_examples")
        return found

    def known(self, question: str) -> bool:
        """Whether one value is left, so that nothing more can be learned."""
        values = self.of(question)
        return values.is_point if isinstance(values, Span) else len(values) == 1


def _ratio(now: Span, target: Span) -> Span:
    """The share of the target that is reached; without end when the target may be 0."""
    low = Fraction(1) if target.high == 0 else Fraction(now.low) / Fraction(target.high or 1)
    if target.is_point and target.low == 0:
        return Span(Fraction(1), None)
    if target.low == 0:
        return Span(low, None)
    return Span(low, Fraction(now.high or 0) / Fraction(target.low))


def quality_now(answers: Answers) -> Span | None:
    """What the quality now may be, as fractions; ``None`` when it was not asked. An evaluation outranks an estimate."""
    correct, total = answers.of("eval_correct"), answers.of("eval_total")
    if isinstance(correct, Decimal) and isinstance(total, Decimal):
        interval = wilson(int(correct), int(total))
        return Span(Fraction(interval.low), Fraction(interval.high))
    now = answers.of("quality_now")
    if now is NOT_ASKED and correct is NOT_ASKED:
        return None
    return _span(now, 0, 1)


def _asked(answers: Answers) -> frozenset[str]:
    single = {q.name for q in QUESTIONS if q.name != "quality" and answers.of(q.name) is not NOT_ASKED}
    both = quality_now(answers) is not None and answers.of("quality_target") is not NOT_ASKED
    return frozenset(single | ({"quality"} if both else set()))


def latency_is_met(answers: Answers) -> bool:
    """Whether a call is fast enough already; only where both figures are single numbers."""
    now, wanted = answers.of("latency_now_ms"), answers.of("latency_ms")
    return isinstance(now, Decimal) and isinstance(wanted, Decimal) and now <= wanted


def facts_of(answers: Answers) -> Facts:
    """Everything that may be true, given these answers."""
    return Facts(tuple(_may_be(question, answers) for question in PLACES), _asked(answers))


def facts_with(facts: Facts, answers: Answers, key: str) -> Facts:
    """The facts of these answers, where those of all others are known; what was not sure is asked all the same."""
    asked = next((question.name for question in QUESTIONS if key in question.keys), "reasons")
    return with_answer(facts, asked, _may_be(asked, answers))


def _may_be(question: str, answers: Answers) -> Any:
    """The values that the answer to one question may have."""
    match question:
        case "quality":
            now, target = quality_now(answers) or _span(None, 0, 1), _span(answers.of("quality_target"), 0, 1)
            return _ratio(now, target)
        case "reasons":
            return _reasons(answers)
    answer = answers.of(question)
    if ANSWERS[question].is_number:
        return _span(answer)
    every = ANSWERS[question].choices
    return frozenset({answer}) if isinstance(answer, bool | str) else frozenset(every)


def _reasons(answers: Answers) -> frozenset[frozenset[str]]:
    """The reasons that may be left: a latency that is short enough is none."""
    reasons = answers.of("reasons")
    if not isinstance(reasons, frozenset):
        return frozenset({frozenset[str](), frozenset({"cost"}), frozenset({ANOTHER})})
    return frozenset({reasons - {"latency"} if latency_is_met(answers) else reasons})


def at_the_middle(answers: Answers) -> Answers:
    """The same answers at their point estimates: the middle of each range.

    Not of the latencies: a range of them is no point estimate, since only single numbers strike latency.
    """
    for key, answer in answers.given.items():
        if isinstance(answer, Between) and key not in LATENCY.keys:
            answers = answers.with_answer(key, answer.middle)
    return answers


def facts_at_the_middle(answers: Answers) -> Facts:
    """What may be true at the point estimates; what is not known at all stays open."""
    point = at_the_middle(answers)
    correct, total = point.of("eval_correct"), point.of("eval_total")
    if isinstance(correct, Decimal) and isinstance(total, Decimal):
        exact = Fraction(correct) / Fraction(total)
        target = _span(point.of("quality_target"), 0, 1)
        return with_answer(facts_of(point), "quality", _ratio(Span(exact, exact), target))
    return facts_of(point)


def with_quality(facts: Facts, answers: Answers, interval: Interval) -> Facts:
    """The facts with the quality now inside another interval."""
    now = Span(Fraction(interval.low), Fraction(interval.high))
    return with_answer(facts, "quality", _ratio(now, _span(answers.of("quality_target"), 0, 1)))


def span_ends(span: Span) -> tuple[Decimal, Decimal | None]:
    """The ends of a span of calls or of labelled examples, which are decimals."""
    return Decimal(span.low), None if span.high is None else Decimal(span.high)  # type: ignore[arg-type]


def with_answer(facts: Facts, question: str, value: Span | frozenset[Any]) -> Facts:
    """The facts with one question answered."""
    place = PLACES[question]
    return Facts((*facts.values[:place], value, *facts.values[place + 1 :]), facts.asked)


def with_labels(facts: Facts, labels: Span) -> Facts:
    """The facts with a part of the labelled examples that there may be."""
    return facts if labels is facts.labelled_examples else with_answer(facts, "labelled_examples", labels)


def cut(span: Span, limit: Decimal, *, whole: bool) -> tuple[Span | None, Span | None]:
    """The parts of a span under a limit and from the limit on. Whole numbers end one before the limit."""
    if span.high is not None and span.high < limit:
        return span, None
    if span.low >= limit:
        return None, span
    last = Decimal(ceil(limit)) - 1 if whole else limit
    return Span(span.low, max(last, span.low)), Span(limit, span.high)
