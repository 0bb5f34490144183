"""Answers to what the ranges of the costs mean, and whether those of two options touch."""
# ruff: noqa: E501  a sentence that is shown is read, and mended, more easily whole

from __future__ import annotations

from decimal import Decimal

from bot.conversation.of_this_thread import options_of, scenario_of
from bot.conversation.standing import PRICING, Standing
from bot.views.because import in_short
from bot.views.costs import a_month, driver_line
from bot.views.document import Part, Text
from bot.views.phrases import headline
from core.costs.curves import Crossing
from core.told.ledger import Option
from core.wording import OPTION_NAMES, band, counted

Parts = tuple[Part | None, ...]
OPTIONS = 2
EIGHT = "In 8 of 10 cases the cost lies inside its range"


def crossings(standing: Standing) -> tuple[Crossing, ...]:
    found = standing.curves
    return found.crossings if found is not None else ()


def turning(standing: Standing) -> str:
    met = [one for one in crossings(standing) if one.kind != "pays back"]
    return f"The two cost the same at {counted(met[0].calls_in_words, 'calls a month')}." if met else ""


def _bands(standing: Standing, named: tuple[str, ...] = ()) -> list[tuple[Option, Decimal, Decimal]]:
    found = [
        (one, one.month_p10, one.month_p90)
        for one in options_of(standing)
        if one.month_p10 is not None and one.month_p90 is not None and one.month_p10 != one.month_p90
    ]
    only = [one for one in found if one[0].name in named]
    return only if len(only) >= OPTIONS else found


def ranges(standing: Standing, named: tuple[str, ...]) -> Parts:
    """What the figures in brackets are, and whether they bear on the verdict."""
    found = _bands(standing, named)
    if not found:
        return (Text("No ranges were worked out here."),)
    own = [one for one in found if one[0].name in named]
    first, low, high = (own or found)[0]
    return (
        Text(
            f"They say how far the cost may be off: in 8 of 10 cases it lies between them. For “{OPTION_NAMES[first.name]}” that is {a_month(first)} a month, most likely between {band(low, high).replace(' to ', ' and ')}."
        ),
        Text(driver_line(standing.told.ledger) if own else ""),
        Text(bear_on(standing)),
        Text(_overlaps(standing, named)),
    )


def bear_on(standing: Standing) -> str:
    """Whether the costs decide here at all."""
    of_costs = [one for one in standing.told.inputs if one.changes and (one.is_assumed or one.key == PRICING)]
    if of_costs:
        return "The costs bear on the decision: the verdict rests on them."
    said = standing.told.reasons[-1:] if standing.told.verdict else ()
    because = f" {in_short(standing)}" if said else ""
    return f"The costs do not bear on the decision: no cost changes the verdict “{headline(standing.told.verdict)}”.{because}"


def overlap(standing: Standing, named: tuple[str, ...]) -> Parts:
    found = _bands(standing, _pair(standing, named))
    if len(found) < OPTIONS:
        return ranges(standing, ())
    return (
        Text(_overlaps(standing, named)),
        Text(f"{EIGHT}, so one case in five lies outside."),
        Text(turning(standing)),
    )


def _pair(standing: Standing, named: tuple[str, ...]) -> tuple[str, ...]:
    """Two options to be held against each other: those that are named, else the prompt and the best tuned one."""
    scenario = scenario_of(standing)
    others = [one.name for one in (scenario.baseline, scenario.best_tuned) if one is not None]
    return tuple(dict.fromkeys((*named, *others)))[: max(OPTIONS, len(named))]


def _overlaps(standing: Standing, named: tuple[str, ...]) -> str:
    """Whether the ranges of two options overlap, and which is the dearer."""
    found = sorted(_bands(standing, _pair(standing, named)), key=lambda one: one[0].month or Decimal(0))
    pair = [one for one in found if one[0].name in _pair(standing, named)][-OPTIONS:]
    if len(pair) < OPTIONS:
        return ""
    (less, low, high), (more, from_, to) = pair
    both = (
        f"“{OPTION_NAMES[more.name]}” ({band(from_, to)}) and “{OPTION_NAMES[less.name]}” ({band(low, high)})"
    )
    if from_ > high:
        return f"The ranges of {both} do not touch: at your volume “{OPTION_NAMES[more.name]}” is dearer in nearly every case. The other way round is very unlikely, not impossible."
    return f"The ranges of {both} overlap: at your volume “{OPTION_NAMES[more.name]}” is likely the dearer, but it may come out the other way."
