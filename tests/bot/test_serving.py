"""The two ways in, each with a real server, real sockets, and a small Bolt app behind them."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import io
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.server import ServerConnection, serve

from bot.serving import socket_mode
from bot.serving.connections import listen
from bot.serving.http import Doors
from bot.settings import CannotStart, Settings
from tests.support.small import SECRET, Small

ROOT = Path(__file__).parents[2]


# HTTP


def signed(body: bytes, *, secret: str = SECRET, age: float = 0.0) -> dict[str, str]:
    stamp = str(int(time.time() - age))
    digest = hmac.new(secret.encode(), b"v0:%s:%s" % (stamp.encode(), body), hashlib.sha256).hexdigest()
    return {"HTTP_X_SLACK_REQUEST_TIMESTAMP": stamp, "HTTP_X_SLACK_SIGNATURE": f"v0={digest}"}


def ask(doors: Doors, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, str]:
    statuses: list[str] = []
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "wsgi.input": io.BytesIO(body),
        **headers,
    }
    answer = b"".join(doors(environ, lambda status, headers: statuses.append(status)))
    return int(statuses[0].split()[0]), answer.decode()


COMMAND = b"command=%2Ftune-or-prompt&text=classify&team_id=T1&user_id=U1&channel_id=C1&trigger_id=1.2"
EVENT = (
    b'{"type": "event_callback", "team_id": "T1", '
    b'"event": {"type": "app_mention", "channel": "C1", "ts": "1.000001"}}'
)


def test_a_signed_delivery_reaches_the_listener() -> None:
    small = Small()
    status, answer = ask(Doors(small, SECRET), "POST", "/slack/events", COMMAND, **signed(COMMAND))
    assert (status, answer, small.heard) == (200, "heard classify", ["classify"])


@pytest.mark.parametrize("body", [COMMAND, EVENT], ids=["command", "event"])
@pytest.mark.parametrize(
    "change",
    [
        lambda body: (body, signed(body, secret="another-secret")),
        lambda body: (body[:-1] + bytes([body[-1] ^ 1]), signed(body)),
        lambda body: (body[:-1] + bytes([body[-1] ^ 128]), signed(body)),
        lambda body: (body, signed(body, age=301)),
        lambda body: (body, signed(body, age=-302)),
        lambda body: (body, {}),
        lambda body: (body, signed(body) | {"HTTP_X_SLACK_REQUEST_TIMESTAMP": "soon"}),
        lambda body: (body, signed(body) | {"HTTP_X_SLACK_REQUEST_TIMESTAMP": "9" * 5000}),
        lambda body: (body, signed(body) | {"HTTP_X_SLACK_REQUEST_TIMESTAMP": "²"}),
        lambda body: (body, signed(body) | {"HTTP_X_SLACK_SIGNATURE": "v0=é"}),
        lambda body: (body, signed(body) | {"HTTP_X_SLACK_SIGNATURE": ""}),
        lambda body: (b"", signed(body)),
    ],
    ids=[
        "secret",
        "body",
        "not UTF-8",
        "old",
        "ahead",
        "none",
        "word",
        "huge",
        "digit",
        "accent",
        "empty",
        "no body",
    ],
)
def test_what_slack_did_not_sign_is_refused_and_heard_by_nobody(
    body: bytes, change: Callable[[bytes], tuple[bytes, dict[str, str]]]
) -> None:
    small = Small()
    sent, headers = change(body)
    assert ask(Doors(small, SECRET), "POST", "/slack/events", sent, **headers)[0] == 401
    assert small.heard == []


def test_a_signed_body_that_is_no_delivery_is_a_bad_request() -> None:
    body = b'{"type": '
    assert ask(Doors(Small(), SECRET), "POST", "/slack/events", body, **signed(body))[0] == 400


def test_a_body_beyond_all_measure_is_refused_before_it_is_read_whole() -> None:
    body = b"x" * 2_000_001
    assert ask(Doors(Small(), SECRET), "POST", "/slack/events", body, **signed(body))[0] == 413


def test_slack_can_verify_the_address() -> None:
    body = b'{"type": "url_verification", "challenge": "c123", "token": "t"}'
    status, answer = ask(
        Doors(Small(), SECRET), "POST", "/slack/events", body, **signed(body), CONTENT_TYPE="application/json"
    )
    assert (status, json.loads(answer)) == (200, {"challenge": "c123"})


def test_health_says_whether_the_process_lives_and_whether_it_is_ready() -> None:
    small = Small()
    doors = Doors(small, SECRET)
    assert ask(doors, "GET", "/livez") == (200, "alive\n")
    assert ask(doors, "GET", "/readyz") == (200, "ready\n")
    small.reason = "the database cannot be reached"
    assert ask(doors, "GET", "/readyz") == (503, "the database cannot be reached\n")
    assert ask(doors, "GET", "/livez") == (200, "alive\n")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/slack/events"),
        ("POST", "/livez"),
        ("POST", "/slack/events/"),
        ("PUT", "/slack/events"),
    ],
)
def test_anything_else_is_not_found(method: str, path: str) -> None:
    assert ask(Doors(Small(), SECRET), method, path)[0] == 404


SERVER = """
from bot.serving.http import run_http
from bot.settings import Settings
from tests.support.small import SECRET, Small

def build():
    small = Small(seconds=1.0)
    small.close = lambda: print(*small.heard, *small.outbox.told, "closed", flush=True)
    return small

settings = Settings(slack_bot_token="xoxb-1", slack_signing_secret=SECRET)
run_http(build, settings, "127.0.0.1", 0)
"""


def post(port: int, body: bytes, headers: dict[str, str]) -> int:
    names = {name.removeprefix("HTTP_").replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(f"http://127.0.0.1:{port}/slack/events", body, names)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def until(true: Callable[[], bool], seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.02)


@contextlib.contextmanager
def server_process() -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A process of :data:`SERVER`, and its port once it listens."""
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        said = server.stdout.readline()
        assert said.startswith("Listening for Slack on http://127.0.0.1:"), said
        assert said.endswith("/slack/events\n")
        yield server, int(said.split(":")[2].split("/")[0])
    finally:
        server.kill()
        server.communicate()


@pytest.mark.parametrize("word", [signal.SIGTERM, signal.SIGINT])
def test_when_told_to_stop_the_http_server_finishes_what_is_under_way_and_ends_with_0(
    word: signal.Signals,
) -> None:
    with server_process() as (server, port):
        assert post(port, COMMAND, {}) == 401
        statuses: list[int] = []
        clicks = [
            threading.Thread(target=lambda: statuses.append(post(port, COMMAND, signed(COMMAND))))
            for _ in range(4)
        ]
        for click in clicks:
            click.start()
        time.sleep(0.4)
        server.send_signal(word)
        out, err = server.communicate(timeout=20)
        for click in clicks:
            click.join()
    assert statuses == [200] * 4
    assert server.returncode == 0, err
    assert out.splitlines()[-1] == "classify classify classify classify start stop closed"


def test_a_second_word_ends_the_http_server_at_once() -> None:
    with server_process() as (server, port):

        def click_in_vain() -> None:
            with contextlib.suppress(OSError):
                post(port, COMMAND, signed(COMMAND))

        click = threading.Thread(target=click_in_vain)
        click.start()
        time.sleep(0.4)
        server.send_signal(signal.SIGTERM)
        time.sleep(0.2)
        server.send_signal(signal.SIGTERM)
        assert server.wait(20) == -signal.SIGTERM
        click.join()


def test_an_application_that_cannot_be_built_ends_the_http_server_with_its_sentence(tmp_path: Path) -> None:
    environment = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": SECRET}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "run", "--http", "--port", "0"],
        check=False,
        cwd=tmp_path,
        env=os.environ
        | environment
        | {"DATABASE_URL": "sqlite:////proc/nowhere/log.db", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=20,
    )
    assert (done.returncode, len(done.stderr.splitlines()), done.stdout) == (2, 1, "")
    assert done.stderr.startswith("DATABASE_URL cannot be used: ")


def test_unless_a_host_is_named_the_command_listens_on_this_machine_alone(tmp_path: Path) -> None:
    environment = {
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": "http://127.0.0.1:9/",
        "PYTHONPATH": str(ROOT),
    }
    server = subprocess.Popen(
        [sys.executable, "-m", "bot", "run", "--http", "--port", "0"],
        cwd=tmp_path,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        assert server.stdout.readline().startswith("Listening for Slack on http://127.0.0.1:")
    finally:
        server.kill()
        server.communicate()


def test_a_taken_port_stops_the_start_with_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CannotStart, match=f"Cannot listen on 127.0.0.1 port {port}"):
            listen("127.0.0.1", port, seconds=0.2)


def test_a_host_of_another_machine_stops_the_start_with_a_sentence() -> None:
    with pytest.raises(CannotStart, match=r"Cannot listen on 192\.0\.2\.1 port 3000"):
        listen("192.0.2.1", 3000)


# Socket Mode


class FakeSlack:
    """The part of Slack that opens websockets: it keeps every acknowledgement, by envelope."""

    def __init__(self) -> None:
        self.links: list[ServerConnection] = []
        self.acks: dict[str, dict[str, Any]] = {}
        self.error: str | None = None
        self._sockets = serve(self._converse, "127.0.0.1", 0)
        self._api = HTTPServer(("127.0.0.1", 0), self._web_api())
        self.api_url = f"http://127.0.0.1:{self._api.server_port}/api/"
        for server in (self._sockets, self._api):
            threading.Thread(target=server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._sockets.shutdown()
        self._api.shutdown()
        self._api.server_close()

    def send(self, link: int, envelope: str) -> None:
        payload = {
            "command": "/tune-or-prompt",
            "text": envelope,
            "team_id": "T1",
            "user_id": "U1",
            "channel_id": "C1",
            "trigger_id": "1.2",
        }
        body = {"type": "slash_commands", "envelope_id": envelope, "payload": payload}
        self.links[link].send(json.dumps(body))

    def _converse(self, link: ServerConnection) -> None:
        link.send(json.dumps({"type": "hello", "num_connections": 1}))
        self.links.append(link)
        with contextlib.suppress(Exception):
            for text in link:
                ack = json.loads(text)
                self.acks[ack["envelope_id"]] = ack

    def _web_api(self) -> type[BaseHTTPRequestHandler]:
        slack = self

        class WebApi(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                url = f"ws://127.0.0.1:{slack._sockets.socket.getsockname()[1]}/link"
                answer = {"ok": False, "error": slack.error} if slack.error else {"ok": True, "url": url}
                body = json.dumps(answer).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                pass

        return WebApi


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    fake = FakeSlack()
    yield fake
    fake.close()


def settings_for(slack: FakeSlack) -> Settings:
    return Settings(slack_bot_token="xoxb-1", slack_app_token="xapp-1", slack_api_url=slack.api_url)


@contextlib.contextmanager
def serving(small: Small, settings: Settings) -> Iterator[Callable[[], bool]]:
    """Serve in a thread; call what is given to stop, and get whether all was finished."""
    stop, announced = threading.Event(), threading.Event()
    finished: list[bool] = []
    thread = threading.Thread(
        target=lambda: finished.append(
            socket_mode.serve(small, settings, stop, announced.set, drain_seconds=5)
        )
    )
    thread.start()

    def ended() -> bool:
        stop.set()
        thread.join(10)
        return finished == [True]

    try:
        assert announced.wait(5)
        yield ended
    finally:
        ended()


def test_each_of_two_connections_delivers_and_acknowledges(slack: FakeSlack) -> None:
    small = Small(slack.api_url)
    with serving(small, settings_for(slack)) as stop:
        until(lambda: len(slack.links) == 2)
        slack.send(0, "one")
        slack.send(1, "two")
        until(lambda: len(slack.acks) == 2)
        assert slack.acks["one"]["payload"] == {"text": "heard one"}
        assert stop()
    assert small.outbox.told == ["start", "stop", "close"]


@pytest.mark.parametrize("payload", [[], None, 1, True])
def test_a_delivery_that_is_no_object_is_acknowledged_and_named_in_one_line(
    slack: FakeSlack, payload: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(Small(slack.api_url), settings_for(slack)):
        until(lambda: len(slack.links) == 2)
        odd = {"type": "events_api", "envelope_id": "odd", "payload": payload}
        slack.links[0].send(json.dumps(odd))
        until(lambda: "odd" in slack.acks)
    assert caplog.text.count("not an object") == 1
    assert not any(record.exc_info for record in caplog.records)


def test_a_delivery_that_is_nested_without_end_is_left_alone_and_the_next_is_heard(
    slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(Small(slack.api_url), settings_for(slack)):
        until(lambda: len(slack.links) == 2)
        slack.links[0].send('{"type":"events_api","envelope_id":"deep","payload":' + "[" * 100_000)
        slack.send(0, "next")
        until(lambda: "next" in slack.acks)
    assert not any(record.exc_info for record in caplog.records)
    assert "nested too deep" in caplog.text


def test_a_stop_finishes_and_acknowledges_what_was_taken_and_takes_no_more(slack: FakeSlack) -> None:
    small = Small(slack.api_url, seconds=2.0)
    with serving(small, settings_for(slack)) as stop:
        until(lambda: len(slack.links) == 2)
        for number in range(25):  # more than there are workers
            slack.send(number % 2, f"n{number}")
        time.sleep(1.8)  # so that all of them have been read
        late = threading.Timer(0.3, lambda: slack.send(0, "late"))
        late.start()
        assert stop()
        late.join()
    with contextlib.suppress(
        AssertionError
    ):  # sent is not yet read: Slack's end reads in a thread of its own
        until(lambda: len(slack.acks) >= 25)
    assert set(slack.acks) == {f"n{number}" for number in range(25)}
    assert "late" not in small.heard


def test_a_connection_that_slack_closes_is_opened_anew(slack: FakeSlack) -> None:
    small = Small(slack.api_url)
    with serving(small, settings_for(slack)):
        until(lambda: len(slack.links) == 2)
        slack.links[0].send(json.dumps({"type": "disconnect", "reason": "refresh_requested"}))
        until(lambda: len(slack.links) == 3)
        slack.send(2, "again")
        until(lambda: "again" in slack.acks)


def test_a_refused_token_stops_the_start_with_a_sentence_that_names_it(slack: FakeSlack) -> None:
    slack.error = "invalid_auth"
    with pytest.raises(CannotStart, match=r"^Slack does not accept SLACK_APP_TOKEN \(invalid_auth\)"):
        socket_mode.serve(Small(slack.api_url), settings_for(slack), threading.Event())


def test_while_slack_cannot_be_reached_it_is_tried_again(slack: FakeSlack) -> None:
    slack.error = "internal_error"
    threading.Timer(0.3, lambda: setattr(slack, "error", None)).start()
    with serving(Small(slack.api_url), settings_for(slack)):
        until(lambda: len(slack.links) == 2)


PROGRAM = """
import sys
sys.path.insert(0, "tests/bot")
from bot.serving.socket_mode import run_socket_mode
from bot.settings import Settings
from test_serving import Small

small = Small(sys.argv[1], seconds=1.0)
settings = Settings(slack_bot_token="xoxb-1", slack_app_token="xapp-1", slack_api_url=sys.argv[1])
run_socket_mode(small, settings, lambda: print("connected", flush=True))
print(*small.heard, *small.outbox.told, flush=True)
"""


def test_on_sigterm_socket_mode_finishes_what_is_under_way_and_ends_with_0(slack: FakeSlack) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, slack.api_url],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert program.stdout is not None
        assert program.stdout.readline() == "connected\n"
        slack.send(0, "under way")
        time.sleep(0.3)
        program.send_signal(signal.SIGTERM)
        out, err = program.communicate(timeout=15)
    finally:
        program.kill()
    assert (program.returncode, out) == (0, "under way start stop close\n"), err
    assert "under way" in slack.acks
