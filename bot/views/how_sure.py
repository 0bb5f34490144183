"""Answers to questions about the confidence: what it stands on, whether to act on it, and how far it is from turning."""
# ruff: noqa: E501  a sentence that is shown is read, and mended, more easily whole

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.conversation.of_this_thread import scenario_of
from bot.conversation.standing import Standing
from bot.views import flips, of_answers
from bot.views.because import in_short
from bot.views.costs import model_of
from bot.views.document import Bullets, Part, Strong, Text, Words, joined
from bot.views.evaluation import FIRST_CASES, cost_of_cases, evaluation_line
from bot.views.phrases import headline, listed, quoted, short
from bot.views.sure_of_what import answer, assumed, cost_range, defaults, outcome, sample, sign, unmeasured
from bot.views.sureness import based, turns
from core import inputs
from core.confidence import FAR
from core.told.flips import Input
from core.tree import TUNING, Verdict

Parts = tuple[Part | None, ...]


def how_sure(standing: Standing, of: str) -> Parts:
    """How sure it is. of: the side that is asked about, with what is named; "" for all of it."""
    aspect, _, named = of.partition(" ")
    return _ASPECTS.get(aspect, based)(standing, named)


def _leaning(standing: Standing, _: str) -> Parts:
    """How much to lean on what it leans to."""
    advice, deciding = standing.advice, [short(name).lower() for name in standing.told.deciding]
    leans = headline(advice.leaning)
    now = (
        "For now, yes: keep prompting is the first step whatever comes of it. "
        if advice.leaning == Verdict.KEEP_PROMPTING
        else ""
    )
    return (
        Text(
            (
                Strong(f"{now}As a verdict, no: "),
                f"“{leans}” is only the likeliest of {len(advice.possible)} that are still possible, {listed(map(quoted, advice.possible))}.",
            )
        ),
        Text(f"What would settle it: {listed(deciding)}." if deciding else ""),
        Text(evaluation_line(standing.told, advice.answers)),
        turns(standing),
    )


def _distance(standing: Standing, asked: str) -> Parts:
    """Away from what, which number is nearest, and which answer turns it."""
    found = standing.told
    near = sorted(
        (one for one in found.inputs if one.is_number and one.changes and one.factor),
        key=lambda one: one.distance,
    )
    rows: list[Words] = [flips.line(one) for one in near[:2]]
    first: Words = ""
    chosen = flips.choices(found)
    if not near:
        last = found.reasons[-1:]
        on = f" It stands on your answer “{short(last[0].question)}: {last[0].answer}”." if last else ""
        lead = f"No number alone turns it.{on} "
    elif near[0].distance >= FAR:
        lead = f"No single number comes near: the nearest, {inputs.name(near[0].key)}, would have to be {_times(near[0])} too large or too small. "
    else:
        lead = "One number is near. "
        rows, first = rows[1:], rows[0]
    away = (
        f"“Away” is meant from the number at which the verdict would be another; from {FAR} times on it counts as far."
        if asked
        else ""
    )
    return (
        Text(joined(" ", [one for one in (Strong(lead.strip()), first, away) if one])),
        Bullets(tuple(rows), Strong("The next nearest" if first else "The nearest numbers"))
        if rows
        else None,
        Bullets(chosen, Strong("An answer does turn it")) if chosen else None,
    )


def _times(one: Input) -> str:
    return f"{(one.factor or FAR):.1f} times"


def _raised(standing: Standing, _: str) -> Parts:
    """What keeps the confidence from being higher, and what would raise it."""
    found = standing.told
    now = str(found.confidence or "not settled").capitalize()
    used = found.ledger.assumptions
    near = [one for one in flips.nearest(found) if one.distance < FAR]
    defaults = [
        one
        for one in found.inputs
        if one.is_assumed and one.changes and one.key in used and used[one.key].default
    ]
    steps: list[Words] = []
    if standing.advice.answers.number("eval_total") is None and any(one.key in flips.QUALITY for one in near):
        steps.append(
            f"Measure the quality: count {FIRST_CASES} cases, {cost_of_cases(FIRST_CASES, found.ledger)}."
        )
    elif found.more_needed:
        steps.append(
            f"Measure about {found.more_needed:,} more cases: {cost_of_cases(found.more_needed, found.ledger)}."
        )
    if defaults:
        first = sorted(defaults, key=lambda one: one.distance)[:2]
        steps.append(
            f"State your own figure for {listed([inputs.name(one.key) for one in first])}, under “Assumptions”."
        )
    cheaper = scenario_of(standing).option("cheaper_model")
    tried = isinstance(standing.advice.answers.of("cheaper_model_enough"), bool)
    if found.verdict in TUNING and cheaper is not None and not tried:
        steps.append(
            f"Measure {model_of(cheaper)} with today's prompt on the same cases: an afternoon's work, and it may be enough."
        )
    steps += [f"Find out: {short(name).lower()}." for name in found.deciding if name != "quality"]
    why = listed(
        [
            inputs.near(one.key, turn.number, up=turn is one.above)
            for one in near
            for turn in (one.below, one.above)
            if turn is not None and turn.times is not None and max(turn.times, 1 / turn.times) < FAR
        ]
    )
    since = [
        *([f"it would turn at {why}"] if why else []),
        *(["it rests on defaults of mine"] if defaults else []),
    ]
    lead = f"{now}, since {listed(since)}." if since else f"{now}."
    return (
        Text(Strong(lead)),
        Bullets(tuple(steps), Strong("What would make it surer"))
        if steps
        else Text("A figure that lies near its turn stays so, however well it is known."),
        turns(standing),
    )


def _rely(standing: Standing, _: str) -> Parts:
    """How far to rely on it, by the level; what spoils it."""
    found = standing.told
    if found.verdict == Verdict.MEASURE_FIRST:
        return _leaning(standing, "")
    if found.verdict in TUNING:
        return sign(standing, "")
    lead = {
        "high": "Yes: ",
        "medium": "Yes, as long as your answers are right: ",
        "low": "Good enough for the next step, not for the last word: ",
    }.get(str(found.confidence), "Not yet: ")
    spent = (
        "it costs nothing up front, so little is lost if it is wrong."
        if found.verdict != Verdict.SELF_HOST
        else "it stands on the data that may not leave, and on no number."
    )
    return (
        Text((Strong(lead), spent)),
        Text(of_answers.what_it_rests_on(standing)),
        turns(standing, f"Confidence: {found.confidence}. What would change it"),
    )


def _needs(standing: Standing, _: str) -> Parts:
    """What is still to be known for a verdict, or that nothing is."""
    found = standing.told
    if found.deciding:
        more = (
            f" For the quality, measure about {found.more_needed:,} more cases." if found.more_needed else ""
        )
        named = listed([short(name).lower() for name in found.deciding])
        return (
            Text((Strong(f"This: {named}. "), f"With that known the verdict follows at once.{more}")),
            turns(standing),
        )
    next_step = in_short(standing)
    return (
        Text((Strong(f"For this verdict, nothing more: it is “{headline(found.verdict)}”. "), next_step)),
        turns(standing, "What you could still tell that would change it"),
    )


_ASPECTS: Mapping[str, Callable[[Standing, str], Parts]] = {
    "based": based,
    "raise": _raised,
    "rely": _rely,
    "needs": _needs,
    "defaults": defaults,
    "range": cost_range,
    "sign": sign,
    "leaning": _leaning,
    "distance": _distance,
    "outcome": outcome,
    "sample": sample,
    "unmeasured": unmeasured,
    "answer": answer,
    "assumed": assumed,
}
