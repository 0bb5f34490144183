"""Questions about a situation, and facts told in words: each is answered from the advice, and changes nothing."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.conversation.asked import what_is_asked
from bot.conversation.by_kind import Question
from tests.support.asked import answer, settled
from tests.support.office import Office

KINDS = (
    ("which of my answers threw out the hosted option?", "removed"),
    ("was it legal's no that ruled out the cloud?", "removed"),
    ("if we just carry on as now for three months, how much do we lose", "waiting 3"),
    ("what does it cost us to leave everything as it is until next year?", "waiting 12"),
    ("can we keep prompting for now and train it next spring?", "both"),
    ("list the grounds for this, the weightiest first please", "weighed"),
    ("our DPO is slow on the data question. what if it comes back as a no?", "skipped data_may_leave"),
    ("how can tuning cost more over the first year if every request is cheaper?", "first_year"),
    ("explain the options to me as if I was a baker, with the prices", "options"),
    ("our quality has been stuck at 88 since june, so how does that help", "stuck 88"),
    ("is the hosting in that price?", "counted hardware"),
    ("the setup cost, what goes into it?", "parts up_front"),
    ("what is the up-front sum of the self-hosted one made of", "parts up_front self_hosted"),
    (
        "your first year figure for the training, where did you get it from, what is in it?",
        "parts first_year",
    ),
    ("the monthly figure, how did you get to it", "parts month"),
    ("what should I write into the prompt before we measure again", "steps"),
    ("are our own weekends in the table, when we copy all those prices?", "counted"),
    (
        "what do we pay for the self-hosted box before the first letter runs through it",
        "parts up_front self_hosted",
    ),
    (
        "is the clerks' time in the one-off sum, does it include that or only the training job?",
        "parts up_front",
    ),
    ("does the monthly figure contain the bank fees", "counted"),
    ("where did you get the number of examples that we need, out of a hat?", "enough source"),
    ("how many more reviewed letters are missing before you would let us train", "enough"),
    ("if I leave it alone and go on as always, what is the harm", "waiting"),
    ("and if nobody touches anything and we carry on as before, do we lose money?", "waiting"),
    ("how many answers must my clerk check until you trust the score?", "measuring"),
    ("when do I get my money back from the training?", "payback"),
    ("plead against yourself as the other side's lawyer, against this advice", "against"),
    ("if we gave it the catalogue, how much more accurate would it be, in percent?", "quality gain"),
    ("havent we been through this last summer, with the parking permits?", "similar parking permits"),
    (
        "did someone not try this in march with the museum labels, why was it dropped, is that in line with now",
        "similar try museum labels",
    ),
    ("how is the payback calculated, I get another result on paper", "payback"),
    ("months to break even: give me the formula and its inputs, you never told us", "payback"),
    ("which single answer would overturn the whole thing if it is wrong?", "weighed"),
    ("how often do our raters have to be of the same opinion", "disagreement"),
    ("do the old drafts count towards your number of examples?", "question labelled_examples"),
    ("we have 20 checked letters and get 8 more every week, when are we there", "question labelled_examples"),
    ("and what happens if we just don't?", "waiting"),
    ("our price list changes every 3 weeks, was that counted?", "counted changes week 3"),
    ("the graphic cards, did you count them in the selfhosted row", "counted hardware"),
    ("where does the self-hosted price come from? we're at 2,000 letters a month", "parts self_hosted"),
    ("from where comes the payback, is our 22% rebate in it", "payback"),
    (
        "you say the contrary in one line, and the vendor swore two hours long that a trained model knows all of our "
        "manuals by heart, with nothing to maintain, so why should we not believe him, having the time and the money",
        "why",
    ),
    ("what is the price in the second row made of", "parts row2"),
    ("our data team says teach it the prices, and I have no argument. can you give me one?", "why"),
    (
        "my director wants them side by side: the prompt with the cache on versus the tiny model",
        "compare prompt_cached cheaper",
    ),
)
TOLD: Mapping[str, Mapping[str, str]] = {
    "collect": {
        "where did you get the number of examples that we need?": "a threshold of this app, from OpenAI",
        "suppose Rosa labels another 300 by easter, what do you say then": "What if: 330 reviewed examples",
        "if it was 300 instead of 30, would that do": "What if: 300 reviewed examples",
        "my team checks another 25 this month. does it matter?": "What if: 55 reviewed examples",
    },
    "wait": {
        "say the client is happy with 80 rather than 93": "What if: Target 80%",
        "management would accept 84, what then?": "What if: Target 84%",
        "our quality has been stuck at 84 since june, so how does that help": "1. Try a stronger model",
    },
    "keep": {
        "it's 2 million, not 250k. still the same advice?": "What if: 2M calls a month",
        "compare the cheaper model with the tuned one": "cost the same a month at about 3.63M calls; above that",
        "how can tuning cost more over the first year if every request is cheaper?": "$13,879 dearer",
        "what do we lose if we do nothing for half a year": "6 x $556 = $3,333",
        "is the hosting in that price?": "$3,669 of its $5,269 a month",
        "the setup cost of the training, what goes into it?": "$13,204 up front, once, is the sum of these:",
        "how much better would it get, in percent?": "No percentage can be promised",
        "explain the options to me as if I was a baker, with the prices": "$13,204 once, then $612 a month",
        "what about just handing it the price list, wouldn't that do?": "It helps where facts are missing",
    },
    "selfhost": {
        "which of my answers threw out the hosted option?": "the data may not leave",
        "is it the data rule that killed the api option?": "Yes, that answer alone",
    },
}
BETWEEN_PEOPLE = (
    "should we postpone the party?",
    "what if the pub says no",
    "I'm stuck in traffic, can you start without me?",
    "did the coach drop out or was he thrown out?",
    "do you want both, cake and coffee?",
    "my car won't get past the inspection, what now",
    "can Denise check another 2 rooms for us?",
    "what about just giving her the flowers, wouldn't that be enough?",
    "on a scale from one to ten, how was the concert",
    "does that change something for thursday",
)


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_a_situation_is_recognised(text: str, kind: str) -> None:
    found = what_is_asked(text)
    assert isinstance(found, Question)
    assert f"{found.asked} {found.of}".startswith(kind)


@pytest.mark.parametrize("after", TOLD)
def test_each_is_answered_and_changes_nothing(office: Office, after: str) -> None:
    talk = settled(office, after)
    before = talk.consultation.answers, talk.consultation.version
    for text, said in TOLD[after].items():
        assert said in answer(talk, text), text
    assert (talk.consultation.answers, talk.consultation.version) == before


def test_a_chart_that_is_asked_for_again_says_so_in_its_old_place(office: Office) -> None:
    talk = settled(office, "keep")
    assert "once more" in answer(talk, "can you post the chart again?")
    shown = "\n".join(message["text"] for message in talk.messages())
    assert "asked for again" in shown
    assert "An answer changed" not in shown


def test_talk_that_sounds_alike_is_left_alone(office: Office) -> None:
    talk = settled(office, "keep")
    for text in BETWEEN_PEOPLE:
        assert answer(talk, text) == "", text
