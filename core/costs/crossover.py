"""Every outcome that a range of calls and of labelled examples can have: what the tree asks of the ledger."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np

from core.answers import Answers
from core.costs.running import Running, cheaper_of, pays_back
from core.costs.saving import crossover, crossover_within
from core.costs.sweep import Curve, Sweep
from core.costs.terms import FEWEST_EXAMPLES, MILLION, MOST_EXAMPLES, Removed, Terms
from core.policy import Policy

__all__ = ["Outcome", "crossover", "crossover_within", "payback_outcomes"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the ledger says at one volume.

    ``pays_back``: whether tuning pays back, hosted or self-hosted. ``cheaper_costs_less``: whether the first year of
    the cheaper model costs less than that of the best tuned option that pays back; false where none does.
    """

    pays_back: bool
    cheaper_costs_less: bool


EVERY_OUTCOME = (Outcome(False, False), Outcome(True, False), Outcome(True, True))


@dataclass(frozen=True)
class Question:
    """Does a tuned option pay back, and does the cheaper model cost less: asked of one set of terms."""

    terms: Terms

    @staticmethod
    def of(answers: Answers, on: datetime.date, policy: Policy) -> Question:
        return Question(Terms(answers, on, policy))

    @cached_property
    def baselines(self) -> tuple[Running, ...]:
        """The prompt, and the cached prompt where there is one. Both are built."""
        terms = self.terms
        if terms.answers.of("data_may_leave") is False:
            return (terms.self_hosted_prompted(built=True),)
        hits = terms.hits(terms.model)
        prompt = terms.prompted(terms.model, None, built=True)
        return (prompt,) if hits is None else (prompt, terms.prompted(terms.model, hits, built=True))

    @cached_property
    def cheaper(self) -> Running | None:
        """The cheaper model; ``None`` where there is none."""
        terms = self.terms
        if terms.answers.of("data_may_leave") is False or isinstance(terms.cheaper_model, Removed):
            return None
        return terms.prompted(terms.cheaper_model, terms.hits(terms.cheaper_model), built=True)

    def hosted(self, labelled: Decimal) -> tuple[Running, ...]:
        """The bases that may be picked; those with an unknown price only where all have one."""
        terms = self.terms
        if terms.answers.of("data_may_leave") is False or isinstance(terms.tuned_at, Removed):
            return ()
        every = tuple(terms.hosted(tuned, labelled) for tuned in terms.tuned_at)
        return tuple(running for running in every if not running.open_ended) or every

    def outcomes_at(self, calls: Decimal, labelled: Decimal) -> frozenset[Outcome]:
        """The outcomes at one volume: several only where something is unknown."""
        baseline = cheaper_of(self.baselines, calls)
        hosted = self.hosted(labelled)
        tuned = [self.terms.self_hosted(labelled)]
        if hosted:
            tuned.append(min(hosted, key=lambda running: running.first_year(calls)))
        cheaper = None if self.cheaper is None else self.cheaper.first_year(calls)
        surely: list[Decimal] = []
        perhaps: list[Decimal] = []
        for option in tuned:
            back = pays_back(option, baseline, calls)
            if back is not False:
                (perhaps if back is None else surely).append(option.first_year(calls))
        return _outcomes(cheaper, surely, perhaps)

    def sweep(self, labels_low: Decimal, labels_high: Decimal) -> Sweep:
        """The same question over a range of labelled examples."""
        knots = self._knots(labels_low, labels_high)
        hosted = [Curve.of(at_knots) for at_knots in zip(*(self.hosted(knot) for knot in knots), strict=True)]
        own = [self.terms.self_hosted(knot) for knot in knots]
        stated = self.terms.given("cache_hit_rate")
        return Sweep(
            knots=np.array([float(knot) for knot in knots]),
            baselines=tuple(Curve.of([baseline] * len(knots)) for baseline in self.baselines),
            cheaper=None if self.cheaper is None else Curve.of([self.cheaper] * len(knots)),
            hosted=_undominated(hosted),
            own=Curve.of(own),
            per_call=float(own[0].replicas.per_call),
            fewest=float(own[0].replicas.fewest),
            stated_hits=None if stated is None else float(stated),
        )

    def _knots(self, low: Decimal, high: Decimal) -> list[Decimal]:
        """The numbers of labelled examples between which every cost changes in a straight line."""
        knots = {low, high, FEWEST_EXAMPLES, MOST_EXAMPLES}
        tokens = self.terms.tokens_per_example * self.terms.number("epochs")
        for tuned in () if isinstance(self.terms.tuned_at, Removed) else self.terms.tuned_at:
            price, fee = tuned.train.value, tuned.minimum_fee.value
            if price and fee and tokens:
                knots.add((fee / (price * tokens / MILLION)).to_integral_value())
        return sorted(knot for knot in knots if low <= knot <= high)


def _undominated(curves: list[Curve]) -> tuple[Curve, ...]:
    """Those that can be the cheapest somewhere; of equal ones the first."""
    kept: list[Curve] = []
    for curve in curves:
        if not any(other.never_dearer(curve) for other in kept):
            kept = [other for other in kept if not curve.never_dearer(other)] + [curve]
    return tuple(kept)


def _outcomes(cheaper: Decimal | None, surely: list[Decimal], perhaps: list[Decimal]) -> frozenset[Outcome]:
    """From the first years of the options that surely pay back, and the least of those that perhaps do."""
    outcomes = set()
    if not surely:
        outcomes.add(Outcome(False, False))
    if surely:
        outcomes.add(Outcome(True, cheaper is not None and cheaper < min(surely)))
    for least in perhaps:
        best = min([least, *surely])
        if cheaper is None or cheaper >= best:
            outcomes.add(Outcome(True, False))
        if cheaper is not None and (not surely or cheaper < min(surely)):
            outcomes.add(Outcome(True, True))
    return frozenset(outcomes)


def payback_outcomes(
    answers: Answers,
    *,
    on: datetime.date,
    policy: Policy,
    calls_low: Decimal,
    calls_high: Decimal | None,
    labels_low: Decimal,
    labels_high: Decimal | None,
) -> frozenset[Outcome]:
    """Every outcome that some number of calls a month and some number of labelled examples in the ranges gives.

    An end of ``None`` is open. The prompt is taken as built. Raises :class:`core.answers.CaseError` when a model, base
    or provider is unknown and was given no prices.
    """
    question = Question.of(answers, on, policy)
    labels_top = max(labels_low, MOST_EXAMPLES) if labels_high is None else labels_high
    outcomes = question.outcomes_at(calls_low, labels_low)
    if calls_low == calls_high and labels_low == labels_top:
        return outcomes
    for labelled in {labels_low, labels_top}:
        outcomes |= question.outcomes_at(calls_low, labelled)
        if calls_high is not None:
            outcomes |= question.outcomes_at(calls_high, labelled)
    sweep = question.sweep(labels_low, labels_top)
    for examples, volumes in sweep.points(
        float(calls_low), None if calls_high is None else float(calls_high)
    ):
        if len(outcomes) == len(EVERY_OUTCOME):
            break
        outcomes |= {Outcome(*told) for told in sweep.holds(examples, volumes)}
    return outcomes
