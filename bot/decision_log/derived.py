"""What follows from a decision's record, and is kept beside it to be asked by: words, outcome, cost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Literal

from bot.decision_log.expected import option_of
from bot.decision_log.records import (
    REACHED,
    CheckInDate,
    Consultation,
    DecisionStatus,
    Outcome,
    OutcomeKey,
    Recorded,
)
from bot.decision_log.said import answers_of
from core.policy import check_in
from core.questions import LATENCY, QUESTIONS
from core.similar import Traits, traits
from core.told import Told
from core.tree import Verdict
from core.wording import HEADLINES, answer_in_words
from core.words import words


def standing_outcome(outcomes: Sequence[Outcome]) -> Outcome | None:
    """The outcome that counts: the newest, unless it takes back what was recorded."""
    return outcomes[-1] if outcomes and not outcomes[-1].taken_back else None


def outcome_key(
    outcomes: Sequence[Outcome], target: Decimal | None
) -> OutcomeKey | Literal["reached"] | None:
    """``met``: shipped, and the quality reached that was wanted (0 to 1). What was recorded and is not that: missed.

    Of what is missed, that which was reached and only not said to be in use is told apart: :data:`REACHED`.
    """
    newest = standing_outcome(outcomes)
    if newest is None or newest.cannot_tell:
        return None if newest is None else "cannot_tell"
    if target is None or newest.eval_correct is None or not newest.eval_total:
        return "missed"
    if newest.eval_correct < target * newest.eval_total:
        return "missed"
    return "met" if newest.shipped else REACHED


def target_of(consultation: Consultation) -> Decimal | None:
    """The quality that was wanted, 0 to 1; the middle where it was a range."""
    return answers_of(consultation).number("quality_target")


def status(decided: DecisionStatus, *, is_withdrawn: bool, superseded_by: int | None) -> DecisionStatus:
    """How a decision stands. One that was withdrawn stays so; the link tells what came after it."""
    if is_withdrawn or decided == "withdrawn":
        return "withdrawn"
    return "superseded" if superseded_by is not None else decided


def ask_at(dates: Sequence[CheckInDate], chosen: str, at: datetime) -> datetime | None:
    """When to ask how it turned out: as the team said last, else as usual. ``None``: not at all."""
    return dates[-1].ask_at if dates else due_at(chosen, at)


def due_at(chosen: str, at: datetime) -> datetime | None:
    """From when on the outcome can be known; ``None`` for a verdict that this program does not know."""
    weeks = check_in().weeks
    return at + timedelta(weeks=weeks[Verdict(chosen)]) if chosen in set(Verdict) else None


def cost(advice: Any | None, chosen: str) -> float | None:
    """Dollars a month that the chosen option was expected to cost; ``None`` when volume or price were not known."""
    if advice is None:
        return None
    ledger = Told.from_json(advice).ledger
    option = None if ledger.examples else option_of(ledger.scenarios()[0], chosen)
    return None if option is None or option.month is None else float(option.month)


def traits_of(recorded: Recorded) -> Traits:
    """What the decision is compared by."""
    answers = answers_of(recorded.consultation)
    return traits(replace(answers, task=recorded.decision.task), recorded.decision.chosen)


def decision_words(recorded: Recorded) -> list[str]:
    """The words that a decision is found by: task, reasons, verdict, answers, and notes on what came of it."""
    return [word for text in _texts(recorded) for word in words(text)]


def _texts(recorded: Recorded) -> Iterable[str]:
    decision, consultation = recorded.decision, recorded.consultation
    yield decision.task
    yield decision.why or ""
    yield HEADLINES[Verdict(decision.chosen)] if decision.chosen in set(Verdict) else decision.chosen
    yield decision.withdrawn.why if decision.withdrawn else ""
    answers = answers_of(consultation)
    for question in (*QUESTIONS, LATENCY):
        if any(key in answers.given for key in question.keys):
            yield answer_in_words(question.name, answers)
    yield from (link.note or "" for link in recorded.links)
