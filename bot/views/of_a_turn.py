"""Answers to questions about where the verdict turns: by the quality, once people agree, or if a check is left out."""
# ruff: noqa: E501  a sentence that is shown is read, and mended, more easily whole

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from bot.conversation.each_answer import each_answer
from bot.conversation.of_this_thread import scenario_of
from bot.conversation.standing import PRICING, Standing
from bot.views import flips
from bot.views.costs import a_month, label, once
from bot.views.document import Bullets, Part, Strong, Text, Words, joined
from bot.views.evaluation import FIRST_CASES, cost_of_cases
from bot.views.phrases import QUESTIONS, headline, quoted
from core import inputs
from core.told.flips import Flip, Input
from core.told.ledger import Option
from core.wording import count, counted, from_calls, months, percent

Parts = tuple[Part | None, ...]

MOST_PRICES = 3
FAR = Decimal("1.2")
"""What is nearer than so many times is near."""


def turns(standing: Standing, of: str) -> Parts:
    """The answer. of: "quality", "target", "prices", "volume", "figure" with digits, "agreed" or "skip"."""
    what, _, named = of.partition(" ")
    match what:
        case "agreed":
            return _agreed(standing)
        case "skip":
            return _skipped(standing)
        case "score":
            return _score(standing)
        case "target":
            return _target(standing)
        case "prices":
            return _prices(standing)
        case "volume":
            return _volume(standing, named)
        case "figure":
            return _figure(standing, Decimal(named))
        case _:
            return _quality(standing)


def _target(standing: Standing) -> Parts:
    """Whether another target changes the verdict."""
    one = next((one for one in standing.told.inputs if one.key == "quality_target"), None)
    stays = f"“{headline(standing.told.verdict)}”"
    if one is None or not one.changes:
        return (
            Text((Strong("No: "), f"no other target changes {stays}.")),
            *_beside(standing),
        )
    rows = list(_rows(one, None))
    (first, then), *rest = rows
    return (
        Text((Strong(f"{first}: "), f"{then}. Now it is {inputs.shown(one.key, one.present)}.")),
        *(Text((Strong(f"{at}: "), f"{said}.")) for at, said in rest),
        Text("" if rest else f"Nothing {'lower' if one.below is None else 'higher'} changes {stays}."),
    )


def _score(standing: Standing) -> Parts:
    """Whether another quality changes the verdict."""
    keys = ("eval_correct", "quality_now")
    one = next((one for one in standing.told.inputs if one.key in keys and one.changes), None)
    stays = f"“{headline(standing.told.verdict)}”"
    if one is None or one.above is None:
        worse = ""
        if one is not None and one.below is not None:
            worse = f" Only a worse one does: {inputs.at(one.key, one.below.number, up=False)[3:]}, {_then(one.below)}."
        return (Text((Strong("No: "), f"no better score changes {stays}.{worse}")), *_beside(standing))
    near = inputs.at(one.key, one.above.number, up=True)
    return (
        Text(
            (
                Strong(f"Yes, {near[:1].lower()}{near[1:]}: "),
                f"{_then(one.above)}. Now it is {inputs.shown(one.key, one.present)}.",
            )
        ),
        *_beside(standing),
    )


def _beside(standing: Standing) -> Parts:
    found = flips.turns(standing.told)
    return (Bullets(found, Strong("What does change it")),) if found else ()


def _prices(standing: Standing) -> Parts:
    """At which prices the verdict is another."""
    moved = [
        one
        for one in standing.told.inputs
        if one.is_assumed and one.changes and inputs.exact(one.key, Decimal(1)).startswith("$")
    ]
    ordered = sorted(moved, key=lambda one: one.distance)
    rows = [
        (f"{at} (now {inputs.shown(one.key, one.present)})", said)
        for one in ordered[:MOST_PRICES]
        for at, said in _rows(one, None)
    ]
    if not rows:
        return (
            Text((Strong("At none: "), f"no price alone changes “{headline(standing.told.verdict)}”.")),
            *_beside(standing),
        )
    (first, then), *rest = rows
    return (
        Text((Strong(f"{first}: "), f"{then}.")),
        Bullets(tuple((Strong(f"{at}: "), f"{said}.") for at, said in rest)) if rest else None,
    )


def _volume(standing: Standing, named: str) -> Parts:
    """From which volume on the verdict is another, and from which tuning costs less and pays back."""
    calls = next((one for one in standing.told.inputs if one.key == PRICING), None)
    scenario = scenario_of(standing)
    option = (scenario.option(named) if named else None) or scenario.best_tuned
    own = standing.advice.answers.number(PRICING)
    within = option.crossover_within_horizon_calls if option is not None else None
    times = (
        f"; it would have to be {_many(within / own)} times as many"
        if own and within and within / own >= FAR
        else ""
    )
    now = f" You are at {counted(own, 'calls a month')}{times}." if own is not None else ""
    verdict: Words = ""
    if option is not None and option != scenario.best_tuned:
        verdict = f"The advice is “{headline(standing.told.verdict)}”."
    elif calls is not None and calls.changes:
        verdict = joined(" ", [(Strong(f"{at}: "), f"{said}.") for at, said in _rows(calls, None)])
    else:
        verdict = f"No number of calls changes the verdict “{headline(standing.told.verdict)}”: it does not rest on the costs."
    return (Text((_from_when(standing, option), now)), Text(verdict))


def _many(times: Decimal) -> str:
    return f"{times:.0f}" if times >= 3 else f"{times:.1f}"


def _from_when(standing: Standing, option: Option | None) -> Words:
    base = scenario_of(standing).baseline
    if option is None or base is None or option.crossover_calls is None:
        return (Strong("At no number of calls that I know of: "), "tuning costs more a month at any volume.")
    other, within = label(base), option.crossover_within_horizon_calls
    meet = f"{label(option)} costs as much a month as {other} at {counted(from_calls(option.crossover_calls), 'calls')}."
    if within is None:
        return (Strong("It pays back at no number of calls: "), meet)
    return (Strong(f"From {counted(from_calls(within), 'calls a month')} on it pays back: "), meet)


def _figure(standing: Standing, figure: Decimal) -> Parts:
    """What a figure is at which the verdict turns."""
    met = [
        (abs(number - figure) / figure, one, turn, up)
        for one in standing.told.inputs
        if one.is_number
        for turn, up in ((one.below, False), (one.above, True))
        if turn is not None
        for number in ({turn.number, turn.number * 100} if turn.number < 1 else {turn.number})
    ]
    if not met:
        return _quality(standing)
    _, one, turn, up = min(met, key=lambda found: found[0])
    value = inputs.turning(one.key, turn.number, up=up)
    now = inputs.shown(one.key, one.present)
    more = "more" if up else "less"
    return (
        Text(
            (
                Strong(f"{value} is where the verdict turns: "),
                f"at {inputs.near(one.key, turn.number, up=up)} or {more} it is “{_then(turn)}”. Now it is {now}, and the verdict is “{headline(standing.told.verdict)}”.",
            )
        ),
        Text(_how_far(one, turn)),
    )


def _how_far(one: Input, turn: Flip) -> str:
    times = turn.times
    if times is None:
        return ""
    far = max(times, 1 / times)
    return (
        f"So it would have to be {far:.1f} times as {'large' if times > 1 else 'small'} as now."
        if far >= FAR
        else "That is near: a small change is enough."
    )


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
