"""What every answer about the confidence is made of: the level, what it stands on, and what would change it."""

from __future__ import annotations

from bot.conversation.standing import Standing
from bot.views import flips, of_answers
from bot.views.confidence import EVERY, confidence_line
from bot.views.document import Bullets, Part, Strong, Text, Words
from bot.views.phrases import quoted, short
from core.confidence import FAR

Parts = tuple[Part | None, ...]


def level(standing: Standing) -> Words:
    return confidence_line(standing.told, EVERY) or (
        Strong("Nothing is settled yet: "),
        f"as things look, it leans to {quoted(standing.advice.leaning)}.",
    )


def turns(standing: Standing, lead: str = "What would change it") -> Bullets | None:
    turns = flips.turns(standing.told)
    return Bullets(turns, Strong(lead)) if turns else None


def based(standing: Standing, _: str) -> Parts:
    """What it stands on: the answers that decided, and whether a number could turn it."""
    found = standing.told
    moved = [one for one in found.inputs if one.is_number and one.changes]
    rests = Text(
        "How good a model will be it does not say: that has to be measured."
        if found.quality is None
        else of_answers.what_it_rests_on(standing)
    )
    if found.confidence != "high" or not found.reasons:
        return (Text(level(standing)), rests, turns(standing))
    last = found.reasons[-1]
    numbers = (
        f"Every number is at least {FAR} times away from changing it, so a rough guess does no harm."
        if moved
        else "No number alone changes that, so no guess can make it wrong."
    )
    return (
        Text((Strong(f"High: it stands on your answer “{short(last.question)}: {last.answer}”. "), numbers)),
        rests,
        turns(standing),
    )
