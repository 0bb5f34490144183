"""Questions that name something of their very thread: the chart, two options, the confidence, where the verdict turns.

Each is answered first with what is asked, in this thread's own figures; none changes anything.
"""

from __future__ import annotations

from typing import Any

import pytest

from bot.conversation import posts
from bot.conversation.replies import Act, TypedText
from bot.conversation.todo import ToDo
from bot.conversation.understanding import understand
from tests.support.asked import AFTER, BELOW, answer, settled
from tests.support.consulted import ANA, NOW, standing
from tests.support.office import Office

MEASURED = BELOW | {"eval_correct": 40, "eval_total": 50, "quality_target": 0.85}
STANDS = dict(AFTER) | {
    "in house": BELOW | {"data_may_leave": False},
    "prompt first": BELOW | {"prompt_examples": [0, 4]},
    "open": {key: value for key, value in MEASURED.items() if key != "quality_now"},
    "no training": AFTER["keep"] | {"data_may_leave": "answers_only", "calls_per_month": 2_500_000},
}

ABOUT = (
    ("tune", "which side of the crossing is the library on, and how far off?", "on_chart where"),
    ("keep", "at what volume do the two curves on the plot meet?", "on_chart where meet"),
    ("collect", "the plot has only two curves, where are the others?", "on_chart drawn"),
    ("keep", "what do the numbers in parentheses mean, those behind the prices?", "on_chart ranges"),
    ("tune", "do the two bands overlap anywhere?", "on_chart overlap"),
    ("wait", "the plot says prompting and so does common sense, is it odds with your advice?", "on_chart against"),
    ("keep", "there are marks at 291k and at 1.35M, which is which?", "on_chart volumes 291000 1350000"),
    ("tune", "why is the server curve so flat?", "on_chart slope self_hosted"),
    ("keep", "$237 in the diagram, what is that?", "on_chart option cheaper_model"),
    ("facts", "is a search part of the 218 a month or does it come on top?", "on_chart search prompt_cached"),
    ("tune", "what is drawn along the y axis?", "on_chart axes"),
    ("tune", "Nova or Luna over three years, all in?", "compare cheaper_model hosted @ over 36"),
    ("keep", "237 against 556, what is the catch?", "compare prompt_cached cheaper_model @ why"),
    ("collect", "218 or 202, is it worth the bother?", "compare prompt_cached cheaper_model @ worth"),
    ("in house", "what do we get for training it rather than only prompting it?",
     "compare self_hosted self_hosted_prompted @ gain"),
    ("tune", "when is the money back if I hold the trained one against Luna?",
     "compare cheaper_model hosted @ back"),
    ("keep", "would the small model be worse at it?", "compare cheaper_model prompt_cached @ quality"),
    ("tune", "may I sign this off with a confidence that low?", "confidence sign"),
    ("tune", "medium or low, what does it rest on?", "confidence based"),
    ("facts", "how do you know that it lacks facts?", "confidence answer misses"),
    ("keep", "you assume 2,000 prompt tokens a call, who checked that?", "confidence assumed prompt_tokens"),
    ("open", "40 of 50 is plainly under the target, so why is it still undecided?", "confidence sample"),
    ("open", "it leans one way, how much is that worth?", "confidence leaning"),
    ("prompt first", "are you certain that a week of work on the prompt helps?", "confidence outcome"),
    ("keep", "is there one number that turns it all around?", "confidence distance"),
    ("collect", "low. what would make it higher?", "confidence raise"),
    ("tune", "how exact are those 895 dollars?", "confidence range hosted"),
    ("open", "how many of the 50 would have to be right for a verdict?", "turns quality"),
    ("open", "what do we risk if we skip the checking and just train?", "turns skip"),
    ("disagree", "suppose the two of them write one common guide, what do you say then?", "turns agreed"),
    ("tune", "which target would make you say something else?", "turns target"),
    ("keep", "at what price would you change your mind?", "turns prices"),
    ("keep", "from how many calls does tuning pay back?", "turns volume hosted"),
    ("wait", "under what circumstances would you advise training?", "flips fine_tune"),
)  # fmt: skip
SUPPOSED: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("facts", "if the page was in the prompt and it misread it, do you stand by this?", {"misses": "behaviour"}),
    ("wait", "suppose waiting three weeks was no problem any more, what then?", {"can_wait": True}),
    ("tune", "our director says 92% is plenty, would we still train?", {"quality_target": 0.92}),
    ("no training", "if the contract let them train on it, what then?", {"data_may_leave": True}),
    ("keep", "what if only half of the prompt is fixed?", {"assumptions.fixed_share": 0.5}),
)  # fmt: skip
LEADS = (
    ("tune", "are we left or right of the crossing?", "Far to the right of the crossing: you are at 7.6M"),
    ("collect", "why are only two bars drawn?", "Only 2 options are drawn, since the others are ruled out."),
    ("tune", "Luna or Nova in the first year?", "Over the first year, all in, Cheaper model: GPT-6 Luna"),
    ("keep", "237 against 556, what is the catch?", "The catch is the quality, not the money."),
    ("tune", "may I sign off the 12 thousand with a confidence that low?", "Not yet: first try GPT-6 Luna"),
    ("keep", "you assume 2,000 prompt tokens a call, who checked that?", "Nobody checked it: 2,000"),
    (
        "keep",
        "at what price would you change your mind?",
        "per 1M prompt tokens or more (now $1): Fine-tune.",
    ),
    ("keep", "from how many calls does tuning pay back?", "calls a month on it pays back:"),
    ("tune", "how exact are those 895 dollars?", "$700 to $1,300 in 8 of 10 cases:"),
    ("keep", "chart please, with 500k calls marked on it", "At 500k calls a month, which is not stored"),
)
BESIDE = (
    "does the meeting room overlap with the canteen?",
    "who bets on the final tonight?",
    "what is the point of asking him twice",
    "which line do I take to the airport?",
    "how far is it to the station",
    "can you sign this for me?",
    "who is drawn for the raffle?",
)


def asked(after: str, text: str) -> ToDo | None:
    act = Act("TACME", "CSUPPORT", ANA, "k", NOW)
    typed = TypedText(act, "1763899200.000100", "1764000000.000100", text, mentioned=False)
    return understand(standing(STANDS[after]), typed)


@pytest.mark.parametrize(("after", "text", "about"), ABOUT, ids=[text for _, text, _ in ABOUT])
def test_what_a_question_names_of_its_thread_is_found(after: str, text: str, about: str) -> None:
    todo = asked(after, text)
    assert todo is not None
    assert todo.only_says
    assert not todo.values
    assert isinstance(todo.note, posts.OfAdvice)
    assert f"{todo.note.asked} {todo.note.of}".strip() == about


@pytest.mark.parametrize(("after", "text", "values"), SUPPOSED, ids=[text for _, text, _ in SUPPOSED])
def test_what_is_supposed_in_other_words_is_tried_and_never_taken(
    after: str, text: str, values: dict[str, Any]
) -> None:
    todo = asked(after, text)
    assert todo is not None
    assert not todo.values
    assert isinstance(todo.note, posts.WhatIfOffered)
    assert todo.note.values == values


@pytest.mark.parametrize(("after", "text", "lead"), LEADS, ids=[text for _, text, _ in LEADS])
def test_the_answer_begins_with_what_is_asked(office: Office, after: str, text: str, lead: str) -> None:
    talk = settled(office, after)
    before = talk.consultation.answers, talk.consultation.version, talk.consultation.status
    said = answer(talk, text)
    assert lead in said.split("\n")[0]
    assert (talk.consultation.answers, talk.consultation.version, talk.consultation.status) == before


@pytest.mark.parametrize("text", BESIDE)
@pytest.mark.parametrize("after", ["keep", "tune", "open"])
def test_what_people_ask_each_other_in_such_words_is_left_alone(after: str, text: str) -> None:
    assert asked(after, text) is None


def test_a_volume_that_is_named_has_the_costs_of_that_volume(office: Office) -> None:
    talk = settled(office, "keep")
    here, there = (
        answer(talk, f"chart please, with {calls} calls marked on it") for calls in ("250k", "500k")
    )
    assert "$556 a month" in here
    assert "$556 a month" not in there
