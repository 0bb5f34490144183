"""How the app comes into workspaces: the page on which somebody agrees, and the tokens that it is given then.

As in Slack: a code is good once and for ten minutes, an app that is installed again gets other tokens, and where
tokens rotate the old refresh token is dead once a new pair was given.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from bot.sandbox import tokens
from bot.sandbox.refusal import Refusal
from bot.sandbox.workspace import Json, Workspace

CODE_LIFE = 600.0
"""Seconds for which a code is good."""
TOKEN_LIFE = 12 * 3600
"""Seconds for which tokens live that rotate."""

_PAGE = Markup("""\
<!doctype html>
<html lang="en"><meta charset="utf-8"><title>{app} – Slack (sandbox)</title>
<style>
  body {{ font: 1.1rem/1.5 system-ui, sans-serif; background: #f8f8f8; margin: 0 }}
  main {{ max-width: 34rem; margin: 12vh auto; padding: 2rem; background: #fff; border-radius: 0.75rem }}
  h1 {{ font-size: 1.5rem; margin-top: 0 }}
  button {{ font: inherit; padding: 0.4rem 1rem; margin: 0 0.5rem 0.5rem 0 }}
</style>
<main><h1>{app} asks to be installed</h1>
<p>It asks for: {scopes}.</p>
<form method="post">{places}<button name="place" value="">Cancel</button></form>
</main></html>
""")
_PLACE = Markup('<button name="place" value="{id}">Allow in {name}</button>')


@dataclass(slots=True)
class Code:
    """What an app may exchange for tokens, once."""

    place: str
    user: str
    redirect_uri: str
    expires: float


@dataclass
class OAuth:
    """The installations of the app in these workspaces."""

    workspaces: Sequence[Workspace]
    rotates: bool = False
    _codes: dict[str, Code] = field(default_factory=dict)
    _refresh: dict[str, str] = field(default_factory=dict)
    """Refresh token -> the workspace or organisation whose it is."""

    # The page

    async def page(self, request: Request) -> Response:
        """GET /oauth/v2/authorize: where the app may be installed."""
        asked = request.query_params
        if asked.get("client_id") != tokens.CLIENT_ID or not _is_address(asked.get("redirect_uri", "")):
            return PlainTextResponse("There is no such app, or it does not say where to return to.", 400)
        places = [_PLACE.format(id=id_, name=name) for id_, name in self._places()]
        scopes = asked.get("scope", "").replace(",", ", ")
        return HTMLResponse(_PAGE.format(app=tokens.BOT_NAME, scopes=scopes, places=Markup("").join(places)))

    async def agree(self, request: Request) -> Response:
        """POST to the same: back to the app, with a code or with a refusal."""
        asked, chosen = request.query_params, str((await request.form()).get("place") or "")
        back = asked.get("redirect_uri", "")
        if not _is_address(back):
            return PlainTextResponse("The app does not say where to return to.", 400)
        said = {"state": asked.get("state", "")}
        said |= {"code": self.code(chosen, back)} if chosen else {"error": "access_denied"}
        return RedirectResponse(f"{back}?{urlencode(said)}", 303)

    def code(self, place: str, redirect_uri: str) -> str:
        """Somebody agrees to have the app in this workspace or organisation."""
        code = f"{secrets.randbelow(10**10)}.{secrets.token_hex(16)}"
        first = self._workspaces_of(place)[0]
        self._codes[code] = Code(place, first.own(tokens.OWNER), redirect_uri, first.clock() + CODE_LIFE)
        return code

    def _places(self) -> list[tuple[str, str]]:
        places = [(one.team_id, one.name) for one in self.workspaces]
        organisations = dict.fromkeys(one.settings.enterprise_id for one in self.workspaces)
        return places + [(id_, f"all of {id_}") for id_ in organisations if id_]

    def _workspaces_of(self, place: str) -> list[Workspace]:
        found = [one for one in self.workspaces if place in (one.team_id, one.settings.enterprise_id)]
        if not found:
            raise Refusal("team_not_found")
        return found

    # oauth.v2.access

    def access(self, args: Json) -> Json:
        """Tokens for a code, or new ones for a refresh token."""
        if args.get("client_id") != tokens.CLIENT_ID:
            raise Refusal("invalid_client_id")
        if args.get("client_secret") != tokens.CLIENT_SECRET:
            raise Refusal("bad_client_secret")
        if args.get("grant_type") == "refresh_token":
            place = self._refresh.pop(str(args.get("refresh_token")), None)
            if place is None:
                raise Refusal("invalid_refresh_token")
            return self._granted(place, None)
        code = self._codes.pop(str(args.get("code")), None)
        if code is None:
            raise Refusal("invalid_code")
        if code.expires < self.workspaces[0].clock():
            raise Refusal("code_expired")
        if code.redirect_uri != args.get("redirect_uri"):
            raise Refusal("bad_redirect_uri")
        return self._granted(code.place, code.user)

    def _granted(self, place: str, user: str | None) -> Json:
        inside = self._workspaces_of(place)
        first, is_org_wide = inside[0], place == inside[0].settings.enterprise_id
        token = f"xoxb-{place}-{secrets.token_hex(12)}"
        ends = first.clock() + TOKEN_LIFE if self.rotates else None
        for workspace in inside:
            if user is not None:  # installed, or once more: what was given before is good no longer
                workspace.revoked_tokens |= workspace.bot_tokens.keys() - {token}
                workspace.bot_tokens.clear()
                workspace.settings.is_enterprise_install = is_org_wide
            workspace.bot_tokens[token] = ends
            workspace.changed()
        enterprise = first.settings.enterprise_id
        told: Json = {
            "access_token": token,
            "token_type": "bot",
            "scope": ",".join(sorted(first.settings.scopes)),
            "bot_user_id": first.bot_user,
            "app_id": tokens.APP_ID,
            "team": None if is_org_wide else {"id": first.team_id, "name": first.name},
            "enterprise": {"id": enterprise, "name": enterprise} if enterprise else None,
            "is_enterprise_install": is_org_wide,
        }
        if user is not None:
            told["authed_user"] = {"id": user}
        if self.rotates:
            refresh = f"xoxe-1-{secrets.token_hex(16)}"
            self._refresh[refresh] = place
            told |= {"refresh_token": refresh, "expires_in": TOKEN_LIFE}
        return told

    def revoke(self, workspace: Workspace) -> None:
        """Take the app away: none of its tokens is good any more."""
        workspace.revoked_tokens |= workspace.bot_tokens.keys()
        workspace.bot_tokens.clear()
        gone = {
            workspace.team_id,
            workspace.settings.enterprise_id if workspace.settings.is_enterprise_install else "",
        }
        self._refresh = {token: place for token, place in self._refresh.items() if place not in gone}
        workspace.changed()


def _is_address(url: str) -> bool:
    return urlsplit(url).scheme in ("http", "https")
