"""Decisions are found by their words, alike in both databases, and nothing that is typed is an operator or an error."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from bot.conversation.filters import sought
from bot.decision_log import Log, Scope, Wanted, open_engine
from bot.decision_log.create import create
from bot.decision_log.search import spelled
from tests.support.examples import examples
from tests.support.postgres import Postgres


def decide(log: Log, scope: Scope, task: str, now: datetime, **more: Any) -> int:
    """A decision about this task; its number."""
    facts: dict[str, Any] = {
        "recommended": "x", "chosen": "x", "status": "accepted", "by": "U1", "why": None, "now": now,
    }  # fmt: skip
    with log.writing(scope.workspace) as tx:
        opened = tx.open_consultation(scope, task=task, asker="U1", now=now)
        return tx.decide(scope, opened.id, **(facts | more)).number


def found(log: Log, scope: Scope, typed: str, **more: Any) -> list[int]:
    with log.reading(scope.workspace) as tx:
        return [one.number for one in tx.decisions(scope, limit=100, wanted=Wanted(sought(typed), **more))]


ROWS = [
    ("input/output tokens", "input", True),
    ("GPT-4.1 mini", "4.1", True),
    ("ICD-10", "10", True),
    ("Résumé parsing", "resume", True),
    ("it's a don't", "don't", True),
    ("https://ex.com/a/b", "ex", True),
    ("tickets", "ticket", True),
    ("Classify tickets", "classification", False),
    ("工单分类", "分类", True),
    ("straße", "strasse", True),
    ("e-mail", "email", True),
    ("email", "e-mail", True),
    ("anything but tickets", "-ticket", False),
    ("sort mail", "sort -mail", False),
    ("sort mail", "sort -mails", True),
    ("sort all mail", '"sort mail"', False),
    ("sort all mail", '"all mail"', True),
    ("sort mail", "ma", False),
    ("sort mail", "mai", True),
    ("sort mail", "mai sort", False),
    ("gpt-4o-mini", "gpt-4o-mini", True),
    ("sort mail AND parcels", "mail AND parcels", True),
    ("sort mail", "mail AND parcels", False),
    ("80k calls, 1e5 tokens, v2", "80k 1e5 v2", True),
]


@pytest.mark.parametrize(
    ("text", "typed", "is_found"), ROWS, ids=[f"{text} <- {typed}" for text, typed, _ in ROWS]
)
def test_what_finds_what(log: Log, team: Scope, now: datetime, text: str, typed: str, is_found: bool) -> None:
    decide(log, team, text, now)
    assert found(log, team, typed) == ([1] if is_found else [])


def test_reason_verdict_and_answers_are_found_too(log: Log, team: Scope, now: datetime) -> None:
    with log.writing("T1") as tx:
        opened = tx.open_consultation(team, task="sort mail", asker="U1", now=now)
        tx.add_answers(team, opened.id, [("reasons", ["latency"], "button")], "U1", now)
        tx.decide(
            team, opened.id, recommended="fine_tune", chosen="keep_prompting", status="overridden", by="U1",
            why="No GPU until March", now=now,
        )  # fmt: skip
    for typed in ("keep prompting", "gpu march", "faster"):
        assert found(log, team, typed) == [1], typed
    with log.writing("T1") as tx:
        tx.withdraw(team, 1, "U2", "the vendor folded", now)
    assert found(log, team, "vendor") == [1]
    assert found(log, team, "gpu -vendor") == []


def test_newest_come_first_or_those_that_say_it_best(log: Log, team: Scope, now: datetime) -> None:
    for task in (
        "invoices",
        "sort invoices, mail, parcels and letters of all kinds",
        "sort mail",
        "invoices of mail",
    ):
        decide(log, team, task, now)
    assert found(log, team, "invoices") == [4, 2, 1]
    assert found(log, team, "invoices", sort="relevance") == [1, 4, 2]
    with log.reading("T1") as tx:
        wanted = Wanted(sought("invoices"), sort="relevance")
        first = tx.decisions(team, limit=1, wanted=wanted)
        assert [one.number for one in tx.decisions(team, first[-1].place, wanted=wanted)] == [4, 2]


def test_words_of_another_place_find_nothing_here(log: Log, team: Scope, now: datetime) -> None:
    for scope in (Scope.of_channel("T1", "C2"), Scope.of_channel("T2", "C1")):
        decide(log, scope, "secret merger", now)
    here = decide(log, team, "open merger", now)
    for sort in ("newest", "relevance", "cost"):
        assert found(log, team, "merger", sort=sort) == [here]
        assert found(log, Scope.of_person("T1", "U9"), "merger", sort=sort) == []
    assert found(log, team, "secret") == []
    assert found(log, team, "C1") == found(log, team, "T1") == []


@given(st.text(max_size=20), st.text(max_size=20))
def test_what_begins_alike_is_spelled_alike(start: str, rest: str) -> None:
    assert spelled(start + rest).startswith(spelled(start))
    assert spelled(start + rest) == spelled(start) or rest
    assert spelled(start).isascii()


@pytest.fixture
def both(postgres: Postgres, postgres_template: str, tmp_path: Path) -> Iterator[list[Log]]:
    """An empty log on each database."""
    sqlite = open_engine(f"sqlite:///{tmp_path / 'both.db'}")
    create(sqlite)
    logs = [Log(sqlite), Log(open_engine(postgres.copied(f"both_{next(_places)}", postgres_template)))]
    yield logs
    for log in logs:
        log.close()


_places = count()
LETTERS = st.text("abé ß-'\"/.*:()4İ分类工🙂กำ\u0301|&!<>", max_size=12)
TASKS = st.lists(st.text(max_size=30).filter(str.strip) | LETTERS.filter(str.strip), min_size=1, max_size=6)
SORTS = st.sampled_from(("newest", "relevance", "cost"))


@examples(25, 100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tasks=TASKS, queries=st.lists(LETTERS | st.text(max_size=20), max_size=4), sort=SORTS, data=st.data())
def test_both_databases_find_the_same_in_the_same_order(
    both: list[Log], now: datetime, tasks: list[str], queries: list[str], sort: str, data: st.DataObject
) -> None:
    scope = Scope.of_channel(f"T{next(_places)}", "C1")
    for at, task in enumerate(tasks):
        assert len({decide(log, scope, task, now + timedelta(hours=at)) for log in both}) == 1
    mine = data.draw(st.sampled_from(tasks))
    for typed in (*queries, mine, f'"{mine}"', f"{mine} -{queries[0] if queries else mine}"):
        on_sqlite, on_postgresql = (found(log, scope, typed, sort=sort) for log in both)
        assert on_sqlite == on_postgresql, typed
        if typed == mine and sought(mine) and not sought(mine).without and not sought(mine).is_empty:
            assert tasks.index(mine) + 1 in on_sqlite


@examples(60, 400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=200))
def test_nothing_typed_is_an_error(log: Log, team: Scope, typed: str) -> None:
    assert found(log, team, typed) == []
