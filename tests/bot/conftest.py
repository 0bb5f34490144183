"""A sandbox for all of these tests, in which each finds nothing of the others, and an app for each."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from bot.slack import charting
from bot.views.pictures import draw
from bot.views.sheet import Drawing
from core.costs.curves import Curves
from tests.support.compiled import compile_once
from tests.support.office import Ear, Office, office_with
from tests.support.postgres import Postgres
from tests.support.sandbox_client import SandboxClient
from tests.support.sandboxed import running_sandbox

_numbers = count()
compile_once()


@pytest.fixture(scope="session")
def slack() -> Iterator[SandboxClient]:
    """A Slack of our own, without its page."""
    with running_sandbox() as client:
        yield client


@pytest.fixture(scope="session", autouse=True)
def each_picture_is_drawn_once() -> Iterator[None]:
    """Many consultations have the same chart, and drawing is most of what they take."""
    kept: dict[str, Drawing] = {}

    def drawn(curves: Curves) -> Drawing:
        key = charting.picture_digest(curves)
        if key not in kept:
            kept[key] = draw(curves)
        return kept[key]

    with pytest.MonkeyPatch.context() as remembering:
        remembering.setattr(charting, "draw", drawn)
        yield


@pytest.fixture
def sandbox(slack: SandboxClient) -> SandboxClient:
    """The same, as on its first day."""
    slack.forget()
    return slack


@pytest.fixture
def ear() -> Iterator[Ear]:
    """What people are told through response_urls."""
    heard = Ear()
    thread = threading.Thread(target=heard.server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield heard
    heard.server.shutdown()
    heard.server.server_close()


@pytest.fixture(scope="session")
def apps_server() -> Iterator[Postgres]:
    """A PostgreSQL server with a database to copy."""
    try:
        server = Postgres.made()
        server.start()
    except (ImportError, OSError, subprocess.SubprocessError) as error:
        pytest.skip(f"PostgreSQL could not be started here: {error}")
    server.with_tables("template_of_the_app")
    yield server
    server.remove()


@pytest.fixture
def apps_database(apps_server: Postgres) -> str:
    """The address of a new PostgreSQL database, for the role as which the app connects."""
    return apps_server.copied(f"app_{next(_numbers)}", "template_of_the_app")


@pytest.fixture
def office(
    request: pytest.FixtureRequest, sandbox: SandboxClient, ear: Ear, tmp_path: Path
) -> Iterator[Office]:
    """The app on a new SQLite file, or with --postgres on PostgreSQL as its own role, sending what it has to say."""
    on_server = request.config.getoption("--postgres")
    url = request.getfixturevalue("apps_database") if on_server else f"sqlite:///{tmp_path / 'log.db'}"
    at_work = office_with(sandbox, ear, url)
    at_work.application.outbox.start()
    yield at_work
    at_work.application.outbox.stop()
    at_work.application.close()
