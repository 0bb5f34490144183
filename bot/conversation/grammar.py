"""What is said to the app outside a thread of its own: a command's text, or a mention's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from bot.conversation.log_questions import log_question, numbered
from core.reading.reader import read

Format = Literal["csv", "md", "json"]
"""In which the log is written out."""


@dataclass(frozen=True, slots=True)
class OpenForm:
    """Nothing was said: the form asks for everything."""


@dataclass(frozen=True, slots=True)
class Task:
    """A task to decide about. ``is_forced``: somebody wrote "task:" before it, so that it is one whatever it says."""

    text: str
    is_forced: bool = False


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

_TO_A_CONSULTATION = (
    "summary",
    "explain",
    "why",
    "why_question",
    "back",
    "restart",
    "skip",
    "unsure",
    "whatif",
    "change",
)
"""What the reader calls that which is asked of a consultation, or said to it."""
_SHORT = 4
"""Words of a text that is too short to be a task with such a word in it."""
_WORD = re.compile(r"[\w’']+")
_SMALL_TALK = frozenset(
    """
    a accept accepted add adopt afternoon agree agreed all alright and approve approved bye can cancel cheers close
    closed confirm confirmed cool correct decide decided decline deny done enough evening exactly fine finish
    finished for good got great hello hey hi hmm i i'm is it it's just let's lgtm looks lot lots may maybe me mind
    morning much my never next nice night no nope not now of oh ok okay one perfect please proceed really record
    reject right save see so start stop submit sure team test thank thanks that that's the there this thx to true
    undo us very wait we well will with works wrong yeah yep yes you your
    """.split()  # noqa: SIM905
)
"""Words of which nothing that is made of them alone says what a model should do."""
_FORCED = re.compile(r"task:\s*", re.IGNORECASE)


def understand_command(text: str) -> Said:
    """The text after the command. A subcommand only if the first word is exactly one; ``task: ...`` forces a task."""
    said = text.strip()
    if not said:
        return OpenForm()
    forced = _FORCED.match(said)
    if forced:
        return Task(said[forced.end() :], is_forced=True) if said[forced.end() :].strip() else OpenForm()
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


def is_small_talk(text: str) -> bool:
    """Whether a text has no words but those that people say to each other in passing."""
    words = [word.replace("’", "'") for word in _WORD.findall(text.lower())]
    return all(word in _SMALL_TALK for word in words)


def is_no_task(text: str, *, is_reply: bool) -> bool:
    """Whether a text only makes sense in a consultation: a word to it, an answer, or small talk.

    ``is_reply``: whether it was said in a thread, where a longer one may be such a word too.
    """
    if is_small_talk(text):
        return True
    reading = read(text)
    if reading.intent in _TO_A_CONSULTATION:
        return is_reply or len(text.split()) <= _SHORT
    return reading.intent == "answer" and not reading.doubtful
