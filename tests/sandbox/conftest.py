"""A sandbox for each test that asks for one, and a Bolt app that hears from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.sandbox import APP_TOKEN, BOT_TOKEN
from tests.sandbox_client import SandboxClient
from tests.sandboxed import running_sandbox


@dataclass
class BoltApp:
    """An app as anybody would write it with Bolt. `heard` keeps the bodies that its listeners were given."""

    app: App
    client: WebClient
    heard: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    handler: SocketModeHandler | None = None

    def connect(self) -> None:
        self.handler = SocketModeHandler(self.app, APP_TOKEN, ping_interval=1)
        self.handler.connect()

    def bodies(self, kind: str) -> list[dict[str, Any]]:
        return [body for heard, body in self.heard if heard == kind]


@pytest.fixture
def sandbox() -> Iterator[SandboxClient]:
    with running_sandbox() as client:
        yield client


@pytest.fixture
def bolt(sandbox: SandboxClient) -> Iterator[BoltApp]:
    """A Bolt app without listeners, not connected yet."""
    client = WebClient(BOT_TOKEN, base_url=sandbox.api_url)
    made = BoltApp(App(client=client, raise_error_for_unhandled_request=False), client)
    yield made
    if made.handler is not None:
        made.handler.close()
