"""What Slack makes of the text that somebody typed: mentions become ids, the rest is escaped."""

from __future__ import annotations

import re

from bot.sandbox.payloads import escaped, unescaped
from bot.sandbox.workspace import Workspace

_CODED = r"<@(?P<user>U\w+)(?:\|[^>]*)?>|<#(?P<channel>C\w+)(?:\|[^>]*)?>"
_EVERYBODY = r"@(?P<everybody>here|channel|everyone)\b"
_LINK = r"(?P<link>https?://[^\s<>|]+[^\s<>|.,;:!?)\]}'\"])"


def message_text(workspace: Workspace, typed: str) -> str:
    """The text of a message: "@Ana" is <@UANA>, "#general" is <#CGENERAL|general>, "<" is &lt;."""
    return _coded(workspace, typed, in_a_command=False)


def typed_text(workspace: Workspace, text: str) -> str:
    """The text of a message as somebody types it, to be edited: <@UANA> is "@Ana" again."""

    def named(code: re.Match[str]) -> str:
        found = code.groupdict()
        if found["user"] in workspace.users:
            return f"@{workspace.users[found['user']].real_name}"
        if found["channel"] in workspace.channels:
            return f"#{workspace.channels[found['channel']].name}"
        return code[0]

    shown = re.sub(_CODED, named, text)
    shown = re.sub(r"<!(here|channel|everyone)>", r"@\1", shown)
    return unescaped(re.sub(r"<(https?://[^<>|]+)>", r"\1", shown))


def command_text(workspace: Workspace, typed: str) -> str:
    """The text of a slash command of an app that asks for escaping (`should_escape`)."""
    return _coded(workspace, typed, in_a_command=True)


def mentions(text: str, user: str) -> bool:
    """Whether this text of a message mentions that user."""
    return re.search(rf"<@{user}(\|[^>]*)?>", text) is not None


def _coded(workspace: Workspace, typed: str, *, in_a_command: bool) -> str:
    pattern = re.compile("|".join([_CODED, _EVERYBODY, _names(workspace), _LINK]), re.IGNORECASE)
    parts, end = [], 0
    for match in pattern.finditer(typed):
        parts += [escaped(typed[end : match.start()]), _code(workspace, match, in_a_command)]
        end = match.end()
    return "".join(parts) + escaped(typed[end:])


def _names(workspace: Workspace) -> str:
    """What stands for a user or a channel when typed after "@" or "#"; longer names first."""
    people = sorted({user.real_name for user in workspace.users.values()}, key=len, reverse=True)
    handles = sorted({user.name for user in workspace.users.values()}, key=len, reverse=True)
    places = sorted(
        {one.name for one in workspace.channels.values() if not one.is_direct}, key=len, reverse=True
    )
    users = "|".join(map(re.escape, people + handles))
    channels = "|".join(map(re.escape, places))
    return rf"@(?P<name>{users})(?!\w)|(?<![\w&])#(?P<place>{channels})(?![\w-])"


def _code(workspace: Workspace, match: re.Match[str], in_a_command: bool) -> str:
    found = {key: value for key, value in match.groupdict().items() if value}
    if "link" in found:
        return f"<{found['link']}>"
    if "everybody" in found:
        return f"<!{found['everybody'].lower()}>"
    if "user" in found or "name" in found:
        user = found.get("user") or _user_named(workspace, found["name"])
        if user not in workspace.users:
            return escaped(match[0])
        return f"<@{user}|{workspace.users[user].name}>" if in_a_command else f"<@{user}>"
    channel = found.get("channel") or _channel_named(workspace, found["place"])
    if channel not in workspace.channels:
        return escaped(match[0])
    return f"<#{channel}|{workspace.channels[channel].name}>"


def _user_named(workspace: Workspace, name: str) -> str:
    wanted = name.casefold()
    users = workspace.users.values()
    return next(user.id for user in users if wanted in (user.real_name.casefold(), user.name.casefold()))


def _channel_named(workspace: Workspace, name: str) -> str:
    wanted = name.casefold()
    return next(channel.id for channel in workspace.channels.values() if channel.name.casefold() == wanted)
