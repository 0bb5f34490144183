"""An update rolls: a release works on the tables of the one before it, on its own, and on those of the one after."""

from __future__ import annotations

import json
import re
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from bot.decision_log import open_engine
from bot.decision_log.engine import schema_serves, schema_version
from bot.decision_log.roles import let_in
from bot.decision_log.tables import OLDEST_SCHEMA, SCHEMA
from bot.decision_log.upgrade import MIGRATIONS, upgrade
from tests.support.deliveries import Deliveries, by_http
from tests.support.killing.forks import Forks, several_forks
from tests.support.office import SECRET
from tests.support.postgres import APP, OWNER, Postgres, as_role
from tests.support.sandbox_client import SandboxClient

STATEMENTS = Path(__file__).parents[1] / "vectors" / "statements_of_the_schema_before.jsonl"
"""Recorded of a release with the schema 0007, whose app connected as the owner of the tables."""


def before(revision: str) -> str:
    found = ScriptDirectory(str(MIGRATIONS)).get_revision(revision).down_revision
    assert isinstance(found, str)
    return found


def test_every_statement_of_the_schema_before_is_understood_by_the_one_after(apps_server: Postgres) -> None:
    """Whoever adds a migration records the statements anew, and so sees what the release before still says.

    Each is planned, which takes every table, column and type that it names, and not run.
    """
    owner = apps_server.create("statements", owner=OWNER)
    upgrade(owner)
    said = [json.loads(line) for line in STATEMENTS.read_text().splitlines()]
    assert len(said) > 100
    assert {statement.split()[0] for statement in said} == {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"}
    with psycopg.connect(owner, autocommit=True) as connection:
        for statement in said:
            named = dict.fromkeys(re.findall(r"%\((\w+)\)s", statement))
            connection.execute(f"EXPLAIN {statement}", named)
        with pytest.raises(psycopg.errors.UndefinedColumn):
            connection.execute("ALTER TABLE outbox DROP COLUMN because")
            for statement in said:
                connection.execute(
                    f"EXPLAIN {statement}", dict.fromkeys(re.findall(r"%\((\w+)\)s", statement))
                )


VERSIONS = [
    *((int(OLDEST_SCHEMA) - 1, False), (int(OLDEST_SCHEMA), True)),
    *((int(SCHEMA), True), (int(SCHEMA) + 1, True), (int(SCHEMA) + 2, False)),
]


@pytest.mark.parametrize(("version", "serves"), VERSIONS)
def test_a_server_may_be_of_the_release_before_or_one_migration_newer(
    apps_database: str, version: int, serves: bool
) -> None:
    owner = create_engine(open_engine(as_role(apps_database, OWNER)).url)
    with owner.begin() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{version:04}'")
    engine = open_engine(apps_database)
    assert schema_serves(engine) is serves
    for one in (owner, engine):
        one.dispose()


def test_a_file_has_the_tables_of_this_release(tmp_path: Path) -> None:
    """One process works on it, which brings it up to date when it starts."""
    upgrade(f"sqlite:///{tmp_path / 'log.db'}", before(SCHEMA))
    engine = open_engine(f"sqlite:///{tmp_path / 'log.db'}")
    assert schema_version(engine) == before(SCHEMA)
    assert not schema_serves(engine)
    engine.dispose()


class Busy:
    """People who use the app at several doors without a pause, and what they were answered."""

    def __init__(self, apps: list[Forks]) -> None:
        self.apps = apps
        self.answers: Counter[tuple[int, str]] = Counter()
        self.wrong: list[str] = []
        self.tasks: list[str] = []
        self._stop = threading.Event()
        self._numbers = count()

    def work(self, at: int) -> None:
        while not self._stop.is_set():
            for app in list(self.apps):
                slack = Deliveries(by_http(f"http://127.0.0.1:{app.port}/slack/events"), SECRET)
                task = f"sort heap {at}x{next(self._numbers)}"
                self.take(f"{at}", *slack.command(task, user=f"UPERSON{at}"))
                self.tasks.append(task)
                self.take("list", *slack.command("log heap", user=f"UPERSON{at}"))
                self.take("stats", *slack.command("stats", user=f"UPERSON{at}"))

    def take(self, asked: str, status: int, body: str) -> None:
        self.answers[status, asked] += 1
        if status != 200 or "press again" in body or "could not" in body.casefold():
            self.wrong.append(f"{asked}: {status} {body[:200]}")

    def answered_since(self, how_many: int) -> None:
        """Wait until so many more were answered, so that it is known that they worked meanwhile."""
        until = self.answers.total() + how_many
        waited = threading.Event()
        for _ in range(600):
            if self.answers.total() >= until or self.wrong:
                return
            waited.wait(0.05)
        raise AssertionError(f"only {self.answers.total()} of {until} were answered")

    def __enter__(self) -> Busy:
        self._pool = ThreadPoolExecutor(3)
        self._at_work = [self._pool.submit(self.work, at) for at in range(3)]
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for one in self._at_work:
            one.result(30)
        self._pool.shutdown()


def test_no_request_fails_while_the_tables_are_changed_and_replicas_replaced(
    apps_server: Postgres, sandbox: SandboxClient, tmp_path: Path
) -> None:
    """One on the oldest schema; the change; one that starts after it; a change of the release after this one."""
    owner = apps_server.create("rolling", owner=OWNER)
    upgrade(owner, OLDEST_SCHEMA)
    url = apps_server.url("rolling", APP)
    let_in(owner, url)
    settings: dict[str, Any] = {
        "slack_bot_token": "xoxb-sandbox",
        "slack_signing_secret": SECRET,
        "slack_api_url": f"{sandbox.address}/api/",
        "database_url": url,
    }
    with several_forks(2) as [old, new]:
        old.start(settings, tmp_path / "app.log")
        old.ready()
        with Busy([old]) as busy:
            busy.answered_since(20)
            upgrade(owner)
            let_in(owner, url)
            busy.answered_since(20)
            old.ready()
            new.start(settings, tmp_path / "app.log")
            new.ready()
            busy.apps.append(new)
            busy.answered_since(40)
            with psycopg.connect(owner) as connection:
                connection.execute("ALTER TABLE decisions ADD COLUMN added_later text")
                connection.execute("CREATE TABLE later_still (workspace_id text PRIMARY KEY)")
                connection.execute("UPDATE alembic_version SET version_num = %s", (f"{int(SCHEMA) + 1:04}",))
            busy.answered_since(40)
            for app in (old, new):
                app.ready()
        assert busy.wrong == []
        assert {status for status, _ in busy.answers} == {200}
    with apps_server.connect("rolling") as connection:
        kept = [task for (task,) in connection.execute("SELECT task FROM consultations")]
    assert sorted(kept) == sorted(busy.tasks)
    assert "Traceback" not in (tmp_path / "app.log").read_text()
