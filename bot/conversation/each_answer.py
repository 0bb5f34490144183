"""What each usual answer to one question would lead to, all else as it is. Pure, and nothing is stored by it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time

from bot.conversation.standing import ORDER, Standing, standing_of
from core.advice import Advice
from core.questions import BY_NAME


def each_answer(standing: Standing, question: str) -> Iterator[tuple[str, Advice]]:
    """Each usual answer, as its button has it, and the advice that it would lead to."""
    if question not in BY_NAME:
        return
    day = datetime.combine(standing.advice.on, time(), UTC)
    for choice in BY_NAME[question].under(standing.advice.policy).choices:
        yield choice.label, standing_of(standing.consultation, day, extra=choice.values).advice


def left_open(standing: Standing) -> tuple[str, ...]:
    """The questions that were answered with "not sure", in the order of the tree."""
    unsure = {
        given.question for given in standing.given if given.words == "not sure" or "not sure" in given.words
    }
    return tuple(name for name in ORDER if name in unsure)
