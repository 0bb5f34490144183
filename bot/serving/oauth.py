"""Being installed: the pages by which a workspace, or a whole organisation, adds the app to itself.

Somebody opens the first page, agrees in Slack, and comes back with a code for which Slack gives us tokens. What comes
back is only believed with the state that we gave to this very browser, within ten minutes, and once.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, urlencode

from slack_bolt import BoltResponse
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.decision_log.failures import CouldNotRead, CouldNotSave
from bot.decision_log.installations import InstallationRecord
from bot.decision_log.keys import CannotUnseal, Keys
from bot.decision_log.log import Log
from bot.serving.pages import Page, page
from bot.settings import Settings
from bot.slack.installations import Installations
from bot.slack.rotation import tokens_of
from bot.slack.web_api import NONSENSE

log = logging.getLogger(__name__)

INSTALL, REDIRECT = PATHS = ("/slack/install", "/slack/oauth_redirect")
STATE_SECONDS = 600
"""How long somebody may take to agree."""
STATES = "install"
"""What states are sealed for: no installation has such an id."""
COOKIE = "tune-or-prompt-install"
SCOPES = (
    "commands",
    "chat:write",
    "app_mentions:read",
    "channels:history",
    "groups:history",
    "im:history",
    "files:write",
    "files:read",
)
"""As in manifest.yml, the optional ones too: those may be left out in Slack."""
NOBODY = "-"
"""Under this id the log notes what belongs to no workspace."""


class Refused(Exception):
    """It cannot be installed; the page says why, and what to do."""

    def __init__(self, told: Page) -> None:
        super().__init__(told.title)
        self.told = told


AGAIN = Page("Nothing was installed", "That took too long, or was opened twice.", "Start again")
ANOTHER_BROWSER = Page(
    "Nothing was installed",
    "It was begun in another browser, or this one keeps no cookies.",
    "Start again here",
)
NOT_BEGUN_HERE = Page("Nothing was installed", "An installation begins on this page.", "Begin here")
TURNED_DOWN = Page("Nothing was installed", "It was turned down in Slack.", "Start again")
NO_SLACK = Page("Nothing was installed", "Slack cannot be reached just now.", "Try again")
NO_CODE = Page("Nothing was installed", "Slack does not accept the code any more.", "Start again")
NOT_KEPT = Page("Nothing was installed", "What Slack told us could not be saved.", "Try again in a moment")


@dataclass
class Installing:
    """The two pages. ``client`` has no token of its own."""

    settings: Settings
    installations: Installations
    record: Log
    keys: Keys
    client: WebClient
    clock: Callable[[], datetime.datetime]

    def answer(self, path: str, query: str, cookies: str) -> BoltResponse:
        """The page for a request to one of :data:`PATHS`; each says in a sentence what happened."""
        if path == INSTALL:
            return self._begin()
        try:
            return self._made(dict(parse_qsl(query, max_num_fields=20)), cookies)
        except Refused as refused:
            return self._shown(HTTPStatus.BAD_REQUEST, refused.told)
        except ValueError:  # more fields than Slack sends
            return self._shown(HTTPStatus.BAD_REQUEST, NOT_BEGUN_HERE)
        except (CouldNotRead, CouldNotSave) as failed:
            log.error("an installation could not be kept: %s", failed.why)
            return self._shown(HTTPStatus.SERVICE_UNAVAILABLE, NOT_KEPT)

    # The first page

    def _begin(self) -> BoltResponse:
        browser = secrets.token_urlsafe(32)
        state = self.keys.sealed(
            STATES, {"browser": _digest(browser), "once": secrets.token_hex(16)}, self.clock()
        )
        answer = page(
            Page(
                "Add Tune or Prompt to Slack",
                "It works out with a team, in a thread, whether to fine-tune a model or write a good prompt, and keeps "
                "the decision. Slack shows next what it may do, and you can leave out what is optional.",
                "Continue in Slack",
            ),
            self._in_slack(state),
        )
        answer.headers["set-cookie"] = [self._cookie(browser, STATE_SECONDS)]
        return answer

    def _in_slack(self, state: str) -> str:
        """Where somebody agrees: beside the Web API."""
        asked = {
            "client_id": self.settings.slack_client_id,
            "scope": ",".join(SCOPES),
            "redirect_uri": self._redirect_uri,
            "state": state,
        }
        return f"{self.settings.slack_api_url.removesuffix('api/')}oauth/v2/authorize?{urlencode(asked)}"

    @property
    def _redirect_uri(self) -> str:
        return f"{self.settings.public_url}{REDIRECT}"

    def _cookie(self, value: str, seconds: int) -> str:
        secure = "; Secure" if (self.settings.public_url or "").startswith("https:") else ""
        return f"{COOKIE}={value}; Path=/slack; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"

    # The way back

    def _made(self, said: Mapping[str, str], cookies: str) -> BoltResponse:
        self._check_state(said.get("state", ""), cookies)
        if said.get("error") or not said.get("code"):
            raise Refused(TURNED_DOWN)
        record, team = self._asked(said["code"])
        self.installations.install(record)
        log.info("installed in %s", record.workspace)
        answer = self._shown(HTTPStatus.OK, _done(record, team), self._onwards(record))
        answer.headers["set-cookie"] = [self._cookie("", 0)]
        return answer

    def _check_state(self, state: str, cookies: str) -> None:
        """That we gave this state to this browser, not long ago, and that nobody has come back with it yet."""
        if not state:
            raise Refused(NOT_BEGUN_HERE)
        now = self.clock()
        try:
            given = self.keys.opened(STATES, state, now=now, seconds=STATE_SECONDS)
        except CannotUnseal:
            raise Refused(AGAIN) from None
        if not hmac.compare_digest(_digest(_cookie_in(cookies)), given["browser"]):
            raise Refused(ANOTHER_BROWSER)
        with self.record.writing() as tx:
            is_first = tx.first_sight(NOBODY, f"state:{given['once']}", now)
        if not is_first:
            raise Refused(AGAIN)

    def _asked(self, code: str) -> tuple[InstallationRecord, str]:
        """What Slack gives for a code, and what it calls the place. Raises :class:`Refused`."""
        secret = self.settings.slack_client_secret
        assert secret is not None
        assert self.settings.slack_client_id is not None
        try:
            told = self.client.oauth_v2_access(
                client_id=self.settings.slack_client_id,
                client_secret=secret.get_secret_value(),
                code=code,
                redirect_uri=self._redirect_uri,
            )
            who = self.client.auth_test(token=str(told.get("access_token") or ""))
            return _record(told, str(who.get("bot_id") or ""), self.clock())
        except SlackApiError as refused:
            word = str(refused.response.get("error") or "no reason given")
            log.warning("Slack does not let itself be installed in: %s", word)
            raise Refused(NO_CODE if "code" in word else NO_SLACK) from None
        except (KeyError, ValueError, TypeError):
            log.warning("Slack's answer to a code lacks what makes an installation")
            raise Refused(NO_SLACK) from None
        except NONSENSE as lost:
            log.warning("Slack could not be reached for an installation (%s)", type(lost).__name__)
            raise Refused(NO_SLACK) from None

    def _onwards(self, record: InstallationRecord) -> str:
        """Where to go on. An organisation has yet to say in which of its workspaces the app is."""
        if record.is_org_wide and record.app:
            return f"https://app.slack.com/manage/{record.workspace}/integrations/profile/{record.app}/workspaces/add"
        place = record.workspace if not record.is_org_wide else record.enterprise
        return f"https://app.slack.com/client/{place}"

    def _shown(self, status: HTTPStatus, told: Page, address: str = "") -> BoltResponse:
        answer = page(told, address or f"{self.settings.public_url}{INSTALL}")
        answer.status = status
        return answer


def _record(told: Any, bot: str, now: datetime.datetime) -> tuple[InstallationRecord, str]:
    """The installation in an answer of ``oauth.v2.access``; an organisation's names no workspace, whatever it says."""
    team, enterprise = told.get("team") or {}, told.get("enterprise") or {}
    is_org_wide = told.get("is_enterprise_install") is True
    place = enterprise if is_org_wide else team
    record = InstallationRecord(
        workspace=str(place["id"]),
        enterprise=str(enterprise.get("id") or ""),
        app=str(told.get("app_id") or ""),
        bot=bot,
        bot_user=str(told["bot_user_id"]),
        scopes=frozenset(str(told.get("scope") or "").split(",")),
        installer=str((told.get("authed_user") or {}).get("id") or ""),
        installed_at=now,
        tokens=tokens_of(told, now),
    )
    return record, str(place.get("name") or "your workspace")


def _done(record: InstallationRecord, place: str) -> Page:
    if record.is_org_wide:
        return Page(
            f"Installed for {place}",
            "It is in none of your workspaces yet: choose them next, and invite it to a channel there.",
            "Choose workspaces",
        )
    return Page(
        f"Installed in {place}",
        "Invite it to a channel with /invite @Tune or Prompt, and type /tune-or-prompt there.",
        "Open Slack",
    )


def _digest(browser: str) -> str:
    return hashlib.sha256(browser.encode()).hexdigest()


def _cookie_in(header: str) -> str:
    """What we left in a browser; "" when there is nothing of ours."""
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found is not None else ""
