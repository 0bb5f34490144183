"""The one place through which anything leaves for Slack, and where Slack's limits are checked.

What Slack may answer is turned into a handful of outcomes that the outbox can act on.
"""

from __future__ import annotations

import json
import logging
import ssl
import urllib.error
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.webhook import WebhookClient

from bot.fetching import NotFetched, download
from bot.views.blocks import without_table
from bot.views.limits import TooLong, check, check_view
from bot.views.message import Message

log = logging.getLogger(__name__)

POSTED_BY_US = "tune_or_prompt_message"
"""The type of the metadata by which our own messages are recognised after a crash."""

UNREACHABLE = frozenset(
    {"not_in_channel", "channel_not_found", "is_archived", "restricted_action", "no_permission"}
)
GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed", "thread_not_found"})
PASSING = frozenset(
    {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"}
)
"""Slack's words for a trouble of its own that passes."""
TRIGGER_GONE = frozenset(
    {"expired_trigger_id", "invalid_trigger_id", "exchanged_trigger_id", "trigger_expired"}
)
NO_SCOPE = frozenset({"missing_scope", "not_allowed_token_type", "no_permission"})
NO_HISTORY = frozenset({"missing_scope", "not_allowed_token_type", "unknown_method"})
MAY_BE_REFUSED = frozenset({"image", "data_visualization"})
"""Blocks that a workspace need not take; whoever sends them has something else to send."""
ALT_TEXT = 1_000
"""Characters of a file's description."""
SECONDS_A_CALL = 10
MESSAGES_A_PAGE = 200
PAGES = 10
"""How far back a message is looked for: 2,000 messages since its consultation began."""
CLOCKS_APART = timedelta(hours=1)
"""By how much our clock and Slack's may differ."""


class Unreachable(Exception):
    """The app cannot post in this channel. ``args[0]`` is Slack's word for why."""


class CannotUpload(Exception):
    """Slack takes no file from us: the scope is not granted, or the upload failed. ``args[0]`` is why."""


class BlocksRefused(Exception):
    """Slack refuses a picture or a chart: it knows no such blocks here, or has not processed the file yet."""


class TooLate(Exception):
    """A form has to be opened within three seconds of the click that asks for it; Slack took it for later."""


class Gone(Exception):
    """The message is not there any more, or may not be edited any more."""


@dataclass
class Wait(Exception):
    """Slack asks to wait this many seconds before the next call of this method, or could not be reached."""

    seconds: float
    because: str

    def __str__(self) -> str:
        return f"{self.because}: wait {self.seconds:g} s"


class SharedSSLContext(ssl.SSLContext):
    """One context for every call (on Python 3.11 a new one costs 60 ms); it survives being copied with its client."""

    def __deepcopy__(self, memo: Mapping[int, Any]) -> SharedSSLContext:
        return self


def ssl_context() -> SharedSSLContext:
    """A context that trusts the machine's certificate authorities."""
    context = SharedSSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_default_certs()
    return context


@dataclass(frozen=True)
class Slack:
    """Slack's Web API, as far as the app uses it."""

    client: WebClient

    def post(
        self, channel: str, message: Message, *, thread_ts: str | None = None, nonce: str | None = None
    ) -> str:
        """Post a message; returns its ``ts``. Raises :class:`Unreachable` or :class:`Wait`."""
        metadata = {"event_type": POSTED_BY_US, "event_payload": {"nonce": nonce}} if nonce else None
        sent = self._send(
            "chat.postMessage",
            message,
            {"channel": channel, "thread_ts": thread_ts, "metadata": metadata},
        )
        return str(sent["ts"])

    def upload(self, name: str, content: bytes, alt_text: str) -> str:
        """Upload a file for use in a message; returns its id. Raises :class:`CannotUpload` or :class:`Wait`."""
        try:
            with _outcomes():
                done = self.client.files_upload_v2(
                    filename=name, title=name, file=content, alt_txt=alt_text[:ALT_TEXT]
                )
        except (SlackApiError, SlackRequestError) as refused:
            answer = refused.response if isinstance(refused, SlackApiError) else {}
            raise CannotUpload(str(answer.get("error") or refused)) from None
        except (Gone, Unreachable) as refused:
            raise CannotUpload(*refused.args) from None
        return str(done["files"][0]["id"])

    def update(self, channel: str, ts: str, message: Message) -> None:
        """Edit a message in place. Raises :class:`Gone`, :class:`Unreachable` or :class:`Wait`."""
        self._send("chat.update", message, {"channel": channel, "ts": ts})

    def whisper(self, channel: str, user: str, message: Message, *, thread_ts: str | None = None) -> None:
        """Show a message to one person only. Raises :class:`Unreachable` or :class:`Wait`."""
        self._send("chat.postEphemeral", message, {"channel": channel, "user": user, "thread_ts": thread_ts})

    def respond(self, response_url: str, message: Message, *, replace_original: bool = False) -> bool:
        """Answer one person through a response_url, where the app need not be a member. False when it has expired."""
        webhook = WebhookClient(response_url, timeout=SECONDS_A_CALL, ssl=self.client.ssl)
        answer = webhook.send(
            text=message.text,
            blocks=_checked(message),
            response_type="ephemeral",
            replace_original=replace_original,
        )
        return answer.status_code == 200

    def open_view(self, trigger_id: str, view: Mapping[str, Any]) -> None:
        """Open a form. Raises :class:`TooLate` three seconds after the click."""
        check_view(view)
        try:
            self._call("views.open", {"trigger_id": trigger_id, "view": dict(view)})
        except SlackApiError as refused:
            if refused.response.get("error") in TRIGGER_GONE:
                raise TooLate from None
            raise

    def update_view(self, view_id: str, view: Mapping[str, Any]) -> None:
        """Show something else in a form that is open. One that was closed meanwhile is left alone."""
        check_view(view)
        try:
            self._call("views.update", {"view_id": view_id, "view": dict(view)})
        except SlackApiError as refused:
            if refused.response.get("error") not in ("not_found", "view_not_found"):
                raise

    def publish_home(self, user: str, view: Mapping[str, Any]) -> None:
        """Show a person's App Home. Raises :class:`Wait`."""
        check_view(view)
        self._call("views.publish", {"user_id": user, "view": dict(view)})

    def find(self, channel: str, thread_ts: str | None, nonce: str, since: datetime) -> str | None:
        """The ``ts`` of a message that we sent with this nonce, where a history scope lets us look; else ``None``.

        Looks at what was posted after ``since``, in the thread, or in the channel when there is none yet.
        Raises :class:`Gone`, :class:`Unreachable` or :class:`Wait`.
        """
        method = "conversations.replies" if thread_ts else "conversations.history"
        arguments: dict[str, Any] = {
            "channel": channel,
            "oldest": f"{(since - CLOCKS_APART).timestamp():.6f}",
            "limit": MESSAGES_A_PAGE,
            "include_all_metadata": True,
        }
        if thread_ts:
            arguments["ts"] = thread_ts
        for message in self._messages(method, arguments):
            metadata = message.get("metadata") or {}
            if metadata.get("event_type") == POSTED_BY_US and metadata["event_payload"].get("nonce") == nonce:
                return str(message["ts"])
        return None

    def fetch(self, file_id: str, most: int) -> bytes:
        """The bytes of a file that somebody shared. Raises :class:`bot.fetching.NotFetched` or :class:`Wait`."""
        try:
            file = self._called("files.info", params={"file": file_id})["file"]
        except SlackApiError as refused:
            error = refused.response.get("error")
            raise NotFetched("no_scope" if error in NO_SCOPE else "gone") from None
        if int(file.get("size") or 0) > most:
            raise NotFetched("too_large")
        return download(
            str(file.get("url_private_download") or file.get("url_private") or ""),
            token=self.client.token or "",
            api_url=self.client.base_url,
            most=most,
            context=self.client.ssl,
            proxy=self.client.proxy,
        )

    def _messages(self, method: str, arguments: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        """The messages of up to :data:`PAGES` pages; none where no history scope is granted."""
        cursor = ""
        for _ in range(PAGES):
            try:
                page = self._called(method, params=dict(arguments) | ({"cursor": cursor} if cursor else {}))
            except SlackApiError as refused:
                if refused.response.get("error") in NO_HISTORY:
                    return
                raise
            yield from page["messages"]
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return
        log.warning("%s: looked at %d messages and no further", method, PAGES * MESSAGES_A_PAGE)

    def _send(self, method: str, message: Message, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        body = {key: value for key, value in arguments.items() if value is not None}
        body |= {"text": message.text, "unfurl_links": False, "unfurl_media": False, "link_names": False}
        try:
            return self._call(method, body | {"blocks": _checked(message)})
        except SlackApiError as refused:
            if refused.response.get("error") != "invalid_blocks":
                raise
            if any(block["type"] in MAY_BE_REFUSED for block in message.blocks):
                raise BlocksRefused(str(refused.response.get("response_metadata"))) from None
            log.warning("%s: blocks refused, sending the table as text", method)
            return self._call(method, body | {"blocks": _checked(without_table(message))})

    def _call(self, method: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        return self._called(method, json=dict(body))

    def _called(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        """``json=`` for what writes, ``params=`` for what reads: Slack does not promise to read those as JSON."""
        with _outcomes():
            answer = self.client.api_call(method, **arguments)
        return answer.data if isinstance(answer.data, dict) else json.loads(answer.data)


@contextmanager
def _outcomes() -> Iterator[None]:
    """Turns what Slack may answer into the outcomes that the outbox knows; any other refusal passes through."""
    try:
        yield
    except SlackApiError as refused:
        error = str(refused.response.get("error", ""))
        if refused.response.status_code == 429 or error in ("ratelimited", "rate_limited"):
            raise Wait(float(refused.response.headers.get("Retry-After", 1)), "rate limit") from None
        if refused.response.status_code >= 500 or error in PASSING:
            raise Wait(2, f"Slack answered {error or refused.response.status_code}") from None
        if error in UNREACHABLE:
            raise Unreachable(error) from None
        if error in GONE:
            raise Gone(error) from None
        raise
    except (urllib.error.URLError, TimeoutError, ConnectionError) as lost:
        raise Wait(1, f"Slack cannot be reached ({type(lost).__name__})") from lost


def _checked(message: Message) -> list[dict[str, Any]]:
    """The blocks of a message, or its text as a single block when they would be refused: a message is never lost."""
    try:
        check(message.text, message.blocks)
    except TooLong as broken:
        log.error("a message is beyond a limit of Slack (%s); sending its text alone", broken)
        return [{"type": "section", "text": {"type": "plain_text", "text": message.text[:3000]}}]
    return [dict(block) for block in message.blocks]
