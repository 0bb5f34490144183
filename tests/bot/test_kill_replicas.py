"""kill -9 of either of two replicas on PostgreSQL, at random moments: nothing that was answered is lost or doubled.

As in test_kill.py, but what Slack delivers goes to the replicas by turns, and to the other where one is not there. The
leases of what is being sent last three seconds here and not thirty, since what a killed replica was sending waits for
them to end. ``pytest tests/bot/test_kill_replicas.py --kills 1000`` kills as often as that.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.support.killing.book import ServerBook
from tests.support.killing.forks import Forks, several_forks
from tests.support.killing.run import Kind, planned, run_of_kills
from tests.support.postgres import Postgres

KILLS = (2, 12)
"""How often, and how often with --long, unless --kills says otherwise; by turns in each kind of Slack."""

KINDS = (
    Kind("two replicas, with history", history=True, repetitions=False),
    Kind("two replicas, without", history=False, repetitions=False),
)
_databases = count()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    given = planned(metafunc.config, KINDS, KILLS, "many kills find what a few do not")
    metafunc.parametrize(("kills", "kind", "seed"), given)


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    try:
        made = Postgres.made()
        made.start()
    except (ImportError, OSError, subprocess.SubprocessError) as error:
        pytest.skip(f"PostgreSQL could not be started here: {error}")
    made.with_tables("template_of_kills")
    yield made
    made.remove()


@pytest.fixture(scope="module")
def replicas() -> Iterator[list[Forks]]:
    with several_forks(2, lease_seconds=3) as found:
        yield found


def test_what_either_replica_answered_is_kept_once_and_slack_shows_the_present_question(
    kills: int, kind: Kind, seed: int, replicas: list[Forks], server: Postgres, tmp_path: Path
) -> None:
    name = f"kills_{next(_databases)}"
    url = server.copied(name, "template_of_kills")
    book = ServerBook(server, name)
    try:
        run_of_kills(replicas, kills, kind, seed, book, url, tmp_path / "app.log")
    finally:
        book.close()
