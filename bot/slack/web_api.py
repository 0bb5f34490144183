"""The one place through which anything leaves for Slack, and where Slack's limits are checked.

What Slack may answer is turned into a handful of outcomes that the outbox can act on.
"""

from __future__ import annotations

import copy
import json
import logging
import math
import re
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPException
from threading import Semaphore
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.webhook import WebhookClient

from bot.slack import blocks
from bot.slack.blocks import Message
from bot.slack.checks import check_view, leaving, text_alone
from bot.slack.fetching import NotFetched, download, is_web_page
from bot.slack.refusals import AWAY, GONE, RATE_LIMIT, READ_ONLY, SlackRefuses, kind_of
from bot.slack.seal import carried_in, sealed
from bot.telemetry import traces
from bot.telemetry.measured import CALLED, WAITED
from bot.views.document import Document, Form, Home
from bot.views.usage import in_private

log = logging.getLogger(__name__)

NONSENSE = (OSError, HTTPException, UnicodeError, AttributeError)
"""What the library raises when Slack cannot be reached (an OSError, time-outs and resets too) or does not answer as
Slack does: half a page, one in another alphabet, a list where an object should be.
"""
POSTED_BY_US = "tune_or_prompt_message"
"""The type of the metadata by which our own messages are recognised after a crash."""

TRIGGER_GONE = frozenset(
    {"expired_trigger_id", "invalid_trigger_id", "exchanged_trigger_id", "trigger_expired"}
)
NO_SCOPE = frozenset({"missing_scope", "not_allowed_token_type", "no_permission"})
NO_HISTORY = frozenset({"missing_scope", "not_allowed_token_type", "unknown_method"})
HALF_DONE = frozenset({"fatal_error", "internal_error", "request_timeout"})
"""Words of Slack after which a message may stand there all the same: "some aspect of the operation" may have worked."""
NO_REPETITION = frozenset(
    {"duplicate_message_not_found", "duplicate_channel_not_found", "invalid_arguments", "invalid_arg_name"}
)
"""A message cannot be posted under the id of one that is gone; or Slack knows no such ids here."""
MAY_BE_REFUSED = frozenset({"image", "data_visualization"})
"""Blocks that a workspace need not take; whoever sends them has something else to send."""
ALT_TEXT = 1_000
"""Characters of a file's description."""
_WORD = re.compile(r"[a-z0-9_]{1,80}")
SECONDS_A_CALL = 10
AT_ONCE = frozenset({"views.open", "views.update", "views.publish", "chat.postEphemeral"})
"""What is called while somebody waits in front of Slack, and a thread of ours with them."""
SECONDS_AT_ONCE = 2
"""A trigger lives for three, and our own work takes some of it."""
SECONDS_FOR_A_PLACE = 0.1
LONGEST_TOLD_SECONDS = 3600.0
"""Slack is not believed when it asks to wait for longer."""
MESSAGES_A_PAGE = 200
PAGES = 10
"""How far back a message is looked for: 2,000 messages since its consultation began."""
CLOCKS_APART = timedelta(hours=1)
"""By how much our clock and Slack's may differ."""


class CannotUpload(Exception):
    """Slack takes no file from us: the scope is not granted, or the upload failed. ``args[0]`` is why."""


class BlocksRefused(Exception):
    """Slack refuses a picture or a chart: it knows no such blocks here, or has not processed the file yet."""


class TooLate(Exception):
    """A form has to be opened within three seconds of the click that asks for it; Slack took it for later."""


class CannotLook(Exception):
    """No history scope is granted: whether a message is there cannot be looked up."""


class Gone(Exception):
    """The message is not there any more, or may not be edited any more."""


@dataclass
class Wait(Exception):
    """Not now: try again in this many seconds.

    ``is_told``: Slack said how long; else it is a guess, which grows from one time to the next. ``was_left``: nothing
    was done for sure; else it may have been done all the same.
    """

    seconds: float
    because: str
    is_told: bool = False
    was_left: bool = False

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

    client_at_hand: Callable[[], WebClient]
    """The client of the installation that is worked for; without a token where there is none."""
    places: Semaphore = field(default_factory=lambda: Semaphore(8))
    """How many calls that somebody waits for may be under way: a share of the threads, so that the others go on."""
    places_to_tell: Semaphore = field(default_factory=lambda: Semaphore(4))
    """The same for response_urls, by which people are told when the others are taken."""

    @property
    def client(self) -> WebClient:
        """The way to the Slack of the installation that is worked for."""
        return self.client_at_hand()

    def post(
        self,
        channel: str,
        document: Document,
        *,
        thread_ts: str | None = None,
        nonce: str | None = None,
        drawn: Message | None = None,
    ) -> str:
        """Post a message; returns its ``ts``. Raises :class:`SlackRefuses`, :class:`BlocksRefused` or :class:`Wait`.

        ``nonce``: the message's own, by which a repetition is known: see docs/decisions/second-copies.md.
        ``drawn``: the document as a message, where that is at hand.
        """
        body: dict[str, Any] = {"channel": channel, "thread_ts": thread_ts}
        if nonce is None:
            return str(self._send("chat.postMessage", document, body, drawn)["ts"])
        body["metadata"] = {"event_type": POSTED_BY_US, "event_payload": {"nonce": nonce}}
        try:
            named = body | {"client_msg_id": str(uuid5(NAMESPACE_OID, nonce))}
            return str(self._send("chat.postMessage", document, named, drawn)["ts"])
        except SlackRefuses as refused:
            if refused.word not in NO_REPETITION:
                raise
        return str(self._send("chat.postMessage", document, body, drawn)["ts"])

    def upload(self, name: str, content: bytes, alt_text: str) -> str:
        """Upload a file for use in a message; returns its id. Raises :class:`CannotUpload` or :class:`Wait`."""
        try:
            with traces.part("slack files.upload"), _outcomes():
                done = self.client.files_upload_v2(
                    filename=name, title=name, file=content, alt_txt=alt_text[:ALT_TEXT]
                )
        except (SlackRequestError, Gone, SlackRefuses) as refused:
            raise CannotUpload(str(refused)) from None
        return str(done["files"][0]["id"])

    def share_file(self, channel: str, name: str, content: bytes, said: Document) -> None:
        """Post a file in a channel. Raises :class:`CannotUpload` or :class:`Wait`."""
        comment = blocks.text(said)
        try:
            with traces.part("slack files.upload"), _outcomes():
                self.client.files_upload_v2(
                    channel=channel, filename=name, title=name, file=content, initial_comment=comment
                )
        except (SlackRequestError, Gone, SlackRefuses) as refused:
            raise CannotUpload(str(refused)) from None

    def update(self, channel: str, ts: str, document: Document, *, drawn: Message | None = None) -> None:
        """Edit a message in place. Raises :class:`Gone`, :class:`Wait`, :class:`SlackRefuses` or
        :class:`BlocksRefused`. ``drawn``: as for :meth:`post`.
        """
        self._send("chat.update", document, {"channel": channel, "ts": ts}, drawn)

    def whisper(self, channel: str, user: str, document: Document, *, thread_ts: str | None = None) -> None:
        """Show a message to one person only: there, or where we may not post, in their direct message with us.

        Raises :class:`SlackRefuses` or :class:`Wait`.
        """
        place = {"channel": channel, "user": user, "thread_ts": thread_ts}
        try:
            self._send("chat.postEphemeral", document, place)
        except SlackRefuses as refused:
            if refused.word not in READ_ONLY:
                raise
            self.post(user, in_private(channel, document))

    def respond(self, response_url: str, document: Document, *, replace_original: bool = False) -> bool:
        """Answer one person through a response_url, where the app need not be a member. False when it has expired, or
        there is none.

        Raises :class:`Wait`.
        """
        if not response_url:
            return False
        message = leaving(document)
        webhook = WebhookClient(response_url, timeout=SECONDS_AT_ONCE, ssl=self.client.ssl, retry_handlers=[])
        with traces.part("slack response_url"), _place(self.places_to_tell), _outcomes():
            answer = webhook.send(
                text=message.text,
                blocks=list(message.blocks),
                response_type="ephemeral",
                replace_original=replace_original,
            )
        if answer.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            raise Wait(retry_after(answer.headers), RATE_LIMIT, is_told=True)
        if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise Wait(1, AWAY)
        return answer.status_code == HTTPStatus.OK

    def open_view(self, trigger_id: str, form: Form) -> None:
        """Open a form. Raises :class:`TooLate` where Slack does not within the three seconds after the click."""
        try:
            self._call("views.open", {"trigger_id": trigger_id, "view": self._sealed(form)})
        except Wait as wait:
            raise TooLate(str(wait)) from None
        except SlackRefuses as refused:
            if refused.word in TRIGGER_GONE:
                raise TooLate(refused.word) from None
            raise

    def _sealed(self, form: Form) -> dict[str, Any]:
        """The form as Slack gets it: see :mod:`bot.slack.seal`."""
        view = blocks.view(form)
        view["private_metadata"] = sealed(view.get("private_metadata", ""), self.client.token or "")
        check_view(view)
        return view

    def carried(self, metadata: str) -> Mapping[str, Any]:
        """What a form of ours carries. Raises :class:`bot.slack.seal.NotOurs`."""
        return carried_in(metadata, self.client.token or "")

    def update_view(self, view_id: str, form: Form) -> None:
        """Show something else in a form that is open. One that was closed meanwhile is left alone."""
        try:
            self._call("views.update", {"view_id": view_id, "view": self._sealed(form)})
        except SlackRefuses as refused:
            if refused.word not in ("not_found", "view_not_found"):
                raise

    def publish_home(self, user: str, home: Home) -> None:
        """Show a person's App Home. Raises :class:`SlackRefuses` or :class:`Wait`."""
        view = blocks.view(home)
        check_view(view)
        self._call("views.publish", {"user_id": user, "view": view})

    def find(self, channel: str, thread_ts: str | None, nonce: str, since: datetime) -> str | None:
        """The ``ts`` of a message that we sent with this nonce; ``None``: it is not there.

        Looks at what was posted after ``since``, in the thread, or in the channel when there is none yet.
        Raises :class:`CannotLook`, :class:`Gone`, :class:`SlackRefuses` or :class:`Wait`.
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
        """The bytes of a file that somebody shared. Raises :class:`bot.slack.fetching.NotFetched` or :class:`Wait`."""
        try:
            file = self._called("files.info", params={"file": file_id})["file"]
        except (SlackRefuses, Gone) as refused:
            raise NotFetched("no_scope" if str(refused) in NO_SCOPE else "gone") from None
        if int(file.get("size") or 0) > most:
            raise NotFetched("too_large")
        with traces.part("slack file"):
            content = download(
                str(file.get("url_private_download") or file.get("url_private") or ""),
                token=self.client.token or "",
                api_url=self.client.base_url,
                most=most,
                context=self.client.ssl,
                proxy=self.client.proxy,
            )
        if is_web_page(content) and file.get("filetype") != "html":
            raise NotFetched("login_page")
        return content

    def _messages(self, method: str, arguments: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        """The messages of up to :data:`PAGES` pages. Raises :class:`CannotLook`."""
        cursor = ""
        for _ in range(PAGES):
            try:
                page = self._called(method, params=dict(arguments) | ({"cursor": cursor} if cursor else {}))
            except SlackRefuses as refused:
                if refused.word in NO_HISTORY:
                    raise CannotLook(refused.word) from None
                raise
            yield from page["messages"]
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return
        log.warning("%s: looked at %d messages and no further", method, PAGES * MESSAGES_A_PAGE)

    def _send(
        self,
        method: str,
        document: Document,
        arguments: Mapping[str, Any],
        drawn: Message | None = None,
    ) -> Mapping[str, Any]:
        body = {key: value for key, value in arguments.items() if value is not None}
        body |= {"unfurl_links": False, "unfurl_media": False, "link_names": False}
        refusals = []
        for message in _ways(document, drawn):
            try:
                return self._call(method, body | {"text": message.text, "blocks": list(message.blocks)})
            except SlackRefuses as refused:
                if refused.kind != "message":
                    raise
                if any(block["type"] in MAY_BE_REFUSED for block in message.blocks):
                    raise BlocksRefused(refused.word) from None
                log.warning("%s: Slack does not take a message as it is (%s)", method, refused.word)
                refusals.append(refused)
        raise refusals[-1]

    def _call(self, method: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        return self._called(method, json=dict(body))

    def _called(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        """``json=`` for what writes, ``params=`` for what reads: Slack does not promise to read those as JSON."""
        client = self.client
        place: AbstractContextManager[None] = nullcontext()
        if method in AT_ONCE:
            client, place = copy.copy(client), _place(self.places)
            client.timeout = SECONDS_AT_ONCE
        with _counted(method), place, _outcomes():
            answer = client.api_call(method, **arguments)
        return answer.data if isinstance(answer.data, dict) else json.loads(answer.data)


@contextmanager
def _place(places: Semaphore) -> Iterator[None]:
    """One of these places. Raises :class:`Wait` where Slack keeps them all."""
    if not places.acquire(timeout=SECONDS_FOR_A_PLACE):
        raise Wait(1, AWAY)
    try:
        yield
    finally:
        places.release()


@contextmanager
def _counted(method: str) -> Iterator[None]:
    """Counts a call by what came of it, and makes it a part of the trace."""
    outcome = "ok"
    with traces.part(f"slack {method}"):
        try:
            yield
        except Wait as wait:
            outcome = RATE_LIMIT if wait.because == RATE_LIMIT else AWAY
            WAITED.labels(outcome).inc()
            raise
        except SlackRefuses as refused:
            outcome = refused.kind
            raise
        except Gone:
            outcome = "gone"
            raise
        finally:
            CALLED.labels(method, outcome).inc()
            traces.tell(outcome=outcome)
            log.debug("%s: %s", method, outcome)


@contextmanager
def _outcomes() -> Iterator[None]:
    """Turns whatever Slack may answer, or the way to it, into the outcomes that the callers know."""
    try:
        yield
    except SlackApiError as refused:
        answer = refused.response
        told = getattr(answer, "data", answer)
        status = getattr(answer, "status_code", 0)
        said = str(told.get("error") or "") if isinstance(told, dict) else ""
        word = said if _WORD.fullmatch(said) else ""  # a web page in place of an answer is quoted there
        if status == HTTPStatus.TOO_MANY_REQUESTS or word in ("ratelimited", "rate_limited"):
            seconds = retry_after(getattr(answer, "headers", {}))
            raise Wait(seconds, RATE_LIMIT, is_told=True, was_left=True) from None
        if not word or status >= HTTPStatus.INTERNAL_SERVER_ERROR or kind_of(word) == "moment":
            raise Wait(1, word or AWAY, was_left=bool(word) and word not in HALF_DONE) from None
        if word in GONE:
            raise Gone(word) from None
        raise SlackRefuses(word) from None
    except NONSENSE as lost:
        raise Wait(1, AWAY, was_left=_is_unreached(lost)) from lost


def _is_unreached(lost: BaseException) -> bool:
    """Whether there was no connection at all, so that nothing was asked."""
    why = getattr(lost, "reason", lost)
    return isinstance(why, ConnectionRefusedError | socket.gaierror | ssl.SSLCertVerificationError)


def retry_after(headers: Mapping[str, Any]) -> float:
    """How many seconds Slack asks to wait, from 1 to an hour; it may say so in seconds or as a date."""
    said = {
        name.casefold(): str(value[0] if isinstance(value, list) else value)
        for name, value in headers.items()
    }
    asked = said.get("retry-after", "")
    try:
        seconds = float(asked)
    except ValueError:
        seconds = _between(said.get("date", ""), asked)
    return min(LONGEST_TOLD_SECONDS, max(1.0, seconds)) if math.isfinite(seconds) else 1.0


def _between(then: str, until: str) -> float:
    """The seconds between two dates of Slack's own clock; 0 where either is none."""
    try:
        return (parsedate_to_datetime(until) - parsedate_to_datetime(then)).total_seconds()
    except (ValueError, TypeError):
        return 0.0


def _ways(document: Document, drawn: Message | None) -> Iterator[Message]:
    """A message, then ever plainer ones, for a Slack that does not take it."""
    tried = leaving(document, drawn)
    yield tried
    for plainer in (leaving(blocks.without_table(document)), text_alone(tried)):
        if plainer != tried:
            yield plainer
        tried = plainer
