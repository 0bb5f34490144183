"""The app's own rounds, once a minute: what nobody asks for, and is due all the same."""

from __future__ import annotations

import datetime
import logging
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from threading import Lock

from bot.conversation import catching_up, outcomes
from bot.conversation.conversation import Conversation
from bot.conversation.review import Moved, review
from bot.decision_log.departures import KEPT_FOR, departed_by
from bot.decision_log.forgetting import delete_workspace
from bot.decision_log.log import Log
from core.in_force import in_force

log = logging.getLogger(__name__)

SILENCE = datetime.timedelta(days=1)
SEEN_FOR = datetime.timedelta(hours=24)


REVIEW_SECONDS = 5.0
"""Of a round are spent on working decisions out again; the next one goes on."""


@dataclass
class Rounds:
    """What is done in a round. ``wake``: there is something to send. ``serves``: as in the outbox."""

    record: Log
    conversation: Conversation
    wake: Callable[[], None]
    serves: Callable[[], Collection[str] | None] = lambda: None
    _reviewing: dict[str, Iterator[Moved | None]] = field(default_factory=dict)
    """The workspaces of which decisions are worked out again, and those that are left."""
    _reviewed_with: str = ""
    _going: Lock = field(default_factory=Lock)
    """One round at a time."""

    def go(self, now: datetime.datetime) -> None:
        """One nudge after a day of silence, the question how a decision turned out, and what may be forgotten."""
        with self._going:
            for silent in self.record.silent_since(now - SILENCE):
                catching_up.nudge(self.conversation.log, silent, now)
                self.wake()
            for workspace, consultation in self.record.check_ins_due(now):
                outcomes.ask(self.conversation, workspace, consultation, now)
            with self.record.writing() as tx:
                tx.forget_seen(now - SEEN_FOR)
            self._delete_departed(now)
            self._review(now)

    def _review(self, now: datetime.datetime) -> None:
        """After an upgrade of policy or prices, and when a dated one begins: tell what would be advised otherwise."""
        versions, ours = in_force(now.date()), self.serves()
        if versions != self._reviewed_with:
            for workspace in self.record.unreviewed(versions):
                if ours is None or workspace in ours:
                    self._reviewing[workspace] = review(self.conversation, workspace, now)
            self._reviewed_with = versions
        until = time.monotonic() + REVIEW_SECONDS
        for workspace, moved in list(self._reviewing.items()):
            for one in moved:
                if one is not None:
                    log.info("decision %s of %s would be advised otherwise", one.decision.place, workspace)
                if time.monotonic() > until:
                    return
            del self._reviewing[workspace]
            with self.record.writing(workspace) as tx:
                tx.note_reviewed(workspace, versions, now)

    def _delete_departed(self, now: datetime.datetime) -> None:
        """The records of workspaces that took the app away a month ago."""
        with self.record.reading() as tx:
            gone = departed_by(tx, now - KEPT_FOR)
        for workspace in gone:
            with self.record.writing(workspace) as tx:
                delete_workspace(tx, workspace)
            log.warning(
                "the records of workspace %s are deleted: the app was taken away a month ago", workspace
            )
        if gone and not self.record.leave_no_trace():
            log.warning("what was deleted is still in the database's file, since somebody reads it")
