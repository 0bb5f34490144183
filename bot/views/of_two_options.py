"""Two options or more side by side, led by what was asked: which is cheaper, over how long, what one gets for it."""
# ruff: noqa: E501  a sentence that is shown is read, and mended, more easily whole

from __future__ import annotations

from decimal import Decimal

from bot.conversation.of_this_thread import scenario_of
from bot.conversation.standing import PRICING, Standing
from bot.views.because import in_short
from bot.views.costs import a_month_or_so, a_year, assumptions_line, crossing, figures, label, model_of, once
from bot.views.document import Bullets, Part, Small, Strong, Text, Words
from bot.views.of_advice_money import same_cost
from bot.views.phrases import headline, volume
from core.told.ledger import Option, Scenario
from core.tree import TUNING
from core.wording import counted, money, months, percent

Parts = tuple[Part | None, ...]

TUNED = ("hosted", "self_hosted")
MARK = "@"
"""What stands between the options and what is asked of them."""
SLIGHT = Decimal("0.1")
"""Less of the dearer month than this is no difference to speak of."""
LONG_RUN = 36


def side_by_side(standing: Standing, of: str) -> Parts:
    """The options that are named, each with its costs, after the answer to what is asked. of: "hosted prompt @ gain"."""
    names, _, wanted = of.partition(MARK)
    scenario = scenario_of(standing)
    shown = [
        one for name in names.split() if (one := scenario.option(name)) is not None and one.month is not None
    ]
    shown.sort(key=_month)
    if len(shown) < 2:
        return (
            Text(
                "I have no figures for two such options here. “explain the cost” shows every option that I compare."
            ),
        )
    asked, _, detail = wanted.strip().partition(" ")
    lead = _lead(standing, shown, asked, detail)
    return (
        *(Text(one) for one in lead),
        Bullets(tuple(_row(one, scenario) for one in shown)),
        Text(
            _quality(standing, shown) if asked not in ("gain", "why", "better", "quality", "rather") else ""
        ),
        Text(_advised(standing)),
        Small(_worked_out_for(standing)),
    )


def _worked_out_for(standing: Standing) -> Words:
    """For how many calls, which model and how many tokens, without how old the prices are."""
    line = assumptions_line(standing.told.ledger, standing.advice.on, volume(standing.advice.answers))
    *first, last = line if isinstance(line, tuple) else (line,)
    return (*first, str(last).partition(" The oldest")[0])


def _calls(scenario: Scenario) -> Decimal:
    return scenario.calls or Decimal(0)


def _month(one: Option) -> Decimal:
    return one.month or Decimal(0)


def _name(one: Option) -> str:
    return f"“{label(one)}”"


def _row(one: Option, scenario: Scenario) -> Words:
    at = f" at {counted(_calls(scenario), 'calls a month')}, an example" if scenario.example else ""
    return (
        Strong(f"{label(one)}{at}: "),
        f"{a_month_or_so(one)} a month, {once(one)} up front, {a_year(one)} in the first year.",
    )


def _lead(standing: Standing, shown: list[Option], asked: str, detail: str) -> tuple[Words, ...]:
    """The sentences that answer what is asked."""
    match asked:
        case "over":
            return _over(shown, int(detail) if detail.isdigit() else LONG_RUN)
        case "line":
            return (_line(standing, shown, detail),)
        case "gain":
            return (_gain(standing, shown), _from_when(standing, shown))
        case "why":
            return (_why_not(standing, shown),)
        case "back" | "extra" | "rather":
            return _held_against(standing, shown, asked)
        case "close":
            return (_close(shown),)
        case "quality":
            return (_of_cheaper(standing), _cheaper(shown))
        case "cost":
            return (_cost(standing, shown),)
        case "worth":
            return (_worth(standing, shown),)
        case "better":
            return (_better(standing, shown),)
        case _:
            return (_cheaper(shown), same_cost(standing, tuple(one.name for one in shown)))


def _cheaper(shown: list[Option]) -> Words:
    """Which costs least a month, and by how much."""
    first, *rest = shown
    less = [f"{money(_month(one) - _month(first))} less than {label(one)}" for one in rest]
    if all(_month(one) == _month(first) for one in rest):
        return f"They cost the same: {money(_month(first))} a month."
    return (
        Strong(
            f"{label(first)} is the {'cheaper' if len(rest) == 1 else 'cheapest'} by the month, {money(_month(first))}: "
        ),
        f"{' and '.join(less)}.",
    )


def _sum(one: Option, over: int) -> Decimal:
    return (one.up_front or Decimal(0)) + over * _month(one)


def _less_by(first: Option, rest: list[Option], over: int) -> str:
    """By how much less, where there is one other."""
    return f", so it saves {money(_sum(rest[0], over) - _sum(first, over))}" if len(rest) == 1 else ""


def _over(shown: list[Option], over: int) -> tuple[Words, ...]:
    """Which costs least over so many months, all in; and from which month on it is the other."""
    ranked = sorted(shown, key=lambda one: _sum(one, over))
    first, *rest = ranked
    others = " and ".join(f"{money(_sum(one, over))} for {_name(one)}" for one in rest)
    when = "the first year" if over == 12 else f"{over} months"
    lead: Words = (
        Strong(f"Over {when}, all in, {label(first)} is the cheaper: "),
        f"{money(_sum(first, over))} against {others}{_less_by(first, rest, over)}.",
    )
    by_month = [one for one in rest if _month(one) < _month(first) and one.up_front]
    if not by_month:
        return (lead,)
    one = by_month[0]
    less = _month(first) - _month(one)
    even = ((one.up_front or Decimal(0)) - (first.up_front or Decimal(0))) / less
    return (
        lead,
        f"By the month {_name(one)} costs less, {money(_month(one))} against {money(_month(first))}, but it takes {once(one)} up front first; at {money(less)} a month less that is made up for after {months(even)}.",
    )


def _cost(standing: Standing, shown: list[Option]) -> Words:
    """What the option costs that is asked about, beside what is paid today."""
    base = scenario_of(standing).baseline
    one = next((one for one in shown if base is None or one.name != base.name), shown[0])
    out = next((each for each in standing.advice.removed if each.option == one.name), None)
    because = (
        f" It is ruled out here: {out.because[:1].lower()}{out.because[1:].rstrip('.')}."
        if out is not None
        else ""
    )
    front = f", after {once(one)} up front" if one.up_front else ", nothing up front"
    beside = ""
    if base is not None and base.name != one.name:
        less = _month(base) - _month(one)
        beside = f" That is {money(abs(less))} a month {'less' if less > 0 else 'more'} than {_name(base)}."
    return (Strong(f"{a_month_or_so(one)} a month{front}: "), f"that is {_name(one)}.{beside}{because}")


def _back(standing: Standing, shown: list[Option]) -> tuple[Words, ...]:
    """When what is spent up front is made up for, against each of the others."""
    tuned = next((one for one in shown if one.name in TUNED), None)
    if tuned is None:
        return _over(shown, 12)
    said = []
    for other in (one for one in shown if one is not tuned):
        less = _month(other) - _month(tuned)
        extra = (tuned.up_front or Decimal(0)) - (other.up_front or Decimal(0))
        when = (
            f"after {months(extra / less)}, at {money(less)} a month less"
            if less > 0
            else f"never, since it costs {money(-less)} a month more"
        )
        said.append(f"against {label(other)} {when}")
    return (
        (Strong(f"The {once(tuned)} up front for {label(tuned)} is made up for "), f"{'; '.join(said)}."),
    )


def _line(standing: Standing, shown: list[Option], thing: str) -> Words:
    """How much of an option's month is for one thing."""
    base = scenario_of(standing).baseline
    one = next((one for one in shown if base is None or one.name != base.name), shown[0])
    word = PART_NAMES.get(thing.rstrip("s")[:6], thing.rstrip("s"))
    found = [
        line
        for line in one.lines
        if line.per == "month" and word.lower() in f"{line.label} {line.unit}".lower()
    ]
    if not found:
        return (Strong("None of it that I know of: "), f"{_name(one)} has no line for that.")
    part = sum((line.amount for line in found), Decimal(0))
    largest = max(found, key=lambda line: line.amount)
    return (
        Strong(f"{money(part)} of {money(_month(one))} a month: "),
        f"most of that is “{largest.label}”, {money(largest.amount)}. The rest stays whatever that costs.",
    )


PART_NAMES = {"people": "hour", "engine": "engineering", "on call": "on call", "label": "example"}
"""How the ledger names what people ask for."""


def _held_against(standing: Standing, shown: list[Option], asked: str) -> tuple[Words, ...]:
    """When it is made up for; what one costs on top of the other; or why not the one that is not tuned."""
    if asked == "extra":
        return (_extra(shown),)
    untuned = [one for one in shown if one.name not in TUNED]
    first = (_why_not(standing, untuned),) if asked == "rather" and untuned else ()
    return (*first, *_back(standing, shown))


def _extra(shown: list[Option]) -> Words:
    """What the dearer costs on top of the other."""
    less, more = shown[0], shown[-1]
    front = (more.up_front or Decimal(0)) - (less.up_front or Decimal(0))
    year = Decimal(12) * (_month(more) - _month(less)) + front
    return (
        Strong(f"{money(_month(more) - _month(less))} a month more, and {money(front)} up front: "),
        f"{money(year)} more in the first year for {_name(more)} than for {_name(less)}.",
    )


def _close(shown: list[Option]) -> Words:
    """Why two cost nearly the same: what both pay, and what is paid for one alone."""
    less, more = shown[0], shown[-1]
    in_less = {(line.label, line.amount) for line in less.lines if line.per == "month"}
    both = [line for line in more.lines if line.per == "month" and (line.label, line.amount) in in_less]
    alone = [line for line in more.lines if line.per == "month" and (line.label, line.amount) not in in_less]
    if not both:
        return _cheaper(shown)
    same = sum((line.amount for line in both), Decimal(0))
    large = max(both, key=lambda line: line.amount)
    extra = max(alone, key=lambda line: line.amount, default=None)
    besides = (
        f" What {_name(more)} costs more is mostly “{extra.label}”, {money(extra.amount)}."
        if extra is not None
        else ""
    )
    return (
        Strong(f"Because {money(same)} a month is the same in both, "),
        f"most of it “{large.label}”, {money(large.amount)}.{besides}",
    )


def _tuned_and_other(shown: list[Option]) -> tuple[Option, Option] | None:
    tuned = next((one for one in shown if one.name in TUNED), None)
    other = next((one for one in shown if one.name not in TUNED), None)
    return (tuned, other) if tuned is not None and other is not None else None


def _gain(standing: Standing, shown: list[Option]) -> Words:
    """What one gets for what the dearer costs more."""
    pair = _tuned_and_other(shown)
    if pair is None:
        return _better(standing, shown)
    tuned, other = pair
    more = _month(tuned) - _month(other)
    extra = Decimal(tuned.up_front or 0) - Decimal(other.up_front or 0)
    if more > 0 and standing.told.verdict in TUNING and _is_short(standing):
        gain = f"{_name(tuned)} costs {money(more)} a month more than {_name(other)}, and {once(tuned)} up front."
        return (Strong("Better quality, not a saving. "), f"{_may_bring(standing, other)} {gain}")
    if more > 0:
        lead = f"At best better quality, no saving: {_name(tuned)} costs {money(more)} a month more than {_name(other)}, and {once(tuned)} up front. "
    else:
        lead = f"A saving of {money(-more)} a month against {_name(other)}, for {once(tuned)} up front ({money(extra)} more). "
    return (Strong(lead), _may_bring(standing, other))


def _from_when(standing: Standing, shown: list[Option]) -> str:
    """At which volume the two cost the same, where they are those that the advice holds against each other."""
    scenario = scenario_of(standing)
    best = (scenario.best_tuned, scenario.baseline)
    is_of_advice = all(one in shown for one in best)
    return crossing(standing.told.ledger, standing.advice.answers.number(PRICING)) if is_of_advice else ""


def _is_short(standing: Standing) -> bool:
    """Whether the quality is short of its target."""
    target, quality = standing.advice.answers.number("quality_target"), standing.advice.quality
    return target is not None and quality is not None and quality.point is not None and quality.point < target


def _may_bring(standing: Standing, other: Option) -> str:
    """What tuning can bring other than a saving, and when that is known."""
    target = standing.advice.answers.number("quality_target")
    quality = standing.advice.quality
    now = quality.point if quality is not None else None
    if standing.told.verdict in TUNING and now is not None and target is not None and now < target:
        return f"What it is for is quality: today {percent(now)} are right, and {percent(target)} are needed; how much better it gets nobody knows before the first run."
    short = f"does not reach {percent(target)}" if target is not None else "falls short"
    return f"What it can bring is better quality, so it is for the case that {_name(other)} {short}; how much better nobody knows before the first run. Measure that first."


def _why_not(standing: Standing, shown: list[Option]) -> Words:
    """Why the cheapest of them is not what is used, or advised."""
    first = shown[0]
    if first.name == "cheaper_model":
        return (Strong("The catch is the quality, not the money. "), _of_cheaper(standing))
    both_tuned = all(one.name in TUNED for one in shown)
    if both_tuned:
        less = _month(shown[-1]) - _month(first)
        return (
            Strong(f"Because {label(first)} costs less: "),
            f"{money(_month(first))} a month against {money(_month(shown[-1]))}, {money(less)} less. Own servers are for data that may not leave, or for more calls.",
        )
    dear = next((one for one in shown[1:] if one.name in TUNED), None)
    if dear is not None:
        less = _month(dear) - _month(first)
        lead = f"Because it saves nothing: {_name(dear)} costs {money(less)} a month more, and {once(dear)} up front. "
        return (Strong(lead), _may_bring(standing, first))
    if first.name in TUNED:
        return (
            Strong(f"The catch is what comes first: {once(first)} up front. "),
            _may_bring(standing, shown[-1]),
        )
    return _cheaper(shown)


def _of_cheaper(standing: Standing) -> str:
    """What is known of the quality of the cheaper model, with the figures of this thread."""
    answers = standing.advice.answers
    enough, target = answers.of("cheaper_model_enough"), answers.number("quality_target")
    now = standing.advice.quality
    aim = f" of {percent(target)}" if target is not None else ""
    at = (
        f" Even today's model gets {percent(now.point)} right."
        if now is not None and now.point is not None and target is not None and now.point < target
        else ""
    )
    if enough is False:
        return f"You answered that the cheaper model does not reach the target{aim}.{at}"
    if enough is True:
        return f"You answered that the cheaper model reaches the target{aim}, so nothing speaks against it."
    return f"Nobody has measured yet whether the cheaper model reaches the target{aim}.{at} Try it on the same cases: an afternoon's work."


def _quality(standing: Standing, shown: list[Option]) -> str:
    return _of_cheaper(standing) if any(one.name == "cheaper_model" for one in shown) else ""


def _is_slight(shown: list[Option]) -> bool:
    first, last = shown[0], shown[-1]
    return _month(last) - _month(first) < SLIGHT * _month(last)


def _worth(standing: Standing, shown: list[Option]) -> Words:
    """Whether it is worth changing from the dearer to the cheaper."""
    first, last = shown[0], shown[-1]
    less = _month(last) - _month(first)
    said = f"{_name(first)} costs {money(less)} a month less than {_name(last)}"
    if (against := _out_of_it(standing, shown)) is not None:
        return against
    if last.name in TUNED and not _is_slight(shown):
        lead = (
            f"Not for a saving: {_name(last)} costs {money(less)} a month more, and {once(last)} up front. "
        )
        return (Strong(lead), _may_bring(standing, first))
    if first.name in TUNED and first.up_front:
        after = months(first.up_front / less) if less else "no time"
        return (
            Strong("It takes a while: "),
            f"{said}, and {once(first)} up front, which is back after {after}.",
        )
    if _is_slight(shown):
        overlap = (first.month_p90 or Decimal(0)) > (last.month_p10 or Decimal(0))
        same = ", and their ranges are nearly the same" if overlap else ""
        return (Strong("Hardly, for the money: "), f"{said}{same}.")
    return (Strong("For the money, yes: "), f"{said}.")


def _out_of_it(standing: Standing, shown: list[Option]) -> Words | None:
    """That the cheaper model misses the target, so that a tuned one is held against today's prompt."""
    base, pair = scenario_of(standing).baseline, _tuned_and_other(shown)
    if pair is None or base is None or pair[1].name != "cheaper_model" or pair[1] is base:
        return None
    if standing.told.verdict not in TUNING or standing.advice.answers.of("cheaper_model_enough") is not False:
        return None
    less = _month(base) - _month(pair[0])
    if less <= 0:
        return None
    after = months((pair[0].up_front or Decimal(0)) / less)
    return (
        Strong(f"Yes, since {model_of(pair[1])} does not count: you answered that it misses the target. "),
        f"Against today's prompt, {money(_month(base))} a month, {_name(pair[0])} saves {money(less)} a month, and its {once(pair[0])} up front is back after {after}.",
    )


def _better(standing: Standing, shown: list[Option]) -> Words:
    """Whether the cheaper is the better one: in money, and in quality."""
    first, last = shown[0], shown[-1]
    said = f"{_name(first)} costs {money(_month(last) - _month(first))} a month less than {_name(last)}."
    if first.name == "cheaper_model":
        return (Strong("In money yes, in quality that is the question. "), f"{said} {_of_cheaper(standing)}")
    pair = _tuned_and_other(shown)
    if pair is not None and pair[0] is not first:
        tuned, other = pair
        extra = Decimal(tuned.up_front or 0) - Decimal(other.up_front or 0)
        ever = same_cost(standing, (tuned.name, other.name))
        return (
            Strong("The tuned one is the better only if it brings quality, not in money: "),
            f"{_name(tuned)} costs {money(_month(tuned) - _month(other))} a month more than {_name(other)}, and {money(extra)} more up front. {_may_bring(standing, other)} {ever}".rstrip(),
        )
    return (Strong("In money yes: "), f"{said} How good each is has to be measured on the same cases.")


def _advised(standing: Standing) -> Words:
    verdict = standing.told.verdict
    if verdict is None:
        return ""
    if verdict in TUNING:
        return (Strong(f"The advice stays “{headline(verdict)}”."), "")
    return ("The advice is ", Strong(f"{headline(verdict)}"), ". ", figures(in_short(standing)))
