"""A log of as many decisions as are wanted, made in minutes: one workspace is read in, the database copies it.

What is copied is what the app itself made of the decisions that it read in, so that no column is invented here.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, text

from bot.decision_log import Log
from bot.decision_log.columns import UtcTime
from bot.decision_log.create import create
from bot.decision_log.importing import read_log
from bot.decision_log.keeping import keep_log
from bot.decision_log.search import DAY, FIRST_DAY, NUMBER, mark
from bot.decision_log.tables import SEARCHED, WORDS_INDEX, metadata
from core.tree import Verdict
from tests.benchmarks.advices import an_advice

FIRST, LARGE = "T00000", "T00001"
"""The workspace that is copied, and the one that gets many copies of it."""
EACH = 1_820
"""Decisions of every other workspace."""
BEGINS, APART = datetime(2024, 1, 1, tzinfo=UTC), timedelta(minutes=10)
CHANNELS = {"C1": 50, "C2": 25, "C3": 15, "C4": 5, "C5": 5}
"""The channels of each workspace, and how many of 100 decisions each has."""
PEOPLE, TURNS_OF_A_PERSON = 60, 5
"""Who takes part in the decisions of one workspace; in the large one others do after five copies."""
NOT_COPIED = {"outbox", "posts", "settings", "seen", "numbering", "reviewed"}

_VERBS = "classify route summarise translate extract tag rank rewrite check answer draft group score"
_NOUNS = (
    "tickets invoices contracts reviews recipes alerts claims résumés menus parcels calls letters orders "
    "manuals lectures adverts scans receipts surveys leases lesions tenders minutes patents cvs faqs bugs"
)
_WHOSE = (
    "support hospital warehouse bank school airline city insurer museum bakery newsroom court shipyard farm hotel "
    "library clinic factory studio laboratory pharmacy embassy garage theatre vineyard"
)
_MORE = "by team; in German; for the night shift; of the last year; with their dates; in bulk; for auditors"


@dataclass(frozen=True, slots=True)
class Size:
    """How many workspaces there are, and how many copies of the first the large one has."""

    workspaces: int
    copies: int

    @property
    def decisions(self) -> int:
        return EACH * (self.workspaces - 1 + self.copies)


def fill(engine: Engine, size: Size) -> None:
    """Make the tables of an empty database, and so many decisions in them."""
    create(engine)
    log = Log(engine)
    with log.writing(FIRST) as tx:
        keep_log(tx, read_log({"version": 1, "workspace": FIRST, "decisions": list(_decisions())}))
    log.close()
    with _without_checks(engine) as connection:
        _copy(connection, size)
        if engine.dialect.name == "postgresql":
            connection.execute(text("VACUUM (ANALYZE)"))


def _decisions() -> Iterator[dict[str, Any]]:
    """The decisions of one workspace, as they are read in: the same ones each time."""
    chance = random.Random(7)
    numbers = dict.fromkeys(CHANNELS, 0)
    advice = an_advice()
    for at in range(EACH):
        [channel] = chance.choices(list(CHANNELS), list(CHANNELS.values()))
        numbers[channel] += 1
        moment = BEGINS + at * APART
        yield _decision(chance, channel, numbers[channel], moment, advice if at % 20 == 0 else None)


def _decision(
    chance: random.Random, channel: str, number: int, moment: datetime, advice: Any | None
) -> dict[str, Any]:
    who = f"U{min(chance.randrange(PEOPLE), chance.randrange(PEOPLE))}"
    at = moment.isoformat()
    task = " ".join(
        chance.choice(words) for words in (_VERBS.split(), _WHOSE.split(), _NOUNS.split(), _MORE.split("; "))
    )
    chosen, recommended = (chance.choice(list(Verdict)) for _ in range(2))
    is_own = chance.random() < 0.2
    answers = {
        "quality_target": 0.9,
        "quality_now": round(chance.uniform(0.4, 0.97), 2),
        "calls_per_month": int(10 ** chance.uniform(2, 7)),
        "misses": chance.choice(["facts", "behaviour", "labels"]),
        "labelled_examples": int(10 ** chance.uniform(1, 4)),
        "can_wait": chance.random() < 0.7,
    }
    outcomes = [{"by": who, "at": at, "shipped": True, "eval_correct": 47, "eval_total": 50}]
    return {
        "number": number, "channel": channel, "thread": f"{int(moment.timestamp())}.000100", "task": task,
        "chosen": chosen, "recommended": recommended if is_own else chosen,
        "status": "overridden" if is_own else "accepted", "by": who, "at": at,
        "why": f"{chance.choice(_WHOSE.split())} asked for {chance.choice(_NOUNS.split())}" if is_own else None,
        "answers": [{"key": key, "value": value, "author": who, "how": "form"} for key, value in answers.items()],
        "outcomes": outcomes if chance.random() < 0.3 else [], "advice": advice,
    }  # fmt: skip


@contextmanager
def _without_checks(engine: Engine) -> Iterator[Connection]:
    """A connection on which rows are added quickly, however long it takes: nothing else is using the database."""
    plain = create_engine(engine.url, isolation_level="AUTOCOMMIT")
    with plain.connect() as connection:
        for setting in _SETTINGS[engine.dialect.name]:
            connection.exec_driver_sql(setting)
        yield connection
    plain.dispose()


_SETTINGS = {
    "sqlite": (
        *("PRAGMA journal_mode=OFF", "PRAGMA synchronous=OFF", "PRAGMA cache_size=-400000"),
        "PRAGMA locking_mode=EXCLUSIVE",
    ),
    "postgresql": ("SET session_replication_role = replica", "SET maintenance_work_mem = '512MB'"),
}


POSTGRESQLS = ("ix_decisions_number",)
"""The indexes that SQLite has not."""


def _copy(connection: Connection, size: Size) -> None:
    dialect = connection.dialect.name
    connection.execute(text("CREATE TEMPORARY TABLE copies (whose text, turn integer)"))
    small = [{"whose": f"T{at:05d}", "turn": 0} for at in range(2, size.workspaces)]
    large = [{"whose": LARGE, "turn": turn} for turn in range(size.copies)]
    connection.execute(text("INSERT INTO copies VALUES (:whose, :turn)"), large + small)
    copied = [table for table in metadata.sorted_tables if table.name not in NOT_COPIED]
    others = () if dialect == "postgresql" else POSTGRESQLS
    indexes = [index for table in copied for index in table.indexes if index.name not in others]
    for index in indexes:
        index.drop(connection)
    if dialect == "postgresql":
        connection.execute(text(f"DROP INDEX {WORDS_INDEX}"))
    for table in copied:
        connection.execute(text(_copied(table, dialect)))
    connection.execute(
        text(
            "INSERT INTO numbering SELECT whose, channel_id, last * count(*) FROM copies, numbering"
            f" WHERE workspace_id = '{FIRST}' GROUP BY whose, channel_id, last"
        )
    )
    for index in indexes:
        index.create(connection)
    if dialect == "postgresql":
        connection.execute(text(SEARCHED[-1][1]))
    else:
        _mark(connection, size)
        connection.execute(text(f"DELETE FROM {WORDS_INDEX}"))  # its rows' ids may be those of a copy
        connection.execute(text(_INDEXED), {"first": FIRST_DAY, "day": DAY, "number": NUMBER})


def _copied(table: Table, dialect: str) -> str:
    """The statement that copies the rows of a table for every workspace."""
    kept = [column.name for column in table.columns if column.computed is None]
    values = [_value(table, name, dialect) for name in kept]
    names = ", ".join(kept)
    has_numbers = {"number", "reopened_from"} & set(table.c.keys())
    join = (
        f" JOIN numbering n ON n.workspace_id = '{FIRST}' AND n.channel_id = t.channel_id"
        if has_numbers
        else ""
    )
    source = f"FROM copies c CROSS JOIN {table.name} t{join} WHERE t.workspace_id = '{FIRST}'"
    return f"INSERT INTO {table.name} ({names}) SELECT {', '.join(values)} {source}"


def _value(table: Table, name: str, dialect: str) -> str:
    """A column of a copy: of another workspace, its decisions numbered further, and later."""
    minutes = int(APART.total_seconds()) // 60 * EACH
    if name == "workspace_id":
        return "c.whose"
    if name == "consultation_id" or (table.name == "consultations" and name == "id"):
        return f"t.{name} || c.turn"
    if name in ("by_id", "author_id", "asker_id", "withdrawn_by_id"):
        return f"t.{name} || 'X' || (c.turn / {TURNS_OF_A_PERSON})"
    if name in ("number", "supersedes", "superseded_by", "reopened_from"):
        return f"t.{name} + n.last * c.turn"
    if name == "search_text":
        return f"t.{name} || ' turn' || c.turn || ' whose' || lower(c.whose)"
    if isinstance(table.c[name].type, UtcTime):
        if dialect == "postgresql":
            return f"t.{name} + c.turn * interval '{minutes} minutes'"
        return f"strftime('%Y-%m-%d %H:%M:%S', t.{name}, (c.turn * {minutes}) || ' minutes') || '.000000'"
    return f"t.{name}"


_INDEXED = (
    f"INSERT INTO {WORDS_INDEX} (rowid, search_text, workspace_id, channel_id, number) SELECT"
    " (CAST(julianday(substr(d.at, 1, 10)) - 1721424.5 AS INTEGER) - :first) * :day + d.number * :number + m.slot,"
    " m.mark || replace(' ' || w.search_text, ' ', ' ' || m.mark), w.workspace_id, w.channel_id, w.number"
    " FROM decision_words w JOIN decisions d USING (workspace_id, channel_id, number)"
    " JOIN marks m USING (workspace_id, channel_id) ORDER BY 1"
)


def _mark(connection: Connection, size: Size) -> None:
    """The mark of each channel, and a place for it among those with the same day and number."""
    connection.execute(
        text("CREATE TEMPORARY TABLE marks (workspace_id text, channel_id text, mark text, slot integer)")
    )
    marks = [
        {"whose": whose, "channel": channel, "mark": mark(whose, channel), "slot": at * len(CHANNELS) + place}
        for at, whose in enumerate(f"T{at:05d}" for at in range(size.workspaces))
        for place, channel in enumerate(CHANNELS)
    ]
    connection.execute(text("INSERT INTO marks VALUES (:whose, :channel, :mark, :slot)"), marks)
