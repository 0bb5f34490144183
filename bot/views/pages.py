"""The pages that open beside an advice: the case against it, what would change it, and how its costs add up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.conversation.standing import PRICING, Standing
from bot.views import flips, ids, mrkdwn
from bot.views.blocks import actions, context, divider, option, page, section, select
from bot.views.confidence import EVERY, confidence_line
from bot.views.costs import a_thousand, assumptions_line, driver_line, finding, label, removed
from bot.views.lines import Sources, groups, totals
from bot.views.message import Block
from bot.views.mrkdwn import bold, escape, source
from bot.views.phrases import headline, listed, quoted, volume
from core.told.ledger import Ledger, Option, Scenario
from core.wording import counted

View = dict[str, Any]

PART = 2_800
"""Characters of a section, less what it may take to close it."""


def case_against(standing: Standing, metadata: str) -> View:
    """Every point against the verdict, and how near the numbers are to changing it."""
    found = standing.told
    blocks = [_about(standing)]
    if standing.advice.verdict is None:
        blocks.append(section("Nothing is settled yet, so there is no case against it."))
    elif not found.against:
        blocks.append(section("The numbers hold nothing against it."))
    blocks += [section(f"{number}. {escape(point, 600)}") for number, point in enumerate(found.against, 1)]
    stays = flips.stays(found)
    if stays:
        blocks += [divider(), section(stays)]
    if found.against:
        blocks.append(
            context("Every point is worked out from the answers and the ledger of this consultation.")
        )
    return page("The case against", blocks, metadata)


def would_change(standing: Standing, metadata: str) -> View:
    """Everything that would change the verdict, and what would not."""
    found = standing.told
    blocks = [_about(standing)]
    every = found.inputs
    if not every:
        blocks.append(section("Nothing is settled yet: the questions that are open decide."))
        return page("What would change it", blocks, metadata)
    blocks.append(section(confidence_line(found, EVERY)))
    blocks.append(
        context("One change at a time, all else as it is. Each figure given has the other verdict already.")
    )
    for title, assumed in (("Answers", False), ("Assumptions", True)):
        moving = [one for one in every if one.changes and one.is_assumed == assumed]
        blocks += _packed(bold(title), [f"• {flips.line(one)}" for one in moving])
        still = flips.unmoved_names(found, assumed=assumed)
        if still:
            kind = "assumptions" if assumed else "answers"
            blocks.append(
                context(mrkdwn.cut(f"None of these {kind} alone changes it: {listed(still)}.", 1_900))
            )
    return page("What would change it", blocks, metadata)


def _about(standing: Standing) -> Block:
    """Which verdict, on which task, a page is about."""
    task = escape(standing.consultation.task, 300)
    advice = standing.advice
    now = (
        f"The advice: {bold(headline(advice.verdict))}"
        if advice.verdict
        else f"It leans to {quoted(advice.leaning)}"
    )
    return section(f"{now}\nTask: {task}")


def _packed(title: str, parts: Sequence[str]) -> list[Block]:
    """A title and its parts in as few sections as they fit into."""
    if not parts:
        return []
    texts = [title]
    for part in parts:
        if mrkdwn.size(texts[-1]) + mrkdwn.size(part) > PART:
            texts.append(part)
        else:
            texts[-1] += f"\n{part}"
    return [section(text) for text in texts]


def options(standing: Standing) -> tuple[tuple[str, Scenario, Option], ...]:
    """What the page of the costs can show: each option at each volume, with the value that chooses it."""
    shown = standing.told.ledger.scenarios(standing.advice.answers.number(PRICING))
    return tuple(
        (f"{option.name}@{place}", scenario, option)
        for place, scenario in enumerate(shown)
        for option in scenario.options
    )


def costs(standing: Standing, metadata: str, chosen: str = "") -> View:
    """One option's ledger, line by line; the others are a choice away. ``chosen``: a value of :func:`options`."""
    every = options(standing)
    value, scenario, one = next((o for o in every if o[0] == chosen), None) or _first(every)
    ledger = standing.told.ledger
    answers = standing.advice.answers
    picker = select(
        ids.COSTS_OF,
        [option(_label(there, each), name) for name, there, each in every],
        "Choose an option",
        value,
    )
    sources = Sources(standing.advice.on)
    parts = groups(one, sources)
    blocks = [
        section(finding(ledger, answers.number(PRICING), volume(answers)) or "What one option costs."),
        actions(picker),
        section(f"{bold(_label(scenario, one))}\n{totals(one)}{_a_thousand(one)}."),
        *(block for title, said in parts for block in _packed(bold(title), [f"• {line}" for line in said])),
    ]
    if sources.numbers:
        blocks.append(context(mrkdwn.cut(sources.shown(), 1_900)))
    blocks += [context(text) for text in _beneath(standing, ledger) if text]
    return page("How the costs add up", blocks, metadata)


def _first(every: Sequence[tuple[str, Scenario, Option]]) -> tuple[str, Scenario, Option]:
    """The option to begin with: the best tuned one, whose lines are the most asked for; else any."""
    best = every[0][1].best_tuned
    return next((one for one in every if best is not None and one[2].name == best.name), every[0])


def _label(scenario: Scenario, one: Option) -> str:
    return (
        f"{label(one)} at {counted(scenario.calls, 'calls')}"
        if scenario.example and scenario.calls
        else label(one)
    )


def _a_thousand(one: Option) -> str:
    return f", {a_thousand(one)} per 1,000 calls" if one.per_1000_calls is not None else ""


def _beneath(standing: Standing, ledger: Ledger) -> list[str]:
    out = [
        f"Left out: {escape(one.says, 300)}{' ' + source(one.source) if one.source else ''}"
        for one in removed(standing.told.removed)
    ]
    rests = assumptions_line(ledger, standing.advice.on, volume(standing.advice.answers))
    return [mrkdwn.cut("\n".join(out), 1_900), f"{rests} {driver_line(ledger)}".strip()]
