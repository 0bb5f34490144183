"""How many decisions there are, of which kinds, and how they turned out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.decision_log.asking import Asking
from bot.decision_log.records import REACHED, DecisionStatus
from bot.decision_log.scope import Scope
from bot.decision_log.wanted import ANY, STANDING, Wanted


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts; ``by_verdict`` and ``outcomes`` by what was chosen. ``due``: outcomes that can be known by now.

    ``recorded``: how many of those that are due were recorded. ``overridden_share``: of all decisions those that were
    made against the advice, 0 to 1; ``None`` when there are none.
    """

    decisions: int
    by_verdict: Mapping[str, int]
    by_status: Mapping[DecisionStatus, int]
    overridden: int
    outcomes: Mapping[str, Mapping[str, int]]
    due: int
    recorded: int

    @property
    def overridden_share(self) -> float | None:
        return self.overridden / self.decisions if self.decisions else None

    def to_json(self) -> dict[str, Any]:
        """One object."""
        return {
            "decisions": self.decisions,
            "by_verdict": dict(self.by_verdict),
            "by_status": dict(self.by_status),
            "overridden": self.overridden,
            "overridden_share": self.overridden_share,
            "outcomes": {verdict: dict(counts) for verdict, counts in self.outcomes.items()},
            "due": self.due,
            "recorded": self.recorded,
        }


def stats(tx: Asking, scope: Scope, wanted: Wanted = ANY, now: datetime | None = None) -> Stats:
    """The counts of the decisions that are wanted. ``now``: what is due by then; ``None``: nothing is."""
    groups = tx.grouped(scope, wanted, now)
    verdicts: Counter[str] = Counter()
    statuses: Counter[DecisionStatus] = Counter()
    outcomes: dict[str, Counter[str]] = {}
    overridden = 0
    for group in groups:
        verdicts[group.chosen] += group.number
        statuses[group.status] += group.number
        overridden += group.number if group.is_against_advice else 0
        if group.outcome is not None:
            outcome = "missed" if group.outcome == REACHED else group.outcome
            outcomes.setdefault(group.chosen, Counter())[outcome] += group.number
    recorded = sum(group.number for group in groups if group.outcome is not None)
    waiting = sum(group.come for group in groups if group.outcome is None and group.status in STANDING)
    return Stats(
        decisions=sum(verdicts.values()),
        by_verdict=dict(verdicts.most_common()),
        by_status=dict(statuses.most_common()),
        overridden=overridden,
        outcomes=outcomes,
        due=recorded + waiting,
        recorded=recorded,
    )
