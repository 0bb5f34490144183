"""Questions about an advice by people who were never shown the app: each is answered, and none changes anything.

There are two sets of sixty, each by three people, judged by what each question has to be about. When they were first
tried, 11 of the first 60 were answered to the point; of the second (D, E and FQ) 26 were, once the first had been
learned from: 12 more in part, 8 beside it, and 14 met silence.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from bot.conversation.asked import what_is_asked
from tests.support.asked import AFTER, Asked, answer, questions, settled
from tests.support.office import Office

KEPT = questions()
A_FEW = ("A-Q02", "B-Q10", "D-Q06", "E-Q14", "E-Q20", "FQ-010", "FQ-014", "FQ-020")

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


@pytest.mark.parametrize("one", [q for q in KEPT if q.id in A_FEW], ids=lambda q: q.id)
def test_a_question_in_somebodys_own_words_is_answered_and_changes_nothing(
    office: Office, one: Asked
) -> None:
    ask(office, one.after, [one])


@pytest.mark.long("six score questions, each typed in the thread of an advice")
@pytest.mark.parametrize("after", AFTER)
def test_every_question_is_answered_and_none_changes_anything(office: Office, after: str) -> None:
    ask(office, after, [one for one in KEPT if one.after == after])


IN_DOUBT = "so is it like the other thing or not"
BY_THE_READER = ("E-Q20",)
"""What the reader itself understands: a change, which is only tried since it stands in a question."""


@pytest.mark.parametrize("one", KEPT, ids=lambda q: q.id)
def test_what_every_question_is_about_is_found(one: Asked) -> None:
    assert what_is_asked(one.text) is not None or one.id in BY_THE_READER


def test_in_doubt_whoever_speaks_to_the_app_is_asked_back(office: Office) -> None:
    talk = settled(office, "keep")
    assert "I am not sure what you are asking" in answer(talk, f"<@UTUNE> {IN_DOUBT}")


def test_what_is_too_long_to_be_read_asks_nothing() -> None:
    """The patterns would be at it for seconds, in the process that acknowledges clicks."""
    asked = "what would have to be different?"
    assert what_is_asked(asked) is not None
    assert what_is_asked(f"{asked} {'what would ' * 4_000}") is None


def test_talk_between_people_is_left_alone(office: Office) -> None:
    talk = settled(office, "keep")
    for text in BETWEEN_PEOPLE:
        assert answer(talk, text) == ""


BEYOND_BELIEF = (
    "1" * 1_490 + "?",
    f"is {'7' * 29} a month cheaper?",
    f"with {'6' * 30} examples then?",
    f"{'9' * 31} of {'9' * 32}?",
    f"what if 1{'0' * 60} calls?",
    f"how far from 291k to {'2' * 45}?",
)


def test_a_number_beyond_belief_breaks_nothing(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    talk = settled(office, "evaluated")
    before = talk.consultation.answers, talk.consultation.status
    for text in BEYOND_BELIEF:
        answer(talk, f"<@UTUNE> {text}")
    assert (talk.consultation.answers, talk.consultation.status) == before
    assert [one.getMessage() for one in caplog.records if one.levelname == "ERROR"] == []
