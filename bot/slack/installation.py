"""Where the app is installed, and who it is there: what Slack says of the token."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.cannot_start import CannotStart
from bot.slack.supervised import Supervised
from bot.slack.web_api import NONSENSE

log = logging.getLogger(__name__)

HISTORY = "channels:history"
"""The scope with which Slack sends what is typed in channels without a mention."""
FILES = "files:write"
"""The scope with which we may post files."""

ASK_AGAIN_SECONDS = 2.0
"""How often Slack is asked who we are while it does not answer."""

REFUSALS = ("invalid_auth", "account_inactive", "token_revoked", "not_authed", "token_expired")


@dataclass(frozen=True, slots=True)
class Place:
    """A workspace (``T…``) and its organisation (``E…``), as a payload names them; "" for what it leaves out."""

    team: str = ""
    enterprise: str = ""


@dataclass(frozen=True, slots=True)
class Tenant:
    """Whose the installation is: a workspace's, or with ``org_wide`` a whole organisation's.

    ``app`` and ``bot`` are Slack's ids of the app and of its bot here; "" where Slack did not tell.
    """

    place: Place
    org_wide: bool = False
    app: str = ""
    bot: str = ""

    @property
    def id(self) -> str:
        """The id under which everything is kept."""
        return self.place.enterprise if self.org_wide else self.place.team

    def covers(self, place: Place) -> bool:
        """Whether the app is installed in this place."""
        if self.org_wide:
            return self.id in (place.team, place.enterprise)
        return self.id == place.team


@dataclass(frozen=True, slots=True)
class Known:
    """What ``auth.test`` said: whose the installation is, who we are there, and what we may do."""

    tenant: Tenant
    bot: AuthorizeResult
    scopes: frozenset[str]


@dataclass
class Installation:
    """The one installation that we have a token of. Until Slack was heard, nobody knows whose it is."""

    client: WebClient
    token: str
    came: Callable[[str], None] = lambda _tenant: None
    """Called with the tenant's id once Slack has said that the app is installed there."""
    _known: Known | None = None
    _is_ended: bool = False
    _last_trouble: str = ""
    _refusal: str = ""

    def __post_init__(self) -> None:
        self._asking = Supervised("installation", self._ask_again)

    def look_up(self) -> bool:
        """Ask Slack; whether it is known now whose this is. Raises :class:`CannotStart` when the token is refused."""
        if self._is_ended:
            return False
        found = self._ask()
        if found is not None:
            self._known = found
            self.came(found.tenant.id)
        return self._known is not None

    def keep_asking(self) -> None:
        """Until Slack answers, ask again every few seconds, in one thread, so that no request waits for it."""
        if self._known is None:
            self._asking.start()

    def stop(self) -> None:
        """Ask no more."""
        self._asking.stop()

    def end(self) -> None:
        """The app was taken away: the token is of no more use, and is deleted. What comes now is nobody's of ours."""
        self._is_ended = True
        self._asking.stop()
        self._known, self.token, self.client.token = None, "", None
        self._refusal = "the app was taken away from its workspace"

    @property
    def is_ended(self) -> bool:
        """Whether the app was taken away since the start."""
        return self._is_ended

    def trouble(self) -> str | None:
        """Why nothing can be taken yet, in a few words; ``None`` once Slack was heard."""
        if self._known is not None:
            return None
        return self._refusal or "Slack has not said yet where the app is installed"

    def _ask_again(self) -> None:
        self._asking.wait(ASK_AGAIN_SECONDS)
        if self._asking.is_stopping:
            return
        try:
            if self.look_up():
                log.info("Slack has said where the app is installed")
                self._asking.stop()
            self._refusal = ""
        except CannotStart as refused:
            self._refusal = str(refused)
            self._trouble(logging.ERROR, str(refused))

    def _ask(self) -> Known | None:
        try:
            told = self.client.auth_test()
        except SlackApiError as refused:
            error = refused.response.get("error")
            if error in REFUSALS:
                raise CannotStart(
                    f"SLACK_BOT_TOKEN was refused by Slack ({error}): copy the Bot User OAuth Token of the app again."
                ) from None
            self._trouble(logging.WARNING, f"auth.test: {error}")
            return None
        except NONSENSE as lost:
            self._trouble(logging.WARNING, f"Slack cannot be reached yet ({type(lost).__name__})")
            return None
        tenant = tenant_of(told.data if isinstance(told.data, dict) else {})
        if not tenant.id:
            self._trouble(logging.WARNING, "auth.test does not say whose the token is")
            return None
        granted = str(told.headers.get("x-oauth-scopes") or HISTORY)
        return Known(tenant, self._bot(told), frozenset(scope.strip() for scope in granted.split(",")))

    def _bot(self, told: Any) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=told.get("enterprise_id"),
            team_id=told.get("team_id"),
            bot_token=self.token,
            bot_id=told.get("bot_id"),
            bot_user_id=told.get("user_id"),
        )

    def _trouble(self, level: int, sentence: str) -> None:
        """Say what is wrong once, not every few seconds."""
        if sentence != self._last_trouble:
            log.log(level, "%s", sentence)
        self._last_trouble = sentence

    @property
    def tenant(self) -> Tenant | None:
        """Whose the installation is; ``None`` until Slack has said so."""
        return self._known.tenant if self._known else None

    @property
    def bot_user(self) -> str | None:
        """The app's own user id, where it is known."""
        return self._known.bot.bot_user_id if self._known else None

    @property
    def bot(self) -> str | None:
        """The id of the app's bot, where it is known: it stands in what the app posts."""
        return self._known.bot.bot_id if self._known else None

    @property
    def installer(self) -> str | None:
        """Who installed the app, where that is known: a bot token from the environment does not tell."""
        return self._known.bot.user_id if self._known else None

    @property
    def hears_threads(self) -> bool:
        """Whether replies without a mention reach the app: only with the optional history scope."""
        return self._known is None or HISTORY in self._known.scopes

    @property
    def takes_files(self) -> bool:
        """Whether we may post files: only with the optional scope."""
        return self._known is not None and FILES in self._known.scopes

    def authorize(self) -> AuthorizeResult:
        """For Bolt: the token and who we are. It asks only for what was found to be ours."""
        assert self._known is not None
        return self._known.bot


def tenant_of(told: Mapping[str, Any]) -> Tenant:
    """Whose a token is, of what ``auth.test`` says about it."""
    place = Place(str(told.get("team_id") or ""), str(told.get("enterprise_id") or ""))
    return Tenant(
        place,
        org_wide=told.get("is_enterprise_install") is True and bool(place.enterprise),
        app=str(told.get("app_id") or ""),
        bot=str(told.get("bot_id") or ""),
    )
