"""Messages as rows of a pane: author, time, blocks, thread line, and the tools that appear when one points at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.sandbox.page import dates
from bot.sandbox.page.blocks import blocks
from bot.sandbox.page.html import Html, div, join, link, span, tag
from bot.sandbox.page.icons import icon, icon_button
from bot.sandbox.page.mrkdwn import mrkdwn
from bot.sandbox.page.scene import Scene
from bot.sandbox.typed import typed_text
from bot.sandbox.workspace import Message, Shortcut, User, Workspace

LOGO = "/page/assets/app.svg"
FOLLOWS_WITHIN = 300.0
"""Seconds in which a message of the same author is drawn without repeating the author."""
SYSTEM_SUBTYPES = {"channel_join", "channel_leave", "channel_topic", "channel_purpose", "group_join"}

MOST_REMEMBERED = 1000
"""Drawings of blocks that are kept, so that a long channel is not drawn anew for each word."""

Row = tuple[str, Html]
"""A stable key, and what to draw."""


_drawn: dict[tuple[int, str, date, int, int], tuple[list[Any], Html]] = {}


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """What stands under a message with replies. `new` counts those that the viewer has not seen."""

    count: int
    authors: Sequence[str]
    last: datetime
    new: int = 0


def avatar(user: User | None, workspace: Workspace, size: str = "") -> Html:
    """A letter on a colour of one's own; the app has its logo."""
    if user is not None and user.id == workspace.bot_user:
        return span(f"avatar {size}", tag("img", src=LOGO, alt=""), aria_hidden="true")
    people = [person.id for person in workspace.people]
    tone = f"tone-{people.index(user.id) % 3}" if user is not None and user.id in people else ""
    letter = user.real_name[:1].upper() if user is not None else "?"
    return span(f"avatar {size} {tone}", letter, aria_hidden="true")


def moment(ts: str, scene: Scene) -> datetime:
    """When a message was sent, in the viewer's zone."""
    return dates.at(float(ts), scene.now)


def rows(
    messages: Sequence[Message], workspace: Workspace, scene: Scene, threads: dict[str, ThreadLine]
) -> list[Row]:
    """The messages of a channel with a line for each day. `threads` has what is below each root, by ts."""
    drawn: list[Row] = []
    before: Message | None = None
    for message in messages:
        when = moment(message.ts, scene)
        if before is None or moment(before.ts, scene).date() != when.date():
            day = div("day-line", span("", dates.day(when, scene.now)), role="separator")
            drawn.append((f"day:{when.date()}", day))
            before = None
        html = draw(
            message,
            workspace,
            scene,
            thread=threads.get(message.ts),
            follows=before is not None and follow(message, before),
        )
        drawn.append((f"message:{message.ts}", html))
        before = message
    return drawn


def draw(
    message: Message,
    workspace: Workspace,
    scene: Scene,
    *,
    thread: ThreadLine | None = None,
    follows: bool = False,
    in_thread: bool = False,
) -> Html:
    """One message with everything that belongs to it."""
    if message.subtype in SYSTEM_SUBTYPES:
        return div("system", mrkdwn(message.text, scene), data_testid="system-message")
    author = workspace.users.get(message.user)
    when = moment(message.ts, scene)
    side = span("gutter-time", dates.clock(when).split()[0]) if follows else avatar(author, workspace)
    main = div(
        "message-main",
        _only_you(message),
        None if follows else _head(author, message, when),
        contents(message, workspace, scene),
        _thread_line(message, thread, workspace, scene) if thread and not in_thread else None,
    )
    return tag(
        "article",
        side,
        main,
        _tools(message, workspace, scene, in_thread=in_thread),
        class_=_classes(message, follows=follows),
        data_testid="ephemeral" if message.ephemeral_to else "message",
        data_channel=message.channel,
        data_ts=message.ts,
        aria_label=f"{author.real_name if author else message.user}, {dates.clock(when)}",
    )


def contents(message: Message, workspace: Workspace, scene: Scene) -> Html:
    """Blocks if there are any, else the text; then files, attachments, and whether it was edited."""
    if message.deleted:
        return div("gone", "This message was deleted.")
    edited = span("edited", "(edited)", title="Edited", data_testid="edited") if message.edited_ts else None
    if message.blocks:
        body = join(
            [div("blocks", _blocks(message.blocks, scene)), div("edited-line", edited) if edited else None]
        )
    elif message.text or edited or not message.files:
        body = div("message-text", mrkdwn(message.text, scene), edited)
    else:
        body = Html("")
    attached = [_attachment(one, scene) for one in message.attachments]
    return join([body, *attached, *[_file(name, workspace, scene) for name in message.files]])


def _blocks(every: list[Any], scene: Scene) -> Html:
    """The blocks, drawn once for as long as they are the same list seen by the same person on the same day.

    The list is kept with its drawing, so that its identity is not given to another one meanwhile.
    """
    key = (id(every), scene.viewer, scene.now.date(), len(scene.files), len(scene.channels))
    if key not in _drawn:
        if len(_drawn) >= MOST_REMEMBERED:
            _drawn.clear()
        _drawn[key] = every, blocks(every, scene)
    return _drawn[key][1]


def _attachment(one: dict[str, object], scene: Scene) -> Html:
    inside = one.get("blocks")
    drawn = (
        blocks(inside, scene)
        if isinstance(inside, list)
        else mrkdwn(str(one.get("text") or one.get("fallback") or ""), scene)
    )
    return tag("blockquote", drawn, class_="attachment")


def _file(name: str, workspace: Workspace, scene: Scene) -> Html | None:
    file = workspace.files.get(name)
    if file is None:
        return None
    address = scene.files.get(name)
    title = file.title or file.name
    if file.mimetype.startswith("image/") and address:
        picture = tag("img", src=address, alt=file.alt_text or title, class_="picture", data_testid="image")
        opened = tag("a", picture, href=address, target="_blank", rel="noopener noreferrer")
        return tag("figure", tag("figcaption", title), opened, class_="image file")
    target = tag("a", title, href=address, download=file.name) if address else link(None, title)
    return div(
        "file-card",
        icon("file"),
        target,
        span("file-size", f"{max(1, file.length // 1024)} kB"),
        data_testid="file",
    )


def follow(message: Message, before: Message) -> bool:
    """Whether the author need not be repeated: the same person went on within a few minutes."""
    return (
        before.user == message.user
        and before.subtype not in SYSTEM_SUBTYPES
        and before.ephemeral_to is None
        and message.ephemeral_to is None
        and not before.deleted
        and float(message.ts) - float(before.ts) < FOLLOWS_WITHIN
    )


def _classes(message: Message, *, follows: bool) -> str:
    return "message" + (" follow" if follows else "") + (" ephemeral" if message.ephemeral_to else "")


def _only_you(message: Message) -> Html | None:
    if message.ephemeral_to is None:
        return None
    return div("only-you", icon("eye"), "Only visible to you")


def _head(author: User | None, message: Message, when: datetime) -> Html:
    name = author.real_name if author else message.user
    is_app = author.is_bot if author else message.bot_id is not None
    broadcast = span("message-time", "replied to a thread") if message.subtype == "thread_broadcast" else None
    return div(
        "message-head",
        span("message-author", name),
        span("app-mark", "APP") if is_app else None,
        tag("time", dates.clock(when), class_="message-time", title=dates.full(when)),
        broadcast,
    )


def _thread_line(message: Message, thread: ThreadLine, workspace: Workspace, scene: Scene) -> Html:
    faces = [avatar(workspace.users.get(user), workspace, "small") for user in thread.authors[:5]]
    when = f"{dates.day(thread.last, scene.now).lower()} at {dates.clock(thread.last)}"
    if when[0] not in "ty":
        when = when.capitalize()
    return tag(
        "button",
        *faces,
        span("count", f"{thread.count} {'reply' if thread.count == 1 else 'replies'}"),
        span("new", f"{thread.new} new", data_testid="new-replies") if thread.new else None,
        span("last", f"Last reply {when}"),
        type="button",
        class_="replies",
        data_testid="replies",
        data_do="open-thread",
        data_channel=message.channel,
        data_ts=message.ts,
    )


def _tools(message: Message, workspace: Workspace, scene: Scene, *, in_thread: bool) -> Html | None:
    if message.deleted:
        return None
    place = {"data_channel": message.channel, "data_ts": message.ts}
    if message.ephemeral_to:
        return div("hover-tools", icon_button("close", "Dismiss message", data_do="dismiss", **place))
    reply = icon_button("reply", "Reply in thread", data_do="open-thread", data_testid="reply-in-thread",
                        data_channel=message.channel, data_ts=message.thread_ts or message.ts)  # fmt: skip
    shortcuts = [one for one in workspace.app.shortcuts if one.type == "message"]
    menu = tag(
        "details",
        tag("summary", icon("more"), class_="icon-button", title="More actions", aria_label="More actions",
            data_testid="message-menu"),
        div("menu to-left", *[_shortcut(one, place) for one in shortcuts], role="menu"),
        class_="pop",
        data_keep=f"menu-{message.ts}",
    )  # fmt: skip
    own = _own_tools(message, workspace, place) if message.is_typed_by(scene.viewer) else ()
    return div("hover-tools", None if in_thread else reply, *own, menu if shortcuts else None)


def _own_tools(message: Message, workspace: Workspace, place: dict[str, str]) -> tuple[Html, Html]:
    """What one can do with what one typed oneself."""
    text = typed_text(workspace, message.text)
    return (
        icon_button(
            "edit", "Edit message", data_do="edit", data_testid="edit-message", data_text=text, **place
        ),
        icon_button("delete", "Delete message", data_do="delete", data_testid="delete-message", **place),
    )


def _shortcut(one: Shortcut, place: dict[str, str]) -> Html:
    logo = tag("img", src=LOGO, alt="")
    return tag("button", logo, one.name, type="button", role="menuitem", data_do="message-shortcut",
               data_callback=one.callback_id, title=one.description or None, **place)  # fmt: skip
