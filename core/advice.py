"""What core makes of a consultation's answers: which verdicts are possible, what to ask next, and why."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from core.against import CaseAgainst, Point
from core.answers import NOT_ASKED, NOT_SURE, Answers
from core.confidence import Confidence, confidence
from core.costs.estimate import estimate
from core.costs.ledger import Estimate
from core.costs.sources import Removed
from core.evaluation import Interval, more_needed
from core.flips import Flip, flips
from core.gates import closed
from core.known import (
    Facts,
    at_the_middle,
    facts_at_the_middle,
    facts_of,
    quality_now,
    with_quality,
)
from core.policy import Policy, policy_on, thresholds
from core.questions import BY_NAME, QUESTIONS
from core.tree import AT_THE_TARGET, TREE, Above, AtLeast, Below, Verdict
from core.walk import Step, Walk
from core.wording import answer_in_words, count, months, percent

ORDER = tuple(question.name for question in QUESTIONS)

TOO_FEW_CALLS = "So few calls do not carry tuning; the model and its token counts would tell exactly."
"""Said in place of the ledger's finding where the volume alone decided, since the ledger was not looked at."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the path: what was asked, what was answered, against which threshold, and what follows."""

    question: str
    answer: str
    threshold: str | None
    says: str
    source: str


@dataclass(frozen=True, slots=True)
class Quality:
    """The quality now, as fractions: the point estimate and what it may be."""

    point: float | None
    low: float
    high: float


@dataclass(frozen=True)
class Advice:
    """The advice of one moment; what is not looked at is not worked out.

    possible: every verdict that what is unknown may still turn out to give.
    """

    answers: Answers
    on: datetime.date
    policy: Policy
    possible: tuple[Verdict, ...]
    walk: Walk = field(repr=False, compare=False)

    @cached_property
    def _facts(self) -> Facts:
        return facts_of(self.answers)

    @cached_property
    def verdict(self) -> Verdict | None:
        """The verdict; ``None`` while questions remain."""
        if len(self.possible) == 1:
            return self.possible[0]
        return None if self.next_question else Verdict.MEASURE_FIRST

    @cached_property
    def next_question(self) -> str | None:
        """What to ask next: ``None`` once the verdict stands."""
        return self.walk.next_question(self._facts) if len(self.possible) > 1 else None

    @cached_property
    def deciding(self) -> tuple[str, ...]:
        """The questions whose answer alone can change ``possible``."""
        return self.walk.deciding(self._facts, self._met) if len(self.possible) > 1 else ()

    @cached_property
    def _met(self) -> frozenset[str]:
        return self.walk.met(self._facts)

    @cached_property
    def at_most_to_go(self) -> int:
        """How many questions there may still be; 0 once the verdict stands."""
        return len(self._met - self._facts.asked) if self.next_question else 0

    @cached_property
    def left_out(self) -> tuple[str, ...]:
        """The questions that were not asked and are on no path any more, or, once it stands, cannot change it."""
        waiting = self._met if self.next_question else frozenset()
        return tuple(name for name in ORDER if name not in self._facts.asked and name not in waiting)

    @cached_property
    def _leaning(self) -> tuple[Verdict, tuple[Step, ...]]:
        return _leaning(self.walk)

    @property
    def leaning(self) -> Verdict:
        """The verdict at the point estimates."""
        return self._leaning[0]

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """The path to the verdict, or to the one leaned to."""
        path, walk = self._leaning[1], self.walk
        unsure, doubt = walk.unsettled_on(path, self._facts), _doubt(self.possible)
        return tuple(
            _reason(step, walk, self.answers, doubt=doubt if step.node in unsure else "") for step in path
        )

    @cached_property
    def quality(self) -> Quality | None:
        """The quality now; ``None`` where nothing is known of it."""
        return _quality(self.answers)

    @cached_property
    def flips(self) -> tuple[Flip, ...]:
        """What would change the verdict; nothing while questions remain."""
        present = {key: assumed.value for key, assumed in self.ledger.assumptions.items()}
        return flips(self.walk, present)

    @cached_property
    def confidence(self) -> Confidence | None:
        """How sure the verdict is; ``None`` while questions remain."""
        if self.verdict is None:
            return None
        missing = (NOT_ASKED, NOT_SURE)
        unknown = sum(_is_missing(self.answers, reason.question, missing) for reason in self.reasons)
        return confidence(
            self.flips,
            known=len(self.reasons) - unknown,
            unknown=unknown,
            rests_on_a_default=any(
                flip.to is not None and self.ledger.assumptions[flip.input].default
                for flip in self.flips
                if flip.input in self.ledger.assumptions and flip.side is not None
            ),
            probability_pays_back=self.rests_on_probability,
        )

    @property
    def rests_on_probability(self) -> float | None:
        """The probability that tuning pays back, where the verdict rests on that; else ``None``."""
        looked_at = "calls_per_month" in {reason.question for reason in self.reasons}
        if not looked_at or self.ledger.calls is None or self.walk.has_too_few_calls:
            return None
        return self.ledger.uncertainty.tuning_pays_back

    @cached_property
    def against(self) -> tuple[Point, ...]:
        """The best case against the verdict; nothing while questions remain."""
        if self.verdict is None:
            return ()
        case = CaseAgainst(self.answers, self.policy, self.verdict, self.leaning, self.flips, self.ledger)
        return case.points()

    @cached_property
    def more_needed(self) -> int | None:
        """How many more cases of the evaluation, at the same rate, would settle it; ``None`` where no number does."""
        correct, total = self.answers.of("eval_correct"), self.answers.of("eval_total")
        if not isinstance(correct, Decimal) or not isinstance(total, Decimal):
            return None
        facts = facts_of(self.answers)
        seen: dict[tuple[bool, ...], bool] = {}

        def settles(interval: Interval) -> bool:
            there = with_quality(facts, self.answers, interval)
            sides = self.walk.sides(there.of("quality"))
            if sides not in seen:
                seen[sides] = len(self.walk.possible(there)) == 1
            return seen[sides]

        return more_needed(int(correct), int(total), settles)

    @cached_property
    def ledger(self) -> Estimate:
        """The costs of every option; computed when it is first looked at."""
        return estimate(self.answers, on=self.on, policy=self.policy)

    @cached_property
    def removed(self) -> tuple[Removed, ...]:
        """The options that gates took away: those that the ledger leaves out, and those that it prices all the same."""
        return (*self.ledger.removed, *closed(self.ledger, self.answers, self.policy))


def advise(answers: Answers, *, on: datetime.date, policy: Policy | None = None) -> Advice:
    """The advice on these answers, with the prices of ``on`` and the policy given (else that of the day).

    Raises :class:`core.answers.CaseError` when an assumption names a model or base that has no price.
    """
    policy = policy or policy_on(on)
    walk = Walk(answers, policy, on)
    possible = walk.possible(facts_of(answers))
    return Advice(
        answers=answers,
        on=on,
        policy=policy,
        possible=tuple(verdict for verdict in Verdict if verdict in possible),
        walk=walk,
    )


def _is_missing(answers: Answers, question: str, missing: tuple[object, ...]) -> bool:
    """Whether nothing is known of what a question asks for."""
    if question == "quality":
        return quality_now(answers) is None or any(
            answers.of(key) in missing
            for key in ("quality_target", *(() if _evaluated(answers) else ("quality_now",)))
        )
    return answers.of(BY_NAME[question].keys[0]) in missing


def _evaluated(answers: Answers) -> bool:
    return all(isinstance(answers.of(key), Decimal) for key in ("eval_correct", "eval_total"))


def _leaning(walk: Walk) -> tuple[Verdict, tuple[Step, ...]]:
    """The verdict at the point estimates and the path to it. Without ranges, what is priced already is priced once."""
    facts, middle = facts_at_the_middle(walk.answers), at_the_middle(walk.answers)
    walk = walk if middle == walk.answers else Walk(middle, walk.policy, walk.on)
    verdict = walk.leaning(facts)
    return verdict, walk.path(facts, verdict)


def _doubt(possible: tuple[Verdict, ...]) -> str:
    """How a step is introduced at which what is known would allow another branch as well."""
    if len(possible) == 1:
        return "Not certain, but the verdict is the same either way. As it looks: "
    return "Not settled. Leaning this way: "


def _reason(step: Step, walk: Walk, answers: Answers, *, doubt: str) -> Reason:
    node = TREE[step.node]
    says = TOO_FEW_CALLS if node.asks == "calls_per_month" and walk.has_too_few_calls else step.branch.says
    return Reason(
        question=node.asks,
        answer=answer_in_words(node.asks, answers),
        threshold=_threshold_in_words(step, walk),
        says=f"{doubt}{_lower(says)}" if doubt else says,
        source=node.source,
    )


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def _threshold_in_words(step: Step, walk: Walk) -> str | None:
    asks = TREE[step.node].asks
    if asks == "calls_per_month":
        return _payback_in_words(walk)
    named = [
        b.when.threshold for b in TREE[step.node].branches if isinstance(b.when, Below | AtLeast | Above)
    ]
    match step.branch.when:
        case Below(name):
            return _limit(name, walk, "below")
        case AtLeast(name):
            return _limit(name, walk, "at least")
        case Above(name):
            return _limit(name, walk, "over")
    if not named:
        return None
    return _limit(named[-1], walk, "at most" if asks == "quality" else "at least")


def _payback_in_words(walk: Walk) -> str:
    if walk.has_too_few_calls:
        return _limit("low_volume", walk, "below")
    horizon = walk.answers.assumptions.get("horizon_months", walk.policy.horizon_months)
    assert isinstance(horizon, Decimal)
    limit = walk.months_to_pay_back()
    own = "" if "horizon_months" in walk.answers.assumptions else _own("horizon_months", walk)
    if limit >= horizon:
        return f"pays back within {months(horizon)}{own}"
    return (
        f"pays back within {months(limit)}, half of what is left of the base's life "
        f"(self-hosted: {months(horizon)}{own})"
    )


def _limit(name: str, walk: Walk, word: str) -> str:
    value = walk.threshold(name)
    own = _own(name, walk)
    if name in (AT_THE_TARGET, "closable_gap", "redefine_at"):
        return f"{word} {percent(value)} of the target{own}"
    return f"{word} {count(value)} {thresholds()[name].unit}{own}"


def _own(name: str, walk: Walk) -> str:
    """How a threshold is marked that the workspace set."""
    return ", your team's setting" if name in walk.policy.overridden else ""


def _quality(answers: Answers) -> Quality | None:
    span = quality_now(answers)
    if span is None:
        return None
    correct, total = answers.of("eval_correct"), answers.of("eval_total")
    if isinstance(correct, Decimal) and isinstance(total, Decimal):
        point: Decimal | None = correct / total
    else:
        point = answers.number("quality_now")
    return Quality(
        None if point is None else float(point),
        float(span.low),
        1.0 if span.high is None else float(span.high),
    )
