"""The log as JSON: all that was recorded, so that :mod:`bot.decision_log.importing` makes the same log of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from bot.decision_log.asking import MOST_AT_ONCE
from bot.decision_log.reading import Reading
from bot.decision_log.records import (
    AnswerRecord,
    CheckInDate,
    Decision,
    Link,
    Outcome,
    Place,
    Recorded,
    Review,
    Withdrawal,
)
from bot.decision_log.scope import Scope
from bot.decision_log.wanted import ANY, Wanted

VERSION = 1
"""Of the shape of an export."""

Json = dict[str, Any]


def every(
    tx: Reading,
    scope: Scope,
    wanted: Wanted = ANY,
    before: Place | None = None,
    most: int = sys.maxsize,
) -> Iterator[Decision]:
    """All decisions that are wanted and come after ``before``, or so many, in their order, a page at a time."""
    while most > 0 and (page := tx.decisions(scope, before, most, wanted)):
        yield from page
        most, before = most - len(page), page[-1].place


def every_record(tx: Reading, scope: Scope, wanted: Wanted = ANY, most: int = sys.maxsize) -> list[Recorded]:
    """The whole records of these, by channel and number."""
    records: list[Recorded] = []
    found = sorted(one.place for one in every(tx, scope, wanted, most=most))
    for at in range(0, len(found), MOST_AT_ONCE):
        records += tx.whole(scope, found[at : at + MOST_AT_ONCE])
    return records


def written_log(workspace: str, records: list[Recorded]) -> Json:
    """An export."""
    return {"version": VERSION, "workspace": workspace, "decisions": [written(one) for one in records]}


def listed(decision: Decision) -> Json:
    """A decision as it stands in a list."""
    return _decision(decision) | {"outcome": decision.outcome}


def written(recorded: Recorded) -> Json:
    """A decision with its whole record."""
    gone = recorded.decision.withdrawn
    return _decision(recorded.decision) | {
        "withdrawn": None if gone is None else _added(gone),
        "answers": [_answer(answer) for answer in recorded.consultation.answers],
        "advice": recorded.advice,
        "outcomes": [_added(outcome) for outcome in recorded.outcomes],
        "links": [_added(link) for link in recorded.links],
        **({"check_ins": [_added(date) for date in recorded.dates]} if recorded.dates else {}),
        **({"reviews": [_added(review) for review in recorded.reviews]} if recorded.reviews else {}),
    }


def moment(at: datetime) -> str:
    """2026-11-23T12:00:00Z"""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _decision(decision: Decision) -> Json:
    return {
        "number": decision.number,
        "channel": decision.channel,
        "thread": decision.root_ts,
        "task": decision.task,
        "recommended": decision.recommended or None,
        "chosen": decision.chosen,
        "status": decision.status,
        "by": decision.by,
        "at": moment(decision.at),
        "why": decision.why,
        "supersedes": decision.supersedes,
        "superseded_by": decision.superseded_by,
    }


def _answer(answer: AnswerRecord) -> Json:
    return {
        "key": answer.key,
        "value": answer.value,
        "author": answer.author,
        "how": answer.how,
        "at": moment(answer.at),
    }


def _added(record: Withdrawal | Outcome | Link | CheckInDate | Review) -> Json:
    """What was added to a decision, by the names of its fields."""
    return {field.name: _plainly(getattr(record, field.name)) for field in fields(record)}


def _plainly(value: Any) -> Any:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, float):
        return _whole(value)
    return list(value) if isinstance(value, tuple) else value


def _whole(number: float) -> int | float:
    """900, not 900.0."""
    return int(number) if number.is_integer() else number
