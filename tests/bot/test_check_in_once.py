"""However often the app is killed and started, and however many of it run, each decision is asked about once."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.conversation import outcomes
from bot.conversation.conversation import Conversation
from bot.conversation.posts import CheckIn, posts_of
from bot.decision_log import Log, Scope, open_engine
from bot.decision_log.create import create
from tests.support.decided import decide
from tests.support.postgres import Postgres

NOW = datetime.fromisoformat("2026-11-23T12:00:00+00:00")
LATER = NOW + timedelta(weeks=7)
TEAM = Scope.of_channel("T1", "C1")
DECISIONS = 12


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'log.db'}"
        return
    try:
        server = Postgres.made()
        server.start()
    except (ImportError, OSError) as error:
        pytest.skip(f"PostgreSQL could not be started here: {error}")
    yield server.create("once")
    server.remove()


def at_work(database: str) -> int:
    """An app that does nothing but look for what is due, in a process of its own; its id."""
    child = os.fork()
    if child:
        return child
    try:
        log = Log(open_engine(database))
        conversation = Conversation(log)
        for _ in range(50):
            for workspace, consultation in log.check_ins_due(LATER):
                outcomes.ask(conversation, workspace, consultation, LATER)
    except BaseException:
        os._exit(1)
    os._exit(0)


def asked(log: Log) -> Counter[str]:
    """How often each decision was asked about."""
    with log.reading() as tx:
        found = [tx.consultation(TEAM, one.consultation) for one in tx.decisions(TEAM, limit=100)]
    counts: Counter[str] = Counter()
    for one in found:
        assert one is not None
        counts[one.id] = sum(isinstance(post.about, CheckIn) for post in posts_of(one))
    return counts


@pytest.mark.parametrize(
    "restarts", [8, pytest.param(100, marks=pytest.mark.long("a hundred restarts of two processes each"))]
)
def test_each_decision_is_asked_about_once(database: str, restarts: int) -> None:
    engine = open_engine(database)
    create(engine)
    log = Log(engine)
    for _ in range(DECISIONS):
        decide(log, TEAM, NOW, has_card=True)
    log.close()  # nothing is open when others begin
    dice = random.Random(restarts)
    for _ in range(restarts):
        children = [at_work(database) for _ in range(2)]
        for child in children:
            time.sleep(dice.uniform(0.0, 0.05))
            os.kill(child, signal.SIGKILL)
        for child in children:
            os.waitpid(child, 0)
    [os.waitpid(child, 0) for child in [at_work(database), at_work(database)]]
    log = Log(open_engine(database))
    assert sorted(asked(log).values()) == [1] * DECISIONS
    assert log.check_ins_due(LATER) == []
    log.close()
