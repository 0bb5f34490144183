"""What is answered at once (log, show, help, App Home) while Slack does not take it: it is answered when it can be."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.slack.web_api import Slack, TooLate
from bot.views.document import Form
from tests.support.deliveries import ANA, BOT, CHANNEL, button
from tests.support.office import Office
from tests.support.settled import advice_of, settled_talk

Trouble = Callable[[Office, str], AbstractContextManager[None]]


@contextlib.contextmanager
def status(office: Office, method: str, code: int) -> Iterator[None]:
    office.sandbox.fail(method, status=code)
    yield


@contextlib.contextmanager
def reset(office: Office, method: str) -> Iterator[None]:
    """A Slack that takes connections and drops them without a word."""
    server = socket.create_server(("127.0.0.1", 0))

    def drop() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = server.accept()
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                connection.close()

    threading.Thread(target=drop, daemon=True).start()
    client = office.application.installation.client
    address, client.base_url = client.base_url, f"http://127.0.0.1:{server.getsockname()[1]}/"
    yield
    client.base_url = address
    server.shutdown(socket.SHUT_RDWR)
    server.close()


TROUBLES: dict[str, Trouble] = {
    "a 429": lambda office, method: status(office, method, 429),
    "a 500": lambda office, method: status(office, method, 500),
    "a reset": reset,
}
trouble = pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES.keys())


def mention(office: Office, words: str, ts: str, kind: str = "app_mention") -> int:
    event = {"type": kind, "user": ANA, "text": f"<@{BOT}> {words}", "ts": ts, "channel": CHANNEL}
    return office.slack.event(event | {"channel_type": "channel"})[0]


def whispers(office: Office) -> list[dict[str, Any]]:
    return [m for m in office.sandbox.messages(CHANNEL) if m["ephemeral_to"] == ANA]


@trouble
@pytest.mark.parametrize("words", ["log", "show 1", "help"])
def test_a_mention_that_slack_let_us_not_answer_is_answered_when_it_comes_again(
    office: Office, trouble: Trouble, words: str
) -> None:
    talk = settled_talk(office)
    advice = advice_of(talk)
    office.slack.click(advice, button(advice, "Accept"))
    office.quiet()
    before, ts = len(whispers(office)), f"{time.time():.6f}"
    with trouble(office, "chat.postEphemeral"):
        assert mention(office, words, ts) == 503
    assert len(whispers(office)) == before
    assert office.slack.again(X_Slack_Retry_Num="1")[0] == 200
    assert mention(office, words, ts, kind="message") == 200
    assert len(whispers(office)) == before + 1


@trouble
def test_app_home_that_could_not_be_drawn_is_drawn_when_the_event_comes_again(
    office: Office, trouble: Trouble
) -> None:
    opened = {"type": "app_home_opened", "user": ANA, "tab": "home"}
    with trouble(office, "views.publish"):
        assert office.slack.event(opened)[0] == 503
    drawn = len(office.sandbox.calls("views.publish"))
    assert office.slack.again()[0] == 200
    assert len(office.sandbox.calls("views.publish")) == drawn + 1


@pytest.mark.parametrize("error", ["not_in_channel", "user_not_in_channel"])
def test_a_refusal_that_will_not_pass_is_noted_and_not_sent_again(
    office: Office, error: str, caplog: pytest.LogCaptureFixture
) -> None:
    office.sandbox.fail("chat.postEphemeral", error=error)
    assert mention(office, "help", f"{time.time():.6f}") == 200
    assert any(error in record.getMessage() for record in caplog.records)
    assert not any(record.exc_info for record in caplog.records)


@pytest.mark.parametrize("words", ["help", "what did we decide about mail?"])
def test_a_mention_whose_two_events_come_at_once_is_answered_once_and_neither_comes_again(
    office: Office, words: str
) -> None:
    office.sandbox.fail("chat.postEphemeral", delay=0.3, times=1)
    before, ts = len(whispers(office)), f"{time.time():.6f}"
    with ThreadPoolExecutor(2) as slack:
        both = [slack.submit(mention, office, words, ts, kind) for kind in ("app_mention", "message")]
    assert [one.result() for one in both] == [200, 200]
    assert len(whispers(office)) == before + 1


def test_the_second_event_of_a_mention_is_answered_where_the_first_could_not_be(office: Office) -> None:
    office.sandbox.fail("chat.postEphemeral", status=500, delay=0.5, times=1)
    ts = f"{time.time():.6f}"
    with ThreadPoolExecutor(1) as people:
        first = people.submit(mention, office, "log", ts)
        office.eventually(lambda: office.application.outbox.conversation._under_way, "the first attempt")
        assert mention(office, "log", ts, kind="message") == 200
        assert first.result() == 503
    assert mention(office, "log", ts) == 200
    assert len([c for c in office.sandbox.calls("chat.postEphemeral") if c["ok"]]) == 1


def test_a_second_event_does_not_wait_for_longer_than_slack_does(office: Office) -> None:
    office.sandbox.fail("chat.postEphemeral", status=500, delay=2.0, times=1)
    ts = f"{time.time():.6f}"
    with ThreadPoolExecutor(1) as people:
        people.submit(mention, office, "log", ts)
        office.eventually(lambda: office.application.outbox.conversation._under_way, "the first attempt")
        begun = time.monotonic()
        assert mention(office, "log", ts, kind="message") == 503
        assert time.monotonic() - begun < 2.0


def test_a_slack_that_is_slow_with_home_holds_a_thread_for_seconds_and_not_for_ten(office: Office) -> None:
    office.sandbox.fail("views.publish", delay=9.0, times=1)
    begun = time.monotonic()
    assert office.slack.event({"type": "app_home_opened", "user": ANA, "tab": "home"})[0] == 503
    assert time.monotonic() - begun < 5


def test_who_turns_a_page_that_slack_does_not_take_is_told_so_and_hears_of_no_form(office: Office) -> None:
    talk = settled_talk(office)
    advice = advice_of(talk)
    pressed = button(advice, "Accept") | {"action_id": "log_page:older", "value": "{}"}
    office.ear.answer = (500, "")
    assert office.slack.click(advice, pressed)[0] == 200
    assert "did not take my answer in time" in office.ear.told[-1]["text"]
    assert "form" not in office.ear.told[-1]["text"]


def test_a_form_that_slack_does_not_open_while_its_trigger_lives_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.slack.web_api.SECONDS_AT_ONCE", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        client = WebClient("xoxb-1", base_url=address, timeout=5)
        slack = Slack(lambda: client)
        begun = time.monotonic()
        with pytest.raises(TooLate):
            slack.open_view("1.2.3", Form("A page", ()))
    assert time.monotonic() - begun < 4
