from __future__ import annotations

from typing import Any

import pytest

from bot.slack import blocks
from bot.slack.checks import TooLong, check, check_view, leaving
from bot.views.document import Bullets, Button, Buttons, Document, Form, Heading, Said, Small, Text

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
        [section("")],
        [{"type": "actions", "elements": [button(value="x" * 2_001)]}],
        [{"type": "actions", "elements": [button(action_id="x" * 256)]}],
        [{"type": "actions", "elements": [button(), button()]}],
        [section("x", accessory=button()), section("y", accessory=button())],
        [section("x", block_id="b"), section("x", block_id="b")],
        [TABLE, TABLE],
        [{"type": "table", "rows": [[{"type": "raw_text", "text": "x" * 10_001}]]}],
        [section("x" * 2_900)] * 5,
        [section("😀" * 1_450)] * 5,
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
        {"private_metadata": "x" * 3_001},
        {"blocks": [{"type": "divider"}] * 101},
        {"blocks": [section("x", block_id=str(number) + "x" * 3_000) for number in range(90)]},
    ],
)
def test_a_form_that_slack_would_refuse_is_refused_before(changes: Any) -> None:
    view = blocks.view(Form("Title", (), "id", "Send"))
    check_view(view)
    with pytest.raises(TooLong):
        check_view(view | changes)


LONG = "word " * 2_000


@pytest.mark.parametrize(
    "part",
    [
        Heading(LONG),
        Text(LONG, button=Button(LONG, "b", spoken=LONG)),
        Text(Said(LONG, 9_000)),
        Bullets((LONG, LONG), LONG),
        Small(LONG),
        Buttons(tuple(Button(LONG, str(number)) for number in range(30))),
    ],
    ids=lambda part: type(part).__name__,
)
def test_what_is_too_long_is_cut(part: Heading | Text | Bullets | Small | Buttons) -> None:
    drawn = blocks.message(Document((part,)))
    check(drawn.text, drawn.blocks)
    assert drawn.blocks


def test_a_text_that_does_not_fit_whole_says_so() -> None:
    drawn = blocks.message(Document((*(Text("a line. " * 100),) * 5, Text("never read"))))
    assert len(drawn.text) <= 4_000
    assert drawn.text.endswith("…")
    assert "never read" not in drawn.text


def test_a_message_that_slack_would_refuse_leaves_as_its_text() -> None:
    too_many = Document(tuple(Text(f"Line {number}.") for number in range(60)))
    sent = leaving(too_many)
    assert [block["text"]["type"] for block in sent.blocks] == ["plain_text"]
    assert "Line 0.\nLine 1." in sent.blocks[0]["text"]["text"]


def test_points_that_one_block_does_not_hold_go_on_in_the_next_on_a_page_alone() -> None:
    points = Bullets(tuple(f"{number} {'word ' * 100}" for number in range(20)), "Points")
    page = blocks.view(Form("Title", (points,)))
    said = "".join(block["text"]["text"] for block in page["blocks"])
    assert [f"• {number} " in said for number in range(20)] == [True] * 20
    assert len(page["blocks"]) == 4
    assert len(blocks.message(Document((points,))).blocks) == 1
