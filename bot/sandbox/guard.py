"""Who may talk to the sandbox: what runs on this machine, and the sandbox's own page.

Any web page that somebody opens can send requests to 127.0.0.1. A browser says in `Origin` which page asks, and in
`Host` which name it believes to talk to; the app and scripts send no `Origin`.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

LOCAL = {"127.0.0.1", "localhost", "::1"}


class Guard:
    """Turns away requests of other pages and, when `local`, those under a name that is not this machine's."""

    def __init__(self, app: ASGIApp, *, local: bool) -> None:
        self.app = app
        self.local = local

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket") and not self._welcome(Headers(scope=scope)):
            refusal = PlainTextResponse("Another page may not use the sandbox.", 403)
            close = WebSocketClose(1008)
            await (refusal if scope["type"] == "http" else close)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _welcome(self, headers: Headers) -> bool:
        host, origin = headers.get("host", ""), headers.get("origin")
        if self.local and host and urlsplit(f"//{host}").hostname not in LOCAL:
            return False
        return origin is None or urlsplit(origin).netloc == host
