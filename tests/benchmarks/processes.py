"""Processes that a benchmark starts and ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import psutil


def free_ports(count: int) -> list[int]:
    """Different ports on which nothing listens."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


def wait_for(port: int, seconds: float = 20.0) -> None:
    """Wait until something listens."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.005)
    raise TimeoutError(f"nothing listens on port {port}")


def wait_until_ready(url: str, seconds: float = 20.0) -> None:
    """Wait until a readiness check answers 200."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=1) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.01)
    raise TimeoutError(f"{url} is not ready")


@contextmanager
def running(
    *command: str, environment: dict[str, str] | None = None, cwd: str | None = None
) -> Iterator[psutil.Process]:
    """A Python program, ended with all its children when the block ends."""
    child = subprocess.Popen(
        [sys.executable, *command],
        env={**os.environ, **(environment or {})},
        cwd=cwd,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,  # a pipe that nobody reads holds up whoever has filled it
        start_new_session=True,
    )
    try:
        yield psutil.Process(child.pid)
    finally:
        os.killpg(child.pid, signal.SIGTERM)
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)


def resident(process: psutil.Process) -> int:
    """Bytes of memory that a process and its children keep to themselves, plus what they share counted once."""
    family = [process, *process.children(recursive=True)]
    return sum(member.memory_full_info().pss for member in family)
