"""Traces, where somebody takes them: a delivery, its transactions and calls of Slack's, and what is sent for it.

They hold nothing that anybody said, and nobody's name; and where nobody takes them there are none, and nothing for them
is loaded.
"""

from __future__ import annotations

import logging
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from bot.app import utc_now
from bot.conversation import catching_up
from bot.serving.collector import Collector
from bot.serving.tracing import NOT_INSTALLED, sent_to
from bot.telemetry import traces
from tests.support.deliveries import ANA, BEN, CHANNEL, TEAM, TOKEN, button
from tests.support.office import Office
from tests.support.people import strangers, typed


class Taken:
    """The spans that have ended."""

    def __init__(self) -> None:
        self.exporter = InMemorySpanExporter()

    def all(self) -> list[ReadableSpan]:
        return list(self.exporter.get_finished_spans())

    def called(self, name: str) -> list[ReadableSpan]:
        return [span for span in self.all() if span.name == name]

    def parts_of(self, whole: ReadableSpan) -> list[ReadableSpan]:
        return [span for span in self.all() if span.parent is not None and span.parent == whole.context]


@pytest.fixture
def taken() -> Iterator[Taken]:
    found = Taken()
    with traces.taken_by(SimpleSpanProcessor(found.exporter)):
        yield found


def told(span: ReadableSpan) -> dict[str, Any]:
    return dict(span.attributes or {})


def ended(office: Office, taken: Taken) -> None:
    """Wait until what is sent has ended, also what a thread does after the log was told so."""
    office.quiet()
    count = -1
    while count != (count := len(taken.all())):
        time.sleep(0.05)


def test_a_delivery_holds_its_transactions_and_leads_to_what_is_sent_for_it(
    office: Office, taken: Taken
) -> None:
    office.start("sort tickets")
    ended(office, taken)
    [delivery] = taken.called("delivery")
    assert told(delivery).keys() == {"request", "kind", "status"}
    assert (told(delivery)["kind"], told(delivery)["status"]) == ("command", 200)
    assert (delivery.kind, delivery.parent) == (SpanKind.SERVER, None)
    assert {part.name for part in taken.parts_of(delivery)} == {"transaction"}
    assert any(told(part)["writes"] for part in taken.parts_of(delivery))
    sent = taken.called("sending")
    assert sent
    for one in sent:
        assert [link.context for link in one.links] == [delivery.context]
        assert told(one)["request"] == told(delivery)["request"]
        assert one.context != delivery.context
    calls = [part for one in sent for part in taken.parts_of(one) if part.name == "slack chat.postMessage"]
    assert {told(call)["outcome"] for call in calls} == {"ok"}
    assert len(calls) == len(taken.called("slack chat.postMessage")) == 2


def test_what_is_called_at_once_is_a_part_of_the_delivery(office: Office, taken: Taken) -> None:
    office.slack.command("", response_url=office.ear.url)
    ended(office, taken)
    [delivery] = taken.called("delivery")
    [opened] = taken.called("slack views.open")
    assert opened.parent == delivery.context


def test_what_comes_of_a_file_leads_back_to_who_dropped_it(office: Office, taken: Taken) -> None:
    talk = office.start("tag tickets")
    ended(office, taken)
    message = office.sandbox.drop(BEN, CHANNEL, "results.csv", b"id,correct\n1,yes\n2,no\n", talk.root)
    taken.exporter.clear()
    office.slack.event(message | {"type": "message", "channel": CHANNEL, "channel_type": "channel"})
    ended(office, taken)
    [delivery] = taken.called("delivery")
    sent = taken.called("sending")
    assert sent
    assert all([link.context for link in one.links] == [delivery.context] for one in sent)
    assert len(taken.called("slack file")) == len(taken.called("slack files.info")) == 1


def test_what_nobody_asked_for_leads_nowhere_and_what_only_looks_is_no_trace(
    office: Office, taken: Taken
) -> None:
    office.start("sort parcels")
    ended(office, taken)
    taken.exporter.clear()
    office.application.outbox.begin_due()
    office.application.record.backlog(utc_now())
    assert taken.all() == []
    [silent] = office.application.record.silent_since(utc_now() + timedelta(minutes=1))
    catching_up.nudge(office.application.record, silent, utc_now())
    office.application.outbox.wake()
    ended(office, taken)
    sent = taken.called("sending")
    assert sent
    assert [(told(one)["request"], one.links) for one in sent] == [("", ())] * len(sent)


KNOWN = {
    "request": r"[0-9a-f]{12}|",
    "kind": r"event|command|shortcut|form|click|greeting",
    "status": r"[1-5]\d\d",
    "writes": r"True|False",
    "outcome": r"ok|channel|message|token|moment|ratelimited|away|gone",
    "failed": r"[A-Z][A-Za-z]+",
}
"""All that is ever told of a span."""
NAMES = re.compile(r"delivery|sending|transaction|slack [A-Za-z_.]+")


def everything_of(span: ReadableSpan) -> str:
    links = [dict(link.attributes or {}) for link in span.links]
    events = [(event.name, dict(event.attributes or {})) for event in span.events]
    return repr((span.name, told(span), links, events, span.status.description))


def test_nothing_that_anybody_said_and_nobodys_name_is_in_a_trace(office: Office, taken: Taken) -> None:
    """A conversation from the first word to the decision, with refusals, a file, the log and App Home beside it."""
    who = strangers()[0]
    typed(office, who)
    [consultation] = office.consultations()
    root = consultation.root_ts
    assert root is not None
    office.sandbox.drop(ANA, CHANNEL, "geheim.csv", b"id,correct\n1,yes\n", root)
    office.sandbox.fail("chat.postMessage", error="is_archived", times=1)
    office.sandbox.fail("chat.update", status=500, times=1)
    office.slack.say("my secret remark about Konto 4711", root)
    office.sandbox.fail("views.open", error="expired_trigger_id", times=1)
    for asked in ("", "log tickets", "export csv", "show 1", "stats"):
        office.slack.command(asked, response_url=office.ear.url)
    office.slack.event(
        {"type": "app_home_opened", "user": ANA, "tab": "home", "channel": "D0", "event_ts": "1.1"}
    )
    ended(office, taken)

    said = [
        consultation.task,
        *(reply.text for reply in who.replies.values()),
        "my secret remark about Konto",
    ]
    words = {word for text in said for word in re.findall(r"\w{4,}", text.casefold())}
    ids = {TEAM, ANA, BEN, CHANNEL, root, consultation.id, TOKEN, "geheim", office.ear.url}
    spans = taken.all()
    assert len(spans) > 100
    assert {span.name.split()[0] for span in spans} == {"delivery", "sending", "transaction", "slack"}
    for span in spans:
        assert NAMES.fullmatch(span.name)
        assert all(re.fullmatch(KNOWN[key], str(value)) for key, value in told(span).items()), told(span)
        everything = everything_of(span)
        assert not [one for one in ids if one in everything]
        assert not words & set(re.findall(r"\w{4,}", everything.casefold()))
        assert {key.split(".")[0] for key in span.resource.attributes} == {"service", "telemetry"}


def test_what_fails_is_told_by_its_kind_alone(taken: Taken) -> None:
    with pytest.raises(ValueError, match="secret"), traces.delivery(), traces.part("transaction"):
        raise ValueError("a secret remark")
    for span in taken.all():
        assert told(span) == {"failed": "ValueError"}
        assert (span.status.status_code, span.status.description, span.events) == (StatusCode.ERROR, None, ())
    assert [span.name for span in taken.all()] == ["transaction", "delivery"]


# Where they go


class Collecting:
    """A collector that can be away. ``spans``: the names of those that it was sent."""

    def __init__(self) -> None:
        self.spans: list[str] = []
        self.status = 200
        collecting = self

        class Collects(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if collecting.status == 200:
                    collecting.take(self.path, body)
                self.send_response(collecting.status)
                self.end_headers()

            def log_message(self, *_args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Collects)
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1/traces"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def take(self, path: str, body: bytes) -> None:
        assert path == "/v1/traces"
        told = ExportTraceServiceRequest.FromString(body)
        self.spans += [s.name for r in told.resource_spans for scope in r.scope_spans for s in scope.spans]


@pytest.fixture
def collecting() -> Iterator[Collecting]:
    made = Collecting()
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_they_are_sent_over_http_the_last_ones_when_the_app_ends(
    office: Office, collecting: Collecting
) -> None:
    with sent_to(collecting.url):
        talk = office.start("sort tickets")
        office.slack.click(talk.question(), button(talk.question(), "Yes"))
        office.quiet()
    assert collecting.spans.count("delivery") == 2
    assert {"sending", "transaction", "slack chat.postMessage"} <= set(collecting.spans)
    sent = len(collecting.spans)
    talk.say("12k a month")
    office.quiet()
    assert len(collecting.spans) == sent


def test_a_collector_that_is_away_holds_nobody_up_and_is_said_once(
    office: Office, collecting: Collecting, caplog: pytest.LogCaptureFixture
) -> None:
    collecting.status = 404
    with (
        caplog.at_level(logging.INFO, "bot"),
        traces.taken_by(SimpleSpanProcessor(Collector(collecting.url))),
    ):
        office.start("sort tickets")
        office.quiet()
        collecting.status = 200
        assert office.slack.command("log", response_url=office.ear.url)[0] == 200
        office.quiet()
    told = [one.getMessage() for one in caplog.records if "TRACES_URL" in one.getMessage()]
    assert told == [
        "traces cannot be sent to TRACES_URL; they are dropped until they can",
        "traces are sent to TRACES_URL again",
    ]


def test_a_stop_does_not_wait_for_a_collector_that_hangs() -> None:
    with ThreadingHTTPServer(
        ("127.0.0.1", 0), BaseHTTPRequestHandler
    ) as silent:  # accepts, and never answers
        began = time.monotonic()
        with sent_to(f"http://127.0.0.1:{silent.server_port}/v1/traces"), traces.delivery():
            pass
        assert time.monotonic() - began < traces.LAST_SECONDS + 1


def test_without_an_address_there_are_none(office: Office) -> None:
    with sent_to(None):
        office.start("sort tickets")
        assert traces.begun_by() is None
        assert traces.part("transaction") is traces.delivery() is traces.sending(None)


WITHOUT = """
import sys
if sys.argv[2] == "absent":
    sys.modules["opentelemetry.sdk"] = sys.modules["opentelemetry.exporter"] = None
from bot import app, running
from bot.cannot_start import CannotStart
from bot.serving import http, metrics, socket_mode, tracing
from bot.settings import Settings
made = app.build_app(Settings(slack_bot_token="xoxb-1", slack_signing_secret="0" * 32,
    slack_api_url="http://127.0.0.1:9/", database_url=sys.argv[1]))
with tracing.sent_to(None):
    made.record.probe(app.utc_now())
made.close()
print([name for name in sys.modules if name.startswith("opentelemetry") and sys.modules[name] is not None])
if sys.argv[2] == "absent":
    try:
        with tracing.sent_to("http://127.0.0.1:9/v1/traces"):
            pass
    except CannotStart as why:
        print(why)
"""


@pytest.mark.parametrize(("extra", "says"), [("there", ["[]"]), ("absent", ["[]", NOT_INSTALLED])])
def test_nothing_for_them_is_loaded_where_there_are_none(extra: str, says: list[str], tmp_path: Any) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, f"sqlite:///{tmp_path / 'log.db'}", extra],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines() == says, done.stderr
