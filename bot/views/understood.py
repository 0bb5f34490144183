"""Where a typed answer is shown, once: in the message of the question that it followed, else in a note below."""

from __future__ import annotations

from bot.conversation import posts
from bot.conversation.standing import GivenAnswer, Standing
from core.questions import question_of

CONVERTED = "→"
"""Stands between what somebody said and what it comes to."""


def part_of(about: posts.Echo | posts.Confirmed, question: str) -> str:
    """What was understood of one question, out of all that a reply said; "" where that cannot be told apart."""
    parts = about.echo.split("; ")
    if len(parts) != len(about.values):
        return about.echo if about.questions == (question,) else ""
    mine = [part for key, part in zip(about.values, parts, strict=True) if _is_of(key, question)]
    return "; ".join(mine)


def in_their_words(standing: Standing, given: GivenAnswer) -> str:
    """An answer; one that was typed in other units with what was said: 250k a day → 7.6M calls a month."""
    about = _behind(standing, given.question)
    said = part_of(about[1], given.question) if about is not None else ""
    return said if CONVERTED in said else given.words


def is_below(standing: Standing, question: str, post: int) -> bool:
    """Whether the present answer came in a reply that followed another question, and is shown there."""
    found = _behind(standing, question)
    if found is None:
        return False
    number, about = found
    return number > post > 0 and isinstance(about, posts.Echo) and question in about.besides


def _behind(standing: Standing, question: str) -> tuple[int, posts.Echo | posts.Confirmed] | None:
    """The note on the reply that gave the present answer, with its number; ``None`` where no reply did."""
    newest = {one.key: one for one in standing.consultation.answers if _is_of(one.key, question)}
    for post in reversed(standing.posts):
        about = post.about
        if not isinstance(about, posts.Echo | posts.Confirmed) or question not in about.questions:
            continue
        said = {key: value for key, value in about.values.items() if _is_of(key, question)}
        is_theirs = all(
            key in newest and (newest[key].value, newest[key].author) == (value, about.by)
            for key, value in said.items()
        )
        if not about.heard or not said or not is_theirs:
            return None
        return post.id, about
    return None


def _is_of(key: str, question: str) -> bool:
    asked = question_of(key)
    return asked is not None and asked.name == question
