"""What would change a verdict, in sentences: the near numbers, the choices, and what no value changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from bot.views.document import Strong, Words
from bot.views.phrases import QUESTIONS, headline, listed
from core import inputs
from core.answers import Answers
from core.told import Told
from core.told.flips import Flip, Input
from core.tree import Verdict
from core.wording import counted, percent

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
HOW_MUCH = "per_request_instructions"
"""The last question of the tree: whatever its answer, something is tuned."""
TURNS_TOLD = 3
JUST = Decimal("1.05")
"""What is nearer than this is the same number to whoever estimated it."""


def nearest(found: Told) -> tuple[Input, ...]:
    """The numbers that are nearest to changing the verdict: at most three, nearest first, calls a month among them.

    A range that reaches over the place where the verdict turns is not near it, it is there: it is left out.
    What would have to become ten times larger or smaller is left out; what is zero today has no such distance, and
    comes last, for it may be near.
    """
    every = (replace(one, below=None) if one.key == TRIED else one for one in found.inputs)
    numbers = [one for one in every if one.is_number and one.changes and not one.lies_inside]
    close = [one for one in numbers if one.key == GROWING or one.factor is None or one.factor <= FURTHEST]
    ordered = sorted(close, key=lambda one: one.distance)
    sides = [one for one in ordered if one.key in QUALITY]
    told = [one for one in ordered if one not in sides[1:]]
    growing = [one for one in told[NEAR_INPUTS:] if one.key == GROWING]
    return (*told[: NEAR_INPUTS - len(growing)], *growing)


def turns(found: Told, answers: Answers | None = None) -> tuple[Words, ...]:
    """What would change the verdict, at most three lines, the nearest numbers first, then what could be answered else.

    "At 1.26M calls a month or fewer: **Keep prompting**". Each value has the new verdict already. Those after which
    another question decides come last, unless it is a close call. ``answers``: on which it rests, where they are known.
    """
    cases, target = (answers.number(key) if answers else None for key in ("eval_total", "quality_target"))
    settled = settling(found, target)
    sides = [side for side in _sides(found) if not (len(settled) > 1 and side[0].key in QUALITY)]
    is_first = [_is_settled(turn) or _distance(turn) < JUST for _, turn in sides]
    plain = [_turn(*side, found, cases) for side, first in zip(sides, is_first, strict=True) if first]
    unsettled = [_turn(*side, found, cases) for side, first in zip(sides, is_first, strict=True) if not first]
    return (*settled, *plain, *choices(found), *unsettled)[:TURNS_TOLD]


def settling(found: Told, target: Decimal | None) -> tuple[Words, ...]:
    """Where an evaluation is too small to tell: what it leads to if it goes on like that, and if it does better.

    If 146 more cases come out the same: **Fine-tune**. If 85% or more of all turn out right: **Keep prompting**.
    """
    if found.verdict != Verdict.MEASURE_FIRST or not found.more_needed or not found.leaning:
        return ()
    more = counted(found.more_needed, "cases").replace(" ", " more ", 1)
    same = (f"If {more} come out the same: ", Strong(brief(found.leaning)), ".")
    if (
        target is None
        or Verdict.KEEP_PROMPTING not in found.possible
        or found.leaning == Verdict.KEEP_PROMPTING
    ):
        return (same,)
    reached = f"If {percent(target)} or more of all turn out right: "
    return (same, (reached, Strong(brief(Verdict.KEEP_PROMPTING)), "."))


def _sides(found: Told) -> list[tuple[Input, Flip]]:
    """The near numbers, each with a flip, the nearest first."""
    sides = [(one, turn) for one in nearest(found) for turn in (one.below, one.above) if turn is not None]
    return sorted(sides, key=lambda side: _distance(side[1]))


def _distance(turn: Flip) -> Decimal:
    times = turn.times
    return max(times, 1 / times) if times else Decimal("Infinity")


def close_call(found: Told) -> Words:
    """**A close call:** a target of 90.1% in place of 90% changes it. "" where every number is further away."""
    near = [(one, turn) for one, turn in _sides(found) if _distance(turn) < JUST]
    if not near:
        return ""
    one, turn = near[0]
    other = inputs.near(one.key, turn.number, up=turn is one.above)
    return (Strong("A close call:"), f" {other} in place of {inputs.shown(one.key, one.present)} changes it.")


def _turn(one: Input, turn: Flip, found: Told, cases: Decimal | None) -> Words:
    """At 1.26M calls a month or fewer (now 2.5M): **Keep prompting**."""
    used = found.ledger.assumptions.get(one.key)
    now = "assumed" if one.is_assumed and used is not None and used.default else "now"
    beside = f" ({now} {inputs.shown(one.key, one.present)})"
    at = _of_the_cases(one, turn, cases) or f"{inputs.at(one.key, turn.number, up=turn is one.above)}{beside}"
    return (f"{at}: ", *_then(turn, _because(one, turn)))


def _of_the_cases(one: Input, turn: Flip, cases: Decimal | None) -> str:
    """If 48 or more of the 50 had been right (40 were). "" of anything but an evaluation."""
    if one.key != "eval_correct" or cases is None:
        return ""
    right, were = (inputs.exact(one.key, number) for number in (turn.number, Decimal(str(one.present))))
    more = "more" if turn is one.above else "fewer"
    return f"If {right} or {more} of the {inputs.exact(one.key, cases)} had been right ({were} were)"


def _because(one: Input, turn: Flip) -> str:
    """Why the prompt is kept then: a better quality needs no training, and a much worse one is not closed by it."""
    if one.key not in QUALITY or turn.verdict != Verdict.KEEP_PROMPTING:
        return ""
    is_better = (one.key == "quality_target") == (turn is one.below)
    return ", the target is reached" if is_better else ", too far off for training to close"


def _is_settled(turn: Flip) -> bool:
    """Whether it is known what to do then, all but how much of it."""
    return turn.verdict is not None or turn.asks == HOW_MUCH


def _then(turn: Flip, because: str = "") -> tuple[Words, ...]:
    """The other verdict, or what it depends on then."""
    if turn.verdict is None and turn.asks is not None and turn.asks in QUESTIONS:
        if turn.asks == HOW_MUCH:
            return (Strong(brief(Verdict.FINE_TUNE)), ", all of it or its stable part.")
        return (Strong("open again"), f", {open_then(turn.asks)} decides.")
    return (Strong(brief(turn.verdict)), f"{because}.")


def open_then(question: str) -> str:
    """A question amid a sentence: "what the misses look like"."""
    return QUESTIONS[question].amid


def none_near(found: Told) -> str:
    """Where no number is near: whether any far one would do. "" while questions remain, and where one is near."""
    if not found.verdict or not found.flips or nearest(found):
        return ""
    numbers = [one for one in found.inputs if one.is_number]
    if not numbers or any(one.lies_inside for one in numbers):
        return ""
    if any(one.changes and one.key != TRIED for one in numbers):
        return f"No number changes it unless it is over {FURTHEST} times larger or smaller."
    return "No number alone changes it."


def choices(found: Told) -> tuple[Words, ...]:
    """If you cannot wait weeks for a change: **Keep prompting**. At most two, the last of the path first.

    The later a question stands in the tree, the closer it was to this verdict. Those after which another question
    decides are told where there are no others.
    """
    every = [(one.key, turn) for one in reversed(found.inputs) if not one.is_assumed for turn in one.others]
    told = {key: turn for key, turn in reversed(every) if turn.verdict} or {
        key: turn for key, turn in reversed(every) if turn.asks is not None
    }
    nearest_first = [key for key in dict.fromkeys(key for key, _ in every) if key in told]
    return tuple(
        (f"If {inputs.chosen(key, told[key].to)}: ", *_then(told[key]))
        for key in nearest_first[:CHOICES_TOLD]
    )


def unmoved(found: Told) -> str:
    """None of these alone changes it: calls a month, the quality target and 40 assumptions. "" when all of them can."""
    named = unmoved_names(found, assumed=False)
    assumed = sum(one.is_assumed and not one.changes for one in found.inputs)
    told = [*named, *([counted(assumed, "assumptions")] if assumed else [])]
    return f"None of these alone changes it: {listed(told)}." if told else ""


def unmoved_names(found: Told, *, assumed: bool) -> list[str]:
    """The answers, or the assumptions, of which no value changes the verdict."""
    return [inputs.name(one.key) for one in found.inputs if not one.changes and one.is_assumed == assumed]


def brief(verdict: str | None) -> str:
    """The first half of a headline, which says it: "Keep it in-house"."""
    return headline(verdict).partition(":")[0] if verdict else "another question decides"


def line(one: Input) -> Words:
    """One input and its turns, to the last digit: **Calls a month**, now 250k. 1,351,076 or more: Fine-tune."""
    said = " ".join([f", now {inputs.shown(one.key, one.present)}.", *_turns(one)])
    return (Strong(inputs.title(one.key)), said)


def turned(one: Input) -> str:
    """The turns of one input, a sentence each."""
    return " ".join(_turns(one))


def _turns(one: Input) -> Iterable[str]:
    if not one.is_number:
        verdicts = dict.fromkeys(turn.verdict for turn in one.others)
        for verdict in verdicts:
            told = [inputs.chosen(one.key, turn.to) for turn in one.others if turn.verdict == verdict]
            yield f"If {listed(told, 'or')}: {brief(verdict)}."
        return
    for side, found in (("less", one.below), ("more", one.above)):
        if found is not None:
            yield f"{inputs.exact(one.key, found.number)} or {side}: {brief(found.verdict)}."
    if one.below is None or one.above is None:
        yield f"Nothing {'smaller' if one.below is None else 'larger'} changes it."
