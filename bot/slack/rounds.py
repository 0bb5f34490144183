"""The app's own rounds, once a minute: what nobody asks for, and is due all the same."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable
from dataclasses import dataclass

from bot.conversation import outcomes
from bot.conversation.conversation import Conversation
from bot.decision_log.departures import KEPT_FOR, departed_by
from bot.decision_log.forgetting import delete_workspace
from bot.decision_log.log import Log

log = logging.getLogger(__name__)

SILENCE = datetime.timedelta(days=1)
SEEN_FOR = datetime.timedelta(hours=24)


@dataclass(frozen=True)
class Rounds:
    """What is done in a round. ``wake``: there is something to send."""

    record: Log
    conversation: Conversation
    wake: Callable[[], None]

    def go(self, now: datetime.datetime) -> None:
        """One nudge after a day of silence, the question how a decision turned out, and what may be forgotten."""
        for silent in self.record.silent_since(now - SILENCE):
            self.conversation.nudge(silent, now)
            self.wake()
        for workspace, consultation in self.record.check_ins_due(now):
            outcomes.ask(self.conversation, workspace, consultation, now)
        with self.record.writing() as tx:
            tx.forget_seen(now - SEEN_FOR)
        self._delete_departed(now)

    def _delete_departed(self, now: datetime.datetime) -> None:
        """The records of workspaces that took the app away a month ago."""
        with self.record.reading() as tx:
            gone = departed_by(tx, now - KEPT_FOR)
        for workspace in gone:
            with self.record.writing() as tx:
                delete_workspace(tx, workspace)
            log.warning(
                "the records of workspace %s are deleted: the app was taken away a month ago", workspace
            )
        if gone and not self.record.leave_no_trace():
            log.warning("what was deleted is still in the database's file, since somebody reads it")
