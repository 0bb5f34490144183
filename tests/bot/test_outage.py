"""A database that stops, fills up, is locked, or goes away at work: afterwards Slack shows all of it, once.

Whoever asks for something meanwhile is told that it could not be saved. What was acknowledged stands in Slack within
ten seconds after the database is well again, without a restart, and exactly once; and readiness says what is wrong.
"""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import event

from bot.conversation.posts import Echo, Post, posts_of
from bot.decision_log.records import Consultation
from bot.decision_log.upgrade import upgrade
from tests.support.deliveries import CHANNEL, unique
from tests.support.office import Ear, Office, office_with
from tests.support.postgres import Postgres
from tests.support.sandbox_client import SandboxClient

HEALED_WITHIN = 10.0
COMMANDS = 6


@pytest.fixture
def open_office(sandbox: SandboxClient, ear: Ear) -> Iterator[Callable[[str], Office]]:
    """The app at work on a database of the test's choice."""
    with ExitStack() as closed:

        def opened(url: str) -> Office:
            office = office_with(sandbox, ear, url)
            office.application.outbox.start()
            closed.callback(office.application.close)
            closed.callback(office.application.outbox.stop)
            return office

        yield opened


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    """A server that these tests may ill-treat."""
    try:
        made = Postgres.made()
        made.start()
    except (ImportError, OSError, subprocess.SubprocessError) as error:
        pytest.skip(f"PostgreSQL could not be started here: {error}")
    yield made
    made.remove()


@pytest.fixture
def postgres_office(server: Postgres, open_office: Callable[[str], Office]) -> Office:
    """The app on PostgreSQL."""
    url = server.create(f"outage_{unique('d')[-12:]}")
    upgrade(url)
    return open_office(url)


def eventually(look: Callable[[], object], what: str, seconds: float = HEALED_WITHIN) -> None:
    """Wait for something that has to come within so many seconds."""
    until = time.monotonic() + seconds
    while not look():
        assert time.monotonic() < until, f"{what} did not come within {seconds:g} s"
        time.sleep(0.05)


def ask_for(office: Office, word: str) -> list[str]:
    """Several commands at once; their tasks."""
    tasks = [f"{word} {unique('task')}" for _ in range(COMMANDS)]
    with ThreadPoolExecutor(COMMANDS) as people:
        answers = list(
            people.map(lambda task: office.slack.command(task, response_url=office.ear.url), tasks)
        )
    assert {status for status, _ in answers} == {200}
    return tasks


def stands_in_slack(office: Office) -> bool:
    """Whether every consultation of the log has its card and all its messages, once."""
    found = office.consultations()
    if any(one.root_ts is None for one in found) or not office.settled():
        return False
    cards = [m["text"] for m in office.sandbox.messages(CHANNEL)]
    return all(
        sum(one.task in text for text in cards) == 1
        and len(office.sandbox.messages(CHANNEL, one.root_ts)) == len(_told(one)) > 1
        for one in found
    )


def _told(one: Consultation) -> list[Post]:
    """All its messages but of answers that the message of their question tells."""
    return [post for post in posts_of(one) if not (isinstance(post.about, Echo) and not post.about.is_shown)]


def goes_through(
    office: Office, ill: Callable[[], object], well: Callable[[], object], says: str, lasts: float
) -> None:
    """Commands before, during and after the trouble: all that were taken stand in Slack, the others were told so."""
    talk = office.start(f"begin {unique('task')}")
    office.quiet()
    before = ask_for(office, "before")  # the outbox has hardly begun with these
    ill()
    until = time.monotonic() + lasts
    during = ask_for(office, "during")
    assert office.slack.say("yes, it may", talk.root)[0] == 503
    unheard = office.slack.sent[-1]
    eventually(lambda: says in office.application.ready()[1], f"readiness saying {says!r}")
    assert not office.application.ready()[0]
    time.sleep(max(0.0, until - time.monotonic()))
    well()
    healed = time.monotonic()
    eventually(lambda: office.application.ready()[0], "readiness")
    assert office.slack.post(*unheard)[0] == 200
    after = ask_for(office, "after")
    eventually(lambda: stands_in_slack(office), "all of it in Slack")
    assert time.monotonic() - healed < HEALED_WITHIN
    taken = {one.task for one in office.consultations()}
    assert {*before} <= taken
    told = [one for one in office.ear.told if "could not save" in one["text"]]
    assert taken.isdisjoint(during)
    assert len(told) == len({*during, *after} - taken), "on a machine that is very busy one may be late"
    assert taken & {*after}
    assert talk.answers("data_may_leave") == [True]


@pytest.mark.long("seconds of waiting each")
@pytest.mark.parametrize("lasts", [5.0])
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["stopped", "lost power"])
def test_a_server_that_was_stopped(
    postgres_office: Office, server: Postgres, how: signal.Signals, lasts: float
) -> None:
    goes_through(postgres_office, lambda: server.end(how), server.start, "cannot be reached", lasts)


@pytest.mark.long("a minute of waiting")
def test_a_server_that_was_stopped_for_a_minute(postgres_office: Office, server: Postgres) -> None:
    goes_through(postgres_office, server.end, server.start, "cannot be reached", 60.0)


def test_a_server_that_was_killed(postgres_office: Office, server: Postgres) -> None:
    goes_through(postgres_office, server.kill, server.start, "cannot be reached", 2.0)


@pytest.mark.long("seconds of waiting each")
def test_a_server_without_a_free_connection(server: Postgres, open_office: Callable[[str], Office]) -> None:
    name = f"outage_{unique('d')[-12:]}"
    own = server.create(name, owner=name)
    upgrade(own)

    def full() -> None:
        with server.connect(name) as connection:
            connection.execute(f"ALTER ROLE {name} CONNECTION LIMIT 0")
            ours = "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity WHERE usename = %s"
            connection.execute(ours, [name])

    def free() -> None:
        with server.connect(name) as connection:
            connection.execute(f"ALTER ROLE {name} CONNECTION LIMIT -1")

    goes_through(open_office(own), full, free, "no connection free", 3.0)


class Pipe:
    """A way to the server by TCP that can fall silent: what is connected stays so, and nothing is carried any more."""

    def __init__(self, server: Postgres) -> None:
        self._target = str(server.home / ".s.PGSQL.5432")
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        self._silent: list[threading.Event] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def fall_silent(self) -> None:
        """For all that are connected now; whoever comes later is served."""
        for one in self._silent:
            one.set()

    def close(self) -> None:
        self._door.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                here, _ = self._door.accept()
                there = socket.socket(socket.AF_UNIX)
                there.connect(self._target)
                silent = threading.Event()
                self._silent.append(silent)
                for pair in ((here, there), (there, here)):
                    threading.Thread(target=self._carry, args=(*pair, silent), daemon=True).start()

    @staticmethod
    def _carry(source: socket.socket, sink: socket.socket, silent: threading.Event) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                if silent.is_set():
                    return  # and the connection stays open
                sink.sendall(data)
        if not silent.is_set():
            for end in (source, sink):
                end.close()


@pytest.mark.long("seconds of waiting each")
def test_a_server_whose_host_vanishes_without_a_word(
    server: Postgres, open_office: Callable[[str], Office]
) -> None:
    name = f"outage_{unique('d')[-12:]}"
    upgrade(server.create(name))
    pipe = Pipe(server)
    office = open_office(f"postgresql://postgres@127.0.0.1:{pipe.port}/{name}")
    office.start("sort before the host vanished")
    office.quiet()
    pipe.fall_silent()
    fallen = time.monotonic()
    assert office.slack.command("sort while nobody knows")[0] == 200  # told, since it takes too long
    eventually(lambda: office.application.ready()[0], "readiness", 2 * HEALED_WITHIN)
    tasks = ask_for(office, "after")
    eventually(lambda: stands_in_slack(office), "all of it in Slack", 2 * HEALED_WITHIN)
    assert set(tasks) <= {one.task for one in office.consultations()}
    assert time.monotonic() - fallen < 60, "not the hours that a kernel waits"
    pipe.close()


@contextmanager
def small_disk() -> Iterator[Path]:
    """A disk of two megabytes."""
    home = Path(tempfile.mkdtemp(prefix="disk-"))
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(home)], check=False, capture_output=True
    )
    if mounted.returncode != 0:
        home.rmdir()
        pytest.skip("a small disk can only be made by root")
    try:
        yield home
    finally:
        subprocess.run(["umount", "-l", str(home)], check=True)
        home.rmdir()


def test_a_disk_that_is_full(open_office: Callable[[str], Office]) -> None:
    with small_disk() as disk:
        office = open_office(f"sqlite:///{disk / 'log.db'}")
        rest = disk / "rest"

        def fill() -> None:
            # What the write-ahead log holds already is used again, so it is emptied first.
            with sqlite3.connect(disk / "log.db") as other:
                other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            other.close()
            with rest.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space"):
                while True:
                    file.write(b"x" * 4096)

        goes_through(office, fill, rest.unlink, "disk is full", 2.0)
        office.application.outbox.stop()
        office.application.close()


@pytest.mark.parametrize("lasts", [4.0, pytest.param(15.0, marks=pytest.mark.long("a long lock"))])
def test_a_file_that_another_process_has_locked(
    open_office: Callable[[str], Office], tmp_path: Path, lasts: float
) -> None:
    office = open_office(f"sqlite:///{tmp_path / 'log.db'}")
    other = sqlite3.connect(tmp_path / "log.db", isolation_level=None)

    def lock() -> None:
        other.execute("BEGIN IMMEDIATE")

    goes_through(office, lock, lambda: other.execute("ROLLBACK"), "locked by another process", lasts)
    other.close()


def test_a_file_that_was_taken_away_and_put_back(
    open_office: Callable[[str], Office], tmp_path: Path
) -> None:
    file, kept = tmp_path / "log.db", tmp_path / "kept"
    office = open_office(f"sqlite:///{file}")
    goes_through(office, lambda: file.rename(kept), lambda: kept.rename(file), "cannot be opened", 2.0)


@pytest.mark.long("seconds of waiting each")
def test_a_file_that_was_deleted_and_linked_again(
    open_office: Callable[[str], Office], tmp_path: Path
) -> None:
    file, kept = tmp_path / "log.db", tmp_path / "kept"
    office = open_office(f"sqlite:///{file}")
    os.link(file, kept)
    goes_through(office, file.unlink, lambda: os.link(kept, file), "cannot be opened", 2.0)


@pytest.mark.long("seconds of waiting each")
def test_a_database_that_only_reads(open_office: Callable[[str], Office], tmp_path: Path) -> None:
    office = open_office(f"sqlite:///{tmp_path / 'log.db'}")
    only = {"reads": False}
    event.listen(
        office.application._engine,
        "checkout",
        lambda connection, *_: connection.execute(f"PRAGMA query_only={int(only['reads'])}"),
    )
    goes_through(office, lambda: only.update(reads=True), lambda: only.update(reads=False), "read-only", 2.0)


@pytest.mark.parametrize("leftovers", [(), ("-wal", "-shm")], ids=["with the old log beside it", "alone"])
def test_a_backup_that_is_put_in_the_place_of_the_file_is_used_from_then_on(
    open_office: Callable[[str], Office], tmp_path: Path, leftovers: tuple[str, ...]
) -> None:
    file, backup = tmp_path / "log.db", tmp_path / "backup.db"
    office = open_office(f"sqlite:///{file}")
    office.start("from before the backup")
    office.quiet()
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(backup)) as copy:
        source.backup(copy)
    for number in range(5):
        office.start(f"from after the backup {number}")
    office.quiet()
    for ending in leftovers:
        file.with_name(file.name + ending).unlink(missing_ok=True)
    backup.replace(file)
    eventually(lambda: office.application.ready()[0], "readiness")
    office.start("from after it was put back")
    office.quiet()
    assert {one.task for one in office.consultations()} == {
        "from before the backup",
        "from after it was put back",
    }
    with closing(sqlite3.connect(file)) as looked:
        assert looked.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
