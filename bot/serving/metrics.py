"""Figures for Prometheus, on a port of their own: what a company decides is nobody else's, nor how often it does."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from prometheus_client import REGISTRY, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.cannot_start import CannotStart
from bot.decision_log.failures import CouldNotRead
from bot.decision_log.log import Log


@dataclass(frozen=True, eq=False)
class Backlogged(Collector):
    """What waits for Slack, looked up whenever somebody asks; nothing while the database cannot be read."""

    record: Log
    clock: Callable[[], datetime.datetime]

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The depth of the outbox, and the age of what has waited longest."""
        try:
            backlog = self.record.backlog(self.clock())
        except CouldNotRead:
            return
        yield GaugeMetricFamily(
            "tune_or_prompt_outbox_waiting", "Consultations that wait for Slack.", backlog.waiting
        )
        yield GaugeMetricFamily(
            "tune_or_prompt_outbox_oldest_seconds",
            "For how long the oldest of them has been due.",
            backlog.oldest.total_seconds(),
        )

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing is looked up to be registered."""
        return []


@contextmanager
def shown_at(
    host: str, port: int | None, record: Log, clock: Callable[[], datetime.datetime]
) -> Iterator[None]:
    """While the block lasts, the figures are at ``http://HOST:PORT/metrics``; without a port they are nowhere.

    Raises :class:`CannotStart` when the port is taken.
    """
    if port is None:
        yield
        return
    backlogged = Backlogged(record, clock)
    REGISTRY.register(backlogged)
    try:
        try:
            server, thread = start_http_server(port, addr=host)
        except OSError as error:
            why = error.strerror or error
            raise CannotStart(f"METRICS_PORT: cannot listen on {host} port {port}: {why}.") from None
        try:
            yield
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
    finally:
        REGISTRY.unregister(backlogged)
