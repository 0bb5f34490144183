"""Whatever the app's own threads raise is logged, waited out and gone on with, and can be seen meanwhile."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.conversation import catching_up
from bot.decision_log.log import CouldNotRead, CouldNotSave, Log
from bot.decision_log.writing import Writing
from bot.slack import lanes, outbox, supervised
from bot.slack.aside import Aside
from bot.slack.installation import Installation
from bot.slack.pace import Pace
from bot.slack.showing import Showing
from bot.slack.supervised import Supervised
from bot.slack.web_api import Slack
from bot.views import pictures
from tests.support.deliveries import CHANNEL, unique
from tests.support.office import Ear, Office, office_with
from tests.support.sandbox_client import SandboxClient

FAILURES: dict[str, Callable[[], BaseException]] = {
    "a bug": lambda: KeyError("a mistake of ours"),
    "no memory": MemoryError,
    "an exit": SystemExit,
    "the database": lambda: CouldNotSave("database or disk is full"),
}

CALLS: list[tuple[Any, str]] = [
    (Log, "begin_anew"),
    (Log, "next_due"),
    (Log, "claim"),
    (Log, "settled"),
    (Log, "postpone"),
    (Log, "silent_since"),
    (Log, "writing"),
    (Log, "reading"),
    (Writing, "change_post"),
    (Writing, "forget_seen"),
    (Writing, "add_post"),
    (catching_up, "bring_up_to_date"),
    (catching_up, "nudge"),
    (Showing, "show"),
    (Showing, "_post_card"),
    (Showing, "_show_one"),
    (Aside, "begin"),
    (Aside, "look_again"),
    (Pace, "turn"),
    (Slack, "post"),
    (Slack, "update"),
    (lanes.Lanes, "take"),
    (lanes.Lanes, "waiting"),
    (lanes.Lanes, "next_change"),
    (lanes.Lanes, "go_on"),
    (outbox.Outbox, "_return"),
    (outbox.Outbox, "_return_what_could_not_be"),
    (outbox.Outbox, "_begin"),
    (outbox.Outbox, "send"),
    (pictures, "warm"),
    (Installation, "look_up"),
]
"""Every call that the outbox's threads make, and those beside it."""


def failing(
    patch: pytest.MonkeyPatch, owner: Any, name: str, failure: Callable[[], BaseException], times: int
) -> list[str]:
    """From now on this call raises so often, when one of the app's own threads makes it; then it works as before."""
    works, raised = getattr(owner, name), list[str]()

    def raises(*arguments: Any, **more: Any) -> Any:
        thread = threading.current_thread().name
        if len(raised) < times and thread.startswith(
            ("outbox", "sender", "chores", "warming", "installation")
        ):
            raised.append(thread)
            raise failure()
        return works(*arguments, **more)

    patch.setattr(owner, name, raises)
    return raised


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits are short."""
    monkeypatch.setattr(outbox, "BROKEN_SECONDS", 0.05)
    monkeypatch.setattr(outbox, "FIRST_REFUSAL_SECONDS", 0.05)
    monkeypatch.setattr(outbox, "CHORES_SECONDS", 0.05)
    monkeypatch.setattr(outbox, "WARM_AFTER_SECONDS", 0.05)
    monkeypatch.setattr(supervised, "FIRST_WAIT_SECONDS", 0.02)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    "failure",
    [
        pytest.param(failure, id=name, marks=[] if name == "a bug" else pytest.mark.long("many alike"))
        for name, failure in FAILURES.items()
    ],
)
@pytest.mark.parametrize(("owner", "name"), CALLS, ids=[f"{o.__name__}.{name}" for o, name in CALLS])
def test_whatever_a_thread_meets_the_card_and_the_question_come(
    sandbox: SandboxClient,
    ear: Ear,
    tmp_path: Any,
    monkeypatch: pytest.MonkeyPatch,
    owner: Any,
    name: str,
    failure: Callable[[], BaseException],
) -> None:
    office = office_with(sandbox, ear, f"sqlite:///{tmp_path / 'log.db'}")
    failing(monkeypatch, owner, name, failure, times=3)
    office.application.outbox.start()
    try:
        talk = office.start(f"sort {unique('failures')}")
        assert talk.press("Yes")[0] == 200
        talk.question()
        assert len([m for m in sandbox.messages(CHANNEL) if "sort failures" in m["text"]]) == 1
        office.eventually(lambda: office.application.outbox.trouble() is None, "an outbox without trouble")
    finally:
        office.application.outbox.stop()
        office.application.close()


def test_a_thread_says_what_is_the_matter_with_it_until_it_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    rounds, may_go_on = threading.Semaphore(0), threading.Event()

    def work() -> None:
        rounds.release()
        if not may_go_on.is_set():
            raise ZeroDivisionError("no use")
        thread.wait(0.01)

    thread = Supervised("tester", work)
    assert thread.trouble() is None
    thread.start()
    for _ in range(3):
        assert rounds.acquire(timeout=5)
    assert thread.trouble() == "the tester thread fails (ZeroDivisionError)"
    may_go_on.set()
    for _ in range(2):
        assert rounds.acquire(timeout=10)
    assert rounds.acquire(timeout=10)
    assert thread.trouble() is None
    assert "no use" in caplog.text
    assert "goes on after" in caplog.text
    thread.stop()
    thread.join(5)
    assert thread.trouble() is None


def test_a_database_that_is_away_is_a_line_in_the_log_and_no_trace(caplog: pytest.LogCaptureFixture) -> None:
    failed = threading.Event()

    def work() -> None:
        failed.set()
        raise CouldNotRead("connection refused", "unreachable")

    thread = Supervised("tester", work)
    thread.start()
    assert failed.wait(5)
    while not (trouble := thread.trouble()):
        time.sleep(0.01)
    thread.stop()
    thread.join(5)
    assert trouble == "the tester thread fails (the database cannot be reached)"
    told = [record for record in caplog.records if "tester" in record.getMessage()]
    assert "the database cannot be reached (connection refused)" in told[0].getMessage()
    assert not any(record.exc_info for record in told)


def test_a_thread_that_hangs_is_late() -> None:
    may_end = threading.Event()

    def hangs() -> None:
        may_end.wait(10)

    thread = Supervised("tester", hangs, late_after=0.0)
    thread.start()
    assert thread.trouble() == "the tester thread has hung for 0 s"
    may_end.set()
    thread.stop()
    thread.join(5)


def test_a_thread_that_ended_is_told() -> None:
    thread = Supervised("tester", lambda: None)
    thread.start()
    thread.stop()
    thread.join(5)
    thread._stopping.clear()
    assert thread.trouble() == "the tester thread has ended"


def test_readiness_says_which_thread_fails_and_recovers_by_itself(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        raised = failing(patch, Log, "next_due", lambda: KeyError("bug"), times=10**6)
        office.eventually(lambda: raised, "a failure")
        office.eventually(lambda: "the outbox thread fails" in office.application.ready()[1], "being told")
        assert not office.application.ready()[0]
    office.eventually(lambda: office.application.ready() == (True, "ready"), "readiness")


def test_while_nobody_can_look_it_is_not_said_to_be_ready(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bug in looking itself: what was found before is not told on."""
    broken = threading.Event()

    def schema_trouble() -> None:
        if broken.is_set():
            raise RuntimeError("a bug")

    health = replace(office.application.health, schema_trouble=schema_trouble, _looked_at=None)
    assert health.ready() == (True, "ready")
    broken.set()
    monkeypatch.setattr("bot.serving.health.PROBE_SECONDS", 0.0)
    with pytest.raises(RuntimeError):
        health.ready()
    monkeypatch.undo()
    assert health.ready() == (False, "cannot tell; the log has the reason")
