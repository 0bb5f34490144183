"""An advice is read on a phone between two meetings: how many lines it takes, worked out as Slack would break them.

The widths are those of a message of 700 pixels: what a browser shows there was counted once, and is met within a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest

from bot.slack.blocks import message
from bot.views.advice import advice
from bot.views.card import card
from bot.views.document import Document
from tests.support.charted import SCENARIOS
from tests.support.consulted import CASES, COST, standing

TASK = "classify support tickets by product line"
IN_TEXT, IN_SMALL, IN_LIST = 90, 108, 87
"""Letters that go on a line."""
WIDTH, LETTER, AROUND = 615, 6.9, 36
"""Pixels of a row of buttons, of a letter on one, and around it."""

PICTURES = list(SCENARIOS)[:6]


def case_of(name: str) -> Mapping[str, Any]:
    """The answers of a team whose costs are those of a picture."""
    case = dict(SCENARIOS[name][0])
    assumed = {f"assumptions.{key}": value for key, value in case.pop("assumptions", {}).items()}
    return COST | {"cheaper_model_enough": False} | case | assumed


def lines(document: Document) -> int:
    return sum(_lines(block) for block in message(document).blocks)


def _lines(block: Mapping[str, Any]) -> int:
    match block["type"]:
        case "header":
            return 1
        case "table" | "data_table":
            return len(block["rows"])
        case "actions":
            return _rows_of_buttons([element["text"]["text"] for element in block["elements"]])
        case "context":
            return sum(_broken(text, IN_SMALL) for text in _texts(block))
        case "rich_text":
            return sum(_rich(part) for part in block["elements"])
        case "divider":
            return 0
        case _:
            return sum(_broken(text, IN_TEXT) for text in _texts(block))


def _rich(part: Mapping[str, Any]) -> int:
    if part["type"] == "rich_text_list":
        return sum(_broken("".join(_texts(item)), IN_LIST) for item in part["elements"])
    return _broken("".join(_texts(part)), IN_TEXT)


def _texts(thing: Any) -> Iterator[str]:
    """The texts of a block, without the marks around what stands out."""
    if isinstance(thing, Mapping):
        if isinstance(thing.get("text"), str):
            yield thing["text"].replace("*", "").replace("\u2068", "").replace("\u2069", "")
        elif thing.get("type") == "user":
            yield "@Somebody"
        else:
            yield from _texts(list(thing.values()))
    elif isinstance(thing, Sequence) and not isinstance(thing, str):
        for one in thing:
            yield from _texts(one)


def _broken(text: str, letters: int) -> int:
    """How many lines a text takes where so many letters go on one."""
    count = 0
    for line in text.split("\n"):
        count, room = count + 1, letters
        for word in line.split(" "):
            if len(word) > room:
                count, room = count + 1, letters
            room -= len(word) + 1
    return count


def _rows_of_buttons(labels: Sequence[str]) -> int:
    rows, room = 1, WIDTH
    for label in labels:
        needs = len(label) * LETTER + AROUND
        if needs > room:
            rows, room = rows + 1, WIDTH
        room -= int(needs)
    return rows


@pytest.mark.parametrize("name", PICTURES)
def test_an_advice_takes_at_most_twenty_lines_and_its_card_eight(name: str) -> None:
    stands = standing(case_of(name), task=TASK)
    assert stands.is_advised
    assert lines(advice(stands)) <= 20
    assert lines(card(stands)) <= 8


@pytest.mark.parametrize("name", CASES)
def test_no_advice_of_any_verdict_is_much_longer(name: str) -> None:
    stands = standing(CASES[name], task=TASK)
    assert lines(advice(stands)) <= 22
    assert lines(card(stands)) <= 9


def test_lines_are_counted_as_a_browser_breaks_them() -> None:
    """Counted in Chromium, at 700 pixels."""
    shown = {
        "never": 19,
        "far": 20,
        "near": 18,
        "two crossovers": 19,
        "self-hosted steps": 18,
        "one option only": 19,
    }
    for name, counted in shown.items():
        assert abs(lines(advice(standing(case_of(name), task=TASK))) - counted) <= 1
