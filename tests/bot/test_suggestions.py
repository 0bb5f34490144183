"""Replies that are not plain: what they may mean stands under them as buttons; and questions about an advice."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from tests.support.deliveries import ANA, button, buttons_of, unique
from tests.support.office import Office, Talk
from tests.support.settled import SETTLED, last, settled_talk, talk_about


def newest(talk: Talk) -> dict[str, Any]:
    """The app's newest message, once everything has been shown."""
    talk.office.eventually(lambda: all(post.ts for post in talk.consultation.posts), "every message")
    return [message for message in talk.messages() if message.get("bot_id")][-1]


def asked_back(talk: Talk) -> list[dict[str, Any]]:
    """The app's messages that are meant for whoever wrote last, oldest first."""
    return [
        message for message in talk.messages() if message.get("bot_id") and f"<@{ANA}>, " in message["text"]
    ]


def labels(message: dict[str, Any]) -> list[str]:
    return [one["text"]["text"] for one in buttons_of(message) if "text" in one]


def test_a_reply_that_is_not_plain_is_settled_by_one_tap(office: Office) -> None:
    talk = office.start(unique("sort letters "))
    talk.say("the abbot would rather burn it than mail it to california")
    asked = newest(talk)
    assert "do you mean one of these?" in asked["text"]
    assert talk.answers("data_may_leave") == []
    office.slack.click(asked, button(asked, "No, the data may not leave"))
    office.quiet()
    assert talk.answers("data_may_leave") == [False]


def offered_some(office: Office) -> Talk:
    talk = office.start(unique("sort letters "))
    talk.say("the abbot would rather burn it than mail it to california")
    assert "do you mean one of these?" in newest(talk)["text"]
    return talk


def test_which_of_them_is_meant_can_be_typed(office: Office) -> None:
    talk = offered_some(office)
    likeliest = labels(newest(talk))[0]
    talk.say("the first one, please")
    office.quiet()
    assert talk.answers("data_may_leave") == [not likeliest.startswith("No")]


@pytest.mark.parametrize("text", ["the fourth one", "that one"])
def test_what_picks_none_of_them_stores_nothing(office: Office, text: str) -> None:
    talk = offered_some(office)
    talk.say(text)
    office.quiet()
    assert talk.answers("data_may_leave") == []


def test_where_every_answer_is_shown_which_of_those_suggested_is_no_answer(office: Office) -> None:
    talk = offered_some(office)
    talk.say("the prior would sooner eat the letters than post them abroad")
    assert "these are all the answers" in newest(talk)["text"]
    talk.say("the first one")
    office.quiet()
    assert talk.answers("data_may_leave") == []


@pytest.mark.parametrize("text", ["sure", "the first one"])
def test_somebody_else_s_yes_takes_nothing_that_was_offered(office: Office, text: str) -> None:
    known = {key: value for key, value in SETTLED.items() if key != "calls_per_month"}
    talk = talk_about(office, known)
    talk.say("roughly 9000 unless it rains")
    assert "do you mean this?" in newest(talk)["text"]
    talk.say(text, user="U0BEN")
    office.quiet()
    assert talk.answers("calls_per_month") == []


YESSES = pytest.mark.parametrize("text", ["yes", "Sure.", "yep, that's it", "exactly!"])


@YESSES
def test_a_plain_yes_takes_the_one_that_is_offered(office: Office, text: str) -> None:
    known = {key: value for key, value in SETTLED.items() if key != "calls_per_month"}
    talk = talk_about(office, known)
    talk.say("roughly 9000 unless it rains")
    assert "do you mean this?" in newest(talk)["text"]
    talk.say(text)
    office.quiet()
    assert talk.answers("calls_per_month") == [9_000]


@YESSES
def test_a_plain_yes_says_that_a_doubtful_reading_is_right(office: Office, text: str) -> None:
    talk = office.start(unique("sort slips "))
    talk.say("yes")
    talk.say("I think we had 12 examples last spring")
    asked = last(talk)
    assert "Did I get this right?" in asked["text"]
    talk.say(text)
    office.quiet()
    assert talk.answers("prompt_examples") == [12]
    assert buttons_of(next(m for m in talk.messages() if m["ts"] == asked["ts"])) == []


def test_yes_to_another_question_than_the_one_in_doubt_answers_that_one(office: Office) -> None:
    talk = office.start(unique("sort slips "))
    talk.say("I think we had 12 examples last spring")
    assert "Did I get this right?" in newest(talk)["text"]
    talk.say("yes")
    office.quiet()
    assert (talk.answers("data_may_leave"), talk.answers("prompt_examples")) == ([True], [])


def test_an_evaluation_that_is_offered_is_kept_as_right_answers_and_cases(office: Office) -> None:
    talk = office.start(unique("sort slips "))
    for text in ("yes", "8 examples", "out of 250 sampled 31 were sent back, 10 would be ok"):
        talk.say(text)
        office.quiet()
    asked = asked_back(talk)[-1]
    office.slack.click(asked, button(asked, "Now 219 of 250; target 96%"))
    office.quiet()
    assert talk.answers("eval_correct") == [219]
    assert talk.answers("eval_total") == [250]
    assert talk.answers("quality_target") == [0.96]


def test_after_two_misses_every_answer_is_there_and_no_sentence_comes_twice_in_a_row(office: Office) -> None:
    talk = office.start(unique("sort stamps "))
    for text in (
        "the abbot would rather burn it than mail it to california",
        "the prior would sooner eat the letters than post them abroad",
        "the cellarer would rather drown it than show it to strangers",
    ):
        talk.say(text)
        newest(talk)
    office.eventually(lambda: len(asked_back(talk)) == 3, "three answers")
    said = asked_back(talk)
    assert {"Yes", "No", "Not sure"} <= set(labels(said[1]))
    texts = [message["text"] for message in said]
    assert all(one != other for one, other in itertools.pairwise(texts))
    assert talk.answers("data_may_leave") == []


def test_a_suggestion_loses_its_buttons_once_the_question_is_answered(office: Office) -> None:
    talk = office.start(unique("sort coins "))
    talk.say("the abbot would rather burn it than mail it to california")
    asked = newest(talk)
    talk.say("yes")
    office.quiet()
    now = next(message for message in talk.messages() if message["ts"] == asked["ts"])
    assert buttons_of(now) == []


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("what would change it?", "What would change it"),
        ("what speaks against it?", "The case against"),
        ("how sure are you?", "Confidence:"),
        ("what about self-hosting?", "elf"),
        ("why not a cheaper model?", "heaper"),
        ("what does measure first mean?", "Measure first."),
        ("what did we decide before?", "ecision"),
    ],
)
def test_a_question_about_the_advice_is_answered_from_it_and_changes_nothing(
    office: Office, asked: str, told: str
) -> None:
    talk = settled_talk(office)
    before = talk.consultation.answers
    talk.say(asked)
    assert told in newest(talk)["text"]
    assert talk.consultation.answers == before
