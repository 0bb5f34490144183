"""A plain yes, or "the second one", to what the app has just offered: the same as pressing its button. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from bot.conversation import posts
from bot.conversation.posts import Post, Values
from bot.conversation.replies import TypedText
from bot.conversation.standing import Standing
from bot.conversation.todo import ToDo
from core.facts import FACTS
from core.questions import BY_NAME
from core.reading.echo import say_values

_POLITE = r"(?:[ ,]+(?:please|thanks|thank you|exactly|correct|right|indeed|that one|that'?s it|that is it))*"
YES = re.compile(
    r"\s*(?:yes|yep|yeah|yup|yea|sure|ok|okay|right|correct|exactly|precisely|indeed|true|i do|we do|that one"
    rf"|(?:yes[ ,]+)?(?:that'?s|that is|this is|it is) (?:it|right|correct|what i meant)){_POLITE}\s*[.!]*\s*",
    re.IGNORECASE,
)
"""A reply that says yes and nothing else."""

WHICH = re.compile(
    r"\s*(?:yes[ ,]+)?(?:the )?(?P<nth>first|1st|second|2nd|third|3rd|last)(?: one)?(?:[ ,]+please)?\s*[.!]*\s*",
    re.IGNORECASE,
)
_NTH = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "last": -1}


def agreed(standing: Standing, message: TypedText, asked: str | None) -> ToDo | None:
    """What a reply that only agrees leads to; ``None`` where it says more, or nothing was offered to them before it.

    Only of whom it was asked: "sure" by somebody else may be said to somebody else. Where the question itself is
    answered by yes or no, a yes to an offered "no" may mean either, and is left alone.
    """
    shown = [
        post for post in standing.posts if post.ts is not None and Decimal(post.ts) < Decimal(message.ts)
    ]
    last, who, text = shown[-1] if shown else None, message.act.user, message.text
    match last:
        case Post(about=posts.Suggested(question=question, by=by) as about) if (question, by) == (asked, who):
            is_open = standing.seq_of(question) == about.answered_by
            values = _picked(text, about.offered) if is_open else None
            if values is not None:
                return ToDo(posts.Echo(say_values(values), who, (question,)), values, "open")
        case Post(about=posts.Doubtful(values=values, questions=questions, by=by)) if by == who:
            is_yes = YES.fullmatch(text) is not None
            if is_yes and (not _takes_yes(asked) or (questions == (asked,) and not _says_no(values))):
                return ToDo(values=values, status="open", confirms=last)
    return None


def _picked(text: str, meant: Sequence[Values]) -> Values | None:
    if (which := WHICH.fullmatch(text)) is not None and len(meant) > 1:
        nth = _NTH[which["nth"].lower()]
        return meant[nth] if nth < len(meant) else None
    if len(meant) != 1 or YES.fullmatch(text) is None:
        return None
    return None if _says_no(meant[0]) else meant[0]


def _says_no(values: Values) -> bool:
    return any(value is False for value in values.values())


def _takes_yes(asked: str | None) -> bool:
    """Whether a plain yes answers the question that is asked now."""
    if asked is None:
        return False
    return any(key == "prompt_examples" or True in FACTS[key].choices for key in BY_NAME[asked].keys)
