"""The weights that tell apart what is asked about an advice: made of their texts, small, and quiet about talk."""

from __future__ import annotations

import json

import pytest

from core.reading.asks.weights import HERE, NONE, kinds, likelihoods
from training.asked.__main__ import fingerprint, made, texts, trained

MOST_BYTES = 90_000
FEWEST = 12
"""Questions of a kind that are enough to learn it from."""
SURE = 0.75
"""A probability from which on a text is all but certain to be of a kind."""

ASKED = (
    ("why", "why would we not train a model of our own"),
    ("steps", "right then, what is my first step tomorrow"),
    ("chart", "is there a chart of the costs for my slides"),
    ("confidence", "how confident are you about that verdict"),
    ("upkeep", "do we have to retrain whenever the codes change"),
    ("monthly", "how many dollars a month would we save against today"),
    ("weighed", "which answer of ours was the decisive one"),
)


def test_the_weights_are_those_of_the_texts():
    kept = json.loads((HERE / "weights.json").read_text(encoding="utf-8"))
    assert kept["trained_on"] == fingerprint(), "make them anew: uv run python -m training.asked"


def test_the_weights_are_small():
    assert sum((HERE / name).stat().st_size for name in ("weights.npy", "weights.json")) <= MOST_BYTES


def test_every_kind_has_questions_to_learn_it_from():
    found = [kind for kind, _ in texts()]
    assert set(found) == set(kinds().names)
    assert min(found.count(kind) for kind in set(found)) >= FEWEST


@pytest.mark.parametrize(("kind", "text"), ASKED)
def test_a_question_in_new_words_is_of_its_kind(kind, text):
    likely = likelihoods(text)
    assert max(likely, key=lambda one: likely[one]) == kind
    assert sum(likely.values()) == pytest.approx(1)


@pytest.mark.parametrize("text", ["who took my umbrella?", "lunch at noon?", "the printer is on fire again"])
def test_talk_is_talk(text):
    assert likelihoods(text)[NONE] > 1 / 2


@pytest.mark.long("trains every kind ten times over")
def test_talk_that_was_not_trained_on_is_left_alone():
    _, _, measured = trained()
    said, right = measured.right_from(SURE)
    assert right / said >= 0.85
    assert measured.talk_from(SURE) / (measured.kinds == NONE).sum() <= 0.02


@pytest.mark.long("trains every kind ten times over")
def test_the_weights_are_made_anew_bit_for_bit(tmp_path):
    made(tmp_path)
    for name in ("weights.npy", "weights.json", "known.txt"):
        assert (tmp_path / name).read_bytes() == (HERE / name).read_bytes()
