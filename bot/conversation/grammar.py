"""What is said to the app outside a thread of its own: a command's text, or a mention's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from bot.conversation.log_questions import log_question, numbered

Format = Literal["csv", "md", "json"]
"""In which the log is written out."""


@dataclass(frozen=True, slots=True)
class OpenForm:
    """Nothing was said: the form asks for everything."""


@dataclass(frozen=True, slots=True)
class Task:
    """A task to decide about."""

    text: str


@dataclass(frozen=True, slots=True)
class Help:
    """How it is used."""


@dataclass(frozen=True, slots=True)
class ListLog:
    """The decisions that can be seen from here. ``query``: words to look for and filters, as they were typed."""

    query: str = ""


@dataclass(frozen=True, slots=True)
class ShowDecision:
    """One decision; ``number`` is ``None`` when none was given, or no number."""

    number: int | None


@dataclass(frozen=True, slots=True)
class CountLog:
    """How many of them there are of each kind."""

    query: str = ""


@dataclass(frozen=True, slots=True)
class ExportLog:
    """All of them, to be written out; ``format`` is ``None`` when none was given that is known."""

    format: Format | None
    query: str = ""


@dataclass(frozen=True, slots=True)
class Unclear:
    """A single word: perhaps a subcommand with a typo, perhaps a task."""

    word: str


Asked = Help | ListLog | ShowDecision | CountLog | ExportLog | Unclear
"""What is answered at once, in the same way however it was said."""
Said = OpenForm | Task | Asked

_FORCED = re.compile(r"task:\s*", re.IGNORECASE)


def understand_command(text: str) -> Said:
    """The text after the command. A subcommand only if the first word is exactly one; ``task: ...`` forces a task."""
    said = text.strip()
    if not said:
        return OpenForm()
    forced = _FORCED.match(said)
    if forced:
        return Task(said[forced.end() :]) if said[forced.end() :].strip() else OpenForm()
    word, _, rest = said.partition(" ")
    match word.lower():
        case "help":
            return Help()
        case "log":
            return ListLog(rest.strip())
        case "show":
            number = rest.strip().removeprefix("#")
            return ShowDecision(int(number) if re.fullmatch(r"[0-9]{1,9}", number) else None)
        case "stats":
            return CountLog(rest.strip())
        case "export":
            return _export(rest.strip())
    return Task(said) if rest.strip() else Unclear(word)


def _export(said: str) -> ExportLog:
    word, _, query = said.partition(" ")
    known = next((one for one in get_args(Format) if one == word.lower()), None)
    return ExportLog(known, query.strip() if known else said)


def understand_mention(text: str) -> Said:
    """The text of a mention outside a consultation: a question to the log if it has the form of one, else a task."""
    said = text.strip()
    number = numbered(said)
    if number is not None:
        return ShowDecision(number)
    asked = log_question(said)
    if asked is not None:
        return CountLog(asked.query) if asked.counts else ListLog(asked.query)
    match understand_command(said):
        case Unclear() | ShowDecision(None) | ExportLog(None) if said.lower() not in ("show", "export"):
            return Task(said)
        case understood:
            return understood
