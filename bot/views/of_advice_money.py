"""Answers about money: what a figure is made of, what tokens cost, upkeep, and what is saved a month."""
# ruff: noqa: E501  a sentence that is shown is read, and mended, more easily whole

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from bot.conversation.in_place import PERIODS
from bot.conversation.standing import PRICING, Standing
from bot.views import flips
from bot.views.costs import (
    a_month,
    a_year,
    age,
    assumptions_line,
    crossing,
    driver_line,
    label,
    line_words,
    model_of,
    once,
    row_named,
)
from bot.views.document import Bullets, Part, Said, Small, Strong, Text, Words
from bot.views.lines import Sources, groups, that_matter, totals
from bot.views.phrases import listed, source, volume
from core.costs.kinds import RETRAINED, Kind
from core.costs.lines import TUNED
from core.facts import FACTS, PER_MILLION
from core.told.ledger import Line, Option, Scenario
from core.wording import count, counted, from_calls, money

Parts = tuple[Part | None, ...]

OF_A_GPU = (
    "Most of it is GPUs, priced as rented ones by the hour, around the clock, and the hours of whoever is on call. If you "
    "have a server, set the price of a GPU hour under “Assumptions” to what an hour of it costs you."
)
NO_OTHER_LINE = "What has no line here is not in it."
NEAR = Decimal("0.02")
"""A figure is found again where it differs by no more than this part: people round."""
OF_ONE: Mapping[str, tuple[str, ...]] = {
    "up_front": ("up front",), "month": ("month",), "first_year": ("up front", "month"),
}  # fmt: skip
"""Figures that are asked for by name, and which lines of the ledger add up to each."""
KEPT_UP = frozenset({Kind.UPKEEP_HOURS, Kind.ON_CALL_HOURS, Kind.STORAGE})
"""What a tuned model takes each month, whether it is trained anew or not."""
MOST_PRICES = 8


def scenario_of(standing: Standing) -> Scenario:
    """The costs at the team's own volume, or at the larger of two examples."""
    return standing.told.ledger.scenarios(standing.advice.answers.number(PRICING))[-1]


def is_a_cost(standing: Standing, figure: Decimal) -> bool:
    """Whether a figure stands among the costs of an option."""
    return _with_figure(scenario_of(standing), figure) is not None


def parts(standing: Standing, figure: str = "", option: str = "") -> Parts:
    """What a figure is made of; where it is not among those of the advice, that it is not, and which there are.

    figure: digits, "" for none: then what is spent up front and a month for the option that tunes, or for the one that
    is named.
    """
    scenario = scenario_of(standing)
    found = _with_figure(scenario, Decimal(figure)) if figure else None
    named = scenario.baseline if option == "prompt" else _named(scenario, option)
    shown = found[0] if found else named or scenario.best_tuned or scenario.baseline
    if shown is None:
        return (Text("There are no figures here: no option could be priced."),)
    sources, ledger = Sources(standing.advice.on), standing.told.ledger
    others = tuple(
        (Strong(f"{label(option)}: "), f"{totals(option)}.")
        for option in that_matter(scenario)
        if option.name != shown.name
    )
    lines = Bullets(groups(shown, sources), Strong(f"{label(shown)}: {totals(shown)}"))
    rests = assumptions_line(ledger, standing.advice.on, volume(standing.advice.answers))
    return (
        Text(OF_A_GPU) if shown.name.startswith("self_hosted") else None,
        Text(_what_it_is(standing, found, Decimal(figure), shown) if figure else _made_of(shown)),
        lines,
        Bullets(others, Strong("Beside it")),
        Small("“explain the cost” shows every line of these as well."),
        Small(sources.shown()),
        Small((rests, " ", driver_line(ledger))),
    )


def parts_of_one(standing: Standing, which: str, option: str = "") -> Parts:
    """What one figure is made of, with nothing beside it. which: of ``OF_ONE``; option: "" for the one that tunes."""
    scenario = scenario_of(standing)
    named = scenario.baseline if option == "prompt" else _named(scenario, option)
    shown = named or scenario.best_tuned or scenario.baseline
    if shown is None:
        return (Text("There are no figures here: no option could be priced."),)
    sources = Sources(standing.advice.on)
    said = {
        "up_front": f"{once(shown)} up front, once, is the sum of these:",
        "month": f"{a_month(shown)} a month is the sum of these:",
        "first_year": f"{a_year(shown)} in the first year is {once(shown)} up front and 12 x {a_month(shown)} a month:",
    }[which]
    lines = groups(shown, sources, OF_ONE[which])
    rests = assumptions_line(standing.told.ledger, standing.advice.on, volume(standing.advice.answers))
    return (
        Text((Strong(f"{label(shown)}: "), said)),
        *lines,
        Text(NO_OTHER_LINE if lines else "It has no line of this kind."),
        Small(sources.shown()),
        Small(rests),
    )


def _what_it_is(standing: Standing, found: tuple[Option, str] | None, figure: Decimal, shown: Option) -> str:
    if found:
        return f"{found[1]} These are its parts."
    calls = standing.advice.answers.number(PRICING)
    for often, times in PERIODS.items():
        if calls and abs(figure * times - Decimal(str(calls))) <= NEAR * Decimal(str(calls)):
            return f"{count(figure)} a {often} is {counted(count(Decimal(str(calls))), 'calls a month')}, which you answered. {_made_of(shown)}"
    return (
        f"There is no figure of {count(figure)} in this advice. What there is: {once(shown)} up front, once, and "
        f"{a_month(shown)} a month, which holds the calls, training anew and upkeep:"
        if shown.up_front
        else f"There is no figure of {count(figure)} in this advice. A month costs {a_month(shown)}:"
    )


def _named(scenario: Scenario, option: str) -> Option | None:
    if option.startswith("row"):
        return row_named(scenario, option)
    return scenario.option("cheaper_model" if option == "cheaper" else option) if option else None


def _made_of(shown: Option) -> str:
    if not shown.up_front:
        return "Every figure is a quantity times a price, line by line:"
    return f"It takes {once(shown)} up front, once; {a_month(shown)} is spent each month after that. Line by line:"


def _with_figure(scenario: Scenario, figure: Decimal) -> tuple[Option, str] | None:
    """The option in which a figure stands, and what it is there; of several that are near it the nearest."""
    met = [
        (abs(amount - figure), option, f"{money(amount)} is {said} of “{label(option)}”.")
        for option in scenario.options
        for amount, said in _figures(option)
        if amount and abs(amount - figure) <= NEAR * amount
    ]
    if not met:
        return None
    _, option, said = min(met, key=lambda one: one[0])
    return option, said


def _figures(option: Option) -> Iterator[tuple[Decimal | None, str]]:
    yield option.month, "what a month costs, all of it, in the case"
    yield option.up_front, "what is spent once, up front, in the case"
    yield option.first_year, "the first year with what is spent up front, in the case"
    for line in option.lines:
        often = "once, up front" if line.per == "up front" else "a month"
        yield line.amount, f"“{line.label}”, {often}, in the case"


def same_cost(standing: Standing, names: tuple[str, ...]) -> str:
    """At how many calls a month these options cost the same as the tuned one, else as the first; "" for fewer than two."""
    scenario = scenario_of(standing)
    shown = [one for name in names if (one := scenario.option(name)) is not None and one.month is not None]
    if len(shown) < 2:
        return ""
    first = min(shown, key=lambda one: TUNED.index(one.name) if one.name in TUNED else len(TUNED))
    others = [one for one in shown if one.name != first.name]
    if others == [scenario.baseline] and first == scenario.best_tuned:
        return crossing(standing.told.ledger, standing.advice.answers.number(PRICING))
    return " ".join(_meet(standing, other, first) for other in others)


def _meet(standing: Standing, one: Option, other: Option) -> str:
    """Where two options cost the same, as the ledger has it at every volume; that they do nowhere; or that nobody knows."""
    both, said = f"“{label(one)}” and “{label(other)}”", {it.name: f"“{label(it)}”" for it in (one, other)}
    for option in (one, other):
        if any(part.per == "month" for part in option.unknown):
            return (
                f"Where {both} cost the same nobody can say: what {said[option.name]} costs is not all known."
            )
    met = standing.advice.ledger.meetings(one.name, other.name)
    if met.at_last is None:
        return f"{both} cost the same a month at any number of calls."
    least, where = said[met.at_last], [from_calls(place.calls) for place in met.places]
    if not where:
        return f"{both} cost the same a month at no number of calls: {least} costs less at any."
    if any(place.jumps for place in met.places):
        return f"Which of {both} costs less a month changes as servers are added; from about {where[-1]} calls on it is {least}."
    above = "that" if len(where) == 1 else "the last of these"
    return f"{both} cost the same a month at about {listed(where)} calls; above {above} {least} costs less."


def prices(standing: Standing) -> Parts:
    """Which prices of tokens are used, where they are from and of what day, and at which price the verdict turns."""
    scenario, on = scenario_of(standing), standing.advice.on
    lines: list[Words] = []
    sources: dict[str, str] = {}
    for option in that_matter(scenario):
        per_token = [line for line in option.lines if line.unit == "1M tokens" and line.per == "month"]
        if per_token:
            said = "; ".join(dict.fromkeys(line_words(line) for line in per_token))
            lines.append((Strong(f"{model_of(option) or label(option)}: "), Said(said, 500)))
        sources |= {line.source: _dated(line, on) for line in per_token}
    turns = [
        flips.line(one)
        for one in standing.told.inputs
        if one.is_assumed and one.changes and FACTS[one.key].unit == PER_MILLION
    ]
    return (
        Bullets(tuple(lines[:MOST_PRICES]), Strong("Prices of tokens, per 1M")),
        *(Small(("From: ", source(name), dated)) for name, dated in sources.items()),
        Bullets(tuple(turns), Strong("Where a price turns the verdict"))
        if turns
        else Text("No price of tokens alone changes the verdict."),
        Small("If you pay less, set your own price under “Assumptions”: everything is worked out anew."),
    )


def _dated(line: Line, on: object) -> str:
    return f", {age(line.as_of, on)}" if line.as_of else ""  # type: ignore[arg-type]


def upkeep(standing: Standing) -> Parts:
    """What a change costs once a model is tuned, and how long it takes, beside changing a prompt."""
    scenario, policy = scenario_of(standing), standing.advice.policy
    tuned = scenario.best_tuned
    weeks = f"{policy.iteration_weeks_low:f} to {policy.iteration_weeks_high:f} weeks"
    if tuned is None:
        return (
            Text(
                f"Nothing is tuned here, so nothing is trained anew: a prompt is changed the same day. A change to a "
                f"tuned model would take {weeks}."
            ),
        )
    anew = [line for line in tuned.lines if line.kind in RETRAINED]
    rest = [line for line in tuned.lines if line.kind in KEPT_UP]
    often = standing.told.ledger.assumed("retrains_per_year").number
    each = sum((line.amount for line in anew), Decimal(0)) * 12 / often if often else None
    once_more = (
        f" One round costs about {money(each)}; {count(often or 0)} a year are counted." if each else ""
    )
    return (
        Text(
            f"You do not pay the {once(tuned)} again: most of that is building it the first time. When codes, labels or "
            f"rules change, the model is trained anew.{once_more} Each change takes {weeks}, with new examples and a new "
            "check; a prompt is changed the same day, at no cost but the time."
        ),
        Bullets(
            tuple(Said(line_words(line), 300) for line in (*anew, *rest)), Strong("Counted for it each month")
        ),
        Small("If things change more often, say so, for instance: “what if we retrain 12 times a year?”"),
    )


def monthly(standing: Standing) -> Parts:
    """What is paid a month now and with each option, and the difference in money."""
    scenario = scenario_of(standing)
    now = scenario.baseline
    if now is None or now.month is None:
        return (Text("What you pay today is not known, so there is no difference to tell."),)
    rows = tuple(_beside(option, now) for option in scenario.options if option.month is not None)
    rests = assumptions_line(standing.told.ledger, standing.advice.on, volume(standing.advice.answers))
    return (
        Text((Strong(f"{label(now)}: {a_month(now)} a month"), " is what the rest is held against.")),
        Bullets(rows, Strong("A month")),
        Text("The cheaper model counts only if it reaches the target.")
        if scenario.option("cheaper_model")
        else None,
        Small(rests),
    )


def _beside(option: Option, now: Option) -> Words:
    less = (now.month or Decimal(0)) - (option.month or Decimal(0))
    if option.name == now.name:
        said = "what you pay now"
    else:
        said = f"{money(abs(less))} a month {'less' if less >= 0 else 'more'}"
    first = f", after {once(option)} up front" if option.up_front else ""
    return (Strong(f"{label(option)}: "), f"{a_month(option)}, {said}{first}.")
