"""The words by which decisions are found, in both databases alike.

Neither database reads the words that people type: each gets them spelled in ASCII, so that what is a word, and when
two are the same, is settled in :func:`core.words.words` alone. Nothing typed can be an operator.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    MetaData,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    select,
)

from bot.decision_log.records import Place
from bot.decision_log.scope import Scope
from bot.decision_log.tables import WORDS_INDEX, decision_words
from bot.decision_log.wanted import Sought

MOST_WORDS = 4_000
"""Of one decision that are kept: PostgreSQL counts a word's places no further than 16,383."""

_index = Table(
    WORDS_INDEX,
    MetaData(),
    Column("whose", Text),
    Column("search_text", Text),
    Column("workspace_id", Text),
    Column("channel_id", Text),
    Column("number", Integer),
)
HAS, LACKS = "has_", "lacks_"
"""How the names of the parameters begin that are words to be there, and not to be there."""
_AS_THEY_ARE = frozenset("abcdefghijklmnopqrstuvwxy")
_FOUND = func.decisions_with_words(
    bindparam("in_channel", type_=Text), bindparam("match", type_=Text)
).table_valued(
    Column("workspace_id", Text), Column("channel_id", Text), Column("number", Integer), name="words"
)
"""What looks into PostgreSQL's index: see :mod:`bot.decision_log.guards`."""
_MATCH = literal_column(WORDS_INDEX).op("MATCH")(bindparam("match"))


def spelled(word: str) -> str:
    """A word in the letters a to z and digits, none first: what begins alike is spelled alike as far as it does."""
    return "".join(
        char if char in _AS_THEY_ARE or (place and "0" <= char <= "9") else f"z{ord(char):06x}"
        for place, char in enumerate(word)
    )


def search_text(words: Iterable[str]) -> str:
    """What is kept of a decision's words."""
    return " ".join([spelled(word) for word in words][:MOST_WORDS])


def match(dialect: str, scope: Scope, sought: Sought) -> dict[str, Any]:
    """The values of the parameters of :func:`found`."""
    if dialect == "postgresql":
        return {"match": _for_postgresql(sought), "in_channel": scope.channel}
    return {"match": f"whose : {_whose(scope.workspace, scope.channel)} AND ({_for_sqlite(sought)})"}


def literally(sought: Sought) -> dict[str, str]:
    """The same words as they stand in a text that has one space before each word and one after the last.

    Named ``has_0``, ``has_1``, ... what must stand there, and ``lacks_0``, ... what must not.
    """
    wanted = [_in_spaces(phrase) for phrase in sought.phrases]
    if sought.prefix:
        wanted.append(f" {spelled(sought.prefix)}")
    has = {f"{HAS}{at}": text for at, text in enumerate(wanted)}
    return has | {f"{LACKS}{at}": _in_spaces(phrase) for at, phrase in enumerate(sought.without)}


def _in_spaces(phrase: Iterable[str]) -> str:
    return f" {' '.join(map(spelled, phrase))} "


def _for_sqlite(sought: Sought) -> str:
    wanted = [_quoted(phrase) for phrase in sought.phrases]
    if sought.prefix:
        wanted.append(f'"{spelled(sought.prefix)}" *')
    without = "".join(f" NOT search_text : {_quoted(phrase)}" for phrase in sought.without)
    return f"search_text : ({' AND '.join(wanted)}){without}"


def _quoted(phrase: Iterable[str]) -> str:
    return f'"{" ".join(map(spelled, phrase))}"'


def _for_postgresql(sought: Sought) -> str:
    wanted = [_following(phrase) for phrase in sought.phrases]
    if sought.prefix:
        wanted.append(f"{spelled(sought.prefix)}:*")
    return " & ".join(wanted + [f"!{_following(phrase)}" for phrase in sought.without])


def _following(phrase: Iterable[str]) -> str:
    return f"({' <-> '.join(map(spelled, phrase))})"


def _whose(*parts: str | int | None) -> str:
    """A workspace, a channel of it or a decision of that as one word of the index, in quotes."""
    named = "/".join(str(part) for part in parts if part is not None)
    return f'"w{named.encode().hex()}"'


@cache
def found(dialect: str) -> Select[tuple[str, str, int]]:
    """The workspace, channel and number of the decisions that have the words of :func:`match`, and that in its scope.

    Of a person's scope those of the whole workspace: whoever uses it looks at the decision itself for the scope.
    """
    whole = places(dialect)
    statement = select(whole.workspace_id, whole.channel_id, whole.number)
    if dialect == "sqlite":
        statement = statement.where(_MATCH)
    return statement.where(whole.workspace_id == bindparam("scope_workspace"))


def places(dialect: str) -> Any:
    """The columns that :func:`found` looks into."""
    return _index.c if dialect == "sqlite" else _FOUND.c


def has_words(names: Iterable[str], dialect: str) -> ColumnElement[bool]:
    """The condition that a row of decision_words has the words of :func:`literally`, whose names these are."""
    place = func.instr if dialect == "sqlite" else func.strpos
    text = literal_column("' '").concat(decision_words.c.search_text).concat(literal_column("' '"))
    said = [(name, place(text, bindparam(name, type_=Text))) for name in sorted(names)]
    return and_(
        *(at > 0 for name, at in said if name.startswith(HAS)),
        *(at == 0 for name, at in said if name.startswith(LACKS)),
    )


def note_words(
    connection: Connection, workspace: str, place: Place, words: str, traits: Any, forecast: Any
) -> None:
    """Let a decision be found by these words alone, and be compared by these traits and this forecast (JSON)."""
    forget_words(connection, workspace, place)
    key = {"workspace_id": workspace, "channel_id": place.channel, "number": place.number}
    connection.execute(_NEW_WORDS, key | {"search_text": words, "traits": traits, "forecast": forecast})
    if connection.dialect.name == "sqlite":
        every = (_whose(workspace), _whose(workspace, place.channel), _whose(workspace, *place))
        whose = " ".join(every).replace('"', "")
        connection.execute(_NEW_INDEXED, key | {"search_text": words, "whose": whose})


def forget_workspaces_words(connection: Connection, workspace: str) -> None:
    """Let nothing of a workspace be found. On SQLite, where the index is a table of its own."""
    every = {"match": f"whose : {_whose(workspace)}", "old_workspace_id": workspace}
    connection.execute(_FORGET_INDEXED, every)


def forget_words(connection: Connection, workspace: str, place: Place) -> None:
    """Let a decision be found by no words."""
    old = {"old_workspace_id": workspace, "old_channel_id": place.channel, "old_number": place.number}
    connection.execute(_FORGET_WORDS, old)
    if connection.dialect.name == "sqlite":
        one = {"match": f"whose : {_whose(workspace, *place)}", "old_workspace_id": workspace}
        connection.execute(_FORGET_INDEXED, one)


_FORGET_WORDS = delete(decision_words).where(
    *(decision_words.c[key] == bindparam(f"old_{key}") for key in ("workspace_id", "channel_id", "number"))
)
_NEW_WORDS = insert(decision_words)
_FORGET_INDEXED = delete(_index).where(_MATCH, _index.c.workspace_id == bindparam("old_workspace_id"))
_NEW_INDEXED = insert(_index)
