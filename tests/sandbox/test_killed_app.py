"""An app that is killed and comes back: nobody waits for it in vain, and it hears what it missed."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from bot.sandbox import APP_TOKEN, BOT_TOKEN
from tests.support.sandbox_client import SandboxClient

APP = f"""
import sys, time
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
app = App(client=WebClient({BOT_TOKEN!r}, base_url=sys.argv[1]), process_before_response=True)
slow = sys.argv[2] == "slow"
@app.command("/tune-or-prompt")
def command(ack):
    time.sleep(30 if slow else 0)
    ack("here")
@app.event("app_mention")
def mentioned(say, event):
    time.sleep(30 if slow else 0)
    say("heard " + event["text"])
SocketModeHandler(app, {APP_TOKEN!r}).start()
"""


@contextmanager
def running_app(sandbox: SandboxClient, pace: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-c", APP, sandbox.api_url, pace]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        sandbox.wait_for_app()
        yield process
    finally:
        process.kill()
        process.wait()


def test_a_killed_app_is_noticed_at_once_and_hears_again_what_it_missed(sandbox: SandboxClient) -> None:
    sandbox.app(events=["app_mention"])
    with running_app(sandbox, "slow") as process:
        asking = [
            threading.Thread(target=sandbox.command, args=("Ana", "#ml-platform", "/tune-or-prompt x")),
            threading.Thread(
                target=sandbox.say, args=("Ana", "#ml-platform", "@Tune or Prompt, are you there?")
            ),
        ]
        for one in asking:
            one.start()
        sandbox.wait_for(lambda state: len(state["deliveries"]) == 2)
        process.kill()
        for one in asking:
            one.join(2)
    sandbox.wait_for(lambda state: not state["app_is_connected"])
    lost = [one for one in sandbox.state("deliveries")["deliveries"] if one["retry_attempt"] == 0]
    assert [one["error"] for one in lost] == ["connection_closed"] * 2
    assert sandbox.wait_for_text("#ml-platform", "failed because")["ephemeral_to"] == "UANA"

    with running_app(sandbox, "quick"):
        sandbox.let_time_pass(60)
        said = sandbox.wait_for_text("#ml-platform", "heard <@UTUNE>, are you there?")
        assert said["bot_id"] == "BTUNE"
        sandbox.command("Ana", "#ml-platform", "/tune-or-prompt x")
        assert sandbox.wait_for_text("#ml-platform", "here")["ephemeral_to"] == "UANA"
