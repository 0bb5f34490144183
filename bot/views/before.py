"""An earlier decision beside this thread: whether it came out the same, and the answer at which the two part."""

from __future__ import annotations

from bot.conversation import posts
from bot.conversation.standing import Standing
from bot.views import ids
from bot.views.costs import figures
from bot.views.document import (
    Bullets,
    Button,
    Buttons,
    Document,
    Part,
    Person,
    Said,
    Small,
    Strong,
    Text,
    Words,
    joined,
)
from bot.views.flips import brief
from bot.views.of_reasons import reason
from bot.views.phrases import STATUS, listed, quoted, short, thread
from bot.views.similar import on_day, told_again
from core.wording import counted

LOG = "“/tune-or-prompt log” with any word looks through all of them."


def on_record(standing: Standing, note: posts.OnRecord) -> Document:
    """The answer to a question about earlier decisions that this thread is held against."""
    match note.asks:
        case "same" | "beside":
            parts = tuple(part for one in note.found for part in _beside(standing, one, note.asks))
            here = Text((Strong("Here: "), figures(reason(standing))))
            buttons = Buttons(
                tuple(
                    Button(f"Show #{one.number}", ids.action_id(ids.SHOW, str(one.number)))
                    for one in note.found
                )
            )
            return Document((*parts, here, buttons))
        case "verdict":
            return Document(_of_the_verdict(standing, note))
        case _:
            return Document(_of_all(standing, note))


def _beside(standing: Standing, one: posts.AlikeThen, asks: str) -> tuple[Part | None, ...]:
    verdict = standing.told.verdict or standing.advice.leaning
    is_same = one.chosen == verdict
    lead = "the same outcome" if is_same else "another outcome"
    answers = {True: "Yes, ", False: "No, "}[is_same] if asks == "same" else ""
    said = f"{answers}{lead}" if answers else lead[:1].upper() + lead[1:]
    both = (
        f"“{brief(one.chosen)}” in both."
        if is_same
        else f"“{brief(one.chosen)}” there, “{brief(verdict)}” here."
    )
    way: Words = (", ", thread(one.channel, one.root_ts, "open the thread")) if one.root_ts else ""
    return (
        Text((Strong(f"{said}: "), both)),
        Text(
            (
                Strong((f"#{one.number} ", Said(one.task, 200))),
                f": {STATUS.get(one.status, one.status)}{on_day(one)}",
                way,
                _why(one),
            )
        ),
        Text(_part(one, is_same=is_same)),
    )


def _why(one: posts.AlikeThen) -> Words:
    if one.why:
        return (". The reason that was given: “", Said(one.why, 400), "”.")
    return (". Decided by ", Person(one.by), "; no reason was written down.") if one.by else "."


def _part(one: posts.AlikeThen, *, is_same: bool) -> Words:
    """Where the two ways part, or on what both rest."""
    question, there, here = one.parts
    if not question:
        return ""
    name = short(question)
    beside: Words
    if is_same and there != here:
        return ""
    if is_same:
        return (Strong("Both rest on the same answer. "), f"{name}: ", Said(there, 200), ".")
    beside = (", here ", Said(here, 200)) if here else ", which was not asked here"
    return (Strong("Where they part: "), f"{name}: there ", Said(there, 200), beside, ".")


def _of_the_verdict(standing: Standing, note: posts.OnRecord) -> tuple[Part | None, ...]:
    verdict = note.words or standing.told.verdict
    alike = [one for one in note.others if one.chosen == verdict]
    lead = (
        f"Yes: {counted(len(alike), 'earlier decisions')} in this channel came out as {quoted(verdict)}."
        if alike
        else f"No: the one earlier decision in this channel did not come out as {quoted(verdict)}."
        if note.many == 1
        else f"No: none of the {counted(note.many, 'earlier decisions')} in this channel came out as {quoted(verdict)}."
    )
    return (Text(Strong(lead)), _lines(note), _more(note))


def _of_all(standing: Standing, note: posts.OnRecord) -> tuple[Part | None, ...]:
    verdict = standing.told.verdict or standing.advice.leaning
    alike = [f"#{one.number}" for one in note.others if one.chosen == verdict]
    many = counted(note.many, "earlier decisions")
    lead: Words = (
        ("No decision in this channel has “", Said(note.words, 200), "” in it.")
        if note.words
        else f"No decision is like this one. There {'is' if note.many == 1 else 'are'} {many} in this channel."
    )
    same = (
        f"{listed(alike)} came out as here, {quoted(verdict)}."
        if alike
        else f"None of these came out as here, {quoted(verdict)}."
    )
    return (Text(Strong(lead)), _lines(note), Text(same), _more(note))


def _lines(note: posts.OnRecord) -> Bullets:
    return Bullets(tuple(map(told_again, note.others)), Strong("Decided here before"))


def _more(note: posts.OnRecord) -> Small | None:
    return Small(joined(" ", (LOG,))) if note.many > len(note.others) else None
