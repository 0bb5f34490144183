"""What Slack sends: messages, views and interactions as JSON, in the shapes of docs.slack.dev.

Pure functions of the workspace; nothing here changes it.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from urllib.parse import quote

from bot.sandbox import tokens
from bot.sandbox.workspace import Channel, Json, Message, View, Workspace


def message_json(
    workspace: Workspace, message: Message, *, with_metadata: bool = False, with_thread: bool = True
) -> Json:
    """A message as the Web API returns it. Metadata only if asked for, as in Slack.

    `with_thread` adds what is known of the thread below a root: the number of replies, and their authors.
    """
    body: Json = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text}
    if message.subtype:
        body["subtype"] = message.subtype
    if message.client_msg_id:
        body["client_msg_id"] = message.client_msg_id
    if message.bot_id:
        body |= {"bot_id": message.bot_id, "app_id": tokens.APP_ID, "bot_profile": bot_profile(workspace)}
    body |= _home_of(workspace, message)
    if message.blocks:
        body["blocks"] = message.blocks
    elif message.client_msg_id and not message.bot_id:
        body["blocks"] = [rich_text_of(message.text)]
    if message.attachments:
        body["attachments"] = message.attachments
    if message.files:
        body["files"] = [file_json(workspace, file) for file in message.files if file in workspace.files]
    if message.edited_ts:
        body["edited"] = {"user": message.user, "ts": message.edited_ts}
    if message.thread_ts:
        body["thread_ts"] = message.thread_ts
    if message.is_reply:
        body |= _parent_of(workspace, message)
    elif with_thread:
        body |= _thread_of(workspace, message)
    if with_metadata and message.metadata:
        body["metadata"] = message.metadata
    return body


def _home_of(workspace: Workspace, message: Message) -> Json:
    """The author's own workspace; in a shared channel it is named three times."""
    home = workspace.users[message.user].team_id
    is_shared = workspace.channels[message.channel].is_shared
    return {"team": home} | ({"user_team": home, "source_team": home} if is_shared else {})


def _parent_of(workspace: Workspace, message: Message) -> Json:
    root = workspace.message(message.channel, message.thread_ts or "")
    return {"parent_user_id": root.user} if root else {}


def _thread_of(workspace: Workspace, message: Message) -> Json:
    replies = workspace.replies(message.channel, message.ts)
    if not replies:
        return {}
    authors = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users_count": len(authors),
        "latest_reply": replies[-1].ts,
        "reply_users": authors,
        "is_locked": False,
        "subscribed": True,
    }


def bot_profile(workspace: Workspace) -> Json:
    return {
        "id": workspace.bot_id,
        "deleted": False,
        "name": tokens.BOT_NAME,
        "updated": 1_700_000_000,
        "app_id": tokens.APP_ID,
        "user_id": workspace.bot_user,
        "icons": {},
        "team_id": workspace.team_id,
    }


def rich_text_of(text: str) -> Json:
    """The rich_text block that Slack makes of what a person typed."""
    elements: list[Json] = []
    for part in re.split(r"(<@U\w+>|<#C\w+(?:\|[^>]*)?>|<![a-z]+>)", text):
        if mention := re.fullmatch(r"<@(U\w+)>", part):
            elements.append({"type": "user", "user_id": mention[1]})
        elif channel := re.fullmatch(r"<#(C\w+)(?:\|[^>]*)?>", part):
            elements.append({"type": "channel", "channel_id": channel[1]})
        elif everybody := re.fullmatch(r"<!([a-z]+)>", part):
            elements.append({"type": "broadcast", "range": everybody[1]})
        elif part:
            elements.append({"type": "text", "text": unescaped(part)})
    section = {"type": "rich_text_section", "elements": elements}
    return {"type": "rich_text", "block_id": secrets.token_urlsafe(4)[:5], "elements": [section]}


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def file_json(workspace: Workspace, file_id: str) -> Json:
    file = workspace.files[file_id]
    address = f"{workspace.base_url}/files/{file.id}/{quote(file.name)}"
    return {
        "id": file.id,
        "created": int(file.created),
        "timestamp": int(file.created),
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": file.mimetype,
        "filetype": file.name.rpartition(".")[2],
        "user": file.user,
        "user_team": workspace.team_id,
        "size": file.length,
        "mode": "hosted",
        "is_external": False,
        "alt_txt": file.alt_text,
        "url_private": address,
        "url_private_download": address,
        "permalink": address,
        "channels": list(file.channels),
    }


def view_json(workspace: Workspace, view: View, values: Json | None = None) -> Json:
    """A view as views.open returns it and as interactions carry it. `values` replace the inputs last known."""
    return {
        "id": view.id,
        "team_id": workspace.team_id,
        "type": view.type,
        "blocks": view.blocks,
        "private_metadata": view.private_metadata,
        "callback_id": view.callback_id,
        "state": {"values": view.values if values is None else values},
        "hash": view.hash,
        "title": view.title or {"type": "plain_text", "text": "View Title", "emoji": True},
        "clear_on_close": view.clear_on_close,
        "notify_on_close": view.notify_on_close,
        "close": view.close,
        "submit": view.submit,
        "submit_disabled": view.submit_disabled,
        "previous_view_id": view.previous_view_id,
        "root_view_id": view.root_view_id or view.id,
        "app_id": tokens.APP_ID,
        "external_id": view.external_id,
        "app_installed_team_id": workspace.team_id,
        "bot_id": workspace.bot_id,
    }


def person_json(workspace: Workspace, user: str) -> Json:
    found = workspace.users[user]
    return {"id": user, "username": found.name, "name": found.name, "team_id": found.team_id}


def channel_json(channel: Channel) -> Json:
    return {"id": channel.id, "name": channel_name(channel)}


def channel_name(channel: Channel) -> str:
    """The name that interactions carry; private places do not tell theirs."""
    if channel.is_direct:
        return "directmessage"
    return "privategroup" if channel.is_private else channel.name


def conversation_json(workspace: Workspace, channel: Channel) -> Json:
    """A conversation as conversations.info returns it."""
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not channel.is_direct and not channel.is_private,
        "is_group": channel.is_private,
        "is_im": channel.is_direct,
        "is_mpim": False,
        "is_private": channel.is_private or channel.is_direct,
        "is_archived": False,
        "is_general": channel.name == "general",
        "is_shared": channel.is_shared,
        "is_ext_shared": channel.is_shared and any(one.is_external for one in workspace.people),
        "is_org_shared": channel.is_shared and workspace.settings.enterprise_id is not None,
        "is_member": channel.bot_is_member,
        "created": 1_700_000_000,
        "creator": tokens.OWNER,
        "context_team_id": workspace.team_id,
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": channel.purpose, "creator": "", "last_set": 0},
    }


def user_json(workspace: Workspace, user: str) -> Json:
    """A user as users.info returns it."""
    found = workspace.users[user]
    return {
        "id": found.id,
        "team_id": found.team_id,
        "name": found.name,
        "real_name": found.real_name,
        "deleted": False,
        "tz": "Etc/UTC",
        "tz_label": "Coordinated Universal Time",
        "tz_offset": 0,
        "profile": {"real_name": found.real_name, "display_name": found.real_name, "team": found.team_id},
        "is_admin": found.id == tokens.OWNER,
        "is_owner": found.id == tokens.OWNER,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_bot": found.is_bot,
        "is_app_user": False,
        "updated": 1_700_000_000,
    }


def organisation(workspace: Workspace) -> Json:
    """The organisation of the workspace, where it belongs to one."""
    enterprise = workspace.settings.enterprise_id
    return {"enterprise_id": enterprise} if enterprise else {}


def _everywhere(workspace: Workspace, kind: str, user: str) -> Json:
    """What every interaction carries."""
    enterprise, team = workspace.organisation_of(user), workspace.users[user].team_id
    return {
        "type": kind,
        "user": person_json(workspace, user),
        "api_app_id": tokens.APP_ID,
        "token": tokens.VERIFICATION_TOKEN,
        "team": {"id": team, "domain": workspace.domain if workspace.is_ours(user) else team.lower()},
        "enterprise": {"id": enterprise, "name": enterprise} if enterprise else None,
        "is_enterprise_install": workspace.settings.is_enterprise_install,
    }


def slash_command(workspace: Workspace, user: str, channel: Channel, command: str, text: str) -> Json:
    """The fields of a slash command; over HTTP they are a form."""
    return {
        "token": tokens.VERIFICATION_TOKEN,
        "team_id": workspace.team_id,
        "team_domain": workspace.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": user,
        "user_name": workspace.users[user].name,
        "command": command,
        "text": text,
        "api_app_id": tokens.APP_ID,
        "is_enterprise_install": str(workspace.settings.is_enterprise_install).lower(),
        "response_url": workspace.new_response_url(user, channel.id),
        "trigger_id": workspace.new_trigger(user, channel=channel.id),
    } | organisation(workspace)


def click_on_message(
    workspace: Workspace, user: str, message: Message, actions: Sequence[Json], values: Json
) -> Json:
    """block_actions on a message. An ephemeral message itself is not in it, as in Slack."""
    channel = workspace.channels[message.channel]
    ephemeral = message.ephemeral_to is not None
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": ephemeral,
    }
    if message.is_reply:
        container["thread_ts"] = message.thread_ts
    body = _everywhere(workspace, "block_actions", user) | {
        "container": container,
        "trigger_id": workspace.new_trigger(user, channel=channel.id),
        "channel": channel_json(channel),
        "state": {"values": values},
        "response_url": workspace.new_response_url(
            user, channel.id, message_ts=message.ts, thread_ts=message.thread_ts if message.is_reply else None
        ),
        "actions": list(actions),
    }
    if not ephemeral:
        body["message"] = message_json(workspace, message, with_metadata=True, with_thread=False)
    return body


def click_in_view(workspace: Workspace, user: str, view: View, actions: Sequence[Json]) -> Json:
    """block_actions in a modal or on the App Home: no channel, no message, no response_url."""
    return _everywhere(workspace, "block_actions", user) | {
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": workspace.new_trigger(user, channel=view.channel, view_id=view.id),
        "view": view_json(workspace, view),
        "actions": list(actions),
    }


def submission(workspace: Workspace, user: str, view: View, response_urls: Sequence[Json]) -> Json:
    """view_submission, with the inputs in view.state."""
    return _everywhere(workspace, "view_submission", user) | {
        "trigger_id": workspace.new_trigger(user, channel=view.channel, view_id=view.id),
        "view": view_json(workspace, view),
        "response_urls": list(response_urls),
    }


def closing(workspace: Workspace, user: str, view: View, *, is_cleared: bool) -> Json:
    """view_closed: somebody closed a form without sending it."""
    return _everywhere(workspace, "view_closed", user) | {
        "view": view_json(workspace, view),
        "is_cleared": is_cleared,
    }


def global_shortcut(
    workspace: Workspace, user: str, callback_id: str, action_ts: str, channel: str | None
) -> Json:
    """A shortcut from the menu: Slack does not say where the person was."""
    return _everywhere(workspace, "shortcut", user) | {
        "action_ts": action_ts,
        "callback_id": callback_id,
        "trigger_id": workspace.new_trigger(user, channel=channel),
    }


def message_shortcut(
    workspace: Workspace, user: str, callback_id: str, action_ts: str, message: Message
) -> Json:
    """A shortcut from a message's menu."""
    channel = workspace.channels[message.channel]
    return _everywhere(workspace, "message_action", user) | {
        "action_ts": action_ts,
        "callback_id": callback_id,
        "trigger_id": workspace.new_trigger(user, channel=channel.id),
        "response_url": workspace.new_response_url(user, channel.id, message_ts=message.ts),
        "message_ts": message.ts,
        "channel": channel_json(channel),
        "message": message_json(workspace, message, with_metadata=True),
    }


def event_callback(workspace: Workspace, event: Json) -> Json:
    """An event in the envelope of the Events API. On the outside it names the workspace that made the channel."""
    place = workspace.channels.get(str(event.get("channel")))
    return {
        "token": tokens.VERIFICATION_TOKEN,
        "team_id": place.made_by if place else workspace.team_id,
        "context_team_id": workspace.team_id,
        "context_enterprise_id": workspace.settings.enterprise_id,
        "api_app_id": tokens.APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": workspace.new_id("Ev"),
        "event_time": int(workspace.clock()),
        "authorizations": [
            {
                "enterprise_id": workspace.settings.enterprise_id,
                "team_id": workspace.team_id,
                "user_id": workspace.bot_user,
                "is_bot": True,
                "is_enterprise_install": workspace.settings.is_enterprise_install,
            }
        ],
        "is_ext_shared_channel": bool(place and place.is_shared),
        "event_context": f"4-{secrets.token_urlsafe(24)}",
    } | organisation(workspace)


def message_event(workspace: Workspace, message: Message) -> Json:
    """The event of a new message. The channel's type decides which subscription and scope it needs."""
    channel = workspace.channels[message.channel]
    body = message_json(workspace, message, with_metadata=True, with_thread=False)
    return body | {"channel": channel.id, "event_ts": message.ts, "channel_type": channel_type(channel)}


def mention_event(workspace: Workspace, message: Message) -> Json:
    """The app_mention event of the same message."""
    body = message_json(workspace, message, with_thread=False)
    return body | {"type": "app_mention", "channel": message.channel, "event_ts": message.ts}


def change_event(workspace: Workspace, message: Message, what: str, event_ts: str, before: Message) -> Json:
    """message_changed or message_deleted; `what` is "changed" or "deleted".

    A deleted message with replies is changed to a tombstone.
    """
    channel = workspace.channels[message.channel]
    now = message_json(workspace, message, with_metadata=True, with_thread=False)
    is_tombstone = what == "deleted" and bool(workspace.replies(message.channel, message.ts))
    if is_tombstone:
        place_of = {key: now[key] for key in ("type", "ts", "thread_ts", "team") if key in now}
        gone = {
            "subtype": "tombstone",
            "text": "This message was deleted.",
            "user": "USLACKBOT",
            "hidden": True,
        }
        now, what = place_of | gone, "changed"
    place: Json = {
        "type": "message",
        "subtype": f"message_{what}",
        "hidden": True,
        "channel": channel.id,
        "channel_type": channel_type(channel),
        "ts": event_ts,
        "event_ts": event_ts,
        "previous_message": message_json(workspace, before, with_metadata=True, with_thread=False),
    }
    return place | ({"message": now} if what == "changed" else {"deleted_ts": message.ts})


def home_opened_event(workspace: Workspace, user: str, event_ts: str, tab: str = "home") -> Json:
    """app_home_opened for this tab, "home" or "messages"; with the view that was published before, if any."""
    event: Json = {
        "type": "app_home_opened",
        "user": user,
        "channel": workspace.direct_message(user).id,
        "tab": tab,
        "event_ts": event_ts,
    }
    home = workspace.homes.get(user) if tab == "home" else None
    return event | ({"view": view_json(workspace, home)} if home else {})


def channel_type(channel: Channel) -> str:
    if channel.is_direct:
        return "im"
    return "group" if channel.is_private else "channel"
