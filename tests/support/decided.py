"""Decisions put into a log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.conversation.adding import add_post
from bot.conversation.posts import Card
from bot.decision_log import Decision, Log, Scope


def decide(
    log: Log,
    scope: Scope,
    now: datetime,
    *,
    task: str = "classify support tickets",
    by: str = "U1",
    chosen: str = "keep_prompting",
    answers: Mapping[str, Any] | None = None,
    advice: Any | None = None,
    why: str | None = None,
    reopened_from: int | None = None,
    has_card: bool = False,
    recommended: str | None = None,
) -> Decision:
    """A decision of a channel with these answers: as ``recommended``, and accepted, unless that is said to differ.

    ``has_card``: the app has a thread for it.
    """
    advised = chosen if recommended is None else recommended
    with log.writing(scope.workspace) as tx:
        opened = tx.open_consultation(scope, task=task, asker=by, now=now, reopened_from=reopened_from)
        if has_card:
            add_post(tx, scope, opened.id, Card())
        given = [(key, value, "form") for key, value in (answers or {}).items()]
        tx.add_answers(scope, opened.id, given, by, now)  # type: ignore[arg-type]
        if advice is not None:
            tx.keep_advice(scope, opened.id, advice, "p", "q", now)
        return tx.decide(
            scope,
            opened.id,
            recommended=advised,
            chosen=chosen,
            status="accepted" if advised in ("", chosen) else "overridden",
            by=by,
            why=why,
            now=now,
        )
