"""What people call in question once they have read an advice: the money, the level, two turns of one number, a step.

Each is answered first with what is asked, in this thread's own figures; none changes anything.
"""

from __future__ import annotations

from typing import Any

import pytest

from bot.conversation import posts
from bot.conversation.of_a_challenge import challenged
from bot.conversation.replies import Act, TypedText
from bot.conversation.todo import ToDo
from bot.conversation.understanding import understand
from bot.views.of_a_challenge import SIDES
from bot.views.of_advice import of_advice
from tests.support.asked import AFTER, BELOW, answer
from tests.support.consulted import ANA, NOW, standing
from tests.support.office import Office
from tests.support.settled import talk_about

MEASURED = BELOW | {"eval_correct": 40, "eval_total": 50, "quality_target": 0.85}
STANDS: dict[str, dict[str, Any]] = {name: dict(case) for name, case in AFTER.items()} | {
    "quality": BELOW | {"calls_per_month": 30_000},
    "many": BELOW | {"calls_per_month": 1_500_000},
    "gap": BELOW | {"calls_per_month": 250_000, "reasons": ["cost"], "cheaper_model_enough": False},
    "late": AFTER["keep"] | {"calls_per_month": 400_000},
    "prompt first": BELOW | {"prompt_examples": [0, 4]},
    "in house": BELOW | {"data_may_leave": False},
    "not trained": BELOW | {"data_may_leave": "answers_only"},
    "open": {key: value for key, value in MEASURED.items() if key != "quality_now"},
}
ABOUT = (
    ("quality", "603 a month and 12 thousand on top, and I should sign this?", "challenge grounds"),
    ("quality", "Give me one reason to pay 603 instead of 243", "challenge grounds"),
    ("quality", "what exactly am I paying 12k for", "challenge grounds"),
    ("prompt first", "why should we put $4,000 into this before we even begin?", "challenge grounds"),
    ("many", "for nine points we hand over 12 thousand dollars, on what basis?", "challenge grounds"),
    ("gap", "84 is not 93. so why no training?", "challenge gap"),
    ("gap", "The quality is far under our target, why are you telling us to keep the prompt?", "challenge gap"),
    ("tune", "the money comes back within weeks but confidence is low, why?", "challenge level"),
    ("tune", "confidence low - may we begin or should we wait?", "challenge start"),
    ("unsure", "worse means keep prompting and better means keep prompting as well? how is that",
     "challenge between"),
    ("unsure", "which information do you want us to find, and where would it lead?", "reason"),
    ("open", "80 is almost 85, let's stay with it, no?", "challenge leave"),
    ("disagree", "could it not learn from a single reviewer, so there is one view only?", "challenge voice"),
    ("disagree", "why disagree? we know what the right answer is", "challenge agree"),
    ("disagree", "the two people thing, how does it go in practice?", "challenge alone"),
    ("wait", "third step: split it. what is there to split in a two-word label?", "challenge split"),
    ("wait", "how do i find the largest class of misses", "challenge largest"),
    ("gap", "why is quality no argument here", "challenge gap"),
    ("tune", "What is the confidence low about, and what can we do?", "challenge level"),
    ("facts", "medium confidence is not much, what would I have to do so you are surer", "confidence raise"),
    ("tune", "is luna not enough for this?", "compare cheaper_model prompt_cached @ quality"),
    ("collect", "25 more examples and we train, right?", "challenge then 25"),
    ("collect", "so we need 20 more and that's it?", "challenge then 20"),
    ("late", "7 years??", "challenge paid"),
    ("late", "paid back in 7 years, where is that from", "challenge paid"),
    ("keep", "fine tuning is cheaper above 291k? we do 250k", "challenge crossing"),
    ("open", "how far are we from where tuning is cheaper on that graph", "on_chart where"),
    ("tune", "which of these figures is the weakest, if somebody attacks it in the meeting?",
     "confidence distance"),
    ("tune", "what would Luna cost in the first year and what the tuned one",
     "compare cheaper_model hosted @ over 12"),
    ("tune", "running it on our own servers versus Nova at Amazon, what's the price difference?",
     "compare hosted self_hosted @"),
    ("in house", "what does the trained one cost more than the open model untrained",
     "compare self_hosted self_hosted_prompted @ extra"),
    ("not trained", "why can't we tune at the provider? must be less money than own servers",
     "removed data_may_leave"),
)  # fmt: skip
SUPPOSED: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("in house", "what if a contract let all of the calls be handled by an outside service?",
     {"data_may_leave": True}),
    ("in house", "and if the lawyers let the data out after all?", {"data_may_leave": True}),
    ("wait", "what if two weeks of delay were acceptable to us?", {"can_wait": True}),
)  # fmt: skip
LEADS = (
    ("quality", "and I should sign 603 a month for this?", "Only for the quality, not to save money"),
    (
        "many",
        "nine points for 12 thousand dollars, on what basis do we spend it?",
        "For the quality: today's",
    ),
    ("prompt first", "why should we put $4,000 into this first?", "It buys nothing: $4,000 is 1 week"),
    (
        "gap",
        "84 is not 93. so why no training?",
        "Because you named only this as a reason to tune: Lower cost.",
    ),
    ("late", "paid back in 7 years, where is that from", "From the saving: $13,204 up front / $151 a month"),
    ("collect", "25 more examples and we train, right?", "Yes: 25 more make 55, and 50 are enough"),
    ("keep", "fine tuning is cheaper above 291k? we do 250k", "Yes, but not for you: at 250k calls a month"),
    (
        "unsure",
        "lower score keep prompting, higher score also keep prompting?",
        "Yes, for two different reasons",
    ),
    (
        "tune",
        "Low confidence, although it is paid back in 1.2 months. How come?",
        "The money is not in doubt",
    ),
    (
        "facts",
        "it says medium confidence. Do we go ahead now?",
        "Yes, with the next steps; not with training.",
    ),
    ("open", "80 is almost 85, let's stay with it, no?", "For now yes, keep prompting"),
    ("disagree", "How exactly do we do the first step with two people?", "Give both the same 50 cases"),
    ("open", "146 more cases, where does that number come from?", "146 more is worked out from the share"),
)
BESIDE = (
    "two people are missing, how do we split the bill?",
    "who pays for lunch, and why should I?",
    "one person will do, who takes the notes?",
    "how far is it to the picture framer?",
    "20 more minutes and then we go",
    "why would I sign up for the gym",
)


def typed(text: str) -> TypedText:
    act = Act("TACME", "CSUPPORT", ANA, "k", NOW)
    return TypedText(act, "1763899200.000100", "1764000000.000100", text, mentioned=False)


def asked(after: str, text: str) -> ToDo | None:
    return understand(standing(STANDS[after]), typed(text))


@pytest.mark.parametrize(("after", "text", "about"), ABOUT, ids=[text for _, text, _ in ABOUT])
def test_what_is_called_in_question_is_found(after: str, text: str, about: str) -> None:
    todo = asked(after, text)
    assert todo is not None
    assert todo.only_says
    assert not todo.values
    assert isinstance(todo.note, posts.OfAdvice)
    assert f"{todo.note.asked} {todo.note.of}".strip() == about


@pytest.mark.parametrize(("after", "text", "values"), SUPPOSED, ids=[text for _, text, _ in SUPPOSED])
def test_what_is_supposed_is_tried_and_never_taken(after: str, text: str, values: dict[str, Any]) -> None:
    todo = asked(after, text)
    assert todo is not None
    assert not todo.values
    assert isinstance(todo.note, posts.WhatIfOffered)
    assert todo.note.values == values


@pytest.mark.parametrize(("after", "text", "lead"), LEADS, ids=[text for _, text, _ in LEADS])
def test_the_answer_begins_with_what_is_asked(office: Office, after: str, text: str, lead: str) -> None:
    talk = talk_about(office, STANDS[after])
    before = talk.consultation.answers, talk.consultation.version, talk.consultation.status
    assert lead in answer(talk, text).split("\n")[0]
    assert (talk.consultation.answers, talk.consultation.version, talk.consultation.status) == before


@pytest.mark.parametrize("text", BESIDE)
@pytest.mark.parametrize("after", ["quality", "disagree", "open", "collect", "wait"])
def test_what_people_say_to_each_other_in_such_words_is_taken_for_none_of_it(after: str, text: str) -> None:
    assert challenged(standing(STANDS[after]), typed(text)) is None


@pytest.mark.parametrize("text", ["who pays for lunch, and why should I?", "20 more minutes and then we go"])
@pytest.mark.parametrize("after", ["quality", "open", "collect"])
def test_talk_of_money_and_time_is_left_alone(after: str, text: str) -> None:
    assert asked(after, text) is None


@pytest.mark.parametrize("after", STANDS)
@pytest.mark.parametrize("side", [one for one in SIDES if one != "then"] + ["then 20"])
def test_an_answer_that_is_drawn_anew_after_a_change_says_something(after: str, side: str) -> None:
    drawn = of_advice(standing(STANDS[after]), posts.OfAdvice("challenge", side))
    assert drawn.parts
