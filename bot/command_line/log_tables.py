"""What the log answers, as tables for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.decision_log.alike import Alike
from bot.decision_log.export import moment
from bot.decision_log.forecasting import Against
from bot.decision_log.records import AnswerRecord, Decision, Outcome, Recorded
from bot.decision_log.stats import Stats
from bot.views.document import Bullets, Buttons, Document, Heading, Table, Text
from bot.views.forecasts import against_actual
from bot.views.phrases import NOT_IN_USE, NOT_KEPT, STATUS, headline

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
    """One decision with its record; the advice itself is in the JSON."""
    decision = recorded.decision
    said = [
        f"Task: {decision.task}",
        f"{_status(decision)}, by {decision.by} on {moment(decision.at)}",
        f"Advised was: {headline(decision.recommended)}" if decision.recommended else "",
        NOT_KEPT if recorded.advice is None else "",
        f"Why: {decision.why}" if decision.why else "",
        f"Supersedes #{decision.supersedes}" if decision.supersedes is not None else "",
        f"Withdrawn because: {decision.withdrawn.why}" if decision.withdrawn else "",
        f"Outcome: {_turned_out(decision)}" if decision.outcome else "",
    ]
    parts: list[Heading | Text | Bullets] = [
        Heading(f"#{decision.number} {headline(decision.chosen)}"),
        *(Text(line) for line in said if line),
    ]
    for title, points in (
        ("The answers", [_answer(answer) for answer in recorded.consultation.answers]),
        ("How it turned out", [_outcome(outcome) for outcome in recorded.outcomes]),
        ("What came of it", [f"{link.url} {link.note or ''} ({link.by})" for link in recorded.links]),
    ):
        if points:
            parts.append(Bullets(tuple(points), title))
    return Document(tuple(parts))


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


def _answer(answer: AnswerRecord) -> str:
    return f"{answer.key}: {answer.value} ({answer.author}, {moment(answer.at)})"


def _outcome(outcome: Outcome) -> str:
    known = {
        "shipped": outcome.shipped,
        "right": None if outcome.eval_total is None else f"{outcome.eval_correct} of {outcome.eval_total}",
        "$ a month": outcome.bill_per_month,
        "hours": outcome.hours,
        "again": outcome.again,
        "cannot tell": outcome.cannot_tell,
        "taken back": outcome.taken_back,
    }
    said = ", ".join(f"{name}: {value}" for name, value in known.items() if value is not None)
    return f"{said} ({outcome.by}, {moment(outcome.at)})"
