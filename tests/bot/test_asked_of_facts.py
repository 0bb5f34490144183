"""Questions that carry or doubt a fact, or name an option, a cost or an earlier decision: answered, never stored."""

from __future__ import annotations

import re

import pytest

from bot.conversation.changed import told_in
from bot.conversation.named import compared, options_in, thing_in, topic_in
from bot.conversation.on_record import sought_in
from bot.conversation.supposing import in_digits, plain_words
from tests.support.asked import answer, settled
from tests.support.deliveries import button
from tests.support.office import Office
from tests.support.settled import advice_of

CARRIED = (
    ("collect", "we now have 2000 more checked orders. does that change something", "2,030 reviewed examples"),
    ("keep", "I made a mistake before, it's 900 a week and not 900 a month. does that matter?", "3.9k calls a month"),
    ("keep", "we may double the volume by christmas, does that flip it?", "500k calls a month"),
    ("keep", "our volume will drop by half after the merger, is it still the same advice?", "125k calls a month"),
    ("tune", "legal just told me data cant leave the building after all. now what", "the data may not leave"),
    ("selfhost", "If legal lets us send the data after all, does your answer change?", "the data may leave"),
    ("tune", "my boss says he will not wait weeks for any change, is it still the right thing?", "we cannot wait"),
    ("keep", "what if 1 million more calls a month", "1.25M calls a month"),
)  # fmt: skip
"""After which advice, what is asked, and what is tried of it."""

DOUBTED = (
    (
        "keep",
        "The quality number I gave was only from my feeling. Is the advice then worthless?",
        "Quality now",
    ),
    ("keep", "I said 250k a month but forgot the holidays, does it matter?", "Calls a month"),
)

ABOUT_ONE = (
    ("disagree", "Why does it matter that my two colleagues can't agree on a grade?", "no model can be right for both"),
    ("wait", "does the wait of some weeks really kill it? our script changes each monday", "Yes: Fine-tune"),
    ("collect", "how many more examples need we collect that it is worth it", "20 more are needed"),
    ("collect", "how many more checked letters are missing until you say yes?", "20 more are needed"),
    ("keep", "is 650 letters too little or what", "650 reviewed examples are enough"),
    ("selfhost", "we host it ourselves on two gpus, did you count that electricity and my time", "no line of its own"),
    ("keep", "does the price contain VAT", "no line for taxes"),
    ("selfhost", "is the second machine for outages in there?", "for 1 replica: when one stops, nothing answers"),
    ("tune", "our codes get amended every month, did you take that into account?", "12 a year, which is not counted"),
    ("keep", "cheap model with our prompt vs tuned small one, which wins", "less than Fine-tune: Nova Micro on AWS"),
    ("keep", "where did you get the 250,000 calls from?", "It is an answer of yours"),
    ("keep", "the 13,204, how is it put together", "what is spent once, up front"),
    ("unsure", "on which points were you guessing because I did not know", "Not known"),
    ("keep", "which numbers are defaults?", "Assumed by me"),
    ("unsure", "I left the waiting question open, would it have made a difference?", "It matters"),
)  # fmt: skip

NOT_OURS = (
    "we had 40 people at the meetup, does that change the room?",
    "i made a mistake, the meeting is at 9 not 10, does that matter?",
    "did you count the chairs",
    "are 5 pizzas enough",
    "why is the canteen so expensive",
    "nice chart, by the way",
)


def as_before(talk, text):
    """What is said to this; nothing is stored by it."""
    before = talk.consultation.answers, talk.consultation.version, talk.consultation.status
    said = answer(talk, text)
    now = talk.consultation
    assert (now.answers, now.version, now.status) == before
    assert "null when" not in said
    return said


@pytest.mark.parametrize(("after", "text", "tried"), CARRIED, ids=[text for _, text, _ in CARRIED])
def test_a_fact_in_a_question_is_tried_and_can_be_taken_over(office: Office, after, text, tried):
    talk = settled(office, after)
    said = as_before(talk, text)
    assert "What if" in said
    assert tried in said
    assert "Nothing was changed" in said


@pytest.mark.parametrize(
    ("after", "text", "part"), [*DOUBTED, *ABOUT_ONE], ids=[t for _, t, _ in (*DOUBTED, *ABOUT_ONE)]
)
def test_a_question_about_one_fact_is_answered_from_the_advice(office: Office, after, text, part):
    assert part in as_before(settled(office, after), text)


def test_a_number_in_a_question_without_a_mark_is_never_stored(office: Office):
    talk = settled(office, "keep")
    assert as_before(talk, "would 75 reviewed cases be too little to begin with")


def test_talk_that_sounds_alike_is_left_alone(office: Office):
    talk = settled(office, "keep")
    for text in NOT_OURS:
        assert as_before(talk, text) == "", text


def test_whoever_speaks_to_the_app_is_always_answered(office: Office):
    talk = settled(office, "keep")
    for text in ("and the weather?", "the cat sat on the mat", "is 9 a lucky number"):
        assert answer(talk, f"<@UTUNE> {text}")


def test_what_was_decided_on_a_thing_is_looked_for_by_its_words(office: Office):
    decided = settled(office, "keep")
    advice = advice_of(decided)
    assert office.slack.click(advice, button(advice, "Accept"))[0] == 200
    office.quiet()
    asking = settled(office, "tune")
    said = as_before(asking, "what did we decide on the ticket clusters thing back in spring?")
    assert "on “ticket clusters”" in said
    assert f"#{decided.consultation.decision.number} {decided.consultation.task}" in said
    assert asking.consultation.task not in said
    assert "Decided by <@" in said
    none = as_before(asking, "what did we decide on the parking fines thing?")
    assert "No decision in this channel has “parking fines” in it" in none


def test_the_chart_stands_once_more_when_it_is_asked_for(office: Office):
    talk = settled(office, "keep")
    said = as_before(talk, "can you put the picture of the costs here again please")
    assert "once more" in said
    assert "Cost a month by calls a month" in said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "we now have 2000 more checked orders. does that change something",
            "we now have 2000 more checked orders",
        ),
        (
            "So my number of mails was wrong, it's 700 per day not 70. Still the same advice?",
            "it's 700 per day",
        ),
        ("I said 120 a day but forgot the holidays, does it matter?", "forgot the holidays"),
    ],
)
def test_what_is_told_is_told_apart_from_what_is_asked(text, told):
    assert told in told_in(text)
    assert not re.search(r"not 70|120|does", told_in(text))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("cheap model with our prompt vs tuned small one", ("cheaper", "hosted")),
        ("compare fine tune and the prompt side by side", ("hosted", "prompt")),
        ("own servers against the small model", ("self_hosted", "cheaper")),
        ("why fine-tune at all", ()),
    ],
)
def test_exactly_the_options_that_are_named_are_compared(text, named):
    assert compared(plain_words(text)) == named


def test_what_is_named_is_found_in_other_words():
    assert topic_in("it has no access to our wiki and does not know it") == "misses:facts"
    assert thing_in("is the power bill in there") == "electricity"
    assert options_in("on our own box") == ("self_hosted",)
    assert in_digits("sixty of two hundred") == "60 of 200"


@pytest.mark.parametrize(
    ("text", "sought"),
    [
        ("what did we decide on the denial codes thing back in spring?", "denial codes"),
        ("what did we decide about this same thing?", ""),
        ("remind me what we settled for the translation of the manuals", "translation manuals"),
        (
            "My uncle recalls that we decided on the bus timetables two winters ago, is it written somewhere?",
            "bus timetables",
        ),
        (
            "didn't we land on something for the lease letters? who was in favour and on what grounds",
            "lease letters",
        ),
    ],
)
def test_the_words_that_a_decision_is_looked_for_by(text, sought):
    assert sought_in(text) == sought
