"""Everything that the log offers, as what somebody may try who knows the ids of what is another's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.conversation.filters import sought
from bot.decision_log import CheckInDate, Decision, Link, Outcome, Place, Review, Scope, Wanted
from bot.decision_log.alike import like
from bot.decision_log.departures import note_return
from bot.decision_log.export import every, every_record, written_log
from bot.decision_log.forecasting import against
from bot.decision_log.forgetting import delete_workspace, forget_person
from bot.decision_log.importing import read_log
from bot.decision_log.keeping import keep_log
from bot.decision_log.stats import stats
from bot.decision_log.tables import check_in_dates, links, outcomes, reviews
from bot.decision_log.writing import Writing
from core.similar import Traits


@dataclass(frozen=True)
class Thing:
    """A consultation and what it led to, by all its ids. ``word`` stands wherever in it words can."""

    workspace: str
    channel: str
    consultation: str
    thread: str
    word: str
    person: str
    post: int
    number: int
    decision: Decision | None

    @property
    def place(self) -> Place:
        return Place(self.channel, self.number)

    def nowhere(self) -> Thing:
        """The same with ids that nobody has."""
        ids = {"workspace": "TNOWHERE", "channel": "CNOWHERE", "consultation": "nowhere"}
        number = 987_654 if self.number else 0
        decided = None if self.decision is None else replace(self.decision, number=number, **ids)
        more = {"thread": "9.9", "word": "nohush", "person": "UNOBODY", "post": 987_654}
        return replace(self, decision=decided, number=number, **ids, **more)

    def unnamed(self, told: str) -> str:
        """What was told of it without the ids by which it was asked for."""
        told = told.replace(str(self.place), "@").replace(f"#{self.number} ", "#@ ")
        for id_ in (self.consultation, self.thread, self.word, self.workspace, self.channel, self.person):
            told = told.replace(id_, "@")
        return told.replace(f"post {self.post} ", "post @ ")


Try = Callable[[Writing, Scope, Thing, datetime], Any]


def _added(tx: Writing, scope: Scope, it: Thing, _now: datetime) -> Any:
    kinds = {Outcome: outcomes, Link: links, CheckInDate: check_in_dates, Review: reviews}
    return [tx.added_to(scope, [it.place], kind, table) for kind, table in kinds.items()]


def _decided(tx: Writing, scope: Scope, it: Thing, now: datetime) -> Any:
    how: Any = {"recommended": "fine_tune", "chosen": "fine_tune", "status": "accepted", "why": None}
    return tx.decide(scope, it.consultation, by=it.person, now=now, **how)


def _taken_up(tx: Writing, scope: Scope, it: Thing, now: datetime) -> Any:
    there = Scope.of_channel(scope.workspace, it.channel)
    return tx.open_consultation(there, task="again", asker="U1", now=now, reopened_from=it.number)


def _seen_first(tx: Writing, scope: Scope, it: Thing, now: datetime) -> Any:
    is_first = tx.first_sight(scope.workspace, f"key {it.word}", now)
    tx.forget_sight(scope.workspace, f"key {it.word}")
    return is_first


ON_IDS: Mapping[str, Try] = {
    "finds_its_tables": lambda tx, scope, it, now: tx.finds_its_tables(),
    "consultation": lambda tx, scope, it, now: tx.consultation(scope, it.consultation),
    "of_ids": lambda tx, scope, it, now: tx.of_ids(scope, [it.consultation]),
    "in_thread": lambda tx, scope, it, now: tx.in_thread(scope, it.thread),
    "is_in_thread": lambda tx, scope, it, now: tx.is_in_thread(scope, it.thread, it.consultation, 1),
    "version": lambda tx, scope, it, now: tx.version(scope, it.consultation),
    "held_up": lambda tx, scope, it, now: tx.held_up(scope, [it.consultation]),
    "kept_advice": lambda tx, scope, it, now: tx.kept_advice(scope, it.consultation),
    "advance": lambda tx, scope, it, now: tx.advance(scope, it.consultation, from_version=1, now=now),
    "set_root": lambda tx, scope, it, now: tx.set_root(scope, it.consultation, "1.1"),
    "void": lambda tx, scope, it, now: tx.void(scope, it.consultation),
    "set_nudged": lambda tx, scope, it, now: tx.set_nudged(scope, it.consultation),
    "add_answers": lambda tx, scope, it, now: tx.add_answers(
        scope, it.consultation, [("misses", "facts", "form")], "U1", now
    ),
    "keep_advice": lambda tx, scope, it, now: tx.keep_advice(scope, it.consultation, {}, "p", "q", now),
    "add_post": lambda tx, scope, it, now: tx.add_post(scope, it.consultation, "note"),
    "change_post": lambda tx, scope, it, now: tx.change_post(scope, it.consultation, it.post, ts="1.1"),
    "decide": _decided,
    "touch": lambda tx, scope, it, now: tx.touch(scope.workspace, it.consultation, now),
    "take_check_in": lambda tx, scope, it, now: tx.take_check_in(scope.workspace, it.consultation, now),
    "was_seen": lambda tx, scope, it, now: tx.was_seen(scope.workspace, f"key {it.word}", now),
    "first_sight": _seen_first,
    "seen_after": lambda tx, scope, it, now: tx.seen_after(scope.workspace, f"key {it.word[:-1]}", now),
}
"""Of a consultation, its thread, its posts, its deliveries: ids that only one can have."""
ON_PLACES: Mapping[str, Try] = {
    "decision": lambda tx, scope, it, now: tx.decision(scope, it.number, it.channel),
    "whole": lambda tx, scope, it, now: tx.whole(scope, [it.place]),
    "at_places": lambda tx, scope, it, now: tx.at_places(scope, [it.place]),
    "outcomes_of": lambda tx, scope, it, now: tx.outcomes_of(scope, it.place),
    "added_to": _added,
    "add_outcome": lambda tx, scope, it, now: tx.add_outcome(
        scope, it.place, Outcome("U1", now, shipped=True)
    ),
    "add_link": lambda tx, scope, it, now: tx.add_link(scope, it.place, Link("https://a.b", "n", "U1", now)),
    "set_check_in": lambda tx, scope, it, now: tx.set_check_in(scope, it.place, CheckInDate(None, "U1", now)),
    "add_review": lambda tx, scope, it, now: tx.add_review(scope, it.place, Review(now, "a", "b", ())),
    "withdraw": lambda tx, scope, it, now: tx.withdraw(scope, it.number, "U1", "no", now, it.channel),
    "derive": lambda tx, scope, it, now: tx.derive(scope.workspace, it.place),
    "derive_all": lambda tx, scope, it, now: tx.derive_all(scope.workspace, [it.place]),
    "open_consultation": _taken_up,
}
"""Of a decision: channels and numbers that another may have too."""
WITH_WORDS: Mapping[str, Try] = {
    "decisions": lambda tx, scope, it, now: tx.decisions(scope, wanted=Wanted(sought(it.word))),
    "the most relevant": lambda tx, scope, it, now: tx.decisions(
        scope, wanted=Wanted(sought(it.word), sort="relevance")
    ),
    "the most costly": lambda tx, scope, it, now: tx.decisions(
        scope, wanted=Wanted(sought(it.word), sort="cost")
    ),
    "grouped": lambda tx, scope, it, now: tx.grouped(scope, Wanted(sought(it.word))),
    "by_month": lambda tx, scope, it, now: tx.by_month(scope, Wanted(sought(it.word))),
    "stats": lambda tx, scope, it, now: stats(tx, scope, Wanted(sought(it.word))),
    "export": lambda tx, scope, it, now: every_record(tx, scope, Wanted(sought(it.word))),
}
"""By words that stand in another's decisions alone."""


def _exported(tx: Writing, scope: Scope, _it: Thing, _now: datetime) -> Any:
    return written_log(scope.workspace, every_record(tx, scope))


def _set(tx: Writing, scope: Scope, it: Thing, now: datetime) -> Any:
    tx.hold_settings(scope)
    return tx.add_settings(scope, {"low_volume": 1}, it.person, now)


def _moved(tx: Writing, scope: Scope, it: Thing, now: datetime) -> Any:
    return tx.move_channel(
        Scope.of_channel(scope.workspace, it.channel), f"CTO{now:%M}{it.consultation.upper()}"
    )


def _kept(tx: Writing, scope: Scope, it: Thing, now: datetime) -> Any:
    made = {"number": 5_000 + it.number, "channel": it.channel, "task": "sort", "chosen": "fine_tune"}
    told = made | {"status": "accepted", "by": "U1", "at": "2026-06-15T12:00:00Z"}
    return keep_log(tx, read_log({"version": 1, "workspace": scope.workspace, "decisions": [told]}))


LISTS: Mapping[str, Try] = {
    "numbered": lambda tx, scope, it, now: tx.numbered(scope, it.number),
    "taking_up": lambda tx, scope, it, now: tx.taking_up(scope, it.number),
    "open_consultations": lambda tx, scope, it, now: tx.open_consultations(scope, 100),
    "all decisions": lambda tx, scope, it, now: list(every(tx, scope)),
    "decisions after its own": lambda tx, scope, it, now: list(every(tx, scope, before=it.place)),
    "decisions by its person": lambda tx, scope, it, now: tx.decisions(scope, wanted=Wanted(by=(it.person,))),
    "decisions with outcomes": lambda tx, scope, it, now: tx.decisions(
        scope, wanted=Wanted(outcomes=("met", "missed", "none"))
    ),
    "all groups": lambda tx, scope, it, now: tx.grouped(scope, due_by=now),
    "compared": lambda tx, scope, it, now: tx.compared(scope),
    "like": lambda tx, scope, it, now: like(tx, scope, Traits(("sort", "mail", it.word), "fine_tune")),
    "moved": lambda tx, scope, it, now: tx.moved(scope),
    "turned_out": lambda tx, scope, it, now: tx.turned_out(scope),
    "against": lambda tx, scope, it, now: against(tx, scope, now),
    "whole export": _exported,
    "settings": lambda tx, scope, it, now: tx.settings(scope),
    "last_set": lambda tx, scope, it, now: tx.last_set(scope, ["low_volume"]),
}
CHANGES: Mapping[str, Try] = {
    "add_settings": _set,
    "hold_settings": lambda tx, scope, it, now: tx.hold_settings(scope),
    "touch_undecided": lambda tx, scope, it, now: tx.touch_undecided(scope, now),
    "move_channel": _moved,
    "move_decisions": lambda tx, scope, it, now: tx.move_decisions(
        Scope.of_channel(scope.workspace, it.channel), it.channel + "X"
    ),
    "derive_missing": lambda tx, scope, it, now: tx.derive_missing(scope.workspace),
    "note_reviewed": lambda tx, scope, it, now: tx.note_reviewed(scope.workspace, "v", now),
    "forget": lambda tx, scope, it, now: forget_person(tx, scope.workspace, it.person),
    "delete": lambda tx, scope, it, now: delete_workspace(tx, scope.workspace),
    "return": lambda tx, scope, it, now: note_return(tx, scope.workspace),
    "import": _kept,
}
TRIED: Mapping[str, Try] = {**ON_IDS, **ON_PLACES, **WITH_WORDS, **LISTS, **CHANGES}
IDS_ONLY = frozenset(
    (
        *("held_up", "take_check_in", "was_seen", "seen_after", "first_sight"),
        *("note_reviewed", "delete", "return"),
    )
)
"""Of tables that hold ids only, which the app's role sees whole: what they tell in another's name is not compared."""
ELSEWHERE = frozenset(("forget_sight", "note_probe", "forget_seen"))
"""What is tried as a part of another (first_sight), or is about nobody's in particular."""
