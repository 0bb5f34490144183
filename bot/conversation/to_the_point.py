"""What a question asks that names something of this very thread: the chart, two options, how sure it is. Pure.

It is looked for before the kinds of questions that are told apart without a thread.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.conversation.asked import PLAINLY_TALK, is_question, opens_asking
from bot.conversation.by_kind import Question, is_talk
from bot.conversation.of_a_turn import of_a_turn
from bot.conversation.of_how_sure import of_how_sure
from bot.conversation.of_the_chart import of_the_chart
from bot.conversation.of_two_options import of_two_options
from bot.conversation.replies import TypedText
from bot.conversation.standing import Standing
from bot.conversation.supposing import opens_supposing, plain_words, supposition
from bot.conversation.together import told_together
from bot.conversation.what_if import is_present
from core.questions import question_of
from core.reading.cleaning import LONGEST
from core.reading.outcome import Reading

Finder = Callable[[Standing, str, str], Question | None]
_OF_WHAT_STANDS: tuple[Finder, ...] = (of_how_sure, of_a_turn)
"""They tell a doubt, or their own supposition, from something to be tried."""
_OF_WHAT_IS_SHOWN: tuple[Finder, ...] = (of_the_chart, of_two_options)
_ASKS = re.compile(
    r"\b(?:is|are|does|do|did|was|were|has|have|can|could|would|should|am) "
    r"(?:something|anything|nothing|there|i|we|they|it|this|that|these|those|the|any|one)\b"
    r"|\b(?:wondering|tell me|not sure what|no idea|need to know|want to know|dont (?:get|see|understand))\b"
)


def pointed(standing: Standing, message: TypedText, reading: Reading) -> Question | None:
    """What is asked of something that the thread shows; ``None`` where it is talk, a supposition, or something else."""
    text = message.text
    if len(text) > LONGEST:
        return None
    plain = plain_words(text)
    if not (is_question(text) or opens_asking(text) or _ASKS.search(plain)):
        return None
    is_tried = _is_tried(standing, text, reading)
    stands = (of_a_turn,) if is_tried and opens_supposing(text) else _OF_WHAT_STANDS
    every = (*stands, *(() if is_tried else _OF_WHAT_IS_SHOWN))
    found = next((one for find in every if (one := find(standing, text, plain)) is not None), None)
    to_the_app = message.mentioned or message.act.direct
    is_talk_between = not to_the_app and is_talk(text, PLAINLY_TALK, standing.consultation.task)
    return None if is_talk_between else found


def _is_tried(standing: Standing, text: str, reading: Reading) -> bool:
    """Whether a text supposes something that can be tried, and that is not so already."""
    if reading.assumed or supposition(text) is not None:
        return True
    told = {**reading.values, **told_together(standing, text)} if opens_supposing(text) else {}
    return any(question_of(key) and not is_present(standing, key, value) for key, value in told.items())
