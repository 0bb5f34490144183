"""Interactive elements: where they are in a list of blocks, and what they say when somebody uses them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.sandbox.workspace import Json, nested_in

CHOSEN_ONE = {
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "overflow": "selected_option",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "plain_text_input": "value",
    "number_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "rich_text_input": "rich_text_value",
}
"""Element type -> the key under which Slack reports its one value."""

CHOSEN_SEVERAL = {
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
    "file_input": "files",
}
"""Element type -> the key under which Slack reports its values."""

STARTS_WITH = {
    "value": "initial_value",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_user": "initial_user",
    "selected_users": "initial_users",
    "selected_conversation": "initial_conversation",
    "selected_conversations": "initial_conversations",
    "selected_channel": "initial_channel",
    "selected_channels": "initial_channels",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
    "rich_text_value": "initial_value",
}
"""Reported key -> the key with which an app fills the element beforehand."""

REQUIRED = "Please complete this required field."


@dataclass(frozen=True, slots=True)
class Placed:
    """An element in its block. `is_input` says that the block is an input block."""

    block: Json
    element: Json
    is_input: bool = False

    @property
    def block_id(self) -> str:
        return str(self.block.get("block_id", ""))

    @property
    def action_id(self) -> str:
        return str(self.element.get("action_id", ""))

    @property
    def type(self) -> str:
        return str(self.element.get("type", ""))


def every_element(blocks: Sequence[Json]) -> Iterator[Placed]:
    """All elements that somebody can use, in reading order, those inside containers and cards included."""
    for block in blocks:
        if isinstance(block.get("accessory"), dict):
            yield Placed(block, block["accessory"])
        if isinstance(block.get("element"), dict) and block.get("type") == "input":
            yield Placed(block, block["element"], is_input=True)
        for place in ("elements", "actions"):
            if block.get("type") in ("actions", "context_actions", "card"):
                yield from (Placed(block, element) for element in block.get(place) or ())
        for place in nested_in(block):
            yield from every_element(block[place])


def element_at(blocks: Sequence[Json], block_id: str, action_id: str) -> Placed | None:
    """The element with these ids, or None."""
    found = (placed for placed in every_element(blocks) if placed.block_id == block_id)
    return next((placed for placed in found if placed.action_id == action_id), None)


def state_of(element: Json, choice: Any, here: str | None = None) -> Json:
    """What Slack reports for this element when `choice` is chosen (see `people.Choice`).

    `here` is the conversation that `default_to_current_conversation` means.
    """
    kind = str(element.get("type", ""))
    if isinstance(choice, Mapping) and choice.get("type") == kind:
        return dict(choice)
    key = CHOSEN_ONE.get(kind) or CHOSEN_SEVERAL.get(kind)
    if key is None:
        return {"type": kind}
    return {
        "type": kind,
        key: _starting(element, key, here) if choice is None else _chosen(element, key, choice),
    }


def _starting(element: Json, key: str, here: str | None) -> Any:
    start = element.get(STARTS_WITH.get(key, ""))
    if start is None and key == "selected_conversation" and element.get("default_to_current_conversation"):
        return here
    return [] if start is None and key.endswith("s") else start


def _chosen(element: Json, key: str, choice: Any) -> Any:
    if key == "selected_option":
        return _option(element, choice)
    if key == "selected_options":
        several = [choice] if isinstance(choice, str) else list(choice)
        return [option for option in (_option(element, one) for one in several) if option is not None]
    if key == "value":
        return _as_typed(choice) or None
    if key == "selected_date_time":
        return int(choice) if choice else None
    return choice or ([] if key.endswith("s") else None)


def _as_typed(choice: Any) -> str:
    """Slack reports every typed value as text; a page may hold a whole number as 5.0."""
    return str(int(choice)) if isinstance(choice, float) and choice.is_integer() else str(choice)


def _option(element: Json, choice: Any) -> Json | None:
    """The option whose value is `choice`, as Slack sends it back."""
    if isinstance(choice, Mapping):
        return dict(choice)
    options = list(element.get("options") or ())
    for group in element.get("option_groups") or ():
        options.extend(group.get("options") or ())
    return next((dict(option) for option in options if option.get("value") == str(choice)), None)


def state_values(blocks: Sequence[Json], values: Mapping[str, Any] | None, here: str | None = None) -> Json:
    """`state.values` of these blocks: every element that has a state, with what stands in it now."""
    state: Json = {}
    for placed in every_element(blocks):
        if placed.type not in CHOSEN_ONE and placed.type not in CHOSEN_SEVERAL:
            continue
        if placed.type == "overflow":
            continue
        choice = ((values or {}).get(placed.block_id) or {}).get(placed.action_id)
        state.setdefault(placed.block_id, {})[placed.action_id] = state_of(placed.element, choice, here)
    return state


def action_of(placed: Placed, choice: Any, action_ts: str) -> Json:
    """The entry of `actions` in a block_actions payload."""
    element = placed.element
    action: Json = {"type": placed.type, "block_id": placed.block_id, "action_id": placed.action_id}
    if placed.type in ("button", "icon_button", "workflow_button", "feedback_buttons"):
        for key in ("text", "value", "style", "url"):
            if key in element:
                action[key] = element[key]
        if choice is not None:
            action["value"] = str(choice)
    else:
        action |= state_of(element, choice)
        for key in ("placeholder", "confirm"):
            if key in element:
                action[key] = element[key]
    return action | {"action_ts": action_ts}


def complaints(blocks: Sequence[Json], values: Json) -> dict[str, str]:
    """What Slack's own client says before it sends a form: block_id -> sentence."""
    found: dict[str, str] = {}
    for placed in every_element(blocks):
        if placed.is_input:
            state = values.get(placed.block_id, {}).get(placed.action_id, {})
            complaint = _complaint(placed, state)
            if complaint:
                found[placed.block_id] = complaint
    return found


def _complaint(placed: Placed, state: Json) -> str | None:
    key = CHOSEN_ONE.get(placed.type) or CHOSEN_SEVERAL.get(placed.type) or "value"
    value = state.get(key)
    if value in (None, "", []):
        return None if placed.block.get("optional") else REQUIRED
    if placed.type == "number_input":
        return _number_complaint(placed.element, str(value))
    if placed.type == "plain_text_input":
        return _length_complaint(placed.element, str(value))
    if placed.type == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", str(value)):
        return "Please enter a valid email address."
    if placed.type == "url_text_input" and not re.match(r"https?://\S+$", str(value)):
        return "Please enter a valid URL."
    return None


def _number_complaint(element: Json, value: str) -> str | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return "Please enter a valid number."
    if not number.is_finite() or (number % 1 and not element.get("is_decimal_allowed")):
        return "Please enter a valid number." if not number.is_finite() else "Please enter a whole number."
    if "min_value" in element and number < Decimal(str(element["min_value"])):
        return f"Please enter a number that is at least {element['min_value']}."
    if "max_value" in element and number > Decimal(str(element["max_value"])):
        return f"Please enter a number that is at most {element['max_value']}."
    return None


def _length_complaint(element: Json, value: str) -> str | None:
    if len(value) < int(element.get("min_length") or 0):
        return f"Please enter at least {element['min_length']} characters."
    if len(value) > int(element.get("max_length") or 3000):
        return f"Please enter at most {element.get('max_length') or 3000} characters."
    return None
