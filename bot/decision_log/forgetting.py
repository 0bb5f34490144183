"""What can be taken out of the log again: a person's name and words, and all of a workspace. Nothing else ever is.

A person's records stay, without their name and without what they wrote. On SQLite what was taken out stays readable in
the file until :func:`leave_no_trace`.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, cast

from sqlalchemy import Column, ColumnElement, Engine, String, Table, case, delete, func, select, update
from sqlalchemy import cast as sql_cast

from bot.decision_log.engine import BUSY_SECONDS
from bot.decision_log.places import same_place
from bot.decision_log.records import FORGOTTEN, Place
from bot.decision_log.search import forget_workspaces_words
from bot.decision_log.tables import (
    WORDS_INDEX,
    answers,
    check_in_dates,
    consultations,
    decisions,
    installations,
    links,
    metadata,
    outcomes,
    posts,
    seen,
    settings,
    withdrawals,
)
from bot.decision_log.writing import Writing
from core.similar import SAME_WORDS

ERASED = "(erased)"
"""What stands where somebody's words stood."""
ERASED_LINK = "https://erased.invalid/"

WHOSE: Mapping[Table, Column[Any]] = {
    consultations: consultations.c.asker_id,
    answers: answers.c.author_id,
    decisions: decisions.c.by_id,
    outcomes: outcomes.c.by_id,
    links: links.c.by_id,
    withdrawals: withdrawals.c.by_id,
    check_in_dates: check_in_dates.c.by_id,
    settings: settings.c.by_id,
    installations: installations.c.installer_id,
}
"""Who is named in a table. A test holds it against all columns of all tables."""
WORDS: Mapping[Table, Mapping[str, str]] = {
    consultations: {"task": ERASED},
    decisions: {"why": ERASED},
    links: {"note": ERASED, "url": ERASED_LINK},
    withdrawals: {"why": ERASED},
}
"""What that person wrote themselves, and what stands there instead."""
MENTIONED_IN = (
    consultations.c.task,
    decisions.c.task,
    decisions.c.why,
    links.c.note,
    links.c.url,
    withdrawals.c.why,
)
"""Texts in which others may name the person."""
SAID_IN_POSTS = frozenset(
    (
        *("echo", "text", "because", "name", "pointed", "says", "values", "asks", "choices"),
        *("url", "words", "file", "against", "unread", "why", "task"),
    )
)
"""What of a post repeats people's words."""
READERS_SECONDS = 10.0
"""For so long others may still read what was taken out, before that is told."""


def forget_person(tx: Writing, workspace: str, person: str) -> int:
    """Take a person's name and words out of a workspace; in how many consultations they took part.

    Call :func:`leave_no_trace` once that is committed.
    """
    if not person or person == FORGOTTEN:
        return 0
    theirs = _with_their_task(tx, workspace, person)
    there = sorted({*_took_part(tx, workspace, person), *theirs})
    for consultation in there:
        _rewrite_posts(tx, workspace, consultation, person)
    _erase_tasks(tx, workspace, theirs)
    for table, who in WHOSE.items():
        instead = {name: _where_said(table.c[name], text) for name, text in WORDS.get(table, {}).items()}
        mine = (table.c.workspace_id == workspace, who == person)
        tx._connection.execute(update(table).where(*mine).values({who.name: FORGOTTEN, **instead}))
    for column in MENTIONED_IN:
        _unname(tx, workspace, column, person)
    tx._connection.execute(
        delete(seen).where(seen.c.workspace_id == workspace, seen.c.key.contains(person, autoescape=True))
    )
    _rewrite_likenesses(tx, workspace, person, set(_places(tx, workspace, theirs)))
    tx.derive_all(workspace, list(_places(tx, workspace, there)))
    return len(there)


def delete_workspace(tx: Writing, workspace: str) -> int:
    """Take everything of a workspace out, its consultations and whatever belongs to them; how many rows.

    Call :func:`leave_no_trace` once that is committed.
    """
    if tx._connection.dialect.name == "sqlite":
        forget_workspaces_words(tx._connection, workspace)
    taken = (
        tx._connection.execute(delete(table).where(table.c.workspace_id == workspace)).rowcount
        for table in reversed(metadata.sorted_tables)
    )
    return sum(taken)


def leave_no_trace(engine: Engine, wait: Callable[[float], None] = time.sleep) -> bool:
    """Write an SQLite file anew, without what was taken out; ``False`` if somebody reads what was there before.

    Such a reader keeps a copy beside the file until it has finished: try again then. PostgreSQL does as much by itself,
    some time after; ``VACUUM FULL`` does it at once.
    """
    if engine.dialect.name != "sqlite":
        return True
    engine.dispose()  # our own connections read nothing that is older
    connection = cast("sqlite3.Connection", engine.raw_connection().driver_connection)
    try:
        connection.execute(f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}")
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute(f"INSERT INTO {WORDS_INDEX}({WORDS_INDEX}) VALUES('optimize')")
        connection.execute("VACUUM")
        until = time.monotonic() + READERS_SECONDS
        while connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            if time.monotonic() > until:
                return False
            wait(0.1)
        return True
    finally:
        connection.close()
        engine.dispose()


def _took_part(tx: Writing, workspace: str, person: str) -> list[str]:
    """The consultations in which somebody is named, whether they said anything or others named them."""
    of_decisions = [outcomes, links, withdrawals, check_in_dates]
    found: set[str] = set()
    for table in (consultations, answers, decisions):
        id_ = table.c.id if table is consultations else table.c.consultation_id
        found |= _ids(tx, select(id_).where(table.c.workspace_id == workspace, WHOSE[table] == person))
    for table in of_decisions:
        found |= _ids(
            tx,
            select(decisions.c.consultation_id)
            .join(table, same_place(decisions, table))
            .where(table.c.workspace_id == workspace, WHOSE[table] == person),
        )
    named = sql_cast(posts.c.about, String).contains(person, autoescape=True)
    found |= _ids(tx, select(posts.c.consultation_id).where(posts.c.workspace_id == workspace, named))
    for column in (consultations.c.task, decisions.c.task, decisions.c.why):
        id_ = consultations.c.id if column.table is consultations else decisions.c.consultation_id
        says = column.contains(person, autoescape=True)
        found |= _ids(tx, select(id_).where(column.table.c.workspace_id == workspace, says))
    for column in (links.c.note, links.c.url, withdrawals.c.why):
        of = column.table
        says = column.contains(person, autoescape=True)
        found |= _ids(
            tx,
            select(decisions.c.consultation_id)
            .join(of, same_place(decisions, of))
            .where(of.c.workspace_id == workspace, says),
        )
    return sorted(found)


def _ids(tx: Writing, statement: Any) -> set[str]:
    return set(tx._connection.execute(statement).scalars())


def _where_said(column: Column[Any], instead: str) -> ColumnElement[Any]:
    return case((column.is_(None), None), else_=instead)


def _with_their_task(tx: Writing, workspace: str, person: str) -> set[str]:
    """The consultations whose task is this person's: those they began, and those that took one of these up again."""
    begun = select(consultations.c.id).where(
        consultations.c.workspace_id == workspace, consultations.c.asker_id == person
    )
    theirs = begun.cte("theirs", recursive=True)
    taken_up = (
        select(consultations.c.id)
        .join(
            decisions,
            (decisions.c.workspace_id == consultations.c.workspace_id)
            & (decisions.c.channel_id == consultations.c.channel_id)
            & (decisions.c.number == consultations.c.reopened_from)
            & (decisions.c.task == consultations.c.task),
        )
        .join(theirs, decisions.c.consultation_id == theirs.c.id)
        .where(consultations.c.workspace_id == workspace)
    )
    return _ids(tx, select(theirs.union(taken_up).c.id))


def _erase_tasks(tx: Writing, workspace: str, among: Collection[str]) -> None:
    """A decision repeats the task of its consultation."""
    for table, id_ in ((consultations, consultations.c.id), (decisions, decisions.c.consultation_id)):
        theirs = (table.c.workspace_id == workspace, id_.in_(among))
        tx._connection.execute(update(table).where(*theirs).values(task=ERASED))


def _unname(tx: Writing, workspace: str, column: Column[Any], person: str) -> None:
    says = column.contains(person, autoescape=True)
    tx._connection.execute(
        update(column.table)
        .where(column.table.c.workspace_id == workspace, says)
        .values({column.name: func.replace(column, person, ERASED)})
    )


def _rewrite_posts(tx: Writing, workspace: str, consultation: str, person: str) -> None:
    """Of a message nothing stays that this person said, or that does not tell who said it."""
    of = (posts.c.workspace_id == workspace, posts.c.consultation_id == consultation)
    for row in tx._connection.execute(select(posts.c.id, posts.c.about).where(*of)).all():
        told = _without(row.about, person, is_theirs=row.about.get("by", person) == person)
        if told != row.about:
            tx._connection.execute(update(posts).where(*of, posts.c.id == row.id).values(about=told))


def _rewrite_likenesses(tx: Writing, workspace: str, person: str, theirs: Collection[Place]) -> None:
    """Of decisions that other threads were shown as like their own nothing stays of the tasks that are theirs."""
    of_workspace = posts.c.workspace_id == workspace
    repeats = sql_cast(posts.c.about, String).contains('"found"')
    its = (posts.c.consultation_id, posts.c.id)
    for row in tx._connection.execute(select(*its, posts.c.about).where(of_workspace, repeats)).all():
        if not isinstance(row.about.get("found"), list):
            continue
        shown = [_without(_unlike(one, theirs), person, is_theirs=False) for one in row.about["found"]]
        if shown != row.about["found"]:
            one = (of_workspace, posts.c.consultation_id == row.consultation_id, posts.c.id == row.id)
            tx._connection.execute(update(posts).where(*one).values(about=row.about | {"found": shown}))


def _unlike(shown: Any, theirs: Collection[Place]) -> Any:
    """One of them, without its task and the words of that, if it is theirs."""
    if not isinstance(shown, Mapping) or (shown.get("channel"), shown.get("number")) not in theirs:
        return shown
    alike = [one for one in shown.get("because", ()) if not str(one).startswith(SAME_WORDS)]
    return {**shown, "task": ERASED, "because": alike}


def _without(told: Any, person: str, *, is_theirs: bool) -> Any:
    if isinstance(told, Mapping):
        said = SAID_IN_POSTS if is_theirs else frozenset()
        return {
            key: _silenced(value) if key in said else _without(value, person, is_theirs=is_theirs)
            for key, value in told.items()
        }
    if isinstance(told, list):
        return [_without(one, person, is_theirs=is_theirs) for one in told]
    if isinstance(told, str):
        return FORGOTTEN if told == person else told.replace(person, ERASED)
    return told


def _silenced(told: Any) -> Any:
    """The same shape without any text: it can still be drawn."""
    if isinstance(told, str):
        return ERASED
    if isinstance(told, list):
        return [_silenced(one) for one in told]
    if isinstance(told, Mapping):
        return {key: _silenced(value) for key, value in told.items()}
    return told


def _places(tx: Writing, workspace: str, among: Collection[str]) -> Iterator[Place]:
    found = select(decisions.c.channel_id, decisions.c.number).where(
        decisions.c.workspace_id == workspace, decisions.c.consultation_id.in_(among)
    )
    for row in tx._connection.execute(found).all():
        yield Place(row.channel_id, row.number)
