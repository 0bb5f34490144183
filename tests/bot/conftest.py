"""A sandbox for all of these tests, in which each finds nothing of the others, and an app for each."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.slack import charting
from bot.views.pictures import draw
from bot.views.sheet import Drawing
from core.costs.curves import Curves
from tests.support.office import Ear, Office, office_with
from tests.support.sandbox_client import SandboxClient
from tests.support.sandboxed import running_sandbox


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


@pytest.fixture
def office(sandbox: SandboxClient, ear: Ear, tmp_path: Path) -> Iterator[Office]:
    """The app on a new SQLite file, sending what it has to say."""
    at_work = office_with(sandbox, ear, f"sqlite:///{tmp_path / 'log.db'}")
    at_work.application.outbox.start()
    yield at_work
    at_work.application.outbox.stop()
    at_work.application.close()
