"""What somebody can do in the workspace, and what the app is told about it.

The page and the control API call exactly these methods. Each waits for the app's acknowledgement, as Slack does.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Mapping, Sequence

from bot.sandbox import payloads, tokens
from bot.sandbox.elements import (
    CHOSEN_ONE,
    CHOSEN_SEVERAL,
    Placed,
    action_of,
    complaints,
    element_at,
    every_element,
    state_of,
    state_values,
)
from bot.sandbox.events import Events
from bot.sandbox.forms import checked_view, make_view, replace_view
from bot.sandbox.refusal import Refusal
from bot.sandbox.socket_mode import Transport
from bot.sandbox.typed import command_text, mentions, message_text
from bot.sandbox.web_api import WebApi
from bot.sandbox.workspace import (
    MODAL_STACK,
    Delivery,
    Json,
    Message,
    Scheduled,
    StoredFile,
    View,
    Workspace,
)

Choice = str | int | float | Sequence[str] | Mapping[str, object] | None
"""What was chosen on an element.

Nothing for a button; an option's value for a select, radio buttons or an overflow menu (a list of them for checkboxes
and multi-selects); the text, number or date for an input; or the element's state in Slack's own shape.
"""

Values = Mapping[str, Mapping[str, Choice]]
"""Inputs as they stand: block_id -> action_id -> Choice."""

NO_ANSWER = "{what} failed because the app did not respond."
NO_CONNECTION = "We had some trouble connecting. Try again?"
NOT_A_COMMAND = (
    "`{command}` is not a valid command. In Slack, all messages that start with the “/” command are interpreted as a "
    "command.\n\nIf you are trying to send a message and not run a command, try preceding the “/” with an empty space."
)
NOT_YOURS = f"{tokens.BOT_NAME} is not installed in your workspace. Mention it, or answer in its threads."
NOT_IN_THREADS = "`{command}` is not supported in threads. Sorry!"
NOT_INVITED = (
    f"You mentioned @{tokens.BOT_NAME}, but they’re not in this channel. Type `/invite @{tokens.BOT_NAME}`."
)


class NotThere(Exception):
    """The person tried to use something that they cannot see: no such message, button, form or channel."""


class People:
    """Everything that a person can do. `socket` is the way to the app."""

    def __init__(
        self,
        workspace: Workspace,
        socket: Transport,
        events: Events | None = None,
        api: WebApi | None = None,
    ) -> None:
        self.workspace = workspace
        self.socket = socket
        self.events = events or Events(workspace, socket)
        self.api = api or WebApi(workspace, None)
        self._inputs: dict[tuple[str, str, str], Json] = {}

    def forget(self) -> None:
        """The workspace as on the first day, and nothing on its way to the app."""
        self._inputs.clear()
        self.events.again.clear()
        self.workspace.forget()

    # Words

    async def say(
        self,
        user: str,
        channel: str,
        text: str,
        thread_ts: str | None = None,
        files: Sequence[str] = (),
    ) -> Message:
        """Post what was typed. "@Ana", "@Tune or Prompt" and "#general" become mentions, other markup is escaped.

        The app hears it as a message (with a history scope), as a mention, or both, if it is in the channel.
        `files` are ids of files that were uploaded for it.
        """
        self._must_know(user, channel)
        shared = [self._own_file(user, file) for file in files]
        workspace = self.workspace
        message = Message(
            channel,
            workspace.next_ts(),
            user,
            message_text(workspace, text),
            thread_ts=thread_ts,
            subtype="file_share" if shared else None,
            files=[file.id for file in shared],
            client_msg_id=str(uuid.uuid4()),
        )
        for file in shared:
            file.complete, file.user = True, user
            file.channels.append(channel)
        workspace.add(message)
        await self._tell(message)
        return message

    async def drop(
        self,
        user: str,
        channel: str,
        name: str,
        content: bytes,
        text: str = "",
        thread_ts: str | None = None,
    ) -> Message:
        """Drop a file in a channel or a thread, with or without a text."""
        self._must_know(user, channel)
        return await self.say(user, channel, text, thread_ts, [self.workspace.keep(name, content, user).id])

    async def edit(self, user: str, channel: str, ts: str, text: str) -> None:
        """Let a message of one's own read otherwise. One that reads as before stays as it is."""
        message = self._own_message(user, channel, ts)
        new = message_text(self.workspace, text)
        if not new.strip():
            raise NotThere("a message cannot be edited to nothing; it can be deleted")
        if new != message.text:
            self.workspace.edit(message, text=new, blocks=[])

    async def delete(self, user: str, channel: str, ts: str) -> None:
        """Take away a message of one's own."""
        self.workspace.delete(self._own_message(user, channel, ts))

    def _own_message(self, user: str, channel: str, ts: str) -> Message:
        message = self._message(user, channel, ts)
        if not message.is_typed_by(user):
            raise NotThere(f"{user} did not type the message {ts}")
        return message

    def _own_file(self, user: str, file_id: str) -> StoredFile:
        file = self.workspace.files.get(file_id)
        if file is None or file.complete or file.user not in ("", user):
            raise NotThere(f"{user} uploaded no file {file_id}")
        return file

    async def _tell(self, message: Message) -> None:
        workspace, told = self.workspace, []
        channel = workspace.channels[message.channel]
        mentioned = mentions(message.text, self.workspace.bot_user) and not channel.is_direct
        if mentioned and not channel.bot_is_member:
            workspace.note(message.user, message.channel, NOT_INVITED, message.thread_ts)
            return
        if mentioned and self.events.hears("app_mention"):
            told.append(self.events.send(payloads.mention_event(workspace, message)))
        if self.events.hears_messages_in(message.channel):
            told.append(self.events.send(payloads.message_event(workspace, message)))
        await asyncio.gather(*told)

    async def command(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> None:
        """Run a typed command, "/tune-or-prompt log". `/invite` and `/remove` are Slack's own."""
        self._must_know(user, channel)
        command, _, rest = text.strip().partition(" ")
        if command in ("/invite", "/remove", "/kick"):
            self._invite(user, channel, command, rest, thread_ts)
        elif command not in self.workspace.app.commands or not self.workspace.is_ours(user):
            self.workspace.note(user, channel, NOT_A_COMMAND.format(command=command), thread_ts)
        elif thread_ts:
            self.workspace.note(user, channel, NOT_IN_THREADS.format(command=command), thread_ts)
        else:
            await self._app_command(user, channel, command, rest.strip())

    async def _app_command(self, user: str, channel: str, command: str, rest: str) -> None:
        workspace = self.workspace
        place = workspace.channels[channel]
        payload = payloads.slash_command(workspace, user, place, command, command_text(workspace, rest))
        delivery = await self.socket.deliver("slash_commands", payload)
        if not delivery.acked:
            workspace.note(user, channel, _failed(delivery, f"`{command}`"))
        elif delivery.ack and (delivery.ack.get("text") or delivery.ack.get("blocks")):
            self._answer_command(user, channel, command, delivery.ack)

    def _answer_command(self, user: str, channel: str, command: str, answer: Json) -> None:
        try:
            self.api.answer_aside(user, channel, answer, None)
        except Refusal as refusal:
            self.workspace.note(user, channel, f"`{command}` failed with the error “{refusal.error}”.")

    def _invite(self, user: str, channel: str, command: str, rest: str, thread_ts: str | None) -> None:
        place = self.workspace.channels[channel]
        invited = command == "/invite"
        if self.workspace.bot_user not in command_text(self.workspace, rest):
            note = "Everybody is in this channel already." if invited else "Only the app can be removed here."
            self.workspace.note(user, channel, note, thread_ts)
        elif place.bot_is_member == invited:
            state = "already in this channel" if invited else "not in this channel"
            self.workspace.note(user, channel, f"{tokens.BOT_NAME} is {state}.", thread_ts)
        else:
            place.bot_is_member = invited
            what = "added to" if invited else "removed from"
            text = f"<@{self.workspace.bot_user}> was {what} #{place.name} by <@{user}>."
            subtype = "channel_join" if invited else "channel_leave"
            self.workspace.add(
                Message(channel, self.workspace.next_ts(), self.workspace.bot_user, text, subtype=subtype)
            )

    # Clicks

    async def click(
        self,
        user: str,
        channel: str,
        ts: str,
        block_id: str,
        action_id: str,
        choice: Choice = None,
        values: Values | None = None,
    ) -> None:
        """Use an element of a message. `values` are its other inputs, where they differ from what was chosen before."""
        message = self._message(user, channel, ts)
        placed = _placed(message.blocks, block_id, action_id)
        inputs = self._inputs.setdefault((user, channel, ts), {})
        _remember(inputs, placed, choice, values)
        self.workspace.changed()
        if not _tells_the_app(placed):
            return
        actions = [action_of(placed, choice, self.workspace.next_ts())]
        state = state_values(message.blocks, inputs, channel)
        payload = payloads.click_on_message(self.workspace, user, message, actions, state)
        delivery = await self.socket.deliver("interactive", payload)
        if not delivery.acked:
            thread_ts = message.thread_ts if message.is_reply else None
            self.workspace.note(user, channel, _failed(delivery, "That"), thread_ts)

    def inputs(self, user: str, channel: str, ts: str) -> Json:
        """What this person has chosen on this message so far: block_id -> action_id -> state."""
        return self._inputs.get((user, channel, ts), {})

    async def click_in_view(
        self,
        user: str,
        view_id: str,
        block_id: str,
        action_id: str,
        choice: Choice = None,
        values: Values | None = None,
    ) -> None:
        """Use an element of a modal or of the App Home. `values` are its inputs as they stand."""
        view = self._view(user, view_id)
        placed = _placed(view.blocks, block_id, action_id)
        _remember(view.values, placed, choice, values)
        view.values = state_values(view.blocks, view.values, view.channel)
        self.workspace.changed()
        if not _tells_the_app(placed):
            return
        actions = [action_of(placed, choice, self.workspace.next_ts())]
        payload = payloads.click_in_view(self.workspace, user, view, actions)
        delivery = await self.socket.deliver("interactive", payload)
        if not delivery.acked:
            self._note_anywhere(user, view.channel, _failed(delivery, "That"))

    # Forms

    async def submit(self, user: str, view_id: str, values: Values | None = None) -> Json | None:
        """Send a form. None: sent, and the workspace shows what came of it.

        {"errors": {block_id: text}}: not accepted, by the app or by Slack's own check of the inputs.
        {"error": text}: the app did not answer, or not in a way that Slack understands.
        """
        view = self._view(user, view_id)
        for block_id, chosen in (values or {}).items():
            view.values.setdefault(block_id, {}).update(_stated(view.blocks, block_id, chosen))
        view.values = state_values(view.blocks, view.values, view.channel)
        refused = complaints(view.blocks, view.values)
        if refused:
            return {"errors": refused}
        payload = payloads.submission(self.workspace, user, view, self._response_urls(user, view))
        delivery = await self.socket.deliver("interactive", payload)
        if not delivery.acked:
            return {"error": NO_CONNECTION}
        return self._submitted(user, view, delivery.ack or {})

    def _submitted(self, user: str, view: View, answer: Json) -> Json | None:
        action = answer.get("response_action")
        if action == "errors":
            return _refused(view, answer.get("errors"))
        if action in ("update", "push"):
            return self._next_view(user, view, action, answer)
        self._take_away(user, view, everything=action == "clear")
        return None

    def _next_view(self, user: str, view: View, action: str, answer: Json) -> Json | None:
        try:
            shown = checked_view(answer.get("view"), "modal")
        except Refusal:
            return {"error": NO_CONNECTION}
        if action == "update":
            replace_view(self.workspace, view, shown)
            return None
        stack = self.workspace.open_views.setdefault(user, [])
        if len(stack) >= MODAL_STACK:
            return {"error": NO_CONNECTION}
        pushed = make_view(self.workspace, shown, user, view.channel)
        pushed.root_view_id, pushed.previous_view_id = view.root_view_id, view.id
        stack.append(pushed)
        self.workspace.changed()
        return None

    def _take_away(self, user: str, view: View, *, everything: bool) -> None:
        """Close this form and those on top of it, or all of them."""
        stack = self.workspace.open_views.get(user, [])
        keep = 0 if everything or view not in stack else stack.index(view)
        self.workspace.open_views[user] = stack[:keep]
        self.workspace.changed()

    def _response_urls(self, user: str, view: View) -> list[Json]:
        """One for each channel picker of the form that asked for it."""
        found = []
        for placed in every_element(view.blocks):
            state = view.values.get(placed.block_id, {}).get(placed.action_id, {})
            channel = state.get("selected_conversation") or state.get("selected_channel")
            if placed.element.get("response_url_enabled") and channel in self.workspace.channels:
                address = self.workspace.new_response_url(user, channel)
                place = {"block_id": placed.block_id, "action_id": placed.action_id}
                found.append(place | {"channel_id": channel, "response_url": address})
        return found

    async def close(self, user: str, view_id: str) -> None:
        """Close a form without sending it. The app hears of it if it asked to (`notify_on_close`)."""
        view = self._view(user, view_id)
        self._take_away(user, view, everything=view.clear_on_close)
        if view.notify_on_close:
            payload = payloads.closing(self.workspace, user, view, is_cleared=view.clear_on_close)
            await self.socket.deliver("interactive", payload)

    # Home and shortcuts

    async def open_home(self, user: str) -> None:
        """Look at the app's Home tab."""
        if self.events.hears("app_home_opened"):
            event_ts = self.workspace.next_ts()
            await self.events.send(payloads.home_opened_event(self.workspace, user, event_ts))

    async def open_messages(self, user: str) -> None:
        """Look at the app's Messages tab."""
        self.workspace.direct_message(user)
        if self.events.hears("app_home_opened"):
            event_ts = self.workspace.next_ts()
            await self.events.send(payloads.home_opened_event(self.workspace, user, event_ts, "messages"))

    async def global_shortcut(self, user: str, callback_id: str, channel: str | None = None) -> None:
        """Choose a global shortcut; `channel` is where the person is just now, which the app is not told."""
        if not self.workspace.is_ours(user):
            self._note_anywhere(user, channel, NOT_YOURS)
            return
        event_ts = self.workspace.next_ts()
        payload = payloads.global_shortcut(self.workspace, user, callback_id, event_ts, channel)
        delivery = await self.socket.deliver("interactive", payload)
        if not delivery.acked:
            self._note_anywhere(user, channel, _failed(delivery, "The shortcut"))

    async def message_shortcut(self, user: str, callback_id: str, channel: str, ts: str) -> None:
        """Choose a shortcut from a message's menu."""
        message = self._message(user, channel, ts)
        if not self.workspace.is_ours(user):
            self.workspace.note(user, channel, NOT_YOURS, message.thread_ts if message.is_reply else None)
            return
        event_ts = self.workspace.next_ts()
        payload = payloads.message_shortcut(self.workspace, user, callback_id, event_ts, message)
        delivery = await self.socket.deliver("interactive", payload)
        if not delivery.acked:
            thread_ts = message.thread_ts if message.is_reply else None
            self.workspace.note(user, channel, _failed(delivery, "The shortcut"), thread_ts)

    # Time

    async def let_time_pass(self, seconds: float) -> None:
        """As if it were so many seconds later: what was scheduled is posted, what runs out has run out."""
        self.workspace.let_pass(seconds)
        self.post_due()
        self.events.send_due()

    def post_due(self) -> None:
        """Post the scheduled messages whose time has come."""
        now = self.workspace.clock()
        due = [one for one in self.workspace.scheduled.values() if one.due_at <= now]
        for one in sorted(due, key=lambda one: one.due_at):
            del self.workspace.scheduled[one.id]
            self.workspace.changed()
            if self._can_be_posted(one):
                self.workspace.add(_posted(self.workspace, one))

    def _can_be_posted(self, one: Scheduled) -> bool:
        """Slack drops a scheduled message with metadata without a word (chat.scheduleMessage, "Bug alert")."""
        return self.workspace.channels[one.channel].bot_is_member and not one.metadata

    # Finding

    def _must_know(self, user: str, channel: str) -> None:
        if user not in self.workspace.users or channel not in self.workspace.channels:
            raise NotThere(f"no such person or channel: {user}, {channel}")

    def _message(self, user: str, channel: str, ts: str) -> Message:
        self._must_know(user, channel)
        message = self.workspace.message(channel, ts)
        if message is None or message.ephemeral_to not in (None, user):
            raise NotThere(f"{user} sees no message {ts} in {channel}")
        return message

    def _view(self, user: str, view_id: str) -> View:
        view = self.workspace.view(view_id)
        if view is None or view.user != user:
            raise NotThere(f"{user} has no view {view_id} open")
        return view

    def _note_anywhere(self, user: str, channel: str | None, text: str) -> None:
        """Slack's words where the person is; in their direct message with the app if that is nowhere."""
        self.workspace.note(user, channel or self.workspace.direct_message(user).id, text)


def _placed(blocks: Sequence[Json], block_id: str, action_id: str) -> Placed:
    found = element_at(blocks, block_id, action_id)
    if found is None:
        raise NotThere(f"nothing to use at {block_id}, {action_id}")
    return found


def _tells_the_app(placed: Placed) -> bool:
    """An element in an input block keeps to itself until the form is sent, unless it asks otherwise."""
    return not placed.is_input or bool(placed.block.get("dispatch_action"))


def _remember(inputs: Json, placed: Placed, choice: Choice, values: Values | None) -> None:
    for block_id, chosen in (values or {}).items():
        inputs.setdefault(block_id, {}).update(chosen)
    if placed.type in CHOSEN_ONE or placed.type in CHOSEN_SEVERAL:
        inputs.setdefault(placed.block_id, {})[placed.action_id] = state_of(placed.element, _emptied(choice))


def _emptied(choice: Choice) -> Choice:
    """Nothing chosen is something said: an input that was emptied does not go back to what the app had put there."""
    return "" if choice is None else choice


def _stated(blocks: Sequence[Json], block_id: str, chosen: Mapping[str, Choice]) -> Json:
    """The states of these choices; what is not on the form is left out."""
    states: Json = {}
    for action_id, choice in chosen.items():
        placed = element_at(blocks, block_id, action_id)
        if placed is not None:
            states[action_id] = state_of(placed.element, _emptied(choice))
    return states


def _refused(view: View, errors: object) -> Json:
    """The app's complaints. Slack shows them only at inputs that are there."""
    inputs = {placed.block_id for placed in every_element(view.blocks) if placed.is_input}
    if not isinstance(errors, Mapping) or not errors or set(errors) - inputs:
        return {"error": NO_CONNECTION}
    return {"errors": {str(block_id): str(text) for block_id, text in errors.items()}}


def _failed(delivery: Delivery, what: str) -> str:
    if (delivery.error or "").startswith("http_status"):
        return f"{what} failed with the error “{delivery.error}”."
    return NO_ANSWER.format(what=what)


def _posted(workspace: Workspace, one: Scheduled) -> Message:
    return Message(
        one.channel,
        workspace.next_ts(),
        workspace.bot_user,
        one.text,
        one.blocks,
        bot_id=workspace.bot_id,
        thread_ts=one.thread_ts,
        subtype="thread_broadcast" if one.thread_ts and one.reply_broadcast else None,
    )
