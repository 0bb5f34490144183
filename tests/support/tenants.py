"""Three tenants in one database, each of whom knows all ids of the others and tries everything with them.

A tenant acts in transactions of its own, and may say in them that it means another's workspace. What it is told then
has to be what it would be told of ids that are nowhere, and nothing of the others may be changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.decision_log import CheckInDate, Link, Log, Outcome, Review, Scope
from bot.decision_log.failures import CouldNotSave, sqlstate
from bot.decision_log.forgetting import delete_workspace, forget_person
from bot.decision_log.guards import GUARDED
from bot.decision_log.scope import Kind
from tests.support.tried import IDS_ONLY, ON_IDS, ON_PLACES, TRIED, WITH_WORDS, Thing

CONTENT = [table for table, guard in GUARDED.items() if guard in ("content", "words")]
VERBS = ("select", "insert", "update", "delete")
CHANNELS, PEOPLE = ("C1", "C2"), ("U1", "U2")
"""Each tenant has the same."""
REFUSED = "42501"
"""PostgreSQL's code for what a policy refuses."""
BEGAN = datetime(2026, 11, 23, 12, tzinfo=UTC)
_worlds = count(1)


@dataclass
class Tenants:
    """Three of them. ``everywhere``: connections of one who sees everything; ``engine``: those of the app's role."""

    log: Log
    engine: Engine
    everywhere: Engine
    world: int = field(default_factory=lambda: next(_worlds))
    things: dict[str, list[Thing]] = field(default_factory=dict)
    tries: int = 0
    known: dict[tuple[str, int], dict[str, str]] = field(default_factory=dict)
    """What the others of each have, in so many tables, as it was looked up last."""
    _made: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        for name in self.names:
            self.things[name] = []
            self.make(name, "C1", "U1", is_decided=True)
            self.make(name, "C2", "U2", is_decided=False)
            self.add_to(self.things[name][0])

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(f"T{self.world}N{at}" for at in (1, 2, 3))

    def others(self, name: str) -> list[str]:
        return [one for one in self.names if one != name]

    # What each does with its own

    def make(self, name: str, channel: str, person: str, *, is_decided: bool) -> None:
        """A consultation with something in every place where words or figures can stand."""
        number, now = next(self._made), self.now()
        word, figure = f"hush{name[-1]}x{self.world}x{number}", int(f"77{name[-1]}{self.world:03}{number:03}")
        scope, thread = Scope.of_channel(name, channel), f"17{number:08}.{name[-1]}"
        with self._own(name) as tx:
            tx.first_sight(name, f"key {word}", now)
            opened = tx.open_consultation(
                scope, task=f"sort mail {word}", asker=person, now=now, root_ts=thread
            )
            tx.add_answers(scope, opened.id, [("calls_per_month", figure, "form")], person, now)
            tx.keep_advice(scope, opened.id, {"x": word}, word, word, now)
            post = tx.add_post(scope, opened.id, "note", {"note": "nudge", "says": word})
            tx.touch(name, opened.id, now)
            made = None
            if is_decided:
                made = tx.decide(
                    scope,
                    opened.id,
                    recommended="fine_tune",
                    chosen="fine_tune",
                    status="accepted",
                    by=person,
                    why=word,
                    now=now,
                )
            tx.hold_settings(scope)
            tx.add_settings(scope, {"low_volume": figure}, person, now)
        self.things[name].append(
            Thing(name, channel, opened.id, thread, word, person, post.id, made.number if made else 0, made)
        )

    def add_to(self, thing: Thing) -> None:
        """Whatever can be added to a decision."""
        now, word, name = self.now(), thing.word, thing.workspace
        scope, place, figure = Scope.of_workspace(name), thing.place, float(f"77{name[-1]}{self.world:03}999")
        with self._own(name) as tx:
            if tx.decision(scope, thing.number, thing.channel) is None:
                return
            tx.add_outcome(
                scope, place, Outcome("U1", now, shipped=True, bill_per_month=figure, hours=figure)
            )
            tx.add_link(scope, place, Link(f"https://example.com/{word}", word, "U1", now))
            tx.set_check_in(scope, place, CheckInDate(now, "U1", now))
            tx.add_review(scope, place, Review(now, "fine_tune", "keep_prompting", (word,)))

    def withdraw(self, thing: Thing) -> None:
        with self._own(thing.workspace) as tx:
            scope = Scope.of_workspace(thing.workspace)
            tx.withdraw(scope, thing.number, "U1", thing.word, self.now(), thing.channel)

    def forget(self, name: str, person: str) -> None:
        with self._own(name) as tx:
            forget_person(tx, name, person)

    def move(self, name: str, channel: str) -> None:
        with self._own(name) as tx:
            tx.move_channel(Scope.of_channel(name, channel), f"C{next(self._made)}MOVED")

    def delete(self, name: str) -> None:
        with self._own(name) as tx:
            delete_workspace(tx, name)

    def now(self) -> datetime:
        return BEGAN + timedelta(minutes=next(self._made))

    def _own(self, name: str) -> Any:
        """A transaction of a tenant's own, which leaves all that is the others' as it is."""
        return _Unchanged(self, name, list(GUARDED), self.log.writing(name))

    # What each tries with the others'

    def try_call(self, me: str, it: Thing, call: str, kind: Kind, *, in_my_name: bool) -> None:
        """One of the log's methods with another's ids, in my workspace, or as if I were the other."""
        self.tries += 1
        nowhere = it.nowhere()
        if in_my_name:
            is_compared = (
                call in ON_IDS or call in WITH_WORDS or (call in ON_PLACES and not self._is_mine(me, it))
            )
            mine = replace(it, workspace=me)
            scopes, tables = (_scope(mine, kind), _scope(mine, kind)), list(GUARDED)
        else:
            self.known.pop((me, len(GUARDED)), None)  # of tables with ids only rows may be changed
            is_compared = call not in IDS_ONLY
            scopes, tables = (_scope(it, kind), _scope(nowhere, kind)), CONTENT
        with _Unchanged(self, me, tables):
            told = self._told(me, scopes[0], it, call)
        self._check(me, told, call)
        if is_compared:
            assert it.unnamed(told) == nowhere.unnamed(self._told(me, scopes[1], nowhere, call)), call

    def _told(self, me: str, scope: Scope, it: Thing, call: str) -> str:
        """What comes of it, in words: a value, or what it fails with."""
        try:
            with self.log.writing(me) as tx:
                return repr(TRIED[call](tx, scope, it, BEGAN))
        except CouldNotSave as refused:
            return f"refused {sqlstate_of(refused)}"
        except DBAPIError as refused:
            return f"refused {sqlstate(refused)}"
        except (LookupError, ValueError) as refused:
            return f"{type(refused).__name__}: {refused}"

    def _is_mine(self, me: str, it: Thing) -> bool:
        with self.log.reading(me) as tx:
            return bool(tx.at_places(Scope.of_workspace(me), [it.place]))

    def _check(self, me: str, told: str, call: str) -> None:
        """Of words and figures it holds my own, and nobody else's."""
        words = set(re.findall(r"hush\d+x\d+x", told)) - {f"hush{me[-1]}x{self.world}x"}
        figures = {one for one in re.findall(r"\b77[123]\d{6}\b", told) if not one.startswith(f"77{me[-1]}")}
        assert not words, f"{call} tells {words}"
        assert not figures, f"{call} tells {figures}"

    def try_sql(self, me: str, it: Thing, table: Table, verb: str) -> None:
        """A statement on another's rows, in a transaction of mine."""
        self.tries += 1
        theirs = self._rows(table, it.workspace)
        connection = self.engine.connect().execution_options(workspace=me)
        with _Unchanged(self, me, CONTENT), connection:
            _BY_SQL[verb](connection, table, me, it.workspace, theirs)
            connection.rollback()
        if verb in ("update", "delete"):  # once more, and kept
            with _Unchanged(self, me, CONTENT), self.engine.connect() as kept:
                again = kept.execution_options(workspace=me)
                _BY_SQL["harmless " + verb](again, table, me, it.workspace, theirs)
                again.commit()

    def _rows(self, table: Table, workspace: str) -> list[dict[str, Any]]:
        columns = [column for column in table.columns if column.computed is None]
        with self.everywhere.connect() as connection:
            found = connection.execute(select(*columns).where(table.c.workspace_id == workspace))
            return [dict(row) for row in found.mappings()]

    def state_of(self, names: Sequence[str], tables: Sequence[Table]) -> dict[str, str]:
        """All that these have in these tables, as one sum for each."""
        sums = " UNION ALL ".join(
            f"SELECT '{table.name}', md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table.name} t"
            " WHERE workspace_id = ANY(:names)"
            for table in tables
        )
        with self.everywhere.connect() as connection:
            return dict(map(tuple, connection.execute(text(sums), {"names": list(names)})))


@dataclass
class _Unchanged:
    """While the block lasts nothing of the others is changed. ``tx``: what is entered with it."""

    tenants: Tenants
    me: str
    tables: Sequence[Table]
    tx: Any = None
    before: Mapping[str, str] = field(default_factory=dict)

    def __enter__(self) -> Any:
        known = self.tenants.known
        for one in [one for one in known if one[0] != self.me]:
            del known[one]  # what I have may be changed now
        key = (self.me, len(self.tables))
        if key not in known:
            known[key] = self._state()
        self.before = known[key]
        return None if self.tx is None else self.tx.__enter__()

    def __exit__(self, *raised: Any) -> None:
        if self.tx is not None:
            self.tx.__exit__(*raised)
        if raised[0] is None:
            after = self._state()
            changed = sorted(name for name, state in self.before.items() if after[name] != state)
            assert not changed, f"{self.me} changed {', '.join(changed)} of the others"

    def _state(self) -> dict[str, str]:
        return self.tenants.state_of(self.tenants.others(self.me), self.tables)


def sqlstate_of(refused: CouldNotSave) -> str | None:
    return sqlstate(refused.__cause__) if isinstance(refused.__cause__, Exception) else None


def _scope(it: Thing, kind: Kind) -> Scope:
    if kind == "channel":
        return Scope.of_channel(it.workspace, it.channel)
    return Scope.of_person(it.workspace, it.person) if kind == "person" else Scope.of_workspace(it.workspace)


# By statements of SQL

Rows = Sequence[dict[str, Any]]


def _select(connection: Connection, table: Table, me: str, them: str, _theirs: Rows) -> None:
    seen = set(connection.execute(select(table.c.workspace_id)).scalars())
    assert seen <= {me}, f"{table.name} shows rows of {seen - {me}}"
    assert connection.execute(select(table).where(table.c.workspace_id == them)).all() == []


def _insert(connection: Connection, table: Table, _me: str, _them: str, theirs: Rows) -> None:
    """The very rows that are there, and one that is not: neither tells whether it was there."""
    for row in [*theirs[:2], *(row | _elsewhere(table) for row in theirs[:1])]:
        assert _refused(connection, insert(table).values(row)) == REFUSED, f"{table.name} takes a foreign row"


def _update(connection: Connection, table: Table, me: str, them: str, theirs: Rows) -> None:
    _harmless_update(connection, table, me, them, theirs)
    if connection.execute(select(table.c.workspace_id).limit(1)).first() is not None:
        moved = _refused(connection, update(table).values(workspace_id=them))
        assert moved == REFUSED, f"{table.name} gives a row away"


def _harmless_update(connection: Connection, table: Table, me: str, them: str, _theirs: Rows) -> None:
    _touches_none(
        connection, table, update(table).where(table.c.workspace_id == them).values(workspace_id=me)
    )


def _delete(connection: Connection, table: Table, _me: str, them: str, _theirs: Rows) -> None:
    _touches_none(connection, table, delete(table).where(table.c.workspace_id == them))


def _touches_none(connection: Connection, table: Table, statement: Any) -> None:
    try:
        touched = connection.execute(statement).rowcount
    except IntegrityError as error:
        raise AssertionError(f"{table.name} tells what refers to a foreign row") from error
    assert touched == 0, f"{table.name} lets a foreign row be changed"


_BY_SQL: Mapping[str, Callable[[Connection, Table, str, str, Rows], None]] = {
    "select": _select,
    "insert": _insert,
    "update": _update,
    "delete": _delete,
    "harmless update": _harmless_update,
    "harmless delete": _delete,
}


def _refused(connection: Connection, statement: Any) -> str | None:
    """With which code it is refused; ``None``: it is not. The transaction goes on."""
    attempt = connection.begin_nested()
    try:
        connection.execute(statement)
    except DBAPIError as error:
        attempt.rollback()
        return sqlstate(error)
    attempt.rollback()
    return None


def _elsewhere(table: Table) -> dict[str, Any]:
    keys = [column for column in table.primary_key.columns if column.name != "workspace_id"]
    return {column.name: 999 if column.type.python_type is int else "elsewhere" for column in keys}
