"""Columns that say the opposite of what is right, or nothing of it."""

from __future__ import annotations

import json

import pytest

from core.evidence.found import Evidence, Unreadable
from tests.support.result_files import counted, every, offered, said

# Columns that say the opposite

UNCLEAR = [
    "failed",
    "has_error",
    "hasError",
    "hallucination",
    "is_hallucination",
    "error",
    "failure",
    "toxic",
]
EITHER_WAY = ["refused", "blocked", "is_refusal", "flagged"]
YES_AND_NO = [("true", "false"), ("1", "0"), ("yes", "no"), ("ja", "nein")]


@pytest.mark.parametrize("cells", YES_AND_NO)
@pytest.mark.parametrize("name", ["wrong", "incorrect", "is_wrong", "isIncorrect", "not_correct", "Falsch"])
def test_a_name_that_says_wrong_is_turned_round(name: str, cells: tuple[str, str]) -> None:
    table = f"id,{name}\n1,{cells[0]}\n2,{cells[1]}\n3,{cells[1]}\n"
    for use in ({}, {"column": name}):
        assert counted(table, **use) == (2, 3)
        assert said(table, **use) == f"Column `{name}`, in which no is right, 3 rows."


@pytest.mark.parametrize("cells", YES_AND_NO)
@pytest.mark.parametrize("name", UNCLEAR + EITHER_WAY)
def test_a_name_that_may_say_the_opposite_is_asked_about(name: str, cells: tuple[str, str]) -> None:
    table = f"id,{name}\n1,{cells[0]}\n2,{cells[1]}\n3,{cells[1]}\n"
    ways = ["no", "yes"] if name in EITHER_WAY else ["no"]
    assert offered(table) == [f"Right where {name} says {way}" for way in ways]
    counts = [(one.correct, one.total) for one in every(table) if isinstance(one, Evidence)]
    assert counts == [(2, 3), (1, 3)][: len(ways)]


@pytest.mark.parametrize("name", ["no_errors", "without_error", "non_toxic", "error_free"])
def test_a_name_that_denies_what_is_bad_is_not_turned_round(name: str) -> None:
    assert offered(f"id,{name}\n1,1\n2,0\n3,1\n") == [name]


def test_a_verdict_in_words_says_itself_what_it_means() -> None:
    assert counted("id,failed\n1,fail\n2,pass\n3,pass\n", column="failed") == (2, 3)


def test_a_verdict_is_taken_beside_a_column_that_says_the_opposite() -> None:
    assert counted("id,correct,failed,refused\n1,1,0,0\n2,0,1,1\n3,1,0,0\n") == (2, 3)


def test_a_score_in_which_less_is_better_gets_no_pass_mark() -> None:
    for use in ({}, {"column": "hallucination_score"}):
        assert "less is better" in said("id,hallucination_score\n1,0.1\n2,0.8\n", **use)


def test_a_label_in_words_is_asked_about_beside_a_score_that_says_the_opposite() -> None:
    assert offered("id,output,label,score\n1,a,factual,0\n2,b,hallucinated,1\n") == ["label", "score"]
    assert counted("id,label,score\n1,correct,1\n2,incorrect,0\n") == (1, 2)


# Measures


@pytest.mark.parametrize(
    "name",
    [
        "word_perplexity",
        "loss",
        "eval_loss",
        "latency",
        "latency_ms",
        "total_tokens",
        "cost",
        "usage.cost_usd",
    ],
)
def test_what_measures_something_else_gets_no_pass_mark(name: str) -> None:
    table = f"id,{name}\n1,0.3\n2,4.5\n"
    sample = [
        {"doc_id": n, "target": "x", "filter": "none", "metrics": [name], name: 3.2 + n} for n in range(2)
    ]
    for content, use in ((table, {}), (table, {"column": name}), (sample, {})):
        assert all(
            isinstance(one, Unreadable)
            for one in every(content if isinstance(content, str) else json.dumps(content))
        )
        assert said(content, **use).startswith(f"`{name}` measures something else")
