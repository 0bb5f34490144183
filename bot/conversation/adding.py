"""Wanting one more message in a thread."""

from __future__ import annotations

from bot.conversation import posts
from bot.conversation.posts import About, to_json
from bot.decision_log.scope import Scope
from bot.decision_log.writing import Writing


def add_post(tx: Writing, scope: Scope, consultation: str, about: About) -> int:
    """Want one more message in the thread; its number."""
    return tx.add_post(scope, consultation, posts.what(about), to_json(about)).id
