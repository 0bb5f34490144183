"""The log and Slack as they are, read from outside the app: the database file and the sandbox."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from psycopg.rows import dict_row

from bot.conversation.posts import Echo, from_json
from bot.conversation.standing import Standing, standing_of
from bot.decision_log import Log, Scope, open_engine
from bot.decision_log.records import UNSAID
from tests.support.deliveries import TEAM
from tests.support.postgres import Postgres
from tests.support.sandbox_client import SandboxClient

PATIENCE_SECONDS = 12.0
DROPPED = 504
"""The status of what stands in place of an answer of Slack's that was lost."""

Row = Any
"""A row, by the names of its columns."""


def eventually(holds: Callable[[], Any], what: str) -> Any:
    """What ``holds`` returns once it returns something."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        found = holds()
        if found:
            return found
        time.sleep(0.01)
    raise AssertionError(f"{what} did not happen within {PATIENCE_SECONDS:g} s")


class Book(ABC):
    """The database, looked at from outside the app."""

    passed = timedelta()
    """How far ahead of the machine's clock the app's is, since time was let pass."""

    @abstractmethod
    def rows(self, query: str, *values: Any) -> Sequence[Row]:
        """The rows of a query, in which ``?`` stands for a value."""

    @abstractmethod
    def is_sound(self) -> bool:
        """Whether the database holds together."""

    @abstractmethod
    def _log(self) -> AbstractContextManager[Log]: ...

    def find(self, task: str) -> Row | None:
        """The consultation about a task; there may be one at most."""
        found = self.rows("SELECT * FROM consultations WHERE task = ?", task)
        assert len(found) < 2, f"{len(found)} consultations about {task!r}"
        return found[0] if found else None

    def answers(self, id_: str) -> list[tuple[str, Any]]:
        """Every answer of a consultation, oldest first."""
        query = "SELECT key, value FROM answers WHERE consultation_id = ? ORDER BY seq"
        return [(row["key"], self._json(row["value"])) for row in self.rows(query, id_)]

    def _json(self, kept: Any) -> Any:
        return kept

    def _moment(self, kept: Any) -> datetime:
        return datetime.fromisoformat(f"{kept}+00:00") if isinstance(kept, str) else kept

    def decision(self, id_: str) -> Row | None:
        """A consultation's decision."""
        found = self.rows("SELECT * FROM decisions WHERE consultation_id = ?", id_)
        return found[0] if found else None

    def posts(self) -> dict[str, Row]:
        """Every message that a thread must have, by its nonce."""
        query = "SELECT p.*, c.channel_id FROM posts p JOIN consultations c ON c.id = p.consultation_id"
        return {row["nonce"]: row for row in self.rows(query)}

    @staticmethod
    def is_held_back(post: Row) -> bool:
        """Whether a post may stand there twice, and nobody pressed it yet to say where."""
        return post["ts"] is None and not post["closed"] and post["refused"] == UNSAID

    def is_silent(self, post: Row) -> bool:
        """Whether a post has nothing to show: a typed answer whose question's message tells it."""
        about = from_json(post["what"], self._json(post["about"]))
        return isinstance(about, Echo) and not about.is_shown

    def settled(self) -> bool:
        """Whether nothing waits for Slack but what is held back, since it may stand there twice.

        A row that was held back and has been touched since is due, whatever it was held back for.
        """
        now = datetime.now(UTC) + self.passed
        return all(
            row["because"] == UNSAID and row["lease_until"] is None and self._moment(row["due_at"]) > now
            for row in self.rows("SELECT because, lease_until, due_at FROM outbox")
        )

    def standing(self, id_: str) -> Standing:
        """Where a consultation stands."""
        from bot.app import utc_now

        with self._log() as log, log.reading(TEAM) as tx:
            found = tx.consultation(Scope.of_workspace(TEAM), id_)
        assert found is not None
        return standing_of(found, utc_now())


@dataclass
class FileBook(Book):
    """A file. Opened for each look and closed again, as if nobody looked."""

    file: Path

    def rows(self, query: str, *values: Any) -> list[Row]:
        connection = sqlite3.connect(self.file, timeout=10)
        connection.row_factory = sqlite3.Row
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()

    def is_sound(self) -> bool:
        return bool(self.rows("PRAGMA integrity_check")[0][0] == "ok")

    def _json(self, kept: Any) -> Any:
        return json.loads(str(kept))  # SQLite keeps a number in a JSON column as a number

    @contextmanager
    def _log(self) -> Iterator[Log]:
        log = Log(open_engine(f"sqlite:///{self.file}", connections=1))
        try:
            yield log
        finally:
            log.close()


class ServerBook(Book):
    """A database of a server, seen by one who sees all of it."""

    def __init__(self, server: Postgres, name: str) -> None:
        self._connection = server.connect(name)
        self._connection.row_factory = dict_row
        self._own = Log(open_engine(server.url(name), connections=2))

    def rows(self, query: str, *values: Any) -> list[Row]:
        return list(self._connection.execute(query.replace("?", "%s").encode(), values).fetchall())

    def is_sound(self) -> bool:
        """Nothing is left half done: no row of one who is gone is held."""
        return self.rows("SELECT 1 FROM outbox WHERE lease_until IS NOT NULL") == []

    def _log(self) -> AbstractContextManager[Log]:
        return nullcontext(self._own)

    def close(self) -> None:
        """Close the connections."""
        self._own.close()
        self._connection.close()


@dataclass
class Channels:
    """What Slack shows. Fetched only when something changed."""

    sandbox: SandboxClient
    _revision: int = -1
    _messages: list[dict[str, Any]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def messages(self) -> list[dict[str, Any]]:
        """Every message that is not deleted, oldest first."""
        with self._lock:
            revision = self.sandbox.health()["revision"]
            if revision != self._revision:
                found = self.sandbox.state("messages")["messages"]
                self._messages = sorted((m for m in found if not m["deleted"]), key=lambda m: m["ts"])
                self._revision = revision
            return self._messages

    def thread(self, channel: str, root: str) -> list[dict[str, Any]]:
        """A thread that everybody sees, its root first."""
        return [
            m
            for m in self.messages()
            if m["channel"] == channel and root in (m["ts"], m["thread_ts"]) and not m["ephemeral_to"]
        ]

    def dropped(self) -> Counter[str]:
        """How often Slack took a message without saying so, by nonce."""
        calls = self.sandbox.state("calls")["calls"]
        return Counter(
            nonce_of(call["args"])
            for call in calls
            if call["method"] == "chat.postMessage" and call["status"] == DROPPED
        )

    def ours(self) -> dict[str, list[dict[str, Any]]]:
        """The app's messages that everybody sees, by nonce."""
        found: dict[str, list[dict[str, Any]]] = {}
        for message in self.messages():
            if message["bot_id"] and not message["ephemeral_to"] and message.get("subtype") != "channel_join":
                found.setdefault(nonce_of(message), []).append(message)
        return found


def nonce_of(message: dict[str, Any]) -> str:
    """By what a message of the app is recognised."""
    return str(((message.get("metadata") or {}).get("event_payload") or {}).get("nonce", ""))
