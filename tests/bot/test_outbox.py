"""What the outbox does when Slack is slow, refuses, or loses an answer."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bot.app import utc_now
from bot.decision_log.scope import Scope
from bot.slack.blocks import text
from bot.slack.lanes import Lanes
from bot.slack.pace import NotItsTurn, Pace
from bot.slack.refusals import AWAY, SlackRefuses
from bot.slack.web_api import Slack, retry_after
from bot.views.document import Document
from tests.support.deliveries import CHANNEL, TEAM, button
from tests.support.office import Office


def cards(office: Office, task: str) -> list[str]:
    return [m["ts"] for m in office.sandbox.messages(CHANNEL) if task in m["text"] and m.get("blocks")]


def test_a_rate_limit_is_waited_for_and_the_card_comes_once(office: Office) -> None:
    office.sandbox.fail("chat.postMessage", status=429, retry_after=1, times=1)
    begun = time.monotonic()
    office.slack.command("weigh melons")
    office.quiet()
    assert time.monotonic() - begun >= 1
    assert len(cards(office, "weigh melons")) == 1


def test_a_rate_limit_until_a_date_is_waited_for(office: Office) -> None:
    soon = format_datetime(utc_now() + timedelta(seconds=3), usegmt=True)
    office.sandbox.fail("chat.postMessage", status=429, retry_after=soon, times=1)
    begun = time.monotonic()
    office.slack.command("weigh dates")
    office.quiet()
    assert 1 <= time.monotonic() - begun < 6
    assert len(cards(office, "weigh dates")) == 1


def test_a_web_page_in_place_of_an_answer_is_tried_again(office: Office) -> None:
    office.sandbox.fail("chat.postMessage", page="<h1>Sign in</h1>", times=1)
    office.slack.command("weigh web pages")
    office.quiet()
    assert len(cards(office, "weigh web pages")) == 1


def test_a_form_in_place_of_which_slack_shows_a_web_page_is_told_of_and_one_line_is_logged(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.sandbox.fail("views.open", page="<h1>Sign in</h1>", times=1)
    assert office.slack.command("", response_url=office.ear.url)[0] == 200
    assert "too slow to open the form" in office.ear.told[-1]["text"]
    ours = [one for one in caplog.records if one.levelno >= logging.WARNING and one.name.startswith("bot.")]
    assert len(ours) == 1


def test_a_server_error_of_slack_is_tried_again(office: Office) -> None:
    office.sandbox.fail("chat.postMessage", status=500, times=1)
    office.slack.command("count pears")
    office.quiet()
    assert len(cards(office, "count pears")) == 1


def test_a_message_whose_answer_got_lost_is_found_again_and_not_posted_twice(office: Office) -> None:
    office.sandbox.fail("chat.postMessage", status=500, times=1, after=True)
    office.slack.command("peel plums")
    office.quiet()
    [card] = cards(office, "peel plums")
    [consultation] = office.consultations()
    assert consultation.root_ts == card


def test_blocks_that_slack_refuses_are_sent_as_text(office: Office) -> None:
    talk = office.start("press grapes")
    office.sandbox.fail("chat.update", error="invalid_blocks", times=1)
    talk.press("Yes")
    assert "How good" in talk.question()["text"] or "thorough prompt" in talk.question()["text"]


def test_several_edits_of_one_card_become_one(office: Office) -> None:
    talk = office.start("crack nuts")
    asked = talk.question()
    office.application.outbox.stop()
    office.slack.click(asked, button(asked, "Yes"))
    office.slack.say("change data may leave to no", talk.root)
    office.slack.say("change data may leave to yes", talk.root)
    before = len([c for c in office.sandbox.calls("chat.update") if talk.root in str(c)])
    later = type(office.application.outbox)(
        office.application.record,
        office.application.outbox.conversation,
        office.application.outbox.slack,
        office.application.outbox.clock,
    )
    later.start()
    office.quiet()
    later.stop()
    edits = [c for c in office.sandbox.calls("chat.update") if talk.root in str(c)]
    assert len(edits) - before <= 2


def test_nothing_is_edited_that_looks_the_same(office: Office) -> None:
    talk = office.start("dry figs")
    talk.press("Yes")
    talk.question()
    before = len(office.sandbox.calls("chat.update"))
    with office.application.record.writing(TEAM) as tx:
        tx.touch(talk.consultation.workspace, talk.consultation.id, office.application.outbox.clock())
    office.application.outbox.wake()
    office.quiet()
    assert len(office.sandbox.calls("chat.update")) == before


# What Slack refuses waits with its reason, and nothing else waits with it


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was refused is tried again soon."""
    monkeypatch.setattr("bot.slack.outbox.FIRST_REFUSAL_SECONDS", 0.2)
    monkeypatch.setattr("bot.slack.lanes.FIRST_STOP_SECONDS", 0.2)


TOKEN = ("token_revoked", "account_inactive", "invalid_auth", "missing_scope")
CHANNEL_LOST = (
    "is_archived", "restricted_action", "restricted_action_read_only_channel", "ekm_access_denied",
    "team_access_not_granted", "not_in_channel", "thread_not_found",
)  # fmt: skip
MESSAGE = ("msg_too_long", "invalid_blocks", "no_text", "a_word_that_nobody_knows")


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("word", TOKEN)
def test_while_the_token_is_refused_all_waits_and_comes_when_it_is_taken_again(
    office: Office, word: str
) -> None:
    office.sandbox.fail("chat.postMessage", error=word, times=1_000)
    office.slack.command("weigh tokens")
    office.slack.command("count tokens")
    told = office.eventually(lambda: len(office.ear.told) >= 2 and office.ear.told, "being told")
    assert all(word in one["text"] and "is kept" in one["text"] for one in told)
    office.eventually(lambda: word in office.application.ready()[1], "the operator being told")
    assert not office.application.ready()[0]
    assert len(office.consultations()) == 2
    tried = len(office.sandbox.calls("chat.postMessage"))
    office.sandbox.mend()
    office.eventually(lambda: cards(office, "weigh tokens") and cards(office, "count tokens"), "both cards")
    office.quiet()
    assert (len(cards(office, "weigh tokens")), len(cards(office, "count tokens"))) == (1, 1)
    assert tried < 20
    office.eventually(lambda: office.application.ready() == (True, "ready"), "readiness")
    assert len(office.ear.told) == 2


def test_what_a_refused_token_kept_back_comes_after_a_restart(office: Office) -> None:
    office.sandbox.fail("chat.postMessage", error="token_revoked", times=1_000)
    office.slack.command("weigh restarts")
    office.eventually(lambda: office.application.outbox.refused() == {"token_revoked": 1}, "the refusal")
    office.application.outbox.stop()
    office.sandbox.mend()
    outbox = office.application.outbox
    outbox.lanes = Lanes()
    outbox.start()
    office.quiet()
    assert len(cards(office, "weigh restarts")) == 1


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("word", CHANNEL_LOST)
def test_a_channel_that_takes_nothing_any_more_waits_and_catches_up(office: Office, word: str) -> None:
    talk = office.start("weigh channels")
    asked = talk.question()
    office.sandbox.fail("chat.postMessage", error=word, times=1_000)
    office.slack.click(asked, button(asked, "Yes"))
    office.eventually(lambda: office.application.outbox.refused() == {word: 1}, "the refusal")
    assert office.application.ready() == (True, f"ready\n1 consultation waits for Slack: {word}")
    assert talk.consultation.status == "open"
    office.sandbox.mend()
    office.quiet()
    assert len(talk.open_questions()) == 1
    office.eventually(lambda: office.application.ready() == (True, "ready"), "readiness")


@pytest.mark.parametrize("word", CHANNEL_LOST)
def test_a_card_that_cannot_be_posted_is_told_at_once_in_a_true_sentence(office: Office, word: str) -> None:
    office.sandbox.fail("chat.postMessage", error=word, times=1_000)
    office.slack.command("weigh lost cards")
    [told] = office.eventually(lambda: office.ear.told, "being told")
    assert "Nothing was started" in told["text"]
    assert "weigh lost cards" in told["text"]
    assert ("/invite" in told["text"]) == (word == "not_in_channel")
    office.quiet()
    assert office.consultations() == []


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("word", MESSAGE)
def test_one_message_that_slack_refuses_keeps_no_other_and_comes_when_it_is_taken(
    office: Office, word: str
) -> None:
    talk = office.start("weigh words")
    office.quiet()
    post, taken = Slack.post, threading.Event()

    def refuses(slack: Slack, channel: str, document: Document, **more: Any) -> str:
        if "Still possible" in text(document) and not taken.is_set():
            raise SlackRefuses(word)
        return post(slack, channel, document, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Slack, "post", refuses)
        talk.say("why do you ask?")
        office.eventually(lambda: office.application.outbox.refused() == {word: 1}, "the refusal")
        asked = talk.open_questions()[-1]
        assert office.slack.click(asked, button(asked, "Yes"))[0] == 200
        office.eventually(lambda: "prompt" in talk.open_questions()[-1]["text"], "the next question")
        taken.set()
        office.quiet()
    assert [p.refused for p in talk.consultation.posts] == [None] * len(talk.consultation.posts)


def test_a_post_that_cannot_be_read_is_left_alone_and_keeps_no_other(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    talk = office.start("weigh what a newer program left")
    with office.application.record.writing(TEAM) as tx:
        tx.add_post(Scope.of_workspace(TEAM), talk.consultation.id, "note", {"note": "sung", "by": "UANA"})
    talk.say("why do you ask?")
    office.quiet()
    assert "Still possible" in talk.messages()[-1]["text"]
    assert "cannot be read" in caplog.text
    assert "sung" not in caplog.text
    assert [post.ts for post in talk.consultation.posts if post.about.get("note") == "sung"] == [None]


def test_blocks_that_slack_never_takes_come_as_text(office: Office) -> None:
    office.sandbox.fail("chat.postMessage", error="invalid_blocks", times=1)
    office.slack.command("weigh plain cards")
    office.quiet()
    [consultation] = office.consultations()
    [card] = [m for m in office.sandbox.messages(CHANNEL) if "weigh plain cards" in m["text"]]
    assert card["ts"] == consultation.root_ts


def test_what_slack_asks_to_wait_is_waited_and_no_more(office: Office) -> None:
    office.sandbox.fail("chat.postMessage", status=429, retry_after=1, times=3)
    begun = time.monotonic()
    office.slack.command("weigh patience")
    office.eventually(lambda: cards(office, "weigh patience"), "the card")
    assert 3 <= time.monotonic() - begun < 6


def test_a_busy_channel_keeps_no_other_waiting(office: Office) -> None:
    office.application.outbox.pace.between = 1.0
    for number in range(100):
        office.slack.command(f"weigh crowds {number}")
    begun = time.monotonic()
    office.slack.command("weigh elsewhere", channel_id="CSUPPORT")
    office.eventually(
        lambda: [m for m in office.sandbox.messages("CSUPPORT") if "weigh elsewhere" in m["text"]], "its card"
    )
    assert time.monotonic() - begun < 1.0
    sent = [call for call in office.sandbox.calls("chat.postMessage") if "weigh crowds" in str(call)]
    assert len(sent) < 20, "the pace of the busy channel is kept"


def test_the_pace_lets_a_burst_through_and_then_one_at_a_time() -> None:
    now = [100.0]
    pace, sent = Pace(clock=lambda: now[0]), list[float]()
    while len(sent) < 10:
        try:
            with pace.turn("T1", "C1", "chat.postMessage"):
                sent.append(now[0])
        except NotItsTurn as early:
            now[0] += early.seconds
    assert sent == [100.0] * 4 + [101.0, 102.0, 103.0, 104.0, 105.0, 106.0]
    with pace.turn("T1", "C2", "chat.postMessage"):
        pass


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("7", 7.0),
        ("0", 1.0),
        ("1.5", 1.5),
        ("-3", 1.0),
        ("soon", 1.0),
        ("nan", 1.0),
        ("999999", 3600.0),
        (None, 1.0),
    ],
)
def test_how_long_slack_asks_to_wait(said: str | None, seconds: float) -> None:
    assert retry_after({} if said is None else {"Retry-After": said}) == seconds


def test_slack_may_say_when_as_a_date() -> None:
    dates = {"Date": "Sat, 28 Nov 2026 10:00:00 GMT", "retry-after": ["Sat, 28 Nov 2026 10:00:20 GMT"]}
    assert retry_after(dates) == 20
    assert retry_after({"Retry-After": dates["Date"]}) == 1


def answers(office: Office, page: bytes) -> AbstractContextManager[None]:
    """While the block lasts, something in front of Slack answers every call with this page."""

    class Proxy(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_args: object) -> None:
            pass

    @contextmanager
    def in_front() -> Iterator[None]:
        server = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        client = office.application.installation.client
        address, client.base_url = client.base_url, f"http://127.0.0.1:{server.server_port}/"
        yield
        client.base_url = address
        server.shutdown()
        server.server_close()

    return in_front()


@pytest.mark.parametrize(
    "page",
    [
        "<h1>Gesch\xe4ftsbedingungen</h1>".encode("latin-1"),
        b"<h1>Bad Gateway</h1>",
        b"[]",
        b"null",
        b"",
        b"{}",
    ],
    ids=["latin", "a page", "a list", "null", "nothing", "an object"],
)
def test_what_is_no_answer_of_slack_is_waited_out(office: Office, page: bytes) -> None:
    with answers(office, page):
        office.slack.command("weigh pages")
        office.eventually(
            lambda: office.application.outbox.record.holds(utc_now())[0].because == AWAY, "a wait"
        )
    office.eventually(lambda: cards(office, "weigh pages"), "the card")
    office.quiet()
    assert len(cards(office, "weigh pages")) == 1


def test_who_cannot_be_told_through_an_expired_address_is_told_in_the_channel(office: Office) -> None:
    office.sandbox.fail("chat.postMessage", error="is_archived", times=1)
    office.slack.command("weigh expiry", response_url=f"{office.sandbox.address}/nowhere")
    told = office.eventually(lambda: office.sandbox.calls("chat.postEphemeral"), "being told")
    assert "archived" in str(told[-1]["args"])


@pytest.mark.usefixtures("impatient")
def test_a_refused_token_is_known_although_nobody_can_be_told(office: Office) -> None:
    office.sandbox.fail("chat.postMessage", error="token_revoked", times=1_000)
    office.slack.command("weigh silence", response_url="http://127.0.0.1:9/nobody")
    office.eventually(lambda: "token_revoked" in office.application.ready()[1], "the operator being told")


def test_what_only_draws_may_fail_without_the_app_being_unready(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> None:
        raise OSError("no fonts")

    monkeypatch.setattr("bot.views.pictures.warm", fails)
    monkeypatch.setattr("bot.slack.outbox.WARM_AFTER_SECONDS", 0.0)
    office.application.outbox.stop()
    office.application.outbox.start()
    office.eventually(office.application.outbox._warming.trouble, "the failure")
    assert office.application.ready() == (True, "ready")


def test_a_file_for_which_slack_asks_to_wait_is_not_looked_at_every_second(office: Office) -> None:
    talk = office.start("weigh patience with files")
    office.sandbox.fail("files.info", status=429, retry_after=3600, times=1)
    message = office.sandbox.drop("UANA", CHANNEL, "results.csv", b"id,correct\n1,yes\n", talk.root)
    office.slack.event(message | {"type": "message", "channel": CHANNEL, "channel_type": "channel"})
    outbox = office.application.outbox

    def is_put_off() -> bool:
        due_at = outbox.record.next_due()
        return due_at is not None and (due_at - outbox.clock()).total_seconds() > 3_000

    office.eventually(is_put_off, "a long wait")
    assert office.application.ready()[0]


def test_home_says_why_a_thread_shows_no_more(office: Office) -> None:
    talk = office.start("weigh homes")
    asked = talk.question()
    office.sandbox.fail("chat.postMessage", error="is_archived", times=1_000)
    office.slack.click(asked, button(asked, "Yes"))
    office.eventually(lambda: office.application.outbox.refused() == {"is_archived": 1}, "the refusal")
    assert office.slack.event({"type": "app_home_opened", "user": "UANA", "tab": "home"})[0] == 200
    shown = str(office.sandbox.calls("views.publish")[-1]["args"])
    assert "weigh homes" in shown
    assert "Slack does not take the newest of it" in shown
    assert "I keep trying" in shown
