"""Questions answered by what stands in the thread: why, why not, its figures, its words, and what was before."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

import pytest

from bot.conversation.replies import Act
from bot.conversation.whys import asked_whether, why_asked
from bot.conversation.words_used import word_asked
from tests.support.asked import AFTER, BELOW, answer, settled
from tests.support.deliveries import ANA, CHANNEL, TEAM, button
from tests.support.office import Office, Talk
from tests.support.settled import advice_of

TRIED_SHORTLY = {"data_may_leave": True, "prompt_examples": [0, 4], "calls_per_month": 9_000}
BEFORE: Mapping[str, Mapping[str, Any]] = {
    "answer letters about broken bicycles": TRIED_SHORTLY,
    "sort museum postcards by region": BELOW | {"misses": "labels"},
}
LEADS: Mapping[str, Mapping[str, str]] = {
    "keep": {
        "why on earth stay with the prompt, please": "Keep prompting: Cost is the only reason left to tune",
        "shouldn't it be trained on our eight binders of old replies?": (
            "Because examples to learn from are not what is missing; what decides is the costs at your volume."
        ),
        "what is wrong with just renting the small cheap model?": (
            "Because you answered that the cheaper model does not reach the target."
        ),
        "we are at 250k and both meet at 291k, why is that not near enough?": (
            "At 291k calls a month “Fine-tune: Nova Micro on AWS” and “Prompt, cached: GPT-6.1 Terra” cost the same"
        ),
        "what is the 13,204 for?": "$13,204 is spent once, before the first call",
        "so it is the money that it all comes down to, right?": "Yes. Cost is the only reason left to tune",
        "is it only about the speed?": "No, it is not that you cannot wait weeks for each change that decides",
        "whose defaults are those, did anybody here say them?": "Nobody here gave them:",
        "what is Nova Micro?": "Nova Micro on AWS is the small model that would be trained on your examples",
        "what does paid back mean": "What is spent once, up front, is paid back when",
    },
    "facts": {
        "could we not teach it all of our manuals once and be done?": "what it lacks is facts",
        "retrieval is what, in words for the porter": "Looking it up: for each question your documents are searched",
    },
    "disagree": {
        "what do you mean, two people each alone?": "Two people each say what the right result is for the same cases",
    },
    "collect": {
        "why is 50 the number, who needs that many": "50 reviewed examples are the least",
        "79 or less keeps prompting and 93 or more does as well, is that a typo?": "No mistake: both lead to",
    },
    "wait": {
        "it is 84 and we want 93, and nothing changes? I don't understand it": "It is not that 84% is good enough",
        "our archive has forty thousand old ones, can't it learn from those": "you cannot wait weeks for each change",
    },
    "selfhost": {
        "why not use the chat program that my daughter has": "Because the data may not leave",
        "why prompt it and not train it right away?": "Because the same open model, only prompted, costs less",
    },
    "evaluated": {
        "the 67 and the 89, where do they come from": "It is how far chance alone can move the score of 50 cases.",
        "146 more, why so many?": "146 more is worked out from the share right so far",
    },
    "unsure": {
        "why is there no verdict, what did we not tell you": "Two answers are still open",
        "why does it lean, if nothing is known?": "There is no verdict yet, only a leaning",
    },
}
"""What each question is answered first, after which advice."""
NO_WHY = (
    "why is the confidence so low",
    "what did we decide before?",
    "say we had 900 examples, why would that not do?",
)
NO_WORD = ("how much does the cache save", "what would it take to tune", "compare the cheaper model")


@pytest.mark.parametrize("after", LEADS)
def test_the_first_sentence_answers_what_was_asked(office: Office, after: str) -> None:
    talk = settled(office, after)
    before = talk.consultation.answers, talk.consultation.version
    for text, lead in LEADS[after].items():
        said = answer(talk, text)
        assert lead in said.partition("\n")[0], (text, said)
        assert len(said.splitlines()) <= 10, said
    assert (talk.consultation.answers, talk.consultation.version) == before


@pytest.mark.parametrize("text", NO_WHY)
def test_what_asks_for_something_else_is_no_why(text: str) -> None:
    assert why_asked(text, None) is None


def test_a_why_does_not_ask_whether_it_is_one_thing_alone() -> None:
    assert asked_whether("is it only the money?") is not None
    assert asked_whether("why is it only the money?") is None


@pytest.mark.parametrize("text", NO_WORD)
def test_what_is_asked_of_a_word_need_not_be_its_meaning(text: str) -> None:
    assert word_asked(text) is None


def test_what_asks_without_a_mark_is_not_taken_for_an_answer(office: Office) -> None:
    talk = settled(office, "keep")
    before = talk.consultation.answers
    assert answer(talk, "15 examples of what") != ""
    assert talk.consultation.answers == before


def begun(office: Office, task: str, values: Mapping[str, Any]) -> Talk:
    """A consultation on this task, with these answers."""
    act = Act(TEAM, CHANNEL, ANA, f"started {uuid.uuid4()}", datetime.datetime.now(datetime.UTC))
    office.application.outbox.conversation.start(act, task, values=values)
    card = office.eventually(lambda: office.card(task), "the card")
    office.quiet()
    talk = Talk(office, card["ts"])
    office.eventually(lambda: all(p.ts or p.closed for p in talk.consultation.posts), "every message")
    return talk


def decided(office: Office) -> None:
    """Two decisions of before, each as it was advised."""
    for task, values in BEFORE.items():
        advice = advice_of(begun(office, task, values))
        assert office.slack.click(advice, button(advice, "Accept"))[0] == 200
        office.quiet()


def test_an_earlier_decision_that_is_named_is_held_against_this_one(office: Office) -> None:
    decided(office)
    talk = begun(office, "reply to hotel guests", AFTER["keep"])
    said = answer(talk, "is that the same as with the bicycles?")
    assert said.startswith("No, another outcome: “Prompt first” there, “Keep prompting” here.")
    assert "Where they part: Thorough prompt: there 0 to 4 examples, here at least 5 examples." in said
    assert "no reason was written down" in said
    said = answer(talk, "the postcards got a training, what is different with us")
    assert said.startswith("Another outcome: “Fine-tune” there")
    assert "Where they part: Quality: there now 84%, target 93%, here now 95%, target 90%." in said
    same = begun(office, "reply to letters of museum visitors", TRIED_SHORTLY)
    said = answer(same, "bicycles were the same, weren't they?")
    assert said.startswith("Yes, the same outcome: “Prompt first” in both.")
    assert "Both rest on the same answer. Thorough prompt: 0 to 4 examples." in said


def test_what_the_decision_was_about_may_be_what_this_task_is_about_too(office: Office) -> None:
    decided(office)
    talk = begun(office, "sort the postcards of hotel guests", AFTER["keep"])
    said = answer(talk, "did we not settle something about postcards earlier, and was it the same answer?")
    assert said.startswith("No, another outcome: “Fine-tune” there, “Keep prompting” here.")
    said = answer(talk, "has our team ever had a case in which examples had to be collected first?")
    assert said.startswith(
        "No: none of the 2 earlier decisions in this channel came out as “Collect examples first”."
    )


def test_where_none_is_named_those_that_were_made_are_listed(office: Office) -> None:
    decided(office)
    talk = begun(office, "reply to hotel guests", AFTER["keep"])
    said = answer(talk, "was there ever a case here that got this answer?")
    assert said.startswith(
        "No: none of the 2 earlier decisions in this channel came out as “Keep prompting”."
    )
    assert "sort museum postcards by region: Fine-tune" in said
    assert answer(talk, "has this channel ever gone for fine-tuning?").startswith("Yes: 1 earlier decision")
    said = answer(talk, "did we decide anything on parking permits before?")
    assert said.startswith("No decision in this channel has “parking permits” in it.")
    assert "answer letters about broken bicycles: Prompt first" in said


@pytest.mark.parametrize(
    "text",
    [
        "did the bike shop open yet?",
        "has the post already been?",
        "who else is coming to the museum on Sunday?",
    ],
)
def test_talk_that_names_what_was_decided_on_is_left_alone(office: Office, text: str) -> None:
    decided(office)
    talk = begun(office, "reply to hotel guests", AFTER["keep"])
    assert answer(talk, text) == ""
