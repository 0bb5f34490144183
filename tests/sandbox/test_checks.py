"""Each of Slack's limits: what is just within passes, what is just beyond is refused."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.checks import block_problems, view_problems

Json = dict[str, Any]


def plain(length: int) -> Json:
    return {"type": "plain_text", "text": "x" * length}


def mrkdwn(length: int) -> Json:
    return {"type": "mrkdwn", "text": "x" * length}


def button(number: int = 0, **changes: Any) -> Json:
    return {"type": "button", "action_id": f"b{number}", "text": plain(3)} | changes


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def options(count: int, **changes: Any) -> list[Json]:
    return [{"text": plain(3), "value": str(number)} | changes for number in range(count)]


def choice(kind: str, count: int, **changes: Any) -> Json:
    return actions({"type": kind, "action_id": "c", "options": options(count, **changes)})


def table(rows: int = 2, cells: int = 2, characters: int = 3) -> Json:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "x" * characters}] * cells] * rows}


def data_table(rows: int) -> Json:
    return table(rows + 1) | {"type": "data_table", "caption": "Decisions"}


def chart(series: int = 1, points: int = 2, name: int = 3, title: int = 5) -> Json:
    labels = [f"p{number}" for number in range(points)]
    data = [{"label": label, "value": 1.5} for label in labels]
    return {
        "type": "data_visualization",
        "title": "x" * title,
        "chart": {
            "type": "bar",
            "series": [{"name": f"{number}".rjust(name, "s"), "data": data} for number in range(series)],
            "axis_config": {"categories": labels},
        },
    }


def container(children: int = 1, title: int = 5, **changes: Any) -> Json:
    return {"type": "container", "title": plain(title), "child_blocks": [section()] * children} | changes


def card(**changes: Any) -> Json:
    return {"type": "card", "title": plain(5)} | changes


def section(length: int = 5) -> Json:
    return {"type": "section", "text": mrkdwn(length)}


def typed(element: Json, **changes: Any) -> Json:
    block = {"type": "input", "label": plain(5), "element": {"action_id": "i"} | element}
    return block | changes


AT_THE_LIMIT: list[tuple[str, str, Json | list[Json], Json | list[Json]]] = [
    ("section text", "message", section(3000), section(3001)),
    (
        "section fields",
        "message",
        {"type": "section", "fields": [mrkdwn(5)] * 10},
        {"type": "section", "fields": [mrkdwn(5)] * 11},
    ),
    (
        "length of a field",
        "message",
        {"type": "section", "fields": [mrkdwn(2000)]},
        {"type": "section", "fields": [mrkdwn(2001)]},
    ),
    (
        "header",
        "message",
        {"type": "header", "text": plain(150)},
        {"type": "header", "text": plain(151)},
    ),
    (
        "context elements",
        "message",
        {"type": "context", "elements": [mrkdwn(5)] * 10},
        {"type": "context", "elements": [mrkdwn(5)] * 11},
    ),
    (
        "actions elements",
        "message",
        actions(*(button(n) for n in range(25))),
        actions(*(button(n) for n in range(26))),
    ),
    ("button text", "message", actions(button(text=plain(75))), actions(button(text=plain(76)))),
    ("button value", "message", actions(button(value="x" * 2000)), actions(button(value="x" * 2001))),
    ("button url", "message", actions(button(url="x" * 3000)), actions(button(url="x" * 3001))),
    (
        "button label for screen readers",
        "message",
        actions(button(accessibility_label="x" * 75)),
        actions(button(accessibility_label="x" * 76)),
    ),
    ("action id", "message", actions(button(action_id="x" * 255)), actions(button(action_id="x" * 256))),
    ("block id", "message", section() | {"block_id": "x" * 255}, section() | {"block_id": "x" * 256}),
    ("select options", "message", choice("static_select", 100), choice("static_select", 101)),
    ("overflow options", "message", choice("overflow", 5), choice("overflow", 6)),
    ("radio options", "message", choice("radio_buttons", 10), choice("radio_buttons", 11)),
    ("checkbox options", "message", choice("checkboxes", 10), choice("checkboxes", 11)),
    (
        "option text",
        "message",
        choice("overflow", 2, text=plain(75)),
        choice("overflow", 2, text=plain(76)),
    ),
    (
        "option value",
        "message",
        choice("overflow", 1, value="x" * 150),
        choice("overflow", 1, value="x" * 151),
    ),
    (
        "option description",
        "message",
        choice("radio_buttons", 1, description=plain(75)),
        choice("radio_buttons", 1, description=plain(76)),
    ),
    (
        "confirm title",
        "message",
        actions(button(confirm={"title": plain(100), "text": plain(5)})),
        actions(button(confirm={"title": plain(101), "text": plain(5)})),
    ),
    (
        "confirm text",
        "message",
        actions(button(confirm={"text": plain(300), "confirm": plain(30)})),
        actions(button(confirm={"text": plain(301), "confirm": plain(30)})),
    ),
    (
        "confirm button",
        "message",
        actions(button(confirm={"text": plain(5), "deny": plain(30)})),
        actions(button(confirm={"text": plain(5), "deny": plain(31)})),
    ),
    (
        "placeholder",
        "message",
        actions({"type": "users_select", "action_id": "u", "placeholder": plain(150)}),
        actions({"type": "users_select", "action_id": "u", "placeholder": plain(151)}),
    ),
    (
        "longest typed text",
        "message",
        typed({"type": "plain_text_input", "max_length": 3000}),
        typed({"type": "plain_text_input", "max_length": 3001}),
    ),
    (
        "alt text",
        "message",
        {"type": "image", "image_url": "https://x", "alt_text": "x" * 2000},
        {"type": "image", "image_url": "https://x", "alt_text": "x" * 2001},
    ),
    (
        "markdown of a block",
        "message",
        {"type": "markdown", "text": "x" * 12_000},
        {"type": "markdown", "text": "x" * 12_001},
    ),
    (
        "markdown of a message",
        "message",
        [{"type": "markdown", "text": "x" * 6000}] * 2,
        [{"type": "markdown", "text": "x" * 6001}] * 2,
    ),
    ("blocks of a message", "message", [{"type": "divider"}] * 50, [{"type": "divider"}] * 51),
    ("blocks of a home", "home", [{"type": "divider"}] * 100, [{"type": "divider"}] * 101),
    ("blocks of a form", "modal", [{"type": "divider"}] * 100, [{"type": "divider"}] * 101),
    (
        "blocks inside containers count",
        "message",
        [container(9)] * 5,
        [*[container(9)] * 5, {"type": "divider"}],
    ),
    ("table rows", "message", table(100), table(101)),
    ("table cells", "message", table(2, 20), table(2, 21)),
    ("table characters", "message", table(10, 10, 100), table(10, 10, 101)),
    ("one table", "message", [table()], [table(), table()]),
    ("data table rows", "message", data_table(100), data_table(101)),
    (
        "data table page",
        "message",
        data_table(2) | {"page_size": 100},
        data_table(2) | {"page_size": 101},
    ),
    ("chart title", "message", chart(title=50), chart(title=51)),
    ("chart series", "message", chart(series=6), chart(series=7)),
    ("chart points", "message", chart(points=20), chart(points=21)),
    ("chart names", "message", chart(name=20), chart(name=21)),
    ("charts of a message", "message", [chart()] * 2, [chart()] * 3),
    ("card title", "message", card(title=plain(150)), card(title=plain(151))),
    ("card body", "message", card(body=mrkdwn(200)), card(body=mrkdwn(201))),
    (
        "card buttons",
        "message",
        card(actions=[button(n) for n in range(3)]),
        card(actions=[button(n) for n in range(4)]),
    ),
    (
        "carousel",
        "message",
        {"type": "carousel", "elements": [card()] * 10},
        {"type": "carousel", "elements": [card()] * 11},
    ),
    ("container title", "message", container(title=150), container(title=151)),
    ("container children", "message", container(10), container(11)),
    (
        "alert text",
        "modal",
        {"type": "alert", "text": mrkdwn(200)},
        {"type": "alert", "text": mrkdwn(201)},
    ),
]


@pytest.mark.parametrize(
    ("surface", "within", "beyond"),
    [(surface, within, beyond) for _, surface, within, beyond in AT_THE_LIMIT],
    ids=[name for name, *_ in AT_THE_LIMIT],
)
def test_slack_takes_the_limit_and_refuses_one_more(
    surface: str, within: Json | list[Json], beyond: Json | list[Json]
) -> None:
    assert block_problems(within if isinstance(within, list) else [within], surface) == []
    assert block_problems(beyond if isinstance(beyond, list) else [beyond], surface) != []


REFUSED: list[tuple[str, str, Json | list[Json]]] = [
    ("an alert in a message", "message", {"type": "alert", "text": mrkdwn(5)}),
    ("a table on the home tab", "home", table()),
    ("a container in a form", "modal", container()),
    ("a chart in a form", "modal", chart()),
    ("markdown in a form", "modal", {"type": "markdown", "text": "x"}),
    ("a number input in a message", "message", typed({"type": "number_input", "is_decimal_allowed": True})),
    ("a button in an input block", "modal", typed({"type": "button", "text": plain(3)})),
    ("a text input in an actions block", "modal", actions({"type": "plain_text_input", "action_id": "i"})),
    ("a number input that leaves decimals open", "modal", typed({"type": "number_input"})),
    ("an unknown block", "message", {"type": "sparkles"}),
    ("a block without a type", "message", {"text": plain(5)}),
    ("a field that Slack does not know", "message", section() | {"colour": "red"}),
    ("an empty text", "message", section(0)),
    ("an empty section", "message", {"type": "section"}),
    ("mrkdwn in a header", "message", {"type": "header", "text": mrkdwn(5)}),
    ("mrkdwn on a button", "message", actions(button(text=mrkdwn(5)))),
    ("a colour that is no style", "message", actions(button(style="green"))),
    ("no actions", "message", actions()),
    ("two blocks with one id", "message", [section() | {"block_id": "a"}] * 2),
    ("two elements with one id", "message", actions(button(1), button(1))),
    (
        "a first choice that is no option",
        "message",
        actions(
            {
                "type": "static_select",
                "action_id": "s",
                "options": options(2),
                "initial_option": {"text": plain(4), "value": "0"},
            }
        ),
    ),
    ("an empty cell", "message", table(characters=0)),
    (
        "a number that is text",
        "message",
        {"type": "table", "rows": [[{"type": "raw_number", "text": "5", "value": "5"}]]},
    ),
    ("a series that lacks a point", "message", {**chart(), "chart": {**chart()["chart"], "series": [
        {"name": "a", "data": [{"label": "p0", "value": 1}]}]}}),
    ("a data table without a caption", "message", table() | {"type": "data_table"}),
    ("a container within a container", "message", container(child_blocks=[container()])),
    ("a divider that cannot collapse", "message", container(is_collapsible=True, has_header_divider=True)),
    ("an image without alt text", "message", {"type": "image", "image_url": "https://x"}),
    ("blocks that are no list", "message", {"blocks": 1}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("surface", "blocks"),
    [(surface, blocks) for _, surface, blocks in REFUSED],
    ids=[name for name, *_ in REFUSED],
)
def test_slack_refuses(surface: str, blocks: Json | list[Json]) -> None:
    assert block_problems(blocks if isinstance(blocks, list) else [blocks], surface) != []


def test_the_same_action_may_stand_in_two_blocks() -> None:
    assert block_problems([actions(button(1)), actions(button(1))], "message") == []


def test_blocks_that_are_no_list_are_refused_whole() -> None:
    assert block_problems({"type": "section"}, "message") == ["must provide an array [json-pointer:/blocks]"]


def test_a_form_with_inputs_has_to_have_a_submit_button() -> None:
    form = {"type": "modal", "title": plain(5), "blocks": [typed({"type": "plain_text_input"})]}
    assert view_problems(form) == ["missing required field: submit [json-pointer:/view]"]
    assert view_problems(form | {"submit": plain(24)}) == []
    assert view_problems(form | {"submit": plain(25)}) != []
