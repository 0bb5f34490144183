"""Starting the sandbox as a process of its own, for tests that need Slack's side of the conversation."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.support.sandbox_client import SandboxClient


@contextmanager
def running_sandbox(
    *,
    state_file: Path | None = None,
    page: bool = False,
    request_url: str | None = None,
    port: int = 0,
    flags: Sequence[str] = (),
) -> Iterator[SandboxClient]:
    """A sandbox on a free port, stopped at the end. `page` serves the web page too, which starts more slowly.

    `flags` are --shared and --org.
    """
    command = [sys.executable, "-m", "bot.sandbox", "--port", str(port)]
    command += ["--state", str(state_file)] if state_file else []
    command += [] if page else ["--no-page"]
    command += ["--request-url", request_url] if request_url else []
    command += flags
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline().strip()
        while line and not line.startswith("http"):
            line = process.stdout.readline().strip()
        assert line, "the sandbox ended before it answered"
        yield SandboxClient(line)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
