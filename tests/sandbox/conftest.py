"""A sandbox for all of these tests, in which each finds nothing of the others, and a Bolt app that hears from it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from bot.sandbox import BOT_TOKEN
from tests.support.bolt_app import BoltApp
from tests.support.sandbox_client import SandboxClient
from tests.support.sandboxed import running_sandbox


@pytest.fixture(scope="session")
def shared() -> Iterator[SandboxClient]:
    with running_sandbox() as client:
        yield client


@pytest.fixture
def sandbox(shared: SandboxClient) -> SandboxClient:
    """As on its first day, and without an app."""
    shared.disconnect("drop")
    shared.forget()
    return shared


@pytest.fixture
def bolt(sandbox: SandboxClient) -> Iterator[BoltApp]:
    """A Bolt app without listeners, not connected yet."""
    client = WebClient(BOT_TOKEN, base_url=sandbox.api_url)
    made = BoltApp(App(client=client, raise_error_for_unhandled_request=False), client)
    yield made
    made.leave(lambda: sandbox.disconnect("drop"))
