"""Why a verdict, in one or two sentences, with the figures that decide."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bot.conversation.standing import PRICING, Standing
from bot.views.costs import a_month, finding, model_of, once
from bot.views.evaluation import evaluation_line
from bot.views.flips import open_then
from bot.views.phrases import listed, quoted, volume
from core.advice import TOO_FEW_CALLS, Reason
from core.answers import Missing
from core.costs.estimate import MUCH_SMALLER
from core.tree import TOO_WIDE, TUNING, Verdict
from core.wording import answer_in_words, count, counted, percent

_BAND = re.compile(r" \(\$[\d,.]+ to \$[\d,.]+\)")
MOST_DECIDING = 3
"""More than three things to find out are begun with the first."""


def in_short(standing: Standing) -> str:
    """The sentences under the verdict, as the card has them; "" while questions remain.

    The ranges of the figures, and what else training is for, stand in the thread.
    """
    said = _tune(standing, brief=True) if standing.advice.verdict in TUNING else because(standing)
    return _BAND.sub("", said)


def because(standing: Standing) -> str:
    """Why this verdict, with the figures that decide; "" while questions remain."""
    verdict = standing.advice.verdict
    return "" if verdict is None else _BECAUSE[verdict](standing)


def in_full(standing: Standing) -> str:
    """The same with what has to be known before anybody tunes: how small the base is, and why not the cheaper model."""
    if standing.advice.verdict not in TUNING:
        return because(standing)
    unless = _unless(standing)
    size = "" if unless else _much_smaller(standing)
    return " ".join(filter(None, (unless, because(standing), size, _beside_cheaper(standing))))


def _prompt_first(standing: Standing) -> str:
    policy = standing.advice.policy
    week = counted(policy.prompt_week, "weeks")
    tried = answer_in_words("prompt_examples", standing.advice.answers)
    has = "No thorough prompt has been tried yet" if tried == "No" else f"The prompt so far: {tried}"
    fair = f"A fair try has at least {count(policy.enough_examples)} examples and takes about {week}"
    return f"{has}. {fair}."


def _measure_first(standing: Standing) -> str:
    advice = standing.advice
    measured = evaluation_line(standing.told, advice.answers)
    likely = f"As things stand, {quoted(advice.leaning)} is the likelier."
    if len(advice.possible) > MOST_DECIDING:
        named = [open_then(name) for name in advice.deciding]
        first = f", first of all {listed(named[:MOST_DECIDING])}" if named else ""
        until = "Until then, keep prompting." if advice.leaning == Verdict.KEEP_PROMPTING else likely
        missing = f"{counted(len(named), 'answers')} {'is' if len(named) == 1 else 'are'} missing"
        return " ".join(filter(None, (f"Nothing can be decided yet: {missing}{first}.", measured, until)))
    is_said = bool(measured) and advice.deciding == ("quality",)
    named = [] if is_said else [open_then(name) for name in advice.deciding]
    first = f" Find out first: {listed(named)}." if named else ""
    return " ".join(
        filter(None, (f"It is between {listed(map(quoted, advice.possible))}.{first}", measured, likely))
    )


def _redefine_task(standing: Standing) -> str:
    if standing.advice.answers.of("misses") == "disagreement":
        return "People disagree about the right answer. No model can learn what people cannot agree on."
    return f"{_quality(standing)}: so far off, the task itself is in question. Agree on what is right first."


def _collect_examples(standing: Standing) -> str:
    answers, enough = standing.advice.answers, standing.advice.policy.enough_labels
    have = answer_in_words("labelled_examples", answers)
    unknown = isinstance(answers.of("labelled_examples"), Missing)
    has = (
        "Nobody knows how many reviewed examples there are"
        if unknown
        else f"Reviewed examples so far: {have}"
    )
    could = (
        f"Training can give {listed(bought(standing))}" if bought(standing) else "There is a reason to train"
    )
    return (
        f"{could}, but there is too little to train on. {has}; {count(enough)} make a first run worthwhile."
    )


def _keep_prompting(standing: Standing) -> str:
    last = _last(standing)
    match last.question if last else "":
        case "calls_per_month":
            return _costs_decide(standing, last)
        case "cheaper_model_enough":
            return _cheaper(standing)
        case "can_wait":
            policy = standing.advice.policy
            weeks = f"{policy.iteration_weeks_low:f} to {policy.iteration_weeks_high:f} weeks"
            return f"Each change to a tuned model takes {weeks}, and you cannot wait that long."
        case _:
            return _no_reason(standing)


def _costs_decide(standing: Standing, last: Reason | None) -> str:
    """What the figures say; without any, that so few calls do not carry it, or that it would not pay back."""
    is_few = last is not None and last.says == TOO_FEW_CALLS
    return _figures(standing) or (TOO_FEW_CALLS if is_few else "Tuning would not pay back in time.")


def _cheaper(standing: Standing) -> str:
    scenario = standing.told.ledger.scenarios(standing.advice.answers.number(PRICING))[0]
    cheaper = scenario.option("cheaper_model")
    if cheaper is None or scenario.baseline is None:
        return "A cheaper model with the same prompt reaches the target."
    beside = f"{a_month(cheaper)} a month against {a_month(scenario.baseline)} for today's model"
    named = model_of(cheaper) or "The cheaper model"
    return f"{named} reaches the target with the same prompt: {beside}, and no training."


def _add_retrieval(standing: Standing) -> str:
    return (
        f"{_quality(standing)}, and what it lacks is facts. Look them up for each request and put them into the prompt "
        "(retrieval): training changes how a model answers, not what it knows."
    )


def _tune(standing: Standing, *, brief: bool = False) -> str:
    """What it is for, and what it costs. ``brief``: not what else it is for than the quality."""
    reasons = standing.advice.answers.of("reasons")
    tuned = standing.told.ledger.scenarios(standing.advice.answers.number(PRICING))[-1].best_tuned
    is_paid_for = tuned is not None and tuned.pays_back is False and tuned.payback_months is None
    more = [one for one in bought(standing) if one != _FOR["cost"]]
    said = [] if _is_a_matter_of_cost(standing) else [f"{_quality(standing)}."]
    falls_short = isinstance(reasons, frozenset) and "quality" in reasons and bool(said)
    figures = _figures(standing, "better quality" if brief and falls_short else listed(more))
    if more and not falls_short and not is_paid_for:
        said.append(f"Training can give {listed(bought(standing))}.")
    return " ".join((*said, figures))


def bought(standing: Standing) -> list[str]:
    """What training is wanted for: "better quality", "a voice of its own"."""
    reasons = standing.advice.answers.of("reasons")
    return [_FOR[one] for one in _FOR if one in reasons] if isinstance(reasons, frozenset) else []


def _no_reason(standing: Standing) -> str:
    """How good the prompt is, and why there is nothing to train for."""
    how_good = _quality(standing)
    found, target = standing.advice.quality, standing.advice.answers.number("quality_target")
    if found is not None and found.point is not None and target is not None and found.point >= float(target):
        return f"{how_good}. There is nothing left to train for."
    if any(one.says == TOO_WIDE for one in standing.told.reasons):
        return f"{how_good}. That is too far off for training alone to close."
    return f"{how_good}, and nothing that you named needs a trained model."


def cheaper_untried(standing: Standing) -> str:
    """The cheaper model where it costs less than the tuned one and nobody has tried it; "" where there is none."""
    named, misses = _costs_less(standing)
    return "" if misses else named


def _costs_less(standing: Standing) -> tuple[str, bool]:
    """The cheaper model if its first year costs less than the tuned one's, and whether it misses the target."""
    scenario = standing.told.ledger.scenarios(standing.advice.answers.number(PRICING))[-1]
    tuned, cheaper = scenario.best_tuned, scenario.option("cheaper_model")
    if tuned is None or cheaper is None or (cheaper.first_year or 0) >= (tuned.first_year or 0):
        return "", False
    named = model_of(cheaper) or "the cheaper model"
    return named, standing.advice.answers.of("cheaper_model_enough") is False


def _beside_cheaper(standing: Standing) -> str:
    """That the cheaper model costs less than the tuned one, but misses the target."""
    named, misses = _costs_less(standing)
    return f"{named} costs less, but misses the target." if misses else ""


def _unless(standing: Standing) -> str:
    """That the cheaper model comes first, where nobody has tried it."""
    named = cheaper_untried(standing)
    return (
        f"Tune if {named} misses the target with today's prompt: it costs less, so measure it first."
        if named
        else ""
    )


def _self_host(standing: Standing) -> str:
    calls = standing.advice.answers.number(PRICING)
    scenario = standing.told.ledger.scenarios(calls)[-1]
    said = "The data may not leave, so no provider's model can see it."
    prompted, tuned = scenario.option("self_hosted_prompted"), scenario.option("self_hosted")
    if prompted is None or tuned is None or scenario.calls is None:
        return said
    size = model_of(prompted).partition(" ")[0]
    at = volume(standing.advice.answers) or count(scenario.calls)
    example = " (an example)" if scenario.example else ""
    return (
        f"{said} Prompting an open {size} model on your own servers costs {a_month(prompted)} a month at "
        f"{counted(at, 'calls a month')}{example}; the same model tuned costs {a_month(tuned)}, after "
        f"{once(tuned)} up front."
    )


_FOR: Mapping[str, str] = {
    "quality": "better quality",
    "cost": "lower cost",
    "latency": "faster answers",
    "format": "a strict format",
    "voice": "a voice of its own",
}

_BECAUSE: Mapping[Verdict, Callable[[Standing], str]] = {
    Verdict.PROMPT_FIRST: _prompt_first,
    Verdict.MEASURE_FIRST: _measure_first,
    Verdict.REDEFINE_TASK: _redefine_task,
    Verdict.COLLECT_EXAMPLES: _collect_examples,
    Verdict.KEEP_PROMPTING: _keep_prompting,
    Verdict.ADD_RETRIEVAL: _add_retrieval,
    Verdict.FINE_TUNE: _tune,
    Verdict.HYBRID: _tune,
    Verdict.SELF_HOST: _self_host,
}


def _figures(standing: Standing, bought: str = "") -> str:
    answers = standing.advice.answers
    return finding(standing.told.ledger, answers.number(PRICING), volume(answers), bought)


def _much_smaller(standing: Standing) -> str:
    best = standing.told.ledger.scenarios()[-1].best_tuned
    notes = best.notes if best is not None else ()
    small = next((note.partition(MUCH_SMALLER)[0].strip() for note in notes if MUCH_SMALLER in note), "")
    return f"{small} is much smaller than today's model." if small else ""


def _quality(standing: Standing) -> str:
    """How good it is beside how good it must be, at the start of a sentence without an end."""
    found, target = standing.advice.quality, standing.advice.answers.number("quality_target")
    if found is None or found.point is None:
        return "How good the prompt is, nobody knows yet"
    now = percent(found.point)
    if target is None:
        return f"The prompt is right {now} of the time"
    met = "reaches its target" if found.point >= float(target) else "falls short"
    return f"The prompt {met}: it scores {now}, the target is {percent(target)}"


def _is_a_matter_of_cost(standing: Standing) -> bool:
    """Whether the path went through what the figures say."""
    return any(one.question == "calls_per_month" for one in standing.told.reasons)


def _last(standing: Standing) -> Reason | None:
    return standing.told.reasons[-1] if standing.told.reasons else None
