"""Whoever asks sees what their scope holds and nothing else: by search, filters, stats, likeness, export or number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count, product
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from bot.conversation.filters import sought
from bot.decision_log import Link, Log, NotInScope, Outcome, Place, Scope, Wanted, open_engine
from bot.decision_log.adr import adr
from bot.decision_log.alike import alike
from bot.decision_log.csv_text import csv_text
from bot.decision_log.export import every_record, listed, written_log
from bot.decision_log.reading import Reading
from bot.decision_log.stats import stats
from core.case import read_case
from tests.support.decided import decide
from tests.support.examples import examples
from tests.support.statements import heard, names_no_workspace, on_workspaces

CHANNELS, PEOPLE = ("C1", "C2", "C3"), ("U1", "U2", "U3")
WORLDS = st.lists(
    st.tuples(st.integers(0, 1), st.sampled_from(CHANNELS), st.sampled_from(PEOPLE), st.booleans()),
    min_size=1,
    max_size=7,
)
CASE = {"task": "sort secret mail", "calls_per_month": 1_000, "misses": "labels"}
WANTED = (
    Wanted(),
    Wanted(sought("secret"), sort="relevance"),
    Wanted(sought("secret -nothing")),
    Wanted(verdicts=("fine_tune",), statuses=("accepted", "withdrawn"), sort="cost"),
    Wanted(outcomes=("missed", "none"), by=PEOPLE),
)
_places = count()


def everything_told(tx: Reading, scope: Scope, now: datetime, guesses: list[Place]) -> Iterator[Any]:
    """Whatever can be asked of the log in a scope, also about what is elsewhere."""
    for wanted in WANTED:
        yield [listed(one) for one in tx.decisions(scope, limit=100, wanted=wanted)]
        yield stats(tx, scope, wanted, now).to_json()
        for place in guesses:
            yield [listed(one) for one in tx.decisions(scope, place, wanted=wanted)]
    for place in guesses:
        found = tx.decision(scope, place.number, place.channel)
        yield None if found is None else listed(found.decision)
        yield [listed(one) for one in tx.numbered(scope, place.number)]
        yield tx.outcomes_of(scope, place)
    yield [one.to_json() for one in alike(tx, scope, read_case(CASE), on=now.date())]
    records = every_record(tx, scope)
    yield [written_log(scope.workspace, records), csv_text(records), *map(adr, records)]


@examples(3, 25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=WORLDS)
def test_nothing_of_elsewhere_is_ever_told(
    log: Log, now: datetime, world: list[tuple[int, str, str, bool]]
) -> None:
    here = next(_places)
    mine: dict[Scope, set[str]] = {}
    guesses: list[Place] = [Place(channel, number) for channel, number in product(CHANNELS, (1, 2, 3))]
    for at, (side, channel, person, is_recorded) in enumerate(world):
        workspace, mark = f"T{here}{'ab'[side]}", f"mark{here}x{at}x"
        scope = Scope.of_channel(workspace, channel)
        answers = {"calls_per_month": 1_000, "misses": "labels"}
        made = decide(
            log, scope, now + timedelta(hours=at), task=f"sort secret mail {mark}", by=person, chosen="fine_tune",
            answers=answers, why=f"{mark} why",
        )  # fmt: skip
        if is_recorded:
            with log.writing(workspace) as tx:
                tx.add_outcome(scope, made.place, Outcome(person, now, shipped=False))
                tx.add_link(scope, made.place, Link("https://example.com", f"{mark} note", person, now))
        for seer in (scope, Scope.of_person(workspace, person)):
            mine.setdefault(seer, set()).add(mark)
    for workspace, (kind, whose) in product(
        (f"T{here}a", f"T{here}b", f"T{here}c"),
        [*product(("channel",), CHANNELS), *product(("person",), (*PEOPLE, "U9"))],
    ):
        scope = Scope(workspace, **{kind: whose})
        seen = mine.get(scope, set())
        with log.reading(workspace) as tx:
            told = list(everything_told(tx, scope, now, guesses))
            assert set(re.findall(r"mark\d+x\d+x", repr(told))) == seen
            assert stats(tx, scope, Wanted(), now).decisions == len(seen)


def test_a_stranger_is_told_the_same_whether_there_is_something_or_not(log: Log, now: datetime) -> None:
    decide(log, Scope.of_channel("T1", "C1"), now, task="sort secret mail", answers={"misses": "labels"})
    strangers = [Scope.of_channel("T1", "C2"), Scope.of_person("T1", "U9"), Scope.of_channel("T2", "C1")]
    nowhere = Scope.of_channel("T9", "C9")
    with log.reading("T1") as tx:
        for stranger in strangers:
            told, expected = (
                re.sub(
                    r"'workspace': '\w+'", "", repr(list(everything_told(tx, scope, now, [Place("C1", 1)])))
                )
                for scope in (stranger, nowhere)
            )
            assert told == expected
    for stranger in strangers:
        with pytest.raises(NotInScope), log.writing("T1") as writing:
            writing.add_outcome(stranger, Place("C1", 1), Outcome("U9", now, shipped=True))


def test_every_statement_on_a_workspace_s_table_names_its_workspace(
    database: str, team: Scope, now: datetime
) -> None:
    engine = open_engine(database)
    log = Log(engine)
    with heard(engine) as said:
        made = decide(log, team, now, answers={"quality_target": 0.9}, advice={"verdict": "hybrid"})
        decide(log, team, now, reopened_from=made.number)
        with log.writing("T1") as tx:
            tx.add_outcome(team, made.place, Outcome("U1", now, shipped=True))
            tx.add_link(team, made.place, Link("https://example.com", None, "U1", now))
            tx.withdraw(team, 2, "U1", "no", now)
            tx.move_channel(team, "C5")
        for scope in (Scope.of_channel("T1", "C5"), Scope.of_person("T1", "U1"), Scope.of_workspace("T1")):
            with log.reading("T1") as reading:
                list(everything_told(reading, scope, now, [Place("C5", 1)]))
    assert len(on_workspaces(said)) > 60
    assert names_no_workspace(said) == []
    engine.dispose()


def test_a_decision_is_shown_in_three_statements_and_one_for_what_was_added_to_it(
    database: str, team: Scope, now: datetime
) -> None:
    engine = open_engine(database)
    log = Log(engine)
    made = decide(log, team, now)
    for statements in (3, 4):
        with heard(engine) as said, log.reading("T1") as tx:
            tx.decision(team, made.number)
        assert len(on_workspaces(said)) == statements
        with log.writing("T1") as writing:
            writing.add_outcome(team, made.place, Outcome("U1", now, shipped=True))
    engine.dispose()
