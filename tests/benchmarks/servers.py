"""The servers that are compared, each in a process of its own: ours, bare Bolt twice, and a Slack that says ok.

python -m tests.benchmarks.servers slack PORT [SECONDS that views.open takes [SECONDS that every other call takes]]
python -m tests.benchmarks.servers bolt PORT SLACK_URL (default | before)
python -m tests.benchmarks.servers ours PORT SLACK_URL DATABASE_URL
"""

from __future__ import annotations

import json
import logging
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SECRET = "benchmark-signing-secret"
TOKEN = "xoxb-benchmark"
TEAM, CHANNEL, USER = "TBENCH", "CBENCH", "UBENCH"


class SaysOk(BaseHTTPRequestHandler):
    """Every method of the Web API succeeds, at once unless it is told to take its time."""

    protocol_version = "HTTP/1.1"
    hangs = 0.0
    takes = 0.0

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        time.sleep(self.hangs if self.path.endswith("views.open") else self.takes)
        ok = {
            "ok": True,
            "ts": "1.000001",
            "channel": CHANNEL,
            "team_id": TEAM,
            "user_id": "UBOT",
            "bot_id": "BBOT",
        }
        body = json.dumps(ok | {"messages": []}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        pass


def slack(port: int, hangs: str = "0", takes: str = "0") -> None:
    SaysOk.hangs, SaysOk.takes = float(hangs), float(takes)
    ThreadingHTTPServer.request_queue_size = 256
    ThreadingHTTPServer(("127.0.0.1", port), SaysOk).serve_forever()


def bare_bolt(port: int, slack_url: str, mode: str) -> None:
    """A Bolt app as its documentation starts one: acknowledge, then one chat.update."""
    from slack_bolt import App
    from slack_bolt.adapter.wsgi import SlackRequestHandler
    from slack_bolt.authorization import AuthorizeResult
    from slack_sdk import WebClient
    from waitress import serve

    app = App(
        client=WebClient(token=TOKEN, base_url=slack_url),
        authorize=lambda: AuthorizeResult(
            enterprise_id=None, team_id=TEAM, bot_token=TOKEN, bot_user_id="UBOT"
        ),
        signing_secret=SECRET,
        process_before_response=mode == "before",
    )

    @app.action({"action_id": "answer:data_may_leave:yes"})
    def clicked(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        client.chat_update(channel=CHANNEL, ts=body["container"]["message_ts"], text="answered")

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # else a line for every click that waits
    serve(SlackRequestHandler(app), host="127.0.0.1", port=port, threads=16, connection_limit=1000)


def ours(port: int, slack_url: str, database_url: str) -> None:
    from bot.app import build_app
    from bot.serving.http import run_http
    from bot.settings import Settings

    settings = Settings(
        slack_bot_token=TOKEN,
        slack_signing_secret=SECRET,
        slack_api_url=slack_url,
        database_url=database_url,
        log_level="ERROR",
    )
    run_http(lambda: build_app(settings), settings, "127.0.0.1", port)


if __name__ == "__main__":
    which, number, *more = sys.argv[1:]
    {"slack": slack, "bolt": bare_bolt, "ours": ours}[which](int(number), *more)
