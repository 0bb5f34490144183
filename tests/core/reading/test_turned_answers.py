"""What turns an answer around or takes it back is never stored unasked; what only sounds like it is read."""

from __future__ import annotations

import pytest

from core.reading import read


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("can_wait", "nobody is in a hurry except our biggest client"),
        ("can_wait", "no rush, except for the board"),
        ("can_wait", "we can wait, just not the sales people"),
        ("can_wait", "it could wait in spring, now not any more"),
        ("data_may_leave", "allowed until last year, then forbidden"),
        ("data_may_leave", "it was allowed, now it is not"),
        ("data_may_leave", "ok for the leaflets, for the patient files it is not"),
        ("cheaper_model_enough", "fine for the short letters, for the long ones it isn't"),
        ("cheaper_model_enough", "a longer prompt reaches it, the same one does not"),
        ("cheaper_model_enough", "with more instructions it reaches it, with the same it does not"),
        ("per_request_instructions", "the same, only the big clients have their own"),
        ("prompt_examples", "12 examples, we threw them out again"),
        ("prompt_examples", "had 10 examples, took them out"),
        ("prompt_examples", "there were 15 examples, they got deleted"),
        ("prompt_examples", "then it had four legs"),
        ("prompt_examples", "there are 5 ducks on the pond"),
        ("labelled_examples", "we have 12 apostles"),
        ("labelled_examples", "the dog ate 30 biscuits"),
    ],
)
def test_it_is_asked_about(question, text):
    reading = read(text, question)
    assert reading.doubtful or not reading.values


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        ("cheaper_model_enough", "the mini gets 70, which is far from enough", False),
        ("cheaper_model_enough", "a long way from enough", False),
        ("cheaper_model_enough", "anything but sufficient", False),
        ("cheaper_model_enough", "with the same prompt it does", True),
        ("data_may_leave", "none of what our clients send us may leave the building", False),
        ("data_may_leave", "nothing that carries a customer's number can be shared", False),
        ("data_may_leave", "nothing in it is secret so it may go out", True),
        ("data_may_leave", "nothing speaks against it, it may go out", True),
        ("per_request_instructions", "always the same, only the text is different", False),
        ("prompt_examples", "8 examples + schema + validation", 8),
        ("prompt_examples", "8+ examples", [8, None]),
        ("prompt_examples", "yes, took it seriously and gave it a good shot", [5, None]),
        ("labelled_examples", "three hundred and forty odd that my boss has signed off", 340),
        ("labelled_examples", "two thousand five hundred odd", 2500),
        ("labelled_examples", "a hundred and twenty odd, all checked", 120),
        ("labelled_examples", "three hundred and twenty or so", 320),
    ],
)
def test_it_is_read(question, text, value):
    reading = read(text, question)
    assert (dict(reading.values), reading.doubtful) == ({question: value}, False)


@pytest.mark.parametrize(
    "text",
    [
        "an agency wrote it, nobody told us what is in it",
        "IT did that, we were never shown the prompt",
        "it came with the product, we can't see inside",
    ],
)
def test_who_was_not_told_what_is_in_the_prompt_is_not_sure(text):
    assert read(text, "prompt_examples").intent == "unsure"


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        ("prompt_examples", "yes, 9 calls as examples and a rubric", 9),
        ("prompt_examples", "14 examples, length limit written down, a check at the end", 14),
        ("labelled_examples", "around 2 100 lines, double-checked by two clerks", 2100),
        ("labelled_examples", "8000 reports, each coded by one doctor and checked by another", 8000),
        ("data_may_leave", "not to anyone outside the ward, no.", False),
    ],
)
def test_what_is_told_beside_an_answer_leaves_it_as_it_is(question, text, value):
    reading = read(text, question)
    assert (dict(reading.values), reading.doubtful) == ({question: value}, False)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("cheaper_model_enough", "beyond me, sorry"),
        ("cheaper_model_enough", "I asked them but no answer until now"),
        ("data_may_leave", "idk, I have to ask somebody first"),
        ("quality", "no notion how one would measure that"),
    ],
)
def test_who_has_to_ask_is_not_sure(question, text):
    assert read(text, question).intent == "unsure"


def test_what_a_share_went_up_from_is_asked_about():
    assert read("we went up from 60 to 75", "quality").doubtful
    assert not read("we must go from 60 to 75", "quality").doubtful
