"""Replies that differ in polarity or subject alone: none may be stored wrong, and few may be doubted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.reading import read

FEWEST = 250
MOST_DOUBTED = 1 / 3
FILE = Path(__file__).parent / "minimal_pairs.txt"
REASONS = ("quality", "cost", "latency", "format", "voice")


def meant(question: str, written: str):
    """The value that a half of a pair stands for, as it is written in the file."""
    if question == "reasons":
        return [written]
    return written if question == "misses" or written == "answers_only" else json.loads(written)


def pairs():
    """Every pair: the question, and for each half its text and its value."""
    question = ""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            question = line.removeprefix("# ")
            continue
        halves = [half.split(" | ") for half in line.split(" || ")]
        yield question, [(text.strip(), meant(question, value.strip())) for value, text in halves]


PAIRS = list(pairs())


def same(question: str, got, wanted) -> bool:
    """Whether a value says the same; no examples at all are fewer than five."""
    return got == wanted or (question == "prompt_examples" and wanted == [0, 4] and got == 0)


def test_there_are_enough_pairs_and_their_halves_differ():
    assert len(PAIRS) >= FEWEST
    assert all(one[1] != other[1] for _, (one, other) in PAIRS)


@pytest.mark.parametrize("question", sorted({question for question, _ in PAIRS}))
def test_neither_half_of_a_pair_is_stored_wrong(question):
    wrong = []
    for asked, halves in PAIRS:
        for text, wanted in halves if asked == question else ():
            reading = read(text, question)
            stored = reading.values.get(question) if not reading.doubtful else None
            if stored is not None and not same(question, stored, wanted):
                wrong.append((text, wanted, stored))
    assert not wrong


def test_at_most_a_third_of_the_halves_are_doubted():
    halves = [(question, *half) for question, both in PAIRS for half in both]
    doubted = [text for question, text, _ in halves if (r := read(text, question)).doubtful or not r.values]
    assert len(doubted) / len(halves) <= MOST_DOUBTED
