"""Questions that are told by what stands in this thread: its figures and words, why it is advised, why nothing else."""

from __future__ import annotations

from bot.conversation.asked import About, is_ours
from bot.conversation.by_kind import Question
from bot.conversation.figures_shown import figures_asked
from bot.conversation.replies import TypedText
from bot.conversation.standing import Standing
from bot.conversation.whys import asked_whether, why_asked
from bot.conversation.words_used import word_asked

LIKELY_TALK = 0.75
"""From which probability of being talk on nothing of it is read."""
NOT_BESIDE_FIGURES = ("similar", "waiting", "short", "against", "measuring", "confidence")
"""What a question is about although it names a figure."""


def to_the_point(standing: Standing, message: TypedText, found: About | None) -> Question | None:
    """What a question asks of this thread; ``None`` where it asks none of these. found: what it is taken for else."""
    text, to_the_app = message.text, message.mentioned or message.act.direct
    other = found if isinstance(found, Question) else None
    figures = figures_asked(standing, text)
    if figures and (other is None or other.asked not in NOT_BESIDE_FIGURES):
        return Question("figure", " ".join(f"{one:f}" for one in figures))
    if not is_ours(text, to_the_app=to_the_app, task=standing.consultation.task, talk=LIKELY_TALK):
        return None
    if (whether := asked_whether(text)) is not None:
        return whether
    if (word := word_asked(text)) is not None:
        return word
    return why_asked(text, other)
