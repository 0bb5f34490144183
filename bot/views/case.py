"""What is worked out of a case outside any thread: the advice, the costs line by line, and how a reply was read."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from bot.views import costs, flips
from bot.views.confidence import EVERY, confidence_line
from bot.views.document import Bullets, Document, Heading, Parts, Said, Strong, Text, Words, joined
from bot.views.evaluation import evaluation_line
from bot.views.phrases import headline, source
from core.advice import Reason
from core.answers import Answers
from core.questions import BY_NAME
from core.told import Ledger, Told
from core.told.ledger import Assumed, Line
from core.wording import count, counted


def advice(found: Told, on: datetime.date, answers: Answers) -> Document:
    """The verdict, how sure it is and what would change it, why, what is still open, and the costs."""
    verdict = headline(found.verdict or found.leaning)
    asked = f"Next question: {BY_NAME[found.next_question].asks}" if found.next_question else ""
    not_asked = [] if found.next_question else [BY_NAME[name].short for name in found.left_out]
    return Document(
        (
            Heading(verdict if found.verdict else f"Not settled yet, leaning to: {verdict}"),
            Text(_open(found)),
            Text(asked),
            Text(flips.close_call(found)),
            Text(confidence_line(found, EVERY)),
            Bullets(flips.turns(found), "What would change it, the nearest first:"),
            Text(flips.none_near(found)),
            Text(evaluation_line(found, answers, cost=True)),
            _points("Why", map(_reason, found.reasons)),
            *_costs(found.ledger, on, answers),
            _points("Ruled out", costs.ruled_out(found.removed, "\n")),
            _points("The case against it", map(Said, found.against)),
            _points("What would change it", _changes(found)),
            _points("Not asked, since it cannot change this", [", ".join(not_asked)] if not_asked else []),
        )
    )


def estimate(ledger: Ledger, on: datetime.date, answers: Answers) -> Document:
    """The costs of every option, each line of them, and what they rest on."""
    lines = [
        _points(
            f"{costs.label(one)}{_at(scenario.calls)}: {costs.a_month_or_so(one)} a month",
            (_line(line, on) for line in one.lines),
        )
        for scenario in ledger.scenarios(answers.number("calls_per_month"))
        for one in scenario.options
    ]
    assumed = [_assumed(key, one) for key, one in ledger.assumptions.items()]
    out = _points("Ruled out", costs.ruled_out(ledger.removed, "\n"))
    return Document((*_costs(ledger, on, answers), out, *lines, _points("Assumed", assumed)))


def reading(read: Mapping[str, Any]) -> Document:
    """What a reply was read as."""
    doubt = ", but in doubt: it would be asked back" if read["doubtful"] else ""
    echo = Said(read["echo"]) if read["echo"] else ""
    values = [Said(f"{key}: {value}") for key, value in read["values"].items()]
    return Document(
        (
            Heading(f"Read as: {read['intent']}{doubt}"),
            Text(echo),
            _points("Values", values),
            _points("It may mean", [Said(one["label"]) for one in read["suggestions"]]),
        )
    )


def _points(title: str, items: Iterable[Words]) -> Bullets:
    return Bullets(tuple(items), Strong(title))


def _open(found: Told) -> str:
    if len(found.possible) < 2:
        return ""
    possible = "; ".join(headline(verdict) for verdict in found.possible)
    deciding = ", ".join(BY_NAME[name].short.lower() for name in found.deciding)
    return f"Still possible: {possible}." + (f" What decides: {deciding}." if deciding else "")


def _reason(reason: Reason) -> Words:
    threshold = f" ({reason.threshold})" if reason.threshold else ""
    said = f"{threshold}. {reason.says}\n"
    return (f"{BY_NAME[reason.question].short}: ", Said(reason.answer), said, source(reason.source))


def _changes(found: Told) -> list[Words]:
    """Every change that gives another verdict: the numbers, nearest first, then the choices; and what changes none."""
    every = [one for one in found.inputs if one.changes]
    near = {one.key: place for place, one in enumerate(flips.nearest(found))}
    ordered = sorted(every, key=lambda one: (not one.is_number, near.get(one.key, len(near)), one.distance))
    still = flips.unmoved(found)
    return [*map(flips.line, ordered), *([still] if still else [])]


def _costs(ledger: Ledger, on: datetime.date, answers: Answers) -> Parts:
    calls = answers.number("calls_per_month")
    return (
        costs.cost_table(ledger, calls, falls_short=answers.of("cheaper_model_enough") is False),
        Text(joined(" ", (costs.finding(ledger, calls), costs.crossing(ledger, calls)))),
        Text(costs.assumptions_line(ledger, on, count(calls) if calls is not None else None)),
        Text(costs.driver_line(ledger)),
        _points("How long a call takes", costs.times(ledger, calls)),
        _points("Good to know", map(Said, costs.notes(ledger))),
        _points("Not known", map(Said, costs.unknowns(ledger))),
    )


def _at(calls: Decimal | None) -> str:
    return f" at {counted(calls, 'calls a month')}" if calls is not None else ""


def _line(line: Line, on: datetime.date) -> Words:
    aged = f", {costs.age(line.as_of, on)}" if line.as_of else ""
    return (Said(costs.line_words(line)), ("\n", source(line.source), aged) if line.source else "")


def _assumed(key: str, one: Assumed) -> Said:
    value = "not known" if one.value is None else one.in_json
    return Said(f"{key} = {value} ({'default' if one.default else 'stated by you'})")
