"""What can be asked of the log, within one transaction. The scope comes first, always."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, bindparam, exists, func, select

from bot.decision_log.asking import Asking, as_review, within_reason
from bot.decision_log.conditions import DECISION, Columns
from bot.decision_log.records import (
    Advice,
    AnswerRecord,
    CheckInDate,
    Consultation,
    Decision,
    Link,
    Outcome,
    PostRecord,
    Recorded,
    Review,
    Setting,
)
from bot.decision_log.rows import as_decision, by_consultation, columns, records
from bot.decision_log.scope import Kind, Scope, within
from bot.decision_log.tables import (
    advice,
    answers,
    check_in_dates,
    consultations,
    decisions,
    links,
    outbox,
    outcomes,
    posts,
    reviews,
    seen,
    settings,
)

SEEN_FOR = timedelta(hours=24)
"""How long a delivery's key is remembered: longer than Slack repeats one, and than a signature is valid."""


class Reading(Asking):
    """One transaction of reading. Get one from :meth:`bot.decision_log.log.Log.reading`."""

    _locks = False
    """Whether a consultation that is looked up is held until the transaction ends (on PostgreSQL)."""

    def consultation(self, scope: Scope, id_: str) -> Consultation | None:
        """The consultation of this id, if it is in the scope. Only a workspace scope sees a void one."""
        statement = _by_id(scope.kind, self._locks)
        return self._one(scope.workspace, statement, scope.parameters | {"wanted_id": id_})

    def of_ids(self, scope: Scope, ids: Sequence[str]) -> list[Consultation]:
        """Those of these consultations that are in the scope."""
        rows = self._connection.execute(_by_ids(scope.kind), scope.parameters | {"ids": list(ids)}).all()
        return self._whole(scope.workspace, rows)

    def in_thread(self, scope: Scope, root_ts: str) -> Consultation | None:
        """The newest consultation in this thread that is not void; also in that of an old copy of its card."""
        wanted = scope.parameters | {"wanted_ts": root_ts}
        found = self._one(scope.workspace, _by_thread(scope.kind, self._locks), wanted)
        return found or self._one(scope.workspace, _by_copy(scope.kind, self._locks), wanted)

    def taking_up(self, scope: Scope, number: int) -> Consultation | None:
        """The newest undecided consultation of the scope's channel that takes up its decision of this number."""
        wanted = scope.parameters | {"wanted_number": number}
        return self._one(scope.workspace, _taking_up(scope.kind), wanted)

    def open_consultations(self, scope: Scope, limit: int = 10) -> list[Consultation]:
        """The consultations that still wait for answers or for a decision, last touched first."""
        rows = self._connection.execute(
            _still_open(scope.kind), scope.parameters | {"most": within_reason(limit)}
        ).all()
        return self._whole(scope.workspace, rows)

    def was_seen(self, workspace: str, key: str, now: datetime) -> bool:
        """Whether this delivery was dealt with in :data:`SEEN_FOR`."""
        wanted = {"scope_workspace": workspace, "wanted_key": key, "since": now - SEEN_FOR}
        return self._connection.execute(_SEEN, wanted).first() is not None

    def seen_after(self, workspace: str, beginning: str, now: datetime) -> str | None:
        """What follows this beginning in the key of a delivery of the last :data:`SEEN_FOR`, if there is one."""
        wanted = {"scope_workspace": workspace, "beginning": beginning, "since": now - SEEN_FOR}
        found = self._connection.execute(_SEEN_AFTER, wanted | {"length": len(beginning)}).scalar()
        return None if found is None else str(found)[len(beginning) :]

    def held_up(self, scope: Scope, ids: Sequence[str]) -> Mapping[str, str]:
        """Why Slack does not show what is new in these consultations; only of those that wait for a reason."""
        wanted = {"scope_workspace": scope.workspace, "ids": list(ids)}
        found = self._connection.execute(_HELD_UP, wanted).all()
        return {row.consultation_id: row.because for row in found}

    def decision(self, scope: Scope, number: int, channel: str | None = None) -> Recorded | None:
        """The decision of this number with its whole record, if it is in the scope.

        ``channel``: whose number it is; needed where the scope is not a channel's own.
        """
        whose = channel or scope.channel
        there = [one for one in self.numbered(scope, number) if one.channel == whose]
        found = self.whole(scope, there[:1])
        return found[0] if found else None

    def whole(self, scope: Scope, found: Sequence[Decision]) -> list[Recorded]:
        """These decisions with their whole records, as far as they are in the scope: a few queries, however many."""
        if not found:
            return []
        theirs = {one.id: one for one in self.of_ids(scope, [decision.consultation for decision in found])}
        mine = {"scope_workspace": scope.workspace, "ids": list(theirs)}
        advised = {row.consultation_id: row.advice for row in self._connection.execute(_ADVICE, mine)}
        known = [decision for decision in found if decision.consultation in theirs]
        places = [decision.place for decision in known]
        turned_out = self.added_to(scope, places, Outcome, outcomes)
        came_of_it = self.added_to(scope, places, Link, links)
        dates = self.added_to(scope, places, CheckInDate, check_in_dates)
        reviewed = self.added_to(scope, places, Review, reviews)
        return [
            Recorded(
                one,
                theirs[one.consultation],
                advised.get(one.consultation),
                tuple(turned_out.get(one.place, ())),
                tuple(came_of_it.get(one.place, ())),
                tuple(dates.get(one.place, ())),
                tuple(map(as_review, reviewed.get(one.place, ()))),
            )
            for one in known
        ]

    def advice_of(self, scope: Scope, consultation_id: str) -> Any | None:
        """The newest advice given in a consultation, as JSON."""
        kept = self.kept_advice(scope, consultation_id)
        return None if kept is None else kept.advice

    def kept_advice(self, scope: Scope, consultation_id: str) -> Advice | None:
        """The newest advice given in a consultation, with the policy and the prices that it used."""
        wanted = scope.parameters | {"wanted_id": consultation_id}
        found = records(Advice, self._connection.execute(_newest_advice(scope.kind), wanted))
        return found[0] if found else None

    def settings(self, scope: Scope, until: datetime | None = None) -> tuple[Setting, ...]:
        """What the workspace has set, or had by ``until``, in the order of the keys; not what is back to the default.

        Everybody in a workspace sees the same ones.
        """
        wanted = {"scope_workspace": scope.workspace, "until": until or _ALWAYS}
        found = records(Setting, self._connection.execute(_SETTINGS, wanted))
        return tuple(setting for setting in found if setting.value is not None)

    def last_set(self, scope: Scope, keys: Sequence[str]) -> int:
        """The number of the newest setting of any of these keys, resets included; 0 when none was ever set."""
        wanted = {"scope_workspace": scope.workspace, "keys": list(keys)}
        return int(self._connection.execute(_LAST_SET, wanted).scalar() or 0)

    def _one(
        self, workspace: str, statement: Select[*Columns], parameters: dict[str, Any]
    ) -> Consultation | None:
        rows = self._connection.execute(statement, parameters).all()
        return self._whole(workspace, rows)[0] if rows else None

    def _whole(self, workspace: str, rows: Sequence[Row[*Columns]]) -> list[Consultation]:
        """The consultations of these rows with all that belongs to them: a few more queries, however many they are."""
        if not rows:
            return []
        wanted = {"scope_workspace": workspace, "ids": [row.id for row in rows]}
        given = by_consultation(AnswerRecord, self._connection.execute(_ANSWERS, wanted))
        posted = by_consultation(PostRecord, self._connection.execute(_POSTS, wanted))
        decided: dict[str, Decision] = {}
        if any(row.status == "decided" for row in rows):
            found = map(as_decision, self._connection.execute(_DECISIONS, wanted))
            decided = {decision.consultation: decision for decision in found}
        untils = {row.id: decided[row.id].at if row.id in decided else None for row in rows}
        house = self._settings_of(workspace, set(untils.values()))
        return [
            Consultation(
                **row._mapping,
                answers=tuple(given.get(row.id, ())),
                posts=tuple(posted.get(row.id, ())),
                decision=decided.get(row.id),
                house=house[untils[row.id]],
            )
            for row in rows
        ]

    def _settings_of(
        self, workspace: str, untils: Collection[datetime | None]
    ) -> Mapping[datetime | None, tuple[Setting, ...]]:
        """What the workspace had set at each of these moments; ``None``: now."""
        if len(untils) == 1:
            [until] = untils
            return {until: self.settings(Scope.of_workspace(workspace), until)}
        rows = records(Setting, self._connection.execute(_ALL_SETTINGS, {"scope_workspace": workspace}))
        found = {}
        for until in untils:
            newest = {one.key: one for one in rows if until is None or one.at <= until}
            found[until] = tuple(newest[key] for key in sorted(newest) if newest[key].value is not None)
        return found


_CONSULTATION = columns(Consultation, consultations)

# Statements are built once and kept: building one takes longer than SQLite takes to answer it.
_ANSWERS = (
    select(answers.c.consultation_id, *columns(AnswerRecord, answers))
    .where(
        answers.c.workspace_id == bindparam("scope_workspace"),
        answers.c.consultation_id.in_(bindparam("ids", expanding=True)),
    )
    .order_by(answers.c.consultation_id, answers.c.seq)
)
_POSTS = (
    select(posts.c.consultation_id, *columns(PostRecord, posts))
    .where(
        posts.c.workspace_id == bindparam("scope_workspace"),
        posts.c.consultation_id.in_(bindparam("ids", expanding=True)),
    )
    .order_by(posts.c.consultation_id, posts.c.id)
)
_SEEN = select(seen.c.key).where(
    seen.c.workspace_id == bindparam("scope_workspace"),
    seen.c.key == bindparam("wanted_key"),
    seen.c.at > bindparam("since"),
)
_SEEN_AFTER = select(func.max(seen.c.key)).where(
    seen.c.workspace_id == bindparam("scope_workspace"),
    seen.c.key >= bindparam("beginning"),
    func.substr(seen.c.key, 1, bindparam("length")) == bindparam("beginning"),
    seen.c.at > bindparam("since"),
)
_HELD_UP = select(outbox.c.consultation_id, outbox.c.because).where(
    outbox.c.workspace_id == bindparam("scope_workspace"),
    outbox.c.consultation_id.in_(bindparam("ids", expanding=True)),
    outbox.c.because.is_not(None),
)
_DECISIONS = select(*DECISION).where(
    decisions.c.workspace_id == bindparam("scope_workspace"),
    decisions.c.consultation_id.in_(bindparam("ids", expanding=True)),
)


_ADVICE = (
    select(advice.c.consultation_id, advice.c.advice)
    .join(
        consultations,
        (consultations.c.workspace_id == advice.c.workspace_id)
        & (consultations.c.id == advice.c.consultation_id)
        & (consultations.c.advice_given == advice.c.seq),  # the newest
    )
    .where(
        advice.c.workspace_id == bindparam("scope_workspace"),
        advice.c.consultation_id.in_(bindparam("ids", expanding=True)),
    )
)
_ALWAYS = datetime.max.replace(tzinfo=UTC)
_NEWEST = (
    select(func.max(settings.c.seq))
    .where(settings.c.workspace_id == bindparam("scope_workspace"), settings.c.at <= bindparam("until"))
    .group_by(settings.c.key)
)
_SETTINGS = (
    select(*columns(Setting, settings))
    .where(settings.c.workspace_id == bindparam("scope_workspace"), settings.c.seq.in_(_NEWEST))
    .order_by(settings.c.key)
)
_ALL_SETTINGS = (
    select(*columns(Setting, settings))
    .where(settings.c.workspace_id == bindparam("scope_workspace"))
    .order_by(settings.c.seq)
)
_LAST_SET = select(func.max(settings.c.seq)).where(
    settings.c.workspace_id == bindparam("scope_workspace"),
    settings.c.key.in_(bindparam("keys", expanding=True)),
)


@cache
def _by_id(kind: Kind, locks: bool) -> Select[*Columns]:
    statement = select(*_CONSULTATION).where(
        within(kind, consultations), consultations.c.id == bindparam("wanted_id")
    )
    if kind != "workspace":
        statement = statement.where(consultations.c.status != "void")
    return statement.with_for_update() if locks else statement


@cache
def _by_ids(kind: Kind) -> Select[*Columns]:
    ids = consultations.c.id.in_(bindparam("ids", expanding=True))
    statement = select(*_CONSULTATION).where(within(kind, consultations), ids)
    return statement if kind == "workspace" else statement.where(consultations.c.status != "void")


@cache
def _by_thread(kind: Kind, locks: bool) -> Select[*Columns]:
    statement = (
        select(*_CONSULTATION)
        .where(
            within(kind, consultations),
            consultations.c.root_ts == bindparam("wanted_ts"),
            consultations.c.status != "void",
        )
        .order_by(consultations.c.created_at.desc(), consultations.c.id.desc())
        .limit(1)
    )
    return statement.with_for_update() if locks else statement


@cache
def _by_copy(kind: Kind, locks: bool) -> Select[*Columns]:
    """The consultation with a copy of its card here: it was sent again later, so that few have to be looked at."""
    copied = exists().where(
        posts.c.workspace_id == consultations.c.workspace_id,
        posts.c.consultation_id == consultations.c.id,
        posts.c.what == "copy",
        posts.c.ts == bindparam("wanted_ts"),
    )
    statement = (
        select(*_CONSULTATION)
        .where(
            within(kind, consultations),
            consultations.c.root_ts > bindparam("wanted_ts"),
            consultations.c.status != "void",
            copied,
        )
        .limit(1)
    )
    return statement.with_for_update() if locks else statement


@cache
def _still_open(kind: Kind) -> Select[*Columns]:
    return (
        select(*_CONSULTATION)
        .where(within(kind, consultations), consultations.c.status.in_(("open", "advised")))
        .order_by(consultations.c.touched_at.desc(), consultations.c.id)
        .limit(bindparam("most"))
    )


@cache
def _taking_up(kind: Kind) -> Select[*Columns]:
    return (
        select(*_CONSULTATION)
        .where(
            within(kind, consultations),
            consultations.c.reopened_from == bindparam("wanted_number"),
            consultations.c.status.not_in(("decided", "void")),
        )
        .order_by(consultations.c.created_at.desc(), consultations.c.id.desc())
        .limit(1)
    )


@cache
def _newest_advice(kind: Kind) -> Select[*Columns]:
    inside = select(consultations.c.id).where(
        within(kind, consultations),
        consultations.c.id == bindparam("wanted_id"),
        consultations.c.status != "void",
    )
    return (
        select(*columns(Advice, advice))
        .where(
            advice.c.workspace_id == bindparam("scope_workspace"),
            advice.c.consultation_id == bindparam("wanted_id"),
            advice.c.consultation_id.in_(inside),
        )
        .order_by(advice.c.seq.desc())
        .limit(1)
    )
