"""What would change a verdict, in sentences: the near numbers, the choices, and what no value changes.

Read from the JSON form of an advice, so that a decision of last year is shown by the same code as today's advice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from bot.views.mrkdwn import bold
from bot.views.phrases import headline, listed
from core import inputs
from core.facts import ASSUMPTIONS
from core.wording import counted

Found = Mapping[str, Any]
"""The JSON form of an advice, as ``advise`` gives it and the log keeps it."""

NEAR_INPUTS = 3
"""More than three numbers in one sentence are not read; the page and the printed advice have them all."""
FURTHEST = Decimal(10)
"""A number that would have to be over ten times larger or smaller is no near one: estimates are not that far off."""
GROWING = "calls_per_month"
"""Calls a month are told however far off: it is the one number that grows by itself."""
TRIED = "prompt_examples"
"""What was tried is not untried: that fewer examples would change it is no news to anybody."""
QUALITY = ("quality_now", "eval_correct", "quality_target")
"""The quality and its target are two sides of one ratio: the nearer one is told."""
CHOICES_TOLD = 2


@dataclass(frozen=True, slots=True)
class Turn:
    """A value with which the verdict is another one; a ``verdict`` of ``None``: a further question is open then."""

    to: Any
    verdict: str | None


@dataclass(frozen=True, slots=True)
class Input:
    """What would change the verdict in one input: of a number a turn below and one above, of a choice others."""

    key: str
    present: Any
    below: Turn | None = None
    above: Turn | None = None
    others: tuple[Turn, ...] = ()

    @property
    def is_number(self) -> bool:
        return inputs.is_number(self.key)

    @property
    def is_assumed(self) -> bool:
        return self.key in ASSUMPTIONS

    @property
    def lies_inside(self) -> bool:
        """Whether the range that was given holds a value that changes the verdict: it is too wide."""
        if not self.is_number or not isinstance(self.present, list):
            return False
        low, high = _ends(self.present)
        below = self.below is not None and (low is None or Decimal(str(self.below.to)) > low)
        above = self.above is not None and (high is None or Decimal(str(self.above.to)) < high)
        return below or above

    @property
    def changes(self) -> bool:
        """Whether any value changes the verdict."""
        return bool(self.below or self.above or self.others)

    @property
    def factor(self) -> Decimal | None:
        """How many times larger or smaller it must be, from 1; ``None`` where that cannot be said."""
        found = [self.times(turn) for turn in (self.below, self.above) if turn is not None]
        factors = [max(times, 1 / times) for times in found if times]
        return min(factors, default=None)

    @property
    def distance(self) -> Decimal:
        """The factor, for sorting: what has none comes last."""
        return self.factor or Decimal("Infinity")

    def times(self, turn: Turn) -> Decimal | None:
        """A turn as a multiple of the present value; ``None`` where either is zero or unknown."""
        low, high = _ends(self.present)
        start = low if turn is self.below else high
        return Decimal(str(turn.to)) / start if start and turn.to else None


def inputs_of(found: Found) -> tuple[Input, ...]:
    """The inputs of an advice in the order of the tree, assumptions last; none while questions remain."""
    flips: dict[str, list[Mapping[str, Any]]] = {}
    for flip in found.get("flips") or ():
        flips.setdefault(str(flip["input"]), []).append(flip)
    return tuple(_input(key, told) for key, told in flips.items())


def _input(key: str, told: Sequence[Mapping[str, Any]]) -> Input:
    present = told[0]["from"]
    turns = [(_side(flip), Turn(flip["to"], flip["verdict"])) for flip in told if flip["to"] is not None]
    if not inputs.is_number(key):
        return Input(key, present, others=tuple(turn for _, turn in turns))
    # The first of a side: an advice of old may have two for one.
    sides = dict(reversed(turns))
    return Input(key, present, sides.get("below"), sides.get("above"))


def _side(flip: Mapping[str, Any]) -> str | None:
    """On which side of the present number a flip lies; of an advice that did not say so yet, by its value."""
    if "side" in flip:
        return None if flip["side"] is None else str(flip["side"])
    if not inputs.is_number(str(flip["input"])):
        return None
    low, high = _ends(flip["from"])
    to = Decimal(str(flip["to"]))
    if low is not None and to <= low:
        return "below"
    return "above" if high is not None and to >= high else None


def _ends(present: Any) -> tuple[Decimal | None, Decimal | None]:
    """Both ends of a present number; ``None`` for an end that is open."""
    low, high = present if isinstance(present, list) else (present, present)
    return (None if low is None else Decimal(str(low))), (None if high is None else Decimal(str(high)))


def nearest(found: Found) -> tuple[Input, ...]:
    """The numbers that are nearest to changing the verdict: at most three, nearest first, calls a month among them.

    A range that reaches over the place where the verdict turns is not near it, it is there: it is left out.
    What would have to become ten times larger or smaller is left out; what is zero today has no such distance, and
    comes last, for it may be near.
    """
    every = (replace(one, below=None) if one.key == TRIED else one for one in inputs_of(found))
    numbers = [one for one in every if one.is_number and one.changes and not one.lies_inside]
    close = [one for one in numbers if one.key == GROWING or one.factor is None or one.factor <= FURTHEST]
    ordered = sorted(close, key=lambda one: one.distance)
    sides = [one for one in ordered if one.key in QUALITY]
    told = [one for one in ordered if one not in sides[1:]]
    growing = [one for one in told[NEAR_INPUTS:] if one.key == GROWING]
    return (*told[: NEAR_INPUTS - len(growing)], *growing)


def stays(found: Found) -> str:
    """Stays *Keep prompting* until 1.74M calls a month, or at most $136 for an hour of engineering.

    With the verdict in bold; "" while questions remain. Each value has the new verdict already.
    """
    if not found.get("verdict") or not found.get("flips"):
        return ""
    verdict = bold(brief(found["verdict"]))
    near = nearest(found)
    if not near:
        return _far(found, verdict)
    ranges = [_between(one) for one in near if one.below and one.above]
    ends = [_end(one) for one in near if not (one.below and one.above)]
    until = f"until {listed(ends, 'or')}" if ends else ""
    return f"Stays {verdict} {' and '.join(filter(None, [', '.join(ranges), until]))}."


def _far(found: Found, verdict: str) -> str:
    """Where no number is near: whether any far one would do."""
    numbers = [one for one in inputs_of(found) if one.is_number]
    if any(one.lies_inside for one in numbers):
        return ""
    if any(one.changes and one.key != TRIED for one in numbers):
        return f"Stays {verdict} unless a number is over {FURTHEST} times larger or smaller."
    return f"No number alone changes {verdict}." if numbers else ""


def _between(one: Input) -> str:
    assert one.below is not None
    assert one.above is not None
    return inputs.between(one.key, Decimal(str(one.below.to)), Decimal(str(one.above.to)))


def _end(one: Input) -> str:
    turn = one.above or one.below
    assert turn is not None
    return inputs.near(one.key, Decimal(str(turn.to)), up=one.above is not None)


def choices(found: Found) -> tuple[str, ...]:
    """If the data may not leave: *Keep it in-house*. At most two, the last of the path first.

    The later a question stands in the tree, the closer it was to this verdict.
    """
    told = [
        (one.key, turn)
        for one in reversed(inputs_of(found))
        for turn in [turn for turn in one.others if turn.verdict][:1]
    ]
    return tuple(
        f"If {inputs.chosen(key, turn.to)}: {bold(brief(turn.verdict))}." for key, turn in told[:CHOICES_TOLD]
    )


def unmoved(found: Found) -> str:
    """None of these alone changes it: calls a month, the quality target and 40 assumptions. "" when all of them can."""
    named = unmoved_names(found, assumed=False)
    assumed = sum(one.is_assumed and not one.changes for one in inputs_of(found))
    told = [*named, *([counted(assumed, "assumptions")] if assumed else [])]
    return f"None of these alone changes it: {listed(told)}." if told else ""


def unmoved_names(found: Found, *, assumed: bool) -> list[str]:
    """The answers, or the assumptions, of which no value changes the verdict."""
    return [inputs.name(one.key) for one in inputs_of(found) if not one.changes and one.is_assumed == assumed]


def brief(verdict: str | None) -> str:
    """The first half of a headline, which says it: "Keep it in-house"."""
    return headline(verdict).partition(":")[0] if verdict else "another question decides"


def line(one: Input) -> str:
    """One input and its turns, to the last digit: *Calls a month*, now 250k. 1,351,076 or more: Fine-tune."""
    return " ".join(
        [f"{bold(inputs.title(one.key))}, now {inputs.shown(one.key, one.present)}.", *_turns(one)]
    )


def _turns(one: Input) -> Iterable[str]:
    if not one.is_number:
        verdicts = dict.fromkeys(turn.verdict for turn in one.others)
        for verdict in verdicts:
            told = [inputs.chosen(one.key, turn.to) for turn in one.others if turn.verdict == verdict]
            yield f"If {listed(told, 'or')}: {brief(verdict)}."
        return
    for side, found in (("less", one.below), ("more", one.above)):
        if found is not None:
            yield f"{inputs.exact(one.key, Decimal(str(found.to)))} or {side}: {brief(found.verdict)}."
    if one.below is None or one.above is None:
        yield f"Nothing {'smaller' if one.below is None else 'larger'} changes it."
