"""The ledger line by line: quantity x price = amount, each with its source and the age of its price."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bot.views.costs import (
    a_month_or_so,
    a_year,
    age,
    in_words,
    line_words,
    once,
    own_source,
    unknown_words,
)
from bot.views.document import Bullets, Said, Strong, Words, joined
from bot.views.phrases import sentence_case, source
from core.told.ledger import Line, Option, Scenario
from core.wording import counted

LINE = 300
PER = (("month", "A month"), ("up front", "Up front"))


@dataclass
class Sources:
    """The sources of some lines, numbered as they come up. ``on``: the day against which prices have their age."""

    on: date
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)

    def mark(self, line: Line) -> str:
        """What stands behind a line: [1], (default) or (your figure); "" when it has no source at all."""
        own = own_source(line)
        if own is not None:
            return f" ({own})"
        if not line.source:
            return ""
        key = (line.source, line.as_of or "")
        return f" [{self.numbers.setdefault(key, len(self.numbers) + 1)}]"

    def shown(self) -> Words:
        """The list of them, as links, a line each."""
        return joined(
            "\n",
            [
                (f"[{number}] ", source(title), f", {age(as_of, self.on)}" if as_of else "")
                for (title, as_of), number in self.numbers.items()
            ],
        )


def totals(option: Option) -> str:
    """$614 a month ($520 to $760), $14,004 up front, $21,372 in the first year."""
    return f"{a_month_or_so(option)} a month, {once(option)} up front, {a_year(option)} in the first year"


def groups(option: Option, sources: Sources, only: tuple[str, ...] = ()) -> tuple[Bullets, ...]:
    """The lines of an option, those of a month first; then what is not known, and what the figures leave unsaid.

    only: of which lines to tell, "month" or "up front", and no more than what belongs to them; all if none is named.
    """
    found = [(title, [line for line in option.lines if line.per == per]) for per, title in PER]
    found.append(("A call", [line for line in option.lines if line.per not in dict(PER)]))
    unknown = [unknown_words(part) for part in option.unknown]
    unsaid = [sentence_case(in_words(note)) for note in option.notes if note]
    if only:
        found, unsaid = [(title, lines) for title, lines in found if lines and lines[0].per in only], []
    every = (
        *(Bullets(tuple(_line(line, sources) for line in lines), Strong(title)) for title, lines in found),
        Bullets(tuple(Said(said, LINE) for said in unknown), Strong("Not known")),
        Bullets(tuple(Said(said, LINE) for said in unsaid), Strong("Good to know")),
    )
    return tuple(one for one in every if one.items)


def _line(line: Line, sources: Sources) -> Words:
    return (Said(line_words(line, per=False), LINE), sources.mark(line))


def that_matter(scenario: Scenario) -> tuple[Option, ...]:
    """The baseline, the option with the cheapest first year, and the best tuned one, in the order of the table."""
    cheapest = min(
        (option for option in scenario.options if option.first_year is not None and not option.unknown),
        key=lambda option: option.first_year or Decimal(0),
        default=None,
    )
    kept = [one.name for one in (scenario.baseline, cheapest, scenario.best_tuned) if one is not None]
    return tuple(option for option in scenario.options if option.name in kept)


def at(scenario: Scenario) -> str:
    """The volume of an example: " at 100k calls a month, an example"; "" for the team's own."""
    return (
        f" at {counted(scenario.calls, 'calls a month')}, an example"
        if scenario.example and scenario.calls
        else ""
    )
