"""Tokens that expire, and are renewed in time: by one of all replicas, once.

The old refresh token is dead as soon as Slack has answered. So whoever renews holds a lease, asks outside of any
transaction, and keeps the answer until the database has it. Only a process that is killed in between loses it; then
the next one is told that the refresh token is dead, and whoever installed the app is told so, once.
"""

from __future__ import annotations

import datetime
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.decision_log.failures import CouldNotSave
from bot.decision_log.installations import InstallationRecord, InstallationStore, Tokens
from bot.slack.refusals import SlackRefuses
from bot.slack.web_api import NONSENSE, Wait

log = logging.getLogger(__name__)

STILL_GOOD = datetime.timedelta(seconds=60)
LEASE = datetime.timedelta(seconds=30)
WAIT_SECONDS = 2.0
"""How long somebody without a good token waits for whoever is renewing it."""
LOOK_SECONDS = 0.1
KEEP_TRYING_SECONDS = 20.0
"""How long a renewed token is offered to a database that does not take it."""
LOST = frozenset({"invalid_refresh_token", "token_revoked", "token_expired", "account_inactive"})
"""What Slack answers when the refresh token will never do again."""
BUSY = "tokens are being renewed"


@dataclass
class Rotation:
    """Renews the tokens of an installation when they need it. Safe to share between threads.

    ``client`` has no token of its own. ``tell``: told once of an installation whose tokens are lost.
    """

    store: InstallationStore
    client: WebClient
    client_id: str
    client_secret: str
    clock: Callable[[], datetime.datetime]
    tell: Callable[[InstallationRecord], None] = lambda _: None

    def renewed(self, record: InstallationRecord) -> InstallationRecord:
        """The record with tokens that are good; itself, where they need not be renewed.

        Raises :class:`SlackRefuses` when they are lost, :class:`Wait` while nobody knows, and
        :class:`~bot.decision_log.failures.CouldNotSave`.
        """
        if record.tokens.renew_at is None or self.clock() < record.tokens.renew_at:
            return record
        if record.trouble:
            return self._while_good(record)
        if not self.store.lease(record, self.clock(), LEASE):
            return self._of_another(record)
        try:
            return self._renew(record)
        except Wait:
            self.store.let_go(record)
            if self._is_good(record):
                return record
            raise

    def _is_good(self, record: InstallationRecord) -> bool:
        """Whether its token lives long enough for what is to be done now."""
        expires_at = record.tokens.expires_at
        return expires_at is None or expires_at - self.clock() > STILL_GOOD

    def _while_good(self, record: InstallationRecord) -> InstallationRecord:
        if self._is_good(record):
            return record
        raise SlackRefuses("token_expired")

    def _renew(self, record: InstallationRecord) -> InstallationRecord:
        try:
            tokens = self._asked(record.tokens.refresh)
        except SlackRefuses as refused:
            if self.store.mark_lost(record):
                log.error(
                    "the tokens of %s are lost (%s): it has to be installed again",
                    record.workspace,
                    refused.word,
                )
                self.tell(record)
            return self._while_good(record)
        self._kept(record, tokens)
        return replace(record, tokens=tokens, version=record.version + 1)

    def _asked(self, refresh: str) -> Tokens:
        """New tokens for a refresh token, which is dead from then on."""
        try:
            told = self.client.oauth_v2_access(
                client_id=self.client_id,
                client_secret=self.client_secret,
                grant_type="refresh_token",
                refresh_token=refresh,
            )
        except SlackApiError as refused:
            word = str(refused.response.get("error") or "")
            if word in LOST:
                raise SlackRefuses(word) from None
            log.warning("tokens cannot be renewed just now (%s)", word or "no reason given")
            raise Wait(1, BUSY) from None
        except NONSENSE as lost:
            log.warning("tokens cannot be renewed just now (%s)", type(lost).__name__)
            raise Wait(1, BUSY) from None
        try:
            return tokens_of(told, self.clock())
        except (KeyError, ValueError, TypeError):
            log.warning("Slack's answer holds no new tokens")
            raise Wait(1, BUSY) from None

    def _kept(self, record: InstallationRecord, tokens: Tokens) -> None:
        """Nobody else has these tokens any more, so they are offered until the database takes them."""
        until = time.monotonic() + KEEP_TRYING_SECONDS
        while True:
            try:
                if not self.store.renew(record, tokens, self.clock()):
                    log.warning("%s was installed anew while its tokens were renewed", record.workspace)
                return
            except CouldNotSave:
                if time.monotonic() > until:
                    log.error("the renewed tokens of %s could not be kept", record.workspace)
                    raise
                threading.Event().wait(LOOK_SECONDS)

    def _of_another(self, record: InstallationRecord) -> InstallationRecord:
        """What somebody else has renewed, or is renewing; until then the record, if it will do.

        Raises :class:`Wait` when it will not, and that takes too long.
        """
        until = time.monotonic() + WAIT_SECONDS
        while True:
            found = self.store.find((record.workspace,))
            if not found:
                raise SlackRefuses("app_uninstalled")
            if found[0].version != record.version:
                return found[0]
            if found[0].trouble or self._is_good(record):
                return self._while_good(record)
            if time.monotonic() > until:
                raise Wait(1, BUSY)
            threading.Event().wait(LOOK_SECONDS)


def ask_to_reinstall(client: WebClient, installer: str, address: str) -> None:
    """Ask whoever installed the app to do so again, as long as the old token lets us speak."""
    told = (
        "Slack does not renew my access to this workspace any more, and it ends within hours. Nothing is lost: install "
        f"me once more at {address}, and I go on where we were."
    )
    try:
        if installer:
            client.chat_postMessage(channel=installer, text=told)
    except (SlackApiError, *NONSENSE) as failed:
        log.warning("the installer could not be told (%s)", type(failed).__name__)


def tokens_of(told: Any, now: datetime.datetime) -> Tokens:
    """The tokens in an answer of ``oauth.v2.access``: at half their life they are to be renewed, so that whoever comes
    second still has one that is good. Raises :class:`KeyError` where there are none.
    """
    access, refresh = str(told.get("access_token") or ""), str(told.get("refresh_token") or "")
    if not access:
        raise KeyError("access_token")
    life = datetime.timedelta(seconds=int(told.get("expires_in") or 0))
    if not life or not refresh:
        return Tokens(access)
    return Tokens(access, refresh, now + life, now + life / 2)
