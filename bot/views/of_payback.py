"""When tuning is paid back: each option, the word "never", the months that somebody names, and the work on examples."""
# ruff: noqa: E501  a sentence that is shown is read, and mended, more easily whole

from __future__ import annotations

from decimal import Decimal

from bot.conversation.standing import PRICING, Standing
from bot.views.costs import crossing, figures, finding, label, line_words, once
from bot.views.document import Bullets, Part, Strong, Text, Words
from bot.views.of_advice_money import scenario_of
from bot.views.phrases import volume
from core.costs.kinds import Kind
from core.told.ledger import Option, Scenario
from core.wording import counted, from_calls, money

Parts = tuple[Part | None, ...]


def payback(standing: Standing, of: str = "") -> Parts:
    """When tuning is paid back: what it takes up front, what it saves a month, and from which volume on it pays.

    of: "never" where somebody doubts that word, the option that is asked about, or the months that somebody names.
    """
    scenario = scenario_of(standing)
    answers, ledger = standing.advice.answers, standing.told.ledger
    calls = answers.number(PRICING)
    tuned = [one for one in scenario.options if one.name in ("hosted", "self_hosted")]
    shown = sorted(tuned, key=lambda one: one.name not in of.split(" "))
    return (
        *(_labelling(scenario) if of == "labelling" else ()),
        Text(_claimed(scenario, of)),
        Text(figures(finding(ledger, calls, volume(answers)) or "There are no figures for tuning here.")),
        Bullets(tuple(_pays(one, scenario) for one in shown), Strong("When each is paid back"))
        if shown
        else None,
        Text(crossing(ledger, calls)),
    )


def _labelling(scenario: Scenario) -> Parts:
    """Whether the work on examples is in what is spent up front, and what more of it would do."""
    best = scenario.best_tuned
    if best is None or best.month is None or scenario.baseline is None or scenario.baseline.month is None:
        return ()
    made = next((line for line in best.lines if line.kind == Kind.LABELS and line.amount), None)
    priced = (
        f"{line_words(made, per=False)} are in it"
        if made is not None
        else "no examples to make are priced in it"
    )
    less = scenario.baseline.month - best.month
    more = (
        f"Each $1,000 more would put it off by {counted((1000 / less).quantize(Decimal('0.1')), 'months')}."
        if less > 0
        else ""
    )
    return (
        Text(
            f"Only in part. Up front it takes {once(best)}: {priced}, and the hours of engineering for the first model. Days "
            f"that your people spend on examples which you have already are not in it. {more}".strip()
        ),
    )


def _claimed(scenario: Scenario, of: str) -> str:
    """What is to be said to the word or the months that somebody names."""
    if "never" in of.split(" "):
        return "“Never” holds at your volume, not for ever: at another number of calls it can be paid back."
    best = scenario.best_tuned
    if not of.isdigit() or best is None:
        return ""
    here = (
        f"in {counted(best.payback_months, 'months')}"
        if best.payback_months is not None
        else "at no time, at this volume"
    )
    return (
        f"{of} months is not what stands here: the best tuned option is paid back {here}. That is the month in which what it "
        "saves has made up for what is spent up front; the first year is the up-front sum and twelve months together, so it "
        "can be dearer than today all the same."
    )


def _divided(option: Option, less: Decimal) -> str:
    """How the months are worked out."""
    return f" ({once(option)} / {money(less)} a month)" if option.up_front and less > 0 else ""


def _pays(option: Option, scenario: Scenario) -> Words:
    baseline = scenario.baseline
    if option.month is None or baseline is None or baseline.month is None:
        return (Strong(f"{label(option)}: "), "not known, since a part of its costs is not known.")
    less = baseline.month - option.month
    beside = f"{money(abs(less))} a month {'less' if less > 0 else 'more'} than {label(baseline)}"
    when = (
        f"paid back in {counted(option.payback_months, 'months')}{_divided(option, less)}"
        if option.payback_months is not None
        else "never paid back at this volume"
    )
    start = option.crossover_within_horizon_calls
    turn = (
        f" It pays back in time from {counted(from_calls(start), 'calls a month')} on."
        if start is not None
        else " No volume is known at which it pays back in time."
    )
    return (Strong(f"{label(option)}: "), f"{once(option)} up front, {beside}, {when}.{turn}")
