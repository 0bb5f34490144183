"""Slack's payloads, read once. The only file that knows where things stand in them."""

from __future__ import annotations

import datetime
import enum
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.conversation.replies import Act, DeletedText, DroppedFile, EditedText, TypedText
from bot.decision_log.records import is_direct
from bot.slack.installation import Place
from bot.slack.listeners.as_typed import plain

Body = Mapping[str, Any]


class Kind(enum.StrEnum):
    """What came from Slack. A greeting is how it makes sure of our address: it is nobody's, and asks for nothing."""

    EVENT = "event"
    COMMAND = "command"
    SHORTCUT = "shortcut"
    FORM = "form"
    CLICK = "click"
    GREETING = "greeting"


KINDS: Mapping[str, Kind] = {
    "event_callback": Kind.EVENT,
    "shortcut": Kind.SHORTCUT,
    "message_action": Kind.SHORTCUT,
    "view_submission": Kind.FORM,
    "url_verification": Kind.GREETING,
    "ssl_check": Kind.GREETING,
}
"""By the payload's type. A command has none; whatever else has one is something in a message or form, as a click is."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a payload says that it comes from; "" for what it leaves out.

    ``place`` is what it names first: often the home of the person who acted, or of the channel. ``authorizations``: the
    installations for which Slack sends an event. ``opened_in``, ``opened_by``: of a form, the workspace of the
    installation that opened it, and the id of its bot. ``org_wide``: Slack calls it that of a whole organisation.
    ``posted_by``: the bot whose message was clicked. ``under``: who posted the message that heads the thread.
    """

    kind: Kind
    place: Place
    app: str = ""
    authorizations: tuple[Place, ...] = ()
    opened_in: str = ""
    opened_by: str = ""
    org_wide: bool = False
    posted_by: str = ""
    under: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command. ``in_thread``: Slack does not offer commands in threads, but should one come, it says so.

    ``question``: the same text for the log, which knows people by their ids.
    """

    act: Act
    text: str
    question: str
    trigger_id: str
    response_url: str
    in_thread: bool


@dataclass(frozen=True, slots=True)
class Click:
    """A button or an element of a message, of App Home or of a page.

    ``ticked`` holds, per action, the values that are ticked. ``view``, ``metadata``: the page's id and what it carries.
    ``on_page``: it is a page in front of them, and not App Home.
    """

    act: Act
    action_id: str
    value: str
    message_ts: str
    thread: str
    trigger_id: str
    response_url: str
    ticked: Mapping[str, tuple[str, ...]]
    view: str = ""
    metadata: str = ""
    on_page: bool = False


@dataclass(frozen=True, slots=True)
class Submission:
    """A form that was sent.

    ``state``: what stands in each field, by its block: a text or a channel, or the values that are chosen.
    ``answer_at``: response_urls by channel, where the form had a channel picker for them. ``shown``: what stood in each
    text field when the form was opened, by its block.
    """

    workspace: str
    user: str
    key: str
    now: datetime.datetime
    callback_id: str
    metadata: str
    state: Mapping[str, str | tuple[str, ...]]
    answer_at: Mapping[str, str]
    shown: Mapping[str, str]

    def act_in(self, channel: str, *, direct: bool = False) -> Act:
        """The act of sending this form, in the channel that it is about."""
        return Act(self.workspace, channel, self.user, self.key, self.now, direct=direct)


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A global or message shortcut; the message's fields are empty for a global one.

    ``under_us``: whether the message's thread is, or would be, that of a message of ours.
    """

    act: Act
    trigger_id: str
    response_url: str
    message_text: str
    message_ts: str
    thread: str
    under_us: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A message somebody typed in a channel. ``thread`` is empty outside threads.

    ``reply``: the same text for the reader, which knows the address of a link from its words. ``question``: the same
    for the log, which knows people by their ids. ``under_us``: whether the thread is that of a message of ours.
    """

    act: Act
    text: str
    reply: str
    question: str
    ts: str
    thread: str
    mentioned: bool
    under_us: bool
    files: tuple[DroppedFile, ...] = ()

    def as_message(self) -> TypedText:
        """The same as a reply in its thread."""
        return TypedText(self.act, self.thread, self.ts, self.reply, self.mentioned, self.files)


def origin(body: Body) -> Origin:
    """Where a payload comes from."""
    team, user, view = _part(body, "team"), _part(body, "user"), _part(body, "view")
    entries = body.get("authorizations")
    return Origin(
        KINDS.get(_id(body, "type"), Kind.COMMAND if "command" in body else Kind.CLICK),
        Place(
            _id(body, "team_id") or _id(team, "id") or _id(body, "team") or _id(user, "team_id"),
            _id(body, "enterprise_id") or _id(_part(body, "enterprise"), "id") or _id(team, "enterprise_id"),
        ),
        app=_id(body, "api_app_id"),
        authorizations=tuple(
            Place(_id(entry, "team_id"), _id(entry, "enterprise_id"))
            for entry in (entries if isinstance(entries, list) else ())
            if isinstance(entry, Mapping)
        ),
        opened_in=_id(view, "app_installed_team_id"),
        opened_by=_id(view, "bot_id"),
        org_wide=_is_org_wide(body),
        posted_by=_id(_part(body, "message"), "bot_id"),
        under=_id(_part(body, "event"), "parent_user_id"),
    )


def _is_org_wide(body: Body) -> bool:
    entries = body.get("authorizations")
    first = entries[0] if isinstance(entries, list) and entries else body
    return isinstance(first, Mapping) and first.get("is_enterprise_install") in (True, "true")


def _part(body: Body, name: str) -> Body:
    part = body.get(name)
    return part if isinstance(part, Mapping) else {}


def _id(body: Body, name: str) -> str:
    found = body.get(name)
    return found if isinstance(found, str) else ""


def _is_direct(channel: str, kind: str | None) -> bool:
    """Whether a channel is a direct message between two; ``kind``: what Slack calls it, where it says so."""
    return is_direct(channel) or kind in ("directmessage", "im")


def command(body: Body, workspace: str, now: datetime.datetime) -> Command:
    """A slash command's form fields."""
    key = f"trigger:{body['trigger_id']}"
    return Command(
        Act(
            workspace,
            body["channel_id"],
            body["user_id"],
            key,
            now,
            direct=_is_direct(body["channel_id"], body.get("channel_name")),
        ),
        text=plain(body.get("text") or ""),
        question=plain(body.get("text") or "", keep_people=True),
        trigger_id=body["trigger_id"],
        response_url=body.get("response_url") or "",
        in_thread=bool(body.get("thread_ts")),
    )


def click(body: Body, workspace: str, now: datetime.datetime) -> Click:
    """A block_actions payload. A button on the root message has its thread in the message's own ts."""
    action = body["actions"][0]
    container = body.get("container") or {}
    channel = (body.get("channel") or {}).get("id") or container.get("channel_id") or ""
    message_ts = container.get("message_ts") or ""
    user = body["user"]["id"]
    state = (body.get("state") or {}).get("values") or {}
    place = message_ts or container.get("view_id") or ""
    metadata = (body.get("message") or {}).get("metadata") or {}
    key = f"click:{channel}:{place}:{user}:{action['action_id']}:{action.get('action_ts', '')}"
    return Click(
        Act(
            workspace,
            channel,
            user,
            key,
            now,
            on="" if container.get("is_ephemeral") else message_ts,
            direct=_is_direct(channel, (body.get("channel") or {}).get("name")),
            nonce=(metadata.get("event_payload") or {}).get("nonce") or "",
        ),
        action_id=action["action_id"],
        value=action.get("value") or (action.get("selected_option") or {}).get("value") or "",
        message_ts=message_ts,
        thread=container.get("thread_ts") or message_ts,
        trigger_id=body.get("trigger_id") or "",
        response_url=body.get("response_url") or "",
        ticked={
            action_id: tuple(option["value"] for option in element.get("selected_options") or ())
            for block in state.values()
            for action_id, element in block.items()
        },
        view=container.get("view_id") or "",
        metadata=(body.get("view") or {}).get("private_metadata") or "",
        on_page=(body.get("view") or {}).get("type") == "modal",
    )


def submission(body: Body, workspace: str, now: datetime.datetime) -> Submission:
    """A view_submission payload."""
    view = body["view"]
    return Submission(
        workspace=workspace,
        user=body["user"]["id"],
        key=f"view:{view['id']}:{view.get('hash', '')}",
        now=now,
        callback_id=view["callback_id"],
        metadata=view.get("private_metadata") or "",
        state={
            block: _entered(element)
            for block, elements in view["state"]["values"].items()
            for element in elements.values()
        },
        answer_at={url["channel_id"]: url["response_url"] for url in body.get("response_urls") or ()},
        shown={
            block["block_id"]: (block.get("element") or {}).get("initial_value") or ""
            for block in view.get("blocks") or ()
            if "block_id" in block
        },
    )


def _entered(element: Body) -> str | tuple[str, ...]:
    """What stands in one field."""
    one = element.get("selected_option")
    several = element.get("selected_options") or ([one] if one else [])
    if several:
        return tuple(str(option["value"]) for option in several)
    return str(element.get("value") or element.get("selected_conversation") or "")


def shortcut(body: Body, workspace: str, now: datetime.datetime, bot_user: str | None = None) -> Shortcut:
    """A global or a message shortcut."""
    message = body.get("message") or {}
    channel = (body.get("channel") or {}).get("id") or ""
    key = f"trigger:{body['trigger_id']}"
    return Shortcut(
        Act(workspace, channel, body["user"]["id"], key, now),
        trigger_id=body["trigger_id"],
        response_url=body.get("response_url") or "",
        message_text=plain(message.get("text") or ""),
        message_ts=message.get("ts") or "",
        thread=message.get("thread_ts") or message.get("ts") or "",
        under_us=bot_user is not None and (message.get("parent_user_id") or message.get("user")) == bot_user,
    )


def said(body: Body, workspace: str, now: datetime.datetime, bot_user: str | None) -> Said | None:
    """A message or app_mention event; ``None`` for edits, joins, messages of apps, and whatever else nobody typed.

    The key is the message's own place, so that a mention which arrives as both of its events counts once.
    """
    event = body["event"]
    if (
        event.get("bot_id")
        or not event.get("user")
        or not event.get("ts")
        or event.get("subtype") not in (None, "file_share", "thread_broadcast")
    ):
        return None
    text = event.get("text") or ""
    called = re.compile(rf"<@{re.escape(bot_user)}(\|[^>]*)?>") if bot_user else None
    mentioned = event["type"] == "app_mention" or (called is not None and called.search(text) is not None)
    typed = called.sub(" ", text) if called else re.sub(r"^\s*<@\w+(\|[^>]*)?>", "", text)
    return Said(
        Act(
            workspace,
            event["channel"],
            event["user"],
            f"message:{event['channel']}:{event['ts']}",
            now,
            direct=_is_direct(event["channel"], event.get("channel_type")),
        ),
        text=plain(typed),
        reply=plain(typed, keep_links=True),
        question=plain(typed, keep_people=True),
        ts=event["ts"],
        thread=event.get("thread_ts") or "",
        mentioned=mentioned,
        under_us=bot_user is not None and event.get("parent_user_id") == bot_user,
        files=tuple(_files(event)),
    )


def edited(body: Body, workspace: str, now: datetime.datetime, bot_user: str | None) -> EditedText | None:
    """A message that somebody edited; ``None`` for whatever else is no edit of a person's words.

    Slack tells of it as of a change, which may also be a link that was unfolded or a reply that was counted; and where
    the app is mentioned, as of another mention.
    """
    event = body["event"]
    is_change = event.get("subtype") == "message_changed"
    version = event.get("message") if is_change else event
    if not isinstance(version, Mapping) or (not is_change and event["type"] != "app_mention"):
        return None
    mark = version.get("edited") or {}
    place = {key: event[key] for key in ("channel", "channel_type") if key in event}
    reads = said({"event": {**version, **place, "type": event["type"]}}, workspace, now, bot_user)
    if reads is None or not mark.get("ts") or mark.get("user") not in (None, "", reads.act.user):
        return None
    before = event.get("previous_message") if is_change else None
    old = None
    if isinstance(before, Mapping):
        was = said({"event": {**version, **place, "type": event["type"], "text": before.get("text")}},
                   workspace, now, bot_user)  # fmt: skip
        if was is None or was.reply == reads.reply:
            return None
        old = was.reply
    key = f"edit:{event['channel']}:{reads.ts}:{mark['ts']}"
    return EditedText(replace(reads.act, key=key), reads.as_message(), mark["ts"], old)


def deleted(body: Body, workspace: str, now: datetime.datetime) -> DeletedText | None:
    """A person's message that is gone, whether a tombstone holds its place or nothing; ``None`` for everything else."""
    event = body["event"]
    version, before = event.get("message") or {}, event.get("previous_message") or {}
    kind = event.get("subtype")
    is_tombstone = kind == "message_changed" and version.get("subtype") == "tombstone"
    ts = event.get("deleted_ts") if kind == "message_deleted" else version.get("ts") if is_tombstone else None
    if not ts or before.get("bot_id") or not before.get("user"):
        return None
    act = Act(
        workspace,
        event["channel"],
        before["user"],
        f"deleted:{event['channel']}:{ts}",
        now,
        direct=_is_direct(event["channel"], event.get("channel_type")),
    )
    return DeletedText(act, before.get("thread_ts") or "", ts)


@dataclass(frozen=True, slots=True)
class CalledByApp:
    """A workflow or another app that mentions us. ``act``: at most one answer a day for each of them in a channel."""

    act: Act
    thread: str


def called_by_app(body: Body, workspace: str, now: datetime.datetime, own: str | None) -> CalledByApp | None:
    """A mention by what is no person; ``None`` for a person's, and for what we posted ourselves (``own``: our bot)."""
    event = body["event"]
    app = event.get("bot_id")
    if not app or app == own or event["type"] != "app_mention":
        return None
    key = f"called:{event['channel']}:{app}"
    act = Act(workspace, event["channel"], event.get("user") or app, key, now)
    return CalledByApp(act, event.get("thread_ts") or event["ts"])


def happened_at(body: Body, now: datetime.datetime) -> datetime.datetime:
    """When an event happened; Slack may tell of it much later. ``now``, where it does not say."""
    told = body.get("event_time")
    return now if told is None else datetime.datetime.fromtimestamp(told, datetime.UTC)


def channel_moved(body: Body) -> tuple[str, str]:
    """The old and the new id of a channel."""
    event = body["event"]
    return event["old_channel_id"], event["new_channel_id"]


def is_ours_revoked(body: Body) -> bool:
    """Whether of the tokens that were revoked one is the app's own: of a bot."""
    return bool((body["event"].get("tokens") or {}).get("bot"))


def _files(event: Body) -> Iterator[DroppedFile]:
    """The files of a message, without those that are no more. A stub ("check_file_info") has nothing but its id."""
    for file in event.get("files") or ():
        if not isinstance(file, Mapping) or file.get("mode") in ("tombstone", "hidden_by_limit"):
            continue
        if re.fullmatch(r"F\w{1,40}", str(file.get("id") or "")):
            size = file.get("size")
            yield DroppedFile(
                id=str(file["id"]),
                name=str(file.get("name") or ""),
                size=size if isinstance(size, int) else 0,
                kind=str(file.get("filetype") or ""),
            )


def home_opened(body: Body) -> str | None:
    """The person who opened App Home; ``None`` for its other tabs."""
    event = body["event"]
    return str(event["user"]) if event.get("tab") == "home" else None


def messages_opened(body: Body) -> tuple[str, str] | None:
    """The person who opened the app's Messages, and the direct message that these are; ``None`` for its other tabs."""
    event = body["event"]
    channel = event.get("channel")
    return (str(event["user"]), str(channel)) if event.get("tab") == "messages" and channel else None


def response_url_of(body: Body) -> str | None:
    """Where the person behind a payload can be answered, if anywhere."""
    if body.get("response_url"):
        return str(body["response_url"])
    urls = body.get("response_urls") or ()
    return str(urls[0]["response_url"]) if urls else None


def first_field_of(body: Body) -> str:
    """The block id of the first field of a form, to say something beside it; "" when it has none."""
    blocks = _part(body, "view").get("blocks") or ()
    return next((str(block["block_id"]) for block in blocks if block["type"] == "input"), "")
