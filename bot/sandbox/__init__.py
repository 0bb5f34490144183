"""A small Slack on this machine: the real protocol for the real app, and a page to use it in.

Start reading at `workspace` (what there is), `people` (what somebody can do) and `web_api` (what the app can do).
`server` serves it; only that imports a web framework.
"""

from __future__ import annotations

from bot.sandbox.tokens import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET

__all__ = ["APP_TOKEN", "BOT_TOKEN", "SIGNING_SECRET"]
