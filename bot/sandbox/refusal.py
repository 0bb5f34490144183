"""How Slack says no."""

from __future__ import annotations

from typing import Any

from bot.sandbox.workspace import Json


class Refusal(Exception):
    """Slack's answer is no. `more` goes into the answer beside the error."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.more = more


def messages_of(problems: list[str]) -> Json:
    """The `response_metadata` that explains what was wrong."""
    return {"messages": [f"[ERROR] {problem}" for problem in problems]}
