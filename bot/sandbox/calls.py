"""Reading a call of the Web API: its arguments, wherever they stand, and what they mean."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request

from bot.sandbox.refusal import Refusal
from bot.sandbox.workspace import Json

JSON_ARGUMENTS = ("blocks", "attachments", "metadata", "view", "files", "channels")
"""Arguments that are JSON, also when they arrive as text."""


DEEPEST = 60
"""Levels of JSON; blocks have about a dozen."""


def json_of(text: str | bytes) -> Any:
    """What JSON says. Raises :class:`ValueError` for what is none, or is nested deeper than any message."""
    try:
        whole = json.loads(text)
    except RecursionError:
        raise ValueError("nested too deep") from None
    level = [whole]
    for _ in range(DEEPEST):
        level = [
            inner
            for one in level
            for inner in (one.values() if isinstance(one, dict) else one if isinstance(one, list) else ())
        ]
        if not level:
            return whole
    raise ValueError("nested too deep")


async def arguments(request: Request) -> Json:
    """The arguments, wherever they are: query, form or JSON."""
    args: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        try:
            body = json_of(await request.body() or b"{}")
        except ValueError:
            body = {}
        args |= body if isinstance(body, dict) else {}
    elif request.method == "POST":
        form = await request.form()
        args |= {key: value for key, value in form.items() if isinstance(value, str)}
    return with_json(args | _client_of(request))


def _client_of(request: Request) -> Json:
    """Who an app says that it is where it has no token yet."""
    header = request.headers.get("authorization", "")
    if not header.startswith("Basic "):
        return {}
    try:
        name, _, secret = base64.b64decode(header.removeprefix("Basic ")).decode().partition(":")
    except ValueError:
        return {}
    return {"client_id": name, "client_secret": secret}


def with_json(args: Json) -> Json:
    return {key: _parsed(value) if key in JSON_ARGUMENTS else value for key, value in args.items()}


def _parsed(value: Any) -> Any:
    if not isinstance(value, str) or not value.startswith(("{", "[")):
        return value
    try:
        return json_of(value)
    except ValueError:
        return value


def token_of(request: Request, args: Mapping[str, Any]) -> str:
    header = request.headers.get("authorization", "")
    return header.removeprefix("Bearer ").strip() or str(args.get("token") or "")


async def uploaded_bytes(request: Request) -> bytes:
    if not request.headers.get("content-type", "").startswith("multipart/"):
        return await request.body()
    for value in (await request.form()).values():
        if not isinstance(value, str):
            return await value.read()
    return b""


def is_true(value: Any) -> bool:
    return value in (True, 1, "1", "true", "True")


def whole_number(value: Any, refusal: str) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        raise Refusal(refusal) from None


def is_within(ts: str, args: Json) -> bool:
    """Whether a message lies between `oldest` and `latest`, which themselves count if `inclusive`."""
    oldest, latest = float(args.get("oldest") or 0), float(args.get("latest") or 0)
    at, inclusive = float(ts), is_true(args.get("inclusive"))
    after = not oldest or at > oldest or (inclusive and at == oldest)
    return after and (not latest or at < latest or (inclusive and at == latest))


def page(args: Json, found: list[Json], key: str, most: int) -> Json:
    """One page of a list; the cursor is where the next one begins."""
    limit = min(max(whole_number(args.get("limit") or most, "invalid_limit"), 1), 999)
    start = whole_number(str(args.get("cursor") or "at:0").removeprefix("at:"), "invalid_cursor")
    more = len(found) > start + limit
    cursor = f"at:{start + limit}" if more else ""
    answer = {key: found[start : start + limit], "response_metadata": {"next_cursor": cursor}}
    return answer | ({"has_more": more} if key == "messages" else {})
