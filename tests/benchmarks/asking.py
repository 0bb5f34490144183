"""How long the log takes to answer where it holds a million decisions: ``uv run python -m tests.benchmarks.asking``.

Each question is asked in SQL written by hand, through the log, as in Slack, and by the command line's command, and what
it takes is told beside what it may take. By hand the page's own columns are fetched, moments as moments on both
databases, and left in plain rows; what is typed is turned into a search each time, in the workspace alone.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine

from bot.__main__ import main as command_line
from bot.conversation.conversation import Conversation
from bot.conversation.filters import understand_filters
from bot.conversation.grammar import Asked, CountLog, ListLog, ShowDecision
from bot.conversation.replies import Act
from bot.decision_log import Log, Place, Scope, Wanted, open_engine
from bot.decision_log.alike import alike
from bot.decision_log.roles import let_in
from bot.decision_log.search import mark, spelled
from bot.decision_log.stats import stats
from bot.serving import keep_what_is_loaded
from bot.slack.blocks import message
from bot.slack.listeners.answers import answered
from bot.slack.listeners.desk import Desk
from core.case import read_case
from tests.benchmarks.many import LARGE, Size, fill
from tests.benchmarks.table import machine, milliseconds, percentile, show
from tests.support.postgres import APP, Postgres

MILLION, TENTH = Size(500, 55), Size(20, 34)
NOW = datetime(2026, 11, 23, tzinfo=UTC)
CASE = read_case(
    {
        "task": "classify support tickets by team",
        "calls_per_month": 80_000,
        "misses": "labels",
        "quality_now": 0.86,
    }
)
CASE_FILE = '{"task": "classify support tickets by team", "calls_per_month": 80000, "misses": "labels"}'
CHANNEL, WORKSPACE = Scope.of_channel(LARGE, "C1"), Scope.of_workspace(LARGE)
PERSON = Scope.of_person(LARGE, "U3X2")
HERE = "workspace_id = :workspace AND channel_id = 'C1'"
NEWEST = "ORDER BY day DESC, number DESC LIMIT 10"
COLUMNS = (
    *(
        "workspace_id",
        "number",
        "consultation_id",
        "channel_id",
        "root_ts",
        "task",
        "recommended",
        "chosen",
        "status",
    ),
    *("by_id", "why", "supersedes", "superseded_by", "outcome", "cost", "withdrawn_by_id", "withdrawn_why"),
)
MOMENTS = ("at", "due_at", "withdrawn_at")
SHOWN = ", ".join(f"d.{name}" for name in (*COLUMNS, *MOMENTS))
"""What a page tells of each decision."""
KINDS = "recommended, chosen, status, outcome"
ASKED: dict[str, str] = {
    "verdict:fine_tune": "chosen = 'fine_tune'",
    "status:overridden": "status = 'overridden'",
    "status:decided": "status IN ('accepted', 'overridden')",
    "by:U3X2": "by_id = 'U3X2'",
    "outcome:met": "asked = 'met'",
    "since:2024-09": "at >= '2024-09-01'",
    "since:2024-02 until:2024-02": "at >= '2024-02-01' AND at < '2024-03-01'",
    "verdict:hybrid by:U3X2 outcome:met": "chosen = 'hybrid' AND by_id = 'U3X2' AND asked = 'met'",
}
MISSED = " ✗"
WORDS = ("tickets", "hospital tickets", "hospital warehouse", '"turn3"', "zebra")
"""Of one decision in 28, of one in 700, of none, of one in 55 that are all old, and of none."""


RATIO = 3
"""The log may take so many times as long as the same query in SQL (p50)."""


class Aims(NamedTuple):
    """What the slowest of twenty may take at most, in milliseconds."""

    log: float = 5
    command: float = 25


ONE_PAGE, COUNTS = Aims(), Aims(50, 50)


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is asked, in each way in which it can be: of the log, in Slack, in a shell, and in SQL."""

    name: str
    asked: Callable[[Any], object]
    in_slack: Asked | None = None
    command: tuple[str, ...] = ()
    sql: str | Callable[[], str] = ""
    """What is asked by hand; called each time if it depends on what was typed, as the log does."""
    aims: Aims = ONE_PAGE


def questions(dialect: str, last: int) -> Iterator[Question]:
    """All of them. ``last``: the highest number of the channel that most are about."""
    here = ("--workspace", LARGE, "--channel", "C1", "--json")
    newest = f"SELECT {SHOWN} FROM decisions d WHERE {HERE} {NEWEST}"
    yield Question("list", _list(CHANNEL), ListLog(), ("list", *here), newest)
    for name, number in (("half way down", last // 2), ("at the end", 12)):
        its_day = f"(SELECT day FROM decisions WHERE {HERE} AND number = {number})"
        after = f"day <= {its_day} AND (day, number) < ({its_day}, {number})"
        sql = f"SELECT {SHOWN} FROM decisions d WHERE {HERE} AND {after} {NEWEST}"
        command = ("list", *here, "--before", str(number))
        yield Question(f"list, {name}", _list(CHANNEL, before=Place("C1", number)), command=command, sql=sql)
    theirs = ("list", "--workspace", LARGE, "--person", "U3X2", "--json")
    yield Question("list of a person", _list(PERSON), command=theirs)
    for typed, condition in ASKED.items():
        sql = f"SELECT {SHOWN} FROM decisions d WHERE {HERE} AND {condition} {NEWEST}"
        yield Question(typed, _list(CHANNEL, typed), ListLog(typed), ("list", typed, *here), sql)
    yield Question(
        "sort:cost", _list(CHANNEL, "sort:cost"), ListLog("sort:cost"), ("list", "sort:cost", *here)
    )
    for typed in WORDS:
        command, searched = ("list", typed, *here), partial(_searched, dialect, typed)
        yield Question(f"search: {typed}", _list(CHANNEL, typed), ListLog(typed), command, searched)
    half = _list(CHANNEL, "tickets", before=Place("C1", last // 2))
    down = ("list", "tickets", *here, "--before", str(last // 2))
    yield Question("search: tickets, half way down", half, command=down)
    yield Question("search of a person: tickets", _list(PERSON, "tickets"))
    number = last // 2
    yield Question(
        "show", lambda tx: tx.decision(CHANNEL, number), ShowDecision(number), ("show", str(number), *here)
    )
    similar = ("similar", "--workspace", LARGE, "--channel", "C1", "--json", "--case", "case.json")
    likeness = Aims(30, 30)
    yield Question(
        "similar", lambda tx: alike(tx, CHANNEL, CASE, on=NOW.date()), command=similar, aims=likeness
    )
    counted = f"SELECT {KINDS}, count(*) FROM decisions WHERE workspace_id = :workspace GROUP BY {KINDS}"
    whole = ("stats", "--workspace", LARGE, "--json")
    yield Question(
        "stats, the whole workspace",
        lambda tx: stats(tx, WORKSPACE, now=NOW),
        command=whole,
        sql=counted,
        aims=COUNTS,
    )
    yield Question("months, one channel", lambda tx: tx.by_month(CHANNEL), aims=COUNTS)
    mine = ("stats", *here)
    yield Question(
        "stats, one channel", lambda tx: stats(tx, CHANNEL, now=NOW), CountLog(), mine, aims=COUNTS
    )


def _list(scope: Scope, typed: str = "", before: Place | None = None) -> Callable[[Any], object]:
    wanted = understand_filters(typed, NOW)
    assert isinstance(wanted, Wanted), wanted
    return lambda tx: tx.decisions(scope, before, 10, wanted)


def _searched(dialect: str, typed: str) -> str:
    """As somebody would write it who knows the tables; the last word is the beginning of one."""
    words = [spelled(word) for word in typed.strip('"').split()]
    star = "" if typed.startswith('"') else "*" if dialect == "sqlite" else ":*"
    at = "d.workspace_id = f.workspace_id AND d.channel_id = f.channel_id AND d.number = f.number"
    its = f"f.workspace_id = '{LARGE}'"
    if dialect == "sqlite":
        match = " AND ".join(mark(LARGE, "C1") + word for word in words) + star
        return (
            f"SELECT {SHOWN} FROM decision_words_index f CROSS JOIN decisions d ON"
            f" {at} WHERE decision_words_index MATCH '{match}' AND {its} ORDER BY f.rowid DESC LIMIT 10"
        )
    return (
        f"SELECT {SHOWN} FROM decisions_with_words('C1', '{' & '.join(words)}{star}') f JOIN decisions d ON {at}"
        f" WHERE {its} ORDER BY d.day DESC, d.number DESC LIMIT 10"
    )


def run(engine: Engine, url: str, times: int) -> None:
    """Ask everything so many times, and print how long each took beside what it may take."""
    log = Log(engine)
    with log.reading(LARGE) as tx:
        last = tx.decisions(CHANNEL, limit=1)[0].number
        alike(tx, CHANNEL, CASE, on=NOW.date())
    keep_what_is_loaded()  # as the app does when it starts
    rows, kept, aims = [], 0, 0
    for question in questions(engine.dialect.name, last):
        with log.reading(LARGE) as tx:
            by_hand = [_by_hand(tx._connection, question.sql)] if question.sql else []
            asked, *plain = _times([partial(question.asked, tx), *by_hand], times)
        slack = _times([_in_slack(log, question.in_slack)], times)[0] if question.in_slack else []
        command = _times([_typed(question.command, url)], times)[0] if question.command else []
        cells = [
            milliseconds(percentile(asked, 0.5)),
            _beside(asked, question.aims.log),
            _beside(slack, question.aims.command),
            _beside(command, question.aims.command),
        ]
        if plain:
            hand, mine = percentile(plain[0], 0.5), percentile(asked, 0.5)
            is_kept = "" if mine <= RATIO * hand else MISSED
            cells += [milliseconds(hand), f"{mine / hand:.1f} of {RATIO}{is_kept}"]
        rows.append([question.name, *cells, *[""] * (6 - len(cells))])
        judged = [cell for cell in cells if " of " in cell]
        aims, kept = aims + len(judged), kept + sum(MISSED not in cell for cell in judged)
    columns = ["", "log, p50", "log, p95", "in Slack, p95", "command, p95", "by hand, p50", "log / by hand"]
    note = (
        f"{kept} of {aims} aims are kept ({MISSED.strip()}: one that is not), in ms. In Slack: from what was asked to"
        " the blocks of the answer. Command: of the command line, with its own connection, the program being loaded."
    )
    show(f"{engine.dialect.name}: a channel with {last:,} decisions", columns, rows, note)


def _beside(took: list[float], aim: float) -> str:
    """The slowest of twenty, in milliseconds, beside the most that it may be."""
    if not took:
        return ""
    slow = percentile(took, 0.95) * 1000
    return f"{slow:.1f} of {aim:g}{'' if slow <= aim else MISSED}"


def _times(asks: Sequence[Callable[[], object]], times: int) -> list[list[float]]:
    """How long each took, in order; they take turns, so that a busy machine hurts all of them."""
    took: list[list[float]] = [[] for _ in asks]
    for turn in range(times + 1):
        for ask, mine in zip(asks, took, strict=True):
            begun = time.perf_counter()
            ask()
            if turn:
                mine.append(time.perf_counter() - begun)
    return [sorted(each) for each in took]


def _in_slack(log: Log, asked: Asked) -> Callable[[], object]:
    nothing: Any = None
    desk = Desk(Conversation(log), nothing, lambda: NOW, nothing, nothing, nothing)
    act = Act(LARGE, "C1", "U3X2", "key", NOW)
    return lambda: message(answered(desk, act, asked))


def _by_hand(connection: Connection, sql: str | Callable[[], str]) -> Callable[[], object]:
    cursor = connection.connection.cursor()
    plain = "" if callable(sql) else sql.replace(":workspace", f"'{LARGE}'")
    written = sql if callable(sql) else lambda: plain
    if connection.dialect.name == "postgresql" or SHOWN not in written():
        return lambda: (cursor.execute(written()), cursor.fetchall())
    first = len(COLUMNS)
    return lambda: [
        (*row[:first], *map(_moment, row[first:])) for row in cursor.execute(written()).fetchall()
    ]


def _moment(told: str | None) -> datetime | None:
    """SQLite keeps moments as text."""
    return told and datetime.fromisoformat(f"{told}+00:00")


def _typed(arguments: tuple[str, ...], url: str) -> Callable[[], object]:
    def typed() -> None:
        os.environ["DATABASE_URL"] = url
        with contextlib.redirect_stdout(io.StringIO()):
            code = command_line(["log", *arguments])
        assert code == 0, arguments

    return typed


@contextlib.contextmanager
def _database(dialect: str, folder: Path) -> Iterator[tuple[str, str]]:
    """Its address for whoever fills it, and for the app."""
    if dialect == "sqlite":
        url = f"sqlite:///{folder / 'many.db'}"
        yield url, url
        return
    server = Postgres.made()
    try:
        server.start()
        yield server.create("many"), server.url("many", APP)
    finally:
        server.remove()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.asking", description=__doc__)
    parser.add_argument("--tenth", action="store_true", help="a tenth of the decisions")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), action="append")
    parser.add_argument("--times", type=int, default=60, help="how often each question is asked (60)")
    arguments = parser.parse_args()
    measure(
        TENTH if arguments.tenth else MILLION, arguments.times, arguments.database or ["sqlite", "postgresql"]
    )


def measure(size: Size, times: int, databases: list[str]) -> None:
    """Fill each database and ask it."""
    print(machine())
    before = Path.cwd()
    for dialect in databases:
        with tempfile.TemporaryDirectory() as folder, _database(dialect, Path(folder)) as (url, app):
            os.chdir(folder)
            Path("case.json").write_text(CASE_FILE)
            engine = open_engine(url)
            begun = time.perf_counter()
            fill(engine, size)
            took, large = time.perf_counter() - begun, _bytes(engine, Path(folder))
            print(f"{dialect}: {size.decisions:,} decisions in {took:.0f} s, {large / 1e6:,.0f} MB")
            engine.dispose()
            if app != url:
                let_in(url, app)
            engine = open_engine(app)
            run(engine, app, times)
            engine.dispose()
            os.chdir(before)


def _bytes(engine: Engine, folder: Path) -> int:
    if engine.dialect.name == "sqlite":
        return sum(file.stat().st_size for file in folder.iterdir())
    with engine.connect() as connection:
        name = re.sub(r"\W", "", str(engine.url.database))
        found = connection.exec_driver_sql(f"SELECT pg_database_size('{name}')").scalar_one()
    return int(found)


if __name__ == "__main__":
    main()
