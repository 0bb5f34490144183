"""How long a what-if takes: from the message in the thread until the answer stands under it."""

from __future__ import annotations

import tempfile
import time
from typing import Any

from bot.sandbox import APP_TOKEN, BOT_TOKEN
from tests.benchmarks.processes import running
from tests.benchmarks.table import milliseconds, percentile, show
from tests.support.sandbox_client import SandboxClient
from tests.support.sandboxed import running_sandbox

CHANNEL, PERSON = "CMLPLAT", "UANA"
PAUSE_SECONDS = 1.3
"""Between two messages, so that none waits for its turn: Slack takes about one a second in a channel."""
PATIENCE_SECONDS = 20.0
TARGET = "80 ms at p95"

ANSWERS = (
    "yes, the data may leave",
    "yes, a dozen examples",
    "86% now, we need 95%",
    "it has them but gets it wrong",
    "cost",
    "250k calls a month",
    "we have 400 reviewed examples",
)
ASKED = (
    "what if we had {n}k calls a month?",
    "what if labour was ${n} an hour?",
    "what if the prompt was {n} tokens?",
    "what if we used Claude Haiku and had {n}k calls a month?",
    "what if we had {n} labels and could not wait?",
    "what if quality was the only reason and the prompt was {n} tokens?",
)
"""With another number each time, so that nothing was worked out before."""


def run(times: int) -> None:
    """So many what-ifs, one after another, with a pause between them; the times are those of the messages."""
    with tempfile.TemporaryDirectory() as folder, running_sandbox() as sandbox:
        environment = {
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_APP_TOKEN": APP_TOKEN,
            "SLACK_API_URL": sandbox.api_url,
            "DATABASE_URL": f"sqlite:///{folder}/log.db",
        }
        with running("-m", "bot", "run", environment=environment):
            sandbox.wait_for_app()
            thread = _settled(sandbox)
            took = [
                _asked(sandbox, thread, ASKED[n % len(ASKED)].format(n=150 + 53 * n))
                for n in range(times + 1)
            ]
    _print(sorted(took[1:]), took[0])


def _settled(sandbox: SandboxClient) -> str:
    """A thread in which the verdict stands."""
    sandbox.command(PERSON, CHANNEL, "/tune-or-prompt sort what comes in")
    card = _until(lambda: next((m for m in sandbox.messages(CHANNEL) if "sort what" in m["text"]), None))
    for text in ANSWERS:
        _asked(sandbox, card["ts"], text)
    return str(card["ts"])


def _asked(sandbox: SandboxClient, thread: str, text: str) -> float:
    """Seconds from a message to the first one of the app after it."""
    time.sleep(PAUSE_SECONDS)
    said = sandbox.say(PERSON, CHANNEL, text, thread)["ts"]
    answer = _until(lambda: next((m for m in sandbox.messages(CHANNEL, thread) if m["ts"] > said), None))
    return float(answer["ts"]) - float(said)


def _until(look: Any) -> Any:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise TimeoutError("it did not happen")


def _print(took: list[float], first: float) -> None:
    rows = [
        [
            f"{len(took)} what-ifs, Socket Mode, SQLite",
            milliseconds(percentile(took, 0.5)),
            milliseconds(percentile(took, 0.95)),
            milliseconds(took[-1]),
            milliseconds(first),
            TARGET,
        ]
    ]
    show("A what-if: message to answer", ["", "p50", "p95", "longest", "the first one", "target"], rows)
