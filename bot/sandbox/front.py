"""Where the app's requests arrive when there are several workspaces: each goes to the one whose token or id it has."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bot.sandbox.calls import arguments, token_of
from bot.sandbox.web_api import WebApi


class Front:
    """The Web APIs of all workspaces, as one. What belongs to none of them is the first one's to refuse."""

    def __init__(self, apis: Sequence[WebApi]) -> None:
        self.apis = apis

    async def api(self, request: Request) -> Response:
        """POST or GET /api/<method>: by its token. An organisation's is good in several: then by what it names."""
        args = await arguments(request)
        token = token_of(request, args)
        takes = [api for api in self.apis if api.takes(token)] or [
            api for api in self.apis if token in api.workspace.revoked_tokens
        ]
        chosen = next((api for api in takes if _is_about(api, args)), (takes or self.apis)[0])
        return await chosen.api(request)

    async def respond(self, request: Request) -> Response:
        """POST /response/<id>."""
        name = request.path_params["name"]
        return await self._where("response_urls", name).respond(request)

    async def upload(self, request: Request) -> Response:
        """POST /upload/<file>."""
        return await self._where("files", request.path_params["file"]).upload(request)

    async def file(self, request: Request) -> Response:
        """GET /files/<file>/<name>."""
        return await self._where("files", request.path_params["file"]).file(request)

    def _where(self, kind: str, id_: str) -> WebApi:
        return next((api for api in self.apis if id_ in getattr(api.workspace, kind)), self.apis[0])


def _is_about(api: WebApi, args: Mapping[str, Any]) -> bool:
    """Whether a call names something of this workspace's."""
    workspace = api.workspace
    places: Mapping[str, Collection[str]] = {
        "channel": {*workspace.channels, *workspace.users},
        "user_id": workspace.users,
        "trigger_id": workspace.triggers,
        "file": workspace.files,
    }
    is_named = any(str(args.get(name)) in known for name, known in places.items())
    return is_named or workspace.view(str(args.get("view_id") or "")) is not None
