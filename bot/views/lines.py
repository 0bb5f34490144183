"""The ledger line by line: quantity x price = amount, each with its source and the age of its price."""

from __future__ import annotations

from collections.abc import Sequence
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
from bot.views.mrkdwn import bold, escape, source, source_title
from bot.views.phrases import sentence_case
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

    def shown(self) -> str:
        """The list of them, as links, a line each."""
        return "\n".join(
            f"[{number}] {source(title)}{self._age(as_of)}" for (title, as_of), number in self._each()
        )

    def spoken(self) -> list[str]:
        """The same for a message's text."""
        return [
            f"Source {number}: {source_title(title)}{self._age(as_of)}."
            for (title, as_of), number in self._each()
        ]

    def _each(self) -> list[tuple[tuple[str, str], int]]:
        return list(self.numbers.items())

    def _age(self, as_of: str) -> str:
        return f", {age(as_of, self.on)}" if as_of else ""


def totals(option: Option) -> str:
    """$614 a month ($520 to $760), $14,004 up front, $21,372 in the first year."""
    return f"{a_month_or_so(option)} a month, {once(option)} up front, {a_year(option)} in the first year"


def groups(option: Option, sources: Sources) -> list[tuple[str, list[str]]]:
    """The lines of an option, those of a month first; then what is not known, and what the figures leave unsaid."""
    found = [
        (title, [_line(line, sources) for line in option.lines if line.per == per]) for per, title in PER
    ]
    rest = [line for line in option.lines if line.per not in dict(PER)]
    found.append(("A call", [_line(line, sources) for line in rest]))
    found.append(("Not known", [escape(unknown_words(part), LINE) for part in option.unknown]))
    found.append(
        ("Good to know", [escape(sentence_case(in_words(note)), LINE) for note in option.notes if note])
    )
    return [(title, said) for title, said in found if said]


def _line(line: Line, sources: Sources) -> str:
    return f"{escape(line_words(line, per=False), LINE)}{sources.mark(line)}"


def listing(parts: Sequence[tuple[str, list[str]]]) -> str:
    """Groups of lines as mrkdwn."""
    return "\n".join("\n".join([bold(title), *(f"• {line}" for line in said)]) for title, said in parts)


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
