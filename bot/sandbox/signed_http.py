"""The other way to the app: HTTP requests as Slack sends them to a request URL, signed with the signing secret."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
import uuid
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from bot.sandbox import tokens
from bot.sandbox.workspace import Delivery, Json, Workspace

if TYPE_CHECKING:
    import httpx


class SignedHttp:
    """Delivers to one request URL. See `socket_mode.Transport`."""

    connected = True

    def __init__(self, workspace: Workspace, request_url: str) -> None:
        import httpx

        self.workspace = workspace
        self.request_url = request_url
        self._client: httpx.AsyncClient = httpx.AsyncClient(trust_env=False)
        workspace.app_is_connected = True

    async def deliver(
        self, type: str, payload: Json, *, retry_attempt: int = 0, retry_reason: str = ""
    ) -> Delivery:
        delivery = Delivery(
            str(uuid.uuid4()), type, payload, self.workspace.clock(), retry_attempt, retry_reason
        )
        self.workspace.deliveries.append(delivery)
        self.workspace.noted()
        body, content_type = encoded(type, payload)
        headers = signed(body) | {"Content-Type": content_type}
        if retry_attempt:
            headers |= {"X-Slack-Retry-Num": str(retry_attempt), "X-Slack-Retry-Reason": retry_reason}
        await self._post(delivery, body, headers)
        self.workspace.noted()
        return delivery

    async def _post(self, delivery: Delivery, body: str, headers: dict[str, str]) -> None:
        import httpx

        start = time.monotonic()
        try:
            answer = await self._client.post(
                self.request_url,
                content=body.encode(),
                headers=headers,
                timeout=self.workspace.settings.ack_within,
            )
        except httpx.TimeoutException:
            delivery.error = "timeout"
            return
        except httpx.HTTPError:
            delivery.error = "not_connected"
            return
        delivery.ack_ms = (time.monotonic() - start) * 1000
        delivery.acked = answer.is_success
        if not answer.is_success:
            delivery.error = f"http_status_{answer.status_code}"
        delivery.ack = _answered(answer)


def encoded(type: str, payload: Json) -> tuple[str, str]:
    """The body of the request and its content type."""
    if type == "events_api":
        return json.dumps(payload, ensure_ascii=False), "application/json"
    fields = payload if type == "slash_commands" else {"payload": json.dumps(payload, ensure_ascii=False)}
    return urlencode(fields), "application/x-www-form-urlencoded"


def signed(body: str, secret: str = tokens.SIGNING_SECRET, timestamp: int | None = None) -> dict[str, str]:
    """Slack's headers for this body. The real time: the app compares it with its own clock."""
    at = str(int(time.time()) if timestamp is None else timestamp)
    digest = hmac.new(secret.encode(), f"v0:{at}:{body}".encode(), hashlib.sha256).hexdigest()
    return {
        "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "X-Slack-Request-Timestamp": at,
        "X-Slack-Signature": f"v0={digest}",
    }


def _answered(answer: httpx.Response) -> Json:
    """What the app said with its 200: JSON, or bare text, which a command shows as it is."""
    if not answer.text:
        return {}
    if answer.headers.get("content-type", "").startswith("application/json"):
        found = answer.json()
        return found if isinstance(found, dict) else {}
    return {"text": answer.text}
