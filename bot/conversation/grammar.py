"""What is said to the app outside a thread of its own: a command's text, or a mention's."""

from __future__ import annotations

import re
from dataclasses import dataclass


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
    """The channel's decisions; ``words`` are what they should be about."""

    words: str = ""


@dataclass(frozen=True, slots=True)
class ShowDecision:
    """One decision; ``number`` is ``None`` when none was given, or no number."""

    number: int | None


@dataclass(frozen=True, slots=True)
class NotYet:
    """A subcommand that is known, but not there yet."""

    name: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """A single word: perhaps a subcommand with a typo, perhaps a task."""

    word: str


Asked = Help | ListLog | ShowDecision | NotYet | Unclear
"""What is answered at once, in the same way however it was said."""
Said = OpenForm | Task | Asked

_FORCED = re.compile(r"task:\s*", re.IGNORECASE)
_DECIDED = re.compile(
    r"(what|which)\b.{0,60}\b(did|have|has)\b.{0,20}\b(we|you|the (team|channel))\b"
    r".{0,20}\b(decided?|choose|chosen|chose)\b"
    r"|(show|list)\b.{0,20}\b(our|the|past|all)\b.{0,20}\b(decisions?|log)\b",
    re.IGNORECASE,
)


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
        case "stats" | "export":
            return NotYet(word.lower())
    return Task(said) if rest.strip() else Unclear(word)


def understand_mention(text: str) -> Said:
    """The text of a mention outside a consultation: a question to the log if it has the form of one, else a task."""
    said = text.strip()
    if _DECIDED.match(said):
        return ListLog(said)
    understood = understand_command(said)
    return Task(said) if isinstance(understood, Unclear) else understood
