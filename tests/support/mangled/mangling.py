"""Payloads with one leaf mangled, sent to the app; and what must hold of its answers, its log and its database."""

from __future__ import annotations

import copy
import io
import itertools
import json
import logging
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from bot.decision_log.said import ASSUMED
from bot.decision_log.tables import metadata as tables
from bot.logs import LIBRARIES, Redacting
from core.case import check_assumption, read_case
from tests.support.deliveries import TEAM, unique
from tests.support.mangled.recorded import SECRET, Recorded, recorded
from tests.support.office import Office

ABSENT = object()
CUT = object()
"""The first word of what stands there: "answer" of "answer:data_may_leave:yes"."""
OTHER = object()
"""With another last word."""
DEEP: Any = "x"
for _ in range(50):
    DEEP = [DEEP]

WAYS: Sequence[Any] = (
    None, 7, -1.5e300, [], ["a", 1], {}, {"a": 1}, "x" * 60_000, "", "{'a': 1}\ud800\x00", True, DEEP, ABSENT, CUT,
    OTHER,
)  # fmt: skip
"""What is put in the place of a leaf."""

TRACE = re.compile(r"Traceback|File \"|xox[a-z]-")
LONGEST = 5_000
MOST_ADVICE = 100_000
IDS = re.compile(r"[A-Za-z0-9_.-]{1,60}")


@dataclass
class Found:
    """What came of it. ``broken``: what must not be, at most a few of each."""

    statuses: Counter[int] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def note(self, what: str) -> None:
        if len(self.broken) < 30:
            self.broken.append(what)


Path = tuple[str | int, ...]
INSIDE = "(as JSON)"
"""In a path: what follows lies in the JSON that a button carries as its value."""


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """Every place in a payload: its leaves, and what they lie in."""
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from places(one, (*path, key))
    if path and path[-1] == "value" and isinstance(value, str) and value.startswith("{"):
        for within in places(json.loads(value)):
            yield (*path, INSIDE, *within)


def mangled(payload: dict[str, Any], path: Path, way: Any) -> dict[str, Any]:
    """A copy with another thing at a place."""
    whole: Any = copy.deepcopy(payload)
    if INSIDE in path:
        at = path.index(INSIDE)
        carried = json.loads(_at(whole, path[:at]))
        return mangled(whole, path[:at], json.dumps(mangled(carried, path[at + 1 :], way)))
    before = str(_at(whole, path))
    way = (
        before.partition(":")[0] if way is CUT else f"{before.rpartition(':')[0]}:x" if way is OTHER else way
    )
    inner = whole
    for step in path[:-1]:
        inner = inner[step]
    if way is ABSENT:
        del inner[path[-1]]
    else:
        inner[path[-1]] = way
    found: dict[str, Any] = whole
    return found


def _at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def mangle(office: Office, most: int, seed: int) -> Found:
    """Send each payload as it is, and then ``most`` mangled ones. Where there are fewer, each comes again."""
    talk = office.start("sort the post")
    office.application.outbox.stop()
    payloads = recorded(talk.consultation.id, talk.root, office.ear.url)
    cases = [(one, path, way) for one in payloads for path in places(one.payload) for way in WAYS]
    random.Random(seed).shuffle(cases)
    found = Found()
    with listening() as log:
        for one in payloads:
            _send(office, one, fresh(one.payload), one.name, found)
        for one, path, way in itertools.islice(itertools.cycle(cases), most):
            name = f"{one.name} {'.'.join(map(str, path))} = {str(way)[:20]!r}"
            _send(office, one, mangled(fresh(one.payload), path, way), name, found)
    _look_at_log(log.getvalue(), found)
    _look_at_rows(office, found)
    return found


def fresh(payload: dict[str, Any]) -> dict[str, Any]:
    """The same as if it had not been sent before."""
    again = copy.deepcopy(payload)
    if "trigger_id" in again:
        again["trigger_id"] = unique("1.")
    if "event_id" in again:
        again["event_id"] = unique("Ev")
    if "ts" in again.get("event", {}):
        again["event"]["ts"] = f"{unique('')[-12:]}.000001"
    for action in again.get("actions", ()):
        action["action_ts"] = f"{unique('')[-12:]}.000001"
    return again


def _send(office: Office, one: Recorded, payload: dict[str, Any], name: str, found: Found) -> None:
    try:
        if one.command:
            status, answer = office.slack.form({key: _field(value) for key, value in payload.items()})
        elif payload.get("type") in ("event_callback", "url_verification") or "event" in payload:
            status, answer = office.slack.deliver(json.dumps(payload).encode(), "application/json")
        else:
            status, answer = office.slack.interaction(payload)
    except Exception as error:
        found.note(f"{name}: {type(error).__name__}: {error}")
        return
    found.statuses[status] += 1
    if status >= 500:
        found.note(f"{name}: {status}")
    if TRACE.search(answer):
        found.note(f"{name}: {answer[:200]}")


def _field(value: Any) -> str:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else json.dumps(value)


@contextmanager
def listening() -> Iterator[io.StringIO]:
    """Everything that is logged at DEBUG, as the app writes it."""
    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    handler.setFormatter(Redacting())
    root = logging.getLogger()
    levels = {name: logging.getLogger(name).level for name in ("", *LIBRARIES)}
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(logging.INFO)
    try:
        yield heard
    finally:
        root.removeHandler(handler)
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


def _look_at_log(log: str, found: Found) -> None:
    for line in log.splitlines():
        is_bug = " ERROR " in line and "Slack refused an answer" not in line
        if SECRET in line or TRACE.search(line) or is_bug or "x" * 300 in line:
            found.note(f"log: {line[:400]}")


def _look_at_rows(office: Office, found: Found) -> None:
    """Nothing is in the database that no form of ours could give."""
    with office.application.record._engine.connect() as connection:
        for table in tables.sorted_tables:
            for row in connection.execute(select(table)).mappings():
                _look_at_row(table.name, dict(row), found)


def _look_at_row(table: str, row: dict[str, Any], found: Found) -> None:
    if row["workspace_id"] not in (TEAM, "-"):
        found.note(f"{table}: workspace {row['workspace_id']!r}")
    for name, value in row.items():
        text = value if isinstance(value, str) else json.dumps(value, default=str)
        if len(text) > (MOST_ADVICE if name == "advice" else LONGEST):
            found.note(f"{table}.{name}: {len(text)} characters")
        if name in ("channel_id", "asker_id", "author_id", "by_id") and not IDS.fullmatch(str(value)):
            found.note(f"{table}.{name}: {value!r}")
    if table == "answers" and not _could_be(row["key"], row["value"]):
        found.note(f"answers: {row['key']} = {str(row['value'])[:60]!r}")


def _could_be(key: str, value: Any) -> bool:
    try:
        if key.startswith(ASSUMED):
            check_assumption(key.removeprefix(ASSUMED), value)
        else:
            read_case({key: value})
    except Exception:
        return False
    return True
