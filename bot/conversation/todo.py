"""What a text leads to, and whether its values can be. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.conversation import posts
from bot.conversation.posts import Post, Values
from bot.decision_log.records import TAKEN_BACK, ConsultationStatus
from bot.decision_log.said import ASSUMED
from core.answers import CaseError
from core.case import check_assumption, read_answer

WHEN_UNSURE = " (null when not sure)"
"""What is said of a value to whoever writes JSON."""


@dataclass(frozen=True, slots=True)
class ToDo:
    """What a text leads to. ``status`` is the consultation's after it; ``None`` when nothing but a note follows.

    unclear: its words were not understood, so that asking back is all that can be done by rules. confirms: the doubtful
    reading that it says is right.
    """

    note: posts.Note | None = None
    values: Values = field(default_factory=dict)
    status: ConsultationStatus | None = None
    unclear: bool = False
    confirms: Post | None = None

    @property
    def only_says(self) -> bool:
        """Whether the log stays as it is: something is said, and nothing can come of it."""
        return self.status is None and not isinstance(self.note, posts.Doubtful | posts.Suggested)


def check(values: Values) -> None:
    """Raises :class:`core.answers.CaseError` for a value that cannot be."""
    for key, value in values.items():
        if value == TAKEN_BACK:
            continue
        if key.startswith(ASSUMED):
            check_assumption(key.removeprefix(ASSUMED), value)
        else:
            read_answer(key, value)


def sentence(wrong: CaseError) -> str:
    """What is wrong, for people."""
    return f"“{wrong.value}” is not {wrong.expected.removesuffix(WHEN_UNSURE)}."
