"""What the log answers, as tables for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.decision_log.alike import Alike
from bot.decision_log.export import moment
from bot.decision_log.forecasting import Against
from bot.decision_log.records import Decision, Recorded
from bot.decision_log.stats import Stats
from bot.views import record
from bot.views.document import (
    Bullets,
    Buttons,
    Channel,
    Document,
    Heading,
    Part,
    Person,
    Small,
    Strong,
    Table,
    Text,
    Words,
)
from bot.views.forecasts import against_actual
from bot.views.phrases import NOT_IN_USE, STATUS, headline
from core.told import Told

OUTCOMES: Mapping[str | None, str] = {
    "met": "met",
    "missed": "missed",
    "cannot_tell": "cannot tell",
    None: "",
}
LONGEST = 60
"""Characters of a task in a table."""


def listed(page: Sequence[Decision]) -> Document:
    """A page of decisions, a row each."""
    if not page:
        return Document((Text("There are no such decisions."),))
    columns = ("Decision", "Task", "Verdict", "Status", "By", "When", "Outcome")
    rows = tuple(
        (
            str(one.place),
            one.task[:LONGEST],
            headline(one.chosen),
            _status(one),
            one.by,
            moment(one.at)[:10],
            _turned_out(one),
        )
        for one in page
    )
    return Document((Table(columns, rows, (), worded=len(columns)),))


def shown(recorded: Recorded) -> Document:
    """One decision with its whole record, as Slack shows it; people and channels by their ids."""
    told = Told.from_json(recorded.advice) if recorded.advice is not None else None
    parts = record.shown(recorded, told).parts
    kept = (one for one in parts if one and not isinstance(one, Buttons) and one != record.FOR_ONE)
    return Document((*map(_with_ids, kept), *_asked_and_reviewed(recorded)))


def _asked_and_reviewed(recorded: Recorded) -> tuple[Part, ...]:
    """What has its place elsewhere in Slack: when the team wants to be asked, and what reviews found."""
    asked = tuple(
        f"{moment(one.ask_at)[:10] if one.ask_at else 'not at all'} ({one.by}, {moment(one.at)[:10]})"
        for one in recorded.dates
    )
    found = tuple(
        f"{moment(one.at)[:10]}: {headline(one.was)} became {headline(one.verdict)}\n{' '.join(one.because)}"
        for one in recorded.reviews
    )
    return (Bullets(asked, "When to ask how it turned out"), Bullets(found, "What reviews found"))


def _with_ids(part: Part) -> Part:
    """The same with the ids of people and channels, which no terminal can turn into names."""
    match part:
        case Text(words, title):
            return Text(_ids_in(words), title)
        case Small(words, last):
            return Small(_ids_in(words), last)
        case Bullets(items, lead, numbered):
            return Bullets(tuple(map(_ids_in_point, items)), lead, numbered)
        case _:
            return part


def _ids_in_point(point: Words | Bullets) -> Words | Bullets:
    if isinstance(point, Bullets):
        return Bullets(tuple(map(_ids_in_point, point.items)), point.lead, point.numbered)
    return _ids_in(point)


def _ids_in(words: Words) -> Words:
    match words:
        case tuple():
            return tuple(map(_ids_in, words))
        case Strong(inner):
            return Strong(_ids_in(inner))
        case Person(id) | Channel(id):
            return id
        case _:
            return words


def counted(stats: Stats, forecast: Against | None = None) -> Document:
    """The counts, and forecast against actual."""
    share = f" ({stats.overridden_share:.0%})" if stats.overridden_share is not None else ""
    rows = tuple(
        (headline(verdict), str(number), *(str(_of(stats, verdict, key)) for key in OUTCOMES if key))
        for verdict, number in stats.by_verdict.items()
    )
    statuses = ", ".join(f"{number} {STATUS[status]}" for status, number in stats.by_status.items())
    parts: list[Heading | Text | Bullets] = [
        Text(f"Decisions: {stats.decisions}. {statuses}"),
        Text(f"Against the advice: {stats.overridden}{share}"),
        Text(f"Outcomes: {stats.recorded} of {stats.due} recorded"),
    ]
    table = Table(("Verdict", "Decisions", "Met", "Missed", "Cannot tell"), rows, ()) if rows else None
    actual = (part for part in against_actual(forecast, stats) if not isinstance(part, Buttons))
    return Document((*parts, table, *actual))


def likenesses(found: Sequence[Alike]) -> Document:
    """Past decisions that are like a case, best first."""
    if not found:
        return Document((Text("No past decision is like this."),))
    points = tuple(
        f"{one.decision.place} {one.decision.task[:LONGEST]}: {headline(one.decision.chosen)},"
        f" {one.similarity:.0%} alike\n{'; '.join(one.because)}"
        for one in found
    )
    return Document((Bullets(points, "Like this"),))


def _of(stats: Stats, verdict: str, outcome: str) -> int:
    return stats.outcomes.get(verdict, {}).get(outcome, 0)


def _status(decision: Decision) -> str:
    if decision.superseded_by is not None and decision.status == "superseded":
        return f"superseded by #{decision.superseded_by}"
    return STATUS[decision.status]


def _turned_out(decision: Decision) -> str:
    return NOT_IN_USE if decision.is_reached else OUTCOMES[decision.outcome]
