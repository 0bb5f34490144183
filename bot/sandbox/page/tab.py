"""One browser tab: draws the workspace as one person sees it, and does what that person does."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from nicegui import Client, ui
from nicegui.events import GenericEventArguments
from pydantic import ValidationError

from bot.sandbox.page import forms, messages, panes
from bot.sandbox.page.gestures import Gesture
from bot.sandbox.page.html import Html, div
from bot.sandbox.page.looking import Looking
from bot.sandbox.page.messages import Row
from bot.sandbox.page.rows import Rows
from bot.sandbox.people import Choice, NotThere, People
from bot.sandbox.workspace import Channel, Json, View, Workspace

BUTTONS = frozenset({"button", "icon_button", "workflow_button", "feedback_buttons"})
REDRAW_AFTER = 0.02
"""Seconds in which several changes become one drawing."""
NOTE_STAYS = 6.0
"""Seconds for which a note in the corner is shown."""
MOST_SHOWN = 120
"""Messages of a channel that are drawn; older ones stay in the workspace."""


class Tab:
    """Made inside a page function; lives as long as the browser tab."""

    def __init__(self, client: Client, people: People, looking: Looking) -> None:
        self.client = client
        self.people = people
        self.looking = looking
        self.errors: dict[str, dict[str, str]] = {}
        self.attempts: dict[str, int] = {}
        self.notes: list[str] = []
        self.waiting: asyncio.TimerHandle | None = None
        self._build()
        self.draw()
        self.stop_listening = self.workspace.on_change(self.redraw_soon)
        client.on_delete(self.stop_listening)
        ui.on("gesture", self.on_gesture)

    @property
    def workspace(self) -> Workspace:
        return self.people.workspace

    def _build(self) -> None:
        with ui.element("div").classes("shell") as self.shell:
            self.side = Rows().classes("sidebar")
            with ui.element("main").classes("panes"):
                with ui.element("section").classes("pane channel"):
                    self.head = Rows()
                    self.list = Rows(stick=True).classes("scroll").props('data-testid="messages"')
                    self.compose = Rows()
                with (
                    ui.element("aside")
                    .classes("pane thread")
                    .props('data-testid="thread" aria-label="Thread"')
                ):
                    self.thread_head = Rows()
                    self.thread_list = (
                        Rows(stick=True).classes("scroll").props('data-testid="thread-messages"')
                    )
                    self.thread_compose = Rows()
        self.over = Rows()
        self.corner = Rows().classes("notes").props('role="status"')

    # Drawing

    def redraw_soon(self) -> None:
        """Draw once, a moment later, however many changes come until then."""
        if self.waiting is None:
            self.waiting = asyncio.get_running_loop().call_later(REDRAW_AFTER, self._redraw)

    def _redraw(self) -> None:
        self.waiting = None
        if self.client.is_deleted:
            self.stop_listening()
        else:
            self.draw()

    def draw(self) -> None:
        """Bring every pane up to date; what did not change is not sent."""
        self.looking.look()
        scene, looking = self.looking.scene, self.looking
        here = panes.HOME if looking.channel is None or looking.channel.is_direct else looking.place
        self.side.show([("side", panes.sidebar(self.workspace, scene, here, looking.unread()))])
        self._draw_place()
        self._draw_thread()
        view = self.workspace.top_view(looking.person)
        self.over.show([self._modal(view)] if view else [])
        self.corner.show([(f"note:{i}:{text}", div("note", text)) for i, text in enumerate(self.notes)])

    def _draw_place(self) -> None:
        looking, channel = self.looking, self.looking.channel
        if channel is None or channel.is_direct:
            self.head.show([("home", panes.home_head(here=looking.place))])
        else:
            self.head.show([(f"head:{channel.id}", panes.channel_head(channel, self.workspace))])
        if channel is None:
            home = self.workspace.homes.get(looking.person)
            drawn = forms.home(home, looking.scene, connected=self.workspace.app_is_connected)
            self.list.show([(f"home:{looking.person}", drawn)], stick=False)
            self.compose.show([])
            return
        self.list.show(self._channel_rows(channel), stick=True)
        self.compose.show(self._composer_rows(channel))

    def _channel_rows(self, channel: Channel) -> list[Row]:
        looking = self.looking
        shown = self.workspace.channel_messages(channel.id, looking.person)
        key = f"top:{channel.id}:{looking.person}"
        top = panes.beginning(channel, self.workspace, empty=not shown)
        if len(shown) > MOST_SHOWN:
            top = panes.older(len(shown) - MOST_SHOWN)
        shown = shown[-MOST_SHOWN:]
        rows = messages.rows(shown, self.workspace, looking.scene, looking.threads(shown))
        return [(key, Html("") if channel.is_direct else top), *rows]

    def _composer_rows(self, channel: Channel) -> list[Row]:
        quiet = [] if self.workspace.app_is_connected else [("quiet", panes.not_connected())]
        return [*quiet, (f"composer:{channel.id}", panes.composer(channel, self.workspace))]

    def _draw_thread(self) -> None:
        looking, channel = self.looking, self.looking.channel
        opened = looking.thread if channel else None
        self.shell.classes(add="with-thread" if opened else "", remove="" if opened else "with-thread")
        if channel is None or opened is None:
            for pane in (self.thread_head, self.thread_list, self.thread_compose):
                pane.show([])
            return
        self.thread_head.show([(f"thread:{channel.id}", panes.thread_head(channel))])
        self.thread_list.show(self._thread_rows(channel, opened))
        composer = panes.composer(channel, self.workspace, thread_ts=opened)
        self.thread_compose.show([(f"composer:{channel.id}:{opened}", composer)])

    def _thread_rows(self, channel: Channel, opened: str) -> list[Row]:
        looking, scene = self.looking, self.looking.scene
        shown = self.workspace.thread(channel.id, opened, looking.person)
        rows: list[Row] = [(f"top:{opened}:{looking.person}", Html(""))]
        before = None
        for message in shown:
            if before is not None and before.ts == opened:
                rows.append(("count", panes.reply_line(len(self.workspace.replies(channel.id, opened)))))
            follows = before is not None and before.ts != opened and messages.follow(message, before)
            drawn = messages.draw(message, self.workspace, scene, follows=follows, in_thread=True)
            rows.append((f"message:{message.ts}", drawn))
            before = message
        return rows

    def _modal(self, view: View) -> Row:
        depth = len(self.workspace.open_views.get(view.user, []))
        errors, attempt = self.errors.get(view.id, {}), self.attempts.get(view.id, 0)
        return f"view:{view.id}", forms.modal(view, self.looking.scene, errors, depth=depth, attempt=attempt)

    # What the person does

    async def on_gesture(self, event: GenericEventArguments) -> None:
        """Do what the browser reports. Something that is no longer there is said, not raised."""
        try:
            gesture = Gesture.model_validate(event.args)
        except ValidationError:
            return self.note("The page sent something that could not be understood. Reload it and try again.")
        try:
            await self._doing()[gesture.kind](gesture)
        except NotThere:
            self.note("That is not there any more.")
        self.redraw_soon()
        self.client.run_javascript("sandbox.idle()")
        return None

    def _doing(self) -> dict[str, Callable[[Gesture], Awaitable[None]]]:
        return {
            "say": self.say,
            "act": self.act,
            "submit": self.submit,
            "close": self.close,
            "be": self.be,
            "open_channel": self.open_channel,
            "open_home": self.open_home,
            "open_messages": self.open_messages,
            "open_thread": self.open_thread,
            "close_thread": self.close_thread,
            "shortcut": self.shortcut,
            "message_shortcut": self.message_shortcut,
            "let_time_pass": self.let_time_pass,
            "dismiss": self.dismiss,
            "edit": self.edit,
            "delete": self.delete,
        }

    async def say(self, gesture: Gesture) -> None:
        """Post what was typed; a line that begins with "/" is a command."""
        thread, text = gesture.thread or None, gesture.text.strip()
        if text.startswith("/") and not gesture.files:
            await self.people.command(self.looking.person, gesture.channel, text, thread)
        else:
            await self.people.say(self.looking.person, gesture.channel, text, thread, gesture.files)

    async def act(self, gesture: Gesture) -> None:
        """Use a button, a select or another element of a message, a modal or the home."""
        action_id = str(gesture.action.get("action_id", ""))
        choice = _choice(gesture.action)
        person, block_id, values = self.looking.person, gesture.block_id, gesture.values
        if gesture.view:
            await self.people.click_in_view(person, gesture.view, block_id, action_id, choice, values)
        else:
            await self.people.click(person, gesture.channel, gesture.ts, block_id, action_id, choice, values)

    async def submit(self, gesture: Gesture) -> None:
        """Send the form; sentences that come back are shown under their inputs."""
        answer = await self.people.submit(self.looking.person, gesture.view, gesture.values) or {}
        errors = dict(answer.get("errors") or {})
        if answer.get("error"):
            errors[""] = str(answer["error"])
        self.errors[gesture.view] = errors
        self.attempts[gesture.view] = self.attempts.get(gesture.view, 0) + bool(errors)

    async def close(self, gesture: Gesture) -> None:
        """Close the form in front, or with `all` everything that lies below it too."""
        person = self.looking.person
        for view in reversed(list(self.workspace.open_views.get(person, []))):
            if gesture.all or view.id == gesture.view:
                await self.people.close(person, view.id)

    async def be(self, gesture: Gesture) -> None:
        """Be somebody else in this tab."""
        if gesture.user not in {user.id for user in self.workspace.people}:
            return
        at_home = self.looking.channel is None or self.looking.channel.is_direct
        self.looking.person = gesture.user
        self.looking.stay()
        if at_home:
            await self.open_home(gesture)
        self._moved()

    async def open_channel(self, gesture: Gesture) -> None:
        """Look at a channel."""
        if self.looking.may_see(gesture.channel):
            self.looking.place, self.looking.thread = gesture.channel, None
            self._moved()

    async def open_home(self, gesture: Gesture) -> None:
        """Look at the app's Home tab."""
        self.looking.place, self.looking.thread = panes.HOME, None
        self._moved()
        await self.people.open_home(self.looking.person)

    async def open_messages(self, gesture: Gesture) -> None:
        """Look at the direct message between this person and the app."""
        direct = self.workspace.direct_message(self.looking.person)
        self.looking.place, self.looking.thread = direct.id, None
        self._moved()
        await self.people.open_messages(self.looking.person)

    async def open_thread(self, gesture: Gesture) -> None:
        """Open the thread of a message, which may be a reply itself, beside its channel."""
        message = self.workspace.message(gesture.channel, gesture.ts)
        if not self.looking.may_see(gesture.channel):
            return self.note("That message is in no channel of yours.")
        self.looking.place = gesture.channel
        self.looking.thread = (message.thread_ts if message else None) or gesture.ts
        self._moved()
        return None

    async def close_thread(self, gesture: Gesture) -> None:
        """Close the thread pane."""
        self.looking.thread = None
        self._moved()

    async def shortcut(self, gesture: Gesture) -> None:
        """Choose a global shortcut."""
        channel = self.looking.channel
        await self.people.global_shortcut(
            self.looking.person, gesture.callback_id, channel.id if channel else None
        )

    async def message_shortcut(self, gesture: Gesture) -> None:
        """Choose a shortcut from a message's menu."""
        await self.people.message_shortcut(
            self.looking.person, gesture.callback_id, gesture.channel, gesture.ts
        )

    async def let_time_pass(self, gesture: Gesture) -> None:
        """Post what falls due within so many seconds."""
        before = len(self.workspace.scheduled)
        await self.people.let_time_pass(gesture.seconds)
        posted = before - len(self.workspace.scheduled)
        words = dict(panes.TIMES).get(int(gesture.seconds), "Some time")
        what = {0: "Nothing was due.", 1: "1 scheduled message was posted."}
        self.note(f"{words} passed. {what.get(posted, f'{posted} scheduled messages were posted.')}")

    async def dismiss(self, gesture: Gesture) -> None:
        """Take away a message that only this person sees."""
        message = self.workspace.message(gesture.channel, gesture.ts)
        if message is not None and message.ephemeral_to == self.looking.person:
            self.workspace.delete(message)

    async def edit(self, gesture: Gesture) -> None:
        """Let a message of one's own read otherwise."""
        await self.people.edit(self.looking.person, gesture.channel, gesture.ts, gesture.text.strip())

    async def delete(self, gesture: Gesture) -> None:
        """Take away a message of one's own."""
        await self.people.delete(self.looking.person, gesture.channel, gesture.ts)

    def note(self, text: str) -> None:
        """Say something in the corner for a few seconds."""
        self.notes.append(text)
        asyncio.get_running_loop().call_later(NOTE_STAYS, self._forget_note, text)
        self.redraw_soon()

    def _forget_note(self, text: str) -> None:
        if text in self.notes:
            self.notes.remove(text)
        self.redraw_soon()

    def _moved(self) -> None:
        with self.client:
            ui.navigate.history.replace(self.looking.address)
        self.redraw_soon()


def _choice(action: Json) -> Choice:
    """What was chosen: for a button its value, for everything else the state of the element."""
    if action.get("type") in BUTTONS:
        return None if action.get("value") is None else str(action["value"])
    return {key: value for key, value in action.items() if key != "action_id"}
