"""Any number of installations, each with tokens of its own: which of them is worked for, and the way to its Slack."""

from __future__ import annotations

import datetime
import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.decision_log.installations import InstallationRecord, InstallationStore
from bot.slack.installation import AtHand, Known, Named, Place, Tenant
from bot.slack.refusals import SlackRefuses
from bot.slack.rotation import Rotation

log = logging.getLogger(__name__)

FRESH_SECONDS = 3.0
"""For how long what was read is believed: another replica may have installed, removed or renewed it since."""
MOST_KEPT = 2_000
TAKEN_AWAY = frozenset({"token_revoked", "account_inactive"})
"""What Slack answers with the token of an app that was taken away."""

NAMED = 5
"""So many workspaces are named where something is the matter with them."""

_AT_HAND: ContextVar[Known | None] = ContextVar("installation at hand", default=None)


@dataclass
class Installations(AtHand):
    """All installations in the log. Each thread, and each request in it, works for one of them at a time."""

    store: InstallationStore
    rotation: Rotation
    client_with: Callable[[str | None], WebClient]
    """A client of Slack's Web API with a token, or with none."""
    clock: Callable[[], datetime.datetime]
    _found: dict[Named, tuple[float, Sequence[InstallationRecord]]] = field(default_factory=dict)
    _living: tuple[float, Sequence[str]] = (0.0, ())
    _changes: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._nobodys = self.client_with(None)

    @property
    def at_hand(self) -> Known | None:
        """The installation that is worked for in this context."""
        return _AT_HAND.get()

    def work_for(self, known: Known) -> None:
        """What is done from now on in this context is done for that installation.

        Raises :class:`SlackRefuses` when its tokens are lost, and :class:`Wait` while they are being renewed.
        """
        _AT_HAND.set(self._known(self._renewed(self._record_of(known.tenant.id))))

    @contextmanager
    def working_for(self, workspace: str) -> Iterator[None]:
        """Inside, what is done is done for that installation; raises what :meth:`work_for` does."""
        before = _AT_HAND.set(self._known(self._renewed(self._record_of(workspace))))
        try:
            yield
        finally:
            _AT_HAND.reset(before)

    def client_at_hand(self) -> WebClient:
        """That of the installation that is worked for; without a token where there is none."""
        known = _AT_HAND.get()
        return self._nobodys if known is None else known.client

    def candidates(self, named: Named) -> Sequence[Known]:
        """The installations that a payload names: by a bot of ours first, then by their ids in the order given."""
        _AT_HAND.set(None)
        found = self._look_up(named)
        order = {id_: place for place, id_ in enumerate(named.ids)}

        def likeliness(record: InstallationRecord) -> int:
            is_its_bot = named.bot == record.bot or named.bot_user == record.bot_user
            return -1 if is_its_bot else order.get(record.workspace, len(order))

        return [self._known(record) for record in sorted(found, key=likeliness)]

    def serves(self) -> Sequence[str]:
        """The workspaces and organisations of which our tokens may post."""
        until, living = self._living
        if time.monotonic() >= until:
            before = self._changes
            living = self.store.living()
            if before == self._changes:
                self._living = (time.monotonic() + FRESH_SECONDS, living)
        return living

    def trouble(self) -> str | None:
        """Why nobody at all can be served; none of one installation's troubles keeps the others from working."""
        closed = self.store.closed()
        return _closed(closed) if closed and not self.serves() else None

    def asides(self) -> Sequence[str]:
        """Installations whose tokens are lost, or cannot be read with our keys."""
        lost, closed = self.store.troubled(), self.store.closed()
        return [
            *([f"has to be installed again: {', '.join(lost)}"] if lost else []),
            *([_closed(closed)] if closed else []),
        ]

    def install(self, record: InstallationRecord) -> None:
        """Keep a new installation, or one made anew. Raises :class:`CouldNotSave`."""
        self.store.install(record)
        self.look_again()

    def taken_away(self, workspace: str, at: datetime.datetime) -> bool:
        """The app was taken away then: its tokens are thrown away, unless it was installed anew since.

        Raises :class:`CouldNotSave`.
        """
        # Slack tells the second; what is installed within it is installed after.
        gone = self.store.remove(workspace, self.clock(), installed_before=at + datetime.timedelta(seconds=1))
        self.look_again()
        return gone

    def refused(self, workspace: str, word: str) -> bool:
        """Slack refuses the token at hand with this word: where the app was taken away unnoticed, its tokens go.

        Whether it is the token in force: not where the app was installed anew while this one was in use.
        """
        found, used = self.store.find((workspace,)), self.at_hand
        if found and used is not None and used.bot.bot_token != found[0].tokens.access:
            self.look_again()
            return False
        if word in TAKEN_AWAY:
            if found and self.store.remove(workspace, self.clock(), version=found[0].version):
                log.warning("the app was taken away from %s (%s): its tokens are deleted", workspace, word)
            self.look_again()
        return True

    def look_again(self) -> None:
        """Believe nothing that was read before."""
        with self._lock:
            self._changes += 1
            self._found.clear()
            self._living = (0.0, ())

    def _record_of(self, workspace: str) -> InstallationRecord:
        found = self._look_up(Named((workspace,)))
        if not found:
            raise SlackRefuses("app_uninstalled")
        return found[0]

    def _renewed(self, record: InstallationRecord) -> InstallationRecord:
        renewed = self.rotation.renewed(record)
        if renewed is not record:
            self.look_again()
        return renewed

    def _look_up(self, named: Named) -> Sequence[InstallationRecord]:
        with self._lock:
            until, found = self._found.get(named, (0.0, ()))
            if time.monotonic() < until:
                return found
            before = self._changes
        bots = [bot for bot in (named.bot,) if bot]
        bot_users = [user for user in (named.bot_user,) if user]
        found = self.store.find(named.ids, bots, bot_users)
        with self._lock:
            if before == self._changes:
                if len(self._found) >= MOST_KEPT:
                    self._found.clear()
                self._found[named] = (time.monotonic() + FRESH_SECONDS, found)
        return found

    def _known(self, record: InstallationRecord) -> Known:
        place = (
            Place(enterprise=record.enterprise)
            if record.is_org_wide
            else Place(record.workspace, record.enterprise)
        )
        tenant = Tenant(place, record.is_org_wide, record.app, record.bot, record.bot_user)
        bot = AuthorizeResult(
            enterprise_id=record.enterprise or None,
            team_id=place.team or None,
            bot_token=record.tokens.access,
            bot_id=record.bot or None,
            bot_user_id=record.bot_user,
            user_id=record.installer or None,
        )
        return Known(tenant, bot, record.scopes, self.client_with(record.tokens.access))


def _closed(workspaces: Sequence[str]) -> str:
    more = f" and {len(workspaces) - NAMED} more" if len(workspaces) > NAMED else ""
    named = ", ".join(workspaces[:NAMED]) + more
    return f"none of TOKEN_KEYS opens the tokens of {named}: add the key that they are under"
