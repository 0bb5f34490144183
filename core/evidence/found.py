"""What a file of results was read as: evidence, a doubt that somebody has to settle, or a refusal that says what to do.

Of the file's own text only the names of columns, providers and models are in here, never what stands in a cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, cast

from core.evaluation import Interval, wilson

MOST_BYTES = 20 * 1024 * 1024
"""No larger file is read."""

MOST_ROWS = 200_000
"""No longer file is read: a random sample of a few thousand says as much."""

LONGEST_NAME = 60
"""Characters of a column's or provider's name; longer ones are cut."""

Repeats = Literal["all", "first"]
Unclear = Literal["miss", "out"]


@dataclass(frozen=True, slots=True)
class Use:
    """How to read a file where it can be read in several ways. What is ``None`` was not said.

    sheet: which one of a workbook. column: which one says what was right. provider: which of several that were
    compared. pass_mark: the least score that counts as right. repeats: count a case that comes again every time, or the
    first time only. unclear: count rows that say neither right nor wrong as misses, or leave them out.
    """

    sheet: str | None = None
    column: str | None = None
    provider: str | None = None
    pass_mark: Decimal | None = None
    repeats: Repeats | None = None
    unclear: Unclear | None = None

    def to_json(self) -> dict[str, str]:
        """What was said, as texts."""
        said = {
            "sheet": self.sheet,
            "column": self.column,
            "provider": self.provider,
            "pass_mark": self.pass_mark,
            "repeats": self.repeats,
            "unclear": self.unclear,
        }
        return {key: str(value) for key, value in said.items() if value is not None}


def use_from_json(said: Mapping[str, Any]) -> Use:
    """The inverse of :meth:`Use.to_json`; what is not understood counts as not said."""
    repeats, unclear = said.get("repeats"), said.get("unclear")
    return Use(
        sheet=_text(said.get("sheet")),
        column=_text(said.get("column")),
        provider=_text(said.get("provider")),
        pass_mark=_decimal(said.get("pass_mark")),
        repeats=cast("Repeats", repeats) if repeats in ("all", "first") else None,
        unclear=cast("Unclear", unclear) if unclear in ("miss", "out") else None,
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _decimal(value: object) -> Decimal | None:
    try:
        number = Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None


@dataclass(frozen=True, slots=True)
class Evidence:
    """An evaluation: ``correct`` of ``total`` cases.

    prompt_tokens, output_tokens: the means of a call, ``None`` where the file does not say. model: the one it names, as
    ``provider:model``, if its price is known. read: what was read and how, as a sentence. verdicts: whether each case
    was right, by a number that stands for the case, in this process alone; ``None`` where the file tells only sums.
    """

    correct: int
    total: int
    prompt_tokens: int | None
    output_tokens: int | None
    model: str | None
    read: str
    verdicts: Mapping[int, bool] | None = field(default=None, compare=False, repr=False)

    @property
    def interval(self) -> Interval:
        """The quality with its 95% interval."""
        return wilson(self.correct, self.total)


@dataclass(frozen=True, slots=True)
class WayToCount:
    """One way of settling a doubt: what it says, and how to read the file then."""

    says: str
    use: Use


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that the file leaves open. about: the field of :class:`Use` that settles it."""

    asks: str
    about: Literal["sheet", "column", "provider", "pass_mark", "repeats", "unclear"]
    choices: tuple[WayToCount, ...]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The file says nothing that can be used: why, and what to do."""

    because: str


Found = Evidence | Doubt | Unreadable


class CannotRead(Exception):
    """Raised inside this package only; ``args[0]`` is the sentence of the :class:`Unreadable`."""


def choices(use: Use, about: str, *said: tuple[str, Any]) -> tuple[WayToCount, ...]:
    """The choices of a doubt: what each says, and the value it gives to the field ``about`` of ``use``."""
    return tuple(WayToCount(says, replace(use, **{about: value})) for says, value in said)


def noted(found: Found, sentence: str) -> Found:
    """The same, and what has to be known about it, also by whoever settles a doubt: that it is one page of a run."""
    match found:
        case Evidence():
            return replace(found, read=f"{found.read} {sentence}")
        case Doubt():
            return replace(found, asks=f"{sentence} {found.asks}")
    return found


def short(name: str) -> str:
    """A name of the file on one line, cut to :data:`LONGEST_NAME` characters."""
    shown = " ".join("".join(c if c.isprintable() else " " for c in name).split()) or "(no name)"
    return shown if len(shown) <= LONGEST_NAME else f"{shown[: LONGEST_NAME - 1]}…"
