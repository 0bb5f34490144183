"""What is to be said once and never again is remembered for good, in either database."""

from __future__ import annotations

from datetime import datetime

from bot.conversation.alone import FOR_GOOD
from bot.decision_log import Log


def test_a_key_for_good_is_never_forgotten(log: Log, now: datetime) -> None:
    with log.writing("T1") as tx:
        assert tx.first_sight("T1", "deaf:UANA", FOR_GOOD)
        assert tx.first_sight("T1", "other", now)
    with log.writing("T1") as tx:
        assert tx.forget_seen(now.replace(year=2999)) == 1
    with log.reading("T1") as tx:
        assert tx.was_seen("T1", "deaf:UANA", FOR_GOOD)
