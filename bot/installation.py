"""The workspace that the app is installed in, and who it is there."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from time import monotonic

from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.cannot_start import CannotStart

log = logging.getLogger(__name__)

HISTORY = "channels:history"
"""The scope with which Slack sends what is typed in channels without a mention."""

ASK_AGAIN_SECONDS = 30.0
"""While Slack cannot be reached, requests are not held up by asking it every time."""


@dataclass
class Installation:
    """Who the app is in its workspace. Asked of Slack once, and again only while there was no answer."""

    client: WebClient
    token: str
    _known: AuthorizeResult | None = None
    _scopes: frozenset[str] = frozenset({HISTORY})
    _asked_at: float | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def look_up(self) -> AuthorizeResult | None:
        """What ``auth.test`` says; ``None`` while Slack cannot be reached. Raises :class:`CannotStart` when refused."""
        with self._lock:
            if self._known is None and (
                self._asked_at is None or monotonic() - self._asked_at > ASK_AGAIN_SECONDS
            ):
                self._known = self._ask()
                self._asked_at = monotonic()
            return self._known

    def _ask(self) -> AuthorizeResult | None:
        try:
            told = self.client.auth_test()
        except SlackApiError as refused:
            error = refused.response.get("error")
            if error in ("invalid_auth", "account_inactive", "token_revoked", "not_authed", "token_expired"):
                raise CannotStart(
                    f"SLACK_BOT_TOKEN was refused by Slack ({error}): copy the Bot User OAuth Token of the app again."
                ) from None
            log.warning("auth.test: %s", error)
            return None
        except OSError as lost:
            log.warning("Slack cannot be reached yet (%s)", type(lost).__name__)
            return None
        granted = str(told.headers.get("x-oauth-scopes") or HISTORY)
        self._scopes = frozenset(scope.strip() for scope in granted.split(","))
        return AuthorizeResult(
            enterprise_id=told.get("enterprise_id"),
            team_id=told.get("team_id"),
            bot_token=self.token,
            bot_id=told.get("bot_id"),
            bot_user_id=told.get("user_id"),
        )

    @property
    def bot_user(self) -> str | None:
        """The app's own user id, where it is known."""
        return self._known.bot_user_id if self._known else None

    @property
    def installer(self) -> str | None:
        """Who installed the app, where that is known: a bot token from the environment does not tell."""
        return self._known.user_id if self._known else None

    @property
    def hears_threads(self) -> bool:
        """Whether replies without a mention reach the app: only with the optional history scope."""
        return HISTORY in self._scopes

    def authorize(self, enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        """For Bolt: the token for a workspace; ``None`` for one in which the app is not installed."""
        known = self.look_up()
        if known is None:
            return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=self.token)
        if team_id is not None and known.team_id not in (None, team_id) and known.enterprise_id is None:
            return None
        return known
