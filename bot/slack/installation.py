"""Where the app is installed, and who it is there: of one token from the settings, what Slack says of it."""

from __future__ import annotations

import datetime
import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.cannot_start import CannotStart
from bot.decision_log.records import is_direct
from bot.slack.supervised import Supervised
from bot.slack.web_api import NONSENSE

log = logging.getLogger(__name__)

HISTORY = "channels:history"
"""The scope with which Slack sends what is typed in channels without a mention."""
DIRECT = "im:history"
"""The scope with which it sends what is typed in a direct message with us."""
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

    ``app``, ``bot`` and ``bot_user`` are Slack's ids of the app and of its bot here; "" where Slack did not tell.
    """

    place: Place
    org_wide: bool = False
    app: str = ""
    bot: str = ""
    bot_user: str = ""

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
    """What is known of an installation: whose it is, who we are there, what we may do, and the way to its Slack."""

    tenant: Tenant
    bot: AuthorizeResult
    scopes: frozenset[str]
    client: WebClient


@dataclass(frozen=True, slots=True)
class Named:
    """What a payload names that may tell whose it is: ids of installations, the likeliest first, then bots of ours.

    ``bot`` and ``bot_user`` posted what the payload is about, so they tell better than any id.
    """

    ids: tuple[str, ...] = ()
    bot: str = ""
    bot_user: str = ""


class NotYetKnown(Exception):
    """Slack has not said yet where the app is installed."""


class AtHand(ABC):
    """The installation that is worked for just now, and who we are in it."""

    @property
    @abstractmethod
    def at_hand(self) -> Known | None:
        """What is known of it; ``None``: there is none, or nothing is known yet."""

    @abstractmethod
    def candidates(self, named: Named) -> Sequence[Known]:
        """The installations that a payload may belong to, the likeliest first.

        Raises :class:`NotYetKnown`, and what a database raises that cannot be read.
        """

    @abstractmethod
    def work_for(self, known: Known) -> None:
        """What is done from now on in this context is done for that installation."""

    @abstractmethod
    def working_for(self, workspace: str) -> AbstractContextManager[None]:
        """Inside, what is done is done for that installation."""

    @abstractmethod
    def client_at_hand(self) -> WebClient:
        """The way to Slack; without a token where nobody is worked for."""

    @abstractmethod
    def serves(self) -> Sequence[str]:
        """The workspaces and organisations of which we may post."""

    @abstractmethod
    def trouble(self) -> str | None:
        """Why nothing can be taken, in a few words."""

    @abstractmethod
    def asides(self) -> Sequence[str]:
        """What whoever runs the app should know of, in sentences; it can work all the same."""

    @abstractmethod
    def taken_away(self, workspace: str, at: datetime.datetime) -> bool:
        """The app was taken away then, or its tokens revoked; whether we had any to delete."""

    @abstractmethod
    def refused(self, workspace: str, word: str) -> bool:
        """Slack refuses the token at hand with this word. Whether it is the one in force, and not one of before."""

    @property
    def tenant(self) -> Tenant | None:
        """Whose the installation is; ``None`` until that is known."""
        return self.at_hand.tenant if self.at_hand else None

    @property
    def bot_user(self) -> str | None:
        """The app's own user id, where it is known."""
        return self.at_hand.bot.bot_user_id if self.at_hand else None

    @property
    def bot(self) -> str | None:
        """The id of the app's bot, where it is known: it stands in what the app posts."""
        return self.at_hand.bot.bot_id if self.at_hand else None

    @property
    def installer(self) -> str | None:
        """Who installed the app, where that is known: a bot token from the environment does not tell."""
        return self.at_hand.bot.user_id if self.at_hand else None

    @property
    def hears_threads(self) -> bool:
        """Whether replies without a mention reach the app: only with the optional history scope."""
        return self.at_hand is None or HISTORY in self.at_hand.scopes

    def hears_in(self, channel: str) -> bool:
        """Whether what is typed in this channel, or direct message, reaches the app without a mention."""
        if not is_direct(channel):
            return self.hears_threads
        return self.at_hand is None or DIRECT in self.at_hand.scopes

    @property
    def takes_files(self) -> bool:
        """Whether we may post files: only with the optional scope for that."""
        return self.at_hand is not None and FILES in self.at_hand.scopes

    def authorize(self) -> AuthorizeResult:
        """For Bolt: the token and who we are. It asks only for what was found to be ours."""
        assert self.at_hand is not None
        return self.at_hand.bot


@dataclass
class Installation(AtHand):
    """The one installation that we have a token of. Until Slack was heard, nobody knows whose it is."""

    client: WebClient
    token: str
    came: Callable[[str], None] = lambda _tenant: None
    """Called with the tenant's id once Slack has said that the app is installed there."""
    left: Callable[[str], None] = lambda _tenant: None
    """Called with it when the app was taken away from there."""
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
        granted = str(told.headers.get("x-oauth-scopes") or f"{HISTORY},{DIRECT}")
        scopes = frozenset(scope.strip() for scope in granted.split(","))
        return Known(tenant, self._bot(told), scopes, self.client)

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
    def at_hand(self) -> Known | None:
        """What Slack has said; ``None`` until it has."""
        return self._known

    def candidates(self, named: Named) -> Sequence[Known]:
        """The one installation, whatever a payload names."""
        if self._known is None and not self._is_ended:
            raise NotYetKnown
        return () if self._known is None else (self._known,)

    def work_for(self, known: Known) -> None:
        """There is no other."""

    def working_for(self, workspace: str) -> AbstractContextManager[None]:
        """There is no other."""
        return nullcontext()

    def client_at_hand(self) -> WebClient:
        """Always the same."""
        return self.client

    def serves(self) -> Sequence[str]:
        """Nothing until Slack was heard."""
        return () if self._known is None else (self._known.tenant.id,)

    def asides(self) -> Sequence[str]:
        """What there is to say of the one installation stands first."""
        return ()

    def taken_away(self, workspace: str, at: datetime.datetime) -> bool:
        """The app was taken away: that is noted first, since nothing says whose the token was once it is gone."""
        self.left(workspace)
        self.end()
        return True

    def refused(self, workspace: str, word: str) -> bool:
        """The same: there is no other."""
        return True


def tenant_of(told: Mapping[str, Any]) -> Tenant:
    """Whose a token is, of what ``auth.test`` says about it."""
    place = Place(str(told.get("team_id") or ""), str(told.get("enterprise_id") or ""))
    return Tenant(
        place,
        org_wide=told.get("is_enterprise_install") is True and bool(place.enterprise),
        app=str(told.get("app_id") or ""),
        bot=str(told.get("bot_id") or ""),
    )
