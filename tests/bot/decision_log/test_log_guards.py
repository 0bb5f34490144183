"""PostgreSQL itself refuses another workspace's rows, as the role as which the app connects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import (
    Connection,
    Engine,
    Table,
    delete,
    func,
    insert,
    inspect,
    make_url,
    select,
    text,
    update,
)
from sqlalchemy.exc import ProgrammingError

import bot
from bot.conversation.filters import sought
from bot.decision_log import CheckInDate, Link, Log, Outcome, Review, Scope, Wanted, open_engine
from bot.decision_log.create import create
from bot.decision_log.failures import CannotOpen, CouldNotRead, sqlstate
from bot.decision_log.guards import GUARDED
from bot.decision_log.roles import OWNER as OWNS
from bot.decision_log.roles import SUPERUSER as PASSES
from bot.decision_log.roles import let_in, not_bound_at
from bot.decision_log.tables import metadata
from tests.support.decided import decide
from tests.support.postgres import APP, OWNER, SUPERUSER, Postgres, as_role

REFUSED = "42501"
"""PostgreSQL's code for what a role may not do, by a policy or for want of a right."""
CONTENT = [table for table, guard in GUARDED.items() if guard in ("content", "words")]
IDS = [table for table, guard in GUARDED.items() if guard == "ids"]


@pytest.fixture
def dialect() -> str:
    return "postgresql"


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    """Connections of the app's role."""
    opened = open_engine(database, connections=1)
    yield opened
    opened.dispose()


@pytest.fixture
def everywhere(database: str) -> Iterator[Engine]:
    """Connections of one who sees everything."""
    opened = open_engine(as_role(database, SUPERUSER))
    yield opened
    opened.dispose()


@pytest.fixture
def two_tenants(log: Log, now: datetime) -> tuple[str, str]:
    """Two workspaces with a row of each in every table with content."""
    for workspace in ("T1", "T2"):
        scope = Scope.of_channel(workspace, "C1")
        made = decide(
            log, scope, now, task=f"sort secret {workspace}", answers={"misses": "facts"}, advice={"x": 1}
        )
        with log.writing(workspace) as tx:
            tx.add_post(scope, made.consultation, "note", {"note": "nudge"})
            tx.add_outcome(scope, made.place, Outcome("U1", now, shipped=True))
            tx.add_link(scope, made.place, Link("https://example.com", "n", "U1", now))
            tx.set_check_in(scope, made.place, CheckInDate(now, "U1", now))
            tx.add_review(scope, made.place, Review(now, "a", "b", ("c",)))
            tx.add_settings(scope, {"low_volume": 50_000}, "U1", now)
            tx.touch(workspace, made.consultation, now)
            tx.withdraw(scope, made.number, "U1", "no", now)
    return "T1", "T2"


def rows(engine: Engine, table: Table, workspace: str) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        columns = [column for column in table.columns if column.computed is None]
        found = connection.execute(select(*columns).where(table.c.workspace_id == workspace))
        return [dict(row) for row in found.mappings()]


def in_place_of(engine: Engine, workspace: str | None) -> Connection:
    return engine.connect().execution_options(workspace=workspace)


# What is there

CATALOGUE = """
SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity FROM pg_class c
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relnamespace = 'public'::regnamespace
"""
EXPECTED = {
    "content": (True, True),
    "words": (True, False),  # the owner looks into its index
    "ids": (True, True),
    "open": (False, False),
}


def not_as_decided(connection: Connection) -> list[str]:
    """The tables and views of the database that are not guarded as GUARDED says, or of which it says nothing."""
    expected = {table.name: EXPECTED[guard] for table, guard in GUARDED.items()}
    expected["alembic_version"] = (False, False)
    found = connection.execute(text(CATALOGUE)).all()
    return sorted(name for name, *guarded in found if expected.get(name) != tuple(guarded))


def test_something_was_decided_of_every_table() -> None:
    assert set(GUARDED) == set(metadata.tables.values())
    assert all("workspace_id" in table.c for table in GUARDED)


def test_whoever_begins_a_transaction_says_whose_it_is() -> None:
    """But for those who take ids of all workspaces, or look up whose a request is."""
    room = Path(bot.__file__).parent
    begun = re.compile(r"\.(reading|writing)\(\)")
    nobodys = {
        path.relative_to(room).as_posix(): len(begun.findall(path.read_text())) for path in room.rglob("*.py")
    }
    assert {name: times for name, times in nobodys.items() if times} == NOBODYS


NOBODYS = {
    "decision_log/log.py": 12,
    "decision_log/installations.py": 4,
    "serving/oauth.py": 1,
    "slack/rounds.py": 2,
}
"""In which files of the bot how many transactions are begun that see no content."""


def test_every_table_is_guarded_as_was_decided(everywhere: Engine) -> None:
    with everywhere.connect() as connection:
        assert not_as_decided(connection) == []
        policies = (
            "SELECT tablename, count(*) FROM pg_policies WHERE schemaname = 'public' GROUP BY tablename"
        )
        counts = dict(map(tuple, connection.execute(text(policies))))
    assert counts == {table.name: 1 for table in CONTENT} | {table.name: 4 for table in IDS}


@pytest.mark.parametrize(
    "made",
    [
        "CREATE TABLE notes (workspace_id text)",
        "CREATE VIEW shown AS SELECT * FROM decisions",
        "ALTER TABLE links NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE answers DISABLE ROW LEVEL SECURITY",
    ],
)
def test_a_table_of_which_nothing_was_decided_is_noticed(everywhere: Engine, made: str) -> None:
    with everywhere.connect() as connection:
        connection.execute(text(made))
        assert len(not_as_decided(connection)) == 1
        connection.rollback()


def test_the_apps_role_owns_nothing_and_passes_by_nothing(everywhere: Engine) -> None:
    with everywhere.connect() as connection:
        role = connection.execute(
            text(
                "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = :role"
            ),
            {"role": APP},
        ).one()
        assert not any(role)
        owned = "SELECT count(*) FROM pg_class WHERE relowner = CAST(:role AS regrole)"
        assert connection.execute(text(owned), {"role": APP}).scalar() == 0
        granted = (
            "SELECT DISTINCT privilege_type FROM information_schema.role_table_grants WHERE grantee = :role"
        )
        may = set(connection.execute(text(granted), {"role": APP}).scalars())
        assert may == {"SELECT", "INSERT", "UPDATE", "DELETE"}
        # What runs as its owner is a way round the policies: this one alone, which looks at the workspace itself.
        definers = "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        assert list(connection.execute(text(definers)).scalars()) == ["decisions_with_words"]


def test_it_is_said_of_which_role_it_does_not_hold(database: str) -> None:
    assert not_bound_at(database) is None
    assert not_bound_at(as_role(database, OWNER)) == OWNS
    assert not_bound_at(as_role(database, SUPERUSER)) == PASSES
    assert not_bound_at("sqlite:///nowhere.db") is None


def test_tables_made_at_once_are_guarded_as_the_migrations_do_it(
    postgres: Postgres, everywhere: Engine
) -> None:
    def guards(engine: Engine) -> list[Any]:
        asked = (
            "SELECT tablename, policyname, cmd, qual, with_check FROM pg_policies",
            CATALOGUE + " AND c.relname <> 'alembic_version'",
            "SELECT proname, prosrc, prosecdef, pg_get_function_sqlbody(oid) FROM pg_proc"
            " WHERE pronamespace = 'public'::regnamespace",
        )
        with engine.connect() as connection:
            return [sorted(map(str, connection.execute(text(one)))) for one in asked]

    at_once = open_engine(postgres.create("log_at_once", owner=OWNER))
    assert create(at_once)
    assert guards(at_once) == guards(everywhere)
    assert set(inspect(at_once).get_table_names()) == set(inspect(everywhere).get_table_names())
    at_once.dispose()


# What can be done


def test_a_foreign_row_cannot_be_seen_changed_deleted_or_made(
    engine: Engine, everywhere: Engine, two_tenants: tuple[str, str]
) -> None:
    for table in CONTENT:
        _is_out_of_reach(engine, everywhere, two_tenants, table)


def _is_out_of_reach(engine: Engine, everywhere: Engine, two_tenants: tuple[str, str], table: Table) -> None:
    mine, theirs = two_tenants
    before = rows(everywhere, table, theirs)
    assert before, f"there is nothing to be refused in {table.name}"
    foreign = table.c.workspace_id == theirs
    with in_place_of(engine, mine) as connection:
        assert connection.execute(select(func.count()).select_from(table)).scalar() == len(
            rows(everywhere, table, mine)
        )
        assert connection.execute(select(table).where(foreign)).all() == []
        assert connection.execute(update(table).where(foreign).values(workspace_id=theirs)).rowcount == 0
        assert connection.execute(delete(table).where(foreign)).rowcount == 0
        connection.commit()
    # The very row that is there, and one that is not: neither tells whether it was there.
    for row in (before[0], before[0] | _elsewhere(table)):
        with in_place_of(engine, mine) as connection, pytest.raises(ProgrammingError) as refused:
            connection.execute(insert(table), row)
        assert sqlstate(refused.value) == REFUSED, table.name
    with in_place_of(engine, mine) as connection, pytest.raises(ProgrammingError) as refused:
        connection.execute(update(table).values(workspace_id=theirs))
    assert sqlstate(refused.value) == REFUSED, table.name
    assert rows(everywhere, table, theirs) == before, table.name


def _elsewhere(table: Table) -> dict[str, Any]:
    keys = [column for column in table.primary_key.columns if column.name != "workspace_id"]
    return {column.name: 999 if column.type.python_type is int else "elsewhere" for column in keys}


@pytest.mark.parametrize("nobody", [None, ""])
def test_without_a_workspace_there_is_nothing(
    engine: Engine, two_tenants: tuple[str, str], nobody: str | None
) -> None:
    with in_place_of(engine, nobody) as connection:
        for table in CONTENT:
            assert connection.execute(select(table)).all() == [], table.name
            assert connection.execute(update(table).values(workspace_id="T1")).rowcount == 0, table.name
            assert connection.execute(delete(table)).rowcount == 0, table.name


def test_a_connection_that_was_told_nothing_sees_nothing_before_and_after_one_that_was(
    postgres: Postgres, database: str, two_tenants: tuple[str, str]
) -> None:
    name = make_url(database).database
    with psycopg.connect(host=str(postgres.home), user=APP, dbname=name, autocommit=True) as connection:
        for _ in range(2):
            for table in CONTENT:
                everything = sql.SQL("SELECT * FROM {}").format(sql.Identifier(table.name))
                assert connection.execute(everything).fetchall() == []
            with connection.transaction():
                connection.execute("SELECT set_config('app.workspace', 'T1', true)")
                assert connection.execute("SELECT DISTINCT workspace_id FROM decisions").fetchall() == [
                    ("T1",)
                ]


@pytest.mark.parametrize("table", IDS, ids=lambda table: table.name)
def test_a_row_of_ids_is_made_by_its_own_workspace_and_stays_its_own(
    engine: Engine, two_tenants: tuple[str, str], table: Table
) -> None:
    """Else its foreign key would tell whether another workspace has such a consultation."""
    mine, theirs = two_tenants
    there = {row["consultation_id"] for row in rows(engine, table, theirs)}
    assert there, "the app's rounds see all of them"
    row = rows(engine, table, theirs)[0]
    for consultation in (*there, "nowhere"):
        with in_place_of(engine, mine) as connection, pytest.raises(ProgrammingError) as refused:
            connection.execute(insert(table), row | {"consultation_id": consultation})
        assert sqlstate(refused.value) == REFUSED
        with in_place_of(engine, mine) as connection, pytest.raises(ProgrammingError) as refused:
            connection.execute(update(table).values(consultation_id=consultation))
        assert sqlstate(refused.value) == REFUSED


def test_one_connection_serves_two_workspaces_by_turns(database: str, two_tenants: tuple[str, str]) -> None:
    log = Log(open_engine(database, connections=1))
    for workspace in (*two_tenants, *two_tenants):
        with log.reading(workspace) as tx:
            assert [one.task for one in tx.decisions(Scope.of_workspace(workspace))] == [
                f"sort secret {workspace}"
            ]
        other = next(one for one in two_tenants if one != workspace)
        with pytest.raises(ZeroDivisionError), log.writing(workspace) as writing:
            assert writing.decisions(Scope.of_workspace(other)) == []
            raise ZeroDivisionError
        assert log.workspaces() == list(two_tenants)
    log.close()


def test_the_owner_is_bound_too_where_there_is_one_role_for_all(
    database: str, two_tenants: tuple[str, str], now: datetime
) -> None:
    log = Log(open_engine(as_role(database, OWNER)))
    with log.reading("T1") as tx:
        assert tx.decisions(Scope.of_workspace("T2")) == []
        assert len(tx.decisions(Scope.of_workspace("T1"), wanted=Wanted(sought("secret")))) == 1
    decide(log, Scope.of_channel("T1", "C1"), now)
    log.close()


# Search


def test_search_uses_its_index_for_the_words_and_for_whose_they_are(
    postgres: Postgres, postgres_template: str, now: datetime
) -> None:
    """What runs, as the database tells it: also inside the function, which EXPLAIN does not show."""
    engine = open_engine(postgres.copied("explained", postgres_template), connections=1)
    for setting in (
        "session_preload_libraries = 'auto_explain'", "auto_explain.log_min_duration = 0",
        "auto_explain.log_nested_statements = on", "auto_explain.log_level = notice", "enable_seqscan = off",
    ):  # fmt: skip
        with postgres.connect() as connection:
            connection.execute(f"ALTER DATABASE explained SET {setting}")
    told: list[str] = []
    searching = Log(engine)
    decide(searching, Scope.of_channel("T1", "C1"), now, task="sort secret mail", by="U1")
    with searching.reading("T1") as tx:
        driver: Any = tx._connection.connection.driver_connection
        driver.add_notice_handler(lambda notice: told.append(notice.message_primary))
        for scope in (Scope.of_channel("T1", "C1"), Scope.of_workspace("T1")):
            told.clear()
            assert len(tx.grouped(scope, Wanted(sought("secret")))) == 1
            [plan] = [one for one in told if "decision_words_index" in one]
            conditions = re.findall(r"Index Cond: \((.*)\)", plan)
            [words] = [one for one in conditions if "search_text" in one]
            assert "words_begin(workspace_id, channel_id)" in words
    searching.close()


def test_nobody_is_found_in_another_workspace_by_words(engine: Engine, two_tenants: tuple[str, str]) -> None:
    find = text("SELECT workspace_id FROM decisions_with_words(:channel, 'secret')")
    for workspace, channel, found in (
        *((one, channel, [one]) for one in two_tenants for channel in (None, "C1")),
        ("T1", "C9", []),
        ("T1/C1", None, []),
        (None, None, []),
        ("", "C1", []),
    ):
        with in_place_of(engine, workspace) as connection:
            assert list(connection.execute(find, {"channel": channel}).scalars()) == found


# Setting it up


def test_the_role_is_made_once_with_its_password_sealed(postgres: Postgres, database: str) -> None:
    owner, role = as_role(database, OWNER), 'new "app" o\'role'
    url = database.replace(f"//{APP}@", "//new%20%22app%22%20o%27role:a%20pass%27word@")
    with postgres.connect() as connection:
        connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))
        assert let_in(owner, url) == "made"
        assert let_in(owner, url) == "there"
        kept = connection.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", (role,)).fetchone()
    assert kept is not None
    assert kept[0].startswith("SCRAM-SHA-256$")
    assert not_bound_at(url) is None
    log = Log(open_engine(url))
    assert log.workspaces() == []
    log.close()


def test_a_role_whose_password_was_changed_in_its_address_is_given_it(
    postgres: Postgres, database: str
) -> None:
    """Where passwords are asked for; this server trusts everybody else."""
    owner = as_role(database, OWNER)
    before, after = (
        database.replace(f"//{APP}@", f"//of_a_password:{word}@") for word in ("first", "second")
    )
    rules = postgres.home / "data" / "pg_hba.conf"
    trusting = rules.read_text()
    with postgres.connect() as connection:
        connection.execute("DROP ROLE IF EXISTS of_a_password")
        rules.write_text(f"local all of_a_password scram-sha-256\n{trusting}")
        connection.execute("SELECT pg_reload_conf()")
        try:
            assert let_in(owner, before) == "made"
            assert not_bound_at(before) is None
            with pytest.raises(CouldNotRead, match="password authentication failed"):
                not_bound_at(after)
            assert let_in(owner, after) == "given its password"
            assert not_bound_at(after) is None
            assert let_in(owner, after) == "there"
        finally:
            rules.write_text(trusting)
            connection.execute("SELECT pg_reload_conf()")


@pytest.mark.parametrize("role", [SUPERUSER, OWNER])
def test_a_role_that_nothing_would_bind_is_not_let_in(database: str, role: str) -> None:
    with pytest.raises(CannotOpen, match="has to name a role for the app alone"):
        let_in(as_role(database, OWNER), as_role(database, role))


def test_an_owner_who_may_make_no_roles_is_told_what_to_do(postgres: Postgres, database: str) -> None:
    with postgres.connect() as connection:
        connection.execute(f"ALTER ROLE {OWNER} NOCREATEROLE")
        with pytest.raises(CannotOpen, match='CREATE ROLE "nobody_yet" LOGIN'):
            let_in(as_role(database, OWNER), as_role(database, "nobody_yet"))
        connection.execute(f"ALTER ROLE {OWNER} CREATEROLE")


def test_an_address_without_a_role_is_told(database: str) -> None:
    with pytest.raises(CannotOpen, match="names no role"):
        let_in(as_role(database, OWNER), "postgresql:///log?host=/tmp")
