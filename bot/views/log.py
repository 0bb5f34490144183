"""The decision log as people see it: a page of it, and one decision whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.conversation.standing import PRICING, belongs, given_in, given_to
from bot.decision_log.records import TAKEN_BACK, Consultation, Decision, Place
from bot.decision_log.said import answers_of
from bot.views import ids
from bot.views.advice import against, reasons, sureness
from bot.views.costs import cost_table, figures, finding, oldest_price
from bot.views.document import (
    Bullets,
    Button,
    Buttons,
    Channel,
    Day,
    Document,
    Heading,
    Parts,
    Person,
    Rule,
    Said,
    Small,
    Strong,
    Text,
    Words,
    joined,
    sentence,
)
from bot.views.phrases import STATUS, headline, short, thread, volume
from bot.views.press import Press
from core.told import Told

PAGE = 10
PAGES_BACK = 50
"""How many pages Newer can go back; from further on it leads to the newest page."""


@dataclass(frozen=True)
class _Whose:
    """How a list calls itself, by whose decisions it holds."""

    title: str
    empty: str
    foot: str

    @property
    def unfiltered(self) -> str:
        return f"I cannot search the log yet: these are all of the {self.title[:1].lower()}{self.title[1:]}."


OF_CHANNEL = _Whose(
    "Decisions of this channel",
    "This channel has no decisions yet. Each one made here gets a number, and stays findable with its reasons.",
    "Only you can see this list. It holds this channel's decisions and no others.",
)
OF_PERSON = _Whose(
    "Decisions you took part in",
    "You have not taken part in a decision yet. Those in which you ask, answer or decide are listed here.",
    "Only you can see this list. It holds the decisions in which you asked, answered or decided.",
)


def log_list(
    decisions: Sequence[Decision],
    *,
    has_older: bool,
    before: Place | None = None,
    way: tuple[Place | None, ...] = (),
    about: str = "",
    own: bool = False,
) -> Document:
    """One page, newest first. ``before``: the cursor of this page; ``way``: the cursors of the pages before it.

    Older's press carries the next page's ``before`` and ``way``, Newer's those of the page it came from.
    ``about``: what was looked for; the list cannot be narrowed down yet, and says so.
    ``own``: these are a person's decisions, from whatever channels.
    """
    whose = OF_PERSON if own else OF_CHANNEL
    if not decisions and before is None:
        begin = ids.HOME_START if own else ids.START_EMPTY
        return Document((Text(whose.empty), Buttons((Button("Start the first one", begin, primary=True),))))
    return Document(
        (
            Heading(whose.title),
            Small(whose.unfiltered) if about else None,
            None if decisions else Text("There are no older decisions."),
            *(part for decision in decisions[:PAGE] for part in _row(decision, own)),
            Buttons(_turning(decisions, has_older, before, way)),
            Small(whose.foot),
        )
    )


def _row(decision: Decision, own: bool) -> Parts:
    show = Button(f"Show #{decision.number}", _show_id(decision, own))
    where: Words = (" in ", Channel(decision.channel)) if own else ""
    facts = (
        (Strong(headline(decision.chosen)), f", {_status(decision)}"),
        (Person(decision.by), ", ", Day(decision.at), where),
        _thread(decision),
    )
    return (Text(Said(f"#{decision.number} {decision.task}", 600), button=show), Small(joined(" · ", facts)))


def _show_id(decision: Decision, own: bool) -> str:
    """A number is a channel's own: elsewhere its button says whose it is."""
    return ids.action_id(ids.SHOW, str(decision.number), *((decision.channel,) if own else ()))


def _status(decision: Decision) -> str:
    if decision.status == "superseded" and decision.superseded_by is not None:
        return f"superseded by #{decision.superseded_by}"
    return STATUS.get(decision.status, decision.status)


def _thread(decision: Decision) -> Words:
    """The way to its thread, if it has one."""
    return thread(decision.channel, decision.root_ts, "open the thread") if decision.root_ts else ""


def _turning(
    decisions: Sequence[Decision], has_older: bool, before: Place | None, way: tuple[Place | None, ...]
) -> tuple[Button, ...]:
    newer = Press(before=way[-1] if way else None, way=way[:-1][-PAGES_BACK:])
    older = Press(before=decisions[:PAGE][-1].place if decisions else None, way=(*way, before)[-PAGES_BACK:])
    back = Button("Newer", ids.action_id(ids.LOG_PAGE, ids.NEWER), newer)
    on = Button("Older", ids.action_id(ids.LOG_PAGE, ids.OLDER), older)
    return (*((back,) if before is not None else ()), *((on,) if has_older and decisions else ()))


def shown(
    decision: Decision, consultation: Consultation, advice: Told | None, *, own: bool = False
) -> Document:
    """One decision whole. ``advice``: what was kept when it was given. ``own``: seen from elsewhere."""
    withdrawn = decision.withdrawn.why if decision.withdrawn else ""
    why = {"Why": decision.why, "Withdrawn because": withdrawn}
    history = tuple(_with_history(consultation, one.question) for one in given_in(consultation))
    return Document(
        (
            Heading(f"#{decision.number} {headline(decision.chosen)}"),
            Text(Said(f"Task: {decision.task}", 1_500)),
            Small(joined(" · ", _facts(decision, own))),
            *(Text(Said(f"{label}: {said}", 1_500)) for label, said in why.items() if said),
            *_advised(advice, consultation),
            Rule() if history else None,
            Bullets(history, Strong("The answers")),
        )
    )


def _facts(decision: Decision, own: bool) -> Iterator[Words]:
    status, by = _status(decision), (Person(decision.by), " on ", Day(decision.at))
    if decision.status in ("withdrawn", "superseded"):
        yield ("Decided by ", by, f"; {status}")
    else:
        yield (f"{status[:1].upper()}{status[1:]} by ", by)
    if decision.status == "overridden" or decision.recommended != decision.chosen:
        yield f"advised was: {headline(decision.recommended)}"
    if decision.supersedes is not None:
        yield f"supersedes #{decision.supersedes}"
    if own:
        yield ("in ", Channel(decision.channel))
    yield _thread(decision)


def _advised(advice: Told | None, consultation: Consultation) -> Parts:
    if advice is None:
        return (Small("The advice behind it was not kept."),)
    answers, ledger = answers_of(consultation), advice.ledger
    calls, oldest = answers.number(PRICING), oldest_price(advice.ledger)
    prices = f"With the prices of the day it was advised; the oldest of them was as of {oldest[:7]}."
    return (
        *sureness(advice),
        Text(figures(finding(ledger, calls, volume(answers)))),
        cost_table(ledger, calls),
        Small(prices if oldest else ""),
        *reasons(advice, "The reasons then"),
        *against(advice),
    )


def _with_history(consultation: Consultation, question: str) -> Words:
    """An answer with what was answered before it, newest first."""
    said: list[Words] = []
    at = None
    for record in consultation.answers:
        if not belongs(record.key, question) or record.value == TAKEN_BACK:
            continue
        until = tuple(answer for answer in consultation.answers if answer.seq <= record.seq)
        given = given_to(replace(consultation, answers=until), question)
        if given is not None:
            if at == given.at:
                said.pop()  # one answer may fill several keys
            at = given.at
            words_then = (Said(given.words, 120), " (", Person(given.author), ")")
            if not said or said[-1] != words_then:
                said.append(words_then)
    newest, *earlier = reversed(said)
    before = (", before that ", joined(", ", earlier[:3])) if earlier else ""
    return (Strong(f"{short(question)}:"), " ", newest, before)


def which(decisions: Sequence[Decision]) -> Document:
    """Several channels have a decision of this number; to one of them the person meant to go."""
    number = decisions[0].number
    asks = f"In {len(decisions)} channels there is a #{number} in which you took part. Which one?"
    return Document(
        (Text(asks), *(part for decision in decisions[:PAGE] for part in _row(decision, own=True)))
    )


def not_found(number: int, *, own: bool = False) -> Document:
    """No such decision in this channel; or, in a direct message, none in which the person took part."""
    if own:
        return sentence(
            f"You took part in no decision #{number}. {ids.COMMAND} log lists those in which you did."
        )
    return sentence(f"This channel has no decision #{number}. {ids.COMMAND} log lists those it has.")
