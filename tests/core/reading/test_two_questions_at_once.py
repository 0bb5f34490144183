"""A number with the noun of another question answers that one, and is no rival of the number that was asked for."""

from __future__ import annotations

import itertools

import pytest

from core.reading import read

SAID = {
    "calls_per_month": [
        ("250k calls a month", {"calls_per_month": 250_000}),
        ("8,000 requests per month", {"calls_per_month": 8_000}),
        ("it is 90,000 calls a month", {"calls_per_month": 90_000}),
    ],
    "prompt_examples": [
        ("12 examples in the prompt", {"prompt_examples": 12}),
        ("the prompt has 9 examples", {"prompt_examples": 9}),
        ("15 few-shot examples", {"prompt_examples": 15}),
    ],
    "labelled_examples": [
        ("400 reviewed examples", {"labelled_examples": 400}),
        ("we have 650 labelled examples", {"labelled_examples": 650}),
        ("3,000 checked records", {"labelled_examples": 3_000}),
    ],
    "quality": [
        ("82% right now, we need 95%", {"quality_now": 0.82, "quality_target": 0.95}),
        ("it is 70% right today and must be 90%", {"quality_now": 0.7, "quality_target": 0.9}),
    ],
}
JOINTS = (", and ", ". ", "; ")
PAIRS = [
    (asked, own, other, joint)
    for asked, another in itertools.permutations(SAID, 2)
    for own, other in itertools.product(SAID[asked], SAID[another])
    for joint in JOINTS
]


def test_each_number_goes_to_the_question_whose_noun_it_carries():
    wrong = []
    for asked, own, other, joint in PAIRS:
        reading = read(own[0] + joint + other[0], asked)
        if (dict(reading.values), reading.doubtful) != ({**own[1], **other[1]}, False):
            wrong.append((asked, own[0] + joint + other[0], reading.values))
    assert wrong == []


@pytest.mark.parametrize(
    "text",
    [
        "yes, with 12 examples, and it is 250k calls a month",
        "yes, 12 examples. 250k calls a month",
        "yes, 12 examples, 250k requests per month",
    ],
)
def test_an_answer_with_yes_and_the_volume_beside_it_is_both(text):
    reading = read(text, "prompt_examples")
    assert (dict(reading.values), reading.doubtful) == (
        {"prompt_examples": 12, "calls_per_month": 250_000},
        False,
    )


@pytest.mark.parametrize("rate", ["900 tickets a week", "40 letters a day"])
@pytest.mark.parametrize("asked", ["prompt_examples", "labelled_examples"])
def test_what_comes_in_is_no_rival_of_the_examples(asked, rate):
    reading = read(f"12 examples, we get {rate}", asked)
    assert (reading.values[asked], reading.doubtful) == (12, False)
