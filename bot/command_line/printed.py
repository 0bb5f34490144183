"""Advice, costs and readings as the command line prints them for people.

With the words and the table that Slack shows too.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.command_line.terminal import visible
from bot.views import costs, flips
from bot.views.confidence import EVERY, confidence_line
from bot.views.evaluation import evaluation_line
from bot.views.phrases import headline
from core.advice import Reason
from core.answers import Answers
from core.costs.sources import Removed
from core.questions import BY_NAME
from core.told import Ledger, Told
from core.told.ledger import Assumed, Line
from core.wording import count, counted

NARROWEST = 100
"""Columns that a table gets where there is no terminal to ask."""

_ISOLATES = {0x2068: None, 0x2069: None}
"""What keeps text of several directions apart in Slack; a terminal shows it as boxes."""

Json = Mapping[str, Any]


def print_advice(advice: Told, on: datetime.date, answers: Answers) -> None:
    """The verdict, how sure it is and what would change it, why, what is still open, and the costs."""
    console = _console()
    _heading(console, _headline(advice))
    _line(console, _open(advice))
    if advice.next_question:
        _line(console, f"Next question: {BY_NAME[advice.next_question].asks}")
    for said in (
        confidence_line(advice, EVERY),
        flips.stays(advice),
        evaluation_line(advice, answers, cost=True),
    ):
        _line(console, said.replace("*", ""))
    _listed(console, "Why", [_reason(reason) for reason in advice.reasons])
    _print_costs(console, advice.ledger, on, answers.number("calls_per_month"))
    _print_left_out(console, advice.removed)
    _listed(console, "The case against it", advice.against)
    _listed(console, "What would change it", _changes(advice))
    left_out = [BY_NAME[name].short for name in advice.left_out]
    if left_out and not advice.next_question:
        _listed(console, "Not asked, since it cannot change this", [", ".join(left_out)])


def print_estimate(ledger: Ledger, on: datetime.date, calls: Decimal | None) -> None:
    """The costs of every option, each line of them, and what they rest on."""
    console = _console()
    _print_costs(console, ledger, on, calls)
    _print_left_out(console, ledger.removed)
    for scenario in ledger.scenarios(calls):
        at = f" at {counted(scenario.calls, 'calls a month')}" if scenario.calls is not None else ""
        for option in scenario.options:
            title = f"{costs.label(option)}{at}: {costs.a_month_or_so(option)} a month"
            _listed(console, title, [_cost(line, on) for line in option.lines])
    _listed(console, "Assumed", [_assumed(key, one) for key, one in ledger.assumptions.items()])


def print_reading(reading: Json) -> None:
    """What a reply was read as."""
    console = _console()
    doubt = ", but in doubt: it would be asked back" if reading["doubtful"] else ""
    _heading(console, f"Read as: {reading['intent']}{doubt}")
    _line(console, reading["echo"])
    _listed(console, "Values", [f"{key}: {value}" for key, value in reading["values"].items()])


def _headline(advice: Told) -> str:
    if advice.verdict:
        return headline(advice.verdict)
    return f"Not settled yet, leaning to: {headline(advice.leaning)}"


def _open(advice: Told) -> str:
    if len(advice.possible) < 2:
        return ""
    possible = "; ".join(headline(verdict) for verdict in advice.possible)
    deciding = ", ".join(BY_NAME[name].short.lower() for name in advice.deciding)
    return f"Still possible: {possible}." + (f" What decides: {deciding}." if deciding else "")


def _reason(reason: Reason) -> str:
    threshold = f" ({reason.threshold})" if reason.threshold else ""
    name = BY_NAME[reason.question].short
    return f"{name}: {reason.answer}{threshold}. {reason.says}\n{reason.source}"


def _changes(advice: Told) -> list[str]:
    """Every change that gives another verdict: the numbers, nearest first, then the choices; and what changes none."""
    every = [one for one in advice.inputs if one.changes]
    near = {one.key: place for place, one in enumerate(flips.nearest(advice))}
    ordered = sorted(every, key=lambda one: (not one.is_number, near.get(one.key, len(near)), one.distance))
    return [said.replace("*", "") for said in [*map(flips.line, ordered), flips.unmoved(advice)] if said]


def _print_costs(console: Console, ledger: Ledger, on: datetime.date, calls: Decimal | None) -> None:
    found = costs.cost_table(ledger, calls)
    if found is not None:
        console.print()
        console.print(_table(found[0]))
    volume = count(calls) if calls is not None else None
    for line in (
        costs.finding(ledger, calls),
        costs.assumptions_line(ledger, on, volume),
        costs.driver_line(ledger),
    ):
        _line(console, line)
    _listed(console, "How long a call takes", costs.times(ledger, calls))
    _listed(console, "Good to know", costs.notes(ledger))
    _listed(console, "Not known", costs.unknowns(ledger))


def _print_left_out(console: Console, removed: Sequence[Removed]) -> None:
    out = costs.removed(removed)
    _listed(console, "Ruled out", [f"{one.says}\n{one.source}" if one.source else one.says for one in out])


def _table(block: Json) -> Table:
    header, *rows = [[str(cell["text"]) for cell in row] for row in block["rows"]]
    table = Table()
    for title, setting in zip(header, block["column_settings"], strict=True):
        table.add_column(_text(title), justify=setting["align"])
    for row in rows:
        table.add_row(*map(_text, row))
    return table


def _cost(line: Line, on: datetime.date) -> str:
    aged = f", {costs.age(line.as_of, on)}" if line.as_of else ""
    return costs.line_words(line) + (f"\n{line.source}{aged}" if line.source else "")


def _assumed(key: str, one: Assumed) -> str:
    value = "not known" if one.value is None else one.in_json
    return f"{key} = {value}" + (" (default)" if one.default else " (stated by you)")


def _console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=max(NARROWEST, console.width))


def _heading(console: Console, text: str) -> None:
    console.print(_text(text, "bold"))


def _line(console: Console, text: str) -> None:
    if text:
        _print(console, _text(text))


def _listed(console: Console, title: str, lines: Sequence[str]) -> None:
    """A title and its lines; a line's own second line is shown dimmed. Nothing at all when there are no lines."""
    if not lines:
        return
    console.print()
    _heading(console, title)
    for line in lines:
        first, _, second = line.partition("\n")
        _print(console, _text(f"  {first}"))
        if second:
            _print(console, _text(f"    {second}", "dim"))


def _text(line: str, style: str = "") -> Text:
    """One line in a style. What came from outside can do nothing to the terminal."""
    return Text(visible(line.translate(_ISOLATES)), style=style)


def _print(console: Console, text: Text) -> None:
    """One line, left to the terminal to wrap: a link stays whole, and can be opened."""
    console.print(text, soft_wrap=True)
