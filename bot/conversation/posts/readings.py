"""What came of a typed reply: taken, in doubt, not understood, too late; and what became of it when it was edited."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.conversation.posts.values import Values, fields_of


@dataclass(frozen=True, slots=True)
class Echo:
    """What was understood of a typed text, and taken.

    asked: the question that it followed, whose message turns into the answer, so that only what else was said is shown
    here. heard: the ``ts`` of the text's message, and ``edited`` that of its last edit. values: what it says. open:
    the parts of that question which it left open, so that it is asked still.
    """

    echo: str
    by: str
    questions: tuple[str, ...]
    asked: str | None = None
    heard: str = ""
    edited: str = ""
    values: Values = field(default_factory=dict)
    open: tuple[str, ...] = ()

    @property
    def besides(self) -> tuple[str, ...]:
        """The questions whose answer is shown here: those that were not asked, and the asked one while it is open."""
        return tuple(name for name in self.questions if name != self.asked or self.open)

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to show here: an assumption, or an answer that has no message of its own."""
        return (
            not self.heard or bool(self.besides) or any(key.startswith("assumptions.") for key in self.values)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubted:
    """What may have been meant. pointed: the words that a language model pointed at, if one was asked.

    asked, heard, edited: as of :class:`Echo`.
    """

    echo: str
    by: str
    questions: tuple[str, ...]
    values: Values
    pointed: tuple[str, ...] | None = None
    asked: str | None = None
    heard: str = ""
    edited: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubtful(Doubted):
    """It waits to be confirmed."""

    def outdated(self) -> Outdated:
        """The same once its text reads otherwise."""
        return Outdated(**fields_of(self))

    def settled(self, *, right: bool, by: str) -> Confirmed | Denied:
        """The same once somebody said whether it is right."""
        return (Confirmed if right else Denied)(**fields_of(self), settled_by=by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed(Doubted):
    """A doubtful reading that somebody said is right."""

    settled_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Denied(Doubted):
    """A doubtful reading that somebody said is wrong."""

    settled_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outdated(Doubted):
    """A doubtful reading of a text that reads otherwise since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """Somebody edited or deleted a message that had given answers. heard, edited: as of :class:`Echo`."""

    by: str
    heard: str
    edited: str = ""
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAnew(Rewritten):
    """It says something else, which is taken. changes: what it is about, in words before and after, "" for nothing."""

    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadNow(Rewritten):
    """It cannot be read as an answer any more. The answers stay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OvertakenSince(Rewritten):
    """It says something else, but its answers were changed by then in another way. Those stay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted(Rewritten):
    """It is gone. The answers stay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRewritten(Rewritten):
    """The message with the task was edited, or deleted. The task stays as it was written down."""

    gone: bool = False


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A reply that could not be read. because: the reader's sentence, which may quote the reply."""

    because: str | None
    question: str | None


ALL_FROM = 2
"""The miss from which on a reply that is not plain is shown every answer that there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """What a reply may mean, shown right under it until its question is answered. The reply itself is not kept.

    by: who wrote it. meant: values of a case, the likeliest first; empty where nothing is likely. answered_by: the
    number of the newest answer to the question then. miss: how many replies in a row needed this, with this one.
    """

    by: str
    question: str
    answered_by: int
    meant: tuple[Values, ...] = ()
    miss: int = 1

    @property
    def offered(self) -> tuple[Values, ...]:
        """What it shows as buttons; nothing where it shows every answer: what was suggested before was not meant."""
        return self.meant if self.miss < ALL_FROM else ()


@dataclass(frozen=True, slots=True)
class TooLate:
    """A typed answer to a question that somebody answered a moment before."""

    question: str


@dataclass(frozen=True, slots=True)
class Called:
    """The app was called by name and told nothing more, while it waits for an answer."""

    question: str
