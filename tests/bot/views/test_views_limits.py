from __future__ import annotations

from typing import Any

import pytest

from bot.views import blocks
from bot.views.limits import TooLong, check, check_view

WORD = {"type": "plain_text", "text": "word", "emoji": False}


def section(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(**changes: Any) -> dict[str, Any]:
    return {"type": "button", "text": WORD, "action_id": "a", "value": "v"} | changes


TABLE = {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}


@pytest.mark.parametrize(
    "too_long",
    [
        [{"type": "divider"}] * 51,
        [section("x" * 3_001)],
        [section("😀" * 1_501)],
        [section("")],
        [section("x", fields=[WORD] * 11)],
        [section("x", fields=[{"type": "mrkdwn", "text": "x" * 2_001}])],
        [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}],
        [{"type": "context", "elements": [WORD] * 11}],
        [{"type": "actions", "elements": [button(action_id=str(n)) for n in range(26)]}],
        [{"type": "actions", "elements": [button(value="x" * 2_001)]}],
        [{"type": "actions", "elements": [button(text={"type": "plain_text", "text": "x" * 76})]}],
        [{"type": "actions", "elements": [button(), button()]}],
        [section("x", block_id="b"), section("x", block_id="b")],
        [TABLE, TABLE],
        [{"type": "table", "rows": TABLE["rows"] * 101}],
        [{"type": "table", "rows": [TABLE["rows"][0] * 21]}],
        [{"type": "table", "rows": [[{"type": "raw_text", "text": "x" * 10_001}]]}],
        [section("x" * 2_900)] * 5,
    ],
)
def test_what_slack_would_refuse_is_refused_before(too_long: Any) -> None:
    with pytest.raises(TooLong):
        check("text", too_long)


def test_a_text_over_4000_characters_is_refused() -> None:
    check("x" * 4_000, [])
    with pytest.raises(TooLong, match="text: more than 4,000"):
        check("x" * 4_001, [])


@pytest.mark.parametrize(
    "changes",
    [
        {"title": {"type": "plain_text", "text": "x" * 25}},
        {"private_metadata": "x" * 3_001},
        {"blocks": [{"type": "divider"}] * 101},
        {"blocks": [section("x" * 3_001)]},
    ],
)
def test_a_form_that_slack_would_refuse_is_refused_before(changes: Any) -> None:
    view = blocks.form("id", "Title", "Send", [], "")
    check_view(view)
    with pytest.raises(TooLong):
        check_view(view | changes)


def test_builders_cut_instead_of_failing() -> None:
    long = "word " * 2_000
    drawn = [
        blocks.header(long),
        blocks.section(long, fields=[long] * 12, accessory=blocks.button(long, "b")),
        blocks.actions(*(blocks.button(long, str(n)) for n in range(30))),
        blocks.context(long),
    ]
    check(blocks.fallback([long] * 9), [drawn[0], drawn[2], drawn[3]])
    check("text", [blocks.section(long, accessory=blocks.button(long, "b"))])
