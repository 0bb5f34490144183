"""What leaves the log: immutable records. All times are UTC and aware; ids are Slack's own (C…, U…, T…)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal, NamedTuple

ConsultationStatus = Literal["open", "advised", "decided", "set_aside", "moved", "void"]
"""``moved``: begun in a direct message, and taken to a channel, where another goes on in its place."""
DecisionStatus = Literal["recommended", "accepted", "overridden", "withdrawn", "superseded"]
OutcomeKey = Literal["met", "missed", "cannot_tell"]
REACHED: Final = "reached"
"""How the log keeps a ``missed`` whose quality was reached, but which nobody said to be in use."""
How = Literal["button", "typed", "form", "example", "file"]
What = Literal["card", "question", "note", "advice", "chart", "copy"]
"""``chart``: the picture of the costs, which goes with the advice before it. ``copy``: a message that came twice,
because of a crash between sending it and noting that; it only says so.
"""

TAKEN_BACK: Final[Mapping[str, bool]] = {"taken_back": True}
"""The value of an answer that takes the earlier ones to the same question back: it counts as not asked."""


FORGOTTEN: Final = "somebody who was erased"
"""Stands for a person whose name was taken out of the log."""


def is_direct(channel: str) -> bool:
    """Whether a channel's id is that of a direct message, which is nobody else's."""
    return channel.startswith("D")


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """One answer as it was given. Answers are only ever added; the newest of a key counts."""

    seq: int
    """1 for the consultation's first answer, then rising."""
    key: str
    """A key of :mod:`core.case`, or ``assumptions.<key>``."""
    value: Any
    """JSON as :func:`core.case.read_answer` takes it (``None``: not sure), or :data:`TAKEN_BACK`."""
    author: str
    how: How
    at: datetime


UNSAID = "unanswered"
"""Our word for a Slack that left twice unsaid whether it took a message: see docs/decisions/second-copies.md."""


@dataclass(frozen=True, slots=True)
class PostRecord:
    """One message of the app in the thread: what it is about, and what Slack is known to show of it."""

    id: int
    """1 for the consultation's first post, then rising."""
    what: What
    about: Mapping[str, Any]
    """What its rendering needs besides the consultation itself."""
    ts: str | None
    """Slack's timestamp of the message; ``None`` until it has been sent."""
    shown: str | None
    """Hash of what Slack was last told to show."""
    nonce: str
    """Sent along as message metadata, so that a message sent just before a crash can be recognised."""
    tried: bool
    """A send was begun: the message may be in Slack although ``ts`` is not known."""
    closed: bool
    """Needs no more keeping up to date."""
    refused: str | None = None
    """Slack's word for why it does not take this message; ``None`` when it took it, or was not asked yet.

    :data:`UNSAID`: it was sent once more, and may be in Slack already.
    """


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Who took a decision back, when, and why."""

    by: str
    at: datetime
    why: str


class Place(NamedTuple):
    """Where a decision is found within a workspace, and where a page of them ends: C0SUPPORT/42."""

    channel: str
    number: int

    def __str__(self) -> str:
        return f"{self.channel}/{self.number}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a decision turned out, as one person said it at one time. The newest of a decision counts.

    ``eval_correct`` of ``eval_total`` cases were right; ``bill_per_month`` is in dollars; ``again``: they would do it
    again. ``taken_back``: what was recorded before counts no more. ``None``: not said.
    """

    by: str
    at: datetime
    shipped: bool | None = None
    eval_correct: int | None = None
    eval_total: int | None = None
    bill_per_month: float | None = None
    hours: float | None = None
    again: bool | None = None
    cannot_tell: bool | None = None
    taken_back: bool | None = None


@dataclass(frozen=True, slots=True)
class CheckInDate:
    """When somebody wants to be asked how a decision turned out; ``ask_at`` ``None``: not at all."""

    ask_at: datetime | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Review:
    """That policy and prices of a later day advise something else than what was told before.

    ``because``: what moved it, a sentence each.
    """

    at: datetime
    was: str
    verdict: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """What came of a decision, elsewhere: an evaluation, a pull request, a document."""

    url: str
    note: str | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """What a team chose. ``number`` is per channel (#1, #2, ...) and is what people quote."""

    workspace: str
    number: int
    consultation: str
    channel: str
    root_ts: str | None
    task: str
    recommended: str
    """The verdict that was advised."""
    chosen: str
    """The verdict that was decided."""
    status: DecisionStatus
    by: str
    at: datetime
    why: str | None
    supersedes: int | None
    superseded_by: int | None
    withdrawn: Withdrawal | None
    outcome: OutcomeKey | None = None
    """How it turned out, by what was recorded last; ``None``: not recorded, or taken back."""
    due_at: datetime | None = None
    """From when on that can be known."""
    cost: float | None = None
    """Dollars a month that the chosen option was expected to cost; ``None``: nobody could say."""
    is_reached: bool = False
    """Its quality was reached, and nobody said that it is in use: that is why it is ``missed``."""

    @property
    def place(self) -> Place:
        return Place(self.channel, self.number)


class Group(NamedTuple):
    """How many decisions are alike in these, and of how many of them the day has come to ask how they turned out."""

    recommended: str
    chosen: str
    status: DecisionStatus
    outcome: OutcomeKey | Literal["reached"] | None
    number: int
    come: int

    @property
    def is_against_advice(self) -> bool:
        """What was advised is "" in decisions that somebody wrote down by hand."""
        return self.status == "overridden" or self.recommended not in ("", self.chosen)


class InMonth(NamedTuple):
    """How many decisions were made for a verdict in a month of UTC, such as 2026-06."""

    month: str
    chosen: str
    number: int


@dataclass(frozen=True, slots=True)
class Setting:
    """What a workspace set, once: settings are only ever added, and the newest of a key counts."""

    seq: int
    """1 for the workspace's first setting, then rising."""
    key: str
    """A key of :mod:`core.house`."""
    value: Any
    """JSON as :func:`core.house.check_setting` takes it; ``None``: back to the default."""
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Consultation:
    """One thread in which one question is worked through, with everything ever said in it."""

    workspace: str
    id: str
    """Short and unguessable; unique within the workspace."""
    channel: str
    root_ts: str | None
    """The thread; ``None`` until the card of a consultation that a command started has been posted."""
    in_thread: bool
    """Started inside a thread that was there already: the card is a reply in it."""
    task: str
    asker: str
    status: ConsultationStatus
    version: int
    """Rises with every change: :meth:`~bot.decision_log.writing.Writing.advance` compares it."""
    created_at: datetime
    touched_at: datetime
    nudged: bool
    prefilled: bool
    reopened_from: int | None
    """The number of the decision that this consultation takes up again."""
    answers: tuple[AnswerRecord, ...]
    """All ever given, oldest first."""
    posts: tuple[PostRecord, ...]
    """All ever wanted, oldest first."""
    decision: Decision | None
    house: tuple[Setting, ...] = ()
    """What the workspace has set, in the order of the keys; of a decided one, what it had set by then."""

    @property
    def is_alone(self) -> bool:
        """Whether somebody thinks alone here: it is in their direct message with the app."""
        return is_direct(self.channel)

    @property
    def has_thread(self) -> bool:
        """Whether it has a card, sent or to be sent. One that was decided elsewhere and read in has none."""
        return any(post.what == "card" for post in self.posts)


@dataclass(frozen=True, slots=True)
class Advice:
    """A piece of advice as it was given, with the policy and the prices that it used."""

    consultation: str
    seq: int
    advice: Any
    policy_version: str
    prices_version: str
    at: datetime


class Recorded(NamedTuple):
    """A decision with the whole record behind it. ``advice`` is JSON, ``None`` when none was kept.

    What was added is in the order in which it was.
    """

    decision: Decision
    consultation: Consultation
    advice: Any | None
    outcomes: tuple[Outcome, ...] = ()
    links: tuple[Link, ...] = ()
    dates: tuple[CheckInDate, ...] = ()
    reviews: tuple[Review, ...] = ()


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A consultation of which Slack must still be told something: one row, however many edits."""

    workspace: str
    consultation: str
    due_at: datetime
    attempts: int
    lease_until: datetime | None
    """Until when only the one who claimed it may send."""
    generation: int
    """How often it was touched since it came up; tells whether anybody did meanwhile."""
    channel: str
    because: str | None
    """Why it could not be shown the last time; ``None`` when it was not tried, or nothing stood in the way."""
    since: datetime
    """Since when something of it waits."""


class Backlog(NamedTuple):
    """How many consultations wait for Slack, and for how long the oldest has been due (0 when none is)."""

    waiting: int
    oldest: timedelta


class Hold(NamedTuple):
    """Why consultations wait for Slack: the reason, how many wait for it, and for how long the oldest has been due."""

    because: str | None
    waiting: int
    oldest: timedelta
