"""The side bar, the heads of the panes, the composers, and what an empty channel says."""

from __future__ import annotations

import json

from bot.sandbox import tokens
from bot.sandbox.page import dates
from bot.sandbox.page.html import Html, div, join, span, tag
from bot.sandbox.page.icons import icon, icon_button
from bot.sandbox.page.messages import LOGO, avatar
from bot.sandbox.page.scene import Scene
from bot.sandbox.workspace import Channel, Scheduled, Workspace

TRY = "classify support tickets"
TIMES = (
    (3600, "An hour"),
    (86400, "A day"),
    (7 * 86400, "A week"),
    (30 * 86400, "30 days"),
    (90 * 86400, "90 days"),
)
HOME = "home"
MESSAGES = "messages"


def sidebar(workspace: Workspace, scene: Scene, here: str, unread: set[str]) -> Html:
    """The whole side bar. `here` is a channel id or `HOME`; `unread` the channels with something new."""
    channels = [
        _channel(one, here, unread) for one in workspace.channels_of(scene.viewer) if not one.is_direct
    ]
    on = workspace.app_is_connected
    app = tag(
        "button",
        tag("img", src=LOGO, alt=""),
        span("name", tokens.BOT_NAME),
        span("badge", "new") if any(_is_direct(workspace, one) for one in unread) else None,
        span("presence on" if on else "presence", title="Connected" if on else "Not connected"),
        type="button",
        class_="side-item here" if here == HOME else "side-item",
        data_do="open-home",
        data_testid="open-home",
    )
    parts = [
        div("workspace", workspace.name),
        tag(
            "nav",
            div("side-title", "Channels"),
            *channels,
            div("side-title", "Apps"),
            app,
            class_="side-scroll",
            aria_label="Channels and apps",
            data_scroll=True,
        ),
        div(
            "side-foot",
            div("side-foot-title", "You are"),
            _person_switch(workspace, scene),
            _time(workspace, scene),
        ),
    ]
    return join(parts)


def channel_head(channel: Channel, workspace: Workspace) -> Html:
    """The name of the channel, what it is for, and who is in it."""
    members = [avatar(user, workspace, "tiny") for user in workspace.people]
    if channel.bot_is_member:
        members.append(avatar(workspace.users[workspace.bot_user], workspace, "tiny"))
    names = ", ".join(user.real_name for user in workspace.people)
    everybody = f"{names}, {tokens.BOT_NAME}" if channel.bot_is_member else names
    return div(
        "pane-head",
        _menu_button(),
        tag("h1", span("hash", "#"), channel.name, class_="pane-title", data_testid="channel-name"),
        span("pane-about", channel.purpose),
        span("grow"),
        span("people-here", *members, str(len(members)), title=everybody),
    )


def thread_head(channel: Channel) -> Html:
    """The head of the thread pane."""
    where = f"# {channel.name}" if not channel.is_direct else channel.name
    close = icon_button("close", "Close thread", data_do="close-thread", data_testid="close-thread")
    return div(
        "pane-head", tag("h2", "Thread", class_="pane-title"), span("pane-about", where), span("grow"), close
    )


def home_head(*, here: str) -> Html:
    """The head of the app's own page, with its tabs."""
    name = tag("h1", tokens.BOT_NAME, class_="pane-title")
    tabs = [
        _tab("Home", "open-home", chosen=here == HOME),
        _tab("Messages", "open-messages", chosen=here != HOME),
    ]
    return div(
        "pane-head home-head",
        _menu_button(),
        tag("img", src=LOGO, alt=""),
        name,
        span("app-mark", "APP"),
        div("tabs", *tabs, role="tablist"),
    )


def reply_line(count: int) -> Html:
    """The line between the first message of a thread and its replies."""
    return div("reply-line", f"{count} {'reply' if count == 1 else 'replies'}")


def beginning(channel: Channel, workspace: Workspace, *, empty: bool) -> Html:
    """What stands above the first message: where one is, and what to try while there is nothing yet."""
    command = f"{workspace.app.commands[0]} {TRY}"
    chip = tag("button", "Try: ", tag("code", command), type="button", class_="try", data_do="try",
               data_text=command, data_testid="try")  # fmt: skip
    bot = f"@{tokens.BOT_NAME}"
    invite = tag(
        "p",
        f"{tokens.BOT_NAME} is not in this channel yet. Invite it with ",
        tag("code", f"/invite {bot}"),
        ".",
    )
    return div(
        "empty",
        div("empty-hash", "#"),
        tag("h2", f"This is the beginning of #{channel.name}"),
        tag("p", f"{channel.purpose}." if channel.purpose else None),
        invite if not channel.bot_is_member else None,
        chip if empty and channel.bot_is_member else None,
        data_testid="beginning",
    )


def older(count: int) -> Html:
    """What stands above the first message when a long channel is cut."""
    return div("reply-line", f"{count} older {'message is' if count == 1 else 'messages are'} not shown")


def composer(channel: Channel, workspace: Workspace, *, thread_ts: str = "") -> Html:
    """Where one types. Its HTML does not depend on what happens, so that typing is never disturbed."""
    where = tokens.BOT_NAME if channel.is_direct else f"#{channel.name}"
    hint = "Reply…" if thread_ts else f"Message {where} or {workspace.app.commands[0]} …"
    area = tag(
        "textarea",
        rows=1,
        placeholder=hint,
        aria_label=hint,
        data_composer=f"{channel.id}:{thread_ts}",
        data_channel=channel.id,
        data_thread=thread_ts,
        data_hints=json.dumps(_hints(workspace, in_thread=bool(thread_ts))),
        data_testid="thread-composer" if thread_ts else "composer",
    )
    tools = [
        None if thread_ts else _shortcuts(workspace),
        _insert("@", "Mention someone", f"@{tokens.BOT_NAME} "),
        None if thread_ts else _insert("/", "Run a command", "/"),
        icon_button("clip", "Attach a file", data_do="attach", data_testid="attach"),
        span("grow"),
        tag(
            "button",
            icon("send"),
            type="button",
            class_="send",
            title="Send",
            aria_label="Send",
            data_do="send",
        ),
    ]
    picker = tag("input", type="file", hidden=True, data_attach=True, aria_label="File", tabindex="-1")
    clips = div("clips", data_testid="attached")
    return div("composer-place", div("composer", area, clips, div("composer-tools", *tools, picker)))


def not_connected() -> Html:
    """A quiet line while no app is connected."""
    return div("quiet", f"{tokens.BOT_NAME} is not connected. Start the app, and it will answer here.",
               role="status", data_testid="not-connected")  # fmt: skip


def _is_direct(workspace: Workspace, channel_id: str) -> bool:
    channel = workspace.channels.get(channel_id)
    return channel is not None and channel.is_direct


def _tab(name: str, do: str, *, chosen: bool) -> Html:
    return tag("button", name, type="button", role="tab", aria_selected="true" if chosen else "false",
               class_="tab", data_do=do)  # fmt: skip


def _menu_button() -> Html:
    return span("menu-button", icon_button("menu", "Channels", data_do="sidebar"))


def _channel(channel: Channel, here: str, unread: set[str]) -> Html:
    classes = "side-item" + (" here" if channel.id == here else " unread" if channel.id in unread else "")
    return tag(
        "button",
        span("sign", "#"),
        span("name", channel.name),
        type="button",
        class_=classes,
        aria_current="page" if channel.id == here else None,
        data_do="open-channel",
        data_channel=channel.id,
        data_testid=f"channel-{channel.name}",
    )


def _person_switch(workspace: Workspace, scene: Scene) -> Html:
    people = [
        tag("button", avatar(user, workspace, "small"), user.real_name, type="button", class_="person", role="radio",
            aria_checked="true" if user.id == scene.viewer else "false", data_do="be", data_user=user.id,
            data_testid=f"person-{user.name}")
        for user in workspace.people
    ]  # fmt: skip
    return div("person-switch", *people, role="radiogroup", aria_label="You are", data_testid="person-switch")


def _time(workspace: Workspace, scene: Scene) -> Html:
    waiting = sorted(workspace.scheduled.values(), key=lambda one: one.due_at)
    notes = [_waiting(one, workspace, scene) for one in waiting[:5]]
    note = div("menu-note", join(notes) or "Nothing is scheduled.", data_testid="scheduled")
    buttons = [
        tag("button", words, type="button", role="menuitem", data_do="let-time-pass", data_seconds=seconds)
        for seconds, words in TIMES
    ]
    count = span("count", str(len(waiting)), title=f"{len(waiting)} scheduled") if waiting else None
    summary = tag("summary", icon("clock"), "Let time pass", count, data_testid="let-time-pass")
    return tag(
        "details", summary, div("menu", note, *buttons, role="menu"), class_="pop time-pop", data_keep="time"
    )


def _waiting(one: Scheduled, workspace: Workspace, scene: Scene) -> Html:
    channel = workspace.channels.get(one.channel)
    due = dates.at(one.due_at, scene.now)
    when = f"{due:%b} {due.day}, {dates.clock(due)}"
    return div("", tag("b", f"#{channel.name}" if channel else one.channel), f" on {when}")


def _shortcuts(workspace: Workspace) -> Html | None:
    shortcuts = [one for one in workspace.app.shortcuts if one.type == "global"]
    items = [
        tag("button", tag("img", src=LOGO, alt=""), one.name, type="button", role="menuitem", data_do="shortcut",
            data_callback=one.callback_id)
        for one in shortcuts
    ]  # fmt: skip
    summary = tag("summary", icon("plus"), class_="icon-button", title="Shortcuts", aria_label="Shortcuts",
                  data_testid="shortcuts")  # fmt: skip
    menu = div("menu", div("menu-title", "Shortcuts"), *items, role="menu")
    return tag("details", summary, menu, class_="pop plus", data_keep="shortcuts") if items else None


def _insert(sign: str, label: str, text: str) -> Html:
    return tag("button", sign, type="button", class_="icon-button", title=label, aria_label=label, data_do="insert",
               data_text=text)  # fmt: skip


def _hints(workspace: Workspace, *, in_thread: bool) -> list[dict[str, str]]:
    """What may be typed after "/" and "@": {insert, name, about}."""
    people = [
        {"insert": f"@{user.real_name}", "name": user.real_name, "about": "app" if user.is_bot else "person"}
        for user in workspace.users.values()
        if user.id == workspace.bot_user or not user.is_bot
    ]
    people.sort(key=lambda one: one["about"] != "app")
    if in_thread:
        return people
    hint = workspace.app.usage_hint
    words = [part.strip() for part in hint.split("|")]
    commands = [{"insert": name, "name": name, "about": hint} for name in workspace.app.commands]
    commands += [
        {
            "insert": f"{workspace.app.commands[0]} {word}",
            "name": f"{workspace.app.commands[0]} {word}",
            "about": "",
        }
        for word in words
        if word.isalpha()
    ]
    invite = f"/invite @{tokens.BOT_NAME}"
    return [*commands, {"insert": invite, "name": invite, "about": "Add the app to this channel"}, *people]
