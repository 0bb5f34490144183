"""What a reply leaves over is asked about, and what may follow from its numbers is offered."""
# ruff: noqa: E501  replies are read, and mended, more easily on one line

from __future__ import annotations

import pytest

from core.reading import read

WEEK = 30.4375 / 7
TASK = "summarise letters"


def _offered(text: str, question: str) -> list[dict[str, object]]:
    reading = read(text, question, TASK)
    assert reading.doubtful or not reading.values
    return [reading.counted(), *(dict(one.values) for one in reading.suggestions)]


def _has(offers: list[dict[str, object]], question: str, number: float) -> bool:
    return any(
        isinstance(found := offer.get(question), int | float) and found == pytest.approx(number, rel=0.02)
        for offer in offers
    )


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("9 kitchens, and every one sends four recipes weekly", 36 * WEEK),
        ("I handle 9 a day. there's two of us", 2 * 9 * 30.4375),
        ("9,000 claims a month, two thirds go through the model", 6_000),
        ("of the 9,000 claims a month only one in six needs it", 1_500),
        ("60k documents a year but two thirds of those are spam", 60_000 / 12 / 3),
        ("500 calls in one test day, and we have 8 test days in each month", 4_000),
        ("every clerk does 6 in the day and they are 35, monday to friday", 210 * 21.74),
        ("around 80 a week, of which maybe half would go through it", 40 * WEEK),
        ("two hundred in the week before easter otherwise sixty a week", 60 * WEEK),
        ("three percent of our 12,000 calls a month get audited", 360),
    ],
)
def test_a_number_of_calls_that_others_may_multiply_or_share_is_offered_and_not_stored(text, calls):
    assert _has(_offered(text, "calls_per_month"), "calls_per_month", calls)


@pytest.mark.parametrize(
    ("text", "examples"),
    [
        ("we started with 300, threw out 40", 260),
        ("5,200 exist but only 900 of them were ever confirmed, so 900", 900),
        ("90 from me, 60 from Jo and another 45 from the trainee", 195),
        ("sixty a year for five years", 300),
        ("85% of our 1,000 are checked", 850),
    ],
)
def test_what_counts_come_to_is_offered(text, examples):
    assert _has(_offered(text, "labelled_examples"), "labelled_examples", examples)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("out of 250 sampled 31 were sent back, 10 would be ok", (219, 250, 0.96)),
        ("of 60 letters I had to touch 13, aiming at 95", (47, 60, 0.95)),
    ],
)
def test_how_many_may_be_wrong_is_offered_as_how_many_must_be_right(text, values):
    correct, total, target = values
    offers = _offered(text, "quality")
    assert {"eval_correct": correct, "eval_total": total, "quality_target": target} in offers[:3]


@pytest.mark.parametrize(
    ("text", "evaluation"),
    [
        ("seven sheets in ten go out untouched", 0.7),
        ("it guessed right 310 reports on 400", 0.775),
        ("my colleague counted 140 good ones from 200", 0.7),
        ("one wrong every 12 letters", 11 / 12),
        ("27 of 45 were acceptable. Nobody has agreed on a target yet.", 0.6),
    ],
)
def test_k_of_n_is_read_with_its_things_between(text, evaluation):
    reading = read(text, "quality")
    assert dict(reading.values) == {"quality_now": pytest.approx(evaluation, abs=1e-3)}


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("cheaper_model_enough", "we ran the little one over the same two hundred letters and it ends clearly under the goal"),
        ("cheaper_model_enough", "the economical variant solved merely thirty of the same fifty files when we put it to the test"),
        ("reasons", "only for the voice of the house; the money is trifling"),
    ],
)  # fmt: skip
def test_words_that_may_turn_a_phrase_are_not_passed_over(question, text):
    reading = read(text, question, TASK)
    wrong = {"cheaper_model_enough": True, "reasons": ["cost", "voice"]}[question]
    assert reading.doubtful or reading.values.get(question) != wrong


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("labelled_examples", "who knows, they are in three phones and nobody counted"),
        ("calls_per_month", "God knows, reception prints them and nobody keeps a tally"),
        ("prompt_examples", "an agency set it up and never showed us, so I am not certain what is in it"),
        ("cheaper_model_enough", "What's a cheaper model? I have only ever used the one we were given so I couldn't say"),
    ],
)  # fmt: skip
def test_what_nobody_counted_or_saw_is_not_known(question, text):
    assert read(text, question, TASK).intent == "unsure"


def test_a_question_before_an_answer_does_not_hide_it():
    reading = read(
        "What is a letter of ours? We have 240 of them reviewed by two people", "labelled_examples"
    )
    assert reading.doubtful
    assert reading.values["labelled_examples"] == 240


def test_a_word_of_a_change_that_changes_nothing_is_an_answer():
    text = (
        "Put one answer before two examiners and one gives it a 1, the other a 2; all misses are of that sort"
    )
    assert {"misses": "disagreement"} in [dict(one.values) for one in read(text, "misses").suggestions]


LARGER_ONES_LEFT = [
    ("labelled_examples", "for three choirs we have corrected the texts, in sum 5,200 verses"),
    ("labelled_examples", "fewer than two hundred. Between 120 and 150 pairs were checked by a notary"),
    ("calls_per_month", "one concert a month with 900 verses, each verse is one call"),
    ("prompt_examples", "I have a prompt of one page with 7 calls inside as model"),
    ("quality", "I checked forty and twenty-six were what I'd have picked. I'd be glad with 85 percent."),
]


@pytest.mark.parametrize(("question", "text"), LARGER_ONES_LEFT)
def test_an_answer_that_leaves_a_larger_number_is_asked_about(question, text):
    reading = read(text, question)
    assert reading.doubtful or not reading.values


WORKED_OUT_OR_NARROWED = [
    ("labelled_examples", "there are 4,000 answered mails but only 300 of them were looked through", 300),
    ("labelled_examples", "2,150 reports, labelled by two engineers and discussed", 2150),
    ("calls_per_month", "six sales a year with 200 lots apiece", 100),
    ("prompt_examples", "four examples for each of the 12 kinds, so 48", 48),
]


@pytest.mark.parametrize(("question", "text", "value"), WORKED_OUT_OR_NARROWED)
def test_a_number_that_the_answer_was_worked_out_from_is_not_left(question, text, value):
    reading = read(text, question)
    assert (dict(reading.values), reading.doubtful) == ({question: value}, False)


def test_each_one_of_what_comes_in_multiplies_nothing():
    reading = read(
        "roughly 150 slips a week across the three wings and each one would be a call", "calls_per_month"
    )
    assert reading.values["calls_per_month"] == pytest.approx(652, rel=0.01)


def test_an_odd_total_in_words_was_counted_and_a_round_one_is_a_share():
    assert read("nineteen of the last 25 went to print unaltered", "quality").evaluation == (19, 25)
    assert read("nineteen of twenty go to print unaltered", "quality").evaluation is None


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("labelled_examples", "I do not have access to where they are kept"),
        ("calls_per_month", "I do not have this figure, the billing office has it"),
    ],
)
def test_what_somebody_does_not_have_is_not_known(question, text):
    assert read(text, question).intent == "unsure"
