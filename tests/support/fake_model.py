"""An OpenAI-compatible endpoint on this machine, which says what a test wants it to say, and how."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Behaviour:
    """How the next questions are answered.

    content: what the model says. status: of the answer. body: all of the answer in place of ``content``. delay: seconds
    before it. drip: seconds before each byte of it. fill: bytes of blanks before it. packed: it is compressed.
    """

    content: str = ""
    status: int = 200
    body: bytes | None = None
    delay: float = 0.0
    drip: float = 0.0
    fill: int = 0
    packed: bool = False
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class FakeModel:
    """What it was asked, and how it answers. ``heard``: the bodies; ``headers``, ``keys``: of each."""

    url: str = ""
    behaviour: Behaviour = field(default_factory=Behaviour)
    heard: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def says(self, content: str = "", **how: Any) -> None:
        """From now on it answers like this."""
        self.behaviour = Behaviour(content, **how)

    def points(self, intent: str, *spans: tuple[str, str]) -> None:
        """From now on it gives this intent and these (question, part of the reply)."""
        self.says(said(intent, *spans))

    def asked(self) -> list[dict[str, Any]]:
        """What it was told by the app: the question and the reply of each request."""
        return [json.loads(request["messages"][-1]["content"]) for request in self.heard]


def said(intent: str, *spans: tuple[str, str]) -> str:
    """The answer of a model that does as it is told."""
    return json.dumps({"intent": intent, "spans": [{"question": q, "text": t} for q, t in spans]})


def _completion(content: str) -> bytes:
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    whole = {"id": "c1", "object": "chat.completion", "created": 1, "model": "fake", "choices": [choice]}
    return json.dumps({**whole, "usage": usage}).encode()


@contextmanager
def running_model() -> Iterator[FakeModel]:
    """The endpoint, for as long as the block lasts."""
    model = FakeModel()

    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if self.path != "/v1/chat/completions":
                model.elsewhere.append(self.path)
                self.send_response(404)
                self.end_headers()
                return
            model.heard.append(json.loads(asked))
            model.keys.append(self.headers.get("Authorization", ""))
            model.headers.append({name.lower(): value for name, value in self.headers.items()})
            try:
                self._answer(model.behaviour)
            except OSError:
                self.close_connection = True

        def _answer(self, how: Behaviour) -> None:
            time.sleep(how.delay)
            body = b" " * how.fill + (how.body if how.body is not None else _completion(how.content))
            body = gzip.compress(body) if how.packed else body
            self.send_response(how.status)
            for name, value in how.headers.items():
                self.send_header(name, value)
            if how.packed:
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if not how.drip:
                self.wfile.write(body)
                return
            for byte in body:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(how.drip)

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    model.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()
