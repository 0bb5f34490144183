"""What would change the verdict: for each number the nearest value below and above, for each choice the other values.

Every value that is given here was tried: with it in place of the present one, and all else as it is, the tree says the
verdict that stands beside it.

One rule holds for every number that was given as a range. Each end, taken as the only value, has a verdict. Where that
is another one than the range has, the flip lies inside: ``below`` is the last value that has the verdict of the low
end, counted upwards from it, ``above`` the last that has the verdict of the high end, counted downwards; where the
verdict turns once, they are the values on both sides of the edge. (Where it turns nowhere inside, it is the end.)
Where both ends have the verdict of the range and some values between them do not, these are named: ``above`` the
lowest, ``below`` the highest of them. Otherwise the search goes on outward, beyond the end; beyond an open end lies
nothing. An open end is as far as the number can go.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.answers import NOT_ASKED, Answer, Answers, AssumptionValue, Between
from core.bits import verdicts_of
from core.costs.figures import Figures
from core.costs.payback import Payback
from core.fact import LARGEST_ANSWER
from core.facts import ANSWERS
from core.known import Facts, facts_of, facts_with
from core.name_flips import changed_by_name
from core.number_turns import PRICED, NumberTurns, Turn, Way
from core.once import once
from core.questions import EVERY_QUESTION, LATENCY
from core.threshold_turns import ThresholdTurns
from core.tree import Verdict
from core.turns import Turns
from core.walk import Walk

FARTHEST = (Decimal(0), LARGEST_ANSWER)


@dataclass(frozen=True, slots=True)
class Flip:
    """One finding about one input: an answer or an assumption.

    ``to``: the value with which the verdict is ``verdict``; ``None`` where no value changes it, and for a number then
    ``side`` says in which direction none does. A ``verdict`` of ``None`` beside a value: a question is open then.
    """

    input: str
    present: Answer | AssumptionValue
    to: Answer | AssumptionValue | None
    verdict: Verdict | None
    side: str | None = None
    """``below`` or ``above`` for a number, ``None`` for a choice."""
    asks: str | None = None
    """The question that is open then."""

    @property
    def factor(self) -> Decimal | None:
        """How many times larger or smaller the number must be, from 1; ``None`` where none is enough."""
        if self.side is None or not isinstance(self.to, Decimal):
            return None
        near = _end(self.present, up=self.side == "above")
        if near is None or near <= 0 or self.to <= 0:
            return None
        return max(self.to / near, near / self.to)


def flips(walk: Walk, present: Mapping[str, AssumptionValue | None]) -> tuple[Flip, ...]:
    """Everything that would change the verdict of a walk; nothing while questions remain.

    ``present`` are the values of the assumptions, as stated or as defaulted. The answers come first, in the order of
    the tree, then the assumptions, where the verdict can depend on them at all.
    """
    search = _Search(walk, present)
    if search.verdict is None:
        return ()
    return (*search.answers_flips(), *search.assumption_flips())


@dataclass(frozen=True)
class _Search:
    walk: Walk
    present: Mapping[str, AssumptionValue | None]

    @once
    def facts(self) -> Facts:
        return facts_of(self.walk.answers)

    @once
    def possible(self) -> frozenset[Verdict]:
        return self.walk.possible(self.facts)

    @once
    def verdict(self) -> Verdict | None:
        return self.walk.verdict(self.facts)

    @property
    def answers(self) -> Answers:
        return self.walk.answers

    def is_changed(self, verdict: Verdict | None) -> bool:
        return verdict != self.verdict

    def verdict_with(self, key: str, value: Answer) -> Verdict | None:
        """The verdict with one answer in place of the present one."""
        if (key, value) not in self._tried:
            walk, facts = self._with(key, value)
            self._tried[key, value] = walk.verdict(facts)
        return self._tried[key, value]

    @once
    def _tried(self) -> dict[tuple[str, Answer], Verdict | None]:
        return {}

    def _with(self, key: str, value: Answer) -> tuple[Walk, Facts]:
        answers = self.answers.with_answer(key, value)
        return self._walk_with(key, answers), facts_with(self.facts, answers, key)

    def _walk_with(self, key: str, answers: Answers) -> Walk:
        """What the ledger is asked of when one answer is another one: few of them change its figures."""
        policy, on = self.walk.policy, self.walk.on
        if key == "data_may_leave":
            return Walk(answers, policy, on)
        if key not in ("reasons", *LATENCY.keys):
            return self.walk
        figures = Figures(answers, on, policy)
        if figures.latency_is_a_reason not in self._walks:
            self._walks[figures.latency_is_a_reason] = Walk(answers, policy, on, payback=Payback(figures))
        return self._walks[figures.latency_is_a_reason]

    @once
    def _walks(self) -> dict[bool, Walk]:
        """By whether latency is a reason: that is all that the ledger looks at of the reasons and the latencies."""
        return {self.walk.paying.figures.latency_is_a_reason: self.walk}

    @once
    def thresholds(self) -> ThresholdTurns:
        return ThresholdTurns(self.walk, self.verdict, self.verdict_with)

    # Answers

    def answers_flips(self) -> Iterator[Flip]:
        """The flips of what was answered; of an evaluation those of its right answers, its size as it is."""
        evaluated = isinstance(self.answers.of("eval_correct"), Decimal)
        left_out = {"eval_total", *(["quality_now"] if evaluated else ())}
        left_out |= set() if self._latency_counts else set(LATENCY.keys)
        for key in (key for question in EVERY_QUESTION for key in question.keys):
            answer = self.answers.of(key)
            if answer is NOT_ASKED or key in left_out:
                continue
            if ANSWERS[key].is_number:
                if isinstance(answer, Decimal | Between):
                    yield self._of_number(key, answer, up=False)
                    yield self._of_number(key, answer, up=True)
            else:
                yield from self._of_choice(key, answer)

    @property
    def _latency_counts(self) -> bool:
        reasons = self.answers.of("reasons")
        return isinstance(reasons, frozenset) and "latency" in reasons

    def _of_choice(self, key: str, answer: Answer) -> Iterator[Flip]:
        changing = []
        for other in _others(key, answer):
            verdict = self.verdict_with(key, other)
            if self.is_changed(verdict):
                changing.append(self._flip(key, other, None))
        yield from changing or [Flip(key, answer, None, None)]

    def _of_number(self, key: str, answer: Decimal | Between, *, up: bool) -> Flip:
        found = (
            self._in_a_range(key, answer, up)
            if isinstance(answer, Between)
            else self._beyond(key, answer, up)
        )
        side = "above" if up else "below"
        return Flip(key, answer, None, None, side) if found is None else self._flip(key, found, side)

    def _flip(self, key: str, to: Answer, side: str | None) -> Flip:
        """With another answer the verdict is another one, or a question is open."""
        verdict, asks = self.verdict_with(key, to), None
        if verdict is None:
            walk, facts = self._with(key, to)
            asks = walk.next_question(facts)
        return Flip(key, self.answers.of(key), to, verdict, side, asks)

    def _beyond(self, key: str, near: Decimal, up: bool) -> Decimal | None:
        """The nearest value beyond a number that has the present verdict."""
        if key in PRICED and self.looks_at_the_ledger:
            turn = self._priced(key, near, FARTHEST[up])
            if turn is None:
                return None
            possible = verdicts_of(turn.bits_after)
            if len(possible) == 1:
                self._tried[key, turn.after] = next(iter(possible))
            return turn.after
        return None if key == "calls_per_month" else self.thresholds.beyond(key, near, up=up)

    def _in_a_range(self, key: str, answer: Between, up: bool) -> Decimal | None:
        """By the rule for ranges: inside where an end has another verdict, else beyond the end."""
        low, high = _ends(key, answer)
        near, far = (high, low) if up else (low, high)
        is_open = _end(answer, up=up) is None
        if self._may_turn_inside(key):
            if self.is_changed(self.verdict_with(key, near)):
                return self._inward(key, near, far, up)
            if not self.is_changed(self.verdict_with(key, far)):
                found = self._beyond(key, far, up)
                return None if is_open and found is not None and not low < found < high else found
        return None if is_open else self._beyond(key, near, up)

    def _may_turn_inside(self, key: str) -> bool:
        """Where one verdict is left no single value has another, save of latencies: only single numbers strike them."""
        return len(self.possible) > 1 or key in LATENCY.keys

    def _inward(self, key: str, near: Decimal, far: Decimal, up: bool) -> Decimal:
        """From one end of a range: the last value that has the verdict of that end; the end where all have it."""
        if key in PRICED and self.looks_at_the_ledger:
            turn = self._priced(key, near, far, until=self.turns.exact_bits(key, near))
            return near if turn is None else turn.before
        return self.thresholds.inward(key, near, far, up=up)

    # What the ledger decides

    @once
    def looks_at_the_ledger(self) -> bool:
        return self.walk.is_met(self.facts, "calls_per_month")

    @once
    def turns(self) -> Turns:
        return Turns(self.walk, self.facts)

    @once
    def numbers(self) -> NumberTurns:
        return NumberTurns(self.turns)

    def _priced(self, key: str, start: Decimal, end: Decimal, until: int | None = None) -> Turn | None:
        """Where calls or labelled examples change the verdict; ``until``: where they leave these verdicts."""
        if start == end:
            return None
        way = Way(key, start, end)
        if until is not None:
            return self.numbers.along([way], lambda bits: bits != until).get(way)
        known = self._turned if way in self._turned else self.numbers.along([way], self.turns.changed)
        return known.get(way)

    @once
    def _turned(self) -> Mapping[Way, Turn | None]:
        """Where each number that is known changes the verdict, below and above: all are searched along at once."""
        ways = [way for key in PRICED for way in self._ways(key) if way.start != way.end]
        return self.numbers.along([*ways, *self._assumed], self.turns.changed)

    def _ways(self, key: str) -> Iterator[Way]:
        """Below and above an answer; through a range where it may turn inside."""
        answer = self.answers.of(key)
        if isinstance(answer, Decimal):
            yield from (Way(key, answer, end) for end in FARTHEST)
        elif isinstance(answer, Between):
            ends = _ends(key, answer)
            starts = reversed(ends) if self._may_turn_inside(key) else ends
            yield from (Way(key, start, end) for start, end in zip(starts, FARTHEST, strict=True))

    @once
    def _assumed(self) -> Sequence[Way]:
        """The ways along the assumptions, where any outcome of the ledger matters."""
        numbers = {key: value for key, value in self.present.items() if isinstance(value, Decimal)}
        return tuple(self.numbers.ways(numbers)) if self.turns.matters else ()

    def assumption_flips(self) -> Iterator[Flip]:
        """The flips of every assumption that node 5 looks at, where it stands on an open path and matters."""
        if not self.looks_at_the_ledger or not self.turns.matters:
            return
        for way in self._assumed:
            if way in self._turned:
                turn = self._turned[way]
                to, verdict = (None, None) if turn is None else (turn.after, self._verdict_of(turn, way.key))
                yield Flip(way.key, way.start, to, verdict, "above" if way.up else "below")
        for key, name, verdict in changed_by_name(self.turns, self.present):
            yield Flip(key, self.present[key] or "", name, verdict)

    def _verdict_of(self, turn: Turn, key: str) -> Verdict | None:
        """The verdict where an assumption has changed it; ``None`` while a question is open then."""
        possible = verdicts_of(turn.bits_after)
        if len(possible) == 1:
            return next(iter(possible))
        if self.walk.met_whatever(self.facts) <= self.facts.asked:
            return Verdict.MEASURE_FIRST
        answers = self.answers.with_assumption(key, turn.after)
        return Walk(answers, self.walk.policy, self.walk.on).verdict(self.facts)


def _others(key: str, answer: Answer) -> Iterator[Answer]:
    """The other values that a choice may have."""
    if ANSWERS[key].kind == "choices":
        yield from _other_reasons(answer)
    else:
        yield from (other for other in ANSWERS[key].choices if other != answer)


def _other_reasons(answer: Answer) -> Iterator[frozenset[str]]:
    """No reason, each reason alone, and the present ones with one more or one less."""
    now = answer if isinstance(answer, frozenset) else frozenset[str]()
    reasons = [str(reason) for reason in ANSWERS["reasons"].choices]
    alone = [frozenset[str](), *(frozenset({reason}) for reason in reasons)]
    one_off = [now ^ {reason} for reason in reasons] if isinstance(answer, frozenset) else []
    for other in dict.fromkeys((*alone, *one_off)):
        if other != answer:
            yield other


def _ends(key: str, answer: Between) -> tuple[Decimal, Decimal]:
    """Both ends of a range; an open one is as far as the number can go."""
    low = Decimal(0) if answer.low is None else answer.low
    return low, ANSWERS[key].high if answer.high is None else answer.high


def _end(answer: Answer | AssumptionValue, *, up: bool) -> Decimal | None:
    if isinstance(answer, Between):
        return answer.high if up else answer.low
    return answer if isinstance(answer, Decimal) else None
