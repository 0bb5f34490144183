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

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from functools import cached_property
from itertools import islice, product
from math import ceil
from typing import Any

from core.answers import NOT_ASKED, Answer, Answers, AssumptionValue, Between
from core.costs.crossover import EVERY_OUTCOME, Outcome, Payback
from core.costs.turning import (
    CHEAPER_ALONE,
    DEPENDED_ON,
    MOST_CALLS,
    NO_PAYBACK,
    Changed,
    Outcomes,
    Turning,
    Window,
)
from core.evaluation import wilson
from core.fact import LARGEST_ANSWER
from core.facts import ANSWERS, ASSUMPTIONS
from core.questions import EVERY_QUESTION, LATENCY
from core.tree import Verdict
from core.walk import THRESHOLDS_OF, Facts, Span, Walk, facts_of, quality_now, span_ends

PAYS, CHEAPER_COSTS_LESS = frozenset({Outcome(True, False)}), frozenset({Outcome(True, True)})
COST_KEYS = ("model", "prompt_tokens", "output_tokens")
THREE = 3
MOST_DIGITS = 15


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
    search = _Search(walk)
    if search.verdict is None:
        return ()
    return (*search.answers_flips(), *search.assumption_flips(present))


@dataclass(frozen=True)
class _Search:
    walk: Walk

    @cached_property
    def facts(self) -> Facts:
        return facts_of(self.walk.answers)

    @cached_property
    def possible(self) -> frozenset[Verdict]:
        return self.walk.possible(self.facts)

    @cached_property
    def verdict(self) -> Verdict | None:
        return self.walk.verdict(self.facts)

    @property
    def answers(self) -> Answers:
        return self.walk.answers

    def is_changed(self, verdict: Verdict | None) -> bool:
        return verdict != self.verdict

    def verdict_with(self, key: str, value: Answer) -> Verdict | None:
        """The verdict with one answer in place of the present one."""
        answers = self.answers.with_answer(key, value)
        walk = self.walk
        if key == "data_may_leave":
            walk = Walk(answers, walk.policy, walk.on)
        elif key in ("reasons", "latency_now_ms", "latency_ms"):
            terms = self.payback.terms.with_reasons(answers)
            alike = terms.latency_is_a_reason == self.payback.terms.latency_is_a_reason
            walk = Walk(answers, walk.policy, walk.on, payback=self.payback if alike else Payback(terms))
        return walk.verdict(facts_of(answers))

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
                changing.append(Flip(key, answer, other, verdict))
        yield from changing or [Flip(key, answer, None, None)]

    def _of_number(self, key: str, answer: Decimal | Between, *, up: bool) -> Flip:
        found = (
            self._in_a_range(key, answer, up)
            if isinstance(answer, Between)
            else self._beyond(key, answer, up)
        )
        side = "above" if up else "below"
        if found is None:
            return Flip(key, answer, None, None, side)
        return Flip(key, answer, found, self.verdict_with(key, found), side)

    def _beyond(self, key: str, near: Decimal, up: bool) -> Decimal | None:
        """The nearest value beyond a number that has the present verdict."""
        match key:
            case "eval_correct":
                return self._eval_correct(near, up)
            case "calls_per_month":
                return self._calls(key, near, up)
            case "labelled_examples" if self.looks_at_the_ledger:
                return self._labels(key, near, up)
            case _ if ANSWERS[key].is_counted:
                (name,) = THRESHOLDS_OF[key]
                return self._at_threshold(key, near, up, self.walk.threshold(name))
            case _:
                return self._share(key, near, up)

    def _in_a_range(self, key: str, answer: Between, up: bool) -> Decimal | None:
        """By the rule for ranges: inside where an end has another verdict, else beyond the end."""
        low = Decimal(0) if answer.low is None else answer.low
        high = ANSWERS[key].high if answer.high is None else answer.high
        near, far = (high, low) if up else (low, high)
        # Where one verdict is left no single value has another, save of latencies: only single numbers strike them.
        if len(self.possible) > 1 or key in LATENCY.keys:
            if self.is_changed(self._single(key, near)):
                return self._inward(key, near, far, up)
            if not self.is_changed(self._single(key, far)):
                inside = self._beyond(key, far, up)
                if inside is not None and low < inside < high:
                    return inside
        return None if _end(answer, up=up) is None else self._beyond(key, near, up)

    def _single(self, key: str, value: Decimal) -> Verdict | None:
        is_priced = key in ("calls_per_month", "labelled_examples") and self.looks_at_the_ledger
        return self._verdict_priced(key, value) if is_priced else self.verdict_with(key, value)

    def _inward(self, key: str, near: Decimal, far: Decimal, up: bool) -> Decimal:
        """From one end of a range: the last value that has the verdict of that end; the end where all have it."""
        verdict = self._single(key, near)

        def stays(value: Decimal) -> bool:
            is_inside = value >= far if up else value <= far
            return is_inside and self._single(key, value) == verdict

        if ANSWERS[key].is_counted:
            first = _whole(near, up=not up)
            if key == "calls_per_month" and self.looks_at_the_ledger:
                guesses = self._before_the_calls_turn(first, up=not up)
                for guess in guesses:
                    if stays(guess) and not stays(guess + (-1 if up else 1)):
                        return guess
            last = _nearer(first, stays, up=up) if stays(first) else near
            return near if last == far else last
        last, start = near, Fraction(near)
        places = (p for p in self._places(key) if min(near, far) < p < max(near, far))
        for place in (*sorted(places, reverse=up), Fraction(far)):
            before = _between(place, start, up=up)
            if before is not None:
                if not stays(before):
                    return last
                last = before
            exactly = _rounded(place, MOST_DIGITS, up=up)
            if Fraction(exactly) == place:
                if not stays(exactly):
                    return last
                last = exactly if _rounded(place, THREE, up=up) == exactly else last
            start = place
        return near

    def _at_threshold(self, key: str, near: Decimal, up: bool, limit: Decimal) -> Decimal | None:
        value = Decimal(ceil(limit)) - (0 if up else 1)
        beyond = value >= near if up else value <= near
        if value < 0 or not beyond or not self.is_changed(self.verdict_with(key, value)):
            return None
        return value

    def _shares(self) -> list[Fraction]:
        limits = ("closable_gap", "redefine_at")
        return [Fraction(1), *(Fraction(self.walk.threshold(name)) for name in limits)]

    def _places(self, key: str) -> list[Fraction]:
        """Where the verdict can turn along a quality or a latency: where it meets a threshold, or the other figure."""
        match key:
            case "quality_now":
                target = _ends_of(self.answers.of("quality_target"))
                return [share * end for share in self._shares() for end in target]
            case "quality_target":
                span = quality_now(self.answers) or Span(Decimal(0), Decimal(1))
                ends = (Fraction(span.low), Fraction(span.high or 0))
                return [end / share for share in self._shares() if share for end in ends]
            case _:
                other = self.answers.of("latency_ms" if key == "latency_now_ms" else "latency_now_ms")
                return [Fraction(other)] if isinstance(other, Decimal) else []

    def _share(self, key: str, near: Decimal, up: bool) -> Decimal | None:
        """The nearest quality or latency beyond one: on or just beyond a place where the verdict can turn."""
        at, most = Fraction(near), ANSWERS[key].high
        places = {Fraction(0), Fraction(most), at, *self._places(key)}
        ordered = sorted(
            (p for p in places if 0 <= p <= most and (p >= at if up else p <= at)), reverse=not up
        )
        for place, following in zip(ordered, [*ordered[1:], None], strict=True):
            exactly = _rounded(place, THREE, up=up)
            tried = [exactly] if Fraction(exactly) == place and place != at else []
            if following is not None:
                beyond = _between(place, following, up=up)
                tried += [] if beyond is None else [beyond]
            for value in tried:
                if 0 <= value <= most and self.is_changed(self.verdict_with(key, value)):
                    return value
        return None

    def _eval_correct(self, at: Decimal, up: bool) -> Decimal | None:
        total = self.answers.of("eval_total")
        assert isinstance(total, Decimal)
        near, cases = int(at), int(total)
        target = _ends_of(self.answers.of("quality_target"))
        limits = {share * end for share in self._shares() for end in target}
        turns = {turn for limit in limits for turn in _where_the_interval_meets(cases, limit)}
        values = sorted((v for v in turns if (v > near if up else v < near)), reverse=not up)
        tried = [v for v in values if 0 <= v <= cases]
        return next(
            (Decimal(v) for v in tried if self.is_changed(self.verdict_with("eval_correct", Decimal(v)))),
            None,
        )

    # What the ledger decides

    @cached_property
    def looks_at_the_ledger(self) -> bool:
        return "calls_per_month" in self.walk.met(self.facts)

    def _each(self, facts: Facts) -> Mapping[Outcome, tuple[frozenset[Verdict], frozenset[str]]]:
        """The verdicts and the questions that are reached with each outcome, and these labelled examples."""
        labels = facts.labelled_examples
        if labels not in self._reached:
            told = {outcome: replace(self.walk, told=outcome) for outcome in EVERY_OUTCOME}
            self._reached[labels] = {outcome: walk.reached(facts) for outcome, walk in told.items()}
        return self._reached[labels]

    @cached_property
    def _reached(self) -> dict[Span, Mapping[Outcome, tuple[frozenset[Verdict], frozenset[str]]]]:
        return {}

    def _told(self, facts: Facts) -> Changed:
        """Whether outcomes of the ledger change the verdict, with these facts."""
        each = self._each(facts)
        answered: dict[Outcomes, bool] = {}

        def changed(outcomes: Outcomes) -> bool:
            if outcomes not in answered:
                possible = frozenset[Verdict]().union(*(each[outcome][0] for outcome in outcomes))
                settled = len(self.possible) == 1
                answered[outcomes] = possible != self.possible if settled else len(possible) == 1
            return answered[outcomes]

        return changed

    def _matters(self, changed: Changed) -> bool:
        return any(changed(frozenset({outcome})) for outcome in EVERY_OUTCOME)

    def _ends_of_labels(self, facts: Facts) -> list[Decimal]:
        knots = self.payback.knots(span_ends(facts.labelled_examples))
        return list(dict.fromkeys((knots[0], knots[-1])))

    def _leaves_several(self, facts: Facts, outcomes: Outcomes) -> bool:
        """Whether some of the outcomes in a range leave several verdicts already, with nothing left to ask.

        That spares looking for the others.
        """
        limit = self.walk.policy.enough_labels
        if len({end >= limit for end in self._ends_of_labels(facts)}) > 1:
            return False
        each = self._each(facts)
        possible = frozenset[Verdict]().union(*(each[outcome][0] for outcome in outcomes))
        return len(possible) > 1 and all(questions <= facts.asked for _, questions in each.values())

    def _outcomes_at(self, calls: Iterable[Decimal], labels: Iterable[Decimal]) -> Outcomes:
        """What the ledger says at each of some volumes and numbers of labelled examples."""
        outcomes: Outcomes = frozenset()
        for volume, labelled in product(calls, labels):
            is_priced = volume >= self.walk.policy.low_volume or self._is_stated(None)
            outcomes |= self.payback.outcomes_at(volume, labelled) if is_priced else NO_PAYBACK
        return outcomes

    @cached_property
    def payback(self) -> Payback:
        return self.walk.paying

    def _turning(self, calls: Decimal, labelled: Decimal) -> Turning:
        return Turning(self.payback, calls, labelled)

    def _calls(self, key: str, near: Decimal, up: bool) -> Decimal | None:
        changed = self._told(self.facts)
        if not self.looks_at_the_ledger or not self._matters(changed):
            return None
        low = Decimal(0) if self._is_stated(None) else self.walk.policy.low_volume

        def windows(labelled: Decimal) -> Iterator[Window]:
            below: Window = (float(ceil(low)) - 1, 0.0)
            silent = low > 0 and changed(NO_PAYBACK)
            turning = self._turning(near, labelled)
            yield from turning.along_calls(max(near, low) if up else near, low, changed, up=up)
            if not up and silent:
                yield min(below[0], float(near)), 0.0

        return self._nearest(
            key, near, up, (windows(labelled) for labelled in self._ends_of_labels(self.facts)), 0
        )

    def _before_the_calls_turn(self, near: Decimal, *, up: bool) -> list[Decimal]:
        """Where the last calls before another outcome may lie, on the way from some: to be tried, nearest first."""
        low = Decimal(0) if self._is_stated(None) else self.walk.policy.low_volume
        edges = [low] if (near < low if up else near > low) else []
        for labelled in self._ends_of_labels(self.facts):
            here = self._outcomes_at([near], [labelled])
            start = max(near, low) if up else near
            windows = self._turning(start, labelled).along_calls(start, low, lambda told: told != here, up=up)  # noqa: B023
            edges += [Decimal(repr(edge)) for edge, _ in islice(windows, 1)]
        lasts = sorted((_whole(edge, up=up) - (1 if up else -1) for edge in edges), reverse=not up)
        tried = [value for last in lasts[:2] for value in (last, last + 1, last - 1)]
        return [value for value in tried if (value >= near if up else value <= near)]

    def _labels(self, key: str, near: Decimal, up: bool) -> Decimal | None:
        limit = Decimal(ceil(self.walk.policy.enough_labels))
        few = replace(self.facts, labelled_examples=Span(limit - 1, limit - 1))
        many = replace(self.facts, labelled_examples=Span(limit, limit))

        def windows(calls: Decimal) -> Iterator[Window]:
            silent = calls < self.walk.policy.low_volume and not self._is_stated(None)
            parts = [(Decimal(0), limit - 1, few), (limit, max(LARGEST_ANSWER, near), many)]
            for low, high, facts in parts if up else reversed(parts):
                if high < 0 or (high < near if up else low > near):
                    continue
                changed, start = self._told(facts), max(near, low) if up else min(near, high)
                if silent:
                    if changed(NO_PAYBACK):
                        yield float(start), float(high if up else low)
                elif self._matters(changed):
                    yield from self._turning(calls, start).along_labels(start, changed, low, high, up=up)

        return self._nearest(key, near, up, (windows(calls) for calls in _ends_of_calls(self.facts)), 0)

    def _nearest(
        self, key: str, near: Decimal, up: bool, sides: Iterable[Iterator[Window]], digits: int
    ) -> Decimal | None:
        """The nearest value of an answer in any of the windows that does change the verdict."""

        def changes(value: Decimal) -> bool:
            beyond = value > near if up else value < near
            return (
                beyond and 0 <= value <= LARGEST_ANSWER and self.is_changed(self._verdict_priced(key, value))
            )

        found = [_first(windows, changes, up=up, digits=digits) for windows in sides]
        reached = [_nearer(value, changes, up=up) for value in found if value is not None]
        return min(reached, key=lambda value: abs(value - near), default=None)

    def _verdict_priced(self, key: str, value: Decimal) -> Verdict | None:
        """The verdict with another number of calls or of labelled examples, where the ledger decides."""
        change: dict[str, Any] = {key: Span(value, value)}
        facts = replace(self.facts, **change)
        calls, labels = _ends_of_calls(facts), self._ends_of_labels(facts)
        is_range = len(calls) > 1 or len(labels) > 1
        if is_range and self._leaves_several(facts, self._outcomes_at(calls, labels)):
            return Verdict.MEASURE_FIRST
        return self.verdict_with(key, value)

    def _is_stated(self, key: str | None) -> bool:
        """Whether a low volume is priced, when ``key`` is stated too."""
        return set(COST_KEYS) <= {*self.answers.assumptions, key}

    # Assumptions

    def _telling_calls(self) -> list[Decimal]:
        """The ends of the calls, and where own servers cost the most and the least for the calls between them."""
        ends = _ends_of_calls(self.facts)
        per_call = self.payback.own(self.payback.terms.labelled).replicas.per_call
        if len(ends) == 1 or not per_call:
            return ends
        hair = Decimal("1e-12")
        first, last = ((end * per_call).to_integral_value(ROUND_CEILING) for end in ends)
        steps = first / per_call * (1 + hair), (last - 1) / per_call * (1 - hair)
        return [*ends, *(step for step in dict.fromkeys(steps) if ends[0] < step < ends[1])]

    def assumption_flips(self, present: Mapping[str, AssumptionValue | None]) -> Iterator[Flip]:
        """The flips of every assumption that node 5 looks at, where it stands on an open path and matters."""
        changed = self._told(self.facts)
        if not self.looks_at_the_ledger or not self._matters(changed):
            return
        corners = [
            self._turning(calls, labelled)
            for calls in self._telling_calls()
            for labelled in self.payback.knots(span_ends(self.facts.labelled_examples))
        ]
        leaves_ranges_open = len(corners) > 1 and len(self.possible) > 1
        for key in DEPENDED_ON:
            value = present.get(key)
            if isinstance(value, Decimal):
                yield from (
                    self._of_assumption_of_ranges(key, value, corners)
                    if leaves_ranges_open
                    else self._of_assumption(key, value, corners, changed)
                )

    def _of_assumption_of_ranges(self, key: str, present: Decimal, corners: list[Turning]) -> Iterator[Flip]:
        """The flips of one assumption where ranges leave several verdicts: where all the corners agree on one.

        A place between the corners may turn a little later than they do: every value is tried over the whole ranges.
        """
        low = self.walk.policy.low_volume
        priced = [turning for turning in corners if turning.calls >= low or self._is_stated(key)]
        if not priced or not ASSUMPTIONS[key].spans(present):
            return
        agreed = [told for told in self._single_verdicts() if len(priced) == len(corners) or told(NO_PAYBACK)]
        digits = 0 if ASSUMPTIONS[key].is_counted else THREE
        found_with: dict[Decimal, Verdict | None] = {}

        def verdict(value: Decimal) -> Verdict | None:
            if value not in found_with:
                found_with[value] = self._verdict_assuming(key, value, corners)
            return found_with[value]

        for up in (False, True):

            def changes(value: Decimal, up: bool = up) -> bool:
                beyond = value > present if up else value < present
                return beyond and ASSUMPTIONS[key].spans(value) and self.is_changed(verdict(value))

            found = [
                _first_or_later(_where_all(priced, key, present, told, up=up), changes, up=up, digits=digits)
                for told in agreed
            ]
            nearest = min((v for v in found if v is not None), key=lambda v: abs(v - present), default=None)
            side = "above" if up else "below"
            yield Flip(key, present, nearest, None if nearest is None else verdict(nearest), side)

    def _single_verdicts(self) -> list[Changed]:
        """For each verdict that an outcome can settle: whether these outcomes leave only that one."""
        each = self._each(self.facts)
        settled = {possible for possible, _ in each.values() if len(possible) == 1}
        leading = [
            frozenset(outcome for outcome in EVERY_OUTCOME if each[outcome][0] == one) for one in settled
        ]
        return [outcomes.issuperset for outcomes in leading]

    def _of_assumption(
        self, key: str, present: Decimal, corners: list[Turning], changed: Changed
    ) -> Iterator[Flip]:
        low = self.walk.policy.low_volume
        priced = [turning for turning in corners if turning.calls >= low or self._is_stated(key)]
        if not priced or not ASSUMPTIONS[key].spans(present):
            return
        if key in CHEAPER_ALONE and changed(PAYS) == changed(CHEAPER_COSTS_LESS):
            yield from (Flip(key, present, None, None, side) for side in ("below", "above"))
            return
        # A default need not be the same once it is stated: every base would have the stated price, say.
        if any(changed(turning.stated(key, present)) for turning in priced):
            return
        digits = 0 if ASSUMPTIONS[key].is_counted else THREE

        found_with: dict[Decimal, Verdict | None] = {}

        def verdict(value: Decimal) -> Verdict | None:
            if value not in found_with:
                found_with[value] = self._verdict_assuming(key, value, corners)
            return found_with[value]

        for up in (False, True):

            def changes(value: Decimal, up: bool = up) -> bool:
                beyond = value > present if up else value < present
                return beyond and ASSUMPTIONS[key].spans(value) and self.is_changed(verdict(value))

            sides = [turning.along(key, present, changed, up=up) for turning in priced]
            found = [_first(windows, changes, up=up, digits=digits) for windows in sides]
            nearest = min((v for v in found if v is not None), key=lambda v: abs(v - present), default=None)
            side = "above" if up else "below"
            yield Flip(key, present, nearest, None if nearest is None else verdict(nearest), side)

    def _verdict_assuming(self, key: str, value: Decimal, corners: list[Turning]) -> Verdict | None:
        """The verdict with one assumption stated. Often what the ledger says at the ends of ranges is enough."""
        walk = self.walk
        low = walk.policy.low_volume
        at_the_ends = [
            corner.outcomes_with(key, value) if corner.calls >= low or self._is_stated(key) else NO_PAYBACK
            for corner in corners
        ]
        outcomes: Outcomes = frozenset().union(*at_the_ends)
        if len(corners) == len(outcomes) == 1:
            if outcomes not in self._verdicts:
                (outcome,) = outcomes
                self._verdicts[outcomes] = replace(walk, told=outcome).verdict(self.facts)
            return self._verdicts[outcomes]
        if len(corners) > 1 and self._leaves_several(self.facts, outcomes):
            return Verdict.MEASURE_FIRST
        terms = self.payback.terms.with_assumption(key, value)
        return Walk(terms.answers, walk.policy, walk.on, payback=Payback(terms)).verdict(self.facts)

    @cached_property
    def _verdicts(self) -> dict[Outcomes, Verdict | None]:
        return {}


def _first(
    windows: Iterator[Window], changes: Callable[[Decimal], bool], *, up: bool, digits: int
) -> Decimal | None:
    """The first value inside the windows that does what it is there for, rounded away from the near end."""
    for near, far in windows:
        for value in _roundings(near, far, up=up, digits=digits):
            if changes(value):
                return value
    return None


def _where_all(
    corners: Iterable[Turning], key: str, present: Decimal, changed: Changed, *, up: bool
) -> list[Window]:
    """Where an assumption changes the outcome at every corner, the nearest first."""
    common: list[Window] | None = None
    for corner in corners:
        windows = list(corner.along(key, present, changed, up=up))
        common = windows if common is None else _in_both(common, windows, up=up)
        if not common:
            return []
    return common or []


def _in_both(one: list[Window], other: list[Window], *, up: bool) -> list[Window]:
    """What two lists of windows have in common; both are in the order in which they are met."""
    found: list[Window] = []
    i = j = 0
    nearer, farther = (min, max) if up else (max, min)
    while i < len(one) and j < len(other):
        near, far = farther(one[i][0], other[j][0]), nearer(one[i][1], other[j][1])
        if (near < far) if up else (near > far):
            found.append((near, far))
        ends_first = (one[i][1] < other[j][1]) if up else (one[i][1] > other[j][1])
        i, j = (i + 1, j) if ends_first else (i, j + 1)
    return found


def _first_or_later(
    windows: list[Window], changes: Callable[[Decimal], bool], *, up: bool, digits: int
) -> Decimal | None:
    """The first value that does it: where a window begins, or between there and its end."""
    for near, far in windows:
        # On a kink one of the two sides may have it and not the other; rounding may leave what the number can be.
        firsts = list(islice(_roundings(near, far, up=up, digits=digits), 2))
        for first in firsts:
            if changes(first):
                return first
        lasts = islice(_roundings(far, near, up=not up, digits=digits), 2)
        last = next(filter(changes, lasts), None)
        if firsts and last is not None:
            return _turn_between(firsts[-1], last, changes, up=up, digits=digits)
    return None


def _turn_between(
    first: Decimal, last: Decimal, changes: Callable[[Decimal], bool], *, up: bool, digits: int
) -> Decimal:
    """Of two values, of which only the last does it: the first between them that does."""
    while True:
        middle = (first * last).sqrt() if min(first, last) > 0 else (first + last) / 2
        middle = _whole(middle, up=up) if digits == 0 else _rounded(Fraction(middle), digits, up=up)
        if not min(first, last) < middle < max(first, last):
            beside = first + (1 if up else -1) if digits == 0 else _next(first, digits, up=up)
            is_between = min(first, last) < beside < max(first, last)
            return beside if is_between and changes(beside) else last
        first, last = (first, middle) if changes(middle) else (middle, last)


def _nearer(value: Decimal, changes: Callable[[Decimal], bool], *, up: bool) -> Decimal:
    """The first whole number that does it too, on the way back from one that does.

    The hit rate of a cache bends the costs of few calls, so that the value found may lie a little too far.
    """
    way = -1 if up else 1
    step, last = 1, value
    while changes(value + way * step):
        last, step = value + way * step, step * 2
    first = value + way * step
    while abs(last - first) > 1:
        middle = ((last + first) / 2).to_integral_value(ROUND_FLOOR)
        first, last = (first, middle) if changes(middle) else (middle, last)
    return last


def _roundings(near: float, far: float, *, up: bool, digits: int) -> Iterator[Decimal]:
    """What a window's near end may be rounded to, inside the window; the least digits first.

    The near end comes from binary arithmetic: it is tried a hair nearer and a hair farther as well.
    """
    hair = abs(near) * 1e-11 + 1e-15
    way = hair if up else -hair
    low, high = (near - hair, far + hair) if up else (far - hair, near + hair)
    tried: set[Decimal] = set()
    for places in [0] if digits == 0 else range(digits, MOST_DIGITS + 1):
        for start in (near - way, near + way):
            exact = Decimal(repr(start))
            value = _whole(exact, up=up) if digits == 0 else _rounded(Fraction(exact), places, up=up)
            if value not in tried and Decimal(repr(low)) <= value <= Decimal(repr(high)):
                tried.add(value)
                yield value


def _whole(value: Decimal, *, up: bool) -> Decimal:
    return value.to_integral_value(ROUND_CEILING if up else ROUND_FLOOR)


def _rounded(value: Fraction, digits: int, *, up: bool) -> Decimal:
    """A number to so many significant digits, rounded up or down."""
    context = Context(prec=digits, rounding=ROUND_CEILING if up else ROUND_FLOOR)
    rounded = context.divide(Decimal(value.numerator), Decimal(value.denominator))
    return rounded.normalize(Context(prec=digits)) if rounded else Decimal(0)


def _next(value: Decimal, digits: int, *, up: bool) -> Decimal:
    """The next number of so many significant digits."""
    context = Context(prec=digits)
    return value.next_plus(context) if up else value.next_minus(context)


def _between(place: Fraction, following: Fraction, *, up: bool) -> Decimal | None:
    """The first number beyond one place and before the next, with as few digits as there can be, but at least three."""
    for digits in range(THREE, 3 * MOST_DIGITS):
        value = _rounded(place, digits, up=up)
        if Fraction(value) == place:
            step = Decimal(1).scaleb((value.adjusted() if value else 0) - digits + 1)
            value = value + step if up else _just_below(value, digits)
        if Fraction(value) == following or ((value < following) if up else (value > following)):
            return value
    return None


def _just_below(value: Decimal, digits: int) -> Decimal:
    return value.next_minus(Context(prec=digits))


def _where_the_interval_meets(total: int, limit: Fraction) -> Iterator[int]:
    """The numbers of right answers on both sides of where an end of the interval meets a limit."""
    for end in ("low", "high"):
        few, many = -1, total + 1
        while many - few > 1:
            middle = (few + many) // 2
            reached = Fraction(getattr(wilson(middle, total), end)) >= limit
            few, many = (few, middle) if reached else (middle, many)
        yield from (few, many)
        # An end that is the limit itself is over it for some branches and not for others.
        yield many + 1


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


def _end(answer: Answer | AssumptionValue, *, up: bool) -> Decimal | None:
    if isinstance(answer, Between):
        return answer.high if up else answer.low
    return answer if isinstance(answer, Decimal) else None


def _ends_of_calls(facts: Facts) -> list[Decimal]:
    low, high = span_ends(facts.calls_per_month)
    return list(dict.fromkeys((low, MOST_CALLS if high is None else high)))


def _ends_of(answer: Answer) -> tuple[Fraction, Fraction]:
    """The least and the most that a quality may be."""
    if isinstance(answer, Between):
        low = Decimal(0) if answer.low is None else answer.low
        high = Decimal(1) if answer.high is None else answer.high
        return Fraction(low), Fraction(high)
    return (Fraction(answer), Fraction(answer)) if isinstance(answer, Decimal) else (Fraction(0), Fraction(1))
