"""Who sends half, reads nothing, or asks too much: nobody else waits for them. With real servers and real sockets."""

from __future__ import annotations

import contextlib
import http.client
import select
import socket
import statistics
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from bot.serving import connections
from bot.serving.connections import Server, listen
from bot.serving.http import HEALTH, LARGEST_BODY, Doors
from tests.support.small import SECRET, Served, Small, command, get, served

AT_ONCE = 0.1
"""Seconds within which a question about health is answered, whatever else there is."""

HALF_HEADERS = b"POST /slack/events HTTP/1.1\r\nHost: localhost\r\nX-Half: "
HALF_BODY = b"POST /slack/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nhalf"
GET_LIVE = b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"


def test_a_replica_that_is_told_to_stop_can_say_so_first_and_serve_on() -> None:
    """As long as a proxy takes to notice."""
    small = Small()
    with served(small, unready_seconds=1) as server:
        assert get(server.port, "/readyz")[0] == 200
        server.stop.set()
        began = time.monotonic()
        while get(server.port, "/readyz") != (503, "about to end\n"):
            assert time.monotonic() < began + 0.9
        with connection(server.port, command("late")) as late:
            assert late.recv(100).startswith(b"HTTP/1.1 200")
        assert server.end()
        assert time.monotonic() >= began + 1
    assert small.heard != []


@contextlib.contextmanager
def connected(port: int, *sent: bytes) -> Iterator[list[socket.socket]]:
    """Connections, each of which sent something."""
    with contextlib.ExitStack() as stack:
        yield [stack.enter_context(connection(port, each)) for each in sent]


def connection(port: int, sent: bytes) -> socket.socket:
    opened = socket.create_connection(("127.0.0.1", port), timeout=10)
    opened.sendall(sent)
    return opened


def one_that_never_reads(port: int) -> socket.socket:
    """A connection that asked until no more could be sent, since no answer was read."""
    opened = socket.socket()
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    opened.connect(("127.0.0.1", port))
    opened.settimeout(0.5)
    with contextlib.suppress(TimeoutError):
        while True:
            opened.sendall(GET_LIVE * 1000)
    return opened


def answer_of(opened: socket.socket) -> tuple[int, str]:
    """The status and the text of the next answer, the connection staying open."""
    answer = http.client.HTTPResponse(opened)
    answer.begin()
    return answer.status, answer.read().decode()


def answers_of(opened: socket.socket) -> bytes:
    """Everything until the other side hangs up."""
    found = b""
    with contextlib.suppress(ConnectionResetError):
        while chunk := opened.recv(65_536):
            found += chunk
    return found


def seconds_to_answer(port: int, path: str) -> float:
    """The middle one of five times, since the machine may be busy with something else."""
    found = []
    for _ in range(5):
        begun = time.perf_counter()
        assert get(port, path)[0] == 200
        found.append(time.perf_counter() - begun)
    return statistics.median(found)


def until(true: Any, seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.02)


class Stubborn(Small):
    """An application whose listener, and if told so its readiness, hang until they are let go."""

    def __init__(self, readiness_hangs: bool = False) -> None:
        super().__init__()
        self.begun: list[str] = []
        self.let_go = threading.Event()
        self._readiness_hangs = readiness_hangs

    def hear(self, ack: Any, command: dict[str, Any]) -> None:
        self.begun.append(command["text"])
        self.let_go.wait(20)
        super().hear(ack, command)

    def ready(self) -> tuple[bool, str]:
        if self._readiness_hangs:
            self.begun.append("ready?")
            self.let_go.wait(20)
        return super().ready()


# Slow ones


def test_half_sent_requests_and_unread_answers_hold_up_neither_health_nor_deliveries() -> None:
    small = Small()
    with served(small) as server:
        slow = [HALF_HEADERS] * 100 + [HALF_BODY] * 100
        with connected(server.port, *slow), one_that_never_reads(server.port):
            assert seconds_to_answer(server.port, "/livez") < AT_ONCE
            assert seconds_to_answer(server.port, "/readyz") < AT_ONCE
            with connected(server.port, *(command(f"n{number}") for number in range(10))) as clicks:
                for click in clicks:
                    assert answer_of(click)[0] == 200
    assert sorted(small.heard) == sorted(f"n{number}" for number in range(10))


@pytest.mark.parametrize("sent", [b"", HALF_HEADERS, HALF_BODY], ids=["nothing", "headers", "body"])
def test_a_connection_that_does_not_send_the_rest_is_closed_after_a_while(sent: bytes) -> None:
    with served(Small(), patience=0.2) as server, connected(server.port, sent) as (half,):
        assert answers_of(half) == b""


def test_a_request_that_comes_in_drop_by_drop_is_not_waited_for_either() -> None:
    with served(Small(), patience=0.2) as server, connected(server.port, HALF_HEADERS) as (slow,):

        def is_closed() -> bool:
            try:
                slow.sendall(b"x")
            except (BrokenPipeError, ConnectionResetError):
                return True
            return False

        until(is_closed)


def test_whoever_never_reads_the_answers_is_hung_up_on() -> None:
    with served(Small(), patience=0.2) as server, one_that_never_reads(server.port) as deaf:

        def is_closed() -> bool:
            try:
                deaf.send(b"x")
            except TimeoutError:
                return False
            except (BrokenPipeError, ConnectionResetError):
                return True
            return False

        until(is_closed)


def test_a_connection_may_rest_between_two_requests_for_longer_than_a_request_may_take() -> None:
    with served(Small(), patience=0.1) as server:
        link = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
        for _ in range(2):
            link.request("GET", "/livez")
            assert link.getresponse().read() == b"alive\n"
            first = link.sock
            time.sleep(1.5)
        assert link.sock is first
        link.close()


def test_a_delivery_that_takes_longer_than_the_patience_is_answered() -> None:
    small = Small(seconds=1.5)
    with served(small, patience=0.1) as server, connected(server.port, command("slow")) as (click,):
        assert answer_of(click)[0] == 200


def test_where_places_are_scarce_whoever_keeps_us_waiting_gives_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MOST_CONNECTIONS", 50)
    with served(Small()) as server, connected(server.port, *[HALF_BODY] * 150):
        assert get(server.port, "/livez", seconds=15) == (200, "alive\n")


# Work


def test_health_is_answered_while_every_thread_is_at_work() -> None:
    stubborn = Stubborn()
    with (
        served(stubborn, threads=2) as server,
        connected(server.port, *(command(f"n{number}") for number in range(5))) as clicks,
    ):
        until(lambda: len(stubborn.begun) == 2)
        assert max(seconds_to_answer(server.port, path) for path in HEALTH) < AT_ONCE
        stubborn.let_go.set()
        for click in clicks:
            assert answer_of(click)[0] == 200


def is_given_up(link: socket.socket) -> bool:
    """Whether the server has closed a connection without a word."""
    readable, _, _ = select.select([link], [], [], 0)
    return bool(readable) and link.recv(1, socket.MSG_PEEK) == b""


def test_a_readiness_that_hangs_holds_up_neither_liveness_nor_deliveries() -> None:
    stubborn = Stubborn(readiness_hangs=True)
    with (
        served(stubborn) as server,
        connected(server.port, *[b"GET /readyz HTTP/1.1\r\n\r\n"] * 100) as checks,
    ):
        until(lambda: stubborn.begun == ["ready?"])
        assert seconds_to_answer(server.port, "/livez") < AT_ONCE
        # Of so many that wait for the same thing, those that asked first are given up.
        until(lambda: sum(map(is_given_up, checks)) >= 40)
        waiting = [check for check in checks if not is_given_up(check)]
        stubborn.let_go.set()
        assert answer_of(waiting[0])[0] == 200


def test_requests_on_one_connection_are_answered_in_their_order() -> None:
    small = Small(seconds=0.05)
    with (
        served(small) as server,
        connected(server.port, command("one") + GET_LIVE + command("two") + GET_LIVE) as (link,),
    ):
        link.shutdown(socket.SHUT_WR)
        found = answers_of(link)
    said = [found.index(text) for text in (b"heard one", b"alive", b"heard two")]
    assert said == sorted(said)
    assert found.count(b"HTTP/1.1 200 OK") == 4
    assert small.heard == ["one", "two"]


# Too much


def test_a_body_too_large_is_refused_before_it_is_sent() -> None:
    head = f"POST /slack/events HTTP/1.1\r\nContent-Length: {LARGEST_BODY + 1}\r\n\r\n".encode()
    with served(Small()) as server, connected(server.port, head) as (link,):
        assert answers_of(link).startswith(b"HTTP/1.1 413 ")


def test_the_largest_body_is_read_and_its_signature_looked_at() -> None:
    head = f"POST /slack/events HTTP/1.1\r\nContent-Length: {LARGEST_BODY}\r\n\r\n".encode()
    with served(Small()) as server, connected(server.port, head + b"x" * LARGEST_BODY) as (link,):
        assert answer_of(link)[0] == 401


def test_a_body_in_chunks_is_read_no_further_than_it_may_be_large() -> None:
    head = b"POST /slack/events HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    sent = 0
    with (
        served(Small()) as server,
        connected(server.port, head) as (link,),
        contextlib.suppress(BrokenPipeError, ConnectionResetError),
    ):
        while sent < 100 * LARGEST_BODY:
            link.sendall(chunk)
            sent += len(chunk)
    assert sent < 10 * LARGEST_BODY  # what lay between the two is lost


def test_headers_too_large_are_refused() -> None:
    with served(Small()) as server, connected(server.port, HALF_HEADERS + b"x" * 65_536) as (link,):
        with contextlib.suppress(ConnectionResetError):
            assert answer_of(link)[0] == 431
        assert get(server.port, "/livez") == (200, "alive\n")


@pytest.mark.parametrize(
    "sent",
    [b"nonsense\r\n\r\n", b"GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", b"\x16\x03\x01\x02\x00\r\n\r\n"],
    ids=["nonsense", "length", "TLS"],
)
def test_what_is_no_request_is_a_bad_one(sent: bytes) -> None:
    with served(Small()) as server, connected(server.port, sent) as (link,):
        found = answers_of(link)
    assert found.split(b" ")[1] == b"400"
    assert b"Traceback" not in found
    assert b"Server:" not in found


# What goes wrong


class Failing(Small):
    """An application whose listener fails in the way it is told to."""

    def hear(self, ack: Any, command: dict[str, Any]) -> None:
        raise {"bug": ValueError, "file": OSError, "end": SystemExit}[command["text"]]("a secret reason")


@pytest.mark.parametrize("way", ["bug", "file"])
def test_a_listener_that_fails_is_a_500_without_its_reason_and_the_server_goes_on(way: str) -> None:
    with served(Failing(), threads=1) as server:
        with connected(server.port, command(way)) as (link,):
            status, text = answer_of(link)
            assert status == 500
            assert "Traceback" not in text
            assert "reason" not in text
        with connected(server.port, command(way)) as (link,):
            assert answer_of(link)[0] == 500
        assert get(server.port, "/nothing")[0] == 404


@pytest.mark.parametrize("fault", [ValueError, OSError])
def test_doors_that_fail_are_a_500_without_a_trace_and_the_log_has_it(
    fault: type[Exception], caplog: pytest.LogCaptureFixture
) -> None:
    small = Small()

    def dispatch(_request: object) -> Any:
        raise fault("a secret reason")

    small.bolt.dispatch = dispatch  # type: ignore[method-assign]
    with served(small, threads=1) as server:
        for _ in range(2):
            with connected(server.port, command("one")) as (link,):
                answer = answers_of(link)
                assert answer.split(b" ")[1] == b"500"
                assert b"Traceback" not in answer
                assert b"reason" not in answer
        assert get(server.port, "/nothing")[0] == 404
    assert "a secret reason" in caplog.text


def test_a_listener_that_wants_to_end_the_process_ends_its_connection(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with served(Failing(), threads=1) as server:
        for _ in range(2):
            with connected(server.port, command("end")) as (link,):
                assert answers_of(link) == b""
        assert get(server.port, "/nothing")[0] == 404
    assert "SystemExit" in caplog.text


class Stumbling(Server):
    """A server whose loop trips twice over something unforeseen."""

    trips = 2

    def readable(self) -> bool:
        if self.trips:
            self.trips -= 1
            raise RuntimeError("unforeseen")
        return super().readable()


def test_the_loop_goes_on_after_something_unforeseen(caplog: pytest.LogCaptureFixture) -> None:
    stop = threading.Event()
    with listen("127.0.0.1", 0) as door:
        doors = Doors(Small(), SECRET)
        server = Stumbling(doors, door, threads=1, apart=HEALTH, largest_body=LARGEST_BODY)
        thread = threading.Thread(target=server.serve, args=(stop,))
        thread.start()
        try:
            assert get(door.getsockname()[1], "/livez") == (200, "alive\n")
        finally:
            stop.set()
            thread.join()
            server.close()
    assert caplog.text.count("RuntimeError: unforeseen") == 2


def test_only_many_waiting_requests_are_worth_a_line(caplog: pytest.LogCaptureFixture) -> None:
    stubborn = Stubborn()
    with (
        served(stubborn, threads=1) as server,
        connected(server.port, *(command(f"n{number}") for number in range(4))),
    ):
        until(lambda: len(stubborn.begun) == 1)
        time.sleep(1.2)
        assert "wait for a thread" not in caplog.text
        with connected(server.port, *(command(f"m{number}") for number in range(4))):
            until(lambda: "7 requests wait for a thread" in caplog.text)
        stubborn.let_go.set()


# The end


def test_the_end_waits_for_deliveries_and_not_for_whoever_is_slow() -> None:
    small = Small(seconds=0.5)
    with (
        served(small, drain_seconds=20) as server,
        connected(server.port, command("last"), HALF_BODY, b"", GET_LIVE) as (last, *_),
    ):
        until(lambda: get(server.port, "/livez")[0] == 200)
        begun = time.monotonic()
        assert server.end()
        assert time.monotonic() - begun < 10
        found = answers_of(last)
    assert found.startswith(b"HTTP/1.1 200 OK\r\n")
    assert small.outbox.told == ["start", "stop", "close"]


def test_at_the_end_an_open_connection_is_told_that_we_are_not_ready_and_that_it_is_the_last_answer() -> None:
    stubborn = Stubborn()
    with served(stubborn) as server, connected(server.port, command("last"), GET_LIVE) as (click, check):
        assert answer_of(check) == (200, "alive\n")
        until(lambda: stubborn.begun == ["last"])
        server.stop.set()
        until(lambda: refused(server))
        check.sendall(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        answer = answers_of(check)
        stubborn.let_go.set()
        assert answer_of(click)[0] == 200
    assert answer.startswith(b"HTTP/1.1 503 ")
    assert b"Connection: close\r\n" in answer
    assert answer.endswith(b"about to end\n")


def test_a_delivery_that_hangs_does_not_keep_the_end_for_ever() -> None:
    stubborn = Stubborn()
    with served(stubborn, drain_seconds=0.3) as server, connected(server.port, command("last")):
        until(lambda: stubborn.begun == ["last"])
        assert not server.end()
        assert stubborn.outbox.told == ["start", "stop", "close"]
        stubborn.let_go.set()


def refused(server: Served) -> bool:
    try:
        socket.create_connection(("127.0.0.1", server.port), timeout=5).close()
    except ConnectionRefusedError:
        return True
    return False
