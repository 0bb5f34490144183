"""What is exported and imported is the same log; what does not fit is refused whole, with the record and the reason."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.conversation.filters import sought
from bot.decision_log import Link, Log, Outcome, Place, Scope, Wanted, open_engine
from bot.decision_log.create import create
from bot.decision_log.export import every_record, written_log
from bot.decision_log.importing import DoesNotFit, read_log
from bot.decision_log.keeping import keep_log
from bot.decision_log.records import Decision, Review
from tests.support.decided import decide
from tests.support.statements import IS_TAKEN, heard

WHOLE = Scope.of_workspace("T1")
FOLLOWS = {"consultation", "outcome", "due_at", "cost", "is_reached"}
"""Fields of a decision that an import makes anew."""
ELSEWHERE = {"workspace": "of the whole export", "root_ts": "called thread"}
BY_HAND: dict[str, Any] = {
    "number": 42,
    "channel": "C1",
    "task": "sort mail",
    "chosen": "keep_prompting",
    "status": "accepted",
    "by": "U1",
    "at": "2026-06-15T12:00:00Z",
}


def exported(log: Log) -> dict[str, Any]:
    with log.reading("T1") as tx:
        return json.loads(json.dumps(written_log("T1", every_record(tx, WHOLE))))


def imported(log: Log, told: Any) -> int:
    given = read_log(told)
    with log.writing(given.workspace) as tx:
        return keep_log(tx, given)


def test_every_field_of_a_decision_is_exported_or_follows(log: Log, team: Scope, now: datetime) -> None:
    decide(log, team, now)
    [record] = exported(log)["decisions"]
    names = {field.name for field in fields(Decision)}
    forgotten = names - record.keys() - FOLLOWS - ELSEWHERE.keys()
    assert not forgotten, f"{', '.join(forgotten)}: bot/decision_log/export.py, importing.py and keeping.py"


def by_hand(**changes: Any) -> dict[str, Any]:
    return {"version": 1, "workspace": "T1", "decisions": [BY_HAND | changes]}


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Log]:
    engine = open_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    create(engine)
    log = Log(engine)
    yield log
    log.close()


def a_full_log(log: Log, now: datetime) -> None:
    """Every kind of record, in two channels."""
    team, other = Scope.of_channel("T1", "C1"), Scope.of_channel("T1", "C2")
    answers = {"quality_target": 0.9, "calls_per_month": [80_000, None], "reasons": ["cost"], "misses": None}
    first = decide(
        log, team, now, answers=answers, advice={"verdict": "fine_tune", "version": 1}, why="=1+1 \n---"
    )
    decide(log, team, now + timedelta(days=1), reopened_from=first.number)
    decide(log, other, now + timedelta(days=2), task="工单 😀 classify")
    with log.writing("T1") as tx:
        told = Outcome("U1", now, True, 47, 50, 900.25, 60, again=True)
        tx.add_outcome(team, first.place, told)
        tx.add_outcome(team, first.place, Outcome("U2", now, taken_back=True))
        tx.add_link(team, first.place, Link("https://example.com/7", "note", "U2", now))
        tx.add_link(team, first.place, Link("https://example.com/8", None, "U2", now))
        tx.withdraw(other, 1, "U3", "wrong numbers", now)


def test_what_is_exported_and_imported_is_the_same_log(log: Log, empty: Log, now: datetime) -> None:
    a_full_log(log, now)
    told = exported(log)
    assert [one["number"] for one in told["decisions"]] == [1, 2, 1]
    assert imported(empty, told) == 3
    assert exported(empty) == told
    with log.reading("T1") as here, empty.reading() as there:
        for scope in (Scope.of_channel("T1", "C1"), Scope.of_channel("T1", "C2"), WHOLE):
            assert [(one.place, one.outcome, one.due_at, one.cost) for one in here.decisions(scope)] == [
                (one.place, one.outcome, one.due_at, one.cost) for one in there.decisions(scope)
            ]
    assert decide(empty, Scope.of_channel("T1", "C1"), now).number == 3


def test_reviews_are_exported_and_imported_too(log: Log, empty: Log, team: Scope, now: datetime) -> None:
    made = decide(log, team, now)
    with log.writing("T1") as tx:
        tx.add_review(
            team, made.place, Review(now, "keep_prompting", "fine_tune", ("prices fell", "by half"))
        )
        tx.add_review(team, made.place, Review(now, "fine_tune", "keep_prompting", ("prices rose",)))
    told = exported(log)
    assert [one["because"] for one in told["decisions"][0]["reviews"]] == [
        ["prices fell", "by half"],
        ["prices rose"],
    ]
    imported(empty, told)
    assert exported(empty) == told


def test_ten_times_as_many_decisions_take_hardly_more_statements(log: Log) -> None:
    """But for SQLite's index, in which a free id is looked for each."""
    took = []
    for workspace, many in (("T7", 10), ("T8", 100)):
        records = [BY_HAND | {"number": number} for number in range(1, many + 1)]
        given = read_log({"version": 1, "workspace": workspace, "decisions": records})
        with log.writing(workspace) as tx, heard(log._engine) as said:
            keep_log(tx, given)
        took.append(sum(" ".join(one.split()) != IS_TAKEN for one in said))
    assert took[0] == took[1] < 30


def test_what_was_imported_here_is_exported_as_it_was(log: Log, empty: Log, now: datetime) -> None:
    a_full_log(empty, now)
    told = exported(empty)
    imported(log, told)
    assert exported(log) == told


def test_many_records_are_read_at_once_as_they_are_one_by_one(log: Log, team: Scope, now: datetime) -> None:
    """Each with the settings of its day, which the next one changed."""
    a_full_log(log, now)
    with log.writing("T1") as tx:
        tx.hold_settings(team)
        tx.add_settings(team, {"assumptions.engineer_per_hour": 120}, "U1", now + timedelta(hours=1))
        tx.add_settings(team, {"assumptions.engineer_per_hour": None}, "U1", now + timedelta(days=3))
    decide(log, team, now + timedelta(days=4))
    with log.reading("T1") as tx:
        found = tx.decisions(WHOLE)
        places = [one.place for one in found]
        one_by_one = [tx.decision(WHOLE, one.number, one.channel) for one in found]
        assert tx.whole(WHOLE, places) == one_by_one
        assert [len(one.consultation.house) for one in tx.whole(WHOLE, places)] == [0, 1, 1, 0]
        assert tx.whole(team, places) == [one for one in one_by_one if one and one.decision.channel == "C1"]


@pytest.mark.long("hundreds of decisions")
def test_a_long_log_is_exported_whole_and_what_is_far_down_is_found(log: Log, empty: Log) -> None:
    """Longer than a page of the export, and than what is looked at before the index of words is asked."""
    many = [
        BY_HAND | {"number": at, "task": f"sort mail {'parcels' if at < 4 else at}"} for at in range(1, 431)
    ]
    imported(log, {"version": 1, "workspace": "T1", "decisions": many})
    told = exported(log)
    assert [one["number"] for one in told["decisions"]] == list(range(1, 431))
    imported(empty, told)
    assert exported(empty) == told
    with log.reading("T1") as tx:
        for typed, first, last in (("parcels", 3, 1), ("mail", 430, 421), ("sort -parcels", 430, 421)):
            page = tx.decisions(Scope.of_channel("T1", "C1"), wanted=Wanted(sought(typed)))
            assert (page[0].number, page[-1].number) == (first, last), typed
        rest = tx.decisions(Scope.of_channel("T1", "C1"), Place("C1", 3), wanted=Wanted(sought("parcels")))
        assert [one.number for one in rest] == [2, 1]


def test_a_record_written_by_hand_needs_only_a_few_fields(log: Log) -> None:
    assert imported(log, by_hand()) == 1
    with log.reading("T1") as tx:
        [one] = tx.decisions(Scope.of_channel("T1", "C1"))
        assert tx.decisions(Scope.of_person("T1", "U1")) == [one]
    assert (one.number, one.at, one.outcome) == (42, datetime(2026, 6, 15, 12, tzinfo=UTC), None)
    again = exported(log)["decisions"][0]
    assert {key: again[key] for key in BY_HAND} == BY_HAND
    assert imported(log, {"version": 1, "workspace": "T2", "decisions": [BY_HAND]}) == 1


def test_what_superseded_what_may_be_said_on_either_side(log: Log) -> None:
    older = BY_HAND | {"number": 1, "status": "superseded"}
    imported(log, {"version": 1, "workspace": "T1", "decisions": [BY_HAND | {"supersedes": 1}, older]})
    with log.reading("T1") as tx:
        found = tx.decisions(Scope.of_channel("T1", "C1"))
    assert [(one.number, one.supersedes, one.superseded_by) for one in found] == [
        (42, 1, None),
        (1, None, 42),
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"number": 0}, "Record 1 (#0 in C1): number"),
        ({"number": "7"}, "number"),
        ({"chosen": "buy_more"}, "chosen: it is none of prompt_first"),
        ({"status": "open"}, "status"),
        ({"at": "yesterday"}, "at: "),
        ({"at": 1_700_000_000}, "a time is written as 2026-06-15T12:00:00Z"),
        ({"task": " "}, "task: a text"),
        ({"by": None}, "by: "),
        ({"colour": "red"}, "colour"),
        ({"supersedes": 7}, "supersedes is 7, but #7 is not in the file"),
        ({"answers": [{"key": "misses", "value": "moods"}]}, "answers.0: misses"),
        ({"answers": [{"key": "mood"}]}, "answers.0: mood"),
        ({"answers": [{"key": "assumptions.mood", "value": 3}]}, "assumptions.mood"),
        ({"advice": {"reasons": 3}}, "advice: it is no advice"),
        (
            {"outcomes": [{"by": "U1", "at": "2026-06-15", "eval_correct": 5, "eval_total": 3}]},
            "more than eval_total, 3",
        ),
        ({"outcomes": [{"by": "U1", "at": "2026-06-15", "bill_per_month": -1}]}, "bill_per_month"),
        ({"links": [{"url": "javascript:alert(1)", "by": "U1", "at": "2026-06-15"}]}, "links.0.url"),
        ({"withdrawn": {"by": "U1", "at": "2026-06-15", "why": "x"}}, "its status is accepted"),
    ],
)
def test_what_does_not_fit_is_named_and_nothing_is_kept(log: Log, changes: dict[str, Any], said: str) -> None:
    told = by_hand(number=1)
    told["decisions"].insert(0, BY_HAND | changes)
    with pytest.raises(DoesNotFit) as refused:
        imported(log, told)
    assert said in str(refused.value)
    assert exported(log)["decisions"] == []


@pytest.mark.parametrize(
    "told", [None, [], {}, {"version": 2, "workspace": "T1", "decisions": []}, by_hand() | {"x": 1}]
)
def test_what_is_no_log_is_refused(told: Any) -> None:
    with pytest.raises(DoesNotFit):
        read_log(told)


def test_a_number_that_was_given_out_is_not_given_again(log: Log, now: datetime) -> None:
    team = Scope.of_channel("T1", "C1")
    decide(log, team, now)
    two = by_hand(number=2)
    two["decisions"].append(BY_HAND | {"number": 1})
    with pytest.raises(DoesNotFit, match=r"Record 2 \(#1 in C1\)"):
        imported(log, two)
    assert len(exported(log)["decisions"]) == 1
    assert imported(log, by_hand(number=2)) == 1
    with log.reading("T1") as tx:
        assert tx.decision(team, 2) is not None
        assert tx.decisions(team)[-1].place == Place("C1", 2)  # of an earlier day
