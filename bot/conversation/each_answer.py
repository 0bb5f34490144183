"""What each usual answer to one question would lead to, all else as it is. Pure, and nothing is stored by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time
from itertools import product
from math import prod

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


MOST_TOGETHER = 16
"""More combinations of answers are not worked out."""


def answered_together(
    standing: Standing, names: Sequence[str]
) -> Iterator[tuple[tuple[str, ...], str | None]]:
    """Each combination of the usual answers to these questions, as the buttons have them, and the verdict it gives."""
    day = datetime.combine(standing.advice.on, time(), UTC)
    choices = [BY_NAME[name].under(standing.advice.policy).choices for name in names if name in BY_NAME]
    if len(choices) < len(names) or prod(map(len, choices)) > MOST_TOGETHER:
        return
    for chosen in product(*choices):
        extra = {key: value for one in chosen for key, value in one.values.items()}
        verdict = standing_of(standing.consultation, day, extra=extra).advice.verdict
        yield tuple(one.label for one in chosen), None if verdict is None else str(verdict)


def left_open(standing: Standing) -> tuple[str, ...]:
    """The questions that were answered with "not sure", in the order of the tree."""
    unsure = {
        given.question for given in standing.given if given.words == "not sure" or "not sure" in given.words
    }
    return tuple(name for name in ORDER if name in unsure)
