"""Slack's text becomes what somebody typed, and nothing that they did not."""

from __future__ import annotations

import pytest

from bot.slack.listeners.as_typed import plain


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
        ("&amp;lt;", "&lt;"),
        ("&amp;amp;", "&amp;"),
        ("&amp;gt;&lt;!channel&gt;", "&gt;<!channel>"),
    ],
)
def test_what_slack_escaped_is_read_once(text: str, typed: str) -> None:
    assert plain(text) == typed
