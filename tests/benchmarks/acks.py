"""How long a click takes to be acknowledged: our app with its durable commit, beside bare Bolt."""

from __future__ import annotations

import datetime
import http.client
import itertools
import json
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Iterator, Sequence
from contextlib import ExitStack

from bot.decision_log.engine import open_engine
from bot.decision_log.log import Log
from bot.decision_log.scope import Scope
from bot.decision_log.upgrade import upgrade
from bot.views.press import Press
from tests.benchmarks.processes import free_ports, running, wait_for
from tests.benchmarks.servers import CHANNEL, SECRET, TEAM, USER
from tests.benchmarks.table import milliseconds, percentile, show
from tests.support.deliveries import signed

CONCURRENCIES = (1, 8, 64)
SLACK_TAKES = "0.08"
"""Seconds, as its Web API does on a usual day."""
SERVERS = "tests.benchmarks.servers"
ANYTHING = itertools.repeat(("xxxxxxxxxxxx", "1.000002"))
"""What a bare Bolt app is clicked about: it does not look."""


def run(clicks: int) -> None:
    """``clicks`` at each concurrency against each server, all in this run."""
    with ExitStack() as stack:
        slack_port, *others = free_ports(4)
        database = f"sqlite:///{stack.enter_context(tempfile.TemporaryDirectory())}/log.db"
        slack_url = f"http://127.0.0.1:{slack_port}/api/"
        stack.enter_context(running("-m", SERVERS, "slack", str(slack_port)))
        wait_for(slack_port)
        upgrade(database)
        ours = iter(consultations(database, clicks * len(CONCURRENCIES) + 50))
        ports = dict(zip(("ours", "default", "before"), others, strict=True))
        stack.enter_context(running("-m", SERVERS, "ours", str(ports["ours"]), slack_url, database))
        for mode in ("default", "before"):
            stack.enter_context(running("-m", SERVERS, "bolt", str(ports[mode]), slack_url, mode))
        for port in ports.values():
            wait_for(port)
            clicked([port], ours if port == ports["ours"] else ANYTHING, 50, 1)
        measured = {
            (name, c): clicked(
                [port],
                ours if name == "ours" else ANYTHING,
                clicks if c > 1 or name != "default" else clicks // 4,
                c,
            )
            for c in CONCURRENCIES
            for name, port in ports.items()
        }
    _print(measured)


def run_slowly(clicks: int) -> None:
    """The same with a Slack that takes as long as it does: whoever waits for it in turn acknowledges no faster."""
    with ExitStack() as stack:
        slack_port, ours_port, bolt_port = free_ports(3)
        database = f"sqlite:///{stack.enter_context(tempfile.TemporaryDirectory())}/log.db"
        slack_url = f"http://127.0.0.1:{slack_port}/api/"
        stack.enter_context(running("-m", SERVERS, "slack", str(slack_port), SLACK_TAKES, SLACK_TAKES))
        wait_for(slack_port)
        upgrade(database)
        waiting = iter(consultations(database, clicks + 50))
        stack.enter_context(running("-m", SERVERS, "ours", str(ours_port), slack_url, database))
        stack.enter_context(running("-m", SERVERS, "bolt", str(bolt_port), slack_url, "default"))
        rates, cells = [], []
        for port, whose, so_many in ((ours_port, waiting, clicks), (bolt_port, ANYTHING, clicks // 4)):
            wait_for(port)
            clicked([port], whose, 50, 1)
            took, rate = clicked([port], whose, so_many, CONCURRENCIES[-1])
            rates.append(rate)
            cells.append(f"{milliseconds(percentile(took, 0.5))} ({rate:.0f}/s)")
    columns = ["Tune or Prompt", "bare Bolt, default mode, one chat.update", "ours : Bolt's, a second"]
    title = f"{CONCURRENCIES[-1]} clicks at once while each call of Slack takes {float(SLACK_TAKES) * 1000:.0f} ms"
    show(f"{title}: p50 (a second)", columns, [[*cells, f"{rates[0] / rates[1]:.1f}"]])


def consultations(database: str, count: int) -> list[tuple[str, str]]:
    """Consultations that wait for their first answer, each with the ``ts`` of its question."""
    log = Log(open_engine(database))
    now = datetime.datetime.now(datetime.UTC)
    scope = Scope.of_channel(TEAM, CHANNEL)
    opened = []
    with log.writing(TEAM) as tx:
        for number in range(count):
            found = tx.open_consultation(
                scope, task="classify tickets", asker=USER, now=now, root_ts=f"{number}.000001"
            )
            card = tx.add_post(scope, found.id, "card", {})
            tx.change_post(scope, found.id, card.id, ts=f"{number}.000001", shown="", tried=True)
            asked = tx.add_post(scope, found.id, "question", {"question": "data_may_leave"})
            tx.change_post(scope, found.id, asked.id, ts=f"{number}.000002", shown="", tried=True)
            opened.append((found.id, f"{number}.000002"))
    log.close()
    return opened


def _body(consultation: str, question_ts: str) -> bytes:
    """A click on "Yes", about as large as Slack's."""
    now = f"{time.time():.6f}"
    action = {
        "type": "button",
        "action_id": "answer:data_may_leave:yes",
        "block_id": "question:1:2",
        "value": str(Press(consultation, "data_may_leave", 0)),
        "text": {"type": "plain_text", "text": "Yes"},
        "action_ts": now,
    }
    payload = {
        "type": "block_actions",
        "user": {"id": USER, "username": "ana", "name": "ana", "team_id": TEAM},
        "api_app_id": "ABENCH",
        "container": {
            "type": "message",
            "message_ts": question_ts,
            "channel_id": CHANNEL,
            "thread_ts": "1.000001",
        },
        "trigger_id": f"1.{now}.abc",
        "team": {"id": TEAM, "domain": "bench"},
        "channel": {"id": CHANNEL, "name": "bench"},
        "message": {"ts": question_ts, "text": "x" * 1_500, "blocks": []},
        "state": {"values": {}},
        "response_url": "http://127.0.0.1:1/none",
        "actions": [action],
    }
    return urllib.parse.urlencode({"payload": json.dumps(payload)}).encode()


def clicked(
    ports: Sequence[int], waiting: Iterator[tuple[str, str]], clicks: int, concurrency: int
) -> tuple[list[float], float]:
    """Seconds from a click to its acknowledgement, sorted; and clicks a second. Of several ports each gets as many."""
    bodies = [(body := _body(*next(waiting)), signed(body, SECRET, time.time())) for _ in range(clicks)]
    took: list[float] = []
    lock = threading.Lock()
    work = iter(bodies)

    def click(port: int) -> None:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while True:
            with lock:
                body, headers = next(work, (None, None))
            if body is None or headers is None:
                link.close()
                return
            begun = time.perf_counter()
            link.request(
                "POST",
                "/slack/events",
                body,
                {**headers, "Content-Type": "application/x-www-form-urlencoded"},
            )
            answer = link.getresponse()
            answer.read()
            seconds = time.perf_counter() - begun
            assert answer.status == 200, answer.status
            with lock:
                took.append(seconds)

    begun = time.perf_counter()
    people = [threading.Thread(target=click, args=(ports[n % len(ports)],)) for n in range(concurrency)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return sorted(took), len(took) / (time.perf_counter() - begun)


def _print(measured: dict[tuple[str, int], tuple[list[float], float]]) -> None:
    names = {
        "ours": "Tune or Prompt, committed to disk before the ack",
        "default": "bare Bolt, default mode, one chat.update",
        "before": "bare Bolt, process_before_response, one chat.update",
    }
    rows: list[Sequence[str]] = []
    for name, title in names.items():
        cells = [title]
        for c in CONCURRENCIES:
            took, rate = measured[name, c]
            cells.append(
                f"{milliseconds(percentile(took, 0.5))} / {milliseconds(percentile(took, 0.99))} ({rate:.0f}/s)"
            )
        rows.append(cells)
    ratios = [
        percentile(measured["ours", c][0], 0.5) / percentile(measured["default", c][0], 0.5)
        for c in CONCURRENCIES
    ]
    rows.append(["ours : Bolt's default mode, p50", *(f"{ratio:.2f}" for ratio in ratios)])
    show("Click to ack: p50 / p99 (clicks a second)", ["", *(f"{c} at once" for c in CONCURRENCIES)], rows)
