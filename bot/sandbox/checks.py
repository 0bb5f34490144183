"""What Slack refuses: shapes of blocks, messages and views, and what is beyond a limit of :mod:`bot.limits`.

Each function returns the problems as Slack words them, "must be less than 3001 characters
[json-pointer:/blocks/0/text/text]"; an empty list means that Slack would take it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from bot import limits
from bot.sandbox.block_rules import check_block
from bot.sandbox.elements import every_element
from bot.sandbox.problems import Check, texts_in
from bot.sandbox.workspace import Json, nested_in

BLOCKS = {"message": limits.MESSAGE_BLOCKS, "modal": limits.VIEW_BLOCKS, "home": limits.VIEW_BLOCKS}
"""Blocks that a surface takes, those inside containers and cards included."""


def block_problems(blocks: Any, surface: str, at: str = "/blocks") -> list[str]:
    """What Slack would refuse in these blocks on this surface ("message", "modal" or "home")."""
    if not isinstance(blocks, list):
        return [f"must provide an array [json-pointer:{at}]"]
    check = Check(surface)
    if _count(blocks) > BLOCKS[surface]:
        check.say(f"no more than {BLOCKS[surface]} items allowed", at)
    for number, block in enumerate(blocks):
        check_block(check, block, f"{at}/{number}")
    if not check.problems:
        _whole(check, blocks, at)
    return check.problems


def view_problems(view: Any) -> list[str]:
    """What Slack would refuse in this view, size apart (see `view_is_too_large`)."""
    if not isinstance(view, dict):
        return ["must provide an object [json-pointer:/view]"]
    kind = view.get("type")
    if kind not in ("modal", "home"):
        return [f"unsupported type: {kind} [json-pointer:/view/type]"]
    check = Check(str(kind))
    plain = {"type", "blocks", "callback_id", "external_id", "private_metadata"}
    modal = {"title", "submit", "close", "clear_on_close", "notify_on_close", "submit_disabled"}
    check.known_fields(view, plain | modal if kind == "modal" else plain, "/view")
    check.string(view, "callback_id", "/view", limits.ID)
    check.string(view, "external_id", "/view", limits.ID)
    check.string(view, "private_metadata", "/view", limits.METADATA)
    if kind == "modal":
        check.text(view, "title", "/view", limits.VIEW_TITLE, required=True)
        check.text(view, "submit", "/view", limits.VIEW_TITLE)
        check.text(view, "close", "/view", limits.VIEW_TITLE)
    blocks = view.get("blocks")
    if blocks is None:
        check.say("missing required field: blocks", "/view")
        return check.problems
    check.problems += block_problems(blocks, str(kind), "/view/blocks")
    has_input = isinstance(blocks, list) and any(
        isinstance(b, dict) and b.get("type") == "input" for b in blocks
    )
    if kind == "modal" and has_input and not view.get("submit"):
        check.say("missing required field: submit", "/view")
    return check.problems


def view_is_too_large(view: Any) -> bool:
    return len(json.dumps(view, ensure_ascii=False).encode()) > limits.VIEW_BYTES


def characters_in(blocks: Sequence[Json]) -> int:
    """Characters of all texts in the blocks, nested ones included."""
    return sum(len(text) for text in texts_in(blocks))


def _count(blocks: list[Any]) -> int:
    nested = [block[place] for block in blocks if isinstance(block, dict) for place in nested_in(block)]
    return len(blocks) + sum(_count(inner) for inner in nested)


def _whole(check: Check, blocks: list[Json], at: str) -> None:
    """What can only be said of all blocks together: ids that are used twice, and what may be there once."""
    flat = list(_flat(blocks))
    for name, times in Counter(str(block["block_id"]) for block in flat if block.get("block_id")).items():
        if times > 1:
            check.say(f"`block_id` {name} already exists for another block", at)
    for block in flat:
        used = Counter(placed.action_id for placed in every_element([block]) if placed.action_id)
        if nested_in(block):
            continue
        for name, times in used.items():
            if times > 1:
                check.say(f"`action_id` {name} already exists for another element", at)
    if check.surface == "message":
        _message_totals(check, flat, at)
    _focus(check, flat, at)


def _message_totals(check: Check, flat: list[Json], at: str) -> None:
    kinds = Counter(block["type"] for block in flat)
    if kinds["table"] > limits.TABLES:
        check.say("only_one_table_allowed", at)
    if kinds["data_visualization"] > limits.CHARTS:
        check.say(f"no more than {limits.CHARTS} data_visualization blocks allowed", at)
    markdown = sum(len(block["text"]) for block in flat if block["type"] == "markdown")
    if markdown > limits.MARKDOWN:
        check.say(f"must be less than {limits.MARKDOWN + 1} characters", at)


def _focus(check: Check, flat: list[Json], at: str) -> None:
    if sum(bool(placed.element.get("focus_on_load")) for placed in every_element(flat)) > 1:
        check.say("only one element may have focus_on_load", at)


def _flat(blocks: Sequence[Json]) -> Iterable[Json]:
    for block in blocks:
        yield block
        for place in nested_in(block):
            yield from _flat(block[place])
