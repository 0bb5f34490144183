"""Three tenants in one database on PostgreSQL, each a full attacker of the others.

They know all ids of each other: consultations, threads, posts, channels, numbers, people, words. In transactions of
their own they try all that the log offers with them, in their own name and in the other's, and statements of SQL on
every table with content. Nothing of another is told, changed or given away, and nothing shows whether it is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, product
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import Engine, Table, text

from bot.decision_log import Log, open_engine
from bot.decision_log.scope import Kind
from bot.decision_log.writing import Writing
from tests.support.postgres import SUPERUSER, as_role
from tests.support.tenants import CHANNELS, CONTENT, PEOPLE, VERBS, Tenants
from tests.support.tried import ELSEWHERE, TRIED, Thing

KINDS: tuple[Kind, ...] = ("workspace", "channel", "person")


@pytest.fixture
def dialect() -> str:
    return "postgresql"


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    """Connections of the app's role."""
    opened = open_engine(database, connections=2)
    yield opened
    opened.dispose()


@pytest.fixture
def everywhere(database: str) -> Iterator[Engine]:
    """Connections of one who sees everything."""
    opened = open_engine(as_role(database, SUPERUSER))
    yield opened
    opened.dispose()


@pytest.fixture
def tenants(log: Log, engine: Engine, everywhere: Engine) -> Tenants:
    return Tenants(log, engine, everywhere)


def test_all_that_the_log_offers_is_tried() -> None:
    offered = {
        name for name in dir(Writing) if not name.startswith("_") and callable(getattr(Writing, name, None))
    }
    assert offered - ELSEWHERE - set(TRIED) == set()


def everything_by_call(tenants: Tenants) -> None:
    """Each call on what is decided and what is not, in my name and in the other's."""
    me, victim, _ = tenants.names
    kinds = cycle(KINDS)
    for in_my_name, it, call in product((False, True), tenants.things[victim], TRIED):
        if not (call == "delete" and in_my_name):
            tenants.try_call(me, it, call, next(kinds), in_my_name=in_my_name)


def test_no_call_tells_or_changes_what_is_anothers(tenants: Tenants) -> None:
    everything_by_call(tenants)
    assert tenants.tries > 250


def everything_by_sql(tenants: Tenants, tables: list[Table]) -> None:
    me, victim, _ = tenants.names
    for table, verb in product(tables, VERBS):
        tenants.try_sql(me, tenants.things[victim][0], table, verb)


@contextmanager
def lifted(everywhere: Engine, table: Table) -> Iterator[None]:
    """A table without its policy."""
    with everywhere.begin() as connection:
        connection.execute(text(f"ALTER TABLE {table.name} DISABLE ROW LEVEL SECURITY"))
    try:
        yield
    finally:
        with everywhere.begin() as connection:
            connection.execute(text(f"ALTER TABLE {table.name} ENABLE ROW LEVEL SECURITY"))


def test_a_policy_that_is_lifted_is_found_by_each_kind_of_statement(
    tenants: Tenants, everywhere: Engine
) -> None:
    me, victim, _ = tenants.names
    tenants.withdraw(tenants.things[victim][0])
    tenants.withdraw(tenants.things[me][0])
    everything_by_sql(tenants, CONTENT)
    for table in CONTENT:
        with lifted(everywhere, table):
            for verb in VERBS:
                with pytest.raises(AssertionError, match=table.name):
                    tenants.try_sql(me, tenants.things[victim][0], table, verb)


@pytest.mark.parametrize("name", ["consultations", "decisions", "settings"])
def test_a_policy_that_is_lifted_is_found_by_the_calls(
    tenants: Tenants, everywhere: Engine, name: str
) -> None:
    [table] = [one for one in CONTENT if one.name == name]
    with lifted(everywhere, table), pytest.raises(AssertionError):
        everything_by_call(tenants)


things = st.integers(0, 9)
channels, people = st.sampled_from(CHANNELS), st.sampled_from(PEOPLE)
work = st.one_of(
    st.none(),
    st.tuples(st.just("make"), channels, people, st.booleans()),
    st.tuples(st.sampled_from(("add_to", "withdraw")), things),
    st.tuples(st.just("forget"), people),
    st.tuples(st.just("move"), channels),
    st.tuples(st.just("delete")),
)
"""What somebody does with what is theirs."""
attempts = st.one_of(
    st.tuples(st.sampled_from(sorted(TRIED)), st.sampled_from(KINDS), st.booleans()),
    st.tuples(st.sampled_from(CONTENT), st.sampled_from(VERBS)),
)
"""What somebody tries with what is another's: one of the log's calls, in whose name, or a statement."""


class Attack(RuleBasedStateMachine):
    """All three work with what is theirs, and each tries everything with what is not."""

    log: Log
    engine: Engine
    everywhere: Engine
    tries = 0

    @initialize()
    def begin(self) -> None:
        self.tenants = Tenants(self.log, self.engine, self.everywhere)

    @rule(
        me=st.integers(0, 2),
        them=st.integers(1, 2),
        at=things,
        done=work,
        tried=st.lists(attempts, min_size=3, max_size=9),
    )
    def work_and_try(self, me: int, them: int, at: int, done: Any, tried: list[Any]) -> None:
        names = self.tenants.names
        if done is not None:
            self._work(names[me], *done)
        it = self._thing(names[(me + them) % 3], at)
        for attempt in tried:
            self._try(names[me], it, *attempt)
        type(self).tries += len(tried)

    def _work(self, me: str, what: str, *how: Any) -> None:
        match what, how:
            case "make", (channel, person, is_decided):
                self.tenants.make(me, channel, person, is_decided=is_decided)
            case "add_to" | "withdraw", (at,):
                getattr(self.tenants, what)(self._thing(me, at))
            case _:
                getattr(self.tenants, what)(me, *how)

    def _try(self, me: str, it: Thing, what: str | Table, how: Any, in_my_name: bool = False) -> None:
        if isinstance(what, Table):
            self.tenants.try_sql(me, it, what, how)
        elif not (what == "delete" and in_my_name):
            self.tenants.try_call(me, it, what, how, in_my_name=in_my_name)

    def _thing(self, name: str, at: int) -> Thing:
        found = self.tenants.things[name]
        return found[at % len(found)]


@pytest.mark.parametrize(
    "examples",
    [2, pytest.param(6, marks=pytest.mark.long("most finds are made in the first few"))],
    ids=["a few", "many"],
)
def test_three_tenants_find_nothing_of_each_other(
    log: Log, engine: Engine, everywhere: Engine, examples: int
) -> None:
    steps = settings(
        max_examples=examples,
        stateful_step_count=15,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],  # a find that is made smaller takes minutes
    )
    attack = type("AttackOnThis", (Attack,), {"log": log, "engine": engine, "everywhere": everywhere})
    run_state_machine_as_test(attack, settings=steps)
    assert attack.tries > 10 * examples
