"""Answers to how sure something is that a question names: a sum to sign for, a result, a count, an answer, a default."""
# ruff: noqa: E501  a sentence that is shown is read, and mended, more easily whole

from __future__ import annotations

from bot.conversation.of_this_thread import scenario_of
from bot.conversation.standing import Standing
from bot.views import flips, of_answers
from bot.views.because import in_short
from bot.views.costs import a_month, a_year, driver_line, label, model_of, once
from bot.views.document import Bullets, Part, Strong, Text
from bot.views.evaluation import FIRST_CASES, cost_of_cases
from bot.views.phrases import headline, listed, quoted, short
from bot.views.sureness import based, level, turns
from core import inputs
from core.confidence import FAR
from core.tree import TUNING, Verdict
from core.wording import band, count, months, percent

Parts = tuple[Part | None, ...]

HOW_PEOPLE = "To find out whether it is the people or the model, let two people mark the same 50 cases, each alone. Where they differ, no model can be right: that is the task. Where they agree and the model does not, it is the model."
HOW_FACTS = "To find out, take 50 cases that came out wrong, put by hand what each lacked into the prompt, and count how many come out right: those lacked facts, the others did not."


def sign(standing: Standing, _: str) -> Parts:
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
            Text(level(standing)),
            turns(standing),
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
        turns(standing, f"Confidence: {found.confidence}. What would change the advice"),
    )


def outcome(standing: Standing, _: str) -> Parts:
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
        turns(standing),
    )


def sample(standing: Standing, _: str) -> Parts:
    """Why so many of so many do not settle it."""
    right, every = (standing.advice.answers.number(key) for key in ("eval_correct", "eval_total"))
    quality, target = standing.told.quality, standing.advice.answers.number("quality_target")
    if right is None or not every or quality is None:
        return based(standing, "")
    low, high = quality.low, quality.high
    inside = target is not None and low <= float(target) <= high
    lead = "The count is sure, what it says of all cases is not: " if inside else "Sure enough: "
    which = (
        "lies inside that, so it may be met after all"
        if inside
        else "lies outside that, so more cases would not change it"
    )
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
                f"{count(right)} of {count(every)} is {percent(right / every)}, {'but with so few cases' if inside else 'so'} the true rate may be {100 * low:.0f}% to {100 * high:.0f}%.{aim}",
            )
        ),
        Text(f"{then}{leans}".strip()),
    )


def unmeasured(standing: Standing, _: str) -> Parts:
    """Why it is as sure as that although nobody measured anything."""
    found = standing.told
    moved = [one for one in found.inputs if one.is_number and one.changes and one.key in flips.QUALITY]
    answers = found.reasons[-1:]
    on = listed([f"“{short(one.question)}: {one.answer}”" for one in answers])
    if not moved:
        return based(standing, "")
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
        turns(standing),
    )


def answer(standing: Standing, question: str) -> Parts:
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
    how = ""
    if question == "misses":
        disagree = standing.advice.answers.of("misses") == "disagreement"
        how = HOW_PEOPLE if disagree else HOW_FACTS
    level = (
        f"The advice hangs on it; confidence is {standing.told.confidence}."
        if moved and standing.told.confidence
        else ""
    )
    return (Text((Strong(lead), how or then)), Text(then if how else ""), Text(level))


def assumed(standing: Standing, key: str) -> Parts:
    """That a figure is a default, and what hangs on it."""
    one = next((one for one in standing.told.inputs if one.key == key), None)
    if one is None:
        return based(standing, "")
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


def defaults(standing: Standing, _: str) -> Parts:
    """Which default weighs most."""
    used = standing.told.ledger.assumptions
    mine = [
        one
        for one in standing.told.inputs
        if one.is_assumed and one.changes and one.key in used and used[one.key].default
    ]
    if not mine:
        return (
            Text((Strong("None: "), "no value of one default alone changes the verdict.")),
            turns(standing),
        )
    first, *rest = sorted(mine, key=lambda one: one.distance)
    return (
        Text(
            (
                Strong(
                    f"This one most: {inputs.name(first.key)}, {inputs.shown(first.key, first.present)}. "
                ),
                flips.turned(first),
            )
        ),
        Bullets(tuple(flips.line(one) for one in rest[:3]), Strong("Then these")) if rest else None,
        Text("Set your own figures under “Assumptions”."),
    )


def cost_range(standing: Standing, option: str) -> Parts:
    """How far the cost of an option may be off, and what that comes from."""
    one = scenario_of(standing).option(option)
    if one is None or one.month_p10 is None or one.month_p90 is None:
        return based(standing, "")
    return (
        Text(
            (
                Strong(f"{band(one.month_p10, one.month_p90)} in 8 of 10 cases: "),
                f"{a_month(one)} a month is the likeliest figure for {label(one)}. {driver_line(standing.told.ledger)}",
            )
        ),
        Text(
            "Each line is a quantity times a price; “explain the cost” shows them. Your own figures go under “Assumptions”."
        ),
    )
