"""Whether something is in the costs: in the price of which option, with its lines, and what is not counted."""
# ruff: noqa: E501  a sentence that is shown is read, and mended, more easily whole

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from bot.conversation.named import WORD_OF
from bot.conversation.standing import Standing
from bot.views import flips, of_answers
from bot.views.costs import a_month, label, line_words
from bot.views.document import Bullets, Part, Said, Small, Strong, Text, Words
from bot.views.of_advice_money import scenario_of
from bot.views.phrases import headline, listed
from core.costs.kinds import RETRAINED, TOKENS_OF_CALLS, Kind
from core.told.ledger import Line, Scenario
from core.wording import count, counted, money, percent

Parts = tuple[Part | None, ...]

LINES_TOLD = 4
A_YEAR: Mapping[str, int] = {"dai": 365, "day": 365, "week": 52, "monday": 52, "month": 12, "quarter": 4}
"""How often a year something changes, by the word for it."""

_HOURS_KEPT_UP = frozenset({Kind.UPKEEP_HOURS, Kind.ON_CALL_HOURS})
_GPUS = frozenset({Kind.SERVERS, Kind.GPU_TRAINING, Kind.GPU_TRAINING_ANEW})
_TRAINING = frozenset({Kind.TRAINING, Kind.TRAINING_ANEW, Kind.GPU_TRAINING, Kind.GPU_TRAINING_ANEW})
_LINES: Mapping[str, frozenset[Kind]] = {
    "electricity": _GPUS,
    "oncall": frozenset({Kind.ON_CALL_HOURS}),
    "upkeep": RETRAINED | _HOURS_KEPT_UP,
    "changes": RETRAINED,
    "labelling": frozenset({Kind.LABELS}),
    "people": _HOURS_KEPT_UP | {Kind.PROMPT_HOURS, Kind.TUNING_HOURS, Kind.RETRAIN_HOURS, Kind.LABELS},
    "hardware": _GPUS | {Kind.HOSTING},
    "cache": frozenset({Kind.CACHED_TOKENS, Kind.BATCH_DISCOUNT}),
    "retries": TOKENS_OF_CALLS,
    "tokens": TOKENS_OF_CALLS,
    "training": _TRAINING | {Kind.TUNING_HOURS, Kind.RETRAIN_HOURS},
    "storage": frozenset({Kind.STORAGE}),
}
"""By what may be counted: the lines of the ledger in which it is."""
_HOW: Mapping[str, str] = {
    "electricity": "The GPUs are priced as rented ones, by the hour, around the clock, and electricity is in that price. There is no line of its own for it. If the machines are yours, set the price of a GPU hour under “Assumptions” to what an hour costs you, electricity included.",
    "hardware": "The GPUs are priced as rented ones, by the hour, around the clock. If you own them already, set the price of a GPU hour under “Assumptions” to what an hour costs you: power, space and wear.",
    "people": "Hours are priced with the price of an hour of engineering, which you can set under “Assumptions”.",
    "labelling": "Reviewed examples that you have are not priced again; those to be made are.",
    "cache": "Today's prompt is priced with its fixed part read from the cache. No batch discount is taken off unless you say which share can wait.",
    "retries": "Repeats of a call count as further calls; how many there are can be set under “Assumptions”.",
    "upkeep": "What it takes after the first run is counted each month.",
    "training": "Training is counted: the first one up front, training anew each month.",
}


def is_counted(standing: Standing, thing: str = "") -> Parts:
    """Whether something is in the costs: the lines that hold it, or that none does and what is counted instead.

    thing: one, or two of them: "electricity+people".
    """
    first, _, second = thing.partition("+")
    if second:
        return (*is_counted(standing, first)[:2], *is_counted(standing, second))
    thing, _, often = thing.partition(" ")
    if thing == "changes":
        return _changes(standing, often)
    scenario = scenario_of(standing)
    if thing == "spare" or thing in _BESIDE:
        return _beside_it(standing, scenario, thing)
    kinds = _kinds_of(standing, thing)
    found = tuple(_lines_of(scenario, kinds))
    if not found:
        return _not_counted(standing, scenario, thing)
    often = _repeated(standing) if thing == "retries" else ""
    in_which = _in_which(scenario, kinds, has_sums=thing != "retries")
    return (
        Text((Strong(in_which), often, f" {_HOW[thing]}" if thing in _HOW else "")),
        Bullets(found, Strong("Where it stands in the costs")),
        Small("An option that is not named here has no such cost. “explain the cost” shows every line."),
    )


def _kinds_of(standing: Standing, thing: str) -> frozenset[Kind]:
    """What the lines are for in which something is counted; of repeated calls none where no call is repeated."""
    if thing == "retries" and not standing.told.ledger.assumed("retry_rate").number:
        return frozenset()
    return _LINES.get(thing, frozenset())


def _repeated(standing: Standing) -> str:
    """How many calls are repeated; their tokens stand among those of all the others."""
    rate = standing.told.ledger.assumed("retry_rate").number or Decimal(0)
    return f" {percent(rate)} of the calls are repeated here, and each such line holds theirs."


_BESIDE: Mapping[str, str] = {
    "checking": "The hours are about the same for every option as long as each makes as many mistakes, so they decide nothing here; "
    "an option that makes fewer saves some of them. To count them, take the minutes for one output times the calls a month.",
    "input": "It comes before the model, and costs the same with every option, so it changes no comparison. What was read or "
    "translated wrongly before the model sees it, no prompt and no training mends: look whether the misses come from there.",
}
"""What is in no price, and what it would do if it were."""


def _one_more(scenario: Scenario) -> str:
    """What one more machine than the volume needs would cost, and what happens without it."""
    for option in scenario.options:
        for line in option.lines:
            if line.servers:
                rest = "nothing answers" if line.servers == 1 else "fewer are left than the volume needs"
                each = money(line.amount / line.servers)
                return f"The price is for {counted(line.servers, 'replicas')}: when one stops, {rest}. One more would add {each} a month."
    return ""


def _beside_it(standing: Standing, scenario: Scenario, thing: str) -> Parts:
    """That something is not counted, what it would do, and that the verdict stands."""
    asked, stays = " It was not asked for either." if thing == "input" else "", thing != "spare"
    more = _one_more(scenario) if thing == "spare" else _BESIDE[thing]
    return (
        Text(
            (
                Strong(
                    f"No, {WORD_OF[thing]} is not counted."
                    if thing != "checking"
                    else "No, their hours are not counted."
                ),
                f"{asked} {more}",
            )
        ),
        Text(
            f"The advice stays: {headline(standing.told.verdict)}." if stays and standing.told.verdict else ""
        ),
    )


def _in_which(scenario: Scenario, kinds: frozenset[Kind], *, has_sums: bool) -> str:
    """In the price of which options it is, with its sum and theirs where it has one, and in which it is not."""
    has: list[str] = []
    without: list[str] = []
    for option in scenario.options:
        met = [line for line in option.lines if line.kind in kinds]
        month = [line.amount for line in met if line.per == "month"]
        of_month = (
            f": {money(sum(month, Decimal(0)))} of its {a_month(option)} a month" if month else ": up front"
        )
        (has if met else without).append(f"“{label(option)}”{of_month if met and has_sums else ''}")
    if not without:
        return "Yes, in every option."
    return f"Yes, in {listed(has)}. Not in {listed(without)}."


def _lines_of(scenario: Scenario, kinds: frozenset[Kind]) -> Iterator[Words]:
    """Each option with those of its lines that hold it; those that none of it is in are left out."""
    for option in scenario.options:
        met = [line for line in option.lines if line.kind in kinds]
        if met:
            yield (Strong(f"{label(option)}: "), Said("; ".join(map(_line, met[:LINES_TOLD])), 500))


def _line(line: Line) -> str:
    return line_words(line) if line.per == "month" else f"{line_words(line, per=False)} up front"


def _not_counted(standing: Standing, scenario: Scenario, thing: str) -> Parts:
    kinds = {line.kind for option in scenario.options for line in option.lines}
    counted_here = [WORD_OF[one] for one in _LINES if kinds & _kinds_of(standing, one)]
    first = (
        f"No, there is no line for {WORD_OF[thing]} in the costs."
        if thing
        else "No, there is no line for that."
    )
    return (
        Text(f"{first} What is counted: {listed(dict.fromkeys(counted_here))}."),
        Text("What costs the same with every option changes no comparison, and so no verdict."),
        Text("Prices are in US dollars, before taxes." if thing in ("tax", "exchange") else ""),
        Small(
            "“explain the cost” shows every line. Your own prices and hours can be put in under “Assumptions”."
        ),
    )


def _changes(standing: Standing, often: str) -> Parts:
    """How often things change: how many retrainings are counted, and what the wait for each means.

    often: "week", or "week 3" for every three.
    """
    policy = standing.advice.policy
    counted_now = standing.told.ledger.assumed("retrains_per_year").number
    word, _, each = often.partition(" ")
    a_year = A_YEAR[word] // max(1, int(each or 1)) if word in A_YEAR else None
    weeks = f"{policy.iteration_weeks_low:f} to {policy.iteration_weeks_high:f} weeks"
    now = f"Training anew {_times(counted_now)} a year is counted. " if counted_now else ""
    yours = ""
    if a_year and counted_now is not None and a_year > counted_now:
        yours = (
            f"Changes that often would be {a_year} a year, which is not counted: “what if we retrain {a_year} times a year?” "
            "shows the cost. "
        )
    fits = (
        f"Each round takes {weeks}, so what changes faster than that cannot go into the weights; it can go into the prompt "
        "of each request."
    )
    waits = standing.given_to("can_wait")
    said = f"You answered that you can wait {weeks}: {waits.words}." if waits else ""
    turns = tuple(
        flips.line(one) for one in standing.told.inputs if of_answers.is_of(one, "can_wait") and one.changes
    )
    return (
        Text(f"{now}{yours}{fits}"),
        Text(said),
        Bullets(turns, Strong("What would change it")) if turns else None,
    )


def _times(number: Decimal) -> str:
    return {1: "once", 2: "twice"}.get(int(number), f"{count(number)} times")
