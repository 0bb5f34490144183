"""Wanting one more message in a thread."""

from __future__ import annotations

from datetime import datetime

from bot.conversation import posts
from bot.conversation.posts import About, to_json
from bot.decision_log.records import Decision, PostRecord
from bot.decision_log.scope import Scope
from bot.decision_log.writing import Writing


def add_post(
    tx: Writing, scope: Scope, consultation: str, about: About, *, closed: bool = False
) -> PostRecord:
    """Want one more message in the thread; ``closed``: keep one of which nothing is shown."""
    return tx.add_post(scope, consultation, posts.what(about), to_json(about), closed=closed)


def tell(tx: Writing, decision: Decision, note: posts.Note, now: datetime) -> None:
    """Have the thread of a decision say what became of it. Where the app has no thread for it, nothing is said."""
    scope = Scope.of_channel(decision.workspace, decision.channel)
    found = tx.consultation(scope, decision.consultation)
    if found is not None and found.has_thread:
        add_post(tx, scope, decision.consultation, note)
    tx.touch(decision.workspace, decision.consultation, now)
