"""What a reply was read as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

Intent = Literal[
    "answer", "whatif", "change", "why", "why_question", "explain", "back", "restart", "skip", "unsure", "help",
    "summary", "flips", "against", "compare", "chart", "similar", "confidence", "chatter", "clarify", "invalid",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a doubtful reply may mean: the values, in words for a button, and how likely it is, from 0 to 1."""

    values: Mapping[str, Any]
    label: str
    probability: float


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
    suggestions: what it may mean, the likeliest first, where it is doubted or not understood; three at most.
    of: the verdict or the option that a question about the advice names.
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
    suggestions: tuple[Suggestion, ...] = ()
    of: str = ""

    def to_json(self) -> dict[str, Any]:
        """The object that ``read --jsonl`` prints."""
        return {
            "intent": self.intent,
            "values": self.counted(),
            "doubtful": self.doubtful,
            "echo": self.echo,
            "suggestions": [
                {"values": dict(s.values), "label": s.label, "probability": round(s.probability, 3)}
                for s in self.suggestions
            ],
        }

    def counted(self) -> dict[str, Any]:
        """The values, with k of n as it was said in place of its share."""
        values = dict(self.values)
        if self.evaluation is not None and "quality_now" in values:
            del values["quality_now"]
            values["eval_correct"], values["eval_total"] = self.evaluation
        return values
