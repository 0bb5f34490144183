"""Traces: how long a delivery takes, and what is sent for it, with the transactions and calls of Slack's in them.

By OpenTelemetry, an extra that is imported only where somebody takes traces (:func:`taken_by`); else each of these
functions is one look at a variable. What is told of a span is in words of our own, never in those of somebody else: no
text, no name, no id of Slack's, and nothing of an exception but its kind, since its message may quote them.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import SpanProcessor
    from opentelemetry.trace import Span, SpanContext, Tracer

Told = str | int | bool

SERVICE = "tune-or-prompt"
LAST_SECONDS = 2.0
"""How long a stop waits for the last of them to be sent."""

_tracer: Tracer | None = None
"""``None``: nobody takes any."""
_begun_by: ContextVar[SpanContext | None] = ContextVar("begun by", default=None)
"""What all that is done in this context goes back to."""
_NOTHING: AbstractContextManager[None] = nullcontext()


def delivery(**told: Told) -> AbstractContextManager[None]:
    """The trace of what Slack delivers, while the block lasts."""
    return _NOTHING if _tracer is None else _whole(_tracer, "delivery", None, told)


def sending(goes_back_to: SpanContext | None, **told: Told) -> AbstractContextManager[None]:
    """The trace of what is sent in the background, while the block lasts, with a link to what it is sent for."""
    return _NOTHING if _tracer is None else _whole(_tracer, "sending", goes_back_to, told)


def part(name: str, **told: Told) -> AbstractContextManager[None]:
    """A part of this context's trace, while the block lasts; nothing where there is none."""
    return _NOTHING if _tracer is None or _begun_by.get() is None else _part(_tracer, name, told)


def tell(**told: Told) -> None:
    """Say something more of the trace or the part that is under way."""
    if _tracer is not None and _begun_by.get() is not None:
        from opentelemetry.trace import get_current_span

        get_current_span().set_attributes(told)


def begun_by() -> SpanContext | None:
    """What to go back to where something of this context is gone on with elsewhere."""
    return _begun_by.get()


@contextmanager
def taken_by(processor: SpanProcessor) -> Iterator[None]:
    """While the block lasts, all traces of this process go there."""
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider

    global _tracer  # noqa: PLW0603 - one for the process, as the figures are
    # Not the provider that libraries find: what they would trace holds texts.
    provider = TracerProvider(resource=Resource.create({"service.name": SERVICE}), shutdown_on_exit=False)
    provider.add_span_processor(processor)
    _tracer = provider.get_tracer(SERVICE)
    try:
        yield
    finally:
        _tracer = None
        ending = threading.Thread(target=provider.shutdown, name="last traces", daemon=True)
        ending.start()
        ending.join(LAST_SECONDS)


@contextmanager
def _whole(
    tracer: Tracer, name: str, goes_back_to: SpanContext | None, told: dict[str, Told]
) -> Iterator[None]:
    from opentelemetry.context import Context
    from opentelemetry.trace import Link, SpanKind

    with tracer.start_as_current_span(
        name,
        Context(),
        SpanKind.SERVER if name == "delivery" else SpanKind.CONSUMER,
        attributes=told,
        links=[] if goes_back_to is None else [Link(goes_back_to)],
        record_exception=False,
        set_status_on_exception=False,
    ) as span:
        before = _begun_by.set(goes_back_to or span.get_span_context())
        try:
            with _failing(span):
                yield
        finally:
            _begun_by.reset(before)


@contextmanager
def _part(tracer: Tracer, name: str, told: dict[str, Told]) -> Iterator[None]:
    from opentelemetry.trace import SpanKind

    with (
        tracer.start_as_current_span(
            name,
            kind=SpanKind.CLIENT,
            attributes=told,
            record_exception=False,
            set_status_on_exception=False,
        ) as span,
        _failing(span),
    ):
        yield


@contextmanager
def _failing(span: Span) -> Iterator[None]:
    """Says of a span with what kind of exception it ended."""
    from opentelemetry.trace import StatusCode

    try:
        yield
    except BaseException as error:
        span.set_attribute("failed", type(error).__name__)
        span.set_status(StatusCode.ERROR)
        raise
