"""What somebody can do in the workspace, and what the app is told about it.

The page and the control API call exactly these methods. Each waits for the app's acknowledgement as Slack does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.sandbox.workspace import Json, Message, Workspace

Choice = str | int | float | Sequence[str] | Json | None
"""What was chosen on an element: nothing for a button; an option's value for a select, radio buttons or an overflow
menu (a list of them for checkboxes and multi-selects); the text, number or date for an input; or the element's
state in Slack's own shape."""

Values = Mapping[str, Mapping[str, Choice]]
"""Inputs as they stand: block_id -> action_id -> Choice."""


class NotThere(Exception):
    """The person tried to use something that they cannot see: no such message, button, form or channel."""


class People:
    """Everything that a person can do. `socket` is how events reach the app (see `socket_mode.Transport`)."""

    def __init__(self, workspace: Workspace, socket: Any) -> None:
        self.workspace = workspace
        self.socket = socket

    async def say(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> Message:
        """Post what was typed. "@Ana", "@Tune or Prompt" and "#general" become mentions, other markup is escaped."""
        raise NotImplementedError

    async def command(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> None:
        """Run a typed command, "/tune-or-prompt log". `/invite` and `/remove` are Slack's own."""
        raise NotImplementedError

    async def click(
        self,
        user: str,
        channel: str,
        ts: str,
        block_id: str,
        action_id: str,
        choice: Choice = None,
        values: Values | None = None,
    ) -> None:
        """Use an element of a message. `values` are the other inputs of the message as they stand."""
        raise NotImplementedError

    async def click_in_view(
        self,
        user: str,
        view_id: str,
        block_id: str,
        action_id: str,
        choice: Choice = None,
        values: Values | None = None,
    ) -> None:
        """Use an element of a modal or of the App Home. `values` are its inputs as they stand."""
        raise NotImplementedError

    async def submit(self, user: str, view_id: str, values: Values | None = None) -> Json | None:
        """Send a form. None: sent, and the workspace shows what came of it.

        {"errors": {block_id: text}}: not accepted, by the app or by Slack's own check of the inputs.
        {"error": text}: the app did not answer.
        """
        raise NotImplementedError

    async def close(self, user: str, view_id: str) -> None:
        """Close a form without sending it."""
        raise NotImplementedError

    async def open_home(self, user: str) -> None:
        """Look at the app's Home tab."""
        raise NotImplementedError

    async def global_shortcut(self, user: str, callback_id: str, channel: str | None = None) -> None:
        """Choose a global shortcut; `channel` is where the person is just now."""
        raise NotImplementedError

    async def message_shortcut(self, user: str, callback_id: str, channel: str, ts: str) -> None:
        """Choose a shortcut from a message's menu."""
        raise NotImplementedError

    async def let_time_pass(self, seconds: float) -> None:
        """Post the scheduled messages that fall due within so many seconds; let permissions run out."""
        raise NotImplementedError
