"""The history outlives the sandbox's process; and what starts it says what is wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from slack_sdk import WebClient

from bot.sandbox import BOT_TOKEN
from bot.sandbox.server import Sandbox
from tests.support.sandbox_client import SandboxClient
from tests.support.sandboxed import running_sandbox


def test_the_history_survives_a_restart(tmp_path: Path) -> None:
    state_file = tmp_path / "kept" / "sandbox.json"
    with running_sandbox(state_file=state_file) as sandbox:
        slack = WebClient(BOT_TOKEN, base_url=sandbox.api_url)
        sandbox.command("Ana", "#general", "/invite @Tune or Prompt")
        root = slack.chat_postMessage(channel="CGENERAL", text="Card", metadata=_mark(1))["ts"]
        slack.chat_postMessage(channel="CGENERAL", text="Question", thread_ts=root)
        slack.chat_postEphemeral(channel="CGENERAL", text="Only now", user="UANA")
        slack.files_upload_v2(content=b"x", filename="x.txt", channel="CGENERAL")
        slack.views_publish(user_id="UANA", view={"type": "home", "blocks": [{"type": "divider"}]})
    with running_sandbox(state_file=state_file) as sandbox:
        slack = WebClient(BOT_TOKEN, base_url=sandbox.api_url)
        thread = slack.conversations_replies(channel="CGENERAL", ts=root, include_all_metadata=True)[
            "messages"
        ]
        assert [one["text"] for one in thread] == ["Card", "Question"]
        assert thread[0]["metadata"] == _mark(1)
        assert "Only now" not in [one["text"] for one in sandbox.messages("#general")]
        assert sandbox.home("Ana") is not None
        assert len(sandbox.state()["files"]) == 1
        later = slack.chat_postMessage(channel="CGENERAL", text="Later")["ts"]
        assert float(later) > float(thread[-1]["ts"])


def test_a_state_file_that_cannot_be_read_is_put_aside(tmp_path: Path) -> None:
    state_file = tmp_path / "sandbox.json"
    state_file.write_text("{broken")
    with running_sandbox(state_file=state_file) as sandbox:
        assert sandbox.messages("#general") == []
    assert (tmp_path / "sandbox.json.unreadable").read_text() == "{broken"


def test_a_port_that_is_taken_is_said_in_a_sentence() -> None:
    with running_sandbox() as sandbox:
        port = sandbox.address.rpartition(":")[2]
        command = [sys.executable, "-m", "bot.sandbox", "--no-page", "--port", port]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert ended.returncode == 1
    assert f"Port {port} on 127.0.0.1 cannot be used" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_it_serves_in_a_thread_beside_the_app(tmp_path: Path) -> None:
    state_file = tmp_path / "sandbox.json"
    sandbox = Sandbox(page=False, state_file=state_file).start()
    try:
        SandboxClient(sandbox.address).say("Ana", "#general", "hello")
    finally:
        sandbox.stop()
    assert '"hello"' in state_file.read_text(encoding="utf-8")


def test_importing_the_sandbox_imports_no_web_framework() -> None:
    code = (
        "import sys, bot.sandbox; print([m for m in ('nicegui', 'fastapi', 'uvicorn') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def _mark(revision: int) -> dict[str, object]:
    return {"event_type": "card", "event_payload": {"revision": revision}}
