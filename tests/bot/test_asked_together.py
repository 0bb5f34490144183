"""What several facts in one question come to, and which kind a question is; neither is stored."""

from __future__ import annotations

from typing import Any

import pytest

from bot.conversation import posts
from bot.conversation.replies import Act, TypedText
from bot.conversation.todo import ToDo
from bot.conversation.together import told_together
from bot.conversation.understanding import understand
from tests.support.asked import AFTER, BELOW
from tests.support.consulted import ANA, NOW, standing

STANDS = dict(AFTER) | {
    "prompt first": BELOW | {"prompt_examples": [0, 4]},
    "hybrid": BELOW | {"per_request_instructions": True},
    "measure": BELOW | {"quality_now": None, "quality_target": None},
    "in house": BELOW | {"data_may_leave": False},
}

TOLD: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("collect", "we have 140 checked now, if they send 300 more does that tip it", {"labelled_examples": 440}),
    ("collect", "thirty plus the twenty from the pilot, enough then?", {"labelled_examples": 50}),
    ("collect", "14 colleagues x 10 examples each, is that it?", {"labelled_examples": 140}),
    ("collect", "would 49 do?", {"labelled_examples": 49}),
    ("prompt first", "did that, 25 examples in it, got 91 of 100 right, need 95, what now?",
     {"eval_correct": 91, "eval_total": 100, "quality_target": 0.95, "prompt_examples": 25}),
    ("in house", "if the vendor signs that they do not train on it, is it still in house?",
     {"data_may_leave": "answers_only"}),
    ("in house", "suppose legal signs off on a hosted API with a no-training clause, what then?",
     {"data_may_leave": "answers_only"}),
    ("in house", "what if our lawyers approve a cloud that is forbidden to train on our letters?",
     {"data_may_leave": "answers_only"}),
    ("in house", "and if the privacy officer says yes to sending them out?", {"data_may_leave": True}),
    ("keep", "suppose we go from 6 000 to maybe 90 000 messages a month", {"calls_per_month": 90_000}),
    ("disagree", "they agreed on 41 of 60, is that bad?", {}),
)  # fmt: skip
ASKED = (
    ("hybrid", "which part is the stable part? nobody here gets it", "split"),
    ("prompt first", "what is missing from my prompt before you call it good?", "fair_try"),
    ("measure", "what exactly do I write down for each case?", "measuring"),
    ("disagree", "put this in three sentences for our head of claims", "short"),
    ("disagree", "they agreed on 41 of 60, what is in between?", "disagreement 41/60"),
    ("tune", "payback in month 7, is that with the days of cleaning labels?", "payback labelling"),
    ("keep", "what if I just do nothing at all", "waiting"),
    ("tune", "play devil's advocate, I am about to sign", "against"),
    ("collect", "ok and now? who sits down monday and does what", "steps"),
    ("keep", "we are at 40k calls, sales says 250k, at what volume would you switch?", "flips 40000 250000"),
    ("collect", "chart please, with 50k calls marked on it", "chart 50000"),
    ("hybrid", "boss thinks it is overkill, is he wrong?", "why doubt"),
    ("in house", "is the second machine for outages in there?", "counted spare"),
)
TRIED = (
    (
        "collect",
        "we have 140 checked now, if they send 300 more does that tip it",
        {"labelled_examples": 440},
    ),
    ("keep", "602 a month for what exactly", None),
)


def asked(after: str, text: str) -> ToDo | None:
    act = Act("TACME", "CSUPPORT", ANA, "k", NOW)
    typed = TypedText(act, "1763899200.000100", "1764000000.000100", text, mentioned=False)
    return understand(standing(STANDS[after]), typed)


@pytest.mark.parametrize(("after", "text", "values"), TOLD)
def test_every_fact_that_is_told_is_taken_in(after: str, text: str, values: dict[str, Any]) -> None:
    assert told_together(standing(STANDS[after]), text) == values


@pytest.mark.parametrize(("after", "text", "kind"), ASKED)
def test_a_question_is_answered_by_its_kind(after: str, text: str, kind: str) -> None:
    todo = asked(after, text)
    assert todo is not None
    assert todo.only_says
    assert not todo.values
    assert isinstance(todo.note, posts.OfAdvice)
    assert f"{todo.note.asked} {todo.note.of}".strip() == kind


@pytest.mark.parametrize(("after", "text", "values"), TRIED)
def test_what_stands_in_a_question_is_tried_and_never_taken(
    after: str, text: str, values: dict[str, Any] | None
) -> None:
    todo = asked(after, text)
    assert todo is not None
    assert todo.only_says
    assert not todo.values
    assert values is None or (isinstance(todo.note, posts.WhatIfOffered) and todo.note.values == values)
