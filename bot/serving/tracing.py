"""Where traces are sent: nowhere unless an address is set. It takes an extra that need not be installed."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager

from bot.cannot_start import CannotStart
from bot.telemetry import traces

NEEDED = ("opentelemetry.sdk.trace", "opentelemetry.exporter.otlp.proto.http")
NOT_INSTALLED = (
    "TRACES_URL is set, but what sends traces is not installed: run `python3 -m uv sync --extra traces` "
    "(or `pip install 'tune-or-prompt[traces]'`), or leave TRACES_URL empty."
)


@contextmanager
def sent_to(url: str | None) -> Iterator[None]:
    """While the block lasts, traces are sent to a collector, at its address for OTLP over HTTP; ``None``: to nobody.

    Raises :class:`CannotStart` when the extra is not installed.
    """
    if url is None:
        yield
        return
    if not is_installed():
        raise CannotStart(NOT_INSTALLED)
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    from bot.serving.collector import Collector

    with traces.taken_by(BatchSpanProcessor(Collector(url))):
        yield


def is_installed() -> bool:
    """Whether the extra is."""
    try:
        return all(importlib.util.find_spec(name) is not None for name in NEEDED)
    except ModuleNotFoundError:  # not even the package that it would be in
        return False
