"""The advice in the thread: verdict, why, how sure and what would change it, the costs, what to do and to decide.

It is read on a phone between two meetings: reasons, sources, all flips and every line of the costs are a button away.
"""

from __future__ import annotations

from bot.conversation.standing import PRICING, Standing
from bot.decision_log.records import Decision
from bot.decision_log.wanted import STANDING
from bot.views import flips
from bot.views.because import cheaper_untried, in_full
from bot.views.buttons import deciding, looking_into
from bot.views.confidence import confidence_line
from bot.views.costs import cost_table, examples_only, figures, own_figures, ruled_out, took_in_all
from bot.views.document import (
    Bullets,
    Buttons,
    Day,
    Document,
    Heading,
    Parts,
    Said,
    Small,
    Strong,
    Text,
    Words,
    joined,
)
from bot.views.phrases import decision_line, headline, reason_line, sources
from bot.views.plan import steps
from bot.views.taking import ALONE, taken_there
from core.answers import Answers
from core.told import Told
from core.tree import TUNING
from core.wording import percent

MOST_STEPS = 3
"""Next steps in the thread: more are not begun today. The page behind Why has all of them."""


def advice(standing: Standing) -> Document:
    """The advice; once decided or set aside, without the buttons and with what became of it in their place."""
    found, answers = standing.told, standing.advice.answers
    calls = answers.number(PRICING)
    out = [("Ruled out: ", one) for one in ruled_out(found.removed, sources=False)]
    parts = (
        Heading(headline(found.verdict)),
        Text(flips.close_call(found)),
        Text(figures(in_full(standing))),
        *sureness(found, brief=True, answers=answers, first=_without_training(standing)),
        cost_table(found.ledger, calls, brief=True, falls_short=answers.of("cheaper_model_enough") is False),
        Small(joined(" ", (*out, own_figures(found.ledger)))),
        Small(examples_only(found.ledger, calls)),
        Small(took_in_all(found.ledger, calls)),
        Bullets(steps(standing, found.ledger)[:MOST_STEPS], Strong("Next steps"), numbered=True),
        *_what_now(standing),
    )
    return Document(parts, "advice", standing.consultation.version)


def _without_training(standing: Standing) -> tuple[Words, ...]:
    """What may make training needless, before anything else that would change an advice to tune."""
    model = cheaper_untried(standing) if standing.told.verdict in TUNING else ""
    target = standing.advice.answers.number("quality_target")
    if not model or target is None:
        return ()
    return ((f"If {model} reaches {percent(target)} with today's prompt: ", Strong("Keep prompting"), "."),)


def sureness(
    found: Told, *, brief: bool = False, answers: Answers | None = None, first: tuple[Words, ...] = ()
) -> Parts:
    """How sure the verdict is, and what would change it: at most three lines, the nearest first.

    ``brief``: as in :func:`~bot.views.confidence.confidence_line`. ``answers``: as in :func:`~bot.views.flips.turns`.
    ``first``: what is told before those.
    """
    turns = (*first, *flips.turns(found, answers))[: flips.TURNS_TOLD]
    sure = confidence_line(found, turns_beside=True, brief=brief)
    if not turns:
        return (Text(joined(" ", (sure, flips.none_near(found)))),)
    return (Bullets(turns, joined(" ", (sure, "What would change it:"))),)


def reasons(found: Told, title: str) -> Parts:
    """The path to the verdict, a line a step, and its sources, where a decision is shown whole."""
    points = tuple(reason_line(reason, brief=True) for reason in found.reasons)
    return (Bullets(points, Strong(title)), Small(sources(found.reasons), last=True))


def against(found: Told) -> Parts:
    """The strongest point against the verdict, and what is not compared."""
    strongest = (
        Text(Said(found.against[0], 600), title="The strongest point against it") if found.against else None
    )
    out = ruled_out(found.removed)
    return (strongest, Small(joined("\n", ("Ruled out:", *out))) if out else None)


def _what_now(standing: Standing) -> Parts:
    consultation = standing.consultation
    looking = Buttons(looking_into(standing, is_open=consultation.status not in ("decided", "moved")))
    if consultation.decision is not None and consultation.status == "decided":
        why = consultation.decision.why
        decided = Text(decision_line(consultation.decision))
        reason = Text(Said(f"Why: {why}", 1_200)) if why else None
        return (decided, reason, looking, asked_when(consultation.decision))
    if consultation.status == "moved":
        return (*taken_there(standing).parts, looking)
    if consultation.status == "set_aside":
        return (Small("Set aside for now. You can take it up again on the card."), looking)
    return (Buttons(deciding(standing)), looking, Small(ALONE) if consultation.is_alone else None)


def asked_when(decision: Decision) -> Small | None:
    """When the thread is asked how the decision turned out, and how to change that; ``None``: it is not."""
    if decision.due_at is None or decision.outcome is not None or decision.status not in STANDING:
        return None
    change = "Say “ask in 9 weeks” or “do not ask again” here to change that."
    return Small(("I ask here on ", Day(decision.due_at), f" how it turned out. {change}"))


def superseded_advice(standing: Standing) -> Document:
    """What the advice's message turns into when an answer has changed and questions are open again."""
    where = "The new advice is below." if standing.is_advised else "The questions go on below."
    said = f"An answer changed, so this advice no longer stands. {where}"
    return Document((Small(said),), "advice", standing.consultation.version)
