"""Nothing leaves the log that the asker's scope does not hold: by id, number, thread, list or page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count, product

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from sqlalchemy import insert, select

from bot.decision_log import Consultation, Log, NotInScope, Place, Reading, Scope, Wanted
from bot.decision_log.tables import consultations
from tests.support.examples import examples

CHANNELS, PEOPLE, THREADS = ("C1", "C2"), ("U1", "U2", "U3"), ("1.1", "2.2")


@dataclass(frozen=True)
class Told:
    """One consultation to be put into the log. Both workspaces have the same channels, people and threads."""

    workspace: int
    channel: str
    asker: str
    thread: str
    authors: tuple[str, ...]
    decided_by: str | None
    void: bool

    def took_part(self, person: str) -> bool:
        return person in (self.asker, self.decided_by, *self.authors)


WORLDS = st.lists(
    st.builds(
        Told,
        workspace=st.integers(0, 1),
        channel=st.sampled_from(CHANNELS),
        asker=st.sampled_from(PEOPLE),
        thread=st.sampled_from(THREADS),
        authors=st.lists(st.sampled_from(PEOPLE), max_size=2).map(tuple),
        decided_by=st.none() | st.sampled_from(PEOPLE),
        void=st.booleans(),
    ),
    max_size=8,
)
_worlds = count()


def put(log: Log, told: Told, workspace: str, now: datetime) -> Consultation:
    scope = Scope.of_channel(workspace, told.channel)
    with log.writing(workspace) as tx:
        id_ = tx.open_consultation(scope, task="t", asker=told.asker, now=now, root_ts=told.thread).id
        for author in told.authors:
            tx.add_answers(scope, id_, [("misses", "facts", "button")], author, now)
        tx.add_post(scope, id_, "card")
        tx.keep_advice(scope, id_, {"of": id_}, "p", "q", now)
        if told.decided_by is not None:
            tx.decide(
                scope,
                id_,
                recommended="a",
                chosen="a",
                status="accepted",
                by=told.decided_by,
                why=None,
                now=now,
            )
        elif told.void:
            tx.void(scope, id_)
        tx.touch(workspace, id_, now)
        stored = tx.consultation(Scope.of_workspace(workspace), id_)
    assert stored is not None
    return stored


def scopes(workspaces: tuple[str, str]) -> Iterator[Scope]:
    for workspace in workspaces:
        yield from (Scope.of_channel(workspace, channel) for channel in CHANNELS)
        yield from (Scope.of_person(workspace, person) for person in PEOPLE)


def may_see(scope: Scope, told: Told, stored: Consultation) -> bool:
    if stored.status == "void" or stored.workspace != scope.workspace:
        return False
    return told.channel == scope.channel if scope.channel else told.took_part(scope.person or "")


@examples(8, 25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=WORLDS)
def test_every_answer_stays_inside_the_scope_and_is_complete(
    log: Log, now: datetime, world: list[Told]
) -> None:
    here = next(_worlds)  # fresh workspaces: the database is shared by the examples, and must not matter
    workspaces = (f"T{here}a", f"T{here}b")
    stored = [(told, put(log, told, workspaces[told.workspace], now)) for told in world]
    for scope in scopes(workspaces):
        mine = [one for told, one in stored if may_see(scope, told, one)]
        with log.reading(scope.workspace) as tx:
            _check_one_by_one(tx, scope, [one for _, one in stored], mine)
            _check_lists(tx, scope, mine)
            for thread in THREADS:
                there = tx.in_thread(scope, thread)
                assert there is None or there in mine
                assert (there is None) == all(one.root_ts != thread for one in mine)


def _check_one_by_one(
    tx: Reading, scope: Scope, everything: list[Consultation], mine: list[Consultation]
) -> None:
    for one in everything:
        inside = one in mine
        assert tx.consultation(scope, one.id) == (one if inside else None)
        kept = tx.kept_advice(scope, one.id)
        assert (kept and kept.advice) == ({"of": one.id} if inside else None)
    by_place = {one.decision.place: one for one in mine if one.decision}
    for number, channel in product(range(len(everything) + 2), CHANNELS):
        recorded = tx.decision(scope, number, channel)
        assert (recorded.consultation if recorded else None) == by_place.get(Place(channel, number))
        expected = {place for place in by_place if place.number == number}
        assert {one.place for one in tx.numbered(scope, number)} == expected


def _check_lists(tx: Reading, scope: Scope, mine: list[Consultation]) -> None:
    decided = sorted((one.decision for one in mine if one.decision), key=lambda d: (d.channel, d.number))[
        ::-1
    ]
    assert tx.decisions(scope, limit=100) == decided
    assert tx.decisions(scope, wanted=Wanted(statuses=("accepted",), verdicts=("a",)), limit=1) == decided[:1]
    if decided:
        assert tx.decisions(scope, before=decided[0].place) == decided[1:]
    open_ones = {one.id for one in mine if one.status == "open"}
    assert {one.id for one in tx.open_consultations(scope, limit=100)} == open_ones


FROM_ELSEWHERE = [
    Scope.of_channel("T1", "C2"),
    Scope.of_channel("T2", "C1"),
    Scope.of_person("T1", "U9"),
    Scope.of_person("T2", "U1"),
    Scope.of_workspace("T2"),
]


@pytest.mark.parametrize("elsewhere", FROM_ELSEWHERE, ids=str)
def test_nothing_is_written_from_outside_the_scope(log: Log, now: datetime, elsewhere: Scope) -> None:
    told = Told(0, "C1", "U1", "1.1", ("U2",), "U1", void=False)
    one = put(log, told, "T1", now)
    two = put(log, replace(told, decided_by=None), "T1", now)
    with log.writing("T1") as tx:
        assert not tx.advance(elsewhere, two.id, from_version=two.version, now=now)
        assert not tx.set_nudged(elsewhere, two.id)
        assert tx.withdraw(elsewhere, 1, "U9", "x", now) is None
        for forbidden in (
            lambda: tx.add_answers(elsewhere, two.id, [("misses", None, "typed")], "U9", now),
            lambda: tx.add_post(elsewhere, two.id, "note"),
            lambda: tx.change_post(elsewhere, two.id, 1, ts="9.9"),
            lambda: tx.keep_advice(elsewhere, two.id, {}, "p", "q", now),
            lambda: tx.set_root(elsewhere, two.id, "9.9"),
            lambda: tx.void(elsewhere, two.id),
            lambda: tx.decide(
                elsewhere, two.id, recommended="a", chosen="a", status="accepted", by="U9", why=None, now=now
            ),
        ):
            with pytest.raises(NotInScope):
                forbidden()
    with log.reading("T1") as tx:
        assert tx.consultation(Scope.of_workspace("T1"), one.id) == one
        assert tx.consultation(Scope.of_workspace("T1"), two.id) == two


def test_the_same_id_in_two_workspaces_is_two_consultations(log: Log, team: Scope, now: datetime) -> None:
    with log.writing("T1") as tx:
        here = tx.open_consultation(team, task="ours", asker="U1", now=now)
        tx.add_answers(team, here.id, [("misses", "facts", "button")], "U1", now)
        row = tx._connection.execute(select(consultations)).mappings().one()
    there = Scope.of_channel("T2", "C1")
    with log.writing("T2") as tx:
        tx._connection.execute(insert(consultations), dict(row) | {"workspace_id": "T2", "answers_given": 0})
        tx.add_answers(there, here.id, [("misses", "labels", "button")], "U1", now)
        tx.add_post(there, here.id, "note")
        tx.void(there, here.id)
    with log.reading("T1") as tx:
        ours = tx.consultation(team, here.id)
    with log.reading("T2") as tx:
        assert tx.consultation(there, here.id) is None
    assert ours is not None
    assert [answer.value for answer in ours.answers] == ["facts"]
    assert ours.posts == ()


@pytest.mark.parametrize(
    ("workspace", "channel", "person"),
    [("", "C1", None), ("T1", "", None), ("T1", None, ""), ("T1", "C1", "U1")],
)
def test_a_scope_that_means_nothing_cannot_be_made(
    workspace: str, channel: str | None, person: str | None
) -> None:
    with pytest.raises(ValueError, match="scope"):
        Scope(workspace, channel, person)


def test_a_scope_of_an_empty_channel_or_person_is_not_the_whole_workspace() -> None:
    with pytest.raises(ValueError, match="channel"):
        Scope.of_channel("T1", "")
    with pytest.raises(ValueError, match="person"):
        Scope.of_person("T1", "")


def test_scopes_are_told_apart_from_texts_that_look_like_sql(log: Log, now: datetime) -> None:
    put(log, Told(0, "C1", "U1", "1.1", (), "U1", void=False), "T1", now)
    with log.reading("T1") as tx:
        for a, b in product(("T1' OR '1'='1", "%", "T_", "T1\0"), ("C1' --", "%", "C_", "C1")):
            expected = 1 if (a, b) == ("T1\0", "C1") else 0  # NUL never gets as far as the database
            assert len(tx.decisions(Scope.of_channel(a, b))) == expected
