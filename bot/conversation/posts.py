"""Every kind of message that a thread can hold: what each is about, typed, and how it is kept.

The log keeps a post as ``what`` and ``about``, the latter JSON; nothing else knows what that looks like. A kind is a
class here, its row in :data:`KINDS`, and its drawing in :mod:`bot.views.thread`, which does not type-check without.
A field that has a default is kept only where it differs from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Annotated, Any, Literal, cast

from pydantic import PlainSerializer, PlainValidator, TypeAdapter

from bot.decision_log.records import Consultation, PostRecord, What
from core.evidence.found import Evidence, Use, use_from_json

Values = Mapping[str, Any]
"""Answers by key, in the JSON form of a case; or :data:`~bot.decision_log.records.TAKEN_BACK`."""

KeptUse = Annotated[Use, PlainValidator(use_from_json), PlainSerializer(Use.to_json)]


def _fields(of: Any) -> dict[str, Any]:
    return {one.name: getattr(of, one.name) for one in fields(of)}


@dataclass(frozen=True, slots=True)
class Card:
    """The first message: the task, and how far it is.

    tell: an address at which the asker can be told when it cannot be posted; forgotten once it is. alone: the
    consultation of a direct message that this one is to go on with; forgotten with it. heard: the ``ts`` of the
    message that it began with, if somebody typed one.
    """

    tell: str | None = None
    alone: str | None = None
    heard: str = ""

    def posted(self) -> Card:
        """The same once it stands, or never will."""
        return Card(heard=self.heard)


@dataclass(frozen=True, slots=True)
class Question:
    """A question, or its answer once it has one."""

    question: str


@dataclass(frozen=True, slots=True)
class Advised:
    """The advice."""


@dataclass(frozen=True, slots=True)
class Chart:
    """The picture of the costs, which goes with the advice before it.

    way: how it goes to Slack, ``None`` before the first try. file: that of the picture. files: of every picture that
    was uploaded, by its digest. tries: how often it failed this way.
    """

    way: Literal["picture", "native", "table"] | None = None
    file: str | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    tries: int | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """A message that came twice, because of a crash between sending it and noting that; it only says so."""


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
        return Outdated(**_fields(self))

    def settled(self, *, right: bool, by: str) -> Confirmed | Denied:
        """The same once somebody said whether it is right."""
        return (Confirmed if right else Denied)(**_fields(self), settled_by=by)


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
class Why:
    """What the advice rests on. ``question``, in this and the next four: the one that was asked at the time."""

    question: str | None


@dataclass(frozen=True, slots=True)
class WhyQuestion:
    """Why the present question is asked."""

    question: str | None


@dataclass(frozen=True, slots=True)
class Explain:
    """The costs line by line."""

    question: str | None


@dataclass(frozen=True, slots=True)
class Summary:
    """Where things stand."""

    question: str | None


@dataclass(frozen=True, slots=True)
class HelpHere:
    """What can be said in the thread."""

    question: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """What some values would change, worked out once.

    because: why its reading is doubtful, if it is. version: the consultation's. says: each sentence of the difference,
    after what it is about. pointed: the words that a language model pointed at, if one was asked.
    """

    echo: str
    values: Values
    because: str | None
    version: int
    says: tuple[tuple[str, str], ...]
    pointed: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf(Supposed):
    """Nothing can come of it: it is decided, or ``same`` as what is known already."""

    same: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfOffered(Supposed):
    """It can be adopted."""

    def adopted(self, by: str) -> WhatIfAdopted:
        """The same once somebody adopted it."""
        return WhatIfAdopted(**_fields(self), adopted_by=by)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfAdopted(Supposed):
    """It was adopted."""

    adopted_by: str


@dataclass(frozen=True, slots=True)
class WhatIfUnread:
    """A what-if that could not be read, and why."""

    because: str | None


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


AboutAdvice = Literal[
    "flips", "against", "compare", "confidence", "chart", "similar", "verdict", "why", "short", "weighed", "unknowns",
    "steps", "payback", "extremes", "question", "retrieval", "risk", "both", "quality", "parts", "prices", "upkeep",
    "monthly", "elsewhere", "disagreement", "data", "suppose", "correction", "which", "matter", "counted", "skipped",
    "off", "enough", "removed", "waiting", "first_year", "options", "stuck", "split", "fair_try", "measuring",
    "on_chart", "turns",
]  # fmt: skip
"""What can be asked about an advice; "verdict": what a verdict means; "question": what one answer has to do with it;
"which": it may be one of two, and which one is asked back; "counted": whether something is in the costs; "skipped":
what each answer to a question that was left open would do; "off": how far a figure may be wrong; "enough": whether so
many examples are; "removed": which answer took options away; "waiting": what doing nothing costs; "first_year": why it
is dearer though a call is cheaper; "options": all of them in plain words; "stuck": the quality rises no more; "split":
what is trained and what stays in the prompt; "fair_try": what a thorough prompt is; "measuring": how it is measured;
"on_chart": what the chart shows, of what is named; "turns": where the verdict turns by one number."""


@dataclass(frozen=True, slots=True)
class OfAdvice:
    """An answer out of the advice to a question about it. of: the verdict, option or question that it names, or ""."""

    asked: AboutAdvice
    of: str = ""


@dataclass(frozen=True, slots=True)
class Called:
    """The app was called by name and told nothing more, while it waits for an answer."""

    question: str


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
class TooLate:
    """A typed answer to a question that somebody answered a moment before."""

    question: str


@dataclass(frozen=True, slots=True)
class AlreadyDecided:
    """Somebody wanted to change what is decided."""


@dataclass(frozen=True, slots=True)
class DecidedMeanwhile:
    """The same in place of a note on a file, whose reading ended after the decision."""


@dataclass(frozen=True, slots=True)
class AlikeThen:
    """A past decision of the channel as it stood when it was shown. because: what is alike, in a few words each."""

    number: int
    channel: str
    task: str
    chosen: str
    status: str
    because: tuple[str, ...]
    root_ts: str | None = None
    outcome: str | None = None
    is_reached: bool = False
    day: str = ""
    """On which day it was decided, 2026-04-12; "" where it was shown before that was kept."""
    by: str = ""
    why: str = ""
    """Who decided and the reason that was given, where somebody asked for this decision; "" where nobody did."""


@dataclass(frozen=True, slots=True)
class Similar:
    """Past decisions that are like this one, shown before the verdict."""

    found: tuple[AlikeThen, ...]


@dataclass(frozen=True, slots=True)
class OnRecord:
    """Past decisions in which the words stand that somebody asked for, as they stood then; perhaps none."""

    words: str
    found: tuple[AlikeThen, ...]


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
        return TakenThere(**_fields(self), root_ts=root_ts)

    def refused(self, word: str) -> NotTaken:
        """The same once Slack said that it cannot stand there."""
        return NotTaken(**_fields(self), word=word)


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


@dataclass(frozen=True, slots=True)
class OneFile:
    """Several files of results came at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A dropped file: Slack's id of it, its name, and who dropped it. step: how often it was asked how to read it.

    Of the file it keeps what was found: counts, means, and the names of columns and models that a question offers.
    Never what stands in it.
    """

    file: str
    name: str
    by: str
    step: int
    of_outcome: bool = False
    """Whether it says how the decision turned out, rather than how good the prompt is."""
    is_sure: bool = False
    """Whether somebody said that it is of what was decided."""

    @property
    def kept(self) -> dict[str, Any]:
        """What a note keeps through all its steps."""
        names = ("file", "name", "by", "step", "of_outcome", "is_sure")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileToRead(File):
    """It is to be fetched and read in this way. size: in bytes, until somebody had to say how to read it."""

    use: KeptUse
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """One way of reading a file: what it says, and how to read it then."""

    says: str
    use: KeptUse


@dataclass(frozen=True, slots=True, kw_only=True)
class FileInDoubt(File):
    """Somebody has to say how to read it, or, of what was decided or not: ``of_what``, what it is of."""

    asks: str
    choices: tuple[Way, ...]
    of_what: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRead(File):
    """What it says, as in :class:`~core.evidence.found.Evidence`.

    taken: the tokens that are assumed from now on. stated: those of which the team has stated its own.
    """

    correct: int
    total: int
    prompt_tokens: int | None
    output_tokens: int | None
    model: str | None
    read: str
    taken: tuple[str, ...]
    stated: tuple[str, ...]
    use: KeptUse = field(default_factory=Use)
    """How it was read, so that it can be read again beside a later one."""

    @property
    def found(self) -> Evidence:
        """The evaluation."""
        return Evidence(
            self.correct, self.total, self.prompt_tokens, self.output_tokens, self.model, self.read
        )


@dataclass(frozen=True, slots=True)
class CheckIn:
    """The one question how a decision turned out."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeNoted:
    """How the decision turned out, as it was recorded; see :class:`~bot.decision_log.records.Outcome`.

    file: the results that say so, if there was a file. cells: of cases that are in an earlier file too, how many were
    right in both, in the earlier one alone, in this one alone, and in neither; ``against`` is that file. unread: parts
    of what was typed that say nothing of it.
    """

    number: int
    by: str
    shipped: bool | None = None
    eval_correct: int | None = None
    eval_total: int | None = None
    bill_per_month: float | None = None
    hours: float | None = None
    again: bool | None = None
    cannot_tell: bool | None = None
    file: str | None = None
    against: str | None = None
    cells: tuple[int, int, int, int] | None = None
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutcomeTakenBack:
    """What was recorded of how it turned out counts no more."""

    number: int
    by: str


@dataclass(frozen=True, slots=True)
class OutcomeRefused:
    """What was typed of how it turned out cannot be, and why."""

    because: str


@dataclass(frozen=True, slots=True)
class AskedLater:
    """Somebody said when to ask how it turned out: a day, or ``None`` for not at all."""

    number: int
    by: str
    ask_on: str | None


@dataclass(frozen=True, slots=True)
class Linked:
    """What came of the decision, elsewhere: an address, and what is there in somebody's words."""

    number: int
    by: str
    url: str
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """Today's policy and prices would advise something else than was told before. ``because``: what moved it."""

    number: int
    was: str
    verdict: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRefused(File):
    """It says nothing that can be used, and why."""

    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileUnused(File):
    """Somebody said not to use it."""

    settled_by: str


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
