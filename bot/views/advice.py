"""The advice in the thread: verdict, how sure it is, what it costs, why, what to do, and what to decide."""

from __future__ import annotations

from bot.conversation.standing import PRICING, Standing
from bot.views import flips
from bot.views.buttons import deciding, looking_into
from bot.views.confidence import confidence_line
from bot.views.costs import (
    assumptions_line,
    cost_table,
    driver_line,
    figures,
    finding,
    notes,
    ruled_out,
    times,
    unknowns,
)
from bot.views.document import (
    Bullets,
    Buttons,
    Document,
    Heading,
    Parts,
    Said,
    Small,
    Strong,
    Text,
    joined,
)
from bot.views.evaluation import evaluation_line
from bot.views.phrases import decision_line, headline, listed, quoted, reason_line, short, sources, volume
from bot.views.plan import steps
from core.answers import Answers
from core.told import Ledger, Told

UNSAID = 6
"""Notes beneath the table; the page of the costs has them all."""


def advice(standing: Standing) -> Document:
    """The advice; once decided or set aside, without the buttons and with what became of it in their place."""
    found, ledger = standing.told, standing.told.ledger
    parts = (
        Heading(headline(standing.advice.verdict)),
        Text(_open(standing)),
        *sureness(found, standing.advice.answers),
        *_costs(standing, ledger),
        Bullets(times(ledger, standing.advice.answers.number(PRICING)), Strong("How long a call takes")),
        *reasons(found, "Why"),
        *against(found),
        Bullets(steps(standing, ledger), Strong("Next steps"), numbered=True),
        *_what_now(standing),
    )
    return Document(parts, "advice", standing.consultation.version)


def _open(standing: Standing) -> str:
    """What a verdict to measure first leaves open."""
    found = standing.advice
    if found.verdict != "measure_first":
        return ""
    possible = listed((quoted(verdict) for verdict in found.possible), "or")
    several = len(found.possible) > 4
    leaves = f"{len(found.possible)} verdicts open" if several else f"open: {possible}"
    decides = f" What decides: {listed(short(name) for name in found.deciding)}." if found.deciding else ""
    return f"The answers so far leave {leaves}.{decides} As things look, it leans to {quoted(found.leaning)}."


def sureness(found: Told, answers: Answers) -> Parts:
    """How sure the verdict is, what would change it, and what the evaluation says."""
    turns, stays = flips.choices(found), flips.stays(found)
    return (
        Text(evaluation_line(found, answers)),
        Text(confidence_line(found)),
        Bullets(turns, stays) if turns else Text(stays),
        Small(flips.unmoved(found) if flips.unmoved_names(found, assumed=False) else ""),
    )


def _costs(standing: Standing, ledger: Ledger) -> Parts:
    answers = standing.advice.answers
    calls, about = answers.number(PRICING), volume(answers)
    unsaid = [Said(line, 350) for line in (*notes(ledger), *unknowns(ledger))[:UNSAID]]
    rests = joined(" ", (driver_line(ledger), assumptions_line(ledger, standing.advice.on, about)))
    return (
        Text(figures(finding(ledger, calls, about))),
        cost_table(ledger, calls),
        Small(joined("\n", [*unsaid, rests]), last=True),
    )


def reasons(found: Told, title: str) -> Parts:
    """The path to the verdict, a line a step, and its sources; “why” has the thresholds too."""
    points = tuple(reason_line(reason, brief=True) for reason in found.reasons)
    return (Bullets(points, Strong(title)), Small(sources(found.reasons), last=True))


def against(found: Told) -> Parts:
    """The strongest point against the verdict, all others being on a page of their own; and what is not compared."""
    strongest = (
        Text(Said(found.against[0], 600), title="The strongest point against it") if found.against else None
    )
    out = ruled_out(found.removed)
    return (strongest, Small(joined("\n", ("Ruled out:", *out))) if out else None)


def _what_now(standing: Standing) -> Parts:
    consultation = standing.consultation
    if consultation.decision is not None and consultation.status == "decided":
        why = consultation.decision.why
        decided = Text(decision_line(consultation.decision))
        return (decided, Text(Said(f"Why: {why}", 1_200)) if why else None)
    if consultation.status == "set_aside":
        return (Small("Set aside for now. You can take it up again on the card."),)
    invitation = Small("Anyone in this channel can decide; it is recorded who did.")
    return (Buttons(deciding(standing)), Buttons(looking_into(standing)), invitation)


def superseded_advice(standing: Standing) -> Document:
    """What the advice's message turns into when an answer has changed and questions are open again."""
    where = "The new advice is below." if standing.is_advised else "The questions go on below."
    said = f"An answer changed, so this advice no longer stands. {where}"
    return Document((Small(said),), "advice", standing.consultation.version)
