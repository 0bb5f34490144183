"""kill -9 at random moments: what was answered stays answered, and Slack shows what the log says.

The app is the real one over HTTP, in processes that are killed; Slack (the sandbox) stays up, but every second or fifth
message that it takes it does not acknowledge. Three people at a time go through consultations.
``pytest tests/bot/test_kill.py --kills 200`` kills as often as that.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.decision_log.upgrade import upgrade
from tests.support.killing.book import FileBook
from tests.support.killing.forks import Forks, forks
from tests.support.killing.run import Kind, planned, run_of_kills

KILLS = (4, 24)
"""How often, and how often with --long, unless --kills says otherwise; by turns in each kind of Slack."""

KINDS = (
    Kind("with history", history=True, repetitions=False),
    Kind("without", history=False, repetitions=False),
    Kind("without, but it knows repetitions", history=False, repetitions=True),
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    given = planned(metafunc.config, KINDS, KILLS, "many kills find what a few do not")
    metafunc.parametrize(("kills", "kind", "seed"), given)


@pytest.fixture(scope="module")
def app() -> Iterator[Forks]:
    with forks() as found:
        yield found


@pytest.fixture(scope="module")
def new_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("new") / "log.db"
    upgrade(f"sqlite:///{file}")
    return file


def test_what_was_answered_is_kept_once_and_slack_shows_the_present_question(
    kills: int, kind: Kind, seed: int, app: Forks, new_database: Path, tmp_path: Path
) -> None:
    file = tmp_path / "log.db"
    shutil.copy(new_database, file)
    run_of_kills([app], kills, kind, seed, FileBook(file), f"sqlite:///{file}", tmp_path / "app.log")
