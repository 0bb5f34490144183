"""The control API: everything that a person can do, and what can be made to go wrong, as JSON over HTTP.

POST /sandbox/<verb> with a JSON object of arguments; GET /sandbox/state; GET /sandbox/health. People and channels
may be named ("Ana", "#ml-platform") or given by id.
"""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable, Collection
from dataclasses import fields
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.sandbox import companies, payloads
from bot.sandbox.calls import json_of
from bot.sandbox.people import NotThere, People
from bot.sandbox.socket_mode import SocketMode
from bot.sandbox.workspace import Failure, Json, Workspace

TEXTS = frozenset(
    """
    user channel text thread_ts name content ts block_id action_id view_id callback_id method error page about reason
    type
    """.split()  # noqa: SIM905
)
"""Arguments that are texts, whatever the verb."""


class Control:
    """The verbs, by name."""

    def __init__(self, workspace: Workspace, people: People, socket: SocketMode) -> None:
        self.workspace = workspace
        self.people = people
        self.socket = socket
        self.verbs: dict[str, Callable[[Json], Awaitable[Json | None]]] = {
            "say": self._say,
            "drop": self._drop,
            "edit": self._edit,
            "delete": self._delete,
            "command": self._command,
            "click": self._click,
            "click_in_view": self._click_in_view,
            "submit": self._submit,
            "close": self._close,
            "open_home": self._open_home,
            "open_messages": self._open_messages,
            "global_shortcut": self._global_shortcut,
            "message_shortcut": self._message_shortcut,
            "let_time_pass": self._let_time_pass,
            "fail": self._fail,
            "scopes": self._scopes,
            "settings": self._settings,
            "app": self._app,
            "disconnect": self._disconnect,
            "agree": self._agree,
            "uninstall": self._uninstall,
            "deliver": self._deliver,
            "forget": self._forget,
            "wait": self._wait,
        }

    async def post(self, request: Request) -> Response:
        verb = self.verbs.get(request.path_params["verb"])
        if verb is None:
            return _sorry(
                f"There is no verb {request.path_params['verb']}. There are: {', '.join(self.verbs)}.", 404
            )
        try:
            args = json_of(await request.body() or b"{}")
            answer = await verb(self._resolved(args))
        except NotThere as nothing:
            return _sorry(str(nothing), 404)
        except (ValueError, TypeError, KeyError) as wrong:
            return _sorry(f"{type(wrong).__name__}: {wrong}", 400)
        return JSONResponse({"ok": True} | (answer or {}))

    async def state(self, request: Request) -> Response:
        """The whole workspace, or with `?only=messages,views` these parts of it.

        With `&channel=` the messages of one channel, with `&thread=` too those of one thread, its root among them.
        """
        only = request.query_params.get("only", "")
        parts = only.split(",") if only else PARTS
        if "channel" not in request.query_params:
            return JSONResponse(_state_json(self.workspace, parts))
        place = self._resolved({"channel": request.query_params["channel"]})["channel"]
        found = _messages_in(self.workspace, place, request.query_params.get("thread"))
        return JSONResponse(_state_json(self.workspace, set(parts) - {"messages"}) | {"messages": found})

    async def health(self, request: Request) -> Response:
        """Whether the app is connected, and how many seconds somebody let pass: an app beside us goes by that."""
        return JSONResponse(
            {
                "ok": True,
                "app_is_connected": self.people.socket.connected,
                "revision": self.workspace.revision,
                "passed": self.workspace.passed,
            }
        )

    def _resolved(self, args: Any) -> Json:
        """The arguments, with ids for names."""
        if not isinstance(args, dict):
            raise ValueError("the arguments have to be a JSON object")
        users = {user.real_name: user.id for user in self.workspace.users.values()}
        channels = {one.name: one.id for one in self.workspace.channels.values() if not one.is_direct}
        for key in TEXTS & args.keys():
            if not isinstance(args[key], str | None):
                raise ValueError(f"{key} has to be a text")
        if "user" in args:
            args["user"] = users.get(args["user"], args["user"])
        if isinstance(args.get("channel"), str):
            args["channel"] = channels.get(args["channel"].removeprefix("#"), args["channel"])
        return args

    async def _say(self, args: Json) -> Json:
        message = await self.people.say(**args)
        return {"message": payloads.message_json(self.workspace, message) | {"channel": message.channel}}

    async def _drop(self, args: Json) -> Json:
        """As `say`, with a file: its name, and its content in base64."""
        content = base64.b64decode(args.pop("content"), validate=True)
        message = await self.people.drop(content=content, **args)
        return {"message": payloads.message_json(self.workspace, message) | {"channel": message.channel}}

    async def _edit(self, args: Json) -> None:
        """Let a message of one's own read otherwise."""
        await self.people.edit(**args)

    async def _delete(self, args: Json) -> None:
        """Take away a message of one's own."""
        await self.people.delete(**args)

    async def _command(self, args: Json) -> None:
        await self.people.command(**args)

    async def _click(self, args: Json) -> None:
        await self.people.click(**args)

    async def _click_in_view(self, args: Json) -> None:
        await self.people.click_in_view(**args)

    async def _submit(self, args: Json) -> Json:
        return {"answer": await self.people.submit(**args)}

    async def _close(self, args: Json) -> None:
        await self.people.close(**args)

    async def _open_home(self, args: Json) -> None:
        await self.people.open_home(**args)

    async def _open_messages(self, args: Json) -> None:
        await self.people.open_messages(**args)

    async def _global_shortcut(self, args: Json) -> None:
        await self.people.global_shortcut(**args)

    async def _message_shortcut(self, args: Json) -> None:
        await self.people.message_shortcut(**args)

    async def _let_time_pass(self, args: Json) -> None:
        await self.people.let_time_pass(**args)

    async def _fail(self, args: Json) -> None:
        """{"method": ..., ...} as in `Failure`; without a method, nothing fails any more."""
        if args:
            self.workspace.settings.failures.append(Failure(**args))
        else:
            self.workspace.settings.failures.clear()

    async def _scopes(self, args: Json) -> Json:
        """{"scopes": [...]}: what the app is granted from now on."""
        if "scopes" in args:
            self.workspace.settings.scopes = set(args["scopes"])
        return {"scopes": sorted(self.workspace.settings.scopes)}

    async def _settings(self, args: Json) -> None:
        """Any of latency, ack_within, file_processing (seconds), retry_events_after (a list of seconds),
        refused_blocks (a list of types), enterprise_id ("" for none), is_enterprise_install, knows_repetitions, shared
        and org (true: as with --shared and --org).
        """
        if args.get("shared"):
            companies.share(self.workspace)
        if args.get("org"):
            companies.join_organisation(self.workspace)
        for key in ("latency", "ack_within", "file_processing"):
            if key in args:
                setattr(self.workspace.settings, key, float(args[key]))
        if "retry_events_after" in args:
            self.workspace.settings.retry_events_after = tuple(map(float, args["retry_events_after"]))
        if "refused_blocks" in args:
            self.workspace.settings.refused_blocks = frozenset(map(str, args["refused_blocks"]))
        if "enterprise_id" in args:
            self.workspace.settings.enterprise_id = str(args["enterprise_id"]) or None
        for key in ("is_enterprise_install", "knows_repetitions"):
            if key in args:
                setattr(self.workspace.settings, key, bool(args[key]))

    async def _app(self, args: Json) -> None:
        """Any of commands and events: what the app's manifest says."""
        for key in ("commands", "events"):
            if key in args:
                setattr(self.workspace.app, key, tuple(args[key]))

    async def _disconnect(self, args: Json) -> None:
        await self.socket.disconnect(str(args.get("reason", "refresh_requested")))

    async def _agree(self, args: Json) -> Json:
        """{"place": "TSANDBOX"}: agree to have the app there; the code that it may exchange for tokens."""
        back = str(args.get("redirect_uri", "http://127.0.0.1/"))
        return {"code": self.people.api.oauth.code(str(args["place"]), back)}

    async def _uninstall(self, args: Json) -> None:
        """Take the app away. {"told": ["tokens_revoked", "app_uninstalled"]}: which events say so, in their order."""
        self.people.api.oauth.revoke(self.workspace)
        for event in args.get("told", ("app_uninstalled", "tokens_revoked")):
            revoked = {"tokens": {"oauth": [], "bot": [self.workspace.bot_user]}}
            await self.people.events.send({"type": event} | (revoked if event == "tokens_revoked" else {}))

    async def _deliver(self, args: Json) -> Json:
        """Send a payload as it is: {"type": "interactive", "payload": {...}}."""
        delivery = await self.people.socket.deliver(**args)
        return {key: getattr(delivery, key) for key in ("envelope_id", "acked", "ack", "ack_ms", "error")}

    async def _forget(self, args: Json) -> None:
        """Everything as on the first day: what was said, called, switched and made to go wrong."""
        self.people.forget()

    async def _wait(self, args: Json) -> Json:
        """{"seen": 12, "seconds": 0.5}: wait until there is other news than 12. The answer says which."""
        await self.workspace.wait_for_news(int(args["seen"]), float(args.get("seconds", 1.0)))
        return {"news": self.workspace.news}


def _state_json(workspace: Workspace, parts: Collection[str]) -> Json:
    """These parts of a workspace. Unlike Slack's answers they hold ephemeral and deleted messages too."""
    return {name: part(workspace) for name, part in PARTS.items() if name in parts}


def _fields_of(one: Any) -> Json:
    """A record as JSON. What it holds is JSON already and is sent at once: a copy of it would be most of the work."""
    return {field.name: getattr(one, field.name) for field in fields(one)}


def _messages_in(workspace: Workspace, channel: str, thread: str | None) -> list[Json]:
    here = [message for message in workspace.messages if message.channel == channel]
    return [_fields_of(one) for one in here if thread is None or thread in (one.ts, one.thread_ts)]


def _views(workspace: Workspace) -> Json:
    return {
        user: [payloads.view_json(workspace, view) for view in stack]
        for user, stack in workspace.open_views.items()
        if stack
    }


def _homes(workspace: Workspace) -> Json:
    return {user: payloads.view_json(workspace, view) for user, view in workspace.homes.items()}


PARTS: dict[str, Callable[[Workspace], Any]] = {
    "revision": lambda workspace: workspace.revision,
    "news": lambda workspace: workspace.news,
    "team": lambda workspace: {"id": workspace.team_id, "name": workspace.name},
    "app_is_connected": lambda workspace: workspace.app_is_connected,
    "users": lambda workspace: [_fields_of(user) for user in workspace.users.values()],
    "channels": lambda workspace: [_fields_of(channel) for channel in workspace.channels.values()],
    "messages": lambda workspace: [_fields_of(message) for message in workspace.messages],
    "views": _views,
    "homes": _homes,
    "files": lambda workspace: [payloads.file_json(workspace, file) for file in workspace.files],
    "scheduled": lambda workspace: [_fields_of(one) for one in workspace.scheduled.values()],
    "scopes": lambda workspace: sorted(workspace.settings.scopes),
    "calls": lambda workspace: [_fields_of(call) for call in workspace.calls],
    "deliveries": lambda workspace: [_fields_of(delivery) for delivery in workspace.deliveries],
}
"""What GET /sandbox/state shows, by name."""


def _sorry(text: str, status: int) -> Response:
    return JSONResponse({"ok": False, "error": text}, status)
