"""What a figure of the advice is, where it is from, and why it is no other."""
# ruff: noqa: E501  a sentence that is shown is read, and mended, more easily whole

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from bot.conversation.figures_shown import Figure, figures_shown, is_said, scenario_of
from bot.conversation.standing import PRICING, Standing
from bot.views import flips
from bot.views.costs import a_month, driver_line, label, line_words, once
from bot.views.document import Part, Said, Strong, Text, Words
from bot.views.evaluation import cost_of_cases
from bot.views.of_how_done import settles_from
from bot.views.phrases import source
from core import inputs
from core.facts import FACTS
from core.policy import thresholds
from core.told.flips import Flip, Input
from core.told.ledger import Option
from core.wording import band, count, counted, from_calls, money, percent

Parts = tuple[Part | None, ...]

LINES_TOLD = 3
HUNDRED = 100


def of_figures(standing: Standing, said: str) -> Parts:
    """Each of these figures, digits with a space between: what it is, and what follows from it."""
    shown = figures_shown(standing)
    found: dict[str, Figure] = {}
    for one in map(Decimal, said.split(" ")):
        met = [figure for figure in shown if is_said(one, figure.number)]
        if met:
            first = next((figure for figure in met if figure.what != "answer"), met[0])
            found.setdefault(f"{first.what} {first.of} {'' if first.what in ONCE else one}", first)
    told = [_told(standing, figure) for figure in found.values()]
    same = _same_end(standing, tuple(found.values()))
    return (Text(same), *(Text(words) for words in told))


ONCE = ("range", "more", "least", "same", "paid", "band")
"""Of which several figures are told in one go."""


def _told(standing: Standing, figure: Figure) -> Words:
    return _TELL[figure.what](standing, figure)


def _range(standing: Standing, figure: Figure) -> Words:
    correct, total = (
        standing.advice.answers.number(key) or Decimal(0) for key in ("eval_correct", "eval_total")
    )
    rate = percent(correct / total)
    return (
        Strong(f"It is how far chance alone can move the score of {count(total)} cases. "),
        f"{count(correct)} of {count(total)} were right, which is {rate} of those; of all cases the true rate may be "
        f"{_ends(standing)}. {_where_the_target_is(standing)}{_more_cases(standing)}",
    )


def _ends(standing: Standing) -> str:
    quality = standing.advice.quality
    return f"{100 * quality.low:.0f}% to {100 * quality.high:.0f}%" if quality is not None else ""


def _where_the_target_is(standing: Standing) -> str:
    quality, target = standing.advice.quality, standing.advice.answers.number("quality_target")
    if quality is None or target is None:
        return ""
    if quality.low <= float(target) <= quality.high:
        return (
            f"The target of {percent(target)} lies between, so it may be reached already, or missed by far."
        )
    side = "below" if quality.high < float(target) else "above"
    return f"All of that is {side} the target of {percent(target)}."


def _more_cases(standing: Standing) -> str:
    more = standing.advice.more_needed
    return (
        f" About {more:,} more cases would tell: {cost_of_cases(more, standing.told.ledger)}." if more else ""
    )


def _more(standing: Standing, figure: Figure) -> Words:
    more, target = standing.advice.more_needed or 0, standing.advice.answers.number("quality_target")
    tuned = scenario_of(standing).best_tuned
    aim = percent(target) if target is not None else "the target"
    correct, total = (standing.advice.answers.number(key) for key in ("eval_correct", "eval_total"))
    now = (
        f"{count(correct)} of {count(total)} leave it open: the true rate may be {_ends(standing)}."
        if correct and total
        else ""
    )
    beside = (
        f" That is little beside the {once(tuned)} up front that tuning takes, and that may not be needed."
        if tuned
        else ""
    )
    said = settles_from(standing) or (
        f"About {more:,} more cases are what it should take to tell on which side of {aim} you are. ",
        now,
    )
    cost = cost_of_cases(more, standing.told.ledger)
    return (
        Strong(said[0]),
        f"{said[1]} They take {cost.removeprefix('at ').replace(' each about', ' each, about', 1)}.{beside}",
    )


def _turn(standing: Standing, figure: Figure) -> Words:
    """What the verdict is from this value on, and the rule behind it."""
    one = next(one for one in standing.told.inputs if one.key == figure.of)
    if one.key == PRICING:
        return _calls(standing, figure)
    if one.key == "labelled_examples":
        return _least(standing, figure)
    scale = HUNDRED if FACTS[one.key].kind == "share" else 1
    sides = [(turn, up) for turn, up in ((one.below, False), (one.above, True)) if turn is not None]
    turn, up = min(sides, key=lambda side: abs(side[0].number * scale - figure.number))
    then = flips.brief(turn.verdict)
    return (Strong(f"{inputs.at(one.key, turn.number, up=up)}: {then}. "), _rule(standing, one, turn, up=up))


def _rule(standing: Standing, one: Input, turn: Flip, *, up: bool) -> str:
    """Why the verdict is another there."""
    now = f"Now it is {inputs.shown(one.key, one.present)}."
    if one.key not in ("quality_now", "eval_correct", "quality_target"):
        whose = "which we assume" if one.is_assumed else "which you answered"
        return f"Now it is {inputs.shown(one.key, one.present)}, {whose}; there the figures tip over."
    policy, answers = standing.advice.policy, standing.advice.answers
    better = up != (one.key == "quality_target")
    if better and turn.verdict == "keep_prompting":
        return f"The target is reached there, so there is nothing left for training to mend. {now}"
    quality = turn.number if one.key == "quality_now" else None
    target = turn.number if one.key == "quality_target" else answers.number("quality_target")
    quality = answers.number("quality_now") if quality is None and one.key == "quality_target" else quality
    total = answers.number("eval_total")
    quality = turn.number / total if one.key == "eval_correct" and total else quality
    if quality is None or not target or better:
        return now
    share = quality / Decimal(str(target))
    if share <= policy.redefine_at + Decimal("0.01"):
        return f"That is {percent(policy.redefine_at)} of the target or less: so far off, the task itself is in question. {now}"
    return (
        f"That is under {percent(policy.closable_gap)} of the target of {percent(target)}: a gap too wide for training alone, "
        f"so the prompt is worked on first. {now}"
    )


def _same_end(standing: Standing, found: tuple[Figure, ...]) -> str:
    """That two figures lead to one verdict for two reasons."""
    turning = [one for one in found if one.what == "turn"]
    ends = [
        turn.verdict
        for one in standing.told.inputs
        for turn in (one.below, one.above)
        if turn is not None and one.key in {two.of for two in turning}
    ]
    if len(turning) < 2 or len(set(ends)) != 1 or ends[0] is None:
        return ""
    return f"No mistake: both lead to “{flips.brief(ends[0])}”, for two different reasons."


def _least(standing: Standing, figure: Figure) -> Words:
    least = standing.advice.policy.enough_labels
    given = standing.given_to("labelled_examples")
    have = standing.advice.answers.number("labelled_examples")
    missing = (
        f" You have {given.words}: {count(least - have)} more are needed."
        if given and have is not None and have < least
        else f" You have {given.words}."
        if given
        else ""
    )
    turn = next((one.above for one in standing.told.inputs if one.key == "labelled_examples"), None)
    then = f" At {count(least)} the advice becomes “{flips.brief(turn.verdict)}”." if turn is not None else ""
    return (
        Strong(f"{count(least)} reviewed examples are the least with which a first run makes sense: "),
        "with fewer there is too little to learn from, and too little to put aside to measure on",
        f".{missing}{then} ",
        _whose(standing),
    )


def _whose(standing: Standing) -> Words:
    if "enough_labels" in standing.advice.policy.overridden:
        return "It is a rule of your own workspace."
    return ("The threshold is from ", source(thresholds()["enough_labels"].source), ".")


def _calls(standing: Standing, figure: Figure) -> Words:
    """Where two options cost the same, and from where on the difference has made up for what is spent up front."""
    scenario = scenario_of(standing)
    tuned = (scenario.option(figure.of) if figure.what in ("same", "paid") else None) or scenario.best_tuned
    now = scenario.baseline
    if tuned is None or now is None or tuned.crossover_calls is None:
        return f"At {count(figure.number)} calls a month the verdict turns."
    volume = scenario.calls
    paid = tuned.crossover_within_horizon_calls
    months = counted(standing.advice.policy.horizon_months, "months")
    first = f"At {from_calls(tuned.crossover_calls)} calls a month “{label(tuned)}” and “{label(now)}” cost the same a month"
    no_saving = (
        f": there is no saving yet, so the {once(tuned)} up front does not come back. "
        if tuned.up_front
        else ". "
    )
    times = (
        f", {(paid / volume).quantize(Decimal('0.1')):f} times as many as your {count(volume)}"
        if paid and volume and paid > volume
        else ""
    )
    back = (
        f"It is paid back in time (within {months}) only from {counted(from_calls(paid), 'calls a month')} on{times}."
        if paid
        else "It is paid back in time at no volume."
    )
    return (Strong(f"{first}{no_saving}"), back)


def _cost(standing: Standing, figure: Figure) -> Words:
    """What a cost is, of which option, from which lines, and whether it is paid back."""
    option = scenario_of(standing).option(figure.of)
    if option is None:
        return ""
    which, said = _which(option, figure.number)
    lines = sorted(
        (line for line in option.lines if line.per == which and line.amount), key=lambda line: -line.amount
    )
    made = "; ".join(line_words(line, per=False) for line in lines[:LINES_TOLD])
    rest = " and smaller lines" if len(lines) > LINES_TOLD else ""
    return (
        Strong(f"{money(figure.number)} is {said} “{label(option)}”. "),
        Said(f"It is made of: {made}{rest}." if made else "", 500),
        " ",
        _comes_back(standing, option),
    )


def _band(standing: Standing, figure: Figure) -> Words:
    """Within what a month may cost, and from what most of that comes."""
    option = scenario_of(standing).option(figure.of)
    if option is None or option.month_p10 is None or option.month_p90 is None:
        return ""
    return (
        Strong(
            f"A month of “{label(option)}” costs {band(option.month_p10, option.month_p90)} in 8 of 10 cases; {a_month(option)} is the likely figure. "
        ),
        f"Most figures behind it are not known exactly, and each was varied as far as it may be off. {driver_line(standing.told.ledger)}",
    )


def _which(option: Option, amount: Decimal) -> tuple[str, str]:
    if option.month is not None and abs(option.month - amount) < 1:
        return "month", "what a month costs with"
    if option.up_front is not None and abs(option.up_front - amount) < 1:
        return "up front", "spent once, before the first call, for"
    return "", f"the first year, {once(option)} up front and 12 x {a_month(option)}, with"


def _comes_back(standing: Standing, option: Option) -> str:
    now = scenario_of(standing).baseline
    if (
        not option.up_front
        or now is None
        or now.month is None
        or option.month is None
        or option.name == now.name
    ):
        return ""
    less = now.month - option.month
    if less <= 0:
        return (
            f"It never comes back at this volume, since a month costs {money(-less)} more than today, not less: {a_month(option)} "
            f"against {a_month(now)} for “{label(now)}”."
        )
    when = counted(option.payback_months, "months") if option.payback_months is not None else "no time"
    return f"It comes back in {when}: a month costs {money(less)} less than “{label(now)}”."


def _answer(standing: Standing, figure: Figure) -> Words:
    one = next(one for one in standing.told.inputs if one.key == figure.of)
    turns = f" {flips.turned(one)}" if one.changes else " No other value of it alone changes the verdict."
    return (
        Strong(
            f"You did: {inputs.name(one.key)} is {inputs.shown(one.key, one.present)}, an answer of yours."
        ),
        turns,
    )


_TELL: Mapping[str, Callable[[Standing, Figure], Words]] = {
    "range": _range, "more": _more, "turn": _turn, "same": _calls, "paid": _calls, "least": _least, "cost": _cost,
    "band": _band,
    "answer": _answer,
}  # fmt: skip
