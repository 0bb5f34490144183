"""What is taken out of the log is gone: from every row, and from every file of the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from bot.conversation import posts
from bot.conversation.posts import to_json
from bot.conversation.standing import standing_of
from bot.decision_log import (
    CheckInDate,
    Decision,
    Link,
    Log,
    Outcome,
    Scope,
    Sought,
    Wanted,
    open_engine,
)
from bot.decision_log.departures import KEPT_FOR, departed_by, note_departure, note_return
from bot.decision_log.forgetting import (
    ERASED,
    WHOSE,
    delete_workspace,
    forget_person,
    leave_no_trace,
)
from bot.decision_log.records import FORGOTTEN
from bot.decision_log.tables import metadata
from bot.slack.blocks import text
from bot.views.thread import draw
from tests.support.decided import decide
from tests.support.postgres import SUPERUSER, as_role

ANA, BEN = "U0ANA77777", "U0BEN88888"
WORDS = (
    *("zebrafish", "quokka", "axolotl", "pangolin", "narwhal", "ocelot", "wombat", "tapir", "okapi"),
    *("meerkat", "dugong", "puffin"),
)
OTHER_WORDS = (
    *("alpaca", "bison", "civet", "dingo", "egret", "ferret", "gibbon", "heron", "ibex"),
    *("jerboa", "kestrel", "lemming"),
)
TEAM = Scope.of_channel("T1", "C1")


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    opened = open_engine(as_role(database, SUPERUSER))
    yield opened
    opened.dispose()


def a_life_of(log: Log, person: str, now: datetime, words: tuple[str, ...] = WORDS) -> Decision:
    """Everything that somebody can leave in the log, each with a word of its own."""
    made = decide(log, TEAM, now, task=f"sort the {words[0]}", by=person, why=f"because {words[1]}")
    with log.writing("T1") as tx:
        tx.first_sight("T1", f"C1 1.2 {person} accept 1", now)
        tx.add_outcome(TEAM, made.place, Outcome(person, now, shipped=True))
        tx.add_link(TEAM, made.place, Link(f"https://{words[2]}.example", words[3], person, now))
        tx.set_check_in(TEAM, made.place, CheckInDate(now, person, now))
        said = posts.Echo(f"{words[4]} are meant", person, ("quality",))
        unread = posts.NotUnderstood(f"What is a {words[5]}?", None)
        put_off = posts.PutOff(words[6], None, 0, person, posts.NotUnderstood(words[7], None))
        came = posts.OutcomeNoted(
            number=made.number, by=person, file=words[9], against=words[10], unread=(words[11],)
        )
        for note in (said, unread, put_off, came):
            tx.add_post(TEAM, made.consultation, "note", to_json(note))
        tx.hold_settings(TEAM)
        tx.add_settings(TEAM, {"low_volume": 50_000}, person, now)
        tx.withdraw(TEAM, made.number, person, f"no more {words[8]}", now)
    return made


def everything(engine: Engine) -> str:
    with engine.connect() as connection:
        return repr([connection.execute(select(table)).all() for table in metadata.sorted_tables])


def files(engine: Engine) -> bytes:
    """All that the database keeps in files of its own."""
    path = Path(str(engine.url.database))
    return b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))


def test_every_column_that_names_a_person_is_known_to_forgetting() -> None:
    named = {
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if column.name.endswith(("by_id", "author_id", "asker_id", "user_id", "person_id", "installer_id"))
    }
    derived = {("decisions", "withdrawn_by_id")}  # follows from the withdrawal
    nobodys = {("installations", "bot_user_id")}  # the app itself
    assert named - derived - nobodys == {(table.name, who.name) for table, who in WHOSE.items()}


def test_a_persons_name_and_words_leave_every_file_of_the_database(
    log: Log, engine: Engine, now: datetime
) -> None:
    a_life_of(log, ANA, now)
    a_life_of(log, BEN, now, OTHER_WORDS)
    others = decide(log, TEAM, now, task="sort the jackals", by=BEN)
    with log.writing("T1") as tx:
        tx.add_link(TEAM, others.place, Link("https://ours.example", f"<@{ANA}> knows more", BEN, now))
    assert [word for word in (*WORDS, ANA) if word not in everything(engine)] == []
    with log.writing("T1") as tx:
        assert forget_person(tx, "T1", ANA) == 2
    log.close()
    assert leave_no_trace(engine)
    after = everything(engine)
    assert [word for word in (*WORDS, ANA) if word in after] == []
    assert [word for word in (*OTHER_WORDS, BEN, "knows more") if word not in after] == []
    if engine.dialect.name == "sqlite":
        kept = files(engine)
        assert [word for word in (*WORDS, ANA) if word.encode() in kept] == []
        assert [word for word in (*OTHER_WORDS, BEN) if word.encode() not in kept] == []


def test_what_was_said_by_somebody_who_is_forgotten_stays_on_record(
    log: Log, engine: Engine, now: datetime
) -> None:
    made = a_life_of(log, ANA, now)
    with log.writing("T1") as tx:
        forget_person(tx, "T1", ANA)
    with log.reading("T1") as tx:
        found = tx.decision(TEAM, made.number)
        assert found is not None
        searched = tx.decisions(TEAM, wanted=Wanted(Sought((("zebrafish",),))))
    decision = found.decision
    assert (decision.number, decision.chosen, decision.status, decision.task, decision.by, decision.why) == (
        1, "keep_prompting", "withdrawn", ERASED, FORGOTTEN, ERASED,
    )  # fmt: skip
    assert [(one.by, one.shipped) for one in found.outcomes] == [(FORGOTTEN, True)]
    assert [(one.by, one.note) for one in found.links] == [(FORGOTTEN, ERASED)]
    assert [one.by for one in found.dates] == [FORGOTTEN]
    assert decision.withdrawn is not None
    assert (decision.withdrawn.by, decision.withdrawn.why) == (FORGOTTEN, ERASED)
    assert searched == []
    standing = standing_of(found.consultation, now)
    drawn = [draw(standing, post) for post in standing.posts]
    assert any("(erased)" in text(one) for one in drawn if one is not None)


def test_a_task_that_others_took_up_again_is_forgotten_with_them(
    log: Log, engine: Engine, now: datetime
) -> None:
    decide(log, TEAM, now, task="sort the zebrafish", by=BEN)
    decide(log, TEAM, now, task="sort the zebrafish", by=ANA, reopened_from=1)
    decide(log, TEAM, now, task="sort the zebrafish", by=ANA, reopened_from=2)
    decide(log, TEAM, now, task="sort the quokkas", by=ANA, reopened_from=3)
    with log.writing("T1") as tx:
        assert forget_person(tx, "T1", BEN) == 3
    assert "zebrafish" not in everything(engine)
    with log.reading("T1") as tx:
        found = [(one.number, one.task, one.by) for one in tx.decisions(TEAM)]
    assert found == [
        (4, "sort the quokkas", ANA),
        (3, ERASED, ANA),
        (2, ERASED, ANA),
        (1, ERASED, FORGOTTEN),
    ]


def test_copies_of_a_task_in_what_other_threads_were_shown_are_forgotten_too(
    log: Log, engine: Engine, now: datetime
) -> None:
    hers = decide(log, TEAM, now, task="sort the zebrafish", by=ANA)
    bens = decide(log, TEAM, now, task="sort the alpacas", by=BEN)
    other = decide(log, TEAM, now, task="rank the bisons", by=BEN)
    alike = tuple(
        posts.AlikeThen(
            one.number, "C1", one.task, "fine_tune", "accepted",
            (f"the task in the same words: {one.task.split()[-1]}", "volume within 2x"),
        )
        for one in (hers, bens)
    )  # fmt: skip
    with log.writing("T1") as tx:
        tx.add_post(TEAM, other.consultation, "note", to_json(posts.Similar(alike)))
        forget_person(tx, "T1", ANA)
    after = everything(engine)
    assert "zebrafish" not in after
    assert ANA not in after
    with log.reading("T1") as tx:
        found = tx.consultation(TEAM, other.consultation)
    assert found is not None
    [note] = [one.about for one in found.posts if one.what == "note"]
    assert [one["task"] for one in note["found"]] == [ERASED, "sort the alpacas"]
    assert [one["because"] for one in note["found"]] == [
        ["volume within 2x"], ["the task in the same words: alpacas", "volume within 2x"]
    ]  # fmt: skip


def test_nobody_of_that_name_elsewhere_is_forgotten(log: Log, engine: Engine, now: datetime) -> None:
    a_life_of(log, ANA, now)
    before = everything(engine)
    with log.writing("T1") as tx:
        assert forget_person(tx, "T2", ANA) == 0
        assert forget_person(tx, "T1", FORGOTTEN) == 0
        assert forget_person(tx, "T1", "") == 0
    assert everything(engine) == before


def test_a_workspace_is_deleted_whole_and_no_other(log: Log, engine: Engine, now: datetime) -> None:
    a_life_of(log, ANA, now)
    decide(log, Scope.of_channel("T2", "C1"), now, task="sort the penguins", by=BEN)
    with log.writing("T1") as tx:
        note_departure(tx, "T1", now)
        tx.note_reviewed("T1", "v", now)
        assert delete_workspace(tx, "T1") > 10
    log.close()
    assert leave_no_trace(engine)
    after = everything(engine)
    assert "T1" not in after
    assert "penguins" in after
    if engine.dialect.name == "sqlite":
        assert not [word for word in (*WORDS, ANA) if word.encode() in files(engine)]
        assert b"penguins" in files(engine)
    with log.reading("T2") as tx:
        assert len(tx.decisions(Scope.of_workspace("T2"), wanted=Wanted(Sought((("penguins",),))))) == 1


def test_a_file_that_somebody_reads_is_not_called_clean(
    log: Log, engine: Engine, dialect: str, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    if dialect != "sqlite":
        pytest.skip("a server cleans up by itself")
    a_life_of(log, ANA, now)
    monkeypatch.setattr("bot.decision_log.forgetting.READERS_SECONDS", 0.0)
    with log.reading("T1") as tx:
        assert tx.decisions(TEAM)
        with log.writing("T1") as writing:
            forget_person(writing, "T1", ANA)
        assert not leave_no_trace(engine)
    assert leave_no_trace(engine)
    assert ANA.encode() not in files(engine)


def test_a_workspace_that_is_gone_for_thirty_days_is_due_unless_it_came_back(log: Log, now: datetime) -> None:
    day = timedelta(days=1)
    with log.writing("T1") as tx:
        note_departure(tx, "T1", now)
        note_departure(tx, "T1", now + 5 * day)
        note_departure(tx, "T2", now)
        assert note_return(tx, "T2")
        assert not note_return(tx, "T3")
    with log.reading("T1") as tx:
        assert departed_by(tx, now + 29 * day - KEPT_FOR) == []
        assert departed_by(tx, now + 30 * day - KEPT_FOR) == ["T1"]
