"""Answers to what somebody calls in question of an advice: what the money is for, the level, one number's two turns, a step."""
# ruff: noqa: E501  a sentence that is shown is read, and mended, more easily whole

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.conversation.each_answer import each_answer
from bot.conversation.of_this_thread import scenario_of
from bot.conversation.standing import PRICING, Standing
from bot.views import flips
from bot.views.because import in_full, in_short
from bot.views.costs import a_month, figures, label, model_of, once
from bot.views.document import Bullets, Part, Said, Strong, Text, Words
from bot.views.evaluation import cost_of_cases
from bot.views.of_how_done import alone, largest, split, then
from bot.views.phrases import headline, listed, quoted
from bot.views.plan import steps
from bot.views.sureness import level, turns
from core import inputs
from core.costs.estimate import MUCH_SMALLER
from core.told.ledger import Option
from core.tree import TUNING, Verdict
from core.wording import count, counted, from_calls, money, months, percent

Parts = tuple[Part | None, ...]

YEAR = 12


def challenge(standing: Standing, of: str) -> Parts:
    """The answer to what is called in question. of: the side, with what is named."""
    side, _, named = of.partition(" ")
    return SIDES[side](standing, named)


def _point(standing: Standing) -> float | None:
    """The quality now."""
    quality = standing.advice.quality
    return None if quality is None else quality.point


def _grounds(standing: Standing, _: str) -> Parts:
    """What the money is for: quality, a saving, or a week of work; and when not to spend it."""
    scenario = scenario_of(standing)
    base, tuned = scenario.baseline, scenario.best_tuned
    if standing.told.verdict == Verdict.PROMPT_FIRST:
        return _week(standing)
    if standing.told.verdict not in TUNING or base is None or tuned is None:
        nothing = f"There is nothing to pay for up front: the advice is “{headline(standing.told.verdict)}”. "
        return (Text((Strong(nothing), figures(in_short(standing)))),)
    at, target = _point(standing), standing.advice.answers.number("quality_target")
    is_short = at is not None and target is not None and at < float(target)
    saves = tuned.month is not None and base.month is not None and tuned.month < base.month
    cost = (
        f"It saves as well: {a_month(tuned)} a month against {a_month(base)}, so the {once(tuned)} is back in {months(tuned.payback_months)}."
        if saves and tuned.payback_months is not None
        else f"It saves nothing: {a_month(tuned)} a month against {a_month(base)}, and no saving pays the {once(tuned)} back. So sign only if the better quality is worth that to you."
    )
    if not is_short or at is None or target is None:
        return (Text((Strong("For what it brings: "), figures(in_short(standing)))), _first(standing))
    lead = "For the quality" if saves else "Only for the quality, not to save money"
    wrong, may = 100 - 100 * at, 100 - 100 * float(target)
    return (
        Text(
            (
                Strong(f"{lead}: today's prompt gets {percent(at)} right, and you need {percent(target)}. "),
                f"Of 100 answers {wrong:.0f} are wrong, and {may:.0f} may be.",
            )
        ),
        Text(cost),
        Text(_faster(base, tuned)),
        _first(standing),
        Text(f"If {percent(at)} is good enough for you, lower the target instead: the advice follows."),
    )  # fmt: skip


def _faster(base: Option, tuned: Option) -> str:
    now, then_ = (one.latency.total_ms if one.latency is not None else None for one in (base, tuned))
    if now is None or then_ is None or then_ >= now:
        return ""
    return f"A call gets faster too: {count(then_)} ms in place of {count(now)}."


def _first(standing: Standing) -> Text:
    """What may make it needless, which is tried before anything is spent."""
    before = " ".join(in_full(standing).replace(in_short(standing), "").split())
    scenario = scenario_of(standing)
    cheaper = scenario.option("cheaper_model")
    untried = standing.advice.answers.of("cheaper_model_enough") is not False
    if cheaper is None or cheaper.month is None or not before or not untried:
        return Text((Strong("Before you switch: "), "it has to beat today's prompt on the same cases."))
    return Text(
        (
            Strong("Before anything is spent: "),
            f"measure {model_of(cheaper) or 'the cheaper model'} with today's prompt, {a_month(cheaper)} a month and nothing up front. If it reaches the target, do not train.",
        )
    )


def _week(standing: Standing) -> Parts:
    """What a fair try of the prompt costs, and what it may save."""
    scenario, policy = scenario_of(standing), standing.advice.policy
    base, tuned = scenario.baseline, scenario.best_tuned
    spent = once(base) if base is not None else "It"
    more = (
        f" Training takes {once(tuned)} up front and {a_month(tuned)} a month, and may not be needed at all."
        if tuned is not None
        else ""
    )
    return (
        Text(
            (
                Strong(
                    f"It buys nothing: {spent} is {counted(policy.prompt_week, 'weeks')} of your own people's work on the prompt. "
                ),
                f"{in_short(standing)} Until then nobody knows whether anything is left for training to mend.{more}",
            )
        ),
        Text("If you have the week in house, no money is spent. Then measure, and change the answers here."),
    )


def _level(standing: Standing, _: str) -> Parts:
    """Why the confidence is low although the saving is plain."""
    found, scenario = standing.told, scenario_of(standing)
    tuned, target = scenario.best_tuned, standing.advice.answers.number("quality_target")
    aim = percent(target) if target is not None else "the target"
    base = scenario.baseline
    saves = base is not None and tuned is not None and (tuned.month or 0) < (base.month or 0)
    lead = (
        f"The money is not in doubt; the confidence is {found.confidence} for another reason"
        if saves and tuned is not None and tuned.payback_months is not None
        else f"The confidence is {found.confidence} for this reason"
    )
    doubt = (
        f": nobody has measured whether a tuned {model_of(tuned)} reaches {aim}. "
        if tuned is not None and found.verdict in TUNING
        else ". "
    )
    small = (
        f"{model_of(tuned)} is much smaller than today's model."
        if tuned is not None and any(MUCH_SMALLER in note for note in tuned.notes)
        else ""
    )
    return (
        Text((Strong(f"{lead}{doubt}"), small)),
        Text(flips.close_call(found)),
        turns(standing),
        Text((Strong("What to do about it: "), "train once, measure on cases put aside, and switch only if it reaches the target.")) if found.verdict in TUNING else None,
    )  # fmt: skip


def _chance(standing: Standing, _: str) -> Parts:
    """That the confidence is in the verdict, and the chance is of paying back."""
    found, tuned = standing.told, scenario_of(standing).best_tuned
    if tuned is None or tuned.probability_pays_back is None:
        return (Text(level(standing)), turns(standing))
    return (
        Text(
            (
                Strong("They are about two things. "),
                f"“{str(found.confidence).capitalize()}” is how sure the verdict is, “{headline(found.verdict)}”; {percent(tuned.probability_pays_back)} is the chance that its saving also pays back the {once(tuned)}.",
            )
        ),
        Text(
            (
                "The verdict does not hang on that: ",
                figures(in_short(standing).partition(" At ")[0]),
            )
        ),
        turns(standing),
    )


def _start(standing: Standing, _: str) -> Parts:
    """What may be begun at this level, and what may not."""
    found = standing.told
    is_tuning = found.verdict in TUNING
    lead = (
        "Yes, with the data set and the measuring; switch only once it has beaten the prompt. "
        if is_tuning
        else "Yes, with the next steps; not with training. "
    )
    means = {
        "high": "no single number that is a little off would change the advice",
        "medium": "the advice stands as long as your answers are right",
        "low": "a figure or an answer that is a little off would change the advice",
    }.get(str(found.confidence), "the open questions decide")
    return (
        Text((Strong(lead), f"Confidence {found.confidence or 'open'} means: {means}.")),
        turns(standing),
    )


def _paid(standing: Standing, _: str) -> Parts:
    """How the time until it is paid back is worked out."""
    scenario = scenario_of(standing)
    base, tuned = scenario.baseline, scenario.best_tuned
    if (
        base is None
        or tuned is None
        or base.month is None
        or tuned.month is None
        or tuned.payback_months is None
    ):
        return (Text(figures(in_short(standing))),)
    less, over = base.month - tuned.month, tuned.payback_months
    year = f", or {over / YEAR:.1f} years" if over > YEAR else ""
    start = tuned.crossover_within_horizon_calls
    turn = (
        f"It pays back in time from {counted(from_calls(start), 'calls a month')} on; you have {counted(scenario.calls or 0, 'calls a month')}."
        if start is not None
        else ""
    )
    return (
        Text(
            (
                Strong(f"From the saving: {once(tuned)} up front / {money(less)} a month = {over:.0f} months{year}. "),
                f"{money(less)} is {a_month(base)} for “{label(base)}” less {a_month(tuned)} for “{label(tuned)}”.",
            )
        ),
        Text(turn),
    )  # fmt: skip


def _between(standing: Standing, _: str) -> Parts:
    """Why a better and a worse quality lead to the same verdict."""
    found, target = standing.told, standing.advice.answers.number("quality_target")
    one = next((one for one in found.inputs if one.key in ("quality_now", "eval_correct")), None)
    if one is None or one.below is None or one.above is None:
        return (Text(level(standing)), turns(standing))
    aim = percent(target) if target is not None else "the target"
    low, high = (inputs.at(one.key, turn.number, up=turn is one.above) for turn in (one.below, one.above))
    rows: tuple[Words, ...] = (
        (Strong(f"{low}: "), f"it is too far from {aim} for training to close the gap."),
        (Strong(f"{high}: "), "the target is reached, so there is nothing to train for."),
        (Strong(f"In between, as now ({inputs.shown(one.key, one.present)}): "), f"training may help, so it is open: {listed(map(quoted, found.possible), 'or')}." if len(found.possible) > 1 else f"“{headline(found.verdict)}”."),
    )  # fmt: skip
    return (
        Text(
            Strong(
                f"Yes, for two different reasons: both ends lead to “{flips.brief(one.below.verdict)}”, only the middle does not."
            )
        ),
        Bullets(rows),
    )


def _gap(standing: Standing, _: str) -> Parts:
    """Why the gap in quality is no reason to tune: it was not named as one."""
    at, target = _point(standing), standing.advice.answers.number("quality_target")
    named = standing.given_to("reasons")
    words = named.words if named is not None else "Lower cost"
    told = {"quality": "Better quality"}
    other = next(
        (advice for said, advice in each_answer(standing, "reasons") if said == told["quality"]), None
    )
    then_ = (
        f"With “{told['quality']}” among the reasons it is: {headline(other.verdict)}."
        if other is not None and other.verdict is not None and other.verdict != standing.told.verdict
        else ""
    )
    gap = (
        f"{percent(at)} against {percent(target)}" if at is not None and target is not None else "the quality"
    )
    return (
        Text(
            (
                Strong(f"Because you named only this as a reason to tune: {words}. "),
                f"So the gap, {gap}, is left to the prompt, and training is weighed by its cost alone. ",
                figures(in_short(standing)),
            )
        ),
        Text((Strong("If the gap is a reason for you, change that answer. "), then_)),
        Text((Strong("To do now: "), steps(standing, standing.told.ledger)[0])),
    )


def _leave(standing: Standing, _: str) -> Parts:
    """That it may stay for now, and what nobody knows then."""
    found, quality = standing.told, standing.advice.quality
    target = standing.advice.answers.number("quality_target")
    correct, total = (standing.advice.answers.number(key) for key in ("eval_correct", "eval_total"))
    at = _point(standing)
    if quality is None or at is None or target is None or correct is None or total is None:
        return (Text(figures(in_short(standing))),)
    more = found.more_needed
    tell = f"{more:,} more cases tell: {cost_of_cases(more, found.ledger)}." if more else ""
    return (
        Text(
            (
                Strong("For now yes, keep prompting; but whether it is good enough nobody knows yet. "),
                f"{count(correct)} of {count(total)} is {percent(at)}, under the {percent(target)} you asked for, and with so few cases the true rate may be {100 * quality.low:.0f}% to {100 * quality.high:.0f}%.",
            )
        ),
        Text(f"{tell} As things stand, {quoted(standing.advice.leaning)} is the likelier."),
    )


def _voice(standing: Standing, _: str) -> Parts:
    """Whether one person's answers may be learned from."""
    return (
        Text(
            (
                Strong("It can be done, once that one standard holds for everybody. "),
                "A model trained on one person's answers learns that person's view; whoever sees it otherwise will go on calling its answers wrong, and the score will not rise for them.",
            )
        ),
        Text(
            "So first agree that this person decides, write the rules down, and put them into the prompt: that is free, and may be enough. Then measure against this person's answers alone."
        ),
        _below(standing),
    )


def _agree(standing: Standing, _: str) -> Parts:
    """What is meant by people disagreeing, and how to find out whether they do."""
    return (
        Text(
            (
                Strong("That two people who know the work give different answers to the same case. "),
                "You answered that the misses are of that kind; you may know what is right and a colleague may still see it otherwise.",
            )
        ),
        Text(
            "The first step tests it: two people label the same cases, each alone. If they agree, the misses have another cause; change that answer."
        ),
        _below(standing),
    )


def _below(standing: Standing) -> Part | None:
    rows: tuple[Words, ...] = tuple(
        (Strong(f"{words}: "), f"{headline(str(advice.verdict))}.")
        for words, advice in each_answer(standing, "misses")
        if advice.verdict is not None and str(advice.verdict) != standing.told.verdict
    )
    return Bullets(rows, Strong("If the misses have another cause")) if rows else None


def _crossing(standing: Standing, _: str) -> Parts:
    """That a crossing is far from the own volume, and what costs less there."""
    scenario = scenario_of(standing)
    base, tuned, own = scenario.baseline, scenario.best_tuned, standing.advice.answers.number(PRICING)
    if base is None or tuned is None or tuned.crossover_calls is None or not own:
        return (Text(figures(in_short(standing))),)
    at = tuned.crossover_calls
    is_left = own < at
    times = at / own if is_left else own / at
    many = f"{times:,.0f}" if times >= 3 else f"{times:.1f}"
    lead = "Yes, but not for you: " if is_left else "Yes, and you are above it: "
    side = f"it takes {many} times as many" if is_left else f"you have {many} times as many"
    return (
        Text(
            (
                Strong(lead),
                f"at {counted(own, 'calls a month')} “{label(base)}” costs {a_month(base)} a month and “{label(tuned)}” {a_month(tuned)}.",
            )
        ),
        Text(
            f"They cost the same at {counted(from_calls(at), 'calls a month')}: {side}. A call is one request to the model."
        ),
        Text((f"The advice is “{headline(standing.told.verdict)}”. ", Said(in_short(standing), 300)))
        if standing.told.verdict == Verdict.PROMPT_FIRST
        else None,
    )


SIDES: Mapping[str, Callable[[Standing, str], Parts]] = {
    "grounds": _grounds,
    "level": _level,
    "chance": _chance,
    "start": _start,
    "paid": _paid,
    "between": _between,
    "gap": _gap,
    "leave": _leave,
    "voice": _voice,
    "agree": _agree,
    "crossing": _crossing,
    "alone": alone,
    "split": split,
    "largest": largest,
    "then": then,
}
