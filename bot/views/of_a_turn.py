"""Answers to questions about where the verdict turns: by the quality, once people agree, or if a check is left out."""
# ruff: noqa: E501  a sentence that is shown is read, and mended, more easily whole

from __future__ import annotations

from collections.abc import Iterable

from bot.conversation.each_answer import each_answer
from bot.conversation.of_this_thread import scenario_of
from bot.conversation.standing import Standing
from bot.views import flips
from bot.views.costs import a_month, label, once
from bot.views.document import Bullets, Part, Strong, Text
from bot.views.evaluation import FIRST_CASES, cost_of_cases
from bot.views.phrases import QUESTIONS, headline, quoted
from core import inputs
from core.told.flips import Flip, Input
from core.told.ledger import Option
from core.wording import count, months, percent

Parts = tuple[Part | None, ...]


def turns(standing: Standing, of: str) -> Parts:
    """The answer. of: "quality", "agreed" or "skip"."""
    if of == "agreed":
        return _agreed(standing)
    return _skipped(standing) if of == "skip" else _quality(standing)


def _then(turn: Flip) -> str:
    if turn.verdict is not None:
        return flips.brief(turn.verdict)
    asks = QUESTIONS[turn.asks].asks if turn.asks is not None and turn.asks in QUESTIONS else ""
    return f"then I would ask “{asks}”" if asks else "another question decides"


def _rows(one: Input, every: int | None) -> Iterable[tuple[str, str]]:
    """From where on, and what it is then, for each side: "At 48 or more of the 50 right", "Keep prompting"."""
    of = f" of the {count(every)} right" if one.key == "eval_correct" and every is not None else ""
    for turn, up in ((one.above, True), (one.below, False)):
        if turn is None:
            continue
        more = "more" if up else "fewer"
        counted_right = f"At {inputs.turning(one.key, turn.number, up=up)} or {more}{of}"
        yield (counted_right if of else inputs.at(one.key, turn.number, up=up), _then(turn))


def _quality(standing: Standing) -> Parts:
    """At which quality, and at which target, the verdict is another."""
    found, total = standing.told, standing.advice.answers.number("eval_total")
    every = int(total) if total is not None else None
    keys = ("eval_correct" if every else "quality_now", "quality_target")
    moved = [one for key in keys for one in found.inputs if one.key == key and one.changes]
    rows = [row for one in moved for row in _rows(one, every)]
    stays = f"“{headline(found.verdict)}”"
    if not rows:
        return (Text((Strong("None: "), f"no quality and no target alone changes {stays}.")),)
    now = [f"{inputs.name(one.key)} {inputs.shown(one.key, one.present)}" for one in moved]
    leans = f", and leans to {quoted(standing.advice.leaning)}" if len(standing.advice.possible) > 1 else ""
    more = found.more_needed
    settles = (
        f"About {more:,} more cases should settle it: {cost_of_cases(more, found.ledger)}." if more else ""
    )
    (first, then_first), *rest = rows
    return (
        Text((Strong(f"{first}: "), f"{then_first}.")),
        Bullets(tuple((Strong(f"{at}: "), f"{said}.") for at, said in rest)) if rest else None,
        Text(f"{'In between' if rest else 'Else'} it stays {stays}{leans}. Now: {'; '.join(now)}."),
        Text(settles),
    )


def _agreed(standing: Standing) -> Parts:
    """What follows once people agree: measure again; then the quality decides, and below the target the misses."""
    target, quality = standing.advice.answers.number("quality_target"), standing.advice.quality
    now = f" (now {percent(quality.point)})" if quality is not None and quality.point is not None else ""
    aim = percent(target) if target is not None else "the target"
    rows = tuple(
        (Strong(f"{words}: "), f"{headline(str(advice.verdict))}.")
        for words, advice in each_answer(standing, "misses")
        if advice.verdict is not None and str(advice.verdict) != standing.told.verdict
    )
    return (
        Text(
            (
                Strong(
                    f"It no longer is “{headline(standing.told.verdict)}”; what it is then, the next measurement says. "
                ),
                f"Put what was agreed into the prompt, and measure again. At {aim} or more{now}: Keep prompting.",
            )
        ),
        Bullets(rows, Strong("Below that, by what the misses are then")) if rows else None,
        Text(
            f"To measure, count {FIRST_CASES} cases: {cost_of_cases(FIRST_CASES, standing.told.ledger)}. Then change the answers here."
        ),
    )


def _lost(tuned: Option) -> str:
    """What becomes of what is spent up front."""
    if tuned.payback_months is None:
        return ", and no saving pays that back at your volume"
    return f", paid back in {months(tuned.payback_months)}"


def _skipped(standing: Standing) -> Parts:
    """What is risked by going ahead without the check that is advised, beside what the check costs."""
    found, scenario = standing.told, scenario_of(standing)
    base, tuned = scenario.baseline, scenario.best_tuned
    more, quality = found.more_needed, found.quality
    target = standing.advice.answers.number("quality_target")
    risk = (
        f"you may pay for tuning that you do not need, {once(tuned)} up front and {a_month(tuned)} a month against {a_month(base)} for “{label(base)}”{_lost(tuned)}."
        if tuned is not None and base is not None
        else "you may build what you do not need."
    )
    met = (
        f"The prompt may meet the target already: the true rate may be as high as {100 * quality.high:.0f}%, and the target is {percent(target)}."
        if quality is not None and target is not None and quality.high >= float(target)
        else "Which verdict is right is still open."
    )
    cases = more or FIRST_CASES
    return (
        Text((Strong("What you risk: "), risk)),
        Text(met),
        Text((Strong("What the check costs: "), f"{cases:,} cases, {cost_of_cases(cases, found.ledger)}.")),
    )
