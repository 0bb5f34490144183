"""What a view returns: a document of few kinds of parts, in plain words, composed once for Slack, ear and terminal.

Our own words are ``str``, and none of their characters is markup. Whatever else a sentence holds is a mark; so are
people's own words (:class:`Said`), which a renderer makes safe in one place. A part that says nothing is not shown, and
``None`` is no part, so that views need not ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from bot.views import ids
from bot.views.press import Press


@dataclass(frozen=True, slots=True)
class Strong:
    """What is to stand out."""

    words: Words


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody else said, shown as typed; of what is long the first ``most`` characters."""

    words: str
    most: int = 2_000


@dataclass(frozen=True, slots=True)
class Person:
    """A person, by their id in Slack."""

    id: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel, by its id in Slack."""

    id: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address of ours."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day, in the reader's own time zone where that is known. ``ago``: how long ago it was, in place of its date."""

    moment: datetime
    ago: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """Something to type as it stands."""

    words: str


Mark = Strong | Said | Person | Channel | Link | Day | Typed
Words: TypeAlias = "str | Mark | tuple[Words, ...]"
"""A sentence or more; "\\n" ends a line."""


@dataclass(frozen=True, slots=True)
class Heading:
    words: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, after its title if it has one; with a button beside it."""

    words: Words
    title: Words = ""
    button: Button | None = None


@dataclass(frozen=True, slots=True)
class Bullets:
    """Points, after the words that lead to them; a point may have points of its own. ``numbered``: in this order."""

    items: tuple[Words | Bullets, ...]
    lead: Words = ""
    numbered: bool = False

    @property
    def points(self) -> tuple[tuple[str, Words | Bullets], ...]:
        """The points, each with its number, or "" ."""
        return tuple((f"{n}. " if self.numbered else "", one) for n, one in enumerate(self.items, 1))


@dataclass(frozen=True, slots=True)
class Small:
    """What may be passed over. ``last``: read aloud at the end, where a text that is too long is cut."""

    words: Words
    last: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A line between what belongs apart."""


@dataclass(frozen=True, slots=True)
class Table:
    """Figures, in columns after what they are of. ``aloud``: the same as sentences, for the ear and without tables.

    ``worded``: how many columns, from the left, hold words.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    aloud: tuple[str, ...]
    worded: int = 1


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was uploaded to Slack, by the id of its file, and what it shows in words."""

    file: str
    words: str


@dataclass(frozen=True)
class Chart:
    """A chart that Slack draws itself, under a title, if that says more than its name: lines or bars over the same
    points; ``words``: what it shows.
    """

    title: str
    name: str
    points: tuple[str, ...]
    lines: Mapping[str, tuple[float, ...]]
    x_label: str
    y_label: str
    words: str
    bars: bool = False


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A text to be copied, letter by letter as it is."""

    text: str


NO_PRESS = Press()
"""Of a button that carries nothing."""


@dataclass(frozen=True)
class Button:
    """What can be pressed. ``spoken``: what a screen reader says where the label alone would not do."""

    label: str | Said
    action: str
    press: Press = NO_PRESS
    primary: bool = False
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be chosen: one of many in a menu, one of a few in sight, or any of a few. ``chosen``: at first."""

    how: Literal["menu", "one", "any"]
    options: tuple[Option, ...]
    chosen: tuple[str, ...] = ()
    action: str = ids.VALUE
    placeholder: str = "Choose one"


@dataclass(frozen=True, slots=True)
class Entry:
    """A field for text of at most ``most`` characters. ``value``: what stands in it at first."""

    most: int
    value: str = ""
    placeholder: str = ""
    several_lines: bool = False


@dataclass(frozen=True, slots=True)
class ChannelPicker:
    """Any conversation in which the app may post; with an address to answer its person at."""


@dataclass(frozen=True)
class Buttons:
    """What can be pressed or chosen, side by side. ``aloud``: the same in words."""

    elements: tuple[Button | Choice, ...]
    aloud: Words = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form. ``id``: what its value and its mistakes are found by."""

    id: str
    label: str
    entry: Entry | Choice | ChannelPicker
    hint: str = ""
    optional: bool = True


Part = Heading | Text | Bullets | Small | Rule | Table | Picture | Chart | Verbatim | Buttons | Field
Parts = tuple[Part | None, ...]


@dataclass(frozen=True)
class Document:
    """One message. ``what`` and ``version``: what it is, and of which state, where that is drawn again and again."""

    parts: Parts
    what: str = ""
    version: int = 0


@dataclass(frozen=True)
class Form:
    """A form; without ``submit`` a page that is only read. ``carries``: what comes back with it."""

    title: str
    parts: Parts
    name: str = ""
    submit: str = ""
    carries: str = ""


@dataclass(frozen=True)
class Home:
    """Somebody's own page."""

    parts: Parts


def sentence(*words: Words) -> Document:
    """A message of one paragraph."""
    return Document((Text(words),))


def joined(separator: str, lines: Iterable[Words]) -> Words:
    """Those lines that say something, with the separator between them."""
    return tuple(part for line in lines if not is_empty(line) for part in (separator, line))[1:]


def is_empty(words: Words) -> bool:
    """Whether there is nothing to show."""
    if isinstance(words, tuple):
        return all(map(is_empty, words))
    return isinstance(words, str) and not words


def says_something(part: Part | None) -> bool:
    """Whether a part is to be shown."""
    match part:
        case Text(words, title):
            return not (is_empty(words) and is_empty(title))
        case Small(words):
            return not is_empty(words)
        case Bullets(items):
            return bool(items)
        case Buttons(elements):
            return bool(elements)
        case _:
            return part is not None


def bare(words: Words, *, addresses: bool = True) -> str:
    """The words where nothing draws marks: beside a field, in a terminal. ``addresses``: whether to say those too."""
    match words:
        case str():
            return words
        case tuple():
            return "".join(bare(part, addresses=addresses) for part in words)
        case Strong(inner):
            return bare(inner, addresses=addresses)
        case Link(label, address):
            if not addresses:
                return label
            short = address.removeprefix("https://")
            return label.replace(short, address) if short in label else f"{label} ({address})"
        case Day(moment, ago):
            return "just now" if ago else day(moment)
        case Person() | Channel():
            return "somebody" if isinstance(words, Person) else "a channel"
        case Said(said):
            return said.replace("\n", " ")
        case Typed(typed):
            return typed


def day(moment: datetime) -> str:
    """A day in plain words: 23 Nov 2026."""
    return f"{moment.day} {moment:%b %Y}"


def aloud(parts: Parts) -> tuple[Words, ...]:
    """What is read aloud, line by line: what notifications show and screen readers read."""
    last = [part for part in parts if isinstance(part, Small) and part.last]
    shown = [part for part in parts if part not in last] + last
    lines = (line for part in shown if part and says_something(part) for line in _lines(part))
    return tuple(_ended(line, ".") for line in lines if not is_empty(line))


def unmarked(document: Document) -> str:
    """All that a document says, where nothing draws marks."""
    return "\n".join(bare(line, addresses=False) for line in aloud(document.parts))


def _lines(part: Part | Words) -> Iterator[Words]:
    match part:
        case str() | tuple():
            yield part
        case Heading(words):
            yield words
        case Text(words, title):
            yield joined(" ", (_ended(title, ":"), words))
        case Bullets(_, lead):
            yield _ended(lead, ":")
            for number, item in part.points:
                yield from _lines(item if isinstance(item, Bullets) else (number, item))
        case Table() | Buttons():
            yield part.aloud if isinstance(part, Buttons) else "\n".join(part.aloud)
        case Picture() | Chart() | Small():
            yield part.words
        case Verbatim(text):
            yield Said(text)
        case Rule() | Field():
            return
        case _:
            yield part


def _ended(line: Words, mark: str) -> Words:
    """A line with a mark at its end, where it has none; what somebody else said ends as they ended it."""
    last = line
    while isinstance(last, tuple):
        last = next((part for part in reversed(last) if not is_empty(part)), "")
    return line if isinstance(last, Said) or bare(last)[-1:] in ("", *".?!:”…") else (line, mark)
