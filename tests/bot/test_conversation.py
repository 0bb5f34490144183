"""Whole conversations: what is typed and pressed in a thread, and what the thread shows."""

from __future__ import annotations

import time
from typing import Any

import pytest

from bot.conversation import catching_up
from tests.support.deliveries import ANA, BEN, BOT, CHANNEL, TEAM, button, buttons_of, of_ours, unique
from tests.support.office import Office, Talk, office_with


def texts(talk: Talk) -> str:
    talk.office.quiet()
    return "\n".join(message["text"] for message in talk.messages())


def submit(
    office: Office, callback_id: str, metadata: str, values: dict[str, Any], user: str = ANA
) -> tuple[int, str]:
    view = {
        "id": unique("V"),
        "hash": unique("h"),
        "type": "modal",
        "callback_id": callback_id,
        "private_metadata": metadata,
        "state": {"values": values},
        "blocks": [],
    }
    return office.slack.interaction(
        {"type": "view_submission", "team": {"id": TEAM}, "user": {"id": user, "team_id": TEAM}, "view": view}
    )


def opened_form(office: Office) -> dict[str, Any]:
    return office.sandbox.calls("views.open")[-1]


def test_a_question_turns_into_its_answer_with_its_author(office: Office) -> None:
    talk = office.start("sort parcels")
    talk.press("Yes", user=BEN)
    shown = texts(talk)
    assert f"Data may leave: \u2068Yes\u2069, answered by <@{BEN}>" in shown


def test_typed_answers_are_echoed_in_normal_form(office: Office) -> None:
    talk = office.start("price flats")
    talk.press("Yes")
    talk.say("yes, a dozen examples")
    talk.say("43 of 50, we need 95%")
    assert talk.answers("prompt_examples") == [12]
    assert (talk.answers("eval_correct"), talk.answers("eval_total")) == ([43], [50])
    assert talk.answers("quality_target") == [0.95]
    assert "43 of 50 → 86%; target 95%" in texts(talk)


@pytest.mark.parametrize(
    "text",
    [
        "yes, see <https://x.example/2024/500|our 500k report>",
        "yes (see <https://x.example/500>)",
        f"<@{BOT}> yes, as agreed: <http://wiki.example/90|wiki.example/90>",
    ],
)
def test_an_answer_with_a_link_is_an_answer(office: Office, text: str) -> None:
    talk = office.start(unique("sort letters "))
    talk.say(text)
    assert talk.answers("data_may_leave") == [True]
    assert {record.key for record in talk.consultation.answers} == {"data_may_leave"}


def test_an_answer_in_the_words_of_a_link_is_asked_about(office: Office) -> None:
    talk = office.start("sort cards")
    talk.say("<https://x.example/policy|yes>")
    assert talk.answers("data_may_leave") == []
    assert "Did I get this right?" in texts(talk)
    doubtful = next(m for m in talk.messages() if any(b["action_id"] == "right" for b in buttons_of(m)))
    office.slack.click(doubtful, button(doubtful, "Right"))
    assert talk.answers("data_may_leave") == [True]


def test_a_doubtful_reading_is_stored_only_after_right(office: Office) -> None:
    talk = office.start("match jobs")
    talk.press("Yes")
    talk.say("500 users x 20 examples each per day")
    talk.office.quiet()
    doubtful = [m for m in talk.messages() if any(b["action_id"] == "right" for b in buttons_of(m))]
    assert talk.answers("prompt_examples") == []
    if doubtful:
        office.slack.click(doubtful[-1], button(doubtful[-1], "Right"))
        talk.office.quiet()
        assert len(talk.consultation.answers) > 1


def test_small_talk_is_left_alone(office: Office) -> None:
    talk = office.start("spot spam")
    before = len(talk.messages())
    talk.say("good morning everyone")
    talk.say("thanks!")
    office.quiet()
    assert len(talk.messages()) == before


@pytest.mark.parametrize("text", ["", " ", "\u200b\u200b", "\ufeff"])
def test_a_message_without_words_is_left_alone(office: Office, text: str) -> None:
    talk = office.start(unique("spot cats "))
    before = len(talk.messages())
    talk.say(text)
    office.quiet()
    assert len(talk.messages()) == before


def test_a_picture_without_words_is_left_alone(office: Office) -> None:
    talk = office.start("spot dogs")
    ts = office.sandbox.drop("Ana", CHANNEL, "dog.png", b"\x89PNG", talk.root)["ts"]
    before = len(talk.messages())
    picture = {"id": "F0DOG", "name": "dog.png", "size": 4, "filetype": "png"}
    event = {
        "type": "message",
        "subtype": "file_share",
        "user": ANA,
        "text": "",
        "ts": ts,
        "files": [picture],
    }
    office.slack.event(event | {"channel": CHANNEL, "channel_type": "channel", "thread_ts": talk.root})
    office.quiet()
    assert len(talk.messages()) == before


@pytest.mark.parametrize("text", [f"<@{BOT}>", f" <@{BOT}> \u200b "])
def test_the_app_called_by_its_name_alone_says_what_it_waits_for(office: Office, text: str) -> None:
    talk = office.start(unique("spot birds "))
    talk.press("Yes")
    talk.office.quiet()
    before = len(talk.messages())
    talk.say(text, kind="app_mention")
    office.quiet()
    [told] = talk.messages()[before:]
    assert "I am waiting for an answer to this: Have you tried a thorough prompt" in told["text"]
    assert "nothing to read" not in told["text"]


def test_the_app_called_by_its_name_alone_after_the_advice_says_what_can_be_said(office: Office) -> None:
    talk = office.start("spot fish")
    talk.until_advised("Skip the rest")
    before = len(talk.messages())
    talk.say(f"<@{BOT}>", kind="app_mention")
    office.quiet()
    [told] = talk.messages()[before:]
    assert "What you can say here" in told["text"]


def test_back_takes_the_last_answer_back_and_asks_it_again(office: Office) -> None:
    talk = office.start("find duplicates")
    talk.press("Yes")
    talk.press("No")
    talk.say("back")
    assert "Have you tried a thorough prompt" in talk.question()["text"]
    assert talk.answers("prompt_examples")[-1] == {"taken_back": True}


def test_change_by_text_replaces_an_answer_and_keeps_the_old_one_in_the_log(office: Office) -> None:
    talk = office.start("write captions")
    talk.press("Yes")
    talk.press("Yes, with 5 or more")
    talk.say("change examples to 3")
    office.quiet()
    assert talk.answers("prompt_examples") == [[5, None], 3]


@pytest.mark.parametrize("words", ["why do you ask?", "help", "summary", "explain the cost", "why?"])
def test_every_command_gets_an_answer_and_changes_nothing(office: Office, words: str) -> None:
    talk = office.start(f"sum up meetings {words}")
    talk.press("Yes")
    office.quiet()
    before, answers = len(talk.messages()), talk.consultation.answers
    talk.say(words)
    office.quiet()
    assert len(talk.messages()) == before + 1
    assert talk.consultation.answers == answers


def test_start_over_takes_everything_back_and_asks_from_the_top(office: Office) -> None:
    talk = office.start("clean addresses")
    talk.press("Yes")
    talk.press("Yes, with 5 or more")
    talk.say("start over")
    assert "May this data be sent" in talk.question()["text"]
    assert talk.answers("data_may_leave") == [True, {"taken_back": True}]


def test_stop_sets_it_aside_and_an_answer_takes_it_up_again(office: Office) -> None:
    talk = office.start("flag fraud")
    talk.press("Yes")
    talk.say("stop")
    office.quiet()
    assert talk.consultation.status == "set_aside"
    assert talk.open_questions() == []
    card = talk.messages()[0]
    office.slack.click(card, button(card, "Take it up again"))
    assert "thorough prompt" in talk.question()["text"]


def test_not_sure_is_an_answer_and_skip_the_rest_leads_to_advice(office: Office) -> None:
    talk = office.start("grade code")
    talk.press("Not sure")
    assert talk.answers("data_may_leave") == [None]
    advice = talk.until_advised("Skip the rest")
    assert "Measure first" in advice["text"]


def test_not_sure_after_somebody_else_s_answer_is_told_and_changes_nothing(office: Office) -> None:
    talk = office.start("sort late doubts")
    asked = talk.question()
    office.slack.click(asked, button(asked, "Yes"))
    office.slack.click(asked, button(asked, "Not sure"), user=BEN)
    assert talk.answers("data_may_leave") == [True]
    assert "Yes" in office.ear.told[-1]["text"]


def test_the_verdict_is_priced_before_the_advice_is_given(office: Office) -> None:
    talk = office.start("detect languages")
    talk.press("Yes")
    talk.press("No")
    assert "only prices the options" in talk.question()["text"]
    advice = talk.until_advised("Under 100,000")
    assert "Prompt first" in advice["text"]
    assert "$" in advice["text"]


def test_accepting_numbers_the_decision_and_the_log_finds_it(office: Office) -> None:
    talk = office.start("classify support tickets finely")
    talk.press("No")
    advice = talk.until_advised("Over 1 million")
    assert office.slack.click(advice, button(advice, "Accept"), user=BEN)[0] == 200
    office.quiet()
    assert talk.consultation.decision is not None
    number = talk.consultation.decision.number
    assert "finely" in office.slack.command("log")[1]
    shown = office.slack.command(f"show {number}")[1]
    assert "finely" in shown
    assert "Accept" not in {b["text"]["text"] for m in talk.messages() for b in buttons_of(m)}
    assert "No decision" in office.slack.command(f"show {number}", channel_id="CSUPPORT")[1] or "not" in shown


def test_deciding_otherwise_needs_a_reason(office: Office) -> None:
    talk = office.start("rewrite titles")
    talk.press("Yes")
    talk.press("No")
    advice = talk.until_advised("Not sure")
    office.slack.click(advice, button(advice, "We decided otherwise…"))
    assert talk.consultation.decision is None


def test_an_answer_after_the_decision_changes_nothing(office: Office) -> None:
    talk = office.start("transcribe calls")
    talk.press("Yes")
    talk.press("No")
    advice = talk.until_advised("Not sure")
    stale = talk.messages()[1]
    office.slack.click(advice, button(advice, "Accept"))
    office.quiet()
    answers = talk.consultation.answers
    office.slack.say(f"<@{BOT}> change data may leave to no", talk.root, kind="app_mention")
    for pressed in buttons_of(stale):
        office.slack.click(stale, pressed)
    office.quiet()
    assert talk.consultation.answers == answers


def test_a_changed_answer_changes_the_advice_in_place(office: Office) -> None:
    talk = office.start("extract totals")
    talk.press("Yes")
    talk.press("No")
    first = talk.until_advised("Not sure")
    talk.say("change data may leave to no")
    office.quiet()
    again = next(m for m in talk.messages() if m["ts"] == first["ts"])
    assert "in-house" in again["text"]


def test_it_goes_on_after_a_restart(office: Office) -> None:
    talk = office.start("suggest replies")
    talk.press("Yes")
    talk.question()
    office.application.outbox.stop()
    office.application.close()
    later = office_with(office.sandbox, office.ear, office.application.settings.database_url)
    later.application.outbox.start()
    resumed = Talk(later, talk.root)
    resumed.press("Yes, with 5 or more")
    assert "How good is it now" in resumed.question()["text"]
    assert len(resumed.messages()) == 4
    later.application.outbox.stop()


def test_a_model_without_a_price_is_refused_in_a_sentence(office: Office) -> None:
    talk = office.start("guess genres")
    talk.press("Yes")
    talk.say("change model to frobnicator-9000b")
    office.quiet()
    assert not any(record.key == "assumptions.model" for record in talk.consultation.answers)


def test_a_mention_asks_the_log_where_it_has_the_form_of_a_question(office: Office) -> None:
    said = office.sandbox.say(ANA, CHANNEL, "@Tune or Prompt what did we decide about tickets?")
    event = {"type": "app_mention", "user": ANA, "text": f"<@{BOT}> what did we decide about tickets?"}
    office.slack.event({**event, "ts": said["ts"], "channel": CHANNEL})
    office.quiet()
    assert office.consultations() == []
    assert office.sandbox.calls("chat.postEphemeral")


def test_a_message_in_a_thread_without_a_consultation_leaves_no_trace(office: Office) -> None:
    office.slack.say("yes", "1600000000.000100")
    with office.application._engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM seen WHERE key <> 'probe'").scalar() == 0


def test_the_start_form_takes_answers_along_with_the_task(office: Office) -> None:
    metadata = of_ours({"channel": CHANNEL, "tell": office.ear.url})
    office.slack.command("")
    values = {
        "task": {"value": {"type": "plain_text_input", "value": "sort form letters"}},
        "choice:data_may_leave": {"value": {"type": "radio_buttons", "selected_option": {"value": "yes"}}},
        "number:calls_per_month": {"value": {"type": "plain_text_input", "value": "80k"}},
    }
    assert submit(office, "start_form", metadata, values) == (200, "")
    card = office.eventually(lambda: office.card("sort form letters"))
    talk = Talk(office, card["ts"])
    office.quiet()
    assert talk.answers("calls_per_month") == [80000]
    assert talk.answers("data_may_leave") == [True]


def test_an_empty_task_in_the_form_is_asked_again(office: Office) -> None:
    values = {"task": {"value": {"type": "plain_text_input", "value": "   "}}}
    _, body = submit(office, "start_form", of_ours({"channel": CHANNEL}), values)
    assert "errors" in body
    assert office.consultations() == []


def test_a_nudge_comes_once_after_a_day_of_silence(office: Office) -> None:
    talk = office.start("route parcels")
    office.quiet()
    import datetime

    tomorrow = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1, minutes=1)
    for _ in range(2):
        for silent in office.application.record.silent_since(tomorrow - datetime.timedelta(days=1)):
            catching_up.nudge(office.application.record, silent, datetime.datetime.now(datetime.UTC))
    office.application.outbox.wake()
    office.quiet()
    time.sleep(0.2)
    assert sum(f"<@{ANA}>" in m["text"] and "wait" in m["text"].lower() for m in talk.messages()[1:]) <= 1
    assert talk.consultation.nudged


def test_a_typed_answer_that_comes_a_moment_too_late_is_told_what_the_answer_is(office: Office) -> None:
    talk = office.start("sort receipts by shop")
    office.quiet()
    talk.press("Yes", user=BEN)
    asked = talk.messages()[1]
    office.slack.say("no", talk.root, ts=f"{float(asked['ts']) + 0.01:.6f}")
    assert f"<@{BEN}> answered this" in texts(talk)
    assert talk.answers("data_may_leave") == [True]


def test_an_answer_that_comes_before_its_question_is_seen_is_asked_about_and_not_lost(office: Office) -> None:
    talk = office.start("sort parcels by weight")
    talk.press("Yes", user=BEN)
    question = talk.question()
    a_moment_before = f"{float(question['ts']) - 0.01:.6f}"
    office.slack.say("haha, nice weather", talk.root, ts=f"{float(question['ts']) - 0.02:.6f}", user=BEN)
    office.quiet()
    assert "Did I get this right" not in texts(talk)
    office.slack.say("yes, twelve", talk.root, ts=a_moment_before, user=BEN)
    office.quiet()
    assert talk.answers("prompt_examples") == []
    asked = next(m for m in talk.messages() if "Did I get this right" in m["text"])
    assert "12 examples" in asked["text"]
    office.slack.click(asked, button(asked, "Right"), user=BEN)
    assert talk.answers("prompt_examples") == [12]


def test_without_the_history_scope_a_question_says_that_a_mention_is_needed(office: Office) -> None:
    granted = office.sandbox.scopes()
    office.sandbox.scopes("commands", "chat:write", "app_mentions:read")
    try:
        office.application.installation.look_up()
        assert "mention me with it" in office.start("sort stamps").question()["text"]
    finally:
        office.sandbox.scopes(*granted)


def test_nothing_ticked_is_asked_back_and_none_of_these_is_an_answer(office: Office) -> None:
    talk = office.start("sort seeds")
    talk.press("Yes")
    talk.press("Yes, with 5 or more")
    talk.say("96 of 100, we need 90%")
    asked = talk.question()
    assert "What would fine-tuning be for" in asked["text"]
    office.slack.click(asked, button(asked, "That is all"))
    assert "Nothing is ticked" in office.ear.told[-1]["text"]
    assert talk.answers("reasons") == []
    talk.press("None of these")
    office.quiet()
    assert talk.answers("reasons") == [[]]


def test_after_the_decision_the_thread_still_explains_but_changes_nothing(office: Office) -> None:
    talk = office.start("sort screws")
    talk.press("Yes")
    talk.press("No")
    advice = talk.until_advised("Not sure")
    office.slack.click(advice, button(advice, "Accept"))
    office.quiet()
    before = len(talk.messages())
    talk.say("why?")
    talk.say("change volume to 3M")
    office.quiet()
    said = [message["text"] for message in talk.messages()[before:]]
    assert len(said) == 2
    assert "fair try" in said[0]
    assert "Start a new" in said[1]


def test_a_change_that_cannot_be_read_is_asked_back(office: Office) -> None:
    talk = office.start("sort nails")
    talk.press("Yes")
    talk.press("No")
    talk.until_advised("Not sure")
    before = len(talk.messages())
    talk.say("change foo to bar")
    office.quiet()
    assert len(talk.messages()) == before + 1


def test_a_passing_trouble_of_slack_is_waited_out(office: Office) -> None:
    talk = office.start("sort bolts")
    office.sandbox.fail("chat.postMessage", error="internal_error", times=1)
    talk.press("Yes")
    assert "thorough prompt" in talk.question()["text"]
