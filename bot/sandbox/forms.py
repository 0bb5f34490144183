"""Views that the app sends: forms and App Homes. They come by views.* and in answer to a submission."""

from __future__ import annotations

from typing import Any

from bot.sandbox import checks
from bot.sandbox.elements import state_values
from bot.sandbox.refusal import Refusal, messages_of
from bot.sandbox.workspace import Json, View, Workspace, with_ids


def checked_view(view: Any, kind: str) -> Json:
    """The view, if Slack would show it."""
    if not view:
        raise Refusal("invalid_arguments", response_metadata=messages_of(["missing required field: view"]))
    problems = checks.view_problems(view)
    if not problems and view["type"] != kind:
        problems = [f"unsupported type: {view['type']} [json-pointer:/view/type]"]
    if problems:
        raise Refusal("invalid_arguments", response_metadata=messages_of(problems))
    if checks.view_is_too_large(view):
        raise Refusal("view_too_large")
    return dict(view)


def make_view(workspace: Workspace, shown: Json, user: str, channel: str | None) -> View:
    """A view for this person, not opened yet."""
    view = View(workspace.new_id("V"), "", str(shown["type"]), user, [], channel=channel)
    _fill(workspace, view, shown)
    return view


def replace_view(workspace: Workspace, view: View, shown: Json) -> None:
    """Show something else in the same view. Inputs that are still there keep what stands in them."""
    _fill(workspace, view, shown)
    workspace.changed()


def _fill(workspace: Workspace, view: View, shown: Json) -> None:
    view.blocks = with_ids(shown["blocks"])
    view.hash = f"{workspace.next_ts()}.{workspace.new_id('H', 8)}"
    view.callback_id = str(shown.get("callback_id") or "")
    view.external_id = str(shown.get("external_id") or "")
    view.private_metadata = str(shown.get("private_metadata") or "")
    view.title, view.submit, view.close = shown.get("title"), shown.get("submit"), shown.get("close")
    view.clear_on_close = bool(shown.get("clear_on_close"))
    view.notify_on_close = bool(shown.get("notify_on_close"))
    view.submit_disabled = bool(shown.get("submit_disabled"))
    view.values = state_values(view.blocks, view.values, view.channel)
