"""Who may talk to the sandbox: what runs on this machine, and the sandbox's own page.

Any web page that somebody opens can send requests to 127.0.0.1. A browser says in `Origin` which page asks, and in
`Host` which name it believes to talk to, and in `Sec-Fetch-Site` whether another page asks; the app and scripts send
neither `Origin` nor that. No page may show the sandbox in a frame.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

LED_TO = ("/", "/oauth/v2/authorize")
"""What other pages may lead to: a workspace, and where the app asks to be installed."""
LOCAL = {"127.0.0.1", "localhost", "::1"}


class Guard:
    """Turns away requests of other pages and, when `local`, those under a name that is not this machine's."""

    def __init__(self, app: ASGIApp, *, local: bool) -> None:
        self.app = app
        self.local = local

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            send = _unframed(send)
        if scope["type"] in ("http", "websocket") and not self._welcome(Headers(scope=scope), scope["path"]):
            refusal = PlainTextResponse("Another page may not use the sandbox.", 403)
            close = WebSocketClose(1008)
            await (refusal if scope["type"] == "http" else close)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _welcome(self, headers: Headers, path: str) -> bool:
        host, origin = headers.get("host", ""), headers.get("origin")
        try:
            if self.local and host and urlsplit(f"//{host}").hostname not in LOCAL:
                return False
            if origin is not None and urlsplit(origin).netloc != host:
                return False
        except ValueError:  # a name that is none: "["
            return False
        # An image of another page sends no Origin. Somebody who follows a link to the page is welcome.
        follows_a_link = (path in LED_TO or path.startswith("/of/")) and headers.get(
            "sec-fetch-mode"
        ) == "navigate"
        return headers.get("sec-fetch-site") not in ("cross-site", "same-site") or follows_a_link


def _unframed(send: Send) -> Send:
    """What is sent, with word to browsers that no page may hold it in a frame."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).append("content-security-policy", "frame-ancestors 'none'")
        await send(message)

    return sending
