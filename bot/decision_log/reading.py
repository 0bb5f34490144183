"""What can be asked of the log, within one transaction. The scope comes first, always."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, Table, bindparam, exists, func, select

from bot.decision_log.asking import Asking, as_review, within_reason
from bot.decision_log.conditions import (
    CONSULTATION,
    DECISION,
    HIGHEST_NUMBER,
    Columns,
    consultation_in,
    recorded,
)
from bot.decision_log.places import by_channel
from bot.decision_log.records import (
    Advice,
    AnswerRecord,
    CheckInDate,
    Consultation,
    Decision,
    Link,
    Outcome,
    Place,
    PostRecord,
    Recorded,
    Review,
    Setting,
)
from bot.decision_log.rows import Record, as_decision, by, columns, its_consultation, records
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

    def version(self, scope: Scope, id_: str) -> int | None:
        """The version alone of the consultation of this id; ``None``: it is not in the scope."""
        wanted = scope.parameters | {"wanted_id": id_}
        found: int | None = self._connection.execute(_version(scope.kind, self._locks), wanted).scalar()
        return found

    def is_in_thread(self, scope: Scope, root_ts: str, id_: str, version: int) -> bool:
        """Whether :meth:`in_thread` would find the consultation of this id, and in this very version."""
        wanted = scope.parameters | {"wanted_ts": root_ts}
        for lookup in (_by_thread, _by_copy):
            there = self._connection.execute(_which(lookup(scope.kind, self._locks)), wanted).one_or_none()
            if there is not None:
                return (there.id, there.version) == (id_, version)
        return False

    def of_ids(self, scope: Scope, ids: Sequence[str]) -> list[Consultation]:
        """Those of these consultations that are in the scope."""
        return self._all(scope.workspace, _by_ids(scope.kind), scope.parameters | {"ids": list(ids)})

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
        wanted = scope.parameters | {"most": within_reason(limit)}
        return self._all(scope.workspace, _still_open(scope.kind), wanted)

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
        found = self.whole(scope, [Place(whose, number)]) if whose else []
        return found[0] if found else None

    def whole(self, scope: Scope, places: Sequence[Place]) -> list[Recorded]:
        """The decisions at these places with their whole records, as far as they are in the scope.

        A few queries, however many: of what few decisions have it is told with them whether there is any.
        """
        known = [place for place in places if 0 < place.number <= HIGHEST_NUMBER]
        rows: dict[Place, Row[*Columns]] = {}
        for its in by_channel(known):
            found = self._connection.execute(recorded(scope.kind), scope.parameters | its)
            rows |= {as_decision(row).place: row for row in found}
        there = {place: as_decision(rows[place]) for place in known if place in rows}
        of = {one.consultation: one for one in there.values()}
        has_settings = any(row.has_settings for row in rows.values())
        asked = [consultation_in(row) for row in rows.values()]
        whole = {one.id: one for one in self._whole(scope.workspace, asked, of, has_settings=has_settings)}

        def added(record: type[Record], table: Table) -> Mapping[Place, list[Record]]:
            has_any = [at for at in there if rows[at]._mapping[f"has_{table.name}"]]
            return self.added_to(scope, has_any, record, table)

        turned_out, came_of_it = added(Outcome, outcomes), added(Link, links)
        dates, reviewed = added(CheckInDate, check_in_dates), added(Review, reviews)
        return [
            Recorded(
                one,
                whole[one.consultation],
                rows[at].advice,
                tuple(turned_out.get(at, ())),
                tuple(came_of_it.get(at, ())),
                tuple(dates.get(at, ())),
                tuple(map(as_review, reviewed.get(at, ()))),
            )
            for at, one in there.items()
        ]

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
        found = self._all(workspace, statement, parameters)
        return found[0] if found else None

    def _all(
        self, workspace: str, statement: Select[*Columns], parameters: dict[str, Any]
    ) -> list[Consultation]:
        rows = self._connection.execute(statement, parameters).all()
        return self._whole(workspace, [row._asdict() for row in rows])

    def _whole(
        self,
        workspace: str,
        rows: Sequence[Mapping[str, Any]],
        decided: Mapping[str, Decision] | None = None,
        *,
        has_settings: bool = True,
    ) -> list[Consultation]:
        """The consultations of these rows with all that belongs to them: a few more queries, however many they are.

        ``decided``: what was decided in each, if that is known. ``has_settings``: whether the workspace may have any.
        """
        if not rows:
            return []
        wanted = {"scope_workspace": workspace, "ids": [row["id"] for row in rows]}
        answered, sent = _OF_SEVERAL if len(rows) > 1 else _OF_ONE
        of_which = wanted if len(rows) > 1 else wanted | {"ids": rows[0]["id"]}
        given = by(its_consultation, AnswerRecord, self._connection.execute(answered, of_which))
        posted = by(its_consultation, PostRecord, self._connection.execute(sent, of_which))
        if decided is None:
            asked = any(row["status"] == "decided" for row in rows)
            found = map(as_decision, self._connection.execute(_DECISIONS, wanted)) if asked else ()
            decided = {decision.consultation: decision for decision in found}
        untils = {row["id"]: decided[row["id"]].at if row["id"] in decided else None for row in rows}
        house = self._settings_of(workspace, set(untils.values())) if has_settings else {}
        return [
            Consultation(
                **row,
                answers=tuple(given.get(row["id"], ())),
                posts=tuple(posted.get(row["id"], ())),
                decision=decided.get(row["id"]),
                house=house.get(untils[row["id"]], ()),
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


# Statements are built once and kept: building one takes longer than SQLite takes to answer it.
_ANSWERS = (
    select(answers.c.consultation_id, *columns(AnswerRecord, answers))
    .where(answers.c.workspace_id == bindparam("scope_workspace"))
    .order_by(answers.c.consultation_id, answers.c.seq)
)
_POSTS = (
    select(posts.c.consultation_id, *columns(PostRecord, posts))
    .where(posts.c.workspace_id == bindparam("scope_workspace"))
    .order_by(posts.c.consultation_id, posts.c.id)
)
_OF_SEVERAL = tuple(
    statement.where(table.c.consultation_id.in_(bindparam("ids", expanding=True)))
    for statement, table in ((_ANSWERS, answers), (_POSTS, posts))
)
_OF_ONE = tuple(
    statement.where(table.c.consultation_id == bindparam("ids"))
    for statement, table in ((_ANSWERS, answers), (_POSTS, posts))
)
"""The same of a single one, which is nearly always wanted: a list would be spelled out anew each time."""
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
    statement = select(*CONSULTATION).where(
        within(kind, consultations), consultations.c.id == bindparam("wanted_id")
    )
    if kind != "workspace":
        statement = statement.where(consultations.c.status != "void")
    return statement.with_for_update() if locks else statement


@cache
def _which(statement: Select[*Columns]) -> Select[str, int]:
    """Only which one it is, and in which version."""
    return statement.with_only_columns(consultations.c.id, consultations.c.version)


@cache
def _version(kind: Kind, locks: bool) -> Select[int]:
    statement = select(consultations.c.version).where(
        within(kind, consultations), consultations.c.id == bindparam("wanted_id")
    )
    if kind != "workspace":
        statement = statement.where(consultations.c.status != "void")
    return statement.with_for_update() if locks else statement


@cache
def _by_ids(kind: Kind) -> Select[*Columns]:
    ids = consultations.c.id.in_(bindparam("ids", expanding=True))
    statement = select(*CONSULTATION).where(within(kind, consultations), ids)
    return statement if kind == "workspace" else statement.where(consultations.c.status != "void")


@cache
def _by_thread(kind: Kind, locks: bool) -> Select[*Columns]:
    statement = (
        select(*CONSULTATION)
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
        select(*CONSULTATION)
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
        select(*CONSULTATION)
        .where(within(kind, consultations), consultations.c.status.in_(("open", "advised")))
        .order_by(consultations.c.touched_at.desc(), consultations.c.id)
        .limit(bindparam("most"))
    )


@cache
def _taking_up(kind: Kind) -> Select[*Columns]:
    return (
        select(*CONSULTATION)
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
