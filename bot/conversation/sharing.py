"""Sharing what the log says with a channel: once a day, however often and by however many it is pressed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import blake2b

from bot.conversation.conversation import Conversation
from bot.conversation.replies import Act


@dataclass(frozen=True, slots=True)
class Shared:
    """Where it stands: the channel's message ``ts``. ``again``: it stood there before."""

    channel: str
    ts: str
    again: bool = False


def share(conversation: Conversation, act: Act, channel: str, what: str, post: Callable[[], str]) -> Shared:
    """Post ``what`` in a channel, unless it was in the last 24 hours: then say where it stands.

    ``post`` posts it, and returns its ``ts``. Raises what that raises, and shares nothing then; and
    :class:`~bot.conversation.opened.UnderWay` while somebody else is at it.
    """
    named = blake2b(what.encode(), digest_size=12).hexdigest()
    begins = f"shared:{channel}:{named}:"
    with conversation.answering(replace(act, key=begins)):
        with conversation.log.reading(act.workspace) as tx:
            there = tx.seen_after(act.workspace, begins, act.now)
        if there:
            return Shared(channel, there, again=True)
        ts = post()
        with conversation.log.writing(act.workspace) as tx:
            tx.first_sight(act.workspace, f"{begins}{ts}", act.now)
        return Shared(channel, ts)
