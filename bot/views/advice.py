"""The advice in the thread: verdict, how sure it is, what it costs, why, what to do, and what to decide."""

from __future__ import annotations

from bot.conversation.standing import PRICING, Standing
from bot.views import flips, ids, mrkdwn
from bot.views.blocks import Element, actions, button, context, header, message, section, words
from bot.views.card import decision_buttons
from bot.views.confidence import confidence_line
from bot.views.costs import (
    assumptions_line,
    cost_table,
    driver_line,
    figures,
    finding,
    notes,
    removed,
    times,
    unknowns,
)
from bot.views.evaluation import evaluation_line
from bot.views.message import Block, Message
from bot.views.mrkdwn import bold, escape, source, source_title
from bot.views.phrases import (
    decision_line,
    decision_spoken,
    headline,
    listed,
    quoted,
    reason_brief,
    short,
    sources_of,
    volume,
)
from bot.views.plan import steps
from bot.views.press import Press
from core.answers import Answers
from core.told import Ledger, Told

UNSAID = 6
"""Notes beneath the table; the page of the costs has them all."""

Part = tuple[list[str], list[Block]]
"""Some lines of a message's text, and the blocks that say the same."""


def advice(standing: Standing) -> Message:
    """The advice; once decided or set aside, without the buttons and with what became of it in their place."""
    found = standing.told
    answers = standing.advice.answers
    parts = (
        _verdict(standing),
        sureness(found, answers),
        _costs(standing, found.ledger),
        _times(standing, found.ledger),
        reasons(found, "Why"),
        against(found),
        left_out(found),
        _steps(standing, found.ledger),
        _what_now(standing),
    )
    lines = [line for said, _ in parts for line in said]
    blocks = [block for _, shown in parts for block in shown]
    # Last what is the first to be left out where a text is too long: the pages have both.
    lines += [_rests_on(standing, found.ledger), sources_spoken(found)]
    return message(lines, blocks, what="advice", version=standing.consultation.version)


def _verdict(standing: Standing) -> Part:
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


def sureness(found: Told, answers: Answers) -> Part:
    """How sure the verdict is, what would change it, and what the evaluation says."""
    choices = [f"• {line}" for line in flips.choices(found)]
    still = flips.unmoved(found) if flips.unmoved_names(found, assumed=False) else ""
    said = (
        evaluation_line(found, answers),
        confidence_line(found),
        "\n".join(filter(None, [flips.stays(found), *choices])),
    )
    blocks = [section(part) for part in said if part]
    if still:
        blocks.append(context(mrkdwn.cut(still, 1_900)))
    lines = [*said, still]
    return [line.replace("*", "").replace("• ", "") for line in lines if line], blocks


def _costs(standing: Standing, ledger: Ledger) -> Part:
    answers = standing.advice.answers
    calls, about = answers.number(PRICING), volume(answers)
    found = finding(ledger, calls, about)
    costs = cost_table(ledger, calls)
    lines, blocks = ([found], [section(figures(found))]) if found else ([], [])
    if costs is not None:
        blocks.append(costs[0])
        lines += costs[1]
    unsaid = [escape(line, 350) for line in (*notes(ledger), *unknowns(ledger))[:UNSAID]]
    beneath = "\n".join([*unsaid, _rests_on(standing, ledger)])
    return [*lines, *unsaid], [*blocks, context(mrkdwn.cut(beneath, 1_900))]


def _rests_on(standing: Standing, ledger: Ledger) -> str:
    """On what the figures rest, and what makes them uncertain."""
    rests = assumptions_line(ledger, standing.advice.on, volume(standing.advice.answers))
    return f"{driver_line(ledger)} {rests}".strip()


def _times(standing: Standing, ledger: Ledger) -> Part:
    """How long a call takes with each option, where that is a reason."""
    told = times(ledger, standing.advice.answers.number(PRICING))
    if not told:
        return [], []
    title = "How long a call takes"
    return [f"{title}:", *told], [section("\n".join([bold(title), *(f"• {line}" for line in told)]))]


def reasons(found: Told, title: str) -> Part:
    """The path to the verdict, a line a step, and its sources; “why” has the thresholds too."""
    told = found.reasons
    if not told:
        return [], []
    brief = [reason_brief(reason) for reason in told]
    sources = sources_of(told)
    blocks = [
        section("\n".join([bold(title), *(f"• {line}" for line in brief)])),
        context(mrkdwn.cut(f"Sources: {'; '.join(map(source, sources))}", 1_900)),
    ]
    return [f"{title}:", *(line.replace("*", "") for line in brief)], blocks


def sources_spoken(found: Told) -> str:
    """The sources of the reasons for a message's text: at its end, since it is the first that can be left out."""
    titles = [source_title(reference).rstrip(".") for reference in sources_of(found.reasons)]
    return f"Sources: {'; '.join(titles)}." if titles else ""


def against(found: Told) -> Part:
    """The strongest point against the verdict; the others are on a page of their own."""
    if not found.against:
        return [], []
    said = escape(found.against[0], 600)
    title = "The strongest point against it"
    return [f"{title}: {said}"], [section(f"{bold(title)}\n{said}")]


def left_out(found: Told) -> Part:
    """The options that are not compared, each with the reason and its source."""
    out = removed(found.removed)
    if not out:
        return [], []
    title = "Ruled out"
    shown = [f"{escape(one.says, 400)}{_linked(one.source)}" for one in out]
    lines = [f"{escape(one.says, 400)}{_titled(one.source)}" for one in out]
    return [f"{title}:", *lines], [context(mrkdwn.cut("\n".join([f"{title}:", *shown]), 1_900))]


def _linked(reference: str) -> str:
    return f" {source(reference)}" if reference else ""


def _titled(reference: str) -> str:
    return f" Source: {source_title(reference)}" if reference else ""


def _steps(standing: Standing, ledger: Ledger) -> Part:
    numbered = [f"{place}. {step}" for place, step in enumerate(steps(standing, ledger), 1)]
    return ["Next steps:", *numbered], [section("\n".join([bold("Next steps"), *numbered]))]


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
        button("Assumptions…", ids.ASSUMPTIONS, press),
    ]


def superseded_advice(standing: Standing) -> Message:
    """What the advice's message turns into when an answer has changed and questions are open again."""
    where = "The new advice is below." if standing.is_advised else "The questions go on below."
    said = f"An answer changed, so this advice no longer stands. {where}"
    return message([said], [context(said)], what="advice", version=standing.consultation.version)
