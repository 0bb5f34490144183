"""A consultation that may be added to, what stands in the way of that, and what is written to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.conversation import posts
from bot.conversation.adding import add_post
from bot.conversation.copies import is_copy
from bot.conversation.posts import About, Post, post_of, posts_of, to_json
from bot.conversation.replies import Act, Moved, Refused
from bot.conversation.standing import replaced_by, taken_to
from bot.conversation.todo import check, sentence
from bot.decision_log.records import Consultation, How
from bot.decision_log.scope import Scope
from bot.decision_log.writing import Writing
from core.answers import CaseError

TASK_LENGTH = 300
"""Characters of a task that are kept."""


def clean(text: str) -> str:
    """A text without the characters that nobody sees, but for line ends and the marks that scripts need."""
    return "".join(c if c.isprintable() or c in "\n\u200d\u200e\u200f" else " " for c in text)


def clean_task(text: str) -> str:
    """A task as it is kept: on one line, at most :data:`TASK_LENGTH` characters, without control characters."""
    return " ".join(clean(text).split())[:TASK_LENGTH].rstrip()


class UnderWay(Exception):
    """It is being answered already, by what came a moment earlier; whether it will be is not known yet."""


class Overtaken(Exception):
    """Somebody changed the consultation between reading it and writing to it. Nothing was written."""


@dataclass(frozen=True, slots=True)
class Open:
    """A consultation that may be added to, in its transaction."""

    tx: Writing
    scope: Scope
    consultation: Consultation

    def add(self, note: posts.Note) -> None:
        """Want one more note in the thread."""
        add_post(self.tx, self.scope, self.consultation.id, note)

    def keep(self, note: posts.Note) -> None:
        """Keep a note of which nothing is shown."""
        add_post(self.tx, self.scope, self.consultation.id, note, closed=True)

    def change(self, post: Post, note: posts.Note) -> None:
        """Let a post be about this from now on."""
        self.tx.change_post(self.scope, self.consultation.id, post.id, about=to_json(note))


def moved_to(consultation: Consultation) -> Moved | None:
    """Where it goes on, if it was taken to a channel."""
    there = taken_to(consultation) if consultation.status == "moved" else None
    return Moved(there.channel, there.root_ts) if isinstance(there, posts.TakenThere) else None


def closed(consultation: Consultation) -> posts.AlreadyDecided | posts.GoesOnThere | None:
    """Why nothing changes here any more; ``None`` while something can."""
    if consultation.status == "moved":
        return posts.GoesOnThere()
    return posts.AlreadyDecided() if consultation.status == "decided" else None


def not_an_answer(wrong: CaseError) -> Refused:
    """What is wrong with a value, and in which field."""
    return Refused("not_an_answer", sentence(wrong), field=wrong.key)


def about_of(consultation: Consultation | None, post: int) -> About | None:
    """What the post of this number is about, unless the consultation is void."""
    if consultation is None or consultation.status == "void":
        return None
    return next((post_of(kept).about for kept in consultation.posts if kept.id == post), None)


def doubted_of(
    consultation: Consultation, act: Act, values: Mapping[str, Any]
) -> tuple[Post, posts.Doubtful] | None:
    """The doubtful reading that waits for a yes in the message pressed, or in the one of which that is a copy."""
    is_second = is_copy(consultation, act)
    for post in posts_of(consultation):
        if isinstance(about := post.about, posts.Doubtful) and (
            about.values == values if is_second else post.ts == act.on
        ):
            return post, about
    return None


def records_of(consultation: Consultation, values: Mapping[str, Any], how: How) -> list[tuple[str, Any, How]]:
    """The answers to add. Raises :class:`CaseError` for one that cannot be; a new estimate replaces an evaluation."""
    check(values)
    return [(key, value, how) for key, value in {**replaced_by(consultation, values), **values}.items()]
