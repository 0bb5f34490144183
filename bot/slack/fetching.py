"""Fetching a file from Slack: with the app's token, which is shown to Slack and to nobody else."""

from __future__ import annotations

import ssl
import time
import urllib.error
import urllib.request
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import IO, Literal
from urllib.parse import urlsplit

SECONDS = 15.0
"""How long fetching one file may take in all."""
PIECE = 256 * 1024

Why = Literal["no_scope", "gone", "too_large", "elsewhere", "unreachable", "login_page"]


class NotFetched(Exception):
    """The file could not be had. ``because`` is the reason; ``unreachable`` may pass."""

    def __init__(self, because: Why) -> None:
        self.because: Why = because
        super().__init__(because)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Slack redirects to its login page where a token does not suffice; nothing else is followed either."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        raise NotFetched("no_scope")


def is_web_page(content: bytes) -> bool:
    """Whether it is one. Slack shows its login page, with status 200, where a token does not suffice for a file."""
    return content[:200].lstrip()[:15].lower().startswith((b"<!doctype html", b"<html"))


def is_of_slack(address: str, api_url: str) -> bool:
    """Whether an address is on the host of Slack's API, or below it: files.slack.com beside slack.com."""
    try:
        there, api = urlsplit(address), urlsplit(api_url)
        same_way = there.scheme == api.scheme and there.port == api.port and not there.username
    except ValueError:
        return False
    host, known = there.hostname or "", api.hostname or ""
    is_name = any(c.isalpha() for c in known) and ":" not in known
    return same_way and bool(known) and (host == known or (is_name and host.endswith(f".{known}")))


def download(
    address: str, *, token: str, api_url: str, most: int, context: ssl.SSLContext | None, proxy: str | None
) -> bytes:
    """The bytes at ``address``, at most ``most``. Raises :class:`NotFetched`."""
    if not is_of_slack(address, api_url):
        raise NotFetched("elsewhere")
    # An empty mapping: proxies are told by whoever calls, not by the environment.
    proxies = {"http": proxy, "https": proxy} if proxy else {}
    handlers: list[urllib.request.BaseHandler] = [urllib.request.ProxyHandler(proxies), _NoRedirect()]
    if context is not None:
        handlers.append(urllib.request.HTTPSHandler(context=context))
    opener = urllib.request.build_opener(*handlers)
    request = urllib.request.Request(address, headers={"Authorization": f"Bearer {token}"})  # noqa: S310 - see above
    try:
        with opener.open(request, timeout=SECONDS) as answer:
            return _all_of(answer, most)
    except urllib.error.HTTPError as refused:
        raise NotFetched(_why(refused.code)) from None
    except (OSError, HTTPException):
        raise NotFetched("unreachable") from None


def _all_of(answer: HTTPResponse, most: int) -> bytes:
    until = time.monotonic() + SECONDS
    read = bytearray()
    while piece := answer.read1(PIECE):
        read += piece
        if len(read) > most:
            raise NotFetched("too_large")
        if time.monotonic() > until:
            raise NotFetched("unreachable")
    return bytes(read)


def _why(status: int) -> Why:
    if status in (401, 403):
        return "no_scope"
    return "gone" if status in (404, 410) else "unreachable"
