"""What Slack sends, as far as it is used: read once and strictly, before anything else sees it.

Fields that are not named here are left out. Whatever does not fit is :class:`Malformed`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from bot.slack.form_fields import form_fields

MOST_FIELDS = 60
"""Of a form; Slack's commands have about fifteen."""
LONGEST_NAME = 255
MOST_BYTES = 10**12
"""Of a file."""
DEEPEST = 60
"""Levels of brackets; blocks within a view within a payload have about a dozen."""

_BRACKETS = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)

_HALF = re.compile(r"[\ud800-\udfff]")
_UNUSABLE = re.compile(r"[\x00-\x1f\ud800-\udfff]")

Id = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9_.-]{1,60}$")]
NoId = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9_.-]{0,60}$")]
Ts = Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9]{1,20}\.[0-9]{1,12}$")]
NoTs = Annotated[str, StringConstraints(strict=True, pattern=r"^([0-9]{1,20}\.[0-9]{1,12})?$")]
Word = Annotated[str, StringConstraints(strict=True, pattern=r"^[^\x00-\x1f]{0,255}$")]
Carried = Annotated[str, StringConstraints(strict=True, pattern=r"^[^\x00]*$", max_length=3_000)]
"""What a button or a form carries, or one of its fields holds."""


def _as_text(value: Any) -> Any:
    """Half a character, which no database takes, is shown as a whole one that stands for it."""
    return _HALF.sub("\ufffd", value) if isinstance(value, str) else value


Text = Annotated[
    str,
    BeforeValidator(_as_text),
    StringConstraints(strict=True, pattern=r"^[^\x00]*$", max_length=250_000),
]
"""Slack cuts a message at 40,000 characters, and then makes five of each "&"."""
_ADDRESS = r"^(https?://[A-Za-z0-9.-]{1,255}(:[0-9]{1,4}|:[1-6][0-9]{4})?(/[^\s\x00]{0,2000})?)?$"
Address = Annotated[str, StringConstraints(strict=True, pattern=_ADDRESS)]
Flag = Annotated[bool, Field(strict=True)]


class Malformed(Exception):
    """It is not what Slack sends. ``args[0]``: where it is not, without what stands there."""


class Part(BaseModel):
    """A part of a payload."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Place(Part):
    id: Id | None = None
    enterprise_id: NoId | None = None


class Person(Part):
    id: Id
    team_id: NoId | None = None


class Authorization(Part):
    team_id: NoId | None = None
    enterprise_id: NoId | None = None
    user_id: NoId | None = None
    is_bot: Flag | None = None
    is_enterprise_install: Flag | None = None


class Channel(Part):
    id: Id
    name: Word | None = None


def _as_a_name(value: Any) -> str | None:
    """The name of a file as far as it can be used: it is no reason to lose what was said beside it."""
    return (
        " ".join(_UNUSABLE.sub(" ", value).split())[:LONGEST_NAME] or None if isinstance(value, str) else None
    )


def _as_a_size(value: Any) -> int | None:
    """As much of a size as can be used: a file without one is looked up."""
    is_one = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= MOST_BYTES
    return int(value) if is_one else None


Name = Annotated[str | None, BeforeValidator(_as_a_name)]
Size = Annotated[int | None, BeforeValidator(_as_a_size)]


class File(Part):
    id: Id
    name: Name = None
    size: Size = None
    filetype: Name = None
    mode: Name = None
    file_access: Name = None


class Happened(Part):
    """An event that is nobody's message."""

    type: Id
    user: NoId | dict[str, Any] | None = None
    tab: Word | None = None


class Edit(Part):
    user: NoId | None = None
    ts: Ts


class Version(Part):
    """What a message was, or has become."""

    ts: NoTs | None = None
    subtype: Word | None = None
    user: NoId | None = None
    bot_id: NoId | None = None
    text: Text | None = None
    thread_ts: NoTs | None = None
    parent_user_id: NoId | None = None
    edited: Edit | None = None


class Message(Part):
    """A message, or a mention in one; or that one was edited or deleted."""

    type: Literal["message", "app_mention"]
    channel: Id
    ts: Ts
    channel_type: Word | None = None
    subtype: Word | None = None
    user: NoId | None = None
    bot_id: NoId | None = None
    text: Text | None = None
    thread_ts: NoTs | None = None
    parent_user_id: NoId | None = None
    files: Annotated[list[File], Field(max_length=100)] | None = None
    edited: Edit | None = None
    message: Version | None = None
    previous_message: Version | None = None
    deleted_ts: NoTs | None = None


class HomeOpened(Part):
    type: Literal["app_home_opened"]
    user: Id
    channel: NoId | None = None
    tab: Word | None = None


class ChannelMoved(Part):
    type: Literal["channel_id_changed"]
    old_channel_id: Id
    new_channel_id: Id


class Revoked(Part):
    bot: tuple[Id, ...] = ()


class TokensRevoked(Part):
    type: Literal["tokens_revoked"]
    tokens: Revoked = Revoked()


EVENTS: Mapping[str, type[Part]] = {
    "message": Message,
    "app_mention": Message,
    "app_home_opened": HomeOpened,
    "channel_id_changed": ChannelMoved,
    "tokens_revoked": TokensRevoked,
}
"""The events of which more than the type is read."""


class Sent(Part):
    """What every payload may say about where it comes from."""

    type: Word | None = None
    api_app_id: NoId | None = None
    team_id: NoId | None = None
    enterprise_id: NoId | None = None
    team: Place | NoId | None = None
    enterprise: Place | None = None
    is_enterprise_install: Flag | Literal["true", "false"] | None = None
    response_url: Address | None = None
    trigger_id: Word | None = None


class Event(Sent):
    type: Literal["event_callback"]
    event: Part
    event_id: Word | None = None
    event_time: Annotated[int, Field(strict=True, ge=0, lt=2**33)] | None = None
    authorizations: Annotated[list[Authorization], Field(max_length=100)] | None = None


class Command(Sent):
    command: Word
    text: Text = ""
    user_id: Id
    channel_id: Id
    channel_name: Word | None = None
    trigger_id: Word
    thread_ts: NoTs | None = None


class Option(Part):
    value: Carried


class Element(Part):
    """What stands in a field of a form."""

    type: Word | None = None
    value: Carried | None = None
    selected_option: Option | None = None
    selected_options: Annotated[list[Option], Field(max_length=100)] | None = None
    selected_conversation: NoId | None = None


class Values(Part):
    values: Annotated[dict[Word, dict[Word, Element]], Field(max_length=100)] = Field(default_factory=dict)


class Action(Part):
    action_id: Word
    type: Word | None = None
    block_id: Word | None = None
    value: Carried | None = None
    selected_option: Option | None = None
    action_ts: Word | None = None


class Container(Part):
    type: Word | None = None
    message_ts: NoTs | None = None
    thread_ts: NoTs | None = None
    channel_id: NoId | None = None
    view_id: NoId | None = None
    is_ephemeral: Flag | None = None


class Begun(Part):
    """What a form began with in one of its fields."""

    initial_value: Carried | None = None


class Block(Part):
    type: Word | None = None
    block_id: Word | None = None
    element: Begun | None = None


class View(Part):
    id: Id | None = None
    type: Word | None = None
    hash: Word | None = None
    callback_id: Word | None = None
    private_metadata: Carried | None = None
    app_installed_team_id: NoId | None = None
    bot_id: NoId | None = None
    state: Values | None = None
    blocks: Annotated[list[Block], Field(max_length=100)] | None = None


class Form(View):
    id: Id
    type: Literal["modal"]
    callback_id: Word
    state: Values


class AnswerAt(Part):
    channel_id: Id
    response_url: Address


class Ours(Part):
    nonce: NoId | None = None


class Metadata(Part):
    """What we sent along with a message."""

    event_payload: Ours = Ours()


class Posted(Part):
    """The message whose button was pressed."""

    bot_id: NoId | None = None
    metadata: Metadata | None = None


class Click(Sent):
    type: Literal["block_actions"]
    user: Person
    actions: Annotated[list[Action], Field(min_length=1, max_length=25)]
    container: Container | None = None
    channel: Channel | None = None
    message: Posted | None = None
    state: Values | None = None
    view: View | None = None


class Submission(Sent):
    type: Literal["view_submission"]
    user: Person
    view: Form
    response_urls: Annotated[list[AnswerAt], Field(max_length=100)] | None = None


class Shortcut(Sent):
    type: Literal["shortcut"]
    callback_id: Word
    user: Person
    trigger_id: Word


class Taken(Part):
    """The message on which somebody chose a shortcut."""

    ts: Ts
    thread_ts: NoTs | None = None
    text: Text | None = None
    user: NoId | None = None
    parent_user_id: NoId | None = None


class MessageShortcut(Sent):
    type: Literal["message_action"]
    callback_id: Word
    user: Person
    trigger_id: Word
    channel: Channel
    message: Taken


class Greeting(Part):
    type: Literal["url_verification"]
    challenge: Word


KINDS: Mapping[str, type[Part]] = {
    "event_callback": Event,
    "block_actions": Click,
    "view_submission": Submission,
    "shortcut": Shortcut,
    "message_action": MessageShortcut,
    "url_verification": Greeting,
}
"""By the payload's type. A command has none, and of any other there is nothing to do."""


def from_body(body: str, content_type: str) -> dict[str, Any] | None:
    """What a request says, or ``None`` where there is nothing to do about it. Raises :class:`Malformed`."""
    if "application/json" in content_type:
        return read(_json(body))
    try:
        fields = form_fields(body, MOST_FIELDS)
    except ValueError:
        raise Malformed("more fields than a form has") from None
    return read(_json(fields["payload"]) if "payload" in fields else fields)


def read(payload: Any) -> dict[str, Any] | None:
    """A payload's fields that are used, or ``None`` where there is nothing to do. Raises :class:`Malformed`."""
    if not isinstance(payload, dict):
        raise Malformed("not an object")
    kind = payload.get("type")
    if kind is None and "command" not in payload:
        if "ssl_check" in payload:
            return None
        raise Malformed("without a type")
    if kind is not None and not isinstance(kind, str):
        raise Malformed("type")
    model = Command if kind is None else KINDS.get(kind)
    if model is None:
        return None
    fields = _fitting(model, payload)
    if model is Event:
        event = payload["event"]
        named = event.get("type")
        if not isinstance(named, str):
            raise Malformed("event.type")
        fields["event"] = _fitting(EVENTS.get(named, Happened), event)
    return fields


def _fitting(model: type[Part], payload: Any) -> dict[str, Any]:
    try:
        return model.model_validate(payload).model_dump(exclude_none=True)
    except ValidationError as wrong:
        # Not with what stands there, which is somebody's text. A name that is none of ours may be one too.
        first = wrong.errors(include_input=False, include_url=False, include_context=False)[0]
        names = (str(name) for name in first["loc"] if isinstance(name, int) or str(name).isidentifier())
        raise Malformed(f"{model.__name__.lower()}: {'.'.join(names)[:80]} ({first['type']})") from None


def _json(text: str) -> Any:
    if is_too_deep(text):
        raise Malformed("nested too deep")
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise Malformed("not JSON") from None


def is_too_deep(text: str) -> bool:
    """Whether JSON is nested deeper than anything that Slack sends."""
    return _depth(text) > DEEPEST


def _depth(text: str) -> int:
    """How deep the brackets of a text lie, those in strings aside."""
    depth = deepest = 0
    for found in _BRACKETS.findall(text):
        sign = found[0]
        if sign in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign != '"':
            depth -= 1
    return deepest
