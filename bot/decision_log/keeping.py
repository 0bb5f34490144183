"""Decisions that were made elsewhere, added to the log as they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Table, bindparam, insert, select, update

from bot.decision_log.importing import DoesNotFit, GivenDecision, GivenLog
from bot.decision_log.records import Place
from bot.decision_log.tables import (
    advice,
    answers,
    check_in_dates,
    consultations,
    decisions,
    links,
    numbering,
    outcomes,
    reviews,
    withdrawals,
)
from bot.decision_log.touching import has_decisions
from bot.decision_log.transaction import upsert
from bot.decision_log.wanted import STANDING
from bot.decision_log.writing import Writing, new_id

Row = dict[str, Any]


def keep_log(tx: Writing, log: GivenLog) -> int:
    """Add all decisions of a file under their numbers; how many. Raises :class:`DoesNotFit`: undo the transaction then.

    A number that a channel has given out already is taken, also by a decision that is there no more.
    """
    connection = tx._connection
    highest = {one.channel: 0 for one in log.decisions}
    for one in log.decisions:
        highest[one.channel] = max(highest[one.channel], one.number)
    _check_numbers(tx, log, list(highest))
    back = _both_ways(log.decisions)
    rows: dict[str, list[Row]] = {table.name: [] for table in _TABLES}
    for one in log.decisions:
        for name, row in _rows(log.workspace, one, back.get((one.channel, one.number), {})):
            rows[name].append(row)
    for table in _TABLES:
        if rows[table.name]:
            connection.execute(insert(table), rows[table.name])
    for channel, last in highest.items():
        connection.execute(_RAISE, {"workspace": log.workspace, "channel": channel, "new_last": last})
    tx.derive_all(log.workspace, [Place(one.channel, one.number) for one in log.decisions])
    if log.decisions:
        newest = max(one.at for one in log.decisions)
        connection.execute(has_decisions(tx._dialect), {"whose": log.workspace, "new_at": newest})
    return len(log.decisions)


def _check_numbers(tx: Writing, log: GivenLog, channels: Sequence[str]) -> None:
    """Hold the channels' numbering, and see that none of the numbers was given out."""
    connection = tx._connection
    last: dict[str, int] = {}
    for channel in sorted(channels):
        new = upsert(connection.dialect.name)(numbering).on_conflict_do_nothing()
        connection.execute(new, {"workspace_id": log.workspace, "channel_id": channel, "last": 0})
        held = {"workspace": log.workspace, "channel": channel}
        last[channel] = int(connection.execute(_HELD, held).scalar_one())
    for at, one in enumerate(log.decisions, 1):
        if one.number <= last[one.channel]:
            raise DoesNotFit(
                f"Record {at} (#{one.number} in {one.channel}): number: {one.channel} has given out its numbers"
                f" up to #{last[one.channel]} already."
            )


def _both_ways(records: Iterable[GivenDecision]) -> dict[tuple[str, int], dict[str, int]]:
    """What superseded what, told from either side."""
    found: dict[tuple[str, int], dict[str, int]] = {}
    for one in records:
        for field, back in (("supersedes", "superseded_by"), ("superseded_by", "supersedes")):
            other = getattr(one, field)
            if other is not None:
                found.setdefault((one.channel, one.number), {})[field] = other
                found.setdefault((one.channel, other), {})[back] = one.number
    return found


def _rows(workspace: str, one: GivenDecision, ways: dict[str, int]) -> Iterable[tuple[str, Row]]:
    """The rows of a record, each with the table that it belongs to."""
    id_ = new_id()
    mine = {"workspace_id": workspace, "consultation_id": id_}
    place = {"workspace_id": workspace, "channel_id": one.channel, "number": one.number}
    shared = {"channel_id": one.channel, "task": one.task}
    yield "consultations", _consultation(one, ways) | shared | {"workspace_id": workspace, "id": id_}
    for seq, given in enumerate(one.answers or (), 1):
        said = {"key": given.key, "value": given.value, "how": given.how, "seq": seq}
        yield "answers", mine | said | {"author_id": given.author or one.by, "at": given.at or one.at}
    if one.advice is not None:
        day = one.at.date().isoformat()
        versions = {"policy_version": day, "prices_version": day}
        yield "advice", mine | versions | {"seq": 1, "advice": one.advice, "at": one.at}
    yield "decisions", mine | shared | _decision(one, ways) | {"number": one.number, "root_ts": one.thread}
    gone = () if one.withdrawn is None else (one.withdrawn,)
    added: Mapping[str, Sequence[BaseModel]] = {
        "outcomes": one.outcomes or (),
        "links": one.links or (),
        "withdrawals": gone,
        "check_in_dates": one.check_ins or (),
        "reviews": one.reviews or (),
    }
    for name, records in added.items():
        for seq, record in enumerate(records, 1):
            told = record.model_dump()
            by = {"by_id": told.pop("by")} if "by" in told else {}
            yield name, place | told | by | {"seq": seq}


def _consultation(one: GivenDecision, ways: dict[str, int]) -> Row:
    return {
        "root_ts": None,  # the thread is that of the decision: the app has no card there to go on from
        "in_thread": False,
        "asker_id": one.by,
        "status": "decided",
        "version": 1,
        "created_at": one.at,
        "touched_at": one.at,
        "nudged": False,
        "prefilled": False,
        "reopened_from": ways.get("supersedes"),
        "answers_given": len(one.answers or ()),
        "posts_wanted": 0,
        "advice_given": 0 if one.advice is None else 1,
    }


def _decision(one: GivenDecision, ways: dict[str, int]) -> Row:
    return {
        "recommended": one.recommended or "",
        "chosen": one.chosen,
        "status": one.status,
        "decided": _decided(one, ways),
        "by_id": one.by,
        "at": one.at,
        "why": one.why,
        "supersedes": ways.get("supersedes"),
    }


def _decided(one: GivenDecision, ways: dict[str, int]) -> str:
    """How it was decided before it fell; where only that it fell is told, that."""
    is_told = one.withdrawn is not None or "superseded_by" in ways
    if one.status in STANDING or not is_told:
        return one.status
    return "accepted" if one.recommended in (None, "", one.chosen) else "overridden"


_TABLES: tuple[Table, ...] = (
    *(consultations, answers, advice, decisions),
    *(outcomes, links, withdrawals, check_in_dates, reviews),
)
"""In an order in which each refers to those before it."""
_OF_A_CHANNEL = (
    numbering.c.workspace_id == bindparam("workspace"),
    numbering.c.channel_id == bindparam("channel"),
)
_HELD = select(numbering.c.last).where(*_OF_A_CHANNEL).with_for_update()
_RAISE = update(numbering).where(*_OF_A_CHANNEL).values(last=bindparam("new_last"))
