"""What the killing came to, for the summary of the test run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields


@dataclass
class Figures:
    """Counts of one kind of Slack."""

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
    dropped: int = 0
    """Messages that Slack took without saying so."""
    copies: int = 0
    """Messages that came once more."""
    most_of_one: int = 0
    """How many copies one message had at most, those aside that came after :attr:`waited`."""
    held_back: int = 0
    """Messages that were sent twice, and were not sent again at once."""
    waited: int = 0
    """How often people waited until such a message was sent again, since it stood nowhere, or could not be pressed."""
    closed: int = 0
    """Of these: those that a click closed."""


@dataclass
class Every:
    """The figures of each kind of Slack, by its name."""

    of: dict[str, Figures] = field(default_factory=dict)

    def noted(self) -> dict[str, dict[str, float]]:
        """As one process of a test run tells another."""
        return {name: asdict(found) for name, found in self.of.items()}

    def take_in(self, noted: Mapping[str, Mapping[str, float]]) -> None:
        """Add what another process of the test run noted."""
        for name, counts in noted.items():
            mine = self.of.setdefault(name, Figures())
            for count, value in counts.items():
                had = getattr(mine, count)
                setattr(mine, count, max(had, value) if count == "most_of_one" else had + value)

    def lines(self) -> list[str]:
        """A line for each kind of Slack."""
        return [
            f"kills, {name}: " + ", ".join(f"{f.name} {getattr(found, f.name):.4g}" for f in fields(Figures))
            for name, found in sorted(self.of.items())
        ]


FIGURES = Every()
