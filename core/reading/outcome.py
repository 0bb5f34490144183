"""What a reply was read as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

Intent = Literal[
    "answer", "whatif", "change", "why", "why_question", "explain", "back", "restart", "skip", "unsure", "help",
    "summary", "chatter", "clarify", "invalid",
]  # fmt: skip


Mode = Literal["answer", "whatif", "change"]


@dataclass(frozen=True, slots=True)
class Reading:
    """One reply, understood or not.

    intent: what the person wants. values: what they said, by case key, in JSON form; a range is ``[low, high]`` with
    ``None`` for an open end; in a what-if a factor is text, such as ``"x2"``. doubtful: show it to be confirmed, store
    nothing yet. echo: the normal form of what was understood, for people. because: why it is doubtful, or why nothing
    was understood, as a sentence for people. evaluation: (right answers, cases) when quality was given as k of n;
    ``values`` then holds the plain share. assumed: assumptions of the ledger by key, such as an hour of engineering; an
    amount of money stands among ``values`` as well, as it was said. family: a model that was named without its version.
    mode: whether it had the form of an answer, a what-if or a change, understood or not.
    """

    intent: Intent
    values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    doubtful: bool = False
    echo: str = ""
    because: str | None = None
    evaluation: tuple[int, int] | None = None
    assumed: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    family: str = ""
    mode: Mode = "answer"

    def to_json(self) -> dict[str, Any]:
        """The object that ``read --jsonl`` prints."""
        return {
            "intent": self.intent,
            "values": dict(self.values),
            "doubtful": self.doubtful,
            "echo": self.echo,
        }
