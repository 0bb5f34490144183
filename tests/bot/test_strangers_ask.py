"""Sixty questions about an advice by people who were never shown the app: each is answered, and none changes anything.

When they were first tried, 11 of 60 were answered to the point, judged by what each has to be about.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from bot.conversation.asked import what_is_asked
from tests.support.asked import AFTER, Asked, questions
from tests.support.office import Office, Talk
from tests.support.settled import talk_about

SIXTY = questions()
A_FEW = ("A-Q02", "A-Q08", "B-Q10", "C-Q12")

BETWEEN_PEOPLE = (
    "thanks, that helps",
    "Ben, why were you not at the meeting?",
    "lunch at noon?",
    "can you send me the slides",
    "ok, I will tell Maria",
    "who is on call next week?",
    "nice chart, by the way",
    "did you see the game yesterday",
    "let us talk about it on Monday",
    "how was your weekend?",
    "I will be late, the train is stuck",
    "what time is the review?",
    "who has done the slides?",
    "did we book the room?",
    "can we move this to Tuesday",
    "what did Maria say?",
    "is the build green?",
)


def ask(office: Office, after: str, asked: Iterable[Asked]) -> None:
    """Type the questions in the thread of this advice, and look at what each is answered."""
    talk = settled(office, after)
    before = talk.consultation.answers, talk.consultation.version, talk.consultation.status
    for one in asked:
        said = answer(talk, one.text)
        assert [part for part in one.has if part not in said] == [], (one, said)
        now = talk.consultation
        assert (now.answers, now.version, now.status) == before


def settled(office: Office, after: str) -> Talk:
    talk = talk_about(office, AFTER[after])
    office.eventually(lambda: all(p.ts or p.closed for p in talk.consultation.posts), "every message")
    return talk


def answer(talk: Talk, text: str) -> str:
    """What the app says to this."""
    known = {m["ts"] for m in talk.messages()}
    assert talk.say(text)[0] == 200
    talk.office.quiet()
    new = [m["text"] for m in talk.messages() if m["ts"] not in known and m.get("bot_id")]
    return "\n".join(new).replace("\u2068", "").replace("\u2069", "")


@pytest.mark.parametrize("one", [q for q in SIXTY if q.id in A_FEW], ids=lambda q: q.id)
def test_a_question_in_somebodys_own_words_is_answered_and_changes_nothing(
    office: Office, one: Asked
) -> None:
    ask(office, one.after, [one])


@pytest.mark.long("sixty questions, each typed in the thread of an advice")
@pytest.mark.parametrize("after", AFTER)
def test_every_question_is_answered_and_none_changes_anything(office: Office, after: str) -> None:
    ask(office, after, [one for one in SIXTY if one.after == after])


@pytest.mark.parametrize("one", SIXTY, ids=lambda q: q.id)
def test_what_every_question_is_about_is_found(one: Asked) -> None:
    assert what_is_asked(one.text) is not None


def test_talk_between_people_is_left_alone(office: Office) -> None:
    talk = settled(office, "keep")
    for text in BETWEEN_PEOPLE:
        assert answer(talk, text) == ""
