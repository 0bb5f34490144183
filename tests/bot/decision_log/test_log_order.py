"""In which order decisions are listed and found: by day and number in a channel, on both databases and page by page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from bot.conversation.filters import sought
from bot.decision_log import Log, Place, Scope, Wanted, open_engine
from bot.decision_log.create import create
from bot.decision_log.importing import read_log
from bot.decision_log.keeping import keep_log
from bot.decision_log.search import FIRST_DAY, NUMBER, position
from bot.decision_log.upgrade import upgrade
from tests.support.examples import examples
from tests.support.postgres import Postgres
from tests.support.statements import heard

BEGINS = datetime(2026, 6, 15, 22, tzinfo=UTC)
MAIL = Wanted(sought("mail"))


@pytest.fixture
def both(postgres: Postgres, postgres_template: str, tmp_path: Path) -> Iterator[list[Log]]:
    """An empty log on each database."""
    sqlite = open_engine(f"sqlite:///{tmp_path / 'order.db'}")
    create(sqlite)
    logs = [Log(sqlite), Log(open_engine(postgres.create(f"order_{next(_places)}", postgres_template)))]
    yield logs
    for log in logs:
        log.close()


_places = count()


def keep(log: Log, workspace: str, moments: dict[int, datetime], channel: str = "C1", **more: Any) -> None:
    """Decisions of these numbers, made at these moments."""
    given = [
        {
            "number": number, "channel": channel, "task": "sort mail", "chosen": "hybrid", "status": "accepted",
            "by": "U1", "at": at.isoformat(), **more,
        }
        for number, at in moments.items()
    ]  # fmt: skip
    with log.writing(workspace) as tx:
        keep_log(tx, read_log({"version": 1, "workspace": workspace, "decisions": given}))


def listed(log: Log, scope: Scope, wanted: Wanted, a_page: int) -> list[int]:
    """All of them, page by page."""
    found: list[int] = []
    before = None
    with log.reading(scope.workspace) as tx:
        while page := tx.decisions(scope, before, a_page, wanted):
            found += [one.number for one in page]
            before = page[-1].place
    return found


def test_one_that_was_made_long_ago_and_imported_lately_stands_where_it_was_made(log: Log) -> None:
    scope = Scope.of_channel("T1", "C1")
    days = {1: 10, 2: 12, 3: 2, 4: 12, 5: 11}
    keep(log, "T1", {number: BEGINS + timedelta(days=day) for number, day in days.items()})
    for wanted in (Wanted(), MAIL, Wanted(verdicts=("hybrid",)), Wanted(by=("U1",)), Wanted(since=BEGINS)):
        assert listed(log, scope, wanted, 2) == [4, 2, 5, 1, 3]
    with log.reading("T1") as tx:  # a number that is not there is as good a place to go on from
        assert [one.number for one in tx.decisions(scope, Place("C1", 9), 9, MAIL)] == [5, 1, 3]


@examples(20, 60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    hours=st.dictionaries(st.integers(1, 60), st.integers(-60, 60), min_size=1, max_size=12),
    a_page=st.integers(1, 5),
    past=st.integers(-60, 60),
)
def test_both_databases_list_by_day_and_number_page_by_page(
    both: list[Log], hours: dict[int, int], a_page: int, past: int
) -> None:
    workspace = f"T{next(_places)}"
    moments = {number: BEGINS + timedelta(hours=after) for number, after in hours.items()}
    until = BEGINS + timedelta(hours=past)
    in_order = sorted(moments, key=lambda number: (moments[number].date(), number), reverse=True)
    scope = Scope.of_channel(workspace, "C1")
    for log in both:
        keep(log, workspace, moments)
        for more in ({}, {"sought": sought("mail")}, {"verdicts": ("hybrid",)}):
            assert listed(log, scope, Wanted(**more), a_page) == in_order
            since = [number for number in in_order if moments[number] >= until]
            assert listed(log, scope, Wanted(since=until, **more), a_page) == since
            earlier = [number for number in in_order if moments[number] < until]
            assert listed(log, scope, Wanted(until=until, **more), a_page) == earlier


def test_decisions_of_many_places_with_the_same_day_and_number_are_each_found_in_its_own(log: Log) -> None:
    for at in range(8):
        for channel in ("C1", "C2"):
            keep(log, f"T{at}", {1: BEGINS, 2: BEGINS}, channel)
    for at in range(8):
        for channel in ("C1", "C2"):
            assert listed(log, Scope.of_channel(f"T{at}", channel), MAIL, 1) == [2, 1]
        assert len(listed(log, Scope.of_workspace(f"T{at}"), MAIL, 3)) == 4


@given(st.datetimes(), st.integers(1, 2**31 - 1), st.datetimes(), st.integers(1, 2**31 - 1))
def test_ids_in_the_index_are_in_the_order_of_days_and_numbers(
    one: datetime, first: int, other: datetime, second: int
) -> None:
    """Up to the year 2870; those after that share a day."""
    last = datetime.fromordinal(2 * FIRST_DAY - 2)
    days = [min(moment, last).date() for moment in (one, other)]
    ids = [position(moment.replace(tzinfo=UTC), number) for moment, number in ((one, first), (other, second))]
    assert all(-(2**63) <= id_ < 2**63 - 2 * NUMBER for id_ in ids)
    assert (ids[0] < ids[1]) == ((days[0], first) < (days[1], second))


PLANS = (
    ("list", Wanted(), "ix_decisions_day"),
    ("list of one verdict", Wanted(verdicts=("hybrid",)), "ix_decisions_channel_chosen"),
    ("list of one person", Wanted(by=("U1",)), "ix_decisions_channel_by_id"),
    ("list of what was missed", Wanted(outcomes=("missed",)), "ix_decisions_channel_asked"),
    ("list of some days", Wanted(since=BEGINS, until=BEGINS), "ix_decisions_day"),
    ("list by cost", Wanted(sort="cost"), "ix_decisions_cost"),
    ("search", MAIL, "VIRTUAL TABLE INDEX"),
)


@pytest.mark.parametrize(("wanted", "index"), [row[1:] for row in PLANS], ids=[row[0] for row in PLANS])
@pytest.mark.parametrize("before", [None, Place("C1", 7)])
def test_sqlite_reads_a_page_in_its_order_and_sorts_nothing(
    tmp_path: Path, wanted: Wanted, index: str, before: Place | None
) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'plans.db'}")
    create(engine)
    log = Log(engine)
    keep(log, "T1", {7: BEGINS})
    with heard(engine) as said, log.reading("T1") as tx:
        tx.decisions(Scope.of_channel("T1", "C1"), before, 10, wanted)
    plan = _plan(engine, [one for one in said if one.startswith("SELECT")][-1])
    log.close()
    assert index in plan
    assert "TEMP B-TREE" not in plan


def test_sqlite_counts_by_month_without_reading_a_decision(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'months.db'}")
    create(engine)
    log = Log(engine)
    keep(log, "T1", {1: BEGINS, 2: BEGINS + timedelta(days=20)})
    with heard(engine) as said, log.reading("T1") as tx:
        found = tx.by_month(Scope.of_channel("T1", "C1"))
    assert [(one.month, one.number) for one in found] == [("2026-06", 1), ("2026-07", 1)]
    assert "COVERING INDEX" in _plan(engine, [one for one in said if one.startswith("SELECT")][-1])
    log.close()


def _plan(engine: Engine, statement: str) -> str:
    marks: Sequence[str] = ["1"] * statement.count("?")
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", tuple(marks)).all()
    return "; ".join(str(row[3]) for row in rows)


def test_both_ways_to_make_the_tables_make_the_same_indexes(tmp_path: Path) -> None:
    """What is read back of an index on an expression is nothing: its text is held against the other's."""
    made = []
    for name, make in (("at-once", create), ("migrated", upgrade)):
        engine = open_engine(f"sqlite:///{tmp_path / name}.db")
        make(engine)
        with engine.connect() as connection:
            found = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'index'")).all()
        made.append(
            {row.name: " ".join((row.sql or "").replace("(outcome", "( outcome").split()) for row in found}
        )
        engine.dispose()
    assert made[0] == made[1]
