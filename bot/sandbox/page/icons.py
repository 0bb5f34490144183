"""The few line icons of the page, drawn here so that nothing is fetched."""

from __future__ import annotations

from bot.sandbox.page.html import Html, tag

_PATHS = {
    "close": "M5 5l10 10M15 5L5 15",
    "reply": "M4 4.5h12v8.5H9l-4 3v-3H4z",
    "bolt": "M11 2.5L4.5 11.5H10L9 17.5l6.5-9H10z",
    "more": "M4.2 10h.01M10 10h.01M15.8 10h.01",
    "send": "M3.5 3.5l13.5 6.5-13.5 6.5 2-6.5zM5.5 10H11",
    "plus": "M10 4v12M4 10h12",
    "back": "M12 4l-6 6 6 6",
    "menu": "M3.5 6h13M3.5 10h13M3.5 14h13",
    "eye": "M2.5 10s2.7-5 7.5-5 7.5 5 7.5 5-2.7 5-7.5 5-7.5-5-7.5-5zM10 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
    "clock": "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 6v4.3l2.8 1.7",
    "clip": "M16 9.2l-6.3 6.3a3.8 3.8 0 0 1-5.4-5.4l6.6-6.6a2.5 2.5 0 0 1 3.6 3.6l-6.6 6.6a1.3 1.3 0 0 1-1.8-1.8l6-6",
    "edit": "M4 16l.8-3.4L13.6 3.8l2.6 2.6-8.8 8.8zM11.8 5.6l2.6 2.6",
    "delete": "M4 5.5h12M8 5.5V3.5h4v2M5.5 5.5l.8 11h7.4l.8-11M8.5 8.5v5M11.5 8.5v5",
    "file": "M5.5 3h6l3.5 3.5V17h-9.5zM11 3v4h4",
}


def icon(name: str) -> Html:
    """A 20 by 20 outline in the colour of the text."""
    path = tag("path", d=_PATHS[name], fill="none", stroke="currentColor", stroke_width=2.8 if name == "more" else 1.7,
               stroke_linecap="round", stroke_linejoin="round")  # fmt: skip
    return tag("svg", path, viewBox="0 0 20 20", aria_hidden="true")


def icon_button(name: str, label: str, **attributes: str | None) -> Html:
    """A button with nothing but an icon; the label is its tooltip and its name for screen readers."""
    return tag(
        "button", icon(name), type="button", class_="icon-button", title=label, aria_label=label, **attributes
    )
