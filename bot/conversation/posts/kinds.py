"""How each kind of post is kept, and a post with what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, cast

from pydantic import PlainSerializer, PlainValidator, TypeAdapter

from bot.conversation.posts.files import FileInDoubt, FileRead, FileRefused, FileToRead, FileUnused, OneFile
from bot.conversation.posts.happened import (
    AlreadyDecided,
    Assumed,
    DecidedMeanwhile,
    GoesOnThere,
    NothingToTakeBack,
    NotTaken,
    Nudge,
    OnItsWay,
    SetAside,
    StartedOver,
    TakenBack,
    TakenThere,
    TaskCut,
    Withdrawn,
)
from bot.conversation.posts.lookups import (
    Explain,
    HelpHere,
    OfAdvice,
    OnRecord,
    Similar,
    Summary,
    Why,
    WhyQuestion,
)
from bot.conversation.posts.outcomes import (
    AskedLater,
    CheckIn,
    Linked,
    Moved,
    OutcomeNoted,
    OutcomeRefused,
    OutcomeTakenBack,
)
from bot.conversation.posts.readings import (
    Called,
    Confirmed,
    Deleted,
    Denied,
    Doubtful,
    Echo,
    NotUnderstood,
    Outdated,
    OvertakenSince,
    ReadAnew,
    Suggested,
    TaskRewritten,
    TooLate,
    UnreadNow,
)
from bot.conversation.posts.stages import Advised, Card, Chart, Copy, Question
from bot.conversation.posts.what_ifs import WhatIf, WhatIfAdopted, WhatIfOffered, WhatIfUnread
from bot.decision_log.records import Consultation, PostRecord, What


def _unclear(about: Any) -> NotUnderstood | WhatIfUnread | Suggested | OfAdvice:
    found = from_json("note", about)
    if not isinstance(found, NotUnderstood | WhatIfUnread | Suggested | OfAdvice):
        raise ValueError("neither a reply nor a question that was not understood")
    return found


@dataclass(frozen=True, slots=True)
class PutOff:
    """A reply that was not understood, until a language model was asked about it. Nothing of it is shown.

    question: the one that it followed, and ``answered_by`` the number of its newest answer then. instead: what is said
    if nothing comes of asking.
    """

    text: str
    question: str | None
    answered_by: int
    by: str
    instead: Annotated[
        NotUnderstood | WhatIfUnread | Suggested | OfAdvice,
        PlainValidator(_unclear),
        PlainSerializer(lambda note: to_json(note)),  # noqa: PLW0108
    ]


@dataclass(frozen=True, slots=True)
class Idle:
    """Such a reply of which nothing is left to say. Nothing is shown."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A post of a program that is newer than this one, or a broken one. It is left alone, and nothing is shown."""

    what: What
    about: Any


WhatIfs = WhatIf | WhatIfOffered | WhatIfAdopted


Files = FileToRead | FileInDoubt | FileRead | FileRefused | FileUnused


Understood = (
    Echo
    | Doubtful
    | Confirmed
    | Denied
    | Outdated
    | WhatIfs
    | WhatIfUnread
    | NotUnderstood
    | Suggested
    | TooLate
)


Shown = (
    Why
    | WhyQuestion
    | Explain
    | Summary
    | HelpHere
    | OfAdvice
    | Called
    | OneFile
    | AlreadyDecided
    | DecidedMeanwhile
    | GoesOnThere
)


Happened = Assumed | StartedOver | TakenBack | NothingToTakeBack | TaskCut | SetAside | Nudge


Rewordings = ReadAnew | UnreadNow | OvertakenSince | Deleted | TaskRewritten


OfTheLog = Similar | OnRecord | Withdrawn


TakenAlong = OnItsWay | TakenThere | NotTaken


CameOfIt = CheckIn | OutcomeNoted | OutcomeTakenBack | OutcomeRefused | AskedLater | Linked | Moved


Note = Understood | Rewordings | Shown | Happened | OfTheLog | CameOfIt | TakenAlong | Files | PutOff | Idle


About = Card | Question | Advised | Chart | Copy | Note | Unknown
"""What a post is about."""


KINDS: Mapping[tuple[str, ...], type[Any]] = {
    ("card",): Card,
    ("question",): Question,
    ("advice",): Advised,
    ("chart",): Chart,
    ("copy",): Copy,
    ("note", "echo"): Echo,
    ("note", "doubtful", "asked"): Doubtful,
    ("note", "doubtful", "right"): Confirmed,
    ("note", "doubtful", "wrong"): Denied,
    ("note", "doubtful", "edited"): Outdated,
    ("note", "rewritten", "anew"): ReadAnew,
    ("note", "rewritten", "unread"): UnreadNow,
    ("note", "rewritten", "overtaken"): OvertakenSince,
    ("note", "rewritten", "deleted"): Deleted,
    ("note", "rewritten", "task"): TaskRewritten,
    ("note", "why"): Why,
    ("note", "why_question"): WhyQuestion,
    ("note", "explain"): Explain,
    ("note", "summary"): Summary,
    ("note", "help"): HelpHere,
    ("note", "whatif"): WhatIf,
    ("note", "whatif", "offered"): WhatIfOffered,
    ("note", "whatif", "adopted"): WhatIfAdopted,
    ("note", "whatif_unread"): WhatIfUnread,
    ("note", "assumed"): Assumed,
    ("note", "started_over"): StartedOver,
    ("note", "taken_back"): TakenBack,
    ("note", "nothing_to_take_back"): NothingToTakeBack,
    ("note", "not_understood"): NotUnderstood,
    ("note", "suggested", "open"): Suggested,
    ("note", "of_advice"): OfAdvice,
    ("note", "called"): Called,
    ("note", "task_cut"): TaskCut,
    ("note", "set_aside"): SetAside,
    ("note", "nudge"): Nudge,
    ("note", "late"): TooLate,
    ("note", "already_decided"): AlreadyDecided,
    ("note", "already_decided", "decided"): DecidedMeanwhile,
    ("note", "taken_along", "asked"): OnItsWay,
    ("note", "taken_along", "there"): TakenThere,
    ("note", "taken_along", "refused"): NotTaken,
    ("note", "goes_on_there"): GoesOnThere,
    ("note", "one_file"): OneFile,
    ("note", "similar"): Similar,
    ("note", "on_record"): OnRecord,
    ("note", "withdrawn"): Withdrawn,
    ("note", "check_in", "asked"): CheckIn,
    ("note", "outcome", "recorded"): OutcomeNoted,
    ("note", "outcome_taken_back"): OutcomeTakenBack,
    ("note", "outcome_refused"): OutcomeRefused,
    ("note", "asked_later"): AskedLater,
    ("note", "linked"): Linked,
    ("note", "moved"): Moved,
    ("note", "evidence", "unread"): FileToRead,
    ("note", "evidence", "doubtful"): FileInDoubt,
    ("note", "evidence", "read"): FileRead,
    ("note", "evidence", "refused"): FileRefused,
    ("note", "evidence", "unused"): FileUnused,
    ("note", "second_reading", "unread"): PutOff,
    ("note", "second_reading", "idle"): Idle,
}
"""How each kind is kept: the ``what`` of its post, and the ``note`` and ``state`` of what that is about."""


NAMES: Mapping[type[Any], tuple[str, ...]] = {kind: names for names, kind in KINDS.items()}


SHOWN_ON_A_WORD: Mapping[str, type[Why | WhyQuestion | Explain | Summary | HelpHere]] = {
    "why": Why,
    "why_question": WhyQuestion,
    "explain": Explain,
    "summary": Summary,
    "help": HelpHere,
}
"""What anybody can look up, by what the reader calls it."""


@dataclass(frozen=True, slots=True)
class Post:
    """One message of the thread: what it is about, and the rest as in :class:`PostRecord`."""

    id: int
    about: About
    ts: str | None
    shown: str | None
    nonce: str
    tried: bool
    closed: bool
    refused: str | None = None

    @property
    def is_fixed(self) -> bool:
        """Whether it stays as it was sent: so do all notes that have no state."""
        names = NAMES.get(type(self.about), ("note", ""))
        return names[0] == "note" and len(names) == 2


def posts_of(consultation: Consultation) -> tuple[Post, ...]:
    """All messages ever wanted in its thread, oldest first."""
    return tuple(post_of(kept) for kept in consultation.posts)


def post_of(kept: PostRecord) -> Post:
    """A post as the log keeps it, with what it is about typed."""
    about = from_json(kept.what, kept.about)
    return Post(
        kept.id,
        about,
        kept.ts,
        kept.shown,
        kept.nonce,
        kept.tried,
        kept.closed,
        kept.refused,
    )


def what(about: About) -> What:
    """As what the log keeps a post about this."""
    return about.what if isinstance(about, Unknown) else cast("What", NAMES[type(about)][0])


def to_json(about: About) -> dict[str, Any]:
    """What a post is about, as the log keeps it."""
    if isinstance(about, Unknown):
        return dict(about.about)
    names = NAMES[type(about)]
    kept: dict[str, Any] = dict(zip(("note", "state"), names[1:], strict=False))
    kept |= _form(names).dump_python(about, mode="json", exclude_defaults=True)
    return kept


def from_json(what: What, about: Any) -> About:
    """The inverse of :func:`to_json`; :class:`Unknown` for what cannot be read. Never raises.

    There is always a card, so that of a broken one only whom it tells is lost.
    """
    try:
        names = (what, *(about[key] for key in ("note", "state") if what == "note" and key in about))
        return cast("About", _form(names).validate_python(about))
    except (LookupError, TypeError, ValueError, AttributeError):
        return Card() if what == "card" else Unknown(what, about)


@cache
def _form(names: tuple[str, ...]) -> TypeAdapter[Any]:
    """What reads and writes one kind; made when the first of it comes, since making all of them takes a while."""
    return TypeAdapter(KINDS[names])
