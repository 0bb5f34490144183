"""Where the app is installed, and the tokens of each installation, which nobody reads without our keys."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, or_, select, update

from bot.decision_log.departures import note_departure, note_return
from bot.decision_log.keys import CannotUnseal, Keys
from bot.decision_log.log import Log
from bot.decision_log.tables import installations
from bot.decision_log.transaction import upsert
from bot.decision_log.writing import Writing

log = logging.getLogger(__name__)

REINSTALL = "reinstall"
"""The trouble of an installation whose tokens are lost: it has to be installed once more."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """What Slack gave us. Only where tokens rotate they expire, and are to be renewed with ``refresh`` sooner."""

    access: str = field(repr=False)
    refresh: str = field(default="", repr=False)
    expires_at: datetime | None = None
    renew_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class InstallationRecord:
    """One installation. ``workspace``: its own id, of a workspace or an organisation; ``enterprise``: the organisation
    to which it belongs, or "". ``version`` names the tokens; each change of them has the next one.
    """

    workspace: str
    enterprise: str
    app: str
    bot: str
    bot_user: str
    scopes: frozenset[str]
    installer: str
    installed_at: datetime
    tokens: Tokens
    version: int = 0
    trouble: str = ""

    @property
    def is_org_wide(self) -> bool:
        """Whether the app is installed for a whole organisation."""
        return bool(self.enterprise) and self.workspace == self.enterprise


class InstallationStore:
    """The table of installations. Each method is a transaction of its own.

    Reading raises :class:`bot.decision_log.failures.CouldNotRead`, writing ``CouldNotSave`` from the same place.
    """

    def __init__(self, log: Log, keys: Keys) -> None:
        self._log = log
        self._keys = keys
        self._opened: dict[Any, bool] = {}

    def install(self, record: InstallationRecord) -> None:
        """Keep an installation, in place of what was known of it before."""
        at = record.installed_at
        row = {
            "workspace_id": record.workspace,
            "enterprise_id": record.enterprise,
            "app_id": record.app,
            "bot_id": record.bot,
            "bot_user_id": record.bot_user,
            "scopes": ",".join(sorted(record.scopes)),
            "installer_id": record.installer,
            "installed_at": at,
            "trouble": "",
            "lease_until": None,
            **self._sealed(record.workspace, record.tokens, at),
        }
        with self._log.writing(record.workspace) as tx:
            insert = upsert(tx._dialect)(installations).values(row | {"version": 1})
            again = row | {"version": installations.c.version + 1}
            tx._connection.execute(insert.on_conflict_do_update(index_elements=["workspace_id"], set_=again))
            note_return(tx, record.workspace)

    def find(
        self, workspaces: Collection[str], bots: Collection[str] = (), bot_users: Collection[str] = ()
    ) -> list[InstallationRecord]:
        """The installations that have tokens, of these workspaces and organisations, or with these bots of ours.

        Tokens that cannot be unsealed are as good as none; the log says so.
        """
        wanted = select(installations).where(
            installations.c.sealed.is_not(None),
            or_(
                installations.c.workspace_id.in_(list(workspaces)),
                installations.c.bot_id.in_(list(bots)),
                installations.c.bot_user_id.in_(list(bot_users)),
            ),
        )
        with self._log.reading() as tx:
            rows = tx._connection.execute(wanted).all()
        return list(self._usable(rows))

    def _usable(self, rows: Sequence[Row[Any]]) -> Iterator[InstallationRecord]:
        for row in rows:
            try:
                yield self._record(row)
            except CannotUnseal as why:
                log.error("the tokens of %s cannot be used: %s", row.workspace_id, why)

    def living(self) -> list[str]:
        """The workspaces and organisations whose tokens we have and can use."""
        return [row.workspace_id for row, opens in self._every() if opens and row.trouble == ""]

    def closed(self) -> list[str]:
        """Those whose tokens none of our keys opens."""
        return [row.workspace_id for row, opens in self._every() if not opens]

    def _every(self) -> list[tuple[Row[Any, Any, Any], bool]]:
        """All that have tokens, and whether our keys open them; each is tried once, and remembered as it is sealed."""
        columns = (installations.c.workspace_id, installations.c.sealed, installations.c.trouble)
        wanted = select(*columns).where(installations.c.sealed.is_not(None))
        with self._log.reading() as tx:
            rows = tx._connection.execute(wanted.order_by(installations.c.workspace_id)).all()
        before = self._opened
        self._opened = {row.sealed: before.get(row.sealed, None) or self._opens(row) for row in rows}
        return [(row, self._opened[row.sealed]) for row in rows]

    def _opens(self, row: Row[Any, Any, Any]) -> bool:
        try:
            self._keys.opened(row.workspace_id, row.sealed)
        except CannotUnseal:
            return False
        return True

    def troubled(self) -> list[str]:
        """Those that have to be installed once more."""
        wanted = select(installations.c.workspace_id).where(installations.c.trouble != "")
        with self._log.reading() as tx:
            return list(tx._connection.execute(wanted.order_by(installations.c.workspace_id)).scalars())

    def remove(
        self,
        workspace: str,
        now: datetime,
        *,
        version: int | None = None,
        installed_before: datetime | None = None,
    ) -> bool:
        """Throw an installation's tokens away, since the app was; whether there were any. Its records stay for a while.

        With ``version`` only these tokens, and with ``installed_before`` only those of an installation made before
        then: whoever installed the app anew meanwhile keeps theirs.
        """
        gone = update(installations).where(
            installations.c.workspace_id == workspace, installations.c.sealed.is_not(None)
        )
        if version is not None:
            gone = gone.where(installations.c.version == version)
        if installed_before is not None:
            gone = gone.where(installations.c.installed_at < installed_before)
        empty = {"sealed": None, "expires_at": None, "renew_at": None, "lease_until": None, "trouble": ""}
        with self._log.writing(workspace) as tx:
            is_gone = _changed(tx, gone.values(version=installations.c.version + 1, **empty))
            if is_gone:
                note_departure(tx, workspace, now)
        return is_gone

    # Rotation

    def lease(self, record: InstallationRecord, now: datetime, lease: timedelta) -> bool:
        """Be the one who changes these tokens, until the lease ends; ``False``: others are, or they are lost."""
        free = or_(installations.c.lease_until.is_(None), installations.c.lease_until < now)
        mine = _same(record).where(free, installations.c.trouble == "").values(lease_until=now + lease)
        with self._log.writing(record.workspace) as tx:
            return _changed(tx, mine)

    def renew(self, record: InstallationRecord, tokens: Tokens, now: datetime) -> bool:
        """Keep new tokens in place of the record's; ``False``: there are others by now, and those stay."""
        new = _same(record).values(
            version=record.version + 1,
            lease_until=None,
            trouble="",
            **self._sealed(record.workspace, tokens, now),
        )
        with self._log.writing(record.workspace) as tx:
            return _changed(tx, new)

    def let_go(self, record: InstallationRecord) -> None:
        """End the lease; the tokens stay as they are."""
        with self._log.writing(record.workspace) as tx:
            tx._connection.execute(_same(record).values(lease_until=None))

    def mark_lost(self, record: InstallationRecord) -> bool:
        """The tokens cannot be renewed; ``True`` for the first to say so, who is the one to tell anybody."""
        lost = _same(record).where(installations.c.trouble == "")
        with self._log.writing(record.workspace) as tx:
            return _changed(tx, lost.values(trouble=REINSTALL, lease_until=None))

    # Keys

    def seal_anew(self) -> tuple[int, Sequence[str]]:
        """Put all tokens under the newest key; how many were, and whose tokens none of our keys opens."""
        wanted = select(installations.c.workspace_id, installations.c.sealed, installations.c.version).where(
            installations.c.sealed.is_not(None), installations.c.key_id != self._keys.newest
        )
        with self._log.reading() as tx:
            rows = tx._connection.execute(wanted).all()
        done, closed = 0, []
        for row in rows:
            try:
                self._keys.opened(row.workspace_id, row.sealed)
                anew = self._keys.sealed_anew(row.sealed)
            except CannotUnseal:
                closed.append(row.workspace_id)
                continue
            # Only what was read: tokens that were renewed meanwhile are under the newest key by themselves.
            same = update(installations).where(
                installations.c.workspace_id == row.workspace_id, installations.c.sealed == row.sealed
            )
            with self._log.writing(row.workspace_id) as tx:
                done += _changed(tx, same.values(sealed=anew, key_id=self._keys.newest))
        return done, closed

    def _sealed(self, workspace: str, tokens: Tokens, now: datetime) -> dict[str, Any]:
        secrets = {"access": tokens.access, "refresh": tokens.refresh}
        return {
            "sealed": self._keys.sealed(workspace, secrets, now),
            "key_id": self._keys.newest,
            "expires_at": tokens.expires_at,
            "renew_at": tokens.renew_at,
        }

    def _record(self, row: Row[Any]) -> InstallationRecord:
        """Raises :class:`CannotUnseal` for tokens that are not this row's."""
        secrets = self._keys.opened(row.workspace_id, row.sealed)
        return InstallationRecord(
            workspace=row.workspace_id,
            enterprise=row.enterprise_id,
            app=row.app_id,
            bot=row.bot_id,
            bot_user=row.bot_user_id,
            scopes=frozenset(row.scopes.split(",")),
            installer=row.installer_id,
            installed_at=row.installed_at,
            tokens=Tokens(secrets["access"], secrets["refresh"], row.expires_at, row.renew_at),
            version=row.version,
            trouble=row.trouble,
        )


def _same(record: InstallationRecord) -> Any:
    """A change of the row, as long as it holds the tokens that the record holds."""
    return update(installations).where(
        installations.c.workspace_id == record.workspace,
        installations.c.version == record.version,
        installations.c.sealed.is_not(None),
    )


def _changed(tx: Writing, change: Any) -> bool:
    return tx._connection.execute(change).rowcount == 1
