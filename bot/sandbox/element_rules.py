"""What Slack refuses in the elements of a block: in buttons, choices, fields and pictures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot import limits
from bot.sandbox.problems import Check
from bot.sandbox.workspace import Json

ELEMENT_SURFACES = {
    "number_input": {"modal"},
    "email_text_input": {"modal"},
    "url_text_input": {"modal"},
    "file_input": {"modal"},
    "rich_text_input": {"modal", "home"},
    "datetimepicker": {"message", "modal"},
    "workflow_button": {"message"},
}
"""Element types that some surfaces do not take."""

SELECTS = {"static_select", "external_select", "users_select", "conversations_select", "channels_select"}
MULTI_SELECTS = {f"multi_{kind}" for kind in SELECTS}
PICKERS = {"datepicker", "timepicker"}
CHOICES = {"radio_buttons", "checkboxes"}
TYPED = {"plain_text_input", "number_input", "email_text_input", "url_text_input", "rich_text_input"}
FITS = {
    "accessory": {"button", "image", "overflow", "workflow_button"}
    | SELECTS
    | MULTI_SELECTS
    | PICKERS
    | CHOICES,
    "actions": {"button", "overflow", "workflow_button", "datetimepicker"} | SELECTS | PICKERS | CHOICES,
    "input": {"datetimepicker", "file_input"} | SELECTS | MULTI_SELECTS | PICKERS | CHOICES | TYPED,
    "context_actions": {"feedback_buttons", "icon_button"},
    "card": {"button"},
}
"""Element types that each kind of place takes."""

ELEMENT_FIELDS: dict[str, set[str]] = {
    "button": {"text", "url", "value", "style", "confirm", "accessibility_label", "agent_prompt"},
    "overflow": {"options", "confirm"},
    "static_select": {
        "options",
        "option_groups",
        "initial_option",
        "placeholder",
        "confirm",
        "focus_on_load",
    },
    "multi_static_select": {
        *("options", "option_groups", "initial_options", "placeholder"),
        *("confirm", "focus_on_load", "max_selected_items"),
    },
    "radio_buttons": {"options", "initial_option", "confirm", "focus_on_load"},
    "checkboxes": {"options", "initial_options", "confirm", "focus_on_load"},
    "plain_text_input": {
        *("placeholder", "initial_value", "multiline", "min_length", "max_length"),
        *("dispatch_action_config", "focus_on_load"),
    },
    "number_input": {
        *("is_decimal_allowed", "initial_value", "min_value", "max_value", "placeholder"),
        *("dispatch_action_config", "focus_on_load"),
    },
    "conversations_select": {
        *("initial_conversation", "default_to_current_conversation", "response_url_enabled", "filter"),
        *("placeholder", "confirm", "focus_on_load"),
    },
    "channels_select": {"initial_channel", "response_url_enabled", "placeholder", "confirm", "focus_on_load"},
    "users_select": {"initial_user", "placeholder", "confirm", "focus_on_load"},
}
"""What may stand in an element besides type and action_id; types that are missing here are not checked for it."""


def check_image(check: Check, block: Json, path: str) -> None:
    check.string(block, "alt_text", path, limits.ALT_TEXT, required=True)
    check.string(block, "image_url", path, limits.URL)
    if isinstance(block.get("title"), dict):
        check.text(block, "title", path, 2000)
    if bool(block.get("image_url")) == bool(block.get("slack_file")):
        check.say("must provide exactly one of image_url and slack_file", path)


def check_element(check: Check, element: Any, path: str, place: str) -> None:
    if not isinstance(element, dict):
        return check.say("must provide an object", path)
    kind = str(element.get("type"))
    if kind not in FITS[place] or check.surface not in ELEMENT_SURFACES.get(kind, {check.surface}):
        return check.say(f"unsupported type: {kind}", f"{path}/type")
    if kind == "image":
        return check_image(check, element, path)
    if kind in ELEMENT_FIELDS:
        check.known_fields(element, ELEMENT_FIELDS[kind], path)
    check.string(element, "action_id", path, limits.ID)
    check.text(element, "placeholder", path, limits.PLACEHOLDER)
    if element.get("confirm") is not None:
        _confirm(check, element["confirm"], f"{path}/confirm")
    rule = ELEMENT_RULES.get(kind)
    return rule(check, element, path) if rule else None


def _confirm(check: Check, confirm: Any, path: str) -> None:
    if not isinstance(confirm, dict):
        return check.say("must provide an object", path)
    check.text(confirm, "title", path, 100)
    check.text(confirm, "text", path, 300, required=True, mrkdwn=True)
    check.text(confirm, "confirm", path, 30)
    check.text(confirm, "deny", path, 30)
    return check.one_of(confirm, "style", path, ("primary", "danger"))


def _button(check: Check, element: Json, path: str) -> None:
    check.text(element, "text", path, limits.BUTTON_TEXT, required=True)
    check.string(element, "value", path, limits.BUTTON_VALUE)
    check.string(element, "url", path, limits.URL)
    check.string(element, "accessibility_label", path, limits.BUTTON_TEXT)
    check.string(element, "agent_prompt", path, 4000)
    check.one_of(element, "style", path, ("primary", "danger"))


def _options(check: Check, element: Json, path: str, most: int, *, mrkdwn: bool = False) -> None:
    for number, option in enumerate(check.items(element, "options", path, most)):
        _option(check, option, f"{path}/options/{number}", mrkdwn=mrkdwn)
    _initial(check, element, path)


def _option(check: Check, option: Any, path: str, *, mrkdwn: bool) -> None:
    if not isinstance(option, dict):
        return check.say("must provide an object", path)
    check.known_fields(option, {"text", "value", "description", "url"}, path)
    check.text(option, "text", path, limits.OPTION_TEXT, required=True, mrkdwn=mrkdwn)
    check.string(option, "value", path, limits.OPTION_VALUE, required=True)
    check.text(option, "description", path, limits.OPTION_TEXT, mrkdwn=mrkdwn)
    return check.string(option, "url", path, limits.URL)


def _initial(check: Check, element: Json, path: str) -> None:
    """What is chosen beforehand has to be one of the options, word for word."""
    options = list(element.get("options") or ())
    for group in element.get("option_groups") or ():
        options += group.get("options") or ()
    one = element.get("initial_option")
    if one is not None and one not in options:
        check.say("initial_option must be one of the options", f"{path}/initial_option")
    several = element.get("initial_options")
    if several is not None and (not several or any(option not in options for option in several)):
        check.say("initial_options must be one or more of the options", f"{path}/initial_options")


def _choices(check: Check, element: Json, path: str) -> None:
    _options(check, element, path, limits.CHOICES, mrkdwn=True)


def _overflow(check: Check, element: Json, path: str) -> None:
    _options(check, element, path, 5)


def _static_select(check: Check, element: Json, path: str) -> None:
    groups = element.get("option_groups")
    if groups is None:
        return _options(check, element, path, limits.SELECT_OPTIONS)
    for number, group in enumerate(check.items(element, "option_groups", path, limits.SELECT_OPTIONS)):
        here = f"{path}/option_groups/{number}"
        check.text(group, "label", here, limits.OPTION_TEXT, required=True)
        _options(check, group, here, limits.SELECT_OPTIONS)
    return _initial(check, element, path)


def _plain_text_input(check: Check, element: Json, path: str) -> None:
    check.number(element, "min_length", path, 0, limits.INPUT_LENGTH)
    check.number(element, "max_length", path, 1, limits.INPUT_LENGTH)
    check.string(element, "initial_value", path, int(element.get("max_length") or limits.INPUT_LENGTH))


def _number_input(check: Check, element: Json, path: str) -> None:
    if not isinstance(element.get("is_decimal_allowed"), bool):
        check.say("missing required field: is_decimal_allowed", path)
    for key in ("initial_value", "min_value", "max_value"):
        check.string(element, key, path, 64)


ELEMENT_RULES: dict[str, Callable[[Check, Json, str], None]] = {
    "button": _button,
    "radio_buttons": _choices,
    "checkboxes": _choices,
    "overflow": _overflow,
    "static_select": _static_select,
    "multi_static_select": _static_select,
    "plain_text_input": _plain_text_input,
    "number_input": _number_input,
}
