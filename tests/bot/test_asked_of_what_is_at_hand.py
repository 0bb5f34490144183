"""Questions about what is at hand in a thread: a gap, a volume to come, the cheaper model first, a condition.

Each is answered first with what is asked, in this thread's own figures; none changes anything.
"""

from __future__ import annotations

import pytest

from bot.conversation import posts
from bot.conversation.replies import Act, TypedText
from bot.conversation.todo import ToDo
from bot.conversation.understanding import understand
from tests.support.asked import AFTER, BELOW, answer, settled
from tests.support.consulted import ANA, NOW, standing
from tests.support.office import Office

STANDS = dict(AFTER) | {
    "gap": AFTER["keep"] | {"quality_now": 0.86, "quality_target": 0.95, "misses": "behaviour"},
    "in house": BELOW | {"data_may_leave": False},
    "on servers": AFTER["tune"] | {"data_may_leave": "answers_only"},
    "prompt first": BELOW | {"prompt_examples": [0, 4]},
    "hybrid": BELOW | {"per_request_instructions": True},
}

ABOUT = (
    ("gap", "the score is 86 and the goal 95, why is that no case for training?", "at_hand gap"),
    ("keep", "the curves cross at 291k; in spring we get up to 340k, what happens then?",
     "at_hand volume 340000"),
    ("collect", "they cross at 291k and we have 10,000, so the costs are not why we would tune?",
     "at_hand saves_nothing"),
    ("keep", "237 for the small one, where is the catch? we pay 556", "compare prompt_cached cheaper_model @ why"),
    ("tune", "nova or luna", "at_hand first"),
    ("tune", "Luna and the trained Nova: so why do we train then?", "at_hand first"),
    ("hybrid", "how good would Luna have to be for us to forget training?", "at_hand cheaper_enough"),
    ("tune", "paid back in 6 weeks and yet it says low, what are you unsure about?", "at_hand unsure"),
    ("collect", "some reason to train is mentioned, which one is that?", "at_hand reasons"),
    ("in house", "why can we not just take ChatGPT?", "at_hand provider"),
    ("disagree", "is it really us, or is the machine no good at this?", "confidence answer misses"),
    ("disagree", "what do our clerks have to do before you would answer differently?", "steps"),
    ("prompt first", "we put 8 examples into the prompt, is that it or does something else come?",
     "at_hand settled 8"),
    ("prompt first", "how many examples until we can discuss tuning?", "at_hand settled"),
    ("keep", "what is the $4.41 for the prompt tokens?", "at_hand turning 4.41"),
    ("hybrid", "twice the money each month, how do I defend that?", "compare prompt_cached hosted @ gain"),
    ("gap", "86 of the 95 and still no training?", "at_hand gap"),
    ("wait", "84 now, 93 wanted, and you keep telling us to prompt?", "reason"),
    ("keep", "so the small model is no good at all?", "compare cheaper_model prompt_cached @ quality"),
    ("tune", "if Luna came to 93 right, what do you say?", "at_hand cheaper_got 93"),
    ("tune", "why so low?", "at_hand unsure"),
    ("in house", "is the tuned one ever worth it?", "compare self_hosted_prompted self_hosted @ better"),
    ("gap", "what happens if quality counts for us as well?", "at_hand gap counts"),
    ("disagree", "is 84 not good enough?", "why quality"),
    ("tune", "medium or low confidence, should we wait then?", "confidence rely"),
    ("tune", "can Luna not do that?", "at_hand first"),
    ("in house", "is there no way to use Gemini?", "at_hand provider"),
    ("hybrid", "what am I paying 600 a month for?", "compare prompt_cached hosted @ gain"),
    ("on servers", "why is nobody at a provider an option for us, only our own servers?", "at_hand own_servers"),
    ("collect", "what do both ways come to in costs each month, please?", "compare prompt_cached hosted @"),
    ("collect", "why just 2 in the diagram?", "on_chart drawn"),
    ("facts", "I cannot find the search in the diagram, why?", "on_chart retrieval"),
)  # fmt: skip
LEFT_ALONE = (
    ("tune", "Luna or Nova, who brings the cake?"),
    ("in house", "Ben, did Google call you back?"),
    ("disagree", "is it us who book the room?"),
)
LEADS = (
    (
        "unsure",
        "if the score gets worse it is prompting, if better the same, how can both be?",
        "for two different reasons",
    ),
    ("tune", "Nova or Luna?", "First GPT-6 Luna; a tuned model only if it misses the target"),
    ("collect", "which reason to tune is that?", "Better quality: "),
    ("disagree", "is it down to us or to the machine, really?", "two people mark the same 50 cases"),
)


def asked(after: str, text: str) -> ToDo | None:
    act = Act("TACME", "CSUPPORT", ANA, "k", NOW)
    typed = TypedText(act, "1763899200.000100", "1764000000.000100", text, mentioned=False)
    return understand(standing(STANDS[after]), typed)


@pytest.mark.parametrize(("after", "text", "kind"), ABOUT)
def test_what_is_at_hand_is_found(after: str, text: str, kind: str) -> None:
    todo = asked(after, text)
    assert todo is not None
    assert todo.only_says
    assert not todo.values
    assert isinstance(todo.note, posts.OfAdvice)
    assert f"{todo.note.asked} {todo.note.of}".strip() == kind


@pytest.mark.parametrize(("after", "text"), LEFT_ALONE)
def test_talk_that_sounds_like_it_is_left_alone(after: str, text: str) -> None:
    todo = asked(after, text)
    assert todo is None or not (isinstance(todo.note, posts.OfAdvice) and todo.note.asked == "at_hand")


@pytest.mark.parametrize(("after", "text", "leads"), LEADS)
def test_the_answer_says_what_was_asked(office: Office, after: str, text: str, leads: str) -> None:
    assert leads in answer(settled(office, after), text)
