"""What happened to a consultation: answers taken back, set aside, reminded, decided, taken along to a channel."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.posts.values import fields_of


@dataclass(frozen=True, slots=True)
class Assumed:
    """Assumptions that were changed in the form: name, value before and after, and "default" for one taken back."""

    by: str
    changes: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class StartedOver:
    """All answers were taken back."""

    by: str


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The answer to one question was taken back."""

    by: str
    question: str


@dataclass(frozen=True, slots=True)
class NothingToTakeBack:
    """ "back" where nothing has been answered."""


@dataclass(frozen=True, slots=True)
class TaskCut:
    """The task was longer than the ``limit`` characters that are kept."""

    limit: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """Somebody said stop, or pressed Not now."""

    by: str


@dataclass(frozen=True, slots=True)
class Nudge:
    """The one reminder to the asker."""


@dataclass(frozen=True, slots=True)
class AlreadyDecided:
    """Somebody wanted to change what is decided."""


@dataclass(frozen=True, slots=True)
class DecidedMeanwhile:
    """The same in place of a note on a file, whose reading ended after the decision."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The decision of this thread was taken back, by whom and why."""

    by: str
    number: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Somebody takes what they thought alone to a channel, where another consultation goes on with these answers.

    upto: the number of the newest answer that it began with.
    """

    by: str
    channel: str
    consultation: str
    upto: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OnItsWay(Taken):
    """Its card is not there yet. Nothing is shown."""

    def arrived(self, root_ts: str) -> TakenThere:
        """The same once the card stands."""
        return TakenThere(**fields_of(self), root_ts=root_ts)

    def refused(self, word: str) -> NotTaken:
        """The same once Slack said that it cannot stand there."""
        return NotTaken(**fields_of(self), word=word)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenThere(Taken):
    """It goes on there."""

    root_ts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTaken(Taken):
    """The card could not be posted there. word: Slack's, for why."""

    word: str


@dataclass(frozen=True, slots=True)
class GoesOnThere:
    """Somebody wanted to change what was taken to a channel."""
