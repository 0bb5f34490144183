"""The note on a dropped file: that it is being read, what it says, what it leaves open, or why it says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from bot.conversation.posts import File, FileInDoubt, FileRead, FileRefused, Files, FileToRead, FileUnused
from bot.conversation.standing import Standing
from bot.views import ids
from bot.views.buttons import change
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
    joined,
    sentence,
)
from bot.views.phrases import listed
from bot.views.press import Press
from core.evidence.wording import in_words

TYPE_IT = "You can type it instead: “43 of 50”."
NOT_KEPT = "Nothing is stored yet, and the file is not kept: it is read again once you choose."
TOKENS = {"prompt_tokens": "prompt", "output_tokens": "output"}
MOST_WAYS = 24
"""Buttons for as many ways to read a file, beside the one to leave it."""


def evidence(standing: Standing, about: Files, post: int) -> Document:
    """The note as it stands. ``post``: its number, which the buttons carry."""
    return Document(_parts(standing, about, post), "note", standing.consultation.version)


def _parts(standing: Standing, about: Files, post: int) -> Parts:
    match about:
        case FileToRead():
            return (Text(("Reading ", _name(about), "…")),)
        case FileInDoubt():
            return _doubtful(standing, about, post)
        case FileRead():
            return _read(standing, about)
        case FileUnused():
            return (Text((_name(about), " is not used; ", Person(about.settled_by), " said so.")),)
        case FileRefused():
            said = ("I could not use ", _name(about), ". ", _words(about.because))
            return (Text(said), Small(TYPE_IT))
        case _:
            assert_never(about)


def one_file() -> Document:
    """Several files of results came at once."""
    return sentence("One file at a time, please: drop the one that counts.")


def _read(standing: Standing, about: FileRead) -> Parts:
    right, _, tokens = in_words(about.found).partition("; ")
    read = about.found.read
    how = ("Read: ", _words(read[:1].lower() + read[1:]), " The file is not kept.")
    return (
        Text((_name(about), ": ", Strong(right), f"; {tokens}." if tokens else ".")),
        Small(joined("\n", (how, *_on_tokens(about), _on_model(standing, about)))),
        Buttons((change(standing, "quality"),)),
    )


def _on_tokens(about: FileRead) -> Iterator[str]:
    taken = [TOKENS[key] for key in TOKENS if key in about.taken]
    stated = [TOKENS[key] for key in TOKENS if key in about.stated]
    if taken:
        yield f"The costs now use these {listed(taken)} tokens, since nobody had stated any."
    if stated:
        yield f"For {listed(stated)} tokens the costs keep what was stated."


def _on_model(standing: Standing, about: FileRead) -> Words:
    if about.model is None or "model" in standing.advice.answers.assumptions:
        return ""
    model = Said(about.model, 80)
    return ("It names ", model, ". If that is the model you use, say “we use ", model, "”.")


def _doubtful(standing: Standing, about: FileInDoubt, post: int) -> Parts:
    press = Press(standing.consultation.id, values={"post": post, "step": about.step})
    ways = [
        Button(Said(way.says), ids.action_id(ids.EVIDENCE, str(place)), press)
        for place, way in enumerate(about.choices[:MOST_WAYS])
    ]
    leave = Button("Don’t use it", ids.action_id(ids.EVIDENCE, "-1"), press, spoken="Don’t use this file")
    return (
        Text((_name(about), ": ", _words(about.asks))),
        Buttons((*ways, leave), joined("\n", (Said(way.says, 80) for way in about.choices))),
        Small(NOT_KEPT),
    )


def _name(about: File) -> Said:
    return Said(about.name, 80)


def _words(said: str) -> Said:
    """A sentence with names out of the file in it, which stand between backticks."""
    return Said(re.sub(r"`([^`]*)`", r"“\1”", said), 1_500)
