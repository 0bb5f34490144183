"""The database file at the start: for one process, for nobody else's eyes, and only if it can be written."""

from __future__ import annotations

import logging
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.app import build_app
from bot.cannot_start import CannotStart
from bot.decision_log import CannotOpen, CouldNotSave, Log, open_engine
from bot.decision_log.alone import only_process
from bot.decision_log.upgrade import upgrade
from bot.settings import Settings
from tests.support.office import Office
from tests.support.postgres import NOBODY
from tests.support.sandbox_client import SandboxClient

HOLDER = """
import sys, time
from bot.decision_log.alone import only_process
held = only_process(sys.argv[1])
print("held", flush=True)
time.sleep(60)
"""


@contextmanager
def another_process(url: str) -> Iterator[subprocess.Popen[str]]:
    """A process at work on the file."""
    process = subprocess.Popen([sys.executable, "-c", HOLDER, url], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def settings_for(sandbox: SandboxClient, url: str) -> Settings:
    return Settings(
        slack_bot_token="xoxb-sandbox",
        slack_signing_secret="sandbox-signing-secret",
        slack_api_url=f"{sandbox.address}/api/",
        database_url=url,
    )


def test_a_second_process_on_the_file_is_refused_and_told_by_whom(
    sandbox: SandboxClient, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'log.db'}"
    with another_process(url) as other:
        with pytest.raises(CannotOpen, match=rf"process {other.pid}\) is at work on"):
            only_process(url, seconds=0.1)
        with pytest.raises(CannotStart, match="DATABASE_URL cannot be used: another tune-or-prompt"):
            build_app(settings_for(sandbox, url))
    build_app(settings_for(sandbox, url)).close()


def test_another_name_of_the_file_does_not_get_around_it(tmp_path: Path) -> None:
    (tmp_path / "other.db").symlink_to(tmp_path / "log.db")
    with another_process(f"sqlite:///{tmp_path / 'log.db'}"), pytest.raises(CannotOpen, match="at work on"):
        only_process(f"sqlite:///{tmp_path / 'other.db'}", seconds=0.1)


def test_a_process_that_was_killed_keeps_nobody_out(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'log.db'}"
    with another_process(url) as other:
        other.kill()
        other.wait()
        held = only_process(url, seconds=0.1)
        assert held is not None
        held.release()
        held.release()


def test_a_server_may_have_many_processes() -> None:
    assert only_process("postgresql://u:p@h/d") is None


@pytest.fixture
def home() -> Iterator[Path]:
    """A directory that others may look into, which pytest's own may not be."""
    home = Path(tempfile.mkdtemp(prefix="log-"))
    home.chmod(0o755)
    yield home
    home.chmod(0o755)
    shutil.rmtree(home)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may write anything, whatever a file's mode says; nobody may not."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_on_a_file_that_only_reads_it_does_not_start(sandbox: SandboxClient, home: Path) -> None:
    upgrade(f"sqlite:///{home / 'log.db'}")
    (home / "log.db").chmod(0o444)
    home.chmod(0o555)
    settings = settings_for(sandbox, f"sqlite:///{home / 'log.db'}")
    with (
        as_nobody(),
        pytest.raises(CannotStart, match="DATABASE_URL: the database cannot be written: it is read-only"),
    ):
        build_app(settings)


def test_the_files_of_a_new_database_are_for_nobody_else(office: Office, tmp_path: Path) -> None:
    office.start("sort secrets")
    modes = {one.name: stat.filemode(one.stat().st_mode) for one in tmp_path.iterdir()}
    assert modes.keys() >= {"log.db", "log.db-wal", "log.db-process"}
    assert set(modes.values()) == {"-rw-------"}


def test_what_people_said_stands_in_no_error_of_the_database(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    engine = open_engine(f"sqlite:///{tmp_path / 'log.db'}")
    log = Log(engine)
    with pytest.raises(CouldNotSave) as raised, log.writing() as tx:
        tx.forget_sight("T1", "my secret words")
    chain: BaseException | None = raised.value
    said = caplog.text
    while chain is not None:
        said, chain = said + repr(chain) + str(chain), chain.__cause__
    assert "seen" in said
    assert "my secret words" not in said
    log.close()
