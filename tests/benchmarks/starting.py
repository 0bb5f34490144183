"""From nothing to ready: importing, starting, and the memory of a program that waits."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from bot.decision_log.upgrade import upgrade
from tests.benchmarks.processes import free_ports, resident, running, wait_for, wait_until_ready
from tests.benchmarks.servers import SECRET, TOKEN
from tests.benchmarks.table import show


def run(times: int) -> None:
    """Medians of several starts."""
    rows = [
        ["import core.advice", _seconds(imports("core.advice", times)), ""],
        ["import bot.app", _seconds(imports("bot.app", times)), ""],
    ]
    with tempfile.TemporaryDirectory() as folder:
        [slack_port] = free_ports(1)
        with running("-m", "tests.benchmarks.servers", "slack", str(slack_port)):
            wait_for(slack_port)
            url = f"sqlite:///{Path(folder) / 'log.db'}"
            upgrade(url)
            starts = [_start(url, slack_port) for _ in range(times)]
            first = _start(f"sqlite:///{Path(folder) / 'new.db'}", slack_port)
    rows.append(["run --http: start to ready", *_both(starts)])
    rows.append(["run --http: first start, which makes the database", *_both([first])])
    show("Starting, and waiting", ["", "time (median)", "memory (median)"], rows)


def imports(module: str, times: int) -> list[float]:
    """Seconds from starting an interpreter to having imported it; its bytecode is there, as in an installed program."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    took = []
    for _ in range(times + 1):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", f"import {module}"], check=True, env=environment)
        took.append(time.perf_counter() - begun)
    return took[1:]


def _start(database_url: str, slack_port: int) -> tuple[float, int]:
    [port] = free_ports(1)
    environment = {
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": f"http://127.0.0.1:{slack_port}/api/",
        "DATABASE_URL": database_url,
    }
    begun = time.perf_counter()
    with running("-m", "bot", "run", "--http", "--port", str(port), environment=environment) as process:
        wait_until_ready(f"http://127.0.0.1:{port}/readyz")
        ready = time.perf_counter() - begun
        time.sleep(2)
        return ready, resident(psutil.Process(process.pid))


def _both(starts: list[tuple[float, int]]) -> list[str]:
    memory = statistics.median(size for _, size in starts)
    return [_seconds([ready for ready, _ in starts]), f"{memory / 1e6:.0f} MB"]


def _seconds(took: list[float]) -> str:
    return f"{statistics.median(took):.2f} s"
