"""An address that somebody gave leads to the web and nowhere else, and nothing in it is markup."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import posts
from bot.decision_log import Link
from bot.slack.mrkdwn import written
from bot.views import document, outcomes, record
from bot.views.phrases import address


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (
            "https://example.com/a?b=1&c=2",
            "<https://example.com/a?b=1&amp;c=2|https://example.com/a?b=1&amp;c=2>",
        ),
        ("https://example.com/a|b", "<https://example.com/a%7Cb|https://example.com/a%7Cb>"),
        (
            "https://example.com/><!channel>",
            "<https://example.com/%3E%3C!channel%3E|https://example.com/%3E%3C!channel%3E>",
        ),
        (
            "https://example.com/\u202etxt",
            "<https://example.com/%E2%80%AEtxt|https://example.com/%E2%80%AEtxt>",
        ),
        ("HTTP://example.com", "<HTTP://example.com|HTTP://example.com>"),
    ],
)
def test_an_address_of_the_web_is_a_link(typed: str, shown: str) -> None:
    assert written(address(typed)) == shown


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "ftp://example.com",
        "data:text/html,x",
        "https://",
        "https://bank.example@evil.example/",
        "x",
    ],
)
def test_whatever_else_somebody_typed_leads_nowhere(typed: str) -> None:
    assert isinstance(address(typed), document.Said)


@given(st.text(max_size=400) | st.text(max_size=80).map("https://example.com/".__add__))
def test_no_address_ends_its_link(typed: str) -> None:
    shown = written(address(typed))
    if isinstance(address(typed), document.Link):
        assert shown.isascii() or "…" in shown
        assert shown.count("<") == shown.count(">") == shown.count("|") == 1
    else:
        assert "<" not in shown


def test_records_and_threads_lead_to_what_came_of_a_decision() -> None:
    link = Link(
        "https://example.com/pull/7",
        "the classifier",
        "UANA",
        datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC),
    )
    assert "<https://example.com/pull/7|" in written(record._link(link))
    drawn = outcomes._linked(posts.Linked(1, "UANA", link.url, link.note))
    assert any(
        "<https://example.com/pull/7|" in written(one.words)
        for one in drawn.parts
        if isinstance(one, document.Text)
    )
