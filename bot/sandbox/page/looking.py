"""Where somebody is in the workspace, and what they have not seen yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.sandbox.page.messages import ThreadLine, moment
from bot.sandbox.page.panes import HOME, MESSAGES
from bot.sandbox.page.scene import Scene
from bot.sandbox.workspace import Channel, Message, Workspace

FILES_AT = "/page/files/"


@dataclass(slots=True)
class Looking:
    """One browser tab: who one is, the channel (or the app's home), the thread beside it.

    `seen` maps (person, place) to the ts up to which that person has read; `baseline` is where reading starts.
    """

    workspace: Workspace
    person: str
    place: str
    thread: str | None = None
    baseline: str = "0"
    seen: dict[tuple[str, str], str] = field(default_factory=dict)

    def may_see(self, channel: str) -> bool:
        """Whether this person is in a channel."""
        return any(one.id == channel for one in self.workspace.channels_of(self.person))

    def stay(self) -> None:
        """Whoever looks at a channel in which they are not is led to the first of theirs that has the app."""
        if self.place == HOME or self.may_see(self.place):
            return
        theirs = self.workspace.channels_of(self.person)
        usual = next((one for one in theirs if one.bot_is_member and not one.is_direct), None)
        self.place, self.thread = HOME if usual is None else usual.id, None

    @property
    def channel(self) -> Channel | None:
        """The channel in the middle; none on the app's home."""
        return self.workspace.channels.get(self.place)

    @property
    def scene(self) -> Scene:
        """Names, files and the time, as this person sees them."""
        now = datetime.fromtimestamp(self.workspace.clock(), tz=UTC).astimezone()
        channels = {one.id: one.name for one in self.workspace.channels_of(self.person) if not one.is_direct}
        users = {user.id: user.real_name for user in self.workspace.users.values() if user.id != "USLACKBOT"}
        files = {file.id: FILES_AT + file.id for file in self.workspace.files.values() if file.content}
        return Scene(now=now, users=users, channels=channels, files=files, viewer=self.person)

    @property
    def address(self) -> str:
        """The URL that leads here again."""
        thread = f"&thread={self.thread}" if self.thread else ""
        channel = self.channel
        place = HOME if channel is None else MESSAGES if channel.is_direct else channel.name
        return f"?as={self.workspace.users[self.person].name}&in={place}{thread}"

    def look(self) -> None:
        """Everything that is on the screen counts as read."""
        channel = self.channel
        if channel is None:
            return
        self._read(channel.id, self.workspace.channel_messages(channel.id, self.person))
        if self.thread:
            messages = self.workspace.thread(channel.id, self.thread, self.person)
            self._read(f"{channel.id}/{self.thread}", messages)

    def unread(self) -> set[str]:
        """Ids of channels with a message that this person has not seen."""
        return {
            channel.id
            for channel in self.workspace.channels_of(self.person)
            if self._count_new(channel.id, self.workspace.channel_messages(channel.id, self.person))
        }

    def threads(self, messages: Sequence[Message]) -> dict[str, ThreadLine]:
        """The line under each message that has replies, by the ts of that message."""
        scene, roots = self.scene, {root.ts: root for root in messages if not root.is_reply}
        below: dict[str, list[Message]] = {}
        for reply in self.workspace.messages:
            root = roots.get(reply.thread_ts or "")
            shown = reply.is_reply and reply.ephemeral_to is None and not reply.deleted
            if root is not None and root.channel == reply.channel and shown:
                below.setdefault(root.ts, []).append(reply)
        return {ts: self._line(roots[ts], replies, scene) for ts, replies in below.items()}

    def _line(self, root: Message, replies: Sequence[Message], scene: Scene) -> ThreadLine:
        new = self._count_new(f"{root.channel}/{root.ts}", replies)
        authors = list(dict.fromkeys(reply.user for reply in replies))
        return ThreadLine(len(replies), authors, moment(replies[-1].ts, scene), new)

    def _read(self, place: str, messages: Sequence[Message]) -> None:
        if messages:
            self.seen[(self.person, place)] = messages[-1].ts

    def _count_new(self, place: str, messages: Sequence[Message]) -> int:
        since = self.seen.get((self.person, place), self.baseline)
        return sum(
            message.ts > since and message.user != self.person and not message.deleted for message in messages
        )


def led_by(workspace: Workspace, name: str, place: str, thread: str) -> Looking:
    """Where an address leads; what it does not say, or says wrongly, is Ana in the first channel the app is in."""
    people = {user.name: user.id for user in workspace.people}
    channels = {channel.name: channel.id for channel in workspace.channels.values() if not channel.is_direct}
    baseline = workspace.messages[-1].ts if workspace.messages else "0"
    person = people.get(name.lower(), next(iter(people.values())))
    where = HOME if place == HOME else channels.get(place, "")
    if place == MESSAGES:
        where = workspace.direct_message(person).id
    looking = Looking(workspace, person, where, thread or None, baseline)
    looking.stay()
    return looking
