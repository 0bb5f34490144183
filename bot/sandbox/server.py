"""One process, one port: Slack's Web API, Socket Mode, the control API and the page."""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import socket
import sys
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from bot.sandbox import companies, persistence
from bot.sandbox.control import Control
from bot.sandbox.events import Events
from bot.sandbox.front import Front
from bot.sandbox.guard import LOCAL, Guard
from bot.sandbox.oauth import OAuth
from bot.sandbox.people import People
from bot.sandbox.signed_http import SignedHttp
from bot.sandbox.socket_mode import SocketMode, Transport
from bot.sandbox.web_api import WebApi
from bot.sandbox.workspace import Workspace

TICK = 0.1
"""Seconds between looks at what is due and what has to be written to the state file."""
GRACE = 2
"""Seconds that open requests are given when the sandbox stops."""


class PortTaken(OSError):
    """Something else listens on the port."""


class Server(uvicorn.Server):
    """A web server that lets somebody finish before it stops answering."""

    before_stop: Callable[[], None] = staticmethod(lambda: None)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await asyncio.to_thread(self.before_stop)
        await super().shutdown(sockets)


class Place:
    """One workspace of the sandbox, with all that it takes to live in it."""

    people: People
    events: Events
    api: WebApi
    control: Control

    def __init__(self, workspace: Workspace, state_file: Path | None) -> None:
        self.workspace = workspace
        number = workspace.number
        self.path = "/" if number == 1 else f"/of/{number}"
        if state_file is not None and number > 1:
            state_file = state_file.with_stem(f"{state_file.stem}-{number}")
        self.state_file = state_file
        self._written = workspace.revision

    def begin(self, address: str) -> str | None:
        """Be as the state file says; the sentence, if there is one, says that it cannot be read."""
        self.workspace.base_url = address
        said = persistence.read(self.workspace, self.state_file) if self.state_file else None
        self._written = self.workspace.revision
        return said

    def open(self, request_url: str | None, first: SocketMode | None, oauth: OAuth) -> SocketMode:
        """Open the ways to the app: those of the first workspace are for all of them."""
        socket_mode = SocketMode(self.workspace, first)
        transport: Transport = SignedHttp(self.workspace, request_url) if request_url else socket_mode
        self.events = Events(self.workspace, transport)
        self.api = WebApi(self.workspace, None if request_url else first or socket_mode, oauth)
        self.people = People(self.workspace, transport, self.events, self.api)
        self.control = Control(self.workspace, self.people, first or socket_mode)
        return first or socket_mode

    def write(self) -> None:
        """Write the state file, if there is one and anything is new."""
        if not self.state_file or self._written == self.workspace.revision:
            return
        self._written = self.workspace.revision
        try:
            persistence.write(self.workspace, self.state_file)
        except OSError as error:
            print(f"The sandbox cannot write {self.state_file}: {error.strerror}.", file=sys.stderr)


class Sandbox:
    """A workspace, the ways to the app, and the web server in front of them.

    The port is taken at once, so that `address` is right even when port 0 was asked for; `run` serves. With
    `request_url` events go there as signed HTTP requests, and Socket Mode is off. `shared` and `org`: see `companies`.
    Of several `workspaces` the second is at `/of/2`, and so on; the app is installed in the first from the start, and
    anywhere at `/oauth/v2/authorize`. Raises `PortTaken` if the port is not free.
    """

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        state_file: Path | None = None,
        page: bool = True,
        request_url: str | None = None,
        shared: bool = False,
        org: bool = False,
        workspaces: int = 1,
        rotates: bool = False,
    ) -> None:
        self._listening = _bound(host, port)
        self.address = f"http://{_reachable(host)}:{self._listening.getsockname()[1]}"
        self.state_file = state_file
        self.places = [Place(Workspace(number=number), state_file) for number in range(1, workspaces + 1)]
        self.workspace = self.places[0].workspace
        self.said = "\n".join(said for place in self.places if (said := place.begin(self.address)))
        if shared:
            companies.share(self.workspace)
        if org and workspaces == 1:
            companies.join_organisation(self.workspace)
        if workspaces > 1:
            companies.share_among([place.workspace for place in self.places])
        if org and workspaces > 1:
            companies.join_one_organisation([place.workspace for place in self.places])
        self.oauth = OAuth([place.workspace for place in self.places], rotates)
        first: SocketMode | None = None
        for place in self.places:
            first = place.open(request_url, first, self.oauth)
        self.people = self.places[0].people
        self._started: Callable[[], None] = lambda: None
        routes = _routes(self.places, self.oauth)
        self.app = self._with_page(routes) if page and _there_is_a_page() else self._bare(routes)
        config = uvicorn.Config(
            Guard(self.app, local=_is_local(host)),
            log_level="warning",
            access_log=False,
            lifespan="on",
            ws_per_message_deflate=False,
            timeout_graceful_shutdown=GRACE,
        )
        self._server = Server(config)
        self._thread: threading.Thread | None = None

    def run(
        self, announce: Callable[[str], None] | None = None, before_stop: Callable[[], None] = lambda: None
    ) -> None:
        """Serve until told to stop; `announce` is called with the address once it answers.

        `before_stop` is called once it is told to, and everything is still answered until it returns.
        """
        if self.said:
            print(self.said)
        self._server.before_stop = before_stop
        self._started = lambda: announce(self.address) if announce else None
        self._server.run(sockets=[self._listening])

    def start(self) -> Sandbox:
        """Serve in a thread beside the caller; returns when it answers."""
        ready = threading.Event()
        self._started = ready.set
        self._thread = threading.Thread(
            target=self._server.run, args=([self._listening],), name="sandbox", daemon=True
        )
        self._thread.start()
        if not ready.wait(30):
            raise RuntimeError("the sandbox did not start within 30 seconds")
        return self

    def stop(self) -> None:
        """Stop serving, and wait for it if it is in a thread of its own. The state file is written by then."""
        self._server.should_exit = True
        if self._thread is not None:
            self._thread.join(GRACE + 5)

    def _bare(self, routes: list[BaseRoute]) -> Starlette:
        about = Route("/", _about)
        return Starlette(routes=[*routes, about], lifespan=self._lifespan)

    def _with_page(self, routes: list[BaseRoute]) -> Starlette:
        from fastapi import FastAPI

        from bot.sandbox.page.serving import install

        app = FastAPI(routes=routes, lifespan=self._lifespan, openapi_url=None)
        install(app, {place.path: place.people for place in self.places})
        return app

    @contextlib.asynccontextmanager
    async def _lifespan(self, app: Starlette) -> AsyncIterator[None]:
        ticking = asyncio.create_task(self._tick())
        self._started()
        try:
            yield
        finally:
            ticking.cancel()
            for place in self.places:
                place.write()

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK)
            for place in self.places:
                place.people.post_due()
                place.events.send_due()
                place.write()


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise PortTaken(
            f"Port {port} on {host} cannot be used: {error.strerror}. Choose another one."
        ) from error
    listening.listen(128)
    return listening


def _reachable(host: str) -> str:
    """Where this machine itself reaches what listens on `host`."""
    if host in ("0.0.0.0", "::", ""):  # noqa: S104  only compared with
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _is_local(host: str) -> bool:
    return host in LOCAL or host.startswith("127.")


def _there_is_a_page() -> bool:
    spec = importlib.util.find_spec("bot.sandbox.page")
    return spec is not None and spec.origin is not None


def _routes(places: Sequence[Place], oauth: OAuth) -> list[BaseRoute]:
    front = Front([place.api for place in places])
    routes: list[BaseRoute] = [
        Route("/api/{method:str}", front.api, methods=["GET", "POST"]),
        Route("/response/{name:path}", front.respond, methods=["POST"]),
        Route("/upload/{file}", front.upload, methods=["POST"]),
        Route("/files/{file}/{name:path}", front.file, methods=["GET"]),
        Route("/oauth/v2/authorize", oauth.page, methods=["GET"]),
        Route("/oauth/v2/authorize", oauth.agree, methods=["POST"]),
    ]
    socket = places[0].control.socket
    routes.append(WebSocketRoute("/link/", socket.link))
    for place in places:
        at = place.path.rstrip("/")
        routes += [
            Route(f"{at}/sandbox/state", place.control.state, methods=["GET"]),
            Route(f"{at}/sandbox/health", place.control.health, methods=["GET"]),
            Route(f"{at}/sandbox/{{verb}}", place.control.post, methods=["POST"]),
        ]
    return routes


async def _about(request: Request) -> Response:
    return PlainTextResponse("This is the sandbox without its page. GET /sandbox/state shows what is in it.")
