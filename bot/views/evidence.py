"""The note on a dropped file: that it is being read, what it says, what it leaves open, or why it says nothing."""

from __future__ import annotations

import re
from typing import Any, assert_never

from bot.conversation.posts import File, FileInDoubt, FileRead, FileRefused, Files, FileToRead, FileUnused
from bot.conversation.standing import Standing
from bot.views import ids
from bot.views.blocks import BUTTON, actions, button, context, message, section
from bot.views.message import Message
from bot.views.mrkdwn import bold, escape, mention, plain
from bot.views.phrases import change, listed
from bot.views.press import Press
from core.evidence.wording import in_words

TYPE_IT = "You can type it instead: “43 of 50”."
NOT_KEPT = "Nothing is stored yet, and the file is not kept: it is read again once you choose."
TOKENS = {"prompt_tokens": "prompt", "output_tokens": "output"}


def evidence(standing: Standing, about: Files, post: int) -> Message:
    """The note as it stands. ``post``: its number, which the buttons carry."""
    match about:
        case FileToRead():
            return _one_line(standing, f"Reading {_name(about)}…")
        case FileInDoubt():
            return _doubtful(standing, about, post)
        case FileRead():
            return _read(standing, about)
        case FileUnused():
            return _one_line(standing, f"{_name(about)} is not used; {mention(about.settled_by)} said so.")
        case FileRefused():
            return _refused(standing, about)
        case _:
            assert_never(about)


def one_file() -> Message:
    """Several files of results came at once."""
    said = "One file at a time, please: drop the one that counts."
    return message([said], [section(said)])


def _read(standing: Standing, about: FileRead) -> Message:
    found = about.found
    right, _, tokens = in_words(found).partition("; ")
    said = f"{bold(right)}; {tokens}." if tokens else f"{bold(right)}."
    read = f"Read: {_words(found.read[:1].lower() + found.read[1:])} The file is not kept."
    notes = [read, *_on_tokens(about), *_on_model(standing, about)]
    blocks = [
        section(f"{_name(about)}: {said}"),
        context("\n".join(notes)),
        actions(change(standing, "quality")),
    ]
    return _note(standing, [f"{_name(about)}: {in_words(found)}.", *notes], blocks)


def _on_tokens(about: FileRead) -> list[str]:
    taken = [TOKENS[key] for key in TOKENS if key in about.taken]
    stated = [TOKENS[key] for key in TOKENS if key in about.stated]
    said = []
    if taken:
        said.append(f"The costs now use these {listed(taken)} tokens, since nobody had stated any.")
    if stated:
        said.append(f"For {listed(stated)} tokens the costs keep what was stated.")
    return said


def _on_model(standing: Standing, about: FileRead) -> list[str]:
    model = about.model
    if model is None or "model" in standing.advice.answers.assumptions:
        return []
    return [f"It names {escape(model, 80)}. If that is the model you use, say “we use {escape(model, 80)}”."]


def _doubtful(standing: Standing, about: FileInDoubt, post: int) -> Message:
    press = Press(standing.consultation.id, values={"post": post, "step": about.step})
    buttons = [
        button(_label(way.says), ids.action_id(ids.EVIDENCE, str(place)), press)
        for place, way in enumerate(about.choices)
    ]
    leave = button("Don’t use it", ids.action_id(ids.EVIDENCE, "-1"), press, spoken="Don’t use this file")
    asks = f"{_name(about)}: {_words(about.asks)}"
    ways = [f"• {escape(way.says, 80)}" for way in about.choices]
    blocks = [section(asks), actions(*buttons[:24], leave), context(NOT_KEPT)]
    return _note(standing, [asks, *ways, NOT_KEPT], blocks)


def _label(says: str) -> str:
    """What a button says: with a name out of the file in it, it may hold anything."""
    is_harmless = says.isascii() and not set(says) & set("<>&")
    return says if is_harmless else plain(says, BUTTON)


def _refused(standing: Standing, about: FileRefused) -> Message:
    said = f"I could not use {_name(about)}. {_words(about.because)}"
    return _note(standing, [said, TYPE_IT], [section(said), context(TYPE_IT)])


def _one_line(standing: Standing, said: str) -> Message:
    return _note(standing, [said], [section(said)])


def _name(about: File) -> str:
    return escape(about.name, 80)


def _words(said: str) -> str:
    """A sentence with names out of the file in it, which stand between backticks."""
    return escape(re.sub(r"`([^`]*)`", r"“\1”", said), 1_500)


def _note(standing: Standing, lines: list[str], blocks: list[dict[str, Any]]) -> Message:
    return message(lines, blocks, what="note", version=standing.consultation.version)
