"""Letting time pass in the sandbox moves the app's clock too; nowhere else is there anything to move it by."""

from __future__ import annotations

import datetime

import pytest

from bot.app import utc_now
from bot.serving.sandbox_clock import SandboxClock, clock_for
from bot.settings import Settings
from tests.support.sandbox_client import SandboxClient

DAY = datetime.timedelta(days=1)


def test_the_app_goes_by_what_was_let_pass(sandbox: SandboxClient) -> None:
    clock = SandboxClock(f"{sandbox.address}/sandbox/health", utc_now)
    assert clock.look()
    assert clock() - utc_now() < DAY
    sandbox.let_time_pass(90 * 86_400)
    assert clock.look()
    assert 90 * DAY <= clock() - utc_now() + datetime.timedelta(seconds=1) < 91 * DAY
    said = sandbox.say("Ana", "#ml-platform", "later")
    assert float(said["ts"]) > (utc_now() + 89 * DAY).timestamp()
    sandbox.forget()
    assert clock.look()
    assert clock() - utc_now() < DAY
    assert float(sandbox.say("Ana", "#ml-platform", "now")["ts"]) < (utc_now() + DAY).timestamp()


@pytest.mark.parametrize(
    "address",
    [
        "https://slack.com/api/",
        "https://127.0.0.1/api/",
        "http://127.0.0.1:1/other/api/",
        "http://localhost:1/x/",
    ],
)
def test_only_a_sandbox_on_this_machine_is_asked(address: str) -> None:
    assert clock_for(Settings(slack_api_url=address), utc_now) is utc_now


def test_what_answers_otherwise_than_a_sandbox_moves_nothing(sandbox: SandboxClient) -> None:
    clock = SandboxClock(f"{sandbox.address}/nowhere", utc_now)
    assert not clock.look()
    assert clock() - utc_now() < DAY


def test_a_sandbox_that_does_not_answer_yet_is_asked_again() -> None:
    assert SandboxClock("http://127.0.0.1:9/sandbox/health", utc_now).look()
