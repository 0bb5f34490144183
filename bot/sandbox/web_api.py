"""The Web API: what the app can do. Answers and errors are Slack's.

A method is a function of its arguments that returns the answer without its "ok"; a `Refusal` becomes
{"ok": false, "error": ...}. Who may call it and with which scope stands in the table `METHODS` at the end.
"""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response

from bot import limits
from bot.sandbox import checks, payloads, tokens
from bot.sandbox.calls import (
    arguments,
    is_true,
    is_within,
    json_of,
    page,
    token_of,
    uploaded_bytes,
    whole_number,
    with_json,
)
from bot.sandbox.forms import checked_view, make_view, replace_view
from bot.sandbox.oauth import OAuth
from bot.sandbox.refusal import Refusal, messages_of
from bot.sandbox.socket_mode import SocketMode
from bot.sandbox.workspace import (
    MODAL_STACK,
    Call,
    Channel,
    Failure,
    Json,
    Message,
    ResponseUrl,
    Scheduled,
    StoredFile,
    Trigger,
    View,
    Workspace,
    mimetype,
    with_ids,
)

SCHEDULED_AHEAD = 120 * 24 * 3600
"""Seconds ahead for which a message can be scheduled."""
SCHEDULED_WINDOW = 5 * 60
SCHEDULED_IN_A_WINDOW = 30
CANNOT_BE_DELETED_WITHIN = 60
"""Seconds before its time in which a scheduled message can no longer be deleted."""
ATTACHMENTS = 100
METADATA_CHARACTERS = 8000
SECRET = ("token", "client_secret", "code", "refresh_token")
"""Arguments that are not shown among the calls."""


@dataclass(frozen=True, slots=True)
class Method:
    """One method: what it does, the scope it needs, and whose token it takes ("bot", "app" or "anyone")."""

    run: Callable[[WebApi, Json], Json]
    scope: str | None = None
    caller: str = "bot"


class WebApi:
    """Answers the app's calls out of the workspace."""

    def __init__(self, workspace: Workspace, socket: SocketMode | None, oauth: OAuth | None = None) -> None:
        self.workspace = workspace
        self.socket = socket
        self.oauth = oauth or OAuth([workspace])

    # Requests

    async def api(self, request: Request) -> Response:
        """POST or GET /api/<method>."""
        name = request.path_params["method"]
        args = await arguments(request)
        call = Call(
            name, {key: value for key, value in args.items() if key not in SECRET}, self.workspace.clock()
        )
        self._called(call)
        await self._latency()
        failure = self._failure(name, args)
        if failure and not failure.after and failure.answers:
            answer = self._failed(call, failure)
        else:
            answer = self._answer(call, token_of(request, args), args)
        if failure:
            await asyncio.sleep(failure.delay)
            if failure.after:
                answer = self._failed(call, failure)
        self.workspace.noted()
        return answer

    def _called(self, call: Call) -> None:
        self.workspace.calls.append(call)
        self.workspace.noted()

    def _answer(self, call: Call, token: str, args: Json) -> Response:
        try:
            body: Json = {"ok": True} | self._run(call.method, token, args)
            call.ok = True
        except Refusal as refusal:
            call.error = refusal.error
            body = {"ok": False, "error": refusal.error, **refusal.more}
        return JSONResponse(body, headers=self._headers())

    def _run(self, name: str, token: str, args: Json) -> Json:
        method = METHODS.get(name)
        if method is None:
            raise Refusal("unknown_method", req_method=name)
        if method.caller != "anyone":
            self._check_token(token, method.caller)
        self._check_scope(method, args)
        return method.run(self, args)

    def _headers(self) -> dict[str, str]:
        return {
            "x-oauth-scopes": ",".join(sorted(self.workspace.settings.scopes)),
            "x-slack-req-id": self.workspace.new_id("R"),
        }

    async def _latency(self) -> None:
        if self.workspace.settings.latency:
            await asyncio.sleep(self.workspace.settings.latency)

    def _failure(self, method: str, args: Json) -> Failure | None:
        """The failure that was asked for this call, if any; it counts as used."""
        failures = self.workspace.settings.failures
        found = next((one for one in failures if one.strikes(method, args)), None)
        if found is not None:
            found.times -= 1
            if not found.times:
                failures.remove(found)
        return found

    def _failed(self, call: Call, failure: Failure) -> Response:
        status = failure.status or 200
        error = failure.error or ("ratelimited" if status == 429 else "internal_error")
        call.ok, call.error, call.status = False, error, status
        headers = self._headers() | ({"Retry-After": str(failure.retry_after)} if status == 429 else {})
        if failure.page is not None:
            return HTMLResponse(failure.page, status_code=status, headers=headers)
        return JSONResponse({"ok": False, "error": error}, status_code=status, headers=headers)

    def _check_token(self, token: str, kind: str) -> None:
        if not token:
            raise Refusal("not_authed")
        known = "app" if token == tokens.APP_TOKEN else "bot" if self.takes(token) else None
        if known is None:
            raise Refusal("token_revoked" if token in self.workspace.revoked_tokens else "invalid_auth")
        if known != kind:
            raise Refusal("not_allowed_token_type")
        if kind == "bot" and (self.workspace.bot_tokens[token] or math.inf) <= self.workspace.clock():
            raise Refusal("token_expired")

    def takes(self, token: str) -> bool:
        """Whether the app was given this token for the workspace."""
        return token in self.workspace.bot_tokens

    def _check_scope(self, method: Method, args: Json) -> None:
        needed = method.scope
        if needed and needed.startswith("channels:"):
            needed = self._scope_for_channel(needed, str(args.get("channel", "")))
        if needed and needed not in self.workspace.settings.scopes:
            provided = ",".join(sorted(self.workspace.settings.scopes))
            raise Refusal("missing_scope", needed=needed, provided=provided)

    def _scope_for_channel(self, scope: str, channel_id: str) -> str:
        channel = self.workspace.channels.get(channel_id)
        kind = payloads.channel_type(channel) if channel else "channel"
        return scope.replace("channels:", {"channel": "channels:", "group": "groups:", "im": "im:"}[kind])

    # Places and contents

    def channel(self, args: Json, key: str = "channel") -> Channel:
        """The channel that was named: an id, or "#general"."""
        wanted = str(args.get(key) or "")
        found = self.workspace.channels.get(wanted)
        by_name = (one for one in self.workspace.channels.values() if f"#{one.name}" == wanted)
        found = found or next(by_name, None)
        if found is None:
            raise Refusal("channel_not_found")
        return found

    def place_to_write(self, args: Json) -> Channel:
        """The channel, or with a person's id the direct message; the app has to be in it."""
        wanted = str(args.get("channel") or "")
        if wanted in self.workspace.users and not self.workspace.users[wanted].is_bot:
            return self.workspace.direct_message(wanted)
        channel = self.channel(args)
        public = "chat:write.public" in self.workspace.settings.scopes and not channel.is_private
        if not channel.bot_is_member and not public:
            raise Refusal("not_in_channel")
        return channel

    def blocks(self, args: Json) -> list[Json] | None:
        """The blocks to show, checked; None if the call does not speak of blocks."""
        blocks = args.get("blocks")
        if blocks is None or blocks == "":
            return None
        if isinstance(blocks, str):
            raise Refusal("invalid_blocks_format")
        problems = checks.block_problems(blocks, "message")
        if problems:
            raise Refusal("invalid_blocks", errors=problems, response_metadata=messages_of(problems))
        if checks.characters_in(blocks) > limits.ALL_BLOCK_TEXT:
            raise Refusal("msg_blocks_too_long")
        refused = list(self._refused(blocks))
        if refused:
            raise Refusal("invalid_blocks", errors=refused, response_metadata=messages_of(refused))
        return with_ids(blocks)

    def _refused(self, blocks: list[Json]) -> Iterable[str]:
        """What is wrong with blocks that are well made: a type that is not taken here, a file that is not ready."""
        for number, block in enumerate(blocks):
            if block.get("type") in self.workspace.settings.refused_blocks:
                yield f"unsupported type: {block['type']} [json-pointer:/blocks/{number}/type]"
            shown = block.get("slack_file")
            if isinstance(shown, dict) and not self._is_ready(str(shown.get("id") or "")):
                yield f"invalid slack file [json-pointer:/blocks/{number}/slack_file]"

    def _is_ready(self, file_id: str) -> bool:
        file = self.workspace.files.get(file_id)
        processing = self.workspace.settings.file_processing
        return file is not None and file.complete and self.workspace.clock() - file.completed_at >= processing

    def text(self, args: Json) -> str:
        """The top-level text; Slack cuts what is longer than it shows."""
        text = args.get("text")
        return "" if text is None else str(text)[: limits.MESSAGE_TEXT]

    def attachments(self, args: Json) -> list[Json]:
        found = args.get("attachments") or []
        if not isinstance(found, list):
            raise Refusal("invalid_attachments")
        if len(found) > ATTACHMENTS:
            raise Refusal("too_many_attachments")
        return found

    def metadata(self, args: Json) -> Json | None:
        found = args.get("metadata")
        if found in (None, ""):
            return None
        if not isinstance(found, dict):
            raise Refusal("invalid_metadata_format")
        if found and (not isinstance(found.get("event_type"), str) or "event_payload" not in found):
            raise Refusal("invalid_metadata_schema")
        if len(json.dumps(found)) > METADATA_CHARACTERS:
            raise Refusal("metadata_too_large")
        return found

    def thread(self, args: Json, channel: Channel) -> str | None:
        """The thread to reply in. A reply has no replies of its own."""
        thread_ts = args.get("thread_ts")
        if not thread_ts:
            return None
        root = self.workspace.message(channel.id, str(thread_ts))
        if root is None:
            if self.workspace.replies(channel.id, str(thread_ts)):
                return str(thread_ts)
            raise Refusal("thread_not_found")
        if root.is_reply or root.ephemeral_to:
            raise Refusal("cannot_reply_to_message")
        return root.ts

    def own_message(self, args: Json, refusal: str) -> Message:
        """The app's own message that is to be changed."""
        channel = self.channel(args)
        found = self.workspace.message(channel.id, str(args.get("ts") or ""))
        if found is None or found.ephemeral_to:
            raise Refusal("message_not_found")
        if found.bot_id != self.workspace.bot_id:
            raise Refusal(refusal)
        return found

    def written(self, args: Json, channel: Channel) -> Message:
        """A message of the app with the contents of this call; it is not posted yet."""
        blocks, attachments, text = self.blocks(args), self.attachments(args), self.text(args)
        if not (blocks or attachments or text):
            raise Refusal("no_text")
        thread_ts = self.thread(args, channel)
        broadcast = thread_ts is not None and is_true(args.get("reply_broadcast"))
        return Message(
            channel.id,
            self.workspace.next_ts(),
            self.workspace.bot_user,
            text,
            blocks or [],
            bot_id=self.workspace.bot_id,
            thread_ts=thread_ts,
            subtype="thread_broadcast" if broadcast else None,
            metadata=self.metadata(args),
            attachments=attachments,
            client_msg_id=str(args["client_msg_id"]) if args.get("client_msg_id") else None,
        )

    # chat.*

    def post_message(self, args: Json) -> Json:
        channel = self.place_to_write(args)
        message = self._posted_before(args, channel) or self.workspace.add(self.written(args, channel))
        return {"channel": channel.id, "ts": message.ts, "message": self._shown(message)}

    def _posted_before(self, args: Json, channel: Channel) -> Message | None:
        """The message that was posted under the same `client_msg_id`, where such are known."""
        id_ = args.get("client_msg_id")
        if not id_ or not self.workspace.settings.knows_repetitions:
            return None
        same = (
            one for one in self.workspace.messages if (one.channel, one.client_msg_id) == (channel.id, id_)
        )
        found = next(same, None)
        if found is not None and found.deleted:
            raise Refusal("duplicate_message_not_found")
        return found

    def update(self, args: Json) -> Json:
        message = self.own_message(args, "cant_update_message")
        blocks = self.blocks(args)
        text = self.text(args)
        if len(text) > limits.EDITED_TEXT:
            raise Refusal("msg_too_long")
        if not text and blocks is None and not args.get("attachments"):
            raise Refusal("no_text")
        if not text and not (message.blocks if blocks is None else blocks):
            raise Refusal("no_text")
        kept = message.blocks if blocks is None else blocks
        mark = not kept and text != message.text
        new_text = text if "text" in args else message.text
        self.workspace.edit(message, text=new_text, blocks=kept, metadata=self.metadata(args), mark=mark)
        shown = self._shown(message)
        return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": shown}

    def delete(self, args: Json) -> Json:
        message = self.own_message(args, "cant_delete_message")
        self.workspace.delete(message)
        return {"channel": message.channel, "ts": message.ts}

    def post_ephemeral(self, args: Json) -> Json:
        channel = self.place_to_write(args)
        user = str(args.get("user") or "")
        if user not in self.workspace.users or (channel.person not in (None, user)):
            raise Refusal("user_not_in_channel")
        message = self.written(args, channel)
        message.ephemeral_to, message.subtype, message.metadata = user, None, None
        self.workspace.add(message)
        return {"message_ts": message.ts}

    def get_permalink(self, args: Json) -> Json:
        channel = self.channel(args)
        message = self.workspace.message(channel.id, str(args.get("message_ts") or ""))
        if message is None:
            raise Refusal("message_not_found")
        return {"channel": channel.id, "permalink": permalink(self.workspace, message)}

    def schedule_message(self, args: Json) -> Json:
        channel = self.place_to_write(args)
        post_at, now = whole_number(args.get("post_at"), "invalid_time"), self.workspace.clock()
        if post_at <= now:
            raise Refusal("time_in_past")
        if post_at > now + SCHEDULED_AHEAD:
            raise Refusal("time_too_far")
        self._check_window(channel, post_at)
        draft = self.written(args, channel)
        later = Scheduled(
            self.workspace.new_id("Q"),
            channel.id,
            post_at,
            float(post_at),
            now,
            draft.text,
            draft.blocks,
            draft.thread_ts,
            draft.subtype == "thread_broadcast",
            draft.metadata,
        )
        self.workspace.scheduled[later.id] = later
        self.workspace.changed()
        shown = {"type": "delayed_message", "bot_id": self.workspace.bot_id, "text": later.text}
        more = {"blocks": later.blocks} if later.blocks else {}
        answer = {"channel": channel.id, "scheduled_message_id": later.id, "post_at": post_at}
        return answer | {"message": shown | more}

    def _check_window(self, channel: Channel, post_at: int) -> None:
        near = [
            one
            for one in self.workspace.scheduled.values()
            if one.channel == channel.id and one.post_at // SCHEDULED_WINDOW == post_at // SCHEDULED_WINDOW
        ]
        if len(near) >= SCHEDULED_IN_A_WINDOW:
            raise Refusal("restricted_too_many")

    def delete_scheduled_message(self, args: Json) -> Json:
        channel = self.channel(args)
        later = self.workspace.scheduled.get(str(args.get("scheduled_message_id") or ""))
        if later is None or later.channel != channel.id:
            raise Refusal("invalid_scheduled_message_id")
        if later.due_at - self.workspace.clock() < CANNOT_BE_DELETED_WITHIN:
            raise Refusal("invalid_scheduled_message_id")
        del self.workspace.scheduled[later.id]
        self.workspace.changed()
        return {}

    def scheduled_messages(self, args: Json) -> Json:
        only = args.get("channel")
        found = [
            {
                "id": one.id,
                "channel_id": one.channel,
                "post_at": one.post_at,
                "date_created": int(one.created),
                "text": one.text,
            }
            for one in sorted(self.workspace.scheduled.values(), key=lambda one: one.post_at)
            if only in (None, "", one.channel)
        ]
        return page(args, found, "scheduled_messages", 100)

    def _shown(self, message: Message) -> Json:
        return payloads.message_json(self.workspace, message, with_metadata=True, with_thread=False)

    # conversations.*, users.*, bots.*

    def conversation(self, args: Json) -> Json:
        return {"channel": payloads.conversation_json(self.workspace, self.channel(args))}

    def open_conversation(self, args: Json) -> Json:
        user = str(args.get("users") or "")
        if user not in self.workspace.users:
            raise Refusal("user_not_found")
        return {"channel": {"id": self.workspace.direct_message(user).id}}

    def replies(self, args: Json) -> Json:
        channel = self._readable(args)
        wanted = str(args.get("ts") or "")
        message = self.workspace.message(channel.id, wanted)
        if message is None or message.ephemeral_to:
            raise Refusal("thread_not_found")
        root_ts = message.thread_ts or message.ts
        return self._messages(args, self.workspace.thread(channel.id, root_ts), 1000)

    def history(self, args: Json) -> Json:
        channel = self._readable(args)
        newest_first = self.workspace.channel_messages(channel.id)[::-1]
        return self._messages(args, newest_first, 100) | {"pin_count": 0}

    def _readable(self, args: Json) -> Channel:
        channel = self.channel(args)
        if not channel.bot_is_member:
            raise Refusal("not_in_channel")
        return channel

    def _messages(self, args: Json, messages: Iterable[Message], most: int) -> Json:
        with_metadata = is_true(args.get("include_all_metadata"))
        shown = [
            payloads.message_json(self.workspace, message, with_metadata=with_metadata)
            for message in messages
            if not message.deleted and is_within(message.ts, args)
        ]
        return page(args, shown, "messages", most)

    def user(self, args: Json) -> Json:
        wanted = str(args.get("user") or "")
        if wanted not in self.workspace.users:
            raise Refusal("user_not_found")
        return {"user": payloads.user_json(self.workspace, wanted)}

    def bot(self, args: Json) -> Json:
        if args.get("bot") not in (None, "", self.workspace.bot_id):
            raise Refusal("bot_not_found")
        return {"bot": payloads.bot_profile(self.workspace)}

    # auth.*, api.*, apps.*

    def auth_test(self, args: Json) -> Json:
        return {
            "url": f"https://{self.workspace.domain}.slack.com/",
            "team": self.workspace.name,
            "user": tokens.BOT_HANDLE,
            "team_id": self.workspace.team_id,
            "user_id": self.workspace.bot_user,
            "bot_id": self.workspace.bot_id,
            "is_enterprise_install": self.workspace.settings.is_enterprise_install,
        } | payloads.organisation(self.workspace)

    def oauth_access(self, args: Json) -> Json:
        return self.oauth.access(args)

    def api_test(self, args: Json) -> Json:
        if args.get("error"):
            raise Refusal(str(args["error"]), args=args)
        return {"args": args}

    def open_connection(self, args: Json) -> Json:
        if self.socket is None:
            raise Refusal("socket_mode_not_enabled")
        address = self.socket.new_address()
        if address is None:
            raise Refusal("too_many_websockets")
        return {"url": address}

    # views.*

    def open_view(self, args: Json) -> Json:
        trigger = self._trigger(args)
        view = self._new_view(args, trigger, "modal")
        view.root_view_id = view.id
        self.workspace.open_views[trigger.user] = [view]
        return self._opened(view)

    def push_view(self, args: Json) -> Json:
        trigger = self._trigger(args)
        stack = self.workspace.open_views.get(trigger.user) or []
        if not stack:
            raise Refusal("not_found")
        if len(stack) >= MODAL_STACK:
            raise Refusal("push_limit_reached")
        view = self._new_view(args, trigger, "modal")
        view.root_view_id, view.previous_view_id = stack[0].id, stack[-1].id
        view.channel = view.channel or stack[-1].channel
        stack.append(view)
        return self._opened(view)

    def update_view(self, args: Json) -> Json:
        wanted, external = str(args.get("view_id") or ""), str(args.get("external_id") or "")
        view = self.workspace.view(wanted) or self.workspace.view_by_external_id(external)
        if view is None or view.type != "modal":
            raise Refusal("not_found")
        if args.get("hash") and args["hash"] != view.hash:
            raise Refusal("hash_conflict")
        replace_view(self.workspace, view, checked_view(args.get("view"), "modal"))
        return {"view": payloads.view_json(self.workspace, view)}

    def publish_view(self, args: Json) -> Json:
        user = str(args.get("user_id") or "")
        if user not in self.workspace.users:
            raise Refusal("user_not_found")
        shown = checked_view(args.get("view"), "home")
        home = self.workspace.homes.get(user)
        if home and args.get("hash") and args["hash"] != home.hash:
            raise Refusal("hash_conflict")
        if home is None:
            home = View(self.workspace.new_id("V"), "", "home", user, [])
            self.workspace.homes[user] = home
        replace_view(self.workspace, home, shown)
        return {"view": payloads.view_json(self.workspace, home)}

    def _trigger(self, args: Json) -> Trigger:
        trigger = self.workspace.triggers.get(str(args.get("trigger_id") or ""))
        if trigger is None:
            raise Refusal("invalid_trigger_id")
        if trigger.used:
            raise Refusal("exchanged_trigger_id")
        if trigger.expires < self.workspace.clock():
            raise Refusal("expired_trigger_id")
        return trigger

    def _new_view(self, args: Json, trigger: Trigger, kind: str) -> View:
        """The view, and with it the trigger is used up."""
        shown = checked_view(args.get("view"), kind)
        if self.workspace.view_by_external_id(str(shown.get("external_id") or "")):
            raise Refusal("duplicate_external_id")
        trigger.used = True
        return make_view(self.workspace, shown, trigger.user, trigger.channel)

    def _opened(self, view: View) -> Json:
        self.workspace.changed()
        return {"view": payloads.view_json(self.workspace, view)}

    # files.*

    def upload_url(self, args: Json) -> Json:
        name, length = str(args.get("filename") or ""), whole_number(args.get("length"), "invalid_arguments")
        if not name or length <= 0:
            raise Refusal("invalid_arguments")
        file = StoredFile(
            self.workspace.new_id("F"),
            name,
            alt_text=str(args.get("alt_txt") or ""),
            length=length,
            mimetype=mimetype(name),
            created=self.workspace.clock(),
            user=self.workspace.bot_user,
        )
        self.workspace.files[file.id] = file
        return {"file_id": file.id, "upload_url": f"{self.workspace.base_url}/upload/{file.id}"}

    def file_about(self, args: Json) -> Json:
        file = self.workspace.files.get(str(args.get("file") or ""))
        if file is None or not self._is_shared(file):
            raise Refusal("file_not_found")
        return {"file": payloads.file_json(self.workspace, file.id)}

    def _is_shared(self, file: StoredFile) -> bool:
        """Whether the app sees the file: its own, or one in a channel that it is in."""
        channels = self.workspace.channels
        return file.user == self.workspace.bot_user or any(
            channels[one].bot_is_member for one in file.channels
        )

    def complete_upload(self, args: Json) -> Json:
        wanted = args.get("files")
        if not isinstance(wanted, list) or not wanted:
            raise Refusal("invalid_arguments")
        files = [self._uploaded(one) for one in wanted]
        channel_id = args.get("channel_id") or args.get("channels")
        if channel_id:
            self._share(files, args | {"channel": channel_id})
        self.workspace.changed()
        return {"files": [payloads.file_json(self.workspace, file.id) for file in files]}

    def _uploaded(self, wanted: Any) -> StoredFile:
        file = self.workspace.files.get(str(wanted.get("id") or "")) if isinstance(wanted, dict) else None
        if file is None or not file.content:
            raise Refusal("file_not_found")
        file.title = str(wanted.get("title") or file.name)
        file.complete, file.completed_at = True, self.workspace.clock()
        return file

    def _share(self, files: list[StoredFile], args: Json) -> None:
        channel = self.place_to_write(args)
        comment = str(args.get("initial_comment") or "")
        blocks = None if comment else self.blocks(args)
        thread_ts = self.thread(args, channel)
        for file in files:
            file.channels.append(channel.id)
        self.workspace.add(
            Message(
                channel.id,
                self.workspace.next_ts(),
                self.workspace.bot_user,
                comment,
                blocks or [],
                bot_id=self.workspace.bot_id,
                thread_ts=thread_ts,
                files=[file.id for file in files],
            )
        )

    async def upload(self, request: Request) -> Response:
        """POST /upload/<file id>: the bytes themselves, bare or as a form's file."""
        file = self.workspace.files.get(request.path_params["file"])
        if file is None:
            return PlainTextResponse("no such upload", 404)
        failure = self._failure("upload", {})
        if failure is not None:
            return PlainTextResponse(failure.error or "failed", failure.status or 500)
        content = await uploaded_bytes(request)
        if len(content) != file.length:
            return PlainTextResponse("length does not match", 400)
        file.content = content
        return PlainTextResponse(f"OK - {len(content)}")

    async def file(self, request: Request) -> Response:
        """GET /files/<file id>/<name>: what was uploaded. Slack leads whoever may not see it to its login page."""
        file = self.workspace.files.get(request.path_params["file"])
        if not self.takes(token_of(request, {})) or "files:read" not in self.workspace.settings.scopes:
            return RedirectResponse(f"{self.workspace.base_url}/?redir=files", 302)
        if file is None or not file.content or not self._is_shared(file):
            return PlainTextResponse("no such file", 404)
        headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        return Response(file.content, media_type=file.mimetype, headers=headers)

    # response_url

    async def respond(self, request: Request) -> Response:
        """POST /response/<id>: an answer to an interaction."""
        try:
            args = json_of(await request.body() or b"{}")
        except ValueError:
            return PlainTextResponse("invalid_payload", 400)
        args = with_json(args if isinstance(args, dict) else {})
        call = Call("response_url", args, self.workspace.clock())
        self._called(call)
        await self._latency()
        failure = self._failure("response_url", args)
        if failure and failure.answers and not failure.after:
            return self._failed(call, failure)
        answer = self._responded(call, str(request.path_params["name"]), args)
        if failure:
            await asyncio.sleep(failure.delay)
        return self._failed(call, failure) if failure and failure.after else answer

    def _responded(self, call: Call, name: str, args: Json) -> Response:
        url = self.workspace.response_urls.get(name)
        if url is None or url.expires < self.workspace.clock():
            call.error, call.status = "expired_url", 404
        elif url.uses_left <= 0:
            call.error, call.status = "used_url", 404
        else:
            try:
                self._answer_interaction(url, args)
            except Refusal as refusal:
                call.error, call.status = refusal.error, 400
                return PlainTextResponse(refusal.error, 400)
            call.ok = True
            return PlainTextResponse("ok")
        return JSONResponse({"ok": False, "error": call.error}, call.status)

    def _answer_interaction(self, url: ResponseUrl, args: Json) -> None:
        original = self.workspace.message(url.channel, url.message_ts or "")
        if is_true(args.get("delete_original")):
            if original is not None and original.bot_id:
                self.workspace.delete(original)
        elif is_true(args.get("replace_original")) and original is not None and original.bot_id:
            blocks, text = self.blocks(args), self.text(args)
            if not (blocks or text):
                raise Refusal("no_text")
            metadata = self.metadata(args)
            self.workspace.edit(original, text=text, blocks=blocks or [], metadata=metadata, mark=False)
        else:
            self.answer_aside(url.user, url.channel, args, url.thread_ts)
        url.uses_left -= 1

    def answer_aside(self, user: str, channel: str, args: Json, thread_ts: str | None) -> None:
        """A new message in answer to an interaction: ephemeral, unless `response_type` says "in_channel".

        The app need not be in the channel for it.
        """
        args = args if args.get("thread_ts") or not thread_ts else args | {"thread_ts": thread_ts}
        message = self.written(args, self.workspace.channels[channel])
        if args.get("response_type") != "in_channel":
            message.ephemeral_to, message.metadata = user, None
        self.workspace.add(message)


def permalink(workspace: Workspace, message: Message) -> str:
    """The address of a message, on this server, in the form that Slack gives it."""
    link = f"{workspace.base_url}/archives/{message.channel}/p{message.ts.replace('.', '')}"
    thread = f"?thread_ts={message.thread_ts}&cid={message.channel}" if message.is_reply else ""
    return link + thread


METHODS: dict[str, Method] = {
    "api.test": Method(WebApi.api_test, caller="anyone"),
    "apps.connections.open": Method(WebApi.open_connection, caller="app"),
    "auth.test": Method(WebApi.auth_test),
    "bots.info": Method(WebApi.bot, "users:read"),
    "chat.delete": Method(WebApi.delete, "chat:write"),
    "chat.deleteScheduledMessage": Method(WebApi.delete_scheduled_message, "chat:write"),
    "chat.getPermalink": Method(WebApi.get_permalink),
    "chat.postEphemeral": Method(WebApi.post_ephemeral, "chat:write"),
    "chat.postMessage": Method(WebApi.post_message, "chat:write"),
    "chat.scheduleMessage": Method(WebApi.schedule_message, "chat:write"),
    "chat.scheduledMessages.list": Method(WebApi.scheduled_messages),
    "chat.update": Method(WebApi.update, "chat:write"),
    "conversations.history": Method(WebApi.history, "channels:history"),
    "conversations.info": Method(WebApi.conversation, "channels:read"),
    "conversations.open": Method(WebApi.open_conversation, "im:write"),
    "conversations.replies": Method(WebApi.replies, "channels:history"),
    "files.completeUploadExternal": Method(WebApi.complete_upload, "files:write"),
    "files.getUploadURLExternal": Method(WebApi.upload_url, "files:write"),
    "files.info": Method(WebApi.file_about, "files:read"),
    "oauth.v2.access": Method(WebApi.oauth_access, caller="anyone"),
    "users.info": Method(WebApi.user, "users:read"),
    "views.open": Method(WebApi.open_view),
    "views.publish": Method(WebApi.publish_view),
    "views.push": Method(WebApi.push_view),
    "views.update": Method(WebApi.update_view),
}
"""Every method that the sandbox knows. A scope "channels:..." means that of the channel's own kind."""
