"""Asking the log: what somebody may see from where they ask, a page of it, one decision whole, counts, all of it.

Whose decisions they are follows from the act alone, which says where it happened: nothing that a button, a form or a
text carries widens it.
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.conversation.filters import BadFilter, understand_filters
from bot.conversation.replies import Act
from bot.conversation.standing import standing_of
from bot.decision_log.export import every_record
from bot.decision_log.forecasting import Against, against
from bot.decision_log.log import Log
from bot.decision_log.records import Consultation, Decision, InMonth, Place, Recorded
from bot.decision_log.scope import Scope
from bot.decision_log.stats import Stats, stats
from bot.decision_log.wanted import Wanted
from core.difference import Sentence, difference
from core.tree import Verdict

PAGE = 10
"""Decisions on a page."""
LONGEST_QUERY = 300
"""Characters of words and filters: as many as a button can carry."""
TOO_LONG = BadFilter(f"That is more than I can look for: please ask in at most {LONGEST_QUERY} characters.")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of decisions. ``before``: where it begins; ``query``: what was asked for, as it was typed.

    ``of_person``: they are those in which one person took part. ``has_dates``: days were asked for, which are of UTC.
    """

    decisions: Sequence[Decision]
    query: str = ""
    before: Place | None = None
    has_older: bool = False
    of_person: bool = False
    has_dates: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts, how many were made in each month, and, where nothing was looked for, forecast against actual."""

    stats: Stats
    months: Sequence[InMonth]
    query: str = ""
    of_person: bool = False
    against: Against | None = None


@dataclass(frozen=True, slots=True)
class Today:
    """A decision's answers with the policy and the prices of today. ``verdict``: ``None`` when several are possible."""

    decision: Decision
    before: Verdict | None
    verdict: Verdict | None
    says: Sequence[Sentence]


def seen_from(act: Act) -> Scope:
    """Whose decisions can be seen: the channel's; in a direct message and on the Home those of this person."""
    if act.direct or not act.channel:
        return Scope.of_person(act.workspace, act.user)
    return Scope.of_channel(act.workspace, act.channel)


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What can be asked of a log. Each answer is of one moment."""

    log: Log

    def page(self, act: Act, query: str = "", before: Place | None = None) -> Page | BadFilter:
        """A page of those decisions that are wanted, which begins after ``before``."""
        wanted = _wanted(act, query)
        if isinstance(wanted, BadFilter):
            return wanted
        scope = seen_from(act)
        with self.log.reading(act.workspace) as tx:
            found = tx.decisions(scope, before, PAGE + 1, wanted)
        has_dates = wanted.since is not None or wanted.until is not None
        return Page(
            found[:PAGE], query, before, len(found) > PAGE, scope.person is not None, has_dates=has_dates
        )

    def numbered(self, act: Act, number: int, channel: str = "") -> list[Decision]:
        """Those that have this number: one at most in a channel, one of each channel elsewhere.

        ``channel``: only that channel's.
        """
        with self.log.reading(act.workspace) as tx:
            found = tx.numbered(seen_from(act), number)
        return [one for one in found if channel in ("", one.channel)]

    def record(self, act: Act, place: Place) -> Recorded | None:
        """One decision whole; ``None`` when it cannot be seen from here."""
        with self.log.reading(act.workspace) as tx:
            return tx.decision(seen_from(act), place.number, place.channel)

    def counted(self, act: Act, query: str = "") -> Counted | BadFilter:
        """How many of the wanted decisions there are of each kind, and when they were made."""
        wanted = _wanted(act, query)
        if isinstance(wanted, BadFilter):
            return wanted
        scope = seen_from(act)
        with self.log.reading(act.workspace) as tx:
            found = stats(tx, scope, wanted, act.now)
            forecast = None if query else against(tx, scope, act.now)
            return Counted(found, tx.by_month(scope, wanted), query, scope.person is not None, forecast)

    def records(self, act: Act, query: str = "", most: int | None = None) -> list[Recorded] | BadFilter:
        """The whole records of all wanted decisions, or of the first so many of them, by channel and number."""
        wanted = _wanted(act, query)
        if isinstance(wanted, BadFilter):
            return wanted
        scope = seen_from(act)
        with self.log.reading(act.workspace) as tx:
            return every_record(tx, scope, wanted, sys.maxsize if most is None else most)

    def today(self, act: Act, place: Place) -> Today | None:
        """What would be advised today on a decision's answers; ``None`` when it cannot be seen from here."""
        with self.log.reading(act.workspace) as tx:
            found = tx.decision(seen_from(act), place.number, place.channel)
            if found is None:
                return None
            house = tx.settings(Scope.of_workspace(act.workspace))
        then = standing_of(found.consultation, found.decision.at)
        now = standing_of(replace(found.consultation, house=house), act.now)
        says = difference(then.advice, now.advice).sentences()
        return Today(found.decision, then.advice.verdict, now.advice.verdict, tuple(says))

    def taken_up(self, act: Act, place: Place) -> Consultation | None:
        """The consultation that takes a decision up again and is still open, if one does."""
        with self.log.reading(act.workspace) as tx:
            if tx.decision(seen_from(act), place.number, place.channel) is None:
                return None
            return tx.taking_up(Scope.of_channel(act.workspace, place.channel), place.number)


def _wanted(act: Act, query: str) -> Wanted | BadFilter:
    return (
        TOO_LONG if len(query) > LONGEST_QUERY else understand_filters(query, act.now, datetime.UTC, act.user)
    )
