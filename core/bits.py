"""What a walk reaches, as bits of one number: one for each verdict, in their order, and then one for each question."""

from __future__ import annotations

from functools import cache

from core.questions import QUESTIONS
from core.tree import Verdict

BIT = {
    str(one): 1 << place for place, one in enumerate((*Verdict, *(question.name for question in QUESTIONS)))
}
VERDICTS = (1 << len(Verdict)) - 1
MET = sum(BIT.values()) - VERDICTS
LEDGER = BIT["calls_per_month"]
"""The question at which the ledger is asked."""


@cache
def verdicts_of(bits: int) -> frozenset[Verdict]:
    """The verdicts of some bits."""
    return frozenset(verdict for verdict in Verdict if bits & BIT[verdict])


@cache
def questions_of(bits: int) -> frozenset[str]:
    """The questions of some bits."""
    return frozenset(question.name for question in QUESTIONS if bits & BIT[question.name])


def bits_of(verdicts: frozenset[Verdict]) -> int:
    """The bits of some verdicts."""
    return sum(BIT[verdict] for verdict in verdicts)
