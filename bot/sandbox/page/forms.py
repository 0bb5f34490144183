"""Modals and the App Home: views as the app sent them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.sandbox import tokens
from bot.sandbox.page.blocks import blocks
from bot.sandbox.page.elements import text_object
from bot.sandbox.page.html import Html, div, join, tag
from bot.sandbox.page.icons import icon_button
from bot.sandbox.page.messages import LOGO
from bot.sandbox.page.scene import Scene
from bot.sandbox.workspace import View


def modal(view: View, scene: Scene, errors: Mapping[str, str], *, depth: int, attempt: int) -> Html:
    """The modal somebody has in front of them.

    `errors` are sentences by block id, with "" for one about the whole form; `depth` how many modals lie on top of
    each other; `attempt` how often it was sent (so that the same error twice is drawn twice).
    """
    scene = replace(scene, here=view.channel or "")
    title = text_object(view.title, scene) if view.title else tokens.BOT_NAME
    back = icon_button("back", "Back", data_do="close-view", data_view=view.id) if depth > 1 else None
    logo = tag("img", src=LOGO, alt="")
    close = icon_button("close", "Close", data_do="close-view", data_view=view.id, data_all="yes")
    whole = errors.get("")
    body = div(
        "modal-body",
        div("alert error", whole, role="alert", data_testid="form-error") if whole else None,
        div("blocks", blocks(view.blocks, scene, errors)),
        data_scroll=True,
    )
    inside = tag(
        "section",
        div("modal-head", back or logo, tag("h2", title, class_="modal-title"), close),
        body,
        _foot(view, scene),
        class_="modal",
        role="dialog",
        aria_modal="true",
        aria_label=title.striptags() if isinstance(title, Html) else title,
        data_testid="modal",
        data_view=view.id,
        data_callback_id=view.callback_id or None,
        data_attempt=attempt,
    )
    return div("cover", inside)


def home(view: View | None, scene: Scene, *, connected: bool) -> Html:
    """The app's Home tab for the person who looks."""
    if view is not None:
        return tag("section", div("blocks", blocks(view.blocks, scene)), class_="home", data_testid="home",
                   data_view=view.id)  # fmt: skip
    said = (
        "The app has not put anything here yet."
        if connected
        else "The app fills this page once it is connected."
    )
    return tag("section", tag("p", said), class_="home empty", data_testid="home")


def _foot(view: View, scene: Scene) -> Html | None:
    close = tag("button", text_object(view.close, scene) or "Close" if view.close else "Close", type="button",
                class_="button", data_do="close-view", data_view=view.id, data_testid="modal-close")  # fmt: skip
    if not view.submit:
        return div("modal-foot", close) if view.close else None
    submit = tag("button", text_object(view.submit, scene), type="button", class_="button primary", data_do="submit",
                 data_view=view.id, disabled=view.submit_disabled, data_testid="modal-submit")  # fmt: skip
    return div("modal-foot", join([close, submit]))
