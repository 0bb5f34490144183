"""Every outcome that a range of calls and of labelled examples can have: what the tree asks of the ledger."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from core.answers import Answers
from core.costs.running import Running, cheaper_of, pays_back
from core.costs.saving import crossover, crossover_within
from core.costs.terms import FEWEST_EXAMPLES, MILLION, MOST_EXAMPLES, Removed, Terms
from core.policy import Policy

if TYPE_CHECKING:
    from core.costs.sweep import Sweep

__all__ = ["Outcome", "Payback", "crossover", "crossover_within"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the ledger says at one volume.

    ``pays_back``: whether tuning pays back, hosted or self-hosted. ``cheaper_costs_less``: whether the first year of
    the cheaper model costs less than that of the best tuned option that pays back; false where none does.
    """

    pays_back: bool
    cheaper_costs_less: bool


Range = tuple[Decimal, Decimal | None]
"""The two ends of what a number may be, both included; a high end of ``None`` is open."""

EVERY_OUTCOME = (Outcome(False, False), Outcome(True, False), Outcome(True, True))


@dataclass(frozen=True)
class Payback:
    """Does a tuned option pay back, and does the cheaper model cost less: asked of one set of terms.

    The prompt is taken as built. Every method raises :class:`core.answers.CaseError` when a model, base or provider is
    unknown and was given no prices.
    """

    terms: Terms

    @staticmethod
    def of(answers: Answers, on: datetime.date, policy: Policy) -> Payback:
        return Payback(Terms(answers, on, policy))

    def outcomes(self, calls: Range, labels: Range) -> frozenset[Outcome]:
        """Every outcome that some number of calls a month and some number of labelled examples in the ranges gives."""
        (calls_low, calls_high), (labels_low, labels_high) = calls, self._closed(labels)
        outcomes = self.outcomes_at(calls_low, labels_low)
        if calls_low == calls_high and labels_low == labels_high:
            return outcomes
        for labelled in {labels_low, labels_high}:
            outcomes |= self.outcomes_at(calls_low, labelled)
            if calls_high is not None:
                outcomes |= self.outcomes_at(calls_high, labelled)
        sweep = self._sweep(labels_low, labels_high)
        for examples, volumes in sweep.points(*_floats(calls)):
            if len(outcomes) == len(EVERY_OUTCOME):
                break
            outcomes |= {Outcome(*told) for told in sweep.holds(examples, volumes)}
        return outcomes

    def telling_calls(self, calls: Range, labels: Range) -> tuple[Decimal, ...]:
        """Numbers of calls inside a range, one for every set of outcomes that the labelled examples then leave."""
        sweep = self._sweep(*self._closed(labels))
        return tuple(Decimal(repr(volume)) for volume in sweep.telling_volumes(*_floats(calls)))

    def telling_labels(self, calls: Range, labels: Range) -> tuple[Decimal, ...]:
        """Numbers of labelled examples in a range, one for every set of outcomes that the calls then leave."""
        sweep = self._sweep(*self._closed(labels))
        telling = {
            frozenset(sweep.holds(labelled, volumes)): Decimal(labelled)
            for labelled, volumes in sweep.points(*_floats(calls))
        }
        return tuple(telling.values())

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
        if labelled not in self.hosted_at:
            terms = self.terms
            if terms.answers.of("data_may_leave") is False:
                return ()
            self.hosted_at[labelled] = tuple(terms.hosted(tuned, labelled) for tuned in terms.worth_tuning)
        return self.hosted_at[labelled]

    @cached_property
    def hosted_at(self) -> dict[Decimal, tuple[Running, ...]]:
        """What was worked out of the bases, per number of labelled examples."""
        return {}

    def own(self, labelled: Decimal) -> Running:
        """The open-weight model, tuned."""
        if labelled not in self.own_at:
            self.own_at[labelled] = self.terms.self_hosted(labelled)
        return self.own_at[labelled]

    @cached_property
    def own_at(self) -> dict[Decimal, Running]:
        """What was worked out of the open-weight model, per number of labelled examples."""
        return {}

    def outcomes_at(self, calls: Decimal, labelled: Decimal) -> frozenset[Outcome]:
        """The outcomes at one volume: several only where something is unknown."""
        baseline = cheaper_of(self.baselines, calls)
        hosted = self.hosted(labelled)
        tuned = [self.own(labelled)]
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

    def limit(self, calls: Decimal, labelled: Decimal) -> Decimal:
        """The months within which the hosted option that is picked at this volume must pay back; else the horizon."""
        hosted = self.hosted(labelled)
        return (
            min(hosted, key=lambda running: running.first_year(calls)).limit if hosted else self.terms.horizon
        )

    def _sweep(self, labels_low: Decimal, labels_high: Decimal) -> Sweep:
        """The same question over a range of labelled examples."""
        key = (labels_low, labels_high)
        if key not in self._sweeps:
            self._sweeps[key] = self._swept(labels_low, labels_high)
        return self._sweeps[key]

    @cached_property
    def _sweeps(self) -> dict[tuple[Decimal, Decimal], Sweep]:
        return {}

    def _swept(self, labels_low: Decimal, labels_high: Decimal) -> Sweep:
        from core.costs.sweep import Sweep

        knots = self.knots((labels_low, labels_high))
        stated = self.terms.given("cache_hit_rate")
        return Sweep.over(
            knots=knots,
            baselines=self.baselines,
            cheaper=self.cheaper,
            hosted=[self.hosted(knot) for knot in knots],
            own=[self.own(knot) for knot in knots],
            stated_hits=None if stated is None else float(stated),
        )

    def _closed(self, labels: Range) -> tuple[Decimal, Decimal]:
        """A range of labelled examples; beyond the most that make a difference nothing changes."""
        low, high = labels
        return low, max(low, self.terms.most_examples) if high is None else high

    def knots(self, labels: Range) -> list[Decimal]:
        """The numbers of labelled examples between which every cost changes in a straight line, with both ends."""
        low, high = self._closed(labels)
        knots = {low, high, FEWEST_EXAMPLES, MOST_EXAMPLES, self.terms.most_examples}
        knots.add(self.terms.given("training_examples") or low)
        tokens = self.terms.tokens_per_example * self.terms.number("epochs")
        for tuned in self.terms.worth_tuning:
            price, fee = tuned.train.value, tuned.minimum_fee.value
            if price and fee and tokens:
                knots.add((fee / (price * tokens / MILLION)).to_integral_value())
        return sorted(knot for knot in knots if low <= knot <= high)


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


def _floats(calls: Range) -> tuple[float, float | None]:
    return float(calls[0]), None if calls[1] is None else float(calls[1])
