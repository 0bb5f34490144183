"""The classifier: what it suggests, that it takes nothing alone, and that its weights are those of its training set."""

from __future__ import annotations

import json

import numpy as np
import pytest

from core.reading import read
from core.reading.suggest.settling import QUESTIONS
from core.reading.suggest.weights import HERE, NOTHING, UNSURE, heads, probabilities
from training.__main__ import fingerprint, train
from training.replies import questions, written_for

MOST_BYTES = 300_000


def test_the_weights_are_those_of_the_training_set():
    kept = json.loads((HERE / "weights.json").read_text(encoding="utf-8"))
    assert kept["trained_on"] == fingerprint(), "make them anew: uv run python -m training"


@pytest.mark.long("trains two questions, each once more for every writer")
@pytest.mark.parametrize("question", ["prompt_examples", "per_request_instructions"])
def test_weights_are_made_anew_bit_for_bit(question):
    made = train(question)
    kept = json.loads((HERE / "weights.json").read_text(encoding="utf-8"))["heads"][question]
    assert np.array_equal(made.weights, np.load(HERE / "weights.npy")[heads()[question].rows])
    assert json.loads(json.dumps(made.kept)) == kept


def test_the_weights_are_small():
    assert sum((HERE / name).stat().st_size for name in ("weights.npy", "weights.json")) <= MOST_BYTES


def test_every_question_that_is_answered_in_words_has_a_head_and_replies_to_train_on():
    assert set(questions()) == set(heads()) == QUESTIONS
    for question, head in heads().items():
        assert {UNSURE, NOTHING} <= set(head.options)
        written = {part for _, means in written_for(question) for part in means.split()}
        assert written == set(head.options)


@pytest.mark.parametrize("question", sorted(QUESTIONS - {"reasons"}))
def test_the_probabilities_of_one_question_add_up(question):
    assert sum(probabilities(question, ["we", "do", "not", "know"]).values()) == pytest.approx(1)


NOT_IN_THE_RULES = [
    ("can_wait", "our glaciers outrun our paperwork"),
    ("data_may_leave", "grandmother would blush if the neighbours read it"),
    ("misses", "somehow it is never quite the cup of tea that we ordered"),
    ("reasons", "so that my aunt stops ringing me about it every evening"),
]


@pytest.mark.parametrize(("question", "text"), NOT_IN_THE_RULES)
def test_what_only_the_classifier_guesses_is_never_stored(question, text):
    reading = read(text, question)
    assert not reading.values or reading.doubtful


SURE_WITHOUT_A_RULE = [
    ("misses", "it was handed the whole recipe and still it burns the cake", "behaviour"),
    ("per_request_instructions", "each conductor hums it a tempo of his own", True),
    ("can_wait", "we bottle it once a year, so nobody here would even notice", True),
    ("cheaper_model_enough", "the little one fell on its face with the long letters and we went back", False),
]


@pytest.mark.parametrize(("question", "text", "value"), SURE_WITHOUT_A_RULE)
def test_a_sentence_of_which_the_classifier_is_sure_needs_no_rule(question, text, value):
    reading = read(text, question)
    assert (dict(reading.values), reading.doubtful) == ({question: value}, False)


TURNED = [
    ("data_may_leave", "public data can go out, private data of the patients can not"),
    ("per_request_instructions", "the tone changes with each client, everything else does not"),
    ("can_wait", "yes to a month for the form letters, no to a month for the rest"),
    ("cheaper_model_enough", "does the small one really reach it with the same prompt as now?"),
    ("misses", "I have no idea what the wrong ones look like, nobody kept them"),
    ("misses", "it is not that it lacks facts, it just can't express them"),
    ("misses", "we thought it was our labels but it turned out that the annotators disagree"),
    ("reasons", "not because of the money, because people wait too long"),
    ("reasons", "faster would be nice, but what we need is that it gets them right"),
    ("per_request_instructions", "we thought about client specific rules and decided against it"),
    ("cheaper_model_enough", "people say the small one is just as good, we found that it is not"),
    ("data_may_leave", "it is public as far as the titles go, the letters themselves are secret"),
    ("can_wait", "a month is no problem for the letters, the emails need it the same day"),
]


@pytest.mark.parametrize(("question", "text"), TURNED)
def test_however_sure_it_is_two_minds_and_questions_are_never_stored(question, text):
    reading = read(text, question)
    assert not reading.values or reading.doubtful


UNDERSTOOD_BY_ONE_TAP = [
    ("can_wait", "as a glacier museum we could sit on it for a while", {"can_wait": True}),
    ("misses", "it is all a bit wooden and it never gets to the point", {"misses": "behaviour"}),
    (
        "data_may_leave",
        "the abbot would rather burn it than mail it to california",
        {"data_may_leave": False},
    ),
]


@pytest.mark.parametrize(("question", "text", "values"), UNDERSTOOD_BY_ONE_TAP)
def test_a_sentence_without_a_keyword_is_one_tap_away(question, text, values):
    reading = read(text, question)
    assert dict(reading.values) == values or values in [dict(s.values) for s in reading.suggestions]


@pytest.mark.parametrize("question", sorted(QUESTIONS))
def test_a_reply_that_is_doubted_has_at_most_three_suggestions_the_likeliest_first(question):
    for text in (
        "hmm, somewhat of this and somewhat of that",
        "the accountants have another view of the matter",
    ):
        likely = [s.probability for s in read(text, question).suggestions]
        assert len(likely) <= 3


def test_a_plain_reading_suggests_nothing():
    assert read("yes", "can_wait").suggestions == ()
    assert read("80k a month", "calls_per_month").suggestions == ()


def test_of_several_numbers_their_sum_the_largest_and_the_range_are_suggested():
    reading = read("4,000 letters here and 9,000 letters there", "calls_per_month", "letters")
    assert reading.intent == "clarify"
    assert [dict(s.values) for s in reading.suggestions] == [
        {"calls_per_month": 13000},
        {"calls_per_month": 9000},
        {"calls_per_month": [4000, 9000]},
    ]


def test_nouns_of_the_task_need_no_doubt():
    assert not read("3,200 lampshades", "calls_per_month", "describe lampshades").doubtful
    assert read("3,200 lampshades", "calls_per_month", "answer letters").doubtful


def test_k_of_n_stays_k_of_n():
    assert read("we checked 120 letters and 96 were correct", "quality").to_json()["values"] == {
        "eval_correct": 96, "eval_total": 120,
    }  # fmt: skip
