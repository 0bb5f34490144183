"""The words of a text: what is written differently and meant alike is one word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.words import LONGEST_WORD, Texts, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Classify support tickets", ["classify", "support", "tickets"]),
        ("input/output tokens", ["input", "output", "tokens"]),
        ("GPT-4.1 mini", ["gpt", "4", "1", "mini"]),
        ("Résumé RÉSUMÉ re\u0301sume\u0301", ["resume", "resume", "resume"]),
        ("straße", ["strasse"]),
        ("e-mail, t-shirts and ICD-10", ["email", "tshirts", "and", "icd", "10"]),
        ("don't", ["don", "t"]),
        ("工单分类 v2", ["工单", "单分", "分类", "v2"]),
        ("v2分", ["v2", "分"]),
        ("İstanbul ﬁne_tune", ["istanbul", "fine", "tune"]),
        ("... --- '' 🙂", []),
        ("x" * 200, ["x" * LONGEST_WORD]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text())
def test_case_and_composition_do_not_matter(text: str) -> None:
    assert words(text) == words(" " + text + " ")
    assert all(word and "_" not in word and len(word) <= LONGEST_WORD for word in words(text))


def test_a_rare_word_tells_more_and_a_repetition_less_and_less() -> None:
    texts = Texts(
        [words(text) for text in ("tickets tickets tickets", "tickets", "tickets invoices", "tickets")]
    )
    thrice, once, rare, _ = texts.scores(["tickets"])
    assert once < thrice < 3 * once
    assert texts.weight("invoices") > texts.weight("tickets")
    assert rare < once  # the longer text says it beside something else
    assert texts.scores(["invoices"])[2] > 0 == texts.scores(["invoices"])[0]


def test_a_prefix_counts_every_word_that_begins_so() -> None:
    texts = Texts([["ticket"], ["tickets"], ["invoice"]])
    first, second, third = texts.scores([], prefix="tick")
    assert first == second > third == 0


def test_likeness_with_itself_is_whole() -> None:
    query = words("classify support tickets")
    same, half, none = Texts([query, words("support calls"), words("draw pictures")]).likeness(query)
    assert same == pytest.approx(1)
    assert 0 < half < 1
    assert none == 0
