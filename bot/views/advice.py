"""The advice in the thread: verdict, reasons, what to do, what it costs, and what to decide."""

from __future__ import annotations

from bot.standing import PRICING, Standing
from bot.views import ids, mrkdwn
from bot.views.blocks import Element, actions, button, context, header, message, section, words
from bot.views.card import decision_buttons
from bot.views.costs import Ledger, assumptions_line, cost_table, figures, finding, notes, removed, unknowns
from bot.views.message import Block, Message
from bot.views.mrkdwn import bold, escape
from bot.views.phrases import (
    decision_line,
    decision_spoken,
    headline,
    listed,
    quoted,
    reason_line,
    reason_spoken,
    reasons_of,
    short,
    volume,
)
from bot.views.plan import steps
from bot.views.press import Press


def advice(standing: Standing) -> Message:
    """The advice; once decided or set aside, without the buttons and with what became of it in their place."""
    ledger: Ledger = standing.advice.ledger.to_json()
    lines: list[str] = []
    blocks: list[Block] = []
    for part in (_verdict, _costs, _reasons, _removed, _steps, _rests_on):
        said, shown = part(standing, ledger)
        lines += said
        blocks += shown
    said, shown = _what_now(standing)
    return message([*lines, *said], [*blocks, *shown], what="advice", version=standing.consultation.version)


Part = tuple[list[str], list[Block]]


def _verdict(standing: Standing, ledger: Ledger) -> Part:
    found = standing.advice
    title = headline(found.verdict)
    lines = [f"{title}."]
    blocks = [header(title)]
    if found.verdict == "measure_first":
        decides = f"What decides: {listed(short(name) for name in found.deciding)}." if found.deciding else ""
        several = len(found.possible) > 4
        possible = listed((quoted(verdict) for verdict in found.possible), "or")
        open_still = f"{len(found.possible)} verdicts open" if several else f"open: {possible}"
        leaning = f"As things look, it leans to {quoted(found.leaning)}."
        said = f"The answers so far leave {open_still}. {decides} {leaning}".replace("  ", " ")
        lines.append(said)
        blocks.append(section(said))
    return lines, blocks


def _costs(standing: Standing, ledger: Ledger) -> Part:
    answers = standing.advice.answers
    calls = answers.number(PRICING)
    found = finding(ledger, calls, volume(answers))
    costs = cost_table(ledger, calls)
    lines, blocks = ([found], [section(figures(found))]) if found else ([], [])
    if costs is not None:
        blocks.append(costs[0])
        lines += costs[1]
    unsaid = [escape(line, 350) for line in (*notes(ledger), *unknowns(ledger))[:6]]
    if unsaid:
        blocks.append(context(mrkdwn.cut("\n".join(unsaid), 1_900)))
        lines += unsaid
    return lines, blocks


def _reasons(standing: Standing, ledger: Ledger) -> Part:
    reasons = reasons_of(standing)
    if not reasons:
        return [], []
    shown = "\n".join(f"• {reason_line(reason)}" for reason in reasons)
    return ["Why:", *(reason_spoken(reason) for reason in reasons)], [section(f"{bold('Why')}\n{shown}")]


def _removed(standing: Standing, ledger: Ledger) -> Part:
    out = [escape(sentence, 400) for sentence in removed(ledger)]
    if not out:
        return [], []
    return ["Left out of the comparison:", *out], [
        section("\n".join([bold("Left out of the comparison"), *out]))
    ]


def _steps(standing: Standing, ledger: Ledger) -> Part:
    numbered = [f"{place}. {step}" for place, step in enumerate(steps(standing, ledger), 1)]
    return ["Next steps:", *numbered], [section("\n".join([bold("Next steps"), *numbered]))]


def _rests_on(standing: Standing, ledger: Ledger) -> Part:
    line = assumptions_line(ledger, standing.advice.on, volume(standing.advice.answers))
    return [line], [context(line)]


def _what_now(standing: Standing) -> Part:
    consultation = standing.consultation
    if consultation.decision is not None and consultation.status == "decided":
        blocks = [section(decision_line(consultation.decision))]
        if consultation.decision.why:
            blocks.append(section(words(f"Why: {consultation.decision.why}", 1_200)))
        return [decision_spoken(consultation.decision)], blocks
    if consultation.status == "set_aside":
        said = "Set aside for now. You can take it up again on the card."
        return [said], [context(said)]
    invitation = "Anyone in this channel can decide; it is recorded who did."
    rows = [actions(*decision_buttons(standing)), actions(*argument_buttons(standing))]
    return [invitation], [*rows, context(invitation)]


def argument_buttons(standing: Standing) -> list[Element]:
    """What can be looked into before deciding, each on a page of its own."""
    press = Press(standing.consultation.id)
    return [
        button("The case against", ids.CASE_AGAINST, press),
        button("What would change it", ids.WOULD_CHANGE, press),
        button("How the costs add up", ids.COSTS, press),
    ]


def superseded_advice(standing: Standing) -> Message:
    """What the advice's message turns into when an answer has changed and questions are open again."""
    where = "The new advice is below." if standing.is_advised else "The questions go on below."
    said = f"An answer changed, so this advice no longer stands. {where}"
    return message([said], [context(said)], what="advice", version=standing.consultation.version)
