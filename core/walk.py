"""Walking the tree with what may be true.

Every answer is turned into the set of values it may have: a choice into the choices left, a number into a span, "not
sure" into everything. At each node every branch that some value could take is taken. A key has one value along a path:
the number of labels, the only one that two nodes of a path look at, is narrowed to the values that took the branch.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from operator import itemgetter, or_
from typing import Any

from core.answers import Answers
from core.bits import BIT, LEDGER, MET, VERDICTS, questions_of, verdicts_of
from core.branches import choice_branches, reason_branches
from core.costs.compare import EVERY_OUTCOME, Outcome
from core.costs.cost import limit_of
from core.costs.payback import Payback
from core.facts import ANSWERS_ONLY
from core.known import PLACES, Facts, Number, Span, cut, span_ends, with_answer, with_labels
from core.once import once
from core.policy import Policy
from core.questions import QUESTIONS
from core.tree import (
    AT_THE_TARGET,
    LEANING_ORDER,
    THRESHOLDS_OF,
    TREE,
    Above,
    AtLeast,
    Below,
    Branch,
    Verdict,
)

NAMES = frozenset({"model", "cheaper_model", "base", "provider"})
"""Stated, these have to be looked up even where no price can matter: what is unknown is refused at once."""


@dataclass(frozen=True, slots=True)
class Step:
    """One branch on one path."""

    node: str
    branch: Branch


_Place = tuple[str, frozenset[str], Any]
"""A node, the reasons that were struck on the way, and the facts that are looked at from there on."""


@dataclass(frozen=True)
class Walk:
    """The tree with its thresholds, and with the answers and prices that its cost questions need."""

    answers: Answers
    policy: Policy
    on: datetime.date
    payback: Payback | None = None
    """What the ledger is asked of, where its terms were worked out before."""

    def possible(self, facts: Facts) -> frozenset[Verdict]:
        """Every verdict that is reached by some way in which the facts may turn out."""
        return verdicts_of(self._possible(facts))

    def _possible(self, facts: Facts) -> int:
        if facts not in self._known_possible:
            self._known_possible[facts] = self._reached(facts, VERDICTS) & VERDICTS
        return self._known_possible[facts]

    @once
    def _known_possible(self) -> dict[Facts, int]:
        return {}

    def met(self, facts: Facts) -> frozenset[str]:
        """The questions that stand on some open path."""
        return questions_of(self._reached(facts, MET) & MET)

    def is_met(self, facts: Facts, question: str) -> bool:
        """Whether one question stands on some open path."""
        return bool(self._reached(facts, BIT[question]) & BIT[question])

    def _reached(self, facts: Facts, wanted: int) -> int:
        """The bits that are reached, for sure as far as they are wanted: nothing more is priced than that takes."""
        found, most = self._reach("1", facts, frozenset()), self._most(facts)
        if found & LEDGER and self.answers.assumptions.keys() & NAMES:
            self.paying.figures.look_up()
        for bits in self._told(facts) if most & ~found & wanted else ():
            found |= bits
            if not most & ~found & wanted:
                break
        return found

    def whatever(self, facts: Facts) -> tuple[int, ...]:
        """The bits that are reached with each outcome of the ledger; one set alone where it is not asked."""
        if facts not in self._known:
            found = self._reach("1", facts, frozenset())
            beyond = self._beyond(facts) if found & LEDGER else (0,)
            self._known[facts] = tuple(found | bits for bits in beyond)
        return self._known[facts]

    @once
    def _known(self) -> dict[Facts, tuple[int, ...]]:
        return {}

    def _most(self, facts: Facts) -> int:
        return reduce(or_, self.whatever(facts))

    def met_whatever(self, facts: Facts) -> frozenset[str]:
        """The questions that stand on some path, whatever the ledger says."""
        return questions_of(self._most(facts) & MET)

    def deciding(self, facts: Facts, met: frozenset[str]) -> tuple[str, ...]:
        """The questions met, asked or not, whose answer alone can change what is possible; in tree order."""
        open_ones = (q.name for q in QUESTIONS if q.name in met and not facts.known(q.name))
        return tuple(name for name in open_ones if self.can_change(facts, name))

    def next_question(self, facts: Facts) -> str | None:
        """The first question that was not asked yet and whose answer alone can change what is possible."""
        return next(
            (
                question.name
                for question in QUESTIONS
                if question.name not in facts.asked
                and not facts.known(question.name)
                and self.can_change(facts, question.name)
            ),
            None,
        )

    def verdict(self, facts: Facts) -> Verdict | None:
        """The verdict; ``None`` while a question that was not asked yet can change it."""
        possible = self.possible(facts)
        if len(possible) == 1:
            return next(iter(possible))
        return None if self.next_question(facts) else Verdict.MEASURE_FIRST

    def leaning(self, facts: Facts) -> Verdict:
        """The possible verdict that comes first when nothing more is known."""
        reached = self.possible(facts)
        return next(verdict for verdict in LEANING_ORDER if verdict in reached)

    def path(self, facts: Facts, verdict: Verdict) -> tuple[Step, ...]:
        """The first path, in the order of the branches, that ends in the verdict. It must be a possible one."""
        for steps in self._paths("1", facts, frozenset()):
            if steps[-1].branch.to == verdict:
                return steps
        raise ValueError(f"no path leads to {verdict}")

    def unsettled_on(self, path: tuple[Step, ...], facts: Facts) -> frozenset[str]:
        """The nodes of a path at which the facts would allow another branch as well."""
        struck: frozenset[str] = frozenset()
        unsettled = set()
        for step in path:
            open_here = {branch.to for branch, _ in self._open_branches(step.node, facts, struck)}
            if open_here != {step.branch.to}:
                unsettled.add(step.node)
            struck |= set(step.branch.struck)
        return frozenset(unsettled)

    def _paths(self, node: str, facts: Facts, struck: frozenset[str]) -> Iterator[tuple[Step, ...]]:
        for branch, narrowed in self._open_branches(node, facts, struck):
            step = Step(node, branch)
            if branch.to not in TREE:
                yield (step,)
            else:
                for rest in self._paths(branch.to, narrowed, struck | set(branch.struck)):
                    yield (step, *rest)

    def _reach(self, node: str, facts: Facts, struck: frozenset[str]) -> int:
        """The bits of what can be reached from a node without asking the ledger; each place is looked at once."""
        place = (node, struck, _LOOKED_AT[node](facts.values))
        found = self._reached_from.get(place)
        if found is None:
            found = self._reached_from[place] = self._reach_on(node, facts, struck)
        return found

    def _reach_on(self, node: str, facts: Facts, struck: frozenset[str]) -> int:
        asks = TREE[node].asks
        found = BIT[asks]
        if found == LEDGER:
            return found
        for branch, narrowed in self._open_branches(node, facts, struck):
            if branch.to not in TREE:
                found |= BIT[branch.to]
                continue
            # Beyond the reasons nobody looks at what was struck from them.
            beyond = frozenset[str]() if asks == "reasons" else struck.union(branch.struck)
            found |= self._reach(branch.to, narrowed, beyond)
        return found

    @once
    def _reached_from(self) -> dict[_Place, int]:
        return {}

    # What the ledger says

    def _beyond(self, facts: Facts) -> tuple[int, ...]:
        """The bits that are reached beyond the ledger with each of its outcomes, whatever the labelled examples."""
        place = _LOOKED_AT["5a"](facts.values)
        if place not in self._known_beyond:
            every = [with_labels(facts, part) for part in self._parts(facts.labelled_examples)]
            found = (reduce(or_, (self._with(out, each) for each in every)) for out in EVERY_OUTCOME)
            self._known_beyond[place] = tuple(found)
        return self._known_beyond[place]

    @once
    def _known_beyond(self) -> dict[Any, tuple[int, ...]]:
        return {}

    def _with(self, outcome: Outcome, facts: Facts) -> int:
        """The bits that are reached beyond the ledger with one outcome."""
        to = _TAKEN[outcome].to
        return self._reach(to, facts, frozenset()) if to in TREE else BIT[to]

    def _told(self, facts: Facts) -> Iterator[int]:
        """The bits that are reached beyond the ledger with what it says, some of it after the other.

        Between where the data may go and the ledger, nothing looks at that.
        """
        parts = self._parts(facts.labelled_examples)
        for going in (value for value in (True, ANSWERS_ONLY) if value in facts.data_may_leave):
            for of_each in self._said(with_answer(facts, "data_may_leave", frozenset({going})), parts):
                for labels, outcomes in zip(parts, of_each, strict=True):
                    each = with_labels(facts, labels)
                    yield reduce(or_, (self._with(outcome, each) for outcome in outcomes))

    def _open_branches(
        self, node: str, facts: Facts, struck: frozenset[str]
    ) -> Iterator[tuple[Branch, Facts]]:
        asks = TREE[node].asks
        if asks == "calls_per_month":
            return self._payback_branches(facts)
        if asks == "reasons":
            return reason_branches(TREE[node].branches, facts, struck)
        values = facts.of(asks)
        if isinstance(values, Span):
            return self._number_branches(TREE[node].branches, asks, values, facts)
        return choice_branches(TREE[node], values, facts)

    def threshold(self, name: str) -> Decimal:
        """A named threshold."""
        return Decimal(1) if name == AT_THE_TARGET else Decimal(getattr(self.policy, name))

    def sides(self, ratio: Span) -> tuple[bool, ...]:
        """On which side of each threshold the ends of a ratio lie: the same sides, the same branches."""
        limits = [self.threshold(name) for name in THRESHOLDS_OF["quality"]]
        above = [end is None or end >= limit for limit in limits for end in (ratio.low, ratio.high)]
        return (*above, *(end is None or end > limit for limit in limits for end in (ratio.low, ratio.high)))

    def _number_branches(
        self, branches: tuple[Branch, ...], asks: str, left: Span | None, facts: Facts
    ) -> Iterator[tuple[Branch, Facts]]:
        for branch in branches:
            if left is None:
                return
            taken, left = self._split(branch, left, whole=asks != "quality")
            if taken is not None:
                yield branch, with_labels(facts, taken) if asks == "labelled_examples" else facts

    def _split(self, branch: Branch, span: Span, *, whole: bool) -> tuple[Span | None, Span | None]:
        """The part of a span that takes a branch, and the part that does not.

        A share is a continuous number: the part under a threshold keeps the threshold as its end, since no later
        branch of the same node is tried for values that an earlier one took.
        """
        match branch.when:
            case AtLeast(name):
                below, reaching = cut(span, self.threshold(name), whole=whole)
                return reaching, below
            case Below(name):
                return cut(span, self.threshold(name), whole=whole)
            case Above(name):
                limit = self.threshold(name)
                ends_here = span.high is not None and span.high <= limit
                over = None if ends_here else Span(max(span.low, limit), span.high)
                rest = Span(span.low, limit if over else span.high) if span.low <= limit else None
                return over, rest
            case _:
                return span, None

    def _payback_branches(self, facts: Facts) -> Iterator[tuple[Branch, Facts]]:
        for labels, outcomes in self.outcomes(facts):
            narrowed = with_labels(facts, labels)
            yield from ((branch, narrowed) for outcome, branch in _TAKEN.items() if outcome in outcomes)

    def _parts(self, labels: Span) -> tuple[Span, ...]:
        """The labelled examples that are too few, and those that are enough."""
        return tuple(part for part in cut(labels, self.policy.enough_labels, whole=True) if part is not None)

    def outcomes(self, facts: Facts) -> Iterable[tuple[Span, frozenset[Outcome]]]:
        """What the ledger may say, for each part of the labelled examples, over every volume that is left."""
        parts = self._parts(facts.labelled_examples)
        said = zip(*self._said(facts, parts), strict=True)
        return zip(parts, (frozenset[Outcome]().union(*of_a_part) for of_a_part in said), strict=True)

    def _said(self, facts: Facts, parts: tuple[Span, ...]) -> Iterator[Sequence[frozenset[Outcome]]]:
        """The same, some of it after the other: first what need not be priced, then many calls, then few."""
        paying, labels = self._paying_with(facts), [span_ends(part) for part in parts]
        low, high = cut(facts.calls_per_month, self.policy.low_volume, whole=False)
        if low is not None and not self._stated:
            yield [frozenset({Outcome(False, False)})] * len(parts)
        for volumes in (high, low if self._stated else None):
            if volumes is not None:
                yield from paying.said(span_ends(volumes), labels)

    @once
    def _stated(self) -> bool:
        """Whether the ledger of a low volume may be trusted, because the team gave the model and its tokens."""
        return {"model", "prompt_tokens", "output_tokens"} <= self.answers.assumptions.keys()

    @property
    def has_too_few_calls(self) -> bool:
        """Whether the volume, at its point estimate, is so low that the ledger is not looked at."""
        calls = self.answers.number("calls_per_month")
        return calls is not None and calls < self.policy.low_volume and not self._stated

    def months_to_pay_back(self) -> Decimal:
        """The months that hosted tuning has, at the point estimates: the horizon, or half of the base's life."""
        calls, figures = self.answers.number("calls_per_month"), self.paying.figures
        base = figures.pick(self.policy.low_volume if calls is None else calls)
        world = figures.exact(Decimal(0))
        return Decimal(limit_of(world, None if base is None else base.exact))

    @once
    def paying(self) -> Payback:
        """What the ledger is asked of."""
        return self.payback or Payback.of(self.answers, self.on, self.policy)

    @once
    def _paying_without_hosted(self) -> Payback:
        """The same where the data may not train a provider's model."""
        return self.paying.without_training()

    def _paying_with(self, facts: Facts) -> Payback:
        """What the ledger is asked of on a path where the data may go no further than this."""
        is_known = self.answers.of("data_may_leave") == ANSWERS_ONLY
        is_out = facts.data_may_leave == {ANSWERS_ONLY} and not is_known
        return self._paying_without_hosted if is_out else self.paying

    def can_change(self, facts: Facts, question: str) -> bool:
        """Whether a question stands on an open path and its answer alone can change what is possible."""
        if question in _PRICED and not (
            self._ledger_matters(facts, question) and self.is_met(facts, question)
        ):
            return False
        # All ways together leave what is possible now: they are alike only where each leaves all of it.
        possible = self._possible(facts)
        return any(self._leaves_else(answered, possible) for answered in self._ways(facts, question))

    def _leaves_else(self, facts: Facts, possible: int) -> bool:
        """Whether other verdicts are possible; nothing need be priced where one cannot be, whatever the ledger says."""
        is_less = bool(possible & ~self._most(facts))
        return is_less or self._possible(facts) != possible

    def _ledger_matters(self, facts: Facts, question: str) -> bool:
        """Whether it would change anything if the ledger said this or that: no prices are needed to see that."""
        ways = [facts]
        if question != "calls_per_month":
            points = self._around_thresholds(question, facts.labelled_examples)
            ways = [with_answer(facts, question, Span(point, point)) for point in points]
        return len({bits & VERDICTS for way in ways for bits in self.whatever(way)}) > 1

    def _ways(self, facts: Facts, question: str) -> Iterator[Facts]:
        """The facts with one question answered: at least one for every set of verdicts that this may leave."""
        values = facts.of(question)
        if not isinstance(values, Span):
            for value in values:
                yield with_answer(facts, question, frozenset({value}))
            return
        for point in self._around_thresholds(question, values):
            yield with_answer(facts, question, Span(point, point))
        for point in self._where_the_ledger_turns(question, facts):
            yield with_answer(facts, question, Span(point, point))

    def _around_thresholds(self, question: str, span: Span) -> list[Number]:
        """Values of a span: its ends, then those on and beside each threshold inside. The ends differ the most."""
        hair: Number = Fraction(1, 10**9) if question == "quality" else Decimal(1)
        telling: list[Number] = [span.low, span.low * 1000 + 10**9 if span.high is None else span.high]
        for name in THRESHOLDS_OF[question]:
            limit: Number = Fraction(self.threshold(name)) if question == "quality" else self.threshold(name)
            telling += [limit - hair, limit, limit + hair]  # type: ignore[operator]
        return [value for value in dict.fromkeys(telling) if span.holds(value)]

    def _where_the_ledger_turns(self, question: str, facts: Facts) -> Iterator[Number]:
        """Values at which what pays back differs, where that is looked at and depends on the question."""
        if question not in _PRICED or not self.is_met(facts, "calls_per_month"):
            return
        labels = [span_ends(part) for part in self._parts(facts.labelled_examples)]
        low, high = cut(facts.calls_per_month, self.policy.low_volume, whole=False)
        for volumes in filter(None, (low if self._stated else None, high)):
            for paying in self._every_paying(facts):
                of_calls = question == "calls_per_month"
                tells = paying.telling_calls if of_calls else paying.telling_labels
                yield from tells(span_ends(volumes), labels)

    def _every_paying(self, facts: Facts) -> Iterator[Payback]:
        """What the ledger is asked of, on every path that is open."""
        if facts.data_may_leave != {ANSWERS_ONLY}:
            yield self.paying
        if ANSWERS_ONLY in facts.data_may_leave:
            yield self._paying_with(with_answer(facts, "data_may_leave", frozenset({ANSWERS_ONLY})))


_PRICED = ("calls_per_month", "labelled_examples")
"""The questions whose answers change what the ledger says."""


def _asked_from(node: str) -> frozenset[str]:
    """What is looked at in a node and beyond it, as far as the ledger is not asked."""
    asks = TREE[node].asks
    further = (branch.to for branch in TREE[node].branches if branch.to in TREE and BIT[asks] != LEDGER)
    return frozenset({asks}).union(*map(_asked_from, further))


_TAKEN = dict(zip(EVERY_OUTCOME, TREE["5"].branches, strict=True))
"""The branch that each outcome of the ledger takes."""
_LOOKED_AT = {node: itemgetter(*(PLACES[name] for name in sorted(_asked_from(node)))) for node in TREE}
"""What a place of the walk is known by."""
