"""A direct message to the app: somebody thinks alone, seen by nobody else, and takes it to a channel."""

from __future__ import annotations

import json

import pytest

from bot.app import utc_now
from bot.conversation.alone import take_along
from bot.conversation.replies import Act, Done, Refused
from bot.decision_log.scope import Scope
from bot.views import ids
from tests.support.alone import TASK, Alone, chosen, words
from tests.support.deliveries import ANA, BEN, CHANNEL, TEAM, button, buttons_of, unique
from tests.support.logged import answered, decide, home, mentioned, pressed
from tests.support.office import Office
from tests.support.sandbox_client import labels
from tests.support.settled import SETTLED

UNINVITED = "CGENERAL"


@pytest.fixture
def alone(office: Office) -> Alone:
    return Alone(office)


@pytest.fixture
def open_one(alone: Alone) -> Alone:
    """She has begun."""
    alone.say(TASK)
    return alone


# A conversation like any other


def test_a_task_starts_a_card_with_its_thread(open_one: Alone) -> None:
    assert "Only you see this" in words(open_one.card)
    assert "May this data be sent" in open_one.thread()[1]["text"]
    assert "type it here" in words(open_one.thread()[1])


def test_what_is_typed_in_its_thread_is_an_answer(open_one: Alone) -> None:
    open_one.say("yes, and we tried a dozen examples", open_one.card["ts"])
    given = {one.key: (one.value, one.author, one.how) for one in open_one.consultation.answers}
    assert given == {"data_may_leave": (True, ANA, "typed"), "prompt_examples": (12, ANA, "typed")}


def test_what_is_typed_beside_the_thread_is_an_answer_too(open_one: Alone) -> None:
    open_one.say("43 of 50, we need 95%")
    assert {one.key for one in open_one.consultation.answers} == {
        "eval_correct",
        "eval_total",
        "quality_target",
    }
    assert "I took that for “sort the complaints”" in open_one.told()


def test_a_question_to_the_log_is_answered_with_ones_own_decisions(office: Office, alone: Alone) -> None:
    decide(office, "route the mail")
    decide(office, "hush, this is Ben's", by=BEN)
    alone.say("what did we decide?")
    assert "route the mail" in alone.told()
    assert "hush" not in alone.told()
    alone.say("help")
    assert "works out with your team" in alone.told()
    alone.say("show 1")
    assert "route the mail" in alone.told()
    alone.say("how many decisions were accepted?")
    assert "1 decision" in alone.told()


@pytest.mark.parametrize("said", ["hi", "thanks", "hello there", "👋", "why", "80k a month"])
def test_small_talk_gets_a_kind_word_on_what_to_write(alone: Alone, said: str) -> None:
    alone.say(said)
    assert "Tell me in a few words what the model should do" in alone.told()
    assert alone.office.consultations() == []


def test_small_talk_while_something_is_open_says_where_to_go_on(open_one: Alone) -> None:
    open_one.say("thanks")
    assert "“sort the complaints” is open" in open_one.told()
    assert open_one.consultation.answers == ()


def test_the_same_message_twice_starts_one(open_one: Alone) -> None:
    assert open_one.office.slack.again()[0] == 200
    open_one.office.quiet()
    assert len(open_one.office.consultations()) == 1


def test_the_command_works_there_too(office: Office, alone: Alone) -> None:
    assert office.slack.command(TASK, channel_id=alone.channel, channel_name="directmessage") == (200, "")
    office.quiet()
    assert "Only you see this" in words(alone.card)


def test_two_others_are_not_written_to(office: Office) -> None:
    place = {"channel_id": "D0OTHERS", "channel_name": "directmessage", "response_url": office.ear.url}
    assert office.slack.command(TASK, **place) == (200, "")
    office.quiet()
    assert "Write to me directly" in office.ear.told[-1]["text"]
    assert TASK in office.ear.told[-1]["text"]


def test_thanks_in_the_thread_changes_nothing(open_one: Alone) -> None:
    before = len(open_one.thread())
    open_one.say("thanks", open_one.card["ts"])
    assert open_one.consultation.answers == ()
    assert [one["text"] for one in open_one.thread()[before:] if one["user"] != ANA] == []


def test_a_file_beside_the_thread_is_read_for_it(open_one: Alone) -> None:
    rows = "correct\n" + "yes\n" * 43 + "no\n" * 7
    sandbox, place = open_one.office.sandbox, open_one.channel
    file = sandbox.drop(ANA, place, "results.csv", rows.encode())["files"][0]
    open_one.say("", files=[file])
    open_one.office.eventually(lambda: open_one.consultation.answers, "the file's answers")
    assert {one.key: one.value for one in open_one.consultation.answers} == {
        "eval_correct": 43,
        "eval_total": 50,
    }


# Without the scope


@pytest.fixture
def deaf(office: Office) -> Alone:
    """The optional scope im:history is not granted."""
    office.sandbox.scopes("commands", "chat:write", "app_mentions:read", "channels:history")
    office.application.installation.look_up()
    return Alone(office)


def opens_messages(alone: Alone) -> None:
    event = {
        "type": "app_home_opened",
        "user": ANA,
        "channel": alone.channel,
        "tab": "messages",
        "event_ts": "1.1",
    }
    assert alone.office.slack.event(event)[0] == 200


def test_it_says_once_that_it_hears_nothing_there(deaf: Alone) -> None:
    for _ in range(3):
        opens_messages(deaf)
    [said] = deaf.all()
    assert "im:history" in said["text"]
    with deaf.office.application.record.writing() as tx:
        tx.forget_seen(utc_now())
    opens_messages(deaf)
    assert len(deaf.all()) == 1


def test_it_says_so_again_if_slack_did_not_take_it(deaf: Alone) -> None:
    deaf.office.sandbox.fail("chat.postMessage", error="internal_error", times=1)
    event = {
        "type": "app_home_opened",
        "user": ANA,
        "channel": deaf.channel,
        "tab": "messages",
        "event_ts": "1.1",
    }
    assert deaf.office.slack.event(event)[0] == 503
    opens_messages(deaf)
    assert len(deaf.all()) == 1


def test_questions_there_do_not_ask_to_be_typed(deaf: Alone) -> None:
    deaf.office.slack.command(TASK, channel_id=deaf.channel, channel_name="directmessage")
    deaf.office.quiet()
    asked = words(deaf.thread()[1])
    assert "type it here" not in asked
    assert "mention me" not in asked


def test_where_it_hears_it_says_nothing_unasked(alone: Alone) -> None:
    opens_messages(alone)
    assert alone.all() == []
    assert "write to me under Messages" in str(home(alone.office))


def test_the_home_does_not_promise_what_it_cannot(deaf: Alone) -> None:
    assert "under Messages" not in str(home(deaf.office))


# Taken to a channel


def test_it_goes_on_in_the_channel_with_the_answers(open_one: Alone) -> None:
    open_one.say("yes, and we tried a dozen examples", open_one.card["ts"])
    assert open_one.take_to(CHANNEL) == {}
    office, before = open_one.office, open_one.consultation
    there = office.card(TASK)
    assert there is not None
    with office.application.record.reading(TEAM) as tx:
        found = tx.in_thread(Scope.of_channel(TEAM, CHANNEL), there["ts"])
    assert found is not None
    kept = [[(a.key, a.value, a.author, a.how) for a in one.answers] for one in (found, before)]
    assert kept[0] == kept[1]
    assert "(@Ana)" in words(there) or f"<@{ANA}>" in words(there)
    assert open_one.channel not in json.dumps(office.sandbox.messages(CHANNEL)), "nothing private is linked"
    assert "How good is it now" in office.sandbox.messages(CHANNEL, there["ts"])[-1]["text"]


def test_the_one_in_the_direct_message_is_closed_and_leads_there(open_one: Alone) -> None:
    assert open_one.take_to(CHANNEL) == {}
    there = open_one.office.card(TASK)
    assert there is not None
    assert open_one.consultation.status == "moved"
    link = f"https://slack.com/archives/{CHANNEL}/p{there['ts'].replace('.', '')}"
    assert "Taken to a channel" in words(open_one.card)
    assert link in words(open_one.card)
    assert labels(open_one.card) == []
    assert all(buttons_of(one) == [] for one in open_one.thread()), "nothing is asked here any more"
    open_one.say("43 of 50", open_one.card["ts"])
    assert open_one.consultation.answers == ()
    assert link in words(open_one.thread()[-1])
    assert [one.channel for one in open_one.office.consultations()] == [CHANNEL]


def test_what_is_advised_is_advised_there_at_once(office: Office, alone: Alone) -> None:
    conversation = office.application.outbox.conversation
    conversation.start(Act(TEAM, alone.channel, ANA, unique("key"), utc_now()), TASK, values=SETTLED)
    office.quiet()
    assert any("Only you see this" in words(one) for one in alone.thread())
    assert alone.take_to(CHANNEL) == {}
    there = office.card(TASK)
    assert there is not None
    assert "Accept" in labels(there)
    assert "Take it to a channel…" not in labels(there)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("not_in_channel", "/invite @Tune or Prompt there, then press “Take it to a channel…” once more"),
        ("is_archived", "This channel is archived"),
        ("restricted_action", "Only some people may post in this channel"),
    ],
)  # fmt: skip
def test_a_channel_that_refuses_is_told_and_nothing_is_lost(open_one: Alone, word: str, said: str) -> None:
    open_one.say("yes", open_one.card["ts"])
    open_one.office.sandbox.fail("chat.postMessage", error=word, times=1)
    assert open_one.take_to(CHANNEL) == {}
    assert said in words(open_one.thread()[-1])
    assert "Nothing is lost" in words(open_one.thread()[-1])
    assert open_one.consultation.status == "open"
    assert len(open_one.consultation.answers) == 1
    assert open_one.take_to(CHANNEL) == {}
    assert open_one.consultation.status == "moved"


def test_without_an_invitation_it_stays_where_it_is(open_one: Alone) -> None:
    assert open_one.take_to(UNINVITED) == {}
    assert "I'm not in this channel" in words(open_one.thread()[-1])
    assert "Take it to a channel…" in labels(open_one.card)
    assert [one.channel for one in open_one.office.consultations()] == [open_one.channel]


def test_a_direct_message_is_no_channel(open_one: Alone) -> None:
    assert open_one.take_to(open_one.channel) == {
        ids.CHANNEL: "That is a direct message. Please choose a channel."
    }


def test_of_two_forms_one_takes_it(open_one: Alone) -> None:
    first, second = open_one.form(), open_one.form()
    assert chosen(open_one.office, first, CHANNEL) == {}
    assert "was taken to" in chosen(open_one.office, second, "CSUPPORT")[ids.CHANNEL]
    assert open_one.office.card(TASK, "CSUPPORT") is None


def test_the_form_of_another_takes_nothing(open_one: Alone) -> None:
    assert "I cannot find that" in chosen(open_one.office, open_one.form(), CHANNEL, BEN)[ids.CHANNEL]
    assert open_one.office.card(TASK) is None


def test_what_is_answered_while_it_is_on_its_way_goes_along(open_one: Alone) -> None:
    open_one.office.sandbox.fail("chat.postMessage", status=429, retry_after=1, times=1)
    form = open_one.form()
    conversation = open_one.office.application.outbox.conversation
    act = Act(TEAM, open_one.channel, ANA, unique("key"), utc_now(), direct=True)
    assert isinstance(take_along(conversation, act, open_one.consultation.id, CHANNEL), Done)
    late = Act(TEAM, open_one.channel, ANA, unique("key"), utc_now(), direct=True)
    conversation.answer(
        late, open_one.consultation.id, "data_may_leave", {"data_may_leave": True}, seen=0, how="button"
    )
    open_one.office.quiet()
    there = open_one.office.card(TASK)
    assert there is not None
    with open_one.office.application.record.reading(TEAM) as tx:
        found = tx.in_thread(Scope.of_channel(TEAM, CHANNEL), there["ts"])
    assert found is not None
    assert [(one.key, one.value) for one in found.answers] == [("data_may_leave", True)]
    assert "was taken to" in chosen(open_one.office, form, CHANNEL)[ids.CHANNEL]


# Seen by nobody else


def test_nobody_else_finds_it(office: Office, alone: Alone) -> None:
    conversation = office.application.outbox.conversation
    conversation.start(Act(TEAM, alone.channel, ANA, unique("key"), utc_now()), TASK, values=SETTLED)
    office.quiet()
    pressed(
        office, ids.ACCEPT, button(alone.card, "Accept")["value"], channel=alone.channel, is_ephemeral=False
    )
    office.quiet()
    assert alone.consultation.status == "decided"
    for asked in ("log", "log complaints", "show 1", "stats", "export json"):
        for user in (ANA, BEN):
            assert TASK not in words(answered(office, asked, user=user))
        other = f"D{BEN[1:]}"
        assert TASK not in words(
            answered(office, asked, user=BEN, channel_id=other, channel_name="directmessage")
        )
    assert TASK not in words(mentioned(office, "what did we decide about complaints?"))
    assert TASK not in str(home(office, BEN))
    mine = str(home(office, ANA))
    assert TASK in mine
    assert "your direct message with me" in mine
    assert TASK in words(answered(office, "log", channel_id=alone.channel, channel_name="directmessage"))


def test_nobody_else_presses_or_takes_it(open_one: Alone) -> None:
    conversation = open_one.office.application.outbox.conversation
    stolen = open_one.consultation.id
    for channel in (CHANNEL, f"D{BEN[1:]}"):
        act = Act(TEAM, channel, BEN, unique("key"), utc_now(), direct=channel.startswith("D"))
        assert take_along(conversation, act, stolen, "CSUPPORT") == Refused("not_here")
        told = pressed(
            open_one.office,
            ids.TAKE_ALONG,
            json.dumps({"c": stolen}),
            user=BEN,
            channel=channel,
            is_ephemeral=False,
        )
        assert "I cannot find that" in words(told or {})
    assert open_one.office.sandbox.messages("CSUPPORT") == []
