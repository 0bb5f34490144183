"""What the conversation says back at once. Whatever the thread shows is drawn later, from the log.

Expected outcomes are values; an exception is a bug.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.conversation.standing import GivenAnswer
from bot.decision_log.records import Consultation, Decision, Setting


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody did something, once: who, where, when, and the key by which a repetition is recognised.

    on: Slack's ts of the message on which a button was pressed; "" for everything else.
    nonce: that message's own, by which one is recognised of which no ts is known; "" where Slack does not tell it.
    direct: whether it was in a direct message, which is nobody else's.
    """

    workspace: str
    channel: str
    user: str
    key: str
    now: datetime
    on: str = ""
    direct: bool = False
    nonce: str = ""


@dataclass(frozen=True, slots=True)
class DroppedFile:
    """A file that came with a message: Slack's id of it, its name, its size in bytes, and what Slack takes it for."""

    id: str
    name: str
    size: int
    kind: str = ""


@dataclass(frozen=True, slots=True)
class TypedText:
    """A text typed in a thread. ``mentioned`` when it was said to the app; ``ts`` is Slack's time of it."""

    act: Act
    thread: str
    ts: str
    text: str
    mentioned: bool
    files: tuple[DroppedFile, ...] = ()


@dataclass(frozen=True, slots=True)
class EditedText:
    """A text that was edited. ``text`` is as it reads now; its ``act`` is that of having typed it.

    act: that of the edit. edited: Slack's time of it. before: the text until then; ``None`` where Slack does not say.
    """

    act: Act
    text: TypedText
    edited: str
    before: str | None = None


@dataclass(frozen=True, slots=True)
class DeletedText:
    """A message that was deleted: its ``ts``, and its thread, "" for none. ``act`` is its author's, of deleting it."""

    act: Act
    thread: str
    ts: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """There is nothing to say: it was small talk, or has been dealt with before."""


@dataclass(frozen=True, slots=True)
class Done:
    """It is in the log; the thread will show it."""

    consultation: str


@dataclass(frozen=True, slots=True)
class AlreadyHere:
    """The thread has a consultation, so no second one was started."""

    consultation: str


@dataclass(frozen=True, slots=True)
class Late:
    """Somebody else was quicker: what the answer is now. ``None`` when the question is no longer asked."""

    question: str
    given: GivenAnswer | None


@dataclass(frozen=True, slots=True)
class AlreadyAdopted:
    """Somebody else adopted this what-if first."""

    by: str


@dataclass(frozen=True, slots=True)
class Decided:
    """The consultation has its decision, so nothing in it can be changed any more."""

    decision: Decision


@dataclass(frozen=True, slots=True)
class Moved:
    """It was taken to this channel, where it goes on. root_ts: its thread there; ``None`` while it is on its way."""

    channel: str
    root_ts: str | None


@dataclass(frozen=True, slots=True)
class Fallen:
    """The decision stands no more: it was withdrawn, or superseded."""

    decision: Decision


@dataclass(frozen=True, slots=True)
class TakenUp:
    """Somebody takes the decision up again already, in this consultation."""

    consultation: Consultation


@dataclass(frozen=True, slots=True)
class Refused:
    """It cannot be done, and why. ``field``: the key of the answer or assumption that cannot be, where there is one."""

    because: Literal[
        "not_here",
        "no_task",
        "not_advised",
        "no_reason_given",
        "not_an_answer",
        "no_verdict",
        "not_admin",
        "set_meanwhile",
    ]
    detail: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class WorkspaceSettings:
    """What a workspace has set. ``last`` is the number of its newest setting; ``admins`` may change them."""

    present: tuple[Setting, ...]
    last: int
    admins: tuple[str, ...]

    def of(self, key: str) -> Setting | None:
        """The setting of a key; ``None`` where the default holds."""
        return next((setting for setting in self.present if setting.key == key), None)


@dataclass(frozen=True, slots=True)
class NotASetting:
    """A setting cannot be that: its key, and what was expected."""

    key: str
    expected: str


@dataclass(frozen=True, slots=True)
class NotAnOutcome:
    """It cannot be recorded so: what is wrong, by the field that says it."""

    errors: Mapping[str, str]


Reply = (
    Nothing
    | Done
    | AlreadyHere
    | AlreadyAdopted
    | Late
    | Decided
    | Moved
    | Fallen
    | TakenUp
    | Refused
    | NotASetting
    | NotAnOutcome
)
