"""Socket Mode for many workspaces: one app-level token, and the pages of OAuth beside it."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from bot.app import build_app
from bot.decision_log.keys import new_key
from bot.sandbox.tokens import APP_TOKEN
from bot.serving.connections import listen
from bot.serving.http import pages_at
from bot.serving.socket_mode import serve
from tests.support.deliveries import ANA
from tests.support.installed import Hall, settings_for
from tests.support.sandboxed import running_sandbox


def test_each_workspace_is_heard_over_the_same_connections(tmp_path: Path) -> None:
    with listen("127.0.0.1", 0) as door:
        port = int(door.getsockname()[1])
    address, stop = f"http://127.0.0.1:{port}", threading.Event()
    with running_sandbox(flags=["--workspaces", "2"]) as sandbox:
        url = f"sqlite:///{tmp_path / 'log.db'}"
        settings = settings_for(sandbox, address, url, [new_key()], slack_app_token=APP_TOKEN)
        application = build_app(settings)
        with pages_at(application, settings, "127.0.0.1", port):
            serving = threading.Thread(target=serve, args=(application, settings, stop))
            serving.start()
            try:
                hall = Hall(application, address, sandbox)
                sandbox.wait_for_app()
                assert hall.install("TSANDBOX").status == 200
                assert hall.install("TSANDBOX2").status == 200
                hall.workspace(1).command(ANA, "CMLPLAT", "/tune-or-prompt of the first")
                hall.workspace(2).command("UANA2", "CMLPLAT2", "/tune-or-prompt of the second")
                assert hall.workspace(1).wait_for_text("CMLPLAT", "of the first")["bot_id"] == "BTUNE"
                assert hall.workspace(2).wait_for_text("CMLPLAT2", "of the second")["bot_id"] == "BTUNE2"
                no_deliveries = urllib.request.Request(f"{address}/slack/events", b"{}", method="POST")
                with pytest.raises(urllib.error.HTTPError, match="404"):
                    urllib.request.urlopen(no_deliveries, timeout=10)
                assert urllib.request.urlopen(f"{address}/livez", timeout=10).status == 200
            finally:
                stop.set()
                serving.join()
