"""What the database is asked: every statement on a workspace's table has to name its workspace."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Engine, event

from bot.decision_log.tables import metadata

OF_A_WORKSPACE = re.compile(
    rf"\b(FROM|JOIN|UPDATE|INTO)\s+({'|'.join(metadata.tables)}|decision_words_index)\b"
)

IS_TAKEN = "SELECT decision_words_index.rowid FROM decision_words_index WHERE decision_words_index.rowid = ?"
"""Whether a row of SQLite's index has this id, whoever's it is: two cannot have the same one."""


@contextmanager
def heard(engine: Engine) -> Iterator[list[str]]:
    """The statements that the database gets."""
    said: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", hear)


def on_workspaces(said: Sequence[str]) -> list[str]:
    """Those on tables that hold what is some workspace's."""
    return [statement for statement in said if OF_A_WORKSPACE.search(statement)]


def names_no_workspace(said: Sequence[str]) -> list[str]:
    """Those of them that do not say whose rows they mean, for each table that they use."""
    return [statement for statement in on_workspaces(said) if not _names_its_workspace(statement)]


def _names_its_workspace(statement: str) -> bool:
    if " ".join(statement.split()) == IS_TAKEN:
        return True
    tables = len(OF_A_WORKSPACE.findall(statement))
    named = len(re.findall(r"workspace_id = (?:\?|%\(|\w+\.workspace_id|:)", statement))
    return "workspace_id" in statement if statement.startswith("INSERT") else named >= tables
