"""What can be added to the log, within one transaction: all of it is kept, or nothing."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Update, bindparam, delete, func, insert, select, text, update

from bot.decision_log import silence
from bot.decision_log.failures import NotInScope
from bot.decision_log.learning import Learning
from bot.decision_log.reading import SEEN_FOR
from bot.decision_log.records import Consultation, ConsultationStatus, How, PostRecord, What
from bot.decision_log.scope import Kind, Scope, within
from bot.decision_log.tables import advice, answers, consultations, outbox, posts, seen, settings
from bot.decision_log.touching import touched, undecided_touched
from bot.decision_log.transaction import upsert

ID_LENGTH = 12
_ID_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # 32 of them, none easily taken for another: 60 bits


def new_id() -> str:
    """An id for a consultation that nobody guesses, and that is easily read aloud."""
    return "".join(secrets.choice(_ID_LETTERS) for _ in range(ID_LENGTH))


class Unchanged(Enum):
    """For :meth:`Writing.change_post`: leave it as it is. (``None`` would be a value.)"""

    UNCHANGED = "unchanged"


UNCHANGED = Unchanged.UNCHANGED


class Writing(Learning):
    """One transaction of writing. Get one from :meth:`bot.decision_log.log.Log.writing`.

    Look the consultation up, :meth:`advance` it, and only if that says yes, add to it.
    """

    _locks = True

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.touched: dict[tuple[str, str], datetime] = {}
        """Of which consultations Slack must be told something that was done here."""

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
        id_ = new_id()
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
        silence.begin(self, scope.workspace, id_, now)
        opened = self.consultation(scope, id_)
        assert opened is not None
        return opened

    def move_channel(self, scope: Scope, new: str) -> None:
        """Everything of the scope's channel is that of the channel ``new`` from now on, and is shown there."""
        if scope.channel is None or not new:
            raise ValueError("a channel is moved, and to another")
        self.move_decisions(scope, new)
        for table in (consultations, outbox):
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
        is_first = self._connection.execute(statement, scope.parameters | {"wanted_id": id_}).rowcount == 1
        if is_first:
            silence.end(self, scope.workspace, [id_])
        return is_first

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
        self,
        scope: Scope,
        id_: str,
        what: What,
        about: Mapping[str, Any] | None = None,
        *,
        closed: bool = False,
    ) -> PostRecord:
        """Want one more message in the thread. The outbox sends it once the consultation is touched.

        ``closed``: it is kept, and nothing of it is shown.
        """
        number, nonce = self._take(scope, id_, "posts_wanted", 1), secrets.token_hex(8)
        post = PostRecord(
            number, what, dict(about or {}), ts=None, shown=None, nonce=nonce, tried=False, closed=closed
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
            "closed": closed,
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
        values = {f"new_{name}": value for name, value in changes.items() if value is not UNCHANGED}
        result = self._connection.execute(
            _change_post(scope.kind, tuple(name for name in changes if f"new_{name}" in values)),
            scope.parameters | {"wanted_id": id_, "post_id": post_id} | values,
        )
        if result.rowcount != 1:
            raise NotInScope(f"no post {post_id} of consultation {id_} in this scope")

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
        touched_now = self._connection.execute(undecided_touched(self._dialect), values).scalars()
        self.touched |= {(scope.workspace, id_): due_at for id_ in touched_now}

    # What Slack must be told

    def touch(self, workspace: str, consultation_id: str, due_at: datetime) -> None:
        """Let the outbox bring the consultation's messages up to date at ``due_at`` or soon after.

        Several of these before it does so are one; the earliest time counts.
        """
        self.touched[workspace, consultation_id] = due_at
        values = {"new_workspace": workspace, "new_consultation": consultation_id, "new_due_at": due_at}
        self._connection.execute(touched(self._dialect), values)

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


_NEW_CONSULTATION = insert(consultations)
_NEW_ANSWER = insert(answers)
_NEW_ADVICE = insert(advice)
_NEW_POST = insert(posts)
_NEW_SETTING = insert(settings)
_HOLD_SETTINGS = text("SELECT pg_advisory_xact_lock(hashtextextended('settings ' || :workspace, 0))")


@cache
def _first_sight(dialect: str) -> Insert:
    fresh: Insert = (
        upsert(dialect)(seen)
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
def _change_post(kind: Kind, names: tuple[str, ...]) -> Update:
    """Sets these columns of one post."""
    inside = select(consultations.c.id).where(
        within(kind, consultations), consultations.c.id == bindparam("wanted_id")
    )
    new = {posts.c[name]: bindparam(f"new_{name}", type_=posts.c[name].type) for name in names}
    its_post = update(posts).where(
        posts.c.workspace_id == bindparam("scope_workspace"),
        posts.c.consultation_id == bindparam("wanted_id"),
        posts.c.consultation_id.in_(inside),
        posts.c.id == bindparam("post_id"),
    )
    return its_post.values(new)
