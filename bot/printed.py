"""Advice, costs and readings as the command line prints them for people.

Everything is printed from the JSON form, with the words and the table that Slack shows too.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.views import costs
from core.questions import BY_NAME
from core.tree import Verdict
from core.wording import HEADLINES, count

NARROWEST = 100
"""Columns that a table gets where there is no terminal to ask."""

_ISOLATES = {0x2068: None, 0x2069: None}
"""What keeps text of several directions apart in Slack; a terminal shows it as boxes."""

Json = Mapping[str, Any]


def print_advice(advice: Json, on: datetime.date, calls: Decimal | None) -> None:
    """The verdict, why, what is still open, and the costs. ``calls``: the calls a month that were given, if any."""
    console = _console()
    _heading(console, _headline(advice))
    _line(console, _open(advice))
    if advice["next_question"]:
        _line(console, f"Next question: {BY_NAME[advice['next_question']].asks}")
    _listed(console, "Why", [_reason(reason) for reason in advice["reasons"]])
    left_out = [BY_NAME[name].short for name in advice["questions_left_out"]]
    if left_out and not advice["next_question"]:
        _listed(console, "Not asked, since it cannot change this", [", ".join(left_out)])
    _print_costs(console, advice["ledger"], on, calls)


def print_estimate(ledger: Json, on: datetime.date, calls: Decimal | None) -> None:
    """The costs of every option, each line of them, and what they rest on."""
    console = _console()
    _print_costs(console, ledger, on, calls)
    for scenario in costs.scenarios(ledger, calls):
        at = f" at {count(scenario.calls)} calls a month" if scenario.calls is not None else ""
        for option in scenario.options:
            _listed(console, f"{option.label}{at}", [_cost(line) for line in option.lines])
    _listed(
        console, "Assumed", [_assumed(key, one) for key, one in (ledger.get("assumptions") or {}).items()]
    )


def print_reading(reading: Json) -> None:
    """What a reply was read as."""
    console = _console()
    doubt = ", but in doubt: it would be asked back" if reading["doubtful"] else ""
    _heading(console, f"Read as: {reading['intent']}{doubt}")
    _line(console, reading["echo"])
    _listed(console, "Values", [f"{key}: {value}" for key, value in reading["values"].items()])


def _headline(advice: Json) -> str:
    if advice["verdict"]:
        return HEADLINES[Verdict(advice["verdict"])]
    return f"Not settled yet, leaning to: {HEADLINES[Verdict(advice['leaning'])]}"


def _open(advice: Json) -> str:
    if len(advice["possible"]) < 2:
        return ""
    possible = "; ".join(HEADLINES[Verdict(verdict)] for verdict in advice["possible"])
    deciding = ", ".join(BY_NAME[name].short.lower() for name in advice["deciding"])
    return f"Still possible: {possible}." + (f" What decides: {deciding}." if deciding else "")


def _reason(reason: Json) -> str:
    threshold = f" ({reason['threshold']})" if reason["threshold"] else ""
    name = BY_NAME[reason["question"]].short
    return f"{name}: {reason['answer']}{threshold}. {reason['says']}\n{reason['source']}"


def _print_costs(console: Console, ledger: Json, on: datetime.date, calls: Decimal | None) -> None:
    found = costs.cost_table(ledger, calls)
    if found is not None:
        console.print()
        console.print(_table(found[0]))
    volume = count(calls) if calls is not None else None
    for line in (costs.finding(ledger, calls), costs.assumptions_line(ledger, on, volume)):
        _line(console, line)
    _listed(console, "Not known", costs.unknowns(ledger))
    _listed(console, "Left out", costs.removed(ledger))


def _table(block: Json) -> Table:
    header, *rows = [[str(cell["text"]) for cell in row] for row in block["rows"]]
    table = Table()
    for title, setting in zip(header, block["column_settings"], strict=True):
        table.add_column(Text(title), justify=setting["align"])
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


def _cost(line: Json) -> str:
    source = f"\n{line['source']}" if line.get("source") else ""
    return (
        costs.line_words(line) + source + (f", as of {line['as_of']}" if source and line.get("as_of") else "")
    )


def _assumed(key: str, one: Json) -> str:
    value = "not known" if one["value"] is None else one["value"]
    return f"{key} = {value}" + (" (default)" if one["default"] else " (stated by you)")


def _console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=max(NARROWEST, console.width))


def _heading(console: Console, text: str) -> None:
    console.print(Text(text, style="bold"))


def _line(console: Console, text: str) -> None:
    if text:
        _print(console, Text(text))


def _listed(console: Console, title: str, lines: Sequence[str]) -> None:
    """A title and its lines; a line's own second line is shown dimmed. Nothing at all when there are no lines."""
    if not lines:
        return
    console.print()
    _heading(console, title)
    for line in lines:
        first, _, second = line.partition("\n")
        _print(console, Text(f"  {first}"))
        if second:
            _print(console, Text(f"    {second}", style="dim"))


def _print(console: Console, text: Text) -> None:
    """One line, left to the terminal to wrap: a link stays whole, and can be opened."""
    text.plain = text.plain.translate(_ISOLATES)
    console.print(text, soft_wrap=True)
