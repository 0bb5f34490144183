"""What traces are sent to. Needs the extra ``traces``: import it only where one is set."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult

log = logging.getLogger(__name__)

SECONDS = 5.0
"""How long it may take to take some."""


class Collector(SpanExporter):
    """A collector, of which it is said once that it cannot be reached, and once that it can again."""

    def __init__(self, url: str) -> None:
        self._collector = OTLPSpanExporter(endpoint=url, timeout=SECONDS)
        self._is_away = False

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Send some; what it does not take is dropped."""
        result = self._collector.export(spans)
        is_away = result is not SpanExportResult.SUCCESS
        if is_away and not self._is_away:
            log.warning("traces cannot be sent to TRACES_URL; they are dropped until they can")
        if self._is_away and not is_away:
            log.info("traces are sent to TRACES_URL again")
        self._is_away = is_away
        return result

    def shutdown(self) -> None:
        """Send no more."""
        self._collector.shutdown()  # type: ignore[no-untyped-call]
