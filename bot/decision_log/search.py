"""The words by which decisions are found, in both databases alike.

Neither database reads the words that people type: each gets them spelled in ASCII, so that what is a word, and when
two are the same, is settled in :func:`core.words.words` alone. Nothing typed can be an operator.

In both indexes each word begins with a mark of its channel: of whatever is looked for the channel's own are at hand,
however many others have it. In SQLite's a row's id says its day and number, so that they are in their order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import count
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
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

from bot.decision_log.places import is_it
from bot.decision_log.records import Place
from bot.decision_log.scope import Scope
from bot.decision_log.tables import WORDS_INDEX, decision_words, decisions, numbering
from bot.decision_log.wanted import Sought

MOST_WORDS = 4_000
"""Of one decision that are kept: PostgreSQL counts a word's places no further than 16,383."""

FIRST_DAY, DAY, NUMBER = 2**19, 2**44, 2**13
"""How a row's id in SQLite's index is made up: see :func:`position`."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

_index = Table(
    WORDS_INDEX,
    MetaData(),
    Column("rowid", BigInteger),
    Column("search_text", Text),
    Column("workspace_id", Text),
    Column("channel_id", Text),
    Column("number", Integer),
)
HAS, LACKS = "has_", "lacks_"
"""How the names of the parameters begin that are words to be there, and not to be there."""
_FOUND = func.decisions_with_words(
    bindparam("in_channel", type_=Text), bindparam("match", type_=Text)
).table_valued(
    Column("workspace_id", Text), Column("channel_id", Text), Column("number", Integer), name="words"
)
"""What looks into PostgreSQL's index: see :mod:`bot.decision_log.guards`."""
_MATCH = literal_column(WORDS_INDEX).op("MATCH")(bindparam("match"))


class _Spelling(dict[int, str]):
    """How each character is spelled but a digit that comes first."""

    def __missing__(self, code: int) -> str:
        return f"z{code:06x}"


_SPELLING = _Spelling({ord(char): char for char in "abcdefghijklmnopqrstuvwxy0123456789"})


def spelled(word: str) -> str:
    """A word in the letters a to z and digits, none first: what begins alike is spelled alike as far as it does."""
    if "0" <= word[:1] <= "9":
        return _SPELLING.__missing__(ord(word[0])) + word[1:].translate(_SPELLING)
    return word.translate(_SPELLING)


def search_text(words: Iterable[str]) -> str:
    """What is kept of a decision's words."""
    return " ".join([spelled(word) for word in words][:MOST_WORDS])


@lru_cache(1_000)
def mark(workspace: str, channel: str) -> str:
    """What the words of a channel begin with in SQLite's index: letters, in practice no other channel's.

    PostgreSQL makes its own where it looks into its index: see :mod:`bot.decision_log.guards`.
    """
    digest = int.from_bytes(blake2b(f"{workspace}/{channel}".encode(), digest_size=8).digest(), "big")
    return "".join(_LETTERS[digest // 26**place % 26] for place in range(8))


def position(at: datetime, number: int) -> int:
    """Where the ids in SQLite's index begin that a decision may have: by day (of UTC), and by number within it.

    Of decisions of several channels with the same day and number the one has the next id after the other.
    """
    day = min(at.astimezone(UTC).toordinal(), 2 * FIRST_DAY - 2)
    return (day - FIRST_DAY) * DAY + number * NUMBER


def match(dialect: str, scope: Scope, sought: Sought, channels: Sequence[str]) -> dict[str, Any]:
    """The values of the parameters of :func:`found`. ``channels``: all those that are in the scope."""
    if dialect == "postgresql":
        return {"match": _for_postgresql(sought), "in_channel": scope.channel}
    marks = [mark(scope.workspace, channel) for channel in channels] or [mark(scope.workspace, "")]
    return {"match": " OR ".join(f"({_for_sqlite(sought, its)})" for its in marks)}


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


def _for_sqlite(sought: Sought, its: str) -> str:
    wanted = [_quoted(phrase, its) for phrase in sought.phrases]
    if sought.prefix:
        wanted.append(f'"{its}{spelled(sought.prefix)}" *')
    without = "".join(f" NOT {_quoted(phrase, its)}" for phrase in sought.without)
    return f"({' AND '.join(wanted)}){without}"


def _quoted(phrase: Iterable[str], its: str) -> str:
    return f'"{" ".join(its + spelled(word) for word in phrase)}"'


def _for_postgresql(sought: Sought) -> str:
    wanted = [_following(phrase) for phrase in sought.phrases]
    if sought.prefix:
        wanted.append(f"{spelled(sought.prefix)}:*")
    return " & ".join(wanted + [f"!{_following(phrase)}" for phrase in sought.without])


def _following(phrase: Iterable[str]) -> str:
    return f"({' <-> '.join(map(spelled, phrase))})"


@cache
def found(dialect: str) -> Select[tuple[str, str, int]]:
    """The workspace, channel and number of the decisions that have the words of :func:`match`, and that in its scope.

    Not of a person's scope: whoever uses it looks at the decision itself for the scope.
    """
    whole = places(dialect)
    statement = select(whole.workspace_id, whole.channel_id, whole.number)
    if dialect == "sqlite":
        statement = statement.where(_MATCH)
    return statement.where(whole.workspace_id == bindparam("scope_workspace"))


def index() -> Table:
    """SQLite's index, to be read in the order of its ids."""
    return _index


def in_index() -> tuple[ColumnElement[bool], ...]:
    """That a row of SQLite's index has the words of :func:`match`."""
    return _MATCH, _index.c.workspace_id == bindparam("scope_workspace")


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


class Entry(NamedTuple):
    """What a decision of this moment is found by, and compared by: its words, its traits, and its forecast (JSON)."""

    place: Place
    at: datetime
    words: str
    traits: Any
    forecast: Any


def note_words(connection: Connection, workspace: str, entries: Sequence[Entry]) -> None:
    """Let decisions be found by these words alone, and be compared by these traits and forecasts."""
    _forget(connection, workspace, [(one.place, one.at) for one in entries])
    keys = [_key(workspace, one.place) for one in entries]
    rows = [
        key | {"search_text": one.words, "traits": one.traits, "forecast": one.forecast}
        for key, one in zip(keys, entries, strict=True)
    ]
    connection.execute(_NEW_WORDS, rows)
    if connection.dialect.name != "sqlite":
        return
    taken: set[int] = set()
    indexed = []
    for key, one in zip(keys, entries, strict=True):
        its = mark(workspace, one.place.channel)
        taken.add(free := _free(connection, position(one.at, one.place.number), its, taken))
        marked = " ".join([its, *(f"{its}{word}" for word in one.words.split())])
        indexed.append(key | {"rowid": free, "search_text": marked})
    connection.execute(_NEW_INDEXED, indexed)


def _key(workspace: str, place: Place) -> dict[str, Any]:
    return {"workspace_id": workspace, "channel_id": place.channel, "number": place.number}


def _free(connection: Connection, begins: int, its: str, taken: Collection[int]) -> int:
    """An id that no decision has yet: other channels' have the same day and number."""
    first = int.from_bytes(its.encode(), "big") % NUMBER
    for place in count(first):
        # Not beyond its number as long as there is room; then wherever there is.
        free = begins + (place % NUMBER if place < first + NUMBER else place)
        if free not in taken and connection.execute(_AT_ID, {"wanted_id": free}).first() is None:
            return free
    raise AssertionError("there is always a next one")


def forget_workspaces_words(connection: Connection, workspace: str) -> None:
    """Let nothing of a workspace be found. On SQLite, where the index is a table of its own."""
    for channel in channels_of(connection, workspace):
        every = {"match": f'"{mark(workspace, channel)}"', "old_workspace_id": workspace}
        connection.execute(_FORGET_INDEXED, every)


def forget_words(connection: Connection, workspace: str, place: Place) -> None:
    """Let a decision be found by no words."""
    key = {"the_workspace": workspace, "the_channel": place.channel, "the_number": place.number}
    at = connection.execute(_MOMENT, key).scalar_one()
    _forget(connection, workspace, [(place, at)])


def _forget(connection: Connection, workspace: str, there: Sequence[tuple[Place, datetime]]) -> None:
    old = [{f"old_{key}": value for key, value in _key(workspace, place).items()} for place, _ in there]
    connection.execute(_FORGET_WORDS, old)
    if connection.dialect.name == "sqlite":
        begin = [position(at, place.number) for place, at in there]
        ids = [{"from_id": first, "to_id": first + 2 * NUMBER} for first in begin]
        connection.execute(_FORGET_ONE, [one | its for one, its in zip(old, ids, strict=True)])


def channels_of(connection: Connection, workspace: str) -> list[str]:
    """The channels of a workspace that have given out numbers."""
    return list(connection.execute(_CHANNELS, {"whose": workspace}).scalars())


_OLD = ("workspace_id", "channel_id", "number")
_FORGET_WORDS = delete(decision_words).where(
    *(decision_words.c[key] == bindparam(f"old_{key}") for key in _OLD)
)
_NEW_WORDS = insert(decision_words)
_NEW_INDEXED = insert(_index)
_FORGET_INDEXED = delete(_index).where(_MATCH, _index.c.workspace_id == bindparam("old_workspace_id"))
_FORGET_ONE = delete(_index).where(
    _index.c.rowid.between(bindparam("from_id"), bindparam("to_id")),
    *(_index.c[key] == bindparam(f"old_{key}") for key in _OLD),
)
_AT_ID = select(_index.c.rowid).where(_index.c.rowid == bindparam("wanted_id"))
_CHANNELS = select(numbering.c.channel_id).where(numbering.c.workspace_id == bindparam("whose"))
_MOMENT = select(decisions.c.at).where(*is_it(decisions))
