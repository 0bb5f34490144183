"""What every listener works with."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from typing import Any

from bot.conversation.conversation import Conversation
from bot.conversation.inquiry import Inquiry, seen_from
from bot.conversation.replies import (
    Act,
    AlreadyAdopted,
    AlreadyHere,
    Decided,
    Done,
    Late,
    Moved,
    Refused,
    Reply,
)
from bot.slack.listeners.failing import told_of
from bot.slack.listeners.incoming import Click, Said
from bot.slack.waiting import Waiting
from bot.slack.web_api import Slack, Wait
from bot.views import notes, taking, usage
from bot.views.document import Document, sentence, unmarked

log = logging.getLogger(__name__)

FILES_AT_ONCE = 2


@dataclass(frozen=True)
class Desk:
    """The conversation, the way to Slack, and the time."""

    conversation: Conversation
    slack: Slack
    clock: Callable[[], datetime.datetime]
    bot_user: Callable[[], str | None]
    bot: Callable[[], str | None]
    """The id of our bot, which stands in what we post; ``bot_user`` stands in a mention."""
    waiting: Waiting
    hears_in: Callable[[str], bool] = lambda _channel: True
    """Whether what is typed in this channel reaches the app without a mention."""
    takes_files: Callable[[], bool] = lambda: True
    """Whether we may post files."""
    departed: Callable[[str, datetime.datetime], bool] = lambda _workspace, _at: False
    """Called when a workspace took the app away, and when that was; whether it had it then."""
    aside: Executor = field(default_factory=lambda: ThreadPoolExecutor(FILES_AT_ONCE, "written-out"))

    @property
    def inquiry(self) -> Inquiry:
        """What can be asked of the log."""
        return Inquiry(self.conversation.log)

    @property
    def hears_alone(self) -> bool:
        """Whether what is typed in direct messages reaches the app."""
        return self.hears_in("D")

    def is_elsewhere(self, act: Act) -> bool:
        """Whether decisions are seen from elsewhere than their channel: they are this person's, of any."""
        return seen_from(act).person is not None

    def later(self, work: Callable[[], None], response_url: str) -> None:
        """Do what takes long on another thread; should it fail, the person is told."""

        def done() -> None:
            try:
                work()
            except Exception as error:
                self.tell(response_url, told_of(error))

        # In the same context, which knows whose installation this is for.
        self.aside.submit(copy_context().run, done)

    def shows_chart(self, response_url: str, told: Document) -> bool:
        """Whether Slack takes a message with a chart, which it need not."""
        try:
            return self.slack.respond(response_url, told)
        except Wait as why:
            log.warning("a chart could not be shown: %s", why)
            return False

    def reply(self, said: Said) -> None:
        """Deal with what was typed in a thread."""
        self.waits(said.act, self.conversation.reply(said.as_message()))

    def waits(self, act: Act, reply: Reply | None, response_url: str = "") -> None:
        """Whoever did something that the thread will show waits for that, and is told if it cannot be shown."""
        if isinstance(reply, Done):
            self.waiting.add(act.workspace, reply.consultation, act.user, response_url)

    def tell(self, response_url: str, told: Document | None) -> None:
        """Show something to the one person who acted. What they did is done, even if they cannot be told."""
        if told is not None and response_url:
            try:
                self.slack.respond(response_url, told)
            except Wait as why:
                log.warning("somebody could not be told: %s", why)

    def old_copy(self, act: Act, thread: str) -> Document:
        """What to say to who writes under a card that came twice: where to go on."""
        meant = self.conversation.copied_in(act.workspace, act.channel, thread)
        return usage.old_copy((meant.channel, meant.root_ts) if meant and meant.root_ts else None)

    def answer_click(self, click: Click, reply: Reply) -> None:
        """Tell the person who clicked what the thread will not show."""
        self.waits(click.act, reply, click.response_url)
        self.tell(click.response_url, only_for_you(reply))


def only_for_you(reply: Reply) -> Document | None:
    """What one person is told of a reply; ``None`` where the thread says it all."""
    match reply:
        case Late(given=given) if given is not None:
            return notes.late(given)
        case Late() | Refused(because="not_advised"):
            return usage.OUT_OF_DATE
        case Decided(decision=decision):
            return notes.is_decided(decision)
        case Moved():
            return taking.moved(reply)
        case AlreadyAdopted(by=by):
            return notes.already_adopted(by)
        case AlreadyHere():
            return usage.ALREADY_HERE
        case Refused(because="no_task"):
            return usage.WHAT_IS_THE_TASK
        case Refused(because="not_an_answer", detail=detail):
            return sentence(detail)
        case Refused():
            return usage.CANNOT_SEE
        case _:
            return None


def beside(field: str, told: Document) -> dict[str, Any]:
    """The answer to a form that leaves it open, with what is told beside a field, where Slack draws no markup."""
    return {"response_action": "errors", "errors": {field: unmarked(told)}}
