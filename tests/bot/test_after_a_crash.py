"""What a crash between sending a message and noting it leaves behind: looked for, brought up to date, or closed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.app import utc_now
from bot.conversation.replies import Act
from bot.conversation.standing import READING_TIME, standing_of
from bot.decision_log.records import UNSAID
from bot.decision_log.scope import Scope
from bot.slack import showing
from bot.slack.checks import texts
from bot.slack.web_api import MESSAGES_A_PAGE
from bot.views.thread import draw
from tests.support.deliveries import ANA, BEN, BOT, CHANNEL, TEAM, button, buttons_of, unique
from tests.support.office import Office, Talk
from tests.support.sandbox_client import SandboxClient


def forget(talk: Talk, what: str) -> None:
    """As if the app had been killed before it noted that its newest message of a kind was sent."""
    posts = [p for p in talk.consultation.posts if p.what == what]
    with talk.office.application.record.writing(TEAM) as tx:
        scope, id_ = Scope.of_workspace(TEAM), talk.consultation.id
        tx.change_post(scope, id_, posts[-1].id, ts=None, shown=None)
        tx.touch(TEAM, id_, utc_now())
    talk.office.application.outbox.wake()


@pytest.fixture
def history(sandbox: SandboxClient) -> Iterator[None]:
    """The app may read what was written."""
    granted = sandbox.scopes()
    sandbox.scopes(*granted, "channels:history", "groups:history")
    yield
    sandbox.scopes(*granted)


@pytest.fixture
def no_history(sandbox: SandboxClient) -> Iterator[None]:
    """The app may not read what was written."""
    granted = sandbox.scopes()
    sandbox.scopes(*(scope for scope in granted if not scope.endswith(":history")))
    yield
    sandbox.scopes(*granted)


def copies(talk: Talk, text: str) -> list[dict[str, Any]]:
    return [m for m in talk.messages() if text in m["text"]]


@pytest.mark.usefixtures("history")
def test_a_message_is_found_again_behind_more_than_a_page_of_others(office: Office) -> None:
    talk = office.start("sort mushrooms")
    for number in range(MESSAGES_A_PAGE + 5):
        office.sandbox.say(BEN, CHANNEL, f"chat {number}", talk.root)
    talk.press("Yes")
    office.quiet()
    forget(talk, "question")
    office.quiet()
    assert len(talk.open_questions()) == 1


@pytest.mark.usefixtures("history")
def test_a_message_that_is_found_again_shows_what_holds_now(office: Office) -> None:
    talk = office.start("sort ferns")
    asked = talk.question()
    office.application.outbox.stop()
    forget(talk, "question")
    office.slack.click(asked, button(asked, "Yes"))
    office.application.outbox.start()
    office.quiet()
    assert "answered by" in next(m["text"] for m in talk.messages() if m["ts"] == asked["ts"])
    assert len(talk.open_questions()) == 1


@pytest.mark.usefixtures("no_history")
def test_without_history_a_question_comes_twice_and_one_answer_closes_both(office: Office) -> None:
    talk = office.start("sort mosses")
    forget(talk, "question")
    office.quiet()
    first, second = talk.open_questions()
    assert buttons_of(first)[0]["value"] == buttons_of(second)[0]["value"]
    office.slack.click(first, button(first, "Yes"))
    office.quiet()
    assert talk.answers("data_may_leave") == [True]
    assert len(copies(talk, "came twice")) == 1
    assert len(talk.open_questions()) == 1


@pytest.mark.usefixtures("no_history")
def test_the_stale_copy_closes_when_it_is_pressed_after_the_answer(office: Office) -> None:
    talk = office.start("sort lichens")
    forget(talk, "question")
    office.quiet()
    stale, second = talk.open_questions()
    office.slack.click(second, button(second, "Yes"), user=BEN)
    office.quiet()
    office.slack.click(stale, button(stale, "No"))
    office.quiet()
    assert talk.answers("data_may_leave") == [True]
    assert f"<@{BEN}>" in office.ear.told[-1]["text"]
    assert [m["ts"] for m in copies(talk, "came twice")] == [stale["ts"]]


def card_twice(office: Office, task: str, **values: Any) -> tuple[str, Talk]:
    """The stale copy of a card, as a crash leaves it that came between posting and noting it; and the talk.

    ``values``: answers that were given along with the task. A card without any has no buttons.
    """
    office.quiet()
    office.application.outbox.stop()
    act = Act(TEAM, CHANNEL, ANA, unique("started "), utc_now())
    office.application.outbox.conversation.start(act, task, values=values)
    [found] = [c for c in office.consultations() if c.task == task]
    stands = standing_of(found, utc_now())
    card = draw(stands, stands.posts[0])
    assert card is not None
    stale = office.application.outbox.slack.post(CHANNEL, card, nonce=found.posts[0].nonce)
    with office.application.record.writing(TEAM) as tx:
        tx.change_post(Scope.of_workspace(TEAM), found.id, found.posts[0].id, tried=True)
    office.application.outbox.start()
    newest = office.eventually(lambda: (c := office.card(task)) and c["ts"] != stale and c, "the second card")
    talk = Talk(office, newest["ts"])
    talk.question()
    return stale, talk


def mention(office: Office, thread: str, text: str) -> str:
    """Mention the app in a thread, as both of its events; the ts of it."""
    ts = office.sandbox.say(ANA, CHANNEL, f"<@{BOT}> {text}", thread)["ts"]
    event = {"user": ANA, "text": f"<@{BOT}> {text}", "ts": ts, "channel": CHANNEL, "thread_ts": thread}
    for kind in ("app_mention", "message"):
        event |= {"type": kind, "channel_type": "channel", "parent_user_id": BOT}
        assert office.slack.event(event)[0] == 200
    return ts


def whispered(office: Office, thread: str) -> list[str]:
    """What one person alone was shown there, as it is drawn."""
    told = [m["blocks"] for m in office.sandbox.messages(CHANNEL, thread) if m["ephemeral_to"] == ANA]
    return ["\n".join(texts(blocks)) for blocks in told]


@pytest.mark.usefixtures("no_history")
def test_what_is_said_under_a_stale_card_counts_once_somebody_pressed_it(office: Office) -> None:
    stale, talk = card_twice(office, "sort corals", prompt_examples=12)
    old = next(m for m in office.sandbox.messages(CHANNEL) if m["ts"] == stale)
    office.slack.click(old, buttons_of(old)[0], user=BEN)
    office.quiet()
    assert "came twice" in next(m["text"] for m in office.sandbox.messages(CHANNEL) if m["ts"] == stale)
    before = len(office.sandbox.messages(CHANNEL, stale))
    mention(office, stale, "yes, it may")
    office.quiet()
    assert talk.answers("data_may_leave") == [True]
    assert any("answered by" in m["text"] for m in talk.messages()[1:])
    assert len(office.sandbox.messages(CHANNEL, stale)) == before + 1
    assert len(office.consultations()) == 1


@pytest.mark.usefixtures("no_history")
def test_a_task_under_a_known_stale_card_starts_no_second_consultation(office: Office) -> None:
    stale, talk = card_twice(office, "sort sponges", prompt_examples=12)
    old = next(m for m in office.sandbox.messages(CHANNEL) if m["ts"] == stale)
    office.slack.click(old, buttons_of(old)[0])
    office.quiet()
    mention(office, stale, "sort sponges by colour")
    office.quiet()
    assert [c.id for c in office.consultations()] == [talk.consultation.id]


@pytest.mark.usefixtures("no_history")
@pytest.mark.parametrize("text", ["yes, it may leave", ""])
def test_a_mention_under_a_stale_card_is_told_where_to_go_on(office: Office, text: str) -> None:
    task = f"sort shells {text}"
    stale, talk = card_twice(office, task.strip())
    mention(office, stale, text)
    office.quiet()
    [told] = whispered(office, stale)
    assert "old copy" in told
    assert f"https://slack.com/archives/{CHANNEL}/p{talk.root.replace('.', '')}" in told
    assert [c.id for c in office.consultations()] == [talk.consultation.id]
    assert talk.consultation.answers == ()


@pytest.mark.usefixtures("no_history")
def test_where_two_may_be_meant_no_link_is_given(office: Office) -> None:
    stale, _ = card_twice(office, "sort crabs")
    office.start("sort lobsters")
    mention(office, stale, "yes, it may leave")
    [told] = whispered(office, stale)
    assert "old copy" in told
    assert "slack.com/archives" not in told
    assert len(office.consultations()) == 2


@pytest.mark.usefixtures("no_history")
def test_the_log_can_be_asked_under_a_stale_card(office: Office) -> None:
    stale, _ = card_twice(office, "sort snails")
    mention(office, stale, "log")
    [told] = whispered(office, stale)
    assert "decisions" in told


@pytest.mark.usefixtures("no_history")
def test_the_shortcut_on_a_stale_card_starts_nothing(office: Office) -> None:
    stale, talk = card_twice(office, "sort slugs")
    old = next(m for m in office.sandbox.messages(CHANNEL) if m["ts"] == stale)
    pressed = {
        "type": "message_action",
        "callback_id": "decide_in_thread",
        "trigger_id": unique("trigger."),
        "response_url": office.ear.url,
        "user": {"id": ANA},
        "team": {"id": TEAM},
        "channel": {"id": CHANNEL},
        "message": {"type": "message", "user": BOT, "ts": stale, "text": old["text"]},
    }
    assert office.slack.interaction(pressed)[0] == 200
    assert "old copy" in office.ear.told[-1]["text"]
    assert [c.id for c in office.consultations()] == [talk.consultation.id]


def test_a_mention_under_somebody_else_s_message_starts_a_consultation_there(office: Office) -> None:
    root = office.sandbox.say(BEN, CHANNEL, "how shall we sort stars?")["ts"]
    event = {"type": "app_mention", "user": ANA, "text": f"<@{BOT}> sort stars", "channel": CHANNEL}
    office.slack.event(event | {"ts": f"{float(root) + 1:.6f}", "thread_ts": root, "parent_user_id": BEN})
    office.quiet()
    assert [c.root_ts for c in office.consultations()] == [root]


def lost_twice(office: Office, task: str) -> Talk:
    """A talk whose first question was sent twice, and both answers lost: it stands there twice."""
    office.sandbox.fail("chat.postMessage", status=500, after=True, about="data_may_leave", times=2)
    office.slack.command(task, response_url=office.ear.url)
    talk = Talk(office, office.eventually(lambda: office.card(task), "the card")["ts"])
    office.eventually(lambda: office.application.outbox.refused() == {UNSAID: 1}, "a message is held back")
    office.sandbox.mend()
    return talk


@pytest.mark.usefixtures("no_history")
def test_a_message_that_may_stand_there_twice_is_not_sent_a_third_time(office: Office) -> None:
    talk = lost_twice(office, "sort wracks")
    office.application.outbox.wake()
    time.sleep(0.5)
    assert len(talk.open_questions()) == 2
    [asked] = [p for p in talk.consultation.posts if p.what == "question"]
    assert (asked.ts, asked.tried, asked.refused) == (None, True, UNSAID)
    assert office.slack.event({"type": "app_home_opened", "user": ANA, "tab": "home"})[0] == 200
    assert "did not say whether it took the newest" in str(office.sandbox.calls("views.publish")[-1]["args"])


@pytest.mark.usefixtures("no_history")
def test_the_press_of_a_message_that_is_held_back_tells_where_it_is(office: Office) -> None:
    talk = lost_twice(office, "sort laminaria")
    first, second = talk.open_questions()
    office.slack.click(second, button(second, "Yes"))
    office.quiet()
    assert talk.answers("data_may_leave") == [True]
    assert second["ts"] in [m["ts"] for m in copies(talk, "answered by")]
    assert not copies(talk, "came twice")
    office.slack.click(first, button(first, "No"), user=BEN)
    office.quiet()
    assert talk.answers("data_may_leave") == [True]
    assert [m["ts"] for m in copies(talk, "came twice")] == [first["ts"]]


@pytest.mark.usefixtures("no_history")
def test_a_form_that_is_opened_on_a_message_that_is_held_back_tells_where_it_is(office: Office) -> None:
    office.sandbox.fail("chat.postMessage", status=500, after=True, about="prompt_examples", times=2)
    talk = office.start("sort agar")
    talk.press("Yes")
    office.eventually(lambda: office.application.outbox.refused() == {UNSAID: 1}, "a message is held back")
    first, _second = [
        m for m in talk.messages() if any("prompt_examples" in b["action_id"] for b in buttons_of(m))
    ]
    form = next(b for b in buttons_of(first) if b["action_id"].startswith("form:"))
    office.slack.click(first, form)
    office.quiet()
    asked = [p for p in talk.consultation.posts if p.what == "question"][-1]
    assert asked.ts == first["ts"]


@pytest.mark.usefixtures("no_history")
def test_a_question_that_is_held_back_is_given_up_once_it_is_answered_elsewhere(office: Office) -> None:
    talk = lost_twice(office, "sort carrageen")
    mention(office, talk.root, "yes, the data may leave")
    office.quiet()
    assert talk.answers("data_may_leave") == [True]
    assert next(p for p in talk.consultation.posts if p.what == "question").closed
    stale = talk.open_questions()[0]
    office.slack.click(stale, button(stale, "No"), user=BEN)
    office.quiet()
    assert talk.answers("data_may_leave") == [True]
    assert "answered by" in next(m["text"] for m in talk.messages() if m["ts"] == stale["ts"])


@pytest.mark.usefixtures("no_history")
def test_a_message_that_is_held_back_comes_after_a_while_when_nobody_touches_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(showing, "HELD_BACK", timedelta(seconds=4))
    talk = lost_twice(office, "sort nori")
    office.quiet()
    assert len(talk.open_questions()) == 3


@pytest.mark.usefixtures("no_history")
def test_what_slack_surely_did_not_take_is_sent_as_often_as_it_needs(office: Office) -> None:
    office.sandbox.fail("chat.postMessage", error="service_unavailable", about="data_may_leave", times=2)
    talk = office.start("sort wakame")
    office.quiet()
    assert len(talk.open_questions()) == 1
    asked = next(p for p in talk.consultation.posts if p.what == "question")
    assert asked.refused is None


@pytest.mark.usefixtures("history")
def test_with_history_nothing_is_held_back(office: Office) -> None:
    office.sandbox.fail("chat.postMessage", status=500, about="data_may_leave", times=2)
    talk = office.start("sort kombu")
    office.quiet()
    assert len(talk.open_questions()) == 1


def test_a_reply_to_a_question_that_was_sent_but_not_noted_is_an_answer_to_it(office: Office) -> None:
    talk = office.start("sort barks")
    office.quiet()
    office.application.outbox.stop()
    forget(talk, "question")
    found = talk.consultation
    touched = found.touched_at
    soon, later = (touched + timedelta(seconds=s) for s in (0.5, float(READING_TIME) + 0.5))
    standing = standing_of(found, touched)
    assert standing.asked_when(f"{soon.timestamp():.6f}") is None
    assert standing.asked_when(f"{later.timestamp():.6f}") == "data_may_leave"


@pytest.mark.usefixtures("no_history")
@pytest.mark.parametrize("knows", [True, False])
def test_a_post_whose_answer_was_lost_stands_once_where_slack_knows_repetitions(
    office: Office, knows: bool
) -> None:
    office.sandbox.settings(knows_repetitions=knows)
    office.sandbox.fail("chat.postMessage", status=500, after=True, times=1, every=2)  # the first question
    office.slack.command("sort kelps")
    office.quiet()
    cards = [m for m in office.sandbox.messages(CHANNEL) if "sort kelps" in m["text"]]
    questions = [m for card in cards for m in office.sandbox.messages(CHANNEL, card["ts"])[1:]]
    assert len(cards) + len(questions) == (2 if knows else 3)
    assert len({m["client_msg_id"] for m in (*cards, *questions)}) == 2


@pytest.mark.usefixtures("no_history")
@pytest.mark.parametrize("word", ["duplicate_message_not_found", "invalid_arguments"])
def test_where_slack_does_not_take_the_id_of_a_repetition_the_message_goes_without(
    office: Office, word: str
) -> None:
    office.sandbox.fail("chat.postMessage", error=word, about="client_msg_id", times=100)
    talk = office.start("sort dulses")
    assert [m["client_msg_id"] for m in talk.messages()] == [None, None]
    assert all(m["blocks"] for m in talk.messages()), "and as it is"
