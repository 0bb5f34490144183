"""PgBouncer in transaction mode, from the system's own package, before a PostgreSQL server of the tests."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.support.postgres import APP, NOBODY, OWNER, SUPERUSER, Postgres

PORT = 6432
"""Of its socket; there is none on the network."""
SESSIONS = 2
"""Of the server, for each database: so few that transactions of different connections share them."""
MISSING = "There is no PgBouncer here (apt-get install pgbouncer), so nothing is tried through it."


def is_there() -> bool:
    """Whether the program is installed."""
    return _program() is not None


def _program() -> str | None:
    return shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")


def through(url: str, home: Path) -> str:
    """The address of the same database through the pooler."""
    name, _, _ = url.partition("?")
    return f"{name}?host={home}&port={PORT}"


@contextmanager
def pooler(server: Postgres) -> Iterator[Path]:
    """A pooler before all databases of a server, on a socket in the directory that it yields."""
    program = _program()
    assert program is not None, MISSING
    home = Path(tempfile.mkdtemp(prefix="log-pool-"))
    (home / "users").write_text("".join(f'"{role}" ""\n' for role in (APP, OWNER, SUPERUSER)))
    (home / "pgbouncer.ini").write_text(
        f"[databases]\n* = host={server.home}\n[pgbouncer]\nlisten_addr =\nlisten_port = {PORT}\n"
        f"unix_socket_dir = {home}\nauth_type = trust\nauth_file = {home / 'users'}\npool_mode = transaction\n"
        f"default_pool_size = {SESSIONS}\nmax_client_conn = 200\nlogfile = {home / 'log'}\n"
    )
    other = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    if other:
        os.chown(home, NOBODY, NOBODY)
    process = subprocess.Popen([program, "-q", home / "pgbouncer.ini"], **other)  # type: ignore[call-overload]
    try:
        _wait_for(home)
        yield home
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(10)
        shutil.rmtree(home, ignore_errors=True)


def _wait_for(home: Path) -> None:
    until = time.monotonic() + 10
    while True:
        try:
            psycopg.connect(host=str(home), port=PORT, user=APP, dbname="postgres").close()
            return
        except psycopg.OperationalError as error:
            if time.monotonic() > until:
                raise OSError((home / "log").read_text()[-500:]) from error
            time.sleep(0.05)
