"""The sandbox delivers over signed HTTP as well, and Bolt takes it for Slack."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from slack_bolt import App, BoltRequest
from slack_sdk import WebClient

from bot.sandbox import BOT_TOKEN, SIGNING_SECRET
from bot.sandbox.signed_http import encoded, signed
from tests.support.sandbox_client import SandboxClient
from tests.support.sandboxed import running_sandbox

Heard = list[tuple[str, dict[str, Any], dict[str, Any]]]


class BoltServer:
    """A Bolt app behind the standard library's server. `heard` are kind, body and headers."""

    def __init__(self) -> None:
        self.heard: Heard = []
        self.app: App | None = None
        server = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                assert server.app is not None
                answer = server.app.dispatch(BoltRequest(body=body, headers=dict(self.headers.items())))
                self.send_response(answer.status)
                for name, values in answer.headers.items():
                    self.send_header(name, values[0])
                self.end_headers()
                self.wfile.write((answer.body or "").encode())

            def log_message(self, *args: Any) -> None:
                pass

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}/slack/events"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()


@pytest.fixture
def server() -> Iterator[BoltServer]:
    made = BoltServer()
    yield made
    made.http.shutdown()
    made.http.server_close()


@pytest.fixture
def sandbox(server: BoltServer) -> Iterator[SandboxClient]:
    with running_sandbox(request_url=server.url) as client:
        client.app(events=["app_mention"])
        slack = WebClient(BOT_TOKEN, base_url=client.api_url)
        app = App(client=slack, signing_secret=SIGNING_SECRET, process_before_response=True)
        server.app = app

        @app.command("/tune-or-prompt")
        def command(ack: Any, body: Any, request: Any) -> None:
            server.heard.append(("command", body, request.headers))
            ack("Usage") if body["text"] == "help" else ack({"text": "Hi", "response_type": "in_channel"})

        @app.event("app_mention")
        def mentioned(body: Any, request: Any) -> None:
            server.heard.append(("mention", body, request.headers))
            if len(server.heard) == 1:
                raise RuntimeError("cannot be saved")

        @app.view("form")
        def submitted(ack: Any, body: Any, request: Any) -> None:
            server.heard.append(("form", body, request.headers))
            ack(response_action="errors", errors={"b": "No."})

        yield client


def test_a_command_and_its_answer(sandbox: SandboxClient, server: BoltServer) -> None:
    sandbox.command("Ana", "#general", "/tune-or-prompt help")
    assert sandbox.wait_for_text("#general", "Usage")["ephemeral_to"] == "UANA"
    sandbox.command("Ana", "#general", "/tune-or-prompt é & ü")
    assert sandbox.wait_for_text("#general", "Hi")["ephemeral_to"] is None
    assert server.heard[1][1]["text"] == "é &amp; ü"


def test_an_event_that_met_an_error_comes_again_with_retry_headers(
    sandbox: SandboxClient, server: BoltServer
) -> None:
    sandbox.say("Ana", "#ml-platform", "@Tune or Prompt hello")
    sandbox.wait_for(
        lambda state: any(one["retry_attempt"] == 1 and one["acked"] for one in state["deliveries"])
    )
    first, second = server.heard
    assert first[1]["event_id"] == second[1]["event_id"]
    assert second[2]["x-slack-retry-num"] == ["1"]
    assert second[2]["x-slack-retry-reason"] == ["http_error"]


def test_a_form_and_its_refusal(sandbox: SandboxClient, server: BoltServer) -> None:
    sandbox.command("Ana", "#ml-platform", "/tune-or-prompt x")
    text = {"type": "plain_text", "text": "x"}
    element = {"type": "plain_text_input", "action_id": "a"}
    blocks = [{"type": "input", "block_id": "b", "label": text, "element": element}]
    view = {"type": "modal", "callback_id": "form", "title": text, "submit": text, "blocks": blocks}
    assert server.app is not None
    opened = server.app.client.views_open(trigger_id=server.heard[0][1]["trigger_id"], view=view)["view"]
    assert sandbox.submit("Ana", opened["id"], {"b": {"a": "words"}}) == {"errors": {"b": "No."}}


@pytest.mark.parametrize(
    ("changes", "status"),
    [({}, 200), ({"secret": "other"}, 401), ({"timestamp": 1}, 401)],
    ids=["as it should be", "another secret", "an old timestamp"],
)
def test_bolt_checks_the_signature(
    sandbox: SandboxClient, server: BoltServer, changes: dict[str, Any], status: int
) -> None:
    fields = {"command": "/tune-or-prompt", "text": "help", "team_id": "TSANDBOX", "user_id": "UANA"}
    body, content_type = encoded("slash_commands", fields)
    headers = signed(body, **changes) | {"Content-Type": content_type}
    assert server.app is not None
    assert server.app.dispatch(BoltRequest(body=body, headers=headers)).status == status


def test_an_app_that_is_not_there_has_not_answered() -> None:
    with running_sandbox(request_url="http://127.0.0.1:9/slack/events") as sandbox:
        sandbox.command("Ana", "#general", "/tune-or-prompt help")
        assert "did not respond" in sandbox.wait_for_text("#general", "failed")["text"]


def test_interactions_are_forms_with_a_json_payload() -> None:
    body, content_type = encoded("interactive", {"type": "block_actions"})
    assert (body, content_type) == (
        "payload=%7B%22type%22%3A+%22block_actions%22%7D",
        "application/x-www-form-urlencoded",
    )
    assert json.loads(encoded("events_api", {"type": "event_callback"})[0]) == {"type": "event_callback"}
