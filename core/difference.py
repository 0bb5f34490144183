"""The difference between two advices: what a change of answers or assumptions does to the verdict and to the figures.

Nothing here is general: each sentence states a figure of one advice beside the same figure of the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any, Literal

from core import inputs
from core.advice import Advice
from core.answers import Answer, AssumptionValue
from core.confidence import Confidence
from core.costs.ledger import Option, Total
from core.flips import Flip
from core.questions import BY_NAME
from core.tree import Verdict
from core.wording import HEADLINES, OPTION_NAMES, counted, from_calls, listed, months
from core.wording import money as dollars

CARED_FOR = frozenset(
    (
        "calls_per_month", "quality_now", "eval_correct", "quality_target", "labelled_examples", "engineer_per_hour",
        "prompt_tokens", "output_tokens",
    )
)  # fmt: skip
"""What a team knows and can move."""
NEAR, VERY_NEAR = Decimal(10), Decimal(2)
"""A flip further away than so many times is not compared: of what is cared for, and of anything else."""
MOST_FLIPS = 3
"""Sentences about flips: the nearest ones."""
YEARS_FROM = 48
"""Months from which a payback is said in years."""

About = Literal["verdict", "cost", "flip", "confidence"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One finding in plain words, and what it is about."""

    about: About
    says: str


@dataclass(frozen=True, slots=True)
class Costs:
    """The figures of one option. Months and calls are ``None`` for never, and where ``pays_back`` is not known."""

    option: str
    month: Total
    up_front: Total
    first_year: Total
    payback_months: Decimal | None
    pays_back: bool | None
    crossover_calls: Decimal | None
    crossover_within_horizon_calls: Decimal | None

    @staticmethod
    def of(option: Option | None) -> Costs | None:
        """The figures of an option of a ledger."""
        if option is None:
            return None
        return Costs(
            option.option,
            option.month,
            option.up_front,
            option.first_year,
            option.payback_months,
            option.pays_back,
            option.crossover_calls,
            option.crossover_within_horizon_calls,
        )


@dataclass(frozen=True, slots=True)
class Volume:
    """What prompting and the best tuned option cost at one number of calls a month. ``example``: nobody stated it."""

    calls: Decimal
    example: bool
    baseline: Costs | None
    tuned: Costs | None


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two advices, as far as they are compared. ``flips``: those of numbers."""

    verdict: Verdict | None
    possible: tuple[Verdict, ...]
    next_question: str | None
    confidence: Confidence | None
    volumes: tuple[Volume, ...]
    flips: tuple[Flip, ...]

    @staticmethod
    def of(advice: Advice) -> Side:
        """What of an advice is compared."""
        return Side(
            advice.verdict,
            advice.possible,
            advice.next_question,
            advice.confidence,
            _volumes(advice),
            tuple(flip for flip in advice.flips if flip.factor is not None),
        )


def _is_near(flip: Flip) -> bool:
    return flip.factor is not None and flip.factor <= (NEAR if flip.input in CARED_FOR else VERY_NEAR)


def _volumes(advice: Advice) -> tuple[Volume, ...]:
    is_example = advice.ledger.calls is None
    return tuple(
        Volume(there.calls, is_example, Costs.of(there.option(there.baseline)), Costs.of(there.best_tuned))
        for there in advice.ledger.volumes
    )


@dataclass(frozen=True, slots=True)
class FlipChange:
    """The flips of one input, before and after, where they differ: at most one on each side of its value."""

    input: str
    before: tuple[Flip, ...]
    after: tuple[Flip, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What changes from one advice to another; see :func:`difference`."""

    before: Side
    after: Side

    @property
    def flips(self) -> tuple[FlipChange, ...]:
        """The inputs of which a near flip changed: first what is cared for, then by how near it is afterwards."""
        if self.before.verdict is None or self.after.verdict is None:
            return ()
        near = [flip for flip in (*self.after.flips, *self.before.flips) if _is_near(flip)]
        near.sort(key=lambda flip: (flip.input not in CARED_FOR, flip not in self.after.flips, flip.factor))
        inputs = dict.fromkeys(flip.input for flip in near)
        pairs = (FlipChange(key, _of(key, self.before.flips), _of(key, self.after.flips)) for key in inputs)
        return tuple(pair for pair in pairs if _values(pair.before) != _values(pair.after))

    def sentences(self) -> tuple[Sentence, ...]:
        """The difference in plain words, the verdict first."""
        changes = tuple(self._changes())
        first = _verdicts(self.before, self.after)
        if not changes and self._verdict_stays:
            same = "The costs, the crossover and what would flip it stay the same."
            return (Sentence("verdict", first), Sentence("cost", same))
        return (Sentence("verdict", first), *changes)

    @property
    def _verdict_stays(self) -> bool:
        return _open(self.before) == _open(self.after)

    def _changes(self) -> Iterator[Sentence]:
        """Everything but the verdict."""
        for says in _cost_sentences(self.before.volumes, self.after.volumes):
            yield Sentence("cost", says)
        told = (change for change in self.flips if change.after or self.before.verdict == self.after.verdict)
        for change in islice(told, MOST_FLIPS):
            yield Sentence("flip", _flip_sentence(change, self.before.verdict))
        was, now = self.before.confidence, self.after.confidence
        if was is not None and now is not None and was != now:
            yield Sentence("confidence", f"Confidence: {was} → {now}.")


def difference(before: Advice, after: Advice) -> Difference:
    """What ``after`` says otherwise than ``before``."""
    return Difference(Side.of(before), Side.of(after))


def _open(side: Side) -> tuple[Any, ...]:
    """What there is to say of a verdict: itself, or what may still come of it."""
    settled = side.verdict is not None and side.verdict != Verdict.MEASURE_FIRST
    return (side.verdict, () if settled else side.possible, side.next_question)


# Verdicts


def _verdicts(before: Side, after: Side) -> str:
    if before.verdict is None and after.verdict is None:
        return _both_open(before, after)
    if before.verdict == after.verdict:
        says = f"The verdict stays “{_headline(after)}”."
        return says if _open(before) == _open(after) else f"{says} {_possible(before, after)}"
    if after.verdict is None:
        return f"“{_headline(before)}” → not settled. {_possible(before, after)} {_asks(after)}"
    if before.verdict is None:
        return f"Not settled → “{_headline(after)}”."
    return f"“{_headline(before)}” → “{_headline(after)}”."


def _both_open(before: Side, after: Side) -> str:
    if before.possible == after.possible and before.next_question == after.next_question:
        return f"Still not settled: {len(after.possible)} verdicts are possible, as before."
    asks = f" {_asks(after)}" if before.next_question != after.next_question else ""
    return f"Still not settled. {_possible(before, after)}{asks}"


def _possible(before: Side, after: Side) -> str:
    """What may still come of it: by name while those are few."""
    if set(before.possible) == set(after.possible):
        return f"The same {len(after.possible)} verdicts are possible."
    if len(after.possible) > MOST_NAMED:
        return f"Verdicts possible: {len(before.possible)} → {len(after.possible)}."
    return f"Possible then: {listed([f'“{HEADLINES[v]}”' for v in after.possible], 'or')}."


MOST_NAMED = 3


def _asks(side: Side) -> str:
    return "" if side.next_question is None else f"Asked next: {BY_NAME[side.next_question].asks}"


def _headline(side: Side) -> str:
    assert side.verdict is not None
    return HEADLINES[side.verdict]


# Costs


def _cost_sentences(before: tuple[Volume, ...], after: tuple[Volume, ...]) -> Iterator[str]:
    comparable = [volume.example for volume in before] == [volume.example for volume in after]
    for place, now in enumerate(after):
        was = before[place] if comparable else None
        at = f"At {counted(now.calls, 'calls a month')}, an example: " if now.example else ""
        for says in _at_one_volume(was, now):
            yield f"{at}{says}"
            at = ""


def _at_one_volume(was: Volume | None, now: Volume) -> Iterator[str]:
    yield from _amounts(None if was is None else was.baseline, now.baseline)
    yield from _amounts(None if was is None else was.tuned, now.tuned)
    before, after = None if was is None else was.tuned, now.tuned
    if after is None:
        return
    if before is None:
        yield f"Fine-tuning pays back: {_payback(after)}."
        return
    if _payback(before) != _payback(after):
        yield f"Fine-tuning pays back: {_payback(before)} → {_payback(after)}."
    crossing = _calls(before.crossover_calls), _calls(after.crossover_calls)
    if crossing[0] != crossing[1] and _is_known(before) and _is_known(after):
        yield f"A month costs the same at {crossing[0]} → {counted(crossing[1], 'calls a month')}."
    within = (
        _calls(before.crossover_within_horizon_calls),
        _calls(after.crossover_within_horizon_calls),
    )
    if within[0] != within[1] and within != crossing and _is_known(before) and _is_known(after):
        yield f"Fine-tuning pays back in time from {within[0]} → {counted(within[1], 'calls a month')}."


def _is_known(costs: Costs) -> bool:
    return costs.pays_back is not None


def _calls(calls: Decimal | None) -> str:
    return "no number of" if calls is None else from_calls(calls)


def _payback(costs: Costs) -> str:
    if costs.payback_months is None:
        return "unknown" if costs.pays_back is None else "never"
    if costs.payback_months == 0:
        return "at once"
    if costs.payback_months >= YEARS_FROM:
        return f"after {counted(round(costs.payback_months / 12), 'years')}"
    return f"after {months(costs.payback_months)}"


def _amounts(was: Costs | None, now: Costs | None) -> Iterator[str]:
    """ "Prompt, cached: $342 → $1,622 a month, $0 up front as before"; nothing where all amounts stay."""
    if now is None:
        if was is not None:
            yield f"{OPTION_NAMES[was.option]}: no longer an option."
        return
    name = OPTION_NAMES[now.option]
    if was is None:
        once = "" if now.up_front.amount == 0 else f", {_total(now.up_front)} up front"
        yield f"{name}: {_total(now.month)} a month{once}."
        return
    if was.option != now.option:
        yield (
            f"{OPTION_NAMES[was.option]}, {_total(was.month)} a month and {_total(was.up_front)} up front → "
            f"{name}, {_total(now.month)} a month and {_total(now.up_front)} up front."
        )
        return
    pairs = ((was.month, now.month, "a month"), (was.up_front, now.up_front, "up front"))
    changed = [f"{_total(a)} → {_total(b)} {per}" for a, b, per in pairs if _total(a) != _total(b)]
    if changed:
        yield f"{name}: {', '.join(changed)}."


def _total(total: Total) -> str:
    return f"{'at least ' if total.at_least else ''}{dollars(total.amount)}"


# Flips


def _of(key: str, flips: tuple[Flip, ...]) -> tuple[Flip, ...]:
    return tuple(sorted((flip for flip in flips if flip.input == key), key=lambda flip: str(flip.side)))


Turning = tuple[str | None, Answer | AssumptionValue | None, Verdict | None]


def _values(flips: tuple[Flip, ...]) -> list[Turning]:
    return [(flip.side, flip.to, flip.verdict) for flip in flips]


def _flip_sentence(change: FlipChange, was: Verdict | None) -> str:
    name = inputs.name(change.input)
    if not change.after:
        return f"No longer flips with {name} (it did at {_ends(change.before)})."
    if change.before and all(flip.verdict == was for flip in change.after):
        return f"Flips back with {name} at {_ends(change.after)}."
    if not change.before:
        return f"Now flips with {name} at {_ends(change.after, verdicts=True)}."
    before, after = _ends(change.before), _ends(change.after)
    if before == after:
        before, after = _ends(change.before, verdicts=True), _ends(change.after, verdicts=True)
    return f"Flips with {name} at {before} → at {after}."


def _ends(flips: tuple[Flip, ...], *, verdicts: bool = False) -> str:
    """1.29M or more, to “Fine-tune”."""
    said = []
    for flip in flips:
        which = "or more" if flip.side == "above" else "or less"
        to = f"to “{HEADLINES[flip.verdict]}”" if flip.verdict is not None else "to an open question"
        assert isinstance(flip.to, Decimal)
        value = inputs.turning(flip.input, flip.to, up=flip.side == "above")
        said.append(f"{value} {which}{f', {to}' if verdicts else ''}")
    return listed(said)
