"""A Bolt app for the tests: the real thing, with what it heard written down."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin import SocketModeClient

from bot.sandbox import APP_TOKEN

PATIENCE = 5.0


def close(client: SocketModeClient) -> None:
    """Close it, and wait no longer than this: where it connects anew at that moment, it waits for itself for ever."""
    client.auto_reconnect_enabled = client.default_auto_reconnect_enabled = False
    closing = threading.Thread(target=client.close, daemon=True)
    closing.start()
    closing.join(PATIENCE)


@dataclass
class BoltApp:
    """An app as anybody would write it with Bolt. `heard` keeps the bodies that its listeners were given."""

    app: App
    client: WebClient
    heard: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    handler: SocketModeHandler | None = None

    def connect(self) -> None:
        self.handler = SocketModeHandler(self.app, APP_TOKEN, ping_interval=0.1)
        self.handler.connect()

    def leave(self, drop: Callable[[], None] = lambda: None) -> None:
        """Stop hearing. `drop` ends the connection from the other side, which spares waiting for the next read."""
        if self.handler is None:
            return
        client = self.handler.client
        client.auto_reconnect_enabled = client.default_auto_reconnect_enabled = False
        drop()
        end = time.monotonic() + 3
        while client.is_connected() and time.monotonic() < end:
            time.sleep(0.01)
        close(client)

    def bodies(self, kind: str) -> list[dict[str, Any]]:
        return [body for heard, body in self.heard if heard == kind]
