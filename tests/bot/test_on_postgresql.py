"""The app's journeys on PostgreSQL as a role that owns nothing: to the server itself, and through PgBouncer."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.__main__ import main
from bot.conversation.filters import sought
from bot.conversation.outcomes import ask
from bot.decision_log import Log, Scope, Wanted, open_engine
from bot.decision_log.departures import note_departure
from bot.decision_log.roles import OWNER, not_bound_at
from bot.decision_log.tables import SCHEMA
from bot.decision_log.upgrade import upgrade
from tests.support.decided import decide
from tests.support.deliveries import BEN, CHANNEL, TEAM, Deliveries, button, buttons_of, by_http
from tests.support.killing.forks import several_forks
from tests.support.later import Later
from tests.support.logged import accepted, answered, home, mentioned, words
from tests.support.office import SECRET, Ear, Office, office_with
from tests.support.pooler import MISSING, SESSIONS, is_there, pooler, through
from tests.support.postgres import OWNER as OWNERS_ROLE
from tests.support.postgres import SUPERUSER, Postgres, as_role
from tests.support.sandbox_client import SandboxClient

ELSEWHERE = "TOTHER"


@pytest.fixture(scope="session")
def pool(apps_server: Postgres) -> Iterator[Path]:
    if not is_there():
        pytest.skip(MISSING)
    with pooler(apps_server) as home_of_it:
        yield home_of_it


@pytest.fixture(params=["direct", "through PgBouncer"])
def database(request: pytest.FixtureRequest, apps_database: str) -> str:
    if request.param == "direct":
        return apps_database
    return through(apps_database, request.getfixturevalue("pool"))


@pytest.fixture
def later() -> Later:
    return Later()


@pytest.fixture
def office(sandbox: SandboxClient, ear: Ear, database: str, later: Later) -> Iterator[Office]:
    at_work = office_with(sandbox, ear, database, clock=later)
    at_work.application.outbox.start()
    yield at_work
    at_work.application.outbox.stop()
    at_work.application.close()


def test_from_the_first_question_to_the_outcome(office: Office) -> None:
    talk = office.start("sort okapi mail")
    talk.press("Yes")
    talk.say("12 examples")
    assert talk.answers("data_may_leave") == [True]
    decided_ = accepted(office)
    decision = decided_.consultation.decision
    assert decision is not None
    listed = words(answered(office, "log"))
    assert f"#{decision.number}" in listed
    assert "cluster tickets" in words(answered(office, "log cluster sort:relevance"))
    assert "Nothing" in words(answered(office, "log penguins")) or "No " in words(
        answered(office, "log penguins")
    )
    assert "1 decision" in words(answered(office, "stats"))
    assert "#1" in words(mentioned(office, "what did we decide about tickets?"))
    assert answered(office, "show 1")["blocks"]
    decided_.say("we shipped it, 47 of 50")
    office.quiet()
    with office.application.record.reading(TEAM) as tx:
        found = tx.decision(Scope.of_channel(TEAM, CHANNEL), decision.number)
    assert found is not None
    assert found.outcomes[-1].shipped
    assert "sort okapi mail" in json.dumps(home(office))
    assert office.application.ready() == (True, "ready"), (
        "row-level security binds the role, so nothing is said"
    )


def test_the_rounds_go_through_every_workspace(office: Office, later: Later) -> None:
    """A nudge, the question how it turned out, what would be advised otherwise, and records of one who left."""
    silent = office.start("route parcels")
    mine = accepted(office)
    record = office.application.record
    there = Scope.of_channel(ELSEWHERE, CHANNEL)
    other = decide(record, there, later(), task="theirs", has_card=True)
    with record.writing(ELSEWHERE) as tx:
        opened = tx.open_consultation(there, task="waits too", asker=BEN, now=later())
        note_departure(tx, ELSEWHERE, later())
    assert record.workspaces() == sorted((ELSEWHERE, TEAM))
    later.weeks(0.2)
    assert {one.id for one in record.silent_since(later(), 10)} == {opened.id, silent.consultation.id}
    rounds = office.application.outbox._rounds
    rounds.go(later())
    assert silent.consultation.nudged
    later.weeks(6.1)
    conversation = office.application.outbox.conversation
    assert {workspace for workspace, _ in record.check_ins_due(later())} == {ELSEWHERE, TEAM}
    assert ask(conversation, ELSEWHERE, other.consultation, later())
    rounds.go(later())
    office.eventually(
        lambda: any("turn out? You decided" in m["text"] for m in mine.messages()), "the question"
    )
    assert record.workspaces() == [TEAM], "a month after it left nothing of the other is there"
    with record.reading(ELSEWHERE) as tx:
        assert tx.consultation(Scope.of_workspace(ELSEWHERE), opened.id) is None


def test_many_at_once_share_a_few_sessions_and_see_their_own(database: str, later: Later) -> None:
    """Far more connections than the pooler has sessions, each transaction of another workspace."""
    assert SESSIONS < 8
    log = Log(open_engine(database, connections=8))

    def work(n: int) -> list[str]:
        scope = Scope.of_channel(f"T{n % 5}", "C1")
        for _ in range(4):
            decide(log, scope, later(), task=f"task of {scope.workspace}")
            with log.reading(scope.workspace) as tx:
                tasks = {one.task for one in tx.decisions(scope, limit=100)}
                assert tasks == {f"task of {scope.workspace}"}
        return sorted(tasks)

    with ThreadPoolExecutor(8) as pool_:
        list(pool_.map(work, range(10)))
    for n in range(5):
        with log.reading(f"T{n}") as tx:
            assert [one.number for one in tx.decisions(Scope.of_channel(f"T{n}", "C1"), limit=100)] == list(
                range(8, 0, -1)
            )
    log.close()


def test_two_processes_at_once_serve_and_send_each_thing_once(
    database: str, sandbox: SandboxClient, tmp_path: Path
) -> None:
    settings: dict[str, Any] = {
        "slack_bot_token": "xoxb-sandbox",
        "slack_signing_secret": SECRET,
        "slack_api_url": f"{sandbox.address}/api/",
        "database_url": database,
    }
    with several_forks(2) as apps:
        for app in apps:
            app.start(settings, tmp_path / "app.log")
        for app in apps:
            app.ready()
        doors = [Deliveries(by_http(f"http://127.0.0.1:{app.port}/slack/events"), SECRET) for app in apps]
        tasks = [f"sort heap {n}" for n in range(8)]
        with ThreadPoolExecutor(4) as people:
            told = list(people.map(lambda n: doors[n % 2].command(tasks[n]), range(8)))
        assert told == [(200, "")] * 8
        for task in tasks:
            sandbox.wait_for_text(CHANNEL, task)
        # A question that one of them asked is answered at the other.
        card = next(m for m in sandbox.messages(CHANNEL) if tasks[0] in m["text"])
        asked = sandbox.wait_for(lambda _: _question(sandbox, card["ts"]))
        assert doors[1].click(asked, button(asked, "Yes"))[0] == 200
        assert doors[0].command("log")[0] == 200
        cards = [m["text"] for m in sandbox.messages(CHANNEL)]
        assert all(sum(task in said for said in cards) == 1 for task in tasks)
    assert "Traceback" not in (tmp_path / "app.log").read_text()


def _question(sandbox: SandboxClient, root: str) -> dict[str, Any] | None:
    asked = [
        m
        for m in sandbox.messages(CHANNEL, root)
        if any(b["action_id"].startswith("not_sure") for b in buttons_of(m))
    ]
    return asked[0] if asked else None


def test_the_tables_are_brought_up_to_date_through_the_pooler_too(database: str) -> None:
    upgrade(as_role(database, OWNERS_ROLE))
    assert not_bound_at(database) is None
    engine = open_engine(as_role(database, OWNERS_ROLE))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    engine.dispose()


def test_with_one_role_for_all_it_works_and_says_what_does_not_hold(
    sandbox: SandboxClient, ear: Ear, apps_database: str, caplog: pytest.LogCaptureFixture
) -> None:
    office = office_with(sandbox, ear, as_role(apps_database, OWNERS_ROLE))
    office.application.outbox.start()
    accepted(office)
    assert "cluster tickets" in words(answered(office, "log tickets"))
    assert office.application.ready() == (True, f"ready\n{OWNER}")
    assert OWNER in caplog.text
    office.application.outbox.stop()
    office.application.close()


def test_an_operator_with_two_addresses_sets_it_up_and_asks_as_the_bot(
    apps_server: Postgres, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    owner = apps_server.create("operated", owner=OWNERS_ROLE)
    monkeypatch.setenv("DATABASE_OWNER_URL", owner)
    monkeypatch.setenv("DATABASE_URL", as_role(apps_server.url("operated", "log_app"), "bot:secret"))
    assert main(["db", "upgrade", "--to", "0008"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert (told[0], told[2]) == ("The database is at 0008.", "The role of DATABASE_URL was made.")
    assert main(["db", "upgrade"]) == 0
    assert capsys.readouterr().out == f"The database is up to date.\nApplied: 0009, 0010, {SCHEMA}.\n"
    assert main(["log", "list", "--workspace", "T1", "--channel", "C1"]) == 0
    assert main(["db", "upgrade", "--to", "0099"]) != 0
    monkeypatch.setenv("DATABASE_URL", owner)
    assert main(["db", "upgrade"]) != 0
    assert "has to name a role for the app alone" in capsys.readouterr().err
    monkeypatch.delenv("DATABASE_OWNER_URL")
    assert main(["db", "upgrade"]) == 0
    assert OWNER in capsys.readouterr().out


def test_a_dump_of_a_superuser_is_restored_with_its_guards(
    apps_server: Postgres, apps_database: str, later: Later, tmp_path: Path
) -> None:
    """As docs/operating.md says; and the bot's role cannot dump what it may not see."""
    log, scope = Log(open_engine(apps_database)), Scope.of_channel("T1", "C1")
    decide(log, scope, later(), task="sort mail")
    log.close()
    as_superuser = as_role(apps_database, SUPERUSER)
    apps_server.run("pg_dump", "--format=custom", f"--file={apps_server.home}/log.dump", as_superuser)
    with pytest.raises(subprocess.CalledProcessError) as refused:
        apps_server.run("pg_dump", f"--file={apps_server.home}/not.dump", apps_database)
    assert b"row-level security" in refused.value.stderr
    decide(log, scope, later(), task="after the dump")
    log.close()
    apps_server.run(
        "pg_restore", f"--dbname={as_superuser}", "--clean", "--if-exists", f"{apps_server.home}/log.dump"
    )
    log = Log(open_engine(apps_database))
    with log.reading("T1") as tx:
        assert [one.task for one in tx.decisions(scope, wanted=Wanted(sought("mail")))] == ["sort mail"]
    with log.reading("T2") as tx:
        assert tx.decisions(Scope.of_workspace("T1")) == []
    assert not_bound_at(apps_database) is None
    log.close()
