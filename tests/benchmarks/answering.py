"""How much of a processor one answer takes: the request with its commit, and all that the outbox then sends."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.logs import set_up_logging
from bot.serving import keep_what_is_loaded
from tests.benchmarks.table import milliseconds, percentile, show
from tests.support.deliveries import button
from tests.support.office import Ear, Office, Talk, office_with
from tests.support.sandboxed import running_sandbox

TYPED = (
    "yes, the data may leave",
    "yes, a dozen examples",
    "{n}% now, we need 95%",
    "it has them but gets it wrong",
    "cost and quality",
    "yes, we can wait",
    "we have {n}0 reviewed examples",
)
PRESSED = ("Yes", "Not sure", "Not sure", "Not sure", "Not sure", "Not sure")
AIM = "10 ms"
AT_REST_SECONDS = 0.03


def run(times: int) -> None:
    """So many consultations that are answered by typing, and as many that are answered by pressing."""
    set_up_logging("ERROR")
    ear = Ear()
    threading.Thread(target=ear.server.serve_forever, daemon=True).start()
    with running_sandbox() as sandbox, tempfile.TemporaryDirectory() as folder:
        office = office_with(sandbox, ear, f"sqlite:///{Path(folder) / 'log.db'}")
        office.application.outbox.start()
        try:
            _typed(office, times)  # what is loaded on first use is loaded by then
            keep_what_is_loaded()
            typed = [took for n in range(times) for took in _typed(office, n)]
            pressed = [took for n in range(times) for took in _pressed(office, n)]
        finally:
            office.application.outbox.stop()
            office.application.close()
            ear.server.shutdown()
    _print({"typed": sorted(typed), "pressed": sorted(pressed)})


def _typed(office: Office, number: int) -> list[float]:
    talk = office.start(f"sort mail {number:04}")
    return [_took(talk, lambda _, text=text: talk.say(text.format(n=86 + number % 7))) for text in TYPED]


def _pressed(office: Office, number: int) -> list[float]:
    talk = office.start(f"sort calls {number:04}")
    return [
        _took(talk, lambda asked, label=label: office.slack.click(asked, button(asked, label)))
        for label in PRESSED
    ]


def _took(talk: Talk, answer: Callable[[dict[str, Any]], object]) -> float:
    """Seconds of the processor, without those that this thread takes to see when everything is sent.

    With those that the outbox takes to see that there is nothing more.
    """
    asked = talk.question()
    begun = time.process_time()
    answer(asked)
    waiting = time.thread_time()
    talk.office.quiet()
    time.sleep(AT_REST_SECONDS)
    return time.process_time() - begun - (time.thread_time() - waiting)


def _print(took: dict[str, list[float]]) -> None:
    show(
        "One answer: the request and the outbox",
        ["", "p50", "p99", "longest", "aim"],
        [
            [
                f"{len(each)} answers, {how}, SQLite",
                milliseconds(percentile(each, 0.5)),
                milliseconds(percentile(each, 0.99)),
                milliseconds(each[-1]),
                AIM,
            ]
            for how, each in took.items()
        ],
        "Times of the processor, in one process with the app; Slack is another one.",
    )
