"""What can be added to the log, within one transaction: all of it is kept, or nothing."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any, Literal

from sqlalchemy import Insert, Update, bindparam, case, delete, func, insert, literal, select, text, update

from bot.decision_log.reading import _DECISION, HIGHEST_NUMBER, SEEN_FOR, Reading, as_decision
from bot.decision_log.records import (
    Consultation,
    ConsultationStatus,
    Decision,
    DecisionStatus,
    How,
    PostRecord,
    What,
)
from bot.decision_log.scope import Kind, Scope, within
from bot.decision_log.tables import (
    advice,
    answers,
    consultations,
    decisions,
    numbering,
    outbox,
    posts,
    seen,
    settings,
)

ID_LENGTH = 12
_ID_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # 32 of them, none easily taken for another: 60 bits


class Unchanged(Enum):
    """For :meth:`Writing.change_post`: leave it as it is. (``None`` would be a value.)"""

    UNCHANGED = "unchanged"


UNCHANGED = Unchanged.UNCHANGED


class NotInScope(LookupError):
    """Something was to be written to what is not there for this scope. Look it up first: this is a bug."""


class AlreadyDecided(ValueError):
    """A consultation is decided once. :meth:`Writing.advance` tells who was quicker; not asking is a bug."""


class Writing(Reading):
    """One transaction of writing. Get one from :meth:`bot.decision_log.log.Log.writing`.

    Look the consultation up, :meth:`advance` it, and only if that says yes, add to it.
    """

    _locks = True
    has_touched = False
    """Whether anything was done here of which Slack must be told."""

    # Deliveries

    def first_sight(self, workspace: str, key: str, now: datetime) -> bool:
        """Whether this delivery is seen for the first time in :data:`SEEN_FOR`; notes that it was."""
        values = {"new_workspace": workspace, "new_key": key, "new_at": now, "long_ago": now - SEEN_FOR}
        return self._connection.execute(_first_sight(self._dialect), values).first() is not None

    def forget_sight(self, workspace: str, key: str) -> None:
        """Take a delivery as not seen: nothing was done about it, and it may come again under the same key."""
        self._connection.execute(delete(seen).where(seen.c.workspace_id == workspace, seen.c.key == key))

    def note_probe(self, now: datetime) -> None:
        """Write one row that means nothing, and is forgotten like any other key."""
        values = {"new_workspace": "-", "new_key": "probe", "new_at": now, "long_ago": now}
        self._connection.execute(_first_sight(self._dialect), values)

    def forget_seen(self, before: datetime) -> int:
        """Forget the keys seen before this, in all workspaces; returns how many."""
        return self._connection.execute(delete(seen).where(seen.c.at < before)).rowcount

    # Consultations

    def open_consultation(
        self,
        scope: Scope,
        *,
        task: str,
        asker: str,
        now: datetime,
        root_ts: str | None = None,
        in_thread: bool = False,
        reopened_from: int | None = None,
        prefilled: bool = False,
    ) -> Consultation:
        """Begin a consultation in the scope's channel.

        ``reopened_from``: the number of a decision of this channel, which this one supersedes when decided.
        Raises :class:`NotInScope` if there is no such decision in this channel.
        """
        if scope.channel is None:
            raise ValueError("a consultation is opened in a channel")
        if reopened_from is not None and self.decision(scope, reopened_from) is None:
            raise NotInScope(f"no decision #{reopened_from} in this channel")
        id_ = "".join(secrets.choice(_ID_LETTERS) for _ in range(ID_LENGTH))
        values = {
            "workspace_id": scope.workspace,
            "id": id_,
            "channel_id": scope.channel,
            "root_ts": root_ts,
            "in_thread": in_thread,
            "task": task,
            "asker_id": asker,
            "status": "open",
            "version": 1,
            "created_at": now,
            "touched_at": now,
            "nudged": False,
            "prefilled": prefilled,
            "reopened_from": reopened_from,
            "answers_given": 0,
            "posts_wanted": 0,
            "advice_given": 0,
        }
        self._connection.execute(_NEW_CONSULTATION, values)
        opened = self.consultation(scope, id_)
        assert opened is not None
        return opened

    def move_channel(self, scope: Scope, new: str) -> None:
        """Everything of the scope's channel is that of the channel ``new`` from now on, and is shown there."""
        if scope.channel is None or not new:
            raise ValueError("a channel is moved, and to another")
        for table in (consultations, decisions, outbox):
            self._connection.execute(
                update(table)
                .where(table.c.workspace_id == scope.workspace, table.c.channel_id == scope.channel)
                .values(channel_id=new)
            )

    def advance(
        self,
        scope: Scope,
        id_: str,
        *,
        from_version: int,
        now: datetime,
        status: ConsultationStatus | None = None,
    ) -> bool:
        """Take the consultation one version on if it is at ``from_version``; ``False``: somebody was quicker.

        ``status`` is set along with it when given.
        """
        values = {"wanted_id": id_, "from_version": from_version, "new_at": now}
        if status is not None:
            values["new_status"] = status
        statement = _advance(scope.kind, status is not None)
        return self._connection.execute(statement, scope.parameters | values).rowcount == 1

    def set_root(self, scope: Scope, id_: str, root_ts: str) -> None:
        """The card has been posted: this is the thread."""
        self._change(scope, id_, {"root_ts": root_ts})

    def void(self, scope: Scope, id_: str) -> None:
        """Make the consultation appear nowhere: its card could not be posted."""
        self._change(scope, id_, {"status": "void", "version": consultations.c.version + 1})

    def set_nudged(self, scope: Scope, id_: str) -> bool:
        """Note that the asker is being nudged; ``False`` if that was noted before."""
        statement = (
            update(consultations)
            .where(within(scope.kind, consultations), consultations.c.id == bindparam("wanted_id"))
            .where(consultations.c.nudged.is_(False))
            .values(nudged=True)
        )
        return self._connection.execute(statement, scope.parameters | {"wanted_id": id_}).rowcount == 1

    # Answers and advice

    def add_answers(
        self, scope: Scope, id_: str, given: Iterable[tuple[str, Any, How]], author: str, now: datetime
    ) -> None:
        """Add answers, each a key, a JSON value and how it was given. None given before is changed."""
        rows = list(given)
        if not rows:
            return
        last = self._take(scope, id_, "answers_given", len(rows))
        first = last - len(rows) + 1
        self._connection.execute(
            _NEW_ANSWER,
            [
                {
                    "workspace_id": scope.workspace,
                    "consultation_id": id_,
                    "seq": seq,
                    "key": key,
                    "value": value,
                    "author_id": author,
                    "how": how,
                    "at": now,
                }
                for seq, (key, value, how) in enumerate(rows, first)
            ],
        )

    def keep_advice(
        self, scope: Scope, id_: str, given: Any, policy_version: str, prices_version: str, now: datetime
    ) -> None:
        """Keep a piece of advice (JSON) as it was given. Earlier ones stay."""
        values = {
            "workspace_id": scope.workspace,
            "consultation_id": id_,
            "seq": self._take(scope, id_, "advice_given", 1),
            "advice": given,
            "policy_version": policy_version,
            "prices_version": prices_version,
            "at": now,
        }
        self._connection.execute(_NEW_ADVICE, values)

    # Posts

    def add_post(
        self, scope: Scope, id_: str, what: What, about: Mapping[str, Any] | None = None
    ) -> PostRecord:
        """Want one more message in the thread. The outbox sends it once the consultation is touched."""
        number, nonce = self._take(scope, id_, "posts_wanted", 1), secrets.token_hex(8)
        post = PostRecord(
            number, what, dict(about or {}), ts=None, shown=None, nonce=nonce, tried=False, closed=False
        )
        values = {
            "workspace_id": scope.workspace,
            "consultation_id": id_,
            "id": post.id,
            "what": post.what,
            "about": post.about,
            "ts": None,
            "shown": None,
            "nonce": post.nonce,
            "tried": False,
            "closed": False,
            "refused": None,
        }
        self._connection.execute(_NEW_POST, values)
        return post

    def change_post(
        self,
        scope: Scope,
        id_: str,
        post_id: int,
        *,
        ts: str | Unchanged | None = UNCHANGED,
        shown: str | Unchanged | None = UNCHANGED,
        tried: bool | Unchanged = UNCHANGED,
        closed: bool | Unchanged = UNCHANGED,
        refused: str | Unchanged | None = UNCHANGED,
        about: Mapping[str, Any] | Unchanged = UNCHANGED,
    ) -> None:
        """Note what Slack shows of a post, or what it is about. Raises :class:`NotInScope`."""
        changes = {
            "ts": ts,
            "shown": shown,
            "tried": tried,
            "closed": closed,
            "refused": refused,
            "about": about,
        }
        values = {name: value for name, value in changes.items() if value is not UNCHANGED}
        statement = _posts_of(scope.kind).where(posts.c.id == bindparam("post_id")).values(values)
        result = self._connection.execute(
            statement, scope.parameters | {"wanted_id": id_, "post_id": post_id}
        )
        if result.rowcount != 1:
            raise NotInScope(f"no post {post_id} of consultation {id_} in this scope")

    def close_posts(self, scope: Scope, id_: str, what: What | None = None) -> None:
        """Close the consultation's posts, or those of one kind: they need no more keeping up to date."""
        statement = _posts_of(scope.kind).where(posts.c.closed.is_(False)).values(closed=True)
        if what is not None:
            statement = statement.where(posts.c.what == what)
        self._connection.execute(statement, scope.parameters | {"wanted_id": id_})

    # Decisions

    def decide(
        self,
        scope: Scope,
        id_: str,
        *,
        recommended: str,
        chosen: str,
        status: Literal["recommended", "accepted", "overridden"],
        by: str,
        why: str | None,
        now: datetime,
    ) -> Decision:
        """Record what was decided under the workspace's next number.

        A consultation that was reopened from a decision supersedes it; if that one is superseded already, the
        newest in its line. Raises :class:`NotInScope`, or :class:`AlreadyDecided`.
        """
        held = self._connection.execute(
            _decided(scope.kind), scope.parameters | {"wanted_id": id_}
        ).one_or_none()
        if held is None:
            raise NotInScope(f"no consultation {id_} in this scope")
        wanted = {"scope_workspace": scope.workspace, "wanted_id": id_}
        if self._connection.execute(_DECISION_OF, wanted).first() is not None:
            raise AlreadyDecided(f"consultation {id_} is decided")
        number = self._connection.execute(
            _next_number(self._dialect), {"new_workspace": scope.workspace}
        ).scalar_one()
        supersedes = self._newest_after(scope.workspace, held.reopened_from)
        values = {
            "workspace_id": scope.workspace,
            "number": number,
            "consultation_id": id_,
            "channel_id": held.channel_id,
            "root_ts": held.root_ts,
            "task": held.task,
            "recommended": recommended,
            "chosen": chosen,
            "status": status,
            "by_id": by,
            "at": now,
            "why": why,
            "supersedes": supersedes,
        }
        row = self._connection.execute(_NEW_DECISION, values).one()
        if supersedes is not None:
            old = {"scope_workspace": scope.workspace, "old_number": supersedes, "new_number": number}
            self._connection.execute(_SUPERSEDE, old)
        return as_decision(row)

    def withdraw(self, scope: Scope, number: int, by: str, why: str, now: datetime) -> Decision | None:
        """Take a decision back. ``None`` when there is none in the scope that still stands."""
        if not 0 < number <= HIGHEST_NUMBER:
            return None
        values = {"wanted_number": number, "new_by": by, "new_at": now, "new_why": why}
        row = self._connection.execute(_withdraw(scope.kind), scope.parameters | values).one_or_none()
        return None if row is None else as_decision(row)

    # Settings

    def hold_settings(self, scope: Scope) -> None:
        """Keep other writers of the workspace's settings waiting until this transaction ends. Before they are read."""
        if self._dialect == "postgresql":  # on SQLite there is one writer at a time
            self._connection.execute(_HOLD_SETTINGS, {"workspace": scope.workspace})

    def add_settings(self, scope: Scope, given: Mapping[str, Any], by: str, now: datetime) -> None:
        """Add settings by key, ``None`` for back to the default. None set before is changed.

        Call :meth:`hold_settings` first.
        """
        rows = [
            {
                "workspace_id": scope.workspace,
                "seq": seq,
                "key": key,
                "value": value,
                "by_id": by,
                "at": now,
            }
            for seq, (key, value) in enumerate(given.items(), self._settings_added(scope) + 1)
        ]
        if rows:
            self._connection.execute(_NEW_SETTING, rows)

    def _settings_added(self, scope: Scope) -> int:
        added = select(func.max(settings.c.seq)).where(settings.c.workspace_id == scope.workspace)
        return int(self._connection.execute(added).scalar() or 0)

    def touch_undecided(self, scope: Scope, due_at: datetime) -> None:
        """Let the outbox bring all of the workspace's consultations up to date that are not decided yet."""
        values = {"scope_workspace": scope.workspace, "new_due_at": due_at}
        self._connection.execute(_touch_undecided(self._dialect), values)

    # What Slack must be told

    def touch(self, workspace: str, consultation_id: str, due_at: datetime) -> None:
        """Let the outbox bring the consultation's messages up to date at ``due_at`` or soon after.

        Several of these before it does so are one; the earliest time counts.
        """
        self.has_touched = True
        values = {"new_workspace": workspace, "new_consultation": consultation_id, "new_due_at": due_at}
        self._connection.execute(_touch(self._dialect), values)

    @property
    def _dialect(self) -> str:
        return self._connection.dialect.name

    def _take(self, scope: Scope, id_: str, count: str, how_many: int) -> int:
        """Raise one of the consultation's counts; returns the last number taken."""
        values = {"wanted_id": id_, "how_many": how_many}
        last = self._connection.execute(
            _take(scope.kind, count), scope.parameters | values
        ).scalar_one_or_none()
        if last is None:
            raise NotInScope(f"no consultation {id_} in this scope")
        assert isinstance(last, int)
        return last

    def _change(self, scope: Scope, id_: str, values: Mapping[str, Any]) -> None:
        statement = (
            update(consultations)
            .where(within(scope.kind, consultations), consultations.c.id == bindparam("wanted_id"))
            .values(**values)
        )
        if self._connection.execute(statement, scope.parameters | {"wanted_id": id_}).rowcount != 1:
            raise NotInScope(f"no consultation {id_} in this scope")

    def _newest_after(self, workspace: str, number: int | None) -> int | None:
        """The newest decision in the line that begins with ``number``."""
        while number is not None:
            wanted = {"scope_workspace": workspace, "wanted_number": number}
            following: int | None = self._connection.execute(_FOLLOWING, wanted).scalar_one()
            if following is None:
                break
            number = following
        return number


_NEW_CONSULTATION = insert(consultations)
_NEW_ANSWER = insert(answers)
_NEW_ADVICE = insert(advice)
_NEW_POST = insert(posts)
_NEW_SETTING = insert(settings)
_HOLD_SETTINGS = text("SELECT pg_advisory_xact_lock(hashtextextended('settings ' || :workspace, 0))")
_NEW_DECISION = insert(decisions).returning(*_DECISION)
_DECISION_OF = select(decisions.c.number).where(
    decisions.c.workspace_id == bindparam("scope_workspace"),
    decisions.c.consultation_id == bindparam("wanted_id"),
)
_FOLLOWING = select(decisions.c.superseded_by).where(
    decisions.c.workspace_id == bindparam("scope_workspace"), decisions.c.number == bindparam("wanted_number")
)
_SUPERSEDE = (
    update(decisions)
    .where(
        decisions.c.workspace_id == bindparam("scope_workspace"),
        decisions.c.number == bindparam("old_number"),
    )
    .values(
        superseded_by=bindparam("new_number"),
        # One that was withdrawn stays so; the link tells what came after it.
        status=case((decisions.c.status == "withdrawn", "withdrawn"), else_="superseded"),
    )
)
_STANDING: tuple[DecisionStatus, ...] = ("recommended", "accepted", "overridden")


def _upsert(dialect: str) -> Any:
    """``insert`` as the dialect has it, with ``on_conflict_do_update``; both spell it alike."""
    # Imported where it is used: the one that is not would cost the start some 50 ms.
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert
    from sqlalchemy.dialects import sqlite

    return sqlite.insert


@cache
def _first_sight(dialect: str) -> Insert:
    fresh: Insert = (
        _upsert(dialect)(seen)
        .values(workspace_id=bindparam("new_workspace"), key=bindparam("new_key"), at=bindparam("new_at"))
        .on_conflict_do_update(
            index_elements=["workspace_id", "key"],
            set_={"at": bindparam("new_at")},
            where=seen.c.at <= bindparam("long_ago"),
        )
        .returning(seen.c.key)
    )
    return fresh


@cache
def _next_number(dialect: str) -> Insert:
    following: Insert = (
        _upsert(dialect)(numbering)
        .values(workspace_id=bindparam("new_workspace"), last=1)
        .on_conflict_do_update(index_elements=["workspace_id"], set_={"last": numbering.c.last + 1})
        .returning(numbering.c.last)
    )
    return following


@cache
def _touch(dialect: str) -> Insert:
    channel = select(consultations.c.channel_id).where(
        consultations.c.workspace_id == bindparam("new_workspace"),
        consultations.c.id == bindparam("new_consultation"),
    )
    row = _upsert(dialect)(outbox).values(
        workspace_id=bindparam("new_workspace"),
        consultation_id=bindparam("new_consultation"),
        channel_id=channel.scalar_subquery(),
        due_at=bindparam("new_due_at"),
        since=bindparam("new_due_at"),
        attempts=0,
        lease_until=None,
        generation=1,
    )
    return _or_again(row)


@cache
def _touch_undecided(dialect: str) -> Insert:
    due_at = bindparam("new_due_at", type_=outbox.c.due_at.type)
    undecided = select(
        consultations.c.workspace_id,
        consultations.c.id,
        consultations.c.channel_id,
        due_at,
        due_at,
        literal(0),
        literal(1),
    ).where(
        consultations.c.workspace_id == bindparam("scope_workspace"),
        consultations.c.status.in_(("open", "advised", "set_aside")),
    )
    columns = ["workspace_id", "consultation_id", "channel_id", "due_at", "since", "attempts", "generation"]
    return _or_again(_upsert(dialect)(outbox).from_select(columns, undecided))


def _or_again(row: Any) -> Insert:
    """The same row of the outbox, added or touched once more."""
    earliest = case((outbox.c.due_at < row.excluded.due_at, outbox.c.due_at), else_=row.excluded.due_at)
    touched: Insert = row.on_conflict_do_update(
        index_elements=["workspace_id", "consultation_id"],
        # The lease stays: one consultation is sent by one sender at a time. What failed before may well work
        # for the new edit, so the attempts begin anew.
        set_={"due_at": earliest, "attempts": 0, "generation": outbox.c.generation + 1},
    )
    return touched


@cache
def _advance(kind: Kind, with_status: bool) -> Update:
    statement = (
        update(consultations)
        .where(
            within(kind, consultations),
            consultations.c.id == bindparam("wanted_id"),
            consultations.c.version == bindparam("from_version"),
            consultations.c.status != "void",
        )
        .values(version=consultations.c.version + 1, touched_at=bindparam("new_at"))
    )
    return statement.values(status=bindparam("new_status")) if with_status else statement


@cache
def _take(kind: Kind, count: str) -> Update:
    column = consultations.c[count]
    return (
        update(consultations)
        .where(within(kind, consultations), consultations.c.id == bindparam("wanted_id"))
        .values({column: column + bindparam("how_many")})
        .returning(column)
    )


@cache
def _posts_of(kind: Kind) -> Update:
    inside = select(consultations.c.id).where(within(kind, consultations))
    return update(posts).where(
        posts.c.workspace_id == bindparam("scope_workspace"),
        posts.c.consultation_id == bindparam("wanted_id"),
        posts.c.consultation_id.in_(inside),
    )


@cache
def _decided(kind: Kind) -> Update:
    """Marks the consultation as decided, which also holds it, and returns what its decision copies."""
    return (
        update(consultations)
        .where(
            within(kind, consultations),
            consultations.c.id == bindparam("wanted_id"),
            consultations.c.status != "void",
        )
        .values(status="decided")
        .returning(
            consultations.c.channel_id,
            consultations.c.root_ts,
            consultations.c.task,
            consultations.c.reopened_from,
        )
    )


@cache
def _withdraw(kind: Kind) -> Update:
    return (
        update(decisions)
        .where(
            within(kind, decisions),
            decisions.c.number == bindparam("wanted_number"),
            decisions.c.status.in_(_STANDING),
        )
        .values(
            status="withdrawn",
            withdrawn_by_id=bindparam("new_by"),
            withdrawn_at=bindparam("new_at"),
            withdrawn_why=bindparam("new_why"),
        )
        .returning(*_DECISION)
    )
