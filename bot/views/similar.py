"""Notes in the thread that come from the log: decisions like this one, and that a decision was withdrawn."""

from __future__ import annotations

from datetime import datetime

from bot.conversation import posts
from bot.views import ids
from bot.views.document import (
    Button,
    Buttons,
    Document,
    Parts,
    Person,
    Said,
    Small,
    Strong,
    Text,
    Words,
    day,
    joined,
)
from bot.views.phrases import NOT_IN_USE, OUTCOME, STATUS, headline, thread


def similar(note: posts.Similar) -> Document:
    """Past decisions that are like this one, why, and how they turned out."""
    several = len(note.found) > 1
    lead = "Decisions here that were like this one" if several else "A decision here that was like this one"
    return _shown(Text(Strong(lead)), note.found)


def on_record(note: posts.OnRecord) -> Document:
    """Past decisions on what somebody asked for, or that none is in the log, and how to look further."""
    sought = Said(note.words, 200)
    if not note.found:
        none = ("No decision in this channel has “", sought, "” in it. ")
        return Document(
            (Text((*none, "“/tune-or-prompt log” with another word looks through all of them.")),)
        )
    several = len(note.found) > 1
    return _shown(Text(("Decisions" if several else "A decision", " on “", sought, "”:")), note.found)


def _shown(lead: Text, found: tuple[posts.AlikeThen, ...]) -> Document:
    buttons = tuple(Button(f"Show #{one.number}", ids.action_id(ids.SHOW, str(one.number))) for one in found)
    return Document((lead, *(part for one in found for part in _one(one)), Buttons(buttons)))


def _one(one: posts.AlikeThen) -> Parts:
    turned_out = NOT_IN_USE if one.is_reached else OUTCOME.get(one.outcome or "", "no outcome recorded")
    way: Words = thread(one.channel, one.root_ts, "open the thread") if one.root_ts else ""
    told = (Strong(headline(one.chosen)), f", {STATUS.get(one.status, one.status)}{on_day(one)}")
    alike = "; ".join(one.because)
    return (
        Text(Said(f"#{one.number} {one.task}", 600)),
        Small(joined(" · ", (told, turned_out, way))),
        Small(("Alike: ", Said(alike, 600))) if alike else None,
        Small(_decided_by(one)) if one.by else None,
    )


def _decided_by(one: posts.AlikeThen) -> Words:
    why: Words = ("“", Said(one.why, 600), "”.") if one.why else "no reason was written down."
    return ("Decided by ", Person(one.by), ": ", why)


def on_day(one: posts.AlikeThen) -> str:
    """In words: " on 12 Apr 2026"; "" where the day was not kept."""
    return f" on {day(datetime.fromisoformat(one.day))}" if one.day else ""


def told_again(one: posts.AlikeThen) -> Words:
    """A past decision in one line: what it was on, its verdict and its day."""
    said = (f": {headline(one.chosen)}, {STATUS.get(one.status, one.status)}{on_day(one)}.",)
    return (Strong((f"#{one.number} ", Said(one.task, 200))), *said)


def withdrawn(note: posts.Withdrawn) -> Document:
    """Somebody took the thread's decision back."""
    said = (Person(note.by), f" withdrew decision #{note.number}. It stays in the log, with the reason:")
    return Document((Text(said), Text(Said(note.why, 1_000))))
