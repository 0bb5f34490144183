"""How a decision turned out: the question, the form, what was recorded, and what came of it elsewhere."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import assert_never

from bot.conversation import posts
from bot.conversation.standing import Standing
from bot.decision_log.records import Decision, Outcome, Review
from bot.decision_log.wanted import STANDING
from bot.views import ids
from bot.views.document import (
    Bullets,
    Button,
    Buttons,
    Day,
    Document,
    Heading,
    Parts,
    Person,
    Said,
    Small,
    Strong,
    Text,
    Words,
    day,
    joined,
    sentence,
)
from bot.views.log import of
from bot.views.phrases import address, headline, place, sentence_case
from core.paired import Compared, Paired, compared
from core.wording import counted, money

HOW_IT_WENT = "Record how it went…"


def came_of_it(standing: Standing, note: posts.CameOfIt, post: posts.Post) -> Document | None:
    """The note as it stands; ``None``: it need not be said any more."""
    decision = standing.consultation.decision
    match note:
        case posts.CheckIn():
            return None if decision is None else _check_in(standing, decision, post)
        case posts.OutcomeNoted():
            return _noted(standing, note, post)
        case posts.OutcomeTakenBack(number, by):
            return sentence(Person(by), f" took back what was recorded of #{number}. It stays in the record.")
        case posts.OutcomeRefused(because):
            return Document((Text(Said(because, 600)), Small("Nothing was recorded. " + SAY_IT)))
        case posts.AskedLater(number, by, ask_on):
            return _asked_later(number, by, ask_on)
        case posts.Linked():
            return _linked(note)
        case posts.Moved():
            return _moved(note)
        case _:
            assert_never(note)


SAY_IT = "You can say it like this: “47 of 50, about $900 a month, took 60 hours, yes”, or “cannot tell yet”."


def _check_in(standing: Standing, decision: Decision, post: posts.Post) -> Document | None:
    """The question; once it was answered, or the decision fell, a line. What was not sent by then is not asked."""
    later = any(isinstance(one.about, posts.OutcomeNoted) and one.id > post.id for one in standing.posts)
    is_answered = later or decision.outcome not in (None, "cannot_tell")
    if is_answered or decision.status not in STANDING:
        if post.ts is None:
            return None
        became = "was recorded" if is_answered else f"is {decision.status} by now"
        return Document((Small(f"I asked how #{decision.number} turned out; it {became}."),), "note")
    verdict = headline(decision.chosen)
    asks = (
        "Is it in use?",
        "What quality does it reach, right answers of all cases? A file of results will do.",
        "What is the bill a month?",
        "How many hours did it take?",
        "Would you do it again?",
    )
    buttons = (
        Button(HOW_IT_WENT, of(ids.OUTCOME, decision, own=False), primary=True),
        Button("Cannot tell yet", of(ids.CANNOT_TELL, decision, own=False)),
        Button("Ask later…", of(ids.ASK_LATER, decision, own=False)),
        Button("Do not ask again", of(ids.NEVER_ASK, decision, own=False)),
    )
    parts = (
        Text(("How did #", str(decision.number), " turn out? You decided: ", Strong(verdict), ".")),
        Bullets(asks),
        Buttons(buttons),
        Small(f"What you know is enough. {SAY_IT} I ask this once."),
    )
    return Document(parts, "note")


def _noted(standing: Standing, note: posts.OutcomeNoted, post: posts.Post) -> Document:
    counts = standing.is_latest(post) and not any(
        isinstance(later.about, posts.OutcomeTakenBack) and later.id > post.id for later in standing.posts
    )
    said = ", ".join(in_words(note)) or "nothing was said"
    file: Words = (" from ", Said(note.file, 80)) if note.file else ""
    decision = standing.consultation.decision
    buttons = () if decision is None or not counts else noted_buttons(decision)
    return Document(
        (
            Text(
                (f"Outcome of #{note.number}, recorded by ", Person(note.by), file, ": ", Strong(said), ".")
            ),
            Text(_compared(note)),
            Small(_unread(note)),
            Buttons(buttons) if buttons else Small("A later word on this counts."),
        ),
        "note",
    )


def noted_buttons(decision: Decision) -> tuple[Button, ...]:
    """What can be done about an outcome that was recorded."""
    return (
        Button("Change it…", of(ids.OUTCOME, decision, own=False)),
        Button("Take it back", of(ids.TAKE_OUTCOME_BACK, decision, own=False)),
        Button("Add a link…", of(ids.LINK, decision, own=False)),
    )


def in_words(one: posts.OutcomeNoted | Outcome) -> Iterator[str]:
    """What was said, each in a few words."""
    if one.cannot_tell:
        yield "cannot be told yet"
    if one.shipped is not None:
        yield "in use" if one.shipped else "not in use"
    if one.eval_correct is not None and one.eval_total is not None:
        yield f"{one.eval_correct:,} of {one.eval_total:,} right"
    if one.bill_per_month is not None:
        yield f"{money(Decimal(str(one.bill_per_month)))} a month"
    if one.hours is not None:
        yield counted(Decimal(str(one.hours)), "hours of work")
    if one.again is not None:
        yield "would do it again" if one.again else "would not do it again"


def _unread(note: posts.OutcomeNoted) -> Words:
    if not note.unread:
        return ""
    parts = joined(", ", (("“", Said(part, 120), "”") for part in note.unread[:3]))
    return ("I left out what I did not understand: ", parts, ".")


def _compared(note: posts.OutcomeNoted) -> Words:
    """What this file of results shows beside an earlier one on the same cases."""
    if note.against is None:
        return ""
    against: Words = Said(note.against, 80)
    if note.cells is None or not sum(note.cells):
        return ("It shares no case with ", against, ", so I cannot compare the two.")
    of_both = Paired(*note.cells)
    return ("Beside ", against, f": {difference_in_words(of_both, compared(of_both))}")


def difference_in_words(of_both: Paired, found: Compared) -> str:
    """How two evaluations of the same cases differ, whether that is chance, and what would settle it."""
    cases = counted(of_both.cases, "cases")
    points = _points(found.difference)
    counts = f"{of_both.before:,} right before, {of_both.after:,} now, of the {cases} in both"
    band = f"{_points(found.low)} to {_points(found.high)}"
    if found.is_there:
        how = "better" if found.difference > 0 else "worse"
        return f"{counts}. It is {how} by {points.lstrip('−+')} points ({band}), which is more than chance."
    if found.more_needed is None:
        return f"{counts}. No difference shows ({band} points), and no number of cases like these would settle it."
    differ = counted(of_both.only_before + of_both.only_after, "cases")
    ways = f"{max(of_both.only_before, of_both.only_after)} to {min(of_both.only_before, of_both.only_after)}"
    more = counted(found.more_needed, "more cases")
    return (
        f"{counts}: {points} points ({band}). They differ in only {differ}, {ways}, which may be chance. About {more}"
        " like these would settle it."
    )


def _points(share: float) -> str:
    number = round(share * 100, 1)
    return f"{'+' if number > 0 else '−' if number < 0 else ''}{abs(number):g}"


def _asked_later(number: int, by: str, ask_on: str | None) -> Document:
    if ask_on is None:
        return sentence(Person(by), f" does not want to be asked how #{number} turned out. I will not ask.")
    when = day(datetime.datetime.fromisoformat(ask_on))
    return sentence(Person(by), f" wants to be asked later how #{number} turned out: I ask on {when}.")


def _linked(note: posts.Linked) -> Document:
    """The address is somebody's own words: it is shown as it was typed."""
    what: Words = Said(note.words, 300) if note.words else "a link"
    return sentence(Person(note.by), f" added what came of #{note.number}: ", what, ": ", address(note.url))


def _moved(note: posts.Moved) -> Document:
    points = tuple(Said(one, 400) for one in note.because)
    return Document(
        (
            Text(
                (
                    f"Decision #{note.number} would be advised otherwise today: ",
                    Strong(headline(note.verdict)),
                    f". Before, the same answers led to: {headline(note.was)}.",
                )
            ),
            Bullets(points, "What moved it"),
            Buttons(
                (
                    Button("With today's prices", ids.action_id(ids.TODAY, str(note.number))),
                    Button("Re-open", ids.action_id(ids.REOPEN, str(note.number))),
                )
            ),
            Small("The decision stays as it is until somebody takes it up again. I say this once."),
        )
    )


def awaiting_outcome(decisions: tuple[Decision, ...], held_up: dict[str, str]) -> Parts:
    """For App Home: decisions of which it is to be said how they turned out, and why their thread does not ask."""
    if not decisions:
        return ()
    rows: list[Text | Small] = []
    for one in decisions:
        asks = Button("Record…", of(ids.OUTCOME, one, own=True))
        rows.append(Text(Said(f"#{one.number} {one.task}", 300), button=asks))
        since: Words = ("due since ", Day(one.due_at)) if one.due_at else ""
        where: Words = ("in ", place(one.channel))
        word = held_up.get(one.consultation, "")
        why: Words = ("its thread cannot be reached (", Said(word, 60), "), so I ask here") if word else ""
        rows.append(Small(joined(" · ", (sentence_case(headline(one.chosen)), where, since, why))))
    return (Heading("How did these turn out?"), *rows)


def what_moved(moved: tuple[tuple[Decision, Review], ...]) -> Parts:
    """For App Home: decisions that would be advised otherwise today, and why."""
    if not moved:
        return ()
    rows: list[Text | Small] = []
    for one, review in moved:
        look = Button("Look…", of(ids.TODAY, one, own=True), spoken=f"#{one.number} with today's prices")
        rows.append(Text(Said(f"#{one.number} {one.task}", 300), button=look))
        today = f"Decided: {headline(one.chosen)}. Today it would be: {headline(review.verdict)}."
        where: Words = ("In ", place(one.channel), ".")
        rows.append(Small(joined(" ", (where, today, Said(" ".join(review.because[:2]), 400)))))
    return (Heading("What moved"), *rows)
