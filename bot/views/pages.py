"""The pages that open beside an advice: the case against it, what would change it, and how its costs add up."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from bot.conversation.standing import PRICING, Standing
from bot.limits import OPTION_TEXT
from bot.views import flips, ids
from bot.views.buttons import CASE_AGAINST, CHANGE_ANY, COSTS, REASONS, WOULD_CHANGE
from bot.views.confidence import EVERY, confidence_line
from bot.views.costs import (
    a_thousand,
    assumptions_line,
    crossing,
    driver_line,
    finding,
    label,
    likely,
    ruled_out,
    times,
)
from bot.views.document import (
    Bullets,
    Buttons,
    Choice,
    Form,
    Option,
    Parts,
    Rule,
    Said,
    Small,
    Strong,
    Text,
    joined,
)
from bot.views.lines import Sources, groups, totals
from bot.views.phrases import headline, listed, quoted, reason_line, short, volume
from bot.views.plan import steps
from core.answers import Answers
from core.told import Told, ledger
from core.told.ledger import Scenario
from core.wording import counted


def case_against(standing: Standing, carries: str) -> Form:
    """Every point against the verdict, and how near the numbers are to changing it."""
    found = standing.told
    none = "The numbers hold nothing against it."
    if standing.advice.verdict is None:
        none = "Nothing is settled yet, so there is no case against it."
    worked_out = "Every point is worked out from the answers and the ledger of this consultation."
    turns = flips.turns(found)
    parts = (
        _about(standing),
        *(Text((f"{number}. ", Said(point, 600))) for number, point in enumerate(found.against, 1)),
        None if found.against else Text(none),
        *((Rule(), Bullets(turns, Strong("What would change it"))) if turns else ()),
        Small(worked_out) if found.against else None,
    )
    return Form(CASE_AGAINST, parts, carries=carries)


def reasons(standing: Standing, carries: str) -> Form:
    """The path to the verdict: each answer, its threshold, what it means, and the source; then every next step."""
    every = standing.told.reasons
    none = Text("Nothing has been answered yet that it could rest on.")
    path = tuple(Text(reason_line(reason)) for reason in every)
    plan: Parts = ()
    if standing.is_advised:
        plan = (Rule(), Bullets(steps(standing, standing.told.ledger), Strong("Next steps"), numbered=True))
    return Form(REASONS, (_about(standing), *(path or (none,)), *plan), carries=carries)


def change_any(standing: Standing, carries: str) -> Form:
    """Which answer to change: a menu of those that were given."""
    given = tuple(
        Option(f"{short(one.question)}: {one.words}"[:OPTION_TEXT], one.question) for one in standing.given
    )
    parts: Parts = (
        _about(standing),
        Buttons((Choice("menu", given, (), ids.CHANGE_WHICH, "Choose an answer"),)),
        Small("What you choose opens in a form. The advice follows the new answer at once."),
    )
    return Form(CHANGE_ANY, parts, carries=carries)


def would_change(standing: Standing, carries: str) -> Form:
    """Everything that would change the verdict, and what would not."""
    found = standing.told
    if not found.inputs:
        settled: Parts = (Text("Nothing is settled yet: the questions that are open decide."),)
    else:
        one_by_one = (
            "One change at a time, all else as it is. Each figure given has the other verdict already."
        )
        settled = (
            Text(confidence_line(found, EVERY)),
            Small(one_by_one),
            *_turns(found, "Answers", assumed=False),
            *_turns(found, "Assumptions", assumed=True),
        )
    return Form(WOULD_CHANGE, (_about(standing), *settled), carries=carries)


def _turns(found: Told, title: str, *, assumed: bool) -> Parts:
    moving = [one for one in found.inputs if one.changes and one.is_assumed == assumed]
    still = flips.unmoved_names(found, assumed=assumed)
    return (
        Bullets(tuple(map(flips.line, moving)), Strong(title)),
        Small(f"None of these {title.lower()} alone changes it: {listed(still)}." if still else ""),
    )


def _about(standing: Standing) -> Text:
    """Which verdict, on which task, a page is about."""
    advice, task = standing.advice, Said(standing.consultation.task, 300)
    if advice.verdict:
        return Text(("The advice: ", Strong(headline(advice.verdict)), "\nTask: ", task))
    return Text((f"It leans to {quoted(advice.leaning)}\nTask: ", task))


Shown = tuple[str, Scenario, ledger.Option]
"""An option at a volume, with the value that chooses it."""


def options(standing: Standing) -> tuple[Shown, ...]:
    """What the page of the costs can show: each option at each volume."""
    return _options(standing.told, standing.advice.answers)


def _options(told: Told, answers: Answers) -> tuple[Shown, ...]:
    shown = told.ledger.scenarios(answers.number(PRICING))
    return tuple(
        (f"{option.name}@{place}", scenario, option)
        for place, scenario in enumerate(shown)
        for option in scenario.options
    )


def costs(standing: Standing, carries: str, chosen: str = "") -> Form:
    """One option's ledger, line by line; the others are a choice away. ``chosen``: a value of :func:`options`."""
    return costs_then(standing.told, standing.advice.answers, standing.advice.on, carries, chosen)


def costs_then(told: Told, answers: Answers, on: datetime.date, carries: str, chosen: str = "") -> Form:
    """The same of an advice that was kept. ``on``: the day on which it was given."""
    every = _options(told, answers)
    value, scenario, one = next((o for o in every if o[0] == chosen), None) or _first(every)
    calls, about = answers.number(PRICING), volume(answers)
    menu = tuple(Option(_label(there, each), name) for name, there, each in every)
    sources = Sources(on)
    lines: Parts = groups(one, sources)
    chance = f", {said}" if (said := likely(one, scenario)) else ""
    a_call = f", {a_thousand(one)} per 1,000 calls" if one.per_1000_calls is not None else ""
    parts: Parts = (
        Text(
            joined(" ", (finding(told.ledger, calls, about), crossing(told.ledger, calls)))
            or "What one option costs."
        ),
        Buttons((Choice("menu", menu, (value,), ids.COSTS_OF, "Choose an option"),)),
        Text((Strong(_label(scenario, one)), f"\n{totals(one)}{a_call}{chance}.")),
        *lines,
        Small(sources.shown()),
        Small(joined("\n", (("Left out: ", out) for out in ruled_out(told.removed)))),
        Small(" ".join(times(told.ledger, calls))),
        Small(joined(" ", (assumptions_line(told.ledger, on, about), driver_line(told.ledger)))),
    )
    return Form(COSTS, parts, carries=carries)


def _first(every: Sequence[Shown]) -> Shown:
    """The option to begin with: the best tuned one, whose lines are the most asked for; else any."""
    best = every[0][1].best_tuned
    return next((one for one in every if best is not None and one[2].name == best.name), every[0])


def _label(scenario: Scenario, one: ledger.Option) -> str:
    example = scenario.example and scenario.calls
    return f"{label(one)} at {counted(scenario.calls or 0, 'calls')}" if example else label(one)
