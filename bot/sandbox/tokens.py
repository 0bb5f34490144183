"""The names and secrets that the sandbox and the app agree on. None of them opens anything real."""

from __future__ import annotations

BOT_TOKEN = "xoxb-sandbox"  # noqa: S105
APP_TOKEN = "xapp-sandbox"  # noqa: S105
SIGNING_SECRET = "sandbox-signing-secret"  # noqa: S105
VERIFICATION_TOKEN = "sandbox-verification-token"  # noqa: S105

CLIENT_ID = "111.222"
CLIENT_SECRET = "sandbox-client-secret"  # noqa: S105

TEAM_ID = "TSANDBOX"
TEAM_NAME = "Acme Sandbox"
TEAM_DOMAIN = "acme-sandbox"

APP_ID = "ATUNE"
BOT_ID = "BTUNE"
BOT_USER = "UTUNE"
BOT_NAME = "Tune or Prompt"
BOT_HANDLE = "tune_or_prompt"

OWNER = "UANA"
"""The person to whom the workspace belongs: the one who installed the app in it."""

DEFAULT_PORT = 3900
