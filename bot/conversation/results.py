"""What comes of a decision after it was made, as somebody says it in its thread; and what it adds to the log.

A reply in the thread of a decision is one of these if it says something of how it turned out, of when to ask, or of
what came of it; everything else is small talk, or wants to change what is decided.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace

from bot.conversation import posts
from bot.conversation.adding import tell
from bot.conversation.replies import Act, TypedText
from bot.decision_log.derived import standing_outcome
from bot.decision_log.records import CheckInDate, Consultation, Decision, Link, Outcome
from bot.decision_log.said import answers_of
from bot.decision_log.scope import Scope
from bot.decision_log.writing import Writing
from core.evidence.found import Evidence
from core.reading.results import Results, read_results
from core.tree import Verdict
from core.wording import HEADLINES

LONGEST_NOTE = 300
LONGEST_ADDRESS = 2_000
FARTHEST = datetime.timedelta(days=3 * 366)
"""No question is put off for longer."""
NO_ADDRESS = "Please give an address that begins with http:// or https://."
OF_THE_PROMPT = frozenset((Verdict.KEEP_PROMPTING, Verdict.PROMPT_FIRST, Verdict.MEASURE_FIRST))
"""What is decided where the prompt itself goes on to be used: results of it are the outcome."""
NO_DAY = "Please say a day to come within three years, such as 2027-03-01, or a time such as 6 weeks."


@dataclass(frozen=True, slots=True)
class TakeBack:
    """What was recorded last counts no more."""


@dataclass(frozen=True, slots=True)
class Ask:
    """When to ask how it turned out; ``None``: not at all."""

    on: datetime.date | None


@dataclass(frozen=True, slots=True)
class Add:
    """What came of it elsewhere."""

    url: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Wrong:
    """It cannot be, and why."""

    because: str


Beside = tuple[str, tuple[int, int, int, int] | None]
"""An earlier file of results, and what the two say of the same cases, if that can be told."""

Deed = Results | TakeBack | Ask | Add | Wrong

_TAKE_BACK = re.compile(
    r"(?:please )?(?:take (?:it|that|this|the outcome) back|undo(?: (?:it|that|the outcome))?|that was wrong|back)"
    r"[.!]*",
    re.IGNORECASE,
)
_NEVER = re.compile(
    r"(?:please )?(?:do not|don['’]?t|never|stop) ask(?:ing)?(?: (?:me|us))?(?: about (?:it|this|that))?"
    r"(?: again)?[.!]*",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"(?:please )?ask (?:(?:me|us) )?(?:again )?(?:in|on|after) (?P<when>.{1,40})", re.IGNORECASE
)
_IN = re.compile(r"(?:in )?(?P<n>\d{1,4}|a|one) (?P<unit>day|week|month)s?[.!]*", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})[.!]*", re.ASCII)
_LINK = re.compile(
    r"(?:please )?(?:link|see|result|results|evidence)s?:? +(?P<url>\S+:\S+)(?P<note>.*)",
    re.IGNORECASE | re.DOTALL,
)
_DAYS = {"day": 1, "week": 7, "month": 30}


def deed_of(found: Consultation, message: TypedText) -> Deed | None:
    """What a reply in the thread of a decision says; ``None``: nothing of this."""
    if found.status != "decided" or found.decision is None:
        return None
    said = " ".join(message.text.split())
    if _TAKE_BACK.fullmatch(said):
        return TakeBack() if found.decision.outcome is not None else None
    if _NEVER.fullmatch(said):
        return Ask(None)
    if (later := _LATER.fullmatch(said)) is not None:
        day = day_of(later["when"], message.act.now.date())
        return Wrong(NO_DAY) if day is None else Ask(day)
    if (link := _LINK.fullmatch(message.text.strip())) is not None:
        return link_of(link["url"], link["note"])
    results = read_results(message.text)
    return results if results.says_something else None


def link_of(url: str, note: str) -> Add | Wrong:
    """A link with its note, if it may be kept: nothing but http and https, and nothing that hides in it."""
    address = url.strip().strip("<>")
    shown = re.fullmatch(r"https?://[^\s<>|\"\x00-\x20\x7f]+", address, re.IGNORECASE)
    if shown is None or len(address) > LONGEST_ADDRESS or not address.isprintable():
        return Wrong(NO_ADDRESS)
    kept = " ".join("".join(c if c.isprintable() else " " for c in note).split())[:LONGEST_NOTE]
    return Add(address, kept or None)


def day_of(text: str, today: datetime.date) -> datetime.date | None:
    """A day to come: 2027-03-01, 6 weeks; ``None`` when it is none, or is too far away."""
    said = text.strip()
    try:
        if (dated := _DATE.fullmatch(said)) is not None:
            day = datetime.date(int(dated[1]), int(dated[2]), int(dated[3]))
        elif (later := _IN.fullmatch(said)) is not None:
            number = 1 if later["n"].lower() in ("a", "one") else int(later["n"])
            day = today + datetime.timedelta(days=number * _DAYS[later["unit"].lower()])
        else:
            return None
    except (ValueError, OverflowError):
        return None
    return day if datetime.timedelta(0) < day - today <= FARTHEST else None


def do(tx: Writing, act: Act, decision: Decision, deed: Deed) -> None:
    """Add what was said to the decision's record, and have its thread show it."""
    match deed:
        case Wrong(because):
            _tell(tx, act, decision, posts.OutcomeRefused(because))
        case Results(wrong=wrong) if wrong:
            _tell(tx, act, decision, posts.OutcomeRefused(wrong))
        case Results():
            record(tx, act, decision, outcome_of(tx, act, decision, deed), unread=deed.unread)
        case TakeBack():
            take_back(tx, act, decision)
        case Ask(on):
            ask_on(tx, act, decision, on)
        case Add(url, note):
            link(tx, act, decision, url, note)


def outcome_of(tx: Writing, act: Act, decision: Decision, said: Results) -> Outcome:
    """What counts from now on: what was said, and what was said before of what is not said now."""
    found = tx.outcomes_of(_scope(decision), decision.place)
    before = standing_outcome(found)
    if before is None or said.cannot_tell or before.cannot_tell:
        before = Outcome(act.user, act.now)
    counts = (said.correct, said.total)
    if said.correct is None:
        counts = (before.eval_correct, before.eval_total)
    return Outcome(
        act.user,
        act.now,
        shipped=before.shipped if said.shipped is None else said.shipped,
        eval_correct=counts[0],
        eval_total=counts[1],
        bill_per_month=before.bill_per_month if said.bill is None else said.bill,
        hours=before.hours if said.hours is None else said.hours,
        again=before.again if said.again is None else said.again,
        cannot_tell=said.cannot_tell,
    )


def record(
    tx: Writing, act: Act, decision: Decision, outcome: Outcome, *, unread: tuple[str, ...] = ()
) -> None:
    """Record how it turned out."""
    tx.add_outcome(_scope(decision), decision.place, outcome)
    _tell(tx, act, decision, replace(noted(decision, outcome), unread=unread))


def in_question(
    consultation: Consultation, decision: Decision, note: posts.FileToRead, found: Evidence
) -> posts.FileInDoubt | None:
    """The question whether a file is of what was decided; ``None`` where that is plain, or was said.

    Where another thing than the prompt was decided a file may well be of the prompt; and one with the counts that were
    known before the decision is that file again.
    """
    known = answers_of(consultation)
    is_known = known.number("eval_correct") == found.correct and known.number("eval_total") == found.total
    if note.is_sure or (decision.chosen in OF_THE_PROMPT and not is_known):
        return None
    chosen = HEADLINES[Verdict(decision.chosen)] if decision.chosen in set(Verdict) else decision.chosen
    asks = (
        f"{found.correct} of {found.total} right. Is that how what was decided does, “{chosen}”? Then it is the"
        " outcome. Results of the prompt as it was are not."
    )
    way = posts.Way("Yes, it is the outcome", note.use)
    return posts.FileInDoubt(**note.kept | {"step": note.step + 1}, asks=asks, choices=(way,), of_what=True)


def from_file(
    tx: Writing,
    decision: Decision,
    note: posts.FileToRead,
    found: Evidence,
    beside: Beside | None,
    now: datetime.datetime,
) -> posts.OutcomeNoted:
    """Record what a file of results says; the note that its message turns into."""
    act = Act(decision.workspace, decision.channel, note.by, "", now)
    outcome = outcome_of(tx, act, decision, Results(correct=found.correct, total=found.total))
    tx.add_outcome(_scope(decision), decision.place, outcome)
    against, cells = beside or (None, None)
    told = noted(decision, outcome)
    return replace(told, file=note.name, against=against if cells is not None else None, cells=cells)


def noted(decision: Decision, outcome: Outcome) -> posts.OutcomeNoted:
    """The note on an outcome."""
    return posts.OutcomeNoted(
        number=decision.number,
        by=outcome.by,
        shipped=outcome.shipped,
        eval_correct=outcome.eval_correct,
        eval_total=outcome.eval_total,
        bill_per_month=outcome.bill_per_month,
        hours=outcome.hours,
        again=outcome.again,
        cannot_tell=outcome.cannot_tell,
    )


def take_back(tx: Writing, act: Act, decision: Decision) -> None:
    """What was recorded counts no more; it stays in the log."""
    tx.add_outcome(_scope(decision), decision.place, Outcome(act.user, act.now, taken_back=True))
    _tell(tx, act, decision, posts.OutcomeTakenBack(decision.number, act.user))


def ask_on(tx: Writing, act: Act, decision: Decision, on: datetime.date | None) -> None:
    """Ask how it turned out on this day, at the time of day that it is now; or not at all."""
    at = None if on is None else act.now + (on - act.now.date())
    tx.set_check_in(_scope(decision), decision.place, CheckInDate(at, act.user, act.now))
    day = None if on is None else on.isoformat()
    _tell(tx, act, decision, posts.AskedLater(decision.number, act.user, day))


def link(tx: Writing, act: Act, decision: Decision, url: str, note: str | None) -> None:
    """Record what came of it elsewhere."""
    tx.add_link(_scope(decision), decision.place, Link(url, note, act.user, act.now))
    _tell(tx, act, decision, posts.Linked(decision.number, act.user, url, note))


def _tell(tx: Writing, act: Act, decision: Decision, note: posts.Note) -> None:
    tell(tx, decision, note, act.now)


def _scope(decision: Decision) -> Scope:
    return Scope.of_channel(decision.workspace, decision.channel)
