"""A small Slack on this machine: the real protocol for the real app, and a page to use it in.

Start reading at `workspace` (what there is), `people` (what somebody can do)
and `web_api` (what the app can do).
Importing this package imports no web framework; `serve` does.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bot.sandbox.tokens import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET

__all__ = ["APP_TOKEN", "BOT_TOKEN", "SIGNING_SECRET", "serve"]


def serve(
    *,
    host: str,
    port: int,
    state_file: Path | None,
    announce: Callable[[str], None] | None = None,
    page: bool = True,
    request_url: str | None = None,
    before_stop: Callable[[], None] = lambda: None,
) -> None:
    """Serve the sandbox until the process is told to stop. See `bot.sandbox.server.serve`."""
    from bot.sandbox import server

    server.serve(
        host=host,
        port=port,
        state_file=state_file,
        announce=announce,
        page=page,
        request_url=request_url,
        before_stop=before_stop,
    )
