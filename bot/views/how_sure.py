"""Answers to questions about the confidence: what it stands on, whether to act on it, and how far it is from turning."""
# ruff: noqa: E501  a sentence that is shown is read, and mended, more easily whole

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.conversation.of_this_thread import scenario_of
from bot.conversation.standing import Standing
from bot.views import flips, of_answers
from bot.views.because import in_short
from bot.views.confidence import EVERY, confidence_line
from bot.views.costs import a_month, a_year, label, model_of, once
from bot.views.document import Bullets, Part, Strong, Text, Words
from bot.views.evaluation import FIRST_CASES, cost_of_cases, evaluation_line
from bot.views.phrases import headline, listed, quoted, short
from core import inputs
from core.confidence import FAR
from core.told.flips import Input
from core.tree import TUNING, Verdict
from core.wording import count, months, percent

Parts = tuple[Part | None, ...]


def how_sure(standing: Standing, of: str) -> Parts:
    """How sure it is. of: the side that is asked about, with what is named; "" for all of it."""
    aspect, _, named = of.partition(" ")
    return _ASPECTS.get(aspect, _based)(standing, named)


def _level(standing: Standing) -> Words:
    return confidence_line(standing.told, EVERY) or (
        Strong("Nothing is settled yet: "),
        f"as things look, it leans to {quoted(standing.advice.leaning)}.",
    )


def _turns(standing: Standing, lead: str = "What would change it") -> Bullets | None:
    turns = flips.turns(standing.told)
    return Bullets(turns, Strong(lead)) if turns else None


def _based(standing: Standing, _: str) -> Parts:
    """What it stands on: the answers that decided, and whether a number could turn it."""
    found = standing.told
    moved = [one for one in found.inputs if one.is_number and one.changes]
    rests = Text(
        "How good a model will be it does not say: that has to be measured."
        if found.quality is None
        else of_answers.what_it_rests_on(standing)
    )
    if found.confidence != "high" or not found.reasons:
        return (Text(_level(standing)), rests, _turns(standing))
    last = found.reasons[-1]
    numbers = (
        f"Every number is at least {FAR} times away from changing it, so a rough guess does no harm."
        if moved
        else "No number alone changes that, so no guess can make it wrong."
    )
    return (
        Text((Strong(f"High: it stands on your answer “{short(last.question)}: {last.answer}”. "), numbers)),
        rests,
        _turns(standing),
    )


def _sign(standing: Standing, _: str) -> Parts:
    """Whether to sign for it: what is safe in it, what is not, and what to do before."""
    found, scenario = standing.told, scenario_of(standing)
    base, tuned = scenario.baseline, scenario.best_tuned
    if found.verdict not in TUNING or base is None or tuned is None:
        return (
            Text(
                (
                    Strong("There is nothing to sign for up front: "),
                    f"the advice is “{headline(found.verdict)}”. {in_short(standing)}",
                )
            ),
            Text(_level(standing)),
            _turns(standing),
        )
    cheaper = scenario.option("cheaper_model")
    untried = (cheaper is not None and standing.advice.answers.of("cheaper_model_enough") is None) or (
        cheaper is not None and not isinstance(standing.advice.answers.of("cheaper_model_enough"), bool)
    )
    is_less = cheaper is not None and (cheaper.first_year or 0) < (tuned.first_year or 0)
    first = (
        f"first try {model_of(cheaper) or 'the cheaper model'} with the same prompt, {a_year(cheaper)} in its first year and nothing up front"
        if cheaper is not None and untried and is_less
        else "first build the data set and put a part aside to measure on; switch only if the tuned model beats the prompt on it"
    )
    back = (
        f", and the {once(tuned)} is back in {months(tuned.payback_months)}"
        if tuned.payback_months
        else f", and no saving pays the {once(tuned)} back"
    )
    lead = "Not yet: " if found.confidence != "high" or (untried and is_less) else "Yes, with one check: "
    target = standing.advice.answers.number("quality_target")
    reach = (
        f"whether a tuned {model_of(tuned)} reaches {percent(target)}"
        if target is not None
        else f"whether a tuned {model_of(tuned)} is good enough"
    )
    return (
        Text((Strong(lead), f"{first}.")),
        Text(
            (
                Strong("What is safe: "),
                f"the costs. {label(tuned)} is {a_month(tuned)} a month against {a_month(base)}{back}.",
            )
        ),
        Text((Strong("What is not: "), f"{reach}. Nobody knows that before the first run.")),
        _turns(standing, f"Confidence: {found.confidence}. What would change the advice"),
    )


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
        _turns(standing),
    )


def _distance(standing: Standing, _: str) -> Parts:
    """Away from what, which number is nearest, and which answer turns it."""
    found = standing.told
    near = sorted(
        (one for one in found.inputs if one.is_number and one.changes and one.factor),
        key=lambda one: one.distance,
    )
    rows: list[Words] = [flips.line(one) for one in near[:2]]
    chosen = flips.choices(found)
    if not near:
        lead = "No: no number alone turns it. "
    elif near[0].distance >= FAR:
        lead = f"No single number comes near: the nearest, {inputs.name(near[0].key)}, would have to be {_times(near[0])} too large or too small. "
    else:
        lead = f"Yes, one is near: {inputs.name(near[0].key)}. "
    away = f"“Away” is meant from the number at which the verdict would be another; from {FAR} times on it counts as far."
    return (
        Text((Strong(lead), away)),
        Bullets(tuple(rows), Strong("The nearest numbers")) if rows else None,
        Bullets(chosen, Strong("An answer does turn it")) if chosen else None,
    )


def _times(one: Input) -> str:
    return f"{(one.factor or FAR):.1f} times"


def _outcome(standing: Standing, _: str) -> Parts:
    """That the advice is sure, or not, and what comes of it nobody knows before it is measured."""
    found, policy = standing.told, standing.advice.policy
    tries = {
        Verdict.PROMPT_FIRST: f"A better prompt takes about {policy.prompt_week:f} week and nothing up front, so it is the cheapest thing to try; whoever builds first pays for what a prompt may do.",
        Verdict.ADD_RETRIEVAL: "Give it the missing facts by hand in 50 cases first: that shows in an afternoon what a search can bring.",
        Verdict.COLLECT_EXAMPLES: f"{count(policy.enough_labels)} reviewed examples are enough for a first run, and only that run shows how good it gets.",
        Verdict.SELF_HOST: "Prompt the open model first and measure it: that shows whether anything has to be trained.",
    }
    tuned = f"A tuned model shows it after its first run, {policy.iteration_weeks_low:f} to {policy.iteration_weeks_high:f} weeks; switch only if it beats the prompt on cases put aside."
    verdict = Verdict(found.verdict) if found.verdict else None
    said = tries.get(verdict) if verdict is not None else None
    said = said or (
        tuned if verdict in TUNING else "Try it on cases that you have counted before, and count again."
    )
    level = f"Sure of the advice: {found.confidence}. " if found.confidence else "Nothing is settled yet. "
    return (
        Text((Strong(f"{level}Of the result nobody can be sure before it is measured. "), said)),
        Text(
            f"Put a fixed set aside, such as {FIRST_CASES} cases, and measure before and after on the same: {cost_of_cases(FIRST_CASES, found.ledger)}."
        ),
        _turns(standing),
    )


def _sample(standing: Standing, _: str) -> Parts:
    """Why so many of so many do not settle it."""
    right, every = (standing.advice.answers.number(key) for key in ("eval_correct", "eval_total"))
    quality, target = standing.told.quality, standing.advice.answers.number("quality_target")
    if right is None or not every or quality is None:
        return _based(standing, "")
    low, high = quality.low, quality.high
    inside = target is not None and low <= float(target) <= high
    lead = "The count is sure, what it says of all cases is not: " if inside else "The count settles it: "
    which = "lies inside that, so it may be met after all" if inside else "lies outside that"
    aim = f" The target of {percent(target)} {which}." if target is not None else ""
    more = standing.told.more_needed
    then = (
        f"About {more:,} more cases would settle it: {cost_of_cases(more, standing.told.ledger)}."
        if more
        else ""
    )
    leans = (
        f" As things look, it leans to {quoted(standing.advice.leaning)}."
        if inside and len(standing.advice.possible) > 1
        else ""
    )
    return (
        Text(
            (
                Strong(lead),
                f"{count(right)} of {count(every)} is {percent(right / every)}, but with so few cases the true rate may be {100 * low:.0f}% to {100 * high:.0f}%.{aim}",
            )
        ),
        Text(f"{then}{leans}".strip()),
    )


def _unmeasured(standing: Standing, _: str) -> Parts:
    """Why it is as sure as that although nobody measured anything."""
    found = standing.told
    moved = [one for one in found.inputs if one.is_number and one.changes and one.key in flips.QUALITY]
    answers = found.reasons[-1:]
    on = listed([f"“{short(one.question)}: {one.answer}”" for one in answers])
    if not moved:
        return _based(standing, "")
    near = min(moved, key=lambda one: one.distance)
    is_far = near.distance >= FAR
    level = str(found.confidence).capitalize()
    lead = (
        f"{level} all the same, a guess does no harm here: "
        if is_far
        else f"{level}, since a guess does matter here: "
    )
    return (
        Text((Strong(lead), flips.line(near))),
        Text(f"It stands on your answer {on}." if on and is_far else ""),
        Text(
            f"To know better, count {FIRST_CASES} cases: {cost_of_cases(FIRST_CASES, found.ledger)}."
            if standing.advice.answers.number("eval_total") is None
            else ""
        ),
        _turns(standing),
    )


def _answer(standing: Standing, question: str) -> Parts:
    """That it is their own answer, what becomes of the verdict if it is another, and how to find out."""
    given = standing.given_to(question)
    moved = [one for one in standing.told.inputs if of_answers.is_of(one, question) and one.changes]
    said = f"“{short(question)}: {given.words}”" if given is not None else f"“{short(question)}”"
    lead = (
        f"I do not know it: it is your own answer, {said}. "
        if given is not None
        else f"Nobody answered {said}. "
    )
    then = flips.turned(moved[0]) if moved else "No other answer to it alone changes the verdict."
    how = (
        "To find out, take 50 cases that came out wrong, put by hand what each lacked into the prompt, and count how many come out right: those lacked facts, the others did not."
        if question == "misses"
        else ""
    )
    level = (
        f"The advice hangs on it; confidence is {standing.told.confidence}."
        if moved and standing.told.confidence
        else ""
    )
    return (Text((Strong(lead), then)), Text(level), Text(how))


def _assumed(standing: Standing, key: str) -> Parts:
    """That a figure is a default, and what hangs on it."""
    one = next((one for one in standing.told.inputs if one.key == key), None)
    if one is None:
        return _based(standing, "")
    then = flips.turned(one) if one.changes else "No other value of it alone changes the verdict."
    hangs = "The verdict hangs on it: " if one.changes else "Little hangs on it: "
    return (
        Text(
            (
                Strong("Nobody checked it: "),
                f"{inputs.shown(key, one.present)} for {inputs.name(key)} is a default of mine, not an answer of yours.",
            )
        ),
        Text((Strong(hangs), then)),
        Text(
            "If you know it better, set your own figure under “Assumptions”, or say for instance “what if it was half of that?”."
        ),
    )


def _raised(standing: Standing, _: str) -> Parts:
    """What keeps the confidence from being higher, and what would raise it."""
    found = standing.told
    level = str(found.confidence or "not settled").capitalize()
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
    lead = f"{level}, since {listed(since)}." if since else f"{level}."
    return (
        Text(Strong(lead)),
        Bullets(tuple(steps), Strong("What would make it surer"))
        if steps
        else Text("A figure that lies near its turn stays so, however well it is known."),
        _turns(standing),
    )


def _rely(standing: Standing, _: str) -> Parts:
    """How far to rely on it, by the level; what spoils it."""
    found = standing.told
    if found.verdict == Verdict.MEASURE_FIRST:
        return _leaning(standing, "")
    if found.verdict in TUNING:
        return _sign(standing, "")
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
        _turns(standing, f"Confidence: {found.confidence}. What would change it"),
    )


_ASPECTS: Mapping[str, Callable[[Standing, str], Parts]] = {
    "based": _based,
    "raise": _raised,
    "rely": _rely,
    "sign": _sign,
    "leaning": _leaning,
    "distance": _distance,
    "outcome": _outcome,
    "sample": _sample,
    "unmeasured": _unmeasured,
    "answer": _answer,
    "assumed": _assumed,
}
