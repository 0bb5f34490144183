"""Writing decisions out: the question before a file is posted, and the text for one person alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import accumulate

from bot.conversation.grammar import Format
from bot.conversation.written_out import WrittenOut
from bot.decision_log.records import Decision
from bot.views import ids
from bot.views.document import (
    Button,
    Buttons,
    Document,
    Form,
    Said,
    Small,
    Text,
    Typed,
    Verbatim,
    Words,
    sentence,
)
from bot.views.log import of
from bot.views.press import Press
from core.wording import counted

WHICH_FORMAT = sentence(
    *("As what? Type ", Typed(f"{ids.COMMAND} export csv"), " for a spreadsheet, "),
    *(Typed(f"{ids.COMMAND} export md"), " for a record of each decision (MADR 4), or "),
    *(Typed(f"{ids.COMMAND} export json"), " for all that is known. Words and filters may follow."),
)
KINDS: dict[Format, str] = {
    "csv": "a spreadsheet (CSV)",
    "md": "a record of each (MADR 4)",
    "json": "all that is known (JSON)",
}
PIECE = 2_900
"""Characters in one block of a page."""
MOST_AS_TEXT = 200
"""Decisions that are shown as a text: somebody waits for it, and a page has no room for many more."""
MOST_BYTES = 200_000
"""Of all of them on a page, as they are sent."""
POSTED = sentence("Posted.")


def offer(found: int, format: Format, query: str, *, of_person: bool, takes_files: bool) -> Document:
    """How many decisions a file would hold, and whether it is to be posted here."""
    press = Press(query=query)
    which = "in which you took part" if of_person else "of this channel"
    return Document(
        (
            Text(f"{counted(found, 'decisions')} {which}, as {KINDS[format]}. {_asks(takes_files)}"),
            Small(("Looked for: ", Said(query, 400), ".")) if query else None,
            Buttons(tuple(_buttons(takes_files, press, format))),
            _who_sees(takes_files),
        )
    )


def offer_one(decision: Decision, *, own: bool, takes_files: bool) -> Document:
    """The same for one decision, as a record to read."""
    said = f"Decision #{decision.number} as a record (MADR 4). {_asks(takes_files)}"
    about = of("", decision, own=True).split(":")[1:]
    return Document(
        (
            Text(said),
            Buttons(tuple(_buttons(takes_files, Press(), "md", *about))),
            _who_sees(takes_files),
        )
    )


def _asks(takes_files: bool) -> str:
    return "Post it here?" if takes_files else "I may not post files here, so I can show you the text."


def _buttons(takes_files: bool, press: Press, *about: str) -> Iterator[Button]:
    if takes_files:
        yield Button("Post it here", ids.action_id(ids.POST_EXPORT, *about), press, primary=True)
    yield Button("Show me the text", ids.action_id(ids.SHOW_EXPORT, *about), press)


def _who_sees(takes_files: bool) -> Small | None:
    return (
        Small("A file that is posted can be seen by everyone here; the text only by you.")
        if takes_files
        else None
    )


def page(out: WrittenOut) -> Form:
    """The text of a file, to be copied. What has no room is left out, which is said first."""
    pieces = [out.text[at : at + PIECE] for at in range(0, len(out.text), PIECE)]
    sizes = accumulate(len(json.dumps(piece)) for piece in pieces)
    shown = tuple(Verbatim(piece) for piece, size in zip(pieces, sizes, strict=True) if size <= MOST_BYTES)
    note: Words = f"{out.name}: {counted(out.decisions, 'decisions')}."
    if out.decisions >= MOST_AS_TEXT:
        note = f"{out.name}: {MOST_AS_TEXT} decisions at most are shown here. Words or filters make it less."
    if len(shown) < len(pieces):
        note = f"{out.name}: only the beginning has room here. Words or filters make it less."
    return Form("Decisions as text", (Small(note), *shown))


def comment(out: WrittenOut, by: Words) -> Words:
    """What is said beside the file."""
    return (f"{counted(out.decisions, 'decisions')} of the log, written out by ", by, ".")


def not_posted(because: str) -> Document:
    """Slack did not take the file."""
    return sentence(
        *(
            "Slack does not take a file from me here (",
            Said(because, 80),
            "). “Show me the text” gives you the same.",
        )
    )
