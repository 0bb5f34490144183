"""What the browser reports: one event, checked here before anything believes it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

Kind = Literal[
    "say", "act", "submit", "close", "be", "open_channel", "open_home", "open_messages", "open_thread", "close_thread",
    "shortcut", "message_shortcut", "let_time_pass", "dismiss",
    "edit", "delete",
]  # fmt: skip


class Gesture(BaseModel):
    """Something a person did on the page. Which fields matter depends on `kind`.

    `action` and `values` are in the shape of Slack's `view.state.values`; `seconds` is how much time shall pass.
    """

    kind: Kind
    channel: str = ""
    ts: str = ""
    thread: str = ""
    text: str = Field(default="", max_length=40_000)
    user: str = ""
    files: list[str] = Field(default_factory=list, max_length=10)
    view: str = ""
    all: bool = False
    block_id: str = ""
    action: dict[str, Any] = Field(default_factory=dict)
    values: dict[str, dict[str, Any]] = Field(default_factory=dict)
    callback_id: str = ""
    seconds: float = Field(default=0, ge=0, le=400 * 86400)
