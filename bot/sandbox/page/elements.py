"""What people press, choose and type: Block Kit's interactive elements as plain form controls.

Each carries `data-element` (its Slack type), `data-action-id` and, where there are options, the option itself as
JSON, so that the page's script can send exactly the state Slack would send.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bot.sandbox.page import dates
from bot.sandbox.page.html import Html, div, join, safe_url, span, tag
from bot.sandbox.page.mrkdwn import decode, mrkdwn, plain
from bot.sandbox.page.scene import Scene

Element = Mapping[str, Any]
Draw = Callable[[Element, Scene, str], Html]


def element(one: Element, scene: Scene, block_id: str) -> Html:
    """Any element; one that cannot be drawn is a visible box."""
    draw = DRAW.get(str(one.get("type")))
    return draw(one, scene, block_id) if draw else unknown("an element", str(one.get("type")), one)


def unknown(what: str, kind: str, content: Any) -> Html:
    """The box for whatever this sandbox cannot draw, with its JSON to look into."""
    return tag(
        "details",
        tag("summary", f"Unknown block: the sandbox cannot draw {what} of type “{kind}”"),
        tag("pre", json.dumps(content, indent=2, ensure_ascii=False, default=str)),
        class_="unknown-block",
        data_testid="unknown-block",
    )


def text_object(text: Mapping[str, Any] | None, scene: Scene) -> Html:
    """A plain_text or mrkdwn object; nothing when there is none."""
    if not text:
        return Html("")
    words = str(text.get("text", ""))
    if text.get("type") != "mrkdwn":
        return plain(words, emoji=text.get("emoji") is not False)
    return mrkdwn(words, scene)


def image_address(image: Mapping[str, Any], scene: Scene) -> str | None:
    """Where the picture is: a file of this workspace, or a web address (offline, its description is shown)."""
    file = image.get("slack_file")
    if file:
        address = scene.files.get(str(file.get("id") or file.get("url") or ""))
        return address or safe_url(file.get("url"))
    return local_or_web(image.get("image_url"))


def local_or_web(address: object) -> str | None:
    """A path on this server or a safe web address."""
    if isinstance(address, str) and address.startswith("/") and not address.startswith("//"):
        return address
    return safe_url(address)


def _button(one: Element, scene: Scene, block_id: str) -> Html:
    style = one.get("style")
    return tag(
        "button",
        text_object(one["text"], scene),
        type="button",
        class_=f"button {style}" if style in {"primary", "danger"} else "button",
        data_element="button",
        data_value=one.get("value"),
        data_url=safe_url(one.get("url")),
        aria_label=one.get("accessibility_label"),
        **_identity(one),
    )


def _static_select(one: Element, scene: Scene, block_id: str) -> Html:
    initial = _value(one.get("initial_option"))
    return _select(one, [_placeholder(one), *_choices(one, {initial} if initial is not None else set())])


def _multi_static_select(one: Element, scene: Scene, block_id: str) -> Html:
    chosen = {_value(option) for option in one.get("initial_options") or []}
    options = [option for _, group in _groups(one) for option in group]
    return _multi(one, [(option, _value(option) in chosen) for option in options])


def _people_select(one: Element, scene: Scene, block_id: str) -> Html:
    return _select(one, _names(one, scene.users.items(), one.get("initial_user"), "@"))


def _channel_select(one: Element, scene: Scene, block_id: str) -> Html:
    initial = one.get("initial_conversation") or one.get("initial_channel")
    if initial is None and one.get("default_to_current_conversation"):
        initial = scene.here
    return _select(one, _names(one, scene.channels.items(), initial, "#"))


def _multi_people(one: Element, scene: Scene, block_id: str) -> Html:
    return _multi_names(one, scene.users, one.get("initial_users") or [], "@")


def _multi_channels(one: Element, scene: Scene, block_id: str) -> Html:
    initial = one.get("initial_conversations") or one.get("initial_channels") or []
    return _multi_names(one, scene.channels, initial, "#")


def _radio_buttons(one: Element, scene: Scene, block_id: str) -> Html:
    initial = _value(one.get("initial_option"))
    boxes = [
        _box("radio", one, option, scene, block_id, checked=_value(option) == initial)
        for option in one["options"]
    ]
    return div("options", *boxes, role="radiogroup", data_element="radio_buttons", **_identity(one))


def _checkboxes(one: Element, scene: Scene, block_id: str) -> Html:
    chosen = {_value(option) for option in one.get("initial_options") or []}
    boxes = [
        _box("checkbox", one, option, scene, block_id, checked=_value(option) in chosen)
        for option in one["options"]
    ]
    return div("options", *boxes, role="group", data_element="checkboxes", **_identity(one))


def _box(kind: str, one: Element, option: Element, scene: Scene, block_id: str, *, checked: bool) -> Html:
    mark = tag(
        "input",
        type=kind,
        name=f"{block_id}/{one.get('action_id')}",
        value=option.get("value"),
        checked=checked,
        data_option=_as_json(option),
    )
    words = span("option-text", text_object(option["text"], scene))
    more = span("option-description", text_object(option.get("description"), scene))
    return tag("label", mark, span("option-words", words, more), class_="option")


def _overflow(one: Element, scene: Scene, block_id: str) -> Html:
    items = [
        tag("button", text_object(option["text"], scene), type="button", role="menuitem",
            data_option=_as_json(option), data_url=safe_url(option.get("url")))
        for option in one["options"]
    ]  # fmt: skip
    return tag(
        "details",
        tag("summary", span("dots", "⋯"), class_="button overflow-button", aria_label="More actions"),
        div("menu", *items, role="menu"),
        class_="overflow",
        data_element="overflow",
        **_identity(one),
    )


def _plain_text_input(one: Element, scene: Scene, block_id: str) -> Html:
    initial = str(one.get("initial_value") or "")
    shared = {**_typing(one), "data_element": str(one["type"]), "maxlength": one.get("max_length")}
    if one.get("multiline"):
        return tag("textarea", initial, rows=4, class_="field", **shared)
    return tag("input", type="text", value=initial, class_="field", **shared)


def _number_input(one: Element, scene: Scene, block_id: str) -> Html:
    """A text field that asks for digits: what is no number is sent as typed, and answered, not swallowed."""
    return tag(
        "input",
        type="text",
        inputmode="decimal",
        value=one.get("initial_value"),
        class_="field number",
        data_element="number_input",
        **_typing(one),
    )


def _typed(kind: str) -> Draw:
    def draw(one: Element, scene: Scene, block_id: str) -> Html:
        return tag("input", type=kind, value=one.get("initial_value"), class_="field",
                   data_element=str(one["type"]), **_typing(one))  # fmt: skip

    return draw


def _picker(kind: str, initial: str) -> Draw:
    def draw(one: Element, scene: Scene, block_id: str) -> Html:
        return tag("input", type=kind, value=one.get(initial), class_="field picker",
                   title=_placeholder_text(one) or "Choose a date or time",
                   data_element=str(one["type"]), **_identity(one))  # fmt: skip

    return draw


def _moment_picker(one: Element, scene: Scene, block_id: str) -> Html:
    initial = one.get("initial_date_time")
    written = f"{dates.at(float(initial), scene.now):%Y-%m-%dT%H:%M}" if initial else None
    return tag(
        "input",
        type="datetime-local",
        value=written,
        class_="field picker",
        title="Choose a date and time",
        data_element="datetimepicker",
        **_identity(one),
    )


def _image(one: Element, scene: Scene, block_id: str) -> Html:
    address = image_address(one, scene)
    alt = decode(str(one.get("alt_text", "")))
    return tag("img", src=address, alt=alt, title=alt, class_="thumbnail", loading="lazy")


def _feedback(one: Element, scene: Scene, block_id: str) -> Html:
    buttons = [
        tag("button", text_object(one[side]["text"], scene), type="button", class_="button small",
            aria_label=one[side].get("accessibility_label"), data_element="feedback_buttons",
            data_value=one[side].get("value"), **_identity(one))
        for side in ("positive_button", "negative_button")
    ]  # fmt: skip
    return join(buttons)


def _icon_button(one: Element, scene: Scene, block_id: str) -> Html:
    label = one.get("accessibility_label") or one["text"].get("text")
    return tag("button", text_object(one["text"], scene), type="button", class_="button small", aria_label=label,
               data_element="icon_button", data_value=one.get("value"), **_identity(one))  # fmt: skip


def _identity(one: Element) -> dict[str, str | None]:
    confirm = one.get("confirm")
    return {
        "data_action_id": one.get("action_id"),
        "data_confirm": _as_json(_confirm(confirm)) if confirm else None,
    }


def _confirm(confirm: Mapping[str, Any]) -> dict[str, str]:
    words = {
        key: decode(str((confirm.get(key) or {}).get("text", "")))
        for key in ("title", "text", "confirm", "deny")
    }
    return {**words, "style": str(confirm.get("style", "primary"))}


def _typing(one: Element) -> dict[str, Any]:
    """What every typed field shares: who it is, its hint, and which events it wants while typing."""
    wanted = (one.get("dispatch_action_config") or {}).get("trigger_actions_on") or ["on_enter_pressed"]
    return {
        **_identity(one),
        "placeholder": _placeholder_text(one),
        "autofocus": bool(one.get("focus_on_load")),
        "autocomplete": "off",
        "data_dispatch_on": " ".join(wanted),
    }


def _placeholder_text(one: Element) -> str | None:
    placeholder = one.get("placeholder")
    return decode(str(placeholder["text"])) if placeholder else None


def _placeholder(one: Element) -> Html:
    return tag("option", _placeholder_text(one) or "Choose an option", value="")


def _select(one: Element, options: Sequence[Html]) -> Html:
    return tag(
        "select", *options, class_="field select", title=_placeholder_text(one) or "Choose an option",
        data_element=str(one["type"]), autofocus=bool(one.get("focus_on_load")), **_identity(one),
    )  # fmt: skip


def _groups(one: Element) -> list[tuple[str, Sequence[Element]]]:
    grouped = one.get("option_groups")
    if grouped:
        return [(decode(str(group["label"]["text"])), group["options"]) for group in grouped]
    return [("", one.get("options") or [])]


def _choices(one: Element, chosen: set[str]) -> list[Html]:
    parts = []
    for label, options in _groups(one):
        drawn = [
            tag("option", decode(str(option["text"]["text"])), value=option.get("value"),
                selected=_value(option) in chosen, data_option=_as_json(option))
            for option in options
        ]  # fmt: skip
        parts.append(tag("optgroup", *drawn, label=label) if label else join(drawn))
    return parts


def _names(one: Element, names: Iterable[tuple[str, str]], initial: str | None, sign: str) -> list[Html]:
    options = [tag("option", f"{sign}{name}", value=key, selected=key == initial) for key, name in names]
    return [_placeholder(one), *options]


def _multi_names(one: Element, names: Mapping[str, str], initial: Sequence[str], sign: str) -> Html:
    options = [
        {"text": {"type": "plain_text", "text": sign + name}, "value": key} for key, name in names.items()
    ]
    return _multi(one, [(option, option["value"] in initial) for option in options])


def _multi(one: Element, options: Sequence[tuple[Element, bool]]) -> Html:
    boxes = [
        tag("label",
            tag("input", type="checkbox", value=option.get("value"), checked=checked, data_option=_as_json(option)),
            span("option-text", decode(str(option["text"]["text"]))), class_="option")
        for option, checked in options
    ]  # fmt: skip
    hint = _placeholder_text(one) or "Choose options"
    return tag(
        "details",
        tag(
            "summary", span("multi-chosen"), span("multi-hint", hint), class_="field select", aria_label=hint
        ),
        div("menu", *boxes),
        class_="multi",
        data_element=str(one["type"]),
        **_identity(one),
    )


def _value(option: Element | None) -> str | None:
    return str(option["value"]) if option and "value" in option else None


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


DRAW: dict[str, Draw] = {
    "button": _button,
    "workflow_button": _button,
    "icon_button": _icon_button,
    "feedback_buttons": _feedback,
    "static_select": _static_select,
    "multi_static_select": _multi_static_select,
    "users_select": _people_select,
    "multi_users_select": _multi_people,
    "channels_select": _channel_select,
    "conversations_select": _channel_select,
    "multi_channels_select": _multi_channels,
    "multi_conversations_select": _multi_channels,
    "radio_buttons": _radio_buttons,
    "checkboxes": _checkboxes,
    "overflow": _overflow,
    "plain_text_input": _plain_text_input,
    "number_input": _number_input,
    "email_text_input": _typed("email"),
    "url_text_input": _typed("url"),
    "datepicker": _picker("date", "initial_date"),
    "timepicker": _picker("time", "initial_time"),
    "datetimepicker": _moment_picker,
    "image": _image,
}
