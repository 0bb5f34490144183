"""Replies that are edited or deleted after they were read: each way in which that can come, and what it leads to."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.support.alone import TASK, Alone, words
from tests.support.deliveries import ANA, BEN, BOT, CHANNEL, TEAM, button, buttons_of, unique
from tests.support.office import Office, Talk
from tests.support.settled import settled_talk


def stamp(seconds: float = 0.0) -> str:
    return f"{time.time() + seconds:.6f}"


def typed(talk: Talk, text: str, user: str = ANA) -> str:
    """Type a reply; its ts."""
    talk.office.quiet()
    ts = stamp()
    assert talk.say(text, user=user, ts=ts)[0] == 200
    talk.office.quiet()
    return ts


def version(talk: Talk, ts: str, text: str, user: str = ANA, **more: Any) -> dict[str, Any]:
    return {"type": "message", "user": user, "text": text, "ts": ts, "thread_ts": talk.root, **more}


def edit(
    talk: Talk,
    ts: str,
    before: str | None,
    text: str,
    *,
    at: str | None = None,
    user: str = ANA,
    **more: Any,
) -> dict[str, Any]:
    """Deliver Slack's event of an edit."""
    mark = {"user": user, "ts": at or stamp()}
    event = {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "channel": CHANNEL,
        "channel_type": "channel",
        "ts": stamp(),
        "message": version(talk, ts, text, user, **({"edited": mark} | more)),
    }
    if before is not None:
        event["previous_message"] = version(talk, ts, before, user)
    assert talk.office.slack.event(event)[0] == 200
    talk.office.quiet()
    return event


def delete(talk: Talk, ts: str, text: str, user: str = ANA) -> None:
    event = {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "channel": CHANNEL,
        "channel_type": "channel",
        "ts": stamp(),
        "deleted_ts": ts,
        "previous_message": version(talk, ts, text, user),
    }
    assert talk.office.slack.event(event)[0] == 200
    talk.office.quiet()


def told(talk: Talk) -> list[str]:
    """What the app said of edits and deletions, oldest first."""
    said = (m["text"] for m in talk.messages() if m.get("bot_id"))
    return [
        text.replace("\u2068", "").replace("\u2069", "")
        for text in said
        if "edited" in text or "deleted" in text
    ]


def asked_for_the_prompt(office: Office) -> Talk:
    talk = office.start(unique("sort letters "))
    assert talk.press("Yes")[0] == 200
    return talk


def test_an_edit_that_says_something_else_changes_the_answer_and_says_so(office: Office) -> None:
    talk = asked_for_the_prompt(office)
    ts = typed(talk, "yes, with 12 examples")
    edit(talk, ts, "yes, with 12 examples", "yes, with 2 examples")
    assert talk.answers("prompt_examples") == [12, 2]
    assert talk.consultation.answers[-1].author == ANA
    assert talk.consultation.answers[-1].how == "typed"
    assert told(talk) == [f"<@{ANA}> edited a reply. Thorough prompt: 12 examples → 2 examples"]


def test_an_edit_of_a_slip_of_the_pen_is_met_with_silence(office: Office) -> None:
    talk = asked_for_the_prompt(office)
    ts = typed(talk, "yes, with 12 exampels")
    before = talk.consultation.answers, len(talk.messages())
    edit(talk, ts, "yes, with 12 exampels", "Yes, with 12 examples.")
    assert (talk.consultation.answers, len(talk.messages())) == before


def test_an_edit_that_cannot_be_read_keeps_the_answer_and_says_so_once(office: Office) -> None:
    talk = asked_for_the_prompt(office)
    ts = typed(talk, "yes, with 12 examples")
    edit(talk, ts, "yes, with 12 examples", "the abbot keeps bees")
    edit(talk, ts, "the abbot keeps bees", "the abbot keeps many bees")
    assert talk.answers("prompt_examples") == [12]
    [said] = told(talk)
    assert "cannot read it as an answer any more. The answer stays:" in said
    assert "12 examples" in said
    edit(talk, ts, "the abbot keeps many bees", "7 examples")
    assert talk.answers("prompt_examples") == [12, 7]


def test_an_answer_whose_message_is_gone_can_be_taken_back_with_a_button(office: Office) -> None:
    talk = asked_for_the_prompt(office)
    ts = typed(talk, "yes, with 12 examples")
    delete(talk, ts, "yes, with 12 examples")
    delete(talk, ts, "yes, with 12 examples")
    assert talk.answers("prompt_examples") == [12]
    [said] = told(talk)
    assert said.startswith(f"A reply of <@{ANA}> was deleted. The answer stays:")
    note = next(m for m in talk.messages() if "was deleted" in m["text"])
    assert office.slack.click(note, button(note, "Take it back"))[0] == 200
    office.quiet()
    assert talk.answers("prompt_examples")[-1] == {"taken_back": True}
    note = next(m for m in talk.messages() if m["ts"] == note["ts"])
    assert buttons_of(note) == []


def test_a_tombstone_is_a_deletion_too(office: Office) -> None:
    talk = asked_for_the_prompt(office)
    ts = typed(talk, "yes, with 12 examples")
    tomb = {"type": "message", "subtype": "tombstone", "user": "USLACKBOT", "hidden": True, "ts": ts}
    event = {
        "type": "message",
        "subtype": "message_changed",
        "channel": CHANNEL,
        "channel_type": "channel",
        "ts": stamp(),
        "message": tomb | {"text": "This message was deleted."},
        "previous_message": version(talk, ts, "yes, with 12 examples"),
    }
    assert office.slack.event(event)[0] == 200
    office.quiet()
    assert len(told(talk)) == 1
    edit(talk, ts, "yes, with 12 examples", "no", at=stamp(5))
    assert talk.answers("prompt_examples") == [12]


def test_a_deleted_message_that_answered_nothing_is_let_go(office: Office) -> None:
    talk = asked_for_the_prompt(office)
    ts = typed(talk, "thanks, Ben")
    delete(talk, ts, "thanks, Ben")
    assert told(talk) == []


def test_an_unfolded_link_and_a_counted_reply_are_no_edits(office: Office) -> None:
    talk = asked_for_the_prompt(office)
    text = "yes, with 12 examples, see https://acme.example/prompt"
    ts = typed(talk, text)
    before = talk.consultation.answers, len(talk.messages())
    edit(talk, ts, text, text, edited=None, attachments=[{"text": "A prompt with 3 examples"}])
    edit(talk, ts, text, text)
    assert (talk.consultation.answers, len(talk.messages())) == before


def test_an_edit_that_comes_twice_counts_once_and_one_that_comes_late_not_at_all(office: Office) -> None:
    talk = asked_for_the_prompt(office)
    ts = typed(talk, "yes, with 12 examples")
    early, late = stamp(1), stamp(2)
    edit(talk, ts, "20 examples", "30 examples", at=late)
    office.slack.again()
    edit(talk, ts, "yes, with 12 examples", "20 examples", at=early)
    assert talk.answers("prompt_examples") == [12, 30]
    assert len(told(talk)) == 1


def test_a_late_edit_does_not_undo_one_that_went_back_to_the_first_words(office: Office) -> None:
    talk = asked_for_the_prompt(office)
    ts = typed(talk, "yes, with 12 examples")
    edit(talk, ts, "yes, with 20 examples", "yes, with 12 examples", at=stamp(2))
    edit(talk, ts, "yes, with 12 examples", "yes, with 20 examples", at=stamp(1))
    assert talk.answers("prompt_examples") == [12]


def test_the_first_words_of_an_edited_reply_count_no_more_should_they_come_last(office: Office) -> None:
    talk = asked_for_the_prompt(office)
    office.quiet()
    ts = stamp()
    edit(talk, ts, "yes, with 12 examples", "yes, with 30 examples")
    talk.say("yes, with 12 examples", ts=ts)
    office.quiet()
    assert talk.answers("prompt_examples") == [30]


def test_the_edit_of_a_reply_that_was_not_understood_is_read_like_a_new_one(office: Office) -> None:
    talk = asked_for_the_prompt(office)
    ts = typed(talk, "the abbot keeps bees")
    edit(talk, ts, "the abbot keeps bees", "yes, with 12 examples")
    assert talk.answers("prompt_examples") == [12]
    assert talk.question()["text"].startswith("How good is it now")


def test_a_doubt_about_words_that_were_edited_is_settled_by_the_new_words(office: Office) -> None:
    talk = asked_for_the_prompt(office)
    assert talk.press("Yes, with 5 or more")[0] == 200
    doubted = "about 80 percent I think, or was it 70, and the goal may be 95"
    ts = typed(talk, doubted)
    asks = [m for m in talk.messages() if any(b["action_id"] == "right" for b in buttons_of(m))]
    edit(talk, ts, doubted, "43 of 50, we need 95%")
    assert talk.answers("eval_correct") == [43]
    assert all(not buttons_of(m) for m in talk.messages() if m["ts"] in {one["ts"] for one in asks})


def test_what_an_edited_reply_says_no_more_is_taken_back(office: Office) -> None:
    talk = asked_for_the_prompt(office)
    both = "yes, with 12 examples, and we have 400 reviewed examples"
    ts = typed(talk, both)
    assert talk.answers("labelled_examples") == [400]
    edit(talk, ts, both, "yes, with 12 examples")
    assert talk.answers("labelled_examples")[-1] == {"taken_back": True}
    assert talk.answers("prompt_examples") == [12]
    assert told(talk) == [f"<@{ANA}> edited a reply. Reviewed examples: 400 → not asked"]


def test_an_answer_that_somebody_gave_since_is_not_undone_by_an_edit(office: Office) -> None:
    talk = asked_for_the_prompt(office)
    ts = typed(talk, "yes, with 12 examples")
    typed(talk, "change the prompt examples to 40", user=BEN)
    assert talk.answers("prompt_examples") == [12, 40]
    edit(talk, ts, "yes, with 12 examples", "no, 2 examples")
    assert talk.answers("prompt_examples") == [12, 40]
    [said] = told(talk)
    assert "counts no more: the answer was changed since" in said


def test_nobody_edits_what_another_said(office: Office) -> None:
    talk = asked_for_the_prompt(office)
    ts = typed(talk, "yes, with 12 examples")
    edit(talk, ts, "yes, with 12 examples", "no, 2 examples", user=BEN)
    edit(talk, ts, "yes, with 12 examples", "no, 2 examples", edited={"user": BEN, "ts": stamp(3)})
    edit(talk, ts, "yes, with 12 examples", "no, 2 examples", bot_id="B0OTHER")
    assert talk.answers("prompt_examples") == [12]
    assert told(talk) == []


def test_after_the_decision_an_edit_changes_nothing_and_is_told_so(office: Office) -> None:
    talk = settled_talk(office)
    ts = typed(talk, "change calls a month to 300k")
    advice = next(m for m in talk.messages() if any(b["action_id"] == "accept" for b in buttons_of(m)))
    assert office.slack.click(advice, button(advice, "Accept"))[0] == 200
    office.quiet()
    before = talk.consultation.answers
    edit(talk, ts, "change calls a month to 300k", "change calls a month to 30M")
    assert talk.consultation.answers == before
    assert "Nothing in it can be changed any more" in talk.messages()[-1]["text"]


def test_the_task_stays_as_it_was_written_down(office: Office) -> None:
    task = unique("sort letters ")
    ts = office.sandbox.say(ANA, CHANNEL, f"<@{BOT}> {task}")["ts"]
    event = {"type": "app_mention", "user": ANA, "text": f"<@{BOT}> {task}", "ts": ts, "channel": CHANNEL}
    assert office.slack.event(event)[0] == 200
    talk = Talk(office, ts)
    office.quiet()
    new = f"<@{BOT}> draw maps"
    edit(talk, ts, f"<@{BOT}> {task}", new, thread_ts="")
    edit(talk, ts, new, f"<@{BOT}> draw more maps", thread_ts="")
    assert talk.consultation.task == task
    [said] = told(talk)
    assert said.startswith(
        f"The message with the task was edited. Here the task stays as it was written down: {task}"
    )


def test_without_the_history_scope_an_edited_mention_is_read_again(office: Office) -> None:
    """Slack tells of it as of a mention that has been edited."""
    talk = asked_for_the_prompt(office)
    ts = stamp()
    event = version(talk, ts, f"<@{BOT}> 12 examples") | {"type": "app_mention", "channel": CHANNEL}
    assert office.slack.event(event)[0] == 200
    office.quiet()
    assert talk.answers("prompt_examples") == [12]
    again = event | {"text": f"<@{BOT}> 30 examples", "edited": {"user": ANA, "ts": stamp()}}
    assert office.slack.event(again)[0] == 200
    office.slack.again()
    office.quiet()
    assert talk.answers("prompt_examples") == [12, 30]
    assert len(told(talk)) == 1


def test_both_events_of_an_edited_mention_count_once(office: Office) -> None:
    talk = asked_for_the_prompt(office)
    ts = typed(talk, f"<@{BOT}> 12 examples")
    at = stamp()
    edit(talk, ts, f"<@{BOT}> 12 examples", f"<@{BOT}> 30 examples", at=at)
    mark = {"edited": {"user": ANA, "ts": at}}
    event = version(talk, ts, f"<@{BOT}> 30 examples", **mark) | {"type": "app_mention", "channel": CHANNEL}
    assert office.slack.event(event)[0] == 200
    office.quiet()
    assert talk.answers("prompt_examples") == [12, 30]
    assert len(told(talk)) == 1


def test_a_not_sure_that_was_typed_can_be_edited_into_an_answer(office: Office) -> None:
    talk = asked_for_the_prompt(office)
    ts = typed(talk, "not sure")
    assert talk.answers("prompt_examples") == [None]
    edit(talk, ts, "not sure", "12 examples")
    assert talk.answers("prompt_examples") == [None, 12]


def test_the_task_of_a_shortcut_stays_too(office: Office) -> None:
    task = unique("sort stamps ")
    said = office.sandbox.say(BEN, CHANNEL, task)
    payload = {
        "type": "message_action",
        "callback_id": "decide_in_thread",
        "user": {"id": ANA, "team_id": TEAM},
        "team": {"id": TEAM},
        "channel": {"id": CHANNEL, "name": "ml-platform"},
        "message": {"ts": said["ts"], "text": task, "user": BEN},
        "trigger_id": unique("trigger."),
        "response_url": office.ear.url,
    }
    assert office.slack.interaction(payload)[0] == 200
    talk = Talk(office, said["ts"])
    office.quiet()
    edit(talk, said["ts"], task, "sort coins", user=BEN, thread_ts="")
    assert talk.consultation.task == task
    assert len(told(talk)) == 1


@pytest.mark.parametrize("in_thread", [True, False])
def test_in_a_direct_message_an_edit_is_read_again_in_the_thread_and_beside_it(
    office: Office, in_thread: bool
) -> None:
    alone = Alone(office)
    alone.say(TASK)
    ts = stamp()
    alone.say("yes", alone.card["ts"] if in_thread else "", ts=ts)
    place = {"thread_ts": alone.card["ts"]} if in_thread else {}
    was = {"type": "message", "user": ANA, "text": "yes", "ts": ts, **place}
    event = {
        "subtype": "message_changed",
        "message": was | {"text": "no", "edited": {"user": ANA, "ts": stamp()}},
        "previous_message": was,
    }
    alone.say("", user="", **event)
    given = [one.value for one in alone.consultation.answers if one.key == "data_may_leave"]
    assert given == [True, False]
    alone.say("", user="", subtype="message_deleted", deleted_ts=ts, previous_message=was | {"text": "no"})
    said = [words(one) for one in alone.thread()]
    assert sum("edited a reply." in one for one in said) == 1
    assert sum("was deleted" in one for one in said) == 1


def test_an_edit_where_there_is_no_consultation_leaves_no_trace(office: Office) -> None:
    root = office.sandbox.say(BEN, CHANNEL, "lunch?")["ts"]
    talk = Talk(office, root)
    before = len(office.sandbox.messages(CHANNEL))
    edit(talk, stamp(), "at noon", "at one")
    delete(talk, stamp(), "at one")
    assert len(office.sandbox.messages(CHANNEL)) == before
    assert office.consultations() == []


def test_a_what_if_that_was_edited_is_worked_out_anew_and_changes_nothing(office: Office) -> None:
    talk = settled_talk(office)
    before = talk.consultation.answers
    ts = typed(talk, "what if 2M calls?")
    shown = sum("What if" in m["text"] for m in talk.messages())
    edit(talk, ts, "what if 2M calls?", "what if 2M calls??")
    assert sum("What if" in m["text"] for m in talk.messages()) == shown
    edit(talk, ts, "what if 2M calls??", "what if 20M calls?")
    assert sum("What if" in m["text"] for m in talk.messages()) == shown + 1
    assert talk.consultation.answers == before


def test_a_typed_answer_is_shown_once_with_what_was_said(office: Office) -> None:
    talk = office.start(unique("sort letters "))
    typed(talk, "no")
    typed(talk, "250k a day")
    said = [m["text"].replace("\u2068", "").replace("\u2069", "") for m in talk.messages()[1:]]
    assert not any("Understood" in one for one in said)
    assert [one for one in said if "7.6M" in one and "answered by" in one] == [
        f"Calls a month: 250k a day → 7.6M calls a month (months of 30.4375 days), answered by <@{ANA}>."
    ]


def test_what_was_said_besides_is_shown_below_and_only_there(office: Office) -> None:
    talk = asked_for_the_prompt(office)
    typed(talk, "yes, with 12 examples, and we have 400 reviewed examples")
    said = [m["text"].replace("\u2068", "").replace("\u2069", "") for m in talk.messages()[1:]]
    assert [one for one in said if "12 examples" in one] == [
        f"Thorough prompt: 12 examples, answered by <@{ANA}>."
    ]
    assert [one for one in said if "400" in one] == ["Understood: 400 reviewed examples"]


def test_an_answer_that_is_corrected_in_words_stands_where_it_was_said_last(office: Office) -> None:
    talk = asked_for_the_prompt(office)
    typed(talk, "yes, with 12 examples")
    typed(talk, "change the prompt examples to 40", user=BEN)
    said = [m["text"].replace("\u2068", "").replace("\u2069", "") for m in talk.messages()[1:]]
    assert "Thorough prompt: said anew below." in said
    assert sum("40" in one for one in said) == 1
