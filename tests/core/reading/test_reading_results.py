"""How a decision turned out, as people type it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.reading.results import Results, read_results


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "47 of 50, about $900 a month, took 60 hours, yes",
            {"correct": 47, "total": 50, "bill": 900, "hours": 60, "again": True, "shipped": True},
        ),
        (
            "yes, 47/50, $1,250 a month, 1,200 hours, no",
            {"shipped": True, "correct": 47, "total": 50, "bill": 1250, "hours": 1200, "again": False},
        ),
        ("we shipped it", {"shipped": True}),
        ("We shipped it last week.", {"shipped": True}),
        ("it's live", {"shipped": True}),
        ("shipped and 930 out of 1,000 right", {"shipped": True, "correct": 930, "total": 1000}),
        ("we haven't shipped it yet", {"shipped": False}),
        ("not shipped", {"shipped": False}),
        ("we dropped it", {"shipped": False}),
        ("cannot tell yet", {"cannot_tell": True}),
        ("Can't tell", {"cannot_tell": True}),
        ("too early to say", {"cannot_tell": True}),
        ("the bill is $1.2k a month", {"bill": 1200, "shipped": True}),
        ("it costs us about 12,000 dollars a year", {"bill": 1000, "shipped": True}),
        ("$0 a month", {"bill": 0}),
        ("it took us 3 days", {"hours": 24}),
        ("2 weeks of work", {"hours": 80}),
        ("we would do it again", {"again": True}),
        ("we'd do it again", {"again": True}),
        ("would not do it again", {"again": False}),
        ("never again", {"again": False}),
        ("shipped: no; 12.5 h", {"shipped": False, "hours": 12.5}),
    ],
)
def test_what_is_said_is_read(text: str, said: dict[str, Any]) -> None:
    assert read_results(text) == Results(**said)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("60 of 50", "more than all of the cases"),
        ("3 of 0", "at least one case"),
        ("-3 of 50", "fewer than 0"),
        ("-$50 a month", "cannot be negative"),
        ("$-50 a month", "cannot be negative"),
        ("€900 a month", "US dollars"),
        ("900 euros a month", "US dollars"),
        ("shipped, not shipped", "two things"),
        ("took -3 hours", "cannot be negative"),
    ],
)
def test_what_cannot_be_is_said(text: str, sentence: str) -> None:
    assert sentence in read_results(text).wrong


@pytest.mark.parametrize(
    "text",
    [
        "we shipped the website", "lunch?", "yes", "no", "thanks", "50", "see you in 3", "I like this bot",
        "who is on call this month", "94%", "the release notes are here", "can you tell me why?", "",
        "what do we do about the 3 tickets", "it is live music tonight",
    ],
)  # fmt: skip
def test_small_talk_says_nothing_of_it(text: str) -> None:
    assert not read_results(text).says_something


def test_what_is_not_understood_beside_it_is_told() -> None:
    found = read_results("47 of 50, the team is happy with it")
    assert (found.correct, found.unread) == (47, ("the team is happy with it",))


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    found = read_results(text)
    if found.total is not None and not found.wrong:
        assert found.correct is not None
        assert 0 <= found.correct <= found.total
    assert found.bill is None or found.bill >= 0
