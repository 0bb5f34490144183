"""Whether anybody waits for somebody else: the log and /livez, while forty forms hang that Slack does not open."""

from __future__ import annotations

import http.client
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import psutil

from bot.slack.outbox import WARM_AFTER_SECONDS
from tests.benchmarks.processes import free_ports, running, wait_for, wait_until_ready
from tests.benchmarks.servers import CHANNEL, SECRET, TEAM
from tests.benchmarks.table import milliseconds, percentile, show
from tests.support.deliveries import Deliveries, by_http

FORMS = 40
HANGS_SECONDS = 6
SECONDS = 2.5
"""For how long it is looked: by then the last form has been given up."""
LIVE_AIM, LOG_AIM = 0.05, 1.0
SERVERS = "tests.benchmarks.servers"


class Looks(NamedTuple):
    """Seconds that /livez, the log, and the machine itself took while the forms hung, each sorted.

    ``late``: by how much a sleep was too long, in the process that looks: so much is nobody's fault.
    """

    live: list[float]
    listed: list[float]
    late: list[float]


def run(times: int) -> None:
    """So many times; a table with every one of them."""
    with ExitStack() as stack:
        slack_port, port = free_ports(2)
        database = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "log.db"
        stack.enter_context(running("-m", SERVERS, "slack", str(slack_port), str(HANGS_SECONDS)))
        wait_for(slack_port)
        slack_url = f"http://127.0.0.1:{slack_port}/api/"
        server = stack.enter_context(
            running("-m", SERVERS, "ours", str(port), slack_url, f"sqlite:///{database}")
        )
        wait_until_ready(f"http://127.0.0.1:{port}/readyz")
        time.sleep(WARM_AFTER_SECONDS)
        _wait_until_idle(server)  # what draws is loaded by then
        _print([_once(port) for _ in range(times)])


def _wait_until_idle(server: psutil.Process) -> None:
    while server.cpu_percent(0.5) > 5:
        pass


def _once(port: int) -> Looks:
    command = [sys.executable, "-m", "tests.benchmarks.isolation", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as people, ThreadPoolExecutor(2) as others:
        assert people.stdout is not None
        people.stdout.readline()
        listed = others.submit(_looks, _seconds_of_the_log, port)
        late = others.submit(_looks, _seconds_of_nothing, port)
        return Looks(_looks(_seconds_of_livez, port), listed.result(), late.result())


def _looks(look: Callable[[int], float], port: int) -> list[float]:
    """What one look after another took."""
    took, until = list[float](), time.monotonic() + SECONDS
    while time.monotonic() < until:
        took.append(look(port))
        time.sleep(0.01)
    return sorted(took)


def _seconds_of_nothing(_port: int) -> float:
    begun = time.perf_counter()
    time.sleep(0.001)
    return time.perf_counter() - begun - 0.001


def _seconds_of_livez(port: int) -> float:
    begun = time.perf_counter()
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
    link.request("GET", "/livez")
    assert link.getresponse().read() == b"alive\n"
    link.close()
    return time.perf_counter() - begun


def _seconds_of_the_log(port: int) -> float:
    begun = time.perf_counter()
    status, told = _people(port).command("log", team=TEAM)
    assert status == 200, told
    assert "no decisions yet" in told
    return time.perf_counter() - begun


def _people(port: int) -> Deliveries:
    return Deliveries(by_http(f"http://127.0.0.1:{port}/slack/events"), SECRET, channel=CHANNEL)


def open_forms(port: int) -> None:
    """As many people at once ask for the form, and are answered."""
    asks, where = _people(port).command, {"team": TEAM}
    people = [threading.Thread(target=asks, args=("",), kwargs=where) for _ in range(FORMS)]
    print("they ask", flush=True)
    for one in people:
        one.start()
    for one in people:
        one.join()


def _print(runs: Sequence[Looks]) -> None:
    rows = [
        [
            f"run {number}",
            *(milliseconds(percentile(one.live, share)) for share in (0.5, 0.99, 1)),
            *(milliseconds(percentile(one.listed, share)) for share in (0.5, 1)),
            milliseconds(one.late[-1]),
        ]
        for number, one in enumerate(runs, 1)
    ]
    held = sum(one.live[-1] < LIVE_AIM and one.listed[-1] < LOG_AIM for one in runs)
    show(
        f"{FORMS} forms that Slack does not open",
        ["", "/livez p50", "p99", "max", "log p50", "max", "machine late by, max"],
        rows,
        f"{held} of {len(runs)} runs within {milliseconds(LIVE_AIM)} and {milliseconds(LOG_AIM)}",
    )


if __name__ == "__main__":
    open_forms(int(sys.argv[1]))
