"""What serves the page, with its files, beside the rest of the sandbox."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from nicegui import Client, ui

from bot.sandbox.page.looking import FILES_AT, led_by
from bot.sandbox.page.tab import Tab
from bot.sandbox.people import People
from bot.sandbox.workspace import StoredFile, Workspace

UPLOADS_AT = "/page/uploads"
MOST_UPLOADED = 50 * 1024 * 1024
"""Bytes: more than the app takes, so that one can see it say so."""
ASSETS = Path(__file__).parent / "assets"
HEAD = """<link rel="stylesheet" href="/page/assets/sandbox.css">
<script src="/page/assets/sandbox.js"></script>
<meta name="robots" content="noindex">"""


def install(app: FastAPI, places: Mapping[str, People]) -> None:
    """Serve a page of `app` for each workspace, at its path. Call it after all other routes are there: it takes every
    path that is left.

    Once per process, because NiceGUI is one per process. `?as=ben&in=support-eng` chooses person and channel.
    """
    app.mount("/page/assets", StaticFiles(directory=ASSETS))
    workspaces = [people.workspace for people in places.values()]

    @app.get(FILES_AT + "{file_id}")
    def file(file_id: str) -> Response:
        return _served(next((one.files[file_id] for one in workspaces if file_id in one.files), None))

    @app.post(UPLOADS_AT)
    async def upload(request: Request) -> Response:
        people = places.get(request.query_params.get("of", "/"))
        return Response(status_code=404) if people is None else await _kept(people.workspace, request)

    @app.get("/archives/{channel_id}/p{number}")
    def message_link(channel_id: str, number: str) -> Response:
        found = [path for path, people in places.items() if channel_id in people.workspace.channels]
        path = found[0] if found else "/"
        return _led_to(places[path].workspace, path, channel_id, number)

    for path, people in places.items():
        _serve_page(path, people)
    ui.run_with(
        app,
        title=f"{workspaces[0].name} – sandbox",
        favicon=ASSETS / "app.svg",
        tailwind=False,
        show_welcome_message=False,
        reconnect_timeout=30,
    )


def _serve_page(path: str, people: People) -> None:
    """The page of one workspace."""

    @ui.page(path, title=f"{people.workspace.name} – sandbox")
    def page(client: Client, request: Request) -> None:
        ui.add_head_html(HEAD)
        query = request.query_params
        looking = led_by(people.workspace, query.get("as", ""), query.get("in", ""), query.get("thread", ""))
        Tab(client, people, looking)


async def _kept(workspace: Workspace, request: Request) -> Response:
    """Keep a file that somebody is about to send; its id, for the message that will share it, or why it is not.

    What is wrong with it goes on after its name: "is empty, and is not sent."
    """
    name = request.query_params.get("name", "")[:200] or "file"
    content = bytearray()
    async for piece in request.stream():
        content += piece
        if len(content) > MOST_UPLOADED:
            return JSONResponse({"error": "is larger than 50 MB, and is not sent."}, 413)
    if not content:
        return JSONResponse({"error": "is empty, and is not sent."}, 400)
    return JSONResponse({"id": workspace.keep(name, bytes(content)).id})


def _led_to(workspace: Workspace, path: str, channel_id: str, number: str) -> Response:
    """Where a link to a message leads: its thread, beside its channel."""
    channel = workspace.channels.get(channel_id)
    if channel is None or not number.isdigit():
        return Response(status_code=404)
    return RedirectResponse(f"{path}?in={channel.name}&thread={number[:-6]}.{number[-6:]}")


def _served(file: StoredFile | None) -> Response:
    """The file's bytes. Only pictures are shown; everything else is saved, so that no upload runs in the page."""
    if file is None or not file.content:
        return Response(status_code=404)
    shown = file.mimetype in {"image/png", "image/jpeg", "image/gif", "image/webp"}
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=3600"}
    if not shown:
        headers["Content-Disposition"] = "attachment"
    return Response(
        file.content, media_type=file.mimetype if shown else "application/octet-stream", headers=headers
    )
