"""One decision whole, with what can be done about it; shared in its channel; and worked out with today's prices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.conversation.inquiry import Today
from bot.conversation.sharing import Shared
from bot.conversation.standing import PRICING, belongs, given_in, given_to
from bot.decision_log.records import TAKEN_BACK, Consultation, Decision, Link, Outcome, Recorded, is_direct
from bot.decision_log.said import answers_of
from bot.decision_log.wanted import STANDING
from bot.views import ids
from bot.views.advice import against, reasons, sureness
from bot.views.buttons import COSTS
from bot.views.costs import cost_table, figures, finding, oldest_price
from bot.views.document import (
    Bullets,
    Button,
    Buttons,
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
from bot.views.log import of, to_thread
from bot.views.outcomes import in_words
from bot.views.phrases import (
    NOT_KEPT,
    address,
    headline,
    outcome,
    place,
    quoted,
    sentence_case,
    short,
    status,
    thread,
    volume,
)
from core.told import Told

MOST_ADDED = 5
"""Outcomes and links that are shown, the newest."""
SHORT = 300
FOR_ONE = Small("Only you can see this.", last=True)


def shown(recorded: Recorded, advice: Told | None, *, own: bool = False) -> Document:
    """One decision whole. ``advice``: what was kept when it was given. ``own``: seen from elsewhere."""
    decision, consultation = recorded.decision, recorded.consultation
    history = tuple(_with_history(consultation, one.question) for one in given_in(consultation))
    return Document(
        (
            Heading(f"#{decision.number} {headline(decision.chosen)}"),
            Text(Said(f"Task: {decision.task}", 1_000)),
            Small(joined(" · ", _facts(decision, own))),
            Text(Said(f"Why: {decision.why}", 1_000)) if decision.why else None,
            *_withdrawn(decision),
            *_what_came_of_it(recorded),
            *_advised(advice, consultation),
            Rule() if history else None,
            Bullets(history, Strong("The answers")),
            *_buttons(decision, own, advice),
            FOR_ONE,
        )
    )


def _facts(decision: Decision, own: bool) -> Iterator[Words]:
    by: Words = (Person(decision.by), " on ", Day(decision.at))
    if decision.status in ("withdrawn", "superseded"):
        yield ("Decided by ", by, f"; {status(decision)}")
        if decision.status == "withdrawn" and decision.superseded_by is not None:
            yield f"followed by #{decision.superseded_by}"
    else:
        yield (f"{sentence_case(status(decision))} by ", by)
    if decision.recommended and (decision.status == "overridden" or decision.recommended != decision.chosen):
        yield f"advised was: {headline(decision.recommended)}"
    if decision.supersedes is not None:
        yield f"supersedes #{decision.supersedes}"
    yield outcome(decision)
    if own:
        yield ("in ", place(decision.channel))
    yield to_thread(decision)


def _withdrawn(decision: Decision) -> Parts:
    gone = decision.withdrawn
    if gone is None:
        return ()
    return (
        Text(Said(f"Withdrawn because: {gone.why}", 1_000)),
        Small(("Withdrawn by ", Person(gone.by), " on ", Day(gone.at))),
    )


def _what_came_of_it(recorded: Recorded) -> Parts:
    """The outcomes, the newest first, which counts; and what came of the decision elsewhere."""
    outcomes = tuple(map(_outcome, reversed(recorded.outcomes[-MOST_ADDED:])))
    links = tuple(map(_link, reversed(recorded.links[-MOST_ADDED:])))
    return (Bullets(outcomes, Strong("How it turned out")), Bullets(links, Strong("What came of it")))


def _outcome(one: Outcome) -> Words:
    taken_back = "what was recorded before is taken back"
    said = taken_back if one.taken_back else ", ".join(in_words(one)) or "nothing was said"
    return (f"{sentence_case(said)} (", Person(one.by), ", ", Day(one.at), ")")


def _link(one: Link) -> Words:
    return (Said(one.note or "Link", 100), ": ", address(one.url), " (", Person(one.by), ")")


def _advised(advice: Told | None, consultation: Consultation) -> Parts:
    if advice is None:
        return (Small(NOT_KEPT),)
    answers, ledger = answers_of(consultation), advice.ledger
    calls, oldest = answers.number(PRICING), oldest_price(advice.ledger)
    prices = f"With the prices of the day it was advised; the oldest of them was as of {oldest[:7]}."
    return (
        *sureness(advice),
        Text(figures(finding(ledger, calls, volume(answers)))),
        cost_table(ledger, calls, falls_short=answers.of("cheaper_model_enough") is False),
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


def _buttons(decision: Decision, own: bool, advice: Told | None) -> Parts:
    """What can be done about it; one that was superseded leads on to what stands in its place."""
    stands = decision.status in STANDING
    change = (
        *_lines(decision, own),
        Button("Re-open", of(ids.REOPEN, decision, own)) if decision.superseded_by is None else None,
        Button("Withdraw…", of(ids.WITHDRAW, decision, own)) if stands else None,
        *outcome_buttons(decision, own),
    )
    share = "Share in its channel" if own else "Share here"
    is_priced = advice is not None and any(there.options for there in advice.ledger.scenarios())
    use = (
        *((Button(COSTS, of(ids.COSTS_THEN, decision, own)),) if is_priced else ()),
        Button("With today's prices", of(ids.TODAY, decision, own)),
        Button("Export as an ADR", of(ids.EXPORT_ONE, decision, own)),
        *(() if is_direct(decision.channel) else (Button(share, of(ids.SHARE, decision, own)),)),
    )
    return (Buttons(tuple(one for one in change if one is not None)), Buttons(use))


def outcome_buttons(decision: Decision, own: bool) -> tuple[Button, ...]:
    """The buttons that record how a decision turned out, and what came of it."""
    return (
        Button("Record outcome…", of(ids.OUTCOME, decision, own)),
        Button("Add a link…", of(ids.LINK, decision, own)),
    )


def _lines(decision: Decision, own: bool) -> Iterator[Button]:
    """The ways to what it supersedes, and to what superseded it."""
    for number in (decision.superseded_by, decision.supersedes):
        if number is not None:
            yield show_button(replace(decision, number=number), own)


def show_button(decision: Decision, own: bool = False) -> Button:
    """The button that shows a decision."""
    return Button(f"Show #{decision.number}", of(ids.SHOW, decision, own))


def shared(decision: Decision, by: str) -> Document:
    """A short card of a decision, for everyone in its channel."""
    return Document(
        (
            Heading(f"#{decision.number} {headline(decision.chosen)}"),
            Text(Said(f"Task: {decision.task}", 600)),
            Text(Said(f"Why: {decision.why}", SHORT)) if decision.why else None,
            Small(joined(" · ", _facts(decision, own=False))),
            Small(("Shared by ", Person(by))),
            Buttons((show_button(decision),)),
        )
    )


def is_shared(there: Shared) -> Document:
    """That it stands in the channel, and where."""
    way = thread(there.channel, there.ts, "see it")
    if there.again:
        return sentence("This was shared in ", place(there.channel), " already: ", way, ".")
    return sentence("Shared in the channel: ", way, ".")


def with_todays_prices(today: Today, *, own: bool = False) -> Document:
    """What would be advised today, and what has changed since the decision."""
    decision = today.decision
    if today.before is None and today.verdict is None:
        return sentence(
            f"There are too few answers behind #{decision.number} to work it out: nothing was advised on them."
        )
    stays = today.verdict == today.before
    verdict = quoted(today.verdict) if today.verdict else "no single verdict"
    moved = f"Today the same answers lead to {verdict}; then they led to {quoted(today.before)}."
    same = f"Today the same answers still lead to {verdict}."
    reopen = Button("Re-open", of(ids.REOPEN, decision, own), primary=True)
    points = tuple(sentence_case(one.says) for one in today.says if one.about != "verdict")
    return Document(
        (
            Heading(f"#{decision.number} with today's prices"),
            Text(Strong(same if stays else moved)),
            Bullets(points[:8]),
            None if points else Text("No figure has changed since."),
            Buttons((reopen,)) if not stays and decision.superseded_by is None else None,
            Small("The decision stays as it is. Only you can see this."),
        )
    )
