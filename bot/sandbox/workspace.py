"""What a workspace holds: people, channels, messages, forms, files, and what is still to come.

Plain dataclasses in memory, all used on one asyncio loop, so nothing here locks. Everything that changes what
somebody sees goes through a method that raises `Workspace.revision` and tells the listeners of `on_change`.
Times are epoch seconds (float); a message's `ts` is Slack's "seconds.micros" string, unique and strictly rising.
"""

from __future__ import annotations

import asyncio
import secrets
import string
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.sandbox import tokens

Json = dict[str, Any]
"""A JSON object as Slack sends or receives it."""

TRIGGER_LIFE = 3.0
"""Seconds for which a trigger_id opens a form."""
RESPONSE_URL_LIFE = 30 * 60.0
"""Seconds for which a response_url answers."""
RESPONSE_URL_USES = 5
MODAL_STACK = 3
"""Modals that may lie on top of each other."""
CALLS_KEPT = 20_000

DEFAULT_SCOPES = (
    "commands",
    "chat:write",
    "app_mentions:read",
    "channels:history",
    "groups:history",
    "im:history",
    "files:write",
    "files:read",
)
"""What the sandbox grants the app until told otherwise."""


@dataclass(slots=True)
class User:
    """A person, or the app's bot user. `team_id`: their workspace; one of another company's if they are external."""

    id: str
    name: str
    real_name: str
    is_bot: bool = False
    team_id: str = tokens.TEAM_ID
    is_external: bool = False


@dataclass(slots=True)
class Channel:
    """A channel, or with `person` set a direct message between that person and the app.

    One that `is_shared` with other workspaces was `made_by` one of them.
    """

    id: str
    name: str
    purpose: str = ""
    is_private: bool = False
    bot_is_member: bool = False
    person: str | None = None
    is_shared: bool = False
    made_by: str = tokens.TEAM_ID

    @property
    def is_direct(self) -> bool:
        return self.person is not None


@dataclass(slots=True)
class Message:
    """One message. `user` is who wrote it: a person, or the bot user, and then `bot_id` is set.

    `ephemeral_to` names the only person who sees it. `subtype` is Slack's ("channel_join", "thread_broadcast"),
    None for an ordinary message. A deleted message stays, so that a thread below it keeps its place.
    """

    channel: str
    ts: str
    user: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    bot_id: str | None = None
    thread_ts: str | None = None
    subtype: str | None = None
    edited_ts: str | None = None
    deleted: bool = False
    metadata: Json | None = None
    ephemeral_to: str | None = None
    files: list[str] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    client_msg_id: str | None = None

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts

    def is_typed_by(self, user: str) -> bool:
        """Whether this person typed it, and may edit or delete it."""
        typed = self.subtype in (None, "file_share", "thread_broadcast") and self.bot_id is None
        return typed and self.user == user and self.ephemeral_to is None and not self.deleted


@dataclass(slots=True)
class View:
    """A form (type "modal") or an App Home (type "home") as the app sent it, and for whom.

    `values` are the inputs as last known, in the shape of Slack's `view.state.values`.
    """

    id: str
    hash: str
    type: str
    user: str
    blocks: list[Json]
    callback_id: str = ""
    external_id: str = ""
    private_metadata: str = ""
    title: Json | None = None
    submit: Json | None = None
    close: Json | None = None
    clear_on_close: bool = False
    notify_on_close: bool = False
    submit_disabled: bool = False
    root_view_id: str = ""
    previous_view_id: str | None = None
    channel: str | None = None
    """Where the person was when the form opened; what `default_to_current_conversation` means."""
    values: Json = field(default_factory=dict)


@dataclass(slots=True)
class StoredFile:
    """A file that the app or a person uploaded. `content` is empty until the upload came."""

    id: str
    name: str
    title: str = ""
    alt_text: str = ""
    mimetype: str = "application/octet-stream"
    length: int = 0
    content: bytes = b""
    user: str = tokens.BOT_USER
    created: float = 0.0
    complete: bool = False
    completed_at: float = 0.0
    channels: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Scheduled:
    """A message that the app asked Slack to post later.

    `post_at` is what the app said, in whole seconds; `due_at` is when the sandbox will post it.
    """

    id: str
    channel: str
    post_at: int
    due_at: float
    created: float
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    reply_broadcast: bool = False
    metadata: Json | None = None


@dataclass(slots=True)
class Trigger:
    """A trigger_id: three seconds, one use."""

    id: str
    user: str
    expires: float
    channel: str | None = None
    view_id: str | None = None
    used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """Where an app may answer an interaction without being in the channel: five uses, thirty minutes."""

    id: str
    user: str
    channel: str
    expires: float
    message_ts: str | None = None
    thread_ts: str | None = None
    uses_left: int = RESPONSE_URL_USES


@dataclass(slots=True)
class Failure:
    """The next `times` calls of `method` go wrong. "*" is any, "response_url" the response_urls, "upload" the bytes
    of a file.

    With `status` the answer is that HTTP status (429 carries `retry_after`: seconds, or an HTTP date), otherwise
    {"ok": false, "error": error}. With `page` it is this HTML in place of JSON. `after` says that the call has its
    effect and only its answer is lost. `delay` is how many seconds to wait before answering; with neither error nor
    status nor page the call is only slow. `every` third, say, of those calls goes wrong, and the two before it do
    not. `about`: only calls whose arguments hold this text, such as a channel's id or words of a message.
    """

    method: str
    error: str | None = None
    status: int | None = None
    times: int = 1
    retry_after: int | str = 1
    after: bool = False
    delay: float = 0.0
    every: int = 1
    page: str | None = None
    about: str = ""
    seen: int = 0

    @property
    def answers(self) -> bool:
        """Whether it is more than a delay."""
        return bool(self.error or self.status or self.page is not None)

    def strikes(self, method: str, args: Json) -> bool:
        """Whether this call of a method goes wrong; counts the calls that it is about."""
        if self.method not in ("*", method) or self.about not in str(args) or self.times <= 0:
            return False
        self.seen += 1
        return self.seen % self.every == 0


@dataclass(slots=True)
class Call:
    """A call that the app made: a Web API method, or "response_url"."""

    method: str
    args: Json
    at: float
    ok: bool = False
    error: str | None = None
    status: int = 200


@dataclass(slots=True)
class Delivery:
    """Something that the sandbox sent to the app, and what came back. `ack_ms` counts from sending."""

    envelope_id: str
    type: str
    payload: Json
    at: float
    retry_attempt: int = 0
    retry_reason: str = ""
    acked: bool = False
    ack_ms: float | None = None
    ack: Json | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Shortcut:
    """An entry of Slack's shortcut menu. `type` is "global" or "message"."""

    name: str
    callback_id: str
    type: str
    description: str = ""


@dataclass(slots=True)
class InstalledApp:
    """What the app's manifest tells Slack's clients to offer."""

    commands: tuple[str, ...] = ("/tune-or-prompt",)
    usage_hint: str = "[what you want a model to do] | log | show <n> | stats | export | help"
    shortcuts: tuple[Shortcut, ...] = (
        Shortcut("Start a model decision", "start_decision", "global"),
        Shortcut("Decide in this thread", "decide_in_thread", "message"),
    )
    events: tuple[str, ...] = (
        "app_home_opened",
        "app_mention",
        "app_uninstalled",
        "channel_id_changed",
        "tokens_revoked",
        "message.channels",
        "message.groups",
        "message.im",
    )


@dataclass(slots=True)
class Settings:
    """What can be switched while the sandbox runs. Seconds throughout."""

    scopes: set[str] = field(default_factory=lambda: set(DEFAULT_SCOPES))
    failures: list[Failure] = field(default_factory=list)
    latency: float = 0.0
    file_processing: float = 0.0
    """How long a file that was uploaded cannot be shown in a message yet."""
    knows_repetitions: bool = False
    """Whether a second chat.postMessage with the same client_msg_id in a channel posts nothing."""
    refused_blocks: frozenset[str] = frozenset()
    """Types of blocks that are refused in messages: not every plan of Slack takes all of them."""
    enterprise_id: str | None = None
    """The organisation that the workspace belongs to."""
    is_enterprise_install: bool = False
    """Whether the app is installed for the whole organisation, not for the workspace alone."""
    ack_within: float = 3.0
    retry_events_after: tuple[float, ...] = (0.0, 60.0, 300.0)


def _people(workspace: Workspace) -> dict[str, User]:
    people = [
        User(tokens.OWNER, "ana", "Ana"),
        User("UBEN", "ben", "Ben"),
        User("UCHEN", "chen", "Chen"),
        User(tokens.BOT_USER, tokens.BOT_HANDLE, tokens.BOT_NAME, is_bot=True),
    ]
    for user in people:
        user.id, user.team_id = workspace.own(user.id), workspace.team_id
    people.append(User("USLACKBOT", "slackbot", "Slackbot", is_bot=True, team_id=workspace.team_id))
    return {user.id: user for user in people}


def _channels(workspace: Workspace) -> dict[str, Channel]:
    channels = [
        Channel("CGENERAL", "general", "Company-wide announcements and work-based matters"),
        Channel("CMLPLAT", "ml-platform", "Models, serving and evaluations", bot_is_member=True),
        Channel("CSUPPORT", "support-eng", "Engineering for the support team", bot_is_member=True),
    ]
    for channel in channels:
        channel.id, channel.made_by = workspace.own(channel.id), workspace.team_id
    return {channel.id: channel for channel in channels}


class Workspace:
    """A workspace of the sandbox, most often the only one; others have a `number` from 2 on, which ends their ids.

    `clock` returns the time in epoch seconds; it is only replaced in tests. `passed`: seconds that somebody let pass,
    by which the time here is ahead of it. `bot_tokens` are the tokens by which the app may act here, with when they
    end, if they do; it is installed in the first workspace from the start.
    """

    def __init__(self, clock: Callable[[], float] = time.time, number: int = 1) -> None:
        self.number = number
        self.team_id = self.own(tokens.TEAM_ID)
        self.name = tokens.TEAM_NAME if number == 1 else f"{tokens.TEAM_NAME} {number}"
        self.domain = tokens.TEAM_DOMAIN if number == 1 else f"{tokens.TEAM_DOMAIN}-{number}"
        self.bot_user, self.bot_id = self.own(tokens.BOT_USER), self.own(tokens.BOT_ID)
        self.app_is_connected = False
        self.revision = 0
        self.news = 0
        self.passed = 0.0
        self._clock = clock
        self.base_url = f"http://127.0.0.1:{tokens.DEFAULT_PORT}"
        self._last_micros = 0
        self._listeners: list[Callable[[], None]] = []
        self._posted: list[Callable[[Message, str, Message], None]] = []
        self._waiting: set[asyncio.Event] = set()
        self.begins_with: list[Callable[[Workspace], None]] = []
        """What is done to it on its first day, and whenever it is as on that day again."""
        self._as_new()

    def _as_new(self) -> None:
        self.app = InstalledApp()
        self.settings = Settings()
        self.bot_tokens: dict[str, float | None] = {tokens.BOT_TOKEN: None} if self.number == 1 else {}
        self.revoked_tokens: set[str] = set()
        self.users: dict[str, User] = _people(self)
        self.channels: dict[str, Channel] = _channels(self)
        self.messages: list[Message] = []
        self.open_views: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.files: dict[str, StoredFile] = {}
        self.scheduled: dict[str, Scheduled] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.calls: deque[Call] = deque(maxlen=CALLS_KEPT)
        self.deliveries: deque[Delivery] = deque(maxlen=CALLS_KEPT)
        self._by_place: dict[tuple[str, str], Message] = {}
        for begin in self.begins_with:
            begin(self)

    def own(self, id_: str) -> str:
        """The id that something has here, which has this one in the first workspace."""
        return id_ if self.number == 1 else f"{id_}{self.number}"

    # Changes

    def forget(self) -> None:
        """As on the first day. Only connections stay, and no `ts` is given twice."""
        if self.passed:
            self.passed = 0.0
            self._last_micros = int(self.clock() * 1_000_000)
        self._as_new()
        self.changed()

    def clock(self) -> float:
        """The time here, in epoch seconds."""
        return self._clock() + self.passed

    def on_change(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` after every change, on the loop that made it. Returns what stops it."""
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback) if callback in self._listeners else None

    def on_message(self, callback: Callable[[Message, str, Message], None]) -> None:
        """Call `callback(message, "posted" | "changed" | "deleted", before)` for every message that others can see.

        `before` is the message as it was until then.
        """
        self._posted.append(callback)

    def changed(self) -> None:
        """Say that something which people or the app can see is different now."""
        self.revision += 1
        for callback in list(self._listeners):
            callback()
        self.noted()

    def noted(self) -> None:
        """Say that there is news for whoever waits: something changed, was called or delivered."""
        self.news += 1
        for waiting in self._waiting:
            waiting.set()

    async def wait_for_news(self, seen: int, seconds: float) -> None:
        """Return once `news` is no longer what somebody has seen, or after so many seconds."""
        waiting = asyncio.Event()
        self._waiting.add(waiting)
        try:
            if self.news == seen:
                await asyncio.wait_for(waiting.wait(), seconds)
        except TimeoutError:
            pass
        finally:
            self._waiting.discard(waiting)

    # Looking

    @property
    def people(self) -> list[User]:
        """Those whom one can be: everybody who is no bot."""
        return [user for user in self.users.values() if not user.is_bot]

    def channels_of(self, user: str) -> list[Channel]:
        """What stands in this person's sidebar: the channels, then a direct message with the app if there is one."""
        mine = [channel for channel in self.channels.values() if channel.person in (None, user)]
        return mine if self.is_ours(user) else [channel for channel in mine if channel.is_shared]

    def is_ours(self, user: str) -> bool:
        """Whether the app is installed where somebody is from. Others find neither its commands nor its shortcuts."""
        person = self.users[user]
        is_of_organisation = self.settings.is_enterprise_install and not person.is_external
        return person.team_id == self.team_id or is_of_organisation

    def organisation_of(self, user: str) -> str | None:
        """The organisation that somebody's workspace belongs to, if it belongs to one."""
        return None if self.users[user].is_external else self.settings.enterprise_id

    def message(self, channel: str, ts: str) -> Message | None:
        """The message at this place, ephemeral ones included, deleted ones not."""
        found = self._by_place.get((channel, ts))
        return None if found is None or found.deleted else found

    def channel_messages(self, channel: str, viewer: str | None = None) -> list[Message]:
        """Messages of the channel pane, oldest first: no replies, except those also sent to the channel.

        With `viewer` the ephemeral messages to that person are among them; without, none are. A deleted message is
        there only while it still has replies.
        """
        return [message for message in self._visible(channel, viewer) if _in_channel_pane(message)]

    def thread(self, channel: str, thread_ts: str, viewer: str | None = None) -> list[Message]:
        """The root (if it exists) and its replies, oldest first. `viewer` as in `channel_messages`."""
        return [
            message
            for message in self._visible(channel, viewer)
            if thread_ts in (message.ts, message.thread_ts)
        ]

    def replies(self, channel: str, thread_ts: str) -> list[Message]:
        """The replies that everybody sees, oldest first, without the root."""
        return [message for message in self.thread(channel, thread_ts) if message.is_reply]

    def view(self, view_id: str) -> View | None:
        """An open modal or a published home by its id."""
        return next((view for view in self._views() if view.id == view_id), None)

    def view_by_external_id(self, external_id: str) -> View | None:
        return next((view for view in self._views() if external_id and view.external_id == external_id), None)

    def top_view(self, user: str) -> View | None:
        """The modal that this person has in front of them."""
        stack = self.open_views.get(user)
        return stack[-1] if stack else None

    def _views(self) -> Iterator[View]:
        for stack in self.open_views.values():
            yield from stack
        yield from self.homes.values()

    def _visible(self, channel: str, viewer: str | None) -> list[Message]:
        return [
            message
            for message in self.messages
            if message.channel == channel
            and message.ephemeral_to in (None, viewer)
            and (not message.deleted or self._holds_a_thread(message))
        ]

    def _holds_a_thread(self, root: Message) -> bool:
        return any(
            reply.thread_ts == root.ts and reply.channel == root.channel and not reply.deleted
            for reply in self.messages
            if reply.is_reply and reply.ephemeral_to is None
        )

    # Messages

    def next_ts(self) -> str:
        """A message ts that was never given before: now, or a microsecond after the last one."""
        self._last_micros = max(int(self.clock() * 1_000_000), self._last_micros + 1)
        return f"{self._last_micros // 1_000_000}.{self._last_micros % 1_000_000:06d}"

    def add(self, message: Message) -> Message:
        """Put a message in its place and tell everybody."""
        self.restore(message)
        self.changed()
        self._tell(message, "posted", message)
        return message

    def restore(self, message: Message) -> None:
        """Put a message in its place silently (when the state file is read)."""
        self.messages.append(message)
        self._by_place[(message.channel, message.ts)] = message
        seconds, _, micros = message.ts.partition(".")
        self._last_micros = max(self._last_micros, int(seconds) * 1_000_000 + int(micros or 0))

    def edit(
        self,
        message: Message,
        *,
        text: str,
        blocks: list[Json],
        metadata: Json | None = None,
        mark: bool = True,
    ) -> None:
        """Give a message other contents. `mark` leaves the "(edited)" that people see."""
        before = replace(message)
        message.text, message.blocks = text, blocks
        if metadata is not None:
            message.metadata = metadata
        if mark:
            message.edited_ts = self.next_ts()
        self.changed()
        self._tell(message, "changed", before)

    def delete(self, message: Message) -> None:
        """Take a message away. An ephemeral one is forgotten at once."""
        before = replace(message)
        message.deleted = True
        if message.ephemeral_to is not None:
            self.messages.remove(message)
            del self._by_place[(message.channel, message.ts)]
        self.changed()
        self._tell(message, "deleted", before)

    def note(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> Message:
        """Slack's own words to one person: what Slackbot says when a command or a click failed."""
        return self.add(
            Message(channel, self.next_ts(), "USLACKBOT", text, ephemeral_to=user, thread_ts=thread_ts)
        )

    def direct_message(self, user: str) -> Channel:
        """The direct message between this person and the app; it is made when first needed."""
        place = f"D{user[1:]}"
        if place not in self.channels:
            self.channels[place] = Channel(place, tokens.BOT_NAME, bot_is_member=True, person=user)
            self.changed()
        return self.channels[place]

    def _tell(self, message: Message, what: str, before: Message) -> None:
        if message.ephemeral_to is None:
            for callback in self._posted:
                callback(message, what, before)

    def keep(self, name: str, content: bytes, user: str = "") -> StoredFile:
        """Keep a file that a person, known by then, is about to share with a message."""
        file = StoredFile(
            self.new_id("F"),
            name,
            mimetype=mimetype(name),
            length=len(content),
            content=content,
            user=user,
            created=self.clock(),
        )
        self.files[file.id] = file
        return file

    # Permissions that run out

    def new_trigger(self, user: str, *, channel: str | None = None, view_id: str | None = None) -> str:
        """A fresh trigger_id for something that this person just did."""
        number = f"{int(self.clock() * 1000)}.{secrets.randbelow(10**10)}.{secrets.token_hex(16)}"
        self.triggers[number] = Trigger(number, user, self.clock() + TRIGGER_LIFE, channel, view_id)
        return number

    def new_response_url(
        self, user: str, channel: str, *, message_ts: str | None = None, thread_ts: str | None = None
    ) -> str:
        """A fresh response_url, whole."""
        name = f"{self.team_id}/{secrets.randbelow(10**12)}/{secrets.token_hex(12)}"
        expires = self.clock() + RESPONSE_URL_LIFE
        self.response_urls[name] = ResponseUrl(name, user, channel, expires, message_ts, thread_ts)
        return f"{self.base_url}/response/{name}"

    def let_pass(self, seconds: float) -> None:
        """It is so many seconds later: whatever runs out or is still to come is nearer."""
        self.passed += seconds
        self.changed()

    def new_id(self, letter: str, length: int = 10) -> str:
        """An id in Slack's style, such as "V0A1B2C3D4E"."""
        alphabet = string.ascii_uppercase + string.digits
        return letter + "0" + "".join(secrets.choice(alphabet) for _ in range(length - 1))


def mimetype(name: str) -> str:
    """What kind of file a name's ending says."""
    known = {"png": "image/png", "jpg": "image/jpeg", "csv": "text/csv", "json": "application/json"}
    known |= {"svg": "image/svg+xml", "txt": "text/plain", "md": "text/markdown"}
    return known.get(name.rpartition(".")[2].lower(), "application/octet-stream")


def _in_channel_pane(message: Message) -> bool:
    return not message.is_reply or message.subtype == "thread_broadcast"


def with_ids(blocks: Sequence[Json]) -> list[Json]:
    """The blocks with a block_id and an action_id wherever the app left it to Slack to give one."""
    return [_with_id(dict(block)) for block in blocks]


def _with_id(block: Json) -> Json:
    block.setdefault("block_id", _short_id())
    for place in ("accessory", "element"):
        if isinstance(block.get(place), dict):
            block[place] = _with_action_id(block[place])
    for place in ("elements", "actions"):
        if isinstance(block.get(place), list) and block.get("type") in ("actions", "context_actions", "card"):
            block[place] = [_with_action_id(element) for element in block[place]]
    for place in nested_in(block):
        block[place] = with_ids(block[place])
    return block


def nested_in(block: Json) -> list[str]:
    """The keys under which this block holds other blocks."""
    places = ("elements",) if block.get("type") == "carousel" else ("child_blocks",)
    return [place for place in places if isinstance(block.get(place), list)]


def _with_action_id(element: Json) -> Json:
    return {**element, "action_id": element.get("action_id") or _short_id()}


def _short_id() -> str:
    return secrets.token_urlsafe(4)[:5]
