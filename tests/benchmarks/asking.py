"""How long the log takes to answer where it holds a million decisions: ``uv run python -m tests.benchmarks.asking``.

Each question is asked in SQL written by hand, through the log, and by the command line's command.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine

from bot.__main__ import main as command_line
from bot.conversation.filters import understand_filters
from bot.decision_log import Log, Place, Scope, Wanted, open_engine
from bot.decision_log.alike import alike
from bot.decision_log.roles import let_in
from bot.decision_log.search import mark, spelled
from bot.decision_log.stats import stats
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
KINDS = "recommended, chosen, status, outcome"
ASKED: dict[str, str] = {
    "verdict:fine_tune": "chosen = 'fine_tune'",
    "status:overridden": "status = 'overridden'",
    "status:decided": "status IN ('accepted', 'overridden')",
    "by:U3X2": "by_id = 'U3X2'",
    "outcome:missed": "asked = 'missed'",
    "since:2024-09": "at >= '2024-09-01'",
    "since:2024-02 until:2024-02": "at >= '2024-02-01' AND at < '2024-03-01'",
    "verdict:hybrid by:U3X2 outcome:met": "chosen = 'hybrid' AND by_id = 'U3X2' AND asked = 'met'",
}
WORDS = ("tickets", "hospital tickets", "hospital warehouse", '"turn3"', "zebra")
"""Of one decision in 28, of one in 700, of none, of one in 55 that are all old, and of none."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is asked, in each way in which it can be."""

    name: str
    asked: Callable[[Any], object]
    command: tuple[str, ...] = ()
    sql: str = ""


def questions(dialect: str, last: int) -> Iterator[Question]:
    """All of them. ``last``: the highest number of the channel that most are about."""
    here = ("--workspace", LARGE, "--channel", "C1", "--json")
    yield Question("list", _list(CHANNEL), ("list", *here), f"SELECT * FROM decisions WHERE {HERE} {NEWEST}")
    for name, number in (("half way down", last // 2), ("at the end", 12)):
        its_day = f"(SELECT day FROM decisions WHERE {HERE} AND number = {number})"
        after = f"day <= {its_day} AND (day, number) < ({its_day}, {number})"
        sql = f"SELECT * FROM decisions WHERE {HERE} AND {after} {NEWEST}"
        command = ("list", *here, "--before", str(number))
        yield Question(f"list, {name}", _list(CHANNEL, before=Place("C1", number)), command, sql)
    yield Question(
        "list of a person", _list(PERSON), ("list", "--workspace", LARGE, "--person", "U3X2", "--json")
    )
    for typed, condition in ASKED.items():
        sql = f"SELECT * FROM decisions WHERE {HERE} AND {condition} {NEWEST}"
        yield Question(typed, _list(CHANNEL, typed), ("list", typed, *here), sql)
    yield Question("sort:cost", _list(CHANNEL, "sort:cost"), ("list", "sort:cost", *here))
    for typed in WORDS:
        yield Question(
            f"search: {typed}", _list(CHANNEL, typed), ("list", typed, *here), _searched(dialect, typed)
        )
    half = _list(CHANNEL, "tickets", before=Place("C1", last // 2))
    yield Question(
        "search: tickets, half way down", half, ("list", "tickets", *here, "--before", str(last // 2))
    )
    yield Question("search of a person: tickets", _list(PERSON, "tickets"))
    yield Question("show", lambda tx: tx.decision(CHANNEL, last // 2), ("show", str(last // 2), *here))
    similar = ("similar", "--workspace", LARGE, "--channel", "C1", "--json", "--case", "case.json")
    yield Question("similar", lambda tx: alike(tx, CHANNEL, CASE, on=date(2026, 11, 23)), similar)
    counted = f"SELECT {KINDS}, count(*) FROM decisions WHERE workspace_id = :workspace GROUP BY {KINDS}"
    whole = ("stats", "--workspace", LARGE, "--json")
    yield Question("stats, the whole workspace", lambda tx: stats(tx, WORKSPACE, now=NOW), whole, counted)
    yield Question("months, one channel", lambda tx: tx.by_month(CHANNEL))
    yield Question("stats, one channel", lambda tx: stats(tx, CHANNEL, now=NOW), ("stats", *here))


def _list(scope: Scope, typed: str = "", before: Place | None = None) -> Callable[[Any], object]:
    wanted = understand_filters(typed, NOW)
    assert isinstance(wanted, Wanted), wanted
    return lambda tx: tx.decisions(scope, before, 10, wanted)


def _searched(dialect: str, typed: str) -> str:
    """As somebody would write it who knows the tables."""
    words = [spelled(word) for word in typed.strip('"').split()]
    at = "d.workspace_id = f.workspace_id AND d.channel_id = f.channel_id AND d.number = f.number"
    if dialect == "sqlite":
        match = " AND ".join(mark(LARGE, "C1") + word for word in words)
        return (
            "SELECT d.* FROM decision_words_index f CROSS JOIN decisions d ON"
            f" {at} WHERE decision_words_index MATCH '{match}' ORDER BY f.rowid DESC LIMIT 10"
        )
    return (
        f"SELECT d.* FROM decisions_with_words('C1', '{' & '.join(words)}') f JOIN decisions d ON {at}"
        " ORDER BY d.day DESC, d.number DESC LIMIT 10"
    )


def run(engine: Engine, url: str, times: int) -> None:
    """Ask everything so many times, and print how long each took."""
    log = Log(engine)
    with log.reading(LARGE) as tx:
        last = tx.decisions(CHANNEL, limit=1)[0].number
    rows = []
    for question in questions(engine.dialect.name, last):
        with log.reading(LARGE) as tx:
            asked = _times(partial(question.asked, tx), times)
        with log.reading(LARGE) as tx:
            connection = tx._connection
            plain = _times(_by_hand(connection, question.sql), times) if question.sql else []
        command = _times(_typed(question.command, url), max(3, times // 5)) if question.command else []
        ratio = f"{percentile(asked, 0.5) / percentile(plain, 0.5):.1f}" if plain else ""
        shown = [(plain, 0.5), (asked, 0.5), (asked, 0.95), (command, 0.5), (command, 0.95)]
        rows.append(
            [
                question.name,
                *(milliseconds(percentile(took, at)) if took else "" for took, at in shown),
                ratio,
            ]
        )
    columns = ["", "by hand, p50", "log, p50", "log, p95", "command, p50", "command, p95", "log / by hand"]
    note = "Aims, p95: 5 ms in the log and 25 ms by the command; similar 30 ms; stats of the workspace 50 ms; ratio 3."
    show(f"{engine.dialect.name}: a channel with {last:,} decisions", columns, rows, note)


def _times(ask: Callable[[], object], times: int) -> list[float]:
    ask()
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        ask()
        took.append(time.perf_counter() - begun)
    return sorted(took)


def _by_hand(connection: Connection, sql: str) -> Callable[[], object]:
    cursor = connection.connection.cursor()
    plain = sql.replace(":workspace", f"'{LARGE}'")
    return lambda: (cursor.execute(plain), cursor.fetchall())


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
