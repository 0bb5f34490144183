"""The app over HTTP beside a sandbox of several workspaces, into which it is installed as people do it."""

from __future__ import annotations

import http.client
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from bot.app import Application, build_app
from bot.decision_log.keys import new_key
from bot.sandbox.tokens import CLIENT_ID, CLIENT_SECRET, SIGNING_SECRET
from bot.serving.connections import listen
from bot.serving.http import serve
from bot.settings import Settings
from tests.support.sandbox_client import SandboxClient
from tests.support.sandboxed import running_sandbox
from tests.support.tables import with_tables


@dataclass
class Shown:
    """A page that a browser shows."""

    status: int
    text: str
    address: str

    @property
    def heading(self) -> str:
        found = re.search(r"<h1>(.*?)</h1>", self.text)
        assert found is not None, self.text
        return unescape(found[1])

    @property
    def link(self) -> str:
        found = re.search(r'<a href="([^"]+)"', self.text)
        assert found is not None, self.text
        return unescape(found[1])


@dataclass
class Browser:
    """Keeps the cookies of one server, and follows what leads on."""

    cookies: dict[str, str] = field(default_factory=dict)

    def open(self, address: str, form: dict[str, str] | None = None, *, follows: bool = True) -> Shown:
        at = urlsplit(address)
        connection = http.client.HTTPConnection(at.netloc, timeout=20)
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": kept} if kept else {}
        body = None
        if form is not None:
            body, headers["Content-Type"] = urlencode(form), "application/x-www-form-urlencoded"
        connection.request("GET" if form is None else "POST", f"{at.path}?{at.query}", body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        onwards = answer.headers.get("Location")
        connection.close()
        if follows and onwards and answer.status in (302, 303):
            return self.open(onwards)
        return Shown(answer.status, text, onwards or address)


@dataclass
class Hall:
    """An app, and the Slack of several workspaces around it."""

    application: Application
    address: str
    sandbox: SandboxClient

    def workspace(self, number: int) -> SandboxClient:
        """The second workspace, or another one."""
        return self.sandbox if number == 1 else SandboxClient(f"{self.sandbox.address}/of/{number}")

    def asked(self, browser: Browser) -> str:
        """Where Slack asks whether to install the app, as its own page leads there."""
        return browser.open(f"{self.address}/slack/install").link

    def agreed(self, browser: Browser, place: str) -> str:
        """The address to which Slack sends a browser back in which somebody has agreed."""
        return browser.open(self.asked(browser), {"place": place}, follows=False).address

    def install(self, place: str, browser: Browser | None = None) -> Shown:
        """Install the app in a workspace or an organisation, in a browser."""
        browser = browser or Browser()
        return browser.open(self.agreed(browser, place))

    def living(self) -> list[str]:
        """Where the app is installed."""
        with self.application.record.reading() as tx:
            found = tx._connection.exec_driver_sql(
                "SELECT workspace_id FROM installations WHERE sealed IS NOT NULL ORDER BY 1"
            )
            return list(found.scalars())


def now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def hall(
    database_url: str,
    *,
    flags: Sequence[str] = ("--workspaces", "3"),
    keys: Sequence[str] = (),
    clock: Callable[[], datetime] = now,
) -> Iterator[Hall]:
    """The app at work on a database, with a sandbox of three workspaces."""
    with listen("127.0.0.1", 0) as door:
        address = f"http://127.0.0.1:{door.getsockname()[1]}"
        with running_sandbox(request_url=f"{address}/slack/events", flags=flags) as sandbox:
            settings = settings_for(sandbox, address, database_url, keys or (new_key(),))
            application = build_app(settings, clock=clock)
            application.outbox.pace.between = 0
            stop = threading.Event()
            serving = threading.Thread(target=serve, args=(application, settings, door, stop))
            serving.start()
            try:
                yield Hall(application, address, sandbox)
            finally:
                stop.set()
                serving.join()


def settings_for(
    sandbox: SandboxClient, address: str, database_url: str, keys: Sequence[str], **more: Any
) -> Settings:
    """What an app that is installed by OAuth is set to."""
    return Settings(
        slack_client_id=CLIENT_ID,
        slack_client_secret=CLIENT_SECRET,
        slack_signing_secret=SIGNING_SECRET,
        slack_api_url=sandbox.api_url,
        token_keys=tuple(keys),
        public_url=address,
        database_url=with_tables(database_url),
        **more,
    )


def state_in(address: str) -> str:
    """The state that an address carries."""
    return parse_qs(urlsplit(address).query)["state"][0]
