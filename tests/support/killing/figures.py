"""What the killing came to, for the summary of the test run."""

from __future__ import annotations

from dataclasses import dataclass, field, fields


@dataclass
class Figures:
    """Counts of one kind of run: with the history scopes, or without."""

    kills: int = 0
    seconds: float = 0.0
    consultations: int = 0
    decisions: int = 0
    answers: int = 0
    """Answers for which a 200 was seen."""
    lost: int = 0
    doubled: int = 0
    unanswered: int = 0
    """Clicks and forms that no 200 was seen for, and that were therefore repeated."""
    stored_unanswered: int = 0
    """Of these: those that were in the log all the same."""
    sent_unnoted: int = 0
    """Messages that were in Slack, but not noted, when the app was killed."""
    copies: int = 0
    """Messages that came twice."""
    closed: int = 0
    """Of these: those that a click closed."""


@dataclass
class Both:
    """The figures with and without the history scopes."""

    of: dict[bool, Figures] = field(default_factory=dict)

    def lines(self) -> list[str]:
        """A line for each kind of run."""
        return [
            f"kills, {'with' if history else 'without'} history scopes: "
            + ", ".join(f"{f.name} {getattr(found, f.name):.4g}" for f in fields(found))
            for history, found in self.of.items()
        ]


FIGURES = Both()
