"""The best case against a verdict, from the numbers of the same consultation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from core import inputs
from core.answers import Answers
from core.costs.ledger import Estimate, Option
from core.flips import Flip
from core.policy import Policy
from core.prices.names import model_name
from core.tree import TUNING, Verdict
from core.wording import HEADLINES, counted, from_calls, money, months, percent

UNTRIED = ("prompt_examples", "below")
"""What was tried is not untried: that fewer examples would change a verdict speaks not against it."""

_QUALITIES = ("quality_now", "quality_target")


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the case against a verdict. ``rests_on``: the inputs or options whose figures it uses."""

    says: str
    rests_on: tuple[str, ...]


@dataclass(frozen=True)
class CaseAgainst:
    """What a case against a verdict is made from."""

    answers: Answers
    policy: Policy
    verdict: Verdict
    leaning: Verdict
    flips: tuple[Flip, ...]
    ledger: Estimate

    def points(self) -> tuple[Point, ...]:
        """The points, the weightiest kinds first; empty where the numbers hold nothing against it."""
        if self.verdict in TUNING:
            kinds: tuple[Callable[[], Iterator[Point]], ...] = (
                self._training,
                self._volume,
                self._weeks,
                self._one_task,
                self._base,
            )
        elif self.verdict == Verdict.SELF_HOST:
            kinds = (self._own_servers, self._kept_in)
        else:
            kinds = (self._leaning, self._gap, self._bill, self._volume, self._data_leaves)
        found = [point for kind in kinds for point in kind()]
        told = {key for point in found for key in point.rests_on}
        return (*found, *self._nearest(told))

    # Against tuning

    def _training(self) -> Iterator[Point]:
        tuned, baseline = self._tuned, self._baseline
        if tuned is None or baseline is None:
            return
        once, month, other = tuned.up_front.amount, tuned.month.amount, baseline.month.amount
        start = f"{_least(tuned)}{money(once)} before the tuned model answers once"
        if tuned.payback_months is None:
            says = f"It takes {start}, and a month then costs {money(month)} against {money(other)} for the prompt."
        else:
            back = f"{months(tuned.payback_months)} pass until that is back"
            says = (
                f"It takes {start}; at {money(month)} a month against {money(other)} for the prompt, {back}."
            )
        yield Point(says, (tuned.option, baseline.option))

    def _weeks(self) -> Iterator[Point]:
        flip = self._flip("can_wait")
        if flip is not None:
            low, high = self.policy.iteration_weeks_low, self.policy.iteration_weeks_high
            change = f"A change takes {low:f} to {high:f} weeks instead of minutes"
            yield Point(f"{change}; if you could not wait for that: {_lower(flip)}.", ("can_wait",))

    def _one_task(self) -> Iterator[Point]:
        tuned = self._tuned
        if tuned is not None and tuned.up_front.amount > 0:
            yield Point(
                f"It does one task: each further one takes {_least(tuned)}{money(tuned.up_front.amount)} of its own.",
                (tuned.option,),
            )

    def _base(self) -> Iterator[Point]:
        tuned = self._tuned
        if tuned is None or tuned.option != "hosted":
            return
        life = self.ledger.assumptions["base_life_months"].value
        if not isinstance(life, Decimal):
            return
        flip = self._flip("base_life_months", "below")
        until = f" (it retires on {tuned.retires_on})" if tuned.retires_on else ""
        then = f"; with {counted(_there(flip), 'months')} it would be: {_lower(flip)}" if flip else ""
        yield Point(
            f"{model_name(tuned.model)} can be counted on for {months(life)}{until}{then}.",
            ("base_life_months",),
        )

    # Against prompting

    def _leaning(self) -> Iterator[Point]:
        if self.verdict == Verdict.MEASURE_FIRST:
            yield Point(
                f"At the point estimates it would be decided already: {_brief(self.leaning)}.",
                ("leaning",),
            )

    def _gap(self) -> Iterator[Point]:
        target = self.answers.number("quality_target")
        correct, total = self.answers.of("eval_correct"), self.answers.of("eval_total")
        now = self.answers.number("quality_now")
        if isinstance(correct, Decimal) and isinstance(total, Decimal):
            now = correct / total
        if now is None or target is None or now >= target:
            return
        says = f"It is right {percent(now)} of the time and should be {percent(target)}"
        calls = self.answers.number("calls_per_month")
        if calls:
            says += f": {counted((target - now) * calls, 'wrong answers')} too many a month"
        yield Point(f"{says}.", ("quality_now", "quality_target"))

    def _bill(self) -> Iterator[Point]:
        tuned, baseline = self._tuned, self._baseline
        if tuned is None or baseline is None:
            return
        saved = baseline.month.amount - tuned.month.amount
        if saved > 0:
            prompt, month = money(baseline.month.amount), money(tuned.month.amount)
            once = money(tuned.up_front.amount)
            says = f"A month of the prompt costs {prompt}; tuned it would be {_least(tuned)}{month}"
            yield Point(f"{says}, after {once} up front.", (baseline.option, tuned.option))
        elif tuned.crossover_within_horizon_calls and self._flip("calls_per_month", "above") is None:
            calls = from_calls(tuned.crossover_within_horizon_calls)
            yield Point(
                f"From {counted(calls, 'calls a month')} on, tuning pays back in time.", (tuned.option,)
            )

    def _data_leaves(self) -> Iterator[Point]:
        flip = self._flip("data_may_leave", to=False)
        if flip is not None and flip.verdict == Verdict.SELF_HOST:
            calls = self.answers.number("calls_per_month")
            much = f"{counted(calls, 'calls a month')} send" if calls else "Every call sends"
            yield Point(
                f"{much} your data to a provider; if it may not leave: {_lower(flip)}.", ("data_may_leave",)
            )

    # Against keeping it in-house

    def _own_servers(self) -> Iterator[Point]:
        options = self.ledger.options or self.ledger.scenarios[0].options
        option = next((o for o in options if o.option == "self_hosted_prompted"), None)
        if option is not None:
            note = next((f" {n}." for n in option.notes if "failover" in n), "")
            hours = counted(str(self.ledger.assumptions["on_call_hours"].value), "hours")
            month = f"{_least(option)}{money(option.month.amount)} a month"
            says = f"Servers of your own cost {month} at {counted(option.calls, 'calls')}"
            yield Point(
                f"{says}, {hours} on call among it.{note}",
                (option.option, "on_call_hours"),
            )

    def _kept_in(self) -> Iterator[Point]:
        flip = self._flip("data_may_leave", to=True)
        if flip is not None:
            then = "other answers would decide" if flip.verdict is None else _lower(flip)
            yield Point(f"If the data may leave after all: {then}.", ("data_may_leave",))

    # Numbers

    def _volume(self) -> Iterator[Point]:
        side = "below" if self.verdict in TUNING else "above"
        flip = self._flip("calls_per_month", side)
        if flip is not None and flip.verdict is not None:
            word = "At" if side == "above" else "At no more than"
            there, here = _there(flip), inputs.shown(flip.input, flip.present)
            yield Point(
                f"{word} {counted(there, 'calls a month')} instead of {here}: {_lower(flip)}.",
                ("calls_per_month",),
            )

    def _nearest(self, told: set[str]) -> Iterator[Point]:
        """The number that is nearest to changing it, unless a point has said so."""
        near = [
            (flip.factor, flip)
            for flip in self.flips
            if flip.factor is not None and flip.verdict and (flip.input, flip.side) != UNTRIED
        ]
        if not near:
            return
        _, flip = min(near, key=lambda pair: (pair[0], pair[1].input))
        if flip.input in told and flip.input not in _QUALITIES:
            return
        name = inputs.name(flip.input)
        there, here = _there(flip), inputs.shown(flip.input, flip.present)
        yield Point(
            f"Nearest to changing it: {name}, {there} instead of {here}: {_lower(flip)}.", (flip.input,)
        )

    def _flip(self, key: str, side: str | None = None, *, to: bool | None = None) -> Flip | None:
        """The flip of an input on one side; of a choice the one that leads to this answer, where one is named."""
        wanted = (f for f in self.flips if f.input == key and f.side == side and f.to is not None)
        if to is not None:
            return next((flip for flip in wanted if flip.to is to), None)
        return next((flip for flip in wanted if flip.verdict is not None), None)

    @property
    def _tuned(self) -> Option | None:
        return None if self.ledger.calls is None else self.ledger.volumes[0].best_tuned

    @property
    def _baseline(self) -> Option | None:
        return self.ledger.option(self.ledger.baseline) if self.ledger.baseline else None


def _least(option: Option) -> str:
    return "at least " if option.first_year.at_least else ""


def _brief(verdict: Verdict) -> str:
    """The half of a headline that says it."""
    return HEADLINES[verdict].partition(":")[0]


def _lower(flip: Flip) -> str:
    """The other verdict amid a sentence."""
    assert flip.verdict is not None
    headline = _brief(flip.verdict)
    return headline[0].lower() + headline[1:]


def _there(flip: Flip) -> str:
    """Where a number changes the verdict, rounded away from the present value: it has changed at what is said."""
    assert isinstance(flip.to, Decimal)
    return inputs.turning(flip.input, flip.to, up=flip.side == "above")
